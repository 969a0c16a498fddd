"""Rules for nouns of saying that somebody owns."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quoteattr.attribution.finding import Finding
from quoteattr.attribution.rules.claims import claimed, in_words, owned
from quoteattr.attribution.setting import ParsedSetting
from tests.attribution.written import parsed

DAY = "Day/PROPN/2/nsubj"
CASES = [
    (
        claimed,
        "Day mocked Lee’s claim that it was “over”",
        f"{DAY} mocked/VERB/0/root Lee/PROPN/5/nmod:poss ’s/PART/3/case claim/NOUN/2/obj that/SCONJ/9/mark "
        "it/PRON/9/nsubj was/AUX/9/cop over/ADJ/5/acl",
        "Lee",
    ),
    (
        claimed,
        "Day mocked Lee’s call to “stop”",
        f"{DAY} mocked/VERB/0/root Lee/PROPN/5/nmod:poss "
        "’s/PART/3/case call/NOUN/2/obj to/PART/7/mark stop/VERB/5/acl",
        "Lee",
    ),
    (
        claimed,
        "Lee’s pledge to “stop” has failed",
        "Lee/PROPN/3/nmod:poss ’s/PART/1/case pledge/NOUN/7/nsubj "
        "to/PART/5/mark stop/VERB/3/acl has/AUX/7/aux "
        "failed/VERB/0/root",
        "Lee",
    ),
    (
        claimed,
        "Day mocked Lee’s speech to “stop”",
        f"{DAY} mocked/VERB/0/root Lee/PROPN/5/nmod:poss ’s/PART/3/case speech/NOUN/2/obj to/PART/7/mark "
        "stop/VERB/5/acl",
        None,
    ),
    (
        claimed,
        "Day said after Lee’s speech that it was “over”",
        f"{DAY} said/VERB/0/root after/ADP/6/case Lee/PROPN/6/nmod:poss ’s/PART/4/case speech/NOUN/2/obl "
        "that/SCONJ/10/mark it/PRON/10/nsubj was/AUX/10/cop over/ADJ/2/ccomp",
        None,
    ),
    (
        claimed,
        "Day described Lee’s claim as “absurd”",
        f"{DAY} described/VERB/0/root Lee/PROPN/5/nmod:poss ’s/PART/3/case claim/NOUN/2/obj as/ADP/7/case "
        "absurd/ADJ/2/obl",
        None,
    ),
    (
        in_words,
        "It was, in Lee’s words, “over”",
        "It/PRON/7/nsubj was/AUX/7/cop in/ADP/6/case Lee/PROPN/6/nmod:poss ’s/PART/4/case words/NOUN/7/obl "
        "over/ADJ/0/root",
        "Lee",
    ),
    (
        in_words,
        "It was, in Lee’s house, “over”",
        "It/PRON/7/nsubj was/AUX/7/cop in/ADP/6/case Lee/PROPN/6/nmod:poss ’s/PART/4/case house/NOUN/7/obl "
        "over/ADJ/0/root",
        None,
    ),
    (
        owned,
        "her “absurd” remark",
        "her/PRON/3/nmod:poss absurd/ADJ/3/amod remark/NOUN/0/root",
        "her",
    ),
    (
        owned,
        "an “absurd” remark by Lee",
        "an/DET/3/det absurd/ADJ/3/amod remark/NOUN/0/root by/ADP/5/case Lee/PROPN/3/nmod",
        "Lee",
    ),
    (owned, "her “absurd” house", "her/PRON/3/nmod:poss absurd/ADJ/3/amod house/NOUN/0/root", None),
]


@pytest.mark.parametrize(("rule", "text", "tree", "mention"), CASES)
def test_rule(
    rule: Callable[[ParsedSetting], Finding | None], text: str, tree: str, mention: str | None
) -> None:
    finding = rule(parsed(text, tree))
    assert (finding and finding.mention and finding.mention.span.text) == mention


def test_the_noun_is_the_cue() -> None:
    finding = owned(
        parsed("her “absurd” remark", "her/PRON/3/nmod:poss absurd/ADJ/3/amod remark/NOUN/0/root")
    )
    assert finding is not None
    assert finding.cue is not None
    assert finding.cue.text == "remark"
