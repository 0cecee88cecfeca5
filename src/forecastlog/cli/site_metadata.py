"""``datasette_metadata.json``, as ``serve`` reads it: its shape is looked at before a page fails on it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from forecastlog.errors import Refused

NAMES = {bool: "true or false", dict: "an object", int: "a whole number", list: "a list", str: "a text"}
Shape = type | Mapping[str, Any] | tuple[Any, ...]
"""A type, an object's keys with the shapes of their values, or several of these to choose from."""

_ABOUT: dict[str, Shape] = {
    **dict.fromkeys(("title", "description", "license", "license_url"), str),
    **dict.fromkeys(("source", "source_url", "about", "about_url"), str),
    "plugins": {"forecastlog": {"url": str}, "*": dict},
}
_TABLE: dict[str, Shape] = {
    **_ABOUT,
    **dict.fromkeys(("sort", "sort_desc", "label_column", "fts_table", "fts_pk"), str),
    **dict.fromkeys(("size", "facet_size"), int),
    "hidden": bool,
    "facets": list,
    "sortable_columns": list,
    "columns": {"*": str},
    "units": dict,
}
_QUERY: dict[str, Shape] = {**_ABOUT, "sql": str, "params": list}
SHAPE: dict[str, Shape] = {
    **_ABOUT,
    "extra_css_urls": list,
    "extra_js_urls": list,
    "databases": {"*": {**_ABOUT, "tables": {"*": _TABLE}, "queries": {"*": (str, _QUERY)}}},
}
"""What Datasette takes for granted of the keys that it reads; ``*`` is any key."""


def metadata_of(path: Path) -> dict[str, Any]:
    """What the project says of its site, else what forecastlog says of its tables; raises Refused."""
    if not path.is_file():
        from forecastlog.database import metadata

        return metadata()
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise Refused(f"{path} is no JSON: {error}. {_REMEDY}") from None
    if fault := _fault(said, SHAPE, ""):
        raise Refused(f"{path}: {fault}. {_REMEDY}")
    shaped: dict[str, Any] = said
    return shaped


_REMEDY = "Mend it, or move it away and run 'forecastlog build --metadata-only FILE', which makes a new one."


def _fault(value: object, shape: Shape, place: str) -> str | None:
    """The first value that is of another type than its key asks for."""
    if isinstance(shape, tuple):
        faults = [_fault(value, each, place) for each in shape]
        return None if None in faults else faults[-1]
    kind = shape if isinstance(shape, type) else dict
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        return f"{place or 'the whole'} must be {NAMES[kind]}"
    if isinstance(shape, type) or not isinstance(value, dict):
        return None
    for key, inner in value.items():
        known = shape.get(key) or shape.get("*")
        if known and (fault := _fault(inner, known, f"{place}.{key}".lstrip("."))):
            return fault
    return None
