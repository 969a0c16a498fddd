"""The classes of results: spans, wrong arguments, and rendering through the registered functions."""

from __future__ import annotations

import datetime
import json
from typing import Any

import attrs
import pytest

from quoteattr import Outlet, Speaker, schema
from quoteattr.records import article_from_row
from quoteattr.schema import (
    Appearance,
    Article,
    AttributedArticle,
    Attribution,
    Quotation,
    Span,
    Utterance,
    writers,
)

SPAN = Span(0, 2, "Go")
ATTRIBUTION = Attribution(Quotation(SPAN, SPAN))


def test_a_span_has_the_length_of_its_text() -> None:
    span = Span.of("He left.", 3, 7)
    assert (span.text, len(span)) == ("left", 4)


def test_values_cannot_be_changed() -> None:
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        SPAN.start = 1  # type: ignore[misc]


@pytest.mark.parametrize(
    "wrong", [{"text": b"Go"}, {"id": 7}, {"publisher": 7}, {"published": 20240502}, {"url": 7}]
)
def test_wrong_types_are_rejected(wrong: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match=next(iter(wrong))):
        Article(**{"text": "Go", **wrong})


def test_a_result_iterates_over_its_attributions() -> None:
    result = AttributedArticle(Article("Go"), (ATTRIBUTION,))
    assert (list(result), len(result)) == ([ATTRIBUTION], 1)


def test_articles_of_an_utterance_are_distinct_and_in_order() -> None:
    first = Article("Go", published=datetime.date(2024, 5, 2))
    second = Article("Go on")
    appearances = tuple(Appearance(article, ATTRIBUTION, "whole") for article in (first, second, first))
    utterance = Utterance("Go", None, appearances)
    assert utterance.articles == (first, second)
    assert utterance.first == appearances[0]


def shout(result: AttributedArticle | Utterance) -> str:
    return type(result).__name__.upper()


def test_html_comes_from_the_registered_functions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writers, "_writers", {})
    schema.register_writers({"article_page": f"{__name__}:shout", "utterance_fragment": f"{__name__}:shout"})
    assert AttributedArticle(Article("Go")).to_html() == "ATTRIBUTEDARTICLE"
    assert Utterance("Go", None, ())._repr_html_() == "UTTERANCE"


@pytest.mark.parametrize(
    ("given", "day"),
    [
        (None, None),
        (datetime.date(2024, 5, 2), datetime.date(2024, 5, 2)),
        (datetime.datetime(2024, 5, 2, 23, 30), datetime.date(2024, 5, 2)),
        ("2024-05-02", datetime.date(2024, 5, 2)),
        ("2024-05-02T23:30:00Z", datetime.date(2024, 5, 2)),
        (
            datetime.datetime(2024, 5, 2, 23, 30, tzinfo=datetime.timezone(-datetime.timedelta(hours=5))),
            datetime.date(2024, 5, 2),
        ),
    ],
)
def test_the_day_of_publication_is_a_date(given: Any, day: datetime.date | None) -> None:
    published = Article("Go", published=given).published
    assert (published, type(published)) == (day, type(day))


