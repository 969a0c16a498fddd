"""The Stanza processor, on the bundled models."""

from __future__ import annotations

from typing import Any

import pytest
from stanza.models.coref.coref_chain import CorefChain, CorefMention
from stanza.pipeline.processor import NAME_TO_PROCESSOR_CLASS

import quoteattr
from quoteattr.integrations.stanza import QuoteProcessor, chains_of
from quoteattr.parsing.stanza_parser import PROCESSORS, load_pipeline

pytestmark = pytest.mark.slow

TEXT = "Ann Lee met Rita Day. “The ice is thin,” she told the Herald. “Yes,” said Day."


@pytest.fixture(scope="module")
def nlp() -> Any:
    return load_pipeline(processors=f"{PROCESSORS},quote")


def test_importing_the_module_registers_the_processor() -> None:
    assert NAME_TO_PROCESSOR_CLASS["quote"] is QuoteProcessor


def test_quotes_are_the_result_of_attribute(nlp: Any) -> None:
    quotes = nlp(TEXT).quotes
    assert quotes.article.text == TEXT
    expected = quoteattr.attribute(TEXT)
    assert [(a.quotation, a.speaker, a.outlet) for a in quotes] == [
        (a.quotation, a.speaker, a.outlet) for a in expected
    ]


def test_many_documents_at_once(nlp: Any) -> None:
    assert [len(document.quotes) for document in nlp.bulk_process([TEXT, "It rained."])] == [2, 0]


def test_pronouns_follow_coreference_chains(nlp: Any) -> None:
    document = nlp(TEXT)
    day, she = CorefMention(0, 3, 5), CorefMention(1, 7, 8)
    said = document.sentences[she.sentence].words[she.start_word]
    assert said.text == "she"
    document.coref = [CorefChain(0, [day, she], "Rita Day", 0)]
    assert [[span.text for span in chain] for chain in chains_of(document)] == [["Rita Day", "she"]]
    quotes = nlp.processors["quote"].process(document).quotes
    assert [a.speaker.name for a in quotes] == ["Rita Day", "Rita Day"]


def test_a_document_without_text_is_an_error(nlp: Any) -> None:
    document = nlp("It rained.")
    document.text = None
    with pytest.raises(ValueError, match="needs a document with text"):
        nlp.processors["quote"].process(document)
