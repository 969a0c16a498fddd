"""The registry: every rule decides the quotation of its example, on recorded parses."""

from __future__ import annotations

from typing import Any

import pytest

import quoteattr
from quoteattr.attribution import find_cues
from quoteattr.attribution.decision import make_contexts
from quoteattr.attribution.ranker_features import NAMES_IN_WEIGHTS
from quoteattr.attribution.registry import (
    CONTEXT,
    LOCAL,
    NOBODY_IN_HEADINGS,
    OUTCOMES,
    RANKER_ONLY,
    reason_of,
)
from quoteattr.attribution.rule import Outcome, Rule
from quoteattr.attribution.rules.context import Context
from quoteattr.attribution.setting import Setting
from quoteattr.pipeline import parse_quotations
from quoteattr.schema import NAMES_AND_TERMS
from tests.recorded import recorded

PARSER = recorded()
RULES: tuple[Rule[Any], ...] = (*LOCAL, *CONTEXT, *RANKER_ONLY)
SELDOM_FIRST = {"speaker_after"}
"""Rules that are never the first to propose the answer of a text as short as an example."""


def name_of(outcome: Outcome) -> str:
    return outcome.name


@pytest.mark.parametrize("outcome", OUTCOMES.values(), ids=name_of)
def test_the_example_is_decided_by_its_rule(outcome: Outcome) -> None:
    decided = quoteattr.attribute(outcome.example, parser=PARSER).attributions[outcome.quotation]
    assert decided.decided_by == outcome.name or outcome.name in SELDOM_FIRST
    assert (decided.mention is None) == outcome.nobody or outcome.name in SELDOM_FIRST


@pytest.mark.parametrize("rule", RULES, ids=name_of)
def test_the_rule_proposes_an_answer_for_its_example(rule: Rule[Any]) -> None:
    [settings] = parse_quotations([rule.example], PARSER)
    context = make_contexts(settings)[outcome_number(rule, settings)]
    case = context if rule.scope is Context else context.setting
    finding = rule.propose(case)
    assert finding is not None
    assert finding.rule == rule.name
    assert (finding.mention is None) == rule.nobody


def outcome_number(outcome: Outcome, settings: list[Setting]) -> int:
    """The example's quotation, counted from the first."""
    return range(len(settings))[outcome.quotation]


@pytest.mark.parametrize("rule", [rule for rule in LOCAL if rule.certain is not None], ids=name_of)
def test_certain_rules_give_their_own_confidence(rule: Rule[Any]) -> None:
    [settings] = parse_quotations([rule.example], PARSER)
    assert find_cues(settings)[rule.quotation].confidence == rule.certain


def test_names_are_unique() -> None:
    assert len(OUTCOMES) == len(RULES) + 3


@pytest.mark.parametrize("outcome", OUTCOMES.values(), ids=name_of)
def test_reasons_are_sentences(outcome: Outcome) -> None:
    assert reason_of(outcome.name) == outcome.reason
    assert outcome.reason[0].isupper()
    assert outcome.reason.endswith(".")


def test_an_unknown_rule_has_no_reason() -> None:
    assert reason_of("my_own_rule") is None


def test_rules_for_names_and_terms() -> None:
    assert {rule.name for rule in LOCAL if rule.nobody} == NAMES_AND_TERMS
    assert {"title"} == NAMES_AND_TERMS - NOBODY_IN_HEADINGS


def test_names_in_the_weights_are_those_of_rules() -> None:
    assert set(NAMES_IN_WEIGHTS) <= set(OUTCOMES)
    assert not set(NAMES_IN_WEIGHTS.values()) & set(OUTCOMES)


def test_a_rule_of_the_sentence_does_not_read_an_unparsed_setting() -> None:
    [settings] = parse_quotations(["“We won the vote.”"], PARSER)
    sentence_rules = [rule for rule in LOCAL if rule.scope is not Setting]
    assert [rule.name for rule in sentence_rules if rule.propose(settings[0]) is not None] == []
