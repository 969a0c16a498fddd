"""Results as brat standoff, so that annotators can correct them, and corrected standoff as gold.

The ``.txt`` is the article as it came. In the ``.ann`` every quotation, mention, cue and outlet is a
text-bound annotation; relations Speaker, Cue and GivenTo lead from a quotation to the others, and the note on
a quotation is the speaker's name. `CONFIGURATION` is brat's annotation.conf. The form:
https://brat.nlplab.org/standoff.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs
import regex

from quoteattr.schema import AttributedArticle, Attribution, Span

CONFIGURATION = """\
[entities]
Quotation
Mention
Cue
Outlet

[relations]
Speaker	Arg1:Quotation, Arg2:Mention
Cue	Arg1:Quotation, Arg2:Cue
GivenTo	Arg1:Quotation, Arg2:Outlet
<OVERLAP>	Arg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>

[events]

[attributes]
"""
"""brat's annotation.conf for these annotations."""

_NOTE = "AnnotatorNotes"
_BREAKS = regex.compile(r"[\n\r]+")


def to_brat(result: AttributedArticle) -> str:
    """The ``.ann`` of an article.

    brat's annotations hold no line break: one over two lines is given in fragments. A note's line breaks
    become spaces.

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
    writer = _Writer(result.article.text)
    for attribution in result:
        writer.add(attribution)
    return "".join(f"{line}\n" for line in (*writer.entities.values(), *writer.relations, *writer.notes))


@attrs.define
class _Writer:
    """The lines of a file while it is written; never leaves this module."""

    text: str
    entities: dict[tuple[str, int, int], str] = attrs.field(factory=dict)
    relations: list[str] = attrs.field(factory=list)
    notes: list[str] = attrs.field(factory=list)

    def add(self, attribution: Attribution) -> None:
        """The lines of one quotation."""
        quotation = self._entity("Quotation", attribution.quotation.content)
        mention, outlet = attribution.mention, attribution.outlet
        for relation, kind, span in (
            ("Speaker", "Mention", mention and mention.span),
            ("Cue", "Cue", attribution.cue),
            ("GivenTo", "Outlet", outlet and outlet.span),
        ):
            if span and quotation and (other := self._entity(kind, span)):
                self.relations.append(f"R{len(self.relations) + 1}\t{relation} Arg1:{quotation} Arg2:{other}")
        if attribution.speaker and quotation:
            name = " ".join(attribution.speaker.name.split())
            self.notes.append(f"#{len(self.notes) + 1}\t{_NOTE} {quotation}\t{name}")

    def _entity(self, kind: str, span: Span) -> str | None:
        """The number of an annotation, new or as it is; None for a span of nothing but line breaks."""
        place = (kind, span.start, span.end)
        if place not in self.entities:
            held = list(_fragments(self.text, span))
            if not held:
                return None
            where = ";".join(f"{start} {end}" for start, end in held)
            words = " ".join(self.text[start:end] for start, end in held)
            self.entities[place] = f"T{len(self.entities) + 1}\t{kind} {where}\t{words}"
        return self.entities[place].partition("\t")[0]


def _fragments(text: str, span: Span) -> Iterator[tuple[int, int]]:
    """The stretches between line breaks."""
    at = span.start
    for match in [*_BREAKS.finditer(text, span.start, span.end), None]:
        end = match.start() if match else span.end
        if end > at:
            yield at, end
        at = match.end() if match else end


# --- back --------------------------------------------------------------------------------------------------


def gold_from_brat(name: str, text: str, ann: str) -> dict[str, Any]:
    """A gold record for ``benchmarks.evaluate`` from standoff that annotators have corrected.

    Args:
        name: the record's id.
        text: the ``.txt``.
        ann: the ``.ann``. Annotations, relations and notes of other kinds are passed over.

    Returns:
        ``{"id", "text", "quotes"}``; each quotation with "start", "end", "entity" (the names in its note,
        parted by ";", fullest first; None where it has no note: nobody speaks) and "outlet", and, where a
        mention is joined to it, "speaker_spans" and "speaker_text".

    Raises:
        ValueError: if a line cannot be read, or points at what is not there; says which line.

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
    keys = [key for key, (kind, _) in standoff.entities.items() if kind == "Quotation"]
    quotes = [_gold_quotation(text, standoff, key) for key in keys]
    return {"id": name, "text": text, "quotes": sorted(quotes, key=lambda q: (q["start"], -q["end"]))}


@attrs.frozen
class _Standoff:
    """What a file says."""

    entities: dict[str, tuple[str, tuple[tuple[int, int], ...]]]
    relations: list[tuple[str, str, str]]
    notes: dict[str, str]

    def ends(self, relation: str, start: str) -> list[tuple[tuple[int, int], ...]]:
        """The fragments of everything that a relation leads to."""
        return [self.entities[b][1] for name, a, b in self.relations if name == relation and a == start]


def _gold_quotation(text: str, standoff: _Standoff, key: str) -> dict[str, Any]:
    _, fragments = standoff.entities[key]
    mentions = [(held[0][0], held[-1][1]) for held in standoff.ends("Speaker", key)]
    outlets = [(held[0][0], held[-1][1]) for held in standoff.ends("GivenTo", key)]
    names = [name.strip() for name in standoff.notes.get(key, "").split(";") if name.strip()]
    found: dict[str, Any] = {
        "start": fragments[0][0],
        "end": fragments[-1][1],
        "entity": names or None,
        "outlet": text[outlets[0][0] : outlets[0][1]] if outlets else None,
    }
    if mentions:
        found["speaker_spans"] = list(map(list, mentions))
        found["speaker_text"] = " ".join(text[start:end] for start, end in mentions)
    return found


_ENTITY = regex.compile(r"(T\S+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)\t.*")
_RELATION = regex.compile(r"R\S+\t(\S+) Arg1:(\S+) Arg2:(\S+)\s*")
_NOTED = regex.compile(rf"#\S+\t{_NOTE} (\S+)\t(.*)")


def _read(text: str, ann: str) -> _Standoff:
    standoff = _Standoff({}, [], {})
    for number, line in enumerate(ann.split("\n"), 1):
        if match := _ENTITY.fullmatch(line):
            held = [part.split() for part in match[3].split(";")]
            places = tuple((int(start), int(end)) for start, end in held)
            if not all(start < end <= len(text) for start, end in places):
                raise ValueError(f"line {number}: {match[3]} is not inside a text of {len(text)} characters")
            standoff.entities[match[1]] = (match[2], places)
        elif match := _RELATION.fullmatch(line):
            standoff.relations.append((match[1], match[2], match[3]))
        elif match := _NOTED.fullmatch(line):
            standoff.notes[match[1]] = match[2]
        elif line[:1] in ("T", "R"):
            raise ValueError(f"line {number}: no annotation in standoff: {line!r}")
    _check(standoff)
    return standoff


def _check(standoff: _Standoff) -> None:
    points = [end for _, a, b in standoff.relations for end in (a, b)] + list(standoff.notes)
    if lost := next((point for point in points if point not in standoff.entities), None):
        raise ValueError(f"{lost} is pointed at and is not there")
