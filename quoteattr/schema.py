"""What goes in and what comes out, as frozen attrs classes.

Offsets are characters of the text exactly as it was given, end exclusive, so that
``article.text[span.start:span.end] == span.text`` always holds. Steps of the library never change a
value; they return new ones (``attrs.evolve``).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from pkgutil import resolve_name
from typing import Literal

import attrs
from attrs import validators

QuotationKind = Literal["direct", "indirect"]
MentionKind = Literal["name", "nominal", "pronoun"]
SpeakerKind = Literal["person", "organisation", "unnamed"]
Relation = Literal["whole", "part", "edited"]
ConflictKind = Literal["speaker", "wording"]

RendererName = Literal["article_page", "article_fragment", "utterance_page", "utterance_fragment"]

_optional_str = validators.optional(validators.instance_of(str))
_renderers: dict[RendererName, str] = {}


def register_renderers(functions: Mapping[RendererName, str]) -> None:
    """Name the functions that render results as HTML, so that this module need not import them.

    Args:
        functions: for each renderer its function as "module:function", imported at the first call. The
            function takes the result and returns HTML.
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


@attrs.frozen
class Article:
    """One news text, and what its owner knows of it.

    Raises:
        TypeError: if a field is not of its type ("text" must be a str, "published" a datetime.date).

    >>> Article("“Yes,” she said.", id="a1", publisher="The Daily Record").publisher
    'The Daily Record'
    """

    text: str = attrs.field(validator=validators.instance_of(str))
    """The text as it came; nothing in it is rewritten."""
    id: str | None = attrs.field(default=None, validator=_optional_str)
    """The caller's own name for the article."""
    publisher: str | None = attrs.field(default=None, validator=_optional_str)
    """Who printed it. Never confused with the outlet in which words were given."""
    published: datetime.date | None = attrs.field(
        default=None, validator=validators.optional(validators.instance_of(datetime.date))
    )
    """The day it was printed."""
    url: str | None = attrs.field(default=None, validator=_optional_str)
    """Where it stands."""


@attrs.frozen
class Quotation:
    """A stretch between quotation marks."""

    content: Span
    """The words without the marks."""
    outer: Span
    """The words with the marks that the text has: both, or one where the other is missing."""
    kind: QuotationKind = "direct"
    """"direct": between marks. ("indirect", speech reported without marks, is reserved.)"""


@attrs.frozen
class Mention:
    """The words that name the speaker in one place: "the foreign secretary", "he"."""

    span: Span
    """Where they stand."""
    kind: MentionKind
    """"name" (Liz Truss), "nominal" (the foreign secretary) or "pronoun" (she)."""


@attrs.frozen(cache_hash=True)
class Speaker:
    """Who it is, over the whole article."""

    name: str
    """The fullest name in the article without courtesy titles; for unnamed voices the fullest noun phrase
    without its article ("Border Force spokesman")."""
    kind: SpeakerKind
    """"person", "organisation" or "unnamed"."""
    aliases: tuple[str, ...] = ()
    """Every other form of the name that the article uses, in order of appearance, pronouns left out."""


@attrs.frozen
class Outlet:
    """Where the words were given, as the text says ("told the Sunday Telegraph")."""

    name: str
    """The outlet's name without its article."""
    span: Span
    """Where the text names it; it may be sentences away, where an interview goes on."""


@attrs.frozen
class Attribution:
    """One quotation and what was found about it. What was not found is None."""

    quotation: Quotation
    """The quotation."""
    cue: Span | None = None
    """The verb or phrase of saying ("said", "according to")."""
    mention: Mention | None = None
    """The words that name the speaker nearby."""
    speaker: Speaker | None = None
    """Who that is. None where nobody speaks the words: a title, a nickname, a scare quote."""
    outlet: Outlet | None = None
    """Where the words were given, if the text says so."""
    statement: int | None = None
    """Number of the utterance inside the article, from 0. Pieces split by "she wrote", or carried over
    paragraphs, share it."""
    confidence: float = 0.0
    """Probability, from 0 to 1, that the speaker (or None) is right."""
    decided_by: str | None = None
    """Name of the rule that decided."""
    resolved_by: str | None = None
    """Name of the coreference sieve that identified the speaker."""


