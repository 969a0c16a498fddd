"""Passes generated texts to the public API, and checks that no exception is raised, all spans agree with the
text, and no text takes unusually long."""

from __future__ import annotations

import faulthandler
import random
import time
from collections.abc import Callable, Iterator, Sequence

import attrs

from benchmarks.fuzz.checks import check_exports, check_parsed, check_result, check_utterances
from benchmarks.fuzz.findings import Findings, key_of, shrunk
from benchmarks.fuzz.generators import Text, text_of
from benchmarks.long_texts import ordinary
from quoteattr import AttributedArticle, attribute, attribute_many

BATCH = 32
"""Texts that are attributed together. More would be hardly faster, and would hide a slow text."""
SELDOM = 8
"""Exports, and attribution of a text alone, are tried in one batch of so many, as they take long."""
TIMES = 20
"""How many times as long as ordinary text of its length a text may take."""
LEAST_LENGTH = 200
"""Shorter texts may take as long as one of so many characters: any sentence costs a call of the models."""
LEAST_SECONDS = 0.5
"""CPU seconds that any text may take: less is within the noise of a busy machine."""
HANG = 600
"""Seconds after which a batch counts as hanging: then the stack is printed and the process ends."""
PROGRESS = 25
"""Batches between two lines of progress."""


@attrs.define
class Report:
    """What a run of texts has found."""

    seed: int
    inputs: int = 0
    quotations: int = 0
    raised: Findings = attrs.Factory(Findings)
    slow: Findings = attrs.Factory(Findings)

    def __str__(self) -> str:
        return (
            f"seed {self.seed} inputs {self.inputs} quotations {self.quotations} "
            f"raised {len(self.raised)} slow {len(self.slow)}"
        )


def run_texts(seed: int, inputs: int, first: int = 0, log: Callable[[str], None] = print) -> Report:
    """Tries the inputs of a seed.

    Args:
        seed: determines the texts.
        inputs: number of texts.
        first: number of the first text, to continue a run.
        log: takes lines of progress.
    """
    report, normal = Report(seed), seconds_per_character()
    for at in range(first, first + inputs, BATCH):
        faulthandler.dump_traceback_later(HANG, exit=True)
        texts = [text_of(seed, number) for number in range(at, min(at + BATCH, first + inputs))]
        try_batch(texts, report, normal, random.Random(f"{seed} {at} batch"))
        if (at - first) // BATCH % PROGRESS == PROGRESS - 1:
            log(f"{report}, next {at + BATCH}")
    faulthandler.cancel_dump_traceback_later()
    return report


def seconds_per_character() -> float:
    """CPU seconds that ordinary text takes, per character, with the models loaded.

    The time is that of a single thread, and is measured anew in every run because machines differ.
    """
    text = ordinary(LEAST_LENGTH * 50)
    attribute(text)
    return min(cpu_seconds(lambda: attribute(text)) for _ in range(3)) / len(text)


def cpu_seconds(call: Callable[[], object]) -> float:
    """CPU seconds of a call."""
    start = time.process_time()
    call()
    return time.process_time() - start


def limit(text: str, normal: float) -> float:
    """CPU seconds that a text may take."""
    return max(LEAST_SECONDS, TIMES * normal * max(len(text), LEAST_LENGTH))


def try_batch(texts: Sequence[Text], report: Report, normal: float, rng: random.Random) -> None:
    """Attributes texts together, checks the results, and notes what is wrong."""
    report.inputs += len(texts)
    results, suspects = attributed([text.text for text in texts])
    if results is None:
        results, suspects = _one_by_one(texts, report), list(range(len(texts)))
    for text, result in zip(texts, results, strict=True):
        if result is not None:
            report.quotations += len(result)
            _try(text, report, lambda text=text, result=result: check_result(result, text.text))  # type: ignore[misc]
    for number in suspects:
        _time(texts[number], report, normal)
    if rng.randrange(SELDOM) == 0:
        _try_more(texts, results, report)
    _try_utterances([result for result in results if result is not None], report)


