"""Options, numbers and days: read, checked, standing, scored. Expected figures are worked by hand."""

from __future__ import annotations

import math
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from forecastlog.checks import check
from forecastlog.kinds import Said, kind_of
from forecastlog.ledger import Loaded, load
from forecastlog.model.records import Prediction
from forecastlog.scorebook import joined, measure_rows, pairs, tables_of
from forecastlog.scorebook.counting import Pair
from forecastlog.scorebook.frames import scorebook
from forecastlog.standing.due import prediction_standing, status

DAY = date(2026, 1, 10)
HEAD = """\
article: {id: outlook, title: Outlook, published: 2025-03-19, authors: [ann], url: "https://x.example/a"}
predictions:
"""
PEOPLE = """\
forecasters:
  - {id: ann, name: Ann Lee}
  - {id: bob, name: Bob Day}
  - {id: eve, name: Eve, kind: desk}
"""
ONE = """\
  - id: %(id)s
    kind: %(kind)s
%(terms)s
    claim: What comes.
    deadline: {latest: 2025-08-31, basis: stated, words: by the end of August 2025}
    criteria: What the office says.
    settled_by: the office
    logged: 2025-03-20
    logged_by: eve
    forecasts:
%(forecasts)s
%(resolutions)s
"""
OUTCOME = (
    "      - {outcome: %s, known: 2025-09-02, recorded: 2025-09-%02d, by: %s, evidence: "
    '["https://x.example/b"]%s}'
)


def record(kind: str, *forecasts: str, came: str = "", name: str = "one", **terms: str) -> str:
    outcomes = [OUTCOME % (came, 3, "eve", "")] if came else []
    return ONE % {
        "id": name,
        "kind": kind,
        "terms": "\n".join(f"    {key}: {value}" for key, value in terms.items()),
        "forecasts": "\n".join(f"      - {{{one}}}" for one in forecasts),
        "resolutions": "\n".join(["    resolutions:", *outcomes]) if outcomes else "",
    }


def ledger(tmp_path: Path, *records: str) -> Loaded:
    (tmp_path / "outlook.yaml").write_text(HEAD + "".join(records), encoding="utf-8")
    (tmp_path / "people.yaml").write_text(PEOPLE, encoding="utf-8")
    loaded = load(tmp_path)
    assert not [one for one in check(loaded) if one.severity == "error"], check(loaded)
    return loaded


def counted(loaded: Loaded) -> list[Pair]:
    return list(pairs(loaded.ledger, DAY))


def scores(tmp_path: Path, text: str) -> dict[str, Any]:
    """What the one forecast of the one record scored, without what it has no score for."""
    loaded = ledger(tmp_path, text)
    found = counted(loaded)
    book = scorebook(found, loaded.ledger, rule="daily", kind=kind_of(found[0].prediction))
    (row,) = book.frames()[0].to_dict("records")
    assert row["reason"] is None
    names = [column.name for column in kind_of(found[0].prediction).score_columns]
    return {name: round(row[name], 6) for name in names if name in row and row[name] == row[name]}


def went(loaded: Loaded, name: str = "one") -> str | None:
    record = loaded.ledger.get(name)
    assert isinstance(record, Prediction)
    (forecast,) = record.forecasts
    assert forecast.says is not None
    outcome = prediction_standing(record, loaded.ledger, DAY).outcome or ""
    return kind_of(record).went(Said(record, forecast.says, outcome, forecast.made.day))


NORMAL = {"options": "[above, near, below]", "ordered": "yes", "status_quo": "near"}
SHARES = "probabilities: {above: 45%, near: 35%, below: 20%}"


def test_a_choice_is_scored_over_its_options_and_by_their_order(tmp_path: Path) -> None:
    found = scores(tmp_path, record("choice", SHARES, came="near", **NORMAL))
    assert found["given"] == 0.35
    assert found["brier_multi"] == round(0.45**2 + 0.65**2 + 0.2**2, 6)
    assert found["log_multi"] == round(-math.log(0.35), 6)
    assert found["spherical_multi"] == round(0.35 / math.sqrt(0.45**2 + 0.35**2 + 0.2**2), 6)
    assert found["ranked"] == round(0.45**2 + (0.8 - 1) ** 2, 6)
    assert found["reference_brier_multi"] == round(0.1**2 + 2 * 0.05**2, 6)  # near at 90 %, the others alike


