"""Writes results in the formats of BookNLP: ``.quotes`` (a table) and ``.book`` (JSON), for programs that
read those.

BookNLP counts tokens. `spans_of_tokens` says which stretch of the text each token number is; it is not
BookNLP's own tokenizer, so numbers differ a little from those in files of BookNLP.
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence

import regex

from quoteattr.layout import one_line
from quoteattr.schema import AttributedArticle, Gender, Mention, Speaker

_TOKEN = regex.compile(r"\p{L}[\p{L}\p{M}\p{N}]*+(?:[-'’]\p{L}[\p{L}\p{M}]*+)*+ | \p{N}+ | \S", regex.VERBOSE)
_COLUMNS = "quote_start quote_end mention_start mention_end mention_phrase char_id quote".split()
_PRONOUNS: dict[Gender | None, str] = {"male": "he/him/his", "female": "she/her", None: "they/them/their"}


def spans_of_tokens(text: str) -> list[tuple[int, int]]:
    """Start and end of each token of a text, in characters: words, numbers, and every other sign.

    >>> [text[start:end] for text in ["“Go,” I said."] for start, end in spans_of_tokens(text)]
    ['“', 'Go', ',', '”', 'I', 'said', '.']
    """
    return [match.span() for match in _TOKEN.finditer(text)]


def to_booknlp_quotes(result: AttributedArticle) -> str:
    """Returns the quotations of a text as BookNLP's table ``.quotes``: values with tabs between them,
    tokens from the first to the last, and the number of the speaker as in `to_booknlp_book`; -1 if there is
    none.

    >>> import quoteattr
    >>> print(to_booknlp_quotes(quoteattr.attribute("“Go,” said Ann Lee.")).splitlines()[1].split("\\t"))
    ['0', '3', '5', '6', 'Ann Lee', '0', '“Go,”']
    """
    spans = spans_of_tokens(result.article.text)
    numbers = {speaker: number for number, speaker in enumerate(result.speakers)}
    rows = [_COLUMNS]
    for attribution in result:
        outer, mention = attribution.quotation.outer, attribution.mention
        named = _tokens(spans, mention.span.start, mention.span.end) if mention else ("-1", "-1")
        phrase = one_line(mention.span.text) if mention else ""
        number = numbers[attribution.speaker] if attribution.speaker else -1
        rows.append(
            [*_tokens(spans, outer.start, outer.end), *named, phrase, str(number), one_line(outer.text)]
        )
    return "\n".join("\t".join(row) for row in rows) + "\n"


def to_booknlp_book(result: AttributedArticle) -> str:
    """Returns the speakers of a text as BookNLP's JSON ``.book``: for each its number, the forms of its
    name, how many of the mentions are names, nouns and pronouns, and the pronouns. What BookNLP says about
    actions and possessions is left empty.

    >>> import quoteattr
    >>> book = json.loads(to_booknlp_book(quoteattr.attribute("“Go,” said Ann Lee.")))
    >>> book["characters"][0]["mentions"]["proper"]
    [{'c': 1, 'n': 'Ann Lee'}]
    """
    said = result.by_speaker()
    characters = [
        _character(number, speaker, [a.mention for a in said.get(speaker, ()) if a.mention])
        for number, speaker in enumerate(result.speakers)
    ]
    return json.dumps({"characters": characters}, ensure_ascii=False) + "\n"


def _tokens(spans: Sequence[tuple[int, int]], start: int, end: int) -> tuple[str, str]:
    """The first and the last token of a stretch."""
    first = bisect_right(spans, start, key=lambda span: span[1])
    last = bisect_left(spans, end, key=lambda span: span[0]) - 1
    return str(first), str(last)


def _character(number: int, speaker: Speaker, mentions: Sequence[Mention]) -> dict[str, object]:
    phrases: dict[str, Counter[str]] = {"name": Counter(), "nominal": Counter(), "pronoun": Counter()}
    for mention in mentions:
        phrases[mention.kind][one_line(mention.span.text)] += 1
    if not phrases["name"] and speaker.kind != "unnamed":
        phrases["name"][speaker.name] += 0
    found = {
        theirs: [{"c": count, "n": phrase} for phrase, count in phrases[ours].most_common()]
        for theirs, ours in (("proper", "name"), ("common", "nominal"), ("pronoun", "pronoun"))
    }
    pronouns = _PRONOUNS[speaker.gender]
    return {
        "agent": [],
        "patient": [],
        "mod": [],
        "poss": [],
        "id": number,
        "g": {"argmax": pronouns},
        "count": len(mentions),
        "mentions": found,
    }
