"""Makes new frames from parts of treebank sentences: speakers, audiences, times and places of real reports.

Newspapers put the verb before the speaker (`“It works,” said Ann Lee, the mayor, on Tuesday.`) and
hang appositions and relative clauses on the name; the treebanks have few such sentences. Each frame
made here is a flat tree around a verb of saying, so that it is correct if its parts are.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable

from attrs import evolve, field, frozen

from benchmarks.training import styles, trees
from benchmarks.training.conllu import Sentence, Word
from benchmarks.training.frames import placeholder

REPORTING = frozenset(
    (
        *(
            "say",
            "tell",
            "add",
            "write",
            "ask",
            "warn",
            "note",
            "explain",
            "announce",
            "argue",
            "claim",
            "state",
        ),
        *(
            "insist",
            "report",
            "reply",
            "suggest",
            "admit",
            "declare",
            "recall",
            "conclude",
            "believe",
            "think",
        ),
        *("know", "hope", "want"),
    )
)
"""Lemmas of verbs whose subjects speak."""

VERBS: dict[tuple[str, str, str], int] = {
    ("said", "say", "VBD"): 40,
    ("says", "say", "VBZ"): 12,
    ("added", "add", "VBD"): 8,
    ("wrote", "write", "VBD"): 4,
    ("explained", "explain", "VBD"): 3,
    ("asked", "ask", "VBD"): 3,
    ("warned", "warn", "VBD"): 3,
    ("insisted", "insist", "VBD"): 2,
    ("recalled", "recall", "VBD"): 2,
    ("replied", "reply", "VBD"): 2,
    ("noted", "note", "VBD"): 2,
    ("argued", "argue", "VBD"): 2,
    ("tweeted", "tweet", "VBD"): 2,
    ("adds", "add", "VBZ"): 2,
    ("declared", "declare", "VBD"): 1,
    ("admitted", "admit", "VBD"): 1,
    ("announced", "announce", "VBD"): 1,
    ("claimed", "claim", "VBD"): 1,
    ("concluded", "conclude", "VBD"): 1,
    ("writes", "write", "VBZ"): 1,
    ("joked", "joke", "VBD"): 1,
}
"""Verb forms with weights, roughly as common as they are in news; chosen by hand."""

LONGEST = {"speaker": 24, "audience": 6, "circumstance": 10}
"""Words in a part, at most: longer ones are mostly errors of cutting."""

AUDIENCES = (
    *("reporters", "journalists", "lawmakers", "supporters", "the court", "the newspaper", "the audience"),
    *("Reuters", "CNN", "the BBC", "the Guardian", "the Times", "the Associated Press", "the Daily Mail"),
    *("the Sunday Telegraph", "the New York Times", "Fox News", "Sky News"),
)
"""Audiences of news, of which the treebanks, with their "told me", have few."""

CIRCUMSTANCES = (
    *("on Monday", "on Tuesday", "on Wednesday", "on Thursday", "on Friday", "on Saturday", "on Sunday"),
    *(
        "last week",
        "this week",
        "last month",
        "in a statement",
        "in an interview",
        "in a speech",
        "in an email",
    ),
    *("at a rally", "at a press conference", "at the hearing", "after the meeting", "in court", "on Twitter"),
    "on Facebook",
)
"""Circumstances of news."""

MONTHS = {"Jan.": "January", "Feb.": "February", "Aug.": "August", "Sept.": "September", "Oct.": "October"}
"""Months as American papers cut them before a day ("on Jan. 5"): their full stop ends no sentence."""

TITLES = (
    *("Mr.", "Mrs.", "Ms.", "Dr.", "Mr", "Mrs", "Ms", "Dr", "Prof.", "Rev.", "Sen.", "Rep.", "Gov.", "Gen."),
    *(
        "Lt.",
        "Sgt.",
        "Capt.",
        "Col.",
        "Supt.",
        "Det.",
        "Judge",
        "Sir",
        "Lord",
        "Lady",
        "President",
        "Senator",
    ),
)
"""Titles before a name; the treebanks have a few dozen "Mr." and "Dr.", and next to none of the others."""

TITLED, AGED = 0.25, 0.12
"""Shares of the full names among speakers that get a title, or an age between commas."""

PLACING = frozenset(["in", "on", "at", "during", "after", "before"])
"""Prepositions of the circumstances taken from treebanks; others ("of that", "about him") say what of."""


@frozen
class Parts:
    """Phrases found in treebanks, each a tree of its own."""

    speakers: list[Sentence] = field(factory=list)
    """Subjects of verbs of saying, and names with a title, an apposition or a "who" clause."""
    pronouns: list[Sentence] = field(factory=list)
    """Pronoun subjects of verbs of saying."""
    audiences: list[Sentence] = field(factory=list)
    """Who was told."""
    circumstances: list[Sentence] = field(factory=list)
    """When, where and in what words were said ("on Tuesday", "in a statement")."""


def found_in(sentences: Iterable[Sentence]) -> Parts:
    """The parts of all the sentences."""
    parts = Parts()
    for sentence in sentences:
        for number, word in enumerate(sentence.words, 1):
            _collect(parts, sentence, number, word)
    return parts


def made_from(parts: Parts, count: int, rng: random.Random) -> list[list[Sentence]]:
    """``count`` frames, each a paragraph of one or two sentences."""
    makers, weights = zip(*_MAKERS, strict=True)
    return [rng.choices(makers, weights)[0](parts, rng) for _ in range(count)]


def _collect(parts: Parts, sentence: Sentence, number: int, word: Word) -> None:
    head = sentence.words[word.head - 1] if word.head else None
    told = head is not None and head.upos == "VERB" and head.lemma in REPORTING
    if told and word.deprel == "nsubj" and word.upos == "PRON":
        if word.xpos == "PRP" and word.form.lower() in ("he", "she", "they"):
            parts.pronouns.append(Sentence((evolve(word, form=word.form.lower(), head=0, space_after=True),)))
    elif (told and word.deprel == "nsubj") or _introduced(sentence, number):
        _keep(parts.speakers, sentence, number, "speaker")
    elif told and word.deprel == "iobj" and word.form.lower() not in ("me", "us", "you"):
        _keep(parts.audiences, sentence, number, "audience")
    elif told and word.head < number and word.deprel == "obl":
        _keep(parts.circumstances, sentence, number, "circumstance")


def _introduced(sentence: Sentence, number: int) -> bool:
    """Whether the word is a name of which more is said, in an apposition or a "who" clause."""
    word = sentence.words[number - 1]
    if word.upos != "PROPN" or word.deprel not in (
        "nsubj",
        "nsubj:pass",
        "obj",
        "obl",
        "obl:agent",
        "nmod",
        "conj",
        "root",
    ):
        return False
    below = trees.children(sentence, number)
    roles = {sentence.words[n - 1].upos for n in below if sentence.words[n - 1].deprel == "appos"}
    who = any(
        sentence.words[m - 1].lemma == "who"
        for n in below
        if sentence.words[n - 1].deprel == "acl:relcl"
        for m in trees.children(sentence, n)
    )
    return who or "NOUN" in roles  # a name beside a name is mostly a place in a place, or a date


def _keep(kept: list[Sentence], sentence: Sentence, number: int, kind: str) -> None:
    inside = trees.descendants(sentence, number)
    if kind == "speaker":  # "by Ann Lee" -> "Ann Lee"
        inside = _without_case(sentence, number, inside)
    while inside and sentence.words[inside[-1] - 1].upos == "PUNCT":  # the comma that closes an apposition
        inside = inside[:-1]
    part = trees.phrase(sentence, inside)
    if part is None or len(part.words) > LONGEST[kind] or not _clean(part, kind):
        return
    first = part.words[0]
    if first.upos in ("DET", "ADJ", "ADP", "PRON", "NOUN") and first.form[1:].islower():
        part = evolve(part, words=(evolve(first, form=first.form.lower()), *part.words[1:]))
    kept.append(trees.spaced(part, True))


def _without_case(sentence: Sentence, number: int, inside: list[int]) -> list[int]:
    """The phrase without what ties it to its sentence: prepositions, conjunctions, punctuation before it."""
    ties = {
        n
        for n in trees.children(sentence, number)
        if sentence.words[n - 1].deprel in ("case", "cc", "punct", "mark")
    }
    return [n for n in inside if not (n in ties and n < number)]


def _clean(part: Sentence, kind: str) -> bool:
    if any(
        styles.is_mark(word) or word.upos in ("X", "SYM", "INTJ") or word.form in "([])"
        for word in part.words
    ):
        return False
    if part.words[0].upos in ("PUNCT", "CCONJ", "SCONJ"):
        return False
    if kind == "circumstance":
        plain = all(word.upos not in ("VERB", "AUX", "PUNCT") for word in part.words)
        return plain and len(part.words) > 1 and part.words[0].form.lower() in PLACING
    return kind != "speaker" or trees.root(part).upos in ("NOUN", "PROPN")


def _noun_phrase(text: str) -> Sentence:
    """`in a statement`, `the Daily Mail`, `last week`: a phrase of plain shape, its noun at the end."""
    *before, noun = text.split()
    top = len(before) + 1
    words = [_before(form, top) for form in before]
    tag = ("PROPN", "NNP") if noun[0].isupper() else ("NOUN", "NNS" if noun in AUDIENCES else "NN")
    deprel = "obl" if before and before[0] in PLACING else "obl:unmarked"
    lemma = noun.removesuffix("s") if tag[1] == "NNS" else noun
    return Sentence((*words, Word(noun, lemma, *tag, 0, deprel)))


def _before(form: str, top: int) -> Word:
    if form in PLACING:
        return Word(form, form, "ADP", "IN", top, "case")
    if form in ("a", "an", "the", "this"):
        return Word(form, "a" if form == "an" else form, "DET", "DT", top, "det")
    if form == "last":
        return Word(form, form, "ADJ", "JJ", top, "amod")
    tag = ("PROPN", "NNP") if form[0].isupper() else ("NOUN", "NN")
    return Word(form, form, *tag, top, "compound")


def _verb(rng: random.Random, subject: Sentence) -> Sentence:
    """A verb of saying that agrees with its subject: in the present only beside a plain singular."""
    [(form, lemma, xpos)] = rng.choices(list(VERBS), list(VERBS.values()))
    singular = trees.root(subject).xpos in ("NN", "NNP") and all(
        word.deprel != "conj" for word in subject.words
    )
    if xpos == "VBZ" and not singular:
        form, xpos = "said", "VBD"
        lemma = "say"
    return Sentence((Word(form, lemma, "VERB", xpos, 0, "root"),))


def _punct(form: str, space: bool = True) -> Sentence:
    xpos = {",": ",", ":": ":", ";": ":"}.get(form, ".")
    return Sentence((Word(form, form, "PUNCT", xpos, 0, "punct", space),))


def _quotation(rng: random.Random, final: str, capital: bool = True) -> Sentence:
    return placeholder(capital, _punct(final).words[0] if final else None)


def _speaker(parts: Parts, rng: random.Random) -> Sentence:
    """A speaker; a full name may get a title, or an age if nothing follows it."""
    part = rng.choice(parts.speakers)
    full = part.words[0].head == 0 and len(part.words) > 1 and part.words[1].deprel == "flat"
    chance = rng.random()
    if full and chance < TITLED:
        return _titled(part, rng.choice(TITLES))
    if full and chance < TITLED + AGED and all(word.deprel == "flat" for word in part.words[1:]):
        return _aged(part, str(rng.randint(18, 90)))
    return part


def _titled(part: Sentence, title: str) -> Sentence:
    """`Sen. Bob Corker`: the title hangs from the name, as in the treebanks."""
    word = Word(title, title, "PROPN", "NNP", 0, "nmod:desc")
    return trees.join([(Sentence((word,)), "nmod:desc"), (part, "root")])


def _aged(part: Sentence, years: str) -> Sentence:
    """`Ann Lee, 71`: the age hangs from the name, as in the treebanks."""
    comma, number = Word(",", ",", "PUNCT", ",", 2, "punct"), Word(years, years, "NUM", "CD", 0, "amod")
    return trees.join([(trees.spaced(part, False), "root"), (Sentence((comma, number)), "amod")])


def _heavy(part: Sentence) -> bool:
    """Whether the phrase ends in an apposition or a clause between commas, which a comma must close."""
    return any(word.form == "," for word in part.words)


def _circumstance(parts: Parts, rng: random.Random, share: float = 0.35) -> list[tuple[Sentence, str]]:
    """In ``share`` of the cases, when or where: half as the treebanks have it, half as news has it."""
    if rng.random() > share:
        return []
    if rng.random() < 0.5:
        return [(rng.choice(parts.circumstances), "obl")]
    dated = rng.random() < 0.15
    part = (
        _date(rng.choice(list(MONTHS)), rng.randint(1, 28))
        if dated
        else _noun_phrase(rng.choice(CIRCUMSTANCES))
    )
    return [(part, trees.root(part).deprel)]


def _date(month: str, day: int) -> Sentence:
    """`on Jan. 5`: the day is the head, as in the treebanks."""
    on, name = (
        Word("on", "on", "ADP", "IN", 3, "case"),
        Word(month, MONTHS[month], "PROPN", "NNP", 3, "nmod:unmarked"),
    )
    return Sentence((on, name, Word(str(day), str(day), "NUM", "CD", 0, "obl")))


def _closed(part: Sentence, followed: bool) -> Sentence:
    """The phrase, with the comma that closes an apposition if more follows."""
    if not (followed and _heavy(part)):
        return part
    words = trees.spaced(part, False).words
    top = next(n for n, word in enumerate(words, 1) if word.head == 0)
    return evolve(
        trees.spaced(part, False),
        words=(*words, Word(",", ",", "PUNCT", ",", _comma_head(part) or top, "punct")),
    )


def _comma_head(part: Sentence) -> int | None:
    """The last apposition or relative clause: its closing comma hangs from it, as its opening one does."""
    heads = [word.head for word in part.words if word.form == ","]
    return heads[-1] if heads else None


def _finish(pieces: list[tuple[Sentence, str]], final: str = ".") -> Sentence:
    """The joined pieces as a sentence: a capital first, no space before the full stop."""
    *rest, (last, deprel) = pieces
    stop = [(trees.spaced(last, False), deprel), (_punct(final), "punct")] if final else [(last, deprel)]
    return trees.join([*rest, *stop])


def _opening(rng: random.Random) -> list[tuple[Sentence, str]]:
    """The quotation that opens a frame; now and then none, as where the sentence splitter cuts after it."""
    if rng.random() < 0.1:
        return []
    return [(_quotation(rng, rng.choices(",?!", (8, 1, 1))[0]), "ccomp")]


def _inverted(parts: Parts, rng: random.Random) -> list[Sentence]:
    """`“It works,” said Ann Lee, the mayor, on Tuesday.`"""
    after = _circumstance(parts, rng)
    speaker = _closed(_speaker(parts, rng), bool(after))
    pieces = [*_opening(rng), (_verb(rng, speaker), "root"), (speaker, "nsubj"), *after]
    return [_finish(pieces), *_more(rng)]


def _fronted(parts: Parts, rng: random.Random) -> list[Sentence]:
    """`“It works,” Ann Lee, the mayor, said on Tuesday.`"""
    speaker = _closed(_speaker(parts, rng), True)
    pieces = [*_opening(rng), (speaker, "nsubj"), (_verb(rng, speaker), "root"), *_circumstance(parts, rng)]
    return [_finish(pieces), *_more(rng)]


def _by_pronoun(parts: Parts, rng: random.Random) -> list[Sentence]:
    """`“It works,” he said on Tuesday.`"""
    speaker = rng.choice(parts.pronouns)
    pieces = [*_opening(rng), (speaker, "nsubj"), (_verb(rng, speaker), "root")]
    return [_finish([*pieces, *_circumstance(parts, rng)]), *_more(rng)]


def _following(parts: Parts, rng: random.Random) -> list[Sentence]:
    """`Ann Lee, the mayor, said on Tuesday: “It works.”`"""
    subject = _subject(parts, rng)
    pieces = [(trees.capitalised(subject), "nsubj"), (_verb(rng, subject), "root")]
    return [_then_quotation(pieces, parts, rng)]


def _told(parts: Parts, rng: random.Random) -> list[Sentence]:
    """`“It works,” Ann Lee told the Times on Tuesday.` and `She told the Times: “It works.”`"""
    subject = _subject(parts, rng)
    found = rng.random() < 0.4
    audience = rng.choice(parts.audiences) if found else _noun_phrase(rng.choice(AUDIENCES))
    told = [(Sentence((Word("told", "tell", "VERB", "VBD", 0, "root"),)), "root"), (audience, "iobj")]
    if rng.random() < 0.4:
        return [_then_quotation([(trees.capitalised(subject), "nsubj"), *told], parts, rng)]
    return [_finish([*_opening(rng), (subject, "nsubj"), *told, *_circumstance(parts, rng)]), *_more(rng)]


def _split(parts: Parts, rng: random.Random) -> list[Sentence]:
    """`“It works,” said Ann Lee, “it works.”`"""
    speaker = _speaker(parts, rng)
    middle = [(_verb(rng, speaker), "root"), (_closed(speaker, True), "nsubj")]
    if rng.random() < 0.5:
        middle.reverse()
    last, deprel = middle.pop()
    pieces = [(_quotation(rng, ","), "ccomp"), *middle, (last, deprel)]
    if last.words[-1].form != ",":
        pieces[-1:] = [(trees.spaced(last, False), deprel), (_punct(","), "punct")]
    return [trees.join([*pieces, (_quotation(rng, ".", capital=False), "parataxis")])]


def _according(parts: Parts, rng: random.Random) -> list[Sentence]:
    """`“It works,” according to Ann Lee, the mayor.`"""
    case = Sentence(
        (
            Word("according", "accord", "VERB", "VBG", 0, "case"),
            Word("to", "to", "ADP", "IN", 1, "fixed"),
        )
    )
    source = trees.join([(case, "case"), (_speaker(parts, rng), "root")])
    return [_finish([(_quotation(rng, ","), "root"), (source, "obl")])]


def _subject(parts: Parts, rng: random.Random) -> Sentence:
    """A subject before its verb: a pronoun in three cases of ten, else a speaker and its closing comma."""
    return rng.choice(parts.pronouns) if rng.random() < 0.3 else _closed(_speaker(parts, rng), True)


def _then_quotation(pieces: list[tuple[Sentence, str]], parts: Parts, rng: random.Random) -> Sentence:
    """The pieces, a colon or comma or neither, and the quotation."""
    *rest, (last, deprel) = [*pieces, *_circumstance(parts, rng, 0.25)]
    mark = rng.choices((":", ",", ""), (4, 4, 1))[0]
    if not mark:
        return trees.join([*rest, (last, deprel), (_quotation(rng, ".", capital=False), "ccomp")])
    quotation = trees.join([(_punct(mark), "punct"), (_quotation(rng, "."), "root")])
    return trees.join([*rest, (trees.spaced(last, False), deprel), (quotation, "ccomp")])


def _more(rng: random.Random) -> list[Sentence]:
    """Now and then the quotation that goes on after its frame, a sentence of its own."""
    return [_quotation(rng, rng.choice(".?!"))] if rng.random() < 0.08 else []


_MAKERS: tuple[tuple[Callable[[Parts, random.Random], list[Sentence]], int], ...] = (
    (_inverted, 30),
    (_fronted, 18),
    (_by_pronoun, 8),
    (_following, 15),
    (_told, 16),
    (_split, 7),
    (_according, 4),
)
"""Frame makers and how often each is drawn: inverted frames most, for the treebanks lack them most."""
