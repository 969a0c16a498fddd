"""The registry of rules, in the order in which they are tried.

`decided_by` is the name of the first rule that proposed the chosen phrase. The tables of
docs/how-it-decides.md are made from this registry: `python -m tests.rule_tables`.
"""

from __future__ import annotations

from typing import Any

from quoteattr.attribution.rule import Outcome, Rule
from quoteattr.attribution.rules.claims import claimed, in_words, owned
from quoteattr.attribution.rules.context import (
    Context,
    open_paragraph,
    paragraph_before,
    same_paragraph,
    same_sentence,
    sentence_before,
    speaker_after,
    speaker_before,
    statement_goes_on,
    subject_before,
)
from quoteattr.attribution.rules.cue_after import (
    after_quotation,
    how_clause,
    opening_clause,
    passive,
    set_off_cue,
)
from quoteattr.attribution.rules.cue_before import (
    colon_subject,
    governed_cue,
    governing_cue,
    introduced,
    near_cue,
    weak_cue,
)
from quoteattr.attribution.rules.non_speech import term, title
from quoteattr.attribution.rules.reported import according_to, inscribed, quoted_as
from quoteattr.attribution.setting import ParsedSetting, Setting
from quoteattr.attribution.without_cue import WITHOUT_CUE

LOCAL: tuple[Rule[Any], ...] = (
    *WITHOUT_CUE,
    Rule(
        name="quoted_as",
        reason="Somebody else quotes, hears, shows or accuses the speaker.",
        example="Nair quoted Hale as saying it was “over”.",
        scope=ParsedSetting,
        find=quoted_as,
        certain=0.8,
    ),
    Rule(
        name="claimed",
        reason="It is part of a claim, call or promise of the speaker.",
        example="Nair dismissed Hale’s claim that the race was “over”.",
        scope=ParsedSetting,
        find=claimed,
        certain=0.8,
    ),
    Rule(
        name="inscribed",
        reason="It is written on something, such as a banner, which counts as the speaker.",
        example="Lee carried a banner that read “No way”.",
        scope=ParsedSetting,
        find=inscribed,
        certain=0.8,
    ),
    Rule(
        name="title",
        reason="It is the title of a work: nobody is quoted.",
        example="Lee starred in the film “The Long Day” in May.",
        scope=Setting,
        find=title,
    ),
    Rule(
        name="term",
        reason="It is a word named as a word: nobody is quoted.",
        example="The so-called “bounce” never came.",
        scope=Setting,
        find=term,
        holds_in_headings=True,
    ),
    Rule(
        name="passive",
        reason="A passive verb of saying stands before it, and “by” with the speaker right after it.",
        example="Hale was branded “reckless” by Ann Lee.",
        scope=ParsedSetting,
        find=passive,
    ),
    Rule(
        name="how_clause",
        reason="The sentence says how the speaker puts it, or what the speaker calls it.",
        example="“Plain theft” is how Ann Lee describes the tax.",
        scope=ParsedSetting,
        find=how_clause,
        certain=0.9,
    ),
    Rule(
        name="opening_clause",
        reason="It ends a clause before the main one, and the speaker is the subject of that clause.",
        example="When Ann Lee said “no,” Hale replied that he would go.",
        scope=ParsedSetting,
        find=opening_clause,
    ),
    Rule(
        name="after_quotation",
        reason="A verb of saying follows right after it.",
        example="“We won the vote,” said Ann Lee.",
        scope=ParsedSetting,
        find=after_quotation,
    ),
    Rule(
        name="introduced",
        reason="A verb of saying stands before it, with a comma or colon between.",
        example="Ann Lee said on Monday: “We won the vote.”",
        scope=ParsedSetting,
        find=introduced,
    ),
    Rule(
        name="governing_cue",
        reason="It is part of a clause that a verb of saying governs.",
        example="Ann Lee said she was “not sure” of it.",
        scope=ParsedSetting,
        find=governing_cue,
    ),
    Rule(
        name="governed_cue",
        reason="A verb of saying depends on its own words.",
        example="“It is a bridge to nowhere,” as Tom Hale put it.",
        scope=ParsedSetting,
        find=governed_cue,
    ),
    Rule(
        name="set_off_cue",
        reason="A verb of saying and its subject, set off by commas or dashes, stand in the same sentence.",
        example="The new road — as Ann Lee noted in May — promises to “stop the traffic” in the town.",
        scope=ParsedSetting,
        find=set_off_cue,
    ),
    Rule(
        name="according_to",
        reason="The sentence names the speaker after “according to” or the like.",
        example="According to Ann Lee, the race was “over”.",
        scope=ParsedSetting,
        find=according_to,
    ),
    Rule(
        name="in_words",
        reason="The sentence says in whose words, or in whose view.",
        example="It was, in Ann Lee’s words, “over”.",
        scope=ParsedSetting,
        find=in_words,
    ),
    Rule(
        name="owned",
        reason="It belongs to the speaker’s statement, claim or report.",
        example="The minister’s “absurd” remark was noted.",
        scope=ParsedSetting,
        find=owned,
    ),
    Rule(
        name="near_cue",
        reason="A verb of saying stands beside it.",
        example="This is why critics just point their fingers and cry “but they’re rich!” when it rains.",
        scope=ParsedSetting,
        find=near_cue,
    ),
    Rule(
        name="weak_cue",
        reason="A verb that can mean saying governs it.",
        example="Ann Lee spoke of “a new dawn” for the town.",
        scope=ParsedSetting,
        find=weak_cue,
    ),
    Rule(
        name="colon_subject",
        reason="A colon joins it to a sentence, and the speaker is the subject of that sentence.",
        example="Ann Lee was clear: “No more of this.”",
        scope=ParsedSetting,
        find=colon_subject,
    ),
)
"""Rules that read one quotation in its own frame."""

