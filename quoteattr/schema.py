"""The classes of articles and results.

All of them are frozen: no stage of the library changes a value, each returns new ones (``attrs.evolve``).
Offsets are characters of the text exactly as it was given, end exclusive, so that
``article.text[span.start:span.end] == span.text`` always holds.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from pkgutil import resolve_name
from typing import Any, Literal

import attrs
from attrs import Attribute

QuotationKind = Literal["direct", "mixed", "indirect"]
MentionKind = Literal["name", "nominal", "pronoun"]
SpeakerKind = Literal["person", "organisation", "unnamed"]
Relation = Literal["whole", "part", "edited"]
ConflictKind = Literal["speaker", "wording"]

NAMES_AND_TERMS = frozenset({"nickname", "named", "programme", "unsaid", "title", "term"})
"""The values of `Attribution.decided_by` by which a quotation is a name, a title, a term or words that were
not said, so that nobody speaks it. The registry of rules reads them from here, because deduplication needs
them without loading the rules."""

RendererName = Literal["article_page", "article_fragment", "utterance_page", "utterance_fragment"]

_SHOWN_VALUE = 60
"""Characters of a wrong value that a message shows."""


def _is(
    kind: type, wanted: str, *, optional: bool = True
) -> Callable[[object, Attribute[Any], object], None]:
    """Returns a validator that names the field, what it accepts and what it got."""

    def check(instance: object, field: Attribute[Any], value: object) -> None:
        if not isinstance(value, kind) and not (optional and value is None):
            shown = repr(value)[:_SHOWN_VALUE]
            raise TypeError(f"{field.name} must be {wanted}, got {shown} ({type(value).__name__})")

    return check


_optional_str = _is(str, "a str or None")
_renderers: dict[RendererName, str] = {}


def register_renderers(functions: Mapping[RendererName, str]) -> None:
    """Sets the functions that render results as HTML, so that this module does not import them.

    Args:
        functions: the function of each renderer as "module:function", which is imported at the first call.
            The function takes the result and returns HTML.
    """
    _renderers.update(functions)


def _rendered(name: RendererName, result: AttributedArticle | Utterance) -> str:
    page: str = resolve_name(_renderers[name])(result)
    return page


@attrs.frozen
class Span:
    """A stretch of an article's text.

    >>> Span.of("He left.", 3, 7)
    Span(start=3, end=7, text='left')
    """

    start: int
    """First character, counted in the text as given."""
    end: int
    """One past the last character."""
    text: str
    """The characters themselves."""

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Span:
        """The span ``text[start:end]``."""
        return cls(start, end, text[start:end])

    def __len__(self) -> int:
        return self.end - self.start


def _day(value: datetime.date | None) -> datetime.date | None:
    """Returns the date of a datetime, and other dates unchanged; None for NaT, the missing datetime of
    pandas."""
    if not isinstance(value, datetime.datetime):
        return value
    return value.date() if value == value else None


@attrs.frozen
class Article:
    """A news text with its metadata, as the caller gives it.

    Any str is accepted, even with control characters or lone surrogates (as ``surrogateescape`` makes them),
    and is never changed. Only Arrow tables and files in UTF-8 cannot hold lone surrogates.

    Raises:
        TypeError: if a field has another type.

    >>> Article("“Yes,” she said.", id="a1", publisher="The Daily Record").publisher
    'The Daily Record'
    """

    text: str = attrs.field(validator=_is(str, "a str", optional=False))
    """The text. The library never changes it."""
    id: str | None = attrs.field(default=None, validator=_optional_str)
    """The caller's identifier of the article."""
    publisher: str | None = attrs.field(default=None, validator=_optional_str)
    """Name of the publication that carries the article. It is not the outlet that a speaker talked to."""
    published: datetime.date | None = attrs.field(
        default=None, converter=_day, validator=_is(datetime.date, "a date, a datetime or None")
    )
    """Day of publication. A datetime is reduced to its date, in its own time zone."""
    url: str | None = attrs.field(default=None, validator=_optional_str)
    """Web address."""

    @classmethod
    def of(cls, text: str | Article) -> Article:
        """Returns an article unchanged, and a text as an article without metadata.

        Raises:
            TypeError: if it is neither a str nor an Article.

        >>> Article.of("It rained.").text
        'It rained.'
        """
        if isinstance(text, Article):
            return text
        if isinstance(text, str):
            return cls(text)
        raise TypeError(f"an article must be a str or an Article, got {type(text).__name__}")


