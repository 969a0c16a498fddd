"""An article that cannot be attributed leaves the others as they are."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from quoteattr import Article, attribute, attribute_many
from quoteattr.coreference import resolve
from quoteattr.parsing.dependency_tree import Parse
from tests import stub
from tests.stub import Flat

TEXTS = tuple(f"“We mended it,” said Lee {number} ." for number in range(9))
ARTICLES = [Article(text, id=f"a{number}") for number, text in enumerate(TEXTS)]
FAILING = (2, 3, 7)


class Failing(Flat):
    """Fails on the texts of three of the articles."""

    def parse(self, texts: Sequence[str]) -> list[Parse]:
        for text in texts:
            if any(f"Lee {number} " in text for number in FAILING):
                raise LookupError("no parse")
        return super().parse(texts)


def skipped(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.name == "quoteattr.batches"]


@pytest.mark.parametrize("batch_size", [1, 2, 4, 64])
def test_skipping_leaves_out_what_fails_and_nothing_else(
    batch_size: int, caplog: pytest.LogCaptureFixture
) -> None:
    results = list(attribute_many(ARTICLES, parser=Failing(), batch_size=batch_size, on_error="skip"))
    others = [article for number, article in enumerate(ARTICLES) if number not in FAILING]
    assert results == [attribute(article, parser=Flat()) for article in others]
    assert skipped(caplog) == [f"skipped article {n} ('a{n}'): LookupError: no parse" for n in FAILING]
    assert all(record.exc_info for record in caplog.records)


@pytest.mark.parametrize("batch_size", [1, 4, 64])
def test_raising_names_the_article_after_the_results_before_it(batch_size: int) -> None:
    results = attribute_many(ARTICLES, parser=Failing(), batch_size=batch_size)
    assert [next(results).article.id, next(results).article.id] == ["a0", "a1"]
    with pytest.raises(RuntimeError, match=r"article 2 \('a2'\) cannot be attributed: LookupError") as caught:
        next(results)
    assert isinstance(caught.value.__cause__, LookupError)


def test_one_article_raises_what_its_parser_raises() -> None:
    with pytest.raises(LookupError):
        attribute(ARTICLES[2], parser=Failing())


def test_an_article_without_id_is_named_by_its_text() -> None:
    with pytest.raises(RuntimeError, match=r"article 0 \('“We mended it,” said Lee 2 \.'…\)"):
        list(attribute_many([TEXTS[2]], parser=Failing()))


def test_a_rule_that_fails_on_an_article_leaves_the_others(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def failing(text: str, *rest: Any) -> Any:
        if "Lee 4 " in text:
            raise IndexError("list index out of range")
        return resolve(text, *rest)

    monkeypatch.setattr("quoteattr.pipeline.resolve", failing)
    results = list(attribute_many(ARTICLES, parser=Flat(), on_error="skip"))
    assert [result.article.id for result in results] == ["a0", "a1", "a2", "a3", "a5", "a6", "a7", "a8"]
    assert skipped(caplog) == ["skipped article 4 ('a4'): IndexError: list index out of range"]


MIXED: list[object] = [TEXTS[0], None, float("nan"), ARTICLES[1], b"bytes"]


def test_what_is_no_article_is_skipped(caplog: pytest.LogCaptureFixture) -> None:
    results = list(attribute_many(MIXED, parser=Flat(), on_error="skip"))  # type: ignore[arg-type]
    assert [result.article.text for result in results] == [TEXTS[0], TEXTS[1]]
    assert [message.partition(":")[0] for message in skipped(caplog)] == [
        "skipped article 1",
        "skipped article 2",
        "skipped article 4",
    ]


def test_what_is_no_article_raises_after_the_results_before_it() -> None:
    results = attribute_many(MIXED, parser=Flat())  # type: ignore[arg-type]
    assert next(results).article.text == TEXTS[0]
    with pytest.raises(TypeError, match=r"article 1 .*must be a str or an Article, got NoneType"):
        next(results)


def test_an_error_of_the_articles_own_iterator_is_not_hidden() -> None:
    def stream() -> Iterator[str]:
        yield TEXTS[0]
        raise OSError("the file is gone")

    with pytest.raises(OSError, match="gone"):
        list(attribute_many(stream(), parser=Flat(), on_error="skip"))


@pytest.mark.parametrize("interrupt", [KeyboardInterrupt, SystemExit])
def test_an_interrupt_is_not_skipped(interrupt: type[BaseException]) -> None:
    class Interrupted(Flat):
        def parse(self, texts: Sequence[str]) -> list[Parse]:
            raise interrupt

    with pytest.raises(interrupt):
        list(attribute_many(TEXTS, parser=Interrupted(), on_error="skip"))


@pytest.mark.parametrize("wrong", ["ignore", None, True])
def test_another_word_is_named(wrong: object) -> None:
    with pytest.raises(ValueError, match='on_error must be "raise" or "skip", got'):
        attribute_many(TEXTS, on_error=wrong)  # type: ignore[arg-type]


@pytest.mark.slow
class TestWorkers:
    def test_what_fails_is_skipped(self, caplog: pytest.LogCaptureFixture) -> None:
        articles = [*MIXED, TEXTS[3], TEXTS[4]]
        several = attribute_many(articles, parser=Failing(), workers=2, batch_size=3, on_error="skip")  # type: ignore[arg-type]
        assert [result.article.text for result in several] == [TEXTS[0], TEXTS[1], TEXTS[4]]
        assert [message.partition(":")[0] for message in skipped(caplog)] == [
            "skipped article 1",
            "skipped article 2",
            "skipped article 4",
            "skipped article 5 ('“We mended it,” said Lee 3 .'…)",
        ]

    def test_what_ends_its_worker_is_skipped(self, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.ERROR)
        several = attribute_many(ARTICLES, parser=stub.Deadly(), workers=2, batch_size=4, on_error="skip")
        assert [result.article.id for result in several] == ["a0", "a1", "a2", "a3", "a4", "a5", "a6", "a8"]
        (message,) = skipped(caplog)
        assert message.startswith("skipped article 7 ('a7'): the worker")

    def test_what_fails_is_named(self) -> None:
        with pytest.raises(RuntimeError, match=r"article 2 \('a2'\) cannot be attributed: LookupError"):
            list(attribute_many(ARTICLES, parser=Failing(), workers=2))
