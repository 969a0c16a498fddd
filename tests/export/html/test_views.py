"""What the pages show, before it is HTML."""

from __future__ import annotations

import attrs
import pytest

from quoteattr.export.html.line_views import AROUND, LinesView, Printing, printings_of, strands_of, words
from quoteattr.export.html.overlay import Opened
from quoteattr.export.html.views import HUES, UNDERLINES, ArticleView, voices_of
from quoteattr.schema import Article, AttributedArticle, Conflict, Speaker, Utterance
from tests.shown import BRANDT, HOLM, LINE, PARTS, TEXT, TIMES, article, line, said, span

VIEW = ArticleView.of(article())


class TestLegend:
    def test_speakers_in_order_and_nobody_last(self) -> None:
        names = [voice.speaker and voice.speaker.name for voice in VIEW.voices]
        assert names == ["Ida Holm", "mother", None]
        assert [voice.count for voice in VIEW.voices] == [4, 1, 1]

    def test_places_are_thousandths_of_the_text(self) -> None:
        (start, length), *_ = VIEW.voices[0].spans
        outer = article().attributions[0].quotation.outer
        assert start == pytest.approx(1000 * outer.start / len(TEXT), abs=0.1)
        assert length == pytest.approx(1000 * len(outer) / len(TEXT), abs=0.1)

    def test_more_speakers_than_colours_get_other_underlines(self) -> None:
        crowd = [Speaker(f"P{n}", "person") for n in range(HUES * UNDERLINES)]
        assert len({voice.style for voice in voices_of(crowd)}) == HUES * UNDERLINES

    def test_a_speaker_whom_the_result_does_not_list_is_there(self) -> None:
        assert voices_of([BRANDT], [HOLM])[1].speaker == BRANDT


