"""What the page of an article shows, before it is HTML."""

from __future__ import annotations

import attrs
import pytest

from quoteattr.coreference.registry import STEPS
from quoteattr.export.html.article_view import HUES, UNDERLINES, ArticleView, speaker_views
from quoteattr.export.html.overlay import Opened
from quoteattr.schema import Article, AttributedArticle, Speaker
from tests.shown import BRANDT, HOLM, TEXT, TIMES, article, attribution, span

VIEW = ArticleView.of(article())


class TestLegend:
    def test_speakers_are_in_order_and_those_of_nobody_last(self) -> None:
        names = [entry.speaker and entry.speaker.name for entry in VIEW.speakers]
        assert names == ["Ida Holm", "mother", None]
        assert [entry.count for entry in VIEW.speakers] == [4, 1, 1]

    def test_bars_are_thousandths_of_the_text(self) -> None:
        (start, length), *_ = VIEW.speakers[0].bars
        outer = article().attributions[0].quotation.outer
        assert start == pytest.approx(1000 * outer.start / len(TEXT), abs=0.1)
        assert length == pytest.approx(1000 * len(outer) / len(TEXT), abs=0.1)

    def test_more_speakers_than_colours_get_other_underlines(self) -> None:
        crowd = [Speaker(f"P{n}", "person") for n in range(HUES * UNDERLINES)]
        assert len({entry.style for entry in speaker_views(crowd)}) == HUES * UNDERLINES

    def test_speakers_that_are_not_listed_are_added(self) -> None:
        assert speaker_views([BRANDT], [HOLM])[1].speaker == BRANDT


class TestParagraphs:
    def test_the_text_is_unchanged(self) -> None:
        shown = ["".join(p for p in par.pieces if isinstance(p, str)) for par in VIEW.paragraphs]
        assert shown == TEXT.split("\n\n")

    def test_a_first_line_without_a_full_stop_is_a_headline(self) -> None:
        assert [paragraph.is_headline for paragraph in VIEW.paragraphs] == [True, False, False, False]

    @pytest.mark.parametrize("text", ["One line", "It rained.\nIt poured.", "x" * 200 + "\nIt rained."])
    def test_other_first_paragraphs_are_no_headlines(self, text: str) -> None:
        assert not any(p.is_headline for p in ArticleView.of(AttributedArticle(Article(text))).paragraphs)

    def test_names_in_the_margin(self) -> None:
        shown = [
            [(one.speaker.number, one.continued, one.outlet, one.doubtful) for one in paragraph.names]
            for paragraph in VIEW.paragraphs
        ]
        assert shown == [
            [(0, False, None, True)],
            [(0, True, TIMES, False), (1, False, None, False)],
            [(0, True, None, False)],
            [],
        ]

    @pytest.mark.parametrize(
        ("text", "spaced"),
        [("a b", False), ("a  b", True), ("a\tb", True), (" a", True), ("a\N{EM SPACE}b", True)],
    )
    def test_white_space_that_a_browser_would_collapse(self, text: str, spaced: bool) -> None:
        assert [p.preserves_space for p in ArticleView.of(AttributedArticle(Article(text))).paragraphs] == [
            spaced
        ]

    def test_a_mention_of_two_quotations_is_marked_once(self) -> None:
        kinds = [p.mark.kind for par in VIEW.paragraphs for p in par.pieces if isinstance(p, Opened)]
        assert {kind: kinds.count(kind) for kind in set(kinds)} == {
            "quotation": 6,
            "mention": 4,
            "cue": 1,
            "outlet": 1,
        }

    def test_an_empty_article(self) -> None:
        view = ArticleView.of(AttributedArticle(Article("")))
        assert (view.speakers, view.paragraphs, view.quotations) == ([], [], [])


class TestQuotationView:
    def test_described_as_is_the_mention_without_the_name(self) -> None:
        assert [one.described_as for one in VIEW.quotations] == [
            "Mayor",
            "Ms Holm",
            "Ms Holm",
            None,
            "she",
            None,
        ]

    def test_resolution_is_the_reason_of_the_sieve(self) -> None:
        resolved = attribution(TEXT, "“So we pay,”", resolved_by="quoted_speaker")
        other = attribution(TEXT, "“So we pay,”", resolved_by="my_sieve")
        view = ArticleView.of(attrs.evolve(article(), attributions=(resolved, other)))
        reason = STEPS["quoted_speaker"].reason
        assert [quotation.resolution for quotation in view.quotations] == [reason, None]

    def test_evidence_is_the_stretch_or_its_ends(self) -> None:
        assert VIEW.quotations[1].evidence == "Ms Holm told"
        mention = article().attributions[1].mention
        far = attribution(TEXT, "“So we pay,”", cue=span(TEXT, "laughed"), mention=mention)
        result = attrs.evolve(article(), attributions=(far,))
        assert ArticleView.of(result).quotations[0].evidence == "Ms Holm … laughed"

    def test_an_unknown_rule_has_no_reason(self) -> None:
        own = attrs.evolve(article(), attributions=(attribution(TEXT, "“So we pay,”", decided_by="my_rule"),))
        assert ArticleView.of(own).quotations[0].reason is None
