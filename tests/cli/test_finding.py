"""Finding records again.

Listings, search, comparisons, and names of commands and people that are nearly right.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import Run

NOW = ("--today", "2026-12-31")


def rows(run: Run, *args: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(run(*args, "--json", *NOW).stdout)
    return found


@pytest.mark.parametrize(
    ("command", "first"),
    [
        ("articles", {"id": "talks-2025", "predictions": 3, "undecided": 2}),
        ("conditions", {"id": "talks-begin", "status": "due", "predictions": 0}),
        ("people", {"id": "ada-smith", "name": "Ada Smith", "forecasts": 3, "listed": True}),
        ("tags", {"tag": "aid", "predictions": 1, "undecided": 1}),
    ],
)
def test_everything_has_a_listing(run: Run, command: str, first: dict[str, object]) -> None:
    found = rows(run, command)
    assert first.items() <= found[0].items()
    assert run(command, *NOW).stdout.splitlines()[0].split()[0] in first


def test_events_come_with_what_turns_on_them(run: Run) -> None:
    assert (run("events").stdout, run("events").stderr) == ("", "None.\n")
    assert run("amend", "aid-ends", "--event", "aid", "--why", "grouping", "--by", "Kim").exit_code == 0
    assert rows(run, "events") == [
        {"event": "aid", "predictions": 1, "undecided": 1, "conditions": 0, "latest": "2025-06-30"}
    ]


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        (["PACKAGE"], ["aid-package-2025"]),
        (["smith", "truce"], ["truce-holds"]),
        (["基辅"], ["aid-ends"]),
        (["talks", "bring"], ["talks-2025"]),
        (["nowhere"], []),
    ],
)
def test_search_finds_records_that_have_all_the_words(run: Run, words: list[str], ids: list[str]) -> None:
    assert [row["id"] for row in rows(run, "search", *words)] == ids


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        (["--where", "probability>50%"], ["truce-holds"]),
        (["--where", "latest<2026"], ["aid-ends"]),
        (["--where", "claim~PACKAGE"], ["aid-package-2025"]),
        (["--where", "status!=void"], ["aid-package-2025", "aid-ends"]),
        (["--due-before", "1 July 2025"], ["aid-ends"]),
        (["--tag", "aid"], ["aid-package-2025"]),
        (["--speaker", "a. smith", "--sort", "-latest", "--limit", "1"], ["aid-package-2025"]),
        (["--sort", "probability"], ["aid-package-2025", "truce-holds", "aid-ends"]),
    ],
)
def test_a_list_is_narrowed_sorted_and_cut(run: Run, options: list[str], ids: list[str]) -> None:
    assert [row["id"] for row in rows(run, "list", *options)] == ids


def test_a_comparison_of_numbers_with_no_number(run: Run) -> None:
    result = run("list", "--where", "probability>much")
    assert (result.exit_code, result.stderr) == (
        2,
        "Error: --where: 'probability' has numbers, and 'much' is none.\n",
    )


def test_a_speaker_whom_nobody_knows(run: Run) -> None:
    result = run("list", "--speaker", "Ada Smyth")
    assert (result.exit_code, result.stderr) == (
        1,
        "Error: nobody of the name 'Ada Smyth' is known. Did you mean 'Ada Smith'?\n",
    )


def test_a_command_that_is_nearly_right(run: Run) -> None:
    result = run("resolv")
    assert result.exit_code == 2
    assert "No such command 'resolv'. Did you mean resolve?" in result.stderr


def test_an_id_is_not_broken_on_a_terminal_of_80_columns(run: Run, project: Path) -> None:
    talks = project / "predictions" / "talks.yaml"
    long = "another-package-of-aid-for-the-country-x"
    talks.write_text(talks.read_text(encoding="utf-8").replace("aid-package-2025", long), encoding="utf-8")
    lines = run("list").stdout.splitlines()
    assert any(line.startswith(f"{long} ") for line in lines)
    assert max(map(len, lines)) <= 80


def test_check_of_one_file_and_of_errors_alone(run: Run, project: Path) -> None:
    good = project / "predictions" / "talks.yaml"
    bad = project / "predictions" / "bad.yaml"
    bad.write_text("article: {id: bad, title: Bad, published: 2025-13-01}\n")
    assert run("check", str(good), *NOW).exit_code == 0
    assert run("check", str(bad), *NOW).exit_code == 1
    shown = run("check", "--errors", *NOW).stdout
    assert "error[P102]" in shown
    assert "note[" not in shown
    assert "warning[" not in shown


def test_notes_of_one_kind_are_one(run: Run, project: Path) -> None:
    talks = project / "predictions" / "talks.yaml"
    text = talks.read_text(encoding="utf-8")
    talks.write_text(
        "".join(line for line in text.splitlines(keepends=True) if "settled_by" not in line), encoding="utf-8"
    )
    shown = run("check").stdout
    assert shown.count("note[P303]") == 1
    assert "The same at predictions/talks.yaml:" in shown
    assert len([one for one in rows(run, "check") if one["code"] == "P303"]) == 3


def test_edit_opens_the_editor_at_the_line_of_the_record(
    run: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", "sh -c 'echo \"$@\" > opened' editor")
    assert run("edit", "aid-ends").exit_code == 0
    line, file = (project / "opened").read_text().split()
    assert (
        "id: aid-ends" in Path(file).read_text(encoding="utf-8").splitlines()[int(line.removeprefix("+")) - 1]
    )
    monkeypatch.setenv("VISUAL", "no-such-editor")
    assert "cannot be run" in run("edit", "aid-ends").stderr


def test_a_record_without_a_link_has_none_to_open(run: Run) -> None:
    assert run("show", "aid-ends", "--open").stderr == "Error: 'aid-ends' has no link to open.\n"
