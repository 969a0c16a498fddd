"""Rules for a name beside a quotation that a colon or a dash connects with it, without a verb."""

from __future__ import annotations

import regex

from quoteattr.attribution.finding import Finding
from quoteattr.attribution.setting import Setting
from quoteattr.layout import paragraphs
from quoteattr.lexicon import word_list
from quoteattr.names import find_names, tag_names
from quoteattr.schema import Mention, Span

_WRITERS = word_list("attribution", "writers")

# "MARY BETH LEE: “We won.”", "Lee: We won."
_NAME_LINE = regex.compile(r"\s*+(?<name>(?:\p{Lu}[\w.’'-]*+[ ]?){1,4})(?:\([^)]{1,40}\))?:\s*")


def name_line(setting: Setting) -> Finding | None:
    """Finds a name and a colon that open the paragraph: "LEE: “We won.”"."""
    return _named(setting, _NAME_LINE.fullmatch(setting.before()))


def _named(setting: Setting, match: regex.Match[str] | None) -> Finding | None:
    """Returns the first name in the group "name" of a match in the text before the quotation."""
    if not match:
        return None
    start = setting.quotation.outer.start - len(match.string)
    names = find_names(setting.text, start + match.start("name"), start + match.end("name"))
    return Finding(None, Mention(names[0], "name")) if names else None


# "Lee on the offer: “No.”"
_NAME_ON = regex.compile(r"\s*(?<name>(?:\p{Lu}[\w.’'-]*[ ]){1,4})on\s[^.,:;!?]{2,60}:\s*")


def name_on(setting: Setting) -> Finding | None:
    """Finds a name, a subject and a colon that open the paragraph: "Lee on the offer: “No.”"."""
    match = _NAME_ON.fullmatch(setting.before())
    return (
        _named(setting, match) if match and not _is_participle(match["name"].strip(), setting.text) else None
    )


def _is_participle(word: str, text: str) -> bool:
    """Returns whether a capitalised word is no name but a verb: "Commenting on the deal, Lee said". A name
    such as "Fleming" stands elsewhere in the text too."""
    return word.endswith("ing") and " " not in word and text.count(word) == 1


# "Pollsters agree - Carl Bialik: “One …”", "Lee: “No.” Hale (Labour): “Yes.”"
_NAME_COLON = regex.compile(
    r"(?:[\p{Dash}.!?”\"’']\s+|\s\p{Dash})(?<name>(?:\p{Lu}[\w.’'-]*+[ ]?){1,4})(?:\([^()]{1,40}\))?:\s*\Z"
)


def name_colon(setting: Setting) -> Finding | None:
    """Finds a name and a colon between the end of a sentence, or a dash, and the quotation."""
    return _named(setting, _NAME_COLON.search(setting.before()))


# "“WALLACE: Will she be there?": a transcript in quotation marks
_TURN = regex.compile(r"\s*(?<name>\p{Lu}[\p{Lu}.’'-]+(?: \p{Lu}[\p{Lu}.’'-]+){0,3}):\s")


def transcript(setting: Setting) -> Finding | None:
    """Finds a name in capitals and a colon that open the quoted words: “WALLACE: Will she be there?”."""
    match = _TURN.match(setting.content.text)
    if not match:
        return None
    start = setting.content.start
    span = Span.of(setting.text, start + match.start("name"), start + match.end("name"))
    return Finding(None, Mention(span, "name"))


# "“We won.” — Mary Lee, the mayor", "“We won”: Mary Lee"
_CREDIT = regex.compile(r"\s*(?:\p{Dash}{1,2}\s*|:\s+)(?=\p{Lu})(?<credit>[^!?\n]{2,80}?)\.?\s*")


def credit(setting: Setting) -> Finding | None:
    """Finds a dash and a name after a quotation that stands alone: "“We won.” — Mary Lee"."""
    if setting.before().strip():
        return None
    after = setting.after() if setting.after().strip() else _next_line(setting)
    match = _CREDIT.fullmatch(after)
    if not match:
        return None
    start = setting.quotation.outer.end
    # "— Crime novelist Peter Asante, in The Coastal Review": the last name before the comma.
    end = start + match.start("credit") + len(match["credit"].partition(",")[0])
    names = find_names(setting.text, start + match.start("credit"), end)
    return Finding(None, Mention(names[-1], "name")) if names else None


_NEXT_LINE = regex.compile(r"\s*[^\n]{0,120}")


