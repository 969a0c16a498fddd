"""Arcs put right: each repair on the tree that shows the fault, and on one that has none."""

from __future__ import annotations

import attrs

from quoteattr.repairs import repaired
from quoteattr.syntax import ROOT, Sentence, Word


def tree(*words: tuple[str, str, int, str]) -> Sentence:
    """A sentence from (form, part of speech, head from 1 or 0, relation) of each word."""
    made, start = [], 0
    for index, (form, upos, head, deprel) in enumerate(words):
        lemma = {"said": "say", "says": "say", "told": "tell"}.get(form, form)
        made.append(
            Word(index, start, start + len(form), form, lemma, upos, "_", head - 1 if head else ROOT, deprel)
        )
        start += len(form) + 1
    return Sentence(tuple(made))


def arcs(sentence: Sentence) -> list[tuple[int, str]]:
    return [(word.head + 1, word.deprel) for word in sentence]


def test_a_name_is_no_part_of_the_day_before_it() -> None:
    glued = tree(
        ("On", "ADP", 2, "case"),
        ("Friday", "PROPN", 5, "obl"),
        ("Otto", "PROPN", 2, "flat"),
        ("Lund", "PROPN", 2, "flat"),
        ("said", "VERB", 0, "root"),
    )
    assert arcs(repaired(glued))[2:4] == [(5, "nsubj"), (3, "flat")]


def test_a_day_with_its_number_stays() -> None:
    whole = tree(("In", "ADP", 2, "case"), ("June", "PROPN", 0, "root"), ("2016", "NUM", 2, "flat"))
    assert repaired(whole) is whole


def test_of_two_subjects_the_second_belongs_to_the_clause() -> None:
    crossed = tree(
        ("Lund", "PROPN", 2, "nsubj"),
        ("says", "VERB", 0, "root"),
        ("police", "NOUN", 2, "nsubj"),
        ("told", "VERB", 2, "ccomp"),
    )
    assert arcs(repaired(crossed))[2] == (4, "nsubj")


def test_an_inverted_subject_stays() -> None:
    inverted = tree(("works", "VERB", 2, "ccomp"), ("said", "VERB", 0, "root"), ("Lund", "PROPN", 2, "nsubj"))
    assert repaired(inverted) is inverted


def test_a_capital_before_a_cue_without_subject_is_a_name() -> None:
    taken = tree(("Will", "AUX", 2, "aux"), ("said", "VERB", 0, "root"))
    repair = repaired(attrs.evolve(taken, words=(taken.words[0], attrs.evolve(taken.words[1], xpos="VBD"))))
    assert arcs(repair) == [(2, "nsubj"), (0, "root")]
    assert repair.words[0].upos == "PROPN"


def test_an_adverb_that_opens_the_sentence_is_no_name() -> None:
    adverb = tree(("Then", "ADV", 2, "advmod"), ("said", "VERB", 0, "root"), ("Lund", "PROPN", 2, "nsubj"))
    assert repaired(adverb) is adverb
