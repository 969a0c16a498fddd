"""The sites of outlet mentions, and the speakers who talked to these outlets."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby
from operator import itemgetter

import attrs
import regex

from quoteattr.lexicon import outlet_words, word_list
from quoteattr.names import find_names, read_name
from quoteattr.outlets.article_context import ArticleContext
from quoteattr.outlets.outlet_mentions import MentionKind, OutletMention
from quoteattr.outlets.same_interview import is_another_time, is_written
from quoteattr.schema import Outlet, Span, Speaker

BRIEF_KINDS: tuple[MentionKind, ...] = ("post", "report", "same_network")
"""Kinds of mentions that apply only to quotations right after them."""
REFERENCES: tuple[MentionKind, ...] = ("same_outlet", "same_text", "same_network", "interviewer")
"""Kinds of mentions that name no outlet but refer to one."""
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
# A sentence that says where the words before it were given: "|Her response came| in a tweet".
ABOUT_EARLIER_WORDS = regex.compile(
    r"""
    \b (?: remarks? | comments? | words | responses? | criticism | statement | admission | message | apology
        | post ) \s
    (?: to \s [\w.’'-]+ \s )? ,? \s* (?: which \s )?
    (?: came | comes | was | were | appeared | first \s appeared ) \s
    (?: first \s | later \s | originally \s )?
    (?: (?: made | posted | published | given | delivered ) \s )?
    (?: \s | (?: in | on | to | during ) \b )   # The words "in a tweet" are left out
    """,
    regex.VERBOSE | regex.IGNORECASE,
)
# Words that show who wrote a text: "|wrote| a column in", "|in her| column in", "|in Hale’s| column in".
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
# What shows that a sentence tells of two occasions: "told Reuters, |and said| in a statement".
SECOND_SAYING = regex.compile(
    r"; | \b (?: and | but | then | later | also | while | after | before | said | told | wrote ) \b",
    regex.VERBOSE,
)
# Words before a name that is no subject: "speaking |in |Wexcombe", "|a |Jordanian student told".
PREPOSITION_BEFORE = regex.compile(
    r"""
    \b (?: an? \s
        | (?: in | at | near | from | of | outside | for | with | by | about | against ) \s (?: the\s )? ) \Z
    """,
    regex.VERBOSE,
)
_PREPOSITION_WITHIN = 15
"""Characters before a name that are searched for such a preposition; "outside the " has 12."""
_OVERLAPPING = 4
"""Most phrases that can contain the same character. Names and pronouns seldom overlap."""
# What follows an owner of something else than words.
POSSESSIVE = regex.compile(
    r"""
    (?: (?<= [’']s ) | [’'] s? ) \s
    (?! (?: [\p{Ll}-]+ \s )?
        (?: remarks? | comments? | words | interview | op-ed | column | article | appearance | letter | post
          | tweets? | statement | response ) \b )
    """,
    regex.VERBOSE,
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

    @cached_property
    def is_about_earlier_words(self) -> bool:
        """Whether its sentence says where the words before it were given."""
        return ABOUT_EARLIER_WORDS.search(self.sentence) is not None

    @property
    def outlet(self) -> Outlet | None:
        """The outlet that is named; None if the words were given to no outlet."""
        return self.mention.outlet

    @cached_property
    def _small_letters(self) -> str:
        return self.sentence.casefold()

    def holds(self, word: str) -> bool:
        """Whether the sentence holds a word, in capital or small letters."""
        return word.casefold() in self._small_letters


@attrs.frozen
class _Sentence:
    """The data of a sentence that all outlet mentions in it need."""

    start: int
    """First character."""
    speakers: Sequence[Speaker]
    """The speakers who are quoted in it, each once."""
    names: Sequence[tuple[int, int]]
    """Start and end of each name, in order."""
    brackets: Sequence[tuple[int, int]]
    """Start and end of each short bracket, in order."""
    subjects: Sequence[tuple[int, int]] = ()
    """Start and end of each name, pronoun or noun for words that may be a subject, in order."""


def find_sites(article: ArticleContext) -> Iterator[OutletSite]:
    """Yields the site of every outlet mention that is not quoted, in order."""
    for mention in article.mentions:
        # The name of a show has its own quotation marks: on “Fox News Sunday”.
        quoted = article.is_inside_quotation if mention.outlet else article.is_quoted
        if quoted(mention.start):
            continue
        start, end = article.sentence_at(mention.start)
        # The name is left out, because "The Sunday Telegraph" would name a day.
        sentence = article.unquoted(start, end).replace(
            mention.outlet.span.text if mention.outlet else "\n", ""
        )
        brief = mention.kind in BRIEF_KINDS or is_another_time(sentence)
        yield OutletSite(mention, start, end, article.paragraph_at(mention.start), sentence, brief)


def sites_by_speaker(article: ArticleContext) -> dict[str, list[OutletSite]]:
    """The sites at which each speaker talks to an outlet, by the speaker's name, in order."""
    found: dict[str, list[OutletSite]] = {}
    last: dict[bool, Outlet] = {}  # the last outlet and the last network of the article
    for (start, end), sites in groupby(find_sites(article), key=lambda site: (site.start, site.end)):
        sentence = _read_sentence(article, start, end)
        given: OutletSite | None = None
        for site in sites:
            if site.mention.kind == "elsewhere" and given and _adds_to_interview(article, given, site):
                continue
            given = site if site.mention.kind in ("interview", "post") else given
            for speaker in _speakers_at(article, site, sentence):
                earlier = found.setdefault(speaker.name, [])
                earlier.append(_with_reference_resolved(site, earlier, last))
            if site.outlet:
                last[site.mention.kind == "post"] = site.outlet
    return found


def _adds_to_interview(article: ArticleContext, given: OutletSite, elsewhere: OutletSite) -> bool:
    """Whether a sentence adds how or where words were given to an outlet: "told Reuters in a statement"."""
    stretch = article.text[given.mention.start : elsewhere.mention.start]
    return not SECOND_SAYING.search(stretch)


def _with_reference_resolved(
    site: OutletSite, earlier: Sequence[OutletSite], last: Mapping[bool, Outlet]
) -> OutletSite:
    """The site with the outlet that "the paper", "Tapper" or "another user" refers to: the speaker's last one
    that fits, or for a paper or a network the last one of the article."""
    mention = site.mention
    if mention.kind == "elsewhere" and mention.noun and earlier and earlier[-1].outlet:
        known = earlier[-1]
        if known.holds(mention.noun) and known.sentence != site.sentence:
            return attrs.evolve(
                site, mention=attrs.evolve(mention, outlet=known.outlet, kind=known.mention.kind)
            )
    if mention.kind not in REFERENCES:
        return site
    fitting = (
        known.outlet
        for known in reversed(earlier[-MOST_SITES:])
        if known.outlet
        and (known.mention.kind == "post") == (mention.kind == "same_network")
        and _may_refer(mention, known)
    )
    outlet = next(fitting, None)
    if outlet is None and _may_refer_to_last(site):
        outlet = last.get(mention.kind == "same_network")
    kind: MentionKind = "interview" if outlet else "elsewhere"
    return attrs.evolve(site, mention=attrs.evolve(mention, outlet=outlet, kind=kind))


def _may_refer_to_last(site: OutletSite) -> bool:
    """Whether a reference may be to the last outlet that the article names: "told the paper",
    "wrote in the journal", "another user"."""
    kind, noun = site.mention.kind, site.mention.noun
    if kind == "same_text":
        return is_written(site.sentence) and noun in outlet_words("nouns")
    return kind != "interviewer"


def _may_refer(mention: OutletMention, known: OutletSite) -> bool:
    """Whether a reference may be to a known outlet: an interviewer must be named beside it."""
    return mention.kind != "interviewer" or known.holds(mention.noun)


def _speakers_at(article: ArticleContext, site: OutletSite, sentence: _Sentence) -> list[Speaker]:
    """The speakers who talk to the outlet of a site.

    They are the speakers who are quoted in its sentence. If there are none, it is the speaker whom the
    subject of the sentence names; a pronoun stands for the speaker of the last quotation before the site.
    """
    outlet_name = site.outlet.name.casefold() if site.outlet else ""
    quoted = [speaker for speaker in sentence.speakers if speaker.name.casefold() not in outlet_name]
    if quoted:
        return quoted
    if site.is_about_earlier_words:
        speaker = article.speaker_before(site.start)
        return [speaker] if speaker else []
    subject = _subject_phrase(article, site, sentence)
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


def _read_sentence(article: ArticleContext, start: int, end: int) -> _Sentence:
    names = [(name.start, name.end) for name in find_names(article.text, start, end)]
    others = [match.span() for match in PRONOUN_OR_WORDS.finditer(article.text, start, end)]
    brackets = [match.span() for match in IN_BRACKETS.finditer(article.text, start, end)]
    speakers = list(dict.fromkeys(article.speakers_between(start, end)))
    sentence = _Sentence(start, speakers, names, brackets)
    subjects = [s for s in names if _may_be_subject(article, sentence, s[0]) and not _is_owner(article, s[1])]
    others += article.unnamed_speakers_in(start, end)
    subjects += [span for span in others if not _is_hidden(article, sentence, span[0])]
    return attrs.evolve(sentence, subjects=sorted(subjects))


def _may_be_subject(article: ArticleContext, sentence: _Sentence, at: int) -> bool:
    """Whether a name that begins at a character may be a subject: no preposition stands before it."""
    before = max(sentence.start, at - _PREPOSITION_WITHIN)
    return not PREPOSITION_BEFORE.search(article.text, before, at) and not _is_hidden(article, sentence, at)


def _is_owner(article: ArticleContext, end: int) -> bool:
    """Whether a name is the owner of something else than words: "|Hale|’s wife", not "|Hale|’s interview"."""
    return POSSESSIVE.match(article.text, end) is not None


def _is_hidden(article: ArticleContext, sentence: _Sentence, at: int) -> bool:
    """Whether a character is quoted or in brackets."""
    bracket = bisect_right(sentence.brackets, at, key=itemgetter(0)) - 1
    return article.is_quoted(at) or (bracket >= 0 and at < sentence.brackets[bracket][1])


def _subject_phrase(article: ArticleContext, site: OutletSite, sentence: _Sentence) -> str | None:
    """The phrase for the person who talks to the outlet, or None.

    It is a name, a pronoun or a noun for words in the sentence: the last one before the mention, or the first
    one if the mention belongs to a second verb. If there is none before the mention, it is the first one
    after it.
    """
    start = site.mention.start
    outlet = site.outlet.span if site.outlet else Span.of(article.text, start, start + 1)
    end = start if site.mention.phrase_start is None else site.mention.phrase_start
    last = _last_before(sentence.subjects, end, start)
    if last is not None:
        is_second = SECOND_VERB.search(article.text, last[1], outlet.start)
        first = next(span for span in sentence.subjects if span[1] <= start)
        return article.text[slice(*(first if is_second else last))]
    after = _first_after(article, sentence, outlet.end)
    return article.text[slice(*after)] if after else None


def _last_before(subjects: Sequence[tuple[int, int]], end: int, stop: int) -> tuple[int, int] | None:
    """The last phrase that begins before one character and ends before another."""
    count = bisect_left(subjects, end, key=itemgetter(0))
    return next(
        (span for span in reversed(subjects[max(0, count - _OVERLAPPING) : count]) if span[1] <= stop), None
    )


def _first_after(article: ArticleContext, sentence: _Sentence, start: int) -> tuple[int, int] | None:
    """The first phrase that begins after a character, or the rest of a name that began before it.

    "with the Washington Post |Trump said" is one run of capitals.
    """
    at = bisect_left(sentence.names, start, key=itemgetter(0)) - 1
    first = bisect_left(sentence.subjects, start, key=itemgetter(0))
    phrases = list(sentence.subjects[first : first + 1])
    if at >= 0 and start < sentence.names[at][1] and _may_be_subject(article, sentence, start):
        phrases.append((start, sentence.names[at][1]))
    return min(phrases, default=None)