class TestParagraphs:
    def test_the_text_is_as_it_came(self) -> None:
        shown = ["".join(p for p in par.pieces if isinstance(p, str)) for par in VIEW.paragraphs]
        assert shown == TEXT.split("\n\n")

    def test_a_first_line_without_a_full_stop_is_a_headline(self) -> None:
        assert [paragraph.headline for paragraph in VIEW.paragraphs] == [True, False, False, False]

    @pytest.mark.parametrize("text", ["One line", "It rained.\nIt poured.", "x" * 200 + "\nIt rained."])
    def test_nothing_else_is(self, text: str) -> None:
        assert not any(p.headline for p in ArticleView.of(AttributedArticle(Article(text))).paragraphs)

    def test_bylines(self) -> None:
        shown = [
            [(one.voice.number, one.goes_on, one.outlet, one.doubtful) for one in paragraph.bylines]
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
    def test_white_space_that_a_browser_would_fold(self, text: str, spaced: bool) -> None:
        assert [p.spaced for p in ArticleView.of(AttributedArticle(Article(text))).paragraphs] == [spaced]

    def test_parts_that_two_quotations_share_are_marked_once(self) -> None:
        kinds = [p.mark.kind for par in VIEW.paragraphs for p in par.pieces if isinstance(p, Opened)]
        assert {kind: kinds.count(kind) for kind in set(kinds)} == {
            "quotation": 6,
            "mention": 4,
            "cue": 1,
            "outlet": 1,
        }

    def test_nothing_at_all(self) -> None:
        view = ArticleView.of(AttributedArticle(Article("")))
        assert (view.voices, view.paragraphs, view.said) == ([], [], [])


class TestSaid:
    def test_words_that_stand_for_the_speaker(self) -> None:
        assert [one.meant for one in VIEW.said] == ["Mayor", "Ms Holm", "Ms Holm", None, "she", None]

    def test_evidence_is_the_text_itself_or_its_parts(self) -> None:
        assert VIEW.said[1].evidence == "Ms Holm told"
        mention = article().attributions[1].mention
        far = said(TEXT, "“So we pay,”", cue=span(TEXT, "laughed"), mention=mention)
        result = attrs.evolve(article(), attributions=(far,))
        assert ArticleView.of(result).said[0].evidence == "Ms Holm … laughed"

    def test_an_unknown_rule_has_no_reason(self) -> None:
        own = attrs.evolve(article(), attributions=(said(TEXT, "“So we pay,”", decided_by="my_rule"),))
        assert ArticleView.of(own).said[0].why is None


def fates(printing: Printing) -> list[tuple[str, str, str]]:
    return [(strand.fate, strand.text, strand.printed) for strand in printing.strands]


class TestLines:
    def test_pieces_of_one_article_are_one_printing(self) -> None:
        printings = list(printings_of(line()))
        assert [(p.article.publisher, len(p.appearances)) for p in printings] == [
            ("The Record", 1),
            ("Daily News", 2),
            ("The Globe", 1),
        ]
        assert fates(printings[0]) == [("carried", LINE, "")]
        assert [fate for fate, _, _ in fates(printings[1])] == ["left", "carried", "left", "carried"]
        assert ("changed", "snow", "frost") in fates(printings[2])

    def test_strands_make_up_the_wording(self) -> None:
        for printing in printings_of(line()):
            assert "".join(strand.text for strand in printing.strands) == LINE

    def test_share_counts_words_that_stand_there(self) -> None:
        shares = [printing.share for printing in printings_of(line())]
        assert shares == pytest.approx([1, 12 / 19, 16 / 19])

    def test_words_printed_again_are_the_same_place_once_more(self) -> None:
        first, *_ = line().appearances
        (twice,) = printings_of(attrs.evolve(line(), appearances=(first, first)))
        assert (twice.times, twice.whole) == (2, True)

    def test_words_put_in_show_as_a_change_of_nothing(self) -> None:
        edited = line().appearances[3]
        put_in = attrs.evolve(edited, edits=(attrs.evolve(edited.edits[0], canonical=span(LINE, "")),))
        strands = list(strands_of(LINE, [put_in]))
        assert strands[0].fate == "changed"
        assert (strands[0].text, strands[0].printed) == ("", "frost")
        assert "".join(strand.text for strand in strands) == LINE

    def test_a_part_without_known_cover_carries_nothing(self) -> None:
        bare = attrs.evolve(line().appearances[1], covers=())
        assert [strand.fate for strand in strands_of(LINE, [bare])] == ["left"]

    def test_bars_cover_what_is_carried(self) -> None:
        whole, parts, edited = printings_of(line())
        assert whole.bars == [(0, 1000, "carried")]
        assert sum(length for _, length, _ in parts.bars) == pytest.approx(
            1000 * sum(len(s.text) for s in parts.strands if s.fate == "carried") / len(LINE), abs=0.2
        )
        assert [fate for _, _, fate in edited.bars] == ["carried", "changed", "carried", "carried"]

    def test_excerpts_show_the_paragraph_around(self) -> None:
        (excerpt,) = list(printings_of(line()))[1].excerpts
        assert "".join(piece for piece in excerpt if isinstance(piece, str)) == PARTS

    def test_excerpts_cut_no_word_and_cross_no_paragraph(self) -> None:
        text = f"Before.\n{'word ' * 99}“Go on,” {'after ' * 99}\nAfter."
        piece = attrs.evolve(line().appearances[0], article=Article(text), attribution=said(text, "“Go on,”"))
        (printing,) = printings_of(attrs.evolve(line(), appearances=(piece,)))
        shown = "".join(p for p in printing.excerpts[0] if isinstance(p, str))
        assert len(shown) <= 2 * AROUND + len("“Go on,”")
        assert set(shown.split()) == {"word", "“Go", "on,”", "after"}

    def test_lines_of_one_place_are_counted(self) -> None:
        alone = Utterance("Go", HOLM, line().appearances[:1])
        view = LinesView.of([alone, line()], every=False)
        assert ([one.line.text for one in view.lines], view.alone) == ([LINE], 1)
        assert len(LinesView.of([alone], every=True).lines) == 1

    def test_a_speaker_of_two_spellings_is_one_voice(self) -> None:
        other = attrs.evolve(line(), speaker=Speaker("Ida Hólm", "person", ("the boss",)))
        (voice,) = LinesView.of([line(), other], every=False).voices
        assert voice.count == 2
        assert voice.speaker is not None
        assert voice.speaker.aliases == (*HOLM.aliases, "the boss")

    def test_a_conflict_about_the_speaker_is_shown_where_it_stands(self) -> None:
        (view,) = LinesView.of([line()], every=False).lines
        assert [conflict.detail for conflict in view.elsewhere] == ["Rolf Brandt"]
        inside = Conflict("speaker", line().appearances[0], "Rolf Brandt")
        joined = attrs.evolve(line(), conflicts=(inside,))
        assert [p.disputed for p in printings_of(joined)] == ["Rolf Brandt", None, None]
        assert LinesView.of([joined], every=False).lines[0].elsewhere == []

    def test_nobody_says_it(self) -> None:
        view = LinesView.of([attrs.evolve(line(), speaker=None)], every=False)
        assert [voice.style for voice in view.voices] == ["nobody"]


def test_words_of_any_script() -> None:
    assert words("Čapek’s R.U.R. — 1,900 éléphants") == 7
