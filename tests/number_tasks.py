"""Tasks that double numbers, and end their process at some of them, for the tests of workers.

This module imports little, so that workers start quickly.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Sequence
from pathlib import Path


def load_double() -> Callable[[Sequence[int]], list[int]]:
    return lambda numbers: [2 * number for number in numbers]


def load_killed_by(number: int) -> Callable[[Sequence[int]], list[int]]:
    """Doubles numbers; kills its process at one of them."""

    def task(numbers: Sequence[int]) -> list[int]:
        if number in numbers:
            os.kill(os.getpid(), signal.SIGKILL)
        return [2 * number for number in numbers]

    return task


def load_killed_once(mark: Path) -> Callable[[Sequence[int]], list[int]]:
    """Doubles numbers; kills the first process, which leaves a file behind."""

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


def load_hanging_at(number: int) -> Callable[[Sequence[int]], list[int]]:
    """Doubles numbers; hangs at one of them."""

    def task(numbers: Sequence[int]) -> list[int]:
        while number in numbers:
            time.sleep(0.1)
        return [2 * number for number in numbers]

    return task


def hangs_loading() -> Callable[[Sequence[int]], list[int]]:
    while True:
        time.sleep(0.1)
