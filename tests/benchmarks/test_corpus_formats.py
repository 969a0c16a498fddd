"""Readers of public corpora, each on a sample made up for this test in the form of the corpus."""

from __future__ import annotations

import bz2
import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks import gold_sets
from benchmarks.corpus_formats import FORMATS, split_name
from benchmarks.gold_sets import GoldArticle

TEXT = "“Go,” said Ann Lee. “I will,” he said."


def write(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")


def write_parc3(folder: Path) -> None:
    words = [
        ("``", 0, 1, "content"), ("Go", 1, 3, "content"), (",", 3, 4, "content"), ("''", 4, 5, "content"),
        ("said", 6, 10, "cue"), ("Ann", 11, 14, "source"), ("Lee", 15, 18, "source"), (".", 18, 19, ""),
        ("It", 20, 22, "other-content"), ("rained", 23, 29, "other-content"), (".", 29, 30, ""),
    ]  # fmt: skip
    rows = ""
    for text, start, end, role in words:
        name = "wsj_0001_Nested_1" if role.startswith("other-") else "wsj_0001_set_0"
        inner = f'<attributionRole roleValue="{role.removeprefix("other-")}"/>'
        inner = f'<attribution id="{name}">{inner}</attribution>' if role else ""
        rows += f'<S><WORD ByteCount="{start},{end}" text="{text}" word="x">{inner}</WORD></S>'
    write(folder / "wsj_0001.xml", f"<root><SENTENCE>{rows}</SENTENCE></root>")


def write_directquote(folder: Path) -> None:
    rows = (
        '" B-RightSpeaker|Go I-RightSpeaker|, I-RightSpeaker|" I-RightSpeaker|said Out|Ann B-Speaker|'
        'Lee I-Speaker|. Out||Bo B-Speaker|said Out|: Out|" B-LeftSpeaker|No I-LeftSpeaker|. I-LeftSpeaker|'
        '" I-LeftSpeaker||" I-Unknown|Fine I-Unknown|" I-Unknown|. Out'
    )
    write(folder / "truecased.txt", rows.replace("|", "\n") + "\n")


def write_conll(folder: Path) -> None:
    rows = (
        "-DOCSTART- -X- O O||\" `` O B-Content|Go VB B-VP I-Content|\" '' O I-Content|"
        "said VBD B-VP O|Ann NNP B-NP B-Source|"
    )
    write(folder / "a.conll", rows.replace("|", "\n"))


def write_quoteli3(folder: Path) -> None:
    write(
        folder / "novel.xml",
        '<doc><characters><character id="0" name="Ann_Lee" aliases="Ann;Miss Lee"/></characters><text>'
        '<chapter><quote id="q1" speaker="Ann_Lee" connection="m2">“Go,”</quote> said '
        '<mention id="m2" connection="q1">she</mention>. <quote id="q3" speaker="Bo" connection="">“I '
        '<mention id="m4" connection="">will</mention>.”</quote></chapter></text></doc>',
    )


def write_riqua(folder: Path) -> None:
    write(folder / "novel.txt", TEXT)
    write(
        folder / "novel.ann",
        "T1\tQuotation 0 5\t“Go,”\nT2\tCue 6 10\tsaid\nT3\tSpeaker 11 18\tAnn Lee\n"
        "T4\tQuotation 20 29\t“I will,”\nT5\tSpeaker 30 32\the\nT6\tQuotation 33 37\tsaid\n"
        "R1\tcue-quote Arg1:T2 Arg2:T1\nR2\tcue-speaker Arg1:T2 Arg2:T3\nR3\tspeaker Arg1:T5 Arg2:T4\n",
    )


def write_pdnc(folder: Path) -> None:
    write(folder / "Novel" / "novel_text.txt", TEXT)
    write(
        folder / "Novel" / "quotation_info.csv",
        "quoteID,quoteText,subQuotationList,quoteByteSpans,speaker\n"
        'Q0,"Go,","[\'Go,\']","[[1, 4]]",Ann Lee - Story\nQ1,"I will,",x,"[[21, 28]]",_narr\n',
    )
    write(
        folder / "Novel" / "character_info.csv",
        "Character ID,Main Name,Aliases\n0,Ann Lee - Story,\"{'Miss Lee', 'Ann'}\"\n",
    )


def write_litbank(folder: Path) -> None:
    write(folder / "1_novel_brat.txt", "She came .\n“ Go ,\nnow , ” said Ann Lee .\n")
    write(folder / "1_novel_brat.ann", "QUOTE\tQ1\t1\t0\t2\t2\t“ Go , now , ”\nATTRIB\tQ1\tAnn_Lee-3\n")


def write_quotebank(folder: Path) -> None:
    article = {
        "articleID": "2020-1",
        "quotations": [
            {"quotation": "Go,", "leftContext": "It rained.", "rightContext": "said Ann Lee.",
             "globalTopSpeaker": "Ann Lee"},
            {"quotation": "Fine", "leftContext": "", "rightContext": "", "globalTopSpeaker": "None"},
        ],
    }  # fmt: skip
    (folder / "a.json.bz2").write_bytes(bz2.compress(json.dumps(article).encode() + b"\n"))


WRITERS = {
    "conll": write_conll,
    "directquote": write_directquote,
    "litbank": write_litbank,
    "parc3": write_parc3,
    "pdnc": write_pdnc,
    "quotebank": write_quotebank,
    "quoteli3": write_quoteli3,
    "riqua": write_riqua,
}


def load(form: str, folder: Path) -> list[GoldArticle]:
    WRITERS[form](folder)
    return list(gold_sets.load(f"{form}:{folder}").articles)


def said(article: GoldArticle) -> list[tuple[str, Any]]:
    """Each quotation's words, with the words that name the speaker or else the accepted names."""
    return [
        (article.text[q.start : q.end], q.entity if q.speaker_spans is None else q.speaker_text)
        for q in article.quotations
    ]


def test_every_format_has_a_sample() -> None:
    assert set(WRITERS) == set(FORMATS)


@pytest.mark.parametrize("form", FORMATS)
def test_spans_of_speakers_are_in_the_text(form: str, tmp_path: Path) -> None:
    for article in load(form, tmp_path):
        for quotation in article.quotations:
            words = [article.text[a:b] for a, b in quotation.speaker_spans or ()]
            assert " ".join(words) == quotation.speaker_text


def test_parc3(tmp_path: Path) -> None:
    (article,) = load("parc3", tmp_path)
    assert said(article) == [("Go,", "Ann Lee")]
    assert article.id == "wsj_0001"


def test_directquote(tmp_path: Path) -> None:
    first, second, third = load("directquote", tmp_path)
    assert first.text == '"Go," said Ann Lee.'
    assert said(first) == [("Go,", "Ann Lee")]
    assert said(second) == [("No.", "Bo")]
    assert said(third) == [("Fine", "")]
    assert (third.quotations[0].entity, third.quotations[0].entity_read) == ((), True)


def test_conll(tmp_path: Path) -> None:
    (article,) = load("conll", tmp_path)
    assert said(article) == [("Go", "Ann")]


def test_quoteli3(tmp_path: Path) -> None:
    (article,) = load("quoteli3", tmp_path)
    assert article.text == "“Go,” said she. “I will.”"
    assert said(article) == [("Go,", ("Ann Lee", "Ann", "Miss Lee")), ("I will.", ("Bo",))]


def test_riqua(tmp_path: Path) -> None:
    (article,) = load("riqua", tmp_path)
    assert said(article) == [("Go,", "Ann Lee"), ("I will,", "he")]


def test_pdnc(tmp_path: Path) -> None:
    (article,) = load("pdnc", tmp_path)
    assert said(article)[0] == ("Go,", ("Ann Lee", "Ann", "Miss Lee"))
    assert [quotation.optional for quotation in article.quotations] == [False, True]


def test_litbank(tmp_path: Path) -> None:
    (article,) = load("litbank", tmp_path)
    assert article.text == "She came. “Go, now,” said Ann Lee."
    assert said(article) == [("Go, now,", ("Ann Lee",))]


def test_quotebank(tmp_path: Path) -> None:
    first, second = load("quotebank", tmp_path)
    assert first.text == "It rained. “Go,” said Ann Lee."
    assert said(first) == [("Go,", ("Ann Lee",))]
    assert said(second) == [("Fine", ())]


def test_a_missing_corpus_is_absent(tmp_path: Path) -> None:
    with pytest.raises(gold_sets.Absent, match="no files of parc3"):
        gold_sets.load(f"parc3:{tmp_path}")


def test_a_name_without_a_format() -> None:
    assert split_name("news:folder") is None
