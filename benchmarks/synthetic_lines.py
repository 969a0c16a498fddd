"""Synthetic news in which the line of every quotation is known, with any number of quotations.

    python -m benchmarks.synthetic_lines 1000        # prints a few articles and their lines

Lines are sentences made from the templates below, with many rare words. Some of their speakers share a
surname. The number of articles with a line follows Zipf's law. Occurrences of a line differ: other marks, a
fragment, an ellipsis, an insert, an edit, a split around the verb, only a surname, no speaker. Some sentences
must not be joined: slogans of several speakers or from different occasions, the same sentence of another
speaker, a sentence with one other word, another number or a "not". The same seed gives the same corpus on
every machine.
"""

from __future__ import annotations

import datetime
import functools
import itertools
import random
import sys
from collections.abc import Iterator, Sequence

import attrs

from quoteattr.schema import Article, AttributedArticle, Attribution, Quotation, Span, Speaker

OPENINGS = (
    "I think that|I have to say that|Let me be clear:|What we know is that|There is no doubt that|I believe|"
    "We have always said that|It is not a secret that|People tell me that|The fact is that|My view is that|"
    "You have to understand that|At the end of the day|I can tell you that|We are confident that|Look,|"
    "Frankly,|I am told that|Everybody in this room knows that|It would be wrong to deny that|||||||||"
).split("|")
SUBJECTS = (
    "we|they|the council|the company|the government|our members|the police|the union|this country|the board|"
    "the families|our customers|the ministry|the club|local people|the farmers|those drivers|the hospital"
).split("|")
MODALS = (
    "will|cannot|must|should|are going to|have to|want to|need to|might|would|will never|could|"
    "are determined to|are not going to|intend to|promised to|failed to|decided to"
).split("|")
VERBS = (
    "build|close|repair|protect|sell|buy|open|support|cut|raise|replace|clean|improve|defend|reject|inspect|"
    "measure|finance|welcome|abandon|restore|paint|deliver|check|fix|record|delay|widen|move|share|search|"
    "insure|flood|drain|fence|light|heat|staff|visit|plant"
).split("|")
ADJECTIVES = (
    "new|old|local|public|private|safe|dangerous|expensive|cheap|empty|modern|broken|temporary|permanent|rural|"
    "northern|southern|narrow|wooden|concrete|crowded|quiet|famous|forgotten|annual|weekly|electric|muddy|proud"
).split("|")
NOUNS = (
    "school|road|bridge|harbour|station|library|market|farm|pipeline|tunnel|ferry|museum|clinic|stadium|forest|"
    "reservoir|canal|airport|warehouse|prison|playground|theatre|orchard|quarry|lighthouse|railway|factory|"
    "archive|shelter|laboratory|vineyard|court|tower|garden|pool|kitchen|bakery|mill|barracks|observatory|"
    "cottage|estate|dam|mine|beach|pier|hall|chapel|depot|greenhouse|workshop|crossing|roundabout|nursery"
).split("|")
ENDINGS = (
    "for the next generation|before the winter|as soon as possible|without asking anybody|"
    "in the coming weeks|if the money is there|because nobody else will|for the people who live here|"
    "whatever the cost|"
    "and that is what matters|until the inquiry has finished|with the help of our neighbours|"
    "in the middle of the night|under the law as it stands|long after we are gone|at the expense of others"
).split("|")
SLOGANS = (
    "enough is enough|time for change|jobs for everyone|safe streets for all|a fair deal|"
    "hands off our harbour|stronger together|homes before profit|no going back|people come first|"
    "clean water now|our town our future|a new beginning|never again|open for business|"
    "the will of the people|fit for purpose|a bright future"
).split("|")
SMALL = ("really", "just", "also", "now", "very", "still", "simply", "perhaps")
SPELLINGS = {
    "harbour": "harbor",
    "theatre": "theater",
    "cannot": "can’t",
    "will not": "won’t",
    "neighbours": "neighbors",
}
SYLLABLES = (
    "ka ro ven dal mi sto ber lin tar no whi sel gar ton fel bur hal mor wick den by ford stan ley".split()
)
START = datetime.date(2020, 1, 1)

Kinds = Sequence[tuple[str, float]]
KINDS: Kinds = (
    ("exact", 0.30),
    ("marks", 0.16),
    ("fragment", 0.16),
    ("scrap", 0.07),
    ("ellipsis", 0.08),
    ("insert", 0.06),
    ("edit", 0.09),
    ("split", 0.08),
)
"""How occurrences of a line vary, with their shares: variations of news, each frequent enough to be
measured."""
NEGATIVES = 0.12
"""Share of lines that are similar to another one."""
UNKNOWN = 0.03
"""Share of occurrences without a speaker."""
PER_ARTICLE = 4
"""Quotations in an article."""


@attrs.frozen
class Line:
    """One line with its speaker, day and topic."""

    number: int
    words: str
    speaker: Speaker
    day: int
    topic: str
    slogan: bool = False


