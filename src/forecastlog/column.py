"""A column and a table: names, meanings, values, and how they are shown."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from operator import attrgetter
from typing import Any, Literal, get_type_hints

from forecastlog import keys, values
from forecastlog.columnwise import Value, columnwise
from forecastlog.model.forecasts import Says, Terms
from forecastlog.model.ledger import Ledger
from forecastlog.model.moments import After, Duration, When

Type = Literal["TEXT", "INTEGER", "REAL"]
Form = Literal["share", "score", "flag"]
Stored = str | int | float | None
"""What SQLite holds."""
Row = dict[str, Stored]
Values = tuple[Stored, ...]
"""A row without the names, in the order of the table's columns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: what it is called, what it means, and how its ``value`` follows from an item of the table.

    ``key`` is the path of the key that it shows. ``ref`` names the table whose ``id`` it holds. ``form`` says
    how pages show a figure, ``heading`` what they call it where the name alone says little. ``listed`` is its
    place among those that listings print unasked; one with a ``width`` is also in their table for people
    where the terminal has at least so many columns. ``extra`` marks a key that no page has a place for: pages
    show it under its name. ``written`` tells that its value stands in the record as it is, at ``key``,
    whatever the day.
    """

    name: str = ""
    meaning: str = ""
    value: Value | None = None
    type: Type = "TEXT"
    form: Form | None = None
    heading: str = ""
    key: str | None = None
    ref: str | None = None
    listed: int | None = None
    width: int | None = None
    facet: bool = False
    searched: bool = False
    extra: bool = False
    written: bool = False

    @property
    def short(self) -> str:
        """The name in listings, where the column of another record is called as that is: ``article``."""
        return self.name.removesuffix("_id") if self.ref else self.name

    @property
    def names(self) -> frozenset[str]:
        """Every name by which it may be asked for: its own, the short one, and that of the key it shows."""
        return frozenset({self.name, self.short, self.key or self.name})

    @property
    def title(self) -> str:
        """The name as a label for people."""
        return self.heading or self.short.replace("_", " ").capitalize()

    def of(self, item: object) -> object:
        """Its value for an item, as the records hold it."""
        return self.value(item) if self.value else None

    def stored(self, item: object) -> Stored:
        """Its value as the database holds it: days as text, flags as 1 and 0, lists and mappings as JSON."""
        return stored(self.value(item) if self.value else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table: its key, its columns in order, its items on a day, and how Datasette shows it."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    items: Callable[[Ledger, date], Iterable[Any]] | None = None
    key: str | tuple[str, ...] = "id"
    label: str | None = None
    indexes: tuple[tuple[str, ...], ...] = ()
    hidden: bool = False

    @property
    def facets(self) -> tuple[str, ...]:
        """The columns by which Datasette offers to narrow the table."""
        return tuple(column.name for column in self.columns if column.facet)

    @property
    def numbered(self) -> bool:
        """Whether its key is a number, which SQLite then takes for the rowid."""
        return any(column.name == self.key and column.type == "INTEGER" for column in self.columns)

    @property
    def search(self) -> tuple[str, ...]:
        """The columns of the full-text search."""
        return tuple(column.name for column in self.columns if column.searched)

    def named(self, values: Values) -> Row:
        """A row with the names of its columns."""
        return dict(zip((column.name for column in self.columns), values, strict=True))

    def values(self, row: Mapping[str, Stored]) -> Values:
        """A row without the names; raises KeyError where it lacks a column."""
        return tuple([row[column.name] for column in self.columns])

    def maker(self) -> Callable[[Iterable[Any]], list[Values]]:
        """What makes a row of each of many items, a column at a time; it is made once for all parts."""
        values = columnwise([column.value for column in self.columns])

        def make(items: Iterable[Any]) -> list[Values]:
            listed = list(items)
            return list(zip(*map(_all_stored, values(listed)), strict=True)) if listed else []

        return make

    def made(self, items: Iterable[Any]) -> list[Values]:
        """A row of each of these items."""
        return self.maker()(items)

    def each(self, ledger: Ledger, day: date) -> list[Values]:
        """Every row as of ``day``."""
        return self.made(self.items(ledger, day) if self.items else ())

    def rows(self, ledger: Ledger, day: date) -> list[Row]:
        """Every row as of ``day``, with the names of its columns."""
        return list(map(self.named, self.each(ledger, day)))


_PLAIN = frozenset({type(None), str, int, float})
"""The classes of values that SQLite holds as they are."""


_STORED: Mapping[type[Any], Callable[[Any], Stored]] = {
    **dict.fromkeys(_PLAIN, lambda value: value),
    bool: int,
    date: date.isoformat,
    When: attrgetter("text"),
}


def stored(value: Any) -> Stored:
    """A value as the database holds it: days as text, flags as 1 and 0, lists and mappings as JSON."""
    if way := _STORED.get(type(value)):
        return way(value)
    value = plain(value)
    if isinstance(value, list | dict):
        import json  # here, because ``due`` starts with this module and needs no JSON

        return json.dumps(value, ensure_ascii=False) if value or isinstance(value, dict) else None
    return value  # type: ignore[no-any-return]  # what is left is text, a number or None


def _all_stored(values: Sequence[Any]) -> Sequence[Stored]:
    """The values of a column as the database holds them; most columns are that already."""
    classes = set(map(type, values))
    if classes <= _PLAIN:
        return values
    return list(map(_STORED.get(classes.pop(), stored) if len(classes) == 1 else stored, values))


def shows(key: str = "", value: Value | None = None, **more: Any) -> Column:
    """A column of a key: by its path, such as ``deadline.words``, or the key that has the column's name."""
    return Column(key=key, value=value, **more)