def test_an_option_added_later_was_in_other(tmp_path: Path) -> None:
    options = "[above, {name: below, added: 2025-04-01}, other]"
    found = scores(
        tmp_path, record("choice", "probabilities: {above: 70%, other: 30%}", came="below", options=options)
    )
    assert found["given"] == 0.3
    assert found["brier_multi"] == round(0.7**2 + 0.7**2, 6)


def test_an_option_added_later_without_other_leaves_earlier_forecasts_out(tmp_path: Path) -> None:
    options = "[above, near, {name: below, added: 2025-04-01}]"
    loaded = ledger(
        tmp_path,
        record(
            "choice",
            "probabilities: {above: 70%, near: 30%}",
            "probabilities: {above: 20%, near: 30%, below: 50%}, made: 2025-04-10, logged: "
            "2025-04-10, by: bob, "
            'url: "https://x.example/c"',
            came="below",
            options=options,
        ),
    )
    assert {pair.forecaster: pair.reason for pair in counted(loaded)} == {"ann": "unlisted", "bob": None}


def test_none_of_them_is_void_without_other_and_other_with_it(tmp_path: Path) -> None:
    loaded = ledger(
        tmp_path,
        record("choice", SHARES, came="none of them", options="[above, near, below]"),
        record(
            "choice",
            "probabilities: {above: 60%, other: 40%}",
            came="none of them",
            name="two",
            options="[above, other]",
        ),
    )
    first, second = loaded.ledger.predictions
    assert prediction_standing(first, loaded.ledger, DAY)[:1] == ("void",)
    assert status(first, loaded.ledger, DAY) == "void"
    assert {pair.prediction.id: pair.reason for pair in counted(loaded)} == {"one": "void", "two": None}
    assert went(loaded, "two") == "it had been given 40\u00a0%, the second most of 2 options"
    assert second.terms is not None


SEATS = {"unit": "seats", "range": "{low: 0, high: 650}", "status_quo": "202"}


def test_a_point_with_an_interval(tmp_path: Path) -> None:
    found = scores(
        tmp_path,
        record(
            "numeric", "value: 285, interval: {low: 243, high: 331, level: 90%}", came="411 seats", **SEATS
        ),
    )
    assert found == {
        "expected": 285,
        "came": 411,
        "error": -126,
        "absolute_error": 126,
        "pinball": round((0.05 * (411 - 243) + 0.5 * 126 + 0.95 * (411 - 331)) / 3, 6),
        "crps": round(2 * (0.05 * (411 - 243) + 0.5 * 126 + 0.95 * (411 - 331)) / 3, 6),
        "interval_score": 88 + 20 * 80,
        "weighted_interval_score": round((126 / 2 + 0.05 * (88 + 20 * 80)) / 1.5, 6),
        "inside": 0,
        "level": 0.9,
        "width": 88,
        "reference_absolute_error": 209,
    }


def test_what_is_said_too_little_for_a_score_has_none(tmp_path: Path) -> None:
    bare = scores(tmp_path, record("numeric", "interval: {low: 200, high: 300}", came="250", unit="seats"))
    assert bare == {"came": 250, "inside": 1, "width": 100}
    least = scores(tmp_path, record("numeric", "interval: {low: 2m}", came="1.9m", unit="people"))
    assert least == {"came": 1_900_000, "inside": 0}
    point = scores(tmp_path, record("numeric", "value: 3 %", came="4.1 %", unit="percent"))
    assert point == {"expected": 3, "came": 4.1, "error": -1.1, "absolute_error": 1.1}


def test_a_normal_is_scored_as_one(tmp_path: Path) -> None:
    found = scores(tmp_path, record("numeric", "normal: {mean: 0, sd: 1}", came="0", unit="points"))
    assert found["crps"] == 0.233695  # sqrt(2 / pi) - 1 / sqrt(pi), Gneiting and others (2005)
    assert found["width"] == round(2 * 1.644853627, 6)
    assert "pinball" not in found


@pytest.mark.parametrize(
    ("came", "inside"),
    [
        ("331.4", 1.0),
        ("331.6", 0.0),
        ("between 320 and 331", 1.0),
        ("between 320 and 340", None),
        ("332", 0.0),
    ],
)
def test_the_digits_that_were_written_decide_what_is_inside(
    tmp_path: Path, came: str, inside: float | None
) -> None:
    found = scores(
        tmp_path, record("numeric", "interval: {low: 243, high: 331, level: 90%}", came=came, unit="seats")
    )
    assert found.get("inside") == inside
    if came == "331.6":
        assert found["interval_score"] == round(88 + 20 * 0.6, 6)  # errors are never rounded


