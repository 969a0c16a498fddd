"""The command line: ``quoteattr`` and its subcommands; `main` runs it."""

from quoteattr.cli.program import main

__all__ = ["main"]
