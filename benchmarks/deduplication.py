"""Measures deduplication: precision, recall, time and memory.

    python -m benchmarks.deduplication                                  # everything, up to 100,000 quotations
    python -m benchmarks.deduplication --attributed .work/lines.sqlite  # stores the attributed news for later
    python -m benchmarks.deduplication --sizes 10000,100000,1000000 --only synthetic
    python -m benchmarks.deduplication --sizes 1000000 --only synthetic --peers-up-to 1000000
    python -m benchmarks.deduplication --only incremental
    python -m benchmarks.deduplication --only streamed --sizes 3000000  # memory while candidates are streamed
    python -m benchmarks.deduplication --floors                         # seeds and 10,000 quotations

The parts are:

- `seeds`: the annotated articles, once with their gold quotations and once as the library attributes them;
- `news`: quotations of PolNeAR articles that people sorted into lines; all quotations of all articles are
  deduplicated as the library attributes them;
- `synthetic`: the articles of `benchmarks.synthetic_lines`, each size in a process of its own, with CPU
  seconds and peak memory;
- `incremental`: batches, compared with one pass over all articles;
- `streamed`, only if it is named: memory while candidates are streamed.

Parts whose data is not on this machine are skipped with a message. The peers are datasketch and rensa (extra
`peers`). docs/deduplication-record.md explains the figures.
"""

from __future__ import annotations

import datetime
import hashlib
import itertools
import json
import math
import os
import random
import re
import resource
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import attrs
import click
import numpy as np

from benchmarks import floors, gold_sets, line_peers, synthetic_lines
from benchmarks.line_groups import interval, strata_of, summed
from benchmarks.lines import Pairs, Place, as_attributed, count_pairs, places_of, seed_pairs, seed_records
from quoteattr import Article, attribute_many, deduplicate
from quoteattr.dedup import Deduplicator, ngram_index
from quoteattr.dedup.ngram_hashes import FlatWordings
from quoteattr.schema import AttributedArticle

PARTS = ("seeds", "news", "synthetic", "incremental", "streamed")
DATE = re.compile(r"\d{4}-\d\d-\d\d")
FLOORS = gold_sets.ROOT / "benchmarks" / "floors_lines.toml"
"""The least values of the figures."""
FLOOR_SIZE = 10_000
"""Quotations of the synthetic corpus with floors."""
WORDS = 24
"""Words of a line in `report_streamed`, about as many as news quotations have."""
PEERS_UP_TO = 100_000
"""Quotations of the largest corpus for datasketch by default: it takes many minutes for more."""
CONTAINMENT_UP_TO = 100_000
"""Quotations of the largest corpus for containment: in larger ones it joins everything into one line."""


@click.command(help=(__doc__ or "").replace("\n\n    ", "\n\n\b\n    "))
@click.option("--only", type=click.Choice(PARTS), multiple=True, help="These parts alone.")
@click.option("--sizes", default="10000,100000", help="Quotations of the synthetic corpora.")
@click.option("--attributed", type=click.Path(path_type=Path), help="File for the attributed news.")
@click.option("--floors", "holding", is_flag=True, help="Compare with floors_lines.toml; fail if below.")
@click.option("--raise", "raising", is_flag=True, help="With --floors: raise each to what was measured.")
@click.option("--peers-up-to", default=PEERS_UP_TO, show_default=True, help="Quotations for datasketch.")
@click.option("--one", type=int, hidden=True, help="One synthetic corpus, as JSON.")
def main(
    only: tuple[str, ...],
    sizes: str,
    attributed: Path | None,
    holding: bool,
    raising: bool,
    peers_up_to: int,
    one: int | None,
) -> None:
    if one is not None:
        print(json.dumps(measure(one, peers_up_to)))
        return
    if holding:
        sys.exit(0 if floors_hold(attributed, raising) else 1)
    chosen = only or PARTS
    if "seeds" in chosen:
        report_seeds()
    if "news" in chosen:
        report_news(attributed)
    if "synthetic" in chosen:
        report_synthetic([int(size) for size in sizes.split(",")], peers_up_to)
    if "incremental" in chosen:
        report_incremental()
    if only and "streamed" in only:
        report_streamed(int(sizes.split(",")[-1]))