@attrs.frozen
class AttributedArticle:
    """An article and its attributions, in the order of the text. Iterates over its attributions."""

    article: Article
    """The article as given."""
    attributions: tuple[Attribution, ...] = ()
    """One for each quotation."""
    speakers: tuple[Speaker, ...] = ()
    """Everyone who speaks, in order of first quotation."""

    def __iter__(self) -> Iterator[Attribution]:
        return iter(self.attributions)

    def __len__(self) -> int:
        return len(self.attributions)

    def to_html(self) -> str:
        """A complete HTML document that shows the article with its quotations and speakers.

        >>> AttributedArticle(Article("“Go,” she said.")).to_html()[:15]
        '<!doctype html>'
        """
        return _rendered("article_page", self)

    def _repr_html_(self) -> str:
        """The article as HTML for a notebook cell."""
        return _rendered("article_fragment", self)


@attrs.frozen
class Edit:
    """Words that an appearance prints otherwise than the canonical wording does. Either side may be empty."""

    canonical: Span
    """The words of the canonical wording; offsets are characters of ``Utterance.text``."""
    printed: Span
    """The words that stand there instead; offsets are characters of the article's text."""


@attrs.frozen
class Appearance:
    """One place that carries a line, whole or in part."""

    article: Article
    """The article that carries it."""
    attribution: Attribution
    """The quotation there, as attributed."""
    relation: Relation
    """How its words stand to the canonical wording: "whole", "part", or "edited" where words inside the
    marks differ. Marks, punctuation, spelling, an ellipsis and a bracketed insert are no edits."""
    outlet: Outlet | None = None
    """The outlet of the words; where this article names none, it may be inferred from a sibling."""
    outlet_inferred: bool = False
    """Whether the outlet is inferred: then its span counts in the sibling's text, not in this article's."""
    covers: tuple[Span, ...] = ()
    """The stretches of the canonical wording that it carries; offsets are characters of ``Utterance.text``.
    More than one where an ellipsis leaves words out."""
    edits: tuple[Edit, ...] = ()
    """Which words differ, in order."""


@attrs.frozen
class Conflict:
    """Something about a line on which its printings disagree."""

    kind: ConflictKind
    """"speaker": the same words are given to somebody else. "wording": words differ inside the marks."""
    appearance: Appearance
    """The place that disagrees. For "speaker" it may belong to another utterance, where it was kept apart."""
    detail: str
    """What it says instead: the other speaker's name, or the words as printed there."""


@attrs.frozen
class Utterance:
    """The same line across articles."""

    text: str
    """The canonical wording."""
    speaker: Speaker | None
    """Who said it; aliases of all articles together."""
    appearances: tuple[Appearance, ...]
    """Every place that carries it, earliest first; those of unknown date come last."""
    outlets: tuple[str, ...] = ()
    """Names of the outlets in which the words were given."""
    publishers: tuple[str, ...] = ()
    """Who printed it, in order of first appearance."""
    conflicts: tuple[Conflict, ...] = ()
    """Where its printings disagree on speaker or words."""

    @property
    def articles(self) -> tuple[Article, ...]:
        """The distinct articles in which it appears, earliest first."""
        return tuple(dict.fromkeys(appearance.article for appearance in self.appearances))

    @property
    def first(self) -> Appearance:
        """The earliest appearance."""
        return self.appearances[0]

    def to_html(self) -> str:
        """A complete HTML document that shows the utterance with all its appearances.

        >>> Utterance("Go", None, ()).to_html()[:15]
        '<!doctype html>'
        """
        return _rendered("utterance_page", self)

    def _repr_html_(self) -> str:
        """The utterance as HTML for a notebook cell."""
        return _rendered("utterance_fragment", self)
