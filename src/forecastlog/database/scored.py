"""The rows of the tables that scores are published in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date

from forecastlog import __version__
from forecastlog.database.rows import Row, Value
from forecastlog.model import Ledger
from forecastlog.scorebook import (
    GROUPINGS,
    Pair,
    Scorebook,
    calibration_rows,
    pairs,
    score_rows,
    scorebook,
    word_rows,
)
from forecastlog.scorebook.counting import Rule

RULE: Rule = "daily"
GROUPED_BY = ("all", *GROUPINGS)


def score_tables(ledger: Ledger, day: date) -> tuple[dict[str, list[Row]], list[Pair]]:
    """The rows of scores, scoreboard, calibration and word_record, and the pairs behind them."""
    counted = list(pairs(ledger, day, rule=RULE))
    book = scorebook(counted, ledger, rule=RULE)
    scores = list(_scores(book))
    stamp: Row = {"engine": __version__, "inputs": _digest(scores)}
    boards = [
        {
            **asdict(row),
            "excluded": json.dumps(row.excluded),
            "convention": "brier one-sided, 0 to 1",
            **stamp,
        }
        for by in GROUPED_BY
        for row in score_rows(book, by=by)
    ]
    bins = [
        {**asdict(row), "rule": RULE, "convention": "bins closed on the right, 0 in the first", **stamp}
        for by in ("all", "forecaster", "publisher", "article", "basis")
        for row in calibration_rows(book, by=by)
    ]
    words = [{**asdict(row), "scale": row.scale or ""} for row in word_rows(counted)]
    return {"scores": scores, "scoreboard": boards, "calibration": bins, "word_record": words}, counted


def _scores(book: Scorebook) -> Iterator[Row]:
    for row in book.pairs.to_dict("records"):
        log = _number(row["log"])
        yield {
            "id": f"{row['prediction']}.{row['forecaster']}.{row['basis']}",
            "prediction_id": row["prediction"],
            "forecaster_id": row["forecaster"],
            "timing": row["timing"],
            "basis": row["basis"],
            "rule": book.rule,
            "reason": row["reason"],
            "probability": _number(row["probability"]),
            "outcome": _number(row["outcome"]),
            "brier": _number(row["brier"]),
            "best": _number(row["best"]),
            "worst": _number(row["worst"]),
            "log": None if log is None or log == float("inf") else log,
            "log_infinite": int(log == float("inf")),
            "reference_brier": _number(row["reference_brier"]),
            "same_day": int(row["same_day"]),
        }


def _number(value: object) -> float | None:
    """A float, or None for what pandas holds as missing."""
    return None if value is None or value != value else float(value)  # type: ignore[arg-type]  # noqa: PLR0124


def _digest(rows: list[Row]) -> str:
    def line(row: Row) -> str:
        values: list[Value] = list(row.values())
        return json.dumps(values)

    return hashlib.sha256("\n".join(map(line, rows)).encode()).hexdigest()[:16]
