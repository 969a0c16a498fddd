"""Decides which names are names of outlets: newspapers, broadcasters, sites or shows."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from quoteattr.lexicon import outlet_words, word_list, words

# American stations, "KRVT" or "WNYC-FM"; not other bodies whose names look like theirs.
_CALL_SIGN = regex.compile(r"(?!WHO|WTO|WWF|WWE|KGB|KFC|KKK)[KW]\p{Lu}{2,3}(?:-(?:TV|FM|AM))?")


def is_outlet(name: str, before: str = "") -> bool:
    """Whether a name is that of an outlet.

    Args:
        name: the name, with or without its article.
        before: the text before it, which may be decisive: "the broadcaster PR1", "the Herald".

    >>> is_outlet("RIA Novosti"), is_outlet("Ann Lee"), is_outlet("PR1", "the broadcaster ")
    (True, False, True)
    >>> is_outlet("Evening Herald"), is_outlet("Herald", "the "), is_outlet("Herald")
    (True, True, False)
    """
    folded = name.casefold().removeprefix("the ")
    name_words = folded.split()
    if not name_words or folded in outlet_words("nouns"):
        return False
    return (
        is_known_outlet(folded)
        or (before.endswith("The ") and is_known_outlet(f"the {folded}"))
        or _is_part_of_known_outlet(name_words)
        or _follows_outlet_noun(name_words, before)
        or _CALL_SIGN.fullmatch(name) is not None
        or (len(name_words) > 1 and name_words[-1] in outlet_words("nouns"))
        or _is_masthead(name_words, before)
    )


def is_show(name: str, after_show: bool = False) -> bool:
    """Whether a name in quotation marks is that of a show.

    Args:
        name: the name, without the marks.
        after_show: whether a noun for a show comes before it: "the show “…”", "an episode of “…”".

    >>> is_show("Meet the Press"), is_show("The View"), is_show("The View From Here")
    (True, True, False)
    """
    folded = name.casefold().removeprefix("the ")
    return is_outlet(name, "the show " if after_show else "the") or folded in outlet_words("shows")


def is_known_outlet(name: str) -> bool:
    """Whether a name is one of the listed names of outlets.

    >>> is_known_outlet("Sky News"), is_known_outlet("Evening Herald")
    (True, False)
    """
    return name.casefold() in outlet_words("known")


def is_social_network(name: str) -> bool:
    """Whether a name is that of a social network, where words appear as posts.

    >>> is_social_network("Facebook"), is_social_network("Reuters")
    (True, False)
    """
    return name.casefold() in outlet_words("social_networks")


def known_prefix(name_words: Sequence[str], shortest: int = 1) -> int:
    """Returns the number of leading words, fewer than all, that name a known outlet; 0 if there are none.

    Args:
        name_words: the words of a name.
        shortest: the least number of words.

    >>> known_prefix(["Washington", "Post", "Trump"]), known_prefix(["Ann", "Lee"])
    (2, 0)
    """
    lengths = range(len(name_words) - 1, shortest - 1, -1)
    return next((n for n in lengths if is_known_outlet(" ".join(name_words[:n]))), 0)


def is_other_organisation(name_words: Sequence[str]) -> bool:
    """Whether a name ends like that of an organisation that is not an outlet: "World Bank", "Courier Group".

    >>> is_other_organisation(["world", "bank"]), is_other_organisation(["world", "news"])
    (True, False)
    """
    last = name_words[-1] if name_words else ""
    is_medium = last in outlet_words("masthead") or last in outlet_words("known")
    return last in words("organisation_words") and not is_medium


def _is_part_of_known_outlet(name_words: Sequence[str]) -> bool:
    """Whether a known outlet is followed by words for a part of it: "TMZ Sports", "Bloomberg Politics"."""
    known = known_prefix(name_words)
    return known > 0 and outlet_words("parts").issuperset(name_words[known:])


def _follows_outlet_noun(name_words: Sequence[str], before: str) -> bool:
    """Whether a noun for outlets is before the name: "the broadcaster PR1", not "the newspaper Monday"."""
    is_time = name_words[0] in word_list("names", "weekdays") | word_list("names", "time_nouns")
    return not is_time and not outlet_words("nouns").isdisjoint(before.casefold().split()[-1:])


def _is_masthead(name_words: Sequence[str], before: str) -> bool:
    """Whether a name contains a word of mastheads: "Evening Herald", "the Herald". A single word needs "the"
    before it."""
    joined = [
        word for word in name_words if "-" in word and outlet_words("masthead").issuperset(word.split("-"))
    ]
    is_masthead = joined or not outlet_words("masthead").isdisjoint(name_words)
    if not is_masthead or is_other_organisation(name_words):
        return False
    return len(name_words) > 1 or "the" in before.casefold().split()
