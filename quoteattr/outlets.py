"""Which quotation was given to which medium: "told MailOnline", "writing in The Sunday Telegraph", "tweeted".

Every naming of a medium in the article is given to whoever speaks in its sentence, or does the telling there.
A quotation then has the medium that its own sentence names; else the one that its speaker was last given, as
long as the interview goes on. Tweets and what was told at another time ("told Reuters in May") hold for the
quotations that follow at once; after them the speaker's main interview goes on.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate, groupby

import attrs
import regex

from quoteattr.layout import SENTENCE_END, paragraphs
from quoteattr.media import Naming, find_namings
from quoteattr.names import find_names, read_name
from quoteattr.schema import Outlet, Quotation, Span, Speaker

GAP = 5
"""Paragraphs from one quotation of a speaker to the next over which an interview goes on. Of the quotations
that were read in PolNeAR's training articles, 13 of 18 that followed after three paragraphs were still from
the interview, 9 of 15 after four, 5 of 9 after five, 6 of 20 after more."""
SCRAP = 3
"""Words: so few are often no more than a catchphrase. They count two paragraphs on at most: 3 of 10 that came
later were from the interview."""
LEAD = 3
"""Paragraphs at the top of an article, headline included, whose quotations may be from an interview that is
named only later."""

# "Read more at DailyMail.co.uk", "This article first appeared in The Echo"
_PRINTED_BY = regex.compile(
    r"""
    ^ \W{0,4}
    (?: Read \s (?: more | it | the\sfull\s(?:story|article) ) \s (?: at | on | in | from )
      | (?: This\s(?:article|story)\s )? (?: first | originally ) \s (?: appeared | published )
        \s (?: in | on | by | at )
      | Source: | Copyright \s (?: © | \(c\) )? \s? (?: \d{4} ,? \s )? )
    \s* (?: the\s+ )? (?<name> \p{Lu} [^\n]{1,50}? ) [.\s]* $
    """,
    regex.VERBOSE | regex.MULTILINE | regex.IGNORECASE,
)
_HE = regex.compile(r"\b(?:[Hh]e|[Ss]he|(?:[Tt]he|[Hh]is|[Hh]er)\s(?:remarks?|comments?|words|interview))\b")
# A text that somebody may only have read, if nobody is said to have written it: "he saw an article in Nature"
_ABOUT = frozenset(
    "article story piece column editorial profile feature video segment broadcast episode comment".split()
)
_WROTE_IT = regex.compile(
    r"""
    \b (?: [Ww]r(?:[io]tes?|itten|iting) | [Pp]ublish\w+ | [Pp]enned
        | (?: [Ii]n | [Oo]n | [Dd]uring ) \s (?: an? | his | her | their | \w+[’']s ) ) \b
    """,
    regex.VERBOSE,
)
# "He endorsed Clinton, |but told The Times": the subject is further up
_SHARED = regex.compile(
    r"\b(?:and|but)\s(?:\w+ly\s|also\s|later\s|then\s)?(?:told|said|wrote|spoke|tweeted|posted|appeared|gave)\b"
)
_OF_PLACE = regex.compile(r"\b(?:in|at|near|from|of|outside)\s(?:the\s)?\Z")
_IN_BRACKETS = regex.compile(r"\([^()\n]{1,40}\)")

_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
# Another time than that of the article's own interviews: "in May", "in 2014", "last year", "then."
_ANOTHER_TIME = regex.compile(
    rf"""
    \b (?: [Ii]n \s (?: (?: early | late | mid ) [\s-] )? (?: an? \s )?
               (?: {_MONTH} | (?: the \s )? \d{{4}}s? )
        | (?: a | his | her | their | [Ll]ast ) \s (?: \d{{4}} | (?! May ) {_MONTH} )
        | (?: [Ll]ast | [Ee]arlier\sthis ) \s (?: year | month | spring | summer | fall | autumn | winter )
        | (?: years? | months? | decades? ) \s (?: ago | earlier | before )
        | (?: a | one | two | three | \d+ ) \s (?: day | week | month )s? \s later
        | the \s (?: next | following ) \s (?: day | week | month | year )
        | back\sin | at\sthe\stime | previously | once \s (?: said | told | called | wrote )
        | then (?= [.,;] ) ) \b
    """,
    regex.VERBOSE,
)
_DAY = regex.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_SPOKE = regex.compile(r"\b(?:told|tell|telling|[Ii]nterview\w*|[Ss]peaking|spoke|talk\w*|appear\w*)\b")
_WROTE = regex.compile(
    r"\b(?:[Ww]r(?:[io]tes?|itten|iting)|posted|tweeted|op-ed|article|column|piece|essay|blog)\b"
)
# What is said again and again was not said in one interview: "has called", "had long said"
_OFTEN = regex.compile(
    r"""
    \b (?: has | have | had | [’']s | [’']ve ) \s (?: \w+ly \s | long \s | often \s | also \s | since \s )?
    (?: said | called | told | described | argued | vowed | promised | pledged | insisted | dismissed
      | referred | criticized | criticised | denounced | labell?ed | claimed | warned ) \b
    """,
    regex.VERBOSE,
)
# "“WALLACE: Will she be there?”": a transcript of the show that was named before it
_TURN = regex.compile(r"\s*\p{Lu}[\p{Lu}.’'-]+(?: \p{Lu}[\p{Lu}.’'-]+){0,3}:\s")


@attrs.frozen
class _Place:
    """A naming in its sentence and paragraph."""

    naming: Naming
    start: int
    """First character of its sentence."""
    end: int
    paragraph: int
    """Its number."""
    sentence: str
    """Its words, without what is quoted."""
    brief: bool
    """Whether it holds only for what follows at once."""

    @property
    def outlet(self) -> Outlet | None:
        return self.naming.outlet


@attrs.frozen
class _Article:
    """What the rules look at."""

    text: str
    quoted: Sequence[tuple[int, int]]
    """Contents of the quotations, in order."""
    places: Sequence[tuple[int, Speaker | None]]
    """Where each quotation opens, and who speaks."""
    starts: Sequence[int]
    """First characters of the paragraphs."""
    namings: Sequence[Naming]
    """Every place that says where words were given."""

    @cached_property
    def voices(self) -> dict[Speaker, list[int]]:
        """Where each speaker's quotations open."""
        found: dict[Speaker, list[int]] = {}
        for at, speaker in self.places:
            if speaker is not None:
                found.setdefault(speaker, []).append(at)
        return found

    @cached_property
    def _first_in_paragraph(self) -> dict[Speaker, list[int]]:
        """Of each speaker's quotations the first of every paragraph."""
        return {
            speaker: [next(same) for _, same in groupby(places, key=self.paragraph)]
            for speaker, places in self.voices.items()
        }

    def spoken(self, speaker: Speaker, before: int) -> list[int]:
        """The paragraphs in which somebody is quoted before a character, its own included."""
        firsts = self._first_in_paragraph[speaker]
        return [self.paragraph(at) for at in firsts[: bisect_left(firsts, before)]]

    def paragraph(self, at: int) -> int:
        """Number of the paragraph that holds a character."""
        return bisect_right(self.starts, at)

    def sentence(self, at: int) -> tuple[int, int]:
        """The sentence around `at`, quoted sentences counted as part of it."""
        line = self.text.rfind("\n", 0, at) + 1
        stop = self.text.find("\n", at)
        stop = len(self.text) if stop < 0 else stop
        after = bisect_right(self._ends, at)
        first = max(line, self._ends[after - 1]) if after else line
        return first, min(stop, self._ends[after]) if after < len(self._ends) else stop

    @cached_property
    def _ends(self) -> list[int]:
        """Where sentences end that are not quoted."""
        return [m.end() for m in SENTENCE_END.finditer(self.text) if not self.inside(m.start())]

    @cached_property
    def _openings(self) -> list[int]:
        return [start for start, _ in self.quoted]

    @cached_property
    def _closings(self) -> list[int]:
        """For each quotation where it and all before it have ended: one may hold the next."""
        return list(accumulate((end for _, end in self.quoted), max))

    def inside(self, at: int) -> bool:
        """Whether a character is quoted."""
        last = bisect_right(self._openings, at) - 1
        return last >= 0 and at < self._closings[last]

    def unquoted(self, start: int, end: int) -> str:
        """The text there without what is quoted."""
        kept, at = [], start
        for begin, stop in self.quoted[bisect_right(self._closings, start) :]:
            if begin >= end:
                break
            if stop > at:
                kept.append(self.text[at : max(at, begin)])
                at = max(at, stop)
        return "".join(kept) + self.text[min(at, end) : end]


def find_outlets(
    text: str, quotations: Sequence[Quotation], speakers: Sequence[Speaker | None]
) -> list[Outlet | None]:
    """The outlet of each quotation, or None where the text names none for its speaker.

    Args:
        text: the article.
        quotations: all of it, in order.
        speakers: one for each quotation; None where nobody speaks.
    """
    article = _Article(
        text,
        [(q.content.start, q.content.end) for q in quotations],
        [(q.outer.start, speaker) for q, speaker in zip(quotations, speakers, strict=True)],
        [start for start, _ in paragraphs(text)],
        find_namings(text),
    )
    owned: dict[str, list[_Place]] = {}
    for place in _places(article):
        for speaker in _owners(article, place):
            known = owned.setdefault(speaker.name, [])
            known.append(_which(place, known))
    return [
        _outlet(article, owned.get(speaker.name, ()), quotation, speaker) if speaker else None
        for quotation, speaker in zip(quotations, speakers, strict=True)
    ]


def _places(article: _Article) -> Iterator[_Place]:
    """Namings outside of quotations, in order."""
    for naming in article.namings:
        # The name of a show stands in marks of its own: on “Fox News Sunday”.
        if any(s < naming.at < e or (s == naming.at and not naming.outlet) for s, e in article.quoted):
            continue
        start, end = article.sentence(naming.at)
        # The Sunday Telegraph names no day.
        sentence = article.unquoted(start, end).replace(naming.outlet.name if naming.outlet else "\n", "")
        brief = naming.kind == "post" or bool(_ANOTHER_TIME.search(sentence))
        yield _Place(naming, start, end, article.paragraph(naming.at), sentence, brief)


def _which(place: _Place, known: Sequence[_Place]) -> _Place:
    """ "told the paper": the medium that the speaker was given before."""
    if place.naming.kind not in ("same", "person"):
        return place
    before = [p.naming for p in known if p.outlet and p.naming.kind != "post" and _may_be(p, place.naming)]
    known_as = Naming(place.naming.at, before[-1].outlet, "told") if before else None
    return attrs.evolve(place, naming=known_as or Naming(place.naming.at, None, "elsewhere"))


def _may_be(known: _Place, naming: Naming) -> bool:
    """Whether "the paper" or "Tapper" can be what was named: a person must have been named with it."""
    return naming.kind == "same" or naming.noun.casefold() in known.sentence.casefold()


def _outlet(
    article: _Article, namings: Sequence[_Place], quotation: Quotation, speaker: Speaker
) -> Outlet | None:
    """What the sentence names, else what the speaker was last given, else what the next paragraph names."""
    if _TURN.match(quotation.content.text):
        shows = [n for n in article.namings if n.at < quotation.outer.start and n.outlet and n.kind == "told"]
        return shows[-1].outlet if shows else None
    start, end = quotation.outer.start, quotation.outer.end
    here = [n for n in namings if n.start <= start < n.end or n.start <= end < n.end]
    if here:
        named = [n for n in here if n.outlet]
        return min(named, key=lambda n: abs(n.naming.at - start)).outlet if named else None
    first, last = article.sentence(start)
    frame = article.unquoted(first, last)
    if _ANOTHER_TIME.search(frame) or _OFTEN.search(frame):
        return None
    spoken = article.spoken(speaker, start)
    few = len(quotation.content.text.split()) <= SCRAP
    main = _is_main(article, namings, speaker)
    for place in reversed([n for n in namings if n.naming.at < start]):
        whole = main or (place.outlet and _WROTE.search(place.sentence))
        gap = 1 if place.brief else 2 if few else len(article.starts) if whole else GAP
        near = article.paragraph(start) - _reach(place, spoken, gap) <= gap
        if place.naming.kind == "post" and article.paragraph(start) > place.paragraph:
            near = near and article.starts[article.paragraph(start) - 1] == start
        if near and _same_occasion(place, frame):
            return place.outlet
        if not place.brief:
            return None
    return _told_later(article, namings, start)


def _same_occasion(place: _Place, frame: str) -> bool:
    """Not another day, and not written where the first was spoken."""
    first, second = set(_DAY.findall(place.sentence)), set(_DAY.findall(frame))
    if second - first and (first or place.brief):
        return False
    spoken = _SPOKE.search(place.sentence) and not _WROTE.search(place.sentence)
    return not (spoken and _WROTE.search(frame))


def _is_main(article: _Article, namings: Sequence[_Place], speaker: Speaker) -> bool:
    """Whether the article is one interview: most of its quotations are the speaker's, who has one outlet."""
    voices = article.voices
    most = len(voices[speaker]) * 2 > sum(map(len, voices.values()))
    return most and len({n.outlet and n.outlet.name for n in namings}) == 1


def _reach(place: _Place, spoken: Sequence[int], gap: int) -> int:
    """The last paragraph for which a naming holds, given those before in which its speaker is quoted."""
    last = place.paragraph
    for paragraph in spoken:
        if last < paragraph <= last + max(gap, 1 if place.brief else GAP):
            last = paragraph
    return last


def _told_later(article: _Article, namings: Sequence[_Place], start: int) -> Outlet | None:
    """For the top of an article: where the speaker's first words were given, if that is said right after."""
    paragraph = article.paragraph(start)
    later = [n for n in namings if n.naming.at > start]
    if paragraph > LEAD or len(later) < len(namings) or not later:
        return None
    near = later[0].paragraph - paragraph <= 2 and not later[0].brief
    return later[0].outlet if near else None


def _owners(article: _Article, place: _Place) -> list[Speaker]:
    """Who speaks in the sentence of a naming; else who is named as telling, or was speaking before."""
    itself = place.outlet.name.casefold() if place.outlet else ""
    here = [
        s
        for at, s in article.places
        if s and place.start <= at < place.end and s.name.casefold() not in itself
    ]
    if here:
        return list(dict.fromkeys(here))
    teller = _teller(article, place)
    if teller is None or (place.naming.noun in _ABOUT and not _WROTE_IT.search(place.sentence)):
        return []
    if _HE.fullmatch(teller):
        earlier = [s for at, s in article.places if s and at < place.naming.at]
        return earlier[-1:]
    people = list(dict.fromkeys(s for _, s in article.places if s))
    return [s for s in people if read_name(s.name).last == read_name(teller).last]


def _teller(article: _Article, place: _Place) -> str | None:
    """The last name, pronoun or role before the naming in its sentence, else the first one after it."""
    named = place.outlet.span if place.outlet else Span.of(article.text, place.naming.at, place.naming.at + 1)
    names = find_names(article.text, place.start, place.end)
    # "with the Washington Post |Trump said" is one run of capitals.
    spans = [(named.end if n.start < named.end < n.end else n.start, n.end) for n in names]
    found = [span for span in spans if not _OF_PLACE.search(article.text, place.start, span[0])]
    found += [match.span() for match in _HE.finditer(article.text, place.start, place.end)]
    aside = [match.span() for match in _IN_BRACKETS.finditer(article.text, place.start, place.end)]
    hidden = [*article.quoted, *aside]
    told = sorted(span for span in found if not any(s <= span[0] < e for s, e in hidden))
    before = [span for span in told if span[1] <= min(place.naming.at, named.start)]
    after = [span for span in told if span[0] >= named.end]
    shared = before and _SHARED.search(article.text, before[-1][1], named.start)
    teller = before[0 if shared else -1] if before else after[0] if after else None
    return article.text[slice(*teller)] if teller else None


def find_publisher(text: str) -> str | None:
    """Who printed the article, if a line of its own says so.

    >>> find_publisher("It rained.\\n\\nRead more at DailyMail.co.uk")
    'DailyMail.co.uk'
    >>> find_publisher("She criticised the BBC.") is None
    True
    """
    lines = list(_PRINTED_BY.finditer(text))
    return lines[-1]["name"] if lines else None
