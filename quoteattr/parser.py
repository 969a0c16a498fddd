"""The only file that knows Stanza: loads its models, and turns its documents into our parse."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Literal, Protocol

from quoteattr.lexicon import DATA
from quoteattr.syntax import ROOT, Parse, Sentence, Word

if TYPE_CHECKING:
    from stanza.pipeline.core import Pipeline

PROCESSORS = "tokenize,mwt,pos,lemma,depparse"

_LONGEST_TOKEN = 1000
"""Characters. Stanza turns a longer token into <UNK> and loses its text; its own default, 100, is met by
web addresses."""


_WORDS_A_BATCH = 1000
"""Frames are short: Stanza's 5,000 pads a batch to its longest and is a fifth slower (300: equal)."""


class Parser(Protocol):
    """Anything that parses texts; the library asks no more of it than this."""

    def parse(self, texts: Sequence[str]) -> list[Parse]:
        """One Parse for each text, in order. Offsets are characters of that text."""
        ...


class StanzaParser:
    """A Stanza pipeline as a Parser. Pickled, it is where to load it from: each process loads its own."""

    def __init__(self, pipeline: Pipeline, models: Path | str, device: str) -> None:
        self._pipeline = pipeline
        self._source = (models, device)

    def __reduce__(self) -> tuple[Any, ...]:
        return _reload, self._source

    def parse(self, texts: Sequence[str]) -> list[Parse]:
        """One Parse for each text; a text of white space has no sentences."""
        from stanza.models.common.doc import Document

        spoken = [text for text in texts if text.strip()]
        documents = iter(self._pipeline.bulk_process([Document([], text=text) for text in spoken]))
        return [parse_of(text, next(documents)) if text.strip() else Parse(text, ()) for text in texts]


def load_parser(models: Path | Literal["bundled", "stanza"] = "bundled", *, device: str = "cpu") -> Parser:
    """Load the models that read frames. Takes a second or two; keep the parser and pass it on.

    Args:
        models: "bundled" for the compact models inside this package (no network, no write access);
            "stanza" for Stanza's own English models where they are installed (slower, more accurate); or a
            folder laid out as Stanza lays out its resources.
        device: where the models run, in torch's words: "cpu", "cuda".

    Raises:
        TypeError: if `models` is neither a str nor a path.
        ValueError: if `models` is neither of the two words nor a folder with a resources.json.
        FileNotFoundError: if Stanza's own models are asked for and not installed; says how to get them.

    >>> parser = load_parser()
    >>> [word.text for word in parser.parse(["“It works,” she said."])[0].sentences[0]]
    ['“', 'It', 'works', ',', '”', 'she', 'said', '.']
    """
    if not isinstance(models, (str, Path)):
        raise TypeError(f'models must be "bundled", "stanza" or a path, got {models!r}')
    if models == "bundled":
        return StanzaParser(load_pipeline(device=device), models, device)
    if models == "stanza":
        return StanzaParser(load_pipeline(_stanza_folder(), device=device), models, device)
    folder = Path(models)
    if not (folder / "resources.json").is_file():
        raise ValueError(
            f'models must be "bundled", "stanza" or a folder with a resources.json, got {str(models)!r}'
        )
    return StanzaParser(load_pipeline(folder, device=device), folder, device)


def _reload(models: Path | Literal["bundled", "stanza"], device: str) -> Parser:
    return load_parser(models, device=device)


@cache
def default_parser() -> Parser:
    """The bundled models, loaded once for the process."""
    return load_parser()


def use_one_thread() -> None:
    """Keep the models of this process to one thread, where several processes share the cores."""
    if torch := sys.modules.get("torch"):
        torch.set_num_threads(1)


def _stanza_folder() -> Path:
    from stanza.resources.common import DEFAULT_MODEL_DIR

    folder = Path(DEFAULT_MODEL_DIR)
    if not (folder / "resources.json").is_file() or not (folder / "en" / "depparse").is_dir():
        raise FileNotFoundError(
            f"Stanza's English models are not in {folder}; get them with: "
            f'python -c \'import stanza; stanza.download("en", processors="{PROCESSORS}")\''
        )
    return folder