def test_a_day_of_pandas_is_a_date_and_nat_none() -> None:
    pandas = pytest.importorskip("pandas")
    assert Article("Go", published=pandas.Timestamp("2024-05-02 10:00")).published == datetime.date(
        2024, 5, 2
    )
    assert Article("Go", published=pandas.NaT).published is None


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"text": b"Go"}, r"text must be a str, got b'Go' \(bytes\)"),
        ({"text": None}, r"text must be a str, got None \(NoneType\)"),
        ({"id": 7}, r"id must be a str or None, got 7 \(int\)"),
        (
            {"published": 20240502},
            r"published must be a date, a datetime, a str or None, got 20240502 \(int\)",
        ),
        (
            {"published": float("nan")},
            r"published must be a date, a datetime, a str or None, got nan \(float\)",
        ),
    ],
)
def test_a_message_says_what_was_got_and_what_is_accepted(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(TypeError, match=rf"\A{message}\Z"):
        Article(**{"text": "Go", **wrong})


def test_a_message_shows_the_beginning_of_a_long_value() -> None:
    with pytest.raises(TypeError) as caught:
        Article(b"x" * 1_000_000)  # type: ignore[arg-type]
    assert len(str(caught.value)) < 120


def test_lone_surrogates_and_control_characters_are_kept() -> None:
    odd = "\ud800\x00\x1b"
    article = Article(odd, odd, odd, None, odd)
    assert (article.text, article.id, article.publisher, article.url) == (odd, odd, odd, odd)


@pytest.mark.parametrize("wrong", ["2 May 2024", "2024-13-01", ""])
def test_a_string_that_is_no_date_is_rejected(wrong: str) -> None:
    message = rf'\Apublished must be a date like "2024-05-02" \(ISO 8601\), got {wrong!r}\Z'
    with pytest.raises(ValueError, match=message):
        Article("Go", published=wrong)


# --- A result as a sequence, by speaker, as plain values ---

TEXT = "“Yes,” said Ann Lee. “No,” said Bo Lee. “Oh,” Ms Lee told the Herald. ‘Maybe’"
ANN = Speaker("Ann Lee", "person", ("Ann M. Lee",), ("ms", "mayor"), "female")
BO = Speaker("Bo Lee", "person")


def said(start: int, speaker: Speaker | None, outlet: Outlet | None = None) -> Attribution:
    end = next(at for at in range(start + 1, len(TEXT)) if TEXT[at] in "”’")
    quotation = Quotation(Span.of(TEXT, start + 1, end), Span.of(TEXT, start, end + 1))
    return Attribution(quotation, speaker=speaker, outlet=outlet, confidence=0.75)


HERALD = Outlet("Herald", Span.of(TEXT, TEXT.index("Herald"), TEXT.index("Herald") + 6))
RESULT = AttributedArticle(
    Article(TEXT, id="a1"),
    (
        said(0, ANN),
        said(TEXT.index("“No"), BO),
        said(TEXT.index("“Oh"), ANN, HERALD),
        said(len(TEXT) - 7, None),
    ),
    (ANN, BO),
)


def test_a_result_is_a_sequence() -> None:
    assert RESULT[0] is RESULT.attributions[0]
    assert RESULT[-1].text == "Maybe"
    assert RESULT[1:3] == RESULT.attributions[1:3]
    with pytest.raises(IndexError):
        RESULT[4]


def test_names_are_none_where_there_is_no_speaker() -> None:
    assert [(a.speaker_name, a.outlet_name) for a in RESULT[2:]] == [("Ann Lee", "Herald"), (None, None)]


def test_attributions_by_speaker() -> None:
    assert RESULT.by_speaker() == {ANN: (RESULT[0], RESULT[2]), BO: (RESULT[1],), None: (RESULT[3],)}


@pytest.mark.parametrize(
    ("name", "speaker"),
    [
        ("Ann Lee", ANN),
        ("ann m. lee", ANN),
        ("Ms Ann Lee", ANN),
        ("Mayor Ann Lee", ANN),
        ("Bo Lee", BO),
        ("Lee", None),
        ("Ann", None),
        ("", None),
    ],
)
def test_a_speaker_is_found_by_one_unambiguous_name(name: str, speaker: Speaker | None) -> None:
    assert RESULT.speaker(name) is speaker


def test_a_surname_is_enough_if_one_speaker_has_it() -> None:
    assert attrs.evolve(RESULT, speakers=(ANN,)).speaker("Lee") is ANN


def test_representations_are_short() -> None:
    long = attrs.evolve(RESULT, article=Article(TEXT * 1000))
    utterance = Utterance("Yes," * 1000, ANN, (Appearance(long.article, RESULT[0], "whole"),))
    shown = [repr(value) for value in (long, long[0], long.article, utterance, utterance.first)]
    assert shown[1] == "<Attribution 'Yes,': Ann Lee, 0.75>"
    assert max(map(len, shown)) < 200


def test_plain_values_restore_the_result() -> None:
    assert article_from_row(RESULT.to_dict()) == RESULT
    assert json.loads(RESULT.to_json(indent=1)) == RESULT.to_dict()
    assert "“" in RESULT.to_json()


def test_an_utterance_has_plain_values() -> None:
    utterance = Utterance("Yes", ANN, (Appearance(RESULT.article, RESULT[0], "whole"),))
    assert json.loads(utterance.to_json()) == utterance.to_dict()
    assert utterance.to_dict()["speaker"]["titles"] == ["ms", "mayor"]
