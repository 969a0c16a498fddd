"""Statements: pieces of one utterance share a number."""

from __future__ import annotations

from quoteattr.attribution import Finding, number_statements
from quoteattr.schema import Mention, Span

LEE = Mention(Span(0, 3, "Lee"), "name")
SAID = Span(4, 8, "said")
ASKED = Span(10, 15, "asked")


def test_quotations_of_one_cue_are_one_statement() -> None:
    findings = [Finding(SAID, LEE), Finding(SAID, LEE), Finding(ASKED, LEE)]
    assert number_statements(findings) == [0, 0, 1]


def test_a_quotation_shares_the_statement_that_it_follows() -> None:
    findings = [Finding(SAID, LEE), Finding(ASKED, LEE), Finding(None, LEE, follows=0)]
    assert number_statements(findings) == [0, 1, 0]


def test_quotations_without_a_cue_are_statements_of_their_own() -> None:
    assert number_statements([Finding(None, LEE), Finding(None, LEE)]) == [0, 1]


def test_nobody_has_no_number() -> None:
    assert number_statements([Finding(SAID), Finding(SAID, LEE)]) == [None, 0]


def test_a_quotation_that_follows_a_later_one_starts_a_statement() -> None:
    assert number_statements([Finding(SAID, LEE, follows=1), Finding(SAID, LEE)]) == [0, 0]