def load_pipeline(
    folder: Path = DATA / "models", *, processors: str = PROCESSORS, device: str = "cpu"
) -> Pipeline:
    """The Stanza pipeline behind `load_parser`, which asks the network for nothing.

    Args:
        folder: laid out as Stanza lays out its resources; the bundled models by default.
        processors: names of processors, with commas.
        device: where the models run, in torch's words: "cpu", "cuda".

    >>> load_pipeline(processors="tokenize")("It works.").num_words
    3
    """
    from stanza.models.common.foundation_cache import FoundationCache
    from stanza.pipeline.core import Pipeline

    _look_for_trees_first()
    cache = FoundationCache(local_files_only=True)
    for path in folder.glob("en/pretrain/*.pt"):
        _cast_vectors(cache, path)

    def pipeline() -> Pipeline:
        return Pipeline(
            "en",
            dir=str(folder),
            download_method=None,
            processors=processors,
            device=device,
            foundation_cache=cache,
            tokenize_max_seqlen=_LONGEST_TOKEN,
            depparse_batch_size=_WORDS_A_BATCH,
            logging_level="ERROR",
        )

    try:
        with _no_optimizers():
            return pipeline()
    except (AttributeError, TypeError):  # a Stanza that asks more of its optimizers: load as it likes
        return pipeline()


@contextmanager
def _no_optimizers() -> Iterator[None]:
    """While models load, give Stanza a stand-in for the optimizers that only training uses.

    Each of its loaders makes one, and torch imports its compiler for the first: 2.0 of the 3.1 seconds that
    loading took.
    """
    from stanza.models.common import utils

    make = utils.dispatch_optimizer
    utils.dispatch_optimizer = lambda *_, **__: SimpleNamespace(param_groups=[{"lr": 0.0}])
    try:
        yield
    finally:
        utils.dispatch_optimizer = make


def _look_for_trees_first() -> None:
    """Spare Stanza the search for the maximum tree where every word's best head already makes one.

    Such heads are the maximum tree, since no tree scores higher than the best head of every word; they were
    one in four sentences of five. The heads of 6,195 words of frames came out the same, in 2.2 seconds
    rather than 3.6. The change is to Stanza's function for the whole process, which gives what it gave.
    """
    import numpy as np
    from stanza.models.depparse import model

    search = model.chuliu_edmonds_one_root
    if getattr(search, "looks_first", False):
        return

    def maximum_tree(scores: Any) -> Any:
        best = scores.copy()
        np.fill_diagonal(best, -np.inf)
        heads = best.argmax(axis=1)
        heads[0] = 0
        above = heads
        for _ in range(len(heads).bit_length()):
            above = above[above]
        rooted = not above.any() and int((heads[1:] == 0).sum()) == 1
        return heads if rooted else search(scores)

    maximum_tree.looks_first = True  # type: ignore[attr-defined]
    model.chuliu_edmonds_one_root = maximum_tree


def _cast_vectors(cache: Any, path: Path) -> None:
    """Word vectors are stored as float16 and must be float32 before Stanza builds its embedding."""
    from stanza.models.common.pretrain import Pretrain

    vectors = Pretrain(str(path))
    vectors.load()
    vectors._emb = vectors._emb.float() if hasattr(vectors._emb, "float") else vectors._emb.astype("float32")
    cache.pretrains[str(path)] = vectors


def parse_of(text: str, document: Any) -> Parse:
    """Stanza's document of a text as our parse."""
    return Parse(text, tuple(_sentence(sentence) for sentence in document.sentences if sentence.words))


def _sentence(sentence: Any) -> Sentence:
    words: list[Word] = []
    for token in sentence.tokens:
        at = token.start_char
        exact = "".join(word.text for word in token.words) == token.text
        for word in token.words:
            start, end = (at, at + len(word.text)) if exact else (token.start_char, token.end_char)
            at = end
            words.append(_word(word, start, end))
    return Sentence(tuple(words))


def _word(word: Any, start: int, end: int) -> Word:
    lemma, xpos = word.lemma or word.text, word.xpos or "_"
    head = ROOT if not word.head else word.head - 1
    return Word(word.id - 1, start, end, word.text, lemma, word.upos or "X", xpos, head, word.deprel or "dep")
