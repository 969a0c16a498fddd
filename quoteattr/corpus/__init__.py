"""Attributes whole corpora: articles from files and folders in, a file of quotations out.

`run` is the verb; `Corpus` reads articles, and `write_results` and `read_results` store results.
"""

from quoteattr.corpus.checkpoint import Progress, RunError
from quoteattr.corpus.reader import Columns, Corpus, Reject
from quoteattr.corpus.runs import OutputExistsError, Summary, run
from quoteattr.corpus.writer import read_results, write_results

__all__ = [
    "Columns",
    "Corpus",
    "OutputExistsError",
    "Progress",
    "Reject",
    "RunError",
    "Summary",
    "read_results",
    "run",
    "write_results",
]
