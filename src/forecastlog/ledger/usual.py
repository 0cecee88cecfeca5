"""A forecast's line as most machines write it: when, by whom, a probability, an address, all plainly right.

It gives the values that ``LineReader`` gives, in a third of the time; any other line is left to that.
"""

from __future__ import annotations

from typing import Any

import msgspec

from forecastlog import values as v
from forecastlog.ledger.bulk import is_link
from forecastlog.ledger.lines import LINES, LineReader
from forecastlog.ledger.reader import Values
from forecastlog.model.moments import When
from forecastlog.model.records import ID_PATTERN


class _Usual(msgspec.Struct, tag_field="type", tag="forecast", forbid_unknown_fields=True, gc=False):
    """The line; every key of it is one of the table of a forecast's line."""

    id: str
    recorded: str
    prediction: str
    probability: float
    by: str | None = None
    made: str | None = None
    url: str | None = None


def _decoder() -> msgspec.json.Decoder[Any]:
    others = [msgspec.defstruct(name, [], tag_field="type", tag=name) for name in LINES if name != "forecast"]
    of: Any = _Usual
    for other in others:
        of |= other
    return msgspec.json.Decoder(of)


_DECODE = _decoder().decode
_READERS = {"recorded": v.EXACT, "made": v.WHEN}


def usual(reader: LineReader, line: bytes) -> Values | None:
    """The values of a usual line; None of any other."""
    try:
        read = _DECODE(line)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return None
    if type(read) is not _Usual or not _is_sound(read):
        return None
    recorded = _when(reader, "recorded", read.recorded)
    made = recorded if read.made in (None, read.recorded) else _when(reader, "made", read.made)
    if recorded is None or made is None:
        return None
    values = {
        "id": read.id,
        "recorded": recorded,
        "prediction": read.prediction,
        "probability": read.probability,
    }
    if read.made is not None:
        values["made"] = made
    if read.by is not None:
        values["by"] = read.by
    if read.url is not None:
        values["url"] = read.url
    return values


def _is_sound(read: _Usual) -> bool:
    return (
        0 <= read.probability <= 1
        and ID_PATTERN.fullmatch(read.prediction) is not None
        and _plain(read.id)
        and (read.by is None or _plain(read.by))
        and (read.url is None or is_link(read.url) is not None)
    )


def _plain(text: str) -> bool:
    """Whether a text is read as it stands: with no space around it but the plain one, it has no other."""
    return text.isprintable() and text != "" and text[0] != " " and text[-1] != " "


def _when(reader: LineReader, key: str, text: str | None) -> When | None:
    """A day or a time; None where it is none, and where nothing is written."""
    found = reader.scalar(key, _READERS[key], text) if text else None
    return found if isinstance(found, When) else None
