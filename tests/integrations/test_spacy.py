"""spaCy's trees, converted to Universal Dependencies."""

from __future__ import annotations

from typing import Any

import pytest

from quoteattr.integrations.spacy import attribute_doc, parse_of
from quoteattr.parsing.dependency_tree import ROOT
from quoteattr.schema import Article

spacy = pytest.importorskip("spacy")


def doc_of(*rows: str, spaces: bool = True) -> Any:
    """A document of words given as form/UPOS/head/relation, with heads counted from 1, and 0 for the root."""
    cells = [row.split("/") for row in " ".join(rows).split()]
    words = [c[0] for c in cells]
    return spacy.tokens.Doc(
        spacy.blank("en").vocab,
        words=words,
        spaces=[spaces] * (len(words) - 1) + [False],
        pos=[c[1] for c in cells],
        tags=["VBD" if c[1] == "VERB" else "_" for c in cells],
        lemmas=[{"said": "say", "is": "be", "was": "be"}.get(w, w.lower()) for w in words],
        heads=[i if c[2] == "0" else int(c[2]) - 1 for i, c in enumerate(cells)],
        deps=[c[3] for c in cells],
    )


def tree(*rows: str) -> list[str]:
    """Each word as form<head:relation."""
    (sentence,) = parse_of(doc_of(*rows)).sentences
    return [f"{w.text}<{'' if w.head == ROOT else sentence.words[w.head].text}:{w.deprel}" for w in sentence]


@pytest.mark.parametrize(
    ("given", "converted"),
    [
        (
            "Lee/PROPN/2/nsubj spoke/VERB/0/ROOT to/ADP/2/prep them/PRON/3/pobj",
            "Lee<spoke:nsubj spoke<:root to<them:case them<spoke:obl",
        ),
        (
            "a/DET/2/det friend/NOUN/0/ROOT of/ADP/2/prep Lee/PROPN/3/pobj rang/VERB/2/relcl",
            "a<friend:det friend<:root of<Lee:case Lee<friend:nmod rang<friend:acl:relcl",
        ),
        (
            "it/PRON/3/nsubjpass was/AUX/3/auxpass told/VERB/0/ROOT by/ADP/3/agent Lee/PROPN/4/pobj",
            "it<told:nsubj:pass was<told:aux:pass told<:root by<Lee:case Lee<told:obl",
        ),
        (
            "Lee/PROPN/2/nsubj is/AUX/0/ROOT the/DET/4/det mayor/NOUN/2/attr",
            "Lee<mayor:nsubj is<mayor:cop the<mayor:det mayor<:root",
        ),
        (
            "Lee/PROPN/4/nsubj ,/PUNCT/1/punct Ray/PROPN/1/conj met/VERB/0/ROOT her/PRON/4/dobj",
            "Lee<met:nsubj ,<Lee:punct Ray<Lee:conj met<:root her<met:obj",
        ),
        (
            "came/VERB/0/ROOT ,/PUNCT/1/punct saw/VERB/1/conj and/CCONJ/3/cc won/VERB/3/conj it/PRON/5/dobj",
            "came<:root ,<came:punct saw<came:conj and<won:cc won<came:conj it<won:obj",
        ),
        (
            "left/VERB/0/ROOT after/ADP/1/prep saying/VERB/2/pcomp yes/INTJ/3/dobj",
            "left<:root after<saying:mark saying<left:advcl yes<saying:obj",
        ),
    ],
    ids=["preposition", "preposition of a noun", "agent", "copula", "two", "three joined", "clause"],
)
def test_trees_are_converted(given: str, converted: str) -> None:
    assert tree(given) == converted.split()


def test_a_tree_in_universal_dependencies_is_not_changed() -> None:
    given = "Lee/PROPN/2/nsubj spoke/VERB/0/root to/ADP/4/case them/PRON/2/obl"
    assert tree(given) == ["Lee<spoke:nsubj", "spoke<:root", "to<them:case", "them<spoke:obl"]


def test_white_space_tokens_are_left_out() -> None:
    doc = spacy.tokens.Doc(
        spacy.blank("en").vocab,
        words=["It", "\n", "rained"],
        spaces=[True, False, False],
        pos=["PRON", "SPACE", "VERB"],
        tags=["PRP", "_SP", "VBD"],
        lemmas=["it", "\n", "rain"],
        heads=[2, 0, 2],
        deps=["nsubj", "dep", "ROOT"],
    )
    (sentence,) = parse_of(doc).sentences
    assert [(w.text, w.start, w.head) for w in sentence] == [("It", 0, 1), ("rained", 4, ROOT)]


def test_a_document_without_parse_is_an_error() -> None:
    with pytest.raises(ValueError, match="lacks TAG, LEMMA, DEP"):
        parse_of(spacy.blank("en")("It rained."))


def test_an_empty_document_has_no_quotations() -> None:
    assert len(attribute_doc(spacy.blank("en")(" "))) == 0


def test_metadata_of_the_article_is_kept() -> None:
    doc = spacy.blank("en")("")
    assert attribute_doc(doc, article=Article("", id="a7")).article.id == "a7"
