"""Scores the coreference resolver alone: whether it joins mentions of people as GUM's annotators did.

    python -m benchmarks.links gum-test
    python -m benchmarks.links gum-train --genres news,interview --errors 40

The words, trees and mentions are those of GUM, so errors of the parser and of attribution do not count. A
link joins a mention to the nearest earlier mention of the same person. Precision and recall are computed over
links, for each kind of mention. *I*, *we* and *you* are left out, because the resolver does not resolve them
outside quotations.
"""

from __future__ import annotations

import hashlib
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import get_args

import attrs
import click
import regex

from benchmarks import floors, gold_sets
from quoteattr import find_quotations
from quoteattr.coreference import resolve
from quoteattr.parsing.dependency_tree import Sentence, Word
from quoteattr.schema import Mention, MentionKind, Span

FREE_GENRES = (
    "academic",
    "bio",
    "conversation",
    "court",
    "interview",
    "news",
    "speech",
    "textbook",
    "vlog",
    "voyage",
)
"""GUM's genres under CC BY, CC BY-SA or in the public domain."""

FLOORS = Path(__file__).with_name("links.toml")
"""What is pinned."""

SKIPPED = 77
"""Exit status where the treebank is not on this machine."""

THIRD = frozenset("he him his himself she her hers herself they them their theirs themselves".split())
"""Pronouns that are scored."""

KINDS: tuple[MentionKind, ...] = get_args(MentionKind)

# "(7-person-new-…" opens a mention, "7)" closes one, "(7-…)" is a mention of one word.
_OPENING = regex.compile(r"\((?<id>\d+)(?:\[\d+/\d+\])?-(?<type>[a-z]+)-[^()]*(?<closed>\))?")
_CLOSING = regex.compile(r"(?<![\w(-])(?<id>\d+)(?:\[\d+/\d+\])?\)")


@attrs.frozen
class GoldMention:
    """Words for a person, and which one."""

    mention: Mention
    """The words."""
    chain: int
    """Number of the person in the document."""


@attrs.frozen
class Document:
    """One text of GUM."""

    name: str
    """As in "GUM_news_asylum"."""
    text: str
    """Sentences joined by spaces, paragraphs by blank lines."""
    sentences: tuple[Sentence, ...]
    """GUM's trees, offsets of the text."""
    mentions: tuple[GoldMention, ...]
    """Every mention of a person that is scored, in order."""


@attrs.frozen
class Link:
    """One mention and the mentions before it that gold and answer take for the same person."""

    mention: GoldMention
    """The mention."""
    right: GoldMention | None
    """The nearest before it in gold; None where it is the first."""
    answer: GoldMention | None
    """The nearest before it to which the same speaker was given."""
    given: str | None
    """That speaker's name."""

    @property
    def wrong(self) -> bool:
        """Whether gold or answer has a link and they do not agree."""
        return (self.right is not None or self.answer is not None) and not self.correct

    @property
    def correct(self) -> bool:
        """Whether the answer is a mention of the same person."""
        return self.answer is not None and self.answer.chain == self.mention.chain


def read(part: str, genres: Sequence[str] = FREE_GENRES) -> tuple[list[Document], Path]:
    """The documents of a part of GUM ("train", "dev", "test"), and the file they came from.

    Raises:
        gold_sets.Absent: if the treebank is not on this machine.
    """
    path = gold_sets.data_file(f"ud/en_gum-ud-{part}.conllu.xz")
    blocks = gold_sets.read_text(path).split("# newdoc id = ")[1:]
    named = [(block.partition("\n")[0].strip(), block) for block in blocks]
    return [_document(name, block) for name, block in named if name.split("_")[1] in genres], path


def _document(name: str, block: str) -> Document:
    text, sentences = "", list[Sentence]()
    marked: list[tuple[int, int, MentionKind, int]] = []
    for rows in regex.split(r"\n\n+", block):
        lines = rows.split("\n")
        if "# newpar" in lines and text:
            text = text.rstrip() + "\n\n"
        words, text, entities = _words(lines, text)
        if words:
            sentences.append(Sentence(tuple(words)))
            marked += _mentions(sentences[-1], entities)
    found = [GoldMention(Mention(Span.of(text, a, b), kind), chain) for a, b, kind, chain in sorted(marked)]
    return Document(name, text, tuple(sentences), tuple(found))


def _words(lines: Sequence[str], text: str) -> tuple[list[Word], str, list[str]]:
    """The words of one sentence, the text with it at its end, and each word's Entity."""
    words, entities, inside = [], [], 0
    for line in lines:
        cells = line.split("\t")
        if len(cells) != 10 or "." in cells[0]:
            continue
        misc = dict(pair.split("=", 1) for pair in cells[9].split("|") if "=" in pair)
        space = "" if misc.get("SpaceAfter") == "No" else " "
        if "-" in cells[0]:
            inside = int(cells[0].split("-")[1])
            after, text = space, text
            continue
        start, text = len(text), text + cells[1]
        number, head = int(cells[0]), int(cells[6])
        form, lemma, upos, xpos = cells[1:5]
        words.append(Word(number - 1, start, len(text), form, lemma, upos, xpos, head - 1, cells[7]))
        entities.append(misc.get("Entity", ""))
        if number == inside:
            text, inside = text + after, 0
        elif not inside:
            text += space
    return words, text if not words or text.endswith(" ") else text + " ", entities


