"""Texts, parses and articles for properties that hold for any input, drawn by Hypothesis.

Each source of text is one way in which real inputs are odd: marks without partners, characters that cannot be
seen, tokenized text, emoji, other scripts, and stretches of ordinary news with all of these inserted.
"""

from __future__ import annotations

import datetime
import random
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

import attrs
import regex
from hypothesis import strategies as st

from quoteattr.parsing.dependency_tree import ROOT, Parse, Sentence, Word
from quoteattr.schema import Article, Span


def any_of(pieces: str) -> st.SearchStrategy[str]:
    """Any of the pieces that vertical bars divide."""
    return st.sampled_from(pieces.split("|"))


MARKS = st.sampled_from("“”‘’\"'«»„‟‚‛‹›`´″′＂＇❝❞❛❜「」") | any_of("``|''|´´|‘‘|’’|‘“|”’")
CUES = any_of(
    "said|says|told|asked|tweeted|added|called|described|insisted|warns|wrote|quoted|claimed|replied|accused|"
    "according|admitted|named|shouted"
)
NAMES = any_of(
    "Ann Lee|Mr Smith|Dr. O’Brien|Harriet Sloane|Idris Vaughan|Sen. Ann Lee (R-Fla.)|Ms Reed|Bank of England|"
    "Secretary of State|the BBC|The Guardian|Reuters|U.S.|QC|J.|Tom and Alice Renwick|Ann “Bo” Lee|"
    "Zorp ‘T--\u0301’ Quux|ANN LEE|von der Leyen|PR1|McCarthy-Jones Jr.|Lee’s|Fox News Sunday|Donald Trump|"
    "The Road Users Board (RUB)|İnan Öz|ǅon ﬁtz"
)
PHRASES = any_of(
    "the minister|a spokesman for the mayor|his wife|she|he|they|it|who|I|one aide|another|the 28-year-old|"
    "the German|the couple|the paper|her remarks|an interview with|in a statement|told reporters|a tweet|"
    "on its website|the so-called|banner that read|no one|never used the word|the |The|ſhe|hİs|"
    "Ann Lee, the mayor,|@x|#tag"
)
TOKENIZED = any_of("n't|do n't|ca n't|'s|``|''|-LRB-|-RRB-|, '' he said|gon na|'ll")
JOINTS = any_of(" |  |, |. |: |; |? |! |…| — | -- |\n|\n\n|\r\n|\t|\v|\f|\x85|\u2028|\u00a0|")
INVISIBLE = any_of(
    "\x00|\x07|\x1b[31m|\x1c|\x1f|\x7f|\u00ad|\u034f|\u061c|\u115f|\u180e|\u200b|\u200d|\u200f|\u202e|\u2060|"
    "\u2066|\u2069|\u3164|\ufe0f|\ufeff|\ufffe|\uffa0|\ufff9|\ud800|\udfff|\U000e0041|\U0010ffff"
)
SYMBOLS = any_of(
    "😀|👨‍👩‍👧|❤️|🏴|•|‣|©|™|$|%|½|²|Ⅳ|①|ﷺ|ͺ|ʼ|¨|\u0301|\u0308|◌\u0301|‑|―|\ufffd|⠀|𝕬|ß|ẞ|ŉ|ǅ|İ|ı|K|ſ|ﬁ"
)
ACTING = st.sampled_from(
    [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0))]
    + [*"\u061c\u200e\u200f\u202a\u202e\u2066\u2069"]
)
"""Characters that act on a terminal: controls, and those for the direction of writing."""
CASES = any_of("⠀|𝕬|ß|ẞ|ŉ|ǅ|İ|ı|\N{KELVIN SIGN}|ſ|ﬁ")
OTHER_LANGUAGES = any_of(
    "« Nous partons », a dit Jean Dupont.|Der Minister sagte: „Wir gehen“, so Müller.|他说：“我们走吧。”|"
    'قال: «سنذهب»|הוא אמר: "נלך"|उसने कहा, "हम जाएंगे"|เขาพูดว่า “เราจะไป”|Él dijo: «No iremos».'
)


@cache
def _categories() -> dict[str, list[int]]:
    """The code points of every Unicode category."""
    found: dict[str, list[int]] = defaultdict(list)
    for code in range(sys.maxunicode + 1):
        found[unicodedata.category(chr(code))].append(code)
    return found


def acting(shown: str, kept: str = "\n") -> set[str]:
    """The characters of an output that act on a terminal, without those that its format needs."""
    directions = {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}
    return {
        character
        for character in set(shown) - set(kept)
        if unicodedata.category(character) in ("Cc", "Cs")
        or unicodedata.bidirectional(character) in directions
        or character in "\u061c\u200e\u200f"
    }


@st.composite
def any_characters(draw: st.DrawFn) -> str:
    """One to three characters of one Unicode category, each category as probable as the others."""
    codes = _categories()[draw(st.sampled_from(sorted(_categories())))]
    return "".join(chr(draw(st.sampled_from(codes))) for _ in range(draw(st.integers(1, 3))))


