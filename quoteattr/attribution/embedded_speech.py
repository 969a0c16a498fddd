"""Whose words a sentence holds when somebody else tells of them, or when nobody said them.

"She quoted Hale as saying", "Hale’s claim that it was “over”", "a banner that read “…”", "Hale never said
“…”". Each function looks at one quotation in its frame and gives the word that heads the phrase, or None.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import regex

from quoteattr.attribution.agents import is_cue, own_agent
from quoteattr.attribution.setting import Setting
from quoteattr.lexicon import cue_nouns
from quoteattr.parsing.dependency_tree import Sentence, Word
from quoteattr.parsing.predicates import can_speak, has_case, is_nominal

_NOT = frozenset({"never", "not", "n't", "n’t", "hardly", "nobody", "none", "no-one", "neither"})
_IF = frozenset({"if", "unless", "without", "lest"})
_DENIALS = frozenset("deny refuse decline avoid resist want".split())
"""Verbs whose clause tells what was not said, or not yet."""
_DEMANDS = frozenset({"should", "must", "ought", "might", "may"})
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


def is_unsaid(setting: Setting) -> bool:
    """Whether the sentence says that these words were not said, or only supposes that they were."""
    if _UNUSED.search(setting.before()):
        return True
    cue = _nearest_cue(setting)
    if cue is None or setting.sentence is None or not is_cue(setting, cue) or _stands_apart(setting, cue):
        return False
    if _is_negated(setting, setting.sentence, cue):
        return True
    if _is_told_by_another(setting, setting.sentence, cue):
        return False
    return _is_supposed(setting, setting.sentence, cue) or _is_put_off(setting.sentence, cue)


def _is_told_by_another(setting: Setting, sentence: Sentence, cue: Word) -> bool:
    """ "Lee said that Hale should call it “over”": Lee speaks; "Lee said he never called it so": no one."""
    teller = next((w for w in sentence.ancestors(cue) if is_cue(setting, w)), None)
    who = own_agent(setting, sentence, cue)
    if teller is None or own_agent(setting, sentence, teller) is None or who is None:
        return False
    return who.text.lower() not in ("he", "she", "they", "i", "we", "it")


def _stands_apart(setting: Setting, cue: Word) -> bool:
    """ "did not mention it because it was “over”": not what the cue says."""
    anchor = setting.anchor
    below = [w for w in [anchor, *_above(setting)] if w is not None]
    path = below[: below.index(cue)] if cue in below else below
    return any(w.deprel.partition(":")[0] in ("advcl", "parataxis", "dep") for w in path)


def _nearest_cue(setting: Setting) -> Word | None:
    """The nearest verb of saying above the quotation and before it, unless a noun of saying is nearer."""
    for word in _above(setting):
        if word.lemma.lower() in cue_nouns() and word.upos == "NOUN":
            return None
        if is_cue(setting, word, ("say", "judge", "weak")):
            return word if word.start < setting.content.start else None
    return None


def _above(setting: Setting) -> Iterator[Word]:
    return (word for word in setting.above if not setting.quoted(word))


def _is_negated(setting: Setting, sentence: Sentence, cue: Word) -> bool:
    """ "never said", but not "not only said"."""
    below = _before_cue(setting, sentence, cue)
    negated = any(w.text.lower() in _NOT and w.deprel in ("advmod", "nsubj", "cc:preconj") for w in below)
    return negated and not any(w.text.lower() == "only" for w in below)


def _before_cue(setting: Setting, sentence: Sentence, cue: Word) -> list[Word]:
    """The words that hang on a cue and stand before it."""
    return [w for w in sentence.children(cue) if not setting.quoted(w) and w.index < cue.index]


def _is_supposed(setting: Setting, sentence: Sentence, cue: Word) -> bool:
    """ "if Lee had said", "no one said", "Lee should say"."""
    below = _before_cue(setting, sentence, cue)
    if any(w.text.lower() in _IF and w.deprel in ("mark", "case", "advmod") for w in below):
        return True
    if any(w.text.lower() in _DEMANDS and w.deprel == "aux" for w in below):
        return True
    subject = own_agent(setting, sentence, cue)
    phrase = sentence.subtree(subject, lambda w: w.index > cue.index) if subject else ()
    return bool(_NOBODY.match(" ".join(w.text for w in phrase)))


def _is_put_off(sentence: Sentence, cue: Word) -> bool:
    """ "denied calling it", "refused to say", "stopped short of calling it"."""
    verb = sentence.head(cue)
    if (
        verb is None
        or verb.upos not in ("VERB", "ADJ", "ADV")
        or cue.deprel.startswith(("acl", "conj", "parataxis"))
    ):
        return False
    if verb.lemma.lower() == "short" or (
        verb.lemma == "stop" and any(w.text == "short" for w in sentence.children(verb))
    ):
        return True
    return verb.lemma.lower() in _DENIALS and not any(w.text.lower() in _NOT for w in sentence.children(verb))


_TELLING_OF = frozenset(
    "quote cite hear recall remember accuse criticise criticize condemn mock attack blame".split()
)
"""Verbs whose object is the one who speaks in the clause that they govern."""


# "to quote |Hale: "
_TO_QUOTE = regex.compile(r"\b[Tt]o\squote\s+(?<who>(?:[\w.’'-]+\s){0,5}[\w.’'-]+)[,:]?\s*\Z")
# "quoted him |as “delighted”"
_AS = regex.compile(r"\bas\s+\Z")
_BLAMES = frozenset("quote cite accuse criticise criticize condemn mock attack blame".split())
"""Of these, the verbs that need a preposition: "accused Hale |of calling"."""


def quoted_person(setting: Setting) -> Word | None:
    """ "quoted Hale as saying", "accused Hale of calling", "to quote Hale": the one who is told of."""
    sentence, cue = setting.sentence, _nearest_cue(setting)
    if sentence is None:
        return None
    if match := _TO_QUOTE.search(setting.before()):
        return next(_phrases(setting, match.start("who") + setting.frame.start, setting.content.start), None)
    if cue is None:
        return _recalled(setting)
    if cue.lemma == "quote" and _AS.search(setting.before()) and not sentence.child(cue, "aux:pass"):
        return next(_phrases(setting, cue.end, setting.content.start), None)
    verb = sentence.head(cue)
    if (
        verb is None
        or not is_cue(setting, cue)
        or not _tells_of(setting, verb, cue)
        or verb.index > cue.index
    ):
        return None
    between = sentence.words[verb.index + 1 : cue.index]
    joined = bool(between) and between[-1].text.lower() in ("as", "of", "for", "over")
    if joined != (verb.lemma.lower() in _BLAMES) or any(w.text == "," for w in between):
        return None
    return next(_phrases(setting, verb.end, cue.start), None)


_RECORDINGS = frozenset("footage video clip recording tape audio film shot image picture scene".split())
_SHOWING = frozenset("show feature capture catch film record depict include use play".split())


def shown_person(setting: Setting) -> Word | None:
    """ "footage of Lee saying", "the video shows Lee telling them": the one who is seen to say it."""
    cues = [w for w in setting.outside if w.end <= setting.content.start and is_cue(setting, w)]
    if not cues or cues[-1].xpos != "VBG" or setting.sentence is None:
        return None
    before = setting.sentence.words[: cues[-1].index]
    while before and before[-1].upos in ("PROPN", "NOUN", "DET", "ADJ", "NUM", "PRON"):
        before = before[:-1]
    phrase = [w for w in setting.sentence.words[len(before) : cues[-1].index] if is_nominal(w)]
    lead = [w.lemma.lower() for w in before[-2:]]
    of_recording = len(lead) == 2 and lead[0].removesuffix("s") in _RECORDINGS and lead[1] == "of"
    if not phrase or not (of_recording or (lead and lead[-1] in _SHOWING and before[-1].upos == "VERB")):
        return None
    return next((w for w in phrase if w.deprel not in ("compound", "flat", "nmod:poss")), phrase[0])


def told_how(setting: Setting) -> Word | None:
    """ "recalls what Lee told him: “…”", "tells how Lee said: “…”": the subject of the nearer cue."""
    cues = [w for w in setting.outside if w.end <= setting.content.start and is_cue(setting, w)]
    if len(cues) < 2 or setting.sentence is None or not setting.before().rstrip().endswith((":", ",")):
        return None
    who = own_agent(setting, setting.sentence, cues[-1])
    if who is None or not cues[-2].index < who.index < cues[-1].index:
        return None
    between = setting.sentence.words[cues[-2].index + 1 : who.index]
    return who if between and between[0].text.lower() in ("what", "how") else None


def _recalled(setting: Setting) -> Word | None:
    """ "“…,” Lee recalled Hale telling her": the one between the two verbs."""
    after = [w for w in setting.sentence or () if w.start >= setting.quotation.outer.end][:12]
    telling = next((w for w in after if w.xpos == "VBG" and is_cue(setting, w)), None)
    verb = next((w for w in after if telling and w.index < telling.index and is_cue(setting, w)), None)
    if verb is None or telling is None or not _tells_of(setting, verb, telling):
        return None
    return next(_phrases(setting, verb.end, telling.start), None)


def _tells_of(setting: Setting, verb: Word, cue: Word) -> bool:
    """Whether a verb in the active voice tells of another's speech, and `cue` is that speech."""
    assert setting.sentence is not None
    told = verb.lemma.lower() in _TELLING_OF and cue.xpos in ("VBG", "VB", "VBP") and not setting.quoted(verb)
    return told and not any(w.deprel == "aux:pass" for w in setting.sentence.children(verb))


