"""Our own small parse: words, sentences, and CoNLL-U in and out.

The rules read this and nothing else, so that they run on what a person can write by hand as well as on
what a model gives. Offsets are characters of the text that was parsed until `Sentence.moved` places them
in another text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

import attrs

ROOT = -1


@attrs.frozen
class Word:
    """A syntactic word of Universal Dependencies."""

    index: int
    """Position in its sentence, from 0."""
    start: int
    """First character."""
    end: int
    """One past the last character."""
    text: str
    """The word as written."""
    lemma: str
    """Dictionary form, lower case for common words."""
    upos: str
    """Universal part of speech: "VERB", "PROPN"."""
    xpos: str
    """Penn Treebank tag: "VBD", "NNP"; "_" where there is none."""
    head: int
    """Index of the governor in the sentence; ROOT for the root."""
    deprel: str
    """Universal relation to the governor: "nsubj", "flat"."""


@attrs.frozen
class Sentence:
    """A parsed sentence; a forest is accepted, as models may give one."""

    words: tuple[Word, ...]
    """In order."""

    def __iter__(self) -> Iterator[Word]:
        return iter(self.words)

    def __len__(self) -> int:
        return len(self.words)

    @property
    def start(self) -> int:
        """First character of the first word."""
        return self.words[0].start

    @property
    def end(self) -> int:
        """One past the last character of the last word."""
        return self.words[-1].end

    @cached_property
    def _children(self) -> tuple[tuple[Word, ...], ...]:
        below: list[list[Word]] = [[] for _ in self.words]
        for word in self.words:
            if word.head != ROOT:
                below[word.head].append(word)
        return tuple(map(tuple, below))

    def children(self, word: Word, *relations: str) -> tuple[Word, ...]:
        """Dependents in order, or only those whose relation is given ("nsubj" also takes "nsubj:pass")."""
        below = self._children[word.index]
        if not relations:
            return below
        return tuple(w for w in below if w.deprel in relations or w.deprel.partition(":")[0] in relations)

    def child(self, word: Word, *relations: str) -> Word | None:
        """The first dependent with one of these relations, or None."""
        return next(iter(self.children(word, *relations)), None)

    def between(self, low: int, high: int) -> tuple[Word, ...]:
        """The words that begin after one character and before another."""
        starts = self._starts
        return self.words[bisect_right(starts, low) : bisect_left(starts, high)]

    @cached_property
    def _starts(self) -> list[int]:
        return [word.start for word in self.words]

    def head(self, word: Word) -> Word | None:
        """The governor, or None for the root."""
        return None if word.head == ROOT else self.words[word.head]

    def ancestors(self, word: Word) -> Iterator[Word]:
        """Governors from the nearest to the root. A cycle ends the walk."""
        seen = {word.index}
        above = self.head(word)
        while above is not None and above.index not in seen:
            seen.add(above.index)
            yield above
            above = self.head(above)

    def subtree(self, word: Word, skip: Callable[[Word], bool] = lambda _: False) -> list[Word]:
        """The word and all it governs, in order, without branches whose top `skip` accepts."""
        found, todo = {word.index}, [word]
        while todo:
            for below in self.children(todo.pop()):
                if below.index not in found and not skip(below):
                    found.add(below.index)
                    todo.append(below)
        return [self.words[i] for i in sorted(found)]

    def moved(self, place: Callable[[int, int], tuple[int, int]]) -> Sentence:
        """The same sentence with each word's (start, end) put through `place`."""

        def move(word: Word) -> Word:
            start, end = place(word.start, word.end)  # attrs.evolve takes four times as long
            return Word(
                word.index, start, end, word.text, word.lemma, word.upos, word.xpos, word.head, word.deprel
            )

        return Sentence(tuple(map(move, self.words)))


@attrs.frozen
class Parse:
    """The sentences of one text."""

    text: str
    """What was parsed."""
    sentences: tuple[Sentence, ...]
    """In order."""


def to_conllu(parses: Iterable[Parse]) -> str:
    """Parses as CoNLL-U, a document each, offsets in MISC as Stanza writes them.

    >>> word = Word(0, 0, 3, "Yes", "yes", "INTJ", "UH", ROOT, "root")
    >>> text = to_conllu([Parse("Yes", (Sentence((word,)),))])
    >>> print(text.splitlines()[2].replace(chr(9), " "))
    1 Yes yes INTJ UH _ 0 root _ start_char=0|end_char=3
    >>> from_conllu(text)[0].sentences[0].words[0] == word
    True
    """
    return "".join(_document(parse) for parse in parses)


def _document(parse: Parse) -> str:
    blocks = ["\n".join(map(_row, sentence)) + "\n\n" for sentence in parse.sentences]
    return f"# newdoc\n# text = {_escaped(parse.text)}\n" + ("".join(blocks) or "\n")


def _row(word: Word) -> str:
    misc = f"start_char={word.start}|end_char={word.end}"
    cells = [str(word.index + 1), word.text, word.lemma, word.upos, word.xpos, "_"]
    return "\t".join([*cells, str(word.head + 1), word.deprel, "_", misc])


def from_conllu(text: str) -> list[Parse]:
    """Read what `to_conllu` wrote: a Parse for each ``# newdoc``, its text in the ``# text`` line after it.

    Multi-word ranges and empty nodes are passed over. Returns an empty list for an empty text.

    Raises:
        ValueError: if a word's row has not ten columns or no offsets; says which row.
    """
    parses: list[Parse] = []
    for document in text.split("# newdoc")[1:]:
        lines = document.strip("\n").split("\n")
        given = [line.removeprefix("# text = ") for line in lines if line.startswith("# text = ")]
        parses.append(Parse(_unescaped("".join(given[:1])), tuple(_sentences(lines))))
    return parses


def _sentences(lines: Iterable[str]) -> Iterator[Sentence]:
    words: list[Word] = []
    for line in [*lines, ""]:
        if line and not line.startswith("#"):
            if line.split("\t")[0].isdigit():
                words.append(_word(line))
        elif words and not line:
            yield Sentence(tuple(words))
            words = []


def _word(line: str) -> Word:
    cells = line.split("\t")
    misc = dict(pair.split("=", 1) for pair in cells[-1].split("|") if "=" in pair)
    if len(cells) != 10 or "start_char" not in misc or "end_char" not in misc:
        raise ValueError(f"a row needs ten columns with start_char and end_char in the last, got {line!r}")
    number, form, lemma, upos, xpos, _, head, deprel, _, _ = cells
    start, end = int(misc["start_char"]), int(misc["end_char"])
    return Word(int(number) - 1, start, end, form, lemma, upos, xpos, int(head) - 1, deprel)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n")


def _unescaped(text: str) -> str:
    return text.replace("\\\\", "\0").replace("\\n", "\n").replace("\0", "\\")
