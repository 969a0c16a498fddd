"""Writes docs/examples/first.ipynb: runs its cells and stores what they show.

    python -m docs.notebook

The cells are in this file, so that a change can be read; a test runs the notebook and compares the outputs.
"""

from __future__ import annotations

import ast
import contextlib
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

NOTEBOOK = Path(__file__).parent / "examples" / "first.ipynb"

CELLS: Sequence[tuple[str, str]] = (
    (
        "markdown",
        "# Your first quotations\n\n"
        "This notebook finds the quotations of a short article, shows who spoke, and finds the same line in "
        "another article. It needs `pip install .` in a clone of quoteattr, and pandas for one cell.",
    ),
    (
        "code",
        "import quoteattr\n\n"
        'text = """Harriet Sloane, the environment secretary, visited the empty reservoir on Friday.\n\n'
        "“Nobody should go thirsty because a boardroom would not mend a pipe,” she told the Sunday "
        "Ledger.\n\n"
        "A spokesman for Severnside Water said: “We lose less water than any other company.”\n\n"
        'Idris Vaughan, who farms nearby, laughed. “I’d like to see the others,” he said."""\n\n'
        'article = quoteattr.Article(text, id="ledger", publisher="The Record", published="2022-07-17")\n'
        "result = quoteattr.attribute(article)\n"
        "for found in result:\n"
        '    print(f"{found.speaker_name} | {found.outlet_name} | {found.text}")',
    ),
    (
        "markdown",
        "As the last value of a cell, a result is a page: hover over a quotation to see why it was given to "
        "its speaker. The line under a quotation is as long as the answer is sure.",
    ),
    ("code", "result"),
    ("markdown", "One speaker, under any name that the article uses:"),
    (
        "code",
        'sloane = result.speaker("Sloane")\n'
        "print(sloane.name, sloane.titles)\n"
        "[found.text for found in result.by_speaker()[sloane]]",
    ),
    ("markdown", "Why, and how sure:"),
    (
        "code",
        "found = result[0]\n"
        "print(found.decided_by, found.resolved_by, found.confidence > 0.9)\n"
        "print(found.mention.span.text, found.cue.text)",
    ),
    ("markdown", "A data frame with one row for each quotation:"),
    (
        "code",
        'frame = result.to_frame()\nprint(frame[["speaker", "outlet", "quotation"]].to_string(index=False))',
    ),
    ("markdown", "The same line in another article, shortened:"),
    (
        "code",
        "other = quoteattr.Article(\n"
        '    "Ms Sloane said a “boardroom would not mend a pipe”.\\n\\nHarriet Sloane is a minister.",\n'
        '    id="post",\n    publisher="The Post",\n    published="2022-07-18",\n'
        ")\n"
        "lines = quoteattr.deduplicate([result, quoteattr.attribute(other)])\n"
        "line = next(line for line in lines if len(line.publishers) > 1)\n"
        "print(line.text)\n"
        "for appearance in line.appearances:\n"
        "    print(appearance.article.publisher, appearance.relation)",
    ),
    ("code", "line"),
    (
        "markdown",
        "Next: the cookbook, for folders and archives; the page on responsible use, before you publish.",
    ),
)
"""Kind and source of each cell."""


def run(source: str, names: dict[str, Any]) -> list[dict[str, Any]]:
    """Runs a code cell and returns its outputs in the form of notebooks.

    >>> run("print(1 + 1)", {})
    [{'output_type': 'stream', 'name': 'stdout', 'text': ['2\\n']}]
    """
    tree = ast.parse(source)
    end = tree.body[-1]
    last = end.value if isinstance(end, ast.Expr) else None
    tree.body = tree.body[:-1] if last else tree.body
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(tree, "cell", "exec"), names)
        value = eval(compile(ast.Expression(last), "cell", "eval"), names) if last else None
    outputs = list[dict[str, Any]]()
    if printed.getvalue():
        lines = printed.getvalue().splitlines(keepends=True)
        outputs.append({"output_type": "stream", "name": "stdout", "text": lines})
    if value is not None:
        shown: dict[str, list[str]] = {"text/plain": [repr(value)]}
        if hasattr(value, "_repr_html_"):
            shown["text/html"] = value._repr_html_().splitlines(keepends=True)
        outputs.append(
            {"output_type": "execute_result", "execution_count": None, "metadata": {}, "data": shown}
        )
    return outputs


def notebook() -> dict[str, Any]:
    """The notebook with the outputs of its cells, in the format of Jupyter (nbformat 4.5)."""
    names: dict[str, Any] = {}
    cells = []
    for number, (kind, source) in enumerate(CELLS):
        lines = source.splitlines(keepends=True)
        cell: dict[str, Any] = {"cell_type": kind, "id": f"cell{number}", "metadata": {}, "source": lines}
        if kind == "code":
            cell |= {"execution_count": None, "outputs": run(source, names)}
        cells.append(cell)
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}


if __name__ == "__main__":
    NOTEBOOK.write_text(json.dumps(notebook(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
