"""The public ids of entries, which have none of their own in the record.

An id follows from the values named here and from nothing else, so that a new key, a remark or a better title
changes no address.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from forecastlog.model.forecasts import Forecast, Says
from forecastlog.model.outcomes import Evidence, Resolution

FORECAST = ("by", "made", "words", "says")
RESOLUTION = ("by", "recorded", "outcome", "reason", "known")
EVIDENCE = ("url", "searched", "on")

Entry = TypeVar("Entry", Forecast, Resolution, Evidence)


def with_ids(of: str, entries: Iterable[Entry], names: Sequence[str]) -> dict[str, Entry]:
    """The entries of the record or entry ``of`` by their ids; equal ones count once.

    Of entries that differ in none of the named values the later ones get a number.
    """
    found: dict[str, Entry] = {}
    for entry in entries:
        first = free = f"{of}.{_digest(entry, names)}"
        number = 1
        while free in found and found[free] != entry:
            number += 1
            free = f"{first}.{number}"
        found.setdefault(free, entry)
    return found


def _digest(entry: object, names: Sequence[str]) -> str:
    """Twelve hexadecimal digits from the values that are there."""
    import hashlib  # here, because listings read this module and need no ids
    from json.encoder import encode_basestring_ascii as quoted

    said: list[str] = []
    for name in names:
        value = getattr(entry, name)
        for key, part in value.identity if isinstance(value, Says) else ((name, value),):
            if part is not None:
                text = f"{part:.12g}" if isinstance(part, float) else str(part)
                said.append(f'["{key}", {quoted(text)}]')
    return hashlib.sha256(f"[{', '.join(said)}]".encode()).hexdigest()[:12]
