"""CoNLL-U sentences as frozen values, which the treebank steps read, change and write.

Only the fields that a Stanza trainer reads are kept: MISC is reduced to ``SpaceAfter``, and FEATS, the
enhanced dependencies, empty nodes and comments are dropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from attrs import evolve, field, frozen


@frozen
class Word:
    """One syntactic word; its number is its place in the sentence, from 1."""

    form: str
    lemma: str
    upos: str
    xpos: str
    head: int
    """Number of the head word; 0 for the root."""
    deprel: str
    space_after: bool = True
    """Whether white space follows; for the words of a multiword token, see the token."""


@frozen
class Token:
    """A multiword token: the surface form of words ``first`` to ``last``, both included."""

    first: int
    last: int
    form: str
    space_after: bool = True


@frozen
class Sentence:
    """The words and multiword tokens of a sentence, and whether a paragraph or document opens with it."""

    words: tuple[Word, ...]
    tokens: tuple[Token, ...] = ()
    opens_paragraph: bool = False
    document: str = ""
    """``newdoc id`` of the document that the sentence belongs to."""


def read(lines: Iterable[str]) -> Iterator[Sentence]:
    """The sentences of CoNLL-U lines.

    >>> [s] = read(["1\\tHi\\thi\\tINTJ\\tUH\\t_\\t0\\troot\\t0:root\\tSpaceAfter=No|Entity=(1)", ""])
    >>> s.words[0].form, s.words[0].space_after
    ('Hi', False)
    """
    block: list[str] = []
    document = ""
    for line in [*lines, ""]:
        line = line.rstrip("\n")
        if line:
            block.append(line)
        elif block:
            document = next(
                (b.split("=", 1)[1].strip() for b in block if b.startswith("# newdoc id")), document
            )
            yield _sentence(block, document)
            block = []


def read_file(path: Path) -> list[Sentence]:
    """The sentences of a CoNLL-U file, plain or compressed with xz."""
    import lzma

    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return list(read(lines))


def write(sentences: Iterable[Sentence]) -> str:
    """CoNLL-U text of sentences; ``# newpar`` is kept."""
    return "".join(_block(sentence) for sentence in sentences)


def text(sentence: Sentence) -> str:
    """The sentence as it stands in running text, without white space at its end."""
    return "".join(form + (" " if space else "") for form, space in surface(sentence)).rstrip()


def surface(sentence: Sentence) -> list[tuple[str, bool]]:
    """Form and following space of each surface token: multiword tokens count once."""
    starts = {token.first: token for token in sentence.tokens}
    covered = {n for token in sentence.tokens for n in range(token.first + 1, token.last + 1)}
    out: list[tuple[str, bool]] = []
    for number, word in enumerate(sentence.words, 1):
        if number not in covered:
            unit = starts.get(number, word)
            out.append((unit.form, unit.space_after))
    return out


def paragraphs(sentences: Iterable[Sentence]) -> list[list[Sentence]]:
    """Sentences grouped by the paragraphs of their documents."""
    out: list[list[Sentence]] = []
    for sentence in sentences:
        if sentence.opens_paragraph or not out:
            out.append([])
        out[-1].append(sentence)
    return out


def as_paragraph(sentences: list[Sentence]) -> list[Sentence]:
    """The same sentences, the first of them (and no other) opening a paragraph."""
    return [evolve(sentence, opens_paragraph=i == 0) for i, sentence in enumerate(sentences)]


@frozen
class _Rows:
    """The rows of a sentence while they are read."""

    words: list[Word] = field(factory=list)
    tokens: list[Token] = field(factory=list)


def _sentence(block: list[str], document: str) -> Sentence:
    rows = _Rows()
    opens = any(line.startswith(("# newpar", "# newdoc")) for line in block)
    for line in block:
        if not line.startswith("#"):
            _add_row(rows, line.split("\t"))
    return Sentence(tuple(rows.words), tuple(rows.tokens), opens, document)


def _add_row(rows: _Rows, cells: list[str]) -> None:
    number, form, lemma, upos, xpos, _, head, deprel, _, misc = cells
    space_after = "SpaceAfter=No" not in misc.split("|")
    if "-" in number:
        first, last = number.split("-")
        rows.tokens.append(Token(int(first), int(last), form, space_after))
    elif "." not in number:  # 8.1 is an empty node of the enhanced graph
        rows.words.append(Word(form, lemma, upos, xpos, int(head), deprel, space_after))


def _block(sentence: Sentence) -> str:
    lines = ["# newpar"] if sentence.opens_paragraph else []
    lines.append(f"# text = {text(sentence)}")
    starts = {token.first: token for token in sentence.tokens}
    covered = {n for token in sentence.tokens for n in range(token.first, token.last + 1)}
    for number, word in enumerate(sentence.words, 1):
        if token := starts.get(number):
            lines.append(
                "\t".join([f"{token.first}-{token.last}", token.form, *"_______", _misc(token.space_after)])
            )
        misc = "_" if number in covered else _misc(word.space_after)
        cells = [
            str(number),
            word.form,
            word.lemma,
            word.upos,
            word.xpos,
            "_",
            str(word.head),
            word.deprel,
            "_",
            misc,
        ]
        lines.append("\t".join(cells))
    return "\n".join(lines) + "\n\n"


def _misc(space_after: bool) -> str:
    return "_" if space_after else "SpaceAfter=No"
