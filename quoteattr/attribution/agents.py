"""Reading the sentence around a quotation: which verb is the cue, who is its agent, what is the noun phrase.

Everything here answers from the tree where the tree can be right, and from the order of words where small
models are known to go wrong (inverted "said Lee", datelines, gerunds after a comma).
"""

from __future__ import annotations

from collections.abc import Sequence

from quoteattr.attribution.setting import Setting
from quoteattr.lexicon import cue_kind, words
from quoteattr.parsing.dependency_tree import Sentence, Word
from quoteattr.parsing.predicates import RELATIVE, SUBJECT, can_speak, has_case, is_nominal
from quoteattr.schema import Mention, MentionKind, Span

_PRONOUNS = frozenset("i we you he she they it one this that these those who".split())


def is_cue(setting: Setting, word: Word, kinds: Sequence[str] = ("say", "judge")) -> bool:
    """Whether a word outside of quotations is a verb of saying of one of the kinds."""
    if not (word.upos == "VERB" or word.xpos.startswith("VB")) or setting.quoted(word):
        return False
    return cue_kind(word.text, word.lemma) in kinds or ("say" in kinds and _puts_it(setting, word))


def _puts_it(setting: Setting, word: Word) -> bool:
    """ "as Lee put it"."""
    objects = setting.sentence.children(word, "obj") if word.lemma == "put" and setting.sentence else ()
    return any(c.text.lower() == "it" for c in objects)


def agent(setting: Setting, cue: Word) -> Word | None:
    """Head of the phrase that says what the cue introduces, or None."""
    sentence = setting.sentence
    assert sentence is not None
    if (quoted := _quoted_by_another(sentence, cue)) is not None:
        return quoted
    if _has_subject_of_its_own(sentence, cue):
        return own_agent(setting, sentence, cue)
    if cue.xpos == "VBG" and _after_comma(sentence, cue):
        return _subject_of_clause(setting, sentence, cue)
    caused = _caused_to_say(sentence, cue)
    return caused or _inherited(setting, sentence, cue) or phrase_before(setting, sentence, cue)


_CAUSES = frozenset("cause compel drive force inspire lead move prompt provoke push spur tempt".split())
"""Verbs whose object does what follows: "a win that led |her| to declare"."""


def _caused_to_say(sentence: Sentence, cue: Word) -> Word | None:
    """In "a win that led her to declare …", her; in "she was moved to say", she."""
    verb = sentence.head(cue)
    if verb is None or verb.lemma not in _CAUSES or not sentence.child(cue, "mark"):
        return None
    if sentence.child(verb, "aux:pass"):
        return sentence.child(verb, "nsubj")
    caused = sentence.child(verb, "obj", "iobj")
    return caused if caused is not None and verb.index < caused.index < cue.index else None


def _quoted_by_another(sentence: Sentence, cue: Word) -> Word | None:
    """In "Nair quoted Hale as saying", the one who is quoted."""
    verb = sentence.head(cue)
    if verb is None or verb.lemma not in ("quote", "cite", "report") or cue.xpos != "VBG":
        return None
    if _is_passive(sentence, verb):
        return sentence.child(verb, "nsubj")
    return sentence.child(verb, "obj")


def _has_subject_of_its_own(sentence: Sentence, verb: Word) -> bool:
    return any(can_speak(sentence, c) for c in sentence.children(verb, *SUBJECT)) or _is_passive(
        sentence, verb
    )


def _is_passive(sentence: Sentence, verb: Word) -> bool:
    if verb.xpos == "VBN" and verb.deprel == "acl":
        return True
    return any(c.deprel in ("nsubj:pass", "aux:pass") for c in sentence.children(verb))


def own_agent(setting: Setting, sentence: Sentence, verb: Word) -> Word | None:
    if _is_passive(sentence, verb) and not _is_quoted_as(sentence, verb):
        agents = [c for c in sentence.children(verb, "obl") if has_case(sentence, c, "by")]
        if agents or verb.lemma != "quote":
            return agents[0] if agents else None
    subjects = [
        c for c in sentence.children(verb, *SUBJECT) if not setting.quoted(c) and can_speak(sentence, c)
    ]
    # "whom he called": of two subjects that a parse gives, the relative pronoun is the object.
    plain = [c for c in subjects if c.text.lower() not in RELATIVE]
    if plain and verb.start < setting.content.start:
        return _said_before(setting, sentence, verb, plain)
    return plain[-1] if plain else subjects[0] if subjects else None


def _is_quoted_as(sentence: Sentence, verb: Word) -> bool:
    """ "Lee was quoted by Tass as saying": the subject speaks, not who quotes."""
    clauses = sentence.children(verb, "advcl", "xcomp", "obl")
    told = any(
        w.text.lower() == "as" for clause in clauses for w in sentence.children(clause, "mark", "case")
    )
    return verb.lemma in ("quote", "cite", "report") and told


def _said_before(setting: Setting, sentence: Sentence, verb: Word, subjects: Sequence[Word]) -> Word:
    """Of the subjects of a verb before the quotation, the one before the verb.

    In "Hogue said supporters have been “galvanised”" parsers often take "supporters" for a subject of "said".
    """
    before = [c for c in subjects if c.index < verb.index]
    last = sentence.words[verb.index - 1] if verb.index else None
    if not before and last is not None and is_nominal(last) and not setting.quoted(last):
        return last if can_speak(sentence, last) else subjects[-1]
    return (before or subjects)[-1]


