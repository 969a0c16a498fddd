"""Where mentions stand."""

from __future__ import annotations

import pytest

from quoteattr.coreference.mention_index import MentionIndex, MentionSite, SyntacticRole
from quoteattr.detection.quotations import find_quotations
from quoteattr.parsing.dependency_tree import Sentence
from tests.trees import read_tree


def index_of(text: str, *sentences: Sentence) -> MentionIndex:
    return MentionIndex(text, sentences, [quotation.content for quotation in find_quotations(text)])


def site_of(text: str, words: str, *sentences: Sentence) -> MentionSite:
    start = text.index(words)
    return index_of(text, *sentences).site(start, start + len(words))


def test_sentences_and_lines_are_counted() -> None:
    text = "Rain fell. Gov. Lee came.\nDay left."
    sites = [site_of(text, name) for name in ("Rain", "Lee", "Day")]
    assert [(site.sentence, site.paragraph) for site in sites] == [(0, 0), (1, 0), (2, 1)]


def test_sentences_inside_a_quotation_are_not_counted() -> None:
    text = "Lee came. “We won. We did. We go,” she said."
    assert site_of(text, "she").sentence == 1
    assert site_of(text, "We did").quoted
    assert not site_of(text, "she").quoted


@pytest.mark.parametrize(
    ("text", "words", "role"),
    [
        ("It rained until Lee said so.", "Lee", "main"),
        ("Quill asked Lee whether it rained.", "Lee", "main"),
        ("It rained on Lee all day.", "Lee", "other"),
    ],
)
def test_roles_without_a_parse(text: str, words: str, role: SyntacticRole) -> None:
    start = text.index(words)
    assert index_of(text).role(start, start + len(words)) == role


def test_roles_in_a_parse() -> None:
    tree = read_tree(
        "Lee/PROPN/2/nsubj left/VERB/0/root when/SCONJ/5/mark Day/PROPN/5/nsubj came/VERB/2/advcl "
        "with/ADP/7/case Hale/PROPN/5/obl"
    )
    text = "Lee left when Day came with Hale"
    roles = [site_of(text, name, tree).role for name in ("Lee", "Day", "Hale")]
    assert roles == ["main", "subject", "other"]


def test_an_apposition_has_the_role_of_its_head() -> None:
    tree = read_tree("mayor/NOUN/3/nsubj Lee/PROPN/1/appos left/VERB/0/root")
    assert site_of("mayor Lee left", "Lee", tree).role == "main"


def test_the_owner_of_a_subject_is_a_topic() -> None:
    tree = read_tree(
        "Lee/PROPN/3/nmod:poss 's/PART/1/case aide/NOUN/4/nsubj left/VERB/0/root", "Lee's aide left"
    )
    site = site_of("Lee's aide left", "Lee", tree)
    assert (site.role, site.owner) == ("subject", True)


def test_the_first_mention_of_an_unparsed_sentence_is_its_subject() -> None:
    index = index_of("Then Lee met Day. Turning to Hale, he left.")
    first, second, turned = index.site(5, 8), index.site(13, 16, {0}), index.site(29, 33)
    assert [site.role for site in (first, second, turned)] == ["main", "other", "other"]
    assert [site.opens_sentence for site in (first, second, turned)] == [True, False, False]


def test_the_subject_of_a_clause_that_opens_an_unparsed_sentence() -> None:
    index = index_of("When Kenyan President Lee first came, he left. When they met Day, he left.")
    assert [index.site(22, 25).role, index.site(61, 64).role] == ["subject", "other"]


def test_the_words_beside_a_pronoun() -> None:
    text = "“We won,” she said. She said: “We did.” It rained. She left."
    quoted = [quotation.content for quotation in find_quotations(text)]
    index = MentionIndex(text, (), quoted)
    starts = [text.index("she"), text.index("She"), text.rindex("She")]
    beside = [index.quoted_beside(start, start + 3) for start in starts]
    assert [text[slice(*words)] if words else None for words in beside] == ["We won,", "We did.", None]


def test_a_query_changes_nothing() -> None:
    index = index_of("Then Lee met Day.")
    assert index.site(5, 8) == index.site(5, 8)


def test_a_sentence_is_opened_at_its_first_character() -> None:
    index = index_of("Rain fell. Lee came.")
    assert [index.opens_sentence(offset) for offset in (0, 5, 11)] == [True, False, True]
