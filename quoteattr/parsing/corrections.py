"""Arcs that small parsers get wrong in newspaper frames and that can be put right from the order of words.

Each repair takes a sentence and gives it back, changed where its case is met. They hold for any parser: a
tree without the fault comes back as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import attrs

from quoteattr.lexicon import cue_kind, words
from quoteattr.parsing.dependency_tree import Sentence, Word
from quoteattr.parsing.predicates import SUBJECT, is_time


def repaired(sentence: Sentence) -> Sentence:
    """The sentence after every repair, in order."""
    for repair in REPAIRS:
        sentence = repair(sentence)
    return sentence


def day_before_a_name(sentence: Sentence) -> Sentence:
    """ "On Friday Otto Lund said": the name is the verb's subject, no part of the day."""
    changed = {}
    for day in sentence:
        if not is_time(sentence, day):
            continue
        name = [w for w in sentence.children(day, "flat", "compound", "appos") if w.upos == "PROPN"]
        if not name or name[0].index < day.index:
            continue
        verb = sentence.words[name[-1].index + 1 :][:1]
        if verb and verb[0].upos == "VERB" and not sentence.children(verb[0], *SUBJECT):
            changed[name[0].index] = attrs.evolve(name[0], head=verb[0].index, deprel="nsubj")
            changed |= {w.index: attrs.evolve(w, head=name[0].index, deprel="flat") for w in name[1:]}
    return _with(sentence, changed)


_NO_NAME = frozenset({"as", "having", "like", "than"})


def name_that_is_a_word(sentence: Sentence) -> Sentence:
    """ "Will wrote", "May said", "Early added": a capital right before a cue that has no subject is one."""
    changed = {}
    for name, verb in pairwise(sentence):
        if not _says(verb):
            continue
        taken = name.upos in ("AUX", "VERB", "ADP", "ADJ") or (name.upos == "ADV" and name.index > 0)
        named = taken and name.text.istitle() and name.text.lower() not in _NO_NAME
        if named and all(subject is name for subject in sentence.children(verb, *SUBJECT)):
            as_name = attrs.evolve(name, upos="PROPN", xpos="NNP", head=verb.index, deprel="nsubj")
            changed[name.index] = as_name
            if verb.head == name.index:
                changed[verb.index] = attrs.evolve(verb, head=name.head, deprel=name.deprel)
    return _with(sentence, changed)


def subject_of_the_clause(sentence: Sentence) -> Sentence:
    """ "Lund says police told him": of two subjects of "says", the second is that of "told"."""
    changed = {}
    for verb in sentence:
        if cue_kind(verb.text, verb.lemma) != "say":
            continue
        subjects = sentence.children(verb, *SUBJECT)
        clause = sentence.child(verb, "ccomp", "xcomp", "parataxis")
        if len(subjects) < 2 or clause is None or sentence.children(clause, *SUBJECT):
            continue
        first, second = subjects[0], subjects[-1]
        if first.index < verb.index < second.index < clause.index:
            changed[second.index] = attrs.evolve(second, head=clause.index)
    return _with(sentence, changed)


_NUMBERS = frozenset("one two three four five six seven eight nine ten dozens hundreds thousands".split())


def name_taken_for_a_number(sentence: Sentence) -> Sentence:
    """ "Pence went on": a capitalised subject that is no number is a name."""
    changed = {}
    for word in sentence:
        subject = word.upos == "NUM" and word.deprel.startswith(SUBJECT)
        if subject and word.text.isalpha() and word.text.istitle() and word.text.lower() not in _NUMBERS:
            changed[word.index] = attrs.evolve(word, upos="PROPN", xpos="NNP")
    return _with(sentence, changed)


_PHRASE = frozenset("DET ADJ NUM NOUN PROPN PRON".split())
"""Parts of speech that the words of a short noun phrase have."""
_NOUNS = ("PROPN", "NOUN", "PRON")


def _says(word: Word) -> bool:
    """Whether a word is a finite verb of saying."""
    return word.xpos in ("VBD", "VBZ") and cue_kind(word.text, word.lemma) == "say"


def _phrase(sentence: Sentence, word: Word, step: int) -> tuple[Word, ...]:
    """The short noun phrase right before (`step` -1) or after (1) a word; empty where there is none."""
    at = word.index + step
    while 0 <= at < len(sentence) and sentence.words[at].upos in _PHRASE:
        at += step
    first, last = sorted((word.index, at))
    phrase = sentence.words[first + 1 : last]
    return phrase if phrase and phrase[-1].upos in _NOUNS else ()


def _head(phrase: Sequence[Word]) -> Word:
    """The first noun of a phrase that no other of its words governs."""
    numbers = {w.index for w in phrase}
    return next((w for w in phrase if w.upos in _NOUNS and w.head not in numbers), phrase[-1])


