"""The quotations of one speaker, and the number of paragraphs over which an interview continues."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from itertools import groupby, pairwise

import attrs

from quoteattr.outlets.article_context import ArticleContext
from quoteattr.outlets.outlet_sites import OutletSite
from quoteattr.schema import Speaker

GAP = 5
"""Most paragraphs between two quotations of one interview. The maintainers read quotations of PolNeAR's
training articles: after a gap of three paragraphs, 13 of 18 were still from the interview; after four, 9 of
15; after five, 5 of 9; after more, 6 of 20."""
BRIEF_GAP = 1
"""The same for a post, or for an interview at another time. These cover only the next paragraph."""


@attrs.frozen
class SpeakerQuotations:
    """The places where one speaker is quoted, and the sites of the outlets that the speaker talks to."""

    speaker: Speaker
    """The speaker."""
    starts: Sequence[int]
    """First character of the first quotation of each paragraph, in order."""
    paragraphs: Sequence[int]
    """The numbers of these paragraphs."""
    sites: Sequence[OutletSite]
    """The sites at which the speaker talks to an outlet, in order."""
    fills_article: bool
    """Whether the article is one interview: most of its quotations are by this speaker, with one outlet."""
    _last_reached: Callable[[int], list[int]] = attrs.field(init=False)

    @_last_reached.default
    def _cached_by_gap(self) -> Callable[[int], list[int]]:
        return cache(partial(_last_within_gap, self.paragraphs))

    def last_paragraph(self, site: OutletSite, before: int, gap: int) -> int:
        """The number of the last paragraph to which the outlet of a site applies.

        Args:
            site: one of the speaker's sites.
            before: only quotations before this character are read.
            gap: the most paragraphs from one quotation to the next.
        """
        gap = max(gap, BRIEF_GAP if site.is_brief else GAP)
        first = bisect_right(self.paragraphs, site.paragraph)
        last = bisect_left(self.starts, before) - 1
        if last < first or self.paragraphs[first] > site.paragraph + gap:
            return site.paragraph
        return self.paragraphs[min(last, self._last_reached(gap)[first])]


def _last_within_gap(paragraphs: Sequence[int], gap: int) -> list[int]:
    """For the index of each paragraph, the index of the last one that can be reached in steps of at most
    `gap` paragraphs.

    >>> _last_within_gap([1, 2, 9, 10], 5)
    [1, 1, 3, 3]
    """
    ends = [index for index, (one, next_one) in enumerate(pairwise(paragraphs)) if next_one > one + gap]
    ends.append(len(paragraphs) - 1)
    return [ends[bisect_left(ends, index)] for index in range(len(paragraphs))]


def quotations_by_speaker(
    article: ArticleContext, sites: Mapping[str, Sequence[OutletSite]]
) -> dict[Speaker, SpeakerQuotations]:
    """Returns for each speaker the quotations, and where the speaker talks to an outlet.

    Args:
        article: the article.
        sites: for each speaker's name, the outlet sites at which that speaker talks to an outlet.
    """
    starts: dict[Speaker, list[int]] = {}
    for start, speaker in article.spoken:
        starts.setdefault(speaker, []).append(start)
    return {
        speaker: _quotations_of(article, speaker, own, sites.get(speaker.name, ()))
        for speaker, own in starts.items()
    }


def _quotations_of(
    article: ArticleContext, speaker: Speaker, starts: Sequence[int], sites: Sequence[OutletSite]
) -> SpeakerQuotations:
    firsts = [next(same) for _, same in groupby(starts, key=article.paragraph_at)]
    has_most = len(starts) * 2 > len(article.spoken)
    has_one_outlet = len({site.outlet and site.outlet.name for site in sites}) == 1
    return SpeakerQuotations(
        speaker, firsts, [article.paragraph_at(start) for start in firsts], sites, has_most and has_one_outlet
    )
