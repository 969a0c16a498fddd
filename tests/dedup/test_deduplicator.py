"""Utterances of batches of articles, and their file."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quoteattr import Deduplicator, deduplicate
from quoteattr.schema import AttributedArticle
from tests.dedup.articles import Quote, article_of_quotes, corpora

ROOT = Path(__file__).parents[2]
SENTENCE = "The United Kingdom will not look away from the frontier of freedom"
STREAM = [
    article_of_quotes("a", Quote(SENTENCE, "Liz Truss")),
    article_of_quotes(
        "b", Quote("will not look away", "Truss"), Quote("Nobody asked us about the road", "Ida Holm")
    ),
    article_of_quotes("c", Quote("Nobody asked us about the road", "Holm")),
    article_of_quotes("d", Quote(SENTENCE, "Liz Truss")),
]


@given(corpora(), st.integers(1, 3))
@settings(max_examples=25, deadline=None)
def test_batches_make_no_difference(articles: list[AttributedArticle], size: int) -> None:
    with Deduplicator() as deduplicator:
        for at in range(0, len(articles), size):
            deduplicator.add(articles[at : at + size])
        assert deduplicator.utterances() == deduplicate(articles)
        assert list(deduplicator.articles()) == articles
        assert deduplicator.add(articles) == []


def test_a_batch_returns_the_utterances_with_an_appearance_in_it(tmp_path: Path) -> None:
    first = article_of_quotes(
        "a", Quote(SENTENCE, "Liz Truss"), Quote("Something else entirely was said here", "Carl Moss")
    )
    with Deduplicator(tmp_path / "utterances.sqlite") as deduplicator:
        assert len(deduplicator.add([first])) == 2
        (utterance,) = deduplicator.add([article_of_quotes("b", Quote("will not look away", "Truss"))])
        assert [a.article.id for a in utterance.appearances] == ["a", "b"]
    with Deduplicator.load(tmp_path / "utterances.sqlite") as deduplicator:
        assert len(deduplicator) == 2
        assert len(deduplicator.utterances()) == 2


def test_wrong_argument() -> None:
    with Deduplicator() as deduplicator:
        with pytest.raises(TypeError, match="attributed articles, not str"):
            deduplicator.add([STREAM[0], "text"])  # type: ignore[list-item]
        assert len(deduplicator) == 0


def test_save_and_load(tmp_path: Path) -> None:
    path = tmp_path / "utterances.sqlite"
    with Deduplicator() as deduplicator:
        deduplicator.add(STREAM[:1])
        deduplicator.save(path)
        with pytest.raises(ValueError, match="holds 1 articles already"):
            deduplicator.save(path)
        with Deduplicator.load(path) as loaded:
            assert loaded.utterances() == deduplicator.utterances()
    with pytest.raises(FileNotFoundError):
        Deduplicator.load(tmp_path / "nothing.sqlite")


KILLED = """
import os, signal, sys
from tests.dedup.test_deduplicator import STREAM
from quoteattr import Deduplicator

def killed(articles):
    yield from articles
    os.kill(os.getpid(), signal.SIGKILL)

deduplicator = Deduplicator(sys.argv[1])
finished = int(sys.argv[2])
for article in STREAM[:finished]:
    deduplicator.add([article])
deduplicator.add(killed(STREAM[finished:]))
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
@pytest.mark.parametrize("finished", [0, 2])
def test_a_killed_process_loses_only_the_unfinished_batch(tmp_path: Path, finished: int) -> None:
    path = tmp_path / "utterances.sqlite"
    ended = subprocess.run([sys.executable, "-c", KILLED, path, str(finished)], cwd=ROOT, check=False)
    assert ended.returncode == -signal.SIGKILL
    with Deduplicator.load(path) as deduplicator:
        assert list(deduplicator.articles()) == STREAM[:finished]
        deduplicator.add(STREAM)
        assert deduplicator.utterances() == deduplicate(STREAM)