def _is(sentence: Sentence, at: int, *marks: str) -> bool:
    return 0 <= at < len(sentence) and sentence.words[at].text in marks


def participle_before_the_subject(sentence: Sentence) -> Sentence:
    """ "Holding signs, the protesters chanted": it is not the signs that chanted."""
    first = next((w for w in sentence if w.upos != "PUNCT"), None)
    noun = sentence.head(first) if first is not None and first.xpos == "VBG" else None
    verb = sentence.head(noun) if noun is not None and noun.deprel.startswith(SUBJECT) else None
    if first is None or noun is None or verb is None or not first.index < noun.index < verb.index:
        return sentence
    phrase = _phrase(sentence, verb, -1)
    if not phrase or phrase[0].index <= noun.index or not _is(sentence, phrase[0].index - 1, ",", "”"):
        return sentence
    return _with(
        sentence,
        {
            first.index: attrs.evolve(first, head=verb.index, deprel="advcl"),
            noun.index: attrs.evolve(noun, head=first.index, deprel="obj"),
            _head(phrase).index: attrs.evolve(_head(phrase), head=verb.index, deprel="nsubj"),
        },
    )


_ASKED = frozenset({"told", "asked", "pressed", "questioned", "reminded", "shown", "quizzed"})


def asked_before_the_subject(sentence: Sentence) -> Sentence:
    """ "Told of the verdict, Lund wept": Lund is the subject of the verb after it."""
    comma = next((w for w in sentence if w.text == ","), None)
    if comma is None or sentence.words[0].text.lower() not in _ASKED:
        return sentence
    phrase = _phrase(sentence, comma, 1)
    verb = sentence.words[phrase[-1].index + 1] if phrase and phrase[-1].index + 1 < len(sentence) else None
    if verb is None or verb.xpos not in ("VBD", "VBZ") or sentence.child(verb, *SUBJECT):
        return sentence
    return _with(
        sentence, {_head(phrase).index: attrs.evolve(_head(phrase), head=verb.index, deprel="nsubj")}
    )


_INVERTED = frozenset("say write add argue explain note insist suggest claim think".split())
"""Verbs that take no person for an object: who stands right after one between commas speaks."""


def saying_between_commas(sentence: Sentence) -> Sentence:
    """ "The mayor, Lund said, was ill", "The trick, says Lund, is that": the trick does not say it."""
    changed = {}
    for cue in filter(_says, sentence):
        phrase = _between_commas(sentence, cue)
        clause = sentence.child(cue, "ccomp", "parataxis")
        if not phrase or clause is None or clause.index < cue.index:
            continue
        told = [w for w in sentence.children(cue, *SUBJECT) if w.index < min(phrase[0].index, cue.index)]
        if told:
            speaker = _head(phrase)
            changed[speaker.index] = attrs.evolve(speaker, head=cue.index, deprel="nsubj")
            changed |= {w.index: attrs.evolve(w, head=clause.index) for w in told}
    return _with(sentence, changed)


def _between_commas(sentence: Sentence, cue: Word) -> tuple[Word, ...]:
    """The noun phrase before or after a cue, if two commas hold nothing but the two of them."""
    before, after = _phrase(sentence, cue, -1), _phrase(sentence, cue, 1)
    opens = _is(sentence, (before[0].index if before else cue.index) - 1, ",")
    closes = _is(sentence, (after[-1].index if after else cue.index) + 1, ",")
    if not opens or not closes or (after and (before or cue.lemma not in _INVERTED)):
        return ()
    return before or after


def subject_before_its_clause(sentence: Sentence) -> Sentence:
    """ "On Sunday Lund, who has money, said": the clause between hides the subject from the cue."""
    changed = {}
    for cue in filter(_says, sentence):
        if cue.deprel != "root" or sentence.child(cue, *SUBJECT, "aux:pass"):
            continue
        who = next((w for w in reversed(sentence.words[: cue.index]) if w.text.lower() == "who"), None)
        noun = _antecedent(sentence, who) if who is not None and who.head != cue.index else None
        if noun is not None:
            changed[noun.index] = attrs.evolve(noun, head=cue.index, deprel="nsubj")
    return _with(sentence, changed)


def _antecedent(sentence: Sentence, who: Word) -> Word | None:
    """Head of the phrase before "who" and its brackets, unless it is governed as an object."""
    opening = next((w.index for w in sentence.words[: who.index] if w.text == "("), who.index)
    noun = next((w for w in reversed(sentence.words[:opening]) if w.upos != "PUNCT"), None)
    while noun is not None and noun.deprel in ("flat", "compound"):
        noun = sentence.head(noun)
    if noun is None or not (noun.upos in _NOUNS or noun.text.istitle()):
        return None
    return None if noun.deprel.startswith(("obj", "iobj", "obl", "nmod", *SUBJECT)) else noun


