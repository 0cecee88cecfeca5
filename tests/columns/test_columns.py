"""Columns: what a new key becomes by itself, names, and ids that stand when keys are added."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from operator import itemgetter

import pytest

from forecastlog import keys, values
from forecastlog.column import Table, count, named, shows, text
from forecastlog.columns import ids
from forecastlog.columns.articles import ARTICLES
from forecastlog.columns.predictions import PREDICTIONS
from forecastlog.columnwise import ByClass, Of
from forecastlog.kinds import Chance
from forecastlog.ledger.tables import ARTICLE, PREDICTION
from forecastlog.model.forecasts import Forecast
from forecastlog.model.moments import When
from forecastlog.model.outcomes import Evidence, Resolution

DAY = When.on(date(2025, 6, 30))
ENTRY = Resolution(outcome="no", known=DAY, recorded=DAY, by="Kim")


@dataclass(frozen=True, slots=True, kw_only=True)
class LaterResolution(Resolution):
    """A resolution of next year, with a key more."""

    provisional: bool = False


def test_an_added_key_or_a_remark_changes_no_address() -> None:
    (now,) = ids.with_ids("rain", [ENTRY], ids.RESOLUTION)
    later = LaterResolution(outcome="no", known=DAY, recorded=DAY, by="Kim", provisional=True)
    assert list(ids.with_ids("rain", [later], ids.RESOLUTION)) == [now]
    assert list(ids.with_ids("rain", [replace(ENTRY, note="Looked twice.")], ids.RESOLUTION)) == [now]
    assert list(ids.with_ids("rain", [replace(ENTRY, outcome="yes")], ids.RESOLUTION)) != [now]


def test_ids_are_these() -> None:
    # sha256 of '[["by", "ann"], ["made", "2025-06-30"], ["probability", "0.3"]]', its first twelve digits.
    forecast = Forecast(prediction="rain", made=DAY, by="ann", says=Chance(probability=0.3))
    assert list(ids.with_ids("rain", [forecast], ids.FORECAST)) == ["rain.3eeeac5fcb8b"]
    # And of '[["url", "https://news.example/1"]]'.
    evidence = Evidence(url="https://news.example/1", title="It rained")
    assert list(ids.with_ids("rain.1", [evidence], ids.EVIDENCE)) == ["rain.1.a3e40c9a983d"]


def test_equal_entries_count_once_and_others_are_told_apart() -> None:
    other = replace(ENTRY, note="Looked twice.")
    first, second = ids.with_ids("rain", [ENTRY, ENTRY, other], ids.RESOLUTION)
    assert second == f"{first}.2"


def test_a_new_key_is_a_column_by_itself_with_its_meaning() -> None:
    table = keys.Table("a thing", *PREDICTION.keys, keys.Key("topic", values.TEXT, "what it is about"))
    column = named(table, id=shows())[-1]
    assert (column.name, column.meaning, column.type, column.extra) == (
        "topic",
        "what it is about",
        "TEXT",
        True,
    )


@pytest.mark.parametrize(("written", "shown"), [(PREDICTION, PREDICTIONS), (ARTICLE, ARTICLES)])
def test_every_single_key_is_shown_with_its_own_meaning(written: keys.Table, shown: Table) -> None:
    columns = {column.key: column for column in shown.columns}
    for key in written.keys:
        if isinstance(key.reader, values.Reader):
            assert columns[key.name].meaning.startswith(key.meaning)


def test_rows_of_many_items_are_those_of_each_alone() -> None:
    said = ByClass({str: str.upper, int: lambda number: number + 1})
    part = itemgetter("part")
    table = Table(
        name="things",
        meaning="Things of several sorts.",
        columns=named(
            day=text("a day", itemgetter("day")),
            said=text("by its class", Of(part, said)),
            long=count("of the same part", Of(part, lambda one: len(str(one)))),
            nothing=text("nobody says how"),
            whole=text("by the class of the item", ByClass({dict: len})),
        ),
    )
    items = [{"day": DAY, "part": one} for one in ("rain", None, 7, 2.5, "sun")]
    assert table.made(items) == [table.made([item])[0] for item in items]
    assert [row[1:] for row in table.made(items)] == [
        ("RAIN", 4, None, 2),
        (None, None, None, 2),
        (8, 1, None, 2),
        (None, 3, None, 2),
        ("SUN", 3, None, 2),
    ]
    assert table.made(items)[0] == tuple(column.stored(items[0]) for column in table.columns)
    assert table.made(items[1:2]) == [("2025-06-30", None, None, None, 2)]
    assert table.made([]) == []


def test_a_key_that_is_not_there_cannot_be_shown() -> None:
    with pytest.raises(KeyError):
        named(PREDICTION, no_such_key=shows())
