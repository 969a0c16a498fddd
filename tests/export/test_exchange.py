"""Forms of exchange, each checked by something that is not this project's."""

from __future__ import annotations

import json
import lzma
import re
from functools import cache
from pathlib import Path
from typing import Any

import attrs
import conllu
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from lxml import etree
from pyld import jsonld

from benchmarks import gold
from quoteattr.cli.program import article_json
from quoteattr.export.brat import gold_from_brat, to_brat
from quoteattr.export.conllu import to_conllu
from quoteattr.export.tei import NAMESPACE, to_tei
from quoteattr.export.webanno import CONTEXT, to_webanno
from quoteattr.parsing.dependency_tree import ROOT, Parse, Sentence, Word
from quoteattr.records import article_from_row, article_row, json_schema
from quoteattr.schema import AttributedArticle, Span
from tests.results import results, sample

SCHEMAS = Path(__file__).parent / "schemas"

"""On a busy machine making up results takes longer than hypothesis likes."""


class TestJson:
    VALIDATOR = Draft202012Validator(json_schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)

    def test_the_schema_is_a_schema(self) -> None:
        Draft202012Validator.check_schema(json_schema())

    @given(results())
    def test_there_and_back(self, result: AttributedArticle) -> None:
        row = json.loads(json.dumps(article_row(result)))
        self.VALIDATOR.validate(row)
        assert article_from_row(row) == result

    def test_what_the_command_line_prints(self) -> None:
        row = article_json(sample())
        assert "text" not in row
        self.VALIDATOR.validate(row)

    @pytest.mark.parametrize(
        "wrong",
        [{"speakers": None}, {"published": "2 May"}, {"more": 1}, {"quotations": [{"start": 1}]}],
        ids=lambda wrong: next(iter(wrong)),
    )
    def test_what_is_wrong_is_refused(self, wrong: dict[str, Any]) -> None:
        assert not self.VALIDATOR.is_valid({**article_row(sample()), **wrong})


@cache
def tei_schema() -> etree.RelaxNG:
    """The whole of TEI P5."""
    return etree.RelaxNG(etree.fromstring(lzma.decompress((SCHEMAS / "tei_all.rng.xz").read_bytes())))


def tei(path: str, *articles: AttributedArticle) -> Any:
    """What an XPath finds in the document of the articles, once the schema has passed it."""
    document = etree.fromstring(to_tei(articles).encode())
    assert tei_schema().validate(document), tei_schema().error_log
    return document.xpath(path, namespaces={"t": NAMESPACE})


@pytest.mark.slow  # the schema of TEI takes a quarter of a minute to compile
class TestTei:
    def test_speech_points_at_who_speaks(self) -> None:
        (who,) = set(tei("//t:said/@who", sample()))
        assert tei(f"//t:person[@xml:id='{who[1:]}']/t:persName/text()", sample()) == ["Ann Lee", "Ms Lee"]

    def test_pieces_of_a_statement_point_at_each_other(self) -> None:
        assert tei("//t:said[1]/@next", sample()) == ["#a1-q1"]
        assert tei("//t:said[2]/@prev", sample()) == ["#a1-q0"]

    def test_what_nobody_says_is_no_speech(self) -> None:
        assert tei("//t:q/text()", sample()) == ["bounce"]

    def test_what_is_known_of_the_article_is_in_the_header(self) -> None:
        assert tei("//t:publicationStmt/t:date/@when", sample()) == ["2024-05-02"]
        assert tei("//t:title/text()", sample()) == ["ice & snow"]

    def test_several_articles_are_a_corpus(self) -> None:
        assert tei("count(/t:teiCorpus/t:TEI)", sample(), sample()) == 2

    def test_no_article_is_an_empty_corpus_and_said_so(self) -> None:
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
    def test_quotations_that_do_not_cross_are_all_there(self, result: AttributedArticle) -> None:
        found = [a for a in result if a.speaker]
        alone = attrs.evolve(
            result, attributions=tuple(attrs.evolve(a, cue=None, mention=None, outlet=None) for a in found)
        )
        spans = [a.quotation.content for a in alone if len(a.quotation.content)]
        crossing = any(a.start < b.start < a.end < b.end for a in spans for b in spans)
        said = ["".join(element.itertext()) for element in tei("//t:said", alone)]
        assert crossing or sorted(said) == sorted(span.text for span in spans)


