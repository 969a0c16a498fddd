"""Finds the outlet of each quotation: "told MailOnline", "writing in The Sunday Telegraph", "tweeted".

An outlet mention belongs to the speakers who are quoted in its sentence. If nobody is quoted there, it
belongs to the speaker whom the subject of the sentence names. A quotation gets the outlet that its own
sentence names. If the sentence names none, it gets the outlet that its speaker last spoke to, as long as that
interview goes on. A post or an interview at another time ("told Reuters in May") applies only to the
quotations right after it; later quotations belong to the speaker's earlier interview again.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from functools import cached_property

import attrs
import regex

from quoteattr.outlets.article_context import ArticleContext, context_of_article
from quoteattr.outlets.outlet_sites import MOST_SITES, OutletSite, sites_by_speaker
from quoteattr.outlets.own_voice import speaking_outlet
from quoteattr.outlets.same_interview import is_another_time, is_said_often, is_written, may_share_interview
from quoteattr.outlets.speaker_quotations import BRIEF_GAP, GAP, SpeakerQuotations, quotations_by_speaker
from quoteattr.schema import Outlet, Quotation, Speaker

CATCHPHRASE = 3
"""Most words of a quotation that may be a catchphrase and not part of the interview."""
CATCHPHRASE_GAP = 2
"""Most paragraphs between the interview and a catchphrase that belongs to it. In PolNeAR's training articles,
only 3 of the 10 catchphrases after a longer gap were from the interview."""
LEAD = 3
"""Paragraphs at the top of an article, headline included, whose quotations may be from an interview that is
named only later."""
LEAD_GAP = 2
"""Most paragraphs from such a quotation to the name of the outlet. Set by hand."""

# A turn of a transcript: "“|WALLACE: |Will she be there?”".
TURN = regex.compile(r"\s* \p{Lu}[\p{Lu}.’'-]+ (?: [ ]\p{Lu}[\p{Lu}.’'-]+ ){0,3} :\s", regex.VERBOSE)


@attrs.frozen
class OutletDecision:
    """The outlet of a quotation, and the rule that decided."""

    outlet: Outlet | None = None
    """The outlet; None if the text names no outlet for the words."""
    rule: str | None = None
    """The name of the rule that decided; None if none did."""


@attrs.frozen
class QuotationContext:
    """A quotation with everything that the rules read."""

    article: ArticleContext
    quotation: Quotation
    speaker: SpeakerQuotations
    """All quotations of its speaker."""

    @property
    def start(self) -> int:
        """First character of the quotation, its marks included."""
        return self.quotation.outer.start

    @property
    def paragraph(self) -> int:
        """The number of the paragraph in which the quotation opens."""
        return self.article.paragraph_at(self.start)

    @cached_property
    def sentence(self) -> str:
        """The sentence around the quotation, without quoted words."""
        return self.article.unquoted(*self.article.sentence_at(self.start))

    @property
    def sites_before(self) -> Sequence[OutletSite]:
        """The speaker's last sites before the quotation, in order."""
        sites = self.speaker.sites
        count = bisect_left(sites, self.start, key=lambda site: site.mention.start)
        return [site for site in sites[max(0, count - MOST_SITES) : count] if self._may_apply(site)]

    @property
    def sites_in_sentence(self) -> list[OutletSite]:
        """The speaker's sites in the sentences in which the quotation begins or ends, in order."""
        sites, start, end = self.speaker.sites, self.start, self.quotation.outer.end
        first = bisect_right(sites, start, key=lambda site: site.end)
        last = bisect_right(sites, end, key=lambda site: site.start)
        around = [s for s in sites[first:last] if s.start <= start < s.end or s.start <= end < s.end]
        return [site for site in around if self._may_apply(site)]

    def _may_apply(self, site: OutletSite) -> bool:
        """Whether an author's outlet may apply: only to what the author wrote."""
        return site.mention.kind != "author" or is_written(self.sentence)


def transcript(context: QuotationContext) -> OutletDecision | None:
    """For a turn of a transcript: the last outlet that the article names before it."""
    if not TURN.match(context.quotation.content.text):
        return None
    mentions = context.article.interview_mentions
    count = bisect_left(mentions, context.start, key=lambda mention: mention.start)
    return OutletDecision(mentions[count - 1].outlet if count else None)


def own_sentence(context: QuotationContext) -> OutletDecision | None:
    """The nearest outlet in the sentence of the quotation; none if the sentence says that the words were
    given to no outlet."""
    sites = context.sites_in_sentence
    if not sites:
        return None
    named = [site for site in sites if site.outlet]
    nearest = min(named, key=lambda site: abs(site.mention.start - context.start), default=None)
    return OutletDecision(nearest.outlet if nearest else None)


def outlet_speaks(context: QuotationContext) -> OutletDecision | None:
    """The outlet that speaks for itself."""
    outlet = speaking_outlet(context.article, context.speaker.speaker, context.start)
    return OutletDecision(outlet) if outlet else None


def another_time(context: QuotationContext) -> OutletDecision | None:
    """Decides for no outlet if the sentence of the quotation names another time, or reports something that
    was said often."""
    outside = is_another_time(context.sentence) or is_said_often(context.sentence)
    return OutletDecision() if outside else None


