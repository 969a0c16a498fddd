"""The name tagger on sentences of our own: where names begin and end, and what they name."""

from __future__ import annotations

import pytest

from quoteattr.names import Tagging, tag_names


def persons(text: str) -> list[str]:
    return [name.span.text for name in tag_names(text).names if name.kind == "person"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # names with particles, hyphens, apostrophes, initials, one word
        ("Ursula von der Leyen spoke in Leeds.", ["Ursula von der Leyen"]),
        ("We asked Cynthia Samuel-Olufemi and Sean O’Neill.", ["Cynthia Samuel-Olufemi", "Sean O’Neill"]),
        ("A lawyer, J.D. Whitcombe, said no.", ["J.D. Whitcombe"]),
        ("The singer, Zameera, said no. Zameera wept.", ["Zameera", "Zameera"]),
        # the family name first
        ("The president, Park Geun-hye, met Chen Guofeng.", ["Park Geun-hye", "Chen Guofeng"]),
        # titles, offices, departments, papers and places before a name
        ("Maj Gen (retd) Abu Shikder said it. Shikder left.", ["Abu Shikder", "Shikder"]),
        ("DOC Senior Ranger Mike Slater said the birds were safe.", ["Mike Slater"]),
        ("WA Attorney-General John Quill said so.", ["John Quill"]),
        ("Minister of Finance Ann Lee left.", ["Ann Lee"]),
        ("The Ministry of Finance's Ann Lee left.", ["Ann Lee"]),
        # suffixes
        ("The barrister, Helen Marsh, KC, asked for time.", ["Helen Marsh"]),
        # a word of the sentence before it
        ("Says Khir, “We will.” Khir Johari is the minister.", ["Khir", "Khir Johari"]),
        ("Asking Zameer, “Why?” she left. Zameer Qureshi wept.", ["Zameer", "Zameer Qureshi"]),
        ("In recent days Renwick spoke.", ["Renwick"]),
        # headings and names in capitals
        ("Hale Joked It’s “Risky”\n\nMaria Hale said so. Hale left.", ["Hale", "Maria Hale", "Hale"]),
        ("HENDEL: We will not wait.\n\nThe mayor, Anne Hendel, spoke.", ["HENDEL", "Anne Hendel"]),
    ],
)
def test_persons(text: str, expected: list[str]) -> None:
    assert persons(text) == expected


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("The ministry moved its staff to Nairobi, Kenya.", "Nairobi", "place"),
        (
            "The National Farmers Union said in a statement that it would sue.",
            "National Farmers Union",
            "organisation",
        ),
        ("Ann Lee, of the University of Leeds, said so.", "University of Leeds", "organisation"),
        ("Many Kenyan families fled.", "Kenyan", "other"),
    ],
)
def test_other_kinds(text: str, name: str, kind: str) -> None:
    assert (name, kind) in [(found.span.text, found.kind) for found in tag_names(text).names]


def test_a_name_in_one_sentence_shows_what_it_is_in_another() -> None:
    alone = "Orla was closed."
    known = "Mr Tom Orla spoke. " + alone
    start = known.rindex("Orla")
    assert tag_names(known).odds(start, start + 4)["person"] > tag_names(alone).odds(0, 4)["person"]


def test_odds_of_words_that_are_no_names() -> None:
    tagging = tag_names("Mr Lee left Nairobi.")
    assert sum(tagging.odds(0, 2).values()) < 0.5
    assert tagging.odds(7, 7) == dict.fromkeys(("person", "organisation", "place", "other"), 0.0)


@pytest.mark.parametrize("text", ["", "\n\n", "…", "“", "\ud800", "A" * 5000, "a\u0301" * 50, "Lee\u2028Day"])
def test_any_text(text: str) -> None:
    found = tag_names(text)
    assert isinstance(found, Tagging)
    assert all(name.span.text == text[name.span.start : name.span.end] for name in found.names)


def test_names_in_a_stretch() -> None:
    tagging = tag_names("Mr Lee left Nairobi for Leeds.")
    assert [name.span.text for name in tagging.named_in(4, 13)] == ["Lee", "Nairobi"]
    assert tagging.named_in(7, 11) == ()