def offline(url: str, _: Any) -> dict[str, Any]:
    """The context, from this folder."""
    assert url == CONTEXT
    document = json.loads((SCHEMAS / "anno.context.json").read_text(encoding="utf-8"))
    return {
        "contentType": "application/ld+json",
        "contextUrl": None,
        "documentUrl": url,
        "document": document,
    }


def keys_of(value: Any) -> set[str]:
    """Every key of nested values."""
    if isinstance(value, list):
        return set().union(*map(keys_of, value))
    return set(value).union(*map(keys_of, value.values())) if isinstance(value, dict) else set()


class TestWebAnnotation:
    OA = "http://www.w3.org/ns/oa#"

    def expanded(self, result: AttributedArticle) -> list[Any]:
        """The annotations as a JSON-LD processor reads them."""
        (page,) = jsonld.expand(to_webanno([result]), {"documentLoader": offline})
        (items,) = page["http://www.w3.org/ns/activitystreams#items"]
        return list(items["@list"])

    def test_every_term_means_something_to_a_json_ld_processor(self) -> None:
        page = to_webanno([sample()])
        (expanded,) = jsonld.expand(page, {"documentLoader": offline, "keepFreeFloatingNodes": True})
        named = {key.rpartition(":")[2] for key in keys_of(page)} - {"@context", "quoteattr"}
        known = {re.split("[#:/]", key.removeprefix("@"))[-1] for key in keys_of(expanded)}
        renamed = {"body": "hasBody", "target": "hasTarget", "source": "hasSource", "selector": "hasSelector"}
        renamed |= {"motivation": "motivatedBy", "purpose": "hasPurpose"}
        assert {renamed.get(name, name) for name in named} <= known

    def test_speakers_are_bodies_and_spans_targets(self) -> None:
        first, _, third = self.expanded(sample())
        assert [b[f"{self.OA}hasPurpose"][0]["@id"] for b in first[f"{self.OA}hasBody"]] == [
            f"{self.OA}identifying",
            f"{self.OA}tagging",
        ]
        assert third.get(f"{self.OA}hasBody", []) == []

    @given(results())
    def test_selectors_select_the_words(self, result: AttributedArticle) -> None:
        text = result.article.text
        for item, attribution in zip(to_webanno([result])["items"], result, strict=True):
            position, quote = item["target"]["selector"]
            assert text[position["start"] : position["end"]] == attribution.quotation.content.text
            assert quote["prefix"] + quote["exact"] + quote["suffix"] in text
            assert " " not in item["target"]["source"]


