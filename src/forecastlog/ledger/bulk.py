"""Lines of forecasts looked at many at once.

What is not plainly sound is left to ``LineReader``, which tells why.

A column of a thousand values costs a few calls, so that a million forecasts take seconds; they become records
when somebody asks for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple, Union

import msgspec

from forecastlog import values as v
from forecastlog.keys import AnyReader, Key
from forecastlog.kinds import FORECAST_KEYS
from forecastlog.ledger.lines import FORECAST_LINE, LINES, LineReader
from forecastlog.model.records import ID_PATTERN

Column = Sequence[Any]

_NAMES = tuple(key.name for key in FORECAST_LINE.keys)
_NEEDED = tuple(key.name for key in FORECAST_LINE.required)
_CALLED = ("by", "judged_by")
"""The keys of a forecast that name somebody."""
is_link = re.compile(r"https?://[^\s/]+\S*").fullmatch
_MOMENT = re.compile(
    r"[1-8]\d{3}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(\.\d{3,6})?(Z|[+-]\d{2}:\d{2})", re.ASCII
).fullmatch
"""A time with its offset, of which the day in UTC is in the calendar if the day written is."""


class Sound(NamedTuple):
    """Forecasts in which nothing is wrong, column by column."""

    places: Sequence[int]
    """Where among the lines each one is."""
    ids: Column
    of: Column
    """The ids of their predictions."""
    named: set[str]
    """Whom they name, as written."""
    keys: Mapping[str, set[str]]
    """By each key that only some kinds of prediction have: of which predictions a forecast has it."""
    unclear: set[str]
    """Of which predictions a forecast says more than ``CLEAR``, or was recorded before it was made."""
    last: Mapping[str, str]
    """The last day on which a forecast of each of the others was recorded."""


NONE = Sound((), (), (), set(), {}, set(), {})
CLEAR = ("id", "prediction", "recorded", "made", "by", "probability", "url", "quote", "words", "note")
"""Keys that say who gave which chance and when, and no days, records or figures beside them."""


class Sieve:
    """Tells forecasts in which nothing is wrong from all other lines."""

    def __init__(self, reader: LineReader) -> None:
        self._reader = reader

    def sift(self, lines: Sequence[bytes]) -> tuple[Sound, list[int]]:
        """Sound forecasts, and the places of the lines that have to be read one by one."""
        decode, of = _decoder().decode, _forecast()
        places: list[int] = []
        found: list[Any] = []
        others: list[int] = []
        for place, line in enumerate(lines):
            try:
                read = decode(line)
            except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
                read = None
            if type(read) is of:
                places.append(place)
                found.append(read)
            else:
                others.append(place)
        columns = _columns(found)
        if doubtful := self._doubtful(columns):
            others = sorted((*others, *(places[at] for at in doubtful)))
            sound = [at for at in range(len(found)) if at not in doubtful]
            places = [places[at] for at in sound]
            columns = _columns([found[at] for at in sound])
        return self._with_order(_sound(places, columns), columns), others

    def _with_order(self, sound: Sound, columns: Mapping[str, Column]) -> Sound:
        """The same with what is told of the order of days, as rules would find it."""
        unclear, last = set(sound.unclear), dict(sound.last)
        for name in columns.keys() - {*CLEAR}:
            column = columns[name]
            if column.count(None) < len(column):
                unclear.update(one for one, raw in zip(sound.of, column, strict=True) if raw is not None)
        made, recorded = self._days("made", columns), self._days("recorded", columns)
        chances = columns["probability"]
        for one, first, day, chance in zip(sound.of, made, recorded, chances, strict=True):
            if type(chance) is not float or not "0" < first <= day:
                unclear.add(one)
            elif last.get(one, "") < day:
                last[one] = day
        return sound._replace(unclear=unclear, last=last)

    def _days(self, name: str, columns: Mapping[str, Column]) -> list[str]:
        """The first day that each can mean, as ISO 8601 has it; for none a text before all of them."""
        reader, column = FORECAST_LINE.by_name[name].reader, columns[name]
        if self._reader.zone is None:  # then it is the day that is written
            return [(text or "")[:10] for text in column]
        read = (self._reader.value(name, reader, text) if text else None for text in column)
        return [when.first.isoformat() if when else "" for when in read]

    def _doubtful(self, columns: Mapping[str, Column]) -> set[int]:
        doubtful: set[int] = set()
        moments: set[str] = set()
        for key in FORECAST_LINE.keys:
            column = columns[key.name]
            if key.name in _NEEDED:
                doubtful.update(at for at, text in enumerate(column) if not text or text != text.strip())
            if column.count(None) < len(column):
                doubtful.update(self._odd(key, column, moments))
        return doubtful

    def _odd(self, key: Key, column: Column, moments: set[str]) -> Iterable[int]:
        """The places of the values that are not plainly right; ``moments`` are times that are known to be."""
        reader = key.reader
        if reader == v.TEXT and "".join(filter(None, column)).isprintable():
            return ()
        if reader in _IN_SETS:
            texts = {*column} - moments - {None, ""}
            bad = {text for text in texts if not (_plain(reader, text) or self._reads(key, text))}
            if reader in _DATES:
                moments |= {text for text in texts - bad if _MOMENT(text)}
            return [at for at, text in enumerate(column) if text in bad] if bad else ()
        return [
            at
            for at, raw in enumerate(column)
            if raw is not None and raw != "" and not (_plain(reader, raw) or self._reads(key, raw))
        ]

    def _reads(self, key: Key, raw: object) -> bool:
        """Whether a value can be read without a fault."""
        before, self._reader.faults = self._reader.faults, []
        try:
            self._reader.value(key.name, key.reader, raw)
            return not self._reader.faults
        finally:
            self._reader.faults = before


_DATES = (v.WHEN, v.EXACT)
_IN_SETS = (*_DATES, v.DAY, v.ID)
"""Readers of values that many forecasts of a file share."""


def _plain(reader: AnyReader, raw: Any) -> bool:
    """Whether a value is plainly right; many are that are not plainly so."""
    if reader == v.PROBABILITY:
        return type(raw) is float and 0 <= raw <= 1
    if reader == v.LINK:
        return is_link(raw) is not None
    if reader == v.ID:
        return ID_PATTERN.fullmatch(raw) is not None
    if reader in _DATES and _MOMENT(raw):
        try:
            return datetime.fromisoformat(raw).tzinfo is not None
        except ValueError:
            return False
    return False


def sound_of(values: Mapping[str, Any]) -> Sound:
    """One forecast, by its values as they were read; nothing is told of the order of days."""
    return _sound([0], {name: [values.get(name)] for name in _NAMES})._replace(unclear={values["prediction"]})


def _sound(places: list[int], columns: Mapping[str, Column]) -> Sound:
    of = columns["prediction"]
    named = {name.strip() for key in _CALLED for name in {*columns[key]} if name}
    keys = {
        key.name: {
            one for one, raw in zip(of, columns[key.name], strict=True) if raw is not None and raw != ""
        }
        for key in FORECAST_KEYS
        if columns[key.name].count(None) < len(places)
    }
    return Sound(places, columns["id"], of, named, keys, set(), {})


def _columns(found: Sequence[Any]) -> Mapping[str, Column]:
    if not found:
        return dict.fromkeys(_NAMES, ())
    return dict(zip(_NAMES, zip(*map(msgspec.structs.astuple, found), strict=True), strict=True))


def _type_of(reader: AnyReader) -> Any:
    if reader == v.PROBABILITY:
        return float | str | None
    return str | None if reader in (v.TEXT, v.LINK, *_IN_SETS) else Any


@cache
def _forecast() -> type[Any]:
    """A forecast's line as msgspec reads it: the keys of its table and no other."""
    keys = [(key.name, _type_of(key.reader), None) for key in FORECAST_LINE.keys]
    return msgspec.defstruct(
        "ForecastLine", keys, tag_field="type", tag="forecast", forbid_unknown_fields=True, gc=False
    )


@cache
def _decoder() -> msgspec.json.Decoder[Any]:
    others = (msgspec.defstruct(name, [], tag_field="type", tag=name) for name in LINES if name != "forecast")
    return msgspec.json.Decoder(Union[(_forecast(), *others)])  # made of a list
