"""One line of a machine's file <-> the values that people's YAML gives.

The same keys, read by the same readers.

A line is a JSON object with its ``type``, an ``id`` of its own and the moment at which it was ``recorded``.
What stands below ``deadline`` in people's files has its days here beside the other keys.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, tzinfo
from typing import Any, NamedTuple

from forecastlog import values as v
from forecastlog.keys import AnyReader, Anything, Either, Key, Many, Mapped, Shorthand, Table, needed
from forecastlog.ledger.reader import Values
from forecastlog.ledger.tables import CORRECTION, DEADLINE, FORECAST, PREDICTION, RESOLUTION
from forecastlog.model.forecasts import Forecast, Says, Terms
from forecastlog.model.moments import After, Duration, When
from forecastlog.model.records import Prediction, Window
from forecastlog.values import Number, Reader, Unreadable, brief, meant, one_of

DAYS = ("earliest", "strict", "latest")
"""The days of a deadline, which stand in a line beside the other keys."""
_MOST_CACHED = 50_000
"""Texts of each reader that are remembered."""

_ID = needed("id", v.TEXT, "its own name: a line with another content may not have it")
_RECORDED = needed("recorded", v.EXACT, "when the line was written, in UTC")
_OF = needed("prediction", v.ID, "the id of the prediction it is of")
_BESIDE = {
    "source": needed("source", v.TEXT, PREDICTION.by_name["source"].meaning),
    "speaker": needed("speaker", v.TEXT, PREDICTION.by_name["speaker"].meaning),
    "made": needed("made", v.WHEN, PREDICTION.by_name["made"].meaning),
    "criteria": PREDICTION.by_name["criteria"]._replace(required=False),
    "deadline": Key("deadline", DEADLINE, "what else is known of the deadline"),
}

PREDICTION_LINE = Table(
    "a prediction's line",
    _RECORDED,
    *(_BESIDE.get(key.name, key) for key in PREDICTION.keys if key.name not in ("forecasts", "resolutions")),
    *(DEADLINE.by_name[name] for name in DAYS),
)
FORECAST_LINE = Table("a forecast's line", _ID, _RECORDED, _OF, *FORECAST.keys)
RESOLUTION_LINE = Table("a resolution's line", _ID, _OF, *RESOLUTION.keys)
CORRECTION_LINE = Table(
    "a correction's line",
    _ID,
    _RECORDED,
    needed("by", v.TEXT, CORRECTION.by_name["by"].meaning),
    needed("corrects", v.TEXT, "the id of the line that it corrects"),
    needed("set", Anything(), "the keys with their new values; null takes a key away"),
    needed("reason", CORRECTION.by_name["why"].reader, CORRECTION.by_name["why"].meaning),
)
LINES: Mapping[str, Table] = {
    "prediction": PREDICTION_LINE,
    "forecast": FORECAST_LINE,
    "resolution": RESOLUTION_LINE,
    "correction": CORRECTION_LINE,
}


class Fault(NamedTuple):
    """What is wrong with a line: the code, the key it is about, what it says and the remedy."""

    code: str
    key: str
    message: str
    hint: str
    grave: bool = True


def needs(values: Values, key: Key) -> bool:
    """Whether a line of these values must have the key: what is withheld has no claim."""
    return key.required and not (key.name == "claim" and "withheld" in values)


def lacking(table: Table, key: Key) -> Fault:
    """That a line lacks a key."""
    hint = f"Add '{key.name}': {key.meaning}."
    return Fault("P100", key.name, f"{table.name} lacks '{key.name}'", hint)


class _Way(NamedTuple):
    """How a key is read: whether as plain text, and the texts that were read before with their values."""

    reader: AnyReader
    plain: bool
    read: dict[str, Any]
    numbers: dict[float, Any]
    """The same of numbers but zero, of which there are two."""


class LineReader:
    """Reads lines; a text that many of them have is read once.

    A time is on the day that it was in ``zone``.
    """

    def __init__(self, zone: tzinfo | None = None) -> None:
        self.zone = zone
        self.faults: list[Fault] = []
        self._read: dict[int, dict[str, Any]] = {}
        self._ways: dict[int, dict[str, _Way]] = {}

    def entry(self, table: Table, data: Mapping[str, Any]) -> Values:
        """The values of an object by the keys of its table; what is wrong with it is added to ``faults``."""
        values: Values = {}
        ways = self._ways.get(id(table)) or self._ways_of(table)
        for name, raw in data.items():
            way = ways.get(name)
            if way is None:
                if name != "type":
                    self._unknown(table, name)
            elif raw is not None and raw != "":
                value = None
                if type(raw) is str:
                    # What is printable has no space but the plain one.
                    plain = way.plain and raw.isprintable() and raw[0] != " " and raw[-1] != " "
                    value = raw if plain else way.read.get(raw)
                elif type(raw) is float:
                    value = way.numbers.get(raw)
                if value is None:
                    value = self.value(name, way.reader, raw)
                    if type(raw) is float and raw and value is not None and len(way.numbers) < _MOST_CACHED:
                        way.numbers[raw] = value
                if value is not None:
                    values[name] = value
        for key in table.required:
            if key.name not in values and data.get(key.name) in (None, "") and needs(values, key):
                self.faults.append(lacking(table, key))
        return values

    def _ways_of(self, table: Table) -> dict[str, _Way]:
        """How each key of a table is read; what one reader has read is known to all of its keys."""
        found = self._ways[id(table)] = {
            key.name: _Way(key.reader, key.reader == v.TEXT, self._read.setdefault(id(key.reader), {}), {})
            for key in table.keys
        }
        return found

    def value(self, name: str, reader: AnyReader, raw: object) -> Any:
        """One value as its reader reads it, or None where it cannot be read."""
        found: Any = None
        match reader:
            case Reader():
                found = self.scalar(name, reader, raw)
            case Anything() if isinstance(raw, dict):
                found = raw
            case Anything():
                self._wrong(name, "an object")
            case Either():
                found = self._either(name, reader, raw)
            case Mapped():
                found = self._mapped(name, reader, raw)
            case Many():
                found = self._many(name, reader, raw)
            case Shorthand() if not isinstance(raw, dict):
                found = {reader.key: self.value(name, reader.table.by_name[reader.key].reader, raw)}
            case Shorthand() | Table():
                table = reader.table if isinstance(reader, Shorthand) else reader
                if isinstance(raw, dict):
                    found = self.entry(table, raw)
                else:
                    self._wrong(name, "an object")
        return found

    def _many(self, name: str, many: Many, raw: object) -> Any:
        if not isinstance(raw, list):
            return self._wrong(name, "a list")
        read = (self.value(name, many.of, item) for item in raw)
        return tuple(value for value in read if value is not None)

    def _either(self, name: str, either: Either, raw: object) -> Any:
        """As the first kind reads it that can: a line does not tell the kind of its prediction."""
        known, faults = self.faults, []
        for way in either.ways:
            self.faults = []
            value = self.value(name, way, raw)
            if not self.faults:
                self.faults = known
                return value
            faults.append(self.faults)
        self.faults = [*known, *faults[0]]
        return None

    def _mapped(self, name: str, mapped: Mapped, raw: object) -> Any:
        if not isinstance(raw, dict):
            return self._wrong(name, "an object")
        read = [
            (self.value(name, mapped.key, key), self.value(str(key), mapped.value, item))
            for key, item in raw.items()
        ]
        return tuple(pair for pair in read if None not in pair)

    def scalar(self, name: str, reader: Reader, raw: object) -> Any:
        """The value of one text or number, or None where it cannot be read."""
        if isinstance(raw, dict | list):
            return self._wrong(name, "one text or number")
        text = raw.strip() if type(raw) is str else written(raw)
        read = self._read.setdefault(id(reader), {})
        if text in read:
            return read[text]
        try:
            value = reader.read(text)
        except Unreadable as error:
            self.faults.append(Fault(error.code, name, error.clause(name, text), error.hint))
            return None
        if self.zone and isinstance(value, When):
            value = value.in_zone(self.zone)
        if len(text) <= 80 and len(read) < _MOST_CACHED:
            read[text] = value
        return value

    def _wrong(self, name: str, wanted: str) -> None:
        self.faults.append(Fault("P012", name, f"'{name}' takes {wanted}", "See docs/record.md."))

    def _unknown(self, table: Table, name: str) -> None:
        hint = meant(name, list(table.by_name), one_of(list(table.by_name)))
        self.faults.append(
            Fault("P010", name, f"unknown key '{brief(name)}' in {table.name}", hint, grave=False)
        )


def written(raw: object) -> str:
    """A JSON value as people would type it: no exponent, and true or false as words.

    >>> written(1e-05), written(True), written(0.5)
    ('0.00001', 'true', '0.5')
    """
    if isinstance(raw, bool):
        return "true" if raw else "false"
    if isinstance(raw, float):
        text = repr(raw)
        if "e" in text:
            from decimal import Decimal

            return format(Decimal(text), "f")
        return text
    return str(raw).strip()


def lines_of(prediction: Prediction, recorded: str) -> Iterator[dict[str, Any]]:
    """The lines that hold a record: its own, then one a forecast and one a resolution.

    ``recorded`` is the moment that its own line and those of its forecasts bear.
    """
    window = prediction.deadline
    own = _object(prediction, PREDICTION, ("deadline", "forecasts", "resolutions"))
    days = {name: day.isoformat() for name in DAYS if (day := getattr(window, name))}
    rest = _object(window, DEADLINE, DAYS)
    if window.within:
        rest["after"] = "given"
    yield {"type": "prediction", "recorded": recorded, **own, **days, **({"deadline": rest} if rest else {})}
    of = {"prediction": prediction.id}
    for number, forecast in enumerate(prediction.forecasts):
        head = {"type": "forecast", "id": f"{prediction.id}.f{number}", "recorded": recorded, **of}
        yield {**head, **_object(forecast, FORECAST, ())}
    for number, entry in enumerate(prediction.resolutions):
        yield {
            "type": "resolution",
            "id": f"{prediction.id}.r{number}",
            **of,
            **_object(entry, RESOLUTION, ()),
        }


_DEFAULTS: dict[type, dict[str, Any]] = {}
_ALWAYS = {Forecast: ("made", "by", "basis", "attribution"), Window: ("basis",)}
"""Values that follow from something around them where nothing is told, and are therefore always told."""


def _object(record: Any, table: Table | None, without: tuple[str, ...]) -> dict[str, Any]:
    """The values of a record that are not what they are by default, by the names of their keys."""
    kind = type(record)
    defaults = _DEFAULTS.setdefault(kind, {field.name: field.default for field in fields(record)})
    found: dict[str, Any] = {}
    for name, default in defaults.items():
        value = getattr(record, name)
        if isinstance(value, Says | Terms):
            found |= {key: _plain(item) for key, item in value.entry.items()}
        elif name in without or (table and name not in table.by_name):
            continue
        elif value != default or name in _ALWAYS.get(kind, ()):
            found[name] = _plain(value)
    return {name: value for name, value in found.items() if value is not None}


def _plain(value: Any) -> Any:
    if isinstance(value, When | Duration | After | date):
        return str(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Number):
        return float(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if is_dataclass(value):
        return _object(value, None, ())
    return value