PIECES = st.one_of(
    MARKS,
    MARKS,
    CUES,
    NAMES,
    PHRASES,
    JOINTS,
    TOKENIZED,
    INVISIBLE,
    SYMBOLS,
    any_characters(),
    OTHER_LANGUAGES,
)
SOUP = st.lists(st.tuples(PIECES, JOINTS | st.just(" ")).map("".join), max_size=25).map("".join)
"""Pieces in any order."""

NEWS = any_of(
    "“We lost the spire,” said Idris Vaughan. “It’ll be back,” he added.\n\nThe minister, Harriet Sloane, "
    "told the BBC: “Nobody should go thirsty.”\n|"
    "'We lost the spire,' said Idris Vaughan. 'It'll be back,' he added.\n\nIt was 'the end' to Sloane.\n|"
    '"I don\'t know," she told Reuters. "Maybe."\n\n"But we will\n\n"see," said Bob Hale, an aide.\n|'
    "`` We ca n't go , '' said Ann Lee . `` It is n't fair , '' the mayor told the Herald .\n|"
    "Carl Dunn and Faye Dunn left. “We go,” the couple said. In an interview with Sky News, Ms Dunn, 41, who "
    "called it “a ‘first’ step”, wept.\n|"
    "LEE: “No.”\n\n“Yes.” — Tom Day, mayor\n\nThe banner that read “No way” was Lee’s. As Lee put it: “Go.”\n"
)


@st.composite
def edited_news(draw: st.DrawFn) -> str:
    """News in which up to eight stretches are deleted, repeated or replaced by pieces."""
    text = draw(NEWS) * draw(st.integers(1, 2))
    for _ in range(draw(st.integers(0, 8))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 12)))
        text = text[:start] + draw(PIECES | st.just("") | st.just(text[start:end] * 2)) + text[end:]
    return text


@st.composite
def nested(draw: st.DrawFn) -> str:
    """Marks inside marks, not always closed."""
    pairs = draw(st.lists(st.sampled_from(["“”", "‘’", "«»", '""', "''", "()"]), max_size=12))
    inside = [draw(PHRASES | st.just(" ")) for _ in pairs]
    opened = "".join(pair[0] + words + " " for pair, words in zip(pairs, inside, strict=True))
    closed = "".join(f"{words}{pair[1]} " for pair, words in zip(reversed(pairs), inside, strict=True))
    return (
        opened
        + "we go, "
        + closed[: draw(st.integers(0, len(closed)))]
        + draw(st.just("") | st.just("said Ann Lee"))
    )


TEXTS = st.one_of(
    edited_news(),
    edited_news(),
    SOUP,
    SOUP.map(str.upper),
    nested(),
    st.lists(PIECES, max_size=20).map("".join),
    st.text(st.characters(), max_size=60),
)
"""Any text, most of it odd."""

ARTICLES = st.builds(
    Article,
    TEXTS,
    id=st.none() | TEXTS,
    publisher=st.none() | TEXTS,
    published=st.none() | st.dates() | st.datetimes(timezones=st.none() | st.just(datetime.UTC)),
    url=st.none() | TEXTS,
)
"""Articles of such texts, with metadata that is as odd."""

TAGS = "ADJ ADP ADV AUX CCONJ DET NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split()
PENN_TAGS = "VBD VBZ VBG VBN VB NN NNS NNP PRP IN MD _".split()
RELATIONS = (
    "acl acl:relcl advcl advmod appos aux aux:pass case cc ccomp compound conj cop csubj dep det expl fixed "
    "flat iobj mark nmod nmod:poss nsubj nsubj:pass obj obl obl:tmod parataxis punct root xcomp"
).split()


@attrs.frozen
class ChanceParser:
    """A Parser that gives each text any forest over its words, cycles included: always the same one."""

    seed: int

    def parse(self, texts: Sequence[str]) -> list[Parse]:
        return [Parse(text, tuple(self._sentences(text))) for text in texts]

    def _sentences(self, text: str) -> Iterator[Sentence]:
        chance = random.Random(f"{self.seed} {text!r}")
        found = list(regex.finditer(r"\w+|\S", text))
        while found:
            size = chance.randint(1, len(found))
            yield Sentence(tuple(self._word(chance, i, match, size) for i, match in enumerate(found[:size])))
            found = found[size:]

    def _word(self, chance: random.Random, index: int, match: regex.Match[str], size: int) -> Word:
        form, head = match[0], chance.randint(ROOT, size - 1)
        lemma = chance.choice([form.lower(), form.lower(), "say", "quote", "be", "tell"])
        tag = chance.choice([*TAGS, "NOUN", "PROPN", "VERB"])
        penn_tag, relation = chance.choice(PENN_TAGS), chance.choice(RELATIONS)
        return Word(index, match.start(), match.end(), form, lemma, tag, penn_tag, head, relation)


PARSERS = st.integers(0, 2**32).map(ChanceParser)


@st.composite
def chains_of(draw: st.DrawFn, text: str) -> list[list[Span]]:
    """Chains of coreference over any stretches of a text."""
    offset = st.integers(0, len(text))
    span = st.tuples(offset, offset).map(lambda ends: Span.of(text, min(ends), max(ends)))
    return draw(st.lists(st.lists(span, max_size=4), max_size=3))
