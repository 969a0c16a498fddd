"""For each unit the longer ones that are worth comparing with it, best first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import attrs
import numpy as np

from quoteattr.dedup import ngram_index, normalize, sorted_columns
from quoteattr.dedup.alignment import hash_number
from quoteattr.dedup.ngram_index import Hashes
from quoteattr.dedup.same_utterance import SAME_WEEKS, Phrase
from quoteattr.dedup.sorted_columns import Flags, Numbers, Small
from quoteattr.dedup.wordings import FAR, NO_DAY, Table

PERIOD = SAME_WEEKS + 1
"""Days of a period of the index for short lines; the periods beside it are looked up too, so that
`SAME_WEEKS` is always within reach."""
NEIGHBOURS = 2
"""With how many printings of the same words, next in order of speaker and date, a printing is compared."""
FEW = 8
"""So few printings of the same words are compared each with each: names for one speaker may sort apart."""
COMPARED = 8
"""Longer units that a unit is compared with. F1 on 106,710 synthetic quotations: 6 .9893, 8 .9894,
10 .9895."""


@attrs.frozen(eq=False)
class Pairs:
    """Units and longer ones to compare them with: those of a unit together, its best first."""

    shorter: Numbers
    longer: Numbers

    def __len__(self) -> int:
        return len(self.shorter)

    def __getitem__(self, kept: Flags | Numbers) -> Pairs:
        return Pairs(self.shorter[kept], self.longer[kept])


@attrs.frozen(eq=False)
class Columns:
    """What pairs are found, put in order and told apart by, for each unit."""

    surname: Small
    """The place of the voice's surname in their order; 0 if there is none."""
    wording: Numbers
    """A number for the words."""
    pair_bits: Hashes
    """A bit for each two words in a row, of 64 that all share."""
    voice: Small
    """The number of the voice."""
    article: Small
    """The first article that prints it."""
    first: Small
    """The earliest day."""
    last: Small
    """The latest day."""
    phrase: Small
    """Where in `phrases` it is told how much the words say."""
    phrases: list[Phrase]
    """Every phrase once."""

    @classmethod
    def of(cls, table: Table) -> Columns:
        """The columns of a table."""
        place = {name: n for n, name in enumerate(sorted({"", *(v.surname for v in table.people)}))}
        surname = _small([place[voice.surname] for voice in table.people])
        phrases = list({id(phrase): phrase for phrase in table.phrases}.values())
        nth = {id(phrase): n for n, phrase in enumerate(phrases)}
        voice = _small(table.voices)
        return cls(
            surname=surname[voice],
            wording=np.array(list(map(hash, table.strings)), dtype=np.int64),
            pair_bits=_pair_bits(table),
            voice=voice,
            article=_small(table.articles),
            first=_small(table.firsts),
            last=_small(table.lasts),
            phrase=_small([nth[id(phrase)] for phrase in table.phrases]),
            phrases=phrases,
        )

    def told(self, of_phrase: Iterable[int]) -> Small:
        """For each unit what is told of its phrase, given that for each of `phrases`."""
        return _small(list(of_phrase))[self.phrase]

    def which(self, of_phrase: Iterable[bool]) -> Flags:
        """The same of what is so or not."""
        return self.told(of_phrase).astype(np.bool_)

    def alike(self, pairs: Pairs) -> Flags:
        """Which have the very same words."""
        same: Flags = self.wording[pairs.shorter] == self.wording[pairs.longer]
        return same

    def may_hold(self, pairs: Pairs) -> Flags:
        """Where, as far as the bits tell, the longer lacks no two words in a row of the shorter: in two of
        five pairs, of which it holds the words in eight of ten."""
        lacking: Flags = self.pair_bits[pairs.shorter] & ~self.pair_bits[pairs.longer] != 0
        return ~lacking

    def apart(self, pairs: Pairs) -> Small:
        """Days between them, `FAR` to one without a date; two without a date have none between them."""
        first, last = self.first[pairs.shorter], self.last[pairs.shorter]
        firsts, lasts = self.first[pairs.longer], self.last[pairs.longer]
        found: Small = np.clip(np.maximum(first - lasts, firsts - last), 0, FAR)
        return found

    def days(self, pairs: Pairs) -> Small:
        """The same, but `FAR` between two without a date as well."""
        undated: Flags = self.first[pairs.shorter] == NO_DAY
        return np.where(undated, FAR, self.apart(pairs)).astype(np.int32)


def _small(column: Sequence[int]) -> Small:
    return np.array(column, dtype=np.int32)


def candidates(table: Table, known: Columns) -> Iterator[Pairs]:
    """For each unit the longer ones to compare it with, in chunks of whole units."""
    ranked, content = _flat(table), known.told(phrase.content for phrase in known.phrases)
    probing = (known.surname > 0) & (content > 0)
    sources = [ngram_index.by_runs(ranked)]
    if probing.any():
        periods = known.first // PERIOD, known.last // PERIOD
        sources.append(ngram_index.by_voice(ranked, known.surname, *periods, probing))
    for shorter, longer, votes in ngram_index.pairs(len(table), sources, _more(table, known)):
        yield _best(Pairs(shorter, longer), votes, known)


