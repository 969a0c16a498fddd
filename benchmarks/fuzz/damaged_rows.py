"""Makes files with invalid rows between valid ones."""

from __future__ import annotations

import datetime
import json
import random
from pathlib import Path
from typing import Any

from benchmarks.fuzz.rows import (
    Made,
    columns_of,
    csv_text,
    json_lines,
    rows,
    table,
    words,
    write,
    write_parquet,
)

LONG_FIELD = 200_000
"""Characters of a long field: more than the limit that the csv module has by default."""
TOO_LONG_FIELD = 66 << 20
"""Bytes of a field that is longer than any that is accepted."""
DATES = (
    "12/03/2024|12 March 2024|2024-13-45|0000-00-00|99999-01-01|yesterday|2024|1710201600|-1|0|²⁰²⁴-01-01|"
    "2024-02-30T10:00Z|Mon, 12 Mar 2024 10:00:00 GMT|٢٠٢٤-٠١-٠١| |NaT|+10000-01-01"
).split("|")
"""Dates in other forms than ISO's, and what is none."""
NO_OBJECTS = ("[]", "1", '"text"', "null", "NaN", "true", "{", "}", "{'a': 1}", "[" * 5000, "{}x", ",")
"""Lines that are no JSON objects."""
WRONG_TEXTS: tuple[Any, ...] = (
    None,
    5,
    1.5,
    True,
    [],
    ["a"],
    {},
    {"a": {"b": []}},
    "\ud800",
    "a\udfffb",
    10**400,
)
"""What a text or an id cannot be."""