CONTEXT: tuple[Rule[Context], ...] = (
    Rule(
        name="same_sentence",
        reason="The same sentence quotes the same speaker once more.",
        example="Ann Lee said she had begun “to unmask the plan” of Hale, whom she called a “con artist.”",
        scope=Context,
        find=same_sentence,
    ),
    Rule(
        name="open_paragraph",
        reason="The quotation before has no closing mark: the speaker goes on in a new paragraph.",
        example="Ann Lee said: “We won the vote.\n\n“We lost the house.”",
        scope=Context,
        find=open_paragraph,
    ),
    Rule(
        name="same_paragraph",
        reason="The same paragraph quotes the same speaker.",
        example="“We won,” said Ann Lee. “We lost the house.”",
        scope=Context,
        find=same_paragraph,
    ),
    Rule(
        name="statement_goes_on",
        reason="It continues the statement of the quotation before.",
        example="Ann Lee said the guests “loved the river”. Others had “a little more noise than before”.",
        scope=Context,
        find=statement_goes_on,
    ),
    Rule(
        name="sentence_before",
        reason="The sentence before it is about the speaker.",
        example="Ann Lee paused. “We have the money for it.”",
        scope=Context,
        find=sentence_before,
    ),
    Rule(
        name="paragraph_before",
        reason="The paragraph before it quotes the speaker, who goes on.",
        example="“We won the vote,” said Ann Lee.\n\n“We lost the house.”",
        scope=Context,
        find=paragraph_before,
    ),
    Rule(
        name="subject_before",
        reason="The paragraph before it is about the speaker.",
        example="Ann Lee was happy with the vote.\n\n“We have the money for it.”",
        scope=Context,
        find=subject_before,
    ),
)
"""Rules that read what was found for other quotations. They are tried in this order if no local rule
answers."""

RANKER_ONLY: tuple[Rule[Context], ...] = (
    Rule(
        name="speaker_before",
        reason="Most likely the last speaker goes on.",
        example=(
            "The navy said the frigate had “followed the vessel at a safe distance”. "
            "The crews “acted with full professionalism”."
        ),
        scope=Context,
        find=speaker_before,
    ),
    Rule(
        name="speaker_after",
        reason="Most likely the next speaker says it too.",
        example="It was “a miracle”. “We won,” said Ann Lee.",
        quotation=0,
        scope=Context,
        find=speaker_after,
    ),
)
"""Rules whose answers only the ranker sees."""

RANKED = Outcome(
    name="ranked",
    reason="No rule proposes the speaker; the ranker finds this phrase more likely than every other answer.",
    example="Ann Lee feared the bridge “would not hold for very long”.",
)
NOBODY = Outcome(
    name="nobody",
    reason="Nothing nearby says that somebody spoke these words.",
    example="The road is “closed”.",
    nobody=True,
)
REPEATED = Outcome(
    name="repeated",
    reason="The words are a heading or are quoted back; the speaker says them elsewhere in the article.",
    example="“Nobody rang us”\n\nThe mayor was angry.\n\n“Nobody rang us about it,” said Ann Lee.",
    quotation=0,
)
"""Outcomes that no rule decides: two of the ranker and one for repeated quotations."""

OUTCOMES: dict[str, Outcome] = {
    outcome.name: outcome for outcome in (*LOCAL, *CONTEXT, *RANKER_ONLY, RANKED, NOBODY, REPEATED)
}
"""Everything that `decided_by` can name, in order."""


NOBODY_IN_HEADINGS = frozenset(rule.name for rule in LOCAL if rule.holds_in_headings)
"""The rules whose answer is kept even if the quotation is a heading and the article has its words again, with
a speaker."""


def reason_of(rule: str) -> str | None:
    """Returns the reason for the answers of a rule, in words for readers of news; None if no rule has this
    name.

    >>> reason_of("after_quotation"), reason_of("my_own_rule")
    ('A verb of saying follows right after it.', None)
    """
    outcome = OUTCOMES.get(rule)
    return None if outcome is None else outcome.reason
