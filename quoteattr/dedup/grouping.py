"""Groups occurrences into wordings.

The rank of a wording depends on words, dates and speakers only, not on the order of the articles.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence

import attrs
import numpy as np

from quoteattr.dedup.occurrence_columns import OccurrenceColumns
from quoteattr.dedup.presentation import Presentation
from quoteattr.dedup.sorted_columns import BoolArray, Int64Array, group_sizes, group_starts, positions_in
from quoteattr.dedup.speakers import SpeakerKey
from quoteattr.dedup.vocabulary import Vocabulary
from quoteattr.dedup.wording_profile import WordingProfile, wording_profile_of
from quoteattr.dedup.wordings import WordingTable

ALL_ARTICLES = -1
"""Takes the place of an article number if a wording contains the occurrences of all articles."""
COUNTED_AT_ONCE = 1 << 12
"""Strings whose words are counted at once, so that intermediate columns stay in the processor's cache."""


@attrs.frozen(eq=False)
class _Groups:
    """Wordings before they are ranked, one row each."""

    occurrences: Int64Array
    """All occurrences, sorted by wording."""
    counts: Int64Array
    """How many occurrences each wording has."""
    firsts: Int64Array
    """The first occurrence of each wording."""
    string: Int64Array
    speaker: Int64Array
    article: Int64Array
    first_day: Int64Array
    last_day: Int64Array


def group_wordings(columns: OccurrenceColumns) -> WordingTable:
    """Returns the table of wordings: occurrences with the same words and the same speaker are one wording.

    If the words are not distinctive, only occurrences in one article are grouped. If the quoted words are
    the name of something (a film, a law), occurrences are never grouped. Wordings are ranked by length,
    then by number of occurrences, date, speaker, words and article.
    """
    texts, strings = columns.texts, columns.texts.strings()
    speakers, speaker = _numbered(columns.speakers)
    profiles, profile_of = _profiles(strings, texts.vocabulary)
    distinctive = np.array([profile.distinctive for profile in profiles], dtype=np.bool_)[profile_of]
    groups = _group(columns, speaker, distinctive)
    sizes = _int64([profile.size for profile in profiles])[profile_of]
    ranked = _ranked(groups, sizes, speakers, strings, texts.vocabulary)
    wording_of = np.empty_like(groups.occurrences)
    wording_of[groups.occurrences] = np.repeat(positions_in(ranked), groups.counts)
    firsts, string = groups.firsts[ranked], groups.string[ranked]
    return WordingTable(
        vocabulary=texts.vocabulary,
        speakers=speakers,
        strings=[strings[n] for n in string.tolist()],
        profiles=_with_presentations(columns, [profiles[n] for n in profile_of[string].tolist()], firsts),
        speaker_of=_plain(groups.speaker[ranked]),
        articles=_plain(groups.article[ranked]),
        first_days=_plain(groups.first_day[ranked]),
        last_days=_plain(groups.last_day[ranked]),
        nested=_nested(columns, firsts),
        wording_of=_plain(wording_of),
        first_occurrences=_plain(firsts),
    )


def _group(columns: OccurrenceColumns, speaker: Int64Array, distinctive: BoolArray) -> _Groups:
    """Groups occurrences by string and speaker, over all articles, in each article, or not at all.

    Args:
        columns: the occurrences.
        speaker: for each occurrence the number of its speaker.
        distinctive: for each string whether it is distinctive.
    """
    article = _int64(columns.article_of)
    day = _int64(columns.day_of_article)[article]
    string = _int64(columns.texts.string_of)[_int64(columns.text_of)]
    scope = np.where(distinctive[string], ALL_ARTICLES, article)
    names = np.flatnonzero(np.frombuffer(columns.presentations, dtype=np.uint8) == Presentation.NAME)
    scope[names] = ALL_ARTICLES - 1 - names
    order = np.lexsort((scope, speaker, string))
    starts = group_starts(string[order], speaker[order], scope[order])
    firsts = order[starts]  # the sort is stable, so that these are the first occurrences
    return _Groups(
        occurrences=order,
        counts=group_sizes(starts, len(order)),
        firsts=firsts,
        string=string[firsts],
        speaker=speaker[firsts],
        article=article[firsts],
        first_day=np.minimum.reduceat(day[order], starts),
        last_day=np.maximum.reduceat(day[order], starts),
    )


