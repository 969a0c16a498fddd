"""Reads the articles in files, folders and standard input for the commands."""

from __future__ import annotations

import datetime
import shlex
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeGuard, TypeVar

import attrs

from quoteattr.cli.console import Failure, SomeRejected, Unreadable, read_bytes, say
from quoteattr.corpus import Corpus, Reject, formats
from quoteattr.corpus.metadata_table import MetadataTable
from quoteattr.corpus.reader import encodable
from quoteattr.corpus.signatures import content_suffix, foreign_format
from quoteattr.schema import Article, AttributedArticle
from quoteattr.schema.arguments import counted

Found = TypeVar("Found", bound=Article | AttributedArticle)

NOT_READ = {
    ".xml": "XML; save the text in it as a text file",
}
"""Advice for files that no command reads, by the suffix of their format: what the file is, and what to do."""


@attrs.define
class Tally:
    """How many articles of the input were read and rejected, and how many files could not be read."""

    accepted: int = 0
    rejected: int = 0
    unreadable: int = 0

    def check(self) -> None:
        """Raises `SomeRejected` if an article was rejected, or a file could not be read."""
        parts = []
        if self.rejected:
            total = counted(self.accepted + self.rejected, "article")
            parts.append(f"{self.rejected:,} of {total} rejected")
        if self.unreadable:
            parts.append(f"{counted(self.unreadable, 'file')} not read")
        if parts:
            raise SomeRejected(f"{', '.join(parts)}, for the reasons above")


@attrs.frozen
class Source:
    """The articles of one file, or of standard input."""

    articles: Iterable[Article]
    is_text: bool
    """Whether it is a plain text, so that a user can look up offsets in the file."""
    has_rows: bool = False
    """Whether it is a table, with any number of articles."""


@attrs.frozen
class Details:
    """What the options of a command say about articles."""

    table: MetadataTable = attrs.Factory(MetadataTable)
    """The table of files."""
    publisher: str | None = None
    """The publisher of articles without one."""
    published: datetime.date | None = None
    """The day of articles without one."""

    @classmethod
    def of(cls, metadata: str | None, publisher: str | None, published: datetime.date | None) -> Details:
        """Reads the table of files.

        Raises:
            Unreadable: if it cannot be read.
        """
        try:
            table = MetadataTable() if metadata is None else MetadataTable.read(metadata)
        except (ValueError, ImportError) as error:
            raise Unreadable(str(error)) from None
        return cls(table, publisher, published)

    def complete_result(self, found: Article | AttributedArticle) -> Article | AttributedArticle:
        """Returns an article or a result with what is known about the article."""
        if isinstance(found, AttributedArticle):
            return attrs.evolve(found, article=self.complete(found.article))
        return self.complete(found)

    def complete(self, found: Article) -> Article:
        """Returns an article with what is known about it."""
        article = self.table.complete(found, found.id) if found.id is not None else found
        return attrs.evolve(
            article,
            publisher=article.publisher or self.publisher,
            published=article.published or self.published,
        )


# Articles for attribution


def open_sources(names: Sequence[str], tally: Tally) -> list[Source]:
    """Opens several files. One that cannot be read is reported and counted, unless none can be read.

    Raises:
        Failure: the last one, if no file can be read.
    """
    sources: list[Source] = []
    for number, name in enumerate(names, 1):
        try:
            sources.append(open_source(name, tally))
        except Failure as error:
            if number == len(names) and not sources:
                raise
            tally.unreadable += 1
            say(error.message)
    return sources


def open_source(name: str, tally: Tally) -> Source:
    """Opens a file or standard input ("-"): a text, an HTML page, or a table with an article in each row.

    The suffix of the name shows the format; for ".txt" and unknown suffixes, the content does. Rows without
    an article are reported and counted while the articles are read. Other faults are reported at once.

    Raises:
        Unreadable: if the file cannot be read or has no articles; the message says what it seems to be.
    """
    path = Path(name)
    if name != "-" and path.is_dir():
        raise Unreadable(f"{name}: a folder, which {_run(name)} reads")
    if name != "-" and path.exists() and formats.is_readable(path) and path.suffix.lower() != ".txt":
        return _corpus_source(path, name, tally)
    content = read_bytes(name)
    if foreign := foreign_format(content):
        raise Unreadable(f"{_named(name)}: seems to be {foreign}; save the text in it as a text file")
    suffix = content_suffix(content)
    if suffix in NOT_READ:
        raise Unreadable(f"{_named(name)}: seems to be {NOT_READ[suffix]}")
    if suffix is None:
        tally.accepted += 1
        return Source([_text_article(name, content)], is_text=True)
    with TemporaryDirectory() as folder:
        copy = Path(folder, f"article{suffix}")
        copy.write_bytes(content)
        source = _corpus_source(copy, name, tally)
        return attrs.evolve(source, articles=list(source.articles))


