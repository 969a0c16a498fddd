"""Examples from the articles of many kinds that were read by hand (`wide-read`), without their words.

Only numbers may be fitted to these articles, so that features which hold a word of the text are left out:
lemmas of verbs, and the words beside the quotation other than those of grammar.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs

from benchmarks import gold_sets

GRAMMAR = frozenset(
    "start end the a an of in to as by for and his her its their on with that is was are were s ’s".split()
)
"""Words beside a quotation that say nothing of what an article is about."""
KINDS = frozenset({"say", "judge", "weak", "none", "None", "VERB", "NOUN", "AUX"})
"""What features say of a verb instead of its lemma."""
_HOLDING_WORDS = (
    re.compile(r"nobody, under (?P<word>.+)"),
    re.compile(r"nobody, (?:before|after) (?P<word>\w.*)"),
    re.compile(r"nobody, .*cue (?P<word>[\w-]+)"),
    re.compile(r".* of (?P<word>[\w-]+)(?:, \d above)?"),
    re.compile(r"(?:before|after), (?P<word>[\w-]+) next, quotation by .*"),
)


@attrs.frozen
class Row:
    """One quotation that was read by hand. Offsets are characters of the article."""

    start: int
    """First character, marks left out."""
    end: int
    """One past the last."""
    spans: tuple[tuple[int, int], ...]
    """The words that name the speaker; none if nobody speaks."""


def is_word_blind(feature: str) -> bool:
    """Whether a feature holds no word of the text but those of grammar.

    >>> is_word_blind("nobody, under scandal"), is_word_blind("nobody, before the")
    (False, True)
    >>> is_word_blind("subject of accuse"), is_word_blind("subject of say, 2 above")
    (False, True)
    """
    found = (pattern.fullmatch(feature) for pattern in _HOLDING_WORDS)
    words = [match["word"] for match in found if match is not None]
    return all(word in KINDS or word in GRAMMAR for word in words)


def rows(records: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, Row]]:
    """Yields the article and the row of each quotation whose speaker is named by words or is nobody."""
    for record in records:
        if "start" in record and (record["mention"] or not record["entity"]):
            spans = (tuple(record["mention"]),) if record["entity"] else ()
            yield record["id"], Row(record["start"], record["end"], spans)


def read_rows() -> dict[str, list[Row]]:
    """Returns the rows of the articles that may be read, by article.

    Raises:
        Absent: if they are not on this machine.
    """
    found: dict[str, list[Row]] = {}
    path = gold_sets.ROOT / "benchmarks" / "gold" / "speakers_read.jsonl"
    for article, row in rows(gold_sets.read_jsonl(path)):
        found.setdefault(article, []).append(row)
    return found


def gold_ids() -> frozenset[str]:
    """Returns the ids of all articles that were read by hand, those of PolNeAR too: they are scored."""
    path = gold_sets.ROOT / "benchmarks" / "gold" / "articles.jsonl"
    return frozenset(record["id"] for record in gold_sets.read_jsonl(path))
