"""Rules for words that another reports, or that are written on something."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quoteattr.attribution.finding import Finding
from quoteattr.attribution.rules.reported import according_to, inscribed, quoted_as
from quoteattr.attribution.setting import ParsedSetting
from tests.attribution.written import parsed

DAY = "Day/PROPN/2/nsubj"
CASES = [
    (
        quoted_as,
        "Day quoted Lee as saying “no”",
        f"{DAY} quoted/VERB/0/root Lee/PROPN/2/obj as/SCONJ/5/mark saying/VERB/2/advcl no/INTJ/5/obj",
        "Lee",
    ),
    (
        quoted_as,
        "Day accused Lee of calling it “no”",
        f"{DAY} accused/VERB/0/root Lee/PROPN/2/obj "
        "of/SCONJ/5/mark calling/VERB/2/advcl it/PRON/5/obj no/INTJ/5/xcomp",
        "Lee",
    ),
    (
        quoted_as,
        "Day quoted Lee as “no”",
        f"{DAY} quoted/VERB/0/root Lee/PROPN/2/obj as/ADP/5/case no/INTJ/2/obl",
        "Lee",
    ),
    (
        quoted_as,
        "To quote Lee: “no”",
        "To/PART/2/mark quote/VERB/0/root Lee/PROPN/2/obj :/PUNCT/2/punct no/INTJ/2/dep",
        "Lee",
    ),
    (
        quoted_as,
        "“no,” Day recalled Lee telling her",
        "no/INTJ/3/ccomp Day/PROPN/3/nsubj recalled/VERB/0/root "
        "Lee/PROPN/3/obj telling/VERB/3/ccomp her/PRON/5/obj",
        "Lee",
    ),
    (
        quoted_as,
        "The video shows Lee saying “no”",
        "The/DET/2/det video/NOUN/3/nsubj shows/VERB/0/root "
        "Lee/PROPN/3/obj saying/VERB/3/xcomp no/INTJ/5/obj",
        "Lee",
    ),
    (
        quoted_as,
        "In footage of Lee saying “no”",
        "In/ADP/2/case footage/NOUN/0/root of/ADP/4/case Lee/PROPN/2/nmod saying/VERB/4/acl no/INTJ/5/obj",
        "Lee",
    ),
    (
        quoted_as,
        "Day told how Lee said: “no”",
        f"{DAY} told/VERB/0/root how/ADV/5/advmod "
        "Lee/PROPN/5/nsubj said/VERB/2/ccomp :/PUNCT/5/punct no/INTJ/5/obj",
        "Lee",
    ),
    (
        quoted_as,
        "Day left Lee saying “no”",
        f"{DAY} left/VERB/0/root Lee/PROPN/2/obj saying/VERB/2/advcl no/INTJ/4/obj",
        None,
    ),
    (
        according_to,
        "According to Lee it is “no”",
        "According/VERB/3/case to/ADP/1/fixed Lee/PROPN/6/obl it/PRON/6/nsubj is/AUX/6/cop no/INTJ/0/root",
        "Lee",
    ),
    (
        according_to,
        "According to some around Lee it is “no”",
        "According/VERB/5/case to/ADP/1/fixed some/DET/8/obl around/ADP/5/case Lee/PROPN/3/nmod "
        "it/PRON/8/nsubj is/AUX/8/cop no/INTJ/0/root",
        "some around Lee",
    ),
    (
        according_to,
        "Thanks to Lee it is “no”",
        "Thanks/NOUN/3/case to/ADP/1/fixed Lee/PROPN/6/obl it/PRON/6/nsubj is/AUX/6/cop no/INTJ/0/root",
        None,
    ),
    (
        inscribed,
        "Lee carried a banner that read “no”",
        "Lee/PROPN/2/nsubj carried/VERB/0/root a/DET/4/det "
        "banner/NOUN/2/obj that/PRON/6/nsubj read/VERB/4/acl:relcl "
        "no/INTJ/6/obj",
        "a banner",
    ),
    (
        inscribed,
        "The sign on the gate read “no”",
        "The/DET/2/det sign/NOUN/6/nsubj on/ADP/5/case "
        "the/DET/5/det gate/NOUN/2/nmod read/VERB/0/root no/INTJ/6/obj",
        "The sign",
    ),
    (
        inscribed,
        "“no” ran the headline",
        "no/INTJ/2/ccomp ran/VERB/0/root the/DET/4/det headline/NOUN/2/nsubj",
        "the headline",
    ),
    (
        inscribed,
        "Lee met a child that read “no”",
        "Lee/PROPN/2/nsubj met/VERB/0/root a/DET/4/det "
        "child/NOUN/2/obj that/PRON/6/nsubj read/VERB/4/acl:relcl "
        "no/INTJ/6/obj",
        None,
    ),
]


@pytest.mark.parametrize(("rule", "text", "tree", "mention"), CASES)
def test_rule(
    rule: Callable[[ParsedSetting], Finding | None], text: str, tree: str, mention: str | None
) -> None:
    finding = rule(parsed(text, tree))
    assert (finding and finding.mention and finding.mention.span.text) == mention


def test_the_cue_of_a_reported_person_is_the_later_verb() -> None:
    setting = parsed(*CASES[0][1:3])
    finding = quoted_as(setting)
    assert finding is not None
    assert finding.cue is not None
    assert finding.cue.text == "saying"


def test_another_after_a_sign_is_another_sign() -> None:
    before = "One/NUM/2/nummod sign/NOUN/3/nsubj fell/VERB/0/root ./PUNCT/3/punct"
    after = "Another/DET/2/nsubj said/VERB/0/root no/INTJ/2/obj ./PUNCT/2/punct"
    finding = inscribed(parsed("One sign fell. Another said “no”.", before, after))
    assert finding is not None
    assert finding.mention is not None
    assert finding.mention.span.text == "One sign"
    man = before.replace("sign", "man")
    assert inscribed(parsed("One man fell. Another said “no”.", man, after)) is None
