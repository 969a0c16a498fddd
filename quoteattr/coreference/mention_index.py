"""The site of each mention: its sentence, its paragraph, its syntactic role, and whether it is quoted.

Sentences inside a quotation are not counted, so that "“…. …. …,” she said" stands one sentence after the text
before it, however long the quotation is.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence, Set
from typing import Literal

import attrs
import regex

from quoteattr.layout import SENTENCE_END
from quoteattr.lexicon import cue_kind
from quoteattr.parsing.dependency_tree import Sentence, Word
from quoteattr.schema import Span

SyntacticRole = Literal["main", "subject", "other"]

_LINE_BREAKS = regex.compile(r"[\r\n]+")
_NEXT_WORD = regex.compile(r"\s(\p{Ll}+)")
_PAST_ENDINGS = ("said", "says", "ed", "wrote", "told")
_MAIN_VERB_RELATIONS = frozenset({"root", "conj", "parataxis"})
# "When |Lee| came, Day left"
_CONJUNCTION = (
    r"\W*(?i:after|although|as|because|before|even|if|once|since|though|unless|until|when|whenever|whereas"
    r"|while)\b"
)
_SUBORDINATE = regex.compile(_CONJUNCTION)
# "When the Kenyan President |Lee| came": the subject of the clause
_OPENS_CLAUSE = regex.compile(_CONJUNCTION + r"(?:\s(?:the|an?|\p{Lu}[\p{L}.’'-]*))*\s")
# "Turning to |Lee|, Day left"
_AFTER_PREPOSITION = regex.compile(
    r"\b(?:about|against|at|by|from|in|into|of|on|over|than|to|under|unlike|with|without)"
    r"\s(?:(?:the|a|an|his|her|its|their)\s)?(?:[\w’'.-]+\s)?\Z",
    regex.IGNORECASE,
)
# "Quill asked |Lee| whether", "Just ask |him|."
_ASKING = regex.compile(
    r"\b(?:asked|asks|challenged|interviewed|pressed|questioned|[Jj]ust\sask|Ask)\s(?:\p{L}+\.?\s)?\Z"
)
_OWNER = regex.compile(r"[’']s?(?!\w)")

_READ_BEFORE = 300
"""Most characters of a sentence that are read before a mention; a limit for texts without full stops."""
_BESIDE_BEFORE, _BESIDE_AFTER = 4, 25
"""Most characters between a pronoun and the words that it may speak: marks before it, a verb after it."""
_ASKING_BEFORE = 30
"""Characters before a mention that are searched for a verb of asking and a title. The longest pair is
shorter."""


@attrs.frozen
class MentionSite:
    """The position of one mention in its sentence and paragraph."""

    start: int
    """Offset of its first character."""
    end: int
    """One past its last character."""
    sentence: int
    """Number of its sentence, from 0."""
    paragraph: int
    """Number of its line, from 0."""
    role: SyntacticRole
    """Whether it is the subject of its sentence's main verb, of another verb, or no subject."""
    quoted: bool
    """Whether it is inside quoted words."""
    owner: bool
    """Whether a possessive 's follows it."""
    opens_sentence: bool
    """Whether it counts as main subject because it is the first mention of a sentence that was not parsed."""


