"""Metaculus' download: a zip of CSV files on questions, forecasts and scores."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from forecastlog.interchange.days import Days
from forecastlog.interchange.found import BadFile, Guess, Item, Outcome, Question, Report
from forecastlog.interchange.metaculus_kinds import RESOLVED, TYPES, Asked, Row, Said, listed, outcome_of
from forecastlog.interchange.metaculus_scores import score_sentences
from forecastlog.interchange.people import People
from forecastlog.interchange.unpacked import check_zip

QUESTIONS, FORECASTS, SCORES = "question_data.csv", "forecast_data.csv", "score_data.csv"
_LONGEST = 5_000_000


def items(path: Path, report: Report, people: People) -> Iterator[tuple[int | None, Item]]:
    """The questions of a download with their forecasters' forecasts.

    What is of a type to come is reported.
    """
    archive = check_zip(path)
    tables = {Path(name).name: name for name in archive.namelist()}
    for name in (QUESTIONS, FORECASTS):
        if name not in tables:
            raise BadFile(f"{path} has no {name}: is it a download of Metaculus?")

    def rows(name: str) -> Iterator[tuple[int, Row]]:
        if name not in tables:
            return
        csv.field_size_limit(_LONGEST)
        with archive.open(tables[name]) as file:
            reader = csv.DictReader(
                io.TextIOWrapper(file, encoding="utf-8-sig", errors="replace", newline="")
            )
            try:
                yield from ((reader.line_num, row) for row in reader)
            except (csv.Error, OSError, EOFError, ValueError) as error:
                raise BadFile(f"{path}, {name}, line {reader.line_num:,}: {error}.") from None

    asked = _questions(rows(QUESTIONS), report)
    days = Days("iso")
    _gather(asked, rows(FORECASTS), report, days)
    for key, question in asked.items():
        yield from _question(key, question, people, days, report)
    for sentence in score_sentences(asked, rows(SCORES), days):
        report.note(sentence)


def _questions(rows: Iterator[tuple[int, Row]], report: Report) -> dict[str, Asked]:
    found = {}
    for number, row in rows:
        report.rows += 1
        kind = row.get("Question Type", "")
        if kind not in TYPES:
            report.skip(f"a question of the type {kind or 'nothing'}", number)
        else:
            found[row["Question ID"]] = Asked(row, number, TYPES[kind])
    return found


def _gather(asked: Mapping[str, Asked], rows: Iterator[tuple[int, Row]], report: Report, days: Days) -> None:
    for number, row in rows:
        question = asked.get(row.get("Question ID", ""))
        if question is None:
            continue
        user = _person(row)
        if not user:
            report.skip("an aggregate, which is no person", number)
            continue
        try:
            end = row.get("End Time", "").strip()
            keys = question.type.says(question.row, row)
            said = Said(
                user,
                days.read(row["Start Time"]),
                end and days.read(end),
                keys,
                row.get(RESOLVED, "").strip(),
            )
        except ValueError as fault:
            report.skip(_clause(fault), number)
        else:
            question.said.append(said)


def _person(row: Row) -> str:
    """Who forecasts, by name, number or digest.

    Nothing for an aggregate, which counts those that it is made of.
    """
    number = row.get("Forecaster ID", row.get("Forecaster (Anonymized)", "")).strip()
    if not number or row.get("Forecaster Count", "").strip():
        return ""
    return row.get("Forecaster Username", "") or number


def _clause(fault: ValueError) -> str:
    """What a reader says in a clause of ours; what Python says of a figure is none."""
    told = str(fault)
    return "a figure that is not read" if "could not convert" in told else told


def _question(
    key: str, asked: Asked, people: People, days: Days, report: Report
) -> Iterator[tuple[int | None, Item]]:
    row = asked.row

    def day(name: str) -> str:
        return days.read(row[name]) if row.get(name, "").strip() else ""

    opened, closes = day("Open Time"), day("Scheduled Close Time")
    first = min((said.start for said in asked.said), default=opened)
    keys: dict[str, Any] = {
        "claim": row["Question Title"],
        "speaker": "metaculus",
        "made": opened or first,
        "opened": opened,
    }
    keys |= {"closes": closes, "latest": closes[:10], "note": row.get("Question URL", "")}
    keys |= {"tags": [str(tag) for tag in listed(row.get("Categories", ""))]}
    yield asked.number, Question(key, {**keys, **asked.type.terms(row)})
    starts = defaultdict(set)
    for said in asked.said:
        starts[said.user].add(said.start)
    for said in sorted(asked.said, key=lambda one: one.start):
        until = said.end if said.end and said.end not in starts[said.user] else ""
        forecast = {"by": people.name(said.user), "made": said.start, "until": until, **said.keys}
        yield asked.number, Guess(key, forecast)
    try:
        outcome, reason = outcome_of(asked.type, row.get("Resolution", ""))
    except ValueError as fault:
        report.skip(_clause(fault), asked.number)
        return
    if outcome:
        known = day("Resolution Known Time") or day("Actual Close Time") or closes
        yield (
            asked.number,
            Outcome(key, {"by": "metaculus", "outcome": outcome, "reason": reason, "known": known}),
        )