@attrs.frozen
class Corpus:
    """Articles, and for each article the numbers of the lines of its quotations."""

    articles: list[AttributedArticle]
    lines: list[tuple[int, ...]]


class _Names:
    """Proper names with a long tail: the rank of a name follows Zipf's law."""

    def __init__(self, rng: random.Random, size: int) -> None:
        self.rng, self.size = rng, size

    def one(self) -> str:
        rank = int(self.size ** self.rng.random())
        spell = random.Random(rank)
        return "".join(spell.choice(SYLLABLES) for _ in range(2 + rank % 3)).capitalize()


def generate(count: int, seed: int = 7) -> Corpus:
    """Returns a corpus of about ``count`` quotations, `PER_ARTICLE` in each article.

    >>> corpus = generate(100)
    >>> sum(map(len, corpus.articles)) == sum(map(len, corpus.lines)) >= 100
    True
    """
    rng = random.Random(seed)
    occurrences: list[tuple[int, float, Line]] = []
    for line in _lines(rng, count):
        for _ in range(_size(rng)):
            day = line.day + min(6, int(rng.expovariate(0.7)))
            occurrences.append((day, rng.random(), line))
        if len(occurrences) >= count:
            break
    occurrences.sort(key=lambda p: p[:2])
    made = [
        _article(rng, number, occurrences[at : at + PER_ARTICLE])
        for number, at in enumerate(range(0, len(occurrences), PER_ARTICLE))
    ]
    return Corpus([found for found, _ in made], [lines for _, lines in made])


def _size(rng: random.Random) -> int:
    """How many occurrences a line has: 1 for half of them, and up to 200."""
    return min(200, int(1 / (1 - rng.random() * 0.995)))


