"""The pieces that generated texts are made of."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent

MARKS = "“”‘’\"'«»„‟‚‛`´‹›＂＇❝❞❛❜″′〝〞「」『』"
"""Characters that are quotation marks, or look like them."""
PAIRS = ("“”", "‘’", '""', "''", "«»", "»«", "„“", "‚‘", "‹›", "()", "[]", "「」")
"""An opening mark and its closing mark."""
NAMES = (
    "Ann Lee|Harriet Sloane|Dr. O’Brien|Mr Smith|Ms Reed|Sir Ian McKay|Idris Vaughan Jr.|the minister|"
    "the 28-year-old|a spokesman for Severnside Water|Bank of England|Reuters|BBC|The Guardian|"
    "Élodie N’Diaye|van der Berg|J. K. Hale|HALE|ann lee|No. 10|U.S. Sen. Bob Hale, R-Ohio|PC 49|"
    "she|he|it|they|I|we|who|😀"
).split("|")
VERBS = (
    "said|says|told|told the BBC|told Reuters|asked|added|tweeted|claimed that|according to|wrote in The Sun|"
    "said in a statement|said to|says of|is quoted as saying|insisted|Said:|SAID|do n't say|ca n’t add"
).split("|")
CLAUSES = (
    "we lost the spire|it’ll be back|I don’t know what to say|nobody should go thirsty|rock ’n’ roll|"
    "the boys’ club|’90s|5’10”|the ‘end’ of it|yes|No|what|a b c|12.5%|£3m|…|why not?|go home!|n't|the U.S.|"
    'e.g. this, i.e. that|(sic)|[the mayor]|@someone #tag|http://x.example/z?q="a"|'
    "ring 0800 111|Wow!!!|the the the|—"
).split("|")
JOINTS = (
    ", | |  |. |? |! |: |; |\n|\n\n|\r\n|\r|\t|… |...|--| — |–|-|/|\u00a0|\u2028|\u2029|\u0085|\v|\f|"
    ", and |. But |, who is 40, |* |• |, the mayor, |(|)|[|]|"
).split("|")
FOREIGN = (
    "Der Minister sagte: „Wir haben verloren“, so Müller.",
    "« Nous partons », a dit Jean Dupont au Monde.",
    "—No iremos —dijo Pérez—. «Nunca», añadió.",
    "Он сказал: «Мы уйдём», — заявил Иванов.",
    "彼は「行きます」と言った。『はい』と答えた。",
    "他说：“我们走吧。”记者问：‘为什么？’",
    "قال الوزير: «سنذهب غدا» وأضاف “نعم”.",
    'הוא אמר: "נלך", והוסיף: ״כן״.',
    'उसने कहा, "हम जाएंगे"।',
    '그는 "가겠다"고 말했다.',
    "เขาพูดว่า “เราจะไป”",
    "Powiedział: „Pójdziemy”, dodał Nowak.",
    "Είπε: «Θα πάμε», πρόσθεσε.",
    "Hann sagði: „Við förum“.",
    "Bộ trưởng nói: “Chúng tôi sẽ đi”.",
)
SPECIAL = (
    "\ud800",
    "\udfff",
    "\udc80",
    "\0",
    "\x1b[31m",
    "\x1b]8;;http://x\x07",
    "\x7f",
    "\x1c",
    "\x1f",
    "\u00ad",
    "\u200b",
    "\u200d",
    "\u200e",
    "\u202e",
    "\u202c",
    "\u2066",
    "\u2069",
    "\u2060",
    "\ufeff",
    "\ufffe",
    "\ufffd",
    "\U0010ffff",
    "\U000e0041",
    "a" + "\u0301" * 9,
    "e\u0308",
    "\u0301",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "\U0001d400nn",
    "ﬁ",
    "İ",
    "ß",
    "ǅ",
    "ŉ",
    "ẞ",
    "ʼ",
    "ﾞ",
    "ﾟ",
    "½",
    "Ⅷ",
    "٣",
    "&quot;",
    "&#8220;",
    "\\u201c",
    "�",
)
"""Characters that text tools get wrong: lone surrogates, controls, invisible and bidirectional characters,
case pairs of different length, characters that normalisation removes."""
TAGS = ("p", "div", "a href='x\"y'", "script", "b", "blockquote", "q", "!--", "style", "svg/onload=x", "br/")
PENN = {
    "“": "`` ",
    "”": " ''",
    ",": " ,",
    ".": " .",
    "n’t": " n't",
    "’s": " 's",
    "’ll": " 'll",
    "(": "-LRB- ",
}
"""How tokenised corpora write characters and contractions."""


@cache
def news() -> tuple[str, ...]:
    """The articles of ``seeds/articles``."""
    return tuple(
        path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds" / "articles").glob("*.txt"))
    )


@cache
def sources() -> tuple[str, ...]:
    """The source files of this project that have quotation marks in them."""
    return tuple(path.read_text(encoding="utf-8") for path in sorted((ROOT / "quoteattr").rglob("*.py")))


@cache
def categories() -> Mapping[str, Sequence[str]]:
    """The characters of each Unicode category.

    >>> "“" in categories()["Pi"], len(categories()) >= 29
    (True, True)
    """
    found: dict[str, list[str]] = {}
    for code in range(0x110000):
        found.setdefault(unicodedata.category(chr(code)), []).append(chr(code))
    return found
