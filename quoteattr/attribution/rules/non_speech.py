"""Rules for quotations that nobody speaks: nicknames, names, titles, terms."""

from __future__ import annotations

import regex

from quoteattr.attribution.cues import is_cue
from quoteattr.attribution.finding import Finding
from quoteattr.attribution.rules.lists import before_list
from quoteattr.attribution.setting import ParsedSetting, Setting
from quoteattr.layout import looks_like_headline
from quoteattr.lexicon import word_list, words
from quoteattr.names.outlet_names import is_show


def _any_of(name: str) -> str:
    """Returns a pattern for any word of a list, the longest first."""
    return "|".join(map(regex.escape, sorted(word_list("attribution", name), key=lambda w: (-len(w), w))))


# "|Robert |“Bob”| Dole|"
_NAME_BEFORE = regex.compile(r"\p{Lu}[\w.’'-]+\s+\Z", regex.REVERSE)
_NAME_AFTER = regex.compile(r"\s+\p{Lu}[\w’'-]+")


def nickname(setting: Setting) -> Finding | None:
    """Finds nicknames, which nobody speaks: one or two capitalised words inside a name: "Robert “Bob” Dole".

    The rule does not apply in a headline that capitalises its words, because capitals show nothing there.
    """
    content, frame = setting.content.text, setting.frame
    short = len(content.split()) <= 2 and content[:1].isupper() and content[-1:].isalpha()
    inside = short and _NAME_BEFORE.search(setting.before()) and _NAME_AFTER.match(setting.after())
    return Finding() if inside and not looks_like_headline(setting.text[frame.start : frame.end]) else None


# "|Russia’s |‘SVR’ intelligence service", "|the defeated |“Remain” campaign"
_DETERMINED = regex.compile(
    rf"\b(?:{_any_of('determiners')}|\p{{Lu}}[\w.]*(?:['’]s|s['’]))(?:\s+[\p{{L}}-]+){{0,2}}\s*\Z",
    regex.IGNORECASE | regex.REVERSE,
)
_LIKE_A_NAME = regex.compile(r"(?:[\p{Lu}\d][\w’'-]*)(?:\s++(?:[\p{Lu}\d][\w’'-]*+|of|the|and|or|for|in))*+")
_LONGEST_NAME = 4
"""Most words of a name: "Black Lives Matter", "Stop the Steal"."""


def named(setting: ParsedSetting) -> Finding | None:
    """Finds quotations that are names in front of a noun. Nobody speaks them: "the ‘Leave’ vote", "Russia’s
    ‘SVR’ service"."""
    content = setting.content.text
    if len(content.split()) > _LONGEST_NAME or not _LIKE_A_NAME.fullmatch(content):
        return None
    after = [w for w in setting.sentence if w.start >= setting.quotation.outer.end][:2]
    is_noun = bool(after) and after[0].upos in ("NOUN", "ADJ") and after[0].text[:1].islower()
    # "“Parasite” director Bong Lee": a work, and who made it.
    has_maker = (
        is_noun and after[0].text in words("roles") | words("person_nouns") and after[-1].upos == "PROPN"
    )
    if not is_noun or not (has_maker or _DETERMINED.search(setting.before())):
        return None
    # In "called her a “Marxist” agitator" somebody speaks: the subject of "called".
    near = [w for w in setting.outside if w.end <= setting.quotation.outer.start][-5:]
    return None if any(is_cue(setting, w, ("judge",)) for w in near) else Finding()


_SMALL = r"of|the|and|a|an|in|to|for|on|with|&"
_TITLE_WORDS = regex.compile(
    rf"(?:\p{{Lu}}[\w’'-]*|{_SMALL}|\d+)(?:[,:]?\s++(?:[\p{{Lu}}\d][\w’'-]*+|(?:{_SMALL})(?!\w)))*+[!?.,]?"
)
_TITLED = regex.compile(
    rf"""
    \b (?: {_any_of("works")}                                     # 1. the film |“The Long Day”
         | titled | entitled | pseudonym | subject\ line | goes\ by
         | (?:{_any_of("broadcasters")})['’]s | host\ of | on )       # 2. CNN’s |“State of the Union”
    \b [\w\s,’']{{0,25}} \Z
    """,
    regex.VERBOSE | regex.IGNORECASE,
)
# "In |“Rivers in Crisis”, Lee says"; "I have read |‘The Long Dam’"
_IN = regex.compile(r"(?:\A|[.!?]\s)\s*In\s+\Z")
_READ = regex.compile(r"\b(?:read|seen|saw|watched|wrote|written)\s+\Z")
_LONGEST_TITLE = 10
"""Most words of a title."""


