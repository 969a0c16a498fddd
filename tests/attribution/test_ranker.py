"""The ranker: its candidates, features and probabilities."""

from __future__ import annotations

import json

import pytest

from quoteattr.attribution.ranker import phrases_around, probabilities
from quoteattr.attribution.ranker_features import NAMES_IN_WEIGHTS, Candidate, features
from quoteattr.lexicon import DATA
from tests.attribution.written import parsed, settings_of, word

TEXT = "“no,” said the mayor of Bath"
TREE = (
    "no/INTJ/3/ccomp ,/PUNCT/3/punct said/VERB/0/root the/DET/5/det mayor/NOUN/3/nsubj of/ADP/7/case "
    "Bath/PROPN/5/nmod"
)
MAYOR = parsed(TEXT, TREE)


def candidate(form: str, *rules: str, speaks: bool = False) -> Candidate:
    return Candidate(word(MAYOR, form), MAYOR.sentence, rules, speaks=speaks)


NOBODY = Candidate(None, None, (), nobody=True)


def test_phrases_around_are_those_outside_of_quotations() -> None:
    assert [w.text for w, _ in phrases_around(MAYOR)] == ["mayor", "Bath"]


def test_of_many_phrases_the_nearest_are_kept() -> None:
    names = " ".join(f"P{n}/PROPN/1/dep" for n in range(50))
    text = f"said {' '.join(f'P{n}' for n in range(50))} “no”"
    found = phrases_around(parsed(text, f"said/VERB/0/root {names} no/INTJ/1/obj"))
    assert [w.text for w, _ in found] == [f"P{n}" for n in range(35, 50)]


def test_phrases_of_the_lead_come_first() -> None:
    [setting] = settings_of("Lee left.\n\n“We won.”", "Lee/PROPN/2/nsubj left/VERB/0/root ./PUNCT/2/punct")
    assert [w.text for w, _ in phrases_around(setting)] == ["Lee"]


@pytest.mark.parametrize(
    "feature",
    [
        "somebody",
        "by after_quotation",
        "first by after_quotation",
        "one first by after_quotation",
        "by after_quotation, closed",
        "first by after_quotation, start [ , ] word",
        "speaks nowhere else",
        "is noun",
        "is person",
        "same after",
        "same after, ends ,",
        "after by 2",
        "after, no subject nearer",
        "after, nsubj",
        "nsubj of say",
        "subject of say",
        "one, subject of say",
        "subject, say verb 0 above",
        "subject of say, 0 above",
        "subject, say verb above by ccomp",
        "subject, 0 cues between",
        "subject second, say verb after",
        "subject, say verb after by 0",
        "same after, say right before",
        "path nsubj^say^ccomp",
    ],
)
def test_features_of_the_subject_of_a_cue(feature: str) -> None:
    assert feature in features(MAYOR, candidate("mayor", "after_quotation"))


def test_features_of_a_phrase_that_no_rule_proposes() -> None:
    found = features(MAYOR, candidate("Bath", speaks=True))
    assert {"by none", "speaks elsewhere", "is name", "is one-word name", "after of"} <= set(found)
    assert not {"subject of say", "somebody speaks"} & set(found)


def test_features_of_nobody() -> None:
    found = features(MAYOR, NOBODY)
    assert {"nobody", "nobody, one", "nobody, ends ,", "nobody, before start", "nobody, after said"} <= set(
        found
    )
    assert {"nobody, one, as ccomp", "nobody, under say", "nobody, one, cue say"} <= set(found)
    assert all(feature.startswith("nobody") for feature in found)


def test_features_without_a_parse() -> None:
    [setting] = settings_of("“We won the vote.”")
    assert features(setting, Candidate(None, None, ("name_line",)))[:2] == ["somebody", "by name_line"]
    assert "nobody, alone" in features(setting, NOBODY)


def test_rules_have_the_names_of_the_weights() -> None:
    assert "first by governed" in features(MAYOR, candidate("mayor", "governing_cue"))


def test_the_weights_know_the_names_of_rules() -> None:
    weights = json.loads((DATA / "ranker.json").read_text(encoding="utf-8"))["weights"]
    assert [name for name in NAMES_IN_WEIGHTS.values() if f"first by {name}" not in weights] == []


def test_probabilities_sum_to_one() -> None:
    chances = probabilities(MAYOR, [NOBODY, candidate("mayor", "after_quotation"), candidate("Bath")])
    assert sum(chances) == pytest.approx(1)
    assert max(chances) == chances[1]


def test_a_candidate_knows_which_rule_answers_first() -> None:
    other = Candidate(word(MAYOR, "mayor"), MAYOR.sentence, ("same_sentence",), first="after_quotation")
    assert "same_sentence against after_quotation" in features(MAYOR, other)
    own = Candidate(word(MAYOR, "mayor"), MAYOR.sentence, ("after_quotation",), first="after_quotation")
    assert not any("against" in name for name in features(MAYOR, own))
