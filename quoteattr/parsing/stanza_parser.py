"""Stanza's models as a Parser: its own pipeline on the words and sentences of this package.

This is the only module of the package that imports Stanza; `quoteattr.parsing.parser` imports it on request.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from stanza.models.common.doc import Document
from stanza.models.common.foundation_cache import FoundationCache
from stanza.models.common.pretrain import Pretrain
from stanza.pipeline.core import Pipeline
from stanza.pipeline.processor import ProcessorVariant, register_processor_variant
from stanza.resources import common

from quoteattr.lexicon import DATA
from quoteattr.parallel import use_one_thread
from quoteattr.parsing.dependency_tree import ROOT, Parse, Sentence, Word
from quoteattr.parsing.tokenizer import split_sentences

if hasattr(os, "register_at_fork"):  # not on Windows
    # A forked process does not have torch's threads and would wait for them forever, so it uses one thread.
    os.register_at_fork(after_in_child=use_one_thread)

PROCESSORS = "tokenize,pos,lemma,depparse"
"""Stanza's processors that a parse needs; its tokenizer is replaced by `split_sentences`."""


class StanzaParser:
    """A Stanza pipeline as a Parser.

    Pickling stores the folder of the models and not the models: each process loads its own models.
    """

    def __init__(self, folder: Path, device: str) -> None:
        self._pipeline = load_pipeline(folder, device=device)
        self._folder = folder
        self._device = device

    def __reduce__(self) -> tuple[Any, ...]:
        return StanzaParser, (self._folder, self._device)

    def parse(self, texts: Sequence[str]) -> list[Parse]:
        """Parses texts, all in one call of the pipeline.

        Args:
            texts: frames or whole articles.

        Returns:
            One Parse for each text, in order; a text of white space has no sentences.
        """
        filled = [Document([], text=text) for text in texts if text.strip()]
        documents = iter(self._pipeline.bulk_process(filled))
        return [
            convert_document(text, next(documents)) if text.strip() else Parse(text, ()) for text in texts
        ]


def default_folder() -> Path:
    """Returns the folder of Stanza's own English models.

    Raises:
        FileNotFoundError: if they are not installed; says how to get them.
    """
    folder = Path(common.DEFAULT_MODEL_DIR)
    if not (folder / "resources.json").is_file() or not (folder / "en" / "depparse").is_dir():
        raise FileNotFoundError(
            f"Stanza's English models are not in {folder}; get them with: "
            f'python -c \'import stanza; stanza.download("en", processors="{PROCESSORS}")\''
        )
    return folder


def load_pipeline(
    folder: Path = DATA / "models", *, processors: str = PROCESSORS, device: str = "cpu"
) -> Pipeline:
    """Loads a Stanza pipeline that does not use the network.

    This package's tokenizer divides the text into words and sentences.

    Args:
        folder: a folder with the layout of Stanza's resources; the bundled models by default.
        processors: names of Stanza's processors, separated by commas.
        device: where the models run, in torch's terms: "cpu", "cuda".

    Returns:
        The pipeline.

    >>> load_pipeline(processors="tokenize")("It works.").num_words
    3
    """
    _register_tokenizer()
    models = FoundationCache(local_files_only=True)
    for path in folder.glob("en/pretrain/*.pt"):
        _add_vectors(models, path)
    return Pipeline(
        "en",
        dir=str(folder),
        download_method=None,
        processors={name: "quoteattr" if name == "tokenize" else "default" for name in processors.split(",")},
        device=device,
        foundation_cache=models,
        logging_level="ERROR",
    )


@cache
def _register_tokenizer() -> None:
    """Registers `split_sentences` with Stanza, as the variant "quoteattr" of its tokenizer."""

    class Tokenizer(ProcessorVariant):  # type: ignore[misc]
        def __init__(self, config: object) -> None:
            pass

        def process(self, document: Any) -> Any:
            text = document if isinstance(document, str) else document.text
            sentences = [
                [
                    {"text": text[start:end], "misc": f"start_char={start}|end_char={end}"}
                    for start, end in words
                ]
                for words in split_sentences(text)
            ]
            return Document(sentences, text)

    register_processor_variant("tokenize", "quoteattr")(Tokenizer)


def _add_vectors(models: Any, path: Path) -> None:
    """Adds word vectors. They are stored as float16 and converted to float32, which Stanza's embedding
    expects."""
    vectors = Pretrain(str(path))
    vectors.load()
    vectors._emb = vectors._emb.float()
    models.pretrains[str(path)] = vectors


def convert_document(text: str, document: Any) -> Parse:
    """Converts a Stanza document to a Parse.

    Args:
        text: of the document.
        document: a `stanza.models.common.doc.Document` with at least the processors of `PROCESSORS`.

    Returns:
        The parse; sentences without words are left out.
    """
    return Parse(
        text, tuple(_convert_sentence(sentence) for sentence in document.sentences if sentence.words)
    )


def _convert_sentence(sentence: Any) -> Sentence:
    """Converts a sentence. The words of one token have their own offsets if together they spell the token."""
    words: list[Word] = []
    for token in sentence.tokens:
        at = token.start_char
        exact = "".join(word.text for word in token.words) == token.text
        for word in token.words:
            start, end = (at, at + len(word.text)) if exact else (token.start_char, token.end_char)
            at = end
            words.append(_convert_word(word, start, end))
    return Sentence(tuple(words))


def _convert_word(word: Any, start: int, end: int) -> Word:
    lemma, xpos = word.lemma or word.text, word.xpos or "_"
    head = word.head - 1 if word.head else ROOT
    return Word(word.id - 1, start, end, word.text, lemma, word.upos or "X", xpos, head, word.deprel or "dep")
