"""Chooses the articles to read, and those of them to hold back. The choice depends only on the texts."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from urllib.parse import urlsplit

from benchmarks.who_is_meant.articles import Article, Listed
from benchmarks.who_is_meant.stretches import stretches

EXTRACTS = 52
"""Articles of US, British and other sites (``extract_…``): most of the 68, since they are of many kinds."""
NEWSWIRE = 98
"""Articles of newspapers of the world (``world_…``)."""
POLNEAR = 80
"""Articles of PolNeAR train."""
LEAST_STRETCHES = 2
"""Fewest stretches between marks in an article of PolNeAR that is read; 45 of the 840 have no quotation."""
MOST_WORDS = 2100
"""The longest article of wide_dev has 2,054; PolNeAR's longest has 5,513."""
GRAM = 8
"""Words in a row that two texts have to share."""
NEAR = 0.3
"""Least share of the shorter text's 8-grams in near-identical texts. The two pairs of wide_dev share all, the
eight of PolNeAR train .50 and more; all other pairs .17 and less (a standing notice)."""
COMMON = 20
"""A gram in more texts than this is a standing notice."""


def select(wide: Sequence[Article], polnear: Sequence[Article]) -> list[Listed]:
    """The articles to read, split, in the order of the batches."""
    wide_keys, polnear_keys = group_keys(wide), group_keys(polnear)
    unreadable = {polnear_keys[article.id] for article in polnear if not is_readable(article)}
    readable = [article for article in polnear if polnear_keys[article.id] not in unreadable]
    chosen = [
        *take(EXTRACTS, (a for a in wide if a.id.startswith("extract_")), wide_keys, site),
        *take(NEWSWIRE, (a for a in wide if a.id.startswith("world_")), wide_keys, site),
        *take(POLNEAR, readable, polnear_keys, publisher),
    ]
    keys = wide_keys | polnear_keys
    # By the second half of the key: the selection takes small keys, so that the first half would sort by set.
    ordered = sorted(chosen, key=lambda article: (keys[article.id][32:], article.id))
    rows = [Listed(a.id, a.set, a.sha256, part_of(keys[a.id])) for a in ordered]
    return rows + the_rest(wide, wide_keys, {keys[article.id] for article in chosen})


def the_rest(wide: Sequence[Article], keys: dict[str, str], taken: set[str]) -> list[Listed]:
    """The other articles of wide_dev that have something between marks and resemble no chosen one: half of
    them "read", half "unread".

    They were read after the others, and stand behind them.
    """
    rest = [a for a in wide if keys[a.id] not in taken and stretches(a.text)]
    rest.sort(key=lambda article: (keys[article.id][32:], article.id))
    return [Listed(a.id, a.set, a.sha256, "unread" if int(keys[a.id][-8:], 16) % 2 else "read") for a in rest]


def is_readable(article: Article) -> bool:
    """Whether an article of PolNeAR has something to mark and is not far longer than the others."""
    return len(stretches(article.text)) >= LEAST_STRETCHES and len(article.text.split()) <= MOST_WORDS


def site(article: Article) -> str:
    """The site of an article of wide_dev: the host of its address.

    >>> site(Article("x", "wide_dev", "", "newswire https://www.rnz.co.nz/news/1"))
    'rnz.co.nz'
    """
    return urlsplit(article.source.split()[-1]).netloc.removeprefix("www.")


def publisher(article: Article) -> str:
    """The newspaper of an article of PolNeAR, as its id begins."""
    return article.id.partition("_")[0]


def part_of(key: str) -> str:
    """The part of a text: "held" for one in three, else "read".

    The last digits decide, because the first ones order the selection.
    """
    return "held" if int(key[-8:], 16) % 3 == 0 else "read"


def take(
    number: int, articles: Iterable[Article], keys: dict[str, str], stratum: Callable[[Article], str]
) -> list[Article]:
    """The given number of articles: the strata take turns, and each gives its texts in the order of SHA-256.

    Near-identical texts go together.
    """
    groups: dict[str, list[Article]] = defaultdict(list)
    for article in articles:
        groups[keys[article.id]].append(article)
    queues: dict[str, list[str]] = defaultdict(list)
    for key in sorted(groups):
        queues[stratum(groups[key][0])].append(key)
    turns = sorted((turn, key) for queue in queues.values() for turn, key in enumerate(queue))
    chosen: list[Article] = []
    for _, key in turns:
        if len(chosen) + len(groups[key]) <= number:
            chosen += groups[key]
    return chosen


def group_keys(articles: Sequence[Article]) -> dict[str, str]:
    """For each id, the smallest SHA-256 among the texts that are near-identical to it, itself included."""
    key = {article.id: article.sha256 for article in articles}
    members = {article.id: {article.id} for article in articles}
    for one, other in near_identical(articles):
        joined = members[one] | members[other]
        for name in joined:
            members[name] = joined
    return {name: min(key[member] for member in group) for name, group in members.items()}


def near_identical(articles: Sequence[Article]) -> list[tuple[str, str]]:
    """Pairs of ids whose texts share many runs of eight words."""
    grams = {article.id: word_grams(article.text) for article in articles}
    holders: dict[str, list[str]] = defaultdict(list)
    for name, held in grams.items():
        for gram in held:
            holders[gram].append(name)
    shared: Counter[tuple[str, str]] = Counter()
    for names in holders.values():
        if 1 < len(names) <= COMMON:
            shared.update(combinations(sorted(names), 2))
    least = {pair: NEAR * min(len(grams[name]) for name in pair) for pair in shared}
    return sorted(pair for pair, number in shared.items() if number >= least[pair])


def word_grams(text: str) -> set[str]:
    """Every run of eight words, in small letters."""
    words = re.findall(r"\w+", text.casefold())
    return {" ".join(words[at : at + GRAM]) for at in range(len(words) - GRAM + 1)}
