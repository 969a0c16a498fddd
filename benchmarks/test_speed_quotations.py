"""Measures how fast quotations are found in ordinary text and in texts that are made to be slow.

    python -m pytest benchmarks/test_speed_quotations.py

MB per second are in ``extra_info``. The ordinary text repeats one invented article. The other texts have a
million characters in one paragraph and may take only some seconds. A text that is ten times as long may take
only ten times as long.
"""

from __future__ import annotations

from typing import Any

import pytest

from quoteattr.detection.quotations import find_quotations

MILLION = 1_000_000

# Made up. One mark for every 180 characters, as many as in the news of PolNeAR, and as many apostrophes.
ARTICLE = (
    "The harbour master's office said on Tuesday that the old pier would stay closed until the spring, after "
    "engineers found that most of the timbers put in during the 1950s had rotted below the water line.\n\n"
    "“It isn't safe and it hasn't been for years,” said Maria Lindqvist, who runs the ferry company. “We "
    "told the council so in 2016, and in 2018, and again last winter.”\n\n"
    "The fishermen's association called the decision ‘a blow to every family on the island’, and asked the "
    "government for help with the boats' insurance while the repairs go on.\n\n"
    "Mr Lindqvist, her brother, put it more plainly. “They’ll lose the summer,” he said. “There’s no pier, "
    "so there’s no ferry, so there are no visitors.” The council did not answer questions on Tuesday.\n\n"
    "It is not the first time that the pier has been shut. A storm in the winter of 1987 took away the outer "
    "forty metres, and the rebuilding took three years and cost twice what had been set aside for it.\n\n"
    "The island has some four hundred people in winter and ten times as many in July. Most of them come by "
    "the morning boat, and most of the shops, the two hotels and the museum of the herring trade live on "
    "what they spend. In the years after the storm, two of the shops closed and the school lost a third of "
    "its children, as families with work on the mainland stayed there.\n\n"
    "Engineers will begin with the northern side, where the water is deepest, and hope to open half of the "
    "pier by the end of May. Until then supplies will be landed on the beach below the church, as they were "
    "before the first pier was built, and passengers will have to use the small harbour at the other end of "
    "the island, which dries out at low tide and takes no boat of more than twelve metres.\n\n"
    "A public meeting will be held in the school hall on Thursday week. The county's engineers, the ferry "
    "company and the insurers have been asked to come. No one expects the meeting to be short.\n\n"
)

ODD = {
    "one straight mark": '"' * MILLION,
    "one apostrophe": "'" * MILLION,
    "one curly mark": "“" * MILLION,
    "alternating marks": "“”" * (MILLION // 2),
    "four marks in turn": "“‘”’" * (MILLION // 4),
    "nested openings": "“a ‘b " * (MILLION // 6),
    "openings, then closings": "“a" * (MILLION // 4) + "a”" * (MILLION // 4),
    "closings only": "a.” " * (MILLION // 4),
    "possessives": "as’ b " * (MILLION // 6),
    "elisions": "'90s " * (MILLION // 5),
    "quotations and titles": "“a,” Mr. " * (MILLION // 9),
    "one word": "a" * MILLION,
    "spaces": " " * MILLION,
    "line breaks": "\n" * MILLION,
    "invisible characters": "“\N{ZERO WIDTH SPACE}" * (MILLION // 2),
    "short wrapped lines": "a\nb " * (MILLION // 4),
}


def test_ordinary_text(benchmark: Any) -> None:
    text = ARTICLE * (MILLION // len(ARTICLE))
    benchmark(find_quotations, text)
    benchmark.extra_info["MB/s"] = round(len(text) / 1e6 / benchmark.stats.stats.min, 1)


@pytest.mark.parametrize("name", ODD)
def test_odd_text_takes_seconds(benchmark: Any, name: str) -> None:
    benchmark.pedantic(find_quotations, args=(ODD[name],), rounds=1)
    assert benchmark.stats.stats.max < 60, "a minute for a megabyte: something is not linear"
