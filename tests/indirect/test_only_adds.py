"""What `indirect=True` adds for any text and any parse: rows of their own kinds; nothing else changes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

import quoteattr
from quoteattr import Attribution
from quoteattr.parsing import Parse
from tests.test_pipeline import ANY_TEXT, PARSERS, PIECES, Fancy

REPORTS = st.lists(
    st.sampled_from(
        [*PIECES, "said that prices would fall", "urged them to leave", "her claim that", "she said"]
    ),
    max_size=40,
).map(" ".join)
TEXTS = ANY_TEXT | REPORTS


def reported(text: str, parser: Fancy) -> list[Attribution]:
    found = quoteattr.attribute(text, parser=parser, indirect=True)
    return [attribution for attribution in found if attribution.quotation.kind != "direct"]


@given(TEXTS, st.integers(0, 2**32))
@settings(deadline=None)
def test_quotations_between_marks_stay_as_they_are(text: str, seed: int) -> None:
    with_reports = quoteattr.attribute(text, parser=ByText(seed), indirect=True)
    direct = tuple(a for a in with_reports if a.quotation.kind == "direct")
    assert direct == quoteattr.attribute(text, parser=ByText(seed)).attributions


class ByText(Fancy):
    """Gives a text the same forest whatever else is parsed before it."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self._seed = seed

    def parse(self, texts: Sequence[str]) -> list[Parse]:
        return [parse for text in texts for parse in Fancy(self._seed + len(text)).parse([text])]


@given(TEXTS, PARSERS)
@settings(deadline=None)
def test_words_and_parts_are_those_of_the_text(text: str, parser: Fancy) -> None:
    for attribution in reported(text, parser):
        quotation = attribution.quotation
        assert quotation.outer == quotation.content
        assert (quotation.parts[0].start, quotation.parts[-1].end) == (
            quotation.content.start,
            quotation.content.end,
        )
        assert all(before.end <= after.start for before, after in pairwise(quotation.parts))
        for span in (quotation.content, *quotation.parts):
            assert text[span.start : span.end] == span.text


@given(TEXTS, PARSERS)
@settings(deadline=None)
def test_a_mixed_report_holds_a_quotation_and_others_hold_none(text: str, parser: Fancy) -> None:
    marked = [quotation.outer for quotation in quoteattr.find_quotations(text)]
    for attribution in reported(text, parser):
        parts = attribution.quotation.parts
        holds = any(p.start <= outer.start and outer.end <= p.end for p in parts for outer in marked)
        assert (attribution.quotation.kind == "mixed") == holds


@given(TEXTS, PARSERS)
@settings(deadline=None)
def test_rows_are_in_order_and_say_what_decided(text: str, parser: Fancy) -> None:
    rows = list(quoteattr.attribute(text, parser=parser, indirect=True))
    starts = [attribution.quotation.outer.start for attribution in rows]
    assert starts == sorted(starts)
    for attribution in rows:
        assert 0.0 <= attribution.confidence <= 1.0
        if attribution.quotation.kind != "direct":
            assert attribution.decided_by
            assert attribution.cue is not None
            assert attribution.statement is not None
