"""The lines of the annotated articles: with their gold quotations, and end to end."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from benchmarks.lines import as_attributed, places_of, seed_pairs, seed_records
from quoteattr import attribute_many, deduplicate

ROOT = Path(__file__).parents[2]
OURS = ROOT / "seeds" / "articles"
NEWSPAPERS = Path(os.environ.get("QUOTEATTR_SEEDS", ROOT.parent / "shared" / "seeds"))


def test_every_line_of_our_articles() -> None:
    records = seed_records("articles.jsonl")
    pairs = seed_pairs(records, places_of(deduplicate(as_attributed(r, OURS) for r in records)))
    assert pairs.missed == 0
    # The one: “I said it yesterday,” …, “and I’ll say it at every diner”, which the records leave apart.
    assert pairs.wrong <= 1


def test_every_line_of_the_newspaper_articles() -> None:
    records = seed_records("seeds.jsonl")
    if not all((NEWSPAPERS / record["id"]).is_file() for record in records):
        pytest.skip("set QUOTEATTR_SEEDS to the folder of the seed articles")
    pairs = seed_pairs(records, places_of(deduplicate(as_attributed(r, NEWSPAPERS) for r in records)))
    assert (pairs.missed, pairs.wrong) == (0, 0)


@pytest.mark.slow
def test_one_op_ed_in_two_papers_end_to_end() -> None:
    records = [r for r in seed_records("articles.jsonl") if r["id"].startswith("reservoir")]
    found = attribute_many(as_attributed(r, OURS).article for r in records)
    assert seed_pairs(records, places_of(deduplicate(found))).f1 >= 0.8
