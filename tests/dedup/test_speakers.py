"""Speakers of different articles."""

from __future__ import annotations

import pytest

from quoteattr.dedup.speakers import (
    NO_SPEAKER,
    SpeakerRelation,
    cached_relations,
    relation_between,
    speaker_key,
)
from quoteattr.schema import Attribution, Quotation, Span, Speaker

EMPTY = Span(0, 0, "")
SAME, UNKNOWN, CONFLICT = SpeakerRelation.SAME, SpeakerRelation.UNKNOWN, SpeakerRelation.CONFLICT


def attribution(speaker: Speaker | None, confidence: float = 0.9) -> Attribution:
    return Attribution(Quotation(EMPTY, EMPTY), speaker=speaker, confidence=confidence)


def person(name: str, *aliases: str) -> Speaker:
    return Speaker(name, "person", aliases)


@pytest.mark.parametrize(
    ("a", "b", "relation"),
    [
        (person("Liz Truss"), person("Truss"), SAME),
        (person("Liz Truss"), person("Hugh Truss"), CONFLICT),
        (person("Liz Truss"), person("Ida Holm"), CONFLICT),
        (person("Mr Holm"), person("Mrs Holm"), CONFLICT),
        (person("Félix Calderón"), person("Calderon"), SAME),
        (person("Liz Truss"), None, UNKNOWN),
        (person("Liz Truss"), Speaker("spokesman", "unnamed"), UNKNOWN),
        (person("Liz Truss", "the foreign secretary"), Speaker("foreign secretary", "unnamed"), SAME),
        (Speaker("Clinton spokesman", "unnamed"), Speaker("Clinton spokeswoman", "unnamed"), SAME),
        (Speaker("Truss", "unnamed"), person("Liz Truss"), SAME),
        (Speaker("Ministry of Fish", "organisation"), Speaker("Ministry of Eels", "organisation"), CONFLICT),
        (Speaker("Ministry of Fish", "organisation"), Speaker("the ministry", "organisation"), SAME),
        (Speaker("Harbour Office", "organisation"), person("Tom Reed"), UNKNOWN),
    ],
)
def test_relations(a: Speaker, b: Speaker | None, relation: SpeakerRelation) -> None:
    keys = speaker_key(attribution(a)), speaker_key(attribution(b))
    assert relation_between(*keys) is relation
    assert relation_between(*reversed(keys)) is relation
    assert cached_relations(keys)(0, 1) is relation


def test_an_unreliable_attribution_contradicts_nothing() -> None:
    doubtful = speaker_key(attribution(person("Ida Holm"), confidence=0.4))
    assert relation_between(speaker_key(attribution(person("Liz Truss"))), doubtful) is UNKNOWN


def test_keys() -> None:
    assert speaker_key(attribution(None)) is NO_SPEAKER
    key = speaker_key(attribution(person("Liz Truss")))
    assert (key.surname, set(key.identifying_words), key.is_office) == ("truss", {"truss"}, False)
    office = speaker_key(attribution(Speaker("foreign secretary", "unnamed")))
    assert (office.surname, len(office.identifying_words), office.is_office) == ("", 0, True)
    spokesman = speaker_key(attribution(Speaker("Clinton spokesman", "unnamed")))
    assert spokesman.identifying_words == {"clinton"}


def test_keys_are_sorted_by_name() -> None:
    keys = [speaker_key(attribution(person(name))) for name in ("Liz Truss", "Ida Holm")]
    assert sorted(keys, key=lambda key: key.order) == keys[::-1]
