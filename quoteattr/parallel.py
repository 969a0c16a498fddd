"""Batches over processes: results in order, work in flight bounded, and the death of a worker survived.

Each worker is an executor of one process. So its death breaks nothing but itself, and tells which batch it
was at: in a pool whose workers share a pipe (`concurrent.futures` with more, `loky`, `pebble`), one that is
killed while it holds the pipe's lock takes the others with it.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from functools import cache
from multiprocessing.connection import Connection
from typing import Any, Generic, TypeVar

import attrs

Item = TypeVar("Item")
Result = TypeVar("Result")
Task = Callable[[Sequence[Item]], Sequence[Result]]

QUEUED = 2
"""Batches given to a worker at once: the one it is at, and the next, so that it never waits for us."""
AHEAD = 4
"""Batches for each worker that may be read before the first of them is done; the bound of memory."""
STARTS = 3
"""Deaths in a row, while loading, after which it is not chance and the run ends."""


@attrs.frozen
class Lost(Generic[Item]):
    """Stands for the result of an item that no worker could finish."""

    item: Item
    """The item."""
    reason: str
    """What happened to the worker, or what it raised."""


class WorkerError(RuntimeError):
    """Workers end while they load, before any work."""


def map_batches(
    load: Callable[[], Task[Item, Result]], batches: Iterable[Sequence[Item]], *, workers: int
) -> Iterator[list[Result | Lost[Item]]]:
    """Apply a task to each batch, in processes that load it once.

    A batch whose worker dies, or whose task raises, is tried once more; then it is halved, and the halves
    again, until the item that does it is alone. That one is tried once more too, and then given up.

    Args:
        load: called once in each worker; gives the task, which takes a batch and gives one result for each
            item of it. It must be picklable, and so must items and results.
        batches: read as they are needed, at most four for each worker ahead of the first unfinished one.
        workers: how many processes. Each works on one thread.

    Returns:
        An iterator over the results of each batch, in order; `Lost` where there is none.

    Raises:
        TypeError: if `load` cannot be pickled.
        WorkerError: while iterating, if workers end before they have loaded.
        Exception: while iterating, whatever `load` raises in a worker.
    """
    try:
        pickled = pickle.dumps(load)
    except (pickle.PicklingError, AttributeError, TypeError) as error:
        raise TypeError(f"what goes to other processes must be picklable: {error}") from None
    return _in_order(pickled, iter(batches), workers)


@attrs.define(eq=False)
class _Piece:
    """Items that go to a worker together."""

    items: Sequence[Any]
    tries: int
    """How often they may fail before they are halved, or given up."""
    results: list[Any] | None = None


@attrs.define(eq=False)
class _Worker:
    """One process, and what it has been given, in order."""

    executor: ProcessPoolExecutor
    lifeline: Connection
    """While it is open, the process lives."""
    given: dict[Future[Any], _Piece | None] = attrs.Factory(dict)
    """None stands for loading."""

    @classmethod
    def start(cls, load: bytes) -> _Worker:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        executor = ProcessPoolExecutor(1, context, _prepare, (theirs,))
        worker = cls(executor, ours)
        with _no_interrupts():
            worker.given[executor.submit(_load, load)] = None
        theirs.close()
        return worker

    def give(self, load: bytes, piece: _Piece) -> None:
        self.given[self.executor.submit(_apply, load, piece.items)] = piece

    def stop(self) -> None:
        self.lifeline.close()
        self.executor.shutdown(cancel_futures=True)


def _in_order(
    load: bytes, batches: Iterator[Sequence[Item]], workers: int
) -> Iterator[list[Result | Lost[Item]]]:
    window: deque[list[_Piece]] = deque()
    crew = _Crew(load, workers)
    try:
        while True:
            while len(window) < AHEAD * workers and (batch := next(batches, None)) is not None:
                window.append([_Piece(batch, tries=2)] if batch else [])
            if not window:
                return
            if all(piece.results is not None for piece in window[0]):
                yield [result for piece in window.popleft() for result in piece.results or ()]
                continue
            crew.work_on(window)
    finally:
        crew.stop()


class _Crew:
    """The workers, and what to do when one fails."""

    def __init__(self, load: bytes, workers: int) -> None:
        self._load = load
        self._starts = 0
        self._workers: list[_Worker] = []
        try:
            for _ in range(workers):
                self._workers.append(_Worker.start(load))
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        for worker in self._workers:
            worker.stop()

    def work_on(self, window: Sequence[list[_Piece]]) -> None:
        """Give out what waits, earliest first, and take in what some worker has done next."""
        at_work = {id(piece) for worker in self._workers for piece in worker.given.values()}
        waiting = [p for batch in window for p in batch if p.results is None and id(p) not in at_work]
        for piece in waiting:
            worker = min(self._workers, key=lambda worker: len(worker.given))
            if len(worker.given) >= QUEUED:
                break
            try:
                worker.give(self._load, piece)
            except BrokenProcessPool:  # it has died; the piece waits for the next round
                if worker.given:
                    break
                self._workers[self._workers.index(worker)] = self._replaced(worker)
        done, _ = wait([future for w in self._workers for future in w.given], return_when=FIRST_COMPLETED)
        for number, worker in enumerate(self._workers):
            if any(future in done for future in worker.given):
                self._workers[number] = self._harvest(worker, window)

    def _replaced(self, worker: _Worker) -> _Worker:
        worker.stop()
        return _Worker.start(self._load)

    def _harvest(self, worker: _Worker, window: Sequence[list[_Piece]]) -> _Worker:
        """Take in what the worker has done. If it died, give back another."""
        for future, piece in list(worker.given.items()):
            if not future.done():
                return worker
            del worker.given[future]
            error = future.exception()
            if isinstance(error, BrokenProcessPool):
                # The first that it did not finish is what it was at; what is behind it just waits again.
                self._blame(piece, "the worker process was killed or ended", window)
                return self._replaced(worker)
            if piece is None:
                if error is not None:
                    raise error
                self._starts = 0
            elif error is not None:
                self._blame(piece, f"{type(error).__name__}: {error}", window)
            else:
                piece.results = list(future.result())
        return worker

    def _blame(self, piece: _Piece | None, reason: str, window: Sequence[list[_Piece]]) -> None:
        if piece is None:
            self._starts += 1
            if self._starts >= STARTS:
                raise WorkerError(
                    f"{STARTS} workers in a row ended while they loaded: too little memory, or a script that "
                    'calls this outside of `if __name__ == "__main__":`'
                )
            return
        piece.tries -= 1
        if piece.tries:
            return
        if len(piece.items) == 1:
            piece.results = [Lost(piece.items[0], reason)]
            return
        half = len(piece.items) // 2
        halves = [piece.items[:half], piece.items[half:]]
        for batch in window:
            if piece in batch:
                at = batch.index(piece)
                batch[at : at + 1] = [_Piece(items, tries=2 if len(items) == 1 else 1) for items in halves]


# In the worker


def _prepare(lifeline: Connection) -> None:
    """Work on one thread, and end this process when the other side goes: by its will, or killed."""
    os.environ.update(dict.fromkeys(["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"], "1"))

    def watch() -> None:
        with suppress(EOFError, OSError):
            lifeline.recv_bytes()
        os._exit(0)

    threading.Thread(target=watch, daemon=True).start()


@cache
def _loaded(load: bytes) -> Task[Any, Any]:
    task: Task[Any, Any] = pickle.loads(load)()
    return task


def _load(load: bytes) -> None:
    _loaded(load)


def _apply(load: bytes, items: Sequence[Any]) -> list[Any]:
    results = list(_loaded(load)(items))
    if len(results) != len(items):
        raise ValueError(f"the task gave {len(results)} results for {len(items)} items")
    return results


@contextmanager
def _no_interrupts() -> Iterator[None]:
    """Processes begun meanwhile never see Ctrl-C, which a terminal sends to all: ending them is our part."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
