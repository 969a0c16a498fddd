"""Parses as CoNLL-U, and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from quoteattr.parsing.dependency_tree import Parse, Sentence, Word

_COLUMNS = 10


def to_conllu(parses: Iterable[Parse]) -> str:
    """Returns parses as CoNLL-U, each as a document, with offsets in MISC as Stanza writes them.

    Source: https://universaldependencies.org/format.html

    >>> from quoteattr.parsing.dependency_tree import ROOT
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
    """Reads the output of `to_conllu`.

    Args:
        text: documents that begin with ``# newdoc``, each with its text in a line ``# text = …``.

    Returns:
        A Parse for each document; an empty list for an empty text. Multi-word ranges and empty nodes are
        skipped.

    Raises:
        ValueError: if the row of a word does not have ten columns, or has no offsets; says which row.
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
    if len(cells) != _COLUMNS or "start_char" not in misc or "end_char" not in misc:
        raise ValueError(f"a row needs ten columns with start_char and end_char in the last, got {line!r}")
    number, form, lemma, upos, xpos, _, head, deprel, _, _ = cells
    start, end = int(misc["start_char"]), int(misc["end_char"])
    return Word(int(number) - 1, start, end, form, lemma, upos, xpos, int(head) - 1, deprel)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n")


def _unescaped(text: str) -> str:
    return text.replace("\\\\", "\0").replace("\\n", "\n").replace("\0", "\\")
