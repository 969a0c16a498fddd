"""Which quotation was given to which medium: "told MailOnline", "writing in The Sunday Telegraph", "tweeted".

Every naming of a medium in the article is given to whoever speaks in its sentence, or does the telling there.
A quotation then has the medium that its own sentence names; else the one that its speaker was last given, as
long as the interview goes on. Tweets and what was told at another time ("told Reuters in May") hold for the
quotations that follow at once; after them the speaker's main interview goes on.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, groupby, pairwise

import attrs
import regex

from quoteattr.layout import SENTENCE_END, paragraphs
from quoteattr.names import find_names, read_name
from quoteattr.outlets.patterns import Naming, find_namings
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

_MANY = 100
"""Namings of one speaker that are looked at: an article has a few."""
_LONGEST_SENTENCE = 5_000
"""Characters on either side of a place; quoted sentences are counted as part of it."""

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
class _Voice:
    """One speaker's quotations, and where the text says that they were given."""

    firsts: Sequence[int]
    """Where the first quotation of each paragraph opens, in order."""
    paragraphs: Sequence[int]
    """Numbers of these paragraphs."""
    namings: Sequence[_Place]
    """In order."""
    main: bool
    """Whether the article is one interview: most of its quotations are this speaker's, who has one outlet."""
    _runs: dict[int, list[int]] = attrs.field(factory=dict)

    def reach(self, place: _Place, before: int, gap: int) -> int:
        """The last paragraph for which a naming holds, given where the speaker is quoted before."""
        step = max(gap, 1 if place.brief else GAP)
        first = bisect_right(self.paragraphs, place.paragraph)
        last = bisect_left(self.firsts, before) - 1
        if last < first or self.paragraphs[first] > place.paragraph + step:
            return place.paragraph
        return self.paragraphs[min(last, self._run(step)[first])]

    def _run(self, step: int) -> list[int]:
        """For each paragraph, by its place in `paragraphs`, the last that such steps lead to."""
        if step not in self._runs:
            ends = [at for at, (a, b) in enumerate(pairwise(self.paragraphs)) if b > a + step]
            ends.append(len(self.paragraphs) - 1)
            self._runs[step] = [ends[bisect_left(ends, at)] for at in range(len(self.paragraphs))]
        return self._runs[step]


