"""From finds to records.

The skeleton, what is refused, what is kept of what was skipped, and a second reading.
"""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from forecastlog.cli.main import main
from forecastlog.compose.accept import accept, read_records
from forecastlog.errors import BadValue
from forecastlog.kinds.binary import Chance
from forecastlog.kinds.expected import Expected, Interval
from forecastlog.kinds.numeric import quantity_of
from forecastlog.ledger import load
from forecastlog.values import Number

TEXT = """Steel and rain

Prices are unlikely to fall by June, Ann Holt said. If the talks fail, exports will drop in 2027.

The bank expects growth of 3 percent in 2027. It may rain on the parade.
"""
TODAY = date(2026, 1, 10)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FORECASTLOG_TODAY", "2026-01-10")
    run("init")
    (tmp_path / "predictions" / "example.yaml").unlink()
    (tmp_path / "steel.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def run(*arguments: str, input: str | None = None) -> Result:  # noqa: A002 - click's own name
    return CliRunner().invoke(main, arguments, input=input)


def offered(*more: str) -> str:
    return run("suggest", "steel.txt", "--published", "2026-01-05", "--publisher", "Wire", *more).stdout


def completed(text: str) -> str:
    """The skeleton with claims and criteria, the last entry skipped and the third deleted."""
    text = re.sub(r"    claim:.*\n", "    claim: It comes to pass as told.\n", text)
    text = re.sub(r"    criteria:.*\n", "    criteria: Yes if the agency reports it.\n", text)
    head, *entries = re.split(r"(?=\n  # \d+\. )", text)
    last, tail = entries[3].split("\noffered:")
    skipped = last.replace("    claim:", "    skip: no forecast of weight\n    claim:")
    return f"{head}{entries[0]}{entries[1]}{skipped}\noffered:{tail}"


def test_a_skeleton_is_refused_until_it_is_complete(desk: Path) -> None:
    (desk / "finds.yaml").write_text(offered("--yaml"), encoding="utf-8")
    done = run("accept", "finds.yaml")
    assert done.exit_code != 0
    assert "has no claim, criteria" in done.output
    assert not list((desk / "predictions").glob("2026*"))


def test_what_is_completed_becomes_records_and_the_rest_is_kept_as_skipped(desk: Path) -> None:
    plan = accept(
        load(desk / "predictions"), read_records(completed(offered("--yaml"))), today=TODAY, by="Me"
    )
    plan.carry_out()
    ledger = load(desk / "predictions").ledger
    [article] = ledger.articles
    first, second = ledger.predictions
    [condition] = ledger.conditions
    assert (article.title, article.publisher, str(article.published)) == (
        "Steel and rain",
        "Wire",
        "2026-01-05",
    )
    said = first.forecasts[0]
    assert isinstance(said.says, Chance)
    assert (first.speaker, said.words, said.says.probability) == ("ann-holt", "unlikely", 0.2)
    assert (first.deadline.latest, first.quote) == (date(2026, 6, 30), "Prices are unlikely to fall by June")
    assert second.given == condition.id
    assert condition.text == "If the talks fail"
    head, *lines = map(
        json.loads, (desk / "predictions/coverage/steel-and-rain.jsonl").read_text().splitlines()
    )
    assert (head["coverage"], head["min_score"]) == ("offered", 2)
    assert {line["reason"] for line in lines} == {"deleted", "no forecast of weight"}
    assert all(set(line) == {"start", "end", "sha256", "reason"} for line in lines)
    assert run("check").exit_code == 0


def test_a_second_reading_shows_only_what_is_new(desk: Path) -> None:
    accept(
        load(desk / "predictions"), read_records(completed(offered("--yaml"))), today=TODAY, by="Me"
    ).carry_out()
    assert "Nothing new was found" in offered()
    assert len(json.loads(offered("--json"))) == 4
    more = TEXT + "\nA second plant will open by 2028.\n"
    (desk / "steel.txt").write_text(more, encoding="utf-8")
    page = offered()
    assert "A second plant will open by 2028" in page
    assert "1 find." in page


def test_a_file_that_is_accepted_twice_makes_nothing_twice(desk: Path) -> None:
    (desk / "finds.yaml").write_text(completed(offered("--yaml")), encoding="utf-8")
    assert run("accept", "finds.yaml").exit_code == 0
    named = (desk / "finds.yaml").read_text().replace("article:\n", "article:\n  id: steel-and-rain\n", 1)
    (desk / "finds.yaml").write_text(named, encoding="utf-8")
    before = {path: path.read_bytes() for path in (desk / "predictions").rglob("*.*") if path.is_file()}
    again = run("accept", "finds.yaml")
    assert (again.exit_code, "is logged already, as '" in again.stderr) == (1, True), again.stderr
    assert all(path.read_bytes() == text for path, text in before.items())


def test_a_key_that_no_record_has_is_named(desk: Path) -> None:
    text = completed(offered("--yaml")).replace("    criteria:", "    colour: red\n    criteria:", 1)
    with pytest.raises(BadValue, match="no key 'colour'"):
        accept(load(desk / "predictions"), read_records(text), today=TODAY)


@pytest.mark.parametrize(
    "text", ["", "[]", "article: 3", "article:\n  title: a\npredictions: 4", "\0", "offered: x"]
)
def test_what_is_no_skeleton_is_refused_in_a_sentence(desk: Path, text: str) -> None:
    from forecastlog.errors import ForecastlogError

    with pytest.raises(ForecastlogError):
        accept(load(desk / "predictions"), read_records(text), today=TODAY)


def test_the_editor_opens_the_skeleton_and_its_records_are_written(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = desk / "editor.sh"
    (desk / "done.yaml").write_text(completed(offered("--yaml")), encoding="utf-8")
    editor.write_text('#!/bin/sh\ncp done.yaml "$1"\ntouch -d "+5 seconds" "$1"\n', encoding="utf-8")
    editor.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(editor))
    monkeypatch.setenv("VISUAL", str(editor))
    done = run("suggest", "steel.txt", "--published", "2026-01-05", "--edit", "--by", "Me")
    assert done.exit_code == 0, done.output
    assert len(list(load(desk / "predictions").ledger.predictions)) == 2


def test_a_folder_is_counted_the_newest_first(desk: Path) -> None:
    (desk / "texts").mkdir()
    for day in ("2026-01-05", "2026-03-01"):
        (desk / "texts" / f"{day}-steel.txt").write_text(TEXT, encoding="utf-8")
    page = run("suggest", "--each", "texts").stdout
    assert page.index("2026-03-01") < page.index("2026-01-05")


def test_without_a_day_it_says_so(desk: Path) -> None:
    done = run("suggest", "steel.txt")
    assert "no deadline is read" in done.stderr


def test_a_file_that_is_no_text(desk: Path) -> None:
    (desk / "a.bin").write_bytes(b"a\0b")
    done = run("suggest", "a.bin")
    assert done.exit_code != 0
    assert "is no text" in done.output


CAPTIONS = """WEBVTT

00:00:01.000 --> 00:00:06.000
<v Ann Holt>Prices are unlikely to fall by June.

00:12:31.000 --> 00:12:38.000
<v Ivo Brandt>We will see a shortage by March 2027. If the dam is opened, the farms could recover.
"""


def typed(keys: str, *arguments: str) -> str:
    """What a terminal shows when a person types these lines at a command."""
    mine, theirs = pty.openpty()
    command = [sys.executable, "-m", "forecastlog", *arguments]
    os.write(mine, keys.encode())
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        shown = b""
        with suppress(OSError):  # the terminal's other end is closed
            while part := os.read(mine, 4096):
                shown += part
        os.close(mine)
    assert process.returncode == 0, shown
    return shown.decode()


def test_stepping_through_the_finds_of_a_recording(desk: Path) -> None:
    (desk / "talk.vtt").write_text(CAPTIONS, encoding="utf-8")
    ask = ("suggest", "talk.vtt", "--published", "2026-01-05", "--title", "Talk", "--step")
    url = ("--url", "https://radio.example/talk")
    shown = typed("a\nPrices fall.\nThe office says so.\ns\nno figure\nb\nq\n", *ask, *url, "--by", "Me")
    assert ">>Prices are unlikely to fall by June<<" in shown
    assert "\\x1b" not in shown
    assert "1 accepted, 1 skipped, 1 left to judge." in shown
    loaded = load(desk / "predictions")
    [first] = loaded.ledger.predictions
    [article] = loaded.ledger.articles
    assert (first.at, first.speaker, article.coverage) == ("00:00:01", "ann-holt", "offered")
    assert loaded.ledger.forecaster("ann-holt")
    assert "https://radio.example/talk#t=00:00:01" in run("show", first.id).stdout
    again = typed("a\nFarms recover.\nThe office says so.\n\n", *ask, *url, "--by", "Me")
    assert "the farms could recover" in again
    assert "Prices" not in again.replace("Prices are unlikely to fall by June.", "")
    assert len(list(load(desk / "predictions").ledger.predictions)) == 2
    assert run("check").exit_code == 0


NUMBERS = """\
The mint and the tunnel

The bank expects growth of 3 to 4 percent in 2027, as published by the statistics office.
The tunnel opens in May 2026.

Unemployment will fall below 4 percent by June. Wages are unlikely to rise by 5 percent in 2026.
The bridge will open by June.
"""


def test_numbers_and_days_are_logged_as_such(desk: Path) -> None:
    (desk / "steel.txt").write_text(NUMBERS, encoding="utf-8")
    text = offered("--yaml")
    assert "a day after the deadline counts as never" in text
    text = re.sub(r"    claim:\n", "    claim: What is told comes to pass.\n", text)
    (desk / "finds.yaml").write_text(re.sub(r"    criteria:\n", "    criteria: As told.\n", text), "utf-8")
    done = run("accept", "finds.yaml")
    assert done.exit_code == 0, done.output
    growth, tunnel, jobs, wages, bridge = load(desk / "predictions").ledger.predictions
    assert (growth.kind, tunnel.kind) == ("numeric", "date")
    assert {one.kind for one in (jobs, wages, bridge)} == {"binary"}  # a bound, a doubt, and a last day
    assert (growth.settled_by, quantity_of(growth).unit) == ("the statistics office", "%")
    assert growth.criteria == "The figure in %, as known on 2027-12-31."
    [said], [opens] = growth.forecasts, tunnel.forecasts
    assert (said.words, opens.words) == ("3 to 4 percent", "in May 2026")
    assert isinstance(said.says, Expected)
    assert isinstance(opens.says, Expected)
    assert said.says.interval == Interval(low=Number(3), high=Number(4))
    assert opens.says.interval == Interval(low=date(2026, 5, 1), high=date(2026, 5, 31))
