"""The commands that write: what they write, what they refuse, and that --dry-run only shows it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from forecastlog.ledger import load
from forecastlog.model.records import Prediction

from .conftest import Run
from .terminal import CTRL_C, typed

NOW = ("--today", "2026-12-31")
ADD = (
    "add",
    "talks-2025",
    "--claim",
    "The embassy reopens.",
    "--quote",
    "the embassy will likely reopen",
    "--words",
    "likely",
    "--deadline",
    "in June 2025",
    "--criteria",
    "Yes when it receives visitors.",
    "--settled-by",
    "the ministry",
    "--by",
    "Kim",
)


@pytest.fixture
def talks(project: Path) -> Path:
    return project / "predictions" / "talks.yaml"


def record(run: Run, record_id: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(run("show", record_id, "--json", *NOW).stdout)
    return found


def test_init_makes_a_ledger_without_a_fault(run: Run, project: Path) -> None:
    result = run("init", "new", *NOW)
    assert result.exit_code == 0
    new = project / "new"
    assert {path.name for path in (new / "predictions").iterdir()} == {
        "forecastlog.toml",
        "people.yaml",
        "example.yaml",
        ".gitattributes",
        ".gitignore",
        "article.schema.json",
        ".lock",
    }
    checked = run("check", "--strict", "--ledger", str(new), *NOW)
    assert (checked.exit_code, checked.stdout) == (0, "1 article, 1 prediction, 1 condition: no problems.\n")
    assert (new / "predictions/.gitattributes").read_text().splitlines()[1:] == [
        "*.yaml merge=forecastlog",
        "imports/**/*.jsonl merge=union",
    ]
    assert (
        (new / "predictions/example.yaml")
        .read_text()
        .startswith("# yaml-language-server: $schema=article.schema.json")
    )
    assert "title" in json.loads((new / "datasette_metadata.json").read_text())


def test_init_overwrites_nothing(run: Run, project: Path) -> None:
    before = {path: path.read_bytes() for path in (project / "predictions").iterdir()}
    (project / "datasette_metadata.json").write_text("{}")
    run("init")
    assert {path: path.read_bytes() for path in before} == before
    assert not (project / "predictions" / "example.yaml").exists()
    assert (project / "datasette_metadata.json").read_text() == "{}"
    assert run("init", "predictions").exit_code == 1


@pytest.mark.parametrize(
    "args",
    [
        ADD,
        ("add", "--article", "--title", "A second one", "--published", "2025-04-01"),
        ("add", "talks-2025", "--condition", "A ship lands.", "--condition-by", "2026-01-01"),
        ("forecast", "aid-p", "40%", "--speaker", "Kim", "--made", "2025-04-01"),
        ("resolve", "aid-p", "no", "--searched", "the ministry's list", "--by", "Kim"),
        ("amend", "aid-p", "--claim", "A new package is announced.", "--why", "reading", "--by", "Kim"),
    ],
)
def test_a_dry_run_shows_the_change_and_makes_none(run: Run, project: Path, args: Sequence[str]) -> None:
    def ledger() -> dict[Path, bytes]:
        return {
            path: path.read_bytes() for path in (project / "predictions").rglob("*.*") if path.name != ".lock"
        }

    before = ledger()
    result = run(*args, "--dry-run", *NOW)
    assert result.exit_code == 0, result.stderr
    assert "+++ predictions/" in result.stdout
    assert ledger() == before
    result = run(*args, *NOW)
    assert result.exit_code == 0, result.stderr
    assert result.stdout == ""
    assert ledger() != before
    assert run("check", *NOW).exit_code == 0


def test_add_says_how_it_reads_words(run: Run) -> None:
    result = run(*ADD, *NOW)
    assert "'in June 2025' read as: between 1 and 30 June 2025, convention fl-2" in result.stderr
    assert "'likely' read as: 75 % (55 % to 80 %)" in result.stderr
    assert result.stderr.endswith("predictions/talks.yaml: the-embassy-reopens.\n")
    assert "'Kim' is new and entered in people.yaml as a desk" in result.stderr
    found = record(run, "the-embassy-reopens")
    assert (found["earliest"], found["latest"], found["probability"]) == ("2025-06-01", "2025-06-30", 0.75)
    assert (found["logged"], found["logged_by"]) == ("2026-12-31", "Kim")


def test_add_with_somebody_to_compare_with(run: Run) -> None:
    run(
        *ADD,
        "--own",
        "60%",
        "--market",
        "0.7",
        "--market-name",
        "Fair Market",
        "--market-url",
        "https://m.example/1",
        "--today",
        "2025-03-20",
    )
    forecasts = record(run, "the-embassy-reopens")["forecasts"]
    assert isinstance(forecasts, list)
    assert [(entry["by"], entry["probability"], entry["made"]) for entry in forecasts] == [
        ("ada-smith", 0.75, "2025-03-19"),
        ("kim", 0.6, "2025-03-20"),
        ("fair-market", 0.7, "2025-03-19"),
    ]
    kinds = {person["name"]: person.get("kind") for person in _people()}
    assert (kinds["Kim"], kinds["Fair Market"]) == ("desk", "market")


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (("add",), 2, "which article?"),
        (("add", "talks-2025"), 2, "Missing: quote, claim, words (or probability), criteria"),
        (("add", "aid-ends"), 1, "is no article"),
        (("add", "--article", "--claim", "x"), 2, "--claim is no option for an article"),
        (("add", "talks-2025", "--title", "x"), 2, "--title is no option for a prediction"),
        ((*ADD, "--own", "170%"), 2, "probability"),
        ((*ADD, "--market", "70%"), 2, "needs --market, --market-name and --market-url together"),
        ((*ADD, "--id", "aid-ends"), 1, "is taken"),
        (("forecast", "aid-p"), 2, "how likely?"),
        (("forecast", "aid-p", "often", "--speaker", "Kim"), 2, "probability"),
        (("resolve", "aid-p", "maybe", "--by", "Kim"), 2, "maybe"),
        (("resolve", "aid-p", "yes", "--by", "Kim"), 2, "--known"),
        (("resolve", "talks-2025", "yes", "--by", "Kim"), 1, "is an article"),
        (("amend", "aid-p", "--why", "typo", "--by", "Kim"), 2, "nothing to change"),
        (("amend", "aid-p", "--set", "claim", "--why", "typo", "--by", "Kim"), 2, "has no '='"),
        (("amend", "aid-p", "--set", "id=x", "--why", "typo", "--by", "Kim"), 2, "'id' cannot be amended"),
        (("fill", "nowhere.yaml"), 2, "does not exist"),
    ],
)
def test_what_cannot_be_written_changes_nothing(
    run: Run, talks: Path, args: Sequence[str], code: int, words: str
) -> None:
    before = talks.read_bytes()
    result = run(*args, *NOW)
    assert (result.exit_code, result.stdout) == (code, ""), result.stderr
    assert words in result.stderr
    assert talks.read_bytes() == before


def test_nobody_has_to_be_known_to_git(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    result = run("resolve", "aid-p", "no", "--searched", "the list", *NOW)
    assert (result.exit_code, "who records this?" in result.stderr) == (2, True)
    monkeypatch.setenv("FORECASTLOG_BY", "Robin")
    assert run("resolve", "aid-p", "no", "--searched", "the list", *NOW).exit_code == 0
    assert record(run, "aid-p")["outcome"] == "no"


def test_several_at_once(run: Run) -> None:
    result = run(
        "resolve",
        "talks-b",
        "talks-end",
        "met",
        "--known",
        "2025-08-01",
        "--evidence",
        "https://n.example/1",
        "--by",
        "Robin",
        *NOW,
    )
    assert result.exit_code == 0, result.stderr
    assert record(run, "talks-begin")["outcome"] == "met"
    assert record(run, "talks-end")["status"] == "contested"


@pytest.mark.slow
def test_a_locked_ledger_is_a_conflict(run: Run, project: Path, talks: Path) -> None:
    import fcntl

    before = talks.read_bytes()
    with (project / "predictions" / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        result = run("forecast", "aid-p", "40%", "--speaker", "Kim", *NOW)
    assert result.exit_code == 4
    assert "another command has been writing" in result.stderr
    assert talks.read_bytes() == before


def test_fill_completes_what_a_person_types(run: Run, project: Path) -> None:
    path = project / "predictions" / "second.yaml"
    path.write_text(
        "article:\n  id: second\n  title: A second one\n  published: 2025-04-01\n  authors: [ada-smith]\n"
        "predictions:\n  - claim: It rains.\n    quote: rain is likely\n    criteria: Yes when it rains.\n"
        "    deadline: {words: by mid-2026}\n    forecasts:\n      - {words: likely}\n"
    )
    result = run("fill", str(path), *NOW)
    assert result.exit_code == 0, result.stderr
    assert "read as: 75 %" in result.stderr
    assert run("check", *NOW).exit_code == 0
    assert record(run, "it-rains")["latest"] == "2026-08-31"
    assert run("fill", str(path), *NOW).stderr == "Nothing to write.\n"


BATCH = """\
conditions:
  - {id: dam-opens, text: The dam is opened., by: 2026-12-31}