def _after_comma(sentence: Sentence, word: Word) -> bool:
    before = [
        w for w in sentence.words[max(0, word.index - 3) : word.index] if w.upos not in ("ADV", "CCONJ")
    ]
    return bool(before) and before[-1].text in (",", "–", "—", "”")


def _subject_of_clause(setting: Setting, sentence: Sentence, cue: Word) -> Word | None:
    """In "Lee opened the door, saying …", the subject of the nearest main verb above or else before."""
    for verb in sentence.ancestors(cue):
        if verb.deprel.startswith(("acl", "ccomp")) or setting.quoted(verb):
            continue
        agent = own_agent(setting, sentence, verb)
        if agent is not None:
            return agent
    return phrase_before(setting, sentence, cue)


def _inherited(setting: Setting, sentence: Sentence, cue: Word) -> Word | None:
    """The subject that a verb without one shares: "Lee rose and said", "Lee went on to say"."""
    verb: Word | None = cue
    for above in sentence.ancestors(cue):
        if verb is not None and verb.deprel.startswith("acl") and not setting.quoted(above):
            return above
        if verb is None or verb.deprel not in ("conj", "xcomp", "advcl", "ccomp", "parataxis"):
            return None
        verb = above
        if not setting.quoted(verb) and (agent := own_agent(setting, sentence, verb)):
            return agent
    return None


def phrase_before(setting: Setting, sentence: Sentence, cue: Word) -> Word | None:
    """The last phrase before the cue that could be its subject, whatever the tree says."""
    for word in reversed(sentence.words[: cue.index]):
        if setting.quoted(word) or word.upos not in ("PROPN", "NOUN", "PRON"):
            continue
        if word.deprel in ("compound", "flat", "nmod:poss") or not can_speak(sentence, word):
            continue
        if not sentence.children(word, "case"):
            return word
    return None


_NOT_IN_MENTION = frozenset("acl:relcl appos parataxis punct cc conj ccomp advcl discourse acl".split())


_REFLEXIVE = frozenset({"himself", "herself", "itself", "themselves"})


def mention_of(setting: Setting, head: Word) -> Mention:
    """The noun phrase around `head`, without what is set off by commas."""
    sentence = setting.sentence
    assert sentence is not None
    phrase = [
        w
        for w in sentence.subtree(
            head, skip=lambda w: w.deprel in _NOT_IN_MENTION and w.text not in ("-", "&")
        )
        if w.index == head.index or not setting.quoted(w)
    ]
    run = _run_around(phrase, head)
    while len(run) > 1 and run[0].index != head.index and _leads_in(run[0]):
        run = run[1:]
    if len(run) > 1 and (run[-1].text in ("'s", "'", "’s", "’") or run[-1].text in _REFLEXIVE):
        run = run[:-1]
    return Mention(Span.of(setting.text, run[0].start, run[-1].end), _kind(head, run))


def _leads_in(word: Word) -> bool:
    """Whether a first word only joins the phrase to others: "|according to |Lee", "|and |Lee"."""
    return word.upos in ("ADP", "CCONJ", "SCONJ", "PUNCT") or word.deprel in ("case", "fixed", "mark", "cc")


def _run_around(phrase: list[Word], head: Word) -> list[Word]:
    """The unbroken run of words that holds the head."""
    at = next(i for i, w in enumerate(phrase) if w.index == head.index)
    first = last = at
    while first > 0 and phrase[first - 1].index == phrase[first].index - 1:
        first -= 1
    while last + 1 < len(phrase) and phrase[last + 1].index == phrase[last].index + 1:
        last += 1
    return phrase[first : last + 1]


def _kind(head: Word, run: list[Word]) -> MentionKind:
    if len(run) == 1 and (head.upos == "PRON" or head.text.lower() in _PRONOUNS):
        return "pronoun"
    if head.upos == "PROPN" or any(w.upos == "PROPN" and w.deprel.startswith(("flat", "appos")) for w in run):
        return "name"
    return "nominal"


def cue_span(setting: Setting, cue: Word) -> Span:
    return Span.of(setting.text, cue.start, cue.end)


def antecedent_of(setting: Setting, cue: Word, head: Word) -> Word | None:
    """What a relative pronoun stands for: the noun that its clause hangs on, else the last one before it."""
    sentence = setting.sentence
    assert sentence is not None
    if head.text.lower() not in RELATIVE:
        return None
    clause = next((w for w in [cue, *sentence.ancestors(cue)] if w.deprel == "acl:relcl"), None)
    noun = sentence.head(clause) if clause else None
    if noun is not None and noun.index < head.index:
        # "bankers, brewers and Lee, who called it": the clause is about the last of a list.
        listed = [w for w in sentence.children(noun, "conj") if w.index < head.index and is_nominal(w)]
        named = _name_before(sentence, head) if head.text.lower() == "who" and not _is_human(noun) else None
        return named or (listed[-1] if listed else noun)
    return phrase_before(setting, sentence, head)


def _is_human(noun: Word) -> bool:
    """Whether "who" can stand for the noun."""
    return noun.upos != "NOUN" or noun.text.lower() in words("roles") | words("person_nouns")


def _name_before(sentence: Sentence, relative: Word) -> Word | None:
    """The name right before a relative pronoun: "an attack on |Lee|, who"."""
    before = [w for w in sentence.words[max(0, relative.index - 2) : relative.index] if w.upos != "PUNCT"]
    name = before[-1] if before and before[-1].upos == "PROPN" else None
    while name is not None and name.deprel in ("flat", "compound"):
        name = sentence.head(name)
    return name
