"""A hand-made article and utterance for the tests of HTML pages."""

from __future__ import annotations

import datetime
from typing import Any

from quoteattr.detection.quotations import find_quotations
from quoteattr.schema import (
    Appearance,
    Article,
    AttributedArticle,
    Attribution,
    Conflict,
    Edit,
    Mention,
    Outlet,
    Quotation,
    Span,
    Speaker,
    Utterance,
)

HOLM = Speaker("Ida Holm", "person", ("Ms Holm", "the mayor"))
BRANDT = Speaker("Rolf Brandt", "person")
TIMES = "Valley Times"

TEXT = """Mayor: ‘Bridge before snow’

“We have the money,” Ms Holm told the Valley Times. “And, as my mother said, ‘A promise is a debt.’

“So we pay,” she said.

Rolf Brandt, the governor, laughed at “Bridgegate”."""


def span(text: str, words: str) -> Span:
    """The first occurrence of some words in a text."""
    start = text.index(words)
    return Span.of(text, start, start + len(words))


def attribution(text: str, outer: Span | str, speaker: Speaker | None = HOLM, **more: Any) -> Attribution:
    """The attribution of a quotation, given with its marks, to a speaker."""
    whole = span(text, outer) if isinstance(outer, str) else outer
    content = Span.of(text, whole.start + 1, whole.end - 1)
    return Attribution(
        Quotation(content, whole), speaker=speaker, **{"confidence": 0.9, "decided_by": "introduced", **more}
    )


def article() -> AttributedArticle:
    """An article with a headline, a nested quotation, a quotation over two paragraphs, an outlet, a doubtful
    name and a scare quote."""
    outlet = Outlet(TIMES, span(TEXT, TIMES))
    cue = {"cue": span(TEXT, "told"), "mention": Mention(span(TEXT, "Ms Holm"), "name"), "outlet": outlet}
    more: list[dict[str, Any]] = [
        {"confidence": 0.4, "mention": Mention(span(TEXT, "Mayor"), "nominal")},
        {**cue, "decided_by": "after_quotation"},
        {**cue, "decided_by": "same_paragraph"},
        {"speaker": Speaker("mother", "unnamed"), "mention": Mention(span(TEXT, "my mother"), "nominal")},
        {"mention": Mention(span(TEXT, "she"), "pronoun"), "outlet": outlet},
        {"speaker": None, "decided_by": "term"},
    ]
    found = find_quotations(TEXT)
    attributions = tuple(attribution(TEXT, q.outer, **m) for q, m in zip(found, more, strict=True))
    speakers = tuple(dict.fromkeys(a.speaker for a in attributions if a.speaker))
    printed = Article(
        TEXT,
        id="bridge.txt",
        publisher="The Record",
        published=datetime.date(2022, 5, 2),
        url="https://example.org/b",
    )
    return AttributedArticle(printed, attributions, speakers)


WORDING = "We will rebuild the bridge before the first snow falls, and nobody here will pay a cent for it"
WHOLE = f"“{WORDING},” Mayor Ida Holm told the Valley Times."
PARTS = "Ms Holm promised it “before the first snow falls”. None “here will pay a cent for it”, she said."
EDITED = (
    "“We will rebuild the bridge before the first frost falls, and nobody here will pay for it,” she said."
)


def appearance(publisher: str, day: int, text: str, words: str, relation: Any, **more: Any) -> Appearance:
    """An appearance of some words of the utterance."""
    at = span(text, words)
    quoted = attribution(text, Span.of(text, at.start - 1, at.end + 1), more.pop("speaker", HOLM))
    covers = tuple(span(WORDING, part) for part in more.pop("covers", ()))
    edits = tuple(Edit(span(WORDING, old), span(text, new)) for old, new in more.pop("edits", ()))
    printed = Article(text, publisher=publisher, published=datetime.date(2022, 5, day))
    return Appearance(printed, quoted, relation, covers=covers, edits=edits, **more)


def utterance() -> Utterance:
    """An utterance that appears whole with an outlet, in two parts, edited, and with another speaker."""
    outlet = Outlet(TIMES, span(WHOLE, TIMES))
    inferred = {"outlet": outlet, "outlet_inferred": True}
    first, second = "before the first snow falls", "here will pay a cent for it"
    carried = (
        "We will rebuild the bridge before the first",
        "falls, and nobody here will pay",
        "for it",
    )
    changed = EDITED[1 : EDITED.index(",”")]
    appearances = (
        appearance("The Record", 2, WHOLE, WORDING, "whole", outlet=outlet),
        appearance("Daily News", 3, PARTS, first, "part", covers=[first], **inferred),
        appearance("Daily News", 3, PARTS, second, "part", covers=[second], **inferred),
        appearance(
            "The Globe", 4, EDITED, changed, "edited", covers=carried, edits=[("snow", "frost")], **inferred
        ),
    )
    other = appearance("The Post", 5, WHOLE, WORDING, "whole", speaker=BRANDT)
    conflicts = (Conflict("wording", appearances[3], "frost"), Conflict("speaker", other, BRANDT.name))
    return Utterance(
        WORDING, HOLM, appearances, (TIMES,), ("The Record", "Daily News", "The Globe"), conflicts
    )