def floors_hold(stored: Path | None, raising: bool) -> bool:
    """Prints figures and floors of the seeds, a synthetic corpus and, if their file exists, the news.

    Returns:
        Whether every figure reaches its floor.
    """
    pinned = floors.read(FLOORS)
    every = []
    for name, hashes, figures in measured(stored):
        held = floors.check(name, hashes, figures, pinned)
        print(held.table)
        every.append(held.ok)
        if raising:
            pinned[name] = floors.raised(pinned.get(name, floors.Pinned()), hashes, figures)
    if raising:
        floors.write(pinned, FLOORS)
    return all(every)


def measured(stored: Path | None) -> Iterator[tuple[str, dict[str, str], dict[str, float]]]:
    """Yields the parts with floors: their name, the hashes of their data, and the figures."""
    for name, records, given in seed_sets():
        texts = "".join(found.article.text for found in given)
        pairs = seed_pairs(records, places_of(deduplicate(given)))
        yield name, {name: digest(texts + json.dumps(records))}, figures_of(pairs)
    corpus = synthetic_lines.generate(FLOOR_SIZE)
    places = (place_of(a, n) for a in corpus.articles for n in range(len(a)))
    got = places_of(deduplicate(corpus.articles))
    labels = (number for lines in corpus.lines for number in lines)
    pairs = count_pairs(zip(labels, (got[p] for p in places), strict=True))
    yield "synthetic", {"corpus": digest("".join(a.article.text for a in corpus.articles))}, figures_of(pairs)
    if stored is not None:
        got = places_of(deduplicate(attributed_news(stored)))
        for name, path in group_files().items():
            groups = gold_sets.read_jsonl(path)
            strata = strata_of(groups, got)
            figures = {f"{stratum}.f1": summed(rows).f1 for stratum, rows in strata.items()}
            figures["groups"] = sum(right for _, right in strata["all"]) / len(groups)
            yield name, {path.name: digest(json.dumps(groups))}, figures


def group_files() -> dict[str, Path]:
    """Returns the files of groups that people sorted into lines.

    Rules are developed on the groups of "news" and "news, read"; those of "news, held" are only measured.
    """
    gold = gold_sets.ROOT / "benchmarks" / "gold"
    return {
        "news": data("dedup_dev.jsonl"),
        "news, read": gold / "lines_read.jsonl",
        "news, held": gold / "lines_held.jsonl",
    }


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def figures_of(pairs: Pairs) -> dict[str, float]:
    return {"p": pairs.precision, "r": pairs.recall, "f1": pairs.f1}


def seed_sets() -> Iterator[tuple[str, list[dict[str, Any]], list[AttributedArticle]]]:
    """Yields the annotated articles on this machine: name, records, and articles with everything in them."""
    there = gold_sets.ROOT.parent / "shared" / "seeds"
    folders = {
        "articles.jsonl": gold_sets.ROOT / "seeds" / "articles",
        "seeds.jsonl": Path(os.environ.get("QUOTEATTR_SEEDS", there)),
    }
    for name, folder in folders.items():
        records = seed_records(name)
        if all((folder / record["id"]).is_file() for record in records):
            yield name, records, [as_attributed(record, folder) for record in records]
        else:
            print(f"{name}: skipped, no texts in {folder.name}")


def report_seeds() -> None:
    """Prints the pairs of the annotated articles: with gold quotations, and end to end."""
    for name, records, given in seed_sets():
        print_pairs(f"{name}, gold quotations", seed_pairs(records, places_of(deduplicate(given))))
        lines = deduplicate(attribute_many(found.article for found in given))
        print_pairs(f"{name}, end to end", seed_pairs(records, places_of(lines)))


