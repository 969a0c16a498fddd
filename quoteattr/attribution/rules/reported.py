"""Rules for the words of a person whom somebody else quotes, and for words that are written on something."""

from __future__ import annotations

import attrs
import regex

from quoteattr.attribution.agents import own_agent
from quoteattr.attribution.cues import cue_span, cues_before, is_cue, nearest_cue
from quoteattr.attribution.finding import Finding
from quoteattr.attribution.noun_phrases import INNER, heads_between, mention_of
from quoteattr.attribution.rules.lists import before_list
from quoteattr.attribution.setting import ParsedSetting
from quoteattr.lexicon import word_list
from quoteattr.parsing.dependency_tree import Sentence, Word
from quoteattr.parsing.predicates import has_case, is_nominal
from quoteattr.schema import Span

_REPORTING = word_list("attribution", "reporting_verbs")
_WITH_PREPOSITION = word_list("attribution", "reporting_verbs_with_preposition")
_PREPOSITIONS = word_list("attribution", "reporting_prepositions")
_RECORDINGS = word_list("attribution", "recordings")
_SHOWING = word_list("attribution", "showing_verbs")
_SURFACES = word_list("attribution", "written_surfaces")
_OTHERS = frozenset({"another", "others"})


def quoted_as(setting: ParsedSetting) -> Finding | None:
    """Finds the person whom another quotes, hears, shows or accuses: "Nair quoted Hale as saying “…”"."""
    head = _quoted_person(setting) or _shown_person(setting) or _person_in_what_clause(setting)
    if head is None:
        return None
    cue = next((w for w in setting.outside if w.start > head.start and is_cue(setting, w)), None)
    return Finding(cue_span(setting, cue) if cue else None, mention_of(setting, head))


# "to quote |Hale: "
_TO_QUOTE = regex.compile(r"\b[Tt]o\squote\s+(?<who>(?:[\w.’'-]+\s){0,5}[\w.’'-]+)[,:]?\s*\Z")
# "quoted him |as “delighted”"
_AS = regex.compile(r"\bas\s+\Z")


def _quoted_person(setting: ParsedSetting) -> Word | None:
    """Returns Hale in "quoted Hale as saying", "accused Hale of calling", "to quote Hale"."""
    start = setting.content.start
    if match := _TO_QUOTE.search(setting.before()):
        offset = setting.quotation.outer.start - len(match.string)
        return next(heads_between(setting, match.start("who") + offset, start), None)
    cue = nearest_cue(setting)
    if cue is None:
        return _person_after_reporting_verb(setting)
    if cue.lemma == "quote" and _AS.search(setting.before()) and not setting.sentence.child(cue, "aux:pass"):
        return next(heads_between(setting, cue.end, start), None)
    if not is_cue(setting, cue):
        return None
    return _object_of_reporting_verb(setting, cue) or _reproached_person(setting.sentence, cue)


def _object_of_reporting_verb(setting: ParsedSetting, cue: Word) -> Word | None:
    """Returns Hale in "accused Hale of calling": the phrase between a reporting verb and the cue below."""
    verb = setting.sentence.head(cue)
    if verb is None or verb.index > cue.index or not _reports(setting, verb, cue):
        return None
    between = setting.sentence.words[verb.index + 1 : cue.index]
    joined = bool(between) and between[-1].text.lower() in _PREPOSITIONS
    if joined != (verb.lemma.lower() in _WITH_PREPOSITION) or any(w.text == "," for w in between):
        return None
    return next(heads_between(setting, verb.end, cue.start), None)


def _reproached_person(sentence: Sentence, cue: Word) -> Word | None:
    """Returns Hale in "Nair was angry with |Hale| for saying": the phrase between a preposition and "for"."""
    predicate, marker = sentence.head(cue), sentence.words[cue.index - 1]
    if predicate is None or cue.xpos != "VBG" or marker.text.lower() != "for":
        return None
    for noun in sentence.children(predicate, "obl"):
        joined = has_case(sentence, noun, "at") or has_case(sentence, noun, "with")
        if joined and noun.upos == "PROPN" and sentence.subtree(noun)[-1].index == marker.index - 1:
            return noun
    return None


_LOOKED_AT = 12
"""Words after the quotation that are searched for both verbs of "Lee recalled Hale telling her"."""


def _person_after_reporting_verb(setting: ParsedSetting) -> Word | None:
    """Returns Hale in "“…,” Lee recalled Hale telling her"."""
    after = [w for w in setting.sentence if w.start >= setting.quotation.outer.end][:_LOOKED_AT]
    gerund = next((w for w in after if w.xpos == "VBG" and is_cue(setting, w)), None)
    verb = next((w for w in after if gerund and w.index < gerund.index and is_cue(setting, w)), None)
    if verb is None or gerund is None or not _reports(setting, verb, gerund):
        return None
    return next(heads_between(setting, verb.end, gerund.start), None)


def _reports(setting: ParsedSetting, verb: Word, cue: Word) -> bool:
    """Returns whether a verb in the active voice reports the speech of another person, which `cue` marks."""
    reports = verb.lemma.lower() in _REPORTING and cue.xpos in ("VBG", "VB", "VBP")
    passive = any(w.deprel == "aux:pass" for w in setting.sentence.children(verb))
    return reports and not setting.quoted(verb) and not passive


def _shown_person(setting: ParsedSetting) -> Word | None:
    """Returns Lee in "footage of Lee saying", "the video shows Lee telling them"."""
    cues = cues_before(setting)
    if not cues or cues[-1].xpos != "VBG":
        return None
    words = setting.sentence.words
    first = cues[-1].index
    while first and words[first - 1].upos in ("PROPN", "NOUN", "DET", "ADJ", "NUM", "PRON"):
        first -= 1
    phrase = [w for w in words[first : cues[-1].index] if is_nominal(w)]
    if not phrase or not _shows(words[:first]):
        return None
    return next((w for w in phrase if w.deprel not in INNER), phrase[0])


