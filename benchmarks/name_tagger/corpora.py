"""Labelled articles for the name tagger: treebanks with marked entities, and free texts that spaCy labels.

A `Document` holds tokens as the tagger makes them, and a label for each: "O", or "B-" or "I-" and a kind.
Labels are spaCy's (en_core_web_md, MIT) over texts of UD English EWT and the free genres of GUM; where the
treebank has entities of its own (GUM, Universal NER over EWT's development and test parts), these decide.
"""

from __future__ import annotations

import lzma
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import attrs
import regex

from benchmarks.training import conllu
from benchmarks.training.treebanks import free
from quoteattr.lexicon import words
from quoteattr.names import JOINERS
from quoteattr.names.tagger_words import BREAK, tokenize

KINDS = ("person", "organisation", "place", "other")
OUTSIDE = "O"
LABELS = (OUTSIDE, *(f"{part}-{kind}" for kind in KINDS for part in "BI"))
"""Every label, in the order of the tagger's outputs."""

_SPACY_KINDS = {
    "PERSON": "person",
    "ORG": "organisation",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "NORP": "other",
    "WORK_OF_ART": "other",
    "EVENT": "other",
    "PRODUCT": "other",
    "LAW": "other",
    "LANGUAGE": "other",
}
_GUM_KINDS = {"person": "person", "organization": "organisation", "place": "place"}
_UNER_KINDS = {"PER": "person", "ORG": "organisation", "LOC": "place"}
_ENTITY = regex.compile(r"\((?<id>\d+)-(?<type>[a-z]+)[^()]*(?<closed>\))?|(?<end>\d+)\)")
_LEADING = regex.compile(r"(?:[Tt]he|[Aa]n?|[“\"'‘(])\s*")

Entity = tuple[int, int, str]
"""First character, end and kind of a name."""


@attrs.frozen
class Document:
    """The tokens of one text, labelled."""

    tokens: tuple[str, ...]
    """As `tokenize` makes them; line breaks are "\\n"."""
    labels: tuple[str, ...]
    """One for each token."""


@attrs.frozen
class Source:
    """A text of a treebank."""

    text: str
    """Its sentences, a paragraph a line."""
    proper: tuple[tuple[int, int], ...]
    """First characters and ends of its proper nouns."""
    gold: tuple[Entity, ...]
    """The names that the treebank marks."""
    marked: bool
    """Whether the treebank marks names at all."""


def document(text: str, entities: Iterable[Entity]) -> Document:
    """A text's tokens, labelled by the names in it.

    >>> document("Ann Lee left.", [(0, 7, "person")]).labels
    ('B-person', 'I-person', 'O', 'O')
    """
    spans = tokenize(text)
    labels = [OUTSIDE] * len(spans)
    for start, end, kind in entities:
        inside = [at for at, (first, last) in enumerate(spans) if first >= start and last <= end]
        for number, at in enumerate(inside):
            labels[at] = f"{'I' if number else 'B'}-{kind}"
    tokens = (text[start:end] for start, end in spans)
    return Document(tuple(BREAK if token.isspace() else token for token in tokens), tuple(labels))


def treebank_sources(data: Path, *, part: str) -> list[Source]:
    """The texts of a part of the treebanks whose weights may ship: "train", "dev" or "test" of GUM's free
    genres; all parts of EWT go with "train"."""
    found = [_source(s, entities=True) for s in _documents(data / f"ud/en_gum-ud-{part}.conllu.xz")]
    if part == "train":
        found += [_source(s, entities=False) for s in _documents(data / "ud/en_ewt-ud-train.conllu.xz")]
        for name in ("dev", "test"):
            found += _uner_sources(data, name)
    return found


