"""Articles of one line each, made from ``constructions.txt``: constructions that are rare in PolNeAR.

PolNeAR is political news of the United States. Passives ("it was called “…” by Lee") and "as Lee put it" are
rare there, so weights fitted to it alone would depend on a few chance cases.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import regex

from benchmarks.gold_sets import GoldArticle, GoldQuotation

TIMES = 3
"""Articles made from each line. With 10, F1 on training articles not fitted to was .904 instead of .907."""

_FILLERS = {
    "first": "Ada Bruno Carla Dmitri Elsa Farid Greta Hassan Ines Jonas Keira Lamar Mei Nadia Otto Paula",
    "last": "Achterberg Bloom Cortez Dunmore Eriksen Falk Gupta Hoyle Ivanova Jardine Kovac Lund Novak Orr",
}
_LINES = {
    "role": [
        *("the mayor", "the governor", "the coach", "the chief constable", "a spokesman", "the bishop"),
        *("the prime minister", "a witness", "the union leader", "the company’s founder", "police"),
    ],
    "body": [
        *(
            "the regulator",
            "the Treasury",
            "Friends of the Fens",
            "Harrow Council",
            "the Dock Workers’ Union",
        ),
        *("Bristow Rail", "the committee", "Orbis", "the White House", "the police union"),
    ],
    "day": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    "S": [
        *("We have run out of time", "Nobody asked us about any of this", "It is the right thing to do"),
        *("That is not how it happened", "They knew about the leak for years", "I will not be going back"),
        *("This town has had enough", "You can’t build a school on a swamp", "There is no money left"),
    ],
    "C": [
        *("make the streets safe again", "stop the rot", "come clean", "fight to the end", "sleep on it"),
        *("pay back every penny", "put the club first", "tell the whole truth", "think again"),
    ],
    "N": [
        *(
            "a disgrace",
            "a slap in the face",
            "the worst deal in years",
            "a gift to the rich",
            "utter nonsense",
        ),
        *(
            "utter nonsense",
            "a very bad joke",
            "the road to ruin",
            "a triumph of hope over sense",
            "contempt for the law",
        ),
    ],
    "J": ["appalled", "reckless", "quite wrong", "heartbroken", "unworkable", "very pleased", "naive"],
    "P": [
        *("kept to the rules at all times", "were never in any danger", "acted with great care"),
        *("carried out routine checks", "did all that could be done", "followed the plan to the letter"),
    ],
    "T": ["The Long Field", "Northern Star", "Silver Line", "Green Morning", "The Third Door", "Old Guard"],
}
_PART = regex.compile(r"<(?<who>\d) |>|“|”(?<whose>\d)|\{(?<slot>\w+)\}|[^<>“”{]+")


def articles(seed: int = 0) -> Iterator[GoldArticle]:
    """Yields `TIMES` articles for each line, the same for the same seed."""
    rng = random.Random(seed)
    path = Path(__file__).with_name("constructions.txt")
    lines = [line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    for number, line in enumerate(lines):
        for copy in range(TIMES):
            yield made(line, f"construction-{number}-{copy}", rng)


def made(line: str, name: str, rng: random.Random) -> GoldArticle:
    """Returns one article, made from a line.

    >>> article = made("<1 Ada Lund> called it “odd”1 on {day}.", "example", random.Random(1))
    >>> article.text
    'Ada Lund called it “odd” on Monday.'
    >>> article.quotations[0].speaker_spans
    ((0, 8),)
    """
    fill = _fillers(rng)
    text, open_who, open_mark = "", ("", 0), 0
    said: dict[str, tuple[int, int]] = {}
    quoted: list[tuple[int, int, str]] = []
    for part in _PART.finditer(line.replace(" ¶ ", "\n\n")):
        if part["who"]:
            open_who = part["who"], len(text)
        elif part[0] == ">":
            said[open_who[0]] = open_who[1], len(text)
        elif part["whose"]:
            quoted.append((open_mark, len(text), part["whose"]))
            text += "”"
        elif part[0] == "“":
            text += "“"
            open_mark = len(text)
        else:
            piece = fill[part["slot"]] if part["slot"] else part[0]
            text += piece[:1].upper() + piece[1:] if not text else piece
    found = [
        GoldQuotation(start, end, (said[who],) if who in said else (), text[slice(*said.get(who, (0, 0)))])
        for start, end, who in quoted
    ]
    spoken = tuple(q for q in found if q.speaker_spans)
    return GoldArticle(name, text, spoken, tuple((q.start, q.end) for q in found if not q.speaker_spans))


def _fillers(rng: random.Random) -> dict[str, str]:
    firsts, lasts = (rng.sample(_FILLERS[key].split(), 2) for key in ("first", "last"))
    fill = {slot: rng.choice(options) for slot, options in _LINES.items()}
    for slot, first, last in zip("AB", firsts, lasts, strict=True):
        fill |= {slot: f"{first} {last}", slot.lower(): last}
    return fill
