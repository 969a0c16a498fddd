"""The order of the stages.

detection     read_text          a readable copy of a text with the offsets of the text
              find_quotations    characters to quotations
parsing       parse_frames       the sentences around quotations, parsed with the quoted words masked
attribution   find_cues          the cue, and the words that name the speaker
coreference   resolve            the person, organisation or unnamed speaker that these words refer to
              share_speakers     the same speaker for a quotation that repeats another one
              calibrate          how probable each speaker is
outlets       find_outlets       the outlet that the speaker talked to

With ``indirect=True``, `find_cue_frames` adds sentences to parse, and `attribute_passages` (package indirect)
finds speech without marks when the answers for quotations are complete; so these stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

import attrs

from quoteattr.attribution import (
    Finding,
    Setting,
    check_confidence,
    find_cues,
    make_settings,
    number_statements,
    parsed_sentences,
)
from quoteattr.coreference import Chain, calibrate, check_chains, resolve, share_speakers, speaker_mentions
from quoteattr.detection import ReadableText, find_in_copy, find_quotations, read_text
from quoteattr.detection.language import report_other_language
from quoteattr.fiction import (
    CharacterNames,
    check_style,
    find_speakers,
    find_spoken,
    named_characters,
    style_of,
    with_characters,
)
from quoteattr.indirect import Passage, attribute_passages, find_cue_frames
from quoteattr.outlets import find_outlets, with_publisher
from quoteattr.parsing import (
    Frame,
    Parse,
    Parser,
    Sentence,
    check_parse,
    cut_frames,
    find_frames,
    parse_frames,
)
from quoteattr.parsing.parser import check_parser
from quoteattr.schema import Article, AttributedArticle, Attribution, Quotation, Speaker, Style


def attribute(
    text: str | Article,
    *,
    parser: Parser | None = None,
    min_confidence: float = 0.0,
    indirect: bool = False,
    style: Style = "news",
    characters: Mapping[str, Sequence[str]] | Sequence[str] = (),
) -> AttributedArticle:
    """Finds every quotation of an article, who spoke it and in which outlet.

    Args:
        text: the text as a string, or an `Article` with its metadata.
        parser: from `load_parser`; the bundled models by default, loaded at the first call.
        min_confidence: from 0 to 1. If a speaker is less probable, the quotation is kept, and its cue,
            mention, speaker and outlet are None.
        indirect: whether to report speech without quotation marks as well ("she said prices would fall").
            Such rows have the kind "indirect" or "mixed" (`Quotation.kind`); those that are less probable
            than `min_confidence` are left out. The rows of quotations between marks do not change.
        style: "news"; "fiction", for novels and stories, where turns of a conversation often name nobody;
            or "auto", which chooses for each text: see docs/fiction.md.
        characters: names of people whom the text may name, as a list, or as a mapping from each name to its
            other forms (``{"Elizabeth Bennet": ["Lizzy", "Eliza"]}``). A speaker with one of these forms gets
            the name, and the forms as aliases.

    Returns:
        The article with an attribution for each quotation, in order.

    Raises:
        TypeError: if `text` is neither a str nor an Article, or `characters` is not of strings.
        ValueError: if `min_confidence` is not from 0 to 1, or `style` is not one of the three.

    >>> result = attribute("“The ice is thin,” Ms Lee told the Herald. Ann Lee is the mayor.")
    >>> for line in result:
    ...     print(line.quotation.content.text, "|", line.speaker.name, "|", line.outlet.name)
    The ice is thin, | Ann Lee | Herald
    """
    check_parser(parser)
    options = Options(min_confidence, indirect, style, characters)
    (result,) = attribute_batch([Article.of(text)], parser, options)
    return result


def attribute_parsed(
    article: Article,
    parse: Parse,
    *,
    chains: Sequence[Chain] = (),
    min_confidence: float = 0.0,
    indirect: bool = False,
    style: Style = "news",
    characters: Mapping[str, Sequence[str]] | Sequence[str] = (),
) -> AttributedArticle:
    """`attribute` for a text that another tool has parsed: no model is loaded.

    Args:
        article: the article.
        parse: a Universal Dependencies parse of the whole text, with offsets in the text.
            `quoteattr.integrations.stanza` and `quoteattr.integrations.spacy` make it from documents of
            these tools.
        chains: coreference chains that another tool found. Each is a list of spans that refer to one person
            or organisation.
        min_confidence: as in `attribute`.
        indirect: as in `attribute`.
        style: as in `attribute`.
        characters: as in `attribute`.

    Returns:
        As `attribute` does.

    Raises:
        ValueError: if the parse or a chain is of another text, the words of the parse are not in order, a
            head is not the index of a word, or `min_confidence` is not from 0 to 1.

    >>> article = Article("Nobody spoke.")
    >>> len(attribute_parsed(article, Parse(article.text, ())))
    0
    """
    if parse.text != article.text:
        raise ValueError(f"the parse must be of the article's text, got one of {parse.text[:40]!r}")
    check_parse(parse)
    check_chains(article.text, chains)
    options = Options(min_confidence, indirect, style, characters)
    quotations = find_spoken(article.text, find_quotations(article.text), options.style)
    frames = find_frames(article.text, quotations)
    cue_frames = find_cue_frames(article.text, frames) if indirect else []
    sentences = cut_frames([*frames, *cue_frames], parse)
    prepared = _prepare(article.text, quotations, frames, cue_frames, sentences, indirect)
    return attribute_prepared(article, prepared, chains, options)


def _checked(min_confidence: float) -> float:
    check_confidence(min_confidence)
    return min_confidence


@attrs.frozen
class Options:
    """What a caller may ask for, checked; see `attribute`."""

    min_confidence: float = attrs.field(default=0.0, converter=_checked)
    """The least probability of a speaker."""
    indirect: bool = False
    """Whether speech without marks is asked for."""
    style: Style = attrs.field(default="news", converter=check_style)
    """The style of the texts."""
    characters: CharacterNames = attrs.field(default=(), converter=named_characters)
    """The people whom the texts may name: of each the name, then its other forms."""


@attrs.frozen
class Prepared:
    """An article after parsing."""

    settings: list[Setting]
    """Its quotations in their parsed frames."""
    passages: Sequence[Passage] | None = None
    """The parsed frames that may report speech; None if it is not asked for."""
    readable: ReadableText | None = None
    """The copy of the text that was parsed; None if the text itself was."""


def _prepare(
    text: str,
    quotations: Sequence[Quotation],
    frames: Sequence[Frame],
    cue_frames: Sequence[Frame],
    parses: Sequence[tuple[Sentence, ...]],
    indirect: bool,
) -> Prepared:
    """Returns an article after parsing; `parses` are those of both kinds of frames, in order."""
    settings = make_settings(text, quotations, frames, parses[: len(frames)])
    framed = zip([*frames, *cue_frames], parses, strict=True)
    passages = [Passage(frame, parse) for frame, parse in framed if not frame.inside_quotation]
    return Prepared(settings, passages if indirect else None)


def parse_articles(
    texts: Sequence[str], parser: Parser | None = None, *, indirect: bool = False, style: Style = "news"
) -> list[Prepared]:
    """Runs the stages up to parsing. Returns for each text its quotations in their parsed frames, and with
    `indirect` the passages that may report speech."""
    readable = [read_text(text) for text in texts]
    quotations = [find_spoken(one.text, find_in_copy(one), style) for one in readable]
    prepared = _parse_frames([one.text for one in readable], quotations, parser, indirect)
    return [attrs.evolve(one, readable=copy) for one, copy in zip(prepared, readable, strict=True)]


def _parse_frames(
    texts: Sequence[str], quotations: Sequence[list[Quotation]], parser: Parser | None, indirect: bool
) -> list[Prepared]:
    """Parses the frames of the quotations of each text, and with `indirect` the passages that may report
    speech."""
    frames = [find_frames(text, found) for text, found in zip(texts, quotations, strict=True)]
    more: list[list[Frame]] = [[] for _ in texts]
    if indirect:
        more = [find_cue_frames(text, framed) for text, framed in zip(texts, frames, strict=True)]
    parses = parse_frames(
        [f for pair in zip(frames, more, strict=True) for part in pair for f in part], parser
    )
    return [
        _prepare(text, found, framed, cued, list(islice(parses, len(framed) + len(cued))), indirect)
        for text, found, framed, cued in zip(texts, quotations, frames, more, strict=True)
    ]


def parse_quotations(texts: Sequence[str], parser: Parser | None = None) -> list[list[Setting]]:
    """Runs the stages up to parsing. Returns the settings of each text: its quotations in their parsed
    frames."""
    prepared = _parse_frames(texts, list(map(find_quotations, texts)), parser, indirect=False)
    return [one.settings for one in prepared]


def attribute_prepared(
    article: Article, prepared: Prepared, chains: Sequence[Chain], options: Options
) -> AttributedArticle:
    """Runs the stages after parsing over one article, and returns its result."""
    report_other_language(article)
    text = prepared.readable.text if prepared.readable else article.text
    findings, attributions = _direct(text, prepared.settings, chains, options)
    min_confidence = options.min_confidence
    kept = [a if a.confidence >= min_confidence or not a.mention else a.withheld() for a in attributions]
    if prepared.passages:
        passages, sentences = prepared.passages, parsed_sentences(prepared.settings)
        reported = attribute_passages(text, passages, sentences, findings, attributions, chains)
        kept += [a for a in reported if a.confidence >= min_confidence]
        kept.sort(key=lambda a: (a.quotation.outer.start, -a.quotation.outer.end))
    kept = list(map(prepared.readable.attribution, kept)) if prepared.readable else kept
    return AttributedArticle(with_publisher(article), tuple(kept), _distinct(a.speaker for a in kept))


def _direct(
    text: str, settings: Sequence[Setting], chains: Sequence[Chain], options: Options
) -> tuple[list[Finding], list[Attribution]]:
    """Returns what was found for the quotations of an article, and their attributions."""
    if not settings:  # saves gathering the names of the text, the most expensive step
        return [], []
    quotations = [setting.quotation for setting in settings]
    findings = find_cues(settings)
    mentions = speaker_mentions(findings, chains)
    resolutions = resolve(text, mentions, parsed_sentences(settings), [q.content for q in quotations])
    if style_of(text, quotations, options.style) == "fiction":
        findings, resolutions, confidences = find_speakers(
            text, settings, findings, resolutions, options.characters
        )
    else:
        findings, resolutions = share_speakers(settings, findings, resolutions)
        confidences = calibrate(findings, resolutions)
    resolutions = with_characters(resolutions, options.characters)
    outlets = find_outlets(text, quotations, [resolution.speaker for resolution in resolutions])
    statements = number_statements(findings)
    return findings, [
        Attribution(q, f.cue, f.mention, r.speaker, outlet, statement, confidence, f.rule, r.resolved_by)
        for q, f, r, outlet, statement, confidence in zip(
            quotations, findings, resolutions, outlets, statements, confidences, strict=True
        )
    ]


def _distinct(speakers: Iterable[Speaker | None]) -> tuple[Speaker, ...]:
    return tuple(dict.fromkeys(speaker for speaker in speakers if speaker is not None))


def attribute_batch(
    articles: Sequence[Article], parser: Parser | None, options: Options
) -> Iterator[AttributedArticle]:
    """Yields the result of each article; their frames are parsed together."""
    texts = [article.text for article in articles]
    prepared = parse_articles(texts, parser, indirect=options.indirect, style=options.style)
    for article, found in zip(articles, prepared, strict=True):
        yield attribute_prepared(article, found, (), options)
