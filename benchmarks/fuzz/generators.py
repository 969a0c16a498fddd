"""Generators of texts: functions from a random number generator to a string.

`text_of` chooses one of them. An input depends only on the seed and its number, so it can be generated again
without the inputs before it.
"""

from __future__ import annotations

import base64
import json
import random
from collections.abc import Callable

import attrs

from benchmarks.corpora import plain, scene
from benchmarks.fuzz.materials import (
    CLAUSES,
    FOREIGN,
    JOINTS,
    MARKS,
    NAMES,
    PAIRS,
    PENN,
    SPECIAL,
    TAGS,
    VERBS,
    categories,
    news,
    sources,
)

Generator = Callable[[random.Random], str]

EXCERPT = 600
"""Most characters taken out of an article or a source file: a few paragraphs, which keeps an input fast."""
ALPHABETS = "A|AB |Ab |a|0|a.|A.|A. |, |-|A-|’s |Mr |( |\u200b| \n|a’".split("|")
"""What patterns repeat: letters, initials, punctuation."""
LONG = 20_000
"""Most characters of a long text: about four articles."""


@attrs.frozen
class Text:
    """A generated text."""

    number: int
    """Which input of the seed it is."""
    generator: str
    """Name of its generator."""
    text: str


def text_of(seed: int, number: int) -> Text:
    """The input of that number.

    >>> text_of(1, 5) == text_of(1, 5), text_of(1, 5).text == text_of(2, 5).text
    (True, False)
    """
    rng = random.Random(f"{seed} {number}")
    (name,) = rng.choices(list(GENERATORS), list(WEIGHTS))
    return Text(number, name, GENERATORS[name](rng))


def mutated_news(rng: random.Random) -> str:
    """News with characters deleted, inserted, moved and repeated."""
    return mutated(rng, excerpt(rng, rng.choice(news())), rng.randint(1, 25))


def invented_news(rng: random.Random) -> str:
    """Sentences with quotations in ordinary forms, in any marks, slightly damaged."""
    sentences = [rng.choice((scene, plain, sentence))(rng) for _ in range(rng.randint(1, 5))]
    return mutated(rng, rng.choice((" ", "\n", "\n\n")).join(sentences), rng.randint(0, 6))


def sentence(rng: random.Random) -> str:
    """A quotation, a verb and a name, in any order and any marks."""
    opening, closing = tuple(rng.choice(PAIRS))
    parts = [
        f"{opening}{rng.choice(CLAUSES)}{rng.choice(',.?! ')}{closing}",
        rng.choice(VERBS),
        rng.choice(NAMES),
    ]
    if rng.random() < 0.5:
        rng.shuffle(parts)
    return rng.choice((" ", " ", ", ", ": ", "")).join(parts) + rng.choice((".", ".", "", ",", "\n"))


def soup(rng: random.Random) -> str:
    """Marks, names, verbs, clauses and what stands between them, without grammar."""
    kinds = (MARKS, NAMES, VERBS, CLAUSES, JOINTS, JOINTS, MARKS, SPECIAL)
    return "".join(rng.choice(rng.choice(kinds)) for _ in range(rng.randint(0, 70)))


def marks_only(rng: random.Random) -> str:
    """Little but quotation marks."""
    return "".join(rng.choice(MARKS + " a.\n,’") for _ in range(rng.randint(0, 150)))


def unicode_text(rng: random.Random) -> str:
    """Characters of every Unicode category between marks and words."""
    names = [*categories()]
    pieces = []
    for _ in range(rng.randint(1, 60)):
        kind = rng.random()
        if kind < 0.6:
            pieces.append(rng.choice(categories()[rng.choice(names)]))
        else:
            pieces.append(rng.choice((rng.choice(MARKS), " said Ann Lee", " ", "word ", ", ", "\n")))
    return "".join(pieces)


