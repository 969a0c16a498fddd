"""Conversations: turns, vocatives, the narrator, given characters."""

from __future__ import annotations

import pytest

import quoteattr
from quoteattr.export import to_booknlp_book, to_booknlp_quotes
from quoteattr.fiction.registry import TURN_OUTCOMES
from tests.fiction.test_style import STORY

TOLD = """“Will you come with me, Watson?” said Holmes.

“I am tired,” said I.

“Then rest, Watson.”

“I shall. But I must say that I do not like it.”

I took my hat, for I had my own plans that night, and my friend laughed at me. I was glad of my coat.

“You are a poor liar, Watson,” said Holmes.
"""


def answers(text: str, **options: object) -> list[tuple[str | None, str | None]]:
    """The speaker of each quotation of a text in fiction, and what decided."""
    found = quoteattr.attribute(text, style="fiction", **options)  # type: ignore[arg-type]
    return [(line.speaker_name, line.decided_by) for line in found]


def test_two_people_take_turns() -> None:
    assert [name for name, _ in answers(STORY)] == ["Ann Lee", "Tom Day", "Ann Lee", "Tom Day", "Ann Lee"]


def test_news_does_not_take_turns() -> None:
    names = [line.speaker_name for line in quoteattr.attribute(STORY)]
    assert names != ["Ann Lee", "Tom Day", "Ann Lee", "Tom Day", "Ann Lee"]


def test_what_decided_is_registered() -> None:
    without_tag = [rule for _, rule in answers(STORY)[2:]]
    assert set(without_tag) <= set(TURN_OUTCOMES)


def test_i_is_the_narrator_whom_others_address() -> None:
    found = quoteattr.attribute(TOLD, style="fiction")
    assert [line.speaker_name for line in found] == ["Holmes", "Watson", "Holmes", "Watson", "Holmes"]
    assert found[1].resolved_by == "narrator"


def test_a_narrator_without_a_name() -> None:
    text = "I met Ann Lee, and I took my hat off, as my aunt had told me.\n\n“Go,” I said to her at once."
    assert answers(text) == [("narrator", "after_quotation")]


@pytest.mark.parametrize("style", ["news", "fiction"])
def test_given_characters_are_named_as_the_caller_names_them(style: str) -> None:
    people = {"Elizabeth Bennet": ["Lizzy", "Miss Bennet"]}
    (line,) = quoteattr.attribute("“Go,” said Lizzy.", style=style, characters=people)  # type: ignore[arg-type]
    assert line.speaker is not None
    assert (line.speaker.name, line.speaker.aliases) == ("Elizabeth Bennet", ("Lizzy", "Miss Bennet"))


@pytest.mark.parametrize("wrong", ["Ann Lee", [3], {"Ann Lee": "Ann"}, [""]])
def test_characters_are_names(wrong: object) -> None:
    with pytest.raises(TypeError, match="characters"):
        quoteattr.attribute("It rained.", characters=wrong)  # type: ignore[arg-type]


def test_many_articles_take_the_same_options() -> None:
    (result,) = quoteattr.attribute_many([STORY], style="fiction")
    assert result == quoteattr.attribute(STORY, style="fiction")
    assert list(quoteattr.attribute_many([STORY], style="auto")) == [result]


def test_conversations_have_turns() -> None:
    (conversation,) = quoteattr.attribute(STORY, style="fiction").conversations()
    assert [speaker.name for speaker in conversation.speakers] == ["Ann Lee", "Tom Day"]
    assert len(conversation.turns) == 5
    lee, day = conversation.speakers
    assert conversation.exchanges() == {(lee, day): 2, (day, lee): 2}
    assert STORY[conversation.start : conversation.end].startswith("“Will you go")


def test_a_long_narration_ends_a_conversation() -> None:
    text = "“Go,” said Ann Lee.\n\n" + "It rained.\n\n" * 4 + "“Stay,” said Tom Day."
    first, second = quoteattr.attribute(text, style="fiction").conversations()
    assert [turn.text for one in (first, second) for turn in one.turns] == ["Go,", "Stay,"]


def test_tables_of_booknlp() -> None:
    result = quoteattr.attribute(STORY, style="fiction")
    header, *rows = (line.split("\t") for line in to_booknlp_quotes(result).splitlines())
    assert header[:2] == ["quote_start", "quote_end"]
    assert [row[5] for row in rows] == ["0", "1", "0", "1", "0"]
    assert '"id": 1' in to_booknlp_book(result)
