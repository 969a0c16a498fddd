"""What a parser is, and how to load one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Literal, Protocol

from quoteattr.parsing.dependency_tree import Parse


class Parser(Protocol):
    """Anything with a method that parses texts. The library calls no other method of a parser."""

    def parse(self, texts: Sequence[str]) -> list[Parse]:
        """Parses texts.

        Args:
            texts: frames, or whole articles.

        Returns:
            One Parse for each text, in order, with offsets in characters of that text.
        """
        ...


def load_parser(models: Path | Literal["bundled", "stanza"] = "bundled", *, device: str = "cpu") -> Parser:
    """Loads the models that parse frames.

    Loading takes a second or two: load once and pass the parser on. All models use the words and sentences
    that `quoteattr.parsing.tokenizer` finds by rule.

    Args:
        models: "bundled" for the compact models inside this package (no network, no write access); "stanza"
            for Stanza's own English models, if they are installed (slower, more accurate); or a folder with
            the layout of Stanza's resources, which Stanza runs.
        device: where the models run, in torch's terms: "cpu", "cuda", "mps".

    Returns:
        The parser.

    Raises:
        TypeError: if `models` is neither a str nor a path.
        ValueError: if `models` is neither "bundled" nor "stanza" nor a folder with a resources.json, or
            torch cannot use `device` on this machine.
        FileNotFoundError: if `models` is "stanza" and they are not installed; the message says how to get
            them.

    >>> parser = load_parser()
    >>> [word.text for word in parser.parse(["“It works,” she said."])[0].sentences[0]]
    ['“', 'It', 'works', ',', '”', 'she', 'said', '.']
    """
    if not isinstance(models, (str, Path)):
        raise TypeError(f'models must be "bundled", "stanza" or a path, got {models!r}')
    if device != "cpu":
        from quoteattr.parsing.layers import check_device

        check_device(device)
    if models == "bundled":
        from quoteattr.parsing.bundled_parser import BundledParser

        return BundledParser(device)
    if models != "stanza" and not (Path(models) / "resources.json").is_file():
        raise ValueError(
            f'models must be "bundled", "stanza" or a folder with a resources.json, got {str(models)!r}'
        )
    from quoteattr.parsing.stanza_parser import StanzaParser, default_folder

    return StanzaParser(default_folder() if models == "stanza" else Path(models), device)


@cache
def default_parser() -> Parser:
    """Returns the bundled models, loaded once in each process."""
    return load_parser()


def check_parser(parser: Parser | None) -> None:
    """Raises a TypeError if `parser` has no method `parse`."""
    if parser is not None and not hasattr(parser, "parse"):
        raise TypeError(f"parser must be a Parser from load_parser(), got {parser!r}")