def _phrases(setting: Setting, start: int, end: int) -> Iterator[Word]:
    """Heads of the noun phrases between two characters that can speak."""
    assert setting.sentence is not None
    for word in setting.sentence:
        inner = (
            word.deprel in ("compound", "flat", "nmod:poss")
            or word.text.endswith(".")
            or setting.quoted(word)
        )
        if start <= word.start < end and is_nominal(word) and not inner and can_speak(setting.sentence, word):
            yield word


_WANTS = frozenset("appeal call demand plea request".split())
"""Nouns of saying whose words may come after "for"."""
_URGES = _WANTS | frozenset(
    "advice chant insistence mantra motto pledge promise reminder slogan suggestion threat vow "
    "warning".split()
)
"""Those whose words may come after "to": not "Lee’s speech to |“settle scores”"."""
_ON_THE_OCCASION = frozenset({"after", "at", "before", "during", "following", "in"})
"""Prepositions of a claim that is not what is told: "Hale said after |Lee’s speech that it was “over”"."""
_BETWEEN = frozenset("ADJ ADP ADV DET NOUN NUM PART PRON PROPN".split())
"""Parts of speech of what stands between a noun of saying and its clause: "Hale’s call |earlier in the night|
to"."""


def claimant(setting: Setting) -> Word | None:
    """ "Lee dismissed Hale’s claim that it was “over”": the owner of the claim that the quotation is from.

    Read from the order of words: parsers hang the clause on the verb as often as on the noun.
    """
    before = [w for w in setting.sentence or () if w.end <= setting.content.start and not setting.quoted(w)]
    if before and before[-1].text.lower() == "as":  # "described Hale’s claim that it was over as “absurd”"
        return None
    return _of_a_subject(setting, before) or _of_a_call(setting, before) or _of_a_clause(setting, before)


