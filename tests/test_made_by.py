"""What made a result is named in it, whatever its form."""

from __future__ import annotations

import pytest

import quoteattr
from quoteattr import export
from quoteattr.parsing.dependency_tree import Parse, Sentence, Word
from quoteattr.records import made_by, weights_digest
from tests.results import sample


def test_the_version_and_the_weights_are_named() -> None:
    assert made_by() == f"quoteattr {quoteattr.__version__}, weights {weights_digest()}"
    assert made_by("stanza").endswith(", models stanza")


@pytest.mark.parametrize("form", ["tei", "webanno", "html", "conllu"])
def test_documents_name_it(form: str) -> None:
    result = sample()
    words = tuple(Word(i, i, i + 1, "x", "x", "X", "_", -1, "root") for i in range(2))
    documents = {
        "tei": lambda: export.to_tei([result]),
        "webanno": lambda: str(export.to_webanno([result])),
        "html": lambda: export.to_html([result]),
        "conllu": lambda: export.to_conllu([(result, Parse(result.article.text, (Sentence(words),)))]),
    }
    assert made_by() in documents[form]()


def test_the_package_greets_its_user() -> None:
    assert "attribute(text)" in (quoteattr.__doc__ or "")
    assert {name for name in dir(quoteattr) if not name.startswith("__")} == set(quoteattr.__all__)
