"""Finds for each wording the longer ones that are worth comparing with it, the best first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import attrs
import numpy as np

from quoteattr.dedup import ngram_index, normalize
from quoteattr.dedup.ngram_hashes import FlatWordings, Hashes, hash_ngrams
from quoteattr.dedup.same_utterance import PHRASE_DAYS
from quoteattr.dedup.sorted_columns import (
    BoolArray,
    Int32Array,
    Int64Array,
    group_sizes,
    group_starts,
    positions_in_groups,
    sorted_rows,
)
from quoteattr.dedup.vocabulary import token_hash
from quoteattr.dedup.wording_profile import WordingProfile
from quoteattr.dedup.wordings import NO_DATE_DISTANCE, NO_DAY, WordingTable

PERIOD_DAYS = PHRASE_DAYS + 1
"""Length in days of a period. The index for short wordings divides time into periods, and a wording also
looks up the periods before and after its own, so that everything within `PHRASE_DAYS` is found."""
NEAREST_EQUAL = 2
"""Number of wordings with the same words with which a wording is compared: the next ones in order of speaker
and date."""
ALL_EQUAL = 8
"""If at most this many wordings have the same words, all of them are compared with each other, because two
names of one speaker may be far apart in alphabetical order."""
MOST_CANDIDATES = 8
"""Most longer wordings with which a wording is compared. F1 on 106,710 synthetic quotations: 6 .9893, 8
.9894, 10 .9895."""
DAY_BITS, VOTE_BITS = 9, 5
"""Bits of a candidate's score for the days between the two wordings and for the n-grams that they share; two
more bits are for the speakers. numpy sorts 16 bits by radix."""
FARTHEST = (1 << DAY_BITS) - 1
"""Highest number of days in a score; larger numbers are reduced to it."""
MOST_VOTES = (1 << VOTE_BITS) - 1
"""Highest number of shared n-grams in a score; larger numbers are reduced to it."""


@attrs.frozen(eq=False)
class CandidatePairs:
    """Pairs of wordings to compare. The pairs of one shorter wording are adjacent, the best first.
    ``shorter`` and ``longer`` are row numbers; a longer wording has the smaller number, because rows are
    ranked longest first."""

    shorter: Int64Array
    longer: Int64Array

    def __len__(self) -> int:
        return len(self.shorter)

    def __getitem__(self, rows: BoolArray | Int64Array) -> CandidatePairs:
        return CandidatePairs(self.shorter[rows], self.longer[rows])


@attrs.frozen(eq=False)
class WordingColumns:
    """The wordings of a table as numpy arrays, which are used to find, sort and filter pairs."""

    surname: Int32Array
    """The number of the speaker's surname in alphabetic order; 0 if there is none."""
    string_hash: Int64Array
    """A number for the words."""
    pair_bits: Hashes
    """A set of 64 bits. Each pair of consecutive words sets one of them; different pairs may set the same
    bit."""
    speaker: Int32Array
    """The number of the speaker."""
    article: Int32Array
    """The article of the first occurrence."""
    first_day: Int32Array
    """The earliest day."""
    last_day: Int32Array
    """The latest day."""
    profile: Int32Array
    """The number of the profile in `profiles`."""
    profiles: list[WordingProfile]
    """The distinct profiles."""

    @classmethod
    def of(cls, table: WordingTable) -> WordingColumns:
        """Returns the columns of a table."""
        rank = {name: n for n, name in enumerate(sorted({"", *(key.surname for key in table.speakers)}))}
        surname = _int32([rank[key.surname] for key in table.speakers])
        profiles = list({id(profile): profile for profile in table.profiles}.values())
        number = {id(profile): n for n, profile in enumerate(profiles)}
        speaker = _int32(table.speaker_of)
        return cls(
            surname=surname[speaker],
            string_hash=np.array(list(map(hash, table.strings)), dtype=np.int64),
            pair_bits=_pair_bits(table),
            speaker=speaker,
            article=_int32(table.articles),
            first_day=_int32(table.first_days),
            last_day=_int32(table.last_days),
            profile=_int32([number[id(profile)] for profile in table.profiles]),
            profiles=profiles,
        )

    def by_profile(self, values: Iterable[int]) -> Int32Array:
        """Returns for each wording the value of its profile, given the values of `profiles`."""
        return _int32(list(values))[self.profile]

    def flag_by_profile(self, flags: Iterable[bool]) -> BoolArray:
        """Returns for each wording the flag of its profile, given the flags of `profiles`."""
        return self.by_profile(flags).astype(np.bool_)

    def same_words(self, pairs: CandidatePairs) -> BoolArray:
        """Returns which pairs have exactly the same words."""
        same: BoolArray = self.string_hash[pairs.shorter] == self.string_hash[pairs.longer]
        return same

    def may_contain(self, pairs: CandidatePairs) -> BoolArray:
        """Returns for each pair whether the longer wording may contain the shorter one, according to their
        `pair_bits`.

        This is true for two of five pairs. In eight of ten of these, the longer wording does contain the
        shorter one.
        """
        missing: BoolArray = self.pair_bits[pairs.shorter] & ~self.pair_bits[pairs.longer] != 0
        return ~missing

    def days_between(self, pairs: CandidatePairs) -> Int32Array:
        """Returns the days between the wordings of each pair.

        They are 0 if both have no date, and `NO_DATE_DISTANCE` if one has none.
        """
        first, last = self.first_day[pairs.shorter], self.last_day[pairs.shorter]
        firsts, lasts = self.first_day[pairs.longer], self.last_day[pairs.longer]
        found: Int32Array = np.clip(np.maximum(first - lasts, firsts - last), 0, NO_DATE_DISTANCE)
        return found

    def known_days_between(self, pairs: CandidatePairs) -> Int32Array:
        """Returns the same as `days_between`, but `NO_DATE_DISTANCE` also if both have no date."""
        undated: BoolArray = self.first_day[pairs.shorter] == NO_DAY
        return np.where(undated, NO_DATE_DISTANCE, self.days_between(pairs)).astype(np.int32)