def report_news(stored: Path | None) -> None:
    """Prints the groups that people sorted, by stratum, for the library and its peers."""
    try:
        sets = {name: gold_sets.read_jsonl(path) for name, path in group_files().items()}
        articles = attributed_news(stored)
    except (gold_sets.Absent, FileNotFoundError) as absent:
        print(f"news: skipped, {absent}")
        return
    begin = time.process_time()
    answers = {"quoteattr": places_of(deduplicate(articles))}
    seconds = time.process_time() - begin
    print(f"news: {sum(map(len, articles))} quotations of {len(articles)} articles, {seconds:.1f} CPU s")
    places = [place_of(found, n) for found in articles for n in range(len(found))]
    texts = [a.quotation.content.text for found in articles for a in found]
    for name, peer in line_peers.present().items():
        answers[name] = dict(zip(places, peer(texts), strict=True))
    for set_name, groups in sets.items():
        for name, answer in answers.items():
            print_strata(f"{set_name}: {name}", groups, answer)


def data(name: str) -> Path:
    """Returns the path of a file of gold data."""
    return Path(os.environ.get("QUOTEATTR_DATA", gold_sets.ROOT.parent / "shared" / "data")) / name


def attributed_news(stored: Path | None) -> list[AttributedArticle]:
    """Returns PolNeAR's train and dev articles as the library attributes them."""
    if stored is not None and stored.is_file():
        with Deduplicator.load(stored) as deduplicator:
            return list(deduplicator.articles())
    sets = [gold_sets.load(name) for name in ("polnear-train", "polnear-dev")]
    found = list(attribute_many(news_article(a.id, a.text) for s in sets for a in s.articles))
    if stored is not None:
        with Deduplicator(stored) as deduplicator:
            deduplicator.add(found)
    return found


def news_article(name: str, text: str) -> Article:
    """Returns an article with publisher and date from its PolNeAR id: "nyt_2016-05-09_american-admiral"."""
    date = DATE.search(name)
    published = datetime.date.fromisoformat(date[0]) if date else None
    return Article(text, id=name, publisher=name.split("_")[0], published=published)


def place_of(found: AttributedArticle, n: int) -> Place:
    content = found.attributions[n].quotation.content
    return found.article.id or "", content.start, content.end


def print_strata(name: str, groups: Sequence[Any], answer: dict[Place, int]) -> None:
    """Prints pairs and fully right groups, over all and by stratum."""
    print(f"  {name}")
    for stratum, rows in strata_of(groups, answer).items():
        right = sum(ok for _, ok in rows)
        low, high = interval(rows)
        pairs = described(summed(rows))
        print(f"    {stratum:18} groups right {right:3}/{len(rows):<3} {pairs} 95% {low:.2f}-{high:.2f}")


def report_synthetic(sizes: Iterable[int], peers_up_to: int) -> None:
    """Prints the figures of synthetic corpora, each measured in a process of its own because of peak
    memory."""
    before: dict[str, Any] | None = None
    for size in sizes:
        command = [sys.executable, "-m", "benchmarks.deduplication", "--one", str(size)]
        command += ["--peers-up-to", str(peers_up_to)]
        row = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        print(f"synthetic, {row['quotations']} quotations, {row['lines']} lines")
        for name, found in row["answers"].items():
            print(f"    {name:12} {described(Pairs(*found['pairs']))}  {found['seconds']:.1f} CPU s")
        print(f"    peak memory {row['peak_gb']:.2f} GB, of which the corpus {row['corpus_gb']:.2f} GB")
        if before:
            exponent = math.log(own_seconds(row) / own_seconds(before)) / math.log(
                row["quotations"] / before["quotations"]
            )
            print(f"    growth exponent since {before['quotations']}: {exponent:.2f}")
        before = row


def own_seconds(row: dict[str, Any]) -> float:
    return float(row["answers"]["quoteattr"]["seconds"])


def measure(size: int, peers_up_to: int) -> dict[str, Any]:
    """Returns the figures of the library, and of the peers that are fast enough, on one synthetic corpus."""
    most = {"datasketch": peers_up_to, "containment": CONTAINMENT_UP_TO}
    corpus = synthetic_lines.generate(size)
    corpus_gb = peak_gb()
    labels = [number for lines in corpus.lines for number in lines]
    answers = {}
    begin = time.process_time()
    found = deduplicate(corpus.articles)
    seconds = time.process_time() - begin
    peak = peak_gb()
    got = places_of(found)
    del found
    places = (place_of(a, n) for a in corpus.articles for n in range(len(a)))
    answers["quoteattr"] = row_of(count_pairs(zip(labels, (got[p] for p in places), strict=True)), seconds)
    texts = [a.quotation.content.text for article in corpus.articles for a in article]
    for name, peer in line_peers.present().items():
        if size <= most.get(name, size):
            begin = time.process_time()
            mine = peer(texts)
            answers[name] = row_of(count_pairs(zip(labels, mine, strict=True)), time.process_time() - begin)
    return {
        "quotations": len(labels),
        "lines": len(set(labels)),
        "answers": answers,
        "peak_gb": peak,
        "corpus_gb": corpus_gb,
    }


