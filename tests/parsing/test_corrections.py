"""Parse corrections: each on the example that it names, and on sentences that have no fault."""

from __future__ import annotations

import pytest

from quoteattr.parsing.corrections import CORRECTIONS, Correction, correct_sentence
from quoteattr.parsing.dependency_tree import Sentence
from tests.trees import read_tree, write_word

# For each correction its example as a parser gets it wrong, and the words that the correction changes; words
# are written as in tests/trees.py.
FAULTS = {
    "detach name from day": (
        "On/ADP/2/case Friday/PROPN/5/obl Otto/PROPN/2/flat Lund/PROPN/2/flat said/VERB/0/root",
        "Otto/PROPN/5/nsubj Lund/PROPN/3/flat",
    ),
    "tag word before cue as name": (
        "Will/AUX/2/aux said/VERB/0/root",
        "Will/PROPN/2/nsubj",
    ),
    "give second subject to clause": (
        "Lund/PROPN/2/nsubj says/VERB/0/root police/NOUN/2/nsubj told/VERB/2/ccomp him/PRON/4/obj",
        "police/NOUN/4/nsubj",
    ),
    "tag number as name": (
        "Pence/NUM/2/nsubj went/VERB/0/root on/ADP/2/compound:prt",
        "Pence/PROPN/2/nsubj",
    ),
    "detach participle clause": (
        "Holding/VERB/2/amod signs/NOUN/6/nsubj ,/PUNCT/1/punct the/DET/5/det nurses/NOUN/2/appos "
        "said/VERB/0/root",
        "Holding/VERB/6/advcl signs/NOUN/1/obj nurses/NOUN/6/nsubj",
    ),
    "attach subject after participle": (
        "Asked/VERB/6/advcl about/ADP/3/case it/PRON/1/obl ,/PUNCT/1/punct Lund/PROPN/1/obj wept/VERB/0/root",
        "Lund/PROPN/6/nsubj",
    ),
    "attach speaker between commas": (
        "Hale/PROPN/4/nsubj ,/PUNCT/3/punct Lund/PROPN/1/appos said/VERB/0/root ,/PUNCT/4/punct "
        "was/AUX/7/cop ill/ADJ/4/ccomp",
        "Hale/PROPN/7/nsubj Lund/PROPN/4/nsubj",
    ),
    "attach subject before relative clause": (
        "On/ADP/2/case Sunday/PROPN/8/obl Lund/PROPN/2/appos ,/PUNCT/6/punct who/PRON/6/nsubj "
        "paid/VERB/3/acl:relcl ,/PUNCT/6/punct said/VERB/0/root",
        "Lund/PROPN/8/nsubj",
    ),
    "join second verb to cue": (
        "Lund/PROPN/2/nsubj said/VERB/0/root it/PRON/5/nsubj would/AUX/5/aux fail/VERB/2/ccomp "
        "and/CCONJ/7/cc called/VERB/5/conj it/PRON/7/obj off/ADP/7/compound:prt",
        "called/VERB/2/conj",
    ),
    "detach place from subject": (
        "Outside/ADJ/2/amod court/NOUN/6/nsubj ,/PUNCT/4/punct Ms/PROPN/5/compound Lund/PROPN/2/appos "
        "said/VERB/0/root",
        "Outside/ADP/2/case court/NOUN/6/obl Lund/PROPN/6/nsubj",
    ),
    "attach for-phrase to noun": (
        "said/VERB/0/root a/DET/3/det lawyer/NOUN/1/nsubj for/ADP/5/case Lund/PROPN/1/obl",
        "Lund/PROPN/3/nmod",
    ),
    "tag verb before name as role": (
        "Leeds/PROPN/2/nsubj boss/VERB/0/root Carl/PROPN/2/obj Lund/PROPN/3/flat said/VERB/2/ccomp",
        "Leeds/PROPN/3/compound boss/NOUN/3/compound Carl/PROPN/5/nsubj said/VERB/0/root",
    ),
}


def name_of(correction: Correction) -> str:
    return correction.name


def test_every_correction_has_a_name_and_a_fault() -> None:
    assert [correction.name for correction in CORRECTIONS] == list(FAULTS)


@pytest.mark.parametrize("correction", CORRECTIONS, ids=name_of)
def test_a_correction_corrects_its_example(correction: Correction) -> None:
    wrong, changed = FAULTS[correction.name]
    sentence = read_tree(wrong)
    corrected = correction.apply(sentence)
    assert "".join(word.text for word in sentence) == correction.example.replace(" ", "")
    assert (
        " ".join(write_word(new) for new, old in zip(corrected, sentence, strict=True) if new != old)
        == changed
    )
    assert correct_sentence(sentence) == corrected


@pytest.mark.parametrize("correction", CORRECTIONS, ids=name_of)
def test_a_corrected_example_stays(correction: Correction) -> None:
    right = correction.apply(read_tree(FAULTS[correction.name][0]))
    assert correct_sentence(right) is right


# Sentences that resemble an example and are right.
@pytest.mark.parametrize(
    "words",
    [
        pytest.param("In/ADP/2/case June/PROPN/0/root 2016/NUM/2/flat", id="day and number"),
        pytest.param("Then/ADV/2/advmod said/VERB/0/root Lund/PROPN/2/nsubj", id="adverb at the start"),
        pytest.param("Having/AUX/2/aux said/VERB/0/root that/PRON/2/obj", id="no name"),
        pytest.param("works/VERB/2/ccomp said/VERB/0/root Lund/PROPN/2/nsubj", id="inverted subject"),
        pytest.param("Two/NUM/2/nsubj went/VERB/0/root", id="number as subject"),
        pytest.param("Rising/VERB/2/amod prices/NOUN/3/nsubj said/VERB/0/root", id="participle of a subject"),
        pytest.param(
            "Asked/VERB/4/advcl ,/PUNCT/1/punct Lund/PROPN/4/nsubj wept/VERB/0/root", id="attached subject"
        ),
        pytest.param(
            "Hale/PROPN/3/nsubj ,/PUNCT/3/punct told/VERB/0/root Lund/PROPN/3/obj ,/PUNCT/3/punct "
            "works/VERB/3/ccomp",
            id="addressee between commas",
        ),
        pytest.param(
            "met/VERB/5/advcl Lund/PROPN/1/obj who/PRON/4/nsubj paid/VERB/2/acl:relcl said/VERB/0/root",
            id="object before a relative clause",
        ),
        pytest.param(
            "Lund/PROPN/2/nsubj said/VERB/0/root it/PRON/5/nsubj had/AUX/5/aux failed/VERB/2/ccomp "
            "and/CCONJ/7/cc called/VERB/5/conj",
            id="past clause",
        ),
        pytest.param(
            "Outside/ADP/2/case court/NOUN/5/obl ,/PUNCT/2/punct Lund/PROPN/5/nsubj said/VERB/0/root",
            id="attached place",
        ),
        pytest.param("spoke/VERB/0/root for/ADP/3/case Lund/PROPN/1/obl", id="verb with for"),
        pytest.param("They/PRON/2/nsubj boss/VERB/0/root Lund/PROPN/2/obj", id="verb that is no role"),
    ],
)
def test_a_right_sentence_stays(words: str) -> None:
    sentence = read_tree(words)
    assert correct_sentence(sentence) is sentence


def test_an_empty_sentence_stays() -> None:
    assert correct_sentence(Sentence(())) == Sentence(())
