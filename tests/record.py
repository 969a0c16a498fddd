"""Record and correct the parses on which the cases run.

    python -m tests.record                     parse the frames of new cases; say which of them pass
    python -m tests.record --again             parse anew whatever no hand has corrected
    python -m tests.record show FRAME          print the tree of a frame, words numbered
    python -m tests.record set FRAME 3/5/nsubj:pass 4/3/flat/PROPN
                                               hang word 3 on word 5, and 4 on 3 as a PROPN

FRAME is the beginning of a frame's text. A tree that was set by hand is marked "# corrected" and never
parsed anew. Frames that no case asks for any more are dropped.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import attrs

import quoteattr
from quoteattr.attribution.registry import OUTCOMES
from quoteattr.indirect import find_cue_frames
from quoteattr.indirect.registry import REPORT_RULES
from quoteattr.parsing.conllu import from_conllu, to_conllu
from quoteattr.parsing.dependency_tree import Parse, Sentence, Word
from tests.recorded import CORRECTED, MARKER, PARSES, STEPS, Case, all_cases, read_blocks, recorded, wrong


class Asked:
    """A Parser that parses nothing and remembers what it was asked."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def parse(self, texts: Sequence[str]) -> list[Parse]:
        """Parses without sentences."""
        self.texts += texts
        return [Parse(text, ()) for text in texts]


def frames_of(text: str) -> list[str]:
    """What the library would have parsed of an article."""
    asked = Asked()
    quoteattr.attribute(text, parser=asked)
    return asked.texts


def record(step: str, wanted: set[str], again: bool, models: str) -> set[str]:
    """Brings the parses of one step up to date; returns the frames that were parsed.

    A frame that the file of another step holds is not recorded twice.
    """
    path = PARSES / f"{step}.conllu"
    blocks = read_blocks(path)
    kept = {text: block for text, block in blocks.items() if CORRECTED in block or not again}
    others = (
        read_blocks(other)
        for other in PARSES.glob("*.conllu")
        if step in ("rules", "reports") and other != path
    )
    elsewhere = {frame for held in others for frame in held}
    wanted = wanted - elsewhere
    missing = sorted(wanted - set(kept))
    if missing:
        parser = quoteattr.load_parser("bundled" if models == "bundled" else Path(models))
        kept |= {parse.text: to_conllu([parse]) for parse in parser.parse(missing)}
    path.write_text("".join(kept[frame] for frame in sorted(wanted)), encoding="utf-8")
    print(f"{step}: {len(wanted)} frames, {len(missing)} parsed, {len(set(blocks) - set(wanted))} dropped")
    return set(missing)


def check(cases: Iterable[Case], new: set[str]) -> None:
    """Prints which of the cases with newly parsed frames pass, and what is wrong with the others."""
    parses = recorded() if new else None
    for case in cases:
        if not new.isdisjoint(frames_of(case["text"])):
            mistakes = wrong(case, list(quoteattr.attribute(case["text"], parser=parses)))
            print(f"  {'fails' if mistakes else 'passes'}: {case['case']}", *mistakes, sep="\n    ")


def corrected(block: str, changes: Sequence[str]) -> str:
    """A block with changes made to its words, which are numbered through all its sentences."""
    (parse,) = from_conllu(block)
    asked = {int(number): rest for number, *rest in (change.split("/", 3) for change in changes)}
    sentences, first = [], 1
    for sentence in parse.sentences:
        words = tuple(_changed(word, first, asked.get(first + word.index)) for word in sentence)
        sentences.append(Sentence(words))
        first += len(sentence)
    changed = to_conllu([attrs.evolve(parse, sentences=tuple(sentences))])
    return changed.replace(MARKER, f"{MARKER}{CORRECTED}\n", 1)


def _changed(word: Word, first: int, change: list[str] | None) -> Word:
    if change is None:
        return word
    head, deprel, *rest = change
    upos = rest[0] if rest else word.upos
    above = int(head) - first if int(head) else -1
    return attrs.evolve(word, head=above, deprel=deprel, upos=upos)


def tree(block: str) -> Iterator[str]:
    """The words of a block, numbered through, each with its governor."""
    first = 1
    for sentence in from_conllu(block)[0].sentences:
        for w in sentence:
            above = first + w.head if w.head >= 0 else 0
            yield f"{first + w.index:>3} {w.text:<16} {w.upos:<6} {w.xpos:<5} {above:>3} {w.deprel}"
        first += len(sentence)
        yield ""


def _find(frame: str) -> tuple[Path, str]:
    for path in sorted(PARSES.glob("*.conllu")):
        for text in read_blocks(path):
            if text.startswith(frame):
                return path, text
    raise SystemExit(f"no recorded frame begins with {frame!r}")


def _edit(frame: str, changes: Sequence[str]) -> None:
    path, text = _find(frame)
    blocks = read_blocks(path)
    if changes:
        blocks[text] = corrected(blocks[text], changes)
        path.write_text("".join(blocks.values()), encoding="utf-8")
    print(*tree(blocks[text]), sep="\n")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--again", action="store_true", help="parse anew whatever no hand has corrected")
    parser.add_argument("--models", default="bundled", help='"bundled" or a folder of models')
    parser.add_argument("what", nargs="*", metavar="show FRAME | set FRAME CHANGE ...")
    given = parser.parse_args()
    if given.what:
        _, frame, *changes = given.what
        _edit(frame, changes)
        return
    for step in STEPS:
        cases = list(all_cases(step))
        frames = {frame for case in cases for frame in frames_of(case["text"])}
        check(cases, record(step, frames, given.again, given.models))
    frames = {frame for outcome in OUTCOMES.values() for frame in frames_of(outcome.example)}
    record("rules", frames, given.again, given.models)
    frames = {frame.text for rule in REPORT_RULES for frame in find_cue_frames(rule.example, [])}
    record("reports", frames, given.again, given.models)


if __name__ == "__main__":
    main()
