"""The reading of whole articles."""

from __future__ import annotations

import pytest

from quoteattr.coreference.resolver import UNRESOLVED, Resolution, resolve
from quoteattr.schema import Mention, Span
from tests.coreference.articles import resolutions
from tests.trees import read_tree


def names(found: list[Resolution]) -> list[str | None]:
    return [resolution.speaker.name if resolution.speaker else None for resolution in found]


def test_nothing_is_resolved_where_nobody_speaks() -> None:
    assert resolve("It rained.", [None], (), ()) == [UNRESOLVED]
    assert resolve("", [], (), ()) == []


def test_mentions_are_resolved_in_the_order_of_the_text() -> None:
    marked = "Then [Ann Lee] came. [She] met Tom Day. [He] left. [The mayor], Ms Lee, stayed."
    text_kinds = [resolutions(marked, kind) for kind in ("name", "pronoun", "nominal")]
    assert names(text_kinds[0])[0] == "Ann Lee"
    assert names(text_kinds[1])[1:3] == ["Ann Lee", "Tom Day"]
    assert names(text_kinds[2])[3] == "Ann Lee"


def test_a_noun_phrase_of_the_parse_may_be_meant() -> None:
    tree = read_tree("A/DET/2/det porter/NOUN/3/nsubj came/VERB/0/root ./PUNCT/3/punct")
    [found] = resolutions("A porter came . [He] left.", "pronoun", [tree])
    assert names([found]) == ["porter"]
    assert names(resolutions("A porter came . [He] left.", "pronoun")) == [None]


def test_the_last_speaker_is_salient() -> None:
    marked = "Then [Tiller] came. Then Quill came, and [she] left."
    speaking = resolutions(marked, "name")
    assert names(speaking)[0] == "Tiller"


def test_mentions_of_one_entity_have_one_speaker() -> None:
    text = "Then Ann Lee came. Ms Lee left."
    mentions = [Mention(Span(5, 12, "Ann Lee"), "name"), Mention(Span(19, 25, "Ms Lee"), "name")]
    first, second = resolve(text, mentions, (), ())
    assert first.speaker is second.speaker


@pytest.mark.parametrize(
    "marked",
    [
        "[An officer] was hurt. The officer, Sgt Dana Whitcombe, is well.",
        "[A walker] found it. The walker was later named as Priya Nand.",
    ],
)
def test_an_unnamed_speaker_is_identified_later(marked: str) -> None:
    [found] = resolutions(marked, "nominal")
    assert found.speaker is not None
    assert found.speaker.kind == "person"
    assert found.resolved_by == "identified_later"


def test_two_unnamed_speakers_are_not_identified() -> None:
    marked = "[An officer] and [a second officer] were hurt. The officer, Sgt Dana Whitcombe, is well."
    assert {found.resolved_by for found in resolutions(marked, "nominal")} == {"unnamed_speaker"}


@pytest.mark.parametrize("text", ["\n\n", "—", "“", "’s", "𝕬 b", "A" * 3000])
def test_odd_text_raises_nothing(text: str) -> None:
    mentions = [Mention(Span(0, len(text), text), kind) for kind in ("name", "nominal", "pronoun")]
    assert len(resolve(text, mentions, (), ())) == 3


@pytest.mark.parametrize("pronoun", ["ſhe", "hİs", "HERſELF", "Hİm"])
def test_letters_that_match_a_pronoun_only_without_case_are_no_pronoun(pronoun: str) -> None:
    assert names(resolutions(f"[Ann Lee] met {pronoun}.", "name")) == ["Ann Lee"]


def test_titles_and_gender_are_those_of_the_article() -> None:
    marked = "[Mr Day] came. Chief Ida Holm, the fire inspector, met Tom Day. [Holm] left. [A porter] fell."
    day, holm, porter = (found.speaker for found in resolutions(marked, "name"))
    assert day is not None
    assert (day.titles, day.gender) == (("mr",), "male")
    assert holm is not None
    assert (holm.titles, holm.gender) == (("chief", "fire inspector"), "female")
    assert porter is not None
    assert (porter.titles, porter.gender) == ((), None)
