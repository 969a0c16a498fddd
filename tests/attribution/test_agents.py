"""Agents: whose speech a cue marks."""

from __future__ import annotations

import pytest

from quoteattr.attribution.agents import agent_of, own_agent, possible_subject_before
from tests.attribution.written import parsed, word

# What it shows, the text, its tree, the cue, the head of its agent.
CASES = [
    (
        "subject before",
        "Lee said “no”",
        "Lee/PROPN/2/nsubj said/VERB/0/root no/INTJ/2/obj",
        "said",
        "Lee",
    ),
    (
        "subject after",
        "“no” said Lee",
        "no/INTJ/2/ccomp said/VERB/0/root Lee/PROPN/2/nsubj",
        "said",
        "Lee",
    ),
    (
        "a name after a preposition is no second subject",
        "“no” said a source close to Lee",
        "no/INTJ/2/ccomp said/VERB/0/root a/DET/4/det source/NOUN/2/nsubj close/ADJ/4/amod to/ADP/7/case "
        "Lee/PROPN/2/nsubj",
        "said",
        "source",
    ),
    (
        "by-phrase of a passive",
        "Hale was called “no” by Lee",
        "Hale/PROPN/3/nsubj:pass was/AUX/3/aux:pass called/VERB+VBN/0/root no/INTJ/3/xcomp by/ADP/6/case "
        "Lee/PROPN/3/obl",
        "called",
        "Lee",
    ),
    (
        "passive without a by-phrase",
        "Hale was called “no”",
        "Hale/PROPN/3/nsubj:pass was/AUX/3/aux:pass called/VERB+VBN/0/root no/INTJ/3/xcomp",
        "called",
        None,
    ),
    (
        "quoted as saying, in the passive",
        "Lee was quoted by Tass as saying “no”",
        "Lee/PROPN/3/nsubj:pass was/AUX/3/aux:pass quoted/VERB+VBN/0/root by/ADP/5/case Tass/PROPN/3/obl "
        "as/SCONJ/7/mark saying/VERB/3/advcl no/INTJ/7/obj",
        "quoted",
        "Lee",
    ),
    (
        "quoted by another",
        "Day quoted Lee as saying “no”",
        "Day/PROPN/2/nsubj quoted/VERB/0/root Lee/PROPN/2/obj "
        "as/SCONJ/5/mark saying/VERB/2/advcl no/INTJ/5/obj",
        "saying",
        "Lee",
    ),
    (
        "gerund after a comma",
        "Lee left , saying “no”",
        "Lee/PROPN/2/nsubj left/VERB/0/root ,/PUNCT/4/punct saying/VERB/2/advcl no/INTJ/4/obj",
        "saying",
        "Lee",
    ),
    (
        "caused to say",
        "It led Lee to say “no”",
        "It/PRON/2/nsubj led/VERB+VBD/0/root Lee/PROPN/2/obj to/PART/5/mark say/VERB/2/xcomp no/INTJ/5/obj",
        "say",
        "Lee",
    ),
    (
        "caused to say, in the passive",
        "Lee was moved to say “no”",
        "Lee/PROPN/3/nsubj:pass was/AUX/3/aux:pass moved/VERB+VBN/0/root "
        "to/PART/5/mark say/VERB/3/xcomp no/INTJ/5/obj",
        "say",
        "Lee",
    ),
    (
        "shared with a verb before",
        "Lee rose and said “no”",
        "Lee/PROPN/2/nsubj rose/VERB+VBD/0/root and/CCONJ/4/cc said/VERB/2/conj no/INTJ/4/obj",
        "said",
        "Lee",
    ),
    (
        "the noun that a participle modifies",
        "A note saying “no” came",
        "A/DET/2/det note/NOUN/5/nsubj saying/VERB/2/acl no/INTJ/3/obj came/VERB+VBD/0/root",
        "saying",
        "note",
    ),
    (
        "the phrase before, whatever the tree says",
        "Lee said “no”",
        "Lee/PROPN/0/root said/VERB/1/dep no/INTJ/2/obj",
        "said",
        "Lee",
    ),
    (
        "of two subjects the one before the verb",
        "Lee said fans cheered “no”",
        "Lee/PROPN/2/nsubj said/VERB/0/root fans/NOUN/2/nsubj cheered/VERB/2/ccomp no/INTJ/4/obj",
        "said",
        "Lee",
    ),
    (
        "no relative pronoun beside a subject",
        "Hale , whom he called “no”",
        "Hale/PROPN/0/root ,/PUNCT/5/punct whom/PRON/5/nsubj "
        "he/PRON/5/nsubj called/VERB/1/acl:relcl no/INTJ/5/xcomp",
        "called",
        "he",
    ),
    (
        "no day",
        "Monday said “no”",
        "Monday/PROPN/2/nsubj said/VERB/0/root no/INTJ/2/obj",
        "said",
        None,
    ),
]


@pytest.mark.parametrize(
    ("text", "tree", "cue", "agent"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_agent_of_a_cue(text: str, tree: str, cue: str, agent: str | None) -> None:
    setting = parsed(text, tree)
    found = agent_of(setting, word(setting, cue))
    assert (found and found.text) == agent


def test_own_agent_is_not_shared() -> None:
    setting = parsed(
        "Lee rose and said “no”",
        "Lee/PROPN/2/nsubj rose/VERB+VBD/0/root and/CCONJ/4/cc said/VERB/2/conj no/INTJ/4/obj",
    )
    assert own_agent(setting, word(setting, "said")) is None


def test_the_phrase_before_heads_no_case() -> None:
    setting = parsed(
        "Lee from Bath said “no”",
        "Lee/PROPN/0/root from/ADP/3/case Bath/PROPN/1/nmod said/VERB/1/dep no/INTJ/4/obj",
    )
    found = possible_subject_before(setting, word(setting, "said"))
    assert found is not None
    assert found.text == "Lee"
