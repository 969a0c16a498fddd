"""The output formats of the program: one table that determines the choices, the help and the output."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import attrs

from quoteattr import records
from quoteattr.cli.console import Failure, chosen_parser, dumps
from quoteattr.parsing.parser import default_parser
from quoteattr.schema import AttributedArticle

Write = Callable[[Iterable[AttributedArticle], str], Iterator[str]]
"""Yields the output in pieces, given the results and the name or path of the models."""


@attrs.frozen
class OutputFormat:
    """One choice of ``--format``."""

    write: Write
    """Writes the results."""
    description: str
    """Its description in the help."""
    takes_one_file: bool = False
    """Whether the format allows one article only, because several would need several files."""


def formatted(results: Iterable[AttributedArticle], name: str, models: str) -> Iterator[str]:
    """Returns the output in the format of the given name, in pieces.

    Raises:
        KeyError: if there is no such format.
    """
    return FORMATS[name].write(results, models)


def formats_help() -> str:
    """Returns the list of formats for the help text."""
    return ", ".join(f"{name} ({output.description})" for name, output in FORMATS.items())


def article_json(result: AttributedArticle) -> records.Row:
    """Returns the article row without the text, which the user already has; docs/api.md describes it."""
    row = records.article_row(result)
    del row["text"]
    return {**row, "quotations": list(map(with_cut_confidence, row["quotations"]))}


def with_cut_confidence(quotation: records.Row) -> records.Row:
    """Returns the row with its confidence cut to three decimals.

    >>> with_cut_confidence({"confidence": 0.98765})
    {'confidence': 0.987}
    """
    return {**quotation, "confidence": records.cut_confidence(quotation["confidence"], 3)}


def _write_json(results: Iterable[AttributedArticle], models: str) -> Iterator[str]:
    made_by = records.made_by(models)
    yield dumps([{**article_json(result), "made_by": made_by} for result in results], indent=2) + "\n"


def _write_jsonl(results: Iterable[AttributedArticle], models: str) -> Iterator[str]:
    made_by = records.made_by(models)
    for result in results:
        for row in records.quotation_rows(result):
            yield dumps({**with_cut_confidence(row), "made_by": made_by}) + "\n"


def _write_csv(results: Iterable[AttributedArticle], models: str) -> Iterator[str]:
    made_by = records.made_by(models)
    yield records.csv_line((*records.FLAT_COLUMNS, "made_by"))
    for result in results:
        for row in map(with_cut_confidence, records.flat_rows(result)):
            yield records.csv_line((*row.values(), made_by))


def _write_tei(results: Iterable[AttributedArticle], models: str) -> Iterator[str]:
    from quoteattr.export import to_tei

    try:
        yield to_tei(results)
    except ImportError as error:
        raise Failure(str(error)) from None


def _write_conllu(results: Iterable[AttributedArticle], models: str) -> Iterator[str]:
    from quoteattr.export import to_conllu

    parser = chosen_parser(models) or default_parser()
    for result in results:
        (parse,) = parser.parse([result.article.text])
        yield to_conllu([(result, parse)])


def _write_brat(results: Iterable[AttributedArticle], models: str) -> Iterator[str]:
    from quoteattr.export import to_brat

    return map(to_brat, results)


def _write_booknlp_quotes(results: Iterable[AttributedArticle], models: str) -> Iterator[str]:
    from quoteattr.export import to_booknlp_quotes

    return map(to_booknlp_quotes, results)


def _write_booknlp_book(results: Iterable[AttributedArticle], models: str) -> Iterator[str]:
    from quoteattr.export import to_booknlp_book

    return map(to_booknlp_book, results)


def _write_webanno(results: Iterable[AttributedArticle], models: str) -> Iterator[str]:
    from quoteattr.export import to_webanno

    yield dumps(to_webanno(results), indent=2) + "\n"


FORMATS = {
    "json": OutputFormat(_write_json, "one JSON document"),
    "jsonl": OutputFormat(_write_jsonl, "one JSON object per quotation"),
    "csv": OutputFormat(_write_csv, "a CSV table, a row per quotation"),
    "tei": OutputFormat(_write_tei, "TEI P5"),
    "conllu": OutputFormat(_write_conllu, "CoNLL-U"),
    "brat": OutputFormat(_write_brat, "brat standoff, one FILE only", takes_one_file=True),
    "booknlp_quotes": OutputFormat(
        _write_booknlp_quotes, "BookNLP's .quotes, one FILE only", takes_one_file=True
    ),
    "booknlp_book": OutputFormat(_write_booknlp_book, "BookNLP's .book, one FILE only", takes_one_file=True),
    "webanno": OutputFormat(_write_webanno, "W3C Web Annotations"),
}
"""The formats by name. To add one, write a function `_write_<format>` above and add a row here. The choices,
the help and the output of the program follow from this table."""
