"""Finds noun phrases: the words that name a speaker, and the phrase that a relative pronoun refers to."""

from __future__ import annotations

from collections.abc import Iterator

from quoteattr.attribution.agents import possible_subject_before
from quoteattr.attribution.setting import ParsedSetting
from quoteattr.lexicon import cue_kind, word_list, words
from quoteattr.parsing.dependency_tree import Sentence, Word
from quoteattr.parsing.predicates import RELATIVE, can_speak, is_nominal, is_time, name_head
from quoteattr.schema import Mention, MentionKind, Span

_PRONOUNS = word_list("attribution", "mention_pronouns")
_REFLEXIVE = word_list("attribution", "reflexive_pronouns")
_NEVER = word_list("attribution", "negations")
_AFTER_NOUNS = word_list("attribution", "adjectives_after_nouns")
_NOT_IN_MENTION = frozenset("acl:relcl appos parataxis punct cc conj ccomp advcl discourse acl".split())
"""Relations of dependents that are not part of a mention."""
INNER = ("compound", "flat", "nmod:poss", "nmod:desc")
"""Relations of nouns that are a part of another noun's phrase."""


def mention_of(setting: ParsedSetting, head: Word) -> Mention:
    """Returns the noun phrase around `head`, without what is set off by commas."""

    def outside(word: Word) -> bool:
        if _is_manner(head, word):
            return True
        joined = word.deprel == "conj" and setting.sentence.words[word.index - 1].text == "&"
        goes_on = joined or (word.head == head.index and _goes_on(setting, head, word))
        return _is_outside_mention(word) and not goes_on

    phrase = [
        w
        for w in setting.sentence.subtree(head, skip=outside)
        if w.index == head.index or not setting.quoted(w)
    ]
    run = _with_name_before(setting.sentence, _run_around(phrase, head))
    run = _before_negation(_with_complement(setting, head, run))
    if head not in run or (run[-1].upos == "NOUN" and run[-1].deprel == "appos"):
        head = run[-1]
    while len(run) > 1 and run[0].index != head.index and _joins(run[0]):
        run = run[1:]
    if len(run) > 1 and (run[-1].text in ("'s", "'", "’s", "’") or run[-1].text in _REFLEXIVE):
        run = run[:-1]
    return Mention(Span.of(setting.text, run[0].start, run[-1].end), _kind(head, run))


def _with_name_before(sentence: Sentence, run: list[Word]) -> list[Word]:
    """Returns a lone noun with the name right before it, if the parse takes both for subjects: "said |Ann
    Lee| devotees"."""
    noun, first = run[0], run[0].index
    while len(run) == 1 and first and sentence.words[first - 1].upos == "PROPN":
        first -= 1
    name = name_head(sentence, sentence.words[first])
    both = name is not None and (name.head, name.deprel) == (noun.head, noun.deprel)
    return [*sentence.words[first : noun.index], *run] if both and noun.text.islower() else run


def _before_negation(run: list[Word]) -> list[Word]:
    """Returns the words before "never" or "not", if a phrase seems to hold it: in "|Lee| never tires" the
    parse takes the verb for a noun."""
    at = next((i for i, w in enumerate(run) if i and w.text.lower() in _NEVER), len(run))
    return run[:at]


def _is_outside_mention(word: Word) -> bool:
    return word.deprel in _NOT_IN_MENTION and word.text not in ("-", "&")


def _is_manner(head: Word, word: Word) -> bool:
    """Returns whether a word says how a person speaks: "said Lee |quietly|"."""
    return (
        head.upos == "PROPN" and word.upos == "ADV" and word.index > head.index and word.text.endswith("ly")
    )


