"""Frames cut from a parse of the whole text, on parses written by hand."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from quoteattr.coreference.chains import named_in_chain
from quoteattr.detection.quotations import find_quotations
from quoteattr.parsing.dependency_tree import ROOT, Parse, Sentence, Word
from quoteattr.parsing.frames import find_frames
from quoteattr.parsing.given_parse import check_parse, cut_frame, cut_frames
from quoteattr.pipeline import attribute_parsed
from quoteattr.schema import Article, Mention, Span
from tests.trees import read_parse


def cut(parse: Parse) -> list[list[str]]:
    """The words of the only frame, each with the word that governs it."""
    (frame,) = find_frames(parse.text, find_quotations(parse.text))
    return [
        [f"{w.text}<{'' if w.head == ROOT else sentence.words[w.head].text}" for w in sentence]
        for sentence in cut_frame(frame, parse)
    ]


TWO_SENTENCES = read_parse(
    "“We lost it all. Nothing is left,” Lee said. It rained.",
    "“/PUNCT/3/punct We/PRON/3/nsubj lost/VERB/0/root it/PRON/3/obj all/DET/4/det ./PUNCT/3/punct",
    "Nothing/PRON/3/nsubj is/AUX/3/aux left/VERB/7/ccomp ,/PUNCT/3/punct ”/PUNCT/3/punct "
    "Lee/PROPN/7/nsubj said/VERB/0/root ./PUNCT/7/punct",
    "It/PRON/2/nsubj rained/VERB/0/root ./PUNCT/2/punct",
)


def test_a_quotation_of_two_sentences_is_one_word_governed_by_its_cue() -> None:
    assert cut(TWO_SENTENCES) == [
        ["“<works", "works<said", "”<works", "Lee<said", "said<", ".<said"],
        ["It<rained", "rained<", ".<rained"],
    ]


@pytest.mark.parametrize(
    ("after", "sentences"),
    [("asked Lee", 1), ("Lee asked", 1), ("Nobody spoke", 2)],
    ids=["verb first", "name first", "another sentence"],
)
def test_a_sentence_continues_after_a_question_if_a_cue_follows(after: str, sentences: int) -> None:
    first, second = after.split()
    parse = read_parse(
        f"“Who will pay for it?” {after}.",
        "“/PUNCT/4/punct Who/PRON/4/nsubj will/AUX/4/aux pay/VERB/0/root for/ADP/6/case it/PRON/4/obl "
        "?/PUNCT/4/punct ”/PUNCT/4/punct",
        f"{first}/PROPN/2/nsubj {second}/VERB/0/root ./PUNCT/2/punct",
    )
    assert len(cut(parse)) == sentences


def test_words_of_other_paragraphs_are_left_out() -> None:
    parse = read_parse(
        "It rained\n“No way!” Lee said.",
        "It/PRON/2/nsubj rained/VERB/9/advcl “/PUNCT/5/punct No/DET/5/det way/NOUN/9/ccomp !/PUNCT/5/punct "
        "”/PUNCT/5/punct Lee/PROPN/9/nsubj said/VERB/0/root ./PUNCT/9/punct",
    )
    assert cut(parse) == [["“<works", "works<said", "”<works", "Lee<said", "said<", ".<said"]]


def test_a_frame_without_context_has_no_sentences() -> None:
    parse = read_parse(
        "“No way!”", "“/PUNCT/3/punct No/DET/3/det way/NOUN/0/root !/PUNCT/3/punct ”/PUNCT/3/punct"
    )
    assert cut_frames(find_frames(parse.text, find_quotations(parse.text)), parse) == [()]


def test_attribution_on_a_parse_of_the_whole_text() -> None:
    (said,) = attribute_parsed(Article(TWO_SENTENCES.text), TWO_SENTENCES)
    assert said.cue is not None
    assert said.speaker is not None
    assert (said.cue.text, said.speaker.name) == ("said", "Lee")


def test_a_parse_of_another_text_is_refused() -> None:
    with pytest.raises(ValueError, match="got one of 'Something else'"):
        attribute_parsed(Article("It rained."), Parse("Something else", ()))


ANN, SHE, MAYOR = Span(0, 7, "Ann Lee"), Span(20, 23, "She"), Span(30, 48, "the mayor, Ann Lee")


@pytest.mark.parametrize(
    ("mention", "chains", "found"),
    [
        (Mention(SHE, "pronoun"), [[ANN, SHE]], "Ann Lee"),
        (Mention(SHE, "pronoun"), [[Span(9, 12, "Lee"), SHE, ANN]], "Ann Lee"),
        (Mention(SHE, "pronoun"), [[SHE, MAYOR]], "Ann Lee"),
        (Mention(SHE, "pronoun"), [[SHE, Span(9, 18, "the mayor")]], "She"),
        (Mention(SHE, "pronoun"), [[ANN]], "She"),
        (Mention(ANN, "name"), [[ANN, Span(50, 60, "Ann B. Lee")]], "Ann Lee"),
    ],
    ids=["name", "longest", "inside a phrase", "no name", "not in it", "a name stays"],
)
def test_chains(mention: Mention, chains: list[list[Span]], found: str) -> None:
    assert named_in_chain(mention, chains).span.text == found


def one_word(**changes: Any) -> Parse:
    word = attrs.evolve(Word(0, 0, 2, "It", "it", "PRON", "PRP", ROOT, "root"), **changes)
    return Parse("It rained.", (Sentence((word,)),))


@pytest.mark.parametrize(
    ("parse", "message"),
    [
        (one_word(index=1), "word 0 of sentence 0 .* has the index 1"),
        (one_word(head=7), "the head 7, which is neither -1 nor a word"),
        (one_word(head=-2), "the head -2"),
        (one_word(start=5), "stands at 5 to 2"),
        (one_word(start=-1), "stands at -1 to 2"),
        (one_word(end=0), "stands at 0 to 0"),
        (one_word(end=11), "stands at 0 to 11"),
        (
            Parse("It rained.", one_word(start=3, end=9).sentences + one_word().sentences),
            "0 to 2, .* after 3",
        ),
    ],
)
def test_a_parse_that_is_none_of_its_text_is_refused(parse: Parse, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        attribute_parsed(Article(parse.text), parse)


def test_a_sentence_without_words_is_left_out() -> None:
    empty = attrs.evolve(TWO_SENTENCES, sentences=(Sentence(()), *TWO_SENTENCES.sentences, Sentence(())))
    article = Article(TWO_SENTENCES.text)
    assert attribute_parsed(article, empty) == attribute_parsed(article, TWO_SENTENCES)


def test_words_of_one_token_may_share_its_offsets() -> None:
    token = Word(0, 0, 2, "It", "it", "PRON", "PRP", 1, "dep")
    check_parse(Parse("It", (Sentence((token, attrs.evolve(token, index=1, head=ROOT))),)))
