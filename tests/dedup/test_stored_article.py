"""An article as bytes, and what is refused when they are read."""

from __future__ import annotations

import json
import tracemalloc
import zlib
from collections.abc import Callable
from typing import Any

import attrs
import pytest

from quoteattr import Deduplicator
from quoteattr.dedup import stored_article
from quoteattr.dedup.stored_article import check_article, decode_article, encode_article, unpack
from quoteattr.schema import (
    Article,
    AttributedArticle,
    Attribution,
    Mention,
    Outlet,
    Quotation,
    Span,
    Speaker,
)

TEXT = "“We go,” Ann Lee told the Herald. “We stay.”"
ANN = Speaker("Ann Lee", "person", ("Lee",))
FIRST = Attribution(
    Quotation(Span.of(TEXT, 1, 7), Span.of(TEXT, 0, 8)),
    cue=Span.of(TEXT, 17, 21),
    mention=Mention(Span.of(TEXT, 9, 16), "name"),
    speaker=ANN,
    outlet=Outlet("Herald", Span.of(TEXT, 26, 32)),
    statement=0,
    confidence=0.5,
)
SECOND = Attribution(Quotation(Span.of(TEXT, 35, 43), Span.of(TEXT, 34, 44)))
SOUND = AttributedArticle(Article(TEXT, id="a", url="https://a.b/\ud800"), (FIRST, SECOND), (ANN,))


def test_an_article_comes_back() -> None:
    assert decode_article(unpack(zlib.compress(encode_article(SOUND)))) == SOUND


def test_every_span_is_a_word_of_the_text() -> None:
    words = [span.text for span in stored_article._spans(FIRST)]
    assert words == ["We go,", "“We go,”", "told", "Ann Lee", "Herald"]


Path = tuple[str | int, ...]
ODD: tuple[tuple[Path, Any], ...] = (
    (("text",), TEXT[1:]),
    (("text",), None),
    (("article",), 5),
    (("published",), "2024-13-01"),
    (("published",), 20240101),
    (("quotations",), None),
    (("quotations", 0), []),
    (("quotations", 0, "start"), 2),
    (("quotations", 0, "start"), -43),
    (("quotations", 0, "start"), True),
    (("quotations", 0, "start"), 1.0),
    (("quotations", 0, "end"), 10**30),
    (("quotations", 0, "outer", "end"), 6),
    (("quotations", 0, "outer"), {"start": 1, "end": 3, "text": "We"}),
    (("quotations", 0, "cue", "start"), None),
    (("quotations", 0, "mention", "text"), "Ann Leo"),
    (("quotations", 0, "mention", "kind"), "verb"),
    (("quotations", 0, "outlet", "end"), 999_999_999_999),
    (("quotations", 0, "outlet", "name"), None),
    (("quotations", 0, "kind"), "loud"),
    (("quotations", 0, "kind"), []),
    (("quotations", 0, "speaker", "kind"), None),
    (("quotations", 0, "speaker", "name"), ["Ann"]),
    (("quotations", 0, "speaker", "aliases"), [1]),
    (("quotations", 0, "statement"), -1),
    (("quotations", 0, "statement"), 1 << 31),
    (("quotations", 0, "statement"), False),
    (("quotations", 0, "confidence"), None),
    (("quotations", 0, "confidence"), True),
    (("quotations", 0, "confidence"), float("nan")),
    (("quotations", 0, "confidence"), 1.01),
    (("quotations", 0, "decided_by"), 1),
    (("quotations", 0, "resolved_by"), {}),
    (("speakers", 0, "name"), 0),
    (("speakers",), {"a": 1}),
)


@pytest.mark.parametrize(("place", "value"), ODD, ids=lambda value: ascii(value)[:40])
def test_a_value_that_is_wrong_is_refused(place: Path, value: Any) -> None:
    row = json.loads(encode_article(SOUND).decode("utf-8", "surrogatepass"))
    *outer, last = place
    holder = row
    for key in outer:
        holder = holder[key]
    assert holder[last] != value or type(holder[last]) is not type(value)
    holder[last] = value
    with pytest.raises(ValueError, match=r"^its content is not an article: "):
        decode_article(json.dumps(row).encode())


def test_quotations_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="not in the order of the text"):
        check_article(attrs.evolve(SOUND, attributions=(SECOND, FIRST)))


@pytest.mark.parametrize("row", [b"", b"null", b"[]", b"{}", b"\xff", b"[" * 100_000, b"9" * 100_000])
def test_what_is_no_article_is_refused(row: bytes) -> None:
    with pytest.raises(ValueError, match=r"^its content is not an article: "):
        decode_article(row)


PACKED = zlib.compress(b"null")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (None, "is NoneType, not bytes"),
        ("text", "is str, not bytes"),
        (b"text", "cannot be unpacked"),
        (PACKED[:-1], "cut off"),
        (PACKED + b"a", "other bytes follow"),
    ],
)
def test_bodies_that_cannot_be_unpacked(body: object, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        unpack(body)


def test_a_small_body_cannot_take_much_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stored_article, "LONGEST_ROW", 1 << 20)
    body = zlib.compress(bytes(1 << 27))
    tracemalloc.start()
    with pytest.raises(ValueError, match="unpacks to more than 1,048,576 bytes"):
        unpack(body)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 << 20


def test_an_article_that_a_store_would_not_read_is_not_added(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stored_article, "LONGEST_ROW", 500)
    with Deduplicator() as store:
        other = Article(TEXT, id="b")
        with pytest.raises(ValueError, match=r"article 'b' cannot be added: it takes [\d,]+ bytes"):
            store.add([AttributedArticle(Article("Rain.")), attrs.evolve(SOUND, article=other)])
        assert len(store) == 0


Change = Callable[[AttributedArticle], AttributedArticle]
UNSOUND: tuple[tuple[Change, type[Exception]], ...] = (
    (lambda found: attrs.evolve(found, article=Article(TEXT.upper(), id="a")), ValueError),
    (lambda found: attrs.evolve(found, attributions=("text",)), TypeError),  # type: ignore[arg-type]
    (lambda found: attrs.evolve(found, speakers=("Ann Lee",)), TypeError),  # type: ignore[arg-type]
    (lambda found: attrs.evolve(found, attributions=(attrs.evolve(FIRST, confidence="high"),)), TypeError),  # type: ignore[arg-type]
    (lambda found: attrs.evolve(found, attributions=(attrs.evolve(FIRST, statement=10**30),)), ValueError),
    (lambda found: attrs.evolve(found, attributions=(attrs.evolve(FIRST, cue="told"),)), TypeError),  # type: ignore[arg-type]
)


@pytest.mark.parametrize(("change", "error"), UNSOUND)
def test_one_unsound_article_keeps_its_batch_out_and_is_named(change: Change, error: type[Exception]) -> None:
    other = AttributedArticle(Article("It rained."))
    with Deduplicator() as store:
        with pytest.raises(error, match=r"^article 'a' cannot be added: "):
            store.add([other, change(SOUND)])
        assert len(store) == 0
        store.add([other, SOUND])
        assert (len(store), store.unreadable()) == (2, {})