def _read(path: Path) -> Iterator[list[list[str]]]:
    """The blocks of a CoNLL file: comment lines as one cell, rows as cells."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        block: list[list[str]] = []
        for line in (*lines, ""):
            if line.strip():
                block.append([line.rstrip("\n")] if line.startswith("# ") else line.rstrip("\n").split("\t"))
            elif block:
                yield block
                block = []


def _documents(path: Path) -> Iterator[list[list[list[str]]]]:
    """The sentences of each document whose texts may be trained on."""
    found: list[list[list[str]]] = []
    allowed = True
    for block in _read(path):
        heads = [row[0] for row in block if len(row) == 1]
        new = next((head.split("=", 1)[1].strip() for head in heads if head.startswith("# newdoc id")), None)
        if new is not None:
            if found and allowed:
                yield found
            found, allowed = [], free(conllu.Sentence((), document=new))
        found.append(block)
    if found and allowed:
        yield found


def _source(sentences: Sequence[Sequence[Sequence[str]]], *, entities: bool) -> Source:
    text, proper, gold = "", list[tuple[int, int]](), list[Entity]()
    for block in sentences:
        heads = [row[0] for row in block if len(row) == 1]
        sentence = (
            next(head for head in heads if head.startswith("# text =")).removeprefix("# text =").strip()
        )
        opens = any(head.startswith("# newpar") for head in heads)
        text += ("\n" if opens else " ") if text else ""
        rows = [row for row in block if len(row) > 1 and row[0].isdigit()]
        spans = _aligned(sentence, [row[1] for row in rows], len(text))
        proper += [span for row, span in zip(rows, spans, strict=True) if row[3] == "PROPN"]
        gold += _gum_names(rows, spans) if entities else []
        text += sentence
    return Source(text, tuple(proper), tuple(gold), entities)


def _aligned(text: str, forms: Sequence[str], offset: int) -> list[tuple[int, int]]:
    """Where each form stands in the text of its sentence; parts of a contraction share what cannot be
    found."""
    at, found = 0, []
    for form in forms:
        start = text.find(form, at, at + len(form) + 3)
        if start < 0:
            found.append((offset + at, offset + at))
        else:
            at = start + len(form)
            found.append((offset + start, offset + at))
    return found


def _gum_names(rows: Sequence[Sequence[str]], spans: Sequence[tuple[int, int]]) -> Iterator[Entity]:
    """The names among the entities that GUM marks: proper nouns around the head, without titles."""
    opened: dict[str, list[tuple[int, str]]] = {}
    for at, row in enumerate(rows):
        for match in _ENTITY.finditer(next((m for m in row[9].split("|") if m.startswith("Entity=")), "")):
            if match["id"]:
                opened.setdefault(match["id"], []).append((at, match["type"]))
            if (match["end"] or match["closed"]) and opened.get(match["end"] or match["id"]):
                first, kind = opened[match["end"] or match["id"]].pop()
                name = _proper_run(rows, first, at, joined=kind in ("organization", "place"))
                if (
                    name is None
                    or kind == "time"
                    or any("@" in row[1] for row in rows[name[0] : name[1] + 1])
                ):
                    continue
                if kind != "person":
                    yield spans[name[0]][0], spans[name[1]][1], _GUM_KINDS.get(kind, "other")
                    continue
                begin = name[0]
                while begin < name[1] and _is_title(rows[begin][1]):
                    begin += 1
                if not _is_title(rows[begin][1]):
                    yield spans[begin][0], spans[name[1]][1], "person"


def _is_title(form: str) -> bool:
    low = form.lower().rstrip(".")
    return any(low in words(name) for name in ("roles", "courtesy_titles", "short_titles")) or form == "."


def _proper_run(
    rows: Sequence[Sequence[str]], first: int, last: int, *, joined: bool
) -> tuple[int, int] | None:
    """The first and the last of the proper nouns around an entity's head; None if its head is no proper noun.

    `joined` says whether small words may join them: "University of Exeter".
    """
    inside = range(first, last + 1)
    head = next((at for at in inside if int(rows[at][6]) - 1 not in inside), None)
    if head is None or rows[head][3] != "PROPN":
        return None
    begin = end = head
    while begin > first and rows[begin - 1][3] == "PROPN":
        begin -= 1
    while end < last and rows[end + 1][3] == "PROPN":
        end += 1
    while joined and end + 1 < last and rows[end + 1][1] in JOINERS and rows[end + 2][3] == "PROPN":
        end += 2
        while end < last and rows[end + 1][3] == "PROPN":
            end += 1
    return begin, end


def _uner_sources(data: Path, part: str) -> list[Source]:
    """The texts of EWT's development or test part, with Universal NER's names."""
    labels = {
        next(row[0] for row in block if row[0].startswith("# sent_id")): [r[2] for r in block if len(r) > 1]
        for block in _read(data / f"uner/en_ewt-ud-{part}.iob2.xz")
    }
    found = []
    for sentences in _documents(data / f"ud/en_ewt-ud-{part}.conllu.xz"):
        source = _source(sentences, entities=False)
        gold: list[Entity] = []
        offset = 0
        for block in sentences:
            heads = [row[0] for row in block if len(row) == 1]
            sentence = next(h for h in heads if h.startswith("# text =")).removeprefix("# text =").strip()
            rows = [row for row in block if len(row) > 1 and row[0].isdigit()]
            offset = source.text.index(sentence, offset)
            spans = _aligned(sentence, [row[1] for row in rows], offset)
            tags = labels.get(next(h for h in heads if h.startswith("# sent_id")), [])
            gold += _iob(tags, spans) if len(tags) == len(spans) else []
        found.append(attrs.evolve(source, gold=tuple(gold), marked=True))
    return found


def _iob(tags: Sequence[str], spans: Sequence[tuple[int, int]]) -> list[Entity]:
    found: list[Entity] = []
    for tag, (start, end) in zip(tags, spans, strict=True):
        if tag.startswith("B-") and tag[2:] in _UNER_KINDS:
            found.append((start, end, _UNER_KINDS[tag[2:]]))
        elif tag.startswith("I-") and found:
            found[-1] = (found[-1][0], end, found[-1][2])
    return found


def labelled(source: Source, nlp: Any) -> Document:
    """A text labelled by spaCy, its names replaced by those of the treebank where it has any."""
    given = [
        (ent.start_char + _leading(ent.text), ent.end_char - _trailing(ent.text), _SPACY_KINDS[ent.label_])
        for ent in nlp(source.text).ents
        if ent.label_ in _SPACY_KINDS
    ]
    given = [e for e in given if not {"@", "\n"} & set(source.text[e[0] : e[1]])]
    given = [
        e
        for e in given
        if any(start < e[1] and e[0] < end for start, end in source.proper) or e[2] == "other"
    ]
    if not source.marked:
        return document(source.text, given)
    kept = [e for e in given if e[2] == "other" or not source.gold]
    kept = [e for e in kept if not any(g[0] < e[1] and e[0] < g[1] for g in source.gold)]
    return document(source.text, [*kept, *_longest(source.gold, given)])


def _longest(gold: Sequence[Entity], given: Sequence[Entity]) -> list[Entity]:
    """The treebank's names, those inside others left out, with spaCy's boundaries where both find a name.

    Of a person, only spaCy's beginning is taken, if it is later; of others, the longer name.
    """
    found: list[Entity] = []
    for start, end, kind in sorted(gold, key=lambda e: (e[0] - e[1], e[0])):
        near = [g for g in given if g[0] < end and start < g[1]]
        if kind == "person":
            start = min((g[0] for g in near if g[2] == kind and g[1] == end and g[0] > start), default=start)
        else:
            start, end = min([start, *(g[0] for g in near)]), max([end, *(g[1] for g in near)])
        if not any(f[0] < end and start < f[1] for f in found):
            found.append((start, end, kind))
    return sorted(found)


def _leading(name: str) -> int:
    match = _LEADING.match(name)
    return match.end() if match else 0


def _trailing(name: str) -> int:
    return len(name) - len(name.rstrip("’'\"”s ")) if name.endswith(("’s", "'s")) else 0
