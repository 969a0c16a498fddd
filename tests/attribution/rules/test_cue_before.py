"""Rules for cues before the quotation and above it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quoteattr.attribution.finding import Finding
from quoteattr.attribution.rules.cue_before import (
    colon_subject,
    governed_cue,
    governing_cue,
    introduced,
    lead_in,
    near_cue,
    weak_cue,
)
from quoteattr.attribution.setting import ParsedSetting
from tests.attribution.written import parsed, settings_of

LEE_SAID = "Lee/PROPN/2/nsubj said/VERB/0/root"
CASES = [
    (introduced, "Lee said: “no”", f"{LEE_SAID} :/PUNCT/2/punct no/INTJ/2/obj", "said", "Lee"),
    (introduced, "Lee said, “no”", f"{LEE_SAID} ,/PUNCT/2/punct no/INTJ/2/obj", "said", "Lee"),
    (introduced, "Lee said “no”", f"{LEE_SAID} no/INTJ/2/obj", None, None),
    (introduced, "Lee left: “no”", "Lee/PROPN/2/nsubj left/VERB/0/root no/INTJ/2/obj", None, None),
    (introduced, "Says Lee: “no”", "Says/VERB/0/root Lee/PROPN/1/obj no/INTJ/1/dep", "Says", "Lee"),
    (governing_cue, "Lee said “no”", f"{LEE_SAID} no/INTJ/2/obj", "said", "Lee"),
    (governing_cue, "Lee left “no”", "Lee/PROPN/2/nsubj left/VERB/0/root no/INTJ/2/obj", None, None),
    (
        governing_cue,
        "Lee said she would call it “no”",
        f"{LEE_SAID} she/PRON/5/nsubj would/AUX/5/aux call/VERB/2/ccomp it/PRON/5/obj no/INTJ/5/xcomp",
        "said",
        "Lee",
    ),
    (
        governing_cue,
        "Lee said Hale called it “no”",
        f"{LEE_SAID} Hale/PROPN/4/nsubj called/VERB/2/ccomp it/PRON/4/obj no/INTJ/4/xcomp",
        "called",
        "Hale",
    ),
    (
        governed_cue,
        "“no” ( Lee said )",
        "no/INTJ/0/root Lee/PROPN/3/nsubj said/VERB/1/parataxis",
        "said",
        "Lee",
    ),
    (governed_cue, "“no” said Lee", "no/INTJ/2/obj said/VERB/0/root Lee/PROPN/2/nsubj", None, None),
    (
        near_cue,
        "Lee said so and “no”",
        f"{LEE_SAID} so/ADV/2/advmod and/CCONJ/5/cc no/INTJ/0/root",
        "said",
        "Lee",
    ),
    (near_cue, "“no” Lee said", "no/INTJ/0/root Lee/PROPN/3/nsubj said/VERB/1/dep", "said", "Lee"),
    (
        near_cue,
        "Lee left and “no”",
        "Lee/PROPN/2/nsubj left/VERB/0/root and/CCONJ/4/cc no/INTJ/2/conj",
        None,
        None,
    ),
    (
        weak_cue,
        "Lee spoke of “no”",
        "Lee/PROPN/2/nsubj spoke/VERB/0/root of/ADP/4/case no/INTJ/2/obl",
        "spoke",
        "Lee",
    ),
    (weak_cue, "Lee said “no”", f"{LEE_SAID} no/INTJ/2/obj", None, None),
    (
        colon_subject,
        "Lee was clear: “no”",
        "Lee/PROPN/3/nsubj was/AUX/3/cop clear/ADJ/0/root :/PUNCT/3/punct no/INTJ/3/dep",
        None,
        "Lee",
    ),
    (
        colon_subject,
        "Lee’s verdict was clear: “no”",
        "Lee/PROPN/3/nmod:poss ’s/PART/1/case verdict/NOUN/5/nsubj "
        "was/AUX/5/cop clear/ADJ/0/root no/INTJ/5/dep",
        None,
        "Lee",
    ),
    (
        colon_subject,
        "Lee was clear, “no”",
        "Lee/PROPN/3/nsubj was/AUX/3/cop clear/ADJ/0/root no/INTJ/3/dep",
        None,
        None,
    ),
]


def cue_and_mention(finding: Finding | None) -> tuple[str | None, str | None]:
    """The words of a finding."""
    cue, mention = (finding or Finding()).cue, (finding or Finding()).mention
    return cue.text if cue else None, mention.span.text if mention else None


@pytest.mark.parametrize(("rule", "text", "tree", "cue", "mention"), CASES)
def test_rule(
    rule: Callable[[ParsedSetting], Finding | None],
    text: str,
    tree: str,
    cue: str | None,
    mention: str | None,
) -> None:
    assert cue_and_mention(rule(parsed(text, tree))) == (cue, mention)


WROTE = "Lee/PROPN/2/nsubj wrote/VERB+VBD/0/root :/PUNCT/2/punct"


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("Lee wrote:\n\n“We won the vote.”", "Lee"),
        ("Lee wrote.\n\n“We won the vote.”", None),
        ("Lee wrote:\n\nNow “We won the vote.”", None),
    ],
)
def test_lead_in(text: str, mention: str | None) -> None:
    tree = WROTE if ":" in text else WROTE.replace(":", ".")
    assert cue_and_mention(lead_in(settings_of(text, tree)[-1]))[1] == mention


def test_a_lead_without_a_cue_gives_its_subject() -> None:
    tree = "Lee/PROPN/3/nsubj was/AUX/3/cop clear/ADJ/0/root :/PUNCT/3/punct"
    [setting] = settings_of("Lee was clear:\n\n“We won the vote.”", tree)
    assert cue_and_mention(lead_in(setting)) == (None, "Lee")
