"""The command line: input, output and errors, mostly with a fake `attribute_many`."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from click.shell_completion import BashComplete
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

import quoteattr
from quoteattr import cli, export, records
from quoteattr.cli import console, output_formats, program
from quoteattr.parsing.dependency_tree import ROOT, Parse, Sentence, Word
from quoteattr.schema import (
    Article,
    AttributedArticle,
    Attribution,
    Mention,
    Outlet,
    Quotation,
    Span,
    Speaker,
)
from tests.results import sample

ARTICLES = Path(__file__).parents[2] / "seeds" / "articles"
TEXT = "“I paid for it,” Ann Lee told the Echo.\r\nHer ‘palace’ is a shed.\r\n"
LEE = Speaker("Ann Lee", "person", ("Ms Lee",))


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span.of(text, start, start + len(words))


def quotation(text: str, outer: str) -> Quotation:
    whole = span(text, outer)
    return Quotation(Span.of(text, whole.start + 1, whole.end - 1), whole)


def attributed(article: Article) -> AttributedArticle:
    """Two attributions if the article is TEXT, none otherwise."""
    text = article.text
    if text != TEXT:
        return AttributedArticle(article)
    said = Attribution(
        quotation(text, "“I paid for it,”"),
        cue=span(text, "told"),
        mention=Mention(span(text, "Ann Lee"), "name"),
        speaker=LEE,
        outlet=Outlet("Echo", span(text, "the Echo")),
        statement=0,
        confidence=0.98765,
        decided_by="subject-of-cue",
    )
    scare = Attribution(quotation(text, "‘palace’"), confidence=0.4, decided_by="scare-quote")
    return AttributedArticle(article, (said, scare), (LEE,))


@pytest.fixture
def fake_attribute_many(monkeypatch: pytest.MonkeyPatch) -> None:
    def attribute_many(
        articles: Iterable[Article],
        *,
        parser: object = None,
        min_confidence: float = 0.0,
        indirect: bool = False,
        style: str = "news",
        workers: int = 1,
    ) -> Iterator[AttributedArticle]:
        assert (parser, min_confidence, indirect, style, workers) == (None, 0, False, "news", 1)
        return map(attributed, articles)

    monkeypatch.setattr(quoteattr, "attribute_many", attribute_many, raising=False)
    monkeypatch.delenv("COLUMNS", raising=False)


@pytest.fixture
def fake_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    """The parser of the program: its parse of any text has one word, "paid" in TEXT."""

    class Parser:
        def parse(self, texts: list[str]) -> list[Parse]:
            word = Word(0, 3, 7, "paid", "pay", "VERB", "_", ROOT, "root")
            return [Parse(text, (Sentence((word,)),)) for text in texts]

    monkeypatch.setattr(output_formats, "default_parser", Parser)


@pytest.fixture
def article(tmp_path: Path) -> str:
    path = tmp_path / "article.txt"
    path.write_bytes(TEXT.encode())
    return str(path)


def run(*arguments: str, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(cli.main, list(arguments), input=stdin, prog_name="quoteattr")


pytestmark = pytest.mark.usefixtures("fake_attribute_many")


class TestTable:
    def test_quotations_have_speaker_outlet_and_rule(self, article: str) -> None:
        result = run(article)
        assert result.exit_code == 0, result.output
        rows = [" ".join(line.split()) for line in result.stdout.splitlines()]
        assert "“I paid for it,” Ann Lee Echo subject-of-cue 0.98" in rows
        assert "‘palace’ – scare-quote 0.40" in rows
        assert rows[-1] == "2 quotations. Speakers: Ann Lee (1)"

    def test_COLUMNS_sets_the_width(self, article: str, monkeypatch: pytest.MonkeyPatch) -> None:
        widths = []
        for columns in ("70", "100"):
            monkeypatch.setenv("COLUMNS", columns)
            widths.append(max(len(line.rstrip()) for line in run(article).stdout.splitlines()))
        assert widths == [70, 100]

    def test_is_120_columns_wide_in_a_pipe(self, article: str) -> None:
        assert max(map(len, run(article).stdout.splitlines())) == console.PIPED_WIDTH

    def test_long_quotations_are_cut_not_wrapped(self, article: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("COLUMNS", "40")
        (row,) = [line for line in run(article).stdout.splitlines() if line.startswith("“I paid")]
        assert row.split()[-1] == "0.98"
        assert "…" in row

    def test_whole_quotations_with_their_lines(self, article: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("COLUMNS", "40")
        lines = run("--full", article).stdout.splitlines()
        assert "…" not in "".join(lines[:5])
        assert [line.split()[0] for line in lines if line[:4].strip().isdigit()] == ["1", "2"]

    @pytest.mark.parametrize("confidence", [0.8996, 0.89999])
    def test_no_confidence_is_shown_as_a_threshold_that_it_misses(self, confidence: float) -> None:
        assert records.cut_confidence(confidence, 2) < 0.9

    def test_has_no_colours_in_a_pipe(self, article: str) -> None:
        assert "\x1b" not in run(article).output

    def test_several_articles_have_titles(self, article: str) -> None:
        assert run(article, article).stdout.count(article) == 2
        assert article not in run(article).stdout

    @pytest.mark.parametrize("text", ["", "\n", "Nobody spoke."])
    def test_no_quotations(self, text: str) -> None:
        result = run("-", stdin=text)
        assert (result.exit_code, result.output) == (0, "no quotations found\n")


class TestFormats:
    @pytest.mark.parametrize("form", ["json", "jsonl"])
    def test_short_options_print_the_same(self, form: str, article: str) -> None:
        assert run("--format", form, article).stdout == run(f"--{form}", article).stdout

    @pytest.mark.parametrize("form", output_formats.FORMATS)
    @pytest.mark.usefixtures("fake_parser")
    def test_every_format_prints_what_was_found(self, form: str, article: str) -> None:
        result = run("--format", form, article)
        assert (result.exit_code, result.stderr) == (0, "")
        assert ("Ann Lee" if form == "booknlp_book" else "paid") in result.stdout  # .book has characters only

    @pytest.mark.parametrize(
        ("form", "part"),
        [
            ("tei", '<said xml:id="a1-q0"'),
            ("webanno", '"exact": "I paid for it,"'),
            ("brat", "T1\tQuotation 1 15\tI paid for it,"),
            ("conllu", "Quotation=B-0"),
        ],
    )
    @pytest.mark.usefixtures("fake_parser")
    def test_exchange_formats(self, form: str, part: str, article: str) -> None:
        assert part in run("--format", form, article).stdout

    def test_brat_is_one_article_at_a_time(self, article: str) -> None:
        result = run("--format", "brat", article, article)
        assert result.exit_code == 2
        assert "one FILE at a time" in result.stderr

    def test_an_unknown_format_is_wrong_usage(self, article: str) -> None:
        result = run("--format", "xml", article)
        assert result.exit_code == 2
        assert "'tei'" in result.stderr

    def test_help_lists_every_format(self) -> None:
        shown = " ".join(run("--help").stdout.split())
        assert [name for name in output_formats.FORMATS if f"{name} (" not in shown] == []

    def test_exchange_formats_are_those_of_the_export_package(self) -> None:
        exported = {name.removeprefix("to_") for name in export.__all__ if name.startswith("to_")}
        assert set(output_formats.FORMATS) - {"json", "jsonl", "csv"} == exported - {"html"}


class TestJson:
    def test_one_document(self, article: str) -> None:
        (value,) = json.loads(run("--json", article).stdout)
        assert value["article"] == article
        assert value["publisher"] is None
        lee = {"name": "Ann Lee", "kind": "person", "aliases": ["Ms Lee"], "titles": [], "gender": None}
        assert value["speakers"] == [lee]
        assert value["quotations"][0] == {
            "start": 1,
            "end": 15,
            "content": "I paid for it,",
            "outer": {"start": 0, "end": 16, "text": "“I paid for it,”"},
            "kind": "direct",
            "speaker": lee,
            "mention": {"start": 17, "end": 24, "text": "Ann Lee", "kind": "name"},
            "cue": {"start": 25, "end": 29, "text": "told"},
            "outlet": {"name": "Echo", "start": 30, "end": 38, "text": "the Echo"},
            "statement": 0,
            "confidence": 0.987,
            "decided_by": "subject-of-cue",
            "resolved_by": None,
        }
        scare = value["quotations"][1]
        assert {key for key, found in scare.items() if found is None} == {
            "speaker", "mention", "cue", "outlet", "statement", "resolved_by",
        }  # fmt: skip

    def test_the_version_and_the_weights_are_named(self, article: str) -> None:
        (value,) = json.loads(run("--json", article).stdout)
        (first, *_) = map(json.loads, run("--jsonl", article).stdout.splitlines())
        assert value["made_by"] == first["made_by"] == records.made_by()
        assert re.fullmatch(r"quoteattr \d+\.\d+\.\d+, weights [0-9a-f]{12}", records.made_by())

    def test_a_csv_table(self, article: str) -> None:
        rows = list(csv.DictReader(io.StringIO(run("--csv", article).stdout, newline="")))
        assert [(r["quotation"], r["speaker"], r["outlet"]) for r in rows] == [
            ("I paid for it,", "Ann Lee", "Echo"),
            ("palace", "", ""),
        ]
        assert rows[0]["made_by"] == records.made_by()

    def test_offsets_count_carriage_returns(self, article: str) -> None:
        (value,) = json.loads(run("--json", article).stdout)
        text = Path(article).read_bytes().decode()
        assert [text[q["start"] : q["end"]] for q in value["quotations"]] == ["I paid for it,", "palace"]

    def test_lines(self, article: str) -> None:
        lines = [json.loads(line) for line in run("--jsonl", article, article).stdout.splitlines()]
        assert [(line["article"], line["content"]) for line in lines] == [
            (article, "I paid for it,"),
            (article, "palace"),
        ] * 2
        assert next(iter(lines[0])) == "article"

    def test_the_documentation_names_every_key(self, article: str) -> None:
        page = (ARTICLES.parents[1] / "docs" / "api.md").read_text(encoding="utf-8")
        described = page[page.index("### JSON") :]
        for line in map(json.loads, run("--jsonl", article).stdout.splitlines()):
            assert [key for key in line if f"`{key}`" not in described] == []

    @pytest.mark.parametrize(
        ("form", "nothing"), [("--json", '[\n  {\n    "article": null,'), ("--jsonl", "")]
    )
    def test_no_quotations(self, form: str, nothing: str) -> None:
        result = run(form, stdin="Nobody spoke.")
        assert result.exit_code == 0
        assert result.stdout.startswith(nothing)

    def test_standard_input_has_no_name(self) -> None:
        (value,) = json.loads(run("--json", stdin=TEXT.encode()).stdout)
        assert value["article"] is None


def test_article_json_follows_the_schema() -> None:
    row = output_formats.article_json(sample())
    assert "text" not in row
    Draft202012Validator(records.json_schema()).validate(row)


class TestHtml:
    def test_a_page_and_no_table(self, article: str, tmp_path: Path) -> None:
        result = run("--html", str(tmp_path / "out.html"), article)
        page = (tmp_path / "out.html").read_text(encoding="utf-8")
        assert (result.exit_code, result.output) == (0, "")
        assert page.startswith("<!doctype html>")
        assert "Ann Lee" in page

    def test_several_articles_are_one_page(self, article: str) -> None:
        assert run("--html", "-", article, article).stdout.count("<article") == 2

    def test_one_output_at_a_time(self, article: str) -> None:
        result = run("--html", "-", "--json", article)
        assert result.exit_code == 2
        assert "--format json and --html cannot be combined" in result.stderr

    @pytest.mark.parametrize(
        "options",
        [
            ("--json", "--csv"),
            ("--jsonl", "--format", "tei"),
            ("--full", "--json"),
            ("--full", "--html", "-"),
        ],
    )
    def test_conflicting_options_are_errors(self, options: tuple[str, ...], article: str) -> None:
        result = run(*options, article)
        assert result.exit_code == 2
        assert "cannot be combined" in result.stderr

    def test_a_path_that_cannot_be_written(self, article: str, tmp_path: Path) -> None:
        result = run("--html", str(tmp_path), article)
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr == f"quoteattr: {tmp_path}: is a directory\n"


class TestDetails:
    def test_publisher_and_day_of_a_text(self, article: str) -> None:
        given = ("--publisher", "Echo", "--published", "2024-05-02")
        (value,) = json.loads(run("--json", *given, article).stdout)
        assert (value["publisher"], value["published"]) == ("Echo", "2024-05-02")

    def test_a_table_of_files(self, article: str, tmp_path: Path) -> None:
        table = tmp_path / "files.csv"
        table.write_text("file;publisher;published\narticle.txt;Post;2 May 2024\n", encoding="utf-8")
        (value,) = json.loads(run("--json", "--publisher", "Echo", "--metadata", str(table), article).stdout)
        assert (value["publisher"], value["published"]) == ("Post", "2024-05-02")

    def test_a_table_that_cannot_be_read(self, article: str, tmp_path: Path) -> None:
        (table := tmp_path / "files.csv").write_text("name\nx\n", encoding="utf-8")
        result = run("--metadata", str(table), article)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr == f"quoteattr: {table}: no column 'file'; it has 'name'\n"

    def test_a_day_that_is_none(self, article: str) -> None:
        result = run("--published", "May", article)
        assert result.exit_code == 2
        assert "'May' does not match the format '%Y-%m-%d'" in result.stderr


class TestMinConfidence:
    def test_is_passed_on(self, article: str, monkeypatch: pytest.MonkeyPatch) -> None:
        least: list[object] = []

        def attribute_many(
            articles: object,
            *,
            parser: object,
            min_confidence: float,
            indirect: bool,
            style: str,
            workers: int,
        ) -> list[object]:
            least.append((min_confidence, indirect, style))
            return []

        monkeypatch.setattr(quoteattr, "attribute_many", attribute_many)
        run("--json", "--min-confidence", "0.5", article)
        run("--json", "--indirect", article)
        run("--json", "--style", "fiction", article)
        assert least == [(0.5, False, "news"), (0.0, True, "news"), (0.0, False, "fiction")]

    @pytest.mark.parametrize("least", ["1.5", "-1", "high"])
    def test_is_a_probability(self, article: str, least: str) -> None:
        result = run("--min-confidence", least, article)
        assert result.exit_code == 2
        assert "--min-confidence" in result.stderr


class TestErrors:
    def one_line(self, result: Result) -> str:
        assert result.stdout == ""
        (line,) = result.stderr.splitlines()
        assert line.startswith("quoteattr: ")
        return line

    def test_a_missing_file(self) -> None:
        result = run("nowhere.txt")
        assert result.exit_code == 2
        assert self.one_line(result) == "quoteattr: nowhere.txt: no such file or directory"

    def test_a_missing_file_does_not_hide_the_others(self, article: str) -> None:
        result = run("--json", article, "nowhere.txt", article)
        assert [value["article"] for value in json.loads(result.stdout)] == [article, article]
        assert result.exit_code == 3
        assert result.stderr.splitlines() == [
            "quoteattr: nowhere.txt: no such file or directory",
            "quoteattr: 1 file not read, for the reasons above",
        ]

    def test_no_file_can_be_read(self) -> None:
        result = run("nowhere.txt", "never.txt")
        assert result.exit_code == 2
        assert len(result.stderr.splitlines()) == 2

    @pytest.mark.parametrize(("word", "meant"), [("rnu", "run"), ("dedupe", "dedup")])
    def test_a_misspelt_command_is_suggested(self, word: str, meant: str) -> None:
        result = run(word, "news.jsonl")
        assert result.exit_code == 2
        assert f"{word}: no such file or command; did you mean 'quoteattr {meant}'?" in result.stderr

    def test_a_folder(self, tmp_path: Path) -> None:
        result = run(str(tmp_path))
        assert result.exit_code == 2
        assert str(tmp_path) in self.one_line(result)

    def test_bytes_that_are_not_utf8(self, tmp_path: Path) -> None:
        path = tmp_path / "latin.txt"
        path.write_bytes("Caf\xe9".encode("latin-1"))
        result = run(str(path))
        line = self.one_line(result)
        assert result.exit_code == 1
        assert "latin.txt: not UTF-8 (byte 0xe9 at 3)" in line
        assert line.endswith(f"iconv -f windows-1252 -t utf-8 {path}")

    def test_standard_input_that_is_not_utf8(self) -> None:
        assert "standard input: not UTF-8" in self.one_line(run("-", stdin=b"\xff"))

    def test_models_that_cannot_be_loaded(self, article: str, monkeypatch: pytest.MonkeyPatch) -> None:
        def load_parser(models: object) -> None:
            raise FileNotFoundError(f"no models\nin {models}")

        monkeypatch.setattr(quoteattr, "load_parser", load_parser, raising=False)
        result = run("--models", "nowhere", article)
        assert (result.exit_code, self.one_line(result)) == (1, "quoteattr: no models in nowhere")

    def test_interrupted(self, article: str, monkeypatch: pytest.MonkeyPatch) -> None:
        def attribute_many(articles: object, **options: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(quoteattr, "attribute_many", attribute_many, raising=False)
        result = run(article)
        assert (result.exit_code, result.output) == (130, "")

    def test_no_file_and_no_pipe(self, monkeypatch: pytest.MonkeyPatch) -> None:
        class Terminal(CliRunner):
            def isolation(self, *args: Any, **kwargs: Any) -> Any:
                inside = super().isolation(*args, **kwargs)

                class Typing:
                    def __enter__(self) -> Any:
                        streams = inside.__enter__()
                        monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
                        return streams

                    def __exit__(self, *error: Any) -> Any:
                        return inside.__exit__(*error)

                return Typing()

        result = Terminal().invoke(cli.main, [])
        assert result.exit_code == 2
        assert "name an article, or pipe one in" in result.stderr


class TestSubcommands:
    @pytest.fixture
    def count(self, monkeypatch: pytest.MonkeyPatch) -> None:
        @click.command()
        @click.argument("files", nargs=-1)
        def count(files: tuple[str, ...]) -> None:
            """Count files."""
            click.echo(f"{len(files)} files")

        assert isinstance(cli.main, program.Program)
        monkeypatch.setitem(cli.main.subcommands, "count", count)

    @pytest.mark.usefixtures("count")
    def test_the_first_word_names_one(self) -> None:
        assert run("count", "a", "b").stdout == "2 files\n"
        assert "Usage: quoteattr count" in run("count", "--help").stdout

    @pytest.mark.usefixtures("count")
    def test_help_lists_them(self) -> None:
        assert re.search(r"Commands:[^:]*\n\s+count\s+Count files\.", run("--help").stdout)

    @pytest.mark.usefixtures("count")
    def test_a_file_of_that_name_needs_its_path(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        Path("count").write_bytes(TEXT.encode())
        assert "Ann Lee" in run("./count").stdout
        assert "Ann Lee" in run("--json", "count").stdout


def test_help_names_every_option() -> None:
    text = run("--help").stdout
    assert text.startswith("Usage: quoteattr [OPTIONS] [FILE]...")
    for option in ("--json", "--jsonl", "--html", "--min-confidence", "--models", "--version"):
        assert option in text


def test_version() -> None:
    assert run("--version").stdout == f"{records.made_by()}\n"


def command(*arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """Runs the program in a separate process."""
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", **options.pop("env", {})}
    return subprocess.run(
        [sys.executable, "-m", "quoteattr", *arguments],
        capture_output=True,
        encoding="utf-8",
        env=environment,
        check=False,
        **options,
    )


@pytest.mark.slow
class TestWithModels:
    def test_a_table(self) -> None:
        ran = command(str(ARTICLES / "reservoir-tabloid.txt"))
        assert (ran.returncode, ran.stderr) == (0, "")
        assert re.search(r"‘We lose less water .* Daily Dispatch", ran.stdout)
        assert re.search(r"Speakers: .*Harriet Sloane \(\d+\)", ran.stdout)

    def test_a_pipe(self) -> None:
        ran = command("--jsonl", input="“Yes,” Ann Lee told Sky News.")
        (line,) = map(json.loads, ran.stdout.splitlines())
        assert (line["content"], line["speaker"]["name"], line["outlet"]["name"]) == (
            "Yes,",
            "Ann Lee",
            "Sky News",
        )

    def test_json_is_ascii_if_the_terminal_is(self) -> None:
        ran = command("--jsonl", input="“Yes – no,” Ann Lee said.", env={"PYTHONIOENCODING": "ascii"})
        assert ran.stdout.isascii()
        assert json.loads(ran.stdout)["content"] == "Yes – no,"

    @pytest.mark.skipif(sys.platform == "win32", reason="no SIGPIPE, no head")
    def test_a_closed_pipe_gives_no_traceback(self) -> None:
        article = ARTICLES / "reservoir-tabloid.txt"
        pipe = f"'{sys.executable}' -m quoteattr --jsonl '{article}' '{article}' | head -n 1"
        ran = subprocess.run(["sh", "-c", pipe], capture_output=True, encoding="utf-8", check=False)
        assert json.loads(ran.stdout)["article"] == str(article)
        assert ran.stderr == ""


def test_a_shell_completes_commands_and_options() -> None:
    def completed(words: list[str], start: str) -> list[str]:
        shell = BashComplete(cli.main, {}, "quoteattr", "_QUOTEATTR_COMPLETE")
        return [item.value for item in shell.get_completions(words, start) if item.type == "plain"]

    assert completed([], "r") == ["run"]
    assert "--min-confidence" in completed([], "--min")
    assert completed(["run"], "--over") == ["--overwrite"]
    assert completed(["article.txt"], "r") == []