def _goes_on(setting: ParsedSetting, head: Word, below: Word) -> bool:
    """Returns whether an apposition, or a participle with a name, follows a noun with no comma between: "club
    captain |Ann Lee|", "the doctor |treating Lee|"."""
    part = [w for w in setting.sentence.subtree(below) if w.index > head.index]
    if below.index < head.index or setting.sentence.words[part[0].index - 1].upos == "PUNCT":
        return False
    if head.upos == "PROPN":  # "Ann Lee’s |valet|", "Ann Lee |devotees|"
        return below.deprel == "appos" and below.upos == "NOUN" and below.text.islower()
    if head.upos == "NOUN" and below.deprel == "acl":
        says = cue_kind(below.text, below.lemma) is not None or any(map(setting.quoted, part))
        return below.xpos in ("VBG", "VBN") and not says and any(w.upos == "PROPN" for w in part)
    return head.upos == "NOUN" and below.deprel == "appos" and below.upos == "PROPN"


def _with_complement(setting: ParsedSetting, head: Word, run: list[Word]) -> list[Word]:
    """Returns the words with a preposition and a name after them that belong to them, whatever the tree says:
    "a source close |to Lee|", "said the minister |for Wales|"."""
    sentence, at = setting.sentence, run[-1].index + 1
    if len(run) < 2 or at >= len(sentence):
        return run
    preposition = sentence.words[at]
    noun = sentence.head(preposition)
    inverted = head.deprel == "nsubj" and head.head < head.index and run[0].upos == "DET"
    belongs = inverted and head is run[-1] and preposition.text in ("of", "for")
    if not (belongs or run[-1].text.lower() in _AFTER_NOUNS) or preposition.deprel != "case":
        return run
    if noun is None or noun.index < at or (belongs and noun.upos != "PROPN") or is_time(sentence, noun):
        return run
    phrase = [w for w in sentence.subtree(noun, skip=_is_outside_mention) if w.index >= at]
    return run + _run_around(phrase, preposition)


def _joins(word: Word) -> bool:
    """Returns whether the first word of a phrase only connects it with the words before: "|and| Lee"."""
    return word.upos in ("ADP", "CCONJ", "SCONJ", "PUNCT") or word.deprel in ("case", "fixed", "mark", "cc")


def _run_around(phrase: list[Word], head: Word) -> list[Word]:
    """Returns the unbroken run of words around the head."""
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
    joined = (w for w in run if w.head == head.index and w.deprel.startswith(("flat", "appos")))
    if head.upos == "PROPN" or any(w.upos == "PROPN" for w in joined):
        return "name"
    return "nominal"


def antecedent_of(setting: ParsedSetting, cue: Word, head: Word) -> Word | None:
    """Returns the head of the phrase that a relative pronoun refers to; None if `head` is not a relative
    pronoun.

    That is the noun that the pronoun's clause modifies, or else the last noun phrase before the pronoun.
    """
    sentence = setting.sentence
    if head.text.lower() not in RELATIVE:
        return None
    clause = next((w for w in [cue, *sentence.ancestors(cue)] if w.deprel == "acl:relcl"), None)
    noun = sentence.head(clause) if clause else None
    if noun is not None and noun.index < head.index:
        # "bankers, brewers and Lee, who called it": the clause is about the last of a list.
        listed = [w for w in sentence.children(noun, "conj") if w.index < head.index and is_nominal(w)]
        named = _name_before(sentence, head) if head.text.lower() == "who" and not _is_human(noun) else None
        return named or (listed[-1] if listed else noun)
    return possible_subject_before(setting, head)


def _is_human(noun: Word) -> bool:
    """Returns whether "who" can stand for the noun."""
    return noun.upos != "NOUN" or noun.text.lower() in words("roles") | words("person_nouns")


def _name_before(sentence: Sentence, relative: Word) -> Word | None:
    """Returns the head of the name right before a relative pronoun: "an attack on |Lee|, who"."""
    before = [w for w in sentence.words[max(0, relative.index - 2) : relative.index] if w.upos != "PUNCT"]
    return name_head(sentence, before[-1]) if before and before[-1].upos == "PROPN" else None


def heads_between(setting: ParsedSetting, start: int, end: int) -> Iterator[Word]:
    """Yields the heads of noun phrases between two offsets that are not quoted and can be speakers."""
    for word in setting.sentence:
        inner = word.deprel in INNER or word.text.endswith(".") or setting.quoted(word)
        if start <= word.start < end and is_nominal(word) and not inner and can_speak(setting.sentence, word):
            yield word
