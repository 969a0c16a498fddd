"""Names: where they stand, what they consist of, and whether two of them may be one person's."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoteattr.names import (
    Gender,
    compatible,
    find_names,
    gender_of,
    given_names,
    is_organisation,
    read_name,
    same_person,
    same_spelling,
)

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
        ("Edward “Teddy” Marsh spoke.", ["Edward “Teddy” Marsh"]),
        ("Earl Petrie Jr. spoke.", ["Earl Petrie Jr."]),
        ("The Bank of England and the Duchess of Orsk", ["Bank of England", "Duchess of Orsk"]),
        ("Ann Lee of Orsk met Tom Hale for Wexcombe.", ["Ann Lee", "Orsk", "Tom Hale", "Wexcombe"]),
        (
            "Americans for Tax Reform met Friends for Ann Lee.",
            ["Americans for Tax Reform", "Friends", "Ann Lee"],
        ),
        ("The Association for the Care of Otters met.", ["Association for the Care of Otters"]),
        ("The Association for the Care of Mary met.", ["Association for the Care", "Mary"]),
        ("an iPhone and a@Lee.example", []),
    ],
)
def test_find_names(text: str, names: list[str]) -> None:
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
        ("Secretary of State Ann Lee", ("ann", "lee"), ("secretary", "of", "state")),
        ("Midwife Ann Lee", ("ann", "lee"), ("midwife",)),
        ("Midwife Lee", ("midwife", "lee"), ()),
        ("the Mayor", ("mayor",), ()),
        ("Helen Marsh QC", ("helen", "marsh"), ()),
        ("Xavier Márquez", ("xavier", "marquez"), ()),
        ("J. D. Petrie", ("j", "d", "petrie"), ()),
        ("Mr", ("mr",), ()),
        ("", (), ()),
    ],
)
def test_read_name(text: str, words: tuple[str, ...], title: tuple[str, ...]) -> None:
    name = read_name(text)
    assert (name.words, name.title) == (words, title)


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("President Iva Maric’s", "Iva Maric"),
        ("Helen Marsh QC", "Helen Marsh"),
        ("Earl Petrie Jr.", "Earl Petrie Jr."),
        (" Ms Lee ", "Lee"),
        ("the Bank of England", "Bank of England"),
    ],
)
def test_text_of_a_name_has_no_title_honours_or_possessive(text: str, bare: str) -> None:
    assert read_name(text).text == bare


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
        ("Rob Quill", "Robert Quill"),
        ("Ann", "Ann Lee"),
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
        ("Al Quill", "Albert Quill"),
        ("Ann Mary Lee", "Mary Ann Lee"),
        ("Quill", "Quill Monday"),
    ],
)
def test_two_persons(a: str, b: str) -> None:
    assert not same_person(a, b)
    assert not same_person(b, a)


def test_names_that_are_read_already() -> None:
    assert compatible(read_name("Ann Lee"), read_name("Ms Lee"))
    assert not compatible(read_name("Ann Lee"), read_name("Mr Lee"))


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
        ("Duchess of Orsk", "female"),
        ("Prince Quill", "male"),
        ("Ben Quill", "male"),
        ("Van Quill", None),
        ("Mary", None),
        ("", None),
    ],
)
def test_gender_of(name: str, gender: Gender | None) -> None:
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
        "Council on Foreign Relations",
    ],
)
def test_organisations(name: str) -> None:
    assert is_organisation(read_name(name))


@pytest.mark.parametrize(
    "name", ["Ann Lee", "Mr Church", "Police Commissioner Tom Hale", "Lee", "Duchess of Orsk", "X", ""]
)
def test_no_organisations(name: str) -> None:
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
def test_same_person_is_symmetric(a: str, b: str) -> None:
    assert same_person(a, b) == same_person(b, a)


@pytest.mark.parametrize("first", ["Ann", "Rosa", "John"])
@pytest.mark.parametrize("last", ["Lee", "Ortega-Flint", "O’Dowd", "de la Cruz", "van Dorn"])
def test_full_name_fits_itself_and_its_surname(first: str, last: str) -> None:
    assert same_person(f"{first} {last}", f"{first} {last}")
    assert same_person(f"{first} {last}", last)


@given(st.text(), st.text())
def test_same_spelling_is_symmetric(a: str, b: str) -> None:
    assert same_spelling(a, b) == same_spelling(b, a)
    assert same_spelling(a, a)


@given(ANY_TEXT)
def test_reading_the_bare_name_again_keeps_its_surname(text: str) -> None:
    name = read_name(text)
    if name.words and not name.title:
        assert read_name(name.text).last == name.last


@given(st.sampled_from(sorted(given_names())), st.sampled_from(["quill", "petrie", "hallam"]))
def test_a_first_name_tells_the_same_gender_in_every_case(first: str, last: str) -> None:
    genders = {gender_of(read_name(f"{form} {last.title()}")) for form in (first.title(), first.upper())}
    assert len(genders) == 1


@given(ANY_TEXT, ANY_TEXT)
def test_one_person_has_one_gender(a: str, b: str) -> None:
    if same_person(a, b):
        assert len({gender_of(read_name(name)) for name in (a, b)} - {None}) <= 1


@pytest.mark.parametrize(
    ("text", "words"),
    [("Ann ‘T--\u0301’ Lee", ("ann", "t", "lee")), ("\u0301", ()), ("Lee \u0301\u0308", ("lee",))],
)
def test_an_accent_of_its_own_is_no_word(text: str, words: tuple[str, ...]) -> None:
    assert read_name(text).words == words
