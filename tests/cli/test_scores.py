"""``score`` and ``calibration``: their other tables, what counts, the diagram and the plot."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from .conftest import Run

NOW = ("--today", "2026-12-31")
LINK = "https://news.example/2"


@pytest.fixture
def resolved(run: Run, project: Path) -> Run:
    """The aid package did not come; the reported speech of a minister came true; the truce is void."""
    talks = project / "predictions" / "talks.yaml"
    talks.write_text(
        talks.read_text(encoding="utf-8")
        + """\
  - id: minister-resigns
    claim: The minister resigns.
    attribution: reported
    speaker: crowd
    main: yes
    logged: 2025-03-20
    deadline: {earliest: 2025-03-19, strict: 2026-03-19, latest: 2026-03-19, basis: default,
      rule: twelve-months, convention: fl-1}
    criteria: Yes when the ministry says so.
    settled_by: the ministry
    forecasts:
      - {words: "likely", probability: 0.75, low: 0.55, high: 0.80, scale: fl-1, basis: worded}
""",
        encoding="utf-8",
    )
    for args in (
        ("aid-p", "no", "--searched", "the list"),
        ("minister", "yes", "--happened", "2025-08-01", "--known", "2025-08-01", "--evidence", LINK),
    ):
        result = run("resolve", *args, "--by", "Kim", *NOW)
        assert result.exit_code == 0, result.stderr
    return run


def rows(run: Run, *args: str) -> list[dict[str, object]]:
    result = run(*args, "--json", *NOW)
    assert result.exit_code == 0, result.stderr
    found: list[dict[str, object]] = json.loads(result.stdout)
    return found


def test_what_is_left_out_can_be_counted_on_request(resolved: Run) -> None:
    def counted(*args: str) -> int:
        return sum(int(str(row["n"])) for row in rows(resolved, "score", *args))

    assert (counted(), counted("--include", "attribution")) == (2, 3)
    assert (counted("--main"), counted("--main", "--include", "attribution")) == (0, 1)
    assert (counted("--exclude", "headline"), counted("--exclude", "in advance")) == (0, 0)
    told = resolved("score", "--include", "attribution", "--main", *NOW).stderr
    assert told.splitlines()[-1] == "Counted on request: attribution; main claims only."


def test_an_early_outcome_counts_as_known_or_once_its_deadline_has_passed(run: Run) -> None:
    run("resolve", "aid-p", "yes", "--known", "2025-05-01", "--evidence", LINK, "--by", "Kim")
    assert not any(row["n"] for row in json.loads(run("score", "--json").stdout))
    for early in ("--as-known", "--include=waiting"):
        assert sum(row["n"] for row in json.loads(run("score", early, "--json").stdout)) == 2
    assert not any(row["n"] for row in json.loads(run("score", "--settled", "--json").stdout))


def test_a_conclusion_stands_below(resolved: Run) -> None:
    told = " ".join(resolved("score", *NOW).stderr.split())
    assert (
        "2 forecasts scored, on 1 event from 1 article, 2 of them logged in advance: too few to rank anybody"
        in told
    )
    assert resolved("score", "--csv", *NOW).stderr == ""


def test_the_words_own_record(resolved: Run) -> None:
    found = {row["words"]: row for row in rows(resolved, "score", "--words")}
    assert (found["highly unlikely"]["said"], found["highly unlikely"]["happened"]) == (1, 0)
    assert "1 use decided." in " ".join(resolved("score", "--words", *NOW).stderr.split())


def test_the_horizons(resolved: Run) -> None:
    found = {row["prediction"]: row for row in rows(resolved, "score", "--horizons")}
    minister = found["minister-resigns"]
    assert [minister[f"months_{months}"] for months in (3, 6, 12, 24)] == ["no", "yes", "yes", "yes"]
    assert (minister["turns"], found["aid-package-2025"]["turns"]) == (True, False)
    assert found["aid-package-2025"]["months_24"] == "unknown"
    told = " ".join(resolved("score", "--horizons", *NOW).stderr.split())
    assert told == (
        "2 predictions with a yes or no. 1 of the verdicts turn on how long one waits, "
        "and in 1 of those the deadline is ours, not the text's."
    )


def test_the_scales(resolved: Run) -> None:
    found = [
        row
        for row in rows(resolved, "score", "--scales", "--group-by", "forecaster")
        if row["group"] == "ada-smith"
    ]
    assert {row["scale"] for row in found} >= {"stored", "fl-1"}
    assert all(row["holds"] in (True, False) for row in found)
    assert "of the groups is" in resolved("score", "--scales", "--group-by", "forecaster", *NOW).stderr


def test_what_is_left_out_by_publisher(resolved: Run) -> None:
    found = {row["reason"]: row for row in rows(resolved, "score", "--left-out", "--group-by", "publisher")}
    assert found["void"]["detail"] == "condition-unmet"
    assert [(row["group"], row["n"], row["of"]) for row in found.values()] == [("Example Review", 1, 5)] * 3
    assert "1 of 5 forecasts (20 %) are too vague to score" in resolved("score", "--left-out", *NOW).stderr


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("score", "--words", "--scales"), "--words and --scales are two tables"),
        (("score", "--words", "--group-by", "tag"), "--words is one table for all"),
        (("score", "--include", "void"), "'void' is not one of"),
        (("calibration", "--plot", "x.png"), "is no SVG file"),
        (("calibration", "--group", "nobody"), "nothing of a group 'nobody' is scored"),
        (("calibration", "--group-by", "forecaster", "--plot", "x.svg"), "a plot shows one group"),
        (("calibration", "--bins", "0"), "0 is not in the range"),
    ],
)
def test_what_cannot_be_asked(resolved: Run, args: tuple[str, ...], told: str) -> None:
    result = resolved(*args, *NOW)
    assert (result.exit_code, result.stdout, told in result.stderr) == (2, "", True), result.stderr


def test_the_diagram_fits_80_columns_of_plain_characters(resolved: Run) -> None:
    result = resolved("calibration", *NOW)
    assert result.stdout.isascii()
    lines = result.stdout.splitlines()
    assert max(map(len, lines)) <= 80
    assert lines[0] == "in advance, headline: 2 forecasts"
    # 0.05 lies in the first bin and 0.12 in the second; neither came true.
    assert lines[3].startswith("0-10%        1   5.0%    0.0%  o-x---")
    assert lines[4].startswith("10-20%       1  12.0%    0.0%  o-----x")
    assert lines[5].startswith("20-30%       0  ")
    assert result.stderr.startswith("x mean probability given, o share that came true")


def test_few_events_have_no_curve(resolved: Run) -> None:
    (row,) = rows(resolved, "calibration", "--corp")
    assert (row["n"], row["events"], row["miscalibration"], row["p"]) == (2, 1, None, None)
    assert "No curve: 1 event, and it takes 10." in resolved("calibration", "--corp", *NOW).stdout


def test_the_plot_is_the_sites_chart_in_a_file_of_its_own(resolved: Run, project: Path) -> None:
    result = resolved("calibration", "--group-by", "forecaster", "--group", "crowd", "--plot", "x.svg", *NOW)
    assert result.exit_code == 0, result.stderr
    assert "Wrote x.svg: crowd, in advance, headline: 1 forecast." in result.stderr
    drawn = (project / "x.svg").read_text(encoding="utf-8")
    assert ET.fromstring(drawn).tag == "{http://www.w3.org/2000/svg}svg"
    assert "n = 1 forecast on 1 event; logged in advance: 1" in drawn
