"""Cues: which verbs mark a quotation as said."""

from __future__ import annotations

import pytest

from quoteattr.attribution.cues import ALL_KINDS, cue_span, cues_before, is_cue, nearest_cue
from quoteattr.parsing.dependency_tree import ROOT, Word
from tests.attribution.written import parsed, word

PUT = parsed(
    "as Lee put it, “no”",
    "as/SCONJ/3/mark Lee/PROPN/3/nsubj put/VERB/6/advcl it/PRON/3/obj ,/PUNCT/3/punct no/INTJ/0/root",
)


@pytest.mark.parametrize(
    ("verb", "kinds"),
    [("said", {"say"}), ("called", {"judge"}), ("spoke", {"weak"}), ("walked", set())],
)
def test_a_verb_is_a_cue_of_its_kind(verb: str, kinds: set[str]) -> None:
    setting = parsed(f"Lee {verb} “no”", f"Lee/PROPN/2/nsubj {verb}/VERB/0/root no/INTJ/2/obj")
    assert {kind for kind in ALL_KINDS if is_cue(setting, word(setting, verb), (kind,))} == kinds


def test_put_is_a_cue_with_it() -> None:
    assert is_cue(PUT, word(PUT, "put"))
    other = parsed(
        "Lee put oil on “no”", "Lee/PROPN/2/nsubj put/VERB/0/root oil/NOUN/2/obj on/ADP/5/case no/INTJ/2/obl"
    )
    assert not is_cue(other, word(other, "put"))


def test_a_quoted_verb_is_no_cue() -> None:
    setting = parsed("Lee left “said”", "Lee/PROPN/2/nsubj left/VERB/0/root said/VERB/2/obj")
    assert not is_cue(setting, word(setting, "said"))


def test_a_noun_is_no_cue() -> None:
    setting = parsed("Lee has say “no”", "Lee/PROPN/2/nsubj has/VERB/0/root say/NOUN/2/obj no/INTJ/2/obj")
    assert not is_cue(setting, word(setting, "say"))


def test_cues_before_the_quotation_in_order() -> None:
    setting = parsed(
        "Lee said Day called it “no” and asked",
        "Lee/PROPN/2/nsubj said/VERB/0/root Day/PROPN/4/nsubj "
        "called/VERB/2/ccomp it/PRON/4/obj no/INTJ/4/xcomp "
        "and/CCONJ/8/cc asked/VERB/2/conj",
    )
    assert [cue.text for cue in cues_before(setting)] == ["said", "called"]
    assert cue_span(setting, cues_before(setting)[0]).text == "said"


def test_the_nearest_cue_stands_above_and_before() -> None:
    setting = parsed(
        "Lee said it was “no”",
        "Lee/PROPN/2/nsubj said/VERB/0/root it/PRON/5/nsubj was/AUX/5/cop no/INTJ/2/ccomp",
    )
    cue = nearest_cue(setting)
    assert cue is not None
    assert cue.text == "said"


def test_a_noun_of_saying_that_is_nearer_takes_its_place() -> None:
    setting = parsed(
        "Lee denied a claim of “no”",
        "Lee/PROPN/2/nsubj denied/VERB/0/root a/DET/4/det claim/NOUN/2/obj of/ADP/6/case no/INTJ/4/nmod",
    )
    assert nearest_cue(setting) is None


def test_a_cue_after_the_quotation_is_not_the_nearest_before() -> None:
    setting = parsed("“no” Lee said", "no/INTJ/3/ccomp Lee/PROPN/3/nsubj said/VERB/0/root")
    assert nearest_cue(setting) is None


def test_a_mark_that_the_article_lacks_is_no_cue() -> None:
    setting = parsed("“We go. Lee said", "“/PUNCT/2/punct We/PRON/3/nsubj go/VERB/0/root ./PUNCT/3/punct")
    end = len(setting.text)
    missing = Word(0, end, end, "said", "say", "VERB", "VBD", ROOT, "root")
    assert not is_cue(setting, missing)
