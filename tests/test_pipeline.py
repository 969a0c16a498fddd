"""The composition: what goes in, what comes out, and that no text and no parse makes it fail."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import pairwise

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

import quoteattr
from quoteattr import Article, AttributedArticle
from quoteattr.parsing.dependency_tree import Parse, Sentence, Word
from tests.recorded import recorded

TAGS = ["NOUN", "PROPN", "VERB", "PRON", "ADP", "PUNCT", "NUM", "CCONJ"]
RELATIONS = (
    "nsubj nsubj:pass obj obl ccomp xcomp acl:relcl appos flat compound case conj advcl parataxis cop".split()
)

PIECES = (
    "“We will go home now,” “No,” ‘it is fine here’ “ ” ‘ ’ \" ' said Ann Lee the mayor she he they told "
    "asked Mr Hale Herald according to who called it as put : — , . ? \n\n \u200b 🎈 e\u0301 \x00 \ud7ff "
    "İ ﬁ \u202e NATO (AP) —"
).split(" ")
NEWS = st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join)
ANY_TEXT = NEWS | st.text(max_size=80)


class Fancy:
    """A Parser that gives any forest over the words it sees: sentences, tags and heads by chance."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def parse(self, texts: Sequence[str]) -> list[Parse]:
        return [Parse(text, tuple(self._sentences(text))) for text in texts]

    def _sentences(self, text: str) -> Iterator[Sentence]:
        found = list(regex.finditer(r"\w+|[^\w\s]", text))
        while found:
            size = self._random.randint(1, len(found))
            yield Sentence(tuple(self._word(i, m, size) for i, m in enumerate(found[:size])))
            found = found[size:]

    def _word(self, index: int, match: regex.Match[str], size: int) -> Word:
        chance, form = self._random, match.group()
        tag, relation = chance.choice(TAGS), chance.choice(RELATIONS)
        xpos = chance.choice(["VBD", "VBG", "NN", "NNP", "_"])
        head = chance.randint(-1, size - 1)
        return Word(index, match.start(), match.end(), form, form.lower(), tag, xpos, head, relation)


PARSERS = st.integers(0, 2**32).map(Fancy)


def spans_of(result: AttributedArticle) -> Iterator[quoteattr.Span]:
    for attribution in result:
        yield attribution.quotation.content
        yield from filter(None, [attribution.cue])
        yield from (found.span for found in (attribution.mention, attribution.outlet) if found)


@given(ANY_TEXT, PARSERS)
@settings(deadline=None)
def test_no_text_and_no_parse_makes_it_fail(text: str, parser: Fancy) -> None:
    result = quoteattr.attribute(text, parser=parser)
    found = quoteattr.find_quotations(text)
    assert [attribution.quotation for attribution in result] == found
    assert all(text[span.start : span.end] == span.text for span in spans_of(result))


@given(ANY_TEXT, PARSERS)
@settings(deadline=None)
def test_confidence_is_a_probability_and_every_answer_says_what_decided(text: str, parser: Fancy) -> None:
    for attribution in quoteattr.attribute(text, parser=parser):
        assert 0.0 <= attribution.confidence <= 1.0
        if attribution.mention is not None:
            assert attribution.decided_by


@given(ANY_TEXT, PARSERS)
@settings(deadline=None)
def test_statements_are_numbered_from_nought_in_order(text: str, parser: Fancy) -> None:
    numbers = [a.statement for a in quoteattr.attribute(text, parser=parser)]
    first = list(dict.fromkeys(number for number in numbers if number is not None))
    assert first == list(range(len(first)))


@given(ANY_TEXT, PARSERS)
@settings(deadline=None)
def test_where_nobody_is_named_nobody_speaks(text: str, parser: Fancy) -> None:
    for attribution in quoteattr.attribute(text, parser=parser):
        if attribution.mention is None:
            assert (attribution.speaker, attribution.outlet, attribution.statement) == (None, None, None)


@given(ANY_TEXT, PARSERS)
@settings(deadline=None)
def test_speakers_are_those_of_the_quotations_once_each(text: str, parser: Fancy) -> None:
    result = quoteattr.attribute(text, parser=parser)
    assert list(result.speakers) == list(dict.fromkeys(a.speaker for a in result if a.speaker))


