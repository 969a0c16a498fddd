"""Occurrences as columns: text, article, speaker and presentation."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Mapping, Sequence
from itertools import count

from quoteattr.dedup.presentation import Presentation, is_title_case
from quoteattr.dedup.speakers import SpeakerKey
from quoteattr.dedup.vocabulary import GAP_CHAR, Vocabulary

CACHED_TEXTS = 1 << 16
"""Texts whose numbers are kept. Articles come in order of date, and most repetitions follow within days."""
END_MARKS = " .,;:!?"
"""Marks at the end of a text that affect neither its words nor the quotations inside it."""
LONGEST_TITLE = 5
"""Words of the longest phrase that may be a name."""

# Inner marks that do not follow a word: "when I said, ‘No boots on the ground’"
NESTED_QUOTATION = re.compile(r"""[‘'"“](?<!\w.)([^‘’'"“”\n]{1,200})[’'"”](?!\w)""")
"""Quotation marks inside a quotation, and the words between them."""


class TextColumns:
    """Numbers distinct texts, and keeps what is known of each text in columns."""

    def __init__(self) -> None:
        self.vocabulary = Vocabulary()
        self.string_of, self.title_case = array("q"), bytearray()
        """For each text the number of its string, and whether it is a short phrase in title case."""
        self.nested: dict[int, list[str]] = {}
        """By number of text, the strings of the quotations inside it, if it has any."""
        self._number_of_text: dict[str, int] = {}
        self._number_of_string: dict[str, int] = {}

    def numbers(self, texts: Sequence[str]) -> Iterator[int]:
        """Returns the number of each text; texts that differ only in `END_MARKS` have the same number."""
        known = self._number_of_text
        texts = [text.rstrip(END_MARKS) for text in texts]
        if len(known) > CACHED_TEXTS:
            known.clear()
        new = [text for text in dict.fromkeys(texts) if text not in known]
        known.update(zip(new, count(len(self.string_of))))
        self._add(new)
        return map(known.__getitem__, texts)

    def _add(self, texts: Sequence[str]) -> None:
        strings = self.encode(texts)
        for number, text in enumerate(texts, start=len(self.string_of)):
            may_nest = not text.isascii() or "'" in text or '"' in text
            if may_nest and (inner := NESTED_QUOTATION.findall(text)):
                self.nested[number] = self.encode(inner)
        both = zip(strings, texts, strict=True)
        self.title_case += bytes(
            [len(s) - s.count(GAP_CHAR) <= LONGEST_TITLE and is_title_case(text) for s, text in both]
        )
        numbers = self._number_of_string
        self.string_of.extend([numbers.setdefault(s, len(numbers)) for s in strings])

    def encode(self, texts: Sequence[str]) -> list[str]:
        """Returns the string of each text, without gaps at either end."""
        return [string.strip(GAP_CHAR) for string in self.vocabulary.encode_texts(texts)]

    def strings(self) -> list[str]:
        """Returns the distinct strings; the position of a string is its number."""
        return list(self._number_of_string)


class OccurrenceColumns:
    """Collects occurrences as columns.

    Args:
        day_of_article: for each article the ordinal of its day, or `NO_DAY`.
    """

    def __init__(self, day_of_article: Sequence[int]) -> None:
        self.day_of_article = day_of_article
        self.texts = TextColumns()
        self.text_of, self.article_of = array("q"), array("q")
        """For each occurrence the number of its text, and the number of its article."""
        self.speakers: list[SpeakerKey] = []
        """For each occurrence its speaker."""
        self.presentations = bytearray()
        """For each occurrence its `Presentation`."""
        self.nested: dict[int, list[str]] = {}
        """By the number of an occurrence, the strings of the quotations inside it, if it has any. These are
        quotations that detection has found."""

    def add(
        self,
        articles: Sequence[int],
        texts: Sequence[str],
        speakers: Sequence[SpeakerKey],
        presentations: Sequence[Presentation],
        nested: Mapping[int, Sequence[str]],
    ) -> None:
        """Adds some occurrences, given as columns.

        Args:
            articles: for each the number of its article.
            texts: for each its words as printed.
            speakers: for each its speaker.
            presentations: for each how the article presents it.
            nested: for some occurrences, the texts of the quotations inside them. The key is the position of
                the occurrence in the given columns.
        """
        for position, inner in nested.items():
            self.nested[len(self.article_of) + position] = self.texts.encode(inner)
        self.article_of.extend(articles)
        self.text_of.extend(self.texts.numbers(texts))
        self.speakers += speakers
        self.presentations += bytes(presentations)
