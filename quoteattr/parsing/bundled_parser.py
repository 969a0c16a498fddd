"""The bundled models as a Parser. Rules find the words, `quoteattr.parsing.inference` analyses them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from quoteattr.lexicon import DATA
from quoteattr.parsing.dependency_tree import ROOT, Parse, Sentence, Word
from quoteattr.parsing.inference import Analysis, SentenceAnalyser
from quoteattr.parsing.tokenizer import TokenSpan, split_sentences

Forms = tuple[str, ...]
"""The words of a sentence, as written."""

_CACHED_WORDS = 12
"""Most words of a sentence whose analysis is cached. One frame in five is as short as `“It works,” he said.`
and occurs again."""
_CACHED_SENTENCES = 5_000
"""Sentences whose analyses are cached; when there are more, the cache is emptied."""


class BundledParser:
    """The bundled models as a Parser. Several threads may use one.

    Pickling stores the name of the device and not the models: each process loads its own models.
    """

    def __init__(self, device: str) -> None:
        self._analyse = SentenceAnalyser(DATA / "models" / "en", device)
        self._device = device
        self._cached: dict[Forms, list[Analysis]] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        return BundledParser, (self._device,)

    def parse(self, texts: Sequence[str]) -> list[Parse]:
        """Parses texts, equal sentences once.

        Args:
            texts: frames or whole articles.

        Returns:
            One Parse for each text, in order; a text of white space has no sentences.
        """
        spans_of_texts = [split_sentences(text) for text in texts]
        forms_of_texts = [
            [tuple(text[start:end] for start, end in spans) for spans in sentences]
            for text, sentences in zip(texts, spans_of_texts, strict=True)
        ]
        analyses = self._analyses({forms for sentences in forms_of_texts for forms in sentences})
        return [
            Parse(text, tuple(_sentence(f, s, analyses[f]) for f, s in zip(forms, spans, strict=True)))
            for text, forms, spans in zip(texts, forms_of_texts, spans_of_texts, strict=True)
        ]

    def _analyses(self, sentences: set[Forms]) -> dict[Forms, list[Analysis]]:
        """The analysis of each sentence. All sentences that are not cached are analysed together.

        `functools.lru_cache` is not suitable, because it looks up one sentence at a time, and the models need
        many.
        """
        found = {
            sentence: self._cached.get(sentence) for sentence in sentences
        }  # a copy, because another thread may empty the cache
        known = {sentence: analysis for sentence, analysis in found.items() if analysis is not None}
        new = sorted(sentences.difference(known), key=lambda forms: (len(forms), forms))
        fresh = dict(zip(new, self._analyse(new), strict=True))
        if len(self._cached) > _CACHED_SENTENCES:
            self._cached.clear()
        self._cached.update(
            (forms, analysis) for forms, analysis in fresh.items() if len(forms) <= _CACHED_WORDS
        )
        return known | fresh


def _sentence(forms: Forms, spans: Sequence[TokenSpan], analyses: Sequence[Analysis]) -> Sentence:
    """Builds a `Sentence` from the words, their offsets and their analyses."""
    return Sentence(
        tuple(
            Word(index, start, end, form, lemma, upos, xpos, head - 1 if head else ROOT, deprel)
            for index, (form, (start, end), (lemma, upos, xpos, head, deprel)) in enumerate(
                zip(forms, spans, analyses, strict=True)
            )
        )
    )
