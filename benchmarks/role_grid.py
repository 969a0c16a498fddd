"""A voice for, of or near somebody is not that one: role phrases, names and orders of words, crossed.

    python -m benchmarks.role_grid
    python -m benchmarks.role_grid --wrong --sample 40

role_grid.toml holds the parts. Each cell is one short article with one quotation (in two pieces, in some
orders). "A spokesman for John Selby said" is right if the speaker is the spokesman, and "spokesman John Selby
said" if it is John Selby. A third of the phrases and of the names are unseen: a hash chooses them from those
outside the lexicons, and their cells are only counted, never shown. To keep it so, look at no answers for
these words in other ways.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import attrs
import regex

import quoteattr
from benchmarks import grids
from benchmarks.grids import Part, hash_of
from benchmarks.matching import name_words, same_name
from quoteattr.schema import AttributedArticle, Attribution

PATH = Path(__file__).with_name("role_grid.toml")
SET = "role-grid"
"""The name under which the floors are pinned."""
FLOORS = Path(__file__).with_name("floors_roles.toml")
ORDERS_A_PAIR = 2
"""Orders of words in which each pair of a phrase and a name is asked; a hash of the pair chooses them."""
UNSEEN_OF_THREE = 2
"""Of three phrases or names outside the lexicons, how many are unseen: a third of all are."""

# "a spokesman |for John Selby"
_AFTER_HEAD = regex.compile(
    r"\s(?:of|for|to|at|from|in|near|around|with|close|familiar|acting|representing|treating)\s"
)
_ARTICLE = regex.compile(r"\A(?:the|an?|one)\s", regex.IGNORECASE)
# "|Ms |Tuilagi": no full name
_TITLED = regex.compile(r"(?:Mr|Ms|Dr|Sir|Senator)\s")


@attrs.frozen
class Cell:
    """One case of the grid."""

    text: str
    """The article."""
    phrase: str
    """The phrase as in role_grid.toml."""
    name: str
    """The name in it."""
    part: Part
    """Whether its answer may be looked at."""
    meant: bool
    """Whether the one named is the speaker."""

    @property
    def accepted(self) -> tuple[str, ...]:
        """The right answers: the name, or the phrase without its article: whole, to the name, or to its
        head."""
        if self.meant:
            return (self.name,)
        whole = _ARTICLE.sub("", self.phrase.replace("{N}", self.name), count=1)
        to_name = whole.removesuffix(self.phrase.partition("{N}")[2]) if _AFTER_HEAD.search(whole) else whole
        return whole, to_name, _AFTER_HEAD.split(whole, maxsplit=1)[0]

    @property
    def group(self) -> str:
        """ "meant" if the one named is the speaker, else "voice"."""
        return "meant" if self.meant else "voice"

    @property
    def title(self) -> str:
        """The phrase and the name."""
        return f"{self.phrase} | {self.name}"

    def graded(self, article: AttributedArticle) -> Sequence[Attribution]:
        """Every attribution."""
        return article.attributions

    def is_right(self, article: AttributedArticle) -> bool:
        """Whether every quotation of the answer has the right speaker."""
        return bool(article.attributions) and all(self._is_right(a.speaker) for a in article)

    def _is_right(self, speaker: quoteattr.Speaker | None) -> bool:
        if speaker is None:
            return False
        if self.meant:
            return name_words(speaker.name) == name_words(self.name)
        return speaker.kind == "unnamed" and same_name(self.accepted, speaker.name)


@attrs.frozen
class _Text:
    """A phrase or a name."""

    text: str
    fits: str
    part: Part


def cells(path: Path = PATH) -> Iterator[Cell]:
    """Every case of the grid, in the order of the file.

    >>> first = next(cells())
    >>> first.phrase, first.name, sorted(set(first.accepted))
    ('a spokesman for {N}', 'John Selby', ['spokesman', 'spokesman for John Selby'])
    """
    grid = tomllib.loads(path.read_text(encoding="utf-8"))
    names = list(_texts(grid["names"].values()))
    for phrase in _texts(grid["phrases"].values()):
        for name in names:
            if name.fits in phrase.fits:
                yield from _pair(grid, phrase, name, meant=False)
    people = [n for n in names if n.fits == "p" and " " in n.text and not _TITLED.match(n.text)]
    for phrase in _texts([grid["meant"]]):
        for name in people:
            yield from _pair(grid, phrase, name, meant=True)


def _texts(groups: Iterable[dict[str, Any]]) -> Iterator[_Text]:
    for group in groups:
        fits = group.get("fits", "")
        yield from (_Text(text, fits, "seen") for text in group["texts"])
        for text in group["outside"]:
            yield _Text(text, fits, "unseen" if hash_of(text) % 3 < UNSEEN_OF_THREE else "seen")


def _pair(grid: dict[str, Any], phrase: _Text, name: _Text, *, meant: bool) -> Iterator[Cell]:
    """The cells of one phrase with one name."""
    said = phrase.text.replace("{N}", name.text)
    orders, articles = grid["orders"]["texts"], grid["articles"]["texts"]
    seed = hash_of(said)
    part: Part = "unseen" if "unseen" in (phrase.part, name.part) else "seen"
    for order in random.Random(seed).sample(orders, ORDERS_A_PAIR):
        article = articles[(seed + orders.index(order)) % len(articles)]
        text = article.replace("{Q}", _in_order(order, said)).replace("{N}", _bare(name.text))
        yield Cell(text, phrase.text, name.text, part, meant)


def _in_order(order: str, said: str) -> str:
    """The sentence; a comma that closes an apposition is left out before other marks."""
    start = said[:1].upper() + said[1:]
    sentence = order.replace("{S}", start).replace("{s}", said)
    return regex.sub(r",(?=[.,:])", "", sentence)


def _bare(name: str) -> str:
    return name[:1].upper() + name[1:]


main = grids.command(__doc__ or "", SET, PATH, FLOORS, cells)


if __name__ == "__main__":
    main()
