"""Edits dependency trees: takes phrases out of a tree, and joins phrases to a new tree."""

from __future__ import annotations

from attrs import evolve, frozen

from benchmarks.training.conllu import Sentence, Token, Word


@frozen
class Node:
    """A word under a key of its own, with the key of its head, while words come and go around it."""

    key: object
    head: object
    """None for the root."""
    word: Word


def nodes(sentence: Sentence, name: object = None) -> list[Node]:
    """The words of a sentence as nodes; keys are ``(name, number)``."""
    return [
        Node((name, n), (name, word.head) if word.head else None, word)
        for n, word in enumerate(sentence.words, 1)
    ]


def assemble(parts: list[Node], tokens: tuple[tuple[object, object, Token], ...] = ()) -> Sentence:
    """A sentence of the nodes in the order given; ``tokens`` are (key of first, key of last, token)."""
    number = {node.key: n for n, node in enumerate(parts, 1)}
    words = tuple(evolve(node.word, head=number[node.head] if node.head is not None else 0) for node in parts)
    kept = (evolve(t, first=number[a], last=number[b]) for a, b, t in tokens if a in number and b in number)
    return Sentence(words, tuple(kept))


def keyed_tokens(sentence: Sentence, name: object = None) -> tuple[tuple[object, object, Token], ...]:
    """The multiword tokens of a sentence, as ``assemble`` takes them."""
    return tuple(((name, token.first), (name, token.last), token) for token in sentence.tokens)


def descendants(sentence: Sentence, top: int) -> list[int]:
    """Numbers of the word ``top`` and all that hangs from it, in order."""
    inside = {top}
    while more := {n for n, w in enumerate(sentence.words, 1) if w.head in inside and n not in inside}:
        inside |= more
    return sorted(inside)


def children(sentence: Sentence, head: int) -> list[int]:
    """Numbers of the words that hang from ``head``."""
    return [n for n, word in enumerate(sentence.words, 1) if word.head == head]


def phrase(sentence: Sentence, numbers: list[int]) -> Sentence | None:
    """The words ``numbers`` as a tree, or None where they are no unbroken stretch under one word."""
    if not numbers or numbers != list(range(numbers[0], numbers[-1] + 1)):
        return None
    inside = set(numbers)
    tops = [n for n in numbers if sentence.words[n - 1].head not in inside]
    if len(tops) != 1 or any((t.first in inside) != (t.last in inside) for t in sentence.tokens):
        return None
    chosen = [node for node in nodes(sentence) if node.key[1] in inside]  # type: ignore[index]
    rooted = [evolve(node, head=None) if node.key == (None, tops[0]) else node for node in chosen]
    return assemble(rooted, keyed_tokens(sentence))


def root(sentence: Sentence) -> Word:
    """The word at the top of the tree."""
    return next(word for word in sentence.words if word.head == 0)


def join(pieces: list[tuple[Sentence, str]]) -> Sentence:
    """One sentence of phrases in order: that of deprel "root" takes all the others as its children."""
    [top] = [i for i, (_, deprel) in enumerate(pieces) if deprel == "root"]
    top_key = next(node.key for node in nodes(pieces[top][0], top) if node.head is None)
    parts: list[Node] = []
    for i, (piece, deprel) in enumerate(pieces):
        for node in nodes(piece, i):
            if node.head is None:
                head = None if i == top else top_key
                node = evolve(node, head=head, word=evolve(node.word, deprel=deprel))
            parts.append(node)
    return assemble(
        parts, tuple(token for i, (piece, _) in enumerate(pieces) for token in keyed_tokens(piece, i))
    )


def spaced(sentence: Sentence, space: bool) -> Sentence:
    """The phrase with or without white space after its last token."""
    *words, last = sentence.words
    tokens = tuple(
        evolve(t, space_after=space) if t.last == len(sentence.words) else t for t in sentence.tokens
    )
    return evolve(sentence, words=(*words, evolve(last, space_after=space)), tokens=tokens)


def capitalised(sentence: Sentence) -> Sentence:
    """The phrase with its first letter in upper case."""
    first, *words = sentence.words
    raised = evolve(first, form=first.form[:1].upper() + first.form[1:])
    tokens = tuple(
        evolve(t, form=t.form[:1].upper() + t.form[1:]) if t.first == 1 else t for t in sentence.tokens
    )
    return evolve(sentence, words=(raised, *words), tokens=tokens)
