"""The sites of outlet mentions, and the speakers who talked to these outlets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs
import regex

from quoteattr.lexicon import word_list
from quoteattr.names import find_names, read_name
from quoteattr.outlets.article_context import ArticleContext
from quoteattr.outlets.outlet_mentions import MentionKind, OutletMention
from quoteattr.outlets.same_interview import is_another_time
from quoteattr.schema import Outlet, Span, Speaker

MOST_SITES = 100
"""Most mentions of one speaker's outlets that are read, the nearest ones first; an article has a few."""

# A pronoun, or a noun phrase for the words, as subject: "|he| told CNN", "|her remarks| to CNN".
PRONOUN_OR_WORDS = regex.compile(
    r"""
    \b (?: [Hh]e | [Ss]he
        | (?: [Tt]he | [Hh]is | [Hh]er ) \s (?: remarks? | comments? | words | interview ) ) \b
    """,
    regex.VERBOSE,
)
# Words that say whose text it is: "|wrote| a column in", "|in her| column in", "|in Hale’s| column in".
SAYS_WHOSE_TEXT = regex.compile(
    r"""
    \b (?: [Ww]r(?:[io]tes?|itten|iting) | [Pp]ublish\w+ | [Pp]enned
        | (?: [Ii]n | [Oo]n | [Dd]uring ) \s (?: an? | his | her | their | \w+[’']s ) ) \b
    """,
    regex.VERBOSE,
)
# A second verb, whose subject is further up: "Hale endorsed Lee, |but told| The Times".
SECOND_VERB = regex.compile(
    r"""
    \b (?: and | but ) \s (?: \w+ly\s | also\s | later\s | then\s )?
    (?: told | said | wrote | spoke | tweeted | posted | appeared | gave ) \b
    """,
    regex.VERBOSE,
)
# A preposition right before a name, which is a place's then: "speaking |in |Wexcombe".
PREPOSITION_BEFORE = regex.compile(
    r"\b (?: in | at | near | from | of | outside ) \s (?: the\s )? \Z", regex.VERBOSE
)
# Short brackets: "Hale |(Labour, Orsk)| told CNN".
IN_BRACKETS = regex.compile(r"\( [^()\n]{1,40} \)", regex.VERBOSE)


@attrs.frozen
class OutletSite:
    """An outlet mention in its sentence and paragraph."""

    mention: OutletMention
    start: int
    """First character of its sentence."""
    end: int
    """End of its sentence."""
    paragraph: int
    """The number of its paragraph."""
    sentence: str
    """Its sentence without quoted words and without the name of the outlet."""
    is_brief: bool
    """Whether it applies only to quotations right after it: a post, or an interview at another time."""

    @property
    def outlet(self) -> Outlet | None:
        """The outlet that is named; None if the words were given to no outlet."""
        return self.mention.outlet


def find_sites(article: ArticleContext) -> Iterator[OutletSite]:
    """Yields the site of every outlet mention that is not quoted, in order."""
    for mention in article.mentions:
        # The name of a show stands in marks of its own: on “Fox News Sunday”.
        quoted = article.is_inside_quotation if mention.outlet else article.is_quoted
        if quoted(mention.start):
            continue
        start, end = article.sentence_at(mention.start)
        # Without the name, "The Sunday Telegraph" names no day.
        sentence = article.unquoted(start, end).replace(mention.outlet.name if mention.outlet else "\n", "")
        brief = mention.kind == "post" or is_another_time(sentence)
        yield OutletSite(mention, start, end, article.paragraph_at(mention.start), sentence, brief)


def sites_by_speaker(article: ArticleContext) -> dict[str, list[OutletSite]]:
    """The sites at which each speaker talks to an outlet, by the speaker's name, in order."""
    found: dict[str, list[OutletSite]] = {}
    for site in find_sites(article):
        for speaker in _speakers_at(article, site):
            earlier = found.setdefault(speaker.name, [])
            earlier.append(_with_reference_resolved(site, earlier))
    return found


