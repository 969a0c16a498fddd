"""Names: where they stand, what they are made of, and when two of them are one person."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoteattr.names import find_names, gender_of, is_organisation, read_name, same_person, same_spelling

ANY_TEXT = st.text() | st.lists(
    st.sampled_from(
        "Ann Lee Mr. Dr Sir of the de van der von O’Neill J. D. Bank ’s , . a Monday U.S. al-".split()
    )
).map(" ".join)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ann Lee met the mayor.", ["Ann Lee"]),
        ("But Mr Blair’s aide left.", ["Mr Blair"]),
        ("On Monday Ann left.", ["Ann"]),
        ("The road is closed.", []),
        ("Then he left on Friday in May.", []),
        ("Ursula von der Leyen spoke.", ["Ursula von der Leyen"]),
        ("Bashir al-Hakim spoke.", ["Bashir al-Hakim"]),
        ("Siobhan O’Dowd won.", ["Siobhan O’Dowd"]),
        ("J. R. Petrie wrote it.", ["J. R. Petrie"]),
        ("J.R. Petrie wrote it.", ["J.R. Petrie"]),
        ("Rosa Ortega-Flint won.", ["Rosa Ortega-Flint"]),
        ("The Ministry of Defence and Ann Lee of Texas spoke.", ["Ministry of Defence", "Ann Lee", "Texas"]),
        ("Sen. Ann Lee spoke. Lee left.", ["Sen. Ann Lee", "Lee"]),
        ("They met in Wexcombe. Ann Lee spoke.", ["Wexcombe", "Ann Lee"]),
        ("The Committee to Protect Journalists met.", ["Committee to Protect Journalists"]),
        ("The Committee to Wexcombe sent Ann Lee.", ["Committee", "Wexcombe", "Ann Lee"]),
        ("The Centre on Budget and Policy Priorities", ["Centre on Budget and Policy Priorities"]),
        ("The Council on Monday heard Ann Lee.", ["Council", "Ann Lee"]),
        ("The Department for Culture, Media and Sport", ["Department for Culture, Media and Sport"]),
        ("Marsh, Quill and Petrie met.", ["Marsh", "Quill", "Petrie"]),
        ("The Food and Drug Administration and Ann Lee", ["Food and Drug Administration", "Ann Lee"]),
        ("The Treasury and Ann Lee agreed.", ["Treasury", "Ann Lee"]),
        ("Save the Otters sued Ann Lee.", ["Save the Otters", "Ann Lee"]),
        ("Lee Wednesday met Quill on Super Tuesday.", ["Lee", "Quill", "Super Tuesday"]),
    ],
)
def test_where_names_stand(text: str, names: list[str]) -> None:
    assert [span.text for span in find_names(text)] == names


@pytest.mark.parametrize(
    ("text", "words", "title"),
    [
        ("Ann Lee", ("ann", "lee"), ()),
        ("Ms Lee", ("lee",), ("ms",)),
        ("Sir Brian Walcott", ("brian", "walcott"), ("sir",)),
        ("President Iva Maric", ("iva", "maric"), ("president",)),
        ("Prime Minister Osric Hallam’s", ("osric", "hallam"), ("prime", "minister")),
        ("Earl Petrie Jr.", ("earl", "petrie"), ()),
        ("Det. Sgt. Amy Rowe", ("amy", "rowe"), ("det", "sgt")),
        ("the Bank of England", ("bank", "of", "england"), ()),
        ("Bank of Orsk Governor Iva Maric", ("iva", "maric"), ("bank", "of", "orsk", "governor")),
        ("White House Chief of Staff Ann Lee", ("ann", "lee"), ("white", "house", "chief", "of", "staff")),
    ],
)
def test_what_names_are_made_of(text: str, words: tuple[str, ...], title: tuple[str, ...]) -> None:
    name = read_name(text)
    assert (name.words, name.title) == (words, title)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Ann Lee", "Lee"),
        ("Ann Lee", "Ms Lee"),
        ("Ann Mary Lee", "Ann Lee"),
        ("J. Smith", "John Smith"),
        ("Danylo Voronskiy", "Voronsky"),
        ("President Iva Maric", "Ms Maric"),
        ("Ann Lee", "Ann Lee"),
        ("Earl Petrie Jr.", "Petrie"),
        ("Mary Beth Quill", "Mary Quill"),
    ],
)
def test_one_person(a: str, b: str) -> None:
    assert same_person(a, b)
    assert same_person(b, a)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Ann Lee", "Bob Lee"),
        ("Ann Lee", "Mr Lee"),
        ("Ann Lee", "Ann Petrie"),
        ("Ann Lee", "Leeson"),
        ("John Martin", "John Martins"),
        ("Jesus Christ", "Christie"),
        ("Quill", "Quill Tower"),
        ("Mr. Quill", "Quill Marsh"),
        ("Mr Fisk", "Mrs Fisk"),
        ("Mr", "Lee"),
        ("", "Lee"),
    ],
)
def test_two_persons(a: str, b: str) -> None:
    assert not same_person(a, b)
    assert not same_person(b, a)


@pytest.mark.parametrize(
    ("name", "gender"),
    [
        ("Ms Lee", "female"),
        ("Mr Lee", "male"),
        ("Sir Brian", "male"),
        ("Dame Olive Marsh", "female"),
        ("Mary Quill", "female"),
        ("John Quill", "male"),
        ("Quill", None),
        ("Councilwoman Quill", "female"),
    ],
)
def test_gender_by_title_and_first_name(name: str, gender: str | None) -> None:
    assert gender_of(read_name(name)) == gender


@pytest.mark.parametrize(
    "name",
    [
        "the Ministry of Defence",
        "Wexcombe Council",
        "Halden Group",
        "BBC",
        "NATO",
        "Save the Otters",
        "Quill Tower",
        "Committee to Protect Journalists",
    ],
)
def test_organisations(name: str) -> None:
    assert is_organisation(read_name(name))


@pytest.mark.parametrize(
    "name", ["Ann Lee", "Mr Church", "Police Commissioner Tom Hale", "Lee", "Duchess of Orsk"]
)
def test_persons(name: str) -> None:
    assert not is_organisation(read_name(name))


@given(ANY_TEXT)
def test_names_are_spans_of_the_text_in_order(text: str) -> None:
    spans = find_names(text)
    assert all(text[span.start : span.end] == span.text and span.text for span in spans)
    assert all(one.end <= two.start for one, two in pairwise(spans))


@given(ANY_TEXT, st.integers(0, 20), st.integers(0, 60))
def test_names_of_a_stretch_lie_inside_it(text: str, start: int, end: int) -> None:
    end = min(end, len(text))
    assert all(start <= span.start and span.end <= end for span in find_names(text, start, end))


@given(ANY_TEXT)
def test_reading_a_name_never_fails_and_keeps_its_words(text: str) -> None:
    name = read_name(text)
    assert all(word == word.casefold() for word in (*name.words, *name.title))
    assert gender_of(name) in (None, "female", "male")
    assert name.last == (name.words[-1] if name.words else "")


@given(ANY_TEXT, ANY_TEXT)
def test_being_one_person_is_mutual(a: str, b: str) -> None:
    assert same_person(a, b) == same_person(b, a)


@pytest.mark.parametrize("first", ["Ann", "Rosa", "John"])
@pytest.mark.parametrize("last", ["Lee", "Ortega-Flint", "O’Dowd", "de la Cruz", "van Dorn"])
def test_everybody_is_one_person_with_themselves(first: str, last: str) -> None:
    assert same_person(f"{first} {last}", f"{first} {last}")
    assert same_person(f"{first} {last}", last)


@given(st.text(), st.text())
def test_spelling_is_mutual(a: str, b: str) -> None:
    assert same_spelling(a, b) == same_spelling(b, a)
    assert same_spelling(a, a)
