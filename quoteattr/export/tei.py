"""Results as TEI P5: the text as it came, with ``<said who="#s1">`` around what somebody says.

Paragraphs are ``<p>``; the text of the body is the article's, character for character, white space between
paragraphs at the end of the first. Speakers stand in the header and are pointed at. Needs lxml: extra "tei".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import attrs
import regex

from quoteattr import __version__
from quoteattr.layout import paragraphs
from quoteattr.schema import Article, AttributedArticle, Attribution, Speaker

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

NAMESPACE = "http://www.tei-c.org/ns/1.0"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# What XML 1.0 cannot carry, in any form: most control characters, halves of surrogate pairs.
_NO_XML = regex.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")


@attrs.frozen
class _Mark:
    """An element around a stretch of the text."""

    start: int
    end: int
    tag: str
    attributes: dict[str, str]


def to_tei(results: Iterable[AttributedArticle]) -> str:
    """A TEI document; of several articles, a teiCorpus.

    A quotation is ``said``, with its speaker (``who``) and how sure that is (``cert``, 0 to 1); pieces of one
    statement point at each other (``next``, ``prev``). One that nobody speaks is ``q``. The words that name
    the speaker are ``rs``, cues ``seg``, outlets ``name``; where two of them overlap and neither holds the
    other, the later is left out. A character that XML cannot carry becomes U+FFFD.

    Raises:
        ImportError: if lxml is not installed; says how to get it.
        ValueError: if there is no article.

    >>> from quoteattr import Quotation, Span
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
    return written.decode("utf-8") + "\n"


def _etree() -> Any:
    try:
        from lxml import etree
    except ImportError:
        raise ImportError("TEI needs lxml: pip install 'quoteattr[tei]'") from None
    return etree


def _write(root: Element, result: AttributedArticle, prefix: str) -> None:
    """Put one article into its element; `prefix` keeps ids apart in a corpus."""
    _header(root, result.article, result.speakers, prefix)
    body = _add(_add(root, "text"), "body")
    body.set(_XML_SPACE, "preserve")
    marks = _nested(_marks(result, prefix))
    for start, end in _stretches(result.article.text, marks):
        inside = [mark for mark in marks if start <= mark.start and mark.end <= end]
        _fill(_add(body, "p"), result.article.text, start, end, inside)


def _add(parent: Element, tag: str, text: str | None = None, **attributes: str) -> Element:
    """A new last child."""
    child = parent.makeelement(f"{{{NAMESPACE}}}{tag}", attributes)
    child.text = text and _carried(text)
    parent.append(child)
    return child


def _carried(text: str) -> str:
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", text)


# --- header ------------------------------------------------------------------------------------------------


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
    _add(_add(tools, "application", ident="quoteattr", version=__version__), "label", "quoteattr")
    if speakers:
        _people(_add(_add(header, "profileDesc"), "particDesc"), speakers, prefix)


def _iri(url: str) -> str:
    return quote(url, safe="/:?#[]@!$&'()*+,;=%~")


def _publication(statement: Element, article: Article) -> None:
    if article.publisher is None and article.published is None:
        _add(statement, "p", "Not known.")
        return
    _add(statement, "publisher", article.publisher or "Not known")
    if article.published is not None:
        day = article.published.isoformat()[:10]
        _add(statement, "date", day, when=day)


def _people(described: Element, speakers: Sequence[Speaker], prefix: str) -> None:
    """Persons and unnamed voices in one list, bodies in another; numbers are places in `speakers`."""
    for tag, item, name, kinds in (
        ("listPerson", "person", "persName", ("person", "unnamed")),
        ("listOrg", "org", "orgName", ("organisation",)),
    ):
        held = [(n, speaker) for n, speaker in enumerate(speakers) if speaker.kind in kinds]
        listed = _add(described, tag) if held else described
        for number, speaker in held:
            entry = _add(listed, item, **{_ID: f"{prefix}-s{number}"}, role=speaker.kind)
            for form in (speaker.name, *speaker.aliases):
                _add(entry, name, form)


# --- body --------------------------------------------------------------------------------------------------


def _marks(result: AttributedArticle, prefix: str) -> list[_Mark]:
    numbers = {speaker: f"{prefix}-s{n}" for n, speaker in enumerate(result.speakers)}
    found: dict[tuple[int, int, str], _Mark] = {}

    def mark(span: Any, tag: str, **attributes: str) -> None:
        if span.end > span.start:
            found.setdefault((span.start, span.end, tag), _Mark(span.start, span.end, tag, attributes))

    for number, attribution in enumerate(result):
        who = numbers.get(attribution.speaker) if attribution.speaker else None
        held = attribution.quotation.content
        mark(held, "said" if who else "q", **_of_quotation(result, number, attribution, who, prefix))
        if attribution.mention:
            mark(attribution.mention.span, "rs", **({"ref": f"#{who}"} if who else {}), type="speaker")
        if attribution.cue:
            mark(attribution.cue, "seg", type="cue")
        if attribution.outlet:
            mark(attribution.outlet.span, "name", type="outlet")
    return list(found.values())


def _of_quotation(
    result: AttributedArticle, number: int, attribution: Attribution, who: str | None, prefix: str
) -> dict[str, str]:
    found = {_ID: f"{prefix}-q{number}"}
    if who:
        found |= {"who": f"#{who}", "cert": f"{attribution.confidence:.3g}"}
    if attribution.statement is not None:
        same = [n for n, other in enumerate(result) if other.statement == attribution.statement]
        at = same.index(number)
        found |= {"prev": f"#{prefix}-q{same[at - 1]}"} if at else {}
        found |= {"next": f"#{prefix}-q{same[at + 1]}"} if at + 1 < len(same) else {}
    return found


def _nested(marks: Sequence[_Mark]) -> list[_Mark]:
    """The marks, outer before inner, without those that cross one before them."""
    kept: list[_Mark] = []
    for mark in sorted(marks, key=lambda m: (m.start, -m.end, m.tag != "said")):
        if not any(other.start < mark.start < other.end < mark.end for other in kept):
            kept.append(mark)
    return kept


def _stretches(text: str, marks: Sequence[_Mark]) -> list[tuple[int, int]]:
    """The text cut before every paragraph but the first, never inside a mark; a text of nothing is one."""
    starts = [start for start, _ in paragraphs(text)][1:]
    cuts = [s for s in starts if not any(m.start < s < m.end for m in marks)]
    return list(zip([0, *cuts], [*cuts, len(text)], strict=True))


def _fill(element: Element, text: str, start: int, end: int, marks: Sequence[_Mark]) -> None:
    """Put a stretch of the text into an element, with the marks that lie in it as its children."""
    rest = list(marks)
    at, last = start, None
    while rest:
        mark = rest.pop(0)
        inner = [m for m in rest if m.end <= mark.end]
        rest = rest[len(inner) :]
        _append(element, last, _carried(text[at : mark.start]))
        last = _add(element, mark.tag, **mark.attributes)
        _fill(last, text, mark.start, mark.end, inner)
        at = mark.end
    _append(element, last, _carried(text[at:end]))


def _append(element: Element, last: Element | None, text: str) -> None:
    if last is None:
        element.text = (element.text or "") + text
    else:
        last.tail = (last.tail or "") + text
