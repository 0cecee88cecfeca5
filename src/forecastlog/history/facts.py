"""What a record says in public, as a flat mapping.

The path of a value, such as ``deadline.latest``, and its text.

The keys are those of ``ledger/tables``, so that a new one is audited without a word here. Entries of a list
go by what they are and not by their place: ``forecasts[kuchins 2025-03-20].probability``. The path of an
entry itself is there too, so that one which is gone is missed as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from forecastlog.keys import AnyReader, Many, Shorthand, Table
from forecastlog.ledger.reader import Values
from forecastlog.ledger.tables import CONDITION_RESOLUTION, EVIDENCE, FORECAST, RESOLUTION

Facts = Mapping[str, str]

ENTRY = ""
"""What stands at the path of an entry."""
WORDS = frozenset(
    {
        "claim",
        "question",
        "quote",
        "also",
        "criteria",
        "settled_by",
        "note",
        "deadline.words",
        "deadline.why",
        "forecasts.words",
        "forecasts.quote",
        "forecasts.note",
        "resolutions.note",
        "resolutions.evidence",
        "replies",
        "corrections.was",
    }
)
"""What goes when a record's words are withheld; figures, days and names of people stay."""
_KNOWN_BY: Mapping[str, tuple[str, ...]] = {
    FORECAST.name: ("by", "made"),
    RESOLUTION.name: ("by", "recorded"),
    CONDITION_RESOLUTION.name: ("by", "recorded"),
    EVIDENCE.name: ("url", "searched"),
}
"""The keys that tell one entry of a list from another; of any other table, those that it must have."""
_PLACE = re.compile(r"\[[^\[\]]*\](?:#\d+)?")
_BRACKETS = str.maketrans("[]", "()")


def facts(table: Table, values: Values, path: str = "") -> dict[str, str]:
    """The facts of one entry of a table, ``path`` before each."""
    found: dict[str, str] = {}
    for key in table.keys:
        value = values.get(key.name)
        if value is not None and value is not False and value not in ("", ()) and key.name != "id":
            found |= _said(key.reader, value, path + key.name)
    return found


def _said(kind: AnyReader, value: object, path: str) -> dict[str, str]:
    if isinstance(kind, Shorthand):
        kind = kind.table
    if isinstance(kind, Table) and isinstance(value, dict):
        return facts(kind, value, f"{path}.")
    if isinstance(kind, Many) and isinstance(value, tuple):
        inner = kind.of.table if isinstance(kind.of, Shorthand) else kind.of
        if isinstance(inner, Table):
            return dict(_entries(inner, value, path))
        return {f"{path}[{text(item).translate(_BRACKETS)}]": text(item) for item in value}
    return {path: text(value)}


def _entries(table: Table, values: tuple[Values, ...], path: str) -> Iterator[tuple[str, str]]:
    """The facts of a list's entries; two of the same name in their order, which decides which one stands."""
    names = _KNOWN_BY.get(table.name) or tuple(key.name for key in table.required)
    told: dict[str, list[dict[str, str]]] = {}
    for entry in values:
        name = " ".join(text(entry[key]) for key in names if entry.get(key) not in (None, ""))
        rest = {key: value for key, value in entry.items() if key not in names}
        told.setdefault(f"{path}[{name.translate(_BRACKETS)}]", []).append(facts(table, rest, "."))
    for place, alike in told.items():
        for number, said in enumerate(alike, 1):
            here = place if number == 1 else f"{place}#{number}"
            yield here, ENTRY
            yield from ((here + key, value) for key, value in said.items())


def text(value: object) -> str:
    """A value as it is compared and shown."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.12g}" if isinstance(value, float) else str(value)


def key_of(path: str) -> str:
    """The keys on the way to a value, without the names of entries.

    >>> key_of("resolutions[eve 2025-03-20].evidence[https://x.example/a].title")
    'resolutions.evidence.title'
    """
    return _PLACE.sub("", path)


def entry_of(path: str) -> str:
    """The entry of a top-level list in which a value stands, or an empty text.

    >>> entry_of("resolutions[eve 2025-03-20].evidence[https://x.example/a].title")
    'resolutions[eve 2025-03-20]'
    """
    found = re.match(rf"\w+{_PLACE.pattern}", path)
    return found[0] if found else ""


def parent_of(path: str) -> str:
    """The innermost entry around a value or an entry, or an empty text."""
    places = list(_PLACE.finditer(path))
    inside = [place.end() for place in places if place.end() < len(path)]
    return path[: inside[-1]] if inside else ""


def entry_text(facts: Facts, path: str) -> str:
    """What a whole entry says, in a line."""
    return ", ".join(
        f"{inner[len(path) + 1 :]} {value}"
        for inner, value in facts.items()
        if inner.startswith(f"{path}.") and value != ENTRY
    )


def unaudited(table: Table, path: str) -> str | None:
    """Why a value may change without a word, or None."""
    reader: AnyReader = table
    for name in key_of(path).split("."):
        while isinstance(reader, Many | Shorthand):
            reader = reader.of if isinstance(reader, Many) else reader.table
        key = reader.by_name.get(name) if isinstance(reader, Table) else None
        if key is None:
            return None
        if key.unaudited:
            return key.unaudited
        reader = key.reader
    return None


def beneath(key: str, keys: frozenset[str] | Mapping[str, str]) -> bool:
    """Whether a key or one around it is among these."""
    parts = key.split(".")
    return any(".".join(parts[: length + 1]) in keys for length in range(len(parts)))
