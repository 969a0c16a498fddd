"""What the page of utterances shows, before it is HTML."""

from __future__ import annotations

import attrs
import pytest

from quoteattr.export.html.utterance_view import (
    CONTEXT,
    OccurrenceView,
    UtterancesView,
    count_words,
    occurrences_of,
    segments_of,
)
from quoteattr.schema import Article, Conflict, Speaker, Utterance
from tests.shown import HOLM, PARTS, WORDING, attribution, span, utterance


def statuses(occurrence: OccurrenceView) -> list[tuple[str, str, str]]:
    return [(segment.status, segment.text, segment.printed) for segment in occurrence.segments]


class TestOccurrences:
    def test_parts_in_one_article_are_one_occurrence(self) -> None:
        occurrences = list(occurrences_of(utterance()))
        assert [(p.article.publisher, len(p.appearances)) for p in occurrences] == [
            ("The Record", 1),
            ("Daily News", 2),
            ("The Globe", 1),
        ]
        assert statuses(occurrences[0]) == [("carried", WORDING, "")]
        assert [status for status, _, _ in statuses(occurrences[1])] == [
            "omitted",
            "carried",
            "omitted",
            "carried",
        ]
        assert ("changed", "snow", "frost") in statuses(occurrences[2])

    def test_segments_make_up_the_wording(self) -> None:
        for occurrence in occurrences_of(utterance()):
            assert "".join(segment.text for segment in occurrence.segments) == WORDING

    def test_share_counts_unchanged_words(self) -> None:
        shares = [occurrence.share for occurrence in occurrences_of(utterance())]
        assert shares == pytest.approx([1, 12 / 19, 16 / 19])

    def test_repeated_words_are_counted_in_the_same_occurrence(self) -> None:
        first, *_ = utterance().appearances
        (twice,) = occurrences_of(attrs.evolve(utterance(), appearances=(first, first)))
        assert (twice.times, twice.is_whole) == (2, True)

    def test_inserted_words_are_a_change_of_no_words(self) -> None:
        edited = utterance().appearances[3]
        inserted = attrs.evolve(edited, edits=(attrs.evolve(edited.edits[0], canonical=span(WORDING, "")),))
        segments = list(segments_of(WORDING, [inserted]))
        assert segments[0].status == "changed"
        assert (segments[0].text, segments[0].printed) == ("", "frost")
        assert "".join(segment.text for segment in segments) == WORDING

    def test_a_part_without_covers_carries_nothing(self) -> None:
        bare = attrs.evolve(utterance().appearances[1], covers=())
        assert [segment.status for segment in segments_of(WORDING, [bare])] == ["omitted"]

    def test_bars_show_carried_and_changed_words(self) -> None:
        whole, parts, edited = occurrences_of(utterance())
        assert whole.bars == [(0, 1000, "carried")]
        assert sum(length for _, length, _ in parts.bars) == pytest.approx(
            1000 * sum(len(s.text) for s in parts.segments if s.status == "carried") / len(WORDING), abs=0.2
        )
        assert [status for _, _, status in edited.bars] == ["carried", "changed", "carried", "carried"]

    def test_excerpts_show_the_paragraph(self) -> None:
        (excerpt,) = list(occurrences_of(utterance()))[1].excerpts
        assert "".join(piece for piece in excerpt if isinstance(piece, str)) == PARTS

    def test_excerpts_cut_no_word_and_cross_no_paragraph(self) -> None:
        text = f"Before.\n{'word ' * 99}“Go on,” {'after ' * 99}\nAfter."
        piece = attrs.evolve(
            utterance().appearances[0], article=Article(text), attribution=attribution(text, "“Go on,”")
        )
        (occurrence,) = occurrences_of(attrs.evolve(utterance(), appearances=(piece,)))
        shown = "".join(p for p in occurrence.excerpts[0] if isinstance(p, str))
        assert len(shown) <= 2 * CONTEXT + len("“Go on,”")
        assert set(shown.split()) == {"word", "“Go", "on,”", "after"}

    def test_utterances_with_one_occurrence_are_counted(self) -> None:
        alone = Utterance("Go", HOLM, utterance().appearances[:1])
        view = UtterancesView.of([alone, utterance()], every=False)
        assert ([one.utterance.text for one in view.utterances], view.hidden) == ([WORDING], 1)
        assert len(UtterancesView.of([alone], every=True).utterances) == 1

    def test_two_spellings_of_a_name_are_one_speaker(self) -> None:
        other = attrs.evolve(utterance(), speaker=Speaker("Ida Hólm", "person", ("the boss",)))
        (entry,) = UtterancesView.of([utterance(), other], every=False).speakers
        assert entry.count == 2
        assert entry.speaker is not None
        assert entry.speaker.aliases == (*HOLM.aliases, "the boss")

    def test_a_conflict_about_the_speaker_is_shown_once(self) -> None:
        (view,) = UtterancesView.of([utterance()], every=False).utterances
        assert [conflict.detail for conflict in view.conflicts] == ["Rolf Brandt"]
        inside = Conflict("speaker", utterance().appearances[0], "Rolf Brandt")
        joined = attrs.evolve(utterance(), conflicts=(inside,))
        assert [p.disputed for p in occurrences_of(joined)] == ["Rolf Brandt", None, None]
        assert UtterancesView.of([joined], every=False).utterances[0].conflicts == []

    def test_an_utterance_without_speaker(self) -> None:
        view = UtterancesView.of([attrs.evolve(utterance(), speaker=None)], every=False)
        assert [entry.style for entry in view.speakers] == ["nobody"]


def test_words_of_any_script() -> None:
    assert count_words("Čapek’s R.U.R. — 1,900 éléphants") == 7
