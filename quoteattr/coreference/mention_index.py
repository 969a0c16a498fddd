"""Where a mention stands: which sentence and paragraph, inside quoted words or not, as a subject or not.

Sentences are counted without those inside a quotation, so that "“…. …. …,” she said" stands one sentence
after what came before, however long the quotation.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from typing import Literal

import attrs
import regex

from quoteattr.layout import SENTENCE_END
from quoteattr.lexicon import cue_kind
from quoteattr.parsing.dependency_tree import Sentence, Word
from quoteattr.schema import Span

Form = Literal["name", "noun", "pronoun"]
Role = Literal["main", "subject", "other"]

_LINES = regex.compile(r"[\r\n]+")
_NEXT_WORD = regex.compile(r"\s(\p{Ll}+)")
_PAST = ("said", "says", "ed", "wrote", "told")
_MAIN = frozenset({"root", "conj", "parataxis"})
"""Relations of main verbs."""
# "When |Lee| came, Day left", "Turning to |Lee|, Day left"
_SUBORDINATE = regex.compile(
    r"\W*(?:after|although|as|because|before|even|if|once|since|though|unless|until|when|whenever|whereas|while)\b",
    regex.IGNORECASE,
)
_AFTER_PREPOSITION = regex.compile(
    r"\b(?:about|against|at|by|from|in|into|of|on|over|than|to|under|unlike|with|without)"
    r"\s(?:(?:the|a|an|his|her|its|their)\s)?(?:[\w’'.-]+\s)?\Z",
    regex.IGNORECASE,
)
# "Quill asked |Lee| whether", "Just ask |him|."
_ASKING = regex.compile(
    r"\b(?:asked|asks|challenged|interviewed|pressed|questioned|[Jj]ust\sask|Ask)\s(?:\p{L}+\.?\s)?\Z"
)
_LONG = 300
"""Characters of a sentence that are looked at before a mention."""
_OWNER = regex.compile(r"[’']s?(?!\w)")


@attrs.frozen
class Place:
    """One mention in the text."""

    start: int
    """First character."""
    end: int
    """One past the last."""
    form: Form
    """What the words are."""
    sentence: int
    """Number of its sentence, from 0."""
    paragraph: int
    """Number of its line, from 0."""
    role: Role
    """Of a parsed sentence, whether it is the subject of its main verb or of another; the first mention of a
    sentence that was not parsed counts as the main subject."""
    quoted: bool
    """Whether it stands inside quoted words."""
    owner: bool
    """Whether a possessive 's follows it."""


class Places:
    """Makes the places of one text."""

    def __init__(self, text: str, sentences: Collection[Sentence], quoted: Sequence[Span]) -> None:
        self._text = text
        self._quoted = _outermost(quoted)
        self._breaks = [end for m in SENTENCE_END.finditer(text) if not self._within(end := m.end())]
        self._lines = [match.end() for match in _LINES.finditer(text)]
        roles = {w.start: role for s in sentences for w in s if (role := _role(s, w)) != "other"}
        self._subjects = sorted(roles.items())
        self._parsed = {self.sentence(w.start) for s in sentences for w in s}
        self._begun: set[int] = set()

    def place(self, start: int, end: int, form: Form) -> Place:
        """The place of a mention; to be asked in the order of the text."""
        number = self.sentence(start)
        role = self.role(start, end)
        owner = bool(_OWNER.match(self._text, end))
        if number not in self._parsed and number not in self._begun and not self._is_led_up_to(number, start):
            role = "main"
            self._begun.add(number)
        line = bisect_right(self._lines, start)
        return Place(start, end, form, number, line, role, self.is_quoted(start), owner)

    def _is_led_up_to(self, number: int, start: int) -> bool:
        """Whether a mention belongs to a clause or a phrase before its sentence's subject."""
        begin = max(self._breaks[number - 1] if number else 0, start - _LONG)
        before = self._text[begin:start]
        return bool(_AFTER_PREPOSITION.search(before) or (_SUBORDINATE.match(before) and "," not in before))

    def role(self, start: int, end: int) -> Role:
        """What the stretch is in a parsed sentence; "other" where none was parsed."""
        at = bisect_left(self._subjects, (start, ""))
        if at < len(self._subjects) and self._subjects[at][0] < end:
            return self._subjects[at][1]
        return "main" if self._says(end) or self._is_asked(start) else "other"

    def _is_asked(self, start: int) -> bool:
        """ "Quill asked |Lee| whether": whoever is asked is the next to speak."""
        return bool(_ASKING.search(self._text, max(0, start - 30), start))

    def _says(self, end: int) -> bool:
        """Whether a verb of saying follows at once, whatever the parse has made of it: "|Ditto| said"."""
        match = _NEXT_WORD.match(self._text, end)
        verb = match[1] if match is not None else ""
        return cue_kind(verb, verb) == "say" and verb.endswith(_PAST)

    def sentence(self, offset: int) -> int:
        """Number of the sentence that holds the character."""
        return bisect_right(self._breaks, offset)

    def opens(self, offset: int) -> bool:
        """Whether a sentence begins there, or a quotation."""
        at = bisect_left(self._breaks, offset)
        begins = at < len(self._breaks) and self._breaks[at] == offset
        return offset == 0 or begins

    def is_quoted(self, offset: int) -> bool:
        """Whether the character stands inside quoted words."""
        at = bisect_right(self._quoted, (offset, len(self._text))) - 1
        return at >= 0 and offset < self._quoted[at][1]

    def _within(self, offset: int) -> bool:
        """Whether both the character and the one before it are quoted."""
        at = bisect_left(self._quoted, (offset, 0)) - 1
        return at >= 0 and offset <= self._quoted[at][1]


def _outermost(spans: Sequence[Span]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if not found or span.start >= found[-1][1]:
            found.append((span.start, span.end))
    return found


def _role(sentence: Sentence, word: Word) -> Role:
    """What the word is in its sentence; an apposition is what its head is: "the mayor, Ewan Pirie, left"."""
    head = sentence.head(word)
    if word.deprel == "appos" and head is not None:
        word, head = head, sentence.head(head)
        if head is None:
            return "subject"  # of a verb that the parser has missed: "Former minister |Ann Lee|, 70, fanned"
    if head is None:
        return "other"
    if word.deprel.startswith("nsubj"):
        return "main" if head.deprel in _MAIN else "subject"
    return "subject" if _is_topic(sentence, word, head) else "other"


def _is_topic(sentence: Sentence, word: Word, head: Word) -> bool:
    """Whether the clause is about somebody but its subject: "|Lee|’s refusal angered them", "With |Lee|,
    there is no chance of that"."""
    if word.deprel == "nmod:poss":
        return head.deprel.startswith("nsubj")
    return word.deprel == "obl" and sentence.child(head, "expl") is not None
