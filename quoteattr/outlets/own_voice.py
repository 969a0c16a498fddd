"""Outlets that speak for themselves: "Haaretz noted", "the newspaper wrote"."""

from __future__ import annotations

import regex

from quoteattr.lexicon import alternatives, outlet_words
from quoteattr.names import is_common_word
from quoteattr.names.outlet_names import is_known_outlet, is_other_organisation, is_social_network
from quoteattr.outlets.article_context import ArticleContext
from quoteattr.outlets.name_reading import NAME
from quoteattr.schema import Outlet, Span, Speaker

# Verbs of an outlet that reports or comments.
REPORTS = regex.compile(
    rf"\b (?: {alternatives('outlets', 'reporting_verbs')} | according \s to ) \b", regex.VERBOSE
)
# Words of an outlet that speaks about itself, as a company does.
ABOUT_ITSELF = regex.compile(
    r"\b (?: statement | spokes\w+ | apolog\w+ | announced? | lawsuit | its \s own | memo | tweeted ) \b",
    regex.VERBOSE,
)


def speaking_outlet(article: ArticleContext, speaker: Speaker, start: int) -> Outlet | None:
    """Returns the outlet that speaks a quotation, or None if the speaker is no outlet.

    Args:
        article: the article.
        speaker: the speaker of the quotation.
        start: first character of the quotation.
    """
    if speaker.kind == "person" and not is_known_outlet(speaker.name):
        return None
    sentence_start, sentence_end = article.sentence_at(start)
    sentence = article.unquoted(sentence_start, sentence_end)
    if ABOUT_ITSELF.search(sentence) or not (REPORTS.search(sentence) or not _has_words(sentence)):
        return None
    if is_named(speaker):
        return _where_named(article, speaker, sentence_start, sentence_end)
    is_reference = speaker.kind == "unnamed" and " of " not in speaker.name
    if is_reference and speaker.name.split()[-1] in outlet_words("speaking_nouns"):
        return article.last_outlet_named(sentence_end)
    return None


def is_named(speaker: Speaker) -> bool:
    """Whether the name of a speaker is that of an outlet, other than a social network: it is known, or ends
    with a word of mastheads."""
    words = [word for word in speaker.name.casefold().removeprefix("the ").split() if word != "magazine"]
    name = " ".join(words)
    if not words or is_social_network(name) or not NAME.fullmatch(speaker.name):
        return False
    if is_known_outlet(name):
        return len(words) > 1 or not is_common_word(name)
    return len(words) > 1 and words[-1] in outlet_words("masthead") and not is_other_organisation(words)


def _has_words(sentence: str) -> bool:
    return any(map(str.isalpha, sentence))


def _where_named(article: ArticleContext, speaker: Speaker, start: int, end: int) -> Outlet | None:
    """The outlet under the name that the sentence has for it, or that the text has first."""
    text = article.text
    for name in (speaker.name, *speaker.aliases):
        at = text.find(name, start, end)
        if at >= 0:
            return Outlet(name, Span.of(text, at, at + len(name)))
    at = article.first_place(speaker.name)
    return Outlet(speaker.name, Span.of(text, at, at + len(speaker.name))) if at >= 0 else None
