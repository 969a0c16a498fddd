"""Rewrites quotation marks and apostrophes in the other styles that newspapers print.

The treebanks mostly have straight marks, and models trained on them alone fail on curly marks. So each
paragraph with quotation marks is added in the other styles, too.
"""

from __future__ import annotations

import random
from collections.abc import Iterable

from attrs import evolve, frozen

from benchmarks.training.conllu import Sentence, Word

OPENING, CLOSING = "``", "''"
"""Penn Treebank tags (XPOS) of opening and closing marks; straight marks are told apart by these alone."""

DOUBLE = frozenset('"\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}') | {"``", "''"}
SINGLE = frozenset("'`\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}")
APOSTROPHES = "'\N{RIGHT SINGLE QUOTATION MARK}"


@frozen
class Style:
    """Marks of one house style: outer pair, inner pair (opening then closing), and the apostrophe."""

    outer: str
    inner: str
    apostrophe: str


_CURLY_DOUBLE = "\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}"
_CURLY_SINGLE = "\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}"
_CURLY_APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"

STYLES = (
    Style('""', "''", "'"),
    Style(_CURLY_DOUBLE, _CURLY_SINGLE, _CURLY_APOSTROPHE),
    Style(_CURLY_SINGLE, _CURLY_DOUBLE, _CURLY_APOSTROPHE),
    Style("''", '""', "'"),
)

CURLY_SHARE = 0.4
"""Share of the paragraphs without quotation marks whose apostrophes are made curly."""


def is_mark(word: Word) -> bool:
    """Whether the word is a quotation mark whose side is known (not an apostrophe, not an inch sign)."""
    return word.upos == "PUNCT" and word.xpos in (OPENING, CLOSING) and word.form in DOUBLE | SINGLE


def has_marks(sentence: Sentence) -> bool:
    """Whether any word of the sentence is a quotation mark."""
    return any(is_mark(word) for word in sentence.words)


def restyle(sentences: Iterable[Sentence], style: Style) -> list[Sentence]:
    """The paragraph in ``style``: its outer marks, its inner ones, and its apostrophes.

    Marks of a kind that stands alone in the paragraph are outer ones; where both kinds stand,
    double marks are taken to be outer, as the American texts of both treebanks have it.
    """
    sentences = list(sentences)
    marks = {word.form in DOUBLE for s in sentences for word in s.words if is_mark(word)}
    double_is_outer = marks != {False}
    return [_restyle_sentence(sentence, style, double_is_outer) for sentence in sentences]


def styled(paragraph: list[Sentence], rng: random.Random) -> list[list[Sentence]]:
    """The training versions of a paragraph.

    Without quotation marks: itself, its apostrophes curly at random. With them: itself in one style,
    and the sentences that have the marks in each of the others (the rest would only be repeated).
    """
    if not any(has_marks(sentence) for sentence in paragraph):
        style = STYLES[1] if rng.random() < CURLY_SHARE else STYLES[0]
        return [restyle(paragraph, style)]
    quoted = [sentence for sentence in paragraph if has_marks(sentence)]
    first, *others = rng.sample(STYLES, len(STYLES))
    return [restyle(paragraph, first), *(restyle(quoted, style) for style in others)]


def _restyle_sentence(sentence: Sentence, style: Style, double_is_outer: bool) -> Sentence:
    words = tuple(evolve(word, form=_form(word, style, double_is_outer)) for word in sentence.words)
    tokens = tuple(evolve(t, form=_with_apostrophe(t.form, style)) for t in sentence.tokens)
    return evolve(sentence, words=words, tokens=tokens)


def _form(word: Word, style: Style, double_is_outer: bool) -> str:
    if not is_mark(word):
        return word.form if word.upos == "SYM" else _with_apostrophe(word.form, style)
    pair = style.outer if (word.form in DOUBLE) == double_is_outer else style.inner
    return pair[word.xpos == CLOSING]


def _with_apostrophe(form: str, style: Style) -> str:
    return "".join(style.apostrophe if char in APOSTROPHES else char for char in form)
