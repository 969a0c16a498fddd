"""The evaluation on hand-made gold, and side by side with the scorers whose figures it repeats."""

from __future__ import annotations

import doctest
import importlib
import json
import lzma
import random
import runpy
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import attrs
import pytest
from click.testing import CliRunner

import quoteattr
from benchmarks import (
    calibration,
    errors,
    evaluate,
    floors,
    gold_sets,
    matching,
    parses,
    predictions,
    scoring,
)
from benchmarks.gold_sets import GoldArticle, GoldQuotation, GoldSet
from benchmarks.predictions import Prediction
from quoteattr.parsing.dependency_tree import Parse
from quoteattr.schema import Article, AttributedArticle, Attribution, Quotation, Span

SCORERS = gold_sets.ROOT.parent / "shared" / "eval"
TEXT = (
    "“We will stay,” Ann Lee said.\n"
    "“It is late,” he added.\n"
    "They sang “Going Home” in the rain.\n"
    "‘No,’ said Bo Roe, who spoke to the Daily Planet."
)


def at(words: str, text: str = TEXT) -> tuple[int, int]:
    """Where the words stand."""
    start = text.index(words)
    return start, start + len(words)


def quotation(words: str, speaker: str, **more: Any) -> GoldQuotation:
    start, end = at(words)
    return GoldQuotation(start, end, speaker_spans=(at(speaker),), speaker_text=speaker, **more)


def answer(words: str, speaker: str | None = None, name: str | None = None, **more: Any) -> Prediction:
    start, end = at(words)
    a, b = at(speaker) if speaker else (None, None)
    return Prediction(start, end, speaker_start=a, speaker_end=b, speaker_name=name, **more)


ARTICLE = GoldArticle(
    "rain",
    TEXT,
    (
        quotation("We will stay,", "Ann Lee", kind="name"),
        quotation("It is late,", "he", kind="pronoun"),
    ),
    others=(at("Going Home"),),
)
GOLD = GoldSet("tiny", (), (ARTICLE,))


def scored(*answers: Prediction, gold_set: GoldSet = GOLD) -> scoring.Scored:
    return scoring.score(gold_set, {a.id: answers for a in gold_set.articles})


def measured(*answers: Prediction, gold_set: GoldSet = GOLD) -> scoring.Figures:
    return scoring.figures(scored(*answers, gold_set=gold_set).total)


# Figures


def test_all_right() -> None:
    figures = measured(answer("We will stay,", "Ann Lee"), answer("It is late,", "he", "Tom Poe"))
    assert set(figures.values()) == {1.0}


def test_nothing_answered() -> None:
    assert set(measured().values()) == {0.0}


def test_a_quotation_without_speaker_is_found_but_claims_nothing() -> None:
    figures = measured(answer("We will stay,", "Ann Lee"), answer("It is late,"))
    assert figures["detect.f1"] == 1.0
    assert figures["end_to_end.p"] == 1.0
    assert figures["end_to_end.r"] == 0.5


def test_a_resolved_name_counts_where_the_gold_words_hold_it() -> None:
    figures = measured(answer("We will stay,", "he", "Lee"))
    assert figures["mention"] == 0.0
    assert figures["speaker"] == 1.0


def test_nobody_speaks_a_title_so_finding_it_costs_nothing_but_a_speaker_does() -> None:
    assert "detect.p" in measured(answer("Going Home"))
    found = measured(answer("We will stay,", "Ann Lee"), answer("Going Home"))
    claimed = measured(answer("We will stay,", "Ann Lee"), answer("Going Home", "They"))
    assert (found["detect.p"], found["end_to_end.p"]) == (1.0, 1.0)
    assert (claimed["detect.p"], claimed["end_to_end.p"]) == (1.0, 0.5)


def test_single_marks_are_judged_only_where_the_gold_knows_them() -> None:
    assert measured(answer("We will stay,", "Ann Lee"), answer("No,", "Bo Roe"))["detect.p"] == 1.0
    unmarked = GoldQuotation(*at("No,"), entity=("Bo Roe",), entity_read=True)
    seeds = GoldSet("read", (), (GoldArticle("rain", TEXT, (unmarked,)),))
    assert measured(answer("We will stay,", "Ann Lee"), gold_set=seeds)["read.invented"] == 1.0