def one_category(rng: random.Random) -> str:
    """An ordinary quotation whose words, speaker or surroundings come from one Unicode category."""
    chosen = categories()[rng.choice([*categories()])]
    one, two, three = ("".join(rng.choices(chosen, k=rng.randint(1, 5))) for _ in range(3))
    forms = (
        f"“{one} {two},” said {three}.",
        f"“We go,” {one} said {two}.",
        f"{one}, Harriet Sloane: “We go {two}.”",
        f"{one} Ann Lee told {two}: {three}“We go.”{three}",
        f"Ann Lee{one} said{two} “{three}”.\n{one}“No,” he said.",
    )
    return rng.choice(forms)


def tokenised(rng: random.Random) -> str:
    """News as in tokenised corpora: space before punctuation, ``do n't``, doubled backquotes as marks."""
    text = excerpt(rng, rng.choice(news())) if rng.random() < 0.7 else invented_news(rng)
    for plain_form, token in PENN.items():
        if rng.random() < 0.8:
            text = text.replace(plain_form, token)
    return text.lower() if rng.random() < 0.2 else text


def foreign(rng: random.Random) -> str:
    """Sentences in other languages, mixed with English and damaged."""
    chosen = [rng.choice(FOREIGN) if rng.random() < 0.8 else sentence(rng) for _ in range(rng.randint(1, 5))]
    return mutated(rng, rng.choice((" ", "\n\n")).join(chosen), rng.randint(0, 4))


def code(rng: random.Random) -> str:
    """Source code."""
    return excerpt(rng, rng.choice(sources()))


def json_text(rng: random.Random) -> str:
    """JSON with news in it, escaped or not, sometimes damaged."""
    rows = [{rng.choice(CLAUSES): invented_news(rng)[:90]} for _ in range(rng.randint(1, 4))]
    return mutated(rng, json.dumps(rows, ensure_ascii=rng.random() < 0.5), rng.randint(0, 2))


def html_text(rng: random.Random) -> str:
    """News between tags, closed or not."""
    parts = [
        f"<{rng.choice(TAGS)}>{invented_news(rng)[:90]}</{rng.choice(TAGS)}>"
        for _ in range(rng.randint(1, 5))
    ]
    return "".join(parts)


def machine_text(rng: random.Random) -> str:
    """Base64, log lines, tables and numbers."""
    rows = rng.randint(1, 6)
    forms = (
        base64.b64encode(rng.randbytes(rng.randint(1, 200))).decode() + rng.choice(MARKS),
        "\n".join(
            f'10.0.0.{n} - - [12/Mar/2024] "GET /{rng.random()}" 200 "-" "M (\'x\')"' for n in range(rows)
        ),
        "\n".join("|".join(rng.choices([*CLAUSES, *NAMES, '"a","b"'], k=4)) for _ in range(rows)),
        " ".join(f"{rng.choice(MARKS)}{rng.randint(0, 10**9)}" for _ in range(rows * 4)),
    )
    return rng.choice(forms)


def nested(rng: random.Random) -> str:
    """Quotations in quotations, to any depth, closed or not."""
    depth, (one, two) = rng.randint(1, 40), rng.sample(PAIRS, 2)
    opened = "".join((one, two)[n % 2][0] + rng.choice(("a ", "he said ", "")) for n in range(depth))
    closed = "".join(
        (one, two)[n % 2][1] + rng.choice((" said Ann Lee", ", ", "")) for n in reversed(range(depth))
    )
    return opened + closed[: rng.randint(0, len(closed))]


def special(rng: random.Random) -> str:
    """Characters that text tools get wrong, between marks and names."""
    kinds = (SPECIAL, SPECIAL, MARKS, NAMES, VERBS, ("the word, ", " ", "\n"))
    return "".join(rng.choice(rng.choice(kinds)) for _ in range(rng.randint(1, 50)))


def raw_bytes(rng: random.Random) -> str:
    """Random bytes, read as UTF-8 with the bad ones as lone surrogates, or as another encoding."""
    data = rng.randbytes(rng.randint(0, 200)) if rng.random() < 0.5 else excerpt(rng, news()[0]).encode()
    forms = (
        ("utf-8", "surrogateescape"),
        ("latin-1", "strict"),
        ("utf-16-le", "replace"),
        ("cp1252", "ignore"),
    )
    return data.decode(*rng.choice(forms))


