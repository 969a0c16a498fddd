"""The live models: the one file that loads them to judge them. Slow."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib import resources
from pathlib import Path

import pytest

import quoteattr
from quoteattr import AttributedArticle, Parser
from quoteattr.lexicon import cue_examples
from quoteattr.parsing.parser import default_parser
from tests.recorded import PROVENANCES, STEPS, read_cases, wrong

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
BUNDLED = Path(str(resources.files("quoteattr"))) / "data" / "models"

SHARE = 0.98
"""Of the cue verbs whose example must give Ann Lee."""

CASES_RIGHT = 0.93
"""Share of the cases, known failures apart, that come out right on what the live models parse."""

FAILING: frozenset[str] = frozenset()
"""Verbs whose example the models of today get wrong."""

# How Stanza names its own English models.
STANZA_NAMES = {
    "pos": "combined_charlm",
    "lemma": "combined_nocharlm",
    "depparse": "combined_charlm",
    "pretrain": "conll17",
}


@pytest.fixture(scope="module")
def parser() -> Parser:
    return quoteattr.load_parser("bundled")


@pytest.fixture(scope="module")
def examples(parser: Parser) -> dict[str, AttributedArticle]:
    """The example of every cue verb, attributed."""
    texts = cue_examples()
    return dict(
        zip(texts, quoteattr.attribute_many(texts.values(), parser=parser, batch_size=400), strict=True)
    )


def is_ann_lee(result: AttributedArticle) -> bool:
    """Whether there is a quotation, and Ann Lee speaks."""
    return {a.speaker.name if a.speaker else None for a in result} == {"Ann Lee"}


def known(verb: str) -> object:
    marks = [pytest.mark.xfail(strict=True, reason="parsed wrong")] if verb in FAILING else []
    return pytest.param(verb, marks=marks)


@pytest.mark.parametrize("verb", [known(verb) for verb in cue_examples()])
def test_a_cue_proves_itself(verb: str, examples: dict[str, AttributedArticle]) -> None:
    assert is_ann_lee(examples[verb]), [(a.decided_by, a.speaker) for a in examples[verb]]


def test_nearly_all_cues_do(examples: dict[str, AttributedArticle]) -> None:
    assert sum(map(is_ann_lee, examples.values())) >= SHARE * len(examples)


def test_most_cases_come_out_right(parser: Parser) -> None:
    cases = [case for step in STEPS for kind in PROVENANCES[:3] for case in read_cases(step, kind)]
    results = quoteattr.attribute_many([case["text"] for case in cases], parser=parser)
    right = [not wrong(case, list(result)) for case, result in zip(cases, results, strict=True)]
    assert sum(right) >= CASES_RIGHT * len(right), f"{sum(right)} of {len(right)}"


def test_failing_cues_are_cues() -> None:
    assert set(cue_examples()) >= FAILING


def test_offsets_are_those_of_the_text(parser: Parser) -> None:
    text = "“We don’t know,” said Mr. Lee…  He left\tat 5 p.m. 🎈\n\nIt’s over."
    (parse,) = parser.parse([text])
    words = [word for sentence in parse.sentences for word in sentence]
    assert all(text[word.start : word.end] == word.text for word in words)
    assert "".join(word.text for word in words) == "".join(text.split())


def test_texts_come_back_in_order_and_empty_ones_too(parser: Parser) -> None:
    texts = ["Ann Lee left.", "", " \n", "She said so.", "\x00", "x" * 3000]
    assert [parse.text for parse in parser.parse(texts)] == texts
    assert parser.parse([]) == []


def as_stanza(folder: Path) -> Path:
    """The bundled models laid out and named as Stanza's own are."""
    (folder / "en").mkdir(parents=True)
    listing = json.loads((BUNDLED / "resources.json").read_text(encoding="utf-8"))
    english = listing["en"]
    for processor, name in STANZA_NAMES.items():
        entry = english[processor].pop("compact")
        for needed in entry.get("dependencies", []):
            needed["package"] = STANZA_NAMES[needed["model"]]
        english[processor][name] = entry
        (folder / "en" / processor).mkdir()
        os.symlink(BUNDLED / "en" / processor / "compact.pt", folder / "en" / processor / f"{name}.pt")
    english["packages"]["default"] = {p: n for p, n in STANZA_NAMES.items() if p != "pretrain"}
    (folder / "resources.json").write_text(json.dumps(listing), encoding="utf-8")
    return folder


def test_stanza_s_own_models_where_they_are_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, parser: Parser
) -> None:
    folder = as_stanza(tmp_path / "stanza_resources")
    monkeypatch.setattr("stanza.resources.common.DEFAULT_MODEL_DIR", str(folder))
    texts = ["“It works,” said Ann Lee."]
    assert quoteattr.load_parser("stanza").parse(texts) == parser.parse(texts)