def _int32(column: Sequence[int]) -> Int32Array:
    return np.array(column, dtype=np.int32)


def find_candidates(table: WordingTable, columns: WordingColumns) -> Iterator[CandidatePairs]:
    """Yields the pairs of each wording and the longer wordings to compare it with. All pairs of a wording are
    in one chunk."""
    wordings = _flat_by_hash(table)
    probing = (columns.surname > 0) & (columns.by_profile(p.content for p in columns.profiles) > 0)
    indexes = [ngram_index.index_by_ngrams(wordings)]
    if probing.any():
        periods = columns.first_day // PERIOD_DAYS, columns.last_day // PERIOD_DAYS
        indexes.append(ngram_index.index_by_speaker(wordings, columns.surname, *periods, probing))
    more = _other_pairs(table, columns)
    for shorter, longer, votes in ngram_index.candidate_pairs(len(table), indexes, more):
        yield _best(CandidatePairs(shorter, longer), votes, columns)


def _pair_bits(table: WordingTable) -> Hashes:
    found = np.zeros(len(table), dtype=np.uint64)
    for here, some in _flat(table).parts():
        hashes, owners = hash_ngrams(some, 2)
        starts = group_starts(owners)
        bits = np.uint64(1) << (hashes & np.uint64(63))
        found[here][owners[starts]] = np.bitwise_or.reduceat(bits, starts)
    return found


def _flat_by_hash(table: WordingTable) -> FlatWordings:
    """The wordings with the `index_number` of each token. These numbers choose between equally rare n-grams,
    so they must depend on the words and not on the order in which the words are first read."""
    numbers = np.array([index_number(token) for token in table.vocabulary.tokens], dtype=np.uint32)
    flat = _flat(table)
    return FlatWordings(numbers[flat.tokens], flat.starts)


def _flat(table: WordingTable) -> FlatWordings:
    """The wordings with the code point of each character."""
    starts = np.zeros(len(table) + 1, dtype=np.int64)
    np.cumsum(list(map(len, table.strings)), out=starts[1:])
    return FlatWordings(np.frombuffer("".join(table.strings).encode("utf-32-le"), dtype=np.uint32), starts)


