"""Finds the gold sets, and reads each as a list of articles.

Most of the gold is not part of the project. It is read from folders beside the checkout (``../shared/data``,
``../shared/seeds``), or from those that ``QUOTEATTR_DATA`` and ``QUOTEATTR_SEEDS`` name. If a set is missing,
`Absent` is raised with a message, and callers skip the set.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs

from benchmarks.corpus_formats import FORMATS, split_name
from quoteattr.export.brat import gold_from_brat

ROOT = Path(__file__).resolve().parent.parent
SETS = (
    "polnear-train",
    "polnear-dev",
    "dev-entities",
    "seeds",
    "articles",
    "wide-read",
    "wide-unread",
    "wide-held",
)
HAND_READ = ("wide-read", "wide-unread", "wide-held")
"""Sets of articles of many kinds that were read by hand; figures are also given by origin."""
HELD = ("wide-unread", "wide-held")
"""Sets whose errors nobody reads: only totals are printed. `wide-unread` may choose between two ways of doing
something; docs/evaluation.md logs each print of `wide-held`."""
PRONOUNS = frozenset({"he", "she", "they", "i", "we", "it"})
"""What the shared scorer takes for a pronoun when the gold gives no kind."""

Record = Mapping[str, Any]


class Absent(Exception):
    """A gold set is not on this machine. The message says what was looked for."""


@attrs.frozen
class GoldQuotation:
    """One quotation as people marked it. Offsets are characters of the text, marks left out."""

    start: int
    """First character."""
    end: int
    """One past the last."""
    speaker_spans: tuple[tuple[int, int], ...] | None = None
    """Where the words that name the speaker stand; None where the set does not say."""
    speaker_text: str = ""
    """Those words."""
    entity: tuple[str, ...] = ()
    """Accepted names of who is meant, fullest first; empty: nobody speaks, or nobody looked."""
    rejected: tuple[str, ...] = ()
    """Names that are wrong although they fit an accepted one: "Lee" in a text with two people called so."""
    entity_read: bool = False
    """Whether a person looked who is meant."""
    outlet: str | None = None
    """Where the words were given, as the text says."""
    outlet_read: bool = False
    """Whether a person looked for an outlet."""
    outlet_any: bool = False
    """Whether leaving the outlet out is as good as giving it."""
    optional: bool = False
    """Whether finding it or not is a matter of taste; never scored."""
    kind: str = "unknown"
    """"name", "nominal", "pronoun" or "implicit", as given, or guessed from the words of the source."""
    kind_given: bool = False
    """Whether the kind stands in the gold."""


@attrs.frozen
class GoldArticle:
    """One article with its quotations."""

    id: str
    """Its name in the set."""
    text: str
    """The text that all offsets count in."""
    quotations: tuple[GoldQuotation, ...]
    """What people marked."""
    others: tuple[tuple[int, int], ...] = ()
    """Stretches between marks that are attributed to nobody, or whose gold is known to be wrong."""


@attrs.frozen
class GoldSet:
    """A named list of articles and the files it came from."""

    name: str
    """How it is asked for on the command line."""
    files: tuple[Path, ...]
    """Everything that it was read from."""
    articles: tuple[GoldArticle, ...]
    """In the order of the file."""

    @property
    def has_mentions(self) -> bool:
        """Whether every quotation says where its speaker is named (PolNeAR does, the seeds do not)."""
        return all(q.speaker_spans is not None for a in self.articles for q in a.quotations)

    def first(self, limit: int | None) -> GoldSet:
        """The set cut to its first ``limit`` articles."""
        return self if limit is None else attrs.evolve(self, articles=self.articles[:limit])

    def hashes(self) -> dict[str, str]:
        """SHA-256 of every file, by file name."""
        return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in self.files}


def load(name: str) -> GoldSet:
    """The gold set of that name, or the JSONL file or the folder of brat standoff at that path.

    Raises:
        Absent: if its files are not on this machine.
    """
    match name:
        case "polnear-train" | "polnear-dev":
            return _polnear(name)
        case "dev-entities":
            return _dev_entities()
        case "seeds":
            return _seeds()
        case _ if name in HAND_READ:
            return _hand_read(name)
        case "articles":
            return _from_file(name, ROOT / "seeds" / "articles.jsonl", ROOT / "seeds" / "articles")
        case _ if corpus := split_name(name):
            return _of_corpus(name, *corpus)
        case _:
            path = Path(name)
            return _from_brat(path) if path.is_dir() else _from_file(path.stem, path, path.parent)


def _of_corpus(name: str, form: str, path: Path) -> GoldSet:
    """A corpus in the format of others: see `benchmarks.corpus_formats`."""
    records = list(FORMATS[form](path)) if path.exists() else []
    if not records:
        raise Absent(f"no files of {form} are in {path}")
    files = [path] if path.is_file() else sorted(file for file in path.rglob("*") if file.is_file())
    return GoldSet(name, tuple(files), tuple(map(article, records)))


def guess_kind(text: str, start: int, end: int, spans: Sequence[tuple[int, int]], words: str) -> str:
    """What kind of words name the speaker, where the gold does not say.

    A source in another paragraph counts as "implicit": nothing beside the quotation names the speaker.

    >>> guess_kind("“Go,” he said.", 1, 4, [(6, 8)], "he")
    'pronoun'
    >>> guess_kind("“Go,” the New York businessman said.", 1, 4, [(6, 30)], "the New York businessman")
    'nominal'
    """
    if spans and not any(_same_paragraph(text, start, end, span) for span in spans):
        return "implicit"
    if words.lower() in PRONOUNS:
        return "pronoun"
    tokens = words.split()
    determined = bool(tokens) and tokens[0].lower() in {"the", "a", "an", "one", "his", "her", "their"}
    rest = tokens[1:] if determined else tokens
    capitals = [w[:1].isupper() for w in rest]
    return "name" if capitals and (all(capitals) if determined else any(capitals)) else "nominal"


def _same_paragraph(text: str, start: int, end: int, span: tuple[int, int]) -> bool:
    """Whether no line break lies between the quotation and the span."""
    gap = text[end : span[0]] if span[0] >= end else text[span[1] : start]
    return "\n" not in gap


def data_file(name: str) -> Path:
    """A file of the shared data.

    Raises:
        Absent: if it is not on this machine.
    """
    folder = Path(os.environ.get("QUOTEATTR_DATA", ROOT.parent / "shared" / "data"))
    return _present(folder / name, "set QUOTEATTR_DATA to the folder that holds it")


def _present(path: Path, hint: str) -> Path:
    if not path.is_file():
        raise Absent(f"{path.name} is not in {path.parent}: {hint}")
    return path


def read_jsonl(path: Path) -> list[Any]:
    """Every record of a JSONL file, unpacked on the way where its name ends in .xz."""
    # Only a line feed ends a record: splitlines() would cut at the odd separators that news texts hold.
    return [json.loads(line) for line in read_text(path).split("\n") if line.strip()]


def read_text(path: Path) -> str:
    """What a file holds, unpacked where its name ends in .xz."""
    raw = path.read_bytes()
    return (lzma.decompress(raw) if path.suffix == ".xz" else raw).decode("utf-8")


def _polnear(name: str) -> GoldSet:
    path = data_file(f"{name.replace('-', '_')}.jsonl.xz")
    return GoldSet(name, (path,), tuple(article(record) for record in read_jsonl(path)))


def _dev_entities() -> GoldSet:
    """Who is meant, joined onto PolNeAR dev by place; only the articles that were read by hand.

    Rows whose PolNeAR span is wrong are left out: they are no quotations of the set, and finding them is
    no invention.
    """
    dev, entities = data_file("polnear_dev.jsonl.xz"), data_file("polnear_dev_entities.jsonl")
    read = {r["id"]: {(q["start"], q["end"]): q for q in r["quotes"]} for r in read_jsonl(entities)}
    records = [joined(record, read[record["id"]]) for record in read_jsonl(dev) if record["id"] in read]
    return GoldSet("dev-entities", (dev, entities), tuple(article(record) for record in records))


def joined(record: Record, read: Mapping[tuple[int, int], Record]) -> dict[str, Any]:
    """A PolNeAR record with what was read by hand joined on by (start, end)."""
    rows = [{**q, "read": True, **read[q["start"], q["end"]]} for q in record["quotes"] if _place(q) in read]
    unread = [q for q in record["quotes"] if _place(q) not in read]
    wrong = [[q["start"], q["end"]] for q in rows if q.get("wrong_gold")]
    quotes = [q for q in rows if not q.get("wrong_gold")] + unread
    quotes.sort(key=_place)
    return {**record, "quotes": quotes, "other_quoted": [*record.get("other_quoted", []), *wrong]}


def _place(quote: Record) -> tuple[int, int]:
    return quote["start"], quote["end"]


def _seeds() -> GoldSet:
    folder = Path(os.environ.get("QUOTEATTR_SEEDS", ROOT.parent / "shared" / "seeds"))
    candidates = (folder / "seeds_gold.jsonl", folder.parent / "seeds_gold.jsonl")
    path = next((p for p in candidates if p.is_file()), candidates[0])
    _present(path, "set QUOTEATTR_SEEDS to the folder of the seed articles")
    return _from_file("seeds", path, folder)


def _hand_read(name: str) -> GoldSet:
    """Articles of many kinds that were read by hand: see ``benchmarks/gold/GUIDELINES.md``.

    The rows are stand-off; the texts are those of wide_dev and of PolNeAR's training articles.
    """
    rows = ROOT / "benchmarks" / "gold" / f"speakers_{name.removeprefix('wide-')}.jsonl"
    sources = [data_file("wide_dev.jsonl.xz"), data_file("polnear_train.jsonl.xz")]
    texts = {record["id"]: record["text"] for path in sources for record in read_jsonl(path)}
    by_article: dict[str, list[Record]] = {}
    for row in read_jsonl(_present(rows, "the articles have not been read yet")):
        text = texts[row["id"]]
        if hashlib.sha256(text.encode()).hexdigest() != row["sha256"]:
            raise ValueError(f"{row['id']} is not the text that its rows were made for")
        by_article.setdefault(row["id"], []).extend([] if row.get("none") else [_hand_read_row(row)])
    records = [{"id": name, "text": texts[name], "quotes": quotes} for name, quotes in by_article.items()]
    return GoldSet(name, (rows, *sources), tuple(article(record) for record in records))


def _hand_read_row(row: Record) -> dict[str, Any]:
    """A row without its kind of speaker: kinds of mentions have the same key elsewhere."""
    return {"read": True, **{key: row[key] for key in ("start", "end", "entity", "outlet")}}


def _from_file(name: str, path: Path, texts: Path) -> GoldSet:
    """A JSONL file whose records carry their text, or whose ids name files in ``texts``."""
    _present(path, "no such gold file")
    records, files = read_jsonl(path), [path]
    outlets_marked = any(q.get("read") for record in records for q in record["quotes"])
    articles = []
    for record in records:
        if "text" not in record:
            named = (texts / record["id"], texts / f"{record['id']}.txt")
            file = next((p for p in named if p.is_file()), None)
            if file is None:
                raise Absent(f"no text {record['id']} in {texts}, but {path.name} names it")
            files.append(file)
            record = {**record, "text": _checked(file, record)}
        articles.append(article(record, outlets_marked=outlets_marked))
    return GoldSet(name, tuple(files), tuple(articles))


def _from_brat(folder: Path) -> GoldSet:
    """A folder of brat standoff: every .ann with the .txt beside it."""
    files = [path for ann in sorted(folder.glob("*.ann")) for path in (ann, ann.with_suffix(".txt"))]
    _present(files[0] if files else folder / "*.ann", "no brat standoff")
    read = [path.read_bytes().decode("utf-8") for path in files]
    records = [
        gold_from_brat(ann.stem, text, standoff)
        for ann, standoff, text in zip(files[::2], read[::2], read[1::2], strict=True)
    ]
    return GoldSet(folder.name, tuple(files), tuple(map(article, records)))


def _checked(file: Path, record: Record) -> str:
    """The text of an article, byte for byte what the offsets were counted in."""
    raw = file.read_bytes()
    if record.get("sha256", digest := hashlib.sha256(raw).hexdigest()) != digest:
        raise ValueError(f"{file.name} is not the text that its gold was made for (sha256 {digest})")
    return raw.decode("utf-8")


def article(record: Record, *, outlets_marked: bool = True) -> GoldArticle:
    """One record of a gold file. ``outlets_marked``: outlets were read only where "read" is true."""
    quotations = tuple(_quotation(q, record["text"], outlets_marked) for q in record["quotes"])
    others = tuple((start, end) for start, end in record.get("other_quoted", []))
    return GoldArticle(record["id"], record["text"], quotations, others)


def _quotation(q: Record, text: str, outlets_marked: bool) -> GoldQuotation:
    start, end, words = q["start"], q["end"], q.get("speaker_text", "")
    spans = tuple((a, b) for a, b in q["speaker_spans"]) if "speaker_spans" in q else None
    guessed = "unknown" if spans is None else guess_kind(text, start, end, spans, words)
    entity = q.get("entity") or ()
    optional = bool(q.get("optional"))
    return GoldQuotation(
        start=start,
        end=end,
        speaker_spans=spans,
        speaker_text=words,
        entity=(entity,) if isinstance(entity, str) else tuple(entity),
        rejected=tuple(q.get("not") or ()),
        entity_read="entity" in q and not optional,
        outlet=q.get("outlet"),
        outlet_read=bool(q.get("read")) if outlets_marked else "outlet" in q and not optional,
        outlet_any=bool(q.get("outlet_any")),
        optional=optional,
        kind=q.get("kind") or guessed,
        kind_given=bool(q.get("kind")),
    )