predictions:
  - claim: It rains.
    quote: rain is likely
    speaker: Bo Lund
    given: dam-opens
    question: Does it rain?
    deadline: {words: by mid-2026}
    forecasts:
      - {words: likely, note: said twice}
      - {by: crowd, probability: 35%, url: "https://market.example/r"}
    criteria: Yes when it rains.
    tags: [a, b]
    status_quo: no
  - claim: It snows.
    quote: snow may fall
    deadline: {earliest: 2025-12-01, strict: 2026-02-28, latest: 2026-02-28, basis: analyst, why: the winter}
    forecasts: [{words: may}]
    criteria: Yes when it snows.
  - claim:
    deadline: {words: }
"""


def test_several_predictions_in_the_syntax_of_the_record(run: Run, project: Path, talks: Path) -> None:
    result = run("add", "talks-2025", "--batch", "-", "--event", "weather", *NOW, input=BATCH)
    assert result.exit_code == 0, result.stderr
    records = {one.id: one for one in load(project / "predictions").ledger.predictions}
    rain, snow = records["it-rains"], records["it-snows"]
    assert (rain.tags, rain.status_quo, rain.question) == (("a", "b"), "no", "Does it rain?")
    assert (rain.given, rain.speaker, rain.event, snow.event) == (
        "dam-opens",
        "bo-lund",
        "weather",
        "weather",
    )
    assert [(one.by, one.basis, one.note) for one in rain.forecasts] == [
        ("bo-lund", "worded", "said twice"),
        ("crowd", "stated", None),
    ]
    assert [(window.earliest, window.latest) for window in (rain.deadline, snow.deadline)] == [
        (date(2025, 3, 19), date(2026, 8, 31)),
        (date(2025, 12, 1), date(2026, 2, 28)),
    ]
    assert run("check", *NOW).exit_code == 0


def test_a_batch_may_bring_its_article(run: Run, project: Path) -> None:
    article = "article: {title: Weather, published: 1 May 2025, authors: [ada-smith]}\n"
    result = run("add", "--batch", "-", *NOW, input=article + BATCH)
    assert result.exit_code == 0, result.stderr
    assert (project / "predictions" / "2025-05-01-weather.yaml").exists()


def test_a_series_has_shared_criteria_and_an_event_each(run: Run, project: Path) -> None:
    told = (
        "--quote",
        "cuts in June and July",
        "--words",
        "will",
        "--criteria",
        "Yes if the rate is lowered {when}.",
    )
    result = run(
        "add",
        "talks-2025",
        "--series",
        "in June and July",
        "--claim",
        "The bank cuts.",
        *told,
        "--event",
        "cuts",
        "--holds",
        "within",
        *NOW,
    )
    assert result.exit_code == 0, result.stderr
    found = [one for one in load(project / "predictions").ledger.predictions if one.id.startswith("the-bank")]
    assert [
        (one.claim, one.criteria, one.event, one.deadline.words, one.deadline.latest) for one in found
    ] == [
        (
            "The bank cuts in June 2025.",
            "Yes if the rate is lowered in June 2025.",
            "cuts-june-2025",
            "in June 2025",
            date(2025, 6, 30),
        ),
        (
            "The bank cuts in July 2025.",
            "Yes if the rate is lowered in July 2025.",
            "cuts-july-2025",
            "in July 2025",
            date(2025, 7, 31),
        ),
    ]
    result = run(
        "add",
        "talks-2025",
        "--series",
        "every quarter",
        "--claim",
        "Prices stay low {when}.",
        *told,
        "--holds",
        "throughout",
        *NOW,
    )
    assert result.exit_code == 0, result.stderr
    windows = [
        one.deadline for one in load(project / "predictions").ledger.predictions if "Prices" in one.claim
    ]
    first = windows[0]
    assert (first.earliest, first.latest, first.holds) == (date(2025, 4, 1), date(2025, 6, 30), "throughout")
    assert (first.basis, first.why) == ("analyst", "'every quarter': a record for each time")
    assert len(windows) == 4
    assert run("check", *NOW).exit_code == 0
    for more, words in (
        (("--deadline", "by June"), "leave --deadline out"),
        (("--series", "soon"), "several times"),
        (("--claim", "It cuts {when."), "has a '{'"),
    ):
        refused = run(
            "add", "talks-2025", "--series", "in June and July", "--claim", "It cuts.", *told, *more, *NOW
        )
        assert (refused.exit_code, words in refused.stderr) == (2, True), refused.stderr


@pytest.mark.parametrize(
    ("batch", "words"),
    [
        ("- a\n", "the file holds no article"),
        ("predictions: {claim: b}\n", "'predictions' is a list of entries"),
        ("predictions:\n  - claim: a: b\n", "line 2: "),
        ("predictions:\n  - claim: a\n    claim: b\n", "has 'claim' twice"),
        ("predictions:\n  - calim: x\n    criteria: y\n", "Did you mean 'claim'?"),
        ("predictions:\n  - claim: x\n    criteria: y\n    tag: z\n", "Did you mean 'tags'?"),
        ("predictions:\n  - claim:\n", "no prediction is filled in"),
        ("predictions:\n  - {claim: x, criteria: y, quote: q, forecasts: {words: likely}}\n", "takes a list"),
        (
            "predictions:\n  - {claim: x, criteria: y, quote: q, forecasts: [{sure: yes}]}\n",
            "unknown key 'sure'",
        ),
        ("predictions:\n  - {claim: x, criteria: y, quote: q, forecasts: [{by: crowd}]}\n", "needs words"),
        (
            (
                "predictions:\n"
                "  - {claim: x, criteria: y, quote: q, deadline: soon, forecasts: [{words: likely}]}\n"
            ),
            "has keys of its own",
        ),
        ("article: {id: other}\npredictions:\n  - {claim: x}\n", "'talks-2025' was named"),
    ],
)
def test_what_is_no_batch_writes_nothing(run: Run, talks: Path, batch: str, words: str) -> None:
    before = talks.read_bytes()
    result = run("add", "talks-2025", "--batch", "-", *NOW, input=batch)
    assert result.exit_code in (1, 2)
    assert words in result.stderr
    assert talks.read_bytes() == before


def editor(project: Path, monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    """An editor that appends these lines to what it is given."""
    script = project / "editor.py"
    script.write_text(
        f"import sys\nwith open(sys.argv[1], 'a') as file: file.write({chr(10).join(lines) + chr(10)!r})\n"
    )
    monkeypatch.setenv("EDITOR", f"{sys.executable} {script}")
    monkeypatch.setenv("VISUAL", f"{sys.executable} {script}")
    monkeypatch.setenv("TMPDIR", str(project))
    monkeypatch.setattr("tempfile.tempdir", None)


def test_a_form_in_an_editor(run: Run, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    editor(project, monkeypatch, "# mine", "    via: somebody")
    result = run("add", "talks-2025", "--edit", *ADD[2:], *NOW)
    assert result.exit_code == 0, result.stderr
    found = record(run, "the-embassy-reopens")
    assert (found["via"], found["quote"]) == ("somebody", "the embassy will likely reopen")
    assert not list(project.glob("forecastlog-*"))


def test_an_editor_that_saves_nothing(run: Run, monkeypatch: pytest.MonkeyPatch, talks: Path) -> None:
    before = talks.read_bytes()
    monkeypatch.setenv("VISUAL", "true")
    result = run("add", "talks-2025", "--edit", *NOW)
    assert (result.exit_code, result.stderr) == (
        1,
        "Error: nothing was saved in the editor, so nothing was written.\n",
    )
    assert talks.read_bytes() == before


def test_a_form_that_is_wrong_is_kept(
    run: Run, project: Path, monkeypatch: pytest.MonkeyPatch, talks: Path
) -> None:
    before = talks.read_bytes()
    editor(project, monkeypatch, "# mine", "    via: somebody")
    result = run("add", "talks-2025", "--edit", "--claim", "It rains.", *NOW)
    assert result.exit_code == 2
    assert "has no criteria" in result.stderr
    (kept,) = project.glob("forecastlog-*.yaml")
    assert f"kept in {kept}" in result.stderr
    assert '"It rains."' in kept.read_text()
    assert "via: somebody" in kept.read_text()
    assert talks.read_bytes() == before


def test_questions_on_a_terminal(project: Path) -> None:
    answers = [
        ("Quote", "the embassy will likely reopen"),
        ("Claim", "The embassy reopens."),
        ("the authors, Ada Smith", ""),
        ("How likely", "b"),
        ("Who says it", "A. Smyth"),
        ("Is 'A. Smith' meant?", "n"),
        ("'A. Smyth' is new", "coll"),
        ("own words?", "?"),
        ("own words?", "reported"),
        ("How likely", ""),
        ("How likely", "likely"),
        ("By when", "in June 2025"),
        ("Criteria", "Yes when it receives visitors."),
        ("Which source", "the ministry"),
        ("nothing changes", "no"),
        ("depend", "The talks go on."),
        ("Event", "embassies"),
        ("Tags", "aid, embassy"),
        ("Id (Enter: the-embassy-reopens)", "embassy"),
        ("Your own", "60%"),
        ("market", ""),
        ("Write it?", "y"),
        ("Quote", "it may also send an envoy"),
        ("Claim", "An envoy is sent."),
        ("Who says it? (Enter: A. Smyth", ""),
        ("(Enter: reported", ""),
        ("How likely", "may"),
        ("Enter: in June 2025", "-"),
        ("Criteria", "Yes when one comes."),
        ("Enter: the ministry", ""),
        ("Enter: no", ""),
        ("Enter: the-talks-go-on", "-"),
        ("Enter: embassies", ""),
        ("Enter: aid, embassy", ""),
        ("Id (Enter: an-envoy-is-sent)", ""),
        ("Your own", ""),
        ("market", ""),
        ("Write it?", ""),
        ("Enter: that was the last one", ""),
    ]
    code, text = typed(["add", "talks-2025", "--by", "Kim", "--today", "2025-03-20"], answers)
    assert code == 0, text
    assert "'in June 2025' read as: between 1 and 30 June 2025, convention fl-2" in text
    assert "2 predictions logged." in text
    written = (project / "predictions" / "talks.yaml").read_text(encoding="utf-8")
    assert "  - id: embassy" in text  # what is to be written is shown before it is
    assert 'by: "kim"' in written
    ledger = load(project / "predictions").ledger
    first, second = ledger.get("embassy"), ledger.get("an-envoy-is-sent")
    assert isinstance(first, Prediction)
    assert isinstance(second, Prediction)
    assert (first.speaker, first.attribution, first.given, first.event, first.tags) == (
        "a-smyth",
        "reported",
        "the-talks-go-on",
        "embassies",
        ("aid", "embassy"),
    )
    assert (second.speaker, second.settled_by, second.given, second.tags) == (
        "a-smyth",
        "the ministry",
        None,
        ("aid", "embassy"),
    )
    assert second.deadline.basis == "default"
    assert (ledger.forecaster("a-smyth").name, ledger.forecaster("a-smyth").kind) == (
        "A. Smyth",
        "collective",
    )


def test_a_claim_that_is_asked_already_becomes_a_forecast_on_that_question(project: Path) -> None:
    answers = [
        ("Quote", "a new aid package will certainly come"),
        ("Claim", "Another new aid package is announced."),
        ("1 aid-package-2025", "1"),
        ("Who says it", "The Crowd"),
        ("own words?", ""),
        ("How likely", "certainly"),
    ]
    code, text = typed(
        ["add", "talks-2025", "--by", "Kim", "--today", "2025-03-22"],
        [*[pair for pair in answers if pair[0] != "own words?"], ("Write it?", ""), ("Quote", "")],
    )
    assert code == 0, text
    record = load(project / "predictions").ledger.get("aid-package-2025")
    assert isinstance(record, Prediction)
    assert (record.forecasts[-1].by, record.forecasts[-1].words) == ("crowd", "certainly")


def test_answers_that_are_refused_go_on_in_a_form(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = project / "editor.py"
    script.write_text(
        "import pathlib, sys\nfile = pathlib.Path(sys.argv[1])\n"
        "file.write_text(file.read_text().replace('January 2020', 'January 2026'))\n"
    )
    monkeypatch.setenv("VISUAL", f"{sys.executable} {script}")
    answers = [
        ("Quote", "the embassy will likely reopen"),
        ("Claim", "The embassy reopens."),
        ("Who", ""),
        ("How likely", "likely"),
        ("By when", "by January 2020"),
        ("Criteria", "Yes when it receives visitors."),
        ("Which source", ""),
        ("nothing changes", ""),
        ("depend", ""),
        ("Event", ""),
        ("Tags", ""),
        ("Id", ""),
        ("in a form?", "y"),
        ("Quote", ""),
    ]
    code, text = typed(["add", "talks-2025", "--by", "Kim", "--today", "2025-03-20"], answers)
    assert code == 0, text
    assert "had passed when the prediction was made" in text
    written = (project / "predictions" / "talks.yaml").read_text(encoding="utf-8")
    assert "by January 2026" in written
    assert "The embassy reopens." in written


def test_ctrl_c_at_a_question_writes_nothing(project: Path, talks: Path) -> None:
    before = talks.read_bytes()
    code, text = typed(["add", "talks-2025"], [("Quote", CTRL_C)])
    assert code == 130
    assert "Traceback" not in text
    assert talks.read_bytes() == before


def _people() -> list[dict[str, str]]:
    import yaml

    people: list[dict[str, str]] = yaml.safe_load(Path("predictions/people.yaml").read_text())["forecasters"]
    return people


def test_the_module_runs_as_a_program(project: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "forecastlog", "odds", "highly unlikely"], capture_output=True, check=True
    )
    assert done.stdout.startswith(b"5% (5% to 20%)")


def test_a_forecast_of_ones_own_needs_no_article(run: Run, project: Path) -> None:
    own = ("add", "--deadline", "by 30 June 2027", "--criteria", "Yes if it is reported.", "--by", "Kim Desk")
    for day, claim, figure in (("2026-11-28", "Rain falls.", "70%"), ("2026-11-29", "Snow falls.", "20%")):
        assert run(*own, "--own", figure, "--claim", claim, "--today", day).exit_code == 0
    ledger = load(project / "predictions").ledger
    article = ledger.article("own-kim-desk-2026")
    assert article is not None
    told = [
        (one.speaker, one.made.text, one.logged and one.logged.text, one.quote) for one in article.predictions
    ]
    assert told == [("kim-desk", day, day, None) for day in ("2026-11-28", "2026-11-29")]
    assert ledger.forecaster("kim-desk").kind == "desk"
    assert run("check", "--errors", "--today", "2026-11-29").exit_code == 0
    assert "Missing: claim" in run("add", "--own", "70%", "--by", "Kim Desk").stderr
    assert "--quote is no option for an own forecast" in run(*own, "--own", "1%", "--quote", "x").stderr


def test_the_options_of_add_stand_in_groups(run: Run) -> None:
    shown = run("add", "--help").stdout
    titles = [
        "The prediction:",
        "Its condition and links:",
        "A new article:",
        "Other forecasts beside it:",
        "Options:",
    ]
    assert [shown.index(title) for title in titles] == sorted(shown.index(title) for title in titles)
    article = shown.partition("A new article:")[2].partition("Other forecasts")[0]
    assert "--published" in article
    assert "--claim" not in article


def test_init_says_what_git_is_for_and_keeps_the_database_out(run: Run, project: Path) -> None:
    said = run("init", "fresh").stderr
    assert "git init" in said
    assert "forecastlog.db" in (project / "fresh" / ".gitignore").read_text()
    subprocess.run(["git", "init", "-q", str(project / "under")], check=True)
    assert "git init" not in run("init", "under").stderr


def test_the_example_is_built_only_when_asked_for(run: Run, project: Path) -> None:
    run("init", "fresh")
    ledger = ("--ledger", "fresh/predictions", "--today", "2025-06-02")
    built = run("build", *ledger, "--db", "a.db")
    assert "predictions 0" in built.stderr
    assert "The example is left out" in built.stderr
    assert "predictions 1" in run("build", *ledger, "--db", "b.db", "--example").stderr


def test_a_person_is_no_market_and_nothing_is_written(run: Run, project: Path) -> None:
    before = (project / "predictions" / "talks.yaml").read_text(encoding="utf-8")
    price = ("--market", "40%", "--market-name", "Ada Smith", "--market-url", "https://m.example/1")
    own = ("--claim", "It rains.", "--criteria", "Yes if the gauge has 1 mm.", "--quote", "rain is likely")
    result = run("add", "talks-2025", *own, "--words", "likely", "--by", "Robin", *price)
    assert result.exit_code == 2
    assert "'Ada Smith' is no market: people.yaml has a person of that name" in " ".join(
        result.stderr.split()
    )
    assert (project / "predictions" / "talks.yaml").read_text(encoding="utf-8") == before


def test_a_forecast_at_an_address_of_its_own_is_cited_from_there(run: Run) -> None:
    said = ("aid-ends", "--words", "likely", "--quote", "aid will likely end", "--made", "2025-05-02")
    assert run("forecast", *said, "--url", "https://www.radio.example/talk").exit_code == 0
    assert "radio.example, 2 May 2025." in " ".join(run("show", "aid-ends").stdout.split())