class MentionIndex:
    """The sentences, paragraphs, subjects and quoted stretches of one article, by offset; immutable."""

    def __init__(self, text: str, sentences: Collection[Sentence], quoted: Sequence[Span]) -> None:
        self._text = text
        self._quoted = _outermost(quoted)
        ends = (match.end() for match in SENTENCE_END.finditer(text))
        self._sentence_starts = [end for end in ends if not self._is_between_quoted(end)]
        self._line_starts = [match.end() for match in _LINE_BREAKS.finditer(text)]
        roles = {w.start: role for s in sentences for w in s if (role := _role(s, w)) != "other"}
        self._subjects = sorted(roles.items())
        self._parsed = {self.sentence(w.start) for s in sentences for w in s}

    def site(self, start: int, end: int, opened: Set[int] = frozenset()) -> MentionSite:
        """The site of the mention at ``text[start:end]``.

        Args:
            start: offset of its first character.
            end: one past its last character.
            opened: numbers of the sentences that have a mention already. In a sentence that was not parsed,
                the first mention counts as the main subject, unless a preposition or a conjunction stands
                before it.
        """
        number = self.sentence(start)
        first = number not in self._parsed and number not in opened
        role = self._first_role(number, start) if first else "other"
        opens = role == "main"
        return MentionSite(
            start,
            end,
            number,
            bisect_right(self._line_starts, start),
            role if role != "other" else self.role(start, end),
            self.is_quoted(start),
            bool(_OWNER.match(self._text, end)),
            opens,
        )

    def _first_role(self, number: int, start: int) -> SyntacticRole:
        """The role of the first mention of a sentence that was not parsed, by the words before it."""
        begin = max(self._sentence_starts[number - 1] if number else 0, start - _READ_BEFORE)
        before = self._text[begin:start]
        if _SUBORDINATE.match(before) and "," not in before:
            return "subject" if _OPENS_CLAUSE.fullmatch(before) else "other"
        return "other" if _AFTER_PREPOSITION.search(before) else "main"

    def role(self, start: int, end: int) -> SyntacticRole:
        """The role of a stretch of text in its sentence. If the sentence was not parsed, the role is "main"
        beside a verb of saying or asking."""
        at = bisect_left(self._subjects, (start, ""))
        if at < len(self._subjects) and self._subjects[at][0] < end:
            return self._subjects[at][1]
        return "main" if self.says(end) or self._is_asked(start) else "other"

    def _is_asked(self, start: int) -> bool:
        """Whether a verb of asking comes right before a mention: "Quill asked |Lee| whether". The person who
        is asked usually speaks next."""
        return bool(_ASKING.search(self._text, max(0, start - _ASKING_BEFORE), start))

    def says(self, end: int) -> bool:
        """Whether a verb of saying follows directly: "|Ditto| said". Parsers often get this wrong."""
        match = _NEXT_WORD.match(self._text, end)
        verb = match[1] if match is not None else ""
        return cue_kind(verb, verb) == "say" and verb.endswith(_PAST_ENDINGS)

    def sentence(self, offset: int) -> int:
        """Number of the sentence that holds the character."""
        return bisect_right(self._sentence_starts, offset)

    def opens_sentence(self, offset: int) -> bool:
        """Whether a sentence begins at the character."""
        at = bisect_left(self._sentence_starts, offset)
        begins = at < len(self._sentence_starts) and self._sentence_starts[at] == offset
        return offset == 0 or begins

    def is_quoted(self, offset: int) -> bool:
        """Whether the character stands inside quoted words."""
        at = bisect_right(self._quoted, (offset, len(self._text))) - 1
        return at >= 0 and offset < self._quoted[at][1]

    def quoted_beside(self, start: int, end: int) -> tuple[int, int] | None:
        """Start and end of the quoted words right before or after a mention: "“We won,” |she| said", "|She|
        said: “We won”"."""
        at = bisect_right(self._quoted, (start, 0))
        if at and 0 <= start - self._quoted[at - 1][1] <= _BESIDE_BEFORE:
            return self._quoted[at - 1]
        after = self._quoted[at] if at < len(self._quoted) else (len(self._text) + _BESIDE_AFTER, 0)
        return after if 0 <= after[0] - end <= _BESIDE_AFTER else None

    def _is_between_quoted(self, offset: int) -> bool:
        """Whether both the character and the one before it are quoted."""
        at = bisect_left(self._quoted, (offset, 0)) - 1
        return at >= 0 and offset <= self._quoted[at][1]


def _outermost(spans: Sequence[Span]) -> list[tuple[int, int]]:
    """Start and end of the spans that are not inside another span, in order."""
    found: list[tuple[int, int]] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if not found or span.start >= found[-1][1]:
            found.append((span.start, span.end))
    return found


def _role(sentence: Sentence, word: Word) -> SyntacticRole:
    """The role of a word; an apposition has that of its head: "the mayor, Ewan Pirie, left"."""
    head = sentence.head(word)
    if word.deprel == "appos" and head is not None:
        word, head = head, sentence.head(head)
        if head is None:  # the parser has missed the verb: "Former minister |Ann Lee|, 70, fanned"
            return "subject"
    if head is None:
        return "other"
    if word.deprel.startswith("nsubj"):
        return "main" if head.deprel in _MAIN_VERB_RELATIONS else "subject"
    return "subject" if _is_topic(sentence, word, head) else "other"


def _is_topic(sentence: Sentence, word: Word, head: Word) -> bool:
    """Whether a clause is about a person who is not its subject: "|Lee|’s refusal angered them", "With |Lee|,
    there is no chance of that"."""
    if word.deprel == "nmod:poss":
        return head.deprel.startswith("nsubj")
    return word.deprel == "obl" and sentence.child(head, "expl") is not None