def _shows(before: tuple[Word, ...]) -> bool:
    """Returns whether the words before a phrase end in "footage of", "shows" or the like."""
    lead = [w.lemma.lower() for w in before[-2:]]
    of_recording = len(lead) == 2 and lead[0].removesuffix("s") in _RECORDINGS and lead[1] == "of"
    return of_recording or (bool(lead) and lead[-1] in _SHOWING and before[-1].upos == "VERB")


def _person_in_what_clause(setting: ParsedSetting) -> Word | None:
    """Returns Lee in "recalls what Lee told him: “…”", "tells how Lee said: “…”"."""
    cues = cues_before(setting)
    if len(cues) < 2 or not setting.before().rstrip().endswith((":", ",")):
        return None
    agent = own_agent(setting, cues[-1])
    if agent is None or not cues[-2].index < agent.index < cues[-1].index:
        return None
    between = setting.sentence.words[cues[-2].index + 1 : agent.index]
    return agent if between and between[0].text.lower() in ("what", "how") else None


_ACCORDING = regex.compile(r"\b(?:[Aa]ccording to|[Ii]n the words of|[Ii]n the view of)\s+")


def according_to(setting: ParsedSetting) -> Finding | None:
    """Finds the phrase after "according to", "in the words of" or "in the view of" in the same sentence."""
    sentence = setting.sentence
    for match in _ACCORDING.finditer(setting.text, sentence.start, sentence.end):
        nominals = [w for w in sentence if w.start >= match.end() and w.upos in ("PROPN", "NOUN", "PRON")]
        heads = [w for w in nominals if w.deprel not in INNER]
        if heads and not setting.quoted(heads[0]):
            cue = Span.of(setting.text, match.start(), match.end() - 1)
            return Finding(cue, mention_of(setting, _outermost(sentence, heads[0], match.end())))
    return None


def _outermost(sentence: Sentence, word: Word, start: int) -> Word:
    """Returns the head of the whole phrase that begins at an offset, if a preposition joins the word to it,
    even if the parse takes that head for no noun: "according to |some| around Lee"."""
    above = sentence.head(word)
    while above is not None and start <= above.start < word.start and sentence.child(word, "case"):
        word, above = above, sentence.head(above)
    return word


def inscribed(setting: ParsedSetting) -> Finding | None:
    """Finds the thing that the words are written on: "Lee carried a banner that read “No way”", and in the
    next sentence "Another said “No”"."""
    thing, there = _written_surface(setting), setting
    if thing is None and (before := _sentence_before_another(setting)):
        there = setting.at(before)
        thing = next((w for w in reversed(before.words) if _is_surface(w) and not setting.quoted(w)), None)
    if thing is None:
        return None
    phrase = mention_of(there, thing)
    verbs = [w for w in setting.outside_after if w.start < thing.start and w.upos == "VERB"]
    mention = attrs.evolve(phrase, span=Span.of(setting.text, phrase.span.start, thing.end))
    return Finding(cue_span(setting, verbs[0]) if verbs else None, mention)


# "“…”, |ran |the headline in the Herald"
_RAN = regex.compile(r",?\s*(?:ran|runs|screamed|blared)\s")
# "a banner |that read simply: “…”", "the headline |was “…”"
_READ = regex.compile(
    r"\b(?:reads?|reading|said|says|saying|proclaim(?:s|ed|ing)|declar(?:es|ed|ing)|stating"
    r"|(?<=(?:headline|slogan)\s)was)(?:\ssimply|\sin\spart)?[:,]?\s*\Z"
)


def _written_surface(setting: ParsedSetting) -> Word | None:
    """Returns the banner, sign or headline whose words are quoted, or None."""
    if after := _RAN.match(setting.after()):
        start = setting.quotation.outer.end + after.end()
        thing = next(heads_between(setting, start, setting.sentence.end), None)
        return thing if thing is not None and _is_surface(thing) else None
    before_items, _ = before_list(setting.before())
    if not (read := _READ.search(before_items)):
        return None
    verb_at = setting.quotation.outer.start - len(setting.before()) + read.start()
    before = [w for w in setting.sentence if w.end <= verb_at and not setting.quoted(w)]
    if before and before[-1].text.lower() in ("that", "which"):
        before.pop()
    if before and _is_surface(before[-1]):
        return before[-1]
    return _surface_with_place(setting.sentence, before)


def _sentence_before_another(setting: ParsedSetting) -> Sentence | None:
    """Returns the sentence before one that begins with "another" or "others" and in which a verb such as
    "read" stands before the quotation: "|One sign read “No way”. |Others said “No”"."""
    first = setting.sentence.words[0].text.lower()
    if first not in _OTHERS or setting.position == 0 or not _READ.search(setting.before()):
        return None
    return setting.sentences[setting.position - 1]


def _is_surface(word: Word) -> bool:
    return word.text.lower().removesuffix("s") in _SURFACES


def _surface_with_place(sentence: Sentence, before: list[Word]) -> Word | None:
    """Returns the sign in "The sign on the gate |read": its place is between noun and verb."""
    nouns = [w for w in before if w.upos in ("NOUN", "PROPN")]
    if not before or not nouns or before[-1] is not nouns[-1]:
        return None
    head = sentence.head(nouns[-1])
    return head if head is not None and _is_surface(head) and nouns[-1].deprel == "nmod" else None