def test_each_answer_pairs_once() -> None:
    twice = measured(answer("We will stay,", "Ann Lee"), answer("We will stay", "he"))
    assert twice["detect.p"] == 0.5
    assert twice["end_to_end.p"] == 0.5


def test_read_quotations_score_name_outlet_and_rightly_none() -> None:
    quotes = (
        GoldQuotation(
            *at("No,"), entity=("Bo Roe",), entity_read=True, outlet="Daily Planet", outlet_read=True
        ),
        GoldQuotation(*at("Going Home"), entity_read=True, outlet_read=True),
        GoldQuotation(*at("It is late,"), entity=("Tom Poe",), entity_read=True, outlet_read=True),
    )
    read = GoldSet("read", (), (GoldArticle("rain", TEXT, quotes),))
    figures = measured(
        answer("No,", "Bo Roe", "Roe", outlet="the Planet"),
        answer("Going Home"),
        answer("It is late,", "he", "Ann Lee", outlet="CNN"),
        gold_set=read,
    )
    assert figures["entity"] == pytest.approx(1 / 2)
    assert figures["read.speaker"] == pytest.approx(2 / 3)
    assert figures["read.outlet"] == pytest.approx(2 / 3)
    assert (figures["outlet.p"], figures["outlet.r"]) == (0.5, 1.0)


def test_optional_quotations_and_free_outlets_are_not_held_against_anyone() -> None:
    quotes = (
        GoldQuotation(*at("No,"), optional=True),
        GoldQuotation(
            *at("It is late,"), entity=("Tom Poe",), entity_read=True,
            outlet="CNN", outlet_read=True, outlet_any=True,
        ),
    )  # fmt: skip
    read = GoldSet("read", (), (GoldArticle("rain", TEXT, quotes),))
    result = scored(answer("It is late,", "he", "Tom Poe"), answer("No,"), gold_set=read)
    figures = scoring.figures(result.total)
    assert figures["read.outlet"] == 1.0
    assert figures["read.invented"] == 0.0
    assert len(result.cases) == 1
    assert result.total["outlet_gold"] == 0


def test_intervals_hold_the_figure_and_repeat_from_a_seed() -> None:
    dice = random.Random(5)
    counts = [
        scored(*[answer("We will stay,", "Ann Lee")] * dice.choice([0, 1])).counts[0] for _ in range(40)
    ]
    once, again = scoring.intervals(counts, 200, seed=3), scoring.intervals(counts, 200, seed=3)
    low, high = once["end_to_end.f1"]
    assert once == again
    assert low < scoring.figures(scoring.add(counts))["end_to_end.f1"] < high


def test_tables_by_kind_and_rule() -> None:
    result = scored(
        answer("We will stay,", "Ann Lee", decided_by="subject", confidence=0.9),
        answer("It is late,", "Ann Lee", decided_by="nearest", confidence=0.5),
    )
    kinds, rules = scoring.by_kind(result), scoring.by_rule(result)
    assert (kinds["name"].right, kinds["pronoun"].right) == (1.0, 0.0)
    assert (rules["subject"].right, rules["nearest"].right, rules["nearest"].share) == (1.0, 0.0, 0.5)
    assert rules["subject"].confidence == 0.9


# Calibration


def test_calibration_error_is_the_distance_of_confidence_and_rightness() -> None:
    result = scored(
        answer("We will stay,", "Ann Lee", confidence=0.95),
        answer("It is late,", "Ann Lee", confidence=0.55),
    )
    claims = calibration.calibrate(result, claims_only=True)
    assert claims is not None
    assert claims.ece == pytest.approx((0.05 + 0.55) / 2)
    assert [b.n for b in claims.bins] == [1, 1]
    kept = {t.at_least: (t.n, t.precision, t.recall) for t in claims.thresholds}
    assert kept[0.9] == (1, 1.0, 0.5)


