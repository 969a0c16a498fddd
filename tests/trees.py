"""Parses written by hand: each word as form/UPOS/head/relation, heads from 1, 0 for the root.

A Penn tag that the form does not show is added to the part of speech: branded/VERB+VBN/0/root.
"""

from __future__ import annotations

from hypothesis import strategies as st

from quoteattr.parsing.dependency_tree import ROOT, Parse, Sentence, Word

TENSES = {
    "says": "VBZ",
    "has": "VBZ",
    "is": "VBZ",
    "would": "MD",
    "will": "MD",
    "spoke": "VBD",
    "wept": "VBD",
    "went": "VBD",
    "met": "VBD",
    "told": "VBD",
    "had": "VBD",
    "was": "VBD",
}
LEMMAS = {
    "said": "say",
    "says": "say",
    "saying": "say",
    "asked": "ask",
    "told": "tell",
    "called": "call",
    "calls": "call",
    "calling": "call",
    "quoted": "quote",
    "accused": "accuse",
    "recalled": "recall",
    "refused": "refuse",
    "led": "lead",
    "moved": "move",
    "shows": "show",
    "words": "word",
    "spoke": "speak",
    "would": "would",
}


def tag_of(form: str, upos: str) -> str:
    """The Penn tag of a verb, from its form; "_" for other words."""
    if upos not in ("VERB", "AUX"):
        return "_"
    if form.endswith("ing"):
        return "VBG"
    return TENSES.get(form, "VBD" if form.endswith(("ed", "aid")) else "VB")


def read_tree(words: str, text: str | None = None, start: int = 0) -> Sentence:
    """A sentence from its words, with offsets in a text; by default the words joined by spaces."""
    cells = [word.rsplit("/", 3) for word in words.split()]
    text = text or " ".join(form for form, *_ in cells)
    made: list[Word] = []
    for index, (form, upos, head, relation) in enumerate(cells):
        start = text.index(form, start)
        upos, _, tag = upos.partition("+")
        lemma = LEMMAS.get(form, form.lower())
        above = int(head) - 1 if head != "0" else ROOT
        end = start + len(form)
        made.append(Word(index, start, end, form, lemma, upos, tag or tag_of(form, upos), above, relation))
        start = end
    return Sentence(tuple(made))


def read_parse(text: str, *sentences: str) -> Parse:
    """A parse of a text from its sentences."""
    made: list[Sentence] = []
    for words in sentences:
        made.append(read_tree(words, text, made[-1].end if made else 0))
    return Parse(text, tuple(made))


def write_word(word: Word) -> str:
    """A word in the form that `read_tree` reads."""
    return f"{word.text}/{word.upos}/{word.head + 1}/{word.deprel}"


# What a cell may hold: a word has neither tabs nor spaces nor line breaks in it.
CELL = st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), min_size=1, max_size=8)
TAG = st.sampled_from(["NOUN", "PROPN", "VERB", "PRON", "PUNCT", "_"])
RELATION = st.sampled_from(["nsubj", "nsubj:pass", "obj", "ccomp", "acl:relcl", "flat", "punct", "dep"])


@st.composite
def sentences(draw: st.DrawFn) -> Sentence:
    """Sentences in which any word may depend on any other, cycles included."""
    length = draw(st.integers(1, 8))
    words = []
    for index in range(length):
        start = draw(st.integers(0, 500))
        end = start + draw(st.integers(0, 9))
        head = draw(st.integers(ROOT, length - 1))
        cells = draw(CELL), draw(CELL), draw(TAG), draw(TAG)
        words.append(Word(index, start, end, *cells, head, draw(RELATION)))
    return Sentence(tuple(words))
