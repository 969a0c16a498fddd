"""Rules for a name beside a quotation that a colon or a dash connects with it, without a verb."""

from __future__ import annotations

import regex

from quoteattr.attribution.finding import Finding
from quoteattr.attribution.setting import Setting
from quoteattr.names import find_names
from quoteattr.schema import Mention, Span

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
_NAME_ON = regex.compile(r"\s*(?<name>(?:\p{Lu}[\w.’'-]*[ ]){1,4})on\s[^.:;!?]{2,60}:\s*")


def name_on(setting: Setting) -> Finding | None:
    """Finds a name, a subject and a colon that open the paragraph: "Lee on the offer: “No.”"."""
    return _named(setting, _NAME_ON.fullmatch(setting.before()))


# "Pollsters agree - Carl Bialik: “One …”", "Lee: “No.” Hale: “Yes.”"
_NAME_COLON = regex.compile(
    r"(?:[\p{Dash}.!?”\"’']\s+|\s\p{Dash})(?<name>(?:\p{Lu}[\w.’'-]*+[ ]?){1,4}):\s*\Z"
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


# "“We won.” — Mary Lee, the mayor"
_CREDIT = regex.compile(r"\s*\p{Dash}{1,2}\s*(?=\p{Lu})(?<credit>[^!?\n]{2,80}?)\.?\s*")


def credit(setting: Setting) -> Finding | None:
    """Finds a dash and a name after a quotation that stands alone: "“We won.” — Mary Lee"."""
    start = setting.quotation.outer.end
    after = setting.after() if setting.after().strip() else _next_line(setting)
    match = _CREDIT.fullmatch(after)
    if not match or setting.before().strip():
        return None
    # "— Crime novelist Peter Asante, in The Coastal Review": the last name before the comma.
    end = start + match.start("credit") + len(match["credit"].partition(",")[0])
    names = find_names(setting.text, start + match.start("credit"), end)
    return Finding(None, Mention(names[-1], "name")) if names else None


_NEXT_LINE = regex.compile(r"\s*[^\n]{0,120}")


def _next_line(setting: Setting) -> str:
    """Returns the text after the quotation up to the end of the next line that is not blank."""
    match = _NEXT_LINE.match(setting.text, setting.quotation.outer.end)
    return match[0] if match else ""