def text(meaning: str, value: Value | None = None, **more: Any) -> Column:
    """A derived column of words or days."""
    return Column(meaning=meaning, value=value, **more)


def count(meaning: str, value: Value | None = None, **more: Any) -> Column:
    """A derived column of whole numbers."""
    return Column(meaning=meaning, value=value, type="INTEGER", **more)


def figure(meaning: str, value: Value | None = None, **more: Any) -> Column:
    """A derived column of numbers."""
    return Column(meaning=meaning, value=value, type="REAL", **more)


def flag(meaning: str, value: Value | None = None, **more: Any) -> Column:
    """A derived column of 1 and 0."""
    return count(f"{meaning} (1 yes, 0 no)", value, form="flag", **more)


def share(meaning: str, value: Value | None = None, **more: Any) -> Column:
    """A derived column of shares and probabilities."""
    return figure(f"{meaning}, from 0 to 1", value, form="share", **more)


def score(meaning: str, value: Value | None = None, **more: Any) -> Column:
    """A derived column of scores."""
    return figure(meaning, value, form="score", **more)


def named(
    table: keys.Table | None = None, elsewhere: Collection[str] = (), /, **columns: Column
) -> tuple[Column, ...]:
    """The columns under their names, those that show a key with the key's meaning and value.

    Every single value of ``table`` that none of them shows follows at the end, so that a new key is a column;
    ``elsewhere`` names the keys that have a table of their own.
    """
    found = [_of_key(table, name, column) for name, column in columns.items()]
    shown = {*elsewhere, *(column.key for column in found)}
    rest = (key for key in table.keys if key.name not in shown) if table else ()
    found += [_of_key(table, key.name, shows(extra=True)) for key in rest if _single(key.reader)]
    return tuple(found)


def columns_of(row: type[Any]) -> tuple[Column, ...]:
    """The columns that a dataclass declares with ``Annotated`` beside its fields."""
    hints = get_type_hints(row, include_extras=True)
    return tuple(
        replace(
            hints[field.name].__metadata__[0], name=field.name, value=attrgetter(field.name), listed=place
        )
        for place, field in enumerate(fields(row))
    )


def row_of(columns: Iterable[Column], item: object) -> dict[str, Any]:
    """An item as listings have it: each column under its short name."""
    return {column.short: plain(column.of(item)) for column in columns}


def plain(value: Any) -> Any:
    """Records as JSON takes them: what is empty is left out of entries, days and times are text.

    What a forecast says is among its own keys, as in the record.
    """
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, When | Duration | After | date):
        return str(value)
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if is_dataclass(value):
        found: dict[str, Any] = {}
        entry = value.entry if isinstance(value, Says | Terms) else None
        for name in entry if entry is not None else [field.name for field in fields(value)]:
            item = plain(getattr(value, name) if entry is None else entry[name])
            if isinstance(getattr(value, name, None), Says | Terms):
                found |= item
            elif item is not None and item != []:
                found[name] = item
        return found
    if isinstance(value, Mapping):
        return {str(name): plain(item) for name, item in value.items()}
    return value


def _of_key(table: keys.Table | None, name: str, column: Column) -> Column:
    if column.key is None or table is None:
        return replace(column, name=name)
    path = column.key or name
    key = _key_at(table, path)
    typed = _TYPED.get(id(key.reader), text)(key.meaning)
    if isinstance(key.reader, keys.Many):
        typed = replace(typed, meaning=f"{key.meaning}, as a JSON list")
    return replace(
        column,
        name=name,
        key=path,
        meaning=typed.meaning,
        type=typed.type,
        form=typed.form,
        value=column.value or attrgetter(f"record.{path}"),
        written=column.value is None,
    )


_TYPED: Mapping[int, Callable[[str], Column]] = {
    id(values.BOOLEAN): flag,
    id(values.PROBABILITY): share,
    id(values.NUMBER): figure,
}


def _key_at(table: keys.Table, path: str) -> keys.Key:
    """The key at a path; raises KeyError where there is none."""
    *above, last = path.split(".")
    for name in above:
        reader = table.by_name[name].reader
        inner = reader.of if isinstance(reader, keys.Many) else reader
        if not isinstance(inner, keys.Table):
            raise KeyError(path)
        table = inner
    return table.by_name[last]


def _single(reader: keys.AnyReader) -> bool:
    """Whether a key holds one value or a list of words, and not entries of their own."""
    inner = reader.of if isinstance(reader, keys.Many) else reader
    return isinstance(inner, values.Reader)
