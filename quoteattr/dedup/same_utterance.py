"""Decides whether two wordings that share words are one utterance, by their speakers, dates and topics.

People repeat themselves. A long sentence is almost never spoken twice, so its words alone decide. "A
disgrace" is said every week. Such words are one utterance only inside one article, or within a few days and
about the same topic.
"""

from __future__ import annotations

from quoteattr.dedup.match import Match, MatchKind
from quoteattr.dedup.pair_context import PairContext
from quoteattr.dedup.presentation import Presentation
from quoteattr.dedup.speakers import SpeakerRelation
from quoteattr.dedup.wording_profile import DISTINCTIVE_WORDS, FUNCTION_WORD_SENTENCE, WordingProfile

PHRASE_DAYS = 21
"""Most days between two occurrences of one speaker's short phrase, if it has two content words or more. In
the news groups, occurrences of one utterance are at most 19 days apart; slogans recur from month to month."""
WORD_DAYS = 3
"""Most days between two occurrences of a single word, which must also have the same topic."""
EDIT_DAYS = 30
"""Most days between two wordings if one is an edited form of the other. After more days, it is a new
utterance. On the news groups F1 is .936 at 14 days and the same at 90 days."""
SPEECH_DAYS = 7
"""Most days between two long quotations from one speech, which share a run of words, and between two
occurrences of a few words with one content word. On the news groups F1 is .906 at 3 days and the same at
14."""
STATEMENT_WORDS = 3
"""Least number of words of a statement. Two sentences on one topic may share shorter phrases without
repeating each other."""
RARE_CONTENT = 4
"""If one speaker is unknown, a wording with this many content words in a row ("shameful manufactured migrant
crisis") is treated like a distinctive one within a few days."""
LONG = 8
"""A wording with at least this many words that is edited or lacks a speaker is still the same utterance
within `EDIT_DAYS`. On the news groups F1 is .927 at 6 words and the same at 10."""
VERY_LONG = 12
"""A wording with at least this many words is one utterance after any number of days if a speaker is missing,
and within a few days if two different speakers are named, because one of the attributions is then wrong. Two
people may both have said a shorter wording."""
NEVER, ALWAYS = -1, 10**7
"""Numbers of days with a special meaning: not even on the same day, and after any number of days."""


def is_same_utterance(match: Match, profile: WordingProfile, context: PairContext) -> bool:
    """Decides whether two wordings are one utterance.

    Args:
        match: how the two match.
        profile: the profile of the shorter one: how much it says.
        context: their speakers, dates and surroundings.

    >>> word = WordingProfile(1, 1)
    >>> equal = Match(MatchKind.EQUAL, 1, True)
    >>> is_same_utterance(equal, word, PairContext(SpeakerRelation.SAME, False, 24))
    False
    >>> is_same_utterance(equal, word, PairContext(SpeakerRelation.SAME, True, 0))
    True
    """
    if not context.is_name and _same_statement(match, profile, context):
        return True
    if match.kind is not MatchKind.EQUAL or context.same_article:
        return False
    return context.within(WORD_DAYS if context.is_name else EDIT_DAYS) and context.copied_passage()


def _same_statement(match: Match, profile: WordingProfile, context: PairContext) -> bool:
    """The decision by speaker, date and topic."""
    if (
        context.relation is not SpeakerRelation.SAME
        and match.kind is MatchKind.EQUAL
        and context.same_article
        and context.repeated_in_article()
    ):
        return True
    if context.relation is SpeakerRelation.CONFLICT:
        return _same_despite_conflict(match, profile, context)
    # Words in title case are a name, except in a heading, where all words have capitals.
    is_name = profile.title_case and not (context.same_article and context.in_heading)
    if is_name or profile.content == 0:
        return _same_without_content(match, profile, context)
    if context.relation is SpeakerRelation.UNKNOWN:
        return _same_with_unknown_speaker(match, profile, context)
    if match.kind is MatchKind.OVERLAP:
        return context.within(SPEECH_DAYS)
    if match.kind is MatchKind.NEAR:
        return context.within(EDIT_DAYS if profile.size >= LONG else SPEECH_DAYS)
    return profile.distinctive or _same_short_phrase(profile, context)