def _lines(rng: random.Random, count: int) -> Iterator[Line]:
    names = _Names(rng, max(2000, count // 10))
    people = [Speaker(f"{names.one()} {names.one()}", "person") for _ in range(max(20, count // 60))]
    days = max(365, count // 400)
    previous: list[Line] = []
    for number in itertools.count():
        speaker = people[int(len(people) ** rng.random()) - 1]
        line = Line(number, _speech(rng, names), speaker, rng.randrange(days), _topic(rng, names))
        if previous and rng.random() < NEGATIVES:
            line = _negative(rng, line, rng.choice(previous), days)
        if len(previous) < 5000:
            previous.append(line)
        elif rng.random() < 0.2:
            previous[rng.randrange(5000)] = line
        yield line


def _topic(rng: random.Random, names: _Names) -> str:
    place, noun, other = names.one(), rng.choice(NOUNS), rng.choice(NOUNS)
    return f"the {rng.choice(ADJECTIVES)} {noun} in {place}, where the {other} of {names.one()} stood"


def _speech(rng: random.Random, names: _Names) -> str:
    return " ".join(_sentence(rng, names) for _ in range(rng.choice((1, 1, 1, 2, 2, 3))))


def _sentence(rng: random.Random, names: _Names) -> str:
    """One sentence of 8 to 25 words."""
    thing = f"{rng.choice(ADJECTIVES)} {rng.choice(NOUNS)}"
    tails = (
        rng.choice(ENDINGS),
        f"in {names.one()}",
        f"between {names.one()} and {names.one()}",
        f"by {rng.randrange(2, 99)} per cent",
        f"and {rng.choice(VERBS)} the {rng.choice(NOUNS)} of {names.one()}",
        f"for {rng.randrange(100, 9000)} pounds",
    )
    parts = [rng.choice(OPENINGS), rng.choice(SUBJECTS), rng.choice(MODALS), rng.choice(VERBS), "the", thing]
    text = " ".join(part for part in [*parts, *rng.sample(tails, rng.choice((1, 2, 2, 3)))] if part)
    return text[0].upper() + text[1:] + "."


def _negative(rng: random.Random, line: Line, other: Line, days: int) -> Line:
    """A line that is similar to another one and not the same."""
    kind = rng.random()
    if kind < 0.4 or other.slogan:
        return attrs.evolve(line, words=rng.choice(SLOGANS).capitalize() + ".", slogan=True)
    if kind < 0.55:  # the same words by somebody else
        return attrs.evolve(line, words=other.words)
    changed = _changed(rng, other.words)
    # The same speaker with a word, a number or the sense changed, on another day or on the same one.
    day = other.day if rng.random() < 0.5 else rng.randrange(days)
    return attrs.evolve(line, words=changed, speaker=other.speaker, day=day)


def _changed(rng: random.Random, words: str) -> str:
    """The sentence with a negation, with another number, or with other nouns and verbs."""
    for flip in rng.sample(
        ((" will ", " will not "), (" must ", " must not "), (" should ", " should not ")), 3
    ):
        if flip[0] in words and flip[1] not in words:
            return words.replace(*flip, 1)
    found = words.split()
    numbers = [n for n, word in enumerate(found) if word.isdigit()]
    if numbers:
        found[numbers[0]] = str(int(found[numbers[0]]) + rng.randrange(1, 50))
        return " ".join(found)
    nouns = [n for n, word in enumerate(found) if word.strip(".") in NOUNS]
    for n in nouns:
        stop = "." * found[n].endswith(".")
        found[n] = rng.choice([noun for noun in NOUNS if noun != found[n].strip(".")]) + stop
    verbs = [n for n, word in enumerate(found) if word in VERBS]
    for n in verbs:
        found[n] = rng.choice([verb for verb in VERBS if verb != found[n]])
    return " ".join(found)


def _article(
    rng: random.Random, number: int, occurrences: Sequence[tuple[int, float, Line]]
) -> tuple[AttributedArticle, tuple[int, ...]]:
    """An article that quotes some lines, and the numbers of these."""
    text, pieces = "", []
    mark = rng.choice(("“”", "‘’", '""', '""'))
    for nth, (_, _, line) in enumerate(occurrences):
        speaker = None if rng.random() < UNKNOWN and not line.slogan else _named(rng, line.speaker)
        name = speaker.name if speaker else "somebody"
        text += f"On {line.topic}, {name} spoke. "
        for part, joint in _printed(rng, line):
            outer = mark[0] + part + mark[1]
            at = len(text)
            text += outer + joint.replace("NAME", name)
            content = Span(at + 1, at + 1 + len(part), part)
            said = Quotation(content, Span(at, at + len(outer), outer))
            pieces.append((Attribution(said, speaker=speaker, statement=nth, confidence=0.9), line.number))
    day = START + datetime.timedelta(days=max(day for day, _, _ in occurrences))
    article = Article(text, id=f"{number:08}", publisher=f"Paper {rng.randrange(40)}", published=day)
    return AttributedArticle(article, tuple(a for a, _ in pieces)), tuple(n for _, n in pieces)


def _named(rng: random.Random, speaker: Speaker) -> Speaker:
    return speaker if rng.random() < 0.8 else _surname(speaker)


@functools.cache
def _surname(speaker: Speaker) -> Speaker:
    return Speaker(speaker.name.split()[-1], "person")


def _printed(rng: random.Random, line: Line) -> list[tuple[str, str]]:
    """The pieces of one occurrence, each with the text that follows it."""
    words = line.words.split()
    kind = "exact" if line.slogan else rng.choices([k for k, _ in KINDS], [w for _, w in KINDS])[0]
    if kind == "split":
        at = rng.randrange(3, len(words) - 2)
        second = " ".join(words[at:])
        if second[0].islower():
            return [(" ".join(words[:at]).rstrip(".") + ",", " NAME said, "), (second, ". ")]
    return [(_varied(rng, words, kind), " NAME said. ")]


def _varied(rng: random.Random, words: list[str], kind: str) -> str:
    if kind == "marks":
        text = " ".join(words).rstrip(".") + rng.choice((",", "", "!", " -"))
        for one, other in SPELLINGS.items():
            text = text.replace(one, other)
        return text.replace("’", rng.choice("’'´"))
    if kind == "fragment":
        return _fragment(rng, words)
    if kind == "scrap":
        at = rng.choice(
            [n for n, word in enumerate(words[:-1]) if word in ADJECTIVES and _is_content_word(words[n + 1])]
        )
        return " ".join(words[at : at + rng.choice((1, 2, 2, 2))]).rstrip(".,")
    if kind == "ellipsis":
        at = rng.randrange(3, len(words) - 3)
        return " ".join([*words[:at], "…", *words[at + rng.randrange(1, 3) :]])
    if kind == "insert":
        at = rng.randrange(2, len(words) - 1)
        return " ".join([*words[:at], "[" + rng.choice(NOUNS) + "]", *words[at:]])
    return _edited(rng, words) if kind == "edit" else " ".join(words)


def _is_content_word(word: str) -> bool:
    """Whether a fragment can end with the word."""
    word = word.strip(".,")
    return word in VERBS or word in NOUNS or word in ADJECTIVES or word.isdigit() or len(word) > 7


def _fragment(rng: random.Random, words: list[str]) -> str:
    """Four to nine words that end with a content word."""
    ends = [n for n in range(4, len(words) + 1) if _is_content_word(words[n - 1])]
    end = rng.choice(ends)
    begin = max(0, end - rng.randrange(4, 10))
    return " ".join(words[begin:end]).rstrip(".,") + rng.choice(("", ","))


def _edited(rng: random.Random, words: list[str]) -> str:
    """The words with one or two short ones added or left out."""
    words = list(words)
    for _ in range(1 if len(words) < 12 else rng.choice((1, 2))):
        at = rng.randrange(1, len(words) - 1)
        if words[at] in ("the", "that", "and", "of") and rng.random() < 0.5:
            del words[at]
        else:
            words.insert(at, rng.choice(SMALL))
    return " ".join(words)


if __name__ == "__main__":
    shown = generate(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
    for found, lines in itertools.islice(zip(shown.articles, shown.lines, strict=True), 3):
        print(found.article.published, found.article.text, lines)
