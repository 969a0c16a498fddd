"""Scenes: runs of quotations that may be one conversation, with everything that the choice of speakers
reads."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Literal

import attrs
import regex

from quoteattr.attribution import Finding, Setting
from quoteattr.coreference import Resolution
from quoteattr.coreference.gender import PRONOUN_GENDER
from quoteattr.coreference.mention_index import MentionIndex
from quoteattr.coreference.nouns import gender_of_noun, head_noun, is_plural, phrase_words, without_determiner
from quoteattr.fiction.address import address_gender, is_addressed
from quoteattr.fiction.characters import Character, CharacterTable, Site
from quoteattr.fiction.dashes import is_dash
from quoteattr.fiction.narrator import Narrator
from quoteattr.fiction.relatives import Kinship, read_kinship
from quoteattr.layout import paragraphs
from quoteattr.lexicon import word_list
from quoteattr.names import Gender
from quoteattr.schema import Mention, Span

Link = Literal["start", "continued", "same_paragraph", "new_tag", "turn", "next", "gap_1", "gap_2", "far"]
LINKS: tuple[Link, ...] = (
    "start",
    "continued",
    "same_paragraph",
    "new_tag",
    "turn",
    "next",
    "gap_1",
    "gap_2",
    "far",
)
"""How a quotation follows the one before it."""
NO_TAG = frozenset(
    {
        "paragraph_before",
        "open_paragraph",
        "speaker_before",
        "speaker_after",
        "repeated",
        "nobody",
        "term",
        "title",
        "nickname",
        "named",
        "programme",
        "unsaid",
        "statement_goes_on",
        None,
    }
)
"""Rules that find no words of the text beside the quotation that name its speaker."""
BEATS = frozenset({"subject_before", "sentence_before"})
"""Rules that read the sentence before the quotation, which is about somebody but does not say that he
speaks."""
_SCENE_GAP = 12
"""Paragraphs without a quotation after which a new scene begins. Set by hand."""
_LONGEST_SCENE = 150
"""Most quotations of one scene; a limit for time."""
_MOST_PRESENT = 24
"""Most characters of one scene; a limit for time."""
_LAST_TURNS, _MOST_LASTING = 30, 4
"""Quotations at the end of a scene of which the most frequent speakers may speak in the next one, and their
number."""
_BEFORE_SCENE, _AFTER_SCENE = 4000, 600
"""Characters before and after a scene in which those present may be named."""
_NOUN_WITHIN = 3000
"""Characters after a name in which a noun ("the lady") may mean who is named. Set by hand."""
_NAME_WITHIN = 40
"""Characters before a part of a name in which the name begins."""
_BEFORE_NAME = 24
"""Characters before a name that are read."""
_INTRODUCED = regex.compile(
    r"\b(?:I\s+am|I[’']m|my\s+name\s+is|name[’']s|called)\s+(?:\w+\s)?\Z", regex.IGNORECASE
)


@attrs.define(eq=False)
class Turn:
    """A quotation as the choice of speakers sees it."""

    number: int
    """Its number among all quotations."""
    span: Span
    """Its words with the marks."""
    content: Span
    """Its words."""
    paragraph: int
    """The number of its paragraph."""
    last_paragraph: int
    """The number of the paragraph in which it ends."""
    link: Link
    """How it follows the one before."""
    tag: Mention | None
    """The words beside it that name its speaker."""
    beat: Mention | None
    """The subject of the sentence before it, where nothing names its speaker."""
    addressed: list[Character] = attrs.field(factory=list)
    """Who is addressed by name in it."""
    named: list[Character] = attrs.field(factory=list)
    """Who else is named in it."""
    introduced: list[Character] = attrs.field(factory=list)
    """Who is named as the speaker: "I am |Holmes|"."""
    address: Gender | None = None
    """The gender of an addressee who is addressed as "sir" or the like."""


@attrs.define(eq=False)
class Scene:
    """A run of quotations that may be one conversation."""

    turns: list[Turn]
    """Its quotations in order."""
    present: list[Character]
    """Who may speak."""
    index: dict[Character, int]
    """The place of each of them in `present`."""
    lasting: Sequence[Character]
    """Who spoke most often at the end of the scene before."""


@attrs.define(eq=False)
class Book:
    """A text with everything that is known before speakers are chosen."""

    text: str
    """The text."""
    table: CharacterTable
    """Its characters."""
    turns: list[Turn]
    """Its quotations in order, without those inside others."""
    spoken: Sequence[Character | None]
    """For each quotation the character that coreference resolved its tag to."""
    narrator: Narrator | None
    """Who tells the story as "I"."""
    index: MentionIndex
    """The sites of mentions."""
    starts: Sequence[int]
    """Where each paragraph begins."""
    outside: Sequence[Site]
    """The names outside quotations."""
    kinship: Kinship
    """Which characters words of kinship mean."""
    tags: Counter[Character]
    """How often a noun or a name beside a quotation names each of them."""
    tagged: Mapping[Character, Sequence[Turn]]
    """The quotations beside which words mean each of them."""
    speaking: Set[Character]
    """Those whom the text names beside a quotation as its speaker."""

    def paragraph(self, offset: int) -> int:
        """The number of the paragraph that holds a character."""
        return max(0, bisect_right(self.starts, offset) - 1)


def read_book(
    text: str,
    settings: Sequence[Setting],
    findings: Sequence[Finding],
    resolutions: Sequence[Resolution],
    table: CharacterTable,
    index: MentionIndex,
    narrator: Narrator | None,
) -> Book:
    """Reads the turns of a text."""
    bounds = paragraphs(text)
    starts = [start for start, _ in bounds]
    unnamed: dict[str, Character] = {}
    kinship = read_kinship(text, table)
    spoken = [
        _spoken(f, r, table, unnamed, narrator, kinship) for f, r in zip(findings, resolutions, strict=True)
    ]
    turns: list[Turn] = []
    end = -1
    for number, (setting, finding) in enumerate(zip(settings, findings, strict=True)):
        outer = setting.quotation.outer
        if outer.start < end:
            continue
        end = outer.end
        turn = _turn(number, setting, finding, starts)
        turn.link = _link(text, turns[-1] if turns else None, turn, settings)
        _read_words(text, turn, table)
        turns.append(turn)
    quoted = [turn.span for turn in turns]
    outside = [site for site in table.sites if not _inside(quoted, site.start)]
    speaking = {
        who for t in turns if t.tag is not None and t.tag.kind == "name" and (who := spoken[t.number])
    }
    tags = Counter(
        who for t in turns if t.tag is not None and t.tag.kind != "pronoun" and (who := spoken[t.number])
    )
    return Book(
        text,
        table,
        turns,
        spoken,
        narrator,
        index,
        starts,
        outside,
        kinship,
        tags,
        _tagged(turns, spoken),
        speaking,
    )


def _tagged(turns: Sequence[Turn], spoken: Sequence[Character | None]) -> dict[Character, list[Turn]]:
    found: dict[Character, list[Turn]] = {}
    for turn in turns:
        if turn.tag is not None and (who := spoken[turn.number]) is not None:
            found.setdefault(who, []).append(turn)
    return found


def _inside(spans: Sequence[Span], offset: int) -> bool:
    at = bisect_right(spans, offset, key=lambda span: span.start) - 1
    return at >= 0 and offset < spans[at].end


def _turn(number: int, setting: Setting, finding: Finding, starts: Sequence[int]) -> Turn:
    outer = setting.quotation.outer
    tagged = finding.mention is not None and finding.rule not in NO_TAG and finding.rule not in BEATS
    return Turn(
        number,
        outer,
        setting.quotation.content,
        bisect_right(starts, outer.start) - 1,
        bisect_right(starts, outer.end - 1) - 1,
        "start",
        finding.mention if tagged else None,
        finding.mention if finding.rule in BEATS else None,
    )


def _link(text: str, before: Turn | None, turn: Turn, settings: Sequence[Setting]) -> Link:
    if before is None:
        return "start"
    gap = turn.paragraph - before.last_paragraph
    if gap > _SCENE_GAP:
        return "start"
    if gap <= 0:
        tags = before.tag, turn.tag
        return "new_tag" if all(tags) and tags[0] != tags[1] else "same_paragraph"
    if gap == 1:
        if not settings[before.number].closed and not is_dash(text, turn.span.start):
            return "continued"
        return "turn" if not text[before.span.end : turn.span.start].strip() else "next"
    return "gap_1" if gap == 2 else "gap_2" if gap <= 4 else "far"


def _spoken(
    finding: Finding,
    resolution: Resolution,
    table: CharacterTable,
    unnamed: dict[str, Character],
    narrator: Narrator | None,
    kinship: Kinship,
) -> Character | None:
    """The character that coreference found for a quotation."""
    mention, speaker = finding.mention, resolution.speaker
    if mention is None:
        return None
    if mention.span.text.casefold() in word_list("fiction", "narrator_pronouns"):
        return narrator.character if narrator else None
    if mention.kind != "pronoun":
        sites = table.named_in(mention.span.start, mention.span.end)
        if mention.kind == "name" and sites:
            return sites[-1].character
        around = table.named_in(mention.span.start - _NAME_WITHIN, mention.span.start)
        if not sites and around and around[-1].end >= mention.span.end:
            return around[-1].character
    if mention.kind == "nominal" and (kin := kinship.meant_by(mention.span)) is not None:
        return kin
    if speaker is None or (speaker.kind == "organisation" and speaker.name.isupper()):
        return None
    named = None if speaker.kind == "unnamed" else table.find(speaker.name)
    if named is not None and (mention.kind == "pronoun" or _is_near(named, mention.span.start)):
        return named
    name = speaker.name if named is None else without_determiner(mention.span.text)
    if name not in unnamed:
        phrase = phrase_words(name)
        noun = head_noun(phrase) if phrase else ""
        unnamed[name] = Character(
            " ".join(name.split()), "unnamed", gender_of_noun(noun), plural=bool(noun) and is_plural(noun)
        )
        unnamed[name].forms[unnamed[name].name] += 1
    return unnamed[name]


def _is_near(who: Character, offset: int) -> bool:
    """Whether a character is named in the characters before an offset in which a noun may mean it."""
    at = bisect_left(who.sites, offset)
    return bool(at) and offset - who.sites[at - 1] <= _NOUN_WITHIN


def _read_words(text: str, turn: Turn, table: CharacterTable) -> None:
    """Reads the names in the quoted words."""
    begin = turn.content.start
    for site in table.named_in(begin, turn.content.end):
        if _INTRODUCED.search(text, max(begin, site.start - _BEFORE_NAME), site.start):
            turn.introduced.append(site.character)
        elif is_addressed(text, turn.content, site):
            turn.addressed.append(site.character)
        else:
            turn.named.append(site.character)
    turn.address = address_gender(turn.content.text)


def find_scenes(book: Book) -> Iterator[Scene]:
    """Divides the quotations of a text into scenes, each with those who may speak in it."""
    run: list[Turn] = []
    before: list[Turn] = []
    for turn in book.turns:
        if run and (turn.link == "start" or len(run) >= _LONGEST_SCENE):
            yield _scene(book, run, before)
            run, before = [], run
        run.append(turn)
    if run:
        yield _scene(book, run, before)


def _scene(book: Book, turns: list[Turn], before: Sequence[Turn]) -> Scene:
    """A scene; `before` are the quotations of the one before, whose speakers may go on."""
    start, end = turns[0].span.start, turns[-1].span.end
    counts: Counter[Character] = Counter()
    for site in book.table.named_in(start - _BEFORE_SCENE, end + _AFTER_SCENE):
        counts[site.character] += 1
    for turn in turns:
        if (who := book.spoken[turn.number]) is not None and (turn.tag or turn.beat):
            counts[who] += 5
    earlier = Counter(
        who for t in before[-_LAST_TURNS:] if t.tag and (who := book.spoken[t.number]) is not None
    )
    lasting = [who for who, _ in earlier.most_common(_MOST_LASTING)]
    for who in lasting:
        counts[who] += 2
    if book.narrator is not None:
        counts[book.narrator.character] += 1000
    present = [who for who, _ in counts.most_common(_MOST_PRESENT)]
    return Scene(turns, present, {who: number for number, who in enumerate(present)}, lasting)


def pronoun_gender(mention: Mention) -> Gender | None:
    """The gender that a pronoun or noun shows."""
    word = mention.span.text.casefold()
    if word in PRONOUN_GENDER:
        return PRONOUN_GENDER[word]
    if mention.kind != "nominal":
        return None
    phrase = phrase_words(mention.span.text)
    return gender_of_noun(head_noun(phrase)) if phrase else None