@attrs.frozen
class _Article:
    """What the rules look at."""

    text: str
    quoted: Sequence[tuple[int, int]]
    """Contents of the quotations, in order."""
    places: Sequence[tuple[int, Speaker]]
    """Where each quotation that somebody speaks opens, and who that is."""
    starts: Sequence[int]
    """First characters of the paragraphs."""
    namings: Sequence[Naming]
    """Every place that says where words were given."""

    @cached_property
    def surnamed(self) -> dict[str, list[Speaker]]:
        """Everyone who speaks, by the last word of the name."""
        found: dict[str, list[Speaker]] = {}
        for speaker in dict.fromkeys(speaker for _, speaker in self.places):
            found.setdefault(read_name(speaker.name).last, []).append(speaker)
        return found

    @cached_property
    def shows(self) -> list[Naming]:
        """Namings of outlets that are no places to post."""
        return [naming for naming in self.namings if naming.outlet and naming.kind == "told"]

    def paragraph(self, at: int) -> int:
        """Number of the paragraph that holds a character."""
        return bisect_right(self.starts, at)

    def sentence(self, at: int) -> tuple[int, int]:
        """The sentence around `at`, quoted sentences counted as part of it."""
        low, high = max(0, at - _LONGEST_SENTENCE), min(len(self.text), at + _LONGEST_SENTENCE)
        line = self.text.rfind("\n", low, at) + 1 or low
        stop = self.text.find("\n", at, high)
        stop = high if stop < 0 else stop
        after = bisect_right(self._ends, at)
        first = max(line, self._ends[after - 1]) if after else line
        return first, min(stop, self._ends[after]) if after < len(self._ends) else stop

    @cached_property
    def _ends(self) -> list[int]:
        """Where sentences end that are not quoted. A full stop that a mark closes ends the sentence around it
        (“It works.” |She left.), other signs may not (“Does it?” Lee asked), nor where the next words are
        quoted, too."""
        ends = SENTENCE_END.finditer(self.text)
        stops = (
            (m, m[0][0] == "." and self.text[m.end()].isalpha()) for m in ends if m.end() < len(self.text)
        )
        return [m.end() for m, stop in stops if not self.inside(m.end() - 1 if stop else m.start())]

    @cached_property
    def _openings(self) -> list[int]:
        return [start for start, _ in self.quoted]

    @cached_property
    def _closings(self) -> list[int]:
        """For each quotation where it and all before it have ended: one may hold the next."""
        return list(accumulate((end for _, end in self.quoted), max))

    def inside(self, at: int) -> bool:
        """Whether a character is quoted."""
        return self._is_held(bisect_right(self._openings, at), at)

    def within(self, at: int) -> bool:
        """Whether both a character and the one before it are quoted."""
        return self._is_held(bisect_left(self._openings, at), at)

    def _is_held(self, opened: int, at: int) -> bool:
        """Whether one of the first so many quotations goes on after a character."""
        return opened > 0 and at < self._closings[opened - 1]

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
        [(q.outer.start, speaker) for q, speaker in zip(quotations, speakers, strict=True) if speaker],
        [start for start, _ in paragraphs(text)],
        find_namings(text),
    )
    owned: dict[str, list[_Place]] = {}
    for place in _places(article):
        for speaker in _owners(article, place):
            known = owned.setdefault(speaker.name, [])
            known.append(_which(place, known))
    voices = _voices(article, owned)
    return [
        _outlet(article, voices[speaker], quotation) if speaker else None
        for quotation, speaker in zip(quotations, speakers, strict=True)
    ]


def _voices(article: _Article, owned: Mapping[str, Sequence[_Place]]) -> dict[Speaker, _Voice]:
    spoken: dict[Speaker, list[int]] = {}
    for at, speaker in article.places:
        spoken.setdefault(speaker, []).append(at)
    found = {}
    for speaker, places in spoken.items():
        namings = owned.get(speaker.name, ())
        firsts = [next(same) for _, same in groupby(places, key=article.paragraph)]
        most = len(places) * 2 > len(article.places)
        main = most and len({n.outlet and n.outlet.name for n in namings}) == 1
        found[speaker] = _Voice(firsts, list(map(article.paragraph, firsts)), namings, main)
    return found


def _places(article: _Article) -> Iterator[_Place]:
    """Namings outside of quotations, in order."""
    for naming in article.namings:
        # The name of a show stands in marks of its own: on “Fox News Sunday”.
        if article.within(naming.at) if naming.outlet else article.inside(naming.at):
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
    before = (
        p.outlet
        for p in reversed(known[-_MANY:])
        if p.outlet and p.naming.kind != "post" and _may_be(p, place.naming)
    )
    outlet = next(before, None)
    known_as = Naming(place.naming.at, outlet, "told") if outlet else None
    return attrs.evolve(place, naming=known_as or Naming(place.naming.at, None, "elsewhere"))


def _may_be(known: _Place, naming: Naming) -> bool:
    """Whether "the paper" or "Tapper" can be what was named: a person must have been named with it."""
    return naming.kind == "same" or naming.noun.casefold() in known.sentence.casefold()


