"""Fatebook's CSV: a row a forecast, its own questions and those shared with whoever exports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from forecastlog.interchange.cells import Figures, outcome_of
from forecastlog.interchange.compared import Compared, day_number
from forecastlog.interchange.days import Days
from forecastlog.interchange.found import BadFile, Guess, Item, Outcome, Question, Report
from forecastlog.interchange.people import KEPT_PRIVATE, People
from forecastlog.interchange.rows import Rows, open_table

TITLE, OPTION = "Question title", "Multiple choice option"
BY, FIGURE, MADE = "Forecast created by", "Forecast (scale = 0-1)", "Forecast created at"
ASKED_BY, ASKED, LATEST = "Question created by", "Question created at", "Question resolve by"
OUTCOME, KNOWN = "Resolution", "Resolved at"
BRIER, RELATIVE = "Your Brier score for this question", "Your relative Brier score for this question"
PUBLIC, TAGS, NOTES = "Question shared publicly", "Question tags", "Question notes"
SHARED, COMMENTS = "Question shared with", "Question comments"
HEADER = (
    *(TITLE, OPTION, BY, FIGURE, MADE, ASKED_BY, ASKED, LATEST, OUTCOME, KNOWN, BRIER, RELATIVE, NOTES),
    *(SHARED, PUBLIC, COMMENTS, TAGS),
)
"""The columns of Fatebook's file, in its order."""
NEEDED = (TITLE, BY, FIGURE, MADE, ASKED, OUTCOME)
_YES = ("yes", "true", "1")


class _Said(NamedTuple):
    by: str
    made: str
    p: float


@dataclass(slots=True)
class _Asked:
    """A question, or an option of one: what its first row says, and its forecasts."""

    row: Mapping[str, str]
    number: int
    said: list[_Said] = field(default_factory=list)

    @property
    def claim(self) -> str:
        option = self.row.get(OPTION, "")
        return f"{self.row[TITLE]}: {option}" if option else self.row[TITLE]


def items(
    path: Path, report: Report, people: People, *, private: bool = False
) -> Iterator[tuple[int | None, Item]]:
    """Everything in the file. An option of a question is a question of its own, as in Fatebook's scores."""
    rows = open_table(path)
    for column in NEEDED:
        if column not in rows.columns:
            raise BadFile(f"{path} has no column '{column}': is it Fatebook's export?")
    for note in rows.notes:
        report.note(note)
    if people.me is None:
        people.me = _exporter(rows)
        report.note(f"Taken to be the export of {people.me} (--me says otherwise).")
    days = Days("iso")
    asked = _gathered(rows, report, days, private=private)
    brier, relative = (
        Compared("Fatebook's Brier score", 0.005),
        Compared("Fatebook's relative Brier score", 0.005),
    )
    for key, question in asked.items():
        yield from _question(key, question, people, days)
        _compare(question, people.me, days, brier, relative)
    for sentence in (*brier.sentences(), *relative.sentences()):
        report.note(sentence)


def _exporter(rows: Rows) -> str:
    counted = Counter(row[BY] for _, row in rows.dicts() if row.get(BRIER, "").strip())
    counted = counted or Counter(row[BY] for _, row in rows.dicts())
    return max(counted, key=lambda name: counted[name], default="")


def _gathered(rows: Rows, report: Report, days: Days, *, private: bool) -> dict[str, _Asked]:
    figures = Figures(percent=False)
    asked: dict[str, _Asked] = {}
    for number, row in rows.dicts():
        report.rows += 1
        if not private and row.get(PUBLIC, "").strip().casefold() not in _YES:
            report.skip(KEPT_PRIVATE, number)
            continue
        try:
            made = days.read(row[MADE])
            p = figures.read(row[FIGURE])
        except ValueError as fault:
            report.skip(str(fault), number)
            continue
        key = " | ".join(filter(None, (row[TITLE], row.get(OPTION, ""), row[ASKED])))
        asked.setdefault(key, _Asked(row, number)).said.append(_Said(row[BY], made, p))
    return asked


def _question(key: str, asked: _Asked, people: People, days: Days) -> Iterator[tuple[int | None, Item]]:
    row = asked.row
    opened = days.read(row[ASKED])
    latest = days.read(row[LATEST])[:10] if row.get(LATEST, "").strip() else ""
    tags = [tag.strip() for tag in row.get(TAGS, "").split(";") if tag.strip()]
    keys: dict[str, Any] = {
        "claim": asked.claim,
        "speaker": people.name(row.get(ASKED_BY, "") or row[BY]),
        "made": opened,
        "opened": opened,
    }
    keys |= {"latest": latest, "tags": tags, "note": row.get(NOTES, "").strip()}
    keys |= {"event": f"{row[TITLE]} ({row[ASKED][:10]})"} if row.get(OPTION, "") else {}
    yield asked.number, Question(key, keys)
    for said in sorted(asked.said, key=lambda one: one.made):
        yield asked.number, Guess(key, {"by": people.name(said.by), "made": said.made, "probability": said.p})
    outcome, reason = _outcome(row)
    if outcome:
        known = row.get(KNOWN, "").strip()
        found = {
            "by": "fatebook",
            "outcome": outcome,
            "reason": reason,
            "known": days.read(known) if known else latest or opened,
        }
        yield asked.number, Outcome(key, found)


def _outcome(row: Mapping[str, str]) -> tuple[str, str | None]:
    """What became of a question.

    Of an option, where the question's answer is named, whether it was this one.
    """
    option, told = row.get(OPTION, "").strip(), row[OUTCOME].strip()
    if option and told.casefold() == option.casefold():
        return "yes", None
    try:
        return outcome_of(told)
    except ValueError:
        return ("no", None) if option else ("", None)


def _compare(asked: _Asked, me: str, days: Days, *found: Compared) -> None:
    """Our figures for a decided question beside the file's."""
    from forecastlog.scoring.platforms import fatebook_brier, fatebook_relative

    outcome = _outcome(asked.row)[0]
    if outcome not in ("yes", "no") or not asked.row.get(KNOWN, "").strip():
        return
    arguments = {
        "forecaster": [said.by for said in asked.said],
        "start": [day_number(said.made) for said in asked.said],
        "p": [said.p for said in asked.said],
        "y": float(outcome == "yes"),
        "opened": day_number(days.read(asked.row[ASKED])),
        "closed": day_number(days.read(asked.row[KNOWN])),
    }
    for column, score, compared in zip(
        (BRIER, RELATIVE), (fatebook_brier, fatebook_relative), found, strict=True
    ):
        theirs = asked.row.get(column, "").strip()
        if theirs:
            compared.add(asked.claim, float(theirs), score(**arguments).get(me, float("nan")))  # type: ignore[arg-type]  # as both take them
