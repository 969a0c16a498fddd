"""Results as plain values, JSON and Arrow rows, and back.

There are three kinds of row. An *article row* holds a whole article: its text and everything found in it. A
*quotation row* holds one quotation with the metadata of its article, without the text. An *utterance row*
holds one utterance with all its appearances. `article_from_row` and `attribution_from_row` restore exactly
the values that a row was made from. ``docs/corpora.md`` describes every column.

The metadata of Arrow schemas name the kind of row (``quoteattr.records``) and the version of the columns
(``quoteattr.version``). Adding columns at the end keeps the version; every other change needs a new one.
"""

from quoteattr.records.arrow import (
    SHAPES,
    VERSION,
    arrow_schema,
    from_arrow,
    rows_to_arrow,
    to_arrow,
)
from quoteattr.records.flat import (
    FLAT_APPEARANCE_COLUMNS,
    FLAT_COLUMNS,
    csv_line,
    flat_appearances,
    flat_row,
    flat_rows,
    frame_of,
    to_frame,
)
from quoteattr.records.plain_values import (
    METADATA,
    Row,
    RowKind,
    appearance_row,
    article_from_row,
    article_row,
    attribution_from_row,
    cut_confidence,
    json_schema,
    quotation_rows,
    speaker_from_row,
    split_article_row,
    utterance_row,
)
from quoteattr.records.provenance import made_by, weights_digest

__all__ = [
    "FLAT_APPEARANCE_COLUMNS",
    "FLAT_COLUMNS",
    "METADATA",
    "SHAPES",
    "VERSION",
    "Row",
    "RowKind",
    "appearance_row",
    "arrow_schema",
    "article_from_row",
    "article_row",
    "attribution_from_row",
    "csv_line",
    "cut_confidence",
    "flat_appearances",
    "flat_row",
    "flat_rows",
    "frame_of",
    "from_arrow",
    "json_schema",
    "made_by",
    "quotation_rows",
    "rows_to_arrow",
    "speaker_from_row",
    "split_article_row",
    "to_arrow",
    "to_frame",
    "utterance_row",
    "weights_digest",
]