def test_the_first_published_figure_decides_where_no_vintage_is_asked_for(tmp_path: Path) -> None:
    entries = "\n".join(
        [
            "    resolutions:",
            OUTCOME % ("2.9 %", 3, "eve", ""),
            OUTCOME % ("3.4 %", 4, "eve", ", vintage: final"),
            OUTCOME % ("2.90", 5, "ann", ", vintage: first"),
        ]
    )
    texts = [
        record("numeric", "value: 3.0", name=name, unit='"%"', **terms) + entries + "\n"
        for name, terms in (("first", {}), ("final", {"vintage": "final"}))
    ]
    loaded = ledger(tmp_path, *texts)
    stand = {one.id: prediction_standing(one, loaded.ledger, DAY) for one in loaded.ledger.predictions}
    assert {name: (one.outcome, one.contested) for name, one in stand.items()} == {
        "first": ("2.9 %", False),  # 2.9 % and 2.90 are one number
        "final": ("3.4 %", False),
    }
    assert went(loaded, "first") == "missed by 0.1 percentage points"


def test_how_a_number_went_is_told_beside_the_last_value(tmp_path: Path) -> None:
    loaded = ledger(
        tmp_path,
        record(
            "numeric",
            "value: 3.0, interval: {low: 2.5, high: 3.5, level: 80%}",
            came="4.2",
            unit="points",
            status_quo="4.6",
        ),
    )
    assert went(loaded) == (
        "missed by 1.2 points; the last known value would have missed by 0.4; outside its 80 % interval, "
        "1 points wide; 20 % of such intervals are meant to miss"
    )


def test_days_are_cut_off_at_the_deadline_and_give_a_chance(tmp_path: Path) -> None:
    quantiles = "quantiles: {10%: 2025-05-01, 50%: 2025-07-01, 80%: never}"
    found = scores(tmp_path, record("date", quantiles, came="2025-12-24", status_quo="never"))
    assert found["by_deadline"] == 0  # after the deadline is never
    assert found["absolute_error_days"] == 61  # from 1 July to 31 August
    assert found["reference_absolute_error_days"] == 0
    assert (found["chance_low"], found["chance_high"]) == (0.5, 0.8)
    assert (found["chance_best"], found["chance_worst"]) == (0.25, 0.64)
    exact = scores(tmp_path, record("date", "value: 2025-06-01, never: 15%", came="2025-06-11"))
    assert (exact["chance_low"], exact["chance_high"], exact["error_days"]) == (0.85, 0.85, -10)
    assert exact["chance_best"] == round(0.15**2, 6)


def test_figures_on_many_forecasts_hold_one_kind_and_one_quantity(tmp_path: Path) -> None:
    levels = ["{low: 0, high: 1, level: 90%}", "{low: 0, high: 5, level: 90%}"]
    texts = [
        record(
            "numeric",
            f"value: {value}, interval: {interval}",
            came=came,
            name=f"q{number}",
            unit="points",
            quantity="inflation",
            status_quo=last,
            usual_change="{value: 2, source: the office}",
        )
        for number, (value, interval, came, last) in enumerate(
            [("1", levels[0], "4", "2"), ("2", levels[1], "3", "5")]
        )
    ]
    loaded = ledger(tmp_path, *texts, record("choice", SHARES, came="near", name="season", **NORMAL))
    rows = {
        (row.kind, row.measure, row.of): row
        for row in measure_rows(
            joined([tables_of(counted(loaded), loaded.ledger)]), loaded.ledger, rule="daily"
        )
    }
    cover = rows["numeric", "coverage", "90% intervals"]
    assert (cover.value, cover.n, cover.due, cover.verdict) == (0.5, 2, 0.9, "as stated")
    assert rows["numeric", "error over the usual change", ""].value == (3 / 2 + 1 / 2) / 2
    ratio = rows["numeric", "error over that of the last value, geometric mean of quantities", ""]
    assert ratio.value == pytest.approx((3 + 1) / (2 + 2))
    assert ratio.n == 1
    assert rows["numeric", "bias", "inflation"].value == -2
    assert rows["numeric", "mean absolute error", "inflation"].value == 2
    assert rows["numeric", "skill against the last value", "inflation"].value == pytest.approx(0)
    assert rows["choice", "mean Brier score over the options, 0 to 2", ""].n == 1
    assert {row.kind for row in rows.values()} == {"numeric", "choice"}
