"""Web Annotations: read with a JSON-LD processor and the official context."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from hypothesis import given
from pyld import jsonld

from quoteattr.export import to_webanno
from quoteattr.export.webanno import CONTEXT
from quoteattr.schema import AttributedArticle
from tests.results import results, sample

SCHEMAS = Path(__file__).parent / "schemas"


def offline(url: str, _: Any) -> dict[str, Any]:
    """A document loader that knows the context of Web Annotations only."""
    assert url == CONTEXT
    document = json.loads((SCHEMAS / "anno.context.json").read_text(encoding="utf-8"))
    return {
        "contentType": "application/ld+json",
        "contextUrl": None,
        "documentUrl": url,
        "document": document,
    }


def keys_of(value: Any) -> set[str]:
    """All keys of nested values."""
    if isinstance(value, list):
        return set().union(*map(keys_of, value))
    return set(value).union(*map(keys_of, value.values())) if isinstance(value, dict) else set()


class TestWebAnnotation:
    OA = "http://www.w3.org/ns/oa#"

    def expanded(self, result: AttributedArticle) -> list[Any]:
        """The annotations as a JSON-LD processor expands them."""
        (page,) = jsonld.expand(to_webanno([result]), {"documentLoader": offline})
        (items,) = page["http://www.w3.org/ns/activitystreams#items"]
        return list(items["@list"])

    def test_every_term_is_in_the_context(self) -> None:
        page = to_webanno([sample()])
        (expanded,) = jsonld.expand(page, {"documentLoader": offline, "keepFreeFloatingNodes": True})
        named = {key.rpartition(":")[2] for key in keys_of(page)} - {"@context", "quoteattr"}
        known = {re.split("[#:/]", key.removeprefix("@"))[-1] for key in keys_of(expanded)}
        renamed = {"body": "hasBody", "target": "hasTarget", "source": "hasSource", "selector": "hasSelector"}
        renamed |= {"motivation": "motivatedBy", "purpose": "hasPurpose"}
        assert {renamed.get(name, name) for name in named} <= known

    def test_speakers_and_outlets_are_bodies(self) -> None:
        first, _, third = self.expanded(sample())
        assert [b[f"{self.OA}hasPurpose"][0]["@id"] for b in first[f"{self.OA}hasBody"]] == [
            f"{self.OA}identifying",
            f"{self.OA}tagging",
        ]
        assert third.get(f"{self.OA}hasBody", []) == []

    @given(results())
    def test_selectors_select_the_words(self, result: AttributedArticle) -> None:
        text = result.article.text
        for item, attribution in zip(to_webanno([result])["items"], result, strict=True):
            parts = attribution.quotation.parts
            targets = [item["target"]] if len(parts) == 1 else item["target"]
            for target, part in zip(targets, parts, strict=True):
                position, quote = target["selector"]
                assert text[position["start"] : position["end"]] == part.text
                assert quote["prefix"] + quote["exact"] + quote["suffix"] in text
                assert " " not in target["source"]
            kind = attribution.quotation.kind
            assert item.get("quoteattr:kind", "direct") == kind
