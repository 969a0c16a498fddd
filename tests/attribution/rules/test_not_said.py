"""The rule for words that were not said."""

from __future__ import annotations

import pytest

from quoteattr.attribution.finding import Finding
from quoteattr.attribution.rules.not_said import asked, unsaid
from tests.attribution.written import parsed, settings_of

CASES = [
    ("Lee never said “no”", "Lee/PROPN/3/nsubj never/ADV/3/advmod said/VERB/0/root no/INTJ/3/obj", True),
    ("Lee said “no”", "Lee/PROPN/2/nsubj said/VERB/0/root no/INTJ/2/obj", False),
    (
        "Lee not only said “no”",
        "Lee/PROPN/4/nsubj not/PART/4/advmod only/ADV/4/advmod said/VERB/0/root no/INTJ/4/obj",
        False,
    ),
    (
        "If Lee had said “no” we",
        "If/SCONJ/4/mark Lee/PROPN/4/nsubj had/AUX/4/aux said/VERB/6/advcl no/INTJ/4/obj we/PRON/0/root",
        True,
    ),
    ("Lee should say “no”", "Lee/PROPN/3/nsubj should/AUX/3/aux say/VERB/0/root no/INTJ/3/obj", True),
    ("Nobody said “no”", "Nobody/PRON/2/nsubj said/VERB/0/root no/INTJ/2/obj", True),
    (
        "No one said “no”",
        "No/DET/2/det one/PRON/3/nsubj said/VERB/0/root no/INTJ/3/obj",
        True,
    ),
    (
        "Lee refused to say “no”",
        "Lee/PROPN/2/nsubj refused/VERB/0/root to/PART/4/mark say/VERB/2/xcomp no/INTJ/4/obj",
        True,
    ),
    (
        "Lee never refused to say “no”",
        "Lee/PROPN/3/nsubj never/ADV/3/advmod refused/VERB/0/root "
        "to/PART/5/mark say/VERB/3/xcomp no/INTJ/5/obj",
        False,
    ),
    (
        "Lee said Hale should call it “over”",
        "Lee/PROPN/2/nsubj said/VERB/0/root Hale/PROPN/5/nsubj "
        "should/AUX/5/aux call/VERB/2/ccomp it/PRON/5/obj "
        "over/ADJ/5/xcomp",
        False,
    ),
    (
        "Lee said she never called it “over”",
        "Lee/PROPN/2/nsubj said/VERB/0/root she/PRON/5/nsubj "
        "never/ADV/5/advmod called/VERB/2/ccomp it/PRON/5/obj "
        "over/ADJ/5/xcomp",
        True,
    ),
    (
        "Lee never said so because it was “over”",
        "Lee/PROPN/3/nsubj never/ADV/3/advmod said/VERB/0/root "
        "so/ADV/3/advmod because/SCONJ/8/mark it/PRON/8/nsubj "
        "was/AUX/8/cop over/ADJ/3/advcl",
        False,
    ),
]


@pytest.mark.parametrize(("text", "tree", "applies"), CASES, ids=[case[0] for case in CASES])
def test_not_said(text: str, tree: str, applies: bool) -> None:
    assert unsaid(parsed(text, tree)) == (Finding() if applies else None)


@pytest.mark.parametrize(
    ("text", "applies"),
    [
        ("Lee never used the word “over” then.", True),
        ("Lee declined to use the phrase “over” then.", True),
        ("Lee often used the word “over” then.", False),
    ],
)
def test_words_that_were_not_used_need_no_parse(text: str, applies: bool) -> None:
    assert unsaid(settings_of(text)[0]) == (Finding() if applies else None)


@pytest.mark.parametrize(
    ("text", "applies"),
    [
        ("Asked “Why a year?”, Lee replied.", True),
        ("She was asked whether it was “over”.", True),
        ("It rained. When asked if it was “over”, Lee smiled.", True),
        ("She stood up and asked “Why a year?”", False),
        ("Asked “Why a year?” by Hale, Lee replied.", False),
        ("Asked about the deal, Lee called it “over”.", False),
    ],
)
def test_what_a_speaker_is_asked(text: str, applies: bool) -> None:
    assert asked(settings_of(text)[-1]) == (Finding() if applies else None)