def _outlet(article: _Article, voice: _Voice, quotation: Quotation) -> Outlet | None:
    """What the sentence names, else what the speaker was last given, else what the next paragraph names."""
    start, end, namings = quotation.outer.start, quotation.outer.end, voice.namings
    if _TURN.match(quotation.content.text):
        shows = article.shows[: bisect_left(article.shows, start, key=lambda naming: naming.at)][-1:]
        return shows[0].outlet if shows else None
    near = namings[
        bisect_right(namings, start, key=lambda n: n.end) : bisect_right(namings, end, key=lambda n: n.start)
    ]
    here = [n for n in near if n.start <= start < n.end or n.start <= end < n.end]
    if here:
        named = [n for n in here if n.outlet]
        return min(named, key=lambda n: abs(n.naming.at - start)).outlet if named else None
    first, last = article.sentence(start)
    frame = article.unquoted(first, last)
    if _ANOTHER_TIME.search(frame) or _OFTEN.search(frame):
        return None
    few = len(quotation.content.text.split()) <= SCRAP
    earlier = bisect_left(namings, start, key=lambda n: n.naming.at)
    for place in reversed(namings[max(0, earlier - _MANY) : earlier]):
        whole = voice.main or (place.outlet and _WROTE.search(place.sentence))
        gap = 1 if place.brief else 2 if few else len(article.starts) if whole else GAP
        near_by = article.paragraph(start) - voice.reach(place, start, gap) <= gap
        if place.naming.kind == "post" and article.paragraph(start) > place.paragraph:
            near_by = near_by and article.starts[article.paragraph(start) - 1] == start
        if near_by and _same_occasion(place, frame):
            return place.outlet
        if not place.brief:
            return None
    return None if earlier else _told_later(article, namings, start)


def _same_occasion(place: _Place, frame: str) -> bool:
    """Not another day, and not written where the first was spoken."""
    first, second = set(_DAY.findall(place.sentence)), set(_DAY.findall(frame))
    if second - first and (first or place.brief):
        return False
    spoken = _SPOKE.search(place.sentence) and not _WROTE.search(place.sentence)
    return not (spoken and _WROTE.search(frame))


def _told_later(article: _Article, namings: Sequence[_Place], start: int) -> Outlet | None:
    """For the top of an article: where the speaker's first words were given, if that is said right after."""
    paragraph = article.paragraph(start)
    if paragraph > LEAD or not namings:
        return None
    near = namings[0].paragraph - paragraph <= 2 and not namings[0].brief
    return namings[0].outlet if near else None


def _owners(article: _Article, place: _Place) -> list[Speaker]:
    """Who speaks in the sentence of a naming; else who is named as telling, or was speaking before."""
    itself = place.outlet.name.casefold() if place.outlet else ""
    first, last = (bisect_left(article.places, end, key=_where) for end in (place.start, place.end))
    here = [s for _, s in article.places[first:last] if s.name.casefold() not in itself]
    if here:
        return list(dict.fromkeys(here))
    teller = _teller(article, place)
    if teller is None or (place.naming.noun in _ABOUT and not _WROTE_IT.search(place.sentence)):
        return []
    if _HE.fullmatch(teller):
        earlier = bisect_left(article.places, place.naming.at, key=_where)
        return [speaker for _, speaker in article.places[max(0, earlier - 1) : earlier]]
    return article.surnamed.get(read_name(teller).last, [])


def _where(place: tuple[int, Speaker]) -> int:
    return place[0]


def _teller(article: _Article, place: _Place) -> str | None:
    """The last name, pronoun or role before the naming in its sentence, else the first one after it."""
    named = place.outlet.span if place.outlet else Span.of(article.text, place.naming.at, place.naming.at + 1)
    names = find_names(article.text, place.start, place.end)
    # "with the Washington Post |Trump said" is one run of capitals.
    spans = [(named.end if n.start < named.end < n.end else n.start, n.end) for n in names]
    found = [span for span in spans if not _OF_PLACE.search(article.text, place.start, span[0])]
    found += [match.span() for match in _HE.finditer(article.text, place.start, place.end)]
    aside = [match.span() for match in _IN_BRACKETS.finditer(article.text, place.start, place.end)]
    told = sorted(
        span for span in found if not (article.inside(span[0]) or any(s <= span[0] < e for s, e in aside))
    )
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