def earlier_mention(context: QuotationContext) -> OutletDecision | None:
    """The outlet that the speaker last spoke to, as long as the interview goes on.

    If the last mention is a post or an interview at another time and does not reach as far as this quotation,
    the mention before it applies.
    """
    sites = context.sites_before
    for site in reversed(sites):
        if _goes_on(context, site) and may_share_interview(
            site.sentence, context.sentence, same_days=site.is_brief
        ):
            return OutletDecision(site.outlet)
        if not site.is_brief:
            break
    return OutletDecision() if sites else None


def _goes_on(context: QuotationContext, site: OutletSite) -> bool:
    """Whether the interview of a site goes on up to the paragraph of the quotation."""
    gap = _longest_gap(context, site)
    paragraph = context.paragraph
    if paragraph - context.speaker.last_paragraph(site, context.start, gap) > gap:
        return False
    # After its own paragraph, a post applies only to a quotation that begins a paragraph.
    is_later_post = site.mention.kind == "post" and paragraph > site.paragraph
    return not is_later_post or context.article.paragraph_starts[paragraph - 1] == context.start


def _longest_gap(context: QuotationContext, site: OutletSite) -> int:
    """The most paragraphs between this quotation and the speaker's last one in the same interview."""
    if site.is_brief:
        return BRIEF_GAP
    if len(context.quotation.content.text.split()) <= CATCHPHRASE:
        return CATCHPHRASE_GAP
    if context.speaker.fills_article or (site.outlet and is_written(site.sentence)):
        return len(context.article.paragraph_starts)
    return GAP


def about_earlier_words(context: QuotationContext) -> OutletDecision | None:
    """The outlet of a sentence that says, soon after the words, where they were given."""
    sites = context.speaker.sites
    at = bisect_left(sites, context.start, key=lambda site: site.mention.start)
    following = next((s for s in sites[at : at + LEAD] if s.is_about_earlier_words and s.outlet), None)
    if following is None or following.paragraph - context.paragraph > LEAD_GAP:
        return None
    return OutletDecision(following.outlet)


def later_mention(context: QuotationContext) -> OutletDecision | None:
    """The outlet that is named soon after the words, if the speaker is named with none before."""
    sites = context.speaker.sites[:MOST_SITES]
    first = next((site for site in sites if site.mention.kind != "author"), None)
    if first is None or first.is_brief or first.mention.start < context.start:
        return None
    if context.paragraph <= LEAD:
        return OutletDecision(first.outlet) if first.paragraph - context.paragraph <= LEAD_GAP else None
    is_next = first.paragraph - context.paragraph <= 1
    goes_on = is_next and may_share_interview(first.sentence, context.sentence, same_days=True)
    return OutletDecision(first.outlet) if goes_on else None


@attrs.frozen
class OutletRule:
    """A rule that decides about the outlet of a quotation."""

    name: str
    """The name of the rule, which `OutletDecision.rule` gives."""
    decide: Callable[[QuotationContext], OutletDecision | None]
    """Returns the decision, or None to leave it to the next rule."""
    example: str
    """A text in which one speaker speaks every quotation, and the rule decides about the last one."""
    speaker: str = "Ann Lee"
    """The speaker of the example."""


RULES = (
    OutletRule(
        "transcript", transcript, "Ann Lee was on “Fox News Sunday.” The transcript:\n\n“LEE: It will hold.”"
    ),
    OutletRule("own_sentence", own_sentence, "“It will hold,” Ann Lee told the Herald."),
    OutletRule("own_voice", outlet_speaks, "“It will hold,” the Evening Herald wrote.", "Evening Herald"),
    OutletRule(
        "another_time",
        another_time,
        "“It will hold,” Ann Lee told the Herald. In May she had called it “a risk to us all”.",
    ),
    OutletRule(
        "about_earlier_words",
        about_earlier_words,
        "“It will hold,” said Ann Lee. Her remarks came in an interview with the Herald.",
    ),
    OutletRule(
        "earlier_mention",
        earlier_mention,
        "“It will hold,” Ann Lee told the Herald.\n\n“We have looked at every stone,” she said.",
    ),
    OutletRule(
        "later_mention",
        later_mention,
        "“It will hold,” says Ann Lee.\n\nMs Lee told the Herald that the bridge was old.",
    ),
)
"""The rules in the order in which they are tried; the first one that answers decides."""


def decide_outlet(context: QuotationContext) -> OutletDecision:
    """The decision of the first rule that answers."""
    for rule in RULES:
        decision = rule.decide(context)
        if decision is not None:
            return attrs.evolve(decision, rule=rule.name)
    return OutletDecision()


def decide_outlets(
    text: str, quotations: Sequence[Quotation], speakers: Sequence[Speaker | None]
) -> list[OutletDecision]:
    """Returns the outlet of each quotation, with the rule that decided.

    Args:
        text: the article.
        quotations: all its quotations, in order.
        speakers: one for each quotation; None if nobody speaks it.
    """
    article = context_of_article(text, quotations, speakers)
    by_speaker = quotations_by_speaker(article, sites_by_speaker(article))
    return [
        decide_outlet(QuotationContext(article, quotation, by_speaker[speaker]))
        if speaker
        else OutletDecision()
        for quotation, speaker in zip(quotations, speakers, strict=True)
    ]


def find_outlets(
    text: str, quotations: Sequence[Quotation], speakers: Sequence[Speaker | None]
) -> list[Outlet | None]:
    """Returns the outlet of each quotation, or None if the text names none for its speaker.

    Args:
        text: the article.
        quotations: all its quotations, in order.
        speakers: one for each quotation; None if nobody speaks it.
    """
    return [decision.outlet for decision in decide_outlets(text, quotations, speakers)]