def test_nobody_is_an_answer_that_can_be_sure_too() -> None:
    result = scored(answer("Going Home", confidence=0.8))
    assert calibration.calibrate(result, claims_only=True) is None
    everyone = calibration.calibrate(result, claims_only=False)
    assert everyone is not None
    assert everyone.ece == pytest.approx(0.2)


# Errors


def wrong(*answers: Prediction) -> list[errors.Wrong]:
    return errors.wrong_cases(scored(*answers).cases)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([], ["missed", "missed"]),
        ([answer("We will stay,", "Ann Lee"), answer("It is", "he")], ["bounds", "invented"]),
        ([answer("We will stay,", "Ann Lee"), answer("It is late,")], ["no-speaker"]),
        ([answer("We will stay,", "he"), answer("It is late,", "he")], ["wrong-mention"]),
        (
            [answer("We will stay,", "Ann Lee"), answer("It is late,", "he"), answer("Going Home", "They")],
            ["not-spoken"],
        ),
    ],
)
def test_kinds_of_mistake(given: list[Prediction], expected: list[str]) -> None:
    assert [w.error for w in wrong(*given)] == expected


def test_a_block_shows_the_passage_with_gold_and_answer_marked() -> None:
    cue = at("added")
    [_, w] = wrong(
        answer("It is late,", "Ann Lee", "Ann Lee", cue_start=cue[0], cue_end=cue[1], decided_by="near")
    )
    shown = errors.block(w, 7)
    assert shown.startswith("#7 wrong-mention · near · pronoun · rain ")
    assert "“[[It is late,]]” {{he}} ((added))" in shown
    assert "<<Ann Lee>>" in shown


def test_places_that_open_together_nest() -> None:
    [w] = wrong(answer("We will stay,", "he"), answer("It is late,", "he"))[:1]
    assert "[[We will stay,]]” {{Ann Lee}} said." in errors.passage(w.case)


def test_errors_filter_by_rule_kind_mistake_and_sample() -> None:
    found = wrong(
        answer("We will stay,", "he", decided_by="a"), answer("It is late,", "Ann Lee", decided_by="b")
    )
    assert len(errors.Filter()(found)) == 2
    assert [w.case.rule for w in errors.Filter(rules=("b",))(found)] == ["b"]
    assert [w.case.kind for w in errors.Filter(kinds=("name",))(found)] == ["name"]
    assert errors.Filter(errors=("missed",))(found) == []
    once = errors.Filter(sample=1, seed=4)(found)
    assert len(once) == 1
    assert once == errors.Filter(sample=1, seed=4)(found)


def test_the_report_heads_groups_by_what_is_asked() -> None:
    found = wrong(
        answer("We will stay,", "he", decided_by="a"), answer("It is late,", "Ann Lee", decided_by="b")
    )
    assert "rule: a (1)" in errors.report(found, group="rule")
    assert "error: wrong-mention (2)" in errors.report(found)


# Floors


def test_a_figure_below_its_floor_or_other_gold_breaks() -> None:
    pinned = {"tiny": floors.Pinned({"g": "1"}, {"detect.f1": 0.9, "calibration.ece": 0.05})}
    good = {"detect.f1": 0.91, "calibration.ece": 0.04}
    assert floors.check("tiny", {"g": "1"}, good, pinned).ok
    assert not floors.check("tiny", {"g": "1"}, {**good, "detect.f1": 0.89}, pinned).ok
    assert not floors.check("tiny", {"g": "1"}, {**good, "calibration.ece": 0.06}, pinned).ok
    assert not floors.check("tiny", {"g": "2"}, good, pinned).ok
    assert not floors.check("tiny", {"g": "1"}, {"calibration.ece": 0.0}, pinned).ok


def test_floors_rise_and_never_fall(tmp_path: Path) -> None:
    entry = floors.raised(floors.Pinned(), {"g": "1"}, {"detect.f1": 0.91267, "calibration.ece": 0.0412})
    assert entry.floors == {"detect.f1": 0.912, "calibration.ece": 0.042}
    again = floors.raised(entry, {"g": "1"}, {"detect.f1": 0.5, "calibration.ece": 0.5})
    assert again == entry
    path = tmp_path / "floors.toml"
    floors.write({"tiny": entry}, path)
    assert floors.read(path) == {"tiny": entry}


