"""Arcs that small parsers get wrong in newspaper frames and that can be put right from the order of words.

Each repair takes a sentence and gives it back, changed where its case is met. They hold for any parser: a
tree without the fault comes back as it was.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import attrs

from quoteattr.lexicon import cue_kind
from quoteattr.phrases import SUBJECT, is_time
from quoteattr.syntax import Sentence, Word


def repaired(sentence: Sentence) -> Sentence:
    """The sentence after every repair, in order."""
    for repair in REPAIRS:
        sentence = repair(sentence)
    return sentence


def day_before_a_name(sentence: Sentence) -> Sentence:
    """ "On Friday Otto Lund said": the name is the verb's subject, no part of the day."""
    changed = {}
    for day in sentence:
        if not is_time(sentence, day):
            continue
        name = [w for w in sentence.children(day, "flat", "compound", "appos") if w.upos == "PROPN"]
        if not name or name[0].index < day.index:
            continue
        verb = sentence.words[name[-1].index + 1 :][:1]
        if verb and verb[0].upos == "VERB" and not sentence.children(verb[0], *SUBJECT):
            changed[name[0].index] = attrs.evolve(name[0], head=verb[0].index, deprel="nsubj")
            changed |= {w.index: attrs.evolve(w, head=name[0].index, deprel="flat") for w in name[1:]}
    return _with(sentence, changed)


_NO_NAME = frozenset({"as", "having", "like", "than"})


def name_that_is_a_word(sentence: Sentence) -> Sentence:
    """ "Will wrote", "May said", "Early added": a capital right before a cue that has no subject is one."""
    changed = {}
    for name, verb in pairwise(sentence):
        if cue_kind(verb.text, verb.lemma) != "say" or verb.xpos not in ("VBD", "VBZ"):
            continue
        taken = name.upos in ("AUX", "VERB", "ADP", "ADJ") or (name.upos == "ADV" and name.index > 0)
        named = taken and name.text.istitle() and name.text.lower() not in _NO_NAME
        if named and all(subject is name for subject in sentence.children(verb, *SUBJECT)):
            as_name = attrs.evolve(name, upos="PROPN", xpos="NNP", head=verb.index, deprel="nsubj")
            changed[name.index] = as_name
            if verb.head == name.index:
                changed[verb.index] = attrs.evolve(verb, head=name.head, deprel=name.deprel)
    return _with(sentence, changed)


def subject_of_the_clause(sentence: Sentence) -> Sentence:
    """ "Lund says police told him": of two subjects of "says", the second is that of "told"."""
    changed = {}
    for verb in sentence:
        if cue_kind(verb.text, verb.lemma) != "say":
            continue
        subjects = sentence.children(verb, *SUBJECT)
        clause = sentence.child(verb, "ccomp", "xcomp", "parataxis")
        if len(subjects) < 2 or clause is None or sentence.children(clause, *SUBJECT):
            continue
        first, second = subjects[0], subjects[-1]
        if first.index < verb.index < second.index < clause.index:
            changed[second.index] = attrs.evolve(second, head=clause.index)
    return _with(sentence, changed)


REPAIRS: tuple[Callable[[Sentence], Sentence], ...] = (
    day_before_a_name,
    name_that_is_a_word,
    subject_of_the_clause,
)


def _with(sentence: Sentence, changed: dict[int, Word]) -> Sentence:
    if not changed:
        return sentence
    return Sentence(tuple(changed.get(word.index, word) for word in sentence))