def _next_line(setting: Setting) -> str:
    """Returns the text after the quotation up to the end of the next line that is not blank."""
    match = _NEXT_LINE.match(setting.text, setting.quotation.outer.end)
    return match[0] if match else ""


_FULL_NAME = r"(?<name>\p{Lu}[\w.’'-]*(?:[ ](?:\p{Lu}[\w.’'-]*|(?:de|van|von|der|bin|al)))++(?<=\p{Ll}))"
# "“We won” |(Mary Lee, Hull)", and a line below it: "Mary Lee, doctor"
_BELOW = regex.compile(
    rf"""
    # 1. (Mary Lee, Hull)
      [ ]? \( {_FULL_NAME} (?: , [^()\n]{{1,60}} )? \) [.]? \s*+
    # 2. Mary Lee, doctor
    | [^\S\n]*+\n\s*+ {_FULL_NAME} (?<role> ,[ ] [^.!?:;“”"\n]{{1,60}} )? (?= [^\S\n]*+(?:\n|\Z) )
    """,
    regex.VERBOSE,
)
_SENTENCE_END = regex.compile(r"[.!?…][”\"’')]*\s*\Z", regex.REVERSE)
_CAPITALISED = regex.compile(
    r"(?:\P{L}*+(?:\p{Lu}|(?:of|the|and|a|an|in|to|for|on|with)\b)[\w’'-]*+)++\P{L}*+"
)


def signed(setting: Setting) -> Finding | None:
    """Finds a full name in brackets or in the line below a quotation that stands alone, as below a pull
    quote: "“We won” (Mary Lee, Hull)". Titles are left out: "“The Long Day” (Mary Lee, 2019)"."""
    if setting.before().strip() or _CAPITALISED.fullmatch(setting.content.text):
        return None
    start = setting.quotation.outer.end
    brackets = setting.after().strip()
    match = _BELOW.fullmatch(setting.after()) if brackets else _BELOW.match(setting.text, start)
    if not match or (not brackets and _is_byline(setting, match["role"])):
        return None
    offset = start if brackets else 0
    span = Span.of(setting.text, offset + match.start("name"), offset + match.end("name"))
    near = setting.text[setting.quotation.outer.start : span.end]
    return Finding(None, Mention(span, "name")) if _ends_in_person(near, span.text) else None


def _is_byline(setting: Setting, role: str | None) -> bool:
    """Returns whether the name in the next line may be that of the writer, as below a headline."""
    before = setting.text[: setting.frame.start].rstrip()
    if role is None:
        return not _SENTENCE_END.search(before)
    return not before or not _WRITERS.isdisjoint(role.lower().split())


_CERTAIN_PERSON = 0.7
"""Least certainty of a name's kind: in a few words without a sentence, "Hull Echo" is a person by .56."""


def _ends_in_person(text: str, name: str) -> bool:
    """Returns whether a text ends in the full name of a person."""
    last = tag_names(text).names[-1:]
    is_person = bool(last) and last[0].kind == "person" and last[0].certainty >= _CERTAIN_PERSON
    return is_person and last[0].span.text.endswith(name)


_QUESTION = regex.compile(r"\s*(?:Q|Question)\s*[.:]\s*")
_ANSWER = regex.compile(r"\s*(?:A|Answer)\s*[.:]\s*")
_FIRST_QUESTION = regex.compile(r"^[^\S\n]*+(?:Q|Question)\s*[.:]\s", regex.MULTILINE)
_PARAGRAPHS = 3
"""Paragraphs before the first question that are searched for the person who is asked."""


def question(setting: Setting) -> Finding | None:
    """Finds questions of an interviewer who has no name: "Q: “Why now?”". Nobody speaks them."""
    return Finding() if _QUESTION.fullmatch(setting.before()) else None


def interviewee(setting: Setting) -> Finding | None:
    """Finds the person who is asked in an interview with "Q:" and "A:": the only one whose full name stands
    in the last paragraph with a name before the first question."""
    first = _FIRST_QUESTION.search(setting.text) if _ANSWER.fullmatch(setting.before()) else None
    if first is None:
        return None
    above = [span for span in paragraphs(setting.text) if span[1] <= first.start()][-_PARAGRAPHS:]
    for start, end in reversed(above):
        found = [
            n.span
            for n in tag_names(setting.text[start:end]).names
            if n.kind == "person" and " " in n.span.text
        ]
        if found:
            span = Span.of(setting.text, start + found[0].start, start + found[0].end)
            return Finding(None, Mention(span, "name")) if len(found) == 1 else None
    return None
