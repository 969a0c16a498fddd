"""Names that stand before their acronym."""

from __future__ import annotations

import pytest

from quoteattr.names import find_names
from quoteattr.names.acronyms import spelled_out_names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Hull Workers and Helpers Union (HWHU) met.", "Hull Workers and Helpers Union"),
        ("The UN Office for Lost Harbours (UNOLH) met.", "UN Office for Lost Harbours"),
        (
            "The Global Coast-Water Panel on Bridges and Ferries (GPBF) met.",
            "Global Coast-Water Panel on Bridges and Ferries",
        ),
        ("Here the Road Users Board (the “RUB”) met.", "Road Users Board"),
    ],
)
def test_the_acronym_shows_where_the_name_begins(text: str, name: str) -> None:
    assert [span.text for span in spelled_out_names(text)] == [name]
    assert name in [span.text for span in find_names(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee (MP) and Tom Hale (SNP) met.",
        "He left. The Board (RUB) met.",
        "It was a rotten ugly bridge (RUB).",
        "The Road said, Users Board (RUB) met.",
    ],
)
def test_other_words_before_brackets_are_left_alone(text: str) -> None:
    assert list(spelled_out_names(text)) == []
