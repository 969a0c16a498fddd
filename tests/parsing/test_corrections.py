"""Arcs put right: each repair on the tree that shows the fault, and on one that has none."""

from __future__ import annotations

from quoteattr.parsing.corrections import repaired
from quoteattr.parsing.dependency_tree import ROOT, Sentence, Word

TAGS = {"said": "VBD", "called": "VBD", "says": "VBZ", "Holding": "VBG", "would": "MD", "has": "VBZ"}


def tree(*words: tuple[str, str, int, str]) -> Sentence:
    """A sentence from (form, part of speech, head from 1 or 0, relation) of each word."""
    made, start = [], 0
    for index, (form, upos, head, deprel) in enumerate(words):
        lemma = {"said": "say", "says": "say", "told": "tell", "called": "call"}.get(form, form)
        above, tag = head - 1 if head else ROOT, TAGS.get(form, "_")
        made.append(Word(index, start, start + len(form), form, lemma, upos, tag, above, deprel))
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
    repair = repaired(taken)
    assert arcs(repair) == [(2, "nsubj"), (0, "root")]
    assert repair.words[0].upos == "PROPN"


def test_an_adverb_that_opens_the_sentence_is_no_name() -> None:
    adverb = tree(("Then", "ADV", 2, "advmod"), ("said", "VERB", 0, "root"), ("Lund", "PROPN", 2, "nsubj"))
    assert repaired(adverb) is adverb


def test_a_capitalised_subject_is_a_name_and_no_number() -> None:
    taken = tree(("Pence", "NUM", 2, "nsubj"), ("went", "VERB", 0, "root"))
    assert repaired(taken).words[0].upos == "PROPN"


def test_a_number_that_is_a_subject_stays() -> None:
    number = tree(("Two", "NUM", 2, "nsubj"), ("went", "VERB", 0, "root"))
    assert repaired(number) is number


def test_what_is_held_does_not_speak() -> None:
    glued = tree(
        ("Holding", "VERB", 2, "amod"),
        ("signs", "NOUN", 6, "nsubj"),
        (",", "PUNCT", 1, "punct"),
        ("the", "DET", 5, "det"),
        ("nurses", "NOUN", 2, "appos"),
        ("said", "VERB", 0, "root"),
    )
    assert [arc for arc in arcs(repaired(glued)) if arc[1] in ("advcl", "obj", "nsubj")] == [
        (6, "advcl"),
        (1, "obj"),
        (6, "nsubj"),
    ]


def test_rising_prices_are_a_subject() -> None:
    whole = tree(("Rising", "VERB", 2, "amod"), ("prices", "NOUN", 3, "nsubj"), ("said", "VERB", 0, "root"))
    assert repaired(whole) is whole


def test_who_stands_between_commas_with_the_cue_speaks() -> None:
    crossed = tree(
        ("Hale", "PROPN", 4, "nsubj"),
        (",", "PUNCT", 3, "punct"),
        ("Lund", "PROPN", 1, "appos"),
        ("said", "VERB", 0, "root"),
        (",", "PUNCT", 4, "punct"),
        ("was", "AUX", 7, "cop"),
        ("ill", "ADJ", 4, "ccomp"),
    )
    found = arcs(repaired(crossed))
    assert found[0] == (7, "nsubj")
    assert found[2] == (4, "nsubj")


def test_who_is_told_between_commas_does_not_speak() -> None:
    told = tree(
        ("Hale", "PROPN", 3, "nsubj"),
        (",", "PUNCT", 3, "punct"),
        ("told", "VERB", 0, "root"),
        ("Lund", "PROPN", 3, "obj"),
        (",", "PUNCT", 3, "punct"),
        ("works", "VERB", 3, "ccomp"),
    )
    assert repaired(told) is told


def test_a_clause_before_the_cue_does_not_hide_its_subject() -> None:
    hidden = tree(
        ("Sunday", "PROPN", 5, "obl"),
        ("Lund", "PROPN", 1, "appos"),
        ("who", "PRON", 4, "nsubj"),
        ("paid", "VERB", 2, "acl:relcl"),
        ("said", "VERB", 0, "root"),
    )
    assert arcs(repaired(hidden))[1] == (5, "nsubj")


def test_whom_one_met_does_not_speak_for_a_clause_of_his() -> None:
    met = tree(
        ("met", "VERB", 5, "advcl"),
        ("Lund", "PROPN", 1, "obj"),
        ("who", "PRON", 4, "nsubj"),
        ("paid", "VERB", 2, "acl:relcl"),
        ("said", "VERB", 0, "root"),
    )
    assert repaired(met) is met


def joined(verb: str) -> Sentence:
    """ "Lund said it would fail and called it", with another verb for "would fail"."""
    return tree(
        ("Lund", "PROPN", 2, "nsubj"),
        ("said", "VERB", 0, "root"),
        ("it", "PRON", 5, "nsubj"),
        (verb, "AUX", 5, "aux"),
        ("failed", "VERB", 2, "ccomp"),
        ("and", "CCONJ", 7, "cc"),
        ("called", "VERB", 5, "conj"),
    )


def test_a_past_cue_is_joined_to_the_past_cue() -> None:
    assert arcs(repaired(joined("would")))[6] == (2, "conj")


def test_a_past_cue_may_be_joined_to_a_past_clause() -> None:
    assert repaired(joined("had")) == joined("had")


def test_the_court_outside_which_one_speaks_does_not() -> None:
    outside = tree(
        ("Outside", "ADJ", 2, "amod"),
        ("court", "NOUN", 5, "nsubj"),
        (",", "PUNCT", 4, "punct"),
        ("Lund", "PROPN", 2, "appos"),
        ("said", "VERB", 0, "root"),
    )
    assert arcs(repaired(outside))[1] == (5, "obl")
    assert arcs(repaired(outside))[3] == (5, "nsubj")


def test_a_lawyer_speaks_for_another() -> None:
    lawyer = tree(
        ("said", "VERB", 0, "root"),
        ("lawyer", "NOUN", 1, "nsubj"),
        ("for", "ADP", 4, "case"),
        ("Lund", "PROPN", 1, "obl"),
    )
    assert arcs(repaired(lawyer))[3] == (2, "nmod")


def test_a_boss_before_a_name_and_a_verb_is_a_noun() -> None:
    boss = tree(
        ("Leeds", "PROPN", 2, "nsubj"),
        ("boss", "VERB", 0, "root"),
        ("Lund", "PROPN", 2, "obj"),
        ("said", "VERB", 2, "ccomp"),
        (".", "PUNCT", 2, "punct"),
    )
    assert arcs(repaired(boss)) == [(3, "compound"), (3, "compound"), (4, "nsubj"), (0, "root"), (4, "punct")]
    assert repaired(boss).words[1].upos == "NOUN"