def _with_reference_resolved(site: OutletSite, earlier: Sequence[OutletSite]) -> OutletSite:
    """The site with the outlet that "the paper" or "Tapper" refers to: the speaker's last one that fits."""
    if site.mention.kind not in ("same_outlet", "interviewer"):
        return site
    fitting = (
        known.outlet
        for known in reversed(earlier[-MOST_SITES:])
        if known.outlet and known.mention.kind != "post" and _may_refer(site.mention, known)
    )
    outlet = next(fitting, None)
    kind: MentionKind = "interview" if outlet else "elsewhere"
    return attrs.evolve(site, mention=OutletMention(site.mention.start, outlet, kind))


def _may_refer(mention: OutletMention, known: OutletSite) -> bool:
    """Whether a reference may be to a known outlet: an interviewer must be named beside it."""
    return mention.kind == "same_outlet" or mention.noun.casefold() in known.sentence.casefold()


def _speakers_at(article: ArticleContext, site: OutletSite) -> list[Speaker]:
    """The speakers who talk to the outlet of a site.

    They are the speakers who are quoted in its sentence. If there are none, it is the speaker whom the
    subject of the sentence names; a pronoun stands for the speaker of the last quotation before the site.
    """
    outlet_name = site.outlet.name.casefold() if site.outlet else ""
    quoted = [
        s for s in article.speakers_between(site.start, site.end) if s.name.casefold() not in outlet_name
    ]
    if quoted:
        return list(dict.fromkeys(quoted))
    subject = _subject_phrase(article, site)
    if subject is None or _is_only_read(site):
        return []
    if PRONOUN_OR_WORDS.fullmatch(subject):
        speaker = article.speaker_before(site.mention.start)
        return [speaker] if speaker else []
    return article.speakers_by_surname.get(read_name(subject).last, [])


def _is_only_read(site: OutletSite) -> bool:
    """Whether a text is mentioned without its author: "he saw an article in Nature"."""
    is_text = site.mention.noun in word_list("outlets", "texts_about_somebody")
    return is_text and not SAYS_WHOSE_TEXT.search(site.sentence)


def _subject_phrase(article: ArticleContext, site: OutletSite) -> str | None:
    """The phrase for the person who talks to the outlet, or None.

    It is a name, a pronoun or a noun for words in the sentence: the last one before the mention, or the first
    one if the mention belongs to a second verb. If there is none before the mention, it is the first one
    after it.
    """
    start = site.mention.start
    outlet = site.outlet.span if site.outlet else Span.of(article.text, start, start + 1)
    candidates = _subject_candidates(article, site, outlet.end)
    before = [span for span in candidates if span[1] <= min(start, outlet.start)]
    if before:
        second = SECOND_VERB.search(article.text, before[-1][1], outlet.start)
        return article.text[slice(*before[0 if second else -1])]
    after = next((span for span in candidates if span[0] >= outlet.end), None)
    return article.text[slice(*after)] if after else None


def _subject_candidates(article: ArticleContext, site: OutletSite, outlet_end: int) -> list[tuple[int, int]]:
    """Start and end of the phrases that may be the subject of a sentence, in order."""
    names = find_names(article.text, site.start, site.end)
    # "with the Washington Post |Trump said" is one run of capitals.
    spans = [(outlet_end if n.start < outlet_end < n.end else n.start, n.end) for n in names]
    found = [span for span in spans if not PREPOSITION_BEFORE.search(article.text, site.start, span[0])]
    found += [match.span() for match in PRONOUN_OR_WORDS.finditer(article.text, site.start, site.end)]
    brackets = [match.span() for match in IN_BRACKETS.finditer(article.text, site.start, site.end)]
    return sorted(
        (start, end)
        for start, end in found
        if not article.is_quoted(start) and not any(s <= start < e for s, e in brackets)
    )
