"""Finds faults in a row that a reader wrote, apart from the position of its quotation.

A fault is a pair: whether it must be corrected (otherwise the reader only checks the row), and a description.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypeGuard

from benchmarks.who_is_meant.passages import Passage

Fault = tuple[bool, str]

KINDS = ("person", "organisation", "unnamed")
KEYS = frozenset("id quote nth speaker accept kind outlet statement mention note none".split())
LONGEST_NOTE = 200
"""Characters: a note explains, it does not copy the article."""
TITLES = frozenset(
    "mr mrs ms miss dr prof professor sir dame president senator sen rep minister judge gen col capt".split()
)
"""First words of a name that is probably not clean; they give a warning, never an error."""


def faults_of_form(record: Mapping[str, Any]) -> list[Fault]:
    """What is wrong with the keys of a row and their types; True beside each that has to be put right."""
    if record.get("none") is True and set(record) <= {"id", "none", "note"}:
        return []
    faults = [(True, f"unknown key {key!r}") for key in sorted(set(record) - KEYS)]
    if "none" in record:
        faults.append((True, 'a row with "none": true has an "id" and nothing else'))
    if not is_words(record.get("quote")):
        faults.append((True, '"quote": the words between the marks'))
    if "speaker" not in record or not (record["speaker"] is None or is_words(record["speaker"])):
        faults.append((True, '"speaker": a name, or null if nobody speaks'))
    accept = record.get("accept") or []
    if not isinstance(accept, list) or not all(map(is_words, accept)):
        faults.append((True, '"accept": a list of names'))
    if record.get("speaker") is None and (accept or record.get("kind")):
        faults.append((True, '"accept" and "kind" without a speaker'))
    if record.get("speaker") is not None and record.get("kind") not in KINDS:
        faults.append((True, f'"kind": one of {", ".join(KINDS)}'))
    for key in ("outlet", "mention", "note"):
        if not (record.get(key) is None or is_words(record[key])):
            faults.append((True, f'"{key}": words, or null'))
    for key in ("nth", "statement"):
        if not (record.get(key) is None or (type(record[key]) is int and record[key] > 0)):
            faults.append((True, f'"{key}": a whole number from 1'))
    if len(str(record.get("note") or "")) > LONGEST_NOTE:
        faults.append((True, f'"note": at most {LONGEST_NOTE} characters'))
    if record.get("speaker") is not None and not record.get("mention"):
        faults.append((False, 'a speaker without "mention"'))
    return faults


def faults_of_names(passage: Passage, record: Mapping[str, Any]) -> list[Fault]:
    """Names whose words are not in the text, and names that do not look clean."""
    there = set(name_words(passage.folded))
    speaker = record.get("speaker")
    accept = record.get("accept")
    names = [("speaker", speaker), *(("accept", n) for n in (accept if isinstance(accept, list) else []))]
    faults = []
    for key, name in [*names, ("outlet", record.get("outlet"))]:
        strange = [w for w in name_words(Passage(name).folded) if w not in there] if is_words(name) else []
        if strange:
            faults.append((key == "speaker", f'"{key}": the text has no {", ".join(map(repr, strange))}'))
    first = speaker.casefold().split()[0].strip(".") if is_words(speaker) else ""
    if record.get("kind") == "person" and first in TITLES:
        faults.append((False, f'"speaker": is {first!r} part of the name?'))
    if first in {"a", "an"} or (first == "the" and record.get("kind") != "organisation"):
        faults.append((False, f'"speaker": leave out {first!r}'))
    mention = record.get("mention")
    if is_words(mention) and not passage.occurrences(Passage(mention.strip()).folded):
        faults.append((True, f'"mention": the text has no {mention!r}'))
    return faults


def is_words(value: object) -> TypeGuard[str]:
    """Whether a value is a string with something in it."""
    return isinstance(value, str) and bool(value.strip())


def name_words(folded: str) -> list[str]:
    """The words of a name or a text, in small letters, without a possessive ending.

    >>> name_words("O'Neill's U.S. plan")
    ["o'neill", 'u', 's', 'plan']
    """
    return [word.removesuffix("'s") for word in re.findall(r"\w+(?:'\w+)*", folded.casefold())]


def clipped(words: str, most: int = 60) -> str:
    """The words on one line, cut to a length."""
    line = " ".join(words.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"
