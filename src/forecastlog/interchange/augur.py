"""augur-cli's JSON: a list of statements with a probability each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from forecastlog.interchange.cells import outcome_of
from forecastlog.interchange.days import Days
from forecastlog.interchange.documents import objects, text
from forecastlog.interchange.found import Guess, Item, Outcome, Question, Report


def items(path: Path, report: Report, *, by: str) -> Iterator[tuple[int | None, Item]]:
    """Every statement, its forecast and its outcome."""
    days = Days("iso")
    for row, found in enumerate(objects(path), 1):
        report.rows += 1
        try:
            key, made = text(found.get("id")), days.read(text(found.get("created_at")))
            latest = days.read(text(found.get("resolve_by")))[:10] if found.get("resolve_by") else ""
            outcome, reason = outcome_of(text(found.get("outcome")))
            known = days.read(text(found.get("resolved_at"))) if found.get("resolved_at") else latest or made
        except ValueError as fault:
            report.skip(str(fault), row)
            continue
        keys = {"claim": text(found.get("statement")), "speaker": by, "made": made, "latest": latest}
        yield (
            row,
            Question(key, {**keys, "tags": text(found.get("tags")).split(), "note": text(found.get("note"))}),
        )
        yield row, Guess(key, {"by": by, "made": made, "probability": found.get("probability")})
        if outcome:
            yield row, Outcome(key, {"by": by, "outcome": outcome, "reason": reason, "known": known})
