"""Occurrences grouped into wordings, and their rank."""

from __future__ import annotations

from quoteattr.dedup.grouping import group_wordings
from quoteattr.dedup.occurrence_columns import OccurrenceColumns
from quoteattr.dedup.presentation import Presentation
from quoteattr.dedup.speakers import SpeakerKey
from quoteattr.dedup.wordings import NO_DAY, WordingTable

HOLM, MOSS = SpeakerKey(("ida", "holm"), "person"), SpeakerKey(("carl", "moss"), "person")
SENTENCE = "The ferry will not sail tonight"


def group(
    *occurrences: tuple[int, str, SpeakerKey],
    days: tuple[int, ...] = (1, 2, 3),
    presentation: Presentation = Presentation.SPEECH,
) -> WordingTable:
    """The table of occurrences, each with its article, text and speaker."""
    columns = OccurrenceColumns(days)
    articles, texts, speakers = zip(*occurrences, strict=True)
    columns.add(articles, texts, speakers, [presentation] * len(texts), {})
    return group_wordings(columns)


def test_a_distinctive_wording_is_one_over_all_articles() -> None:
    table = group((0, SENTENCE, HOLM), (1, SENTENCE + "!", HOLM), (2, SENTENCE.upper(), HOLM))
    assert list(table.wording_of) == [0, 0, 0]
    assert (table.first_days[0], table.last_days[0], table.first_occurrences[0]) == (1, 3, 0)


def test_a_short_wording_is_one_within_an_article() -> None:
    table = group((0, "no sail", HOLM), (0, "No sail.", HOLM), (1, "no sail", HOLM))
    assert list(table.wording_of) == [0, 0, 1]
    assert list(table.articles) == [0, 1]


def test_speakers_are_separate() -> None:
    table = group((0, SENTENCE, HOLM), (0, SENTENCE, MOSS))
    assert len(table) == 2
    assert [table.speakers[n] for n in table.speaker_of] == [MOSS, HOLM]  # in order of name


def test_names_are_not_grouped() -> None:
    table = group((0, SENTENCE, HOLM), (0, SENTENCE, HOLM), presentation=Presentation.NAME)
    assert len(table) == 2
    assert {profile.presentation for profile in table.profiles} == {Presentation.NAME}


def test_rank_is_by_length_then_count_then_day_then_words() -> None:
    longer = SENTENCE + " at all"
    table = group(
        (2, "the old ferry boats will sail", HOLM),
        (2, "the new ferry boats will sail", HOLM),
        (1, "the big ferry boats will sail", HOLM),
        (1, SENTENCE, HOLM),
        (2, SENTENCE, HOLM),
        (2, longer, HOLM),
    )
    texts = ["".join(table.vocabulary.token(c) + " " for c in string).strip() for string in table.strings]
    assert texts == [
        longer.lower(),
        SENTENCE.lower(),
        "the big ferry boats will sail",
        "the new ferry boats will sail",
        "the old ferry boats will sail",
    ]


def test_days_between() -> None:
    table = group((0, "one", HOLM), (1, "two", HOLM), (2, "three", HOLM), days=(5, 9, NO_DAY))
    first, second, undated = table.wording_of
    assert table.days_between(first, second) == table.days_between(second, first) == 4
    assert table.days_between(first, undated) is None


def test_quotations_inside() -> None:
    columns = OccurrenceColumns([1])
    texts = ["When he says ‘No boots on the ground’ he means us", "As she put it we sail"]
    columns.add([0, 0], texts, [HOLM, HOLM], [Presentation.SPEECH] * 2, {1: ["We sail"]})
    table = group_wordings(columns)
    by_marks, by_offsets = table.wording_of
    nested = {wording: [len(string) for string in strings] for wording, strings in table.nested.items()}
    assert nested == {by_marks: [5], by_offsets: [2]}


def test_title_case_of_short_wordings() -> None:
    table = group((0, "Gang of Eight", HOLM), (0, "gang of eight men", HOLM))
    assert [table.profiles[n].title_case for n in table.wording_of] == [True, False]
