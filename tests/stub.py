"""A parser that costs nothing, and tasks that end their process: for tests of what goes on around models."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import regex

from quoteattr.parsing.dependency_tree import ROOT, Parse, Sentence, Word


class Flat:
    """Each text is one sentence of nouns, all hanging on the first; a word "said" is its verb."""

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


def load_double() -> Callable[[Sequence[int]], list[int]]:
    return lambda numbers: [2 * number for number in numbers]


def load_killed_by(number: int) -> Callable[[Sequence[int]], list[int]]:
    """Doubles; a process that meets the number is killed."""

    def task(numbers: Sequence[int]) -> list[int]:
        if number in numbers:
            os.kill(os.getpid(), signal.SIGKILL)
        return [2 * number for number in numbers]

    return task


def load_killed_once(mark: Path) -> Callable[[Sequence[int]], list[int]]:
    """Doubles; the first process to work is killed, and leaves a mark."""

    def task(numbers: Sequence[int]) -> list[int]:
        if not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return [2 * number for number in numbers]

    return task


def load_raising_at(number: int) -> Callable[[Sequence[int]], list[int]]:
    def task(numbers: Sequence[int]) -> list[int]:
        if number in numbers:
            raise ArithmeticError(f"met {number}")
        return [2 * number for number in numbers]

    return task


def load_pid() -> Callable[[Sequence[int]], list[int]]:
    return lambda numbers: [os.getpid() for _ in numbers]


def load_too_few() -> Callable[[Sequence[int]], list[int]]:
    return lambda numbers: [0] * (len(numbers) - 1)


def fails_to_load() -> Callable[[Sequence[int]], list[int]]:
    raise FileNotFoundError("no models in nowhere")


def dies_loading() -> Callable[[Sequence[int]], list[int]]:
    os._exit(9)


def dies_loading_once(mark: Path) -> Callable[[Sequence[int]], list[int]]:
    if not mark.exists():
        mark.touch()
        os._exit(9)
    return load_double()


class Deadly(Flat):
    """Kills its process at the words of Lee 7."""

    def parse(self, texts: Sequence[str]) -> list[Parse]:
        if any("Lee 7 " in text for text in texts):
            os.kill(os.getpid(), signal.SIGKILL)
        return super().parse(texts)


class Slow(Flat):
    """Takes a while, so that there is time to be killed."""

    def parse(self, texts: Sequence[str]) -> list[Parse]:
        time.sleep(0.05)
        return super().parse(texts)


def flat_models(models: object) -> Flat:
    """In the place of `load_parser`."""
    return Flat()


def slow_models(models: object) -> Slow:
    return Slow()


def no_models(models: object) -> Flat:
    raise FileNotFoundError(f"no models in {models}")