def _of_a_clause(setting: Setting, before: list[Word]) -> Word | None:
    """ "Hale’s claim that it was |“over”": whose claim it is, whatever the clause holds."""
    for noun, that in reversed(list(pairwise(before))):
        if is_cue(setting, noun) or is_cue(setting, that):
            return None
        if that.text.lower() == "that" and _is_claim(setting, noun, before):
            assert setting.sentence is not None
            owner, above = setting.sentence.child(noun, "nmod:poss"), setting.sentence.head(noun)
            # "Hale’s claim that it is over is “absurd”": the quotation is what is said of the claim.
            judged = above is not None and setting.quoted(above) and noun.deprel.startswith("nsubj")
            return owner if owner is not None and owner.upos == "PROPN" and not judged else None
    return None


def _of_a_call(setting: Setting, before: list[Word]) -> Word | None:
    """ "Hale’s call earlier that night to |“fight on”", "Hale’s demand for a |“fresh start”": whose it is."""
    while before and before[-1].upos in ("DET", "ADJ"):
        before = before[:-1]
    lead = before[-1].text.lower() if before else ""
    if lead not in ("to", "that", "for") or setting.sentence is None:
        return None
    fits = {"to": _URGES, "for": _WANTS, "that": cue_nouns()}[lead]
    for noun in reversed(before[:-1]):
        if noun.upos not in _BETWEEN:
            return None
        owner = setting.sentence.child(noun, "nmod:poss")
        if owner is not None and noun.lemma.lower() in fits and _is_claim(setting, noun, before):
            return owner if owner.upos == "PROPN" else None
    return None


