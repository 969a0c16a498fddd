"""Reading the name of an outlet that begins at a character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoteattr.outlets.name_reading import outlet_after, outlet_at

PIECES = (
    "The Sky News CNN Herald Daily Courier Washington Post Trump Tuesday Senior Correspondent of on and , a "
    "newspaper affiliate KRVT Ann Lee Facebook ’s policy Mail on Sunday World Bank"
).split(" ")
ANY_TEXT = st.text(max_size=40) | st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Sky News", "Sky News"),
        ("The Sunday Telegraph that", "Sunday Telegraph"),
        ("Mail on Sunday that", "Mail on Sunday"),
        ("Rossiya television that", "Rossiya television"),
        ("DailyMail.co.uk Newspaper", "DailyMail.co.uk Newspaper"),
        ("Fox News’s Sunday show", "Fox News"),
        ("NBC News Senior Correspondent Ann Lee", "NBC News"),
        ("CNN Tuesday", "CNN"),
        ("Washington Post Trump said", "Washington Post"),
        ("Reuters Hale said", "Reuters"),
        ("Chris Cuomo of CNN", "CNN"),
        ("Forward, a Jewish newspaper, that", "Forward"),
        ("Interfax news agency", "Interfax"),
        ("BBC Radio 4 that", "BBC Radio 4"),
    ],
)
def test_where_a_name_ends(text: str, name: str) -> None:
    outlet = outlet_at(text, 0, "")
    assert outlet is not None
    assert outlet.name == name


@pytest.mark.parametrize(
    "text",
    [
        "",
        "the bridge",
        "Ann Lee said",
        "World Bank officials",
        "Daily Courier Group",
        "Facebook’s policy",
        "Parliament",
        "Monday",
    ],
)
def test_other_names(text: str) -> None:
    assert outlet_at(text, 0, "") is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("CNN’s State of the Union on Sunday", "CNN’s State of the Union"),
        ("CNN’s Jake Tapper", "CNN"),
        ("ABC’s Good Morning America.", "ABC’s Good Morning America"),
        ("Premier Radio’s Breakfast show", "Premier Radio’s Breakfast"),
        ("The Athletic.", "Athletic"),
        ("People’s Daily.", "People’s Daily"),
        ("Islamist paper Al Shaab,", "Al Shaab"),
    ],
)
def test_names_with_possessives(text: str, name: str) -> None:
    outlet = outlet_after(text, 0, "")
    assert outlet is not None
    assert outlet.name == name


def test_words_before_may_decide() -> None:
    assert outlet_at("Bergblick that", 0, "") is None
    outlet = outlet_at("Bergblick that", 0, "the broadcaster ")
    assert outlet is not None
    assert outlet.name == "Bergblick"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Reuters that", "Reuters"),
        ("Russian state-run news outlet RIA Novosti that", "RIA Novosti"),
        ("Chris Cuomo of CNN that", "CNN"),
        ("Chuck Todd on NBC that", "NBC"),
        ("Fox affiliate KRVT that", "KRVT"),
        ("Dutch newspaper De Echo that", "De Echo"),
    ],
)
def test_outlet_after_country_person_or_network(text: str, name: str) -> None:
    outlet = outlet_after(text, 0, "")
    assert outlet is not None
    assert (outlet.name, text[outlet.span.start : outlet.span.end]) == (name, name)


@pytest.mark.parametrize("text", ["Ann Lee that", "Ann Lee of Wexcombe", "Russian officials", ""])
def test_no_outlet_after(text: str) -> None:
    assert outlet_after(text, 0, "") is None


@given(ANY_TEXT, st.integers(0, 40))
def test_an_outlet_is_a_span_of_the_text(text: str, start: int) -> None:
    for outlet in (outlet_at(text, start, ""), outlet_after(text, start, "the paper ")):
        if outlet is not None:
            assert outlet.name
            assert text[outlet.span.start : outlet.span.end] == outlet.span.text == outlet.name
            assert outlet.span.start >= start
