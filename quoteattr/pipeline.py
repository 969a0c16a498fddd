"""The order of the stages.

detection     find_quotations    characters to quotations
parsing       parse_frames       the sentences around quotations, parsed with the quoted words masked
attribution   find_cues          the cue, and the words that name the speaker
coreference   resolve            the person, organisation or unnamed speaker that these words refer to
              share_speakers     the same speaker for a quotation that repeats another one
              calibrate          how probable each speaker is
outlets       find_outlets       the outlet that the speaker talked to
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from quoteattr.attribution import (
    Setting,
    check_confidence,
    find_cues,
    make_settings,
    number_statements,
    parsed_sentences,
)
from quoteattr.coreference import Chain, calibrate, check_chains, resolve, share_speakers, speaker_mentions
from quoteattr.detection import find_quotations
from quoteattr.detection.language import report_other_language
from quoteattr.outlets import find_outlets, with_publisher
from quoteattr.parsing import Parse, Parser, check_parse, cut_frames, find_frames, parse_frames
from quoteattr.parsing.parser import check_parser
from quoteattr.schema import Article, AttributedArticle, Attribution, Speaker


def attribute(
    text: str | Article, *, parser: Parser | None = None, min_confidence: float = 0.0
) -> AttributedArticle:
    """Finds every quotation of an article, who spoke it and in which outlet.

    Args:
        text: the text as a string, or an `Article` with its metadata.
        parser: from `load_parser`; the bundled models by default, loaded at the first call.
        min_confidence: from 0 to 1. If a speaker is less probable, the quotation is kept, and its cue,
            mention, speaker and outlet are None.

    Returns:
        The article with an attribution for each quotation, in order.

    Raises:
        TypeError: if `text` is neither a str nor an Article.
        ValueError: if `min_confidence` is not from 0 to 1.

    >>> result = attribute("“The ice is thin,” Ms Lee told the Herald. Ann Lee is the mayor.")
    >>> for line in result:
    ...     print(line.quotation.content.text, "|", line.speaker.name, "|", line.outlet.name)
    The ice is thin, | Ann Lee | Herald
    """
    check_parser(parser)
    check_confidence(min_confidence)
    (result,) = attribute_batch([Article.of(text)], parser, min_confidence)
    return result


def attribute_parsed(
    article: Article, parse: Parse, *, chains: Sequence[Chain] = (), min_confidence: float = 0.0
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
    check_confidence(min_confidence)
    quotations = find_quotations(article.text)
    frames = find_frames(article.text, quotations)
    settings = make_settings(article.text, quotations, frames, cut_frames(frames, parse))
    return attribute_settings(article, settings, chains, min_confidence)


def parse_quotations(texts: Sequence[str], parser: Parser | None = None) -> list[list[Setting]]:
    """Runs the stages up to parsing. Returns the settings of each text: its quotations in their parsed
    frames."""
    quotations = [find_quotations(text) for text in texts]
    frames = [find_frames(text, found) for text, found in zip(texts, quotations, strict=True)]
    parses = parse_frames([frame for found in frames for frame in found], parser)
    return [
        make_settings(text, found, framed, list(islice(parses, len(framed))))
        for text, found, framed in zip(texts, quotations, frames, strict=True)
    ]


def attribute_settings(
    article: Article, settings: Sequence[Setting], chains: Sequence[Chain], min_confidence: float
) -> AttributedArticle:
    """Runs the stages after parsing over the quotations of one article, and returns its result."""
    report_other_language(article)
    if not settings:  # saves gathering the names of the text, the most expensive step
        return AttributedArticle(with_publisher(article))
    text, quotations = article.text, [setting.quotation for setting in settings]
    findings = find_cues(settings)
    mentions = speaker_mentions(findings, chains)
    resolutions = resolve(text, mentions, parsed_sentences(settings), [q.content for q in quotations])
    findings, resolutions = share_speakers(settings, findings, resolutions)
    outlets = find_outlets(text, quotations, [resolution.speaker for resolution in resolutions])
    statements, confidences = number_statements(findings), calibrate(findings, resolutions)
    attributions = [
        Attribution(q, f.cue, f.mention, r.speaker, outlet, statement, confidence, f.rule, r.resolved_by)
        for q, f, r, outlet, statement, confidence in zip(
            quotations, findings, resolutions, outlets, statements, confidences, strict=True
        )
    ]
    kept = tuple(a if a.confidence >= min_confidence or not a.mention else a.withheld() for a in attributions)
    return AttributedArticle(with_publisher(article), kept, _distinct(a.speaker for a in kept))


def _distinct(speakers: Iterable[Speaker | None]) -> tuple[Speaker, ...]:
    return tuple(dict.fromkeys(speaker for speaker in speakers if speaker is not None))


def attribute_batch(
    articles: Sequence[Article], parser: Parser | None, min_confidence: float
) -> Iterator[AttributedArticle]:
    """Yields the result of each article; their frames are parsed together."""
    settings = parse_quotations([article.text for article in articles], parser)
    for article, found in zip(articles, settings, strict=True):
        yield attribute_settings(article, found, (), min_confidence)
