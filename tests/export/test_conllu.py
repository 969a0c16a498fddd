"""CoNLL-U: read with the conllu package."""

from __future__ import annotations

import re
from urllib.parse import unquote

import conllu
from hypothesis import given
from hypothesis import strategies as st

from quoteattr.export import to_conllu
from quoteattr.parsing.dependency_tree import ROOT, Parse, Sentence, Word
from quoteattr.schema import AttributedArticle
from tests.results import HOSTILE, results, sample
from tests.strategies import acting


def parsed(text: str) -> Parse:
    """A parse with a sentence per line and a word per run of non-space characters, the first one the root."""
    sentences = []
    for line in re.finditer(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+", text):
        spans = [m.span() for m in re.finditer(r"\S+", line[0])]
        offset = line.start()
        words = [
            Word(i, offset + a, offset + b, line[0][a:b], "_", "X", "_", 0 if i else ROOT, "dep")
            for i, (a, b) in enumerate(spans)
        ]
        if words:
            sentences.append(Sentence(tuple(words)))
    return Parse(text, tuple(sentences))


def quoted_words(document: str) -> dict[int, list[str]]:
    """The words of each quotation, read with the conllu package."""
    found: dict[int, list[str]] = {}
    for sentence in conllu.parse(document):
        for token in sentence:
            for tag in (token["misc"] or {}).get("Quotation", "").split(","):
                if tag:
                    found.setdefault(int(tag[2:]), []).append(token["form"])
    return found


class TestConllu:
    def test_the_conllu_package_reads_the_quotations(self) -> None:
        written = to_conllu([(sample(), parsed(sample().article.text))])
        assert quoted_words(written)[1] == ["“and", "it", "will", "not", "hold.”"]
        first = conllu.parse(written)[1]
        assert first.metadata["sent_id"] == "ice & snow-2"
        about = first[0]["misc"]
        assert (about["Speaker"], about["Confidence"]) == ("Ann Lee", "0.912")
        assert [token["form"] for token in first if "Outlet" in token["misc"]] == ["Herald", "&", "Post,"]

    @given(HOSTILE)
    def test_no_character_acts_on_a_terminal_and_offsets_are_those_of_the_text(
        self, result: AttributedArticle
    ) -> None:
        text = result.article.text
        written = to_conllu([(result, parsed(text))])
        assert acting(written, "\n\t") == set()
        for line in written.splitlines():
            if line[:1].isdigit():
                cells = line.split("\t")
                misc = dict(entry.split("=", 1) for entry in cells[9].split("|"))
                word = text[int(misc["start_char"]) : int(misc["end_char"])]
                assert len(cells[1]) == len(word)
                assert acting(word, "") or cells[1] == word

    @given(HOSTILE)
    def test_values_of_misc_can_be_decoded(self, result: AttributedArticle) -> None:
        written = to_conllu([(result, parsed(result.article.text))])
        names = {a.speaker.name for a in result if a.speaker}
        assert {unquote(found) for found in re.findall(r"\|Speaker=([^|\t\n]*)", written)} <= names

    def test_words_that_share_characters_get_a_range_row(self) -> None:
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
        assert quoted_words(to_conllu([(result, parse)])) == expected
