"""TEI: valid by the schema of TEI P5, with the text unchanged."""

from __future__ import annotations

import lzma
import re
from functools import cache
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from quoteattr.export import to_tei
from quoteattr.export.tei import NAMESPACE
from quoteattr.schema import Article, AttributedArticle
from tests.results import HOSTILE, results, sample
from tests.strategies import acting

SCHEMAS = Path(__file__).parent / "schemas"


@cache
def tei_schema() -> etree.RelaxNG:
    """The schema of all of TEI P5."""
    return etree.RelaxNG(etree.fromstring(lzma.decompress((SCHEMAS / "tei_all.rng.xz").read_bytes())))


def tei(path: str, *articles: AttributedArticle) -> Any:
    """The result of an XPath in the document of some articles, which must be valid."""
    document = etree.fromstring(to_tei(articles).encode())
    assert tei_schema().validate(document), tei_schema().error_log
    return document.xpath(path, namespaces={"t": NAMESPACE})


@pytest.mark.slow  # the schema of TEI takes a quarter of a minute to compile
class TestTei:
    def test_said_refers_to_the_speaker(self) -> None:
        (who,) = set(tei("//t:said/@who", sample()))
        assert tei(f"//t:person[@xml:id='{who[1:]}']/t:persName/text()", sample()) == ["Ann Lee", "Ms Lee"]

    def test_parts_of_a_statement_refer_to_each_other(self) -> None:
        assert tei("//t:said[1]/@next", sample()) == ["#a1-q1"]
        assert tei("//t:said[2]/@prev", sample()) == ["#a1-q0"]

    def test_quotations_without_speaker_are_not_said(self) -> None:
        assert tei("//t:q/text()", sample()) == ["bounce"]

    def test_metadata_is_in_the_header(self) -> None:
        assert tei("//t:publicationStmt/t:date/@when", sample()) == ["2024-05-02"]
        assert tei("//t:title/text()", sample()) == ["ice & snow"]

    def test_an_address_with_half_a_surrogate_pair_is_written(self) -> None:
        article = Article("It rained.", url="https://a.example/\ud800é")
        result = AttributedArticle(article)
        assert tei("//t:ref/text()", result) == ["https://a.example/\ufffdé"]
        assert tei("//t:ptr/@target", result) == ["https://a.example/%EF%BF%BD%C3%A9"]

    def test_several_articles_make_a_corpus(self) -> None:
        assert tei("count(/t:teiCorpus/t:TEI)", sample(), sample()) == 2

    def test_no_article_is_an_error(self) -> None:
        with pytest.raises(ValueError, match="at least one article"):
            to_tei([])

    @given(results())
    def test_any_result_is_valid_and_keeps_its_text(self, result: AttributedArticle) -> None:
        (body,) = tei("//t:body", result)
        text = "".join(body.itertext())
        expected = re.sub(
            "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", result.article.text
        )
        assert text == expected

    @given(results(letters=st.sampled_from("ab“” \n")))
    def test_nested_quotations_are_all_there(self, result: AttributedArticle) -> None:
        found = [a for a in result if a.speaker]
        alone = attrs.evolve(
            result, attributions=tuple(attrs.evolve(a, cue=None, mention=None, outlet=None) for a in found)
        )
        spans = [part for a in alone for part in a.quotation.parts if len(part)]
        crossing = any(a.start < b.start < a.end < b.end for a in spans for b in spans)
        said = ["".join(element.itertext()) for element in tei("//t:said", alone)]
        assert crossing or sorted(said) == sorted(span.text for span in spans)


@given(HOSTILE)
def test_no_character_acts_on_a_terminal_and_the_text_is_kept(result: AttributedArticle) -> None:
    written = to_tei([result])
    assert acting(written, "\n\t") == set()
    body = etree.fromstring(written.encode()).find(f"{{{NAMESPACE}}}text")
    expected = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f]", "\ufffd", result.article.text)
    assert "".join(body.itertext()) == expected