def index_number(token: str) -> int:
    """Returns the number that stands for a token in the index, a hash of 32 bits; 0 for a gap."""
    return 0 if token == normalize.GAP else token_hash(token) & 0xFFFFFFFF


def _best(pairs: CandidatePairs, votes: Int64Array, columns: WordingColumns) -> CandidatePairs:
    """The best candidates of each wording, in this order: same speaker before other speakers, more shared
    n-grams, fewer days between them, higher rank.

    A pair with exactly the same words counts as a pair of the same speaker, because one of the attributions
    may be wrong.
    """
    if not len(pairs):
        return pairs
    a, b = columns.surname[pairs.shorter], columns.surname[pairs.longer]
    other_speaker = (a != b) & ~columns.same_words(pairs)
    both_named = other_speaker & (a != 0) & (b != 0)
    score = np.minimum(columns.days_between(pairs), FARTHEST).astype(np.uint16)
    score |= (MOST_VOTES - np.minimum(votes, MOST_VOTES)).astype(np.uint16) << np.uint16(DAY_BITS)
    score |= (other_speaker.astype(np.uint16) << both_named) << np.uint16(DAY_BITS + VOTE_BITS)
    order = sorted_rows(score, pairs.shorter - pairs.shorter[0])  # pairs of equal score stay in order of rank
    starts = group_starts(pairs.shorter)
    counts = np.minimum(group_sizes(starts, len(order)), MOST_CANDIDATES)
    kept = np.repeat(starts, counts) + positions_in_groups(counts)
    return CandidatePairs(pairs.shorter[kept], pairs.longer[order[kept]])


def _other_pairs(table: WordingTable, columns: WordingColumns) -> tuple[Int64Array, Int64Array]:
    """Pairs that n-grams may miss: wordings with exactly the same words, and short phrases with longer
    quotations of their article."""
    has_words = np.array(list(map(bool, table.strings)), dtype=np.bool_)
    parts = [*_equal_pairs(columns, has_words), _pairs_in_articles(table, columns)]
    shorter, longer = zip(*parts, strict=True)
    return np.concatenate(shorter), np.concatenate(longer)


def _equal_pairs(columns: WordingColumns, has_words: BoolArray) -> Iterator[tuple[Int64Array, Int64Array]]:
    """Pairs of wordings with exactly the same words: each wording with the next ones in order of surname and
    date."""
    order = np.lexsort((columns.first_day, columns.surname, columns.string_hash))
    order = order[has_words[order]]
    string = columns.string_hash[order]
    sizes = group_sizes(group_starts(string), len(order))
    in_small_group = np.repeat(sizes <= ALL_EQUAL, sizes)
    for step in range(1, ALL_EQUAL):
        one, other = order[:-step], order[step:]
        equal = string[:-step] == string[step:]
        if step > NEAREST_EQUAL:
            equal &= in_small_group[step:]
        yield np.maximum(one, other)[equal], np.minimum(one, other)[equal]


def _pairs_in_articles(table: WordingTable, columns: WordingColumns) -> tuple[Int64Array, Int64Array]:
    """Pairs of a short phrase, as in a lead, and a quotation of its article that contains it."""
    order = np.argsort(columns.article, kind="stable")
    starts = group_starts(columns.article[order])
    ahead = positions_in_groups(group_sizes(starts, len(order)))  # longer wordings of the same article
    at = np.flatnonzero(columns.flag_by_profile(p.repeatable for p in columns.profiles)[order])
    nth = positions_in_groups(ahead[at])
    shorter = np.repeat(order[at], ahead[at])
    longer = order[np.repeat(at - ahead[at], ahead[at]) + nth]
    strings = table.strings
    pairs = zip(shorter.tolist(), longer.tolist(), strict=True)
    contained = np.array([strings[a] in strings[b] for a, b in pairs], dtype=np.bool_)
    return shorter[contained], longer[contained]
