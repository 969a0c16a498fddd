"""Makes long texts, ordinary ones and ones that are made to be slow, for benchmarks/test_speed_long.py.

A text that repeats one article has the same few people throughout. In a novel or in the minutes of a year,
new people keep appearing. Code that searches all people for each name is slow only on such texts. `novel`
names a new person in every hundred words; most of them are named once more, much later.

    python -m benchmarks.long_texts novel 10000000    # seconds, memory and quotations of one text
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections.abc import Iterator

from benchmarks.corpora import PAPERS, ROLES, articles, plain, thing, wish
from benchmarks.test_speed_quotations import ARTICLE
from quoteattr import attribute
from quoteattr.lexicon import first_names

WOMEN, MEN = (sorted(first_names(gender)) for gender in ("female", "male"))
SYLLABLES = "bar bel cor dan dor fen gar hol kel lam lin mar mor nor pel ran sel tan tor ven wil".split()
ENDINGS = "berg by croft dale den field ford ham ley man more son stead ton well worth".split()


def repeated(length: int) -> str:
    """One article over and over, cut to that many characters. Sentences that come again are parsed once.

    >>> len(repeated(5000))
    5000
    """
    return (ARTICLE * (length // len(ARTICLE) + 1))[:length]


def ordinary(length: int) -> str:
    """Different articles, with a quotation in sixty words or so, cut to that many characters.

    >>> text = ordinary(5000)
    >>> len(text), 5 < text.count("“") < 20
    (5000, True)
    """
    parts = articles(length // 300 + 1, 600)
    text, held = [], 0
    while held < length:
        text.append(next(parts)["text"])
        held += len(text[-1]) + 1
    return "\n".join(text)[:length]


def novel(length: int, seed: int = 3) -> str:
    """A text in which new people keep coming, of that many characters.

    >>> text = novel(5000)
    >>> len(text), text.count("“") > 20
    (5000, True)
    """
    rng, parts, held = random.Random(seed), [], 0
    people: list[tuple[str, str, str]] = []
    while held < length:
        for paragraph in _chapter(rng, people):
            parts.append(paragraph)
            held += len(paragraph) + 1
    return "\n".join(parts)[:length]


def _chapter(rng: random.Random, people: list[tuple[str, str, str]]) -> Iterator[str]:
    """Two people meet and talk; somebody who came long before is spoken of, and says something."""
    (one, _, her), (two, other, him) = (_person(rng, name) for name in (WOMEN, MEN))
    yield f"{one}, {rng.choice(ROLES)}, met {two} on Monday. {plain(rng)}"
    yield f"“{wish(rng)},” {her} said. “Nobody else will do it.”"
    yield f"“{wish(rng)},” {other} told {rng.choice(PAPERS)}. {him.capitalize()} went to the {thing(rng)}."
    yield plain(rng)
    if people:
        again, last, pronoun = rng.choice(people)
        yield f"{rng.choice((again, last))} remembered the {thing(rng)}. “{wish(rng)},” {pronoun} said."
        yield f"“{wish(rng)},” said {rng.choice((again, last))}, and left with {two}."
    yield f"{one} and {two} came back. “{wish(rng)},” {rng.choice(ROLES)} said."
    people += [(one, _, her), (two, other, him)]


def _person(rng: random.Random, first: list[str]) -> tuple[str, str, str]:
    """Full name, surname, pronoun."""
    last = (rng.choice(SYLLABLES) + rng.choice(("", *SYLLABLES)) + rng.choice(ENDINGS)).capitalize()
    return f"{rng.choice(first).capitalize()} {last}", last, "she" if first is WOMEN else "he"


KINDS = {"repeated": repeated, "ordinary": ordinary, "novel": novel}


def main(kind: str, length: int) -> None:
    """Print what one text costs, models loaded."""
    text = KINDS[kind](length)
    attribute(ordinary(10_000))
    start = time.process_time()
    found = attribute(text)
    spent = time.process_time() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{kind} {length:,}: {spent:.2f} s, {memory} MB, {len(found):,} quotations")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
