"""Names cut to the persons that the tagger finds in a stretch of capitalised words."""

from __future__ import annotations

import pytest

from quoteattr.coreference.name_boundaries import fit_to_persons
from quoteattr.names import find_names, tag_names


def fitted(text: str) -> list[tuple[str, str]]:
    return [(span.text, name.text) for span, name in fit_to_persons(text, find_names(text), tag_names(text))]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("DOC Senior Officer Mike Slater said no.", [("DOC Senior Officer Mike Slater", "Mike Slater")]),
        ("We met Finance Ann Lee of Leeds.", [("Ann Lee", "Ann Lee"), ("Leeds", "Leeds")]),
        (
            "Asking Zameer, she left. Mr Zameer wept.",
            [("Zameer", "Zameer"), ("Mr Zameer", "Zameer")],
        ),
        ("We asked Juliet Ziswa Marketing Director.", [("Juliet Ziswa", "Juliet Ziswa")]),
        ("The envoy to Qatar H E Jean-Luc Favre left.", [("Jean-Luc Favre",) * 2]),
        ("We met Delhi-based Ann Lee.", [("Ann Lee", "Ann Lee")]),
        # nothing is cut
        ("The premier, Prayut Chan-o-cha, left.", [("Prayut Chan-o-cha",) * 2]),
        ("Tracy-Ann McPhee, a minister, left.", [("Tracy-Ann McPhee",) * 2]),
        ("Edward “Teddy” Marsh said no.", [("Edward “Teddy” Marsh", "Edward “Teddy” Marsh")]),
        ("Mayor Ann Lee left.", [("Mayor Ann Lee", "Ann Lee")]),
        ("Earl Petrie Jr. left.", [("Earl Petrie Jr.", "Earl Petrie Jr.")]),
        ("The lawyer Helen Marsh QC left.", [("Helen Marsh QC", "Helen Marsh")]),
        ("The Bank of England raised it.", [("Bank of England", "Bank of England")]),
    ],
)
def test_boundaries(text: str, names: list[tuple[str, str]]) -> None:
    assert fitted(text) == names


def test_titles_stay_with_the_name_that_they_describe() -> None:
    text = "We met Leeds Neighbour Mike Slater."
    *_, (_, name) = fit_to_persons(text, find_names(text), tag_names(text))
    assert name.title == ("neighbour",)
