"""``when``, ``odds`` and ``check --reread``.

How words are read, and where they read otherwise than is stored.
"""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path

import pytest

from forecastlog.deadlines import Deadline
from forecastlog.likelihood import Likelihood, scale_names
from tests.cli.conftest import Run


def test_when_shows_the_reading_and_its_fields_as_json(run: Run) -> None:
    shown = run("when", "by early summer", "--from", "2025-03-19")
    assert shown.stdout.startswith("by 30 June 2025 (strictly by 31 May 2025)\n")
    found = json.loads(run("when", "by early summer", "--from", "2025-03-19", "--json").stdout)
    assert list(found) == [field.name for field in fields(Deadline)]
    assert (found["earliest"], found["strict"], found["latest"]) == (None, "2025-05-31", "2025-06-30")


def test_odds_shows_every_scale_that_knows_the_phrase(run: Run) -> None:
    shown = run("odds", "highly unlikely").stdout
    assert shown.startswith("5% (5% to 20%)\nworded, as 'highly unlikely' on the scale fl-1\n")
    assert [line.split()[0] for line in shown.splitlines()[5:]] == [
        "fl-1",
        "uk_phia",
        "nato_ajp21",
        "capphrase_2026",
        "fagen_2019",
        "zonination_2015",
    ]


def test_odds_of_a_figure_are_the_same_everywhere(run: Run) -> None:
    assert run("odds", "70%").stdout == "70% (70% to 70%)\nstated: the same on every scale\n"


def test_odds_as_json_are_the_fields_of_the_result(run: Run) -> None:
    names = [field.name for field in fields(Likelihood)]
    listed = json.loads(run("odds", "likely", "--json").stdout)
    assert listed[0]["probability"] == 0.75
    assert [one["scale"] for one in listed] == [
        n for n in scale_names() if n in {one["scale"] for one in listed}
    ]
    assert all(list(one) == names for one in listed)
    one = json.loads(run("odds", "likely", "--scale", "uk_phia", "--json").stdout)
    assert (list(one), one["scale"], one["low"], one["high"]) == (names, "uk_phia", 0.55, 0.75)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("odds", "remains to be seen"), '"remains to be seen": there is no likelihood in it'),
        (("when", "by the end of the talks"), '"talks" in "by the end of the talks"'),
    ],
)
def test_what_is_not_understood_is_one_sentence(run: Run, words: tuple[str, ...], message: str) -> None:
    result = run(*words)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert message in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_nothing_reads_otherwise(run: Run) -> None:
    assert run("check", "--reread", "--json").stdout == "[]\n"


def test_reread_lists_all_words_that_read_otherwise(project: Path, run: Run) -> None:
    talks = project / "predictions" / "talks.yaml"
    text = talks.read_text(encoding="utf-8")
    text = text.replace("latest: 2025-06-30", "latest: 2025-07-31").replace(
        "probability: 0.75", "probability: 0.7"
    )
    talks.write_text(text.replace('words: "may"', 'words: "an opening"'), encoding="utf-8")
    result = run("check", "--reread", "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == [
        {
            "id": "aid-ends",
            "what": "deadline",
            "words": "by early summer 2025",
            "stored": "latest 2025-07-31",
            "today": "latest 2025-06-30",
            "read_by": "fl-2",
        },
        {
            "id": "aid-ends",
            "what": "forecast",
            "words": "an opening",
            "stored": "none (0.25 to 0.51) possible",
            "today": "not understood",
            "read_by": "fl-1",
        },
        {
            "id": "truce-holds",
            "what": "forecast",
            "words": "likely",
            "stored": "0.7 (0.55 to 0.8) worded",
            "today": "0.75 (0.55 to 0.8) worded",
            "read_by": "fl-1",
        },
    ]
    assert run("check", "--reread", "--csv", "-c", "id").stdout.splitlines()[0] == "id"
    assert "reads today" in run("check").stdout


def test_when_shows_what_must_hold_and_the_convention(run: Run) -> None:
    result = run("when", "at year-end", "--from", "2025-03-19", "--holds", "on")
    assert result.stdout.splitlines()[0] == "on 31 December 2025"
    assert "  holds       on" in result.stdout
    assert "  convention  fl-2" in result.stdout
    older = run("when", "in two years", "--from", "2025-03-19", "--convention", "fl-1")
    assert "  earliest    2027-03-19" in older.stdout
    assert "  convention  fl-1" in older.stdout
    whose = run("when", "by the end of his term", "--from", "2025-03-19", "--subject", "Donald Trump")
    assert "2029-01-20" in whose.stdout


def test_when_reads_by_the_settings_of_the_desk(project: Path, run: Run) -> None:
    settings = project / "predictions" / "forecastlog.toml"
    before = settings.read_text(encoding="utf-8") if settings.exists() else ""
    settings.write_text(before + '\n[periods]\nseason = "2024-08-16/2025-05-25"\n', encoding="utf-8")
    result = run("when", "by the end of the season", "--from", "2025-03-19")
    assert result.stdout.startswith("by 25 May 2025\n")


def test_amount_shows_how_it_is_read(run: Run) -> None:
    shown = run("amount", "285 seats, 90 % interval 243 to 331").stdout.splitlines()
    assert shown[0] == "285 seats, from 243 to 331, 90 % interval"
    assert "  level       0.9" in shown
    assert run("amount", "1.200,5", "--locale", "de").stdout.splitlines()[1] == "  value       1,200.5"
    assert run("amount", "up 10 %", "--base", "40").stdout.splitlines()[0] == "44"
    assert run("amount", "--", "-0.5 %").stdout.splitlines()[0] == "-0.5 %"


def test_amount_as_json_are_the_fields_of_the_result(run: Run) -> None:
    read = json.loads(run("amount", "at least 2 million", "--json").stdout)
    assert (read["low"], read["high"], read["sign"], read["convention"]) == (2_000_000, None, ">=", "am-1")


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (("amount", "70 % of economists"), 1, "not read as an amount: a share of people"),
        (("amount", "3 %", "--locale", "xx"), 2, "locale is 'xx'"),
        (("amount", "3 %", "--base", "nan"), 2, "base is nan"),
        (("amount", "3 %", "--base", "much"), 2, "is not a valid float"),
        (("amount", "5 \x1b[31mof\x1b[0m"), 1, "is not understood"),
    ],
)
def test_amount_says_what_it_cannot_read(
    run: Run, arguments: tuple[str, ...], code: int, sentence: str
) -> None:
    done = run(*arguments)
    assert done.exit_code == code
    assert sentence in done.stderr
    assert "\x1b" not in done.stderr


def test_odds_tells_what_is_no_part_of_the_reading(run: Run) -> None:
    assert (
        run("odds", "maybe perhaps blorp", "--scale", "fl-1").stdout.splitlines()[-1]
        == "no part of it: 'blorp'"
    )
    assert "no part" not in run("odds", "very likely", "--scale", "fl-1").stdout
