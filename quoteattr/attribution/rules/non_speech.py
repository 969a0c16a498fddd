"""Rules for quotations that nobody speaks: nicknames, names, titles, terms."""

from __future__ import annotations

import regex

from quoteattr.attribution.cues import is_cue
from quoteattr.attribution.finding import Finding
from quoteattr.attribution.setting import ParsedSetting, Setting
from quoteattr.layout import looks_like_headline
from quoteattr.lexicon import word_list
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
    bearer = next((w for w in setting.sentence if w.start >= setting.quotation.outer.end), None)
    is_noun = bearer is not None and bearer.upos in ("NOUN", "ADJ") and bearer.text[:1].islower()
    if not is_noun or _DETERMINED.search(setting.before()) is None:
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
