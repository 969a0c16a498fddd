"""Scenes: runs of quotations that may be one conversation, with everything that the choice of speakers
reads."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Literal

import attrs
import regex

from quoteattr.attribution import Finding, Setting
from quoteattr.coreference import Resolution
from quoteattr.coreference.gender import PRONOUN_GENDER
from quoteattr.coreference.mention_index import MentionIndex
from quoteattr.coreference.nouns import gender_of_noun, head_noun, is_plural, phrase_words
from quoteattr.fiction.characters import Character, CharacterTable, Site
from quoteattr.fiction.narrator import Narrator
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
_BEFORE_SCENE, _AFTER_SCENE = 4000, 600
"""Characters before and after a scene in which those present may be named."""
_NAME_WITHIN = 40
"""Characters before a part of a name in which the name begins."""
_ADDRESS_BEFORE = regex.compile(
    r"(?:\A|[,;:.!?—–]|--|\b(?:my|dear|dearest|oh|O|old|poor|good|well|yes|no|ah|and|but|come|now|Miss)\b)[\s“‘\"']*(?:(?:my|dear|dearest|good|old|poor|little|O|oh)\s+)*\Z",
    regex.IGNORECASE,
)
_ADDRESS_AFTER = regex.compile(r"\s*(?:[,;.!?—–]|--|\Z)")
_INTRODUCED = regex.compile(
    r"\b(?:I\s+am|I[’']m|my\s+name\s+is|name[’']s|called)\s+(?:\w+\s)?\Z", regex.IGNORECASE
)
_COMMA_LIST = regex.compile(r"\A\s*,?\s*(?:and|or)\b")


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
    index: dict[Character, int] = attrs.field(factory=dict)
    """The place of each of them in `present`."""


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
    spoken = [_spoken(f, r, table, unnamed, narrator) for f, r in zip(findings, resolutions, strict=True)]
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
        text, table, turns, spoken, narrator, index, starts, outside, tags, _tagged(turns, spoken), speaking
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
        if not settings[before.number].closed:
            return "continued"
        return "turn" if not text[before.span.end : turn.span.start].strip() else "next"
    return "gap_1" if gap == 2 else "gap_2" if gap <= 4 else "far"


def _spoken(
    finding: Finding,
    resolution: Resolution,
    table: CharacterTable,
    unnamed: dict[str, Character],
    narrator: Narrator | None,
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
    if speaker is None:
        return None
    named = None if speaker.kind == "unnamed" else table.find(speaker.name)
    if named is not None:
        return named
    if speaker.name not in unnamed:
        phrase = phrase_words(speaker.name)
        noun = head_noun(phrase) if phrase else ""
        unnamed[speaker.name] = Character(
            speaker.name, speaker.kind, gender_of_noun(noun), plural=bool(noun) and is_plural(noun)
        )
        unnamed[speaker.name].forms[speaker.name] += 1
    return unnamed[speaker.name]


_SIR = regex.compile(
    r"(?:[,;.!?—–]|--|\A|\b(?:my|dear|good|yes|no|oh|well))[\s“‘]*(?P<word>[\p{L}’']+)(?=\s*(?:[,;.!?—–]|--|\Z))",
    regex.IGNORECASE,
)


def _read_words(text: str, turn: Turn, table: CharacterTable) -> None:
    """Reads the names in the quoted words."""
    begin, end = turn.content.start, turn.content.end
    for site in table.named_in(begin, end):
        before, after = (
            text[max(begin, site.start - 24) : site.start],
            text[site.end : min(end, site.end + 12)],
        )
        if _INTRODUCED.search(before):
            turn.introduced.append(site.character)
        elif _ADDRESS_BEFORE.search(before) and _ADDRESS_AFTER.match(after) and not _COMMA_LIST.match(after):
            turn.addressed.append(site.character)
        else:
            turn.named.append(site.character)
    for match in _SIR.finditer(text[begin:end]):
        word = match["word"].casefold().replace("’", "'")
        if word in word_list("fiction", "male_address"):
            turn.address = "male"
        elif word in word_list("fiction", "female_address"):
            turn.address = "female"


def find_scenes(book: Book) -> Iterator[Scene]:
    """Divides the quotations of a text into scenes, each with those who may speak in it."""
    run: list[Turn] = []
    for turn in book.turns:
        if run and (turn.link == "start" or len(run) >= _LONGEST_SCENE):
            yield _scene(book, run)
            run = []
        run.append(turn)
    if run:
        yield _scene(book, run)


def _scene(book: Book, turns: list[Turn]) -> Scene:
    start, end = turns[0].span.start, turns[-1].span.end
    counts: Counter[Character] = Counter()
    for site in book.table.named_in(start - _BEFORE_SCENE, end + _AFTER_SCENE):
        counts[site.character] += 1
    for turn in turns:
        if (who := book.spoken[turn.number]) is not None and (turn.tag or turn.beat):
            counts[who] += 5
    if book.narrator is not None:
        counts[book.narrator.character] += 1000
    present = [who for who, _ in counts.most_common(_MOST_PRESENT)]
    return Scene(turns, present, {who: number for number, who in enumerate(present)})


def pronoun_gender(mention: Mention) -> Gender | None:
    """The gender that a pronoun or noun shows."""
    word = mention.span.text.casefold()
    if word in PRONOUN_GENDER:
        return PRONOUN_GENDER[word]
    if mention.kind != "nominal":
        return None
    phrase = phrase_words(mention.span.text)
    return gender_of_noun(head_noun(phrase)) if phrase else None
