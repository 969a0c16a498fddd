"""Chains of coreference from other tools."""

from __future__ import annotations

import pytest

from quoteattr.coreference.chains import check_chains, named_in_chain
from quoteattr.schema import Mention, MentionKind, Span

TEXT = "The mayor, Ann Lee, met Lee’s aide. She left."
MAYOR, LEE, SHE = Span.of(TEXT, 0, 18), Span.of(TEXT, 24, 27), Span.of(TEXT, 36, 39)


def test_a_pronoun_gets_the_longest_name_of_its_chain() -> None:
    assert named_in_chain(Mention(SHE, "pronoun"), [[MAYOR, LEE, SHE]]) == Mention(
        Span(11, 18, "Ann Lee"), "name"
    )


@pytest.mark.parametrize(
    ("span", "kind", "chains"),
    [
        (LEE, "name", [[MAYOR, LEE]]),
        (SHE, "pronoun", []),
        (SHE, "pronoun", [[MAYOR, LEE]]),
        (SHE, "pronoun", [[SHE, Span(4, 9, "mayor")]]),
    ],
    ids=["a name", "no chain", "another chain", "no name"],
)
def test_other_mentions_stay_as_they_are(span: Span, kind: MentionKind, chains: list[list[Span]]) -> None:
    assert named_in_chain(Mention(span, kind), chains) == Mention(span, kind)


def test_a_chain_of_another_text_is_refused() -> None:
    check_chains(TEXT, [[MAYOR, LEE, SHE], []])
    with pytest.raises(ValueError, match="has 'She' at 0 to 3, where the text has 'The'"):
        check_chains(TEXT, [[LEE], [Span(0, 3, "She")]])
