"""Makes frames for training: treebank sentences whose long quotations are replaced by "it works", as at run
time.

The library parses `“It works,” said Ann Lee, the mayor.` and never the words between the marks, so
the parser is trained on such sentences too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from attrs import evolve, frozen

from benchmarks.training import styles, trees
from benchmarks.training.conllu import Sentence, Word, text
from benchmarks.training.trees import Node

LONG = 4
"""Words, between spaces, from which on a quotation is replaced; shorter ones are parsed as they are."""

FINAL = frozenset({",", ".", "?", "!", ";", ":", "...", "\N{HORIZONTAL ELLIPSIS}", "-", "--", "\N{EM DASH}"})
"""Punctuation kept when it ends a quotation."""

RELATIONS = frozenset(
    ("root", "ccomp", "xcomp", "parataxis", "obj", "obl", "nmod", "appos", "conj", "advcl", "nsubj", "list")
)
"""Relations of a quotation to its frame that a clause can take over; a quoted adjective (amod) has none."""

COPIES = 2
"""Times that the same frame text may stand in the training data (`“It works,” he said.` is very common)."""


@frozen
class Stretch:
    """A quotation in a sentence: numbers of its first and last word, and of its marks (None: not in it)."""

    first: int
    last: int
    opening: int | None
    closing: int | None


def made_from(sentences: list[Sentence]) -> Iterator[Sentence]:
    """The frame of every sentence that has a long quotation."""
    seen: Counter[str] = Counter()
    for sentence in sentences:
        if frame := masked(sentence):
            seen[text(frame)] += 1
            if seen[text(frame)] <= COPIES:
                yield frame


def masked(sentence: Sentence) -> Sentence | None:
    """The sentence with "it works" for each long quotation, or None where none can be replaced."""
    changed = None
    for stretch in reversed(stretches(sentence)):
        if result := _mask(changed or sentence, stretch):
            changed = result
    return changed


def stretches(sentence: Sentence) -> list[Stretch]:
    """The outermost quotations of a sentence, from left to right.

    A mark without its partner belongs to a quotation that runs on from, or into, the sentence beside it.
    """
    out: list[Stretch] = []
    opening: int | None = None
    for number, word in enumerate(sentence.words, 1):
        if not styles.is_mark(word):
            continue
        if word.xpos == styles.OPENING:
            opening = opening or number
        elif opening and _same_kind(sentence.words[opening - 1], word):
            out.append(Stretch(opening + 1, number - 1, opening, number))
            opening = None
        elif not opening and not out:
            out.append(Stretch(1, number - 1, None, number))
    if opening:
        out.append(Stretch(opening + 1, len(sentence.words), opening, None))
    return out


def placeholder(
    capital: bool, final: Word | None, marks: tuple[Word | None, Word | None] = (None, None)
) -> Sentence:
    """`“It works,”` as a tree of its own, final punctuation and marks as given (default: straight double).

    >>> text(placeholder(True, None))
    '"It works"'
    """
    opening = marks[0] or Word('"', '"', "PUNCT", styles.OPENING, 0, "punct")
    closing = marks[1] or Word('"', '"', "PUNCT", styles.CLOSING, 0, "punct")
    it = Word("It" if capital else "it", "it", "PRON", "PRP", 3, "nsubj")
    words = [evolve(opening, head=3, deprel="punct", space_after=False), it]
    words.append(Word("works", "work", "VERB", "VBZ", 0, "root", space_after=False))
    if final:
        words.append(evolve(final, head=3, deprel="punct", space_after=False))
    return Sentence((*words, evolve(closing, head=3, deprel="punct")))


def _same_kind(opening: Word, closing: Word) -> bool:
    return (opening.form in styles.DOUBLE) == (closing.form in styles.DOUBLE)


def _mask(sentence: Sentence, stretch: Stretch) -> Sentence | None:
    inside = range(stretch.first, stretch.last + 1)
    if not _is_long(sentence, inside) or any(
        (t.first in inside) != (t.last in inside) for t in sentence.tokens
    ):
        return None
    top = _top(sentence, inside)
    if top is None:
        return None
    quotation = _quotation(sentence, stretch)
    gone = set(inside) | {stretch.opening, stretch.closing}
    return _replace(sentence, gone, top, quotation)


def _is_long(sentence: Sentence, inside: range) -> bool:
    inner = {n for token in sentence.tokens for n in range(token.first, token.last)}  # "do" of "don't"
    spaced = (
        w.form + " " * (w.space_after and n not in inner)
        for n, w in enumerate(sentence.words, 1)
        if n in inside
    )
    return sum(any(map(str.isalnum, word)) for word in "".join(spaced).split()) >= LONG


def _top(sentence: Sentence, inside: range) -> int | None:
    """The word whose place "works" takes; None where it has two heads, or holds heads of the rest."""
    words = sentence.words
    tops = [n for n in inside if words[n - 1].head not in inside and words[n - 1].upos != "PUNCT"]
    if not tops or len({words[n - 1].head for n in tops}) > 1:
        return None
    holding = {
        word.head
        for n, word in enumerate(words, 1)
        if n not in inside and word.head in inside and word.upos != "PUNCT"
    }
    good = [n for n in tops if words[n - 1].deprel.split(":")[0] in RELATIONS and holding <= {n}]
    return good[0] if len(good) == 1 else None


def _quotation(sentence: Sentence, stretch: Stretch) -> Sentence:
    words = sentence.words
    first, last = words[stretch.first - 1], words[stretch.last - 1]
    opening = words[stretch.opening - 1] if stretch.opening else None
    closing = words[stretch.closing - 1] if stretch.closing else None
    opening = opening or (closing and _partner(closing))
    closing = closing or (opening and _partner(opening))
    capital = next((char for char in first.form if char.isalpha()), "a").isupper()
    return placeholder(capital, last if last.form in FINAL else None, (opening, closing))


def _partner(mark: Word) -> Word:
    """The other mark of the pair; straight is enough, for every frame is given a style afterwards."""
    form = '"' if mark.form in styles.DOUBLE else "'"
    xpos = styles.CLOSING if mark.xpos == styles.OPENING else styles.OPENING
    return Word(form, form, "PUNCT", xpos, 0, "punct")


def _replace(sentence: Sentence, gone: set[int | None], top: int, quotation: Sentence) -> Sentence:
    """The sentence with ``quotation`` in place of the words ``gone``, under the head of ``top``."""
    place = min(n for n in gone if n)
    old = sentence.words[top - 1]
    verb = ("quotation", 3)
    parts: list[Node] = []
    for number, node in enumerate(trees.nodes(sentence), 1):
        if number == place:
            parts += _placed(quotation, (None, old.head) if old.head else None, old.deprel)
        if number not in gone:
            lost = node.head is not None and node.head[1] in gone  # type: ignore[index]
            parts.append(evolve(node, head=verb) if lost else node)
    return trees.assemble(parts, trees.keyed_tokens(sentence))


def _placed(quotation: Sentence, head: object, deprel: str) -> list[Node]:
    return [
        evolve(n, head=head, word=evolve(n.word, deprel=deprel)) if n.head is None else n
        for n in trees.nodes(quotation, "quotation")
    ]