def _mentions(sentence: Sentence, entities: Sequence[str]) -> Iterator[tuple[int, int, MentionKind, int]]:
    """Start, end, kind and number of each mention of a person."""
    open_: dict[int, list[int]] = {}
    for at, entity in enumerate(entities):
        for match in regex.finditer(rf"{_OPENING.pattern}|{_CLOSING.pattern}", entity):
            number = int(match["id"])
            if match["type"] is None:
                if open_.get(number):
                    yield from _scored(sentence, open_[number].pop(), at, number)
            elif match["type"] == "person":
                if match["closed"]:
                    yield from _scored(sentence, at, at, number)
                else:
                    open_.setdefault(number, []).append(at)


def _scored(
    sentence: Sentence, first: int, last: int, number: int
) -> Iterator[tuple[int, int, MentionKind, int]]:
    """The mention, unless it is a pronoun that is not scored."""
    run = sentence.words[first : last + 1]
    head = next((w for w in run if not first <= w.head <= last), run[0])
    if head.upos != "PRON":
        yield run[0].start, run[-1].end, "name" if head.upos == "PROPN" else "nominal", number
    elif len(run) == 1 and head.text.lower() in THIRD:
        yield run[0].start, run[-1].end, "pronoun", number


def links(document: Document, quoted: Sequence[Span] | None = None) -> Iterator[Link]:
    """What the resolver makes of a document, mention by mention."""
    if quoted is None:
        quoted = [quotation.content for quotation in find_quotations(document.text)]
    asked = [m.mention for m in document.mentions]
    resolutions = resolve(document.text, asked, document.sentences, quoted, speak=False)
    last: dict[int, GoldMention] = {}
    given: dict[str, GoldMention] = {}
    for mention, resolution in zip(document.mentions, resolutions, strict=True):
        name = resolution.speaker.name if resolution.speaker else None
        yield Link(mention, last.get(mention.chain), given.get(name) if name else None, name)
        last[mention.chain] = mention
        if name:
            given[name] = mention


def figures(found: Sequence[Link]) -> dict[str, float]:
    """Precision, recall and F1 of links, together and by kind."""
    out: dict[str, float] = {}
    for kind in ("all", *KINDS):
        mine = [link for link in found if kind in ("all", link.mention.mention.kind)]
        right = sum(link.correct for link in mine)
        p = right / (sum(link.answer is not None for link in mine) or 1)
        r = right / (sum(link.right is not None for link in mine) or 1)
        out |= {f"{kind}.p": p, f"{kind}.r": r, f"{kind}.f1": 2 * p * r / (p + r) if p + r else 0.0}
    return out


def table(found: Sequence[Link]) -> str:
    """The figures as people read them."""
    values, counts = figures(found), Counter(x.mention.mention.kind for x in found if x.right)
    counts["all"] = counts.total()  # type: ignore[index]
    lines = [f"{'kind':10} {'links':>6} {'precision':>9} {'recall':>7} {'f1':>7}"]
    for kind in ("all", *KINDS):
        p, r, f = (values[f"{kind}.{figure}"] for figure in ("p", "r", "f1"))
        lines.append(f"{kind:10} {counts[kind]:6} {p:9.3f} {r:7.3f} {f:7.3f}")  # type: ignore[index]
    return "\n".join(lines)


def shown(document: Document, link: Link) -> str:
    """A wrong link with its passage."""
    at, before = link.mention.mention.span, link.right.mention.span if link.right else None
    start = max(0, min(at.start - 300, before.start - 40 if before else at.start))
    passage = document.text[max(start, at.start - 700) : at.start].replace("\n", " / ")
    right = f"“{before.text}”" if before else "nobody before"
    answer = f"“{link.answer.mention.span.text}”" if link.answer else "nobody before"
    return f"{document.name}: gold {right}, answer {answer} = {link.given}\n    {passage}[[{at.text}]]"


@click.command()
@click.argument("part", type=click.Choice(["gum-train", "gum-dev", "gum-test"]))
@click.option("--genres", default=",".join(FREE_GENRES), show_default=True, help="Genres, with commas.")
@click.option("--kind", type=click.Choice(KINDS), help="Errors of this kind only.")
@click.option("--errors", default=0, help="Print so many wrong links, drawn at random.")
@click.option("--floors", "check", is_flag=True, help="Compare with benchmarks/links.toml; fail if below.")
@click.option("--raise", "lift", is_flag=True, help="With --floors: raise each floor to what was measured.")
def main(part: str, genres: str, kind: str | None, errors: int, check: bool, lift: bool) -> None:
    """Precision and recall of links between mentions of people in GUM."""
    try:
        documents, path = read(part.removeprefix("gum-"), genres.split(","))
    except gold_sets.Absent as reason:
        click.echo(f"SKIPPED {part}: {reason}", err=True)
        sys.exit(SKIPPED)
    found = [(document, link) for document in documents for link in links(document)]
    wrong = [pair for pair in found if pair[1].wrong and kind in (None, pair[1].mention.mention.kind)]
    for document, link in random.Random(0).sample(wrong, min(errors, len(wrong))):
        click.echo(shown(document, link))
    every = [link for _, link in found]
    click.echo(f"{part}: {len(documents)} documents\n{table(every)}")
    if check:
        digest = {path.name: hashlib.sha256(path.read_bytes()).hexdigest()}
        sys.exit(0 if _floors_hold(part, digest, figures(every), lift) else 1)


def _floors_hold(part: str, digest: dict[str, str], measured: dict[str, float], lift: bool) -> bool:
    pinned = floors.read(FLOORS)
    kept = floors.check(part, digest, measured, pinned)
    click.echo(kept.table)
    if lift:
        pinned[part] = floors.raised(pinned.get(part, floors.Pinned()), digest, measured)
        floors.write(pinned, FLOORS)
    return kept.ok


if __name__ == "__main__":
    main()