def test_the_pinned_floors_can_be_read() -> None:
    assert set(floors.read()) <= set(gold_sets.SETS)


# Gold and predictions as files


def record(**more: Any) -> dict[str, Any]:
    start, end = at("We will stay,")
    quote = {"start": start, "end": end, "speaker_spans": [at("Ann Lee")], "speaker_text": "Ann Lee", **more}
    return {"id": "rain", "text": TEXT, "quotes": [quote], "other_quoted": []}


def test_read_by_hand_joins_by_place_and_leaves_wrong_gold_out() -> None:
    (start, end), row = at("We will stay,"), record()
    read = {(start, end): {"start": start, "end": end, "entity": ["Ann Lee"], "outlet": None, "kind": "name"}}
    [one] = gold_sets.article(gold_sets.joined(row, read)).quotations
    assert (one.entity, one.entity_read, one.outlet_read, one.kind) == (("Ann Lee",), True, True, "name")
    left = gold_sets.article(gold_sets.joined(row, {(start, end): {**read[start, end], "wrong_gold": True}}))
    assert (left.quotations, left.others) == ((), ((start, end),))


def test_gold_files_may_be_packed_or_keep_their_texts_beside_them(tmp_path: Path) -> None:
    packed = tmp_path / "set.jsonl.xz"
    packed.write_bytes(lzma.compress(json.dumps(record()).encode()))
    assert gold_sets.load(str(packed)).articles[0].text == TEXT
    apart = {key: value for key, value in record().items() if key != "text"}
    (tmp_path / "apart.jsonl").write_text(json.dumps(apart))
    (tmp_path / "rain.txt").write_text(TEXT)
    assert gold_sets.load(str(tmp_path / "apart.jsonl")).articles[0].text == TEXT
    (tmp_path / "apart.jsonl").write_text(json.dumps({**apart, "sha256": "0"}))
    with pytest.raises(ValueError, match=r"rain\.txt is not the text"):
        gold_sets.load(str(tmp_path / "apart.jsonl"))


