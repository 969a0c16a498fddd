"""Results as flat rows, in which every value is a string, a number or None, and as data frames."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any, Literal

from quoteattr.records.plain_values import METADATA, Row, quotation_rows, utterance_row
from quoteattr.schema import AttributedArticle, Utterance

FLAT_COLUMNS = (
    *METADATA,
    *("quotation", "speaker", "outlet", "confidence", "speaker_kind", "mention", "cue", "kind"),
    *("start", "end", "statement", "decided_by", "resolved_by"),
)
"""The columns of a flat row of a quotation, in order."""
FLAT_APPEARANCE_COLUMNS = (
    *("utterance", "utterance_speaker", "relation", "outlet_inferred"),
    *FLAT_COLUMNS,
)
"""The columns of a flat row of an appearance, in order. Its outlet is that of the appearance."""

Library = Literal["pandas", "polars"]
Results = AttributedArticle | Utterance | Iterable[AttributedArticle] | Iterable[Utterance]


def flat_row(row: Row) -> Row:
    """Returns a quotation row with a string, a number or None in every column.

    >>> from quoteattr.schema import Article, Attribution, Quotation, Span
    >>> text = "“Yes,” said Ann Lee."
    >>> quotation = Quotation(Span.of(text, 1, 5), Span.of(text, 0, 6))
    >>> (row,) = quotation_rows(AttributedArticle(Article(text, id="a1"), (Attribution(quotation),)))
    >>> flat = flat_row(row)
    >>> flat["article"], flat["quotation"], flat["speaker"]
    ('a1', 'Yes,', None)
    """
    speaker = row["speaker"] or {}
    flat = {
        **row,
        "quotation": row["content"],
        "speaker": speaker.get("name"),
        "speaker_kind": speaker.get("kind"),
        "outlet": row["outlet"] and row["outlet"]["name"],
        "mention": row["mention"] and row["mention"]["text"],
        "cue": row["cue"] and row["cue"]["text"],
    }
    return {column: flat[column] for column in FLAT_COLUMNS}


def flat_appearances(row: Row) -> list[Row]:
    """Returns a flat row for each appearance of an utterance row; see `FLAT_APPEARANCE_COLUMNS`."""
    return [
        {
            "utterance": row["text"],
            "utterance_speaker": row["speaker"] and row["speaker"]["name"],
            "relation": found["relation"],
            "outlet_inferred": found["outlet_inferred"],
            **flat_row({**{column: found[column] for column in METADATA}, **found["quotation"]}),
            "outlet": found["outlet"] and found["outlet"]["name"],
        }
        for found in row["appearances"]
    ]


def flat_rows(results: Results) -> list[Row]:
    """Returns a flat row for each quotation of attributed articles, or for each appearance of utterances."""
    return [row for result in _each(results) for row in _flat_rows(result)]


def csv_line(values: Iterable[Any]) -> str:
    """Returns values as a line of a CSV table; None is an empty field.

    A field that begins like a formula of a spreadsheet ("=", "+", "-", "@") keeps its characters: the quoted
    words of an article are data, and readers of CSV files compare them with the text.

    >>> csv_line(["a1", None, "“Go,” she said"])
    'a1,,"“Go,” she said"\\r\\n'
    """
    stream = io.StringIO()
    csv.writer(stream).writerow(["" if value is None else value for value in values])
    return stream.getvalue()


def to_frame(results: Results, library: Library = "pandas") -> Any:
    """Returns a data frame with a row for each quotation of attributed articles (columns `FLAT_COLUMNS`), or
    for each appearance of utterances.

    Args:
        results: a result, or any iterable of results.
        library: "pandas" or "polars", which must be installed.

    Raises:
        ImportError: if the library is not installed; says how to get it.
        ValueError: if `library` is neither of them.

    >>> from quoteattr.schema import Article
    >>> list(to_frame(AttributedArticle(Article("It rained."))).columns)[:5]
    ['article', 'publisher', 'published', 'url', 'quotation']
    """
    if library not in ("pandas", "polars"):
        raise ValueError(f'library must be "pandas" or "polars", got {library!r}')
    given = list(_each(results))
    of_utterances = any(isinstance(result, Utterance) for result in given)
    columns = FLAT_APPEARANCE_COLUMNS if of_utterances else FLAT_COLUMNS
    return frame_of([row for result in given for row in _flat_rows(result)], columns, library)


def frame_of(rows: Sequence[Row], columns: Sequence[str], library: Library) -> Any:
    """Returns flat rows as a data frame, with typed dates and statement numbers."""
    try:
        if library == "polars":
            import polars

            types: dict[str, Any] = dict.fromkeys(columns, polars.String)
            types |= dict.fromkeys(("start", "end", "statement"), polars.Int64)
            types |= {"confidence": polars.Float64}
            types |= dict.fromkeys({"outlet_inferred"} & set(columns), polars.Boolean)
            frame = polars.DataFrame(rows, schema=types)
            return frame.with_columns(polars.col("published").str.to_date())
        import pandas
    except ImportError:
        raise ImportError(f"data frames need {library}: pip install {library}") from None
    table = pandas.DataFrame(rows, columns=list(columns))
    table["published"] = pandas.to_datetime(table["published"])
    return table.astype({"start": "int64", "end": "int64", "statement": "Int64", "confidence": "float64"})


def _each(results: Results) -> Iterable[AttributedArticle | Utterance]:
    return (results,) if isinstance(results, AttributedArticle | Utterance) else results


def _flat_rows(result: AttributedArticle | Utterance) -> list[Row]:
    if isinstance(result, AttributedArticle):
        return list(map(flat_row, quotation_rows(result)))
    return flat_appearances(utterance_row(result))
