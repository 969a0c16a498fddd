"""The result for one article."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Literal, overload

import attrs

from quoteattr.schema.arguments import counted, shortened
from quoteattr.schema.conversation import Conversation
from quoteattr.schema.values import Article, Attribution, Speaker
from quoteattr.schema.writers import written


@attrs.frozen
class AttributedArticle:
    """An article with its attributions: a sequence of them, in the order of the text.

    >>> from quoteattr.schema import Quotation, Span
    >>> text = "“Yes,” said Ann Lee."
    >>> quotation = Quotation(Span.of(text, 1, 5), Span.of(text, 0, 6))
    >>> lee = Speaker("Ann Lee", "person")
    >>> result = AttributedArticle(Article(text, id="a1"), (Attribution(quotation, speaker=lee),), (lee,))
    >>> result
    <AttributedArticle 'a1': 1 quotation, 1 speaker>
    >>> result[0].text, result[0].speaker_name
    ('Yes,', 'Ann Lee')
    """

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

    @overload
    def __getitem__(self, index: int) -> Attribution: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Attribution, ...]: ...

    def __getitem__(self, index: int | slice) -> Attribution | tuple[Attribution, ...]:
        return self.attributions[index]

    def __repr__(self) -> str:
        counts = f"{counted(len(self), 'quotation')}, {counted(len(self.speakers), 'speaker')}"
        return f"<AttributedArticle {shortened(self.article.id or self.article.text)}: {counts}>"

    def by_speaker(self) -> dict[Speaker | None, tuple[Attribution, ...]]:
        """Returns the attributions of each speaker, in order of first quotation; those without a speaker are
        under None."""
        found: dict[Speaker | None, list[Attribution]] = {}
        for attribution in self:
            found.setdefault(attribution.speaker, []).append(attribution)
        return {speaker: tuple(attributions) for speaker, attributions in found.items()}

    def speaker(self, name: str) -> Speaker | None:
        """Returns the speaker with a name, an alias or a surname (see `Speaker.is_called`); None if no
        speaker, or more than one, has it. A full name or an alias is preferred to a part of one."""
        exact = [s for s in self.speakers if name.casefold() in map(str.casefold, (s.name, *s.aliases))]
        found = exact or [s for s in self.speakers if s.is_called(name)]
        return found[0] if len(found) == 1 else None

    def conversations(self) -> tuple[Conversation, ...]:
        """Returns the conversations of the text: runs of quotations with at most three paragraphs of
        narration between two of them, divided into turns."""
        found: tuple[Conversation, ...] = written("conversations", self)
        return found

    def to_dict(self) -> dict[str, Any]:
        """Returns the article and everything found in it as plain values (an article row; see
        `quoteattr.records`), from which `quoteattr.records.article_from_row` restores the result."""
        row: dict[str, Any] = written("article", self)
        return row

    def to_json(self, indent: int | None = None) -> str:
        """Returns `to_dict` as JSON."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent)

    def to_frame(self, library: Literal["pandas", "polars"] = "pandas") -> Any:
        """Returns a data frame with a row per quotation; see `quoteattr.records.to_frame`."""
        return written("frame", self, library)

    def to_html(self) -> str:
        """Returns an HTML document that shows the article with its quotations and speakers.

        >>> AttributedArticle(Article("“Go,” she said.")).to_html()[:15]
        '<!doctype html>'
        """
        return str(written("article_page", self))

    def _repr_html_(self) -> str:
        """The article as HTML for a notebook cell."""
        return str(written("article_fragment", self))
