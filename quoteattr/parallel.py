"""Applies a function to batches in several processes, in order and with bounded memory. Dead workers are
replaced.

Each worker is a `ProcessPoolExecutor` with a single process. The processes of one executor share a pipe, and
if one is killed while it holds the lock of the pipe, all of them break. With a single process, only its own
executor breaks, and its items are known.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from functools import cache
from multiprocessing.connection import Connection
from typing import Any, Generic, TypeVar

import attrs

Item = TypeVar("Item")
Result = TypeVar("Result")
Task = Callable[[Sequence[Item]], Sequence[Result]]

QUEUED_CHUNKS = 2
"""Chunks submitted to a worker at once: the current one and the next one, so that the worker never waits."""
BATCHES_AHEAD = 4
"""Batches per worker that may be read before the first of them is finished, which bounds memory. With fewer,
workers wait when one batch takes much longer than the others."""
BATCH_TIMEOUT = 900.0
"""Seconds that a worker may take for a batch, or to load the task. A batch of a corpus takes a few seconds,
and one with a novel of 5 million characters full of dialogue a few minutes."""
TICK = 5.0
"""Seconds between two checks of the clock. If more than twice this time has passed, only twice this time
counts, because all processes may have been suspended (Ctrl-Z, a sleeping machine)."""
MAX_FAILED_STARTS = 3
"""The run ends after this many worker deaths in a row while loading: three are unlikely to be a
coincidence."""


@attrs.frozen
class FailedItem(Generic[Item]):
    """Stands for a result that no worker could compute."""

    item: Item
    """The item."""
    reason: str
    """What happened to the worker, or the exception that it raised."""


class WorkerError(RuntimeError):
    """Workers ended while they were loading the task."""


def map_batches(
    load: Callable[[], Task[Item, Result]],
    batches: Iterable[Sequence[Item]],
    *,
    workers: int,
    timeout: float | None = BATCH_TIMEOUT,
) -> Iterator[list[Result | FailedItem[Item]]]:
    """Applies a task to batches of items in several processes.

    If the task raises an exception or its worker dies, the batch is tried a second time, then split into
    halves, and so on, until the item that causes the failure is alone. That item is tried a second time, too,
    and then given up.

    Args:
        load: called once in each worker; returns the task, which takes a batch and returns one result per
            item. `load`, items and results must be picklable.
        batches: read lazily, at most `BATCHES_AHEAD` per worker ahead of the first unfinished one.
        workers: number of processes. Each works on one thread.
        timeout: seconds that a worker may take for a batch or to load the task. One that takes longer is
            killed and treated like one that died, except that its batch is split at once. None: no limit.

    Returns:
        An iterator over the results of each batch, in order, with a `FailedItem` for each item given up.

    Raises:
        TypeError: if `load` cannot be pickled.
        ValueError: if `timeout` is not above 0.
        WorkerError: while iterating, if workers end before they have loaded the task.
        Exception: while iterating, whatever `load` raises in a worker.
    """
    try:
        pickled = pickle.dumps(load)
    except (pickle.PicklingError, AttributeError, TypeError) as error:
        raise TypeError(f"what is sent to other processes must be picklable: {error}") from None
    if timeout is not None and not timeout > 0:
        raise ValueError(f"timeout must be a number of seconds above 0, or None; got {timeout!r}")
    return _map_in_order(pickled, iter(batches), workers, timeout)


@attrs.define(eq=False)
class _Chunk:
    """Items that are submitted to a worker together: a batch or a part of one."""

    items: Sequence[Any]
    tries: int
    """Failures left until the chunk is split, or given up if it has one item."""
    results: list[Any] | None = None

    def split(self) -> list[_Chunk]:
        """The halves of a chunk of several items. Several items get one try, a single item gets two."""
        middle = len(self.items) // 2
        halves = (self.items[:middle], self.items[middle:])
        return [_Chunk(items, tries=2 if len(items) == 1 else 1) for items in halves]


@attrs.define(eq=False)
class _Worker:
    """A process with the chunks submitted to it."""

    executor: ProcessPoolExecutor
    parent_end: Connection
    """Our end of a pipe; the process ends when it is closed."""
    submitted: dict[Future[Any], _Chunk | None] = attrs.Factory(dict)
    """The submitted chunks, in order; None stands for loading the task."""
    pid: Future[int] | None = None
    """The number of the process, once it runs."""
    busy: float = 0.0
    """Seconds spent on the first unfinished chunk."""
    timed_out: bool = False
    """Whether the process was killed because it took too long."""

    @classmethod
    def start(cls, load: bytes) -> _Worker:
        context = multiprocessing.get_context("spawn")
        parent_end, worker_end = context.Pipe()
        executor = ProcessPoolExecutor(1, context, _prepare_process, (worker_end,))
        worker = cls(executor, parent_end)
        with _blocked_interrupts():
            worker.pid = executor.submit(os.getpid)
            worker.submitted[executor.submit(_load, load)] = None
        worker_end.close()
        return worker

    def submit(self, load: bytes, chunk: _Chunk) -> None:
        self.submitted[self.executor.submit(_apply, load, chunk.items)] = chunk

    def spend(self, seconds: float, timeout: float) -> None:
        """Adds time to that of the first unfinished chunk, and kills the process at the timeout."""
        if all(future.done() for future in list(self.submitted)[:1]):
            self.busy = 0.0
            return
        self.busy += seconds
        if self.busy >= timeout and not self.timed_out:
            self.timed_out = True
            self._kill()

    def _kill(self) -> None:
        """Kills the process, which may be unable to notice that the pipe is closed."""
        if self.pid is not None and self.pid.done():
            with suppress(ProcessLookupError, BrokenProcessPool, CancelledError):
                os.kill(self.pid.result(), getattr(signal, "SIGKILL", signal.SIGTERM))

    def stop(self) -> None:
        self.parent_end.close()
        if not all(future.done() for future in self.submitted):
            self._kill()
        self.executor.shutdown(cancel_futures=True)


def _map_in_order(
    load: bytes, batches: Iterator[Sequence[Item]], workers: int, timeout: float | None
) -> Iterator[list[Result | FailedItem[Item]]]:
    window: deque[list[_Chunk]] = deque()
    pool = _Pool(load, workers, timeout)
    try:
        while True:
            while len(window) < BATCHES_AHEAD * workers and (batch := next(batches, None)) is not None:
                window.append([_Chunk(batch, tries=2)] if batch else [])
            if not window:
                return
            if all(chunk.results is not None for chunk in window[0]):
                yield [result for chunk in window.popleft() for result in chunk.results or ()]
            else:
                pool.submit_and_wait(window)
    finally:
        pool.stop()


class _Pool:
    """Starts the workers, and replaces those that die."""

    def __init__(self, load: bytes, workers: int, timeout: float | None) -> None:
        self._load = load
        self._timeout = timeout
        self._failed_starts = 0
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

    def submit_and_wait(self, window: Sequence[list[_Chunk]]) -> None:
        """Submits waiting chunks, earliest first, and collects the results that are finished next.

        Args:
            window: the unfinished batches as lists of chunks. Results are set in the chunks; a chunk that
                failed is replaced by its halves.
        """
        self._submit_waiting(window)
        futures = [future for worker in self._workers for future in worker.submitted]
        done = self._wait(futures)
        for number, worker in enumerate(self._workers):
            if any(future in done for future in worker.submitted):
                self._workers[number] = self._collect(worker, window)

    def _wait(self, futures: Sequence[Future[Any]]) -> set[Future[Any]]:
        """Waits until one of the futures is done, and kills the workers that take too long."""
        tick = None if self._timeout is None else min(TICK, self._timeout)
        while True:
            start = time.monotonic()
            done, _ = wait(futures, tick, FIRST_COMPLETED)
            if tick is not None and self._timeout is not None:
                spent = min(time.monotonic() - start, 2 * tick)
                for worker in self._workers:
                    worker.spend(spent, self._timeout)
            if done:
                return done

    def _submit_waiting(self, window: Sequence[list[_Chunk]]) -> None:
        submitted = {id(chunk) for worker in self._workers for chunk in worker.submitted.values()}
        chunks = (chunk for batch in window for chunk in batch)
        for chunk in [c for c in chunks if c.results is None and id(c) not in submitted]:
            worker = min(self._workers, key=lambda worker: len(worker.submitted))
            if len(worker.submitted) >= QUEUED_CHUNKS:
                return
            try:
                worker.submit(self._load, chunk)
            except BrokenProcessPool:  # the worker has died; the chunk waits for the next call
                if worker.submitted:
                    return
                self._workers[self._workers.index(worker)] = self._replacement(worker)

    def _replacement(self, worker: _Worker) -> _Worker:
        worker.stop()
        return _Worker.start(self._load)

    def _collect(self, worker: _Worker, window: Sequence[list[_Chunk]]) -> _Worker:
        """Sets the results of finished chunks. Returns the worker, or a new one if it has died."""
        for future, chunk in list(worker.submitted.items()):
            if not future.done():
                return worker
            del worker.submitted[future]
            reason = self._reason(worker)
            worker.busy = 0.0
            error = future.exception()
            if isinstance(error, BrokenProcessPool):
                # The worker was busy with its first unfinished chunk; the chunks after it just wait again.
                if worker.timed_out and chunk is not None:
                    chunk.tries = 1  # a second try would most likely hang as long as the first
                self._record_failure(chunk, reason, window)
                return self._replacement(worker)
            if chunk is None:
                if error is not None:
                    raise error
                self._failed_starts = 0
            elif error is not None:
                self._record_failure(chunk, f"{type(error).__name__}: {error}", window)
            else:
                chunk.results = list(future.result())
        return worker

    def _reason(self, worker: _Worker) -> str:
        if worker.timed_out:
            return f"the worker process had no result after {self._timeout:g} seconds"
        return "the worker process was killed or ended"

    def _record_failure(self, chunk: _Chunk | None, reason: str, window: Sequence[list[_Chunk]]) -> None:
        if chunk is None:
            self._record_failed_start()
            return
        chunk.tries -= 1
        if chunk.tries:
            return
        if len(chunk.items) == 1:
            chunk.results = [FailedItem(chunk.items[0], reason)]
            return
        for batch in window:
            if chunk in batch:
                index = batch.index(chunk)
                batch[index : index + 1] = chunk.split()

    def _record_failed_start(self) -> None:
        self._failed_starts += 1
        if self._failed_starts >= MAX_FAILED_STARTS:
            raise WorkerError(
                f"{MAX_FAILED_STARTS} workers in a row ended while loading: there is too little memory, or a "
                'script calls this outside of `if __name__ == "__main__":`'
            )


# Functions that run in the worker


def _prepare_process(worker_end: Connection) -> None:
    """Limits the process to one thread, and makes it end when the parent process ends or closes the pipe."""
    os.environ.update(dict.fromkeys(["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"], "1"))

    def end_with_parent() -> None:
        with suppress(EOFError, OSError):
            worker_end.recv_bytes()
        os._exit(0)

    threading.Thread(target=end_with_parent, daemon=True).start()


@cache
def _loaded_task(load: bytes) -> Task[Any, Any]:
    task: Task[Any, Any] = pickle.loads(load)()
    return task


def _load(load: bytes) -> None:
    _loaded_task(load)


def _apply(load: bytes, items: Sequence[Any]) -> list[Any]:
    results = list(_loaded_task(load)(items))
    if len(results) != len(items):
        raise ValueError(f"the task returned {len(results)} results for {len(items)} items")
    return results


@contextmanager
def _blocked_interrupts() -> Iterator[None]:
    """Blocks Ctrl-C in the processes started here. Terminals send it to all processes, but the pool ends its
    workers itself."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def use_one_thread() -> None:
    """Limits torch to one thread in this process, for processes that share the cores.

    Does nothing if torch has not been imported.
    """
    if torch := sys.modules.get("torch"):
        torch.set_num_threads(1)