def test_absent_gold_is_skipped_aloud(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTEATTR_DATA", str(tmp_path))
    result = CliRunner().invoke(evaluate.main, ["polnear-dev"])
    assert result.exit_code == evaluate.SKIPPED
    assert "SKIPPED polnear-dev: polnear_dev.jsonl.xz is not in" in result.output


def test_predictions_survive_a_file(tmp_path: Path) -> None:
    path = tmp_path / "p.jsonl"
    given = {"rain": [answer("We will stay,", "Ann Lee", "Ann Lee", confidence=0.5, decided_by="a")]}
    predictions.write(path, given)
    assert predictions.read(path) == given


def test_running_the_library_keeps_going_where_an_article_raises(monkeypatch: pytest.MonkeyPatch) -> None:
    def attribute(text: str, *, parser: object = None) -> AttributedArticle:
        if "crash" in text:
            raise RuntimeError("odd text")
        content = Span.of(text, *at("We will stay,", text))
        outer = Span.of(text, content.start - 1, content.end + 1)
        found = Attribution(Quotation(content, outer), confidence=0.25, decided_by="none")
        return AttributedArticle(Article(text), (found,) if text == TEXT else ())

    monkeypatch.setattr(quoteattr, "attribute", attribute, raising=False)
    monkeypatch.setattr(predictions, "_prepare", lambda kept: None)
    ran = predictions.run([ARTICLE, GoldArticle("bad", "crash", ())])
    assert ran.crashed == ("bad",)
    assert ran.predictions["bad"] == []
    assert ran.predictions["rain"] == [
        answer("We will stay,", confidence=0.25, decided_by="none", kind="direct"),
    ]


def test_kept_parses_are_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    class Counting:
        def parse(self, texts: Sequence[str]) -> list[Parse]:
            asked.extend(texts)
            return [Parse(text, ()) for text in texts]

    monkeypatch.setattr(parses, "load_parser", Counting)
    monkeypatch.setattr(parses, "fingerprint", lambda: "f" * 64)
    first = parses.KeptParses(tmp_path).parse(["One.", "Two."])
    again = parses.KeptParses(tmp_path).parse(["Two.", "Three.", "One."])
    assert asked == ["One.", "Two.", "Three."]
    assert again == [first[1], Parse("Three.", ()), first[0]]


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """A gold file, and predictions that are all wrong, as arguments of the command line."""
    (tmp_path / "tiny.jsonl").write_text(json.dumps(record()))
    predictions.write(tmp_path / "p.jsonl", {"rain": [answer("We will stay,", "he", confidence=0.7)]})
    return [str(tmp_path / "tiny.jsonl"), "--predictions", str(tmp_path / "p.jsonl"), "--draws", "20"]


def test_command_line_prints_tables(files: list[str]) -> None:
    result = CliRunner().invoke(evaluate.main, files)
    assert result.exit_code == 0
    assert "== tiny: 1 articles, 1 quotations, 1 answers judged" in result.output
    assert "end_to_end.f1      0.0000" in result.output
    assert "calibration error 0.7000" in result.output


def test_command_line_prints_json_and_errors(files: list[str], tmp_path: Path) -> None:
    target = tmp_path / "wrong.txt"
    result = CliRunner().invoke(evaluate.main, [*files, "--json", "--errors", str(target)])
    assert json.loads(result.output)["figures"]["detect.f1"] == 1.0
    assert "#1 wrong-mention" in target.read_text(encoding="utf-8")


# The same figures as the shared scorers


def made_up(article: GoldArticle, dice: random.Random) -> list[dict[str, Any]]:
    """Answers to an article that are wrong in every way there is, now and then."""
    rows: list[dict[str, Any]] = []
    for quote in article.quotations:
        for _ in range(dice.choice([0, 1, 1, 1, 1, 2])):
            rows.append(_row(quote, article, dice))
    rows += [{"start": s, "end": e, "speaker_name": dice.choice([None, "X Y"])} for s, e in article.others]
    for _ in range(dice.randrange(4)):
        start = dice.randrange(len(article.text) - 30)
        rows.append(
            {"start": start, "end": start + 20, "speaker_start": dice.choice([None, 3]), "speaker_end": 9}
        )
    dice.shuffle(rows)
    return rows


def _row(quote: GoldQuotation, article: GoldArticle, dice: random.Random) -> dict[str, Any]:
    row: dict[str, Any] = {
        "start": quote.start + dice.choice([0, 0, 1, 5]),
        "outlet": None,
        "decided_by": "a",
    }
    row["end"] = max(row["start"] + 1, quote.end - dice.choice([0, 0, 2, 9]))
    if dice.random() < 0.8:
        random_place = dice.randrange(len(article.text) - 10)
        spans = [*(quote.speaker_spans or ()), (random_place, random_place + 5)]
        row["speaker_start"], row["speaker_end"] = dice.choice(spans)
    if dice.random() < 0.7:
        names = [*quote.entity, quote.speaker_text, "Donald Trump", "he"]
        names += [f"{words} {name}" for name in quote.entity for words in AROUND_NAMES]
        row["speaker_name"] = dice.choice(names)
    if dice.random() < 0.4:
        row["outlet"] = dice.choice([quote.outlet, f"{quote.outlet} News", "CNN", "the Fox News"])
    return row


AROUND_NAMES = ("critics of", "the people around", "spokesman", "rival candidate", "Sen.")
"""Words that change, or do not change, what a name after them is about."""

CLASHES = [
    (["critics of John Selby"], "John Selby", False),
    (["John Selby"], "critics of John Selby", False),
    (["John Selby"], "the people around John Selby", False),
    (["John Selby"], "rival candidate John Selby", False),
    (["company led by John Selby"], "John Selby", False),
    (["Bank of England"], "England", False),
    (["England"], "the Bank of England", False),
    (["John Selby"], "spokesman John Selby", True),
    (["critics of John Selby"], "the critics of Selby", True),
    (["Bank of England", "Bank"], "the Bank", True),
    (["Ursula von der Leyen"], "von der Leyen", True),
    (["John Selby"], "Sen. Selby", True),
]
"""Accepted names, an answer, and whether the answer is right."""

OUTLET_CLASHES = [
    ("Sky News", "BBC News", False),
    ("BBC News", "Sky News", False),
    ("New York Times", "Sunday Times", False),
    ("BBC", "BBC Radio 4", True),
    ("the Sunday Telegraph", "Telegraph", True),
    ("FT", "the Financial Times", True),
    ("MailOnline", "Mail Online", True),
]
"""An outlet, an answer, and whether the answer is right."""


def clashes() -> tuple[GoldSet, list[dict[str, Any]]]:
    """A gold set of names that are alike but differ, and an answer to each of its quotations."""
    text, quotes, rows = "", [], []
    names = [(accepted, got, "CNN", "CNN") for accepted, got, _ in CLASHES]
    outlets = [(["Ann Lee"], "Lee", outlet, got) for outlet, got, _ in OUTLET_CLASHES]
    for accepted, name, outlet, got in names + outlets:
        start, speaker = len(text) + 1, f"{accepted[0]}"
        text += f"“We will stay,” {speaker} said.\n"
        end, spoken = start + len("We will stay,"), start + len("We will stay,” ")
        quotes.append(
            GoldQuotation(
                start, end, speaker_spans=((spoken, spoken + len(speaker)),), speaker_text=speaker,
                entity=tuple(accepted), entity_read=True, outlet=outlet, outlet_read=True,
                kind="name", kind_given=True,
            )
        )  # fmt: skip
        rows.append({"start": start, "end": end, "speaker_name": name, "outlet": got})
    quotes[-1] = attrs.evolve(quotes[-1], rejected=("Lee",))
    return GoldSet("clashes", (), (GoldArticle("clashes", text, tuple(quotes)),)), rows


def as_record(article: GoldArticle) -> dict[str, Any]:
    """An article of a gold set in the form that the shared scorers read."""
    quotes = [
        {
            "start": q.start, "end": q.end, "speaker_spans": q.speaker_spans, "speaker_text": q.speaker_text,
            "entity": list(q.entity) or None, "not": list(q.rejected), "outlet": q.outlet,
            "outlet_any": q.outlet_any, "optional": q.optional, "read": q.outlet_read,
            **({"kind": q.kind} if q.kind_given else {}),
        }
        for q in article.quotations
    ]  # fmt: skip
    others = [list(span) for span in article.others]
    return {"id": article.id, "text": article.text, "quotes": quotes, "other_quoted": others}


def run_shared(script: str, paths: Sequence[Path], monkeypatch: pytest.MonkeyPatch, capsys: Any) -> Any:
    """What a shared scorer prints for a gold file and predictions."""
    if not (SCORERS / script).is_file():
        pytest.skip(f"{script} is not in {SCORERS}")
    monkeypatch.syspath_prepend(str(SCORERS))
    monkeypatch.setattr(sys, "argv", [script, *map(str, paths)])
    capsys.readouterr()
    runpy.run_path(str(SCORERS / script), run_name="__main__")
    return json.loads(capsys.readouterr().out)


def gold_and_answers(name: str) -> tuple[GoldSet, dict[str, list[dict[str, Any]]]]:
    """A gold set and made-up answers to it, by article."""
    if name == "clashes":
        gold_set, rows = clashes()
        return gold_set, {article.id: rows for article in gold_set.articles}
    try:
        gold_set = gold_sets.load(name)
    except gold_sets.Absent as reason:
        pytest.skip(str(reason))
    dice = random.Random(11)
    return gold_set, {article.id: made_up(article, dice) for article in gold_set.articles}


def sides(name: str, tmp_path: Path) -> tuple[list[Path], scoring.Figures, scoring.Scored]:
    """Files for the shared scorers, and our figures, on made-up answers to a gold set."""
    gold_set, rows = gold_and_answers(name)
    paths = [tmp_path / "gold.jsonl", tmp_path / "answers.jsonl"]
    paths[0].write_text("\n".join(json.dumps(as_record(a)) for a in gold_set.articles))
    paths[1].write_text("\n".join(json.dumps({"id": i, "quotes": q}) for i, q in rows.items()))
    result = scoring.score(gold_set, predictions.read(paths[1]))
    return paths, {k: round(v, 4) for k, v in scoring.figures(result.total).items()}, result


@pytest.mark.parametrize(("accepted", "got", "right"), CLASHES)
def test_names_that_are_alike(accepted: list[str], got: str, right: bool) -> None:
    assert matching.same_name(accepted, got) == right


@pytest.mark.parametrize(("outlet", "got", "right"), OUTLET_CLASHES)
def test_outlets_that_are_alike(outlet: str, got: str, right: bool) -> None:
    assert matching.same_outlet(outlet, got) == right


@pytest.mark.parametrize("name", ["polnear-dev", "dev-entities", "clashes"])
def test_spans_and_speakers_as_the_shared_scorer(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    paths, ours, result = sides(name, tmp_path)
    theirs = run_shared("score.py", paths, monkeypatch, capsys)
    for figure in ("detect", "end_to_end"):
        assert theirs[figure] == {key: ours[f"{figure}.{key}"] for key in ("p", "r", "f1")}
    assert (theirs["mention"], theirs["speaker"]) == (ours["mention"], ours["speaker"])
    assert theirs["predicted"] == result.total["predicted"]
    assert theirs.get("entity", {}).get("right") == ours.get("entity")


@pytest.mark.parametrize("name", ["dev-entities", "seeds", "articles", "clashes"])
def test_read_quotations_as_the_shared_scorer(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    paths, ours, result = sides(name, tmp_path)
    theirs = run_shared("score_seeds.py", paths, monkeypatch, capsys)
    assert (theirs["scored"], theirs["invented"]) == (result.total["read_n"], result.total["invented"])
    assert {key: theirs[key] for key in ("found", "speaker", "outlet")} == {
        key: ours[f"read.{key}"] for key in ("found", "speaker", "outlet")
    }
    assert theirs["spoken_right"] == ours["read.spoken"]


@pytest.mark.parametrize("name", ["dev-entities", "clashes"])
def test_outlets_as_the_shared_scorer(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    paths, ours, _ = sides(name, tmp_path)
    theirs = run_shared("outlet_f1.py", paths, monkeypatch, capsys)
    assert {key: theirs[key] for key in ("p", "r", "f1")} == {
        key: ours[f"outlet.{key}"] for key in ("p", "r", "f1")
    }


@pytest.mark.parametrize(
    "module", [gold_sets, predictions, matching, scoring, importlib.import_module("benchmarks.peers.wire")]
)
def test_examples_in_docstrings(module: Any) -> None:
    assert doctest.testmod(module).failed == 0


def test_the_errors_of_a_held_set_are_not_shown() -> None:
    refused = CliRunner().invoke(evaluate.main, ["wide-held", "--errors", "-"])
    assert refused.exit_code == 2
    assert "not to be read" in refused.output


def test_a_name_that_is_right_but_dirty_is_not_strict() -> None:
    text = "“We will stay,” Ann Lee said. They sang “Going Home” in the rain."
    spoken = GoldQuotation(*at("We will stay,", text), entity=("Ann Lee", "Lee"), entity_read=True)
    title = GoldQuotation(*at("Going Home", text), entity_read=True)
    gold = GoldSet("made", (), (GoldArticle("a", text, (spoken, title)),))
    clean, dirty = (
        {"a": [Prediction(spoken.start, spoken.end, speaker_name=name), Prediction(title.start, title.end)]}
        for name in ("Ann Lee", "Dr Ann Lee")
    )
    found = [scoring.figures(scoring.score(gold, answers).total) for answers in (clean, dirty)]
    assert [shares["read.spoken"] for shares in found] == [1.0, 1.0]
    assert [shares["read.strict"] for shares in found] == [1.0, 0.0]
    assert found[0]["read.nobody"] == 1.0
