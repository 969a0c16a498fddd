"""How each format writes speech without marks: its kind and its parts."""

from __future__ import annotations

import pytest

from quoteattr.export import gold_from_brat, to_brat, to_conllu, to_html, to_tei, to_webanno
from quoteattr.parsing.dependency_tree import Parse, Sentence, Word
from quoteattr.schema import Article, AttributedArticle, Attribution, Quotation, Span, Speaker

TEXT = "The plan, Ann Lee said, is “over” for good."
ANN = Speaker("Ann Lee", "person")


def span(words: str) -> Span:
    return Span.of(TEXT, TEXT.index(words), TEXT.index(words) + len(words))


PARTS = (span("The plan"), span("is “over” for good"))
HULL = span("The plan, Ann Lee said, is “over” for good")
MIXED = Attribution(Quotation(HULL, HULL, "mixed", PARTS), span("said"), speaker=ANN, statement=0)
DIRECT = Attribution(Quotation(span("over"), span("“over”")), span("said"), speaker=ANN, statement=0)
RESULT = AttributedArticle(Article(TEXT, id="a1"), (MIXED, DIRECT), (ANN,))
PLAIN = AttributedArticle(Article(TEXT, id="a1"), (DIRECT,), (ANN,))


def test_tei_links_the_parts_and_says_that_they_are_not_direct() -> None:
    document = to_tei([RESULT])
    assert 'xml:id="a1-q0" who="#a1-s0" cert="0" direct="false" next="#a1-q0-1">The plan</said>' in document
    assert 'xml:id="a1-q0-1" who="#a1-s0" cert="0" direct="false" prev="#a1-q0">is “<said' in document
    assert 'xml:id="a1-q1" who="#a1-s0" cert="0">over</said>' in document


def test_brat_has_a_fragment_for_each_part_and_restores_the_kind() -> None:
    ann = to_brat(RESULT)
    assert ann.startswith("T1\tMixed 0 8;24 42\tThe plan is “over” for good\n")
    first, second = gold_from_brat("a1", TEXT, ann)["quotes"]
    assert (first["kind"], first["content_spans"]) == ("mixed", [[0, 8], [24, 42]])
    assert "kind" not in second


def test_web_annotations_have_a_target_for_each_part() -> None:
    first, second = to_webanno([RESULT])["items"]
    words = [target["selector"][1]["exact"] for target in first["target"]]
    assert (words, first["quoteattr:kind"]) == (["The plan", "is “over” for good"], "mixed")
    assert "quoteattr:kind" not in second


def test_conllu_marks_the_words_of_the_parts() -> None:
    places = [span(word) for word in ("The", "Lee", "over")]
    words = [Word(i, s.start, s.end, s.text, s.text, "X", "_", -1, "root") for i, s in enumerate(places)]
    rows = to_conllu([(RESULT, Parse(TEXT, (Sentence(tuple(words)),)))]).splitlines()[4:7]
    assert "Quotation=B-0|QuotationKind=mixed" in rows[0]
    assert "Quotation" not in rows[1]
    assert "Quotation=I-0,B-1|Speaker" in rows[2]


@pytest.mark.parametrize(("result", "shown"), [(RESULT, True), (PLAIN, False)])
def test_pages_have_a_switch_for_reports_if_there_are_any(result: AttributedArticle, shown: bool) -> None:
    page = to_html([result])
    assert ('<input class="unmarked"' in page) == shown
    assert page.count(" reported") == 2 * shown
    assert page.count('tabindex="0"') == 1 + shown