@pytest.mark.parametrize("left", ["nothing", "resources.json"])
def test_without_them_one_line_says_how_to_get_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, left: str
) -> None:
    monkeypatch.setattr("stanza.resources.common.DEFAULT_MODEL_DIR", str(tmp_path))
    if left == "resources.json":
        shutil.copy(BUNDLED / "resources.json", tmp_path)
    with pytest.raises(FileNotFoundError, match=r"stanza\.download\(\"en\"") as raised:
        quoteattr.load_parser("stanza")
    assert str(tmp_path) in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_folder_of_models_is_run_by_stanza_with_the_same_answers(parser: Parser) -> None:
    texts = [*cue_examples().values(), "What?! No!!", "x" * 100, "\x00", " "]
    assert quoteattr.load_parser(BUNDLED).parse(texts) == parser.parse(texts)


def test_no_analysis_depends_on_what_was_parsed_before(parser: Parser) -> None:
    texts = list(cue_examples().values())
    alone = quoteattr.load_parser()
    assert [alone.parse([text])[0] for text in reversed(texts)][::-1] == parser.parse(texts)


def test_forgetting_changes_nothing(parser: Parser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quoteattr.parsing.layers._CACHED_WORDS", 1_100)
    monkeypatch.setattr("quoteattr.parsing.bundled_parser._CACHED_SENTENCES", 1)
    texts = [f"Ann Lee{n} said the Nr{n} spoke." for n in range(400)]
    forgetful = quoteattr.load_parser()
    assert [parse for n in range(0, 400, 50) for parse in forgetful.parse(texts[n : n + 50])] == parser.parse(
        texts
    )


def test_long_sentences_and_words_have_a_parse(parser: Parser) -> None:
    (parse,) = parser.parse(["said " * 1000 + "x" * 100_000])
    assert sum(map(len, parse.sentences)) == 1001


@pytest.mark.parametrize("wrong", ["no/such/folder", "english"])
def test_what_is_no_folder_of_models_is_named(wrong: str) -> None:
    with pytest.raises(ValueError, match=f'"bundled", "stanza" or a folder .* got {wrong!r}'):
        quoteattr.load_parser(wrong)  # type: ignore[arg-type]


# An audit hook cannot be taken away again: these run in an interpreter of their own.
NO_NETWORK = """
def watch(event, args):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.bind", "urllib.Request"):
        raise OSError(f"the network was asked for: {event} {args}")
"""
NO_WRITING = """
def watch(event, args):
    writes = event == "open" and isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    if (writes and args[0] != os.devnull) or event in ("os.mkdir", "os.rename", "os.remove"):
        raise PermissionError(f"something was written: {event} {args}")
"""
CALL = """
sys.addaudithook(watch)
import quoteattr
(line,) = quoteattr.attribute("“It works as it should now,” said Ann Lee.")
print(line.speaker.name)
"""


@pytest.mark.parametrize("watch", [NO_NETWORK, NO_WRITING], ids=["network", "writing"])
def test_attributing_needs_neither_network_nor_write_access(watch: str) -> None:
    code = f"import os, sys\n{watch}\n{CALL}"
    ran = subprocess.run(
        [sys.executable, "-B", "-c", code], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert ran.stdout.strip() == "Ann Lee", ran.stderr[-2000:]


def test_threads_share_the_default_parser() -> None:
    texts = list(cue_examples().values())[:160]
    expected = [quoteattr.attribute(text) for text in texts]
    default_parser.cache_clear()
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(quoteattr.attribute, texts))
    assert found == expected


FORKED = """
import os, sys, threading, torch
from quoteattr import attribute

torch.set_num_threads(3)
text = "“We lost the spire,” said Idris Vaughan. “It’ll be back,” he added. " * 40
expected = [a.speaker for a in attribute(text)]
stop = threading.Event()

def work(number=0):
    while not stop.is_set():
        number += 1
        attribute(f"“It is lost{number},” said Ann Lee{number}.")

busy = threading.Thread(target=work)  # may be inside the parser when the process forks
busy.start()
children = []
for number in range(3):
    child = os.fork()
    if not child:
        same = [a.speaker for a in attribute(text + f"It rained {number} times.")] == expected
        os._exit(0 if same and torch.get_num_threads() == 1 else 7)
    children.append(child)
print([os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children], torch.get_num_threads())
stop.set()
busy.join()
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
def test_forked_processes_can_attribute() -> None:
    environment = {name: value for name, value in os.environ.items() if name != "OMP_NUM_THREADS"}
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", FORKED],
        capture_output=True, text=True, cwd=ROOT, env=environment, timeout=240,
    )  # fmt: skip
    assert ran.stdout == "[0, 0, 0] 3\n", ran.stderr