def row_of(pairs: Pairs, seconds: float) -> dict[str, Any]:
    return {"pairs": attrs.astuple(pairs), "seconds": seconds}


def peak_gb() -> float:
    """Returns the peak memory of this process in GB (ru_maxrss counts KiB on Linux)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9


def report_incremental(size: int = 3000, batch: int = 50) -> None:
    """Prints how the last results of `add` for every quotation agree with one pass, for two orders of
    batches."""
    articles = synthetic_lines.generate(size).articles
    once = places_of(deduplicate(articles))
    for seed in range(2):
        shuffled = random.Random(seed).sample(articles, len(articles))
        last: dict[Place, int] = {}
        names = itertools.count()
        begin = time.process_time()
        with Deduplicator() as lines:
            for at in range(0, len(shuffled), batch):
                for line in lines.add(shuffled[at : at + batch]):
                    name = next(names)
                    last.update(dict.fromkeys(places_of([line]), name))
            seconds = time.process_time() - begin
            same = places_of(lines.utterances()) == once
        pairs = count_pairs((once[place], last[place]) for place in once)
        print(f"incremental, {len(once)} quotations in batches of {batch} articles, order {seed}:")
        print(f"    utterances() equals one pass: {same}; add() {described(pairs)}  {seconds:.1f} CPU s")


def report_streamed(size: int) -> None:
    """Prints memory while candidates are streamed, for ``size`` wordings: a quarter are lines, the others
    windows of them."""
    rng = np.random.default_rng(7)
    lines = (rng.zipf(1.3, (size // 4, WORDS)) % 200_000 + 1).astype(np.uint32)
    lengths = np.sort(rng.integers(3, WORDS + 1, size - len(lines)))[::-1]
    lengths = np.concatenate([np.full(len(lines), WORDS), lengths])
    of_line = np.concatenate([np.arange(len(lines)), rng.integers(0, len(lines), size - len(lines))])
    begins = rng.integers(0, WORDS - lengths + 1)
    starts = np.concatenate([[0], np.cumsum(lengths)])
    within = np.arange(starts[-1]) - np.repeat(starts[:-1] - begins, lengths)
    wordings = FlatWordings(lines[np.repeat(of_line, lengths), within], starts)
    del within, lines, of_line, begins
    print(f"streamed, {size} wordings of {starts[-1]} words, {resident_gb():.2f} GB")
    begin = time.process_time()
    index = ngram_index.index_by_ngrams(wordings)
    seconds = time.process_time() - begin
    print(f"    index built: {seconds:.0f} CPU s, {resident_gb():.2f} GB, peak {peak_gb():.2f}")
    nothing = np.empty(0, dtype=np.int64)
    found, held = 0, []
    for shorter, _, _ in ngram_index.candidate_pairs(size, [index], (nothing, nothing)):
        found += len(shorter)
        held.append(resident_gb())
    tenths = " ".join(f"{held[len(held) * n // 10]:.2f}" for n in range(10))
    print(f"    {found} pairs in {len(held)} chunks: {time.process_time() - begin:.0f} CPU s, GB {tenths}")


def resident_gb() -> float:
    """Returns the memory of this process in GB; Linux counts it in pages."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1e9


def print_pairs(name: str, pairs: Pairs) -> None:
    print(f"{name:34} {described(pairs)}")


def described(pairs: Pairs) -> str:
    counts = f"{pairs.right} right, {pairs.wrong} wrong, {pairs.missed} missed"
    return f"P {pairs.precision:.3f} R {pairs.recall:.3f} F1 {pairs.f1:.3f} ({counts})"


if __name__ == "__main__":
    main()
