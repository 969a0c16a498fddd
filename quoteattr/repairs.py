"""Arcs that small parsers get wrong in newspaper frames and that can be put right from the order of words.

Each repair takes a sentence and gives it back, changed where its case is met. They hold for any parser: a
tree without the fault comes back as it was.
"""

from __future__ import annotations

from collections.abc import Callable

import attrs

from quoteattr.lexicon import cue_kind
from quoteattr.phrases import SUBJECT, TIMES
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
        name = [w for w in sentence.children(day, "flat", "compound", "appos") if w.upos == "PROPN"]
        if day.text.lower() not in TIMES or not name or name[0].index < day.index:
            continue
        verb = sentence.words[name[-1].index + 1 :][:1]
        if verb and verb[0].upos == "VERB" and not sentence.children(verb[0], *SUBJECT):
            changed[name[0].index] = attrs.evolve(name[0], head=verb[0].index, deprel="nsubj")
            changed |= {w.index: attrs.evolve(w, head=name[0].index, deprel="flat") for w in name[1:]}
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


REPAIRS: tuple[Callable[[Sentence], Sentence], ...] = (day_before_a_name, subject_of_the_clause)


def _with(sentence: Sentence, changed: dict[int, Word]) -> Sentence:
    if not changed:
        return sentence
    return Sentence(tuple(changed.get(word.index, word) for word in sentence))
