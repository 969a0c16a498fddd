"""Corrects arcs that small parsers often get wrong in news text, if the order of the words shows the right
arc.

A correction takes a sentence and returns it, corrected if it has the fault and unchanged otherwise. So
corrections can be applied to the output of any parser.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

import attrs

from quoteattr.lexicon import cue_kind, word_list, words
from quoteattr.parsing.dependency_tree import Sentence, Word
from quoteattr.parsing.predicates import (
    SUBJECT,
    is_finite_cue,
    is_text_at,
    is_time,
    name_head,
    phrase_after,
    phrase_before,
    phrase_head,
)

_NOT_NAMES = word_list("parsing", "not_names")
_NUMBERS = word_list("parsing", "numbers")
_ADDRESSED = word_list("parsing", "addressed")
_INVERTING_VERBS = word_list("parsing", "inverting_verbs")
_PLACES = word_list("parsing", "places")

_FINITE = ("VBD", "VBZ")
"""Penn tags of the past tense, and of the third person of the present tense."""

_FIRST_PHRASE = 5
"""Words at the start of a sentence that are searched for the comma after a place: "Outside the old court,
Ms"."""


@attrs.frozen
class Correction:
    """One fault that parsers make, and the function that corrects it."""

    name: str
    """The change, as a verb phrase."""
    example: str
    """A text in which the fault occurs; the tests have the wrong and the right arcs."""
    apply: Callable[[Sentence], Sentence]
    """Returns the sentence with the fault corrected, or the same sentence."""


def correct_sentence(sentence: Sentence) -> Sentence:
    """Applies every correction of `CORRECTIONS` in order.

    Returns:
        The sentence with corrected arcs and tags; the same object if it has none of the faults.
    """
    for correction in CORRECTIONS:
        sentence = correction.apply(sentence)
    return sentence


def _replace(sentence: Sentence, changed: dict[int, Word]) -> Sentence:
    """The sentence with some words replaced, which are given by their index."""
    if not changed:
        return sentence
    return Sentence(tuple(changed.get(word.index, word) for word in sentence))


def _attach(word: Word, head: Word, deprel: str) -> dict[int, Word]:
    """A copy of a word with another head and relation."""
    return {word.index: attrs.evolve(word, head=head.index, deprel=deprel)}


def _is_subject(word: Word) -> bool:
    return word.deprel.startswith(SUBJECT)


def _detach_name_from_day(sentence: Sentence) -> Sentence:
    changed: dict[int, Word] = {}
    for day in sentence:
        if not is_time(sentence, day):
            continue
        name = [w for w in sentence.children(day, "flat", "compound", "appos") if w.upos == "PROPN"]
        if not name or name[0].index < day.index:
            continue
        verb = sentence.words[name[-1].index + 1 :][:1]
        if verb and verb[0].upos == "VERB" and not sentence.children(verb[0], *SUBJECT):
            changed |= _attach(name[0], verb[0], "nsubj")
            for part in name[1:]:
                changed |= _attach(part, name[0], "flat")
    return _replace(sentence, changed)


def _tag_word_as_name(sentence: Sentence) -> Sentence:
    changed = {}
    for name, verb in pairwise(sentence):
        if is_finite_cue(verb) and _may_be_name(name) and _has_no_other_subject(sentence, verb, name):
            changed[name.index] = attrs.evolve(
                name, upos="PROPN", xpos="NNP", head=verb.index, deprel="nsubj"
            )
            if verb.head == name.index:
                changed[verb.index] = attrs.evolve(verb, head=name.head, deprel=name.deprel)
    return _replace(sentence, changed)


def _may_be_name(word: Word) -> bool:
    """Whether a word that is tagged as another part of speech may be a name: "Will", "May", "Early"."""
    mistagged = word.upos in ("AUX", "VERB", "ADP", "ADJ") or (word.upos == "ADV" and word.index > 0)
    return mistagged and word.text.istitle() and word.text.lower() not in _NOT_NAMES


def _has_no_other_subject(sentence: Sentence, verb: Word, name: Word) -> bool:
    return all(subject is name for subject in sentence.children(verb, *SUBJECT))


def _give_subject_to_clause(sentence: Sentence) -> Sentence:
    changed: dict[int, Word] = {}
    for verb in sentence:
        if cue_kind(verb.text, verb.lemma) != "say":
            continue
        subjects = sentence.children(verb, *SUBJECT)
        clause = sentence.child(verb, "ccomp", "xcomp", "parataxis")
        if len(subjects) < 2 or clause is None or sentence.children(clause, *SUBJECT):
            continue
        first, second = subjects[0], subjects[-1]
        if first.index < verb.index < second.index < clause.index:
            changed |= _attach(second, clause, second.deprel)
    return _replace(sentence, changed)


