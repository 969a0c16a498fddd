"""Targets: functions that take bytes, make an input of them, and raise an exception if the library fails on
it.

`benchmarks.fuzz.guided` runs them with atheris, and ``python -m benchmarks.fuzz targets`` without it.
"""

from __future__ import annotations

import json
import random
import sqlite3
import tempfile
import zlib
from collections.abc import Callable
from contextlib import closing
from hashlib import blake2b
from pathlib import Path

import attrs

from benchmarks.fuzz.checks import check_nesting, check_span
from benchmarks.fuzz.findings import Fault, Findings, key_of
from benchmarks.fuzz.generators import text_of
from benchmarks.fuzz.rows import csv_text, json_lines, rows
from benchmarks.fuzz.store_check import new_article, outcome_of
from quoteattr import Article, Deduplicator, find_quotations
from quoteattr.corpus import Corpus, Reject
from quoteattr.records import article_row

Target = Callable[[bytes], None]

SUFFIXES = (".jsonl", ".csv", ".txt", ".html", ".parquet", ".jsonl.gz", ".csv.gz", ".jsonl.zst")
"""The formats of a corpus; the first byte of an input chooses one."""
WAYS = ("file", "body", "row", "valid digest")
"""What the bytes of a store's input are: the file, a packed body, a body, or a body with its digest."""


def detection(data: bytes) -> None:
    """Finds quotations in a text: their spans are true and they do not cross.

    >>> detection("“Go,” she said".encode())
    """
    text = data.decode("utf-8", "surrogateescape")
    found = find_quotations(text)
    for quotation in found:
        check_span(quotation.content, text)
        check_span(quotation.outer, text)
    check_nesting([quotation.outer for quotation in found])


def formats(data: bytes) -> None:
    """Reads a file of any format in a folder: each row is an article or a reject.

    >>> formats(b"\\\\0" + b'{"text": "It rained."}')
    """
    with tempfile.TemporaryDirectory() as folder:
        suffix = SUFFIXES[data[0] % len(SUFFIXES)] if data else SUFFIXES[0]
        Path(folder, f"a{suffix}").write_bytes(data[1:])
        for found in Corpus(folder):
            if not isinstance(found, Article | Reject):
                raise Fault(f"neither article nor reject: {found!r}")


def store(data: bytes) -> None:
    """Opens a store of which a part is these bytes: it is refused, or what it gives is true."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "store.db")
        way = WAYS[data[0] % len(WAYS)] if data else WAYS[0]
        if way == "file":
            path.write_bytes(data[1:])
        else:
            write_store(path, data[1:], way)
        outcome = outcome_of(str(path))
    if "wrong" in outcome:
        *stack, last = str(outcome["wrong"]).strip().splitlines()
        raise Fault("\n".join([last, *stack]))


def write_store(path: Path, body: bytes, way: str) -> None:
    """Writes a store with one article, of which these bytes are the body."""
    with Deduplicator(path) as made:
        made.add([new_article()])
    packed = body if way == "body" else zlib.compress(body, 1)
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE article SET body = ?", (packed,))
        if way == "valid digest":
            db.execute("UPDATE article SET digest = ?", (blake2b(body, digest_size=16).digest(),))


TARGETS: dict[str, Target] = {target.__name__: target for target in (detection, formats, store)}


def input_of(name: str, seed: int, number: int) -> bytes:
    """An input of a target, for use without atheris: random bytes, or good ones with some changed."""
    rng = random.Random(f"{seed} {number} {name}")
    if name == "detection":
        return text_of(seed, number).text.encode("utf-8", "surrogatepass")
    made = rows(rng)
    if name == "formats":
        good = rng.choice((json_lines(made), csv_text(made), made[0]["text"])).encode()
    else:
        good = json.dumps(article_row(new_article()), ensure_ascii=False).encode()
    data = bytearray(rng.choice((good, good, rng.randbytes(200))))
    for _ in range(rng.randint(0, 9)):
        data[rng.randrange(len(data))] = rng.getrandbits(8)
    return bytes([rng.getrandbits(8)]) + bytes(data)


@attrs.define
class TargetReport:
    """What the inputs of a target have shown."""

    target: str
    seed: int
    inputs: int = 0
    raised: Findings = attrs.Factory(Findings)

    def __str__(self) -> str:
        return f"target {self.target} seed {self.seed} inputs {self.inputs} raised {len(self.raised)}"


def run_plain(name: str, seed: int, inputs: int) -> TargetReport:
    """Tries the inputs of a seed, without atheris."""
    report = TargetReport(name, seed)
    for number in range(inputs):
        data = input_of(name, seed, number)
        report.inputs += 1
        try:
            TARGETS[name](data)
        except Exception as error:
            report.raised.add(key_of(error), data.decode("latin-1"), f"number {number}", repr(error))
    return report
