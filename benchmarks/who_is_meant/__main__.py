"""The command line: ``python -m benchmarks.who_is_meant COMMAND``."""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.who_is_meant import articles as store
from benchmarks.who_is_meant.adjudication import cases, merge, shown_case
from benchmarks.who_is_meant.agreement import Pair, measure, pair_rows, table
from benchmarks.who_is_meant.annotation import Checked, Row, read_files, standoff
from benchmarks.who_is_meant.articles import Article, ToolError
from benchmarks.who_is_meant.selection import select
from benchmarks.who_is_meant.stretches import stretches

Rows = Mapping[str, list[Row]]


def run_select(_: argparse.Namespace) -> None:
    """Choose the articles, split them, and write the list."""
    listed = select(store.read_set("wide_dev"), store.read_set("polnear_train"))
    store.write_jsonl(store.GOLD / "articles.jsonl", map(asdict, listed))
    print({part: sum(row.part == part for row in listed) for part in store.PARTS})


def run_batches(_: argparse.Namespace) -> None:
    """List the batches: name, articles, words, stretches between marks, ids."""
    listed = store.read_list()
    texts = store.load(listed)
    print("batch     articles  words  stretches  ids")
    for name, rows in store.batches(listed).items():
        words = sum(len(texts[row.id].text.split()) for row in rows)
        marked = sum(len(stretches(texts[row.id].text)) for row in rows)
        print(f"{name:9} {len(rows):8} {words:6} {marked:10}  {' '.join(row.id for row in rows)}")


def run_show(args: argparse.Namespace) -> None:
    """Print the texts of a batch, or of some articles."""
    listed = store.read_list()
    by_id = {row.id: row for row in listed}
    if unknown := [name for name in args.ids if name not in by_id]:
        raise ToolError(f"not in articles.jsonl: {', '.join(unknown)}")
    if bool(args.ids) == bool(args.batch):
        raise ToolError("give either ids or --batch")
    rows = store.batch(listed, args.batch) if args.batch else [by_id[name] for name in args.ids]
    for article in store.load(rows).values():
        print(store.shown(article))


def run_check(args: argparse.Namespace) -> None:
    """Check a reader's files; exit status 1 if something has to be put right."""
    listed = store.read_list()
    expected = [row.id for row in store.batch(listed, args.batch)] if args.batch else []
    checked = read_files(args.files, store.load(listed), expected)
    for problem in sorted(checked.problems, key=lambda problem: not problem.wrong):
        print(problem)
    rows = sum(map(len, checked.rows.values()))
    wrong = len(checked.errors)
    print(
        f"{len(checked.rows)} articles, {rows} quotations, {wrong} errors, "
        f"{len(checked.problems) - wrong} to look at again"
    )
    if wrong:
        sys.exit(1)


def run_compile(args: argparse.Namespace) -> None:
    """Write a reader's rows as stand-off rows."""
    texts = store.load(store.read_list())
    rows = without_errors(read_files(args.files, texts), "the files")
    stored = [row for name in texts if name in rows for row in standoff(texts[name], rows[name])]
    store.write_jsonl(args.out, stored)
    print(f"{args.out}: {len(stored)} rows")


def run_agree(args: argparse.Namespace) -> None:
    """Print how far two readers agree; write what they disagree on for a third."""
    texts = store.load(store.read_list())
    ours, theirs = both_readers(args, texts)
    groups: dict[str, list[list[Pair]]] = defaultdict(list)
    shown: list[str] = []
    for name in (name for name in texts if name in ours and name in theirs):
        pairs = pair_rows(ours[name], theirs[name])
        groups["all"].append(pairs)
        groups[name.partition("_")[0] if texts[name].set == "wide_dev" else "polnear"].append(pairs)
        shown += [shown_case(case) for case in cases(texts[name], pairs)]
    print(table({group: measure(found) for group, found in sorted(groups.items())}))
    one_reader = sorted(set(ours) ^ set(theirs))
    print(f"{len(groups['all'])} articles, {len(shown)} cases for the third reader")
    if one_reader:
        print(f"left out, read by one of the two only: {' '.join(one_reader)}")
    if args.cases:
        if args.cases.resolve().is_relative_to(store.ROOT):
            raise ToolError(
                "--cases: the file holds passages of the texts, so it must lie outside the checkout"
            )
        args.cases.parent.mkdir(parents=True, exist_ok=True)
        args.cases.write_text("\n".join(shown), encoding="utf-8")


