"""Decisions: which answer is chosen for each quotation."""

from __future__ import annotations

import pytest

from quoteattr.attribution import find_cues
from quoteattr.attribution.decision import candidates_of, make_contexts
from tests.attribution.written import settings_of

TEXT = "“No,” said Ann Lee. “We go.”"
TREES = (
    "No/INTJ/3/ccomp ,/PUNCT/3/punct said/VERB/0/root Ann/PROPN/3/nsubj Lee/PROPN/4/flat ./PUNCT/3/punct",
    "We/PRON/2/nsubj go/VERB/0/root",
)
SETTINGS = settings_of(TEXT, *TREES)


def test_a_rule_of_context_answers_where_no_local_rule_does() -> None:
    contexts = make_contexts(SETTINGS)
    assert [context.findings[context.number].rule for context in contexts] == [
        "after_quotation",
        "same_paragraph",
    ]


def test_names_are_counted_by_their_last_word() -> None:
    assert make_contexts(SETTINGS)[0].names == {"Lee": 2}


def test_the_candidates_are_nobody_and_the_phrases_nearby() -> None:
    candidates = candidates_of(make_contexts(SETTINGS)[0])
    assert [(c.nobody, c.word and c.word.text, c.rules[:1]) for c, _ in candidates] == [
        (True, None, ()),
        (False, "Ann", ("after_quotation",)),
    ]


def test_a_mention_without_a_parse_is_a_candidate() -> None:
    candidates = candidates_of(make_contexts(settings_of("LEE: “We won.”"))[0])
    assert [(c.word, c.rules) for c, _ in candidates] == [(None, ()), (None, ("name_line",))]


def test_what_follows_has_the_mention_of_its_leader() -> None:
    first, second = find_cues(SETTINGS)
    assert second.follows == 0
    assert first.mention == second.mention
    assert first.mention is not None
    assert first.mention.span.text == "Ann Lee"


def test_nobody_has_no_mention() -> None:
    [finding] = find_cues(settings_of("It is “closed”", "It/PRON/3/nsubj is/AUX/3/cop closed/ADJ/0/root"))
    assert finding.mention is None
    assert finding.confidence > 0.5


def test_no_quotation_no_finding() -> None:
    assert find_cues([]) == []


@pytest.mark.parametrize("mark", ["😀", "\u200f", "\x1f", "•"])
def test_a_mark_that_a_parse_takes_for_a_subject_speaks_nothing(mark: str) -> None:
    text = f"“No,” {mark} said Ann Lee."
    tree = (
        f"No/INTJ/4/ccomp ,/PUNCT/4/punct {mark}/PROPN/4/nsubj said/VERB/0/root Ann/PROPN/4/obj "
        "Lee/PROPN/5/flat ./PUNCT/4/punct"
    )
    (finding,) = find_cues(settings_of(text, tree))
    assert finding.mention is None or finding.mention.span.text == "Ann Lee"


def test_a_name_inside_a_proposed_phrase_is_no_candidate() -> None:
    tree = (
        "No/INTJ/8/ccomp ,/PUNCT/1/punct the/DET/4/det lawyer/NOUN/8/nsubj for/ADP/6/case Ann/PROPN/4/nmod "
        "Lee/PROPN/6/flat said/VERB/0/root ./PUNCT/8/punct"
    )
    candidates = candidates_of(make_contexts(settings_of("“No,” the lawyer for Ann Lee said.", tree))[0])
    assert [c.word and c.word.text for c, _ in candidates] == [None, "lawyer"]


def test_a_name_inside_a_noun_of_saying_is_a_candidate() -> None:
    tree = (
        "No/INTJ/8/ccomp ,/PUNCT/1/punct the/DET/4/det letter/NOUN/8/nsubj from/ADP/6/case Ann/PROPN/4/nmod "
        "Lee/PROPN/6/flat said/VERB/0/root ./PUNCT/8/punct"
    )
    candidates = candidates_of(make_contexts(settings_of("“No,” the letter from Ann Lee said.", tree))[0])
    assert [c.word and c.word.text for c, _ in candidates] == [None, "letter", "Ann"]
