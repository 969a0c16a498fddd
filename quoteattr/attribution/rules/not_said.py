"""Rule for words that, according to the text, nobody said, or that somebody might say."""

from __future__ import annotations

import regex

from quoteattr.attribution.agents import own_agent
from quoteattr.attribution.cues import is_cue, nearest_cue, unquoted_above
from quoteattr.attribution.finding import Finding
from quoteattr.attribution.setting import ParsedSetting, Setting
from quoteattr.lexicon import word_list
from quoteattr.parsing.dependency_tree import Sentence, Word
from quoteattr.parsing.predicates import is_text_at

_NOT = word_list("attribution", "negations")
_IF = word_list("attribution", "suppositions")
_DENIALS = word_list("attribution", "denying_verbs")
_DEMANDS = word_list("attribution", "demanding_auxiliaries")
_PERSONAL = word_list("attribution", "personal_pronouns")
# "No one |called it", "Neither Lee nor Hale |said"
_NOBODY = regex.compile(r"(?:no\s?-?one|nobody|neither|none|not\sone)\b", regex.IGNORECASE)
# "Lee never used the word |“over”"
_UNUSED = regex.compile(
    r"""
    (?: \b (?: not | never | without | hardly ) | n[’']t | \b (?: avoid | refus | declin )\p{Ll}* )
    \s [^.,;:]{0,30} \b (?: use | using | used | utter(?:ed|ing)? | mention(?:ed|ing)? | say(?:ing)? ) \b
    [^.,;:]{0,15} \b (?: words? | phrase | term | expression | name ) \s* \Z
    """,
    regex.VERBOSE | regex.IGNORECASE,
)


# "|Asked “Why a year?”, Lee replied", "|When asked whether it was “over”, Lee smiled", "Lee |was asked “…”"
_ASKED = regex.compile(
    r"""
    (?: (?: \A | [.!?] [”"’')]* \s ) \s* (?: Asked | When\sasked | If\sasked )  # 1. as the first word
      | \b (?: when | if | was | were | been | being ) \s asked )                # 2. or not
    (?<what> \s (?: if | whether | about | why | how | what ) \b [^,.;:“”"]{0,60} | [,:] )? \s+ \Z
    """,
    regex.VERBOSE,
)
_BY = regex.compile(r"\s*by\b")


def asked(setting: Setting) -> Finding | None:
    """Finds what a speaker was asked by somebody without a name: "Asked “Why a year?”, Lee replied". Nobody
    who is named speaks it."""
    match = _ASKED.search(setting.before())
    if not match or _BY.match(setting.after()) or _is_reported_inside(setting, match["what"] or ""):
        return None
    return Finding()


def _is_reported_inside(setting: Setting, between: str) -> bool:
    """Returns whether the question itself quotes somebody: "asked whether Hale said it was “over”"."""
    start = setting.quotation.outer.start - len(between)
    end = setting.quotation.outer.start
    near = [w for w in setting.outside if start <= w.start < end]
    return isinstance(setting, ParsedSetting) and any(is_cue(setting, w) for w in near)


def unsaid(setting: Setting) -> Finding | None:
    """Finds words that were not said, so nobody speaks them: "Lee never said “yes”", "if Lee said “yes”"."""
    if _UNUSED.search(setting.before()):
        return Finding()
    return Finding() if isinstance(setting, ParsedSetting) and _is_unsaid(setting) else None


def _is_unsaid(setting: ParsedSetting) -> bool:
    cue = nearest_cue(setting)
    if cue is None or not is_cue(setting, cue) or _is_apart_from(setting, cue):
        return False
    if _is_negated(setting, cue):
        return True
    if _is_reported_by_another(setting, cue):
        return False
    return _is_supposed(setting, cue) or _is_denied(setting.sentence, cue)


def _is_apart_from(setting: ParsedSetting, cue: Word) -> bool:
    """Returns whether the quotation is in a clause of its own: "did not mention it because it was “over”"."""
    below = [*([setting.anchor] if setting.anchor else []), *unquoted_above(setting)]
    path = below[: below.index(cue)] if cue in below else below
    return any(w.deprel.partition(":")[0] in ("advcl", "parataxis", "dep") for w in path)


def _is_negated(setting: ParsedSetting, cue: Word) -> bool:
    """Returns whether a cue is negated: "never said", but not "not only said"."""
    below = _dependents_before(setting, cue)
    negated = any(w.text.lower() in _NOT and w.deprel in ("advmod", "nsubj", "cc:preconj") for w in below)
    return negated and not any(w.text.lower() == "only" for w in below)


def _dependents_before(setting: ParsedSetting, cue: Word) -> list[Word]:
    """Returns the unquoted dependents of a cue that stand before it."""
    return [w for w in setting.sentence.children(cue) if not setting.quoted(w) and w.index < cue.index]


def _is_reported_by_another(setting: ParsedSetting, cue: Word) -> bool:
    """Returns whether a speaker says what somebody else should say: "Lee said Hale should call it “over”".

    In "Lee said he never called it “over”" the cue's subject is a pronoun, which may be Lee.
    """
    reporting = next((w for w in setting.sentence.ancestors(cue) if is_cue(setting, w)), None)
    agent = own_agent(setting, cue)
    if reporting is None or own_agent(setting, reporting) is None or agent is None:
        return False
    return agent.text.lower() not in _PERSONAL


def _is_supposed(setting: ParsedSetting, cue: Word) -> bool:
    """Returns whether a cue is only supposed: "if Lee had said", "no one said", "Lee should say"."""
    below = _dependents_before(setting, cue)
    if any(w.text.lower() in _IF and w.deprel in ("mark", "case", "advmod") for w in below):
        return True
    if any(w.text.lower() in _DEMANDS and w.deprel == "aux" for w in below):
        return True
    subject = own_agent(setting, cue)
    phrase = setting.sentence.subtree(subject, lambda w: w.index > cue.index) if subject else ()
    return bool(_NOBODY.match(" ".join(w.text for w in phrase)))


def _is_denied(sentence: Sentence, cue: Word) -> bool:
    """Returns whether a verb denies a cue: "denied calling", "refused to say", "stopped short of calling",
    but not "declined to comment, saying only"."""
    verb = sentence.head(cue)
    if cue.deprel == "advcl" and is_text_at(sentence, cue.index - 1, ","):
        return False
    if verb is None or verb.upos not in ("VERB", "ADJ", "ADV"):
        return False
    if cue.deprel.startswith(("acl", "conj", "parataxis")):
        return False
    below = sentence.children(verb)
    if verb.lemma.lower() == "short" or (verb.lemma == "stop" and any(w.text == "short" for w in below)):
        return True
    return verb.lemma.lower() in _DENIALS and not any(w.text.lower() in _NOT for w in below)