def run_adjudicate(args: argparse.Namespace) -> None:
    """Merge two readers and the decisions of a third into the gold of each part that they have read."""
    listed = store.read_list()
    texts = store.load(listed)
    ours, theirs = both_readers(args, texts)
    decisions: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for path in args.decisions:
        for decision in store.read_jsonl(path):
            name = str(decision.get("id") or str(decision.get("case")).rpartition(":")[0])
            if name not in ours or name not in theirs:
                raise ToolError(f"{path.name}: no article {name!r} that both readers have read")
            decisions[name].append(decision)
    gold: dict[str, list[dict[str, Any]]] = defaultdict(list)
    faults = []
    for row in (row for row in listed if row.id in ours and row.id in theirs):
        try:
            merged = merge(texts[row.id], ours[row.id], theirs[row.id], decisions[row.id])
        except ToolError as error:
            faults.append(str(error))
            continue
        gold[row.part] += stored_rows(texts[row.id], merged)
    if faults:
        raise ToolError("\n".join(faults))
    for part, stored in gold.items():
        store.write_jsonl(args.out / f"speakers_{part}.jsonl", stored)
        print(f"speakers_{part}.jsonl: {len({r['id'] for r in stored})} articles, {len(stored)} rows")


def stored_rows(article: Article, merged: Iterable[tuple[Row, str]]) -> list[dict[str, Any]]:
    """The gold of an article as it is stored, each row with how the readers came to it."""
    merged = list(merged)
    stored = standoff(article, [row for row, _ in merged])
    return [
        {**{k: v for k, v in row.items() if k != "note"}, "readers": how, "note": row["note"]}
        for row, (_, how) in zip(stored, merged, strict=False)
    ] or stored


def both_readers(args: argparse.Namespace, texts: Mapping[str, Article]) -> tuple[Rows, Rows]:
    """The rows of both readers by article."""
    ours, theirs = (
        without_errors(read_files([path], texts), str(path)) for path in (args.reader_a, args.reader_b)
    )
    return ours, theirs


def without_errors(checked: Checked, what: str) -> Rows:
    """The rows, if nothing has to be put right."""
    if checked.errors:
        raise ToolError(f"{what}: {len(checked.errors)} errors, the first: {checked.errors[0]}; run `check`")
    return checked.rows


def parser() -> argparse.ArgumentParser:
    """The arguments of every command."""
    top = argparse.ArgumentParser(prog="python -m benchmarks.who_is_meant", description=__doc__)
    commands = top.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Any) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=run.__doc__.splitlines()[0], description=run.__doc__)
        sub.set_defaults(run=run)
        return sub

    command("select", run_select)
    command("batches", run_batches)
    show = command("show", run_show)
    show.add_argument("ids", nargs="*", metavar="ID")
    show.add_argument("--batch", help="like read/1 or held/12")
    check = command("check", run_check)
    check.add_argument("files", nargs="+", type=Path, metavar="FILE", help="files, or a folder of them")
    check.add_argument("--batch", help="every article of this batch has to be there")
    compile_ = command("compile", run_compile)
    compile_.add_argument("files", nargs="+", type=Path, metavar="FILE", help="files, or a folder of them")
    compile_.add_argument("--out", type=Path, required=True)
    agree = command("agree", run_agree)
    adjudicate = command("adjudicate", run_adjudicate)
    for sub in (agree, adjudicate):
        for reader in ("a", "b"):
            sub.add_argument(
                f"reader_{reader}", type=Path, metavar=reader.upper(), help="a reader's file or folder"
            )
    agree.add_argument("--cases", type=Path, help="where to write the disagreements; outside the checkout")
    adjudicate.add_argument("decisions", type=Path, nargs="+", metavar="DECISIONS")
    adjudicate.add_argument("--out", type=Path, default=store.GOLD, help="folder of the gold")
    return top


def main(arguments: list[str] | None = None) -> None:
    """Run the command that the arguments name."""
    args = parser().parse_args(arguments)
    try:
        args.run(args)
    except ToolError as error:
        sys.exit(f"who_is_meant: {error}")


if __name__ == "__main__":
    main()