def max_days_apart(profile: WordingProfile, common_property: bool) -> int | None:
    """Returns the most days between a wording and a longer one of the same speaker that contains it, at which
    both are one utterance regardless of the topic.

    Args:
        profile: how much the wording says.
        common_property: whether several people use the words.

    Returns:
        A number of days, `ALWAYS`, or `NEVER` if the topic always decides; None if the answer depends on more
        than the profile.

    >>> profiles = [WordingProfile(*sizes) for sizes in ((9, 4), (2, 2), (3, 1), (1, 1), (4, 0))]
    >>> [max_days_apart(profile, common_property=False) for profile in profiles]
    [10000000, 21, 7, -1, None]
    """
    if profile.presentation is Presentation.NAME or profile.title_case or profile.content == 0:
        return None
    return _days_of_one_speaker(profile, common_property)


def _days_of_one_speaker(profile: WordingProfile, common_property: bool) -> int:
    if profile.distinctive:
        return ALWAYS
    if common_property:
        return NEVER
    if profile.content > 1:
        return PHRASE_DAYS
    return SPEECH_DAYS if profile.size > 2 else NEVER


def _same_without_content(match: Match, profile: WordingProfile, context: PairContext) -> bool:
    """The decision about a name or about function words. These are one utterance only inside one article, and
    only if the words are the same or are a sentence ("I think she will") inside a longer quotation of the
    same speaker."""
    if not context.same_article or match.kind < MatchKind.CONTAINED:
        return False
    if match.kind is MatchKind.EQUAL:
        return profile.size > 1
    is_sentence = not profile.title_case and profile.size >= FUNCTION_WORD_SENTENCE
    return context.relation is SpeakerRelation.SAME and is_sentence


def _same_short_phrase(profile: WordingProfile, context: PairContext) -> bool:
    """The decision about a few words of one speaker."""
    days = _days_of_one_speaker(profile, context.common_property)
    if days > NEVER:
        return context.within(days)
    return context.same_article or (context.within(WORD_DAYS) and context.same_topic())


def _same_with_unknown_speaker(match: Match, profile: WordingProfile, context: PairContext) -> bool:
    """The decision if one of the two has no named speaker."""
    if match.kind is MatchKind.OVERLAP:
        return match.common >= LONG and not context.same_article and context.within(WORD_DAYS)
    if profile.size >= LONG and profile.distinctive:
        contained = match.kind >= MatchKind.CONTAINED
        return context.within(EDIT_DAYS) or (profile.size >= VERY_LONG and contained)
    if match.kind < MatchKind.CONTAINED:
        return False
    if context.same_article and context.in_heading and profile.size > 1:
        return True
    may_be_one_speaker = (
        context.office_and_person or context.organisation_and_person or not context.both_attributed
    )
    if may_be_one_speaker and context.names_other_speaker():
        return profile.distinctive or _same_short_phrase(profile, context)
    if context.office_and_person and profile.content >= 2:
        return context.within(WORD_DAYS)
    if context.same_article:
        is_repeated = match.kind is MatchKind.EQUAL and profile.size >= STATEMENT_WORDS
        return profile.distinctive or (profile.content >= 2 and (is_repeated or not context.both_attributed))
    return (profile.distinctive or profile.content >= RARE_CONTENT) and context.within(WORD_DAYS)


def _same_despite_conflict(match: Match, profile: WordingProfile, context: PairContext) -> bool:
    """The decision about words that are attributed to two different speakers."""
    if context.same_article and context.in_heading and match.kind >= MatchKind.CONTAINED:
        return profile.content > 0 and profile.size > 1
    is_sentence = profile.distinctive or (match.kind is MatchKind.EQUAL and profile.size >= DISTINCTIVE_WORDS)
    if match.kind < MatchKind.NEAR or not is_sentence:
        return False
    if context.same_article:  # a caption or a pull quote that is attributed differently from the body
        return match.kind is MatchKind.EQUAL or (
            profile.size >= VERY_LONG and match.near_equal and match.kind is MatchKind.CONTAINED
        )
    if context.names_other_speaker():
        return context.within(WORD_DAYS if profile.size < LONG else EDIT_DAYS)
    days = SPEECH_DAYS if match.kind is MatchKind.EQUAL else WORD_DAYS
    return profile.size >= VERY_LONG and match.near_equal and context.within(days)
