"""QuoteLi3: the quotations of three novels, with mentions and speakers, as XML.

<doc><characters><character name="Ann_Lee" aliases="Ann;Miss Lee"/></characters>
<text><chapter><quote id="q1" speaker="Ann_Lee" connection="m2">“Go,”</quote> said
<mention id="m2" connection="q1">she</mention>.</chapter></text></doc>
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.corpus_formats.tokens import files_in, quote_of_entity


def read(path: Path) -> Iterator[dict[str, Any]]:
    """Yields a record for each XML file."""
    for file in files_in(path, "*.xml"):
        root = ET.parse(file).getroot()
        names = {c.attrib["name"]: _names(c) for c in root.iter("character")}
        body = next(root.iter("text"), root)
        pieces: list[str] = []
        quotes = list(_quotes(body, pieces, names))
        text = "".join(pieces)
        found = [quote_of_entity(text, place, speakers) for place, speakers in quotes]
        yield {"id": file.stem, "text": text, "quotes": sorted(found, key=lambda quote: int(quote["start"]))}


def _names(character: ET.Element) -> list[str]:
    aliases = character.attrib.get("aliases", "").split(";")
    return [name.replace("_", " ") for name in (character.attrib["name"], *aliases) if name]


def _quotes(
    element: ET.Element, pieces: list[str], names: dict[str, list[str]]
) -> Iterator[tuple[tuple[int, int], list[str]]]:
    """Yields the place and the speakers of each quotation, and adds the pieces of the text on the way."""
    start = sum(map(len, pieces))
    pieces.append(element.text or "")
    for child in element:
        if child.tag != "characters":
            yield from _quotes(child, pieces, names)
        pieces.append(child.tail or "")
    speaker = element.attrib.get("speaker")
    if element.tag == "quote" and speaker:
        yield (start, sum(map(len, pieces))), names.get(speaker, [speaker.replace("_", " ")])
