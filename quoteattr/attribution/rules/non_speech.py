"""Quoted words that nobody speaks: nicknames, titles, terms, what was never said."""

from __future__ import annotations

import regex

from quoteattr.attribution.agents import is_cue
from quoteattr.attribution.embedded_speech import is_unsaid
from quoteattr.attribution.finding import Finding
from quoteattr.attribution.setting import Setting
from quoteattr.layout import is_title_case
from quoteattr.outlet_names import is_show

# "Robert “Bob” Dole"
_NAME_BEFORE = regex.compile(r"\p{Lu}[\w.’'-]+\s+\Z")

_NAME_AFTER = regex.compile(r"\s+\p{Lu}[\w’'-]+")


def nickname(setting: Setting) -> Finding | None:
    """One or two capitalised words between parts of a name: Robert “Bob” Dole. Nobody speaks.

    In a headline that capitalises its words, capitals are no name.
    """
    content, frame = setting.content.text, setting.frame
    short = len(content.split()) <= 2 and content[:1].isupper() and content[-1:].isalpha()
    inside = short and _NAME_BEFORE.search(setting.before()) and _NAME_AFTER.match(setting.after())
    return Finding() if inside and not is_title_case(setting.text[frame.start : frame.end]) else None


def unsaid(setting: Setting) -> Finding | None:
    """What was not said: "Lee never said “yes”", "if Lee had said “yes”". Nobody speaks."""
    return Finding() if is_unsaid(setting) else None


_SMALL = r"of|the|and|a|an|in|to|for|on|with|&"

_TITLE_WORDS = regex.compile(
    rf"(?:\p{{Lu}}[\w’'-]*|{_SMALL}|\d+)(?:[,:]?\s+(?:[\p{{Lu}}\d][\w’'-]*|{_SMALL}))*[!?.,]?"
)

_TITLED = regex.compile(
    r"\b(?:album|anthem|article|ballad|bestseller|blog|book|campaign|class|column|comedy|documentary|drama"
    r"|episode|essay|exhibition|film|game|hit|magazine|memoir|movie|musical|novel|opera|painting|play|podcast|poem"
    r"|programme?|satire|series|show|single|sitcom|song|thriller|track|tune|titled|entitled"
    r"|(?:NBC|CNN|Fox|ABC|CBS|HBO|BBC)['’]s|host of|on|pseudonym|subject line|goes by)\b[\w\s,’']{0,25}\Z",
    regex.IGNORECASE,
)

# "Lee told |“Meet the Press”", "on CNN’s |“State of the Union,”"
_GIVEN_ON = regex.compile(
    r"\b(?:told|tells|telling|(?:spoke|speaking|talked|interview)\s(?:to|with)|on(?:\s\p{Lu}\w+['’]?s?)*|show)\s*\Z"
)


# "Russia’s |‘SVR’ intelligence service", "the defeated |“Remain” campaign"
_OWNED = regex.compile(
    r"\b(?:the|an?|his|her|its|their|our|my|this|that|these|those|\p{Lu}[\w.]*(?:['’]s|s['’]))"
    r"(?:\s+[\p{L}-]+){0,2}\s*\Z",
    regex.IGNORECASE,
)
_AS_NAMED = regex.compile(r"(?:[\p{Lu}\d][\w’'-]*)(?:\s+(?:[\p{Lu}\d][\w’'-]*|of|the|and|or|for|in))*")


def named(setting: Setting) -> Finding | None:
    """A capitalised name before the noun that bears it: "the ‘Leave’ vote", "Russia’s ‘SVR’ service"."""
    content, sentence = setting.content.text, setting.sentence
    if sentence is None or len(content.split()) > 4 or not _AS_NAMED.fullmatch(content):
        return None
    bearer = next((w for w in sentence if w.start >= setting.quotation.outer.end), None)
    is_noun = bearer is not None and bearer.upos in ("NOUN", "ADJ") and bearer.text[:1].islower()
    owner = _OWNED.search(setting.before())
    if not is_noun or owner is None:
        return None
    # "called her a “Marxist” agitator": the words of whoever calls her so.
    near = [w for w in setting.outside if w.end <= setting.quotation.outer.start][-5:]
    return None if any(is_cue(setting, w, ("judge",)) for w in near) else Finding()


# "In |“Rivers in Crisis”, Lee says"; "I have read |‘The Long Dam’"
_IN = regex.compile(r"(?:\A|[.!?]\s)\s*In\s+\Z")
_READ = regex.compile(r"\b(?:read|seen|saw|watched|wrote|written)\s+\Z")


def title(setting: Setting) -> Finding | None:
    """Capitalised words after "film", "book", "show" or the like. Nobody speaks."""
    content = setting.content.text
    looks = len(content.split()) <= 10 and _TITLE_WORDS.fullmatch(content) and content[-1:] not in "!?"
    if not looks:
        return None
    opens = _IN.search(setting.before()) and (content.endswith(",") or setting.after().startswith(","))
    work = _READ.search(setting.before()) if setting.frame.inside_quotation else None
    return Finding() if opens or work or _TITLED.search(setting.before()) else None


def programme(setting: Setting) -> Finding | None:
    """The name of a programme on which, or to which, something is said. Nobody speaks."""
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


def term(setting: Setting) -> Finding | None:
    """Up to three words named as a term: "the word “fair”", "the so-called “bounce”". Nobody speaks."""
    words = len(setting.content.text.split())
    if (words <= 3 and _TERM.search(setting.before())) or (words <= 6 and _MEANS.search(setting.before())):
        return Finding()
    return None