def parsed(text: str) -> Parse:
    """A parse of the words between white space, a sentence a line, each word hanging on the first."""
    sentences = []
    for line in re.finditer(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+", text):
        spans = [m.span() for m in re.finditer(r"\S+", line[0])]
        words = [
            Word(
                i,
                line.start() + a,
                line.start() + b,
                line[0][a:b],
                "_",
                "X",
                "_",
                ROOT if not i else 0,
                "dep",
            )
            for i, (a, b) in enumerate(spans)
        ]
        if words:
            sentences.append(Sentence(tuple(words)))
    return Parse(text, tuple(sentences))


def said_in(written: str) -> dict[int, list[str]]:
    """The words of each quotation, as the conllu package reads them."""
    found: dict[int, list[str]] = {}
    for sentence in conllu.parse(written):
        for token in sentence:
            for tag in (token["misc"] or {}).get("Quotation", "").split(","):
                if tag:
                    found.setdefault(int(tag[2:]), []).append(token["form"])
    return found


class TestConllu:
    def test_a_reader_finds_the_quotations(self) -> None:
        written = to_conllu([(sample(), parsed(sample().article.text))])
        assert said_in(written)[1] == ["“and", "it", "will", "not", "hold.”"]
        first = conllu.parse(written)[1]
        assert first.metadata["sent_id"] == "ice & snow-2"
        about = first[0]["misc"]
        assert (about["Speaker"], about["Confidence"]) == ("Ann Lee", "0.912")
        assert [token["form"] for token in first if "Outlet" in token["misc"]] == ["Herald", "&", "Post,"]

    def test_words_that_share_their_letters_stand_under_the_whole(self) -> None:
        text = "du"
        words = tuple(
            Word(i, 0, 2, form, form, "X", "_", i - 1, "dep") for i, form in enumerate(("de", "le"))
        )
        (sentence,) = conllu.parse(
            to_conllu([(AttributedArticle(sample().article), Parse(text, (Sentence(words),)))])
        )
        assert [(token["id"], token["form"]) for token in sentence] == [
            ((1, "-", 2), "du"),
            (1, "de"),
            (2, "le"),
        ]

    @given(results(letters=st.sampled_from("ab“”|=% \n_#")))
    def test_every_word_of_a_quotation_is_marked(self, result: AttributedArticle) -> None:
        parse = parsed(result.article.text)
        expected: dict[int, list[str]] = {}
        for number, attribution in enumerate(result):
            span = attribution.quotation.content
            words = [w.text for s in parse.sentences for w in s if w.start < span.end and span.start < w.end]
            expected |= {number: words} if words else {}
        assert said_in(to_conllu([(result, parse)])) == expected


class TestBrat:
    @given(results(letters=st.sampled_from("ab“” \n\r")))
    def test_there_and_back(self, result: AttributedArticle) -> None:
        text = result.article.text
        record = gold_from_brat("a1", text, to_brat(result))
        expected = [
            (
                visible(a.quotation.content),
                a.speaker and [clean(n) for n in clean(a.speaker.name).split(";") if clean(n)],
            )
            for a in result
            if a.quotation.content.text.strip("\n\r")
        ]
        found = [(visible(Span.of(text, q["start"], q["end"])), q["entity"]) for q in record["quotes"]]
        assert sorted(map(repr, found)) == sorted(repr((place, names or None)) for place, names in expected)

    def test_mentions_and_outlets_come_back(self) -> None:
        text = sample().article.text
        first = gold_from_brat("a1", text, to_brat(sample()))["quotes"][0]
        assert (first["speaker_text"], first["outlet"]) == ("she", "Herald & Post")

    def test_what_an_annotator_corrects_is_scored(self, tmp_path: Path) -> None:
        text = sample().article.text
        ann = to_brat(sample()).replace("AnnotatorNotes T1\tAnn Lee", "AnnotatorNotes T1\tRita Day; Day")
        (tmp_path / "ice.txt").write_bytes(text.encode())
        (tmp_path / "ice.ann").write_text(ann, encoding="utf-8")
        (article,) = gold.load(str(tmp_path)).articles
        assert (article.id, article.text) == ("ice", text)
        assert [q.entity for q in article.quotations] == [("Rita Day", "Day"), ("Ann Lee",), ()]

    @pytest.mark.parametrize(
        ("ann", "message"),
        [
            ("T1\tQuotation 0 99\tIt\n", "line 1: 0 99 is not inside"),
            ("T1 Quotation\n", "line 1: no annotation"),
            ("T1\tQuotation 0 2\tIt\nR1\tSpeaker Arg1:T1 Arg2:T9\n", "T9 is pointed at"),
        ],
    )
    def test_what_cannot_be_read_is_named(self, ann: str, message: str) -> None:
        with pytest.raises(ValueError, match=message):
            gold_from_brat("a1", "It rained.", ann)


def clean(name: str) -> str:
    """A name as a note holds it."""
    return " ".join(name.split())


def visible(span: Span) -> tuple[int, int]:
    """The place of a span without line breaks at its ends."""
    start = span.start + len(span.text) - len(span.text.lstrip("\n\r"))
    return start, span.end - (len(span.text) - len(span.text.rstrip("\n\r")))