def attributed(texts: Sequence[str]) -> tuple[list[AttributedArticle | None] | None, list[int]]:
    """The results of texts, attributed together, and the numbers of those that may have taken too long.

    The models run over all texts before the first result: if that takes long, all are suspects. The results
    are None if an exception was raised.
    """
    results: list[AttributedArticle | None] = []
    suspects: set[int] = set()
    try:
        stream = attribute_many(texts, batch_size=len(texts))
        for number, (result, seconds) in enumerate(timed(stream)):
            results.append(result)
            if seconds > LEAST_SECONDS:
                suspects.update([number] if number else range(len(texts)))
    except Exception:
        return None, []
    return results, sorted(suspects)


def timed(stream: Iterator[AttributedArticle]) -> Iterator[tuple[AttributedArticle, float]]:
    """Each result with the CPU seconds until it came."""
    start = time.process_time()
    for result in stream:
        yield result, time.process_time() - start
        start = time.process_time()


def shrink_raising(key: str, text: str) -> str:
    """The smallest text found that raises the same exception, or breaks the same promise, as another."""
    return shrunk(text, lambda smaller: problem_of(smaller) == key)


def problem_of(text: str) -> str | None:
    """What is wrong with the result of a text; None if nothing is."""
    try:
        result = attribute(text)
        check_result(result, text)
        check_exports(result)
        check_parsed(text)
        check_utterances([result, result])
    except Exception as error:
        return key_of(error)
    return None


def _one_by_one(texts: Sequence[Text], report: Report) -> list[AttributedArticle | None]:
    """Attributes each text alone; None in place of a result that raised."""
    results: list[AttributedArticle | None] = []
    for text in texts:
        results.append(None)
        _try(text, report, lambda text=text: results.__setitem__(-1, attribute(text.text)))  # type: ignore[misc]
    if None not in results:
        joined = "\n".join(ascii(text.text) for text in texts)
        source = f"from {texts[0].number}"
        report.raised.add("a batch raises, and none of its texts", joined, source, "attribute_many raised")
    return results


def _time(text: Text, report: Report, normal: float) -> None:
    """Notes a text that takes too long, in the better of two tries."""
    try:
        seconds = min(cpu_seconds(lambda: attribute(text.text)) for _ in range(2))
    except Exception:
        return  # noted elsewhere
    if seconds > limit(text.text, normal):
        times = seconds / (normal * max(len(text.text), LEAST_LENGTH))
        details = f"{seconds:.2f} s, {times:.0f} times ordinary text"
        report.slow.add(text.generator, text.text, f"number {text.number}", details)


def _try_more(texts: Sequence[Text], results: Sequence[AttributedArticle | None], report: Report) -> None:
    """The checks that take long, for the texts of one batch."""
    for text, result in zip(texts, results, strict=True):
        _try(text, report, lambda text=text: check_parsed(text.text))  # type: ignore[misc]
        if result is not None:
            _try(text, report, lambda result=result: check_exports(result))  # type: ignore[misc]
    alone = texts[0]
    if results[0] is not None and attribute(alone.text) != results[0]:
        report.raised.add("a text alone has another result", alone.text, f"number {alone.number}", "")


def _try_utterances(results: Sequence[AttributedArticle], report: Report) -> None:
    try:
        check_utterances(results)
    except Exception as error:
        _note_utterances(results, key_of(error), report)


def _note_utterances(results: Sequence[AttributedArticle], key: str, report: Report) -> None:
    """Notes what `deduplicate` got wrong, with as few articles as show it."""
    fewest = list(results)
    for result in results:
        rest = [other for other in fewest if other is not result]
        if _utterance_problem(rest) == key:
            fewest = rest
    texts = [result.article.text for result in fewest]
    report.raised.add(f"deduplicate: {key}", "\n----\n".join(texts), f"{len(texts)} articles", "")


def _utterance_problem(results: Sequence[AttributedArticle]) -> str | None:
    try:
        check_utterances(results)
    except Exception as error:
        return key_of(error)
    return None


def _try(text: Text, report: Report, call: Callable[[], object]) -> None:
    """Calls a function and notes the exception that it raises."""
    try:
        call()
    except Exception as error:
        import traceback

        source = f"{text.generator}, number {text.number}"
        report.raised.add(key_of(error), text.text, source, traceback.format_exc(limit=-4))
