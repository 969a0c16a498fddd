"""brat standoff: written, read back, and corrected by an annotator."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import gold_sets
from quoteattr.export import gold_from_brat, to_brat
from quoteattr.schema import AttributedArticle, Span
from tests.results import HOSTILE, results, sample
from tests.strategies import acting


class TestBrat:
    @given(results(letters=st.sampled_from("ab“” \n\r")))
    def test_gold_from_brat_restores_what_to_brat_wrote(self, result: AttributedArticle) -> None:
        text = result.article.text
        record = gold_from_brat("a1", text, to_brat(result))
        expected = [
            (
                visible(a.quotation.content),
                a.speaker and [clean(n) for n in clean(a.speaker.name).split(";") if clean(n)],
            )
            for a in result
            if a.quotation.content.text.strip("\n\r")
        ]
        found = [(visible(Span.of(text, q["start"], q["end"])), q["entity"]) for q in record["quotes"]]
        assert sorted(map(repr, found)) == sorted(
            repr((offsets, names or None)) for offsets, names in expected
        )

    @given(HOSTILE)
    def test_no_character_acts_on_a_terminal_and_offsets_are_those_of_the_text(
        self, result: AttributedArticle
    ) -> None:
        written = to_brat(result)
        assert acting(written, "\n\t") == set()
        for line in written.splitlines():
            if line[0] == "T":
                _, place, words = line.split("\t")
                pairs = [pair.split() for pair in place.partition(" ")[2].split(";")]
                copied = " ".join(result.article.text[int(start) : int(end)] for start, end in pairs)
                assert len(words) == len(copied)
                seen = [pair for pair in zip(words, copied, strict=True) if not acting(pair[1], "")]
                assert [one for one, _ in seen] == [other for _, other in seen]

    def test_mentions_and_outlets_are_restored(self) -> None:
        text = sample().article.text
        first = gold_from_brat("a1", text, to_brat(sample()))["quotes"][0]
        assert (first["speaker_text"], first["outlet"]) == ("she", "Herald & Post")

    def test_corrections_of_annotators_are_gold(self, tmp_path: Path) -> None:
        text = sample().article.text
        ann = to_brat(sample()).replace("AnnotatorNotes T1\tAnn Lee", "AnnotatorNotes T1\tRita Day; Day")
        (tmp_path / "ice.txt").write_bytes(text.encode())
        (tmp_path / "ice.ann").write_text(ann, encoding="utf-8")
        (article,) = gold_sets.load(str(tmp_path)).articles
        assert (article.id, article.text) == ("ice", text)
        assert [q.entity for q in article.quotations] == [("Rita Day", "Day"), ("Ann Lee",), ()]

    @pytest.mark.parametrize(
        ("ann", "message"),
        [
            ("T1\tQuotation 0 99\tIt\n", "line 1: 0 99 is not inside"),
            ("T1 Quotation\n", "line 1: not an annotation"),
            ("T1\tQuotation 0 2\tIt\nR1\tSpeaker Arg1:T1 Arg2:T9\n", "refers to T9, which is missing"),
        ],
    )
    def test_malformed_lines_are_named(self, ann: str, message: str) -> None:
        with pytest.raises(ValueError, match=message):
            gold_from_brat("a1", "It rained.", ann)


def clean(name: str) -> str:
    """A name without line breaks, as in a note."""
    return " ".join(name.split())


def visible(span: Span) -> tuple[int, int]:
    """Start and end of a span without the line breaks at its ends."""
    start = span.start + len(span.text) - len(span.text.lstrip("\n\r"))
    return start, span.end - (len(span.text) - len(span.text.rstrip("\n\r")))
