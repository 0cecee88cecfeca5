"""PredictionBook's export: JSON with everybody's wagers, or a CSV without any."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from forecastlog.interchange.days import Days
from forecastlog.interchange.documents import objects, text
from forecastlog.interchange.found import Guess, Item, Outcome, Question, Report
from forecastlog.interchange.people import KEPT_PRIVATE, People
from forecastlog.interchange.rows import open_table

PUBLIC = ("", "0", "visible_to_everyone", "everyone")
_OUTCOMES = {"true": "yes", "false": "no"}


def items(
    path: Path, report: Report, people: People, *, private: bool = False
) -> Iterator[tuple[int | None, Item]]:
    """Everything in the file; withdrawn predictions are void, as the site counts no wager on them."""
    days = Days("iso")
    for row, found in enumerate(_predictions(path), 1):
        report.rows += 1
        if not private and text(found.get("visibility")) not in PUBLIC:
            report.skip(KEPT_PRIVATE, row)
            continue
        try:
            yield from ((row, item) for item in _prediction(found, report, people, days, row))
        except ValueError as fault:
            report.skip(str(fault), row)


def _predictions(path: Path) -> Iterator[Mapping[str, Any]]:
    if path.name.lower().removesuffix(".gz").endswith(".csv"):
        yield from (row for _, row in open_table(path).dicts())
    else:
        yield from objects(path, "predictions")


def _prediction(
    found: Mapping[str, Any], report: Report, people: People, days: Days, row: int
) -> Iterator[Item]:
    key, made = text(found.get("id")), days.read(text(found.get("created_at")))
    latest = days.read(text(found.get("deadline")))[:10] if found.get("deadline") else ""
    asked_by = people.name(text(found.get("creator_id")), text(found.get("creator_label")))
    keys = {"claim": text(found.get("description")), "speaker": asked_by, "made": made, "latest": latest}
    yield Question(key, keys)
    for said in found.get("responses") or ():
        if said.get("confidence") is None:
            report.skip("a comment without a probability", row)
            continue
        by = people.name(text(said.get("user_id")), text(said.get("user_label")))
        share = round(float(said["confidence"]) / 100, 12)
        yield Guess(key, {"by": by, "made": days.read(text(said.get("created_at"))), "probability": share})
    if "responses" not in found:
        report.skip("no wagers: the CSV has none, the JSON export has them", row)
    outcome = _OUTCOMES.get(text(found.get("outcome")).casefold(), "")
    known = text(found.get("last_judgement_at")) or text(found.get("deadline"))
    if text(found.get("withdrawn")).casefold() == "true":
        yield Outcome(
            key,
            {
                "by": "predictionbook",
                "outcome": "void",
                "reason": "moot",
                "known": known and days.read(known),
            },
        )
    elif outcome:
        yield Outcome(key, {"by": "predictionbook", "outcome": outcome, "known": days.read(known)})
