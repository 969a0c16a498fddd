"""Noun phrases: what is a mention, and what a relative pronoun stands for."""

from __future__ import annotations

import pytest

from quoteattr.attribution.noun_phrases import antecedent_of, heads_between, mention_of
from tests.attribution.written import parsed, word

# The phrase, the tree up to the verb, the head of the phrase, the mention and its kind.
PHRASES = [
    ("Ann Lee", "Ann/PROPN/3/nsubj Lee/PROPN/1/flat said/VERB/0/root", "Ann", "Ann Lee", "name"),
    ("she", "she/PRON/2/nsubj said/VERB/0/root", "she", "she", "pronoun"),
    ("the mayor", "the/DET/2/det mayor/NOUN/3/nsubj said/VERB/0/root", "mayor", "the mayor", "nominal"),
    (
        "Lee , the mayor ,",
        "Lee/PROPN/6/nsubj ,/PUNCT/4/punct the/DET/4/det mayor/NOUN/1/appos ,/PUNCT/4/punct said/VERB/0/root",
        "Lee",
        "Lee",
        "name",
    ),
    (
        "Lee who left",
        "Lee/PROPN/4/nsubj who/PRON/3/nsubj left/VERB/1/acl:relcl said/VERB/0/root",
        "Lee",
        "Lee",
        "name",
    ),
    ("Lee himself", "Lee/PROPN/3/nsubj himself/PRON/1/nmod said/VERB/0/root", "Lee", "Lee", "name"),
    ("and Lee", "and/CCONJ/2/dep Lee/PROPN/3/nsubj said/VERB/0/root", "Lee", "Lee", "name"),
    (
        "the mayor of Bath",
        "the/DET/2/det mayor/NOUN/5/nsubj of/ADP/4/case Bath/PROPN/2/nmod said/VERB/0/root",
        "mayor",
        "the mayor of Bath",
        "nominal",
    ),
    (
        "a lawyer for Ann Lee",
        "a/DET/2/det lawyer/NOUN/6/nsubj for/ADP/4/case Ann/PROPN/2/nmod Lee/PROPN/4/flat said/VERB/0/root",
        "lawyer",
        "a lawyer for Ann Lee",
        "nominal",
    ),
    (
        "captain Ann Lee",
        "captain/NOUN/4/nsubj Ann/PROPN/1/appos Lee/PROPN/2/flat said/VERB/0/root",
        "captain",
        "captain Ann Lee",
        "name",
    ),
    (
        "Lee devotees",
        "Lee/PROPN/3/nsubj devotees/NOUN/1/appos said/VERB/0/root",
        "Lee",
        "Lee devotees",
        "nominal",
    ),
    (
        "Ann Lee devotees",
        "Ann/PROPN/4/nsubj Lee/PROPN/1/flat devotees/NOUN/4/nsubj said/VERB/0/root",
        "devotees",
        "Ann Lee devotees",
        "nominal",
    ),
    (
        "the doctor treating Lee",
        "the/DET/2/det doctor/NOUN/5/nsubj treating/VERB+VBG/2/acl Lee/PROPN/3/obj said/VERB/0/root",
        "doctor",
        "the doctor treating Lee",
        "nominal",
    ),
    (
        "the letter sent today",
        "the/DET/2/det letter/NOUN/5/nsubj sent/VERB+VBN/2/acl today/NOUN/3/obl said/VERB/0/root",
        "letter",
        "the letter",
        "nominal",
    ),
    (
        "a source close to Lee",
        "a/DET/2/det source/NOUN/6/nsubj close/ADJ/2/amod to/ADP/5/case Lee/PROPN/6/obl said/VERB/0/root",
        "source",
        "a source close to Lee",
        "nominal",
    ),
    (
        "Lee never tires",
        "Lee/PROPN/3/compound never/ADV/3/advmod tires/NOUN/4/nsubj said/VERB/0/root",
        "tires",
        "Lee",
        "name",
    ),
]


@pytest.mark.parametrize(("phrase", "tree", "head", "text", "kind"), PHRASES, ids=[p[0] for p in PHRASES])
def test_mention(phrase: str, tree: str, head: str, text: str, kind: str) -> None:
    verb = tree.count("/") // 3
    setting = parsed(f"{phrase} said “no”", f"{tree} no/INTJ/{verb}/obj")
    mention = mention_of(setting, word(setting, head))
    assert (mention.span.text, mention.kind) == (text, kind)


WHO = parsed(
    "Lee , who said “no”",
    "Lee/PROPN/0/root ,/PUNCT/4/punct who/PRON/4/nsubj said/VERB/1/acl:relcl no/INTJ/4/obj",
)


def test_a_relative_pronoun_stands_for_the_noun_of_its_clause() -> None:
    noun = antecedent_of(WHO, word(WHO, "said"), word(WHO, "who"))
    assert noun is not None
    assert noun.text == "Lee"


def test_other_words_stand_for_nothing() -> None:
    assert antecedent_of(WHO, word(WHO, "said"), word(WHO, "Lee")) is None


def test_who_stands_for_the_name_before_it_and_not_for_a_thing() -> None:
    setting = parsed(
        "an attack on Lee , who said “no”",
        "an/DET/2/det attack/NOUN/0/root on/ADP/4/case Lee/PROPN/2/nmod ,/PUNCT/7/punct who/PRON/7/nsubj "
        "said/VERB/2/acl:relcl no/INTJ/7/obj",
    )
    noun = antecedent_of(setting, word(setting, "said"), word(setting, "who"))
    assert noun is not None
    assert noun.text == "Lee"


def test_a_clause_after_a_list_is_about_its_last() -> None:
    setting = parsed(
        "bankers and Lee , who said “no”",
        "bankers/NOUN/0/root and/CCONJ/3/cc Lee/PROPN/1/conj ,/PUNCT/6/punct who/PRON/6/nsubj "
        "said/VERB/1/acl:relcl no/INTJ/6/obj",
    )
    noun = antecedent_of(setting, word(setting, "said"), word(setting, "who"))
    assert noun is not None
    assert noun.text == "Lee"


def test_heads_between_two_characters() -> None:
    setting = parsed(
        "Ann Lee met Day on Monday “no”",
        "Ann/PROPN/3/nsubj Lee/PROPN/1/flat met/VERB/0/root Day/PROPN/3/obj on/ADP/6/case Monday/PROPN/3/obl "
        "no/INTJ/3/obj",
    )
    assert [w.text for w in heads_between(setting, 0, setting.content.end)] == ["Ann", "Day"]
    assert [w.text for w in heads_between(setting, 1, setting.content.end)] == ["Day"]