def joined_to_the_saying(sentence: Sentence) -> Sentence:
    """ "Lund said it would fail and called it": of the verbs, only the two cues are past."""
    changed = {}
    for verb in sentence:
        past_cue = verb.xpos == "VBD" and cue_kind(verb.text, verb.lemma) is not None
        if not past_cue or verb.deprel != "conj" or sentence.child(verb, *SUBJECT):
            continue
        joined, said = sentence.head(verb), next(filter(_says, sentence.ancestors(verb)), None)
        if joined is None or said is None or said is joined or said.xpos != "VBD":
            continue
        if sentence.child(verb, "cc") and _is_present(sentence, joined) and sentence.child(said, *SUBJECT):
            changed[verb.index] = attrs.evolve(verb, head=said.index)
    return _with(sentence, changed)


def _is_present(sentence: Sentence, verb: Word) -> bool:
    """Whether a predicate stands in the present or after a modal."""
    forms = [verb.xpos, *(w.xpos for w in sentence.children(verb, "aux", "cop"))]
    return "VBD" not in forms and any(form in ("VBZ", "VBP", "MD") for form in forms)


_PLACES = frozenset({"outside", "inside"})


def place_before_the_subject(sentence: Sentence) -> Sentence:
    """ "Outside court, Ms Lund said": the court does not say it."""
    comma = next((w for w in sentence.words[:5] if w.text == ","), None)
    if comma is None or sentence.words[0].text.lower() not in _PLACES:
        return sentence
    subjects = (w for w in sentence.words[1 : comma.index] if w.deprel.startswith(SUBJECT))
    place, phrase = next(subjects, None), _phrase(sentence, comma, 1)
    if place is None or not phrase:
        return sentence
    changed = {w.index: attrs.evolve(w, head=_head(phrase).index) for w in sentence.children(place, "acl")}
    changed[0] = attrs.evolve(sentence.words[0], head=place.index, deprel="case", upos="ADP", xpos="IN")
    changed[place.index] = attrs.evolve(place, deprel="obl")
    changed[_head(phrase).index] = attrs.evolve(_head(phrase), head=place.head, deprel="nsubj")
    return _with(sentence, changed)


def voice_for_another(sentence: Sentence) -> Sentence:
    """ "Said a lawyer for Mr Lund": it is not said for him."""
    changed = {}
    for noun in sentence:
        voice = sentence.head(noun) if noun.deprel == "obl" else None
        case = sentence.child(noun, "case") if voice is not None and _says(voice) else None
        if voice is None or case is None or case.text not in ("for", "of"):
            continue
        subject = next((w for w in sentence.children(voice, *SUBJECT) if w.index == case.index - 1), None)
        if subject is not None and subject.upos == "NOUN" and subject.index > voice.index:
            changed[noun.index] = attrs.evolve(noun, head=subject.index, deprel="nmod")
    return _with(sentence, changed)


def role_taken_for_a_verb(sentence: Sentence) -> Sentence:
    """ "Leeds boss Carl Lund had": the boss is no verb if a name and a finite verb follow."""
    for role in sentence:
        if role.upos != "VERB" or role.text not in words("roles"):
            continue
        phrase = _phrase(sentence, role, 1)
        verb = sentence.words[phrase[-1].index + 1 :][:1] if phrase else ()
        if not verb or not all(w.upos == "PROPN" for w in phrase):
            continue
        if verb[0].xpos not in ("VBD", "VBZ") or not sentence.children(role, *SUBJECT):
            continue
        name = _head(phrase)
        changed = {w.index: attrs.evolve(w, head=verb[0].index) for w in sentence.children(role)}
        for before in sentence.children(role, *SUBJECT):
            changed[before.index] = attrs.evolve(before, head=name.index, deprel="compound")
        changed[role.index] = attrs.evolve(role, upos="NOUN", xpos="NN", head=name.index, deprel="compound")
        changed[name.index] = attrs.evolve(name, head=verb[0].index, deprel="nsubj")
        changed[verb[0].index] = attrs.evolve(verb[0], head=role.head, deprel=role.deprel)
        return _with(sentence, changed)
    return sentence


REPAIRS: tuple[Callable[[Sentence], Sentence], ...] = (
    day_before_a_name,
    name_that_is_a_word,
    subject_of_the_clause,
    name_taken_for_a_number,
    participle_before_the_subject,
    asked_before_the_subject,
    saying_between_commas,
    subject_before_its_clause,
    joined_to_the_saying,
    place_before_the_subject,
    voice_for_another,
    role_taken_for_a_verb,
)


def _with(sentence: Sentence, changed: dict[int, Word]) -> Sentence:
    if not changed:
        return sentence
    return Sentence(tuple(changed.get(word.index, word) for word in sentence))
