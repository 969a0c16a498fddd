"""Settings: what a rule can ask of a quotation in its frame."""

from __future__ import annotations

from collections.abc import Iterable

from quoteattr.attribution.setting import ParsedSetting
from quoteattr.parsing.dependency_tree import Word
from tests.attribution.written import parsed, settings_of

TREE = (
    "Lee/PROPN/2/nsubj said/VERB/0/root it/PRON/6/nsubj was/AUX/6/cop "
    "“/PUNCT/6/punct over/ADJ/2/ccomp ”/PUNCT/6/punct"
)
LEE = parsed("Lee said it was “over”", TREE)


def forms(words: Iterable[Word]) -> list[str]:
    return [word.text for word in words]


def test_the_anchor_is_the_highest_quoted_word() -> None:
    assert LEE.anchor is not None
    assert LEE.anchor.text == "over"
    assert forms(LEE.above) == ["said"]


def test_words_outside_of_quotations() -> None:
    assert forms(LEE.outside) == forms(LEE.outside_before) == ["Lee", "said", "it", "was"]
    assert LEE.outside_after == []


def test_text_beside_the_quotation() -> None:
    setting = settings_of(f"{'word ' * 200}“over”{' word' * 200}")[0]
    assert len(setting.before()) == len(setting.after()) == 400


def test_a_quotation_without_a_parse_has_no_words() -> None:
    [setting] = settings_of("“We won the vote.”")
    assert not isinstance(setting, ParsedSetting)
    assert (setting.anchor, setting.above, setting.outside) == (None, [], [])


def test_an_open_quotation_is_not_closed() -> None:
    settings = settings_of("“We won the vote.\n\n“We lost the house.”")
    assert [setting.closed for setting in settings] == [False, True]


def test_the_lead_is_the_last_sentence_of_the_paragraph_before() -> None:
    [setting] = settings_of(
        "Lee wrote:\n\n“We won the vote.”", "Lee/PROPN/2/nsubj wrote/VERB/0/root :/PUNCT/2/punct"
    )
    assert setting.lead is not None
    assert forms(setting.lead) == ["Lee", "wrote", ":"]
    assert setting.introduced


def test_a_paragraph_further_up_is_no_lead() -> None:
    [setting] = settings_of("Lee wrote:\n\nIt rained.\n\n“We won the vote.”", "Lee/PROPN/0/root")
    assert setting.lead is None
    assert not setting.introduced


def test_reading_another_sentence_leaves_the_setting_as_it_is() -> None:
    [setting] = settings_of(
        "Lee wrote:\n\n“We won the vote.”", "Lee/PROPN/2/nsubj wrote/VERB/0/root :/PUNCT/2/punct"
    )
    assert setting.lead is not None
    there = setting.at(setting.lead)
    assert there.sentence is setting.lead
    assert there.anchor is None
    assert there.quotation == setting.quotation


def test_the_position_of_a_sentence_in_its_frame() -> None:
    text = "It rained. Lee said “no”"
    tree = "Lee/PROPN/2/nsubj said/VERB/0/root “/PUNCT/4/punct no/INTJ/2/obj ”/PUNCT/4/punct"
    assert parsed(text, "It/PRON/2/nsubj rained/VERB/0/root ./PUNCT/2/punct", tree).position == 1