def _text_article(name: str, content: bytes) -> Article:
    """The article in a text, with its line breaks unchanged."""
    try:
        return Article(content.decode("utf-8"), id=None if name == "-" else encodable(name))
    except UnicodeDecodeError as error:
        raise Failure(
            f"{_named(name)}: not UTF-8 (byte 0x{content[error.start]:02x} at {error.start}); convert it "
            f"first, for example: iconv -f windows-1252 -t utf-8 {'' if name == '-' else name}".rstrip()
        ) from None


def _corpus_source(path: Path, name: str, tally: Tally) -> Source:
    """The articles in a file that `Corpus` reads. ``name`` is the input as given; ``path`` may be a copy of
    it."""
    try:
        corpus = Corpus(path)
        corpus.check()
    except ImportError as error:
        raise Unreadable(str(error).replace(encodable(path), _named(name))) from None
    except ValueError as error:
        problem = str(error).replace(encodable(path), _named(name))
        raise Unreadable(f"{problem}; {_column_advice(name)}") from None
    articles = _articles(corpus, path, name, tally)
    if formats.is_single_article(path):
        return Source(list(articles), is_text=False)
    return Source(articles, is_text=False, has_rows=True)


def _articles(corpus: Corpus, path: Path, name: str, tally: Tally) -> Iterator[Article]:
    nameless = name == "-" and formats.is_single_article(path)
    for location, found in corpus.located():
        if isinstance(found, Reject) and found.kind == "missing" and not (tally.accepted or tally.rejected):
            # Without this check, each row of a large table without texts would be reported.
            raise Unreadable(
                f"{shown_location(name, path, location)}: {found.reason}; {_column_advice(name)}"
            )
        shown = shown_location(name, path, location)
        if _is_accepted(found, shown, tally):
            yield _with_shown_id(found, None if nameless else shown, location)


def _named(name: str) -> str:
    return "standard input" if name == "-" else name


def _run(name: str) -> str:
    """The command that reads a file or folder as a corpus."""
    return f"'quoteattr run {shlex.quote('FILE' if name == '-' else name)} --out quotations.jsonl'"


def _column_advice(name: str) -> str:
    saved = "save it to a file, and " if name == "-" else ""
    return f"{saved}name the column of the texts: {_run(name)[:-1]} --text COLUMN'"


# Articles and earlier results for deduplication


def read_articles(name: str, tally: Tally) -> Iterator[Article | AttributedArticle]:
    """Yields the articles of a file, folder or standard input ("-"); prints and counts the rejects."""
    try:
        with _path_of_rows(name) as path:
            corpus = Corpus(path)
            if not any(corpus.files()):
                raise Unreadable(f"{name}: no articles in this folder")
            for location, found in corpus.results():
                shown = shown_location(name, path, location)
                if _is_accepted(found, shown, tally):
                    yield _with_shown_id(found, shown, location)
    except (ValueError, ImportError) as error:
        raise Unreadable(str(error)) from None
    except OSError as error:
        raise Unreadable(f"{name}: {(error.strerror or 'no such file or folder').lower()}") from None


@contextmanager
def _path_of_rows(name: str) -> Iterator[Path]:
    """Yields the path to read. For "-", standard input is first copied to a temporary JSON Lines file."""
    if name != "-":
        yield Path(name)
        return
    with TemporaryDirectory() as folder:
        path = Path(folder, "articles.jsonl")
        with path.open("wb") as copy:
            shutil.copyfileobj(sys.stdin.buffer, copy)
        yield path


def _with_shown_id(found: Found, shown: str | None, location: str) -> Found:
    """Returns the article or result. If its id is its location, the id becomes the one that the user sees."""
    if isinstance(found, AttributedArticle):
        return attrs.evolve(found, article=_with_shown_id(found.article, shown, location))
    return attrs.evolve(found, id=shown) if found.id == location else found


def _is_accepted(found: Found | Reject, shown: str, tally: Tally) -> TypeGuard[Found]:
    """Counts what was read, and prints a reject with its location. Returns whether it is not a reject."""
    if isinstance(found, Reject):
        tally.rejected += not found.is_warning
        say(f"{shown}: {found.reason}")
        return False
    tally.accepted += 1
    return True


def shown_location(name: str, path: Path, location: str) -> str:
    """Returns a location as the user sees it: the name that was given replaces the path that was read.

    >>> shown_location("-", Path("copy/articles.jsonl"), "copy/articles.jsonl:3")
    '-:3'
    """
    return encodable(name) + location.removeprefix(encodable(path))
