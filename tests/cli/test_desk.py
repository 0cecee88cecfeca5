"""What eases an analyst's day: texts at hand, a site that opens, an example that leaves nothing behind."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from forecastlog.cli.serve import open_in_browser
from forecastlog.compose.alike import asked_in
from forecastlog.ledger import load
from forecastlog.model.records import Prediction

from .conftest import Run
from .terminal import typed

NOW = ("--today", "2025-04-01", "--by", "Kim")


def test_quotes_are_held_against_the_folder_that_the_settings_name(run: Run, project: Path) -> None:
    (project / "predictions" / "forecastlog.toml").write_text('texts = "../texts"\n')
    late = ("--today", "2026-12-31")
    assert run("check", *late).exit_code == 0  # this clone has no such folder
    (project / "texts").mkdir()
    (project / "texts" / "talks-2025.txt").write_text(
        "She says nothing of the kind. The embassy will likely reopen."
    )
    wrong = run("check", *late)
    assert wrong.exit_code == 1
    assert "highly unlikely that another package comes" in wrong.stdout
    code, text = typed(
        ["add", "talks-2025", "--ledger", str(project / "predictions"), *NOW],
        [("Quote", "the embassy will surely reopen"), ("does not stand in talks-2025.txt", "q")],
    )
    assert code == 130
    assert "Nothing was written." in text


@pytest.mark.parametrize(
    ("host", "base", "url"),
    [
        ("127.0.0.1", "/", "http://127.0.0.1:8001/"),
        ("0.0.0.0", "/forecasts/", "http://127.0.0.1:8001/forecasts/"),  # noqa: S104  # every address of the machine
        ("::1", "/", "http://[::1]:8001/"),
        ("::", "/", "http://[::1]:8001/"),
    ],
)
def test_the_site_is_opened_where_a_browser_finds_it(
    host: str, base: str, url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[str] = []

    def no_browser(address: str) -> int:
        asked.append(address)
        return 1

    monkeypatch.setattr(click, "launch", no_browser)
    open_in_browser(host, 8001, base)
    assert asked == [url]
    assert f"The site is at {url}" in capsys.readouterr().err


def test_the_example_leaves_nothing_behind(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "own").mkdir()
    monkeypatch.chdir(tmp_path / "own")
    assert run("init", *NOW[:2]).exit_code == 0
    assert "no problems" in run("check", *NOW[:2]).stdout
    assert "Example Author" in run("show", "example-ferry-returns", *NOW[:2]).stdout
    Path("predictions/example.yaml").unlink()
    assert load(Path("predictions")).ledger.forecasters == ()
    made = run(
        "add", "--article", "--title", "Rain", "--published", "1 April 2025", "--author", "Bo Lund", *NOW
    )
    assert made.exit_code == 0, made.stderr
    assert [one.id for one in load(Path("predictions")).ledger.forecasters] == ["bo-lund"]


def test_what_others_may_have_read_is_told_as_it_is(run: Run) -> None:
    refused = run("amend", "aid-ends", "--claim", "It ends.", *NOW)
    assert refused.exit_code == 2
    assert "no git tells whether anybody has seen 'aid-ends' yet, so add --why" in refused.stderr


def test_a_sentence_that_speaks_of_an_open_claim(run: Run, project: Path) -> None:
    from datetime import date

    ledger = load(project / "predictions").ledger
    said = "Nobody thinks that a new aid package will be announced this year, she said."
    assert [one.id for one in asked_in(ledger, said, date(2025, 4, 1))] == ["aid-package-2025"]
    assert asked_in(ledger, "The package tour was new.", date(2025, 4, 1)) == []
    (project / "news.txt").write_text(f"{said} It will rain.")
    shown = run("suggest", "news.txt", "--published", "2025-04-01", *NOW).stdout
    assert "asked already? aid-package-2025" in " ".join(shown.split())
    yaml = run("suggest", "news.txt", "--published", "2025-04-01", "--yaml", *NOW).stdout
    assert "asked already? aid-package-2025" in yaml


def test_a_find_is_logged_as_a_forecast_on_the_question_that_is_there(run: Run, project: Path) -> None:
    (project / "news.txt").write_text("It is unlikely that aid will be agreed in 2025, Bo Lund said.")
    code, text = typed(
        [
            "suggest",
            str(project / "news.txt"),
            "--published",
            "2025-04-01",
            "--title",
            "News",
            "--step",
            "--ledger",
            str(project / "predictions"),
            *NOW,
        ],
        [("e edit in", "a"), ("Claim", "A new aid package is announced."), ("on which of them?", "1")],
    )
    assert (code, "1 accepted" in text) == (0, True), text
    ledger = load(project / "predictions").ledger
    (first,) = [one for one in ledger.predictions if one.id == "aid-package-2025"]
    assert [(one.by, one.words, one.article) for one in first.forecasts][-1] == (
        "bo-lund",
        "unlikely",
        "news",
    )
    assert "A new aid package is announced." not in [
        one.claim for one in ledger.predictions if one.article == "news"
    ]


def test_an_open_end_is_asked_when_to_look_again_and_a_letter_is_enough(run: Run, project: Path) -> None:
    code, text = typed(
        ["add", "talks-2025", "--ledger", str(project / "predictions"), *NOW],
        [
            ("Quote", "ships will call from May"),
            ("Claim", "Ships call."),
            ("Who says it", "Bo Lund"),
            ("is new", ""),
            ("own words", "rep"),
            ("'will' where", "will"),
            ("By when", "before the harvest"),
            ("Type = for a last day", "from May"),
            ("look again", "1 june 2026"),
            ("Criteria", "Yes if one lands."),
            ("Which source", ""),
            ("nothing changes", "unclear"),
            ("depend", ""),
            ("Event", ""),
            ("Tags", ""),
            ("Id", ""),
            ("Your own", ""),
            ("market", ""),
            ("Write it", ""),
            ("that was the last one", "a new package"),
            ("Claim", "A new aid package is announced."),
            ("on which of them?", "1"),
            ("Who says it", ""),
            ("'will' where", "doubtful"),
            ("Write it", ""),
            ("that was the last one", ""),
        ],
    )
    assert code == 0, text
    assert "1 prediction and 1 forecast on what was asked already logged." in text
    found = load(project / "predictions").ledger.get("ships-call")
    assert isinstance(found, Prediction)
    assert (str(found.review), found.attribution, found.status_quo) == ("2026-06-01", "reported", "unclear")
