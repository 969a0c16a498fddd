"""Parsers without models, for the tests of runs and workers."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import regex

from quoteattr.parsing.dependency_tree import ROOT, Parse, Sentence, Word


class Flat:
    """Makes each text one sentence of nouns with the first one as their head; "said" is a verb."""

    def parse(self, texts: Sequence[str]) -> list[Parse]:
        return [self._parse(text) for text in texts]

    def _parse(self, text: str) -> Parse:
        found = list(regex.finditer(r"\w+|[^\w\s]", text))
        words = tuple(
            Word(i, m.start(), m.end(), m.group(), m.group().lower(), *self._tags(m.group(), i))
            for i, m in enumerate(found)
        )
        return Parse(text, (Sentence(words),) if words else ())

    def _tags(self, form: str, index: int) -> tuple[str, str, int, str]:
        head = ROOT if index == 0 else 0
        relation = "root" if index == 0 else "dep"
        return ("VERB", "VBD", head, relation) if form == "said" else ("PROPN", "NNP", head, relation)


class Deadly(Flat):
    """Kills its process at the article that quotes Lee 7."""

    def parse(self, texts: Sequence[str]) -> list[Parse]:
        if any("Lee 7 " in text for text in texts):
            os.kill(os.getpid(), signal.SIGKILL)
        return super().parse(texts)


class Slow(Flat):
    """Is slow, so that it can be killed at work."""

    def parse(self, texts: Sequence[str]) -> list[Parse]:
        time.sleep(0.05)
        return super().parse(texts)


def flat_models(models: object) -> Flat:
    """Takes the place of `load_parser`."""
    return Flat()


def slow_models(models: object) -> Slow:
    return Slow()


def no_models(models: object) -> Flat:
    raise FileNotFoundError(f"no models in {models}")


def map_in_this_process(
    load: Callable[[], Callable[[Any], list[Any]]],
    batches: Iterable[Any],
    *,
    workers: int,
    timeout: float | None = None,
) -> Iterator[list[Any]]:
    """Takes the place of `map_batches`, without the second that a process takes to start."""
    task = load()
    return (task(batch) for batch in batches)
