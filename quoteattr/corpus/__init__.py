"""Attributes whole corpora: reads articles from files and folders, and writes a file of quotations.

`run` attributes a corpus from its files to the output. `Corpus` only reads articles; `write_results` and
`read_results` write results to a file and read them back.
"""

from quoteattr.corpus.checkpoint import Progress, RunError
from quoteattr.corpus.outputs import OutputExistsError
from quoteattr.corpus.reader import Columns, Corpus, Reject
from quoteattr.corpus.runs import Summary, run
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
