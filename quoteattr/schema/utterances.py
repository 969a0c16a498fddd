"""The result for many articles: utterances, with their appearances."""

from __future__ import annotations

import json
from typing import Any, Literal

import attrs

from quoteattr.schema.arguments import shortened
from quoteattr.schema.values import Article, Attribution, Outlet, Span, Speaker
from quoteattr.schema.writers import written

Relation = Literal["whole", "part", "edited"]
ConflictKind = Literal["speaker", "wording"]


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

    def __repr__(self) -> str:
        source = self.article.publisher or self.article.id or self.article.text
        return f"<Appearance {self.relation} in {shortened(source)}: {self.attribution!r}>"


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

    def __repr__(self) -> str:
        speaker = self.speaker.name if self.speaker else "no speaker"
        places = len(self.appearances)
        return f"<Utterance {shortened(self.text)}: {speaker}, {places} appearance{'s' * (places != 1)}>"

    @property
    def articles(self) -> tuple[Article, ...]:
        """The distinct articles in which it appears, earliest first."""
        return tuple(dict.fromkeys(appearance.article for appearance in self.appearances))

    @property
    def first(self) -> Appearance:
        """The earliest appearance."""
        return self.appearances[0]

    def to_dict(self) -> dict[str, Any]:
        """Returns the utterance with its appearances as plain values (an utterance row; see
        `quoteattr.records`)."""
        row: dict[str, Any] = written("utterance", self)
        return row

    def to_json(self, indent: int | None = None) -> str:
        """Returns `to_dict` as JSON."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent)

    def to_frame(self, library: Literal["pandas", "polars"] = "pandas") -> Any:
        """Returns a data frame with a row per appearance; see `quoteattr.records.to_frame`."""
        return written("frame", self, library)

    def to_html(self) -> str:
        """Returns an HTML document that shows the utterance with all its appearances.

        >>> Utterance("Go", None, ()).to_html()[:15]
        '<!doctype html>'
        """
        return str(written("utterance_page", self))

    def _repr_html_(self) -> str:
        """The utterance as HTML for a notebook cell."""
        return str(written("utterance_fragment", self))