def test_results_are_in_the_order_of_the_text() -> None:
    result = quoteattr.attribute(
        "“The bridge,” Priya Nair said, “will be rebuilt by spring.”", parser=Fancy(1)
    )
    assert all(a.quotation.outer.start < b.quotation.outer.start for a, b in pairwise(result))


@pytest.mark.parametrize("text", ["", " \n\n ", "No one said a word.", "\x00", "’"])
def test_a_text_without_quotations_needs_no_parser(text: str) -> None:
    class Never:
        def parse(self, texts: Sequence[str]) -> list[Parse]:
            raise AssertionError(f"asked to parse {texts}")

    result = quoteattr.attribute(text, parser=Never())
    assert (len(result), result.attributions, result.speakers) == (0, (), ())


def test_the_article_comes_back_as_it_was_given() -> None:
    article = Article("“Yes,” she said.", id="a1", publisher="Herald", url="https://herald.example/1")
    assert quoteattr.attribute(article, parser=Fancy(1)).article == article


def test_a_publisher_is_read_only_where_none_is_given() -> None:
    text = "It rained.\n\nRead more at Herald.example"
    assert quoteattr.attribute(text).article.publisher == "Herald.example"
    assert quoteattr.attribute(Article(text, publisher="Echo")).article.publisher == "Echo"


@pytest.mark.parametrize("wrong", [None, b"bytes", 7, ["“We go”"]])
def test_what_is_no_article_is_named(wrong: object) -> None:
    with pytest.raises(TypeError, match=f"a str or an Article, got {type(wrong).__name__}"):
        quoteattr.attribute(wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize("field", ["text", "id", "publisher", "published", "url"])
def test_what_is_no_field_of_an_article_is_named(field: str) -> None:
    with pytest.raises(TypeError, match=field):
        Article(**{"text": "It rained.", field: 7})  # type: ignore[arg-type]


@pytest.mark.parametrize(("option", "value"), [("batch_size", 0), ("batch_size", -3), ("workers", 0)])
def test_a_number_out_of_range_is_named(option: str, value: int) -> None:
    with pytest.raises(ValueError, match=rf"{option} must be 1.*got {value}"):
        list(quoteattr.attribute_many(["It rained."], **{option: value}))  # type: ignore[arg-type]


def test_options_are_keywords_only() -> None:
    with pytest.raises(TypeError, match="positional"):
        quoteattr.attribute("It rained.", Fancy(1))  # type: ignore[call-arg]


WRONG_CALLS = [
    pytest.param(
        lambda: list(quoteattr.attribute_many("“We go,” she said.")), "articles", id="one text for many"
    ),
    pytest.param(
        lambda: quoteattr.attribute("“We go,” she said.", parser="bundled"),  # type: ignore[arg-type]
        "parser",
        id="parser",
    ),
    pytest.param(
        lambda: list(quoteattr.attribute_many([], batch_size="3")),  # type: ignore[arg-type]
        "batch_size",
        id="batch size",
    ),
    pytest.param(lambda: quoteattr.load_parser(7), "models", id="models"),  # type: ignore[arg-type]
]


@pytest.mark.parametrize(("call", "named"), WRONG_CALLS)
def test_an_argument_of_a_wrong_type_is_named(call: object, named: str) -> None:
    with pytest.raises(TypeError, match=rf"{named} must be .* got"):
        call()  # type: ignore[operator]


def test_many_are_answered_in_order_and_as_one_by_one() -> None:
    parser = recorded()
    texts = [
        "“We will rebuild the bridge by spring,” Priya Nair said.",
        "It rained.",
        "“I told them so,” said he.",
    ]
    one_by_one = [quoteattr.attribute(text, parser=parser) for text in texts]
    for batch_size in (1, 2, 32):
        assert list(quoteattr.attribute_many(texts, parser=parser, batch_size=batch_size)) == one_by_one


def test_articles_are_read_as_they_are_needed() -> None:
    read = []

    def stream() -> Iterator[str]:
        for number in range(100):
            read.append(number)
            yield "It rained."

    results = quoteattr.attribute_many(stream(), batch_size=2)
    assert read == []
    next(results)
    assert read == [0, 1]
