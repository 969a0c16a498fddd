"""Batches in several processes: order, bounds, and deaths of workers, which are really killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import quoteattr
from quoteattr.parallel import BATCHES_AHEAD, FailedItem, WorkerError, map_batches
from tests import number_tasks, stub

Load = Callable[[], Callable[[Sequence[int]], list[int]]]


def doubled(load: Load, batches: Sequence[Sequence[int]], workers: int = 2) -> list[list[Any]]:
    return list(map_batches(load, batches, workers=workers))


BATCHES = [list(range(start, start + 4)) for start in range(0, 20, 4)]
RIGHT = [[2 * number for number in batch] for batch in BATCHES]


@pytest.mark.parametrize("workers", [1, 3])
def test_results_are_in_order(workers: int) -> None:
    assert doubled(number_tasks.load_double, BATCHES, workers) == RIGHT


def test_no_batches_and_empty_ones() -> None:
    assert doubled(number_tasks.load_double, []) == []
    assert doubled(number_tasks.load_double, [[], [1], []]) == [[], [2], []]


def test_the_work_is_shared() -> None:
    pids = {pid for found in doubled(number_tasks.load_pid, BATCHES) for pid in found}
    assert len(pids) == 2
    assert os.getpid() not in pids


def test_batches_are_read_lazily() -> None:
    read = []

    def stream() -> Iterator[list[int]]:
        for number in range(100):
            read.append(number)
            yield [number]

    results = map_batches(number_tasks.load_double, stream(), workers=1)
    assert read == []
    next(results)
    assert len(read) == BATCHES_AHEAD
    results.close()  # type: ignore[attr-defined]


@pytest.mark.slow
class TestDeaths:
    @pytest.mark.parametrize("number", [0, 12])
    def test_the_item_that_kills_its_worker_is_isolated(self, number: int) -> None:
        found = doubled(partial(number_tasks.load_killed_by, number), BATCHES)
        failed = FailedItem(number, "the worker process was killed or ended")
        assert found == [[failed if n == number else 2 * n for n in batch] for batch in BATCHES]

    def test_a_single_death_loses_nothing(self, tmp_path: Path) -> None:
        assert doubled(partial(number_tasks.load_killed_once, tmp_path / "mark"), BATCHES) == RIGHT

    def test_workers_killed_at_work_and_idle(self) -> None:
        results = map_batches(number_tasks.load_pid, ([n] for n in range(30)), workers=2)
        killed: set[int] = set()
        count = 0
        for (pid,) in results:
            assert isinstance(pid, int)
            count += 1
            if pid not in killed and len(killed) < 5:
                killed.add(pid)
                os.kill(pid, signal.SIGKILL)
                time.sleep(0.05)  # so that the death is also noticed between batches
        assert count == 30
        assert len(killed) == 5

    def test_the_item_that_raises_is_isolated(self) -> None:
        found = doubled(partial(number_tasks.load_raising_at, 7), BATCHES)
        assert found[1] == [8, 10, 12, FailedItem(7, "ArithmeticError: met 7")]
        assert [*found[:1], *found[2:]] == [*RIGHT[:1], *RIGHT[2:]]

    def test_too_few_results_are_an_error(self) -> None:
        ((failed,),) = doubled(number_tasks.load_too_few, [[5]])
        assert failed == FailedItem(5, "ValueError: the task returned 0 results for 1 items")


@pytest.mark.slow
class TestHanging:
    def test_the_item_at_which_a_worker_hangs_is_isolated(self) -> None:
        load = partial(number_tasks.load_hanging_at, 5)
        found = list(map_batches(load, BATCHES, workers=2, timeout=3))
        failed = FailedItem(5, "the worker process had no result after 3 seconds")
        assert found == [[failed if n == 5 else 2 * n for n in batch] for batch in BATCHES]

    def test_workers_that_hang_while_loading_are_an_error(self) -> None:
        with pytest.raises(WorkerError, match="ended while loading"):
            list(map_batches(number_tasks.hangs_loading, BATCHES, workers=1, timeout=2))


@pytest.mark.parametrize("timeout", [0, -1, float("nan")])
def test_a_limit_that_is_no_time_is_an_error(timeout: float) -> None:
    with pytest.raises(ValueError, match="timeout must be a number of seconds above 0"):
        map_batches(number_tasks.load_double, [], workers=1, timeout=timeout)


class TestLoading:
    def test_exceptions_while_loading_are_raised(self) -> None:
        with pytest.raises(FileNotFoundError, match="no models in nowhere"):
            doubled(number_tasks.fails_to_load, BATCHES)

    def test_a_worker_that_dies_while_loading_is_replaced(self, tmp_path: Path) -> None:
        assert doubled(partial(number_tasks.dies_loading_once, tmp_path / "mark"), BATCHES) == RIGHT

    def test_repeated_deaths_while_loading_are_an_error(self) -> None:
        with pytest.raises(WorkerError, match="ended while loading"):
            doubled(number_tasks.dies_loading, BATCHES)

    def test_an_unpicklable_task_is_an_error(self) -> None:
        with pytest.raises(TypeError, match="must be picklable"):
            doubled(lambda: number_tasks.load_double(), BATCHES)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_workers_end_with_their_parent(end: signal.Signals) -> None:
    code = (
        "from tests.number_tasks import load_pid; from quoteattr.parallel import map_batches; import time\n"
        "if __name__ == '__main__':\n"
        "    found = map_batches(load_pid, ([n] for n in range(9)), workers=1)\n"
        "    print(*next(found), flush=True)\n"
        "    time.sleep(60)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert parent.stdout is not None
    worker = int(parent.stdout.readline())
    parent.send_signal(end)
    parent.wait(30)
    assert _gone(worker, within=30)


def _gone(pid: int, within: float) -> bool:
    until = time.monotonic() + within
    while time.monotonic() < until:
        state = Path(f"/proc/{pid}/stat")
        if not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.05)
    return False


class TestAttributeMany:
    TEXTS = tuple(f"“We mended it,” said Lee {n} ." for n in range(25))

    @pytest.mark.slow
    def test_results_are_the_same_as_in_one_process(self) -> None:
        alone = list(quoteattr.attribute_many(self.TEXTS, parser=stub.Flat()))
        assert all(len(result) == 1 for result in alone)
        several = quoteattr.attribute_many(self.TEXTS, parser=stub.Flat(), workers=2, batch_size=4)
        assert list(several) == alone

    def test_min_confidence_is_passed_on(self) -> None:
        (result,) = quoteattr.attribute_many(self.TEXTS[:1], parser=stub.Flat(), workers=2, min_confidence=1)
        assert [a.speaker for a in result] == [None]

    def test_an_unpicklable_parser_is_an_error(self) -> None:
        class Local(stub.Flat):
            pass

        with pytest.raises(TypeError, match="must be picklable"):
            list(quoteattr.attribute_many(self.TEXTS, parser=Local(), workers=2))

    @pytest.mark.slow
    def test_an_article_that_ends_its_worker_is_named(self) -> None:
        articles = [quoteattr.Article(text, id=f"a{n}") for n, text in enumerate(self.TEXTS)]
        with pytest.raises(RuntimeError, match=r"article 7 \('a7'\) cannot be attributed: the worker"):
            list(quoteattr.attribute_many(articles, parser=stub.Deadly(), workers=2))


@pytest.mark.slow
def test_a_loaded_parser_can_be_pickled() -> None:
    texts = TestAttributeMany.TEXTS[:4]
    parser = quoteattr.load_parser()
    several = quoteattr.attribute_many(texts, parser=parser, workers=2, batch_size=2)
    assert list(several) == list(quoteattr.attribute_many(texts, parser=parser, batch_size=2))
