"""Rules for cues after the quotation, or set off from its sentence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quoteattr.attribution.finding import Finding
from quoteattr.attribution.rules.cue_after import (
    after_quotation,
    how_clause,
    opening_clause,
    passive,
    set_off_cue,
)
from quoteattr.attribution.setting import ParsedSetting
from tests.attribution.written import parsed

CASES = [
    (after_quotation, "“no,” said Lee", "no/INTJ/2/ccomp said/VERB/0/root Lee/PROPN/2/nsubj", "said", "Lee"),
    (after_quotation, "“no,” Lee said", "no/INTJ/3/ccomp Lee/PROPN/3/nsubj said/VERB/0/root", "said", "Lee"),
    (after_quotation, "“no” Lee said", "no/INTJ/3/ccomp Lee/PROPN/3/nsubj said/VERB/0/root", None, None),
    (
        after_quotation,
        "“no,” said Lee",
        "no/INTJ/2/ccomp said/VERB/0/root Lee/PROPN/2/obj",
        "said",
        "Lee",
    ),
    (
        after_quotation,
        "“no,” Lee left and Day said",
        "no/INTJ/3/ccomp Lee/PROPN/3/nsubj left/VERB/0/root "
        "and/CCONJ/6/cc Day/PROPN/6/nsubj said/VERB/3/conj",
        None,
        None,
    ),
    (
        how_clause,
        "“no” is how Lee calls it",
        "no/INTJ/0/root is/AUX/5/cop how/ADV/5/advmod Lee/PROPN/5/nsubj calls/VERB/1/advcl it/PRON/5/obj",
        "calls",
        "Lee",
    ),
    (
        how_clause,
        "“no” is why Lee calls it",
        "no/INTJ/0/root is/AUX/5/cop why/ADV/5/advmod Lee/PROPN/5/nsubj calls/VERB/1/advcl it/PRON/5/obj",
        None,
        None,
    ),
    (
        opening_clause,
        "When Lee said “no,” Hale left",
        "When/SCONJ/3/mark Lee/PROPN/3/nsubj said/VERB/6/advcl "
        "no/INTJ/3/obj Hale/PROPN/6/nsubj left/VERB/0/root",
        "said",
        "Lee",
    ),
    (
        opening_clause,
        "Then Lee said “no,” Hale left",
        "Then/ADV/3/advmod Lee/PROPN/3/nsubj said/VERB/6/advcl "
        "no/INTJ/3/obj Hale/PROPN/6/nsubj left/VERB/0/root",
        None,
        None,
    ),
    (
        opening_clause,
        "When Lee said “no” Hale left",
        "When/SCONJ/3/mark Lee/PROPN/3/nsubj said/VERB/6/advcl "
        "no/INTJ/3/obj Hale/PROPN/6/nsubj left/VERB/0/root",
        None,
        None,
    ),
    (
        passive,
        "Hale was branded “no” by Lee",
        "Hale/PROPN/3/nsubj:pass was/AUX/3/aux:pass branded/VERB+VBN/0/root no/INTJ/3/xcomp by/ADP/6/case "
        "Lee/PROPN/3/obl",
        "branded",
        "Lee",
    ),
    (
        passive,
        "Hale branded it “no” by Lee",
        "Hale/PROPN/2/nsubj branded/VERB+VBD/0/root it/PRON/2/obj "
        "no/INTJ/2/xcomp by/ADP/6/case Lee/PROPN/2/obl",
        None,
        None,
    ),
    (
        set_off_cue,
        "It was “no” then, said Lee.",
        "It/PRON/3/nsubj was/AUX/3/cop no/INTJ/0/root "
        "then/ADV/3/advmod ,/PUNCT/6/punct said/VERB/3/parataxis "
        "Lee/PROPN/6/obj ./PUNCT/3/punct",
        "said",
        "Lee",
    ),
    (
        set_off_cue,
        "It, Lee said, was “no”",
        "It/PRON/7/nsubj ,/PUNCT/4/punct Lee/PROPN/4/nsubj "
        "said/VERB/7/parataxis ,/PUNCT/4/punct was/AUX/7/cop "
        "no/INTJ/0/root",
        "said",
        "Lee",
    ),
    (
        set_off_cue,
        "Hale, said Lee won “no”",
        "Hale/PROPN/5/nsubj ,/PUNCT/3/punct said/VERB/5/dep Lee/PROPN/3/obj won/VERB/0/root no/INTJ/5/obj",
        None,
        None,
    ),
]


@pytest.mark.parametrize(("rule", "text", "tree", "cue", "mention"), CASES)
def test_rule(
    rule: Callable[[ParsedSetting], Finding | None],
    text: str,
    tree: str,
    cue: str | None,
    mention: str | None,
) -> None:
    finding = rule(parsed(text, tree))
    if finding is None or finding.mention is None:
        assert mention is None
    else:
        assert (finding.cue and finding.cue.text, finding.mention.span.text) == (cue, mention)


def test_a_phrase_between_quotation_and_cue_comes_before_another_subject() -> None:
    setting = parsed(
        "Hale sat. “no,” Lee said",
        "Hale/PROPN/5/nsubj sat/VERB/1/dep no/INTJ/5/ccomp Lee/PROPN/5/obj said/VERB/0/root",
    )
    finding = after_quotation(setting)
    assert finding is not None
    assert finding.mention is not None
    assert finding.mention.span.text == "Lee"
