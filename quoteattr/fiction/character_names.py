"""Which names of a text may be those of characters, and where they begin and end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import regex

from quoteattr.coreference.name_gathering import FoundName
from quoteattr.fiction.characters import has_courtesy, read_form
from quoteattr.lexicon import word_list, word_pairs
from quoteattr.names import given_names, is_common_word
from quoteattr.schema import Span

_NUMERAL = regex.compile(r"[IVXLC]+\.?")
_LEAST_THING, _MOST_PERSON = 0.5, 0.25
"""Mean probabilities, over all uses of a name, of naming a place or the like from which, and of naming a
person up to which it is no character. Set by hand."""
_AFTER_NAME = regex.compile(r"(?<![\s.])(?:[\s.]++(?:I|S|A|THE|[A-Z]['’]\w++)){1,4}+\Z")
_TITLE_INSIDE = regex.compile(
    r"(?<=\w\s)(?<!\b(?:[Dd]ear|[Dd]earest|[Oo]ld|[Pp]oor|[Ll]ittle|Rev|Hon)\.?\s)(?:Mr|Mrs|Miss|Dr)\b"
)
_CONTRACTION = regex.compile(r"\w+['’](?:ll|ve|re|d|m|t|em)\b.*", regex.IGNORECASE | regex.DOTALL)


def _cut(text: str, found: Sequence[FoundName]) -> list[tuple[Span, FoundName]]:
    """The names without common words around them: "Till |Elizabeth|", "See |Mike|", "|Mrs. Lynde| I"."""
    known = {read_form(one.span.text).words for one in found}
    result = []
    for one in found:
        span = one.span
        if match := _AFTER_NAME.search(span.text):
            span = Span.of(text, span.start, span.start + match.start())
        if match := _TITLE_INSIDE.search(span.text):
            span = Span.of(text, span.start + match.start(), span.end)
        form = read_form(span.text)
        if _CONTRACTION.fullmatch(span.text) or (len(form.words) > 1 and span.text.isupper()):
            continue
        if len(form.words) > 1 and not form.titles and form.words[1:] in known:
            first = form.words[0]
            if is_common_word(first) and first not in given_names():
                at = span.start + span.text.casefold().find(form.words[1], len(first))
                span = Span.of(text, at, span.end)
        result.append((span, one))
    return result


def _characters_only(found: Sequence[tuple[Span, FoundName]]) -> list[Span]:
    """The names that may be those of people."""
    uses: dict[tuple[str, ...], list[FoundName]] = defaultdict(list)
    for span, one in found:
        uses[read_form(span.text).words].append(one)
    things = {key for key, ones in uses.items() if _is_thing(key, ones)}
    return [
        span
        for span, _ in found
        if (form := read_form(span.text))
        and (form.words not in things or (form.words and has_courtesy(form)))
        and not _NUMERAL.fullmatch(span.text)
    ]


def _is_thing(key: tuple[str, ...], uses: Sequence[FoundName]) -> bool:
    if not key:
        return False
    if key[0] in word_list("fiction", "not_characters"):
        return True
    odds = [one.odds for one in uses if one.odds]
    if not odds:
        return False
    titled = sum(has_courtesy(read_form(one.span.text)) for one in uses)
    person = sum(one["person"] for one in odds) / len(odds)
    thing = sum(sum(one.values()) - one["person"] for one in odds) / len(odds)
    if titled * 4 >= len(uses):
        return False
    given = key[0] in given_names() or key[0] in word_pairs("fiction", "nicknames")
    if person <= _MOST_PERSON and thing >= _LEAST_THING:
        return not given or person < 0.1
    return person < _MOST_PERSON and not given and all(map(is_common_word, key))


def names_of_characters(text: str, found: Sequence[FoundName]) -> list[Span]:
    """The names of a text that may be those of characters.

    Args:
        text: the text.
        found: its names, as they are found in news.
    """
    return _characters_only(_cut(text, found))
