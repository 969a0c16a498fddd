"""Figures by where the articles come from."""

from __future__ import annotations

from collections import Counter

from benchmarks.origins import LEAST, by_origin, origin_of


def counts(n: int, right: int) -> Counter[str]:
    rest = dict.fromkeys(("read_found", "read_outlet", "nobody_right", "nobody_n", "answers", "invented"), 0)
    return Counter(read_n=n, read_speaker=right, spoken_n=n, spoken_right=right, strict_right=right, **rest)


def test_every_article_of_the_gold_has_an_origin() -> None:
    assert origin_of("world_nz_rnz_10") == "Australia and New Zealand"
    assert origin_of("world_xx_paper_1") == "other countries"
    assert origin_of("politico_2016-01-05_trump") == "US politics"


def test_small_groups_are_put_together() -> None:
    ids = ["world_nz_a_1", "world_nz_a_2", "world_jp_a_1", "extract_1"]
    found = by_origin(ids, [counts(LEAST, LEAST), counts(20, 0), counts(5, 5), counts(5, 0)])
    assert {name: n for name, (n, _, _) in found.items()} == {"Australia and New Zealand": 80, "others": 10}
    assert found["Australia and New Zealand"][1]["read.speaker"] == 0.75
    assert found["others"][1]["read.spoken"] == 0.5