@attrs.frozen
class Quotation:
    """Words between quotation marks, or words that the text reports without them.

    >>> said = Span(0, 5, "“Yes”")
    >>> Quotation(Span(1, 4, "Yes"), said).parts
    (Span(start=1, end=4, text='Yes'),)
    """

    content: Span
    """The words without the marks. If there are several parts, from the first to the last of them."""
    outer: Span
    """The words with their marks: both, or only one if the other is missing in the text. Equal to `content`
    if the kind is not "direct"."""
    kind: QuotationKind = "direct"
    """"direct": between marks. Only with ``attribute(text, indirect=True)``: "indirect", reported without
    marks (he said |prices would fall|); "mixed", with marks around some of the words (he said |prices would
    “fall off a cliff”|)."""
    parts: tuple[Span, ...] = attrs.field(
        default=attrs.Factory(lambda self: (self.content,), takes_self=True), repr=False
    )
    """The words of `content` in pieces, if others divide them (|The plan|, he said, |is over|); `content`
    alone if not."""


@attrs.frozen
class Mention:
    """The words that refer to the speaker near a quotation: "the foreign secretary", "he"."""

    span: Span
    """The words."""
    kind: MentionKind
    """"name" (Liz Truss), "nominal" (the foreign secretary) or "pronoun" (she)."""


@attrs.frozen(cache_hash=True)
class Speaker:
    """A speaker of an article: a person, an organisation or an unnamed speaker."""

    name: str
    """The fullest name in the article without courtesy titles; for an unnamed speaker the fullest noun phrase
    without its article ("Border Force spokesman")."""
    kind: SpeakerKind
    """"person", "organisation" or "unnamed"."""
    aliases: tuple[str, ...] = ()
    """The other forms of the name in the article, in order of appearance, without pronouns."""


@attrs.frozen
class Outlet:
    """The newspaper, broadcaster or site that a speaker talked to or wrote for, according to the text ("told
    the Sunday Telegraph")."""

    name: str
    """The outlet's name without its article."""
    span: Span
    """Where the text names it. In an interview this may be several sentences away from the quotation."""


@attrs.frozen
class Attribution:
    """A quotation with its cue, speaker and outlet. What was not found is None."""

    quotation: Quotation
    """The quotation."""
    cue: Span | None = None
    """The verb or phrase of saying ("said", "according to")."""
    mention: Mention | None = None
    """The words nearby that refer to the speaker."""
    speaker: Speaker | None = None
    """The speaker. None also if nobody speaks the words: a title, a nickname, a scare quote."""
    outlet: Outlet | None = None
    """The outlet that the speaker talked to or wrote for, if the text names it."""
    statement: int | None = None
    """Number of the statement in the article, from 0. If "she wrote" or the end of a paragraph divides a
    quotation, its parts have the same number."""
    confidence: float = 0.0
    """Probability, from 0 to 1, that the speaker (or None) is correct."""
    decided_by: str | None = None
    """Name of the rule that chose the mention, or that found that nobody speaks."""
    resolved_by: str | None = None
    """Name of the coreference sieve that identified the speaker."""

    def withheld(self) -> Attribution:
        """Returns the attribution without its speaker and the fields that depend on the speaker."""
        return attrs.evolve(
            self, cue=None, mention=None, speaker=None, outlet=None, statement=None, resolved_by=None
        )