def _ranked(
    groups: _Groups,
    sizes: Int64Array,
    speakers: Sequence[SpeakerKey],
    strings: Sequence[str],
    vocabulary: Vocabulary,
) -> Int64Array:
    """The row numbers of the groups, in order of rank; ``sizes`` has the number of words of each string."""
    speaker_ranks = positions_in(_int64(sorted(range(len(speakers)), key=lambda n: speakers[n].order)))
    ranks = (speaker_ranks[groups.speaker], groups.first_day, -groups.counts, -sizes[groups.string])
    ranked = np.lexsort(ranks)
    tied, group = _ties([rank[ranked] for rank in ranks])
    equal = ranked[tied]
    by_words = _word_ranks([strings[n] for n in groups.string[equal].tolist()], vocabulary)
    ranked[tied] = equal[np.lexsort((groups.article[equal], by_words, group))]
    return ranked


def _ties(columns: Sequence[Int64Array]) -> tuple[Int64Array, Int64Array]:
    """The rows of sorted columns that are equal to another row, and the group number of each such row."""
    sizes = group_sizes(group_starts(*columns), len(columns[0]))
    tied = np.flatnonzero(np.repeat(sizes > 1, sizes))
    return tied, np.repeat(np.arange(len(sizes)), sizes)[tied]


def _word_ranks(strings: Sequence[str], vocabulary: Vocabulary) -> Int64Array:
    """The position of each string in the alphabetical order of the words."""
    table = vocabulary.alphabetic()
    in_order = sorted(set(strings), key=lambda string: string.translate(table))
    rank = {string: n for n, string in enumerate(in_order)}
    return np.fromiter(map(rank.__getitem__, strings), np.int64, len(strings))


def _numbered(keys: Sequence[SpeakerKey]) -> tuple[list[SpeakerKey], Int64Array]:
    """The distinct speakers, and the number of each given speaker.

    The objects are compared first, because that is faster, and equal keys are mostly the same object.
    """
    objects = {id(key): key for key in keys}
    speakers = {key: n for n, key in enumerate(dict.fromkeys(objects.values()))}
    number = {identity: speakers[key] for identity, key in objects.items()}
    return list(speakers), np.fromiter(map(number.__getitem__, map(id, keys)), np.int64, len(keys))


def _profiles(strings: Sequence[str], vocabulary: Vocabulary) -> tuple[list[WordingProfile], Int64Array]:
    """The distinct profiles of some strings, and the number of each string's profile."""
    chunks = (strings[at : at + COUNTED_AT_ONCE] for at in range(0, len(strings), COUNTED_AT_ONCE))
    counts = [sizes << 32 | contents for sizes, contents in map(vocabulary.count_words, chunks)]
    distinct, profile_of = np.unique(np.concatenate([_int64([]), *counts]), return_inverse=True)
    return [wording_profile_of(count >> 32, count & 0xFFFFFFFF) for count in distinct.tolist()], profile_of


def _with_presentations(
    columns: OccurrenceColumns, profiles: list[WordingProfile], firsts: Int64Array
) -> list[WordingProfile]:
    """Adds to the profiles of some wordings what their first occurrences show: capital letters, and whether
    they are speech, a heading or a name."""
    texts = _int64(columns.text_of)[firsts]
    title_case = np.frombuffer(columns.texts.title_case, dtype=np.bool_)[texts]
    presentations = np.frombuffer(columns.presentations, dtype=np.uint8)[firsts]
    found = list(profiles)
    for wording in np.flatnonzero(title_case | (presentations != Presentation.SPEECH)).tolist():
        size, content = found[wording].size, found[wording].content
        presentation = Presentation(presentations[wording])
        found[wording] = wording_profile_of(size, content, bool(title_case[wording]), presentation)
    return found


def _nested(columns: OccurrenceColumns, firsts: Int64Array) -> dict[int, list[str]]:
    """By wording, the strings of the quotations inside its first occurrence, for those that have any."""
    texts = _int64(columns.text_of)[firsts]
    by_offsets = np.fromiter(columns.nested, np.int64, len(columns.nested))
    by_marks = np.fromiter(columns.texts.nested, np.int64, len(columns.texts.nested))
    rows = np.flatnonzero(np.isin(firsts, by_offsets) | np.isin(texts, by_marks)).tolist()
    return {
        row: columns.texts.nested.get(int(texts[row]), []) + columns.nested.get(int(firsts[row]), [])
        for row in rows
    }


def _int64(column: Sequence[int]) -> Int64Array:
    return np.array(column, dtype=np.int64)


def _plain(column: Int64Array) -> Sequence[int]:
    """The column as an array of the standard library, which is indexed faster than a numpy array."""
    return array("q", column.tobytes())
