"""Writes results as TEI P5: the text with ``<said who="#s1">`` around each quotation with a speaker.

Paragraphs are ``<p>`` elements. The body has the article's text, character for character; white space between
paragraphs is at the end of the first one. Speakers are listed in the header. Needs lxml: extra "tei".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import attrs
import regex

from quoteattr import __version__
from quoteattr.layout import escape_unseen, paragraphs
from quoteattr.records import cut_confidence, made_by
from quoteattr.schema import Article, AttributedArticle, Speaker

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

NAMESPACE = "http://www.tei-c.org/ns/1.0"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# The characters that XML 1.0 cannot contain: most control characters, and lone surrogates.
_NO_XML = regex.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")


@attrs.frozen
class _Mark:
    """An element that will enclose a stretch of the text."""

    start: int
    end: int
    tag: str
    attributes: dict[str, str]


def to_tei(results: Iterable[AttributedArticle]) -> str:
    """Returns a TEI document; for several articles, a teiCorpus.

    A quotation with a speaker is a ``said`` element with the speaker (``who``) and the confidence (``cert``,
    0 to 1); the parts of one statement refer to each other (``next``, ``prev``). A quotation without a
    speaker is ``q``. Speech without marks is ``said`` with ``direct="false"``; if it is in parts, they refer
    to each other. Mentions are ``rs``, cues ``seg``, outlets ``name``. If two elements overlap without
    nesting, the later one is left out. Characters that XML cannot contain become U+FFFD; other control
    characters and those for the direction of writing are character references.

    Raises:
        ImportError: if lxml is not installed; the message says how to install it.
        ValueError: if there is no article.

    >>> from quoteattr import Attribution, Quotation, Span
    >>> text = "“Yes,” said Ann Lee."
    >>> ann = Speaker("Ann Lee", "person")
    >>> said = Attribution(Quotation(Span.of(text, 1, 5), Span.of(text, 0, 6)), speaker=ann, confidence=0.9)
    >>> document = to_tei([AttributedArticle(Article(text, id="a1"), (said,), (ann,))])
    >>> document[document.index("<p>“") : document.rindex("</p>")]
    '<p>“<said xml:id="a1-q0" who="#a1-s0" cert="0.9">Yes,</said>” said Ann Lee.'
    """
    etree = _etree()
    articles = list(results)
    if not articles:
        raise ValueError("TEI needs at least one article, got none")
    root = etree.Element(
        f"{{{NAMESPACE}}}{'TEI' if len(articles) == 1 else 'teiCorpus'}", nsmap={None: NAMESPACE}
    )
    if len(articles) == 1:
        _write(root, articles[0], "a1")
    else:
        _header(root, Article("", id="articles"), (), "")
        for number, result in enumerate(articles, 1):
            _write(_add(root, "TEI"), result, f"a{number}")
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return escape_unseen(written.decode("utf-8"), "&#x{:x};") + "\n"


def _etree() -> Any:
    try:
        from lxml import etree
    except ImportError:
        raise ImportError("TEI needs lxml: pip install 'quoteattr[tei]'") from None
    return etree


def _write(root: Element, result: AttributedArticle, prefix: str) -> None:
    """Adds an article to its element; `prefix` distinguishes the ids of several articles."""
    _header(root, result.article, result.speakers, prefix)
    body = _add(_add(root, "text"), "body")
    body.set(_XML_SPACE, "preserve")
    marks = _nested(_marks(result, prefix))
    for start, end in _stretches(result.article.text, marks):
        inside = [mark for mark in marks if start <= mark.start and mark.end <= end]
        _fill(_add(body, "p"), result.article.text, start, end, inside)


def _add(parent: Element, tag: str, text: str | None = None, **attributes: str) -> Element:
    """Adds a child element at the end and returns it."""
    child = parent.makeelement(f"{{{NAMESPACE}}}{tag}", attributes)
    child.text = text and _valid_xml(text)
    parent.append(child)
    return child


def _valid_xml(text: str) -> str:
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", text)


# Header


def _header(root: Element, article: Article, speakers: Sequence[Speaker], prefix: str) -> None:
    header = _add(root, "teiHeader")
    file = _add(header, "fileDesc")
    _add(_add(file, "titleStmt"), "title", article.id or "untitled")
    _publication(_add(file, "publicationStmt"), article)
    source = _add(file, "sourceDesc")
    if article.url:
        _add(_add(_add(source, "bibl"), "ref", article.url), "ptr", target=_iri(article.url))
    else:
        _add(source, "p", "The text as it was given.")
    tools = _add(_add(header, "encodingDesc"), "appInfo")
    _add(_add(tools, "application", ident="quoteattr", version=__version__), "label", made_by())
    if speakers:
        _people(_add(_add(header, "profileDesc"), "particDesc"), speakers, prefix)


def _iri(url: str) -> str:
    return quote(_valid_xml(url), safe="/:?#[]@!$&'()*+,;=%~")


def _publication(statement: Element, article: Article) -> None:
    if article.publisher is None and article.published is None:
        _add(statement, "p", "Not known.")
        return
    _add(statement, "publisher", article.publisher or "Not known")
    if article.published is not None:
        day = article.published.isoformat()[:10]
        _add(statement, "date", day, when=day)


def _people(described: Element, speakers: Sequence[Speaker], prefix: str) -> None:
    """Adds a list of persons and unnamed speakers, and one of organisations, with numbered ids."""
    for tag, item, name, kinds in (
        ("listPerson", "person", "persName", ("person", "unnamed")),
        ("listOrg", "org", "orgName", ("organisation",)),
    ):
        members = [(n, speaker) for n, speaker in enumerate(speakers) if speaker.kind in kinds]
        listed = _add(described, tag) if members else described
        for number, speaker in members:
            entry = _add(listed, item, **{_ID: f"{prefix}-s{number}"}, role=speaker.kind)
            for form in (speaker.name, *speaker.aliases):
                _add(entry, name, form)


# Body


def _marks(result: AttributedArticle, prefix: str) -> list[_Mark]:
    ids = {speaker: f"{prefix}-s{n}" for n, speaker in enumerate(result.speakers)}
    found: dict[tuple[int, int, str], _Mark] = {}

    def mark(span: Any, tag: str, **attributes: str) -> None:
        if span.end > span.start:
            found.setdefault((span.start, span.end, tag), _Mark(span.start, span.end, tag, attributes))

    for number, attribution in enumerate(result):
        speaker_id = ids.get(attribution.speaker) if attribution.speaker else None
        attributes = _quotation_attributes(result, number, speaker_id, prefix)
        parts = attribution.quotation.parts
        for part, span in enumerate(parts):
            linked = attributes | _part_attributes(f"{prefix}-q{number}", part, len(parts))
            mark(span, "said" if speaker_id or attribution.quotation.kind != "direct" else "q", **linked)
        if attribution.mention:
            mark(
                attribution.mention.span,
                "rs",
                **({"ref": f"#{speaker_id}"} if speaker_id else {}),
                type="speaker",
            )
        if attribution.cue:
            mark(attribution.cue, "seg", type="cue")
        if attribution.outlet:
            mark(attribution.outlet.span, "name", type="outlet")
    return list(found.values())


def _quotation_attributes(
    result: AttributedArticle, number: int, speaker_id: str | None, prefix: str
) -> dict[str, str]:
    attribution = result.attributions[number]
    attributes = {_ID: f"{prefix}-q{number}"}
    if speaker_id:
        attributes |= {"who": f"#{speaker_id}", "cert": f"{cut_confidence(attribution.confidence, 3):.3g}"}
    if attribution.quotation.kind != "direct":
        attributes["direct"] = "false"
    elif attribution.statement is not None:
        same = (n for n, other in enumerate(result) if other.statement == attribution.statement)
        parts = [n for n in same if result.attributions[n].quotation.kind == "direct"]
        index = parts.index(number)
        attributes |= {"prev": f"#{prefix}-q{parts[index - 1]}"} if index else {}
        attributes |= {"next": f"#{prefix}-q{parts[index + 1]}"} if index + 1 < len(parts) else {}
    return attributes


def _part_attributes(name: str, part: int, parts: int) -> dict[str, str]:
    """The id of a part of a quotation, and its links to the parts before and after it."""
    ids = [name, *(f"{name}-{number}" for number in range(1, parts))]
    attributes = {_ID: ids[part]}
    attributes |= {"prev": f"#{ids[part - 1]}"} if part else {}
    return attributes | ({"next": f"#{ids[part + 1]}"} if part + 1 < parts else {})


def _nested(marks: Sequence[_Mark]) -> list[_Mark]:
    """The marks, outer ones first. A mark that overlaps an earlier one without nesting in it is left out."""
    nested: list[_Mark] = []
    for mark in sorted(marks, key=lambda m: (m.start, -m.end, m.tag != "said")):
        if not any(other.start < mark.start < other.end < mark.end for other in nested):
            nested.append(mark)
    return nested


def _stretches(text: str, marks: Sequence[_Mark]) -> list[tuple[int, int]]:
    """Divides the text at the start of each paragraph after the first, except inside marks."""
    starts = [start for start, _ in paragraphs(text)][1:]
    cuts = [s for s in starts if not any(m.start < s < m.end for m in marks)]
    return list(zip([0, *cuts], [*cuts, len(text)], strict=True))


def _fill(element: Element, text: str, start: int, end: int, marks: Sequence[_Mark]) -> None:
    """Adds a stretch of the text to an element, with the marks inside it as child elements."""
    rest = list(marks)
    at, last = start, None
    while rest:
        mark = rest.pop(0)
        inner = [m for m in rest if m.end <= mark.end]
        rest = rest[len(inner) :]
        _append(element, last, _valid_xml(text[at : mark.start]))
        last = _add(element, mark.tag, **mark.attributes)
        _fill(last, text, mark.start, mark.end, inner)
        at = mark.end
    _append(element, last, _valid_xml(text[at:end]))


def _append(element: Element, last: Element | None, text: str) -> None:
    if last is None:
        element.text = (element.text or "") + text
    else:
        last.tail = (last.tail or "") + text