def _pair_bits(table: Table) -> Hashes:
    found = np.zeros(len(table), dtype=np.uint64)
    for here, some in _spelled(table).stretches():
        hashes, units = ngram_index.run_hashes(some, 2)
        begins = sorted_columns.begins(units)
        bits = np.uint64(1) << (hashes & np.uint64(63))
        found[here][units[begins]] = np.bitwise_or.reduceat(bits, begins)
    return found


def _flat(table: Table) -> ngram_index.Units:
    # Numbers of the words themselves, not of the order in which they came: they tell equally rare runs apart.
    numbers = np.array([word_number(word) for word in table.words.words], dtype=np.uint32)
    spelled = _spelled(table)
    return ngram_index.Units(numbers[spelled.tokens], spelled.starts)


def _spelled(table: Table) -> ngram_index.Units:
    """The wordings as characters."""
    starts = np.zeros(len(table) + 1, dtype=np.int64)
    np.cumsum(list(map(len, table.strings)), out=starts[1:])
    return ngram_index.Units(
        np.frombuffer("".join(table.strings).encode("utf-32-le"), dtype=np.uint32), starts
    )


def word_number(word: str) -> int:
    """The number of a token on posting lists, in 32 bits; 0 for a gap."""
    return 0 if word == normalize.GAP else hash_number(word) & 0xFFFFFFFF


def _best(pairs: Pairs, votes: Numbers, known: Columns) -> Pairs:
    """For each unit its best candidates: by speaker, by how many runs they share, by date, by rank. The very
    same words count like the same speaker: the speaker may be a mistake.

    All but the rank is packed into 16 bits, which numpy sorts much faster than wider numbers: 2 for the
    speaker, 5 for the runs, 9 for the days.
    """
    if not len(pairs):
        return pairs
    a, b = known.surname[pairs.shorter], known.surname[pairs.longer]
    strange = (a != b) & ~known.alike(pairs)
    score = np.minimum(known.apart(pairs), 511).astype(np.uint16)
    score |= (31 - np.minimum(votes, 31)).astype(np.uint16) << np.uint16(9)
    score |= (strange.astype(np.uint16) << (strange & (a != 0) & (b != 0))) << np.uint16(14)
    order = sorted_columns.ordered(score, pairs.shorter - pairs.shorter[0])  # of equal score in order of rank
    begins = sorted_columns.begins(pairs.shorter)
    counts = np.minimum(sorted_columns.sizes(begins, len(order)), COMPARED)
    kept = np.repeat(begins, counts) + sorted_columns.nth(counts)
    return Pairs(pairs.shorter[kept], pairs.longer[order[kept]])


def _more(table: Table, known: Columns) -> tuple[Numbers, Numbers]:
    """Pairs that runs of words may miss: the very same words, and scraps with the body of their article."""
    said = np.array(list(map(bool, table.strings)), dtype=np.bool_)
    parts = [*_same_words(known, said), _within_articles(table, known)]
    shorter, longer = zip(*parts, strict=True)
    return np.concatenate(shorter), np.concatenate(longer)


def _same_words(known: Columns, said: Flags) -> Iterator[tuple[Numbers, Numbers]]:
    """Units with the very same words, each with the next in order of surname and date."""
    order = np.lexsort((known.first, known.surname, known.wording))
    order = order[said[order]]
    wording = known.wording[order]
    sizes = sorted_columns.sizes(sorted_columns.begins(wording), len(order))
    few = np.repeat(sizes <= FEW, sizes)
    for step in range(1, FEW):
        one, other = order[:-step], order[step:]
        met = wording[:-step] == wording[step:]
        if step > NEIGHBOURS:
            met &= few[step:]
        yield np.maximum(one, other)[met], np.minimum(one, other)[met]


def _within_articles(table: Table, known: Columns) -> tuple[Numbers, Numbers]:
    """A scrap in the lead, with the body's quotations that carry its words."""
    order = np.argsort(known.article, kind="stable")
    begins = sorted_columns.begins(known.article[order])
    ahead = sorted_columns.nth(sorted_columns.sizes(begins, len(order)))  # longer units of the same article
    at = np.flatnonzero(known.told(phrase.scrap for phrase in known.phrases)[order])
    nth = sorted_columns.nth(ahead[at])
    shorter = np.repeat(order[at], ahead[at])
    longer = order[np.repeat(at - ahead[at], ahead[at]) + nth]
    strings = table.strings
    pairs = zip(shorter.tolist(), longer.tolist(), strict=True)
    carried = np.array([strings[u] in strings[v] for u, v in pairs], dtype=np.bool_)
    return shorter[carried], longer[carried]
