"""An older ledger: what it would be brought up to, said and shown, and written only when asked."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml

from forecastlog.checks import check
from forecastlog.compose.upgrade import STEPS, upgrade
from forecastlog.ledger import load
from forecastlog.ledger.unfold import unfold

KEPT = Path(__file__).parents[1] / "data" / "format-1"
TODAY = date(2026, 11, 28)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    shutil.copytree(KEPT, tmp_path / "predictions")
    return tmp_path / "predictions"


def test_every_step_says_what_and_why() -> None:
    assert all(step.what and step.why for step in STEPS)


def test_a_ledger_of_format_1_says_the_same_afterwards(old: Path) -> None:
    before = load(old)
    plan = upgrade(before, today=TODAY)
    assert [sentence.partition(":")[0] for sentence in plan.said] == [
        "tell git what is no record, in .gitignore",
        "write long entries a key a line",
    ]
    assert "+        url: " in plan.diff() or "+      - outcome: " in plan.diff()
    plan.carry_out()
    after = load(old)
    assert after.ledger == before.ledger
    assert [one for one in check(after, today=TODAY) if one.severity == "error"] == []
    assert upgrade(after, today=TODAY).empty
    lines = [line for path in old.glob("2*.yaml") for line in path.read_text(encoding="utf-8").splitlines()]
    assert not [line for line in lines if len(line) > 120 and "{" in line.split(": ")[0]]


def test_what_a_bare_folder_of_records_lacks(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("article: {id: a, title: T, published: 2025-03-19}\n", encoding="utf-8")
    (tmp_path / "article.schema.json").write_text("{}\n", encoding="utf-8")
    (tmp_path / ".gitattributes").write_text("*.md text", encoding="utf-8")
    upgrade(load(tmp_path), today=TODAY).carry_out()
    assert "format = 1" in (tmp_path / "forecastlog.toml").read_text(encoding="utf-8")
    assert "predictions" in (tmp_path / "article.schema.json").read_text(encoding="utf-8")
    assert (tmp_path / ".gitattributes").read_text(encoding="utf-8").startswith("*.md text\n# What two")
    assert ".lock" in (tmp_path / ".gitignore").read_text(encoding="utf-8")
    assert upgrade(load(tmp_path), today=TODAY).empty


LONG = "x" * 110


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"article: {{id: a, note: {LONG}}}\n", f"article:\n  id: a\n  note: {LONG}\n"),
        (
            f"a:\n  - {{b: 'it''s', c: {LONG}}}  # why\n  - {{b: 1}}\n",
            f"a:\n  - b: 'it''s'\n    c: {LONG}  # why\n  - {{b: 1}}\n",
        ),
        (
            f"a:\n- {{b: [{{u: {LONG}, v: 1}}, {{u: 2}}], c: [1, 2]}}\n",
            f"a:\n- b:\n    - u: {LONG}\n      v: 1\n    - {{u: 2}}\n  c: [1, 2]\n",
        ),
        (f"a: {{b: {{c: {LONG}, d: }}, e: }}\r\n", f"a:\r\n  b:\r\n    c: {LONG}\r\n    d:\r\n  e:\r\n"),
        (f"a: {{b: {LONG}, # why\n  c: d}}\n", f"a: {{b: {LONG}, # why\n  c: d}}\n"),
        (f"a: [{LONG}, {LONG}]\n", f"a: [{LONG}, {LONG}]\n"),
        ("a: {b: c}\n", "a: {b: c}\n"),
    ],
)
def test_long_entries_are_taken_apart_and_say_the_same(text: str, expected: str) -> None:
    assert unfold(text) == expected
    assert yaml.load(expected, yaml.BaseLoader) == yaml.load(text, yaml.BaseLoader)  # noqa: S506  # texts alone
