"""The classes of articles and of what is found in them: spans, quotations, speakers, outlets."""

from __future__ import annotations

import datetime
from typing import Literal

import attrs

from quoteattr.schema.arguments import day_of, is_a, optional_str, shortened

Style = Literal["news", "fiction", "auto"]
STYLES: tuple[Style, ...] = ("news", "fiction", "auto")
"""The styles of texts: see `quoteattr.attribute`."""
QuotationKind = Literal["direct", "mixed", "indirect"]
MentionKind = Literal["name", "nominal", "pronoun"]
SpeakerKind = Literal["person", "organisation", "unnamed"]
Gender = Literal["female", "male"]

NAMES_AND_TERMS = frozenset(
    "asked listed name_given named nickname programme question term title unsaid".split()
)
"""The values of `Attribution.decided_by` by which a quotation is a name, a title, a term or words that were
not said, so that nobody speaks it. The registry of rules reads them from here, because deduplication needs
them without loading the rules."""


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
    """A news text with its metadata, as the caller gives it.

    Any str is accepted, even with control characters or lone surrogates (as ``surrogateescape`` makes them),
    and is never changed. Only Arrow tables and files in UTF-8 cannot hold lone surrogates.

    Raises:
        TypeError: if a field has another type.
        ValueError: if `published` is a string that is not a date.

    >>> Article("“Yes,” she said.", id="a1", publisher="The Daily Record", published="2024-05-02").published
    datetime.date(2024, 5, 2)
    """

    text: str = attrs.field(validator=is_a(str, "a str", optional=False), repr=shortened)
    """The text. The library never changes it."""
    id: str | None = attrs.field(default=None, validator=optional_str)
    """The caller's identifier of the article."""
    publisher: str | None = attrs.field(default=None, validator=optional_str)
    """Name of the publication that carries the article. It is not the outlet that a speaker talked to."""
    published: datetime.date | None = attrs.field(
        default=None, converter=day_of, validator=is_a(datetime.date, "a date, a datetime, a str or None")
    )
    """Day of publication. A datetime, or a string in ISO 8601 ("2024-05-02", "2024-05-02T23:30"), is reduced
    to its date, in its own time zone."""
    url: str | None = attrs.field(default=None, validator=optional_str)
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
    marks (he said *prices would fall*); "mixed", with marks around some of the words (he said *prices would
    “fall off a cliff”*)."""
    parts: tuple[Span, ...] = attrs.field(
        default=attrs.Factory(lambda self: (self.content,), takes_self=True), repr=False
    )
    """The words of `content` in pieces, if others divide them (*The plan*, he said, *is over*); `content`
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
    titles: tuple[str, ...] = ()
    """Titles, offices and roles with which the article describes a named speaker, in small letters and in
    order ("mr", "foreign secretary")."""
    gender: Gender | None = None
    """"female" or "male" if a title, a first name, a noun or a pronoun of the article shows it."""

    def is_called(self, name: str) -> bool:
        """Returns whether a name is the speaker's name or an alias, or the last words of one of them. A title
        of the speaker before it is ignored, and so are capitals.

        >>> truss = Speaker("Liz Truss", "person", ("Elizabeth Truss",), ("ms", "foreign secretary"))
        >>> [truss.is_called(name) for name in ("Elizabeth Truss", "Truss", "Ms Truss", "Hugh Truss")]
        [True, True, True, False]
        """
        words = name.casefold().split()
        titles = {word for title in self.titles for word in title.split()}
        while len(words) > 1 and words[0].rstrip(".") in titles:
            words = words[1:]
        forms = (form.casefold().split() for form in (self.name, *self.aliases))
        return bool(words) and any(form[-len(words) :] == words for form in forms)


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

    def __repr__(self) -> str:
        names = " · ".join(filter(None, (self.speaker_name, self.outlet_name))) or "no speaker"
        return f"<Attribution {shortened(self.text)}: {names}, {self.confidence:.2f}>"

    @property
    def text(self) -> str:
        """The quoted words, without their marks."""
        return self.quotation.content.text

    @property
    def speaker_name(self) -> str | None:
        """The name of the speaker; None if there is none."""
        return self.speaker.name if self.speaker else None

    @property
    def outlet_name(self) -> str | None:
        """The name of the outlet; None if there is none."""
        return self.outlet.name if self.outlet else None

    def withheld(self) -> Attribution:
        """Returns the attribution without its speaker and the fields that depend on the speaker."""
        return attrs.evolve(
            self, cue=None, mention=None, speaker=None, outlet=None, statement=None, resolved_by=None
        )
