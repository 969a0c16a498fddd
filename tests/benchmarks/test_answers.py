"""The comparison of two versions' answers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks import answers


def written(path: Path, **changes: Any) -> str:
    quote = {"start": 1, "end": 9, "speaker_name": "Ann Lee", "decided_by": "beside", **changes}
    path.write_text(json.dumps({"id": "a1", "quotes": [quote]}) + "\n", encoding="utf-8")
    return str(path)


def test_the_same_answers_have_the_same_digest(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before, after = written(tmp_path / "b"), written(tmp_path / "a", resolved_by="apposition")
    assert answers.main([before, after]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first.split()[0] == second.split()[0]


def test_a_renamed_rule_is_the_same_rule(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "renamed_rules", lambda: {"beside": "cue_inside"})
    assert answers.main([written(tmp_path / "b"), written(tmp_path / "a", decided_by="cue_inside")]) == 0
    assert answers.main([written(tmp_path / "b"), written(tmp_path / "a", decided_by="cue_outside")]) == 1


def test_another_speaker_is_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert answers.main([written(tmp_path / "b"), written(tmp_path / "a", speaker_name="Bo Hale")]) == 1
    assert "a1 [1]: speaker_name 'Ann Lee' -> 'Bo Hale'" in capsys.readouterr().out


def test_a_lost_quotation_is_listed() -> None:
    found = answers.differences({"a": [{"start": 1}], "b": []}, {"a": []}, ["start"])
    assert found == ["a: 1 quotations, 0 afterwards"]


def test_two_files_are_needed(capsys: pytest.CaptureFixture[str]) -> None:
    assert answers.main(["one"]) == 2
    assert "BEFORE.jsonl" in capsys.readouterr().out
