"""FiveThirtyEight's "checking our work".

Every column X that has a column X_outcome beside it holds forecasts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from forecastlog.interchange.cells import Figures, is_figure, missing, outcome_of
from forecastlog.interchange.days import Days
from forecastlog.interchange.found import BadFile, Guess, Item, Outcome, Question, Report
from forecastlog.interchange.rows import Rows, open_table

AUTHOR = "FiveThirtyEight"
_TAIL = "_outcome"
_MADE, _LATEST = (
    ("forecast_date", "forecastdate", "modeldate", "date"),
    ("election_date", "electiondate", "game_date", "date", "forecast_date"),
)
_MODEL = ("forecast_type", "model", "version")
_SPOKEN = {
    "prob1": "{team1} beats {team2}",
    "prob2": "{team2} beats {team1}",
    "probtie": "{team1} and {team2} draw",
}


def items(path: Path, report: Report) -> Iterator[tuple[int | None, Item]]:
    """Each pair of columns as a question a row.

    Of two that add up to 1 the first alone, or a game would count twice.
    """
    rows = open_table(path)
    pairs = [name for name in rows.columns if f"{name}{_TAIL}" in rows.columns]
    if not pairs:
        raise BadFile(
            f"{path} has no column X beside a column X{_TAIL}: is it a file of 'checking our work'?"
        )
    if len(pairs) == 2 and _complements(rows, pairs):
        report.note(
            f"'{pairs[1]}' is 1 less '{pairs[0]}', and is left out: it says the same of every row again."
        )
        pairs = pairs[:1]
    made, latest = (next((one for one in names if one in rows.columns), None) for names in (_MADE, _LATEST))
    if made is None or latest is None:
        raise BadFile(f"{path} has no column of days, such as 'date'.")
    model = next((name for name in _MODEL if name in rows.columns), None)
    known, figures = (*pairs, made, latest, model), _figures(rows)
    read = _Read(
        days=Days("month-first"),  # as an American site writes them
        figures=Figures(percent=False),
        made=made,
        latest=latest,
        about=[name for name in rows.columns if name not in known and name not in figures],
        model=model,
    )
    for number, row in rows.dicts():
        report.rows += 1
        for pair in pairs:
            try:
                yield from _forecast(number, row, pair, report, read)
            except ValueError as fault:
                report.skip(str(fault), number)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """How the rows of a file are read."""

    days: Days
    figures: Figures
    made: str
    latest: str
    about: Sequence[str]
    model: str | None

    def claim(self, pair: str, row: Mapping[str, str]) -> str:
        """What the figure is about, in the file's own words."""
        template = _SPOKEN.get(pair)
        if template and "team1" in row and "team2" in row:
            return template.format(**{name: row[name] for name in ("team1", "team2")})
        words = ", ".join(row[name].strip() for name in self.about if not missing(row[name]))
        return f"{words}: {pair}"


def _forecast(
    number: int, row: Mapping[str, str], pair: str, report: Report, read: _Read
) -> Iterator[tuple[int, Item]]:
    if missing(row[pair]):
        report.skip("the probability is blank", number)
        return
    made, latest = read.days.read(row[read.made]), read.days.read(row[read.latest])
    key = f"{read.claim(pair, row)} | {latest}"
    by = f"{AUTHOR} {row[read.model].strip()}" if read.model and not missing(row[read.model]) else AUTHOR
    tags = [row[name] for name in ("season", "year", "cycle") if not missing(row.get(name, ""))]
    keys = {
        "claim": read.claim(pair, row),
        "speaker": AUTHOR,
        "made": made,
        "latest": latest[:10],
        "tags": tags,
    }
    yield number, Question(key, keys)
    yield number, Guess(key, {"by": by, "made": made, "probability": read.figures.read(row[pair])})
    outcome, reason = outcome_of(row[f"{pair}{_TAIL}"])
    if outcome:
        yield number, Outcome(key, {"by": AUTHOR, "outcome": outcome, "reason": reason, "known": latest})


def _complements(rows: Rows, pairs: Sequence[str]) -> bool:
    places = [rows.columns.index(name) for name in pairs]
    for row, _ in zip(rows, range(200), strict=False):
        cells = [row.cells[place] for place in places]
        if any(map(missing, cells)):
            continue
        try:
            if abs(sum(map(float, cells)) - 1) > 1e-6:
                return False
        except ValueError:
            return False
    return True


def _figures(rows: Rows) -> set[str]:
    """Columns whose first cell with a point is a number: they tell no question from another.

    A column may be blank for as many rows as one year has.
    """
    undecided = {place: name for place, name in enumerate(rows.columns) if not name.endswith(_TAIL)}
    found = {name for name in rows.columns if name.endswith(_TAIL)}
    for row in rows:
        for place in [place for place in undecided if "." in row.cells[place]]:
            name = undecided.pop(place)
            if is_figure(row.cells[place]):
                found.add(name)
    return found
