"""The context of a pair of wordings: their speakers, dates and surroundings."""

from __future__ import annotations

import attrs

from quoteattr.dedup.speakers import NO_SPEAKER, SpeakerKey, SpeakerRelation


@attrs.frozen(eq=False)
class PairContext:
    """Speakers, dates and surroundings of two wordings.

    This class describes a pair without surroundings: apart from its three fields, all answers are "no". It
    can be used to test the decision by hand. Its subclass in `quoteattr.dedup.context_lookup` looks up the
    other answers in the articles.
    """

    relation: SpeakerRelation
    """What is known about the two speakers."""
    same_article: bool
    """Whether both occur in one article."""
    days: int | None
    """Days between the two articles; None if one has no date."""

    @property
    def speakers(self) -> tuple[SpeakerKey, SpeakerKey]:
        """The speakers of the shorter and of the longer wording."""
        return NO_SPEAKER, NO_SPEAKER

    @property
    def common_property(self) -> bool:
        """Whether many people use the words, or one speaker often repeats them. Such words do not show on
        which occasion they were said."""
        return False

    @property
    def in_heading(self) -> bool:
        """Whether one of the two is in a headline, or on a line of its own."""
        return False

    @property
    def is_name(self) -> bool:
        """Whether one of the two wordings is the name of something (a title), so that nobody speaks it."""
        return False

    def same_topic(self) -> bool:
        """Whether the surroundings share enough content words."""
        return False

    def names_other_speaker(self) -> bool:
        """Whether the text around one wording names the speaker of the other one.

        If it does, one of two different attributions may be wrong; and words without a speaker, as in a
        headline, belong to the speaker who is named.
        """
        return False

    def repeated_in_article(self) -> bool:
        """Whether one article reports the words twice in almost the same sentence, and names the speaker of
        one of the two beside the other.

        For example "Poland says it has an ‘obligation’" and "the prime minister, saying Poland has an
        ‘obligation’".
        """
        return False

    def copied_passage(self) -> bool:
        """Whether two articles report the words in almost the same sentence, as copies of one article do."""
        return False

    @property
    def office_and_person(self) -> bool:
        """Whether one speaker is an office ("foreign secretary") and the other one a person."""
        a, b = self.speakers
        return (a.is_office and b.kind == "person") or (b.is_office and a.kind == "person")

    @property
    def organisation_and_person(self) -> bool:
        """Whether one speaker is an organisation and the other one a person, who may speak for it."""
        return {speaker.kind for speaker in self.speakers} == {"organisation", "person"}

    @property
    def both_attributed(self) -> bool:
        """Whether both have a reliable speaker. One of these may be unnamed ("a spokesman")."""
        return all(speaker.words and speaker.reliable for speaker in self.speakers)

    def within(self, days: int) -> bool:
        """Whether both are from one article, or from articles with at most ``days`` days between them.

        If a date is missing, the topic must be the same.
        """
        if self.same_article:
            return True
        return self.same_topic() if self.days is None else self.days <= days
