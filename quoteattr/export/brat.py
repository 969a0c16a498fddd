"""Writes results as brat standoff, which annotators can correct, and reads corrected standoff as gold
records.

The ``.txt`` file is the unchanged article. In the ``.ann`` file every quotation, mention, cue and outlet is a
text-bound annotation; relations Speaker, Cue and GivenTo lead from a quotation to the others, and a note on
the quotation has the speaker's name. `CONFIGURATION` is the ``annotation.conf`` for brat. The format:
https://brat.nlplab.org/standoff.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs
import regex

from quoteattr.layout import one_line, visible
from quoteattr.schema import AttributedArticle, Attribution, QuotationKind, Span

CONFIGURATION = """\
[entities]
Quotation
Mixed
Indirect
Mention
Cue
Outlet

[relations]
Speaker	Arg1:Quotation|Mixed|Indirect, Arg2:Mention
Cue	Arg1:Quotation|Mixed|Indirect, Arg2:Cue
GivenTo	Arg1:Quotation|Mixed|Indirect, Arg2:Outlet
<OVERLAP>	Arg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>

[events]

[attributes]
"""
"""The annotation.conf for these annotations."""

QUOTATIONS: dict[str, QuotationKind] = {"Quotation": "direct", "Mixed": "mixed", "Indirect": "indirect"}
"""The annotations of quotations, and the kind of quotation that each is."""
_ANNOTATIONS = {kind: name for name, kind in QUOTATIONS.items()}
_NOTE = "AnnotatorNotes"
_BREAKS = regex.compile(r"[\n\r]+")


def to_brat(result: AttributedArticle) -> str:
    """Returns the ``.ann`` file of an article.

    Annotations in brat cannot contain line breaks: an annotation over two lines consists of fragments. Line
    breaks in notes become spaces. In the copies of the annotated words, which repeat what the offsets say,
    control characters and those for the direction of writing are symbols of the same length.

    >>> from quoteattr import Article, Quotation, Speaker
    >>> text = "“Yes,” said Ann Lee."
    >>> said = Attribution(
    ...     Quotation(Span.of(text, 1, 5), Span.of(text, 0, 6)), cue=Span.of(text, 7, 11),
    ...     speaker=Speaker("Ann Lee", "person"),
    ... )
    >>> print(to_brat(AttributedArticle(Article(text), (said,))).replace(chr(9), " | "), end="")
    T1 | Quotation 1 5 | Yes,
    T2 | Cue 7 11 | said
    R1 | Cue Arg1:T1 Arg2:T2
    #1 | AnnotatorNotes T1 | Ann Lee
    """
    lines = _AnnotationLines(result.article.text)
    for attribution in result:
        lines.add(attribution)
    return "".join(f"{line}\n" for line in (*lines.entities.values(), *lines.relations, *lines.notes))


@attrs.define
class _AnnotationLines:
    """The lines of an ``.ann`` file, collected quotation by quotation."""

    text: str
    entities: dict[tuple[str, int, int], str] = attrs.field(factory=dict)
    relations: list[str] = attrs.field(factory=list)
    notes: list[str] = attrs.field(factory=list)

    def add(self, attribution: Attribution) -> None:
        """Adds the lines of one quotation."""
        said = attribution.quotation
        quotation = self._entity(_ANNOTATIONS[said.kind], *said.parts)
        mention, outlet = attribution.mention, attribution.outlet
        for relation, kind, span in (
            ("Speaker", "Mention", mention and mention.span),
            ("Cue", "Cue", attribution.cue),
            ("GivenTo", "Outlet", outlet and outlet.span),
        ):
            if span and quotation and (other := self._entity(kind, span)):
                self.relations.append(f"R{len(self.relations) + 1}\t{relation} Arg1:{quotation} Arg2:{other}")
        if attribution.speaker and quotation:
            name = visible(one_line(attribution.speaker.name))
            self.notes.append(f"#{len(self.notes) + 1}\t{_NOTE} {quotation}\t{name}")

    def _entity(self, kind: str, *spans: Span) -> str | None:
        """Returns the id of the annotation of some spans, and adds the annotation if it is new. None if they
        consist of line breaks."""
        key = (kind, spans[0].start, spans[-1].end)
        if key not in self.entities:
            fragments = [fragment for span in spans for fragment in _fragments(self.text, span)]
            if not fragments:
                return None
            offsets = ";".join(f"{start} {end}" for start, end in fragments)
            words = visible(" ".join(self.text[start:end] for start, end in fragments), kept="")
            self.entities[key] = f"T{len(self.entities) + 1}\t{kind} {offsets}\t{words}"
        return self.entities[key].partition("\t")[0]


def _fragments(text: str, span: Span) -> Iterator[tuple[int, int]]:
    """Yields the stretches between line breaks."""
    start = span.start
    for match in [*_BREAKS.finditer(text, span.start, span.end), None]:
        end = match.start() if match else span.end
        if end > start:
            yield start, end
        start = match.end() if match else end


# Reading standoff


def gold_from_brat(name: str, text: str, ann: str) -> dict[str, Any]:
    """Returns a gold record for ``benchmarks.evaluate`` from standoff that annotators have corrected.

    Args:
        name: the record's id.
        text: the content of the ``.txt`` file.
        ann: the content of the ``.ann`` file. Annotations, relations and notes of other kinds are ignored.

    Returns:
        ``{"id", "text", "quotes"}``. Each quotation has "start", "end", "entity" (the names in its note,
        separated by ";", fullest first; None without a note: nobody speaks) and "outlet"; if it has a
        mention, also "speaker_spans" and "speaker_text"; if it is speech without marks, also "kind" and
        "content_spans".

    Raises:
        ValueError: if a line is malformed or refers to a missing annotation; the message says which.

    >>> record = gold_from_brat("a1", "“Yes,” said Ann Lee.", '''\\
    ... T1\\tQuotation 1 5\\tYes,
    ... T2\\tMention 12 19\\tAnn Lee
    ... R1\\tSpeaker Arg1:T1 Arg2:T2
    ... #1\\tAnnotatorNotes T1\\tAnn Lee; Lee
    ... ''')
    >>> record["quotes"][0]["speaker_text"], record["quotes"][0]["entity"]
    ('Ann Lee', ['Ann Lee', 'Lee'])
    """
    standoff = _read(text, ann)
    keys = [key for key, (kind, _) in standoff.entities.items() if kind in QUOTATIONS]
    quotes = [_gold_quotation(text, standoff, key) for key in keys]
    return {"id": name, "text": text, "quotes": sorted(quotes, key=lambda q: (q["start"], -q["end"]))}


@attrs.frozen
class _Standoff:
    """The content of an ``.ann`` file."""

    entities: dict[str, tuple[str, tuple[tuple[int, int], ...]]]
    relations: list[tuple[str, str, str]]
    notes: dict[str, str]

    def targets(self, relation: str, start: str) -> list[tuple[tuple[int, int], ...]]:
        """Returns the fragments of all annotations to which a relation leads from the given one."""
        return [self.entities[b][1] for name, a, b in self.relations if name == relation and a == start]


def _gold_quotation(text: str, standoff: _Standoff, key: str) -> dict[str, Any]:
    annotation, fragments = standoff.entities[key]
    mentions = [(parts[0][0], parts[-1][1]) for parts in standoff.targets("Speaker", key)]
    outlets = [(parts[0][0], parts[-1][1]) for parts in standoff.targets("GivenTo", key)]
    names = [name.strip() for name in standoff.notes.get(key, "").split(";") if name.strip()]
    found: dict[str, Any] = {
        "start": fragments[0][0],
        "end": fragments[-1][1],
        "entity": names or None,
        "outlet": text[outlets[0][0] : outlets[0][1]] if outlets else None,
    }
    if QUOTATIONS[annotation] != "direct":
        found |= {"kind": QUOTATIONS[annotation], "content_spans": list(map(list, fragments))}
    if mentions:
        found["speaker_spans"] = list(map(list, mentions))
        found["speaker_text"] = " ".join(text[start:end] for start, end in mentions)
    return found


_ENTITY = regex.compile(r"(T\S+)\t(\S+) (\d++ \d++(?:;\d++ \d++)*+)\t.*")
_RELATION = regex.compile(r"R\S+\t(\S+) Arg1:(\S+) Arg2:(\S+)\s*")
_NOTE_LINE = regex.compile(rf"#\S+\t{_NOTE} (\S+)\t(.*)")


def _read(text: str, ann: str) -> _Standoff:
    standoff = _Standoff({}, [], {})
    for number, line in enumerate(ann.split("\n"), 1):
        if match := _ENTITY.fullmatch(line):
            pairs = [part.split() for part in match[3].split(";")]
            fragments = tuple((int(start), int(end)) for start, end in pairs)
            if not all(start < end <= len(text) for start, end in fragments):
                raise ValueError(f"line {number}: {match[3]} is not inside a text of {len(text)} characters")
            standoff.entities[match[1]] = (match[2], fragments)
        elif match := _RELATION.fullmatch(line):
            standoff.relations.append((match[1], match[2], match[3]))
        elif match := _NOTE_LINE.fullmatch(line):
            standoff.notes[match[1]] = match[2]
        elif line[:1] in ("T", "R"):
            raise ValueError(f"line {number}: not an annotation: {line!r}")
    _check(standoff)
    return standoff


def _check(standoff: _Standoff) -> None:
    ids = [end for _, a, b in standoff.relations for end in (a, b)] + list(standoff.notes)
    if missing := next((key for key in ids if key not in standoff.entities), None):
        raise ValueError(f"a relation or note refers to {missing}, which is missing")
