"""The public ids of entries, which have none of their own in the record.

An id follows from the values named here and from nothing else, so that a new key, a remark or a better title
changes no address.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import TypeVar

from forecastlog.model.forecasts import Forecast, Says
from forecastlog.model.outcomes import Evidence, Resolution

FORECAST = ("by", "made", "words", "says")
RESOLUTION = ("by", "recorded", "outcome", "reason", "known")
EVIDENCE = ("url", "searched", "on")

Entry = TypeVar("Entry", Forecast, Resolution, Evidence)


def with_ids(of: str, entries: Iterable[Entry], names: Sequence[str]) -> dict[str, Entry]:
    """The entries of the record or entry ``of`` by their ids; equal ones count once.

    An id ends in twelve hexadecimal digits from the named values that are there. Of entries that differ in
    none of these the later ones get a number.
    """
    from hashlib import sha256  # here, because listings read this module and need no ids
    from json.encoder import encode_basestring_ascii as quoted

    found: dict[str, Entry] = {}
    values = attrgetter(*names)
    for entry in entries:
        told: list[tuple[str, object]] = []
        for name, value in zip(names, values(entry), strict=True):
            told += value.identity if isinstance(value, Says) else ((name, value),)
        said = ", ".join([f'["{name}", {quoted(_text(value))}]' for name, value in told if value is not None])
        first = free = f"{of}.{sha256(f'[{said}]'.encode()).hexdigest()[:12]}"
        number = 1
        while free in found and found[free] != entry:
            number += 1
            free = f"{first}.{number}"
        found.setdefault(free, entry)
    return found


def _text(value: object) -> str:
    return f"{value:.12g}" if isinstance(value, float) else str(value)
