"""How far an interview goes on through a speaker's quotations."""

from __future__ import annotations

from itertools import pairwise

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoteattr.detection.quotations import find_quotations
from quoteattr.outlets.article_context import context_of_article
from quoteattr.outlets.outlet_mentions import OutletMention
from quoteattr.outlets.outlet_sites import OutletSite, sites_by_speaker
from quoteattr.outlets.speaker_quotations import GAP, SpeakerQuotations, quotations_by_speaker
from quoteattr.schema import Speaker

ANN, BOB = Speaker("Ann Lee", "person"), Speaker("Bob Hale", "person")
SITE = OutletSite(OutletMention(0, None, "interview"), 0, 10, 1, "", is_brief=False)
"""In the first paragraph."""


def quoted_in(*paragraphs: int) -> SpeakerQuotations:
    """A speaker who is quoted at the characters 10, 20, 30, … of these paragraphs."""
    return SpeakerQuotations(
        ANN, [number * 10 for number in paragraphs], paragraphs, [SITE], fills_article=False
    )


@pytest.mark.parametrize(
    ("paragraphs", "before", "gap", "last"),
    [
        ([1, 2, 3], 40, 1, 3),
        ([1, 2, 3], 25, 1, 2),
        ([1, 2, 3], 5, 1, 1),
        ([2, 2 + GAP], 1000, 1, 2 + GAP),
        ([2, 3 + GAP], 1000, 1, 2),
        ([2, 3 + GAP], 1000, GAP + 1, 3 + GAP),
        ([2 + GAP], 1000, 1, 1),
        ([], 1000, 1, 1),
    ],
)
def test_last_paragraph(paragraphs: list[int], before: int, gap: int, last: int) -> None:
    assert quoted_in(*paragraphs).last_paragraph(SITE, before, gap) == last


def test_brief_site_reaches_only_the_next_paragraph() -> None:
    brief = attrs.evolve(SITE, is_brief=True)
    assert quoted_in(2, 3, 5).last_paragraph(brief, 1000, 1) == 3
    assert quoted_in(3).last_paragraph(brief, 1000, 1) == 1


@given(st.lists(st.integers(1, 60), unique=True).map(sorted), st.integers(0, 700), st.integers(1, 20))
def test_steps_are_no_longer_than_the_gap(paragraphs: list[int], before: int, gap: int) -> None:
    last = quoted_in(*paragraphs).last_paragraph(SITE, before, gap)
    quoted = [SITE.paragraph, *(number for number in paragraphs if SITE.paragraph < number <= last)]
    assert quoted[-1] == last
    assert all(two - one <= max(gap, GAP) for one, two in pairwise(quoted))
    assert last == SITE.paragraph or last * 10 < before


@pytest.mark.parametrize(
    ("text", "speakers", "fills_article"),
    [
        ("“We go,” Ann Lee told Reuters. “Now.” “No.”", [ANN, ANN, BOB], True),
        ("“We go,” Ann Lee told Reuters. “No.”", [ANN, BOB], False),
        ("“We go,” Ann Lee told Reuters. “Now,” Lee told CNN.", [ANN, ANN], False),
        ("“We go,” said Ann Lee.", [ANN], False),
    ],
)
def test_whether_an_interview_fills_the_article(
    text: str, speakers: list[Speaker | None], fills_article: bool
) -> None:
    article = context_of_article(text, find_quotations(text), speakers)
    assert quotations_by_speaker(article, sites_by_speaker(article))[ANN].fills_article == fills_article


def test_one_start_for_each_paragraph() -> None:
    text = "“We go,” said Ann Lee. “Now.”\n\n“No,” said Hale.\n\n“Yes,” said Lee."
    article = context_of_article(text, find_quotations(text), [ANN, ANN, BOB, ANN])
    lee = quotations_by_speaker(article, {})[ANN]
    assert (lee.starts, lee.paragraphs, lee.sites) == ([0, text.index("“Yes")], [1, 3], ())
