"""What a person wrote of a record.

Deadline and forecasts as they stand, and read where they are words alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from forecastlog.compose import readings
from forecastlog.compose.answers import Answers
from forecastlog.compose.expecting import read_forecast
from forecastlog.compose.readings import Entry, Reading
from forecastlog.errors import BadValue
from forecastlog.keys import Table
from forecastlog.kinds import kind_of
from forecastlog.ledger.tables import DEADLINE, FORECAST, FORECAST_OF
from forecastlog.model.records import Prediction
from forecastlog.model.settings import Settings

Data = Mapping[str, Any]


def without_blanks(value: Any) -> Any:
    """What was written, without what was left empty: a mapping or list of blanks is blank as a whole."""
    if isinstance(value, Mapping):
        kept = {key: found for key, inner in value.items() if (found := without_blanks(inner)) is not None}
        return kept or None
    if isinstance(value, list):
        items = [found for inner in value if (found := without_blanks(inner)) is not None]
        return items or None
    return None if value in (None, "") else value


def written(table: Table, entry: object) -> Entry:
    """An entry as its table reads it.

    Raises BadValue for what is none or has a key that is not in the table.
    """
    if not isinstance(entry, Mapping):
        raise BadValue(f"{table.name} has keys of its own: write {{{table.keys[0].name}: ...}}.")
    for key in entry:
        if key not in table.by_name:
            raise BadValue(f"unknown key '{key}' in {table.name}. {table.unknown(str(key))}")
    return readings.checked(table, entry)


def deadline_as_written(entry: object) -> Reading | None:
    """The deadline where days or a clock and their basis are written; None where its words are to be read."""
    typed = written(DEADLINE, entry) if entry else {}
    if "basis" not in typed or not {"strict", "latest"} & typed.keys():
        return None
    return Reading(typed, f"the deadline as it is written, until {typed.get('latest', typed.get('strict'))}")


def forecasts_of(
    entries: Sequence[object],
    first: Answers,
    about: Prediction,
    settings: Settings,
    *,
    negated: bool,
    by: str = "",
) -> Reading:
    """The forecasts, words read where nobody has said what they are worth.

    ``first`` answers for the first of them.

    Raises BadValue where something cannot be read. ``about`` is what they are of, and when it was made, from
    which days in words are seen.
    """
    table, ways = FORECAST_OF[about.kind], {*kind_of(about).ways}
    found: list[Entry] = []
    said: list[str] = []
    for number, entry in enumerate(entries or [{}]):
        typed = written(table, _dated(entry, about.made.day))
        if "basis" not in typed and not typed.keys() & ways:
            told = Answers.of({key: typed.get(key) for key in ("words", "probability", "quote")})
            reading = _read(first if number == 0 else told, typed, about, settings, negated=negated)
            typed = {**reading.entry, **typed}
            said.append(reading.said)
        if typed.get("basis") == "judged" and by:
            typed.setdefault("judged_by", by)
        found.append(readings.checked(table, typed))
    return Reading({"forecasts": found}, "; ".join(said))


def _read(told: Answers, typed: Entry, about: Prediction, settings: Settings, *, negated: bool) -> Reading:
    if not ({"words", "probability", *kind_of(about).ways}) & told.given.keys():
        raise BadValue("a forecast needs words, or a figure. Write {words: likely}.")
    turned = bool(typed.get("negated", negated and "by" not in typed))
    return read_forecast(told, about, str(typed.get("scale", settings.scale)), negated=turned)


def _dated(entry: object, made: date) -> object:
    """The entry with its days as records have them, where they are written as people do."""
    if not isinstance(entry, Mapping):
        return entry
    return {key: readings.as_stored(FORECAST, str(key), value, made) for key, value in entry.items()}