def huge_field(rng: random.Random, path: Path) -> Made:
    """A field with many lines: long, which can be read, or too long, which is one reject."""
    made = rows(rng, 3)
    if rng.random() < 0.05:
        lines = "a line\n" * (TOO_LONG_FIELD // 7)
        made[1]["text"] = lines
        write(path, ".csv", csv_text(made))
        return Made(words([made[0], made[2]]), most_rejects=3)
    made[1]["text"] += "\n, a line" * (LONG_FIELD // 9)
    write(path, ".csv", csv_text(made))
    return Made(words(made), most_rejects=0)


def open_quotation(rng: random.Random, path: Path) -> Made:
    """A field that opens with a quotation mark which nothing closes: the rest of the file belongs to it."""
    made = rows(rng)
    write(path, ".csv", csv_text(made) + '"x,"y\n' + "more, and more\n" * rng.randint(0, 3000))
    return Made(words(made))


def bad_dates(rng: random.Random, path: Path) -> Made:
    """Dates that cannot be read, or not without doubt: they cost the date, and not the article."""
    made = rows(rng)
    for row in made:
        row["published"] = rng.choice(DATES)
    write(path, *table(rng, made))
    return Made(words(made))


def odd_arrow_dates(rng: random.Random, path: Path) -> Made:
    """Parquet dates outside Python's range, with nanoseconds, or with a time zone that is not known."""
    import pyarrow as pa

    made = rows(rng, 4)
    numbers = [rng.choice((0, -1, 2**62, -(2**62), rng.getrandbits(40))) for _ in made]
    kinds = (
        pa.timestamp("ns"),
        pa.timestamp("us"),
        pa.timestamp("ms"),
        pa.timestamp("us", tz="Nowhere/Town"),
        pa.timestamp("ns", tz="+25:99"),
        pa.date64(),
        pa.int64(),
        pa.duration("us"),
    )
    dates = pa.array(numbers, pa.int64()).cast(rng.choice(kinds), safe=False)
    write_parquet(path, {**columns_of(made), "published": dates})
    return Made(words(made))


def duplicate_columns(rng: random.Random, path: Path) -> Made:
    """Columns of the same name, in the header of a table or the keys of an object."""
    made = rows(rng)
    if rng.random() < 0.5:
        write(path, ".csv", "id,text,text\n" + "".join(f"{row['id']},{row['text']},again\n" for row in made))
        return Made()
    write(path, ".jsonl", json_lines(made).replace('{"id"', '{"id": "first", "id"'))
    return Made(words(made))


def nested_json(rng: random.Random, path: Path) -> Made:
    """Values nested as deeply as a line has room for, in a row's text or in a column that is not read."""
    good, bad = rows(rng), rows(rng)
    depth = rng.choice((10, 900, 50_000))
    nested = rng.choice(("[", '{"a":')) * depth
    lines = [f'{{"id": "{row["id"]}", "{rng.choice(("text", "other"))}": {nested}\n' for row in bad]
    brackets = "[" * depth + "]" * depth
    lines += [f'{{"id": 1, "text": {brackets}}}\n', f"{brackets}\n"]
    return _mixed(rng, path, json_lines(good).splitlines(keepends=True), lines, words(good))


def no_objects(rng: random.Random, path: Path) -> Made:
    """Lines that are no JSON objects, between lines that are."""
    good = rows(rng)
    lines = [rng.choice(NO_OBJECTS) + "\n" for _ in range(rng.randint(1, 9))]
    return _mixed(rng, path, json_lines(good).splitlines(keepends=True), lines, words(good))


def surrogate_escapes(rng: random.Random, path: Path) -> Made:
    """Escapes of lone surrogates, which are JSON but no text, in any column."""
    good, bad = rows(rng), rows(rng)
    for row in bad:
        row[rng.choice(("text", "id", "publisher", "published", "url"))] = rng.choice(("\ud800", "a\udfff b"))
    lines = json_lines(bad, ensure_ascii=True).splitlines(keepends=True)
    return _mixed(rng, path, json_lines(good).splitlines(keepends=True), lines, words(good))


def wrong_types(rng: random.Random, path: Path) -> Made:
    """Values of other types than the columns have."""
    good, bad = rows(rng), rows(rng)
    for row in bad:
        row[rng.choice(("text", "id", "publisher", "published", "url"))] = rng.choice(WRONG_TEXTS)
    lines = [json.dumps(row) + "\n" for row in bad]
    return _mixed(rng, path, json_lines(good).splitlines(keepends=True), lines, words(good))


def wrong_arrow_types(rng: random.Random, path: Path) -> Made:
    """A Parquet file whose columns have other types than text, or no text column."""
    import pyarrow as pa

    made = rows(rng, 3)
    kinds = (
        pa.array([1, 2, None]),
        pa.array([["a"], [], None]),
        pa.array([b"\xff", b"a", None]),
        pa.array([datetime.date(2024, 5, 2)] * 3),
        pa.array([{"a": 1}] * 3),
        pa.array(["a", "b", "a"]).dictionary_encode(),
        pa.nulls(3),
    )
    columns = {**columns_of(made), rng.choice(("text", "id", "published", "url")): rng.choice(kinds)}
    if rng.random() < 0.2:
        del columns["text"]
    write_parquet(path, columns)
    return Made()


def ragged_rows(rng: random.Random, path: Path) -> Made:
    """CSV rows with too few or too many fields, blank lines, and quotation marks in the middle of a field."""
    good = rows(rng)
    lines = [rng.choice(("a,b\n", "\n", ",,,,,\n", 'a,b"c"d,e\n', "a\n", " , , \n")) for _ in range(5)]
    header, *rest = csv_text(good).splitlines(keepends=True)
    mixed = [*rest, *lines]
    rng.shuffle(mixed)
    write(path, ".csv", header + "".join(mixed))
    return Made(words(good))


def _mixed(rng: random.Random, path: Path, good: list[str], bad: list[str], found: frozenset[str]) -> Made:
    """Writes good and bad lines in any order, compressed or not."""
    lines = [*good, *bad]
    rng.shuffle(lines)
    write(path, rng.choice((".jsonl", ".ndjson", ".jsonl.gz")), "".join(lines))
    return Made(found)