def _tag_number_as_name(sentence: Sentence) -> Sentence:
    changed = {}
    for word in sentence:
        is_subject = word.upos == "NUM" and _is_subject(word)
        if is_subject and word.text.isalpha() and word.text.istitle() and word.text.lower() not in _NUMBERS:
            changed[word.index] = attrs.evolve(word, upos="PROPN", xpos="NNP")
    return _replace(sentence, changed)


def _detach_participle_clause(sentence: Sentence) -> Sentence:
    first = next((w for w in sentence if w.upos != "PUNCT"), None)
    noun = sentence.head(first) if first is not None and first.xpos == "VBG" else None
    verb = sentence.head(noun) if noun is not None and _is_subject(noun) else None
    if first is None or noun is None or verb is None or not first.index < noun.index < verb.index:
        return sentence
    phrase = phrase_before(sentence, verb)
    if not phrase or phrase[0].index <= noun.index:
        return sentence
    if not is_text_at(sentence, phrase[0].index - 1, ",", "”"):
        return sentence
    changed = _attach(first, verb, "advcl") | _attach(noun, first, "obj")
    return _replace(sentence, changed | _attach(phrase_head(phrase), verb, "nsubj"))


def _attach_subject_after_participle(sentence: Sentence) -> Sentence:
    comma = next((w for w in sentence if w.text == ","), None)
    if comma is None or sentence.words[0].text.lower() not in _ADDRESSED:
        return sentence
    phrase = phrase_after(sentence, comma)
    verb = sentence.words[phrase[-1].index + 1 :][:1] if phrase else ()
    if not verb or verb[0].xpos not in _FINITE or sentence.child(verb[0], *SUBJECT):
        return sentence
    return _replace(sentence, _attach(phrase_head(phrase), verb[0], "nsubj"))


def _attach_speaker_between_commas(sentence: Sentence) -> Sentence:
    changed: dict[int, Word] = {}
    for cue in filter(is_finite_cue, sentence):
        phrase = _phrase_between_commas(sentence, cue)
        clause = sentence.child(cue, "ccomp", "parataxis")
        if not phrase or clause is None or clause.index < cue.index:
            continue
        start = min(phrase[0].index, cue.index)
        wrong = [w for w in sentence.children(cue, *SUBJECT) if w.index < start]
        if wrong:
            changed |= _attach(phrase_head(phrase), cue, "nsubj")
            for subject in wrong:
                changed |= _attach(subject, clause, subject.deprel)
    return _replace(sentence, changed)


def _phrase_between_commas(sentence: Sentence, cue: Word) -> tuple[Word, ...]:
    """The noun phrase right before or after a cue, if two commas enclose only the cue and this phrase."""
    before, after = phrase_before(sentence, cue), phrase_after(sentence, cue)
    opens = is_text_at(sentence, (before[0].index if before else cue.index) - 1, ",")
    closes = is_text_at(sentence, (after[-1].index if after else cue.index) + 1, ",")
    if not opens or not closes or (after and (before or cue.lemma not in _INVERTING_VERBS)):
        return ()
    return before or after


def _attach_subject_before_relative_clause(sentence: Sentence) -> Sentence:
    changed: dict[int, Word] = {}
    for cue in filter(is_finite_cue, sentence):
        if cue.deprel != "root" or sentence.child(cue, *SUBJECT, "aux:pass"):
            continue
        who = next((w for w in reversed(sentence.words[: cue.index]) if w.text.lower() == "who"), None)
        noun = _antecedent(sentence, who) if who is not None and who.head != cue.index else None
        if noun is not None:
            changed |= _attach(noun, cue, "nsubj")
    return _replace(sentence, changed)


def _antecedent(sentence: Sentence, who: Word) -> Word | None:
    """The head of the phrase before "who", or before a bracket before it; None for an object, or the subject
    of another verb."""
    opening = next((w.index for w in sentence.words[: who.index] if w.text == "("), who.index)
    last = next((w for w in reversed(sentence.words[:opening]) if w.upos != "PUNCT"), None)
    noun = name_head(sentence, last)
    if noun is None or not (noun.upos in ("PROPN", "NOUN", "PRON") or noun.text.istitle()):
        return None
    return None if noun.deprel.startswith(("obj", "iobj", "obl", "nmod", *SUBJECT)) else noun


def _coordinate_with_cue(sentence: Sentence) -> Sentence:
    changed: dict[int, Word] = {}
    for verb in sentence:
        is_past_cue = verb.xpos == "VBD" and cue_kind(verb.text, verb.lemma) is not None
        if not is_past_cue or verb.deprel != "conj" or sentence.child(verb, *SUBJECT):
            continue
        joined, said = sentence.head(verb), next(filter(is_finite_cue, sentence.ancestors(verb)), None)
        if joined is None or said is None or said is joined or said.xpos != "VBD":
            continue
        if sentence.child(verb, "cc") and _is_present(sentence, joined) and sentence.child(said, *SUBJECT):
            changed |= _attach(verb, said, verb.deprel)
    return _replace(sentence, changed)


