"""The lines and cells of the tables, from hand-made results."""

from __future__ import annotations

import contextlib
import html
import io
import json
from collections.abc import Callable
from typing import get_args

import attrs
import click
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from quoteattr.cli.article_tables import print_tables, quotation_table, speakers_line
from quoteattr.cli.console import Command, Failure, dumps
from quoteattr.cli.output_formats import article_json
from quoteattr.cli.utterance_tables import (
    appearance_table,
    article_label,
    differing_words,
    heading,
    print_utterances,
)
from quoteattr.export import to_webanno
from quoteattr.layout import escape_unseen
from quoteattr.schema import (
    Appearance,
    AttributedArticle,
    Conflict,
    Edit,
    Outlet,
    Relation,
    Span,
    Speaker,
    Utterance,
)
from tests.results import HOSTILE
from tests.shown import article, utterance
from tests.strategies import ACTING, acting


def test_speakers_are_counted() -> None:
    assert speakers_line(article()) == "6 quotations. Speakers: Ida Holm (4), mother (1)"


def test_no_speaker() -> None:
    assert speakers_line(attrs.evolve(article(), attributions=())) == "0 quotations. No speaker found"


def test_a_narrow_table_has_no_column_for_the_rule() -> None:
    titles = [[str(c.header) for c in quotation_table(article(), width).columns] for width in (99, 100)]
    assert titles[0] == ["Quotation", "Speaker", "Outlet", "Sure"]
    assert titles[1] == ["Quotation", "Speaker", "Outlet", "Decided by", "Sure"]


def test_heading_counts_articles_and_publishers() -> None:
    assert heading(utterance()) == "  Ida Holm · Valley Times · 3 articles · 3 publishers"
    anonymous = attrs.evolve(utterance(), speaker=None, outlets=(), publishers=())
    assert heading(anonymous) == "  no speaker · 3 articles"


def test_differing_words_depend_on_the_relation() -> None:
    assert [differing_words(appearance) for appearance in utterance().appearances] == [
        "",
        "before the first snow falls",
        "here will pay a cent for it",
        "snow → frost",
    ]


def test_an_article_is_labelled_by_publisher_or_id() -> None:
    first = utterance().appearances[0]
    unpublished = attrs.evolve(first.article, publisher=None)
    assert article_label(first) == "The Record"
    assert article_label(attrs.evolve(first, article=attrs.evolve(unpublished, id="a1"))) == "a1"
    assert article_label(attrs.evolve(first, article=unpublished)) == "–"


def test_each_appearance_has_a_row() -> None:
    assert appearance_table(utterance()).row_count == len(utterance().appearances)


def printed(print_it: Callable[[], None]) -> str:
    """What a function prints on a terminal that shows no styles."""
    with contextlib.redirect_stdout(io.StringIO()) as output:
        print_it()
    return output.getvalue()


@given(HOSTILE)
def test_nothing_in_the_tables_of_articles_acts_on_a_terminal(result: AttributedArticle) -> None:
    assert acting(printed(lambda: print_tables([result, result], titles=True))) == set()


@given(HOSTILE, st.lists(ACTING | st.sampled_from("ab"), min_size=1).map("".join))
def test_nothing_in_the_tables_of_utterances_acts_on_a_terminal(result: AttributedArticle, odd: str) -> None:
    text = result.article.text
    outlet, edit = Outlet(odd, Span.of(text, 0, 0)), Edit(Span.of(odd, 0, 1), Span.of(text, 0, len(text)))
    found = tuple(
        Appearance(result.article, said, relation, outlet, False, (said.quotation.content,), (edit,))
        for said in result
        for relation in get_args(Relation)
    )
    conflicts = tuple(Conflict("speaker", appearance, odd) for appearance in found)
    whole = Utterance(odd, Speaker(odd, "person"), found, (odd,), (odd,), conflicts)
    assert acting(printed(lambda: print_utterances([whole], 1))) == set()


@given(HOSTILE)
def test_json_is_escaped_and_keeps_its_values(result: AttributedArticle) -> None:
    row = article_json(result)
    assert acting(dumps(row), "") == set()
    assert json.loads(dumps(row)) == json.loads(json.dumps(row))
    assert acting(dumps(to_webanno([result])), "") == set()
    assert json.loads(dumps(to_webanno([result]))) == to_webanno([result])


@given(HOSTILE)
def test_pages_are_escaped(result: AttributedArticle) -> None:
    page = result.to_html()
    shown = escape_unseen(page, "&#x{:x};")
    assert acting(shown, "\n\t\r") == set()
    assert html.unescape(shown) == html.unescape(page)


@pytest.mark.parametrize("error", [Failure, click.UsageError])
def test_nothing_in_a_message_acts_on_a_terminal(error: type[click.ClickException]) -> None:
    @click.command(cls=Command)
    def command() -> None:
        raise error("a\x1b[2J\x9b\u202eb\udce9")

    result = CliRunner().invoke(command)
    assert "a␛[2J��b\\xe9" in result.output
    assert acting(result.output) == set()
