"""Texts to parses: words by rule, the rest by the bundled networks or by Stanza."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol

from quoteattr.lexicon import DATA
from quoteattr.parsing.dependency_tree import ROOT, Parse, Sentence, Word
from quoteattr.parsing.tokenizer import Span, split_sentences

if TYPE_CHECKING:
    from stanza.pipeline.core import Pipeline

Words = tuple[str, ...]
Row = tuple[str, str, str, int, str]
"""Lemma, universal tag, Penn tag, number of the head (from 1; 0 for the root) and relation of a word."""
Analyse = Callable[[Sequence[Words]], list[list[Row]]]
"""A row for each word of each sentence."""

PROCESSORS = "tokenize,pos,lemma,depparse"
"""What of Stanza is run; its tokenizer is ours."""

_KEPT_SENTENCES = 5_000
_SHORT = 12
"""Analyses of as many sentences are kept, if they have no more words than that: one frame in five is
`“It works,” he said.` or the like."""


class Parser(Protocol):
    """Anything that parses texts; the library asks no more of it than this."""

    def parse(self, texts: Sequence[str]) -> list[Parse]:
        """One Parse for each text, in order. Offsets are characters of that text."""
        ...


class BundledParser:
    """The bundled networks as a Parser. Pickled, it is where to load it from: each process loads its own."""

    def __init__(self, analyse: Analyse, device: str) -> None:
        self._analyse = analyse
        self._device = device
        self._kept: dict[Words, list[Row]] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        return _reload, ("bundled", self._device)

    def parse(self, texts: Sequence[str]) -> list[Parse]:
        """One Parse for each text; a text of white space has no sentences."""
        places = [split_sentences(text) for text in texts]
        words = [
            [tuple(text[a:b] for a, b in sentence) for sentence in sentences]
            for text, sentences in zip(texts, places, strict=True)
        ]
        rows = self._analysed({sentence for sentences in words for sentence in sentences})
        return [
            Parse(text, tuple(_placed(w, s, rows[w]) for w, s in zip(ours, spans, strict=True)))
            for text, ours, spans in zip(texts, words, places, strict=True)
        ]

    def _analysed(self, sentences: set[Words]) -> dict[Words, list[Row]]:
        """The rows of each, from those that are kept where they are."""
        known = {sentence: self._kept[sentence] for sentence in sentences if sentence in self._kept}
        new = sorted(sentences.difference(known), key=lambda words: (len(words), words))
        fresh = dict(zip(new, self._analyse(new), strict=True))
        if len(self._kept) > _KEPT_SENTENCES:
            self._kept.clear()
        self._kept.update((words, rows) for words, rows in fresh.items() if len(words) <= _SHORT)
        return known | fresh


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

    Words and sentences are found by rule, whichever models are loaded.

    Args:
        models: "bundled" for the compact models inside this package (no network, no write access);
            "stanza" for Stanza's own English models where they are installed (slower, more accurate); or a
            folder laid out as Stanza lays out its resources, which Stanza runs.
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
        from quoteattr.parsing.inference import Networks

        return BundledParser(Networks(DATA / "models" / "en", device), device)
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
    """A Stanza pipeline on our words and sentences, which asks the network for nothing.

    Args:
        folder: laid out as Stanza lays out its resources; the bundled models by default.
        processors: names of processors, with commas.
        device: where the models run, in torch's words: "cpu", "cuda".

    >>> load_pipeline(processors="tokenize")("It works.").num_words
    3
    """
    from stanza.models.common.foundation_cache import FoundationCache
    from stanza.pipeline.core import Pipeline

    _register_tokenizer()
    cache = FoundationCache(local_files_only=True)
    for path in folder.glob("en/pretrain/*.pt"):
        _cast_vectors(cache, path)
    return Pipeline(
        "en",
        dir=str(folder),
        download_method=None,
        processors={name: "quoteattr" if name == "tokenize" else "default" for name in processors.split(",")},
        device=device,
        foundation_cache=cache,
        logging_level="ERROR",
    )


@cache
def _register_tokenizer() -> None:
    """Make our words and sentences known to Stanza, as the variant "quoteattr" of its tokenizer."""
    from stanza.models.common.doc import Document
    from stanza.pipeline.processor import ProcessorVariant, register_processor_variant

    class Tokenizer(ProcessorVariant):  # type: ignore[misc]
        def __init__(self, config: object) -> None:
            pass

        def process(self, document: Any) -> Any:
            text = document if isinstance(document, str) else document.text
            sentences = [
                [
                    {"text": text[start:end], "misc": f"start_char={start}|end_char={end}"}
                    for start, end in places
                ]
                for places in split_sentences(text)
            ]
            return Document(sentences, text)

    register_processor_variant("tokenize", "quoteattr")(Tokenizer)


def _cast_vectors(cache: Any, path: Path) -> None:
    """Word vectors are stored as float16 and must be float32 before Stanza builds its embedding."""
    from stanza.models.common.pretrain import Pretrain

    vectors = Pretrain(str(path))
    vectors.load()
    vectors._emb = vectors._emb.float()
    cache.pretrains[str(path)] = vectors


def _placed(words: Words, places: Sequence[Span], rows: Sequence[Row]) -> Sentence:
    """A sentence of our words, where they stand and what was found of them."""
    return Sentence(
        tuple(
            Word(index, start, end, text, lemma, upos, xpos, head - 1 if head else ROOT, deprel)
            for index, (text, (start, end), (lemma, upos, xpos, head, deprel)) in enumerate(
                zip(words, places, rows, strict=True)
            )
        )
    )


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