def _is_claim(setting: Setting, noun: Word, before: list[Word]) -> bool:
    """Whether a word is a noun of saying, and not only the occasion of what a verb before it says."""
    assert setting.sentence is not None
    if noun.upos != "NOUN" or noun.lemma.lower() not in cue_nouns():
        return False
    told = any(is_cue(setting, w, ("say",)) for w in before[: before.index(noun)])
    return not (told and has_case(setting.sentence, noun, *_ON_THE_OCCASION))


def _of_a_subject(setting: Setting, before: list[Word]) -> Word | None:
    """ "Lee’s pledge to “stop the rot” has been broken, say critics": whose pledge it is."""
    after = next((w for w in setting.outside if w.start >= setting.quotation.outer.end), None)
    about = after is not None and after.upos in ("AUX", "VERB") and len(before) > 2
    if not about or setting.sentence is None or before[-1].text.lower() not in ("to", "of", "that"):
        return None
    is_pledge = before[-2].upos == "NOUN" and before[-2].lemma.lower() in cue_nouns()
    return setting.sentence.child(before[-2], "nmod:poss") if is_pledge else None


_WRITTEN_ON = frozenset(
    "sign banner placard poster shirt t-shirt hat cap headline plaque sticker billboard caption flag button "
    "badge tattoo label chyron".split()
)
# "“…”, |ran |the headline in the Herald"
_RAN = regex.compile(r",?\s*(?:ran|runs|screamed|blared)\s")
# "a banner |that read simply: “…”", "the headline |was “…”"
_READ = regex.compile(
    r"\b(?:reads?|reading|said|says|saying|proclaim(?:s|ed|ing)|declar(?:es|ed|ing)|stating"
    r"|(?<=(?:headline|slogan)\s)was)(?:\ssimply|\sin\spart)?[:,]?\s*\Z"
)


def inscription(setting: Setting) -> Word | None:
    """ "Lee carried a banner that read “…”": the thing that the words are written on."""
    if setting.sentence is None:
        return None
    if after := _RAN.match(setting.after()):
        thing = next(_phrases(setting, setting.quotation.outer.end + after.end(), setting.sentence.end), None)
        return thing if thing is not None and _is_written_on(thing) else None
    if not (read := _READ.search(setting.before())):
        return None
    verb_at = setting.quotation.outer.start - len(read.string) + read.start()
    before = [w for w in setting.sentence if w.end <= verb_at and not setting.quoted(w)]
    if before and before[-1].text.lower() in ("that", "which"):
        before.pop()
    written = before and _is_written_on(before[-1])
    return before[-1] if written else _placed(setting.sentence, before)


def _is_written_on(word: Word) -> bool:
    return word.text.lower().removesuffix("s") in _WRITTEN_ON


def _placed(sentence: Sentence, before: list[Word]) -> Word | None:
    """ "The sign on the gate |read": the thing, when where it is stands between."""
    nouns = [w for w in before if w.upos in ("NOUN", "PROPN")]
    if not before or not nouns or before[-1] is not nouns[-1]:
        return None
    head = sentence.head(nouns[-1])
    return head if head is not None and _is_written_on(head) and nouns[-1].deprel == "nmod" else None
