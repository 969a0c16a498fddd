"""The rules that look for no verb of saying: labels such as "LEE:", and words that nobody speaks.

They come first in the registry (`quoteattr.attribution.registry`).
"""

from __future__ import annotations

from typing import Any

from quoteattr.attribution.rule import Rule
from quoteattr.attribution.rules.cue_before import lead_in
from quoteattr.attribution.rules.labels import (
    credit,
    interviewee,
    name_colon,
    name_line,
    name_on,
    question,
    signed,
    transcript,
)
from quoteattr.attribution.rules.non_speech import listed, name_given, named, nickname, programme
from quoteattr.attribution.rules.not_said import asked, unsaid
from quoteattr.attribution.setting import ParsedSetting, Setting

# The probabilities in `certain`: these rules apply to too few quotations of the training articles (171 of
# 9,259, most of them names) for weights to be fitted. The values are rounded from these quotations and from
# tests/cases, where all answers are right. PolNeAR's annotation differs from the rules in two ways: it gives
# some names in quotation marks to a speaker nearby, and words that somebody did not say to that person.

WITHOUT_CUE: tuple[Rule[Any], ...] = (
    Rule(
        name="question",
        reason="It is a question of an interviewer who has no name.",
        example="Ann Lee ran a shop.\n\nQ: “Why a shop?”",
        scope=Setting,
        find=question,
        certain=0.9,
        holds_in_headings=True,
    ),
    Rule(
        name="interviewee",
        reason="It is an answer in an interview, and the speaker is named above the questions.",
        example="Ann Lee ran a shop.\n\nQ: Why a shop?\n\nA: “I like people.”",
        scope=Setting,
        find=interviewee,
        certain=0.85,
    ),
    Rule(
        name="name_line",
        reason="The paragraph opens with a name and a colon.",
        example="LEE: “We won the vote.”",
        scope=Setting,
        find=name_line,
        certain=0.95,
    ),
    Rule(
        name="name_on",
        reason="The paragraph opens with a name, a subject and a colon.",
        example="Lee on the offer: “We will not sell.”",
        scope=Setting,
        find=name_on,
        certain=0.9,
    ),
    Rule(
        name="name_colon",
        reason="A name and a colon stand right before it, after a dash or a full stop.",
        example="The vote is close. Carl Lund: “We will not vote again this year.”",
        scope=Setting,
        find=name_colon,
    ),
    Rule(
        name="transcript",
        reason="The words open with a name in capitals and a colon, as in a transcript.",
        example="“LEE: Will she come? DAY: She will.”",
        scope=Setting,
        find=transcript,
        certain=0.9,
    ),
    Rule(
        name="credit",
        reason="It stands alone, and a name follows after a dash.",
        example="“We won the vote.” — Ann Lee",
        scope=Setting,
        find=credit,
        certain=0.9,
    ),
    Rule(
        name="signed",
        reason="It stands alone, and a name follows in brackets or in the line below.",
        example="“We won the vote” (Ann Lee, Hull)",
        scope=Setting,
        find=signed,
        certain=0.85,
    ),
    Rule(
        name="lead_in",
        reason="The paragraph before it ends in a colon.",
        example="Ann Lee wrote:\n“We won the vote.”",
        scope=Setting,
        find=lead_in,
    ),
    Rule(
        name="nickname",
        reason="It is a nickname between the parts of a name: nobody is quoted.",
        example="Robert “Bob” Dole ran again.",
        scope=Setting,
        find=nickname,
        certain=0.8,
        holds_in_headings=True,
    ),
    Rule(
        name="named",
        reason="It is the name of what the next noun denotes: nobody is quoted.",
        example="The count of the “Leave” vote took all night.",
        scope=ParsedSetting,
        find=named,
        certain=0.7,
        holds_in_headings=True,
    ),
    Rule(
        name="programme",
        reason="It is the name of a programme on which somebody speaks: nobody is quoted.",
        example="Lee told “Meet the Press” that the plan had failed.",
        scope=Setting,
        find=programme,
        certain=0.9,
        holds_in_headings=True,
    ),
    Rule(
        name="listed",
        reason="It is one of several titles: nobody is quoted.",
        example="Lee read books including “The Long Day”, “Red River” and “Golden Sun” in May.",
        scope=Setting,
        find=listed,
        certain=0.85,
        holds_in_headings=True,
    ),
    Rule(
        name="name_given",
        reason="It is the name that somebody or something has: nobody is quoted.",
        example="The thief was known as “the Dentist”, Lee said.",
        scope=Setting,
        find=name_given,
        certain=0.85,
        holds_in_headings=True,
    ),
    Rule(
        name="asked",
        reason="It is what the speaker was asked by somebody without a name.",
        example="Asked whether it was “over”, Lee said he would go on.",
        scope=Setting,
        find=asked,
        certain=0.8,
        holds_in_headings=True,
    ),
    Rule(
        name="unsaid",
        reason="The text says that these words were not said, or only supposes it: nobody is quoted.",
        example="Lee never said “yes” to the plan.",
        scope=Setting,
        find=unsaid,
        certain=0.6,
        holds_in_headings=True,
    ),
)
"""Rules that read one quotation in its own frame, and no verb of saying, in their order."""
