"""Features of the form of quoted words, and of the words on both sides of them.

They tell a term or a title ("the “sharing economy”") from words that somebody said ("it was “a really bad
idea”"). The words themselves are no features, only their classes: function words by kind, and endings.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from quoteattr.detection.marks import DOUBLE, SINGLE
from quoteattr.lexicon import word_list

_CLASSES = {
    "first": "class_first_person",
    "second": "class_second_person",
    "third": "class_third_person",
    "aux": "class_auxiliaries",
    "det": "class_determiners",
    "prep": "class_prepositions",
    "conj": "class_conjunctions",
    "degree": "class_degrees",
    "wh": "class_question_words",
}
"""The classes of function words, and the list of each in data/attribution.toml."""
_ENDINGS = ("ing", "ed", "ly", "s")
_CLAUSE = frozenset({"first", "second", "third", "aux"})
"""Classes that show a whole clause."""
_SHORTEST_STEM = 3
"""Letters that a word must have before its ending."""
_SHORT = 3
"""Most words of a quotation whose whole form is a feature. Longer ones are too various to learn from."""
_WORD_OR_MARK = regex.compile(r"\w+(?:[’'-]+\w+)*|[^\w\s]")
_MARKS = ".,!?;:…\"'”’“‘()[]—-–"
_AFTER_QUOTATION = "'”’“ "
"""What may stand between a quotation and the next word."""


def content_features(content: str, size: str) -> Iterator[str]:
    """Yields the classes of words that a quotation has, and those of its first and last word.

    Args:
        content: the quoted words.
        size: the class of their number.

    >>> list(content_features("risky", "one"))[-3:]
    ['nobody, one, begins word', 'nobody, one, ends word', 'nobody, is word']
    """
    classes = [word_class(word) for word in content.split()]
    if not classes:
        return
    present = set(classes)
    for name in (*_CLASSES, "number"):
        if name in present:
            yield f"nobody, has {name}"
            yield f"nobody, {size}, has {name}"
    if not present & _CLAUSE:
        yield f"nobody, {size}, has no clause"
    yield f"nobody, begins {classes[0]}"
    yield f"nobody, {size}, begins {classes[0]}"
    yield f"nobody, {size}, ends {classes[-1]}"
    if len(classes) <= _SHORT:
        yield f"nobody, is {' '.join(classes)}"


def beside_features(before: str, after: str, size: str) -> Iterator[str]:
    """Yields the classes of the two words before a quotation and of the word after it.

    Args:
        before: the text before the quotation.
        after: the text after it.
        size: the class of the number of its words.
    """
    left = [_class_or_mark(found) for found in _WORD_OR_MARK.findall(before[-60:])[-2:]]
    found = _WORD_OR_MARK.search(after[:40].lstrip(_AFTER_QUOTATION))
    right = [_class_or_mark(found.group())] if found else []
    if left:
        yield f"nobody, {size}, right after {left[-1]}"
    if len(left) > 1:
        yield f"nobody, follows {left[0]} {left[1]}"
    if right:
        yield f"nobody, {size}, right before {right[0]}"
    if left and right:
        yield f"nobody, between {left[-1]} and {right[0]}"


def _class_or_mark(found: str) -> str:
    return word_class(found) if found[0].isalnum() else plain_mark(found)


def plain_mark(mark: str) -> str:
    """Returns the same mark for all quotation marks, and other marks as they are.

    >>> plain_mark("”"), plain_mark("'"), plain_mark(",")
    ('"', '"', ',')
    """
    return '"' if mark in DOUBLE or mark in SINGLE else mark


def word_class(word: str) -> str:
    """Returns the class of a function word, or for other words how they are written or end.

    >>> [word_class(w) for w in ("We", "the", "Paris", "12", "walking", "quickly", "dogs", "mess")]
    ['first', 'det', 'capital', 'number', '-ing', '-ly', '-s', '-s']
    """
    low = word.lower().replace("’", "'").strip(_MARKS)
    if not low:
        return "mark"
    if (listed := _listed().get(low)) is not None:
        return listed
    if low[0].isdigit():
        return "number"
    if word[:1].isupper():
        return "capital"
    endings = (e for e in _ENDINGS if low.endswith(e) and len(low) >= len(e) + _SHORTEST_STEM)
    return f"-{ending}" if (ending := next(endings, "")) else "word"


@cache
def _listed() -> dict[str, str]:
    """Returns the class of each function word; the first class that lists a word counts."""
    found: dict[str, str] = {}
    for name, key in _CLASSES.items():
        for word in word_list("attribution", key):
            found.setdefault(word, name)
    return found
