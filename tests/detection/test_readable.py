"""The readable copy of a text, and the way back from it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoteattr import attribute, find_quotations
from quoteattr.detection.readable import read_text
from quoteattr.schema import Span
from tests.stub import Flat

PIECES = [
    "&ldquo;",
    "&amp;amp;",
    "&#0;",
    "&nope;",
    "â€œ",
    "â€",
    "Ã©",
    "\u202f",
    "\u200e",
    "\u00ad",
    "a",
    " ",
    "É”",
    "\n",
]


@pytest.mark.parametrize(
    ("text", "copy"),
    [
        ("&lsquo;Go&rsquo; &#x2014; now", "‘Go’ — now"),
        ("&amp;ldquo;Go&amp;rdquo;", "“Go”"),
        ("Hale &amp; Co", "Hale & Co"),
        ("AT&T; R&D and &nothing;", "AT&T; R&D and &nothing;"),
        ("FranÃ§ois â€“ 5", "François – 5"),
        ("â€œGone,â€ she said", "“Gone,” she said"),
        ("“AU CAFÉ” IRMÃ”", "“AU CAFÉ” IRMÃ”"),
        ("Mr\u00a0Lund\u2009of Hull", "Mr Lund of Hull"),
        ("> “We go.\n>\n> > “Now.”\n5 > 3", "“We go.\n\n“Now.”\n5 > 3"),
        ('\\"Go,\\" C:\\dir', '"Go," C:\\dir'),
        ("「Go」 〝No〟 『Yes』", "“Go” “No” ‘Yes’"),
        ("she said.“Go.”“No.” „Ja.“ Gut", "she said. “Go.” “No.” „Ja.“ Gut"),
        ("\u200fdevel\u00adopment", "development"),
    ],
)
def test_a_copy_reads_as_it_was_meant(text: str, copy: str) -> None:
    assert read_text(text).text == copy


def test_a_readable_text_is_not_copied() -> None:
    text = "“It’s gone,” said André."
    readable = read_text(text)
    assert readable.text is text
    assert readable.span(Span.of(text, 1, 5)) == Span.of(text, 1, 5)


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_every_stretch_of_the_copy_maps_back(text: str) -> None:
    readable = read_text(text)
    spans = [readable.span(Span.of(readable.text, at, at + 1)) for at in range(len(readable.text))]
    assert all(text[span.start : span.end] == span.text for span in spans)
    assert all(before.start <= after.start for before, after in pairwise(spans))


def test_results_have_offsets_of_the_text_as_given() -> None:
    text = "&ldquo;It&#8217;s gone,&rdquo; Ann&nbsp;Lee told the Hull&nbsp;Echo."
    (found,) = attribute(text)
    assert (found.speaker_name, found.outlet_name) == ("Ann Lee", "Hull Echo")
    assert found.text == "It&#8217;s gone,"
    assert found.mention is not None
    assert found.outlet is not None
    for span in (found.quotation.outer, found.mention.span, found.outlet.span):
        assert text[span.start : span.end] == span.text
    assert found.mention.span.text == "Ann&nbsp;Lee"


def test_a_missing_space_before_a_mark_joins_no_sentences() -> None:
    found = attribute("“We will win,” said Ann Lee.“We will not,” said Tom Day.")
    assert [one.speaker_name for one in found] == ["Ann Lee", "Tom Day"]


def test_the_copy_is_read_once() -> None:
    text = '\N{FULLWIDTH QUOTATION MARK}"\N{DOUBLE PRIME QUOTATION MARK}“a'
    parsed = attribute(text, parser=Flat())
    assert [found.quotation for found in parsed] == find_quotations(text)