def _is_present(sentence: Sentence, verb: Word) -> bool:
    """Whether a predicate stands in the present tense or after a modal."""
    forms = [verb.xpos, *(w.xpos for w in sentence.children(verb, "aux", "cop"))]
    return "VBD" not in forms and any(form in ("VBZ", "VBP", "MD") for form in forms)


def _detach_place_from_subject(sentence: Sentence) -> Sentence:
    comma = next((w for w in sentence.words[:_FIRST_PHRASE] if w.text == ","), None)
    if comma is None or sentence.words[0].text.lower() not in _PLACES:
        return sentence
    place = next(filter(_is_subject, sentence.words[1 : comma.index]), None)
    phrase = phrase_after(sentence, comma)
    if place is None or not phrase:
        return sentence
    preposition, subject = sentence.words[0], phrase_head(phrase)
    changed: dict[int, Word] = {}
    for clause in sentence.children(place, "acl"):
        changed |= _attach(clause, subject, clause.deprel)
    changed[0] = attrs.evolve(preposition, head=place.index, deprel="case", upos="ADP", xpos="IN")
    changed[place.index] = attrs.evolve(place, deprel="obl")
    changed[subject.index] = attrs.evolve(subject, head=place.head, deprel="nsubj")
    return _replace(sentence, changed)


def _attach_for_phrase_to_noun(sentence: Sentence) -> Sentence:
    changed: dict[int, Word] = {}
    for noun in sentence:
        verb = sentence.head(noun) if noun.deprel == "obl" else None
        case = sentence.child(noun, "case") if verb is not None and is_finite_cue(verb) else None
        if verb is None or case is None or case.text not in ("for", "of"):
            continue
        subject = next((w for w in sentence.children(verb, *SUBJECT) if w.index == case.index - 1), None)
        if subject is not None and subject.upos == "NOUN" and subject.index > verb.index:
            changed |= _attach(noun, subject, "nmod")
    return _replace(sentence, changed)


def _tag_verb_as_role(sentence: Sentence) -> Sentence:
    role, name, verb = next(_roles_tagged_as_verbs(sentence), (None, None, None))
    if role is None or name is None or verb is None:
        return sentence
    changed: dict[int, Word] = {}
    for below in sentence.children(role):
        changed |= _attach(below, verb, below.deprel)
    for before in sentence.children(role, *SUBJECT):
        changed |= _attach(before, name, "compound")
    changed[role.index] = attrs.evolve(role, upos="NOUN", xpos="NN", head=name.index, deprel="compound")
    changed[name.index] = attrs.evolve(name, head=verb.index, deprel="nsubj")
    changed[verb.index] = attrs.evolve(verb, head=role.head, deprel=role.deprel)
    return _replace(sentence, changed)


def _roles_tagged_as_verbs(sentence: Sentence) -> Iterator[tuple[Word, Word, Word]]:
    """Roles that are tagged as verbs, each with the name and the finite verb after it."""
    for role in sentence:
        if role.upos != "VERB" or role.text not in words("roles"):
            continue
        phrase = phrase_after(sentence, role)
        verb = sentence.words[phrase[-1].index + 1 :][:1] if phrase else ()
        if not verb or verb[0].xpos not in _FINITE or not sentence.children(role, *SUBJECT):
            continue
        if all(w.upos == "PROPN" for w in phrase):
            yield role, phrase_head(phrase), verb[0]


CORRECTIONS = (
    Correction("detach name from day", "On Friday Otto Lund said", _detach_name_from_day),
    Correction("tag word before cue as name", "Will said", _tag_word_as_name),
    Correction("give second subject to clause", "Lund says police told him", _give_subject_to_clause),
    Correction("tag number as name", "Pence went on", _tag_number_as_name),
    Correction("detach participle clause", "Holding signs, the nurses said", _detach_participle_clause),
    Correction(
        "attach subject after participle", "Asked about it, Lund wept", _attach_subject_after_participle
    ),
    Correction("attach speaker between commas", "Hale, Lund said, was ill", _attach_speaker_between_commas),
    Correction(
        "attach subject before relative clause",
        "On Sunday Lund, who paid, said",
        _attach_subject_before_relative_clause,
    ),
    Correction("join second verb to cue", "Lund said it would fail and called it off", _coordinate_with_cue),
    Correction("detach place from subject", "Outside court, Ms Lund said", _detach_place_from_subject),
    Correction("attach for-phrase to noun", "said a lawyer for Lund", _attach_for_phrase_to_noun),
    Correction("tag verb before name as role", "Leeds boss Carl Lund said", _tag_verb_as_role),
)
"""In the order in which they are applied."""
