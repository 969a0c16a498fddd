"""Outlets inferred from other utterances of one occasion."""

from __future__ import annotations

import pytest

from quoteattr import deduplicate
from quoteattr.dedup.outlet_inference import common_outlet
from quoteattr.schema import Outlet, Span
from tests.dedup.articles import Quote, article_of_quotes

SENTENCE = "The United Kingdom will not look away from the frontier of freedom"
COMPANION = "Our allies stand with us on the eastern border"


@pytest.mark.parametrize(
    ("names", "common"),
    [
        ([], None),
        (["Sky News"], "Sky News"),
        (["The Telegraph", "Sunday Telegraph"], "Sunday Telegraph"),
        (["The Telegraph", "Sky News"], None),
    ],
)
def test_common_outlet(names: list[str], common: str | None) -> None:
    found = common_outlet([Outlet(name, Span(0, 0, "")) for name in names])
    assert (found and found.name) == common


@pytest.mark.parametrize(("speaker", "outlets"), [("Liz Truss", ("The Sunday Post",)), ("Ida Holm", ())])
def test_companions_share_their_outlet(speaker: str, outlets: tuple[str, ...]) -> None:
    articles = [
        article_of_quotes(
            "a", Quote(SENTENCE, "Liz Truss", outlet="The Sunday Post"), Quote(COMPANION, speaker)
        ),
        article_of_quotes("b", Quote(SENTENCE, "Liz Truss"), Quote(COMPANION, speaker)),
        article_of_quotes("c", Quote(SENTENCE, "Liz Truss"), Quote("Said of another day", "Liz Truss")),
    ]
    utterances = {utterance.text: utterance for utterance in deduplicate(articles)}
    assert utterances[COMPANION].outlets == outlets
    assert all(a.outlet_inferred == bool(outlets) for a in utterances[COMPANION].appearances)
    assert utterances["Said of another day"].outlets == ()
