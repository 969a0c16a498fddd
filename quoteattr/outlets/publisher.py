"""Finds the publisher of an article in a line of its text that names it."""

from __future__ import annotations

import attrs
import regex

from quoteattr.schema import Article

# A line of its own that names the publisher.
PUBLISHED_BY = regex.compile(
    r"""
    ^ \W{0,4}
    (?:
        # 1. "Read more at |DailyMail.co.uk"
        Read \s (?: more | it | the\sfull\s(?:story|article) ) \s (?: at | on | in | from )
        # 2. "This article first appeared in |The Echo"
      | (?: This\s(?:article|story)\s )? (?: first | originally ) \s (?: appeared | published )
        \s (?: in | on | by | at )
        # 3. "Source: |Morwen Echo"
      | Source:
        # 4. "Copyright © 2022 |Morwen Echo"
      | Copyright \s (?: © | \(c\) )? \s? (?: \d{4} ,? \s )?
        # 5. "Join thought-provoking conversations, follow other |Independent| readers and see their replies"
      | (?<invitation> [^\n]{0,80}? \b follow \s other ) \s
    )
    \s* (?: the\s+ )? (?<name> \p{Lu} [^\n]{1,50}? )
    (?(invitation) \s readers \b [^\n]* | [.\s]* ) $
    """,
    regex.VERBOSE | regex.MULTILINE | regex.IGNORECASE,
)


def find_publisher(text: str) -> str | None:
    """Returns the name of the article's publisher, or None if no line of the text states it.

    >>> find_publisher("It rained.\\n\\nRead more at DailyMail.co.uk")
    'DailyMail.co.uk'
    >>> find_publisher("She criticised the BBC.") is None
    True
    """
    lines = list(PUBLISHED_BY.finditer(text))
    return lines[-1]["name"] if lines else None


def with_publisher(article: Article) -> Article:
    """Returns the article with the publisher that its text names, unless the caller has given one.

    >>> with_publisher(Article("It rained.\\n\\nSource: Morwen Echo")).publisher
    'Morwen Echo'
    """
    if article.publisher is None and (publisher := find_publisher(article.text)):
        return attrs.evolve(article, publisher=publisher)
    return article
