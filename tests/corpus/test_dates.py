"""Days of publication: what is read, and what is no date, or could be two."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quoteattr import Article
from quoteattr.corpus import Corpus, Reject
from quoteattr.corpus.dates import read_day

DAY = datetime.date(2024, 3, 12)


@pytest.mark.parametrize(
    "value",
    [
        DAY,
        datetime.datetime(2024, 3, 12, 23, 59),
        "2024-03-12",
        " 2024-03-12 ",
        "2024-03-12T10:00:00Z",
        "2024-03-12 10:00:00+02:00",
        "20240312",
        "20240312T100000",
        "2024/03/12",
        "2024.3.12",
        "12 March 2024",
        "12th March 2024",
        "12 of March 2024",
        "12-Mar-2024",
        "March 12, 2024",
        "Mar. 12, 2024, 10:30 a.m.",
        "MARCH 12 2024",
        "Tuesday, 12 March 2024",
        "Tue, 12 Mar 2024 10:00:00 GMT",
        "Tuesday March 12th, 2024",
    ],
)
def test_dates_that_can_be_read(value: object) -> None:
    assert read_day(value) == DAY


@pytest.mark.parametrize(
    "value",
    [
        "12/03/2024",
        "12.03.2024",
        "March 2024",
        "31 February 2024",
        "12 Foo 2024",
        "yesterday",
        "",
        1710201600,
        [],
    ],
)
def test_values_that_name_no_day_or_could_be_two(value: object) -> None:
    assert read_day(value) is None


def test_a_format_comes_first() -> None:
    assert read_day("12/03/2024", "%d/%m/%Y") == DAY
    assert read_day("03/12/2024", "%m/%d/%Y") == DAY
    assert read_day("2024-03-12", "%d/%m/%Y") == DAY
    assert read_day("13/13/2024", "%d/%m/%Y") is None


@pytest.mark.parametrize("date_format", ["", "%d/%m", "%Y", "%", "%Q", "day"])
def test_a_format_that_names_no_day_is_an_error(date_format: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="a date format names day, month and year"):
        Corpus(tmp_path, date_format=date_format)


@given(st.dates(), st.sampled_from(["%d %B %Y", "%B %d, %Y", "%a, %d %b %Y", "%Y/%m/%d"]))
def test_written_forms_come_back(day: datetime.date, form: str) -> None:
    written = day.strftime(form.replace("%Y", f"{day.year:04}"))
    assert read_day(written) == day


@example("١٢/٠٣/٢٠٢٤")
@given(st.text() | st.from_regex(re.compile(r"\d{1,4}[ /.-](\d{1,2}|[A-Za-z]{3,9})[ /.-]\d{1,4}", re.ASCII)))
def test_reading_never_raises(value: str) -> None:
    read_day(value)
    read_day(value, "%d/%m/%Y")


def test_a_date_that_cannot_be_read_costs_the_date_only(tmp_path: Path) -> None:
    path = tmp_path / "news.csv"
    path.write_text("id,text,published\n1,a,12/03/2024\n2,b,12 March 2024\n")
    first, warning, second = Corpus(path)
    assert (first, second) == (Article("a", "1"), Article("b", "2", published=DAY))
    assert isinstance(warning, Reject)
    assert (warning.location, warning.kind, warning.article, warning.is_warning) == (
        f"{path}:2",
        "date",
        "1",
        True,
    )
    assert warning.reason.endswith("got str '12/03/2024'")
    assert next(iter(Corpus(path, date_format="%d/%m/%Y"))) == Article("a", "1", published=DAY)
