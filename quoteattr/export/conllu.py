"""Writes results as CoNLL-U: one row per word, with the attributions in the column MISC.

``Quotation=B-0`` marks the first word of quotation 0 and ``I-0`` its other words; ``Cue=0``, ``Mention=0``
and ``Outlet=0`` mark the words of its cue, mention and outlet. Several values are separated by commas. The
first word of a quotation also has ``Speaker``, ``SpeakerKind``, ``Statement``, ``Confidence``, ``DecidedBy``
and ``ResolvedBy``, and ``QuotationKind`` if it is "mixed" or "indirect".
The format: https://universaldependencies.org/format.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from urllib.parse import quote

from quoteattr.layout import one_line, visible
from quoteattr.parsing.dependency_tree import Parse, Sentence, Word
from quoteattr.records import cut_confidence, made_by
from quoteattr.schema import AttributedArticle, Attribution, Quotation, Span


def to_conllu(articles: Iterable[tuple[AttributedArticle, Parse]]) -> str:
    """Returns articles as CoNLL-U, one ``newdoc`` per article.

    Args:
        articles: results, each with a parse of its whole text.

    Returns:
        The document. In values of MISC, "|", "%", and the characters for which `visible` in
        ``quoteattr.layout`` has symbols are percent-encoded ("%7C"). Elsewhere they are those symbols;
        ``start_char`` and ``end_char`` give the place in the text.

    >>> from quoteattr import Article, Quotation, Speaker
    >>> text = "“Yes,” said Lee."
    >>> quotation = Quotation(Span.of(text, 1, 5), Span.of(text, 0, 6))
    >>> said = Attribution(quotation, speaker=Speaker("Lee", "person"))
    >>> word = Word(0, 1, 4, "Yes", "yes", "INTJ", "UH", -1, "root")
    >>> result = AttributedArticle(Article(text, id="a1"), (said,))
    >>> print(to_conllu([(result, Parse(text, (Sentence((word,)),)))]).splitlines()[-2].rpartition(chr(9))[2])
    start_char=1|end_char=4|SpaceAfter=No|Quotation=B-0|Speaker=Lee|SpeakerKind=person|Confidence=0.000
    """
    return "".join(
        f"{block}\n"
        for number, (result, parse) in enumerate(articles, 1)
        for block in _document(number, result, parse)
    )


def _document(number: int, result: AttributedArticle, parse: Parse) -> Iterator[str]:
    name = _one_line(result.article.id or f"article-{number}")
    labels = _Labels(result)
    for at, sentence in enumerate(parse.sentences, 1):
        head = [f"# newdoc id = {name}", f"# generator = {made_by()}"] if at == 1 else []
        words = _one_line(parse.text[sentence.start : sentence.end])
        head += [f"# sent_id = {name}-{at}", f"# text = {words}"]
        yield "\n".join([*head, *_rows(sentence, parse.text, labels)]) + "\n"


def _one_line(text: str) -> str:
    return visible(one_line(text)) or "_"


class _Labels:
    """The entries of MISC for the words of an article."""

    def __init__(self, result: AttributedArticle) -> None:
        self._attributions = tuple(result)
        self._started: set[int] = set()
        """Numbers of the quotations whose first word has been labelled."""

    def of(self, word: Word) -> list[str]:
        """Returns the entries of a word. Must be called for the words in order."""
        first = []
        inside = [n for n, a in enumerate(self._attributions) if _holds(a.quotation, word)]
        tags = [f"{'I' if n in self._started else 'B'}-{n}" for n in inside]
        for number in inside:
            if number not in self._started:
                first += _first_word_entries(self._attributions[number])
                self._started.add(number)
        found = [f"Quotation={','.join(tags)}"] if tags else []
        return [*found, *self._parts(word), *first]

    def _parts(self, word: Word) -> Iterator[str]:
        for name, spans in (
            ("Cue", [a.cue for a in self._attributions]),
            ("Mention", [a.mention and a.mention.span for a in self._attributions]),
            ("Outlet", [a.outlet and a.outlet.span for a in self._attributions]),
        ):
            if numbers := [str(n) for n, span in enumerate(spans) if span and _overlap(span, word)]:
                yield f"{name}={','.join(numbers)}"


def _holds(quotation: Quotation, word: Word) -> bool:
    return any(_overlap(part, word) for part in quotation.parts)


def _overlap(span: Span, word: Word) -> bool:
    return span.start < word.end and word.start < span.end


def _first_word_entries(attribution: Attribution) -> list[str]:
    speaker = attribution.speaker
    values = (
        ("QuotationKind", None if attribution.quotation.kind == "direct" else attribution.quotation.kind),
        ("Speaker", speaker and speaker.name),
        ("SpeakerKind", speaker and speaker.kind),
        ("Statement", attribution.statement),
        ("Confidence", f"{cut_confidence(attribution.confidence, 3):.3f}"),
        ("DecidedBy", attribution.decided_by),
        ("ResolvedBy", attribution.resolved_by),
    )
    return [f"{name}={_encoded(str(value))}" for name, value in values if value is not None]


def _encoded(value: str) -> str:
    """A value of MISC.

    >>> _encoded("a|b\\x1b"), _encoded("é\\u202e")
    ('a%7Cb%1B', 'é%E2%80%AE')
    """
    shown = visible(value, kept="")
    return "".join(
        quote(character, safe="", errors="surrogatepass") if character != seen or seen in "|%" else character
        for character, seen in zip(value, shown, strict=True)
    )


def _rows(sentence: Sentence, text: str, labels: _Labels) -> Iterator[str]:
    """Yields a row for each word. Words that share their characters are preceded by a row for all of them."""
    for (start, end), group in groupby(sentence, key=lambda w: (w.start, w.end)):
        words = list(group)
        spaced = [] if text[end : end + 1].isspace() or end == len(text) else ["SpaceAfter=No"]
        if len(words) > 1:
            first, last = words[0].index + 1, words[-1].index + 1
            yield _row([f"{first}-{last}", _one_line(text[start:end])], spaced)
            spaced = []
        for word in words:
            cells = [str(word.index + 1), word.text, word.lemma, word.upos, word.xpos, "_"]
            yield _row(
                [visible(cell, kept="") for cell in (*cells, str(word.head + 1), word.deprel)],
                [f"start_char={word.start}", f"end_char={word.end}", *spaced, *labels.of(word)],
            )


def _row(cells: Sequence[str], misc: Sequence[str]) -> str:
    return "\t".join([*cells, *"_" * (9 - len(cells)), "|".join(misc) or "_"])
