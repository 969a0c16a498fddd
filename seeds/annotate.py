"""Converts a marked-up article to its text and its record, and back.

    python seeds/annotate.py MARKED.txt...     writes each text to seeds/articles, and its record
    python seeds/annotate.py --show NAME.txt   prints an article marked up, to be edited

A marked-up article has a head, a line of ``---`` and the text. The head names the publisher and the speakers:

    publisher: The Examiner | Examiner
    S = Ann Lee @ Sunday Ledger
    ---
    The firms are “⟦S~#greedy:greedy⟧”, she wrote.

A speaker has its accepted names, fullest first, and the outlet to which it speaks unless a quotation says
otherwise. A quotation is ``⟦SPEAKER@OUTLET~?#LINE:words⟧``, and all but the speaker may be left out: ``-`` is
nobody, ``@`` alone is no outlet, ``~`` accepts an answer without outlet too, ``?`` makes the quotation
optional, LINE names the utterance. A quotation may hold another. One that is left open at the end of its
paragraph is closed there.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
RECORDS = HERE / "articles.jsonl"
OPEN = re.compile(r"⟦(?P<speaker>\w+|-)(?P<outlet>@[^~?#:]*)?(?P<flags>[~?]*)(?:#(?P<line>\w+))?:")


def parse_head(head: str) -> tuple[list[str] | None, dict[str, tuple[list[str], str | None]]]:
    """The publisher's names and the speakers of an article's head.

    >>> parse_head("publisher: The Echo | Echo\\nS = Ann Lee | Lee @ Sky News")
    (['The Echo', 'Echo'], {'S': (['Ann Lee', 'Lee'], 'Sky News')})
    """
    publisher, speakers = None, {}
    for line in head.strip().splitlines():
        if line.startswith("publisher:"):
            publisher = [name.strip() for name in line[10:].split("|") if name.strip()] or None
            continue
        key, _, value = line.partition(" = ")
        names, _, outlet = value.partition(" @ ")
        speakers[key.strip()] = ([name.strip() for name in names.split("|")], outlet.strip() or None)
    return publisher, speakers


def read_marked(name: str, marked: str) -> tuple[str, dict[str, Any]]:
    """The text of a marked-up article, and its record.

    >>> text, record = read_marked("a.txt", "publisher:\\nS = Ann Lee\\n---\\n“⟦S:Yes⟧,” she said.\\n")
    >>> text, record["quotes"][0]["start"], record["quotes"][0]["end"]
    ('“Yes,” she said.\\n', 1, 4)
    """
    head, _, body = marked.partition("\n---\n")
    publisher, speakers = parse_head(head)
    text, at, open_quotes, quotes = "", 0, [], []
    while at < len(body):
        if start := OPEN.match(body, at):
            entity, outlet = (None, None) if start["speaker"] == "-" else speakers[start["speaker"]]
            if start["outlet"] is not None:
                outlet = start["outlet"][1:] or None
            quote = {"start": len(text), "end": 0, "entity": entity, "outlet": outlet, "line": start["line"]}
            quote["optional"] = "?" in start["flags"]
            if "~" in start["flags"]:
                quote["outlet_any"] = True
            open_quotes.append(quote)
            quotes.append(quote)
            at = start.end()
            continue
        if body[at] == "⟧":
            open_quotes.pop()["end"] = len(text)
        else:
            if body[at] == "\n":
                while open_quotes:
                    open_quotes.pop()["end"] = len(text)
            text += body[at]
        at += 1
    digest = hashlib.sha256(text.encode()).hexdigest()
    return text, {"id": name, "sha256": digest, "publisher": publisher, "quotes": quotes}


def write_marked(record: dict[str, Any], text: str) -> str:
    """An article marked up; `read_marked` reads it back.

    >>> marked = "publisher:\\nS1 = Ann Lee @ Sky News\\n---\\n“⟦S1:Yes⟧,” she said."
    >>> text, record = read_marked("a.txt", marked)
    >>> write_marked(record, text) == marked
    True
    """
    keys: dict[tuple[str, ...], str] = {}
    outlets: dict[str, str | None] = {}
    marks: list[tuple[int, int, str]] = []
    for quote in record["quotes"]:
        key = "-"
        if quote["entity"]:
            key = keys.setdefault(tuple(quote["entity"]), f"S{len(keys) + 1}")
            outlets.setdefault(key, quote["outlet"])
        outlet = "" if quote["outlet"] == outlets.get(key) else "@" + (quote["outlet"] or "")
        flags = "~" * bool(quote.get("outlet_any")) + "?" * bool(quote["optional"])
        line = f"#{quote['line']}" if quote["line"] else ""
        marks.append((quote["start"], 1, f"⟦{key}{outlet}{flags}{line}:"))
        marks.append((quote["end"], 0, "⟧"))
    for at, _, mark in sorted(marks, reverse=True):
        text = text[:at] + mark + text[at:]
    head = ["publisher: " + " | ".join(record["publisher"] or [])]
    head += [
        f"{key} = {' | '.join(names)}" + (f" @ {outlets[key]}" if outlets[key] else "")
        for names, key in keys.items()
    ]
    return "\n".join(line.rstrip() for line in head) + "\n---\n" + text


def read_records(path: Path = RECORDS) -> dict[str, dict[str, Any]]:
    """The records of a JSON Lines file by article id."""
    if not path.exists():
        return {}
    return {record["id"]: record for record in map(json.loads, path.read_text(encoding="utf-8").splitlines())}


def main(arguments: list[str]) -> None:
    """Read marked-up files into articles and records, or show one article marked up."""
    records = read_records()
    if arguments[:1] == ["--show"]:
        for name in arguments[1:]:
            print(write_marked(records[name], (HERE / "articles" / name).read_text("utf-8")), end="")
        return
    for path in map(Path, arguments):
        text, record = read_marked(path.name, path.read_text(encoding="utf-8"))
        (HERE / "articles" / path.name).write_text(text, encoding="utf-8")
        records[record["id"]] = record
    lines = [json.dumps(records[name], ensure_ascii=False) for name in sorted(records)]
    RECORDS.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