def capitals(rng: random.Random) -> str:
    """Text in capitals, as headlines and datelines have it."""
    return rng.choice((soup, mutated_news, sentence, invented_news))(rng).upper()


def repeated(rng: random.Random) -> str:
    """A short piece, hundreds of times, before, in and after a quotation."""
    kinds = (NAMES, VERBS, CLAUSES, SPECIAL, MARKS, JOINTS)
    piece = "".join(rng.choice(rng.choice(kinds)) for _ in range(rng.randint(1, 3))) + rng.choice(
        ("", " ", ", ", "\n")
    )
    run = piece * (rng.randint(20, LONG // 8) // max(1, len(piece)))
    forms = (f"{run}“We go,” said Ann Lee.", f"“{run},” said Ann Lee.", f"“We go,” said {run}.", run)
    return rng.choice(forms)[:LONG]


def near_pattern(rng: random.Random) -> str:
    """A long run of few characters before a quotation: what a pattern may read in more than one way."""
    chosen = rng.choices(ALPHABETS, k=2)
    run = "".join(rng.choice(chosen) for _ in range(rng.randint(30, 700)))
    return f"{run}{rng.choice(('', ' ', ' (', ' — ', ': ', ', ', '. '))}{sentence(rng)}"


def long_text(rng: random.Random) -> str:
    """Several articles in one text, slightly damaged."""
    parts = [
        rng.choice((rng.choice(news()), invented_news(rng), soup(rng))) for _ in range(rng.randint(3, 8))
    ]
    return mutated(rng, rng.choice(("\n", "\n\n", " ")).join(parts)[:LONG], rng.randint(1, 60))


def mutated(rng: random.Random, text: str, changes: int) -> str:
    """The text after some changes at random places."""
    for _ in range(changes):
        text = rng.choice(CHANGES)(rng, text)
    return text


def excerpt(rng: random.Random, text: str) -> str:
    """A stretch of a text that begins and ends anywhere."""
    start = rng.randrange(max(1, len(text) - EXCERPT // 2))
    return text[start : start + rng.randint(1, EXCERPT)]


def _deleted(rng: random.Random, text: str) -> str:
    at = rng.randint(0, len(text))
    return text[:at] + text[at + rng.choice((1, 1, 1, 5, 40)) :]


def _inserted(rng: random.Random, text: str) -> str:
    at = rng.randint(0, len(text))
    kinds = (MARKS, MARKS, SPECIAL, NAMES, VERBS, CLAUSES, JOINTS)
    return text[:at] + rng.choice(rng.choice(kinds)) + text[at:]


def _replaced(rng: random.Random, text: str) -> str:
    at = rng.randint(0, len(text))
    return text[:at] + rng.choice(rng.choice((MARKS, SPECIAL))) + text[at + 1 :]


def _copied(rng: random.Random, text: str) -> str:
    start, to = rng.randint(0, len(text)), rng.randint(0, len(text))
    return text[:to] + text[start : start + rng.randint(1, 60)] + text[to:]


def _other_marks(rng: random.Random, text: str) -> str:
    opening, closing = tuple(rng.choice(PAIRS))
    return text.replace("“", opening).replace("”", closing)


CHANGES = (_deleted, _deleted, _inserted, _inserted, _replaced, _copied, _other_marks)
GENERATORS: dict[str, Generator] = {
    function.__name__: function
    for function in (
        mutated_news,
        invented_news,
        soup,
        marks_only,
        unicode_text,
        one_category,
        tokenised,
        foreign,
        code,
        json_text,
        html_text,
        machine_text,
        nested,
        special,
        raw_bytes,
        capitals,
        repeated,
        near_pattern,
        long_text,
    )
}
"""By name."""
WEIGHTS = (16, 14, 14, 4, 6, 10, 6, 4, 3, 3, 3, 3, 3, 6, 3, 4, 2, 2, 1)
"""How often each is chosen: those that resemble news most often, as they get furthest into the library; long
texts rarely, as they take most of the time."""