def title(setting: Setting) -> Finding | None:
    """Finds titles, which nobody speaks: capitalised words after "film", "book", "show" or the like."""
    content = setting.content.text
    looks = len(content.split()) <= _LONGEST_TITLE and _TITLE_WORDS.fullmatch(content)
    if not looks or content[-1:] in "!?":
        return None
    opens = _IN.search(setting.before()) and (content.endswith(",") or setting.after().startswith(","))
    work = _READ.search(setting.before()) if setting.frame.inside_quotation else None
    return Finding() if opens or work or _TITLED.search(setting.before()) else None


# "including |“Blue Moon”, “Red River” and |“Golden Sun”"
_INCLUDING = regex.compile(
    rf"(?<works>\b(?:{_any_of('works')})(?:e?s)?\b[\w\s,’']{{0,25}})?"
    r"\b(?:including|includes?|included|such\sas)(?:\sthe)?\s+\Z",
    regex.IGNORECASE,
)


def listed(setting: Setting) -> Finding | None:
    """Finds titles in a list, which nobody speaks: "hits including “Blue Moon”, “Red River” and “Golden
    Sun”". All have capitals, and one has several words, unless a word such as "films" says what they are."""
    before, items = before_list(setting.before())
    including = _INCLUDING.search(before)
    items = [*items, setting.content.text.rstrip(" ,.")]
    if including is None or not all(map(_TITLE_WORDS.fullmatch, items)):
        return None
    return Finding() if including["works"] or any(" " in item for item in items) else None


# "Operation |“Clean Sweep”", "the yacht |“Golden Sun”"
_THING = regex.compile(rf"\b(?:{_any_of('named_things')})\s+\Z", regex.IGNORECASE)
# "known as |“the Dentist”", "identified only as |“Dee”", "codenamed |“Blue Moon”"
_KNOWN_AS = regex.compile(
    r"""
    \b (?: known (?: \s (?: only | simply | locally | just ) )? \s as (?: \s simply )?
         | (?: identified | named ) \s (?: only | simply | just ) \s as
         | (?: gave | giving | give ) \s (?: his | her | their ) \s name \s (?: only \s | simply \s )? as
         | code-?named | nicknamed | (?: goes | going | went ) \s by (?: \s the \s name (?: \s of )? )? )
    \s+ \Z
    """,
    regex.VERBOSE,
)
_IDENTIFIED_AS = regex.compile(r"\b(?:identified|named)\sas\s+\Z")
_LONGEST_NAME_GIVEN = 5
"""Most words after "known as"."""


def name_given(setting: Setting) -> Finding | None:
    """Finds names that the text gives to somebody or something: "known as “the Dentist”", "Operation “Clean
    Sweep”". Nobody speaks them."""
    before, content = setting.before(), setting.content.text.rstrip(" ,.")
    if len(content.split()) > _LONGEST_NAME_GIVEN:
        return None
    if _KNOWN_AS.search(before):
        return Finding()
    thing = _THING.search(before) or _IDENTIFIED_AS.search(before)
    return Finding() if thing and _LIKE_A_NAME.fullmatch(content) else None


# "Lee told |“Meet the Press”", "on CNN’s |“State of the Union,”"
_GIVEN_ON = regex.compile(
    r"\b(?:told|tells|telling|(?:spoke|speaking|talked|interview)\s(?:to|with)|on(?:\s\p{Lu}\w++(?:['’]s?)?)*+|show)\s*\Z"
)


def programme(setting: Setting) -> Finding | None:
    """Finds names of programmes, which nobody speaks: "told “Meet the Press”"."""
    given = _GIVEN_ON.search(setting.before()) and is_show(setting.content.text.rstrip(" ,."))
    return Finding() if given else None


_TERM = regex.compile(
    r"\b(?:so-called|known as|dubbed|the (?:words?|phrase|term|name)|(?:nick|code-?)named|termed"
    r"|referred to as)[\s,]*\Z"
)
# "The town’s name |means “place of bridges”"
_MEANS = regex.compile(
    r"\b(?:name|word|term|phrase)s?\s(?:means?|meant|translates? (?:as|to)|stands? for)\s*\Z"
)
_LONGEST_TERM = 3
"""Most words after "the word" or "so-called"; more words are usually speech."""
_LONGEST_MEANING = 6
"""Most words after "means"."""


def term(setting: Setting) -> Finding | None:
    """Finds words mentioned as words, which nobody speaks: "the word “fair”", "the so-called “bounce”"."""
    count = len(setting.content.text.split())
    if count <= _LONGEST_TERM and _TERM.search(setting.before()):
        return Finding()
    return Finding() if count <= _LONGEST_MEANING and _MEANS.search(setting.before()) else None