@attrs.frozen
class AttributedArticle:
    """An article with its attributions. Iterates over the attributions, in the order of the text."""

    article: Article
    """The article. Its publisher is set if the text names it and the caller did not."""
    attributions: tuple[Attribution, ...] = ()
    """One attribution for each quotation."""
    speakers: tuple[Speaker, ...] = ()
    """The speakers, in order of first quotation."""

    def __iter__(self) -> Iterator[Attribution]:
        return iter(self.attributions)

    def __len__(self) -> int:
        return len(self.attributions)

    def to_html(self) -> str:
        """Returns an HTML document that shows the article with its quotations and speakers.

        >>> AttributedArticle(Article("“Go,” she said.")).to_html()[:15]
        '<!doctype html>'
        """
        return _rendered("article_page", self)

    def _repr_html_(self) -> str:
        """The article as HTML for a notebook cell."""
        return _rendered("article_fragment", self)


@attrs.frozen
class Edit:
    """Words in which an appearance differs from the canonical wording. Either side may be empty."""

    canonical: Span
    """The words of the canonical wording; offsets are characters of ``Utterance.text``."""
    printed: Span
    """The words of the article; offsets are characters of its text."""


@attrs.frozen
class Appearance:
    """A quotation in an article that contains an utterance or a part of it."""

    article: Article
    """The article."""
    attribution: Attribution
    """The attribution of the quotation."""
    relation: Relation
    """Relation of its words to the canonical wording: "whole", "part", or "edited" if words differ. These do
    not count as edits: different marks, punctuation or spelling, an ellipsis, a bracketed insertion."""
    outlet: Outlet | None = None
    """The outlet. If this article names none, it may be inferred from another appearance."""
    outlet_inferred: bool = False
    """Whether the outlet is inferred. Its span then refers to the text of the article that names it."""
    covers: tuple[Span, ...] = ()
    """The parts of the canonical wording that it contains; offsets are characters of ``Utterance.text``.
    There are several if an ellipsis replaces words between them."""
    edits: tuple[Edit, ...] = ()
    """The words that differ, in order."""


@attrs.frozen
class Conflict:
    """A contradiction between the appearances of an utterance."""

    kind: ConflictKind
    """"speaker": the same words are attributed to another speaker. "wording": words differ."""
    appearance: Appearance
    """The appearance that differs. For "speaker" it may belong to another utterance."""
    detail: str
    """The name of the other speaker, or the differing words of the article."""


@attrs.frozen
class Utterance:
    """Words that a speaker said on one occasion, with their quotations in one or more articles."""

    text: str
    """The canonical wording."""
    speaker: Speaker | None
    """The speaker, with the aliases of all articles; None if nobody speaks the words."""
    appearances: tuple[Appearance, ...]
    """The quotations that contain it or a part of it, earliest first; those without a date come last."""
    outlets: tuple[str, ...] = ()
    """Names of the outlets that the speaker talked to or wrote for."""
    publishers: tuple[str, ...] = ()
    """Names of the publications that carry it, in order of first appearance."""
    conflicts: tuple[Conflict, ...] = ()
    """The contradictions between appearances about the speaker or the words."""

    @property
    def articles(self) -> tuple[Article, ...]:
        """The distinct articles in which it appears, earliest first."""
        return tuple(dict.fromkeys(appearance.article for appearance in self.appearances))

    @property
    def first(self) -> Appearance:
        """The earliest appearance."""
        return self.appearances[0]

    def to_html(self) -> str:
        """Returns an HTML document that shows the utterance with all its appearances.

        >>> Utterance("Go", None, ()).to_html()[:15]
        '<!doctype html>'
        """
        return _rendered("utterance_page", self)

    def _repr_html_(self) -> str:
        """The utterance as HTML for a notebook cell."""
        return _rendered("utterance_fragment", self)
