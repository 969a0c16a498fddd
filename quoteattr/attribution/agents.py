"""Finds the agent of a cue verb: the noun phrase for the person who speaks, "Lee" in "Lee said".

In most sentences the dependency tree shows the agent. In constructions that small models often parse wrongly
(inverted "said Lee", datelines, gerunds after a comma), the order of the words shows it.
"""

from __future__ import annotations

from collections.abc import Sequence

from quoteattr.attribution.setting import ParsedSetting
from quoteattr.lexicon import word_list
from quoteattr.parsing.dependency_tree import Sentence, Word
from quoteattr.parsing.predicates import RELATIVE, SUBJECT, can_speak, has_case, is_nominal

_QUOTING = word_list("attribution", "quoting_verbs")
_CAUSING = word_list("attribution", "causing_verbs")


def agent_of(setting: ParsedSetting, cue: Word) -> Word | None:
    """Returns the head of the cue's agent, or None if there is none.

    Tries in this order: the person whom the subject quotes ("Nair quoted Hale as saying"), the verb's own
    subject or by-phrase, the subject of the clause that a gerund depends on, the object of a verb of causing
    ("led her to say"), a subject that the verb shares with another ("rose and said"), the last noun phrase
    before the verb.
    """
    if (quoted := _quoted_by_another(setting.sentence, cue)) is not None:
        return quoted
    if _has_own_subject(setting.sentence, cue):
        return own_agent(setting, cue)
    if cue.xpos == "VBG" and _follows_comma(setting.sentence, cue):
        return _subject_of_main_clause(setting, cue)
    caused = _caused_to_say(setting.sentence, cue)
    return caused or _shared_subject(setting, cue) or possible_subject_before(setting, cue)


def _quoted_by_another(sentence: Sentence, cue: Word) -> Word | None:
    """Returns Hale in "Nair quoted Hale as saying"."""
    verb = sentence.head(cue)
    if verb is None or verb.lemma not in _QUOTING or cue.xpos != "VBG":
        return None
    return sentence.child(verb, "nsubj") if _is_passive(sentence, verb) else sentence.child(verb, "obj")


def _has_own_subject(sentence: Sentence, verb: Word) -> bool:
    subjects = sentence.children(verb, *SUBJECT)
    return any(can_speak(sentence, c) for c in subjects) or _is_passive(sentence, verb)


def _is_passive(sentence: Sentence, verb: Word) -> bool:
    if verb.xpos == "VBN" and verb.deprel == "acl":
        return True
    return any(c.deprel in ("nsubj:pass", "aux:pass") for c in sentence.children(verb))


def own_agent(setting: ParsedSetting, verb: Word) -> Word | None:
    """Returns the subject of a verb, or its by-phrase if it is passive; None if it has neither."""
    sentence = setting.sentence
    if _is_passive(sentence, verb) and not _is_quoted_as(sentence, verb):
        agents = [c for c in sentence.children(verb, "obl") if has_case(sentence, c, "by")]
        if agents or verb.lemma != "quote":
            return agents[0] if agents else None
    found = sentence.children(verb, *SUBJECT)
    subjects = [c for c in found if not setting.quoted(c) and can_speak(sentence, c)]
    # "whom he called": if a parse gives two subjects, the relative pronoun is in fact the object.
    plain = [c for c in subjects if c.text.lower() not in RELATIVE]
    # "said a source close to Lee": the name after a preposition is no second subject.
    plain = [c for c in plain if not _follows_preposition(sentence, c)] or plain
    if plain and verb.start < setting.content.start:
        return _subject_before(setting, verb, plain)
    return plain[-1] if plain else subjects[0] if subjects else None


def _follows_preposition(sentence: Sentence, word: Word) -> bool:
    return any(c.upos == "ADP" and c.index < word.index for c in sentence.children(word, "case"))


def _is_quoted_as(sentence: Sentence, verb: Word) -> bool:
    """Returns whether the subject of a passive verb speaks: "Lee was quoted by Tass as saying"."""
    clauses = sentence.children(verb, "advcl", "xcomp", "obl")
    markers = (w for clause in clauses for w in sentence.children(clause, "mark", "case"))
    return verb.lemma in _QUOTING and any(w.text.lower() == "as" for w in markers)


def _subject_before(setting: ParsedSetting, verb: Word, subjects: Sequence[Word]) -> Word:
    """For a verb before the quotation, returns the last of its subjects that stand before the verb.

    In "Hogue said supporters have been “galvanised”" parsers often take "supporters" for a subject of "said".
    """
    sentence = setting.sentence
    before = [c for c in subjects if c.index < verb.index]
    last = sentence.words[verb.index - 1] if verb.index else None
    if not before and last is not None and is_nominal(last) and not setting.quoted(last):
        return last if can_speak(sentence, last) else subjects[-1]
    return (before or subjects)[-1]


def _follows_comma(sentence: Sentence, word: Word) -> bool:
    near = sentence.words[max(0, word.index - 3) : word.index]
    before = [w for w in near if w.upos not in ("ADV", "CCONJ")]
    return bool(before) and before[-1].text in (",", "–", "—", "”")


def _subject_of_main_clause(setting: ParsedSetting, gerund: Word) -> Word | None:
    """Returns Lee in "Lee opened the door, saying …": the agent of the nearest governing verb that has
    one."""
    for verb in setting.sentence.ancestors(gerund):
        if verb.deprel.startswith(("acl", "ccomp")) or setting.quoted(verb):
            continue
        if (agent := own_agent(setting, verb)) is not None:
            return agent
    return possible_subject_before(setting, gerund)


def _caused_to_say(sentence: Sentence, cue: Word) -> Word | None:
    """Returns "her" in "a win that led her to declare …", "she" in "she was moved to say"."""
    verb = sentence.head(cue)
    if verb is None or verb.lemma not in _CAUSING or not sentence.child(cue, "mark"):
        return None
    if sentence.child(verb, "aux:pass"):
        return sentence.child(verb, "nsubj")
    caused = sentence.child(verb, "obj", "iobj")
    return caused if caused is not None and verb.index < caused.index < cue.index else None


def _shared_subject(setting: ParsedSetting, cue: Word) -> Word | None:
    """Returns the subject that a verb shares with another: "Lee rose and said", "Lee went on to say"."""
    verb = cue
    for above in setting.sentence.ancestors(cue):
        if verb.deprel.startswith("acl") and not setting.quoted(above):
            return above
        if verb.deprel not in ("conj", "xcomp", "advcl", "ccomp", "parataxis"):
            return None
        verb = above
        if not setting.quoted(verb) and (agent := own_agent(setting, verb)):
            return agent
    return None


def possible_subject_before(setting: ParsedSetting, word: Word) -> Word | None:
    """Returns the head of the last noun phrase before a word that could be its subject, or None."""
    sentence = setting.sentence
    for noun in reversed(sentence.words[: word.index]):
        if setting.quoted(noun) or noun.upos not in ("PROPN", "NOUN", "PRON"):
            continue
        if noun.deprel in ("compound", "flat", "nmod:poss") or not can_speak(sentence, noun):
            continue
        if not sentence.children(noun, "case"):
            return noun
    return None
