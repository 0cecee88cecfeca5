"""JSON documents of platforms, read whole within bounds; a bare NaN, as some write it, is nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from forecastlog.interchange.found import BadFile
from forecastlog.interchange.rows import read_whole


def document(path: Path) -> Any:
    """What a JSON file holds, gzipped or not; raises BadFile where it is none."""
    if not path.is_file():
        raise BadFile(f"{path}: there is no such file.")
    try:
        return json.loads(read_whole(path), parse_constant=lambda _: None)
    except (ValueError, RecursionError) as error:
        raise BadFile(f"{path} is no JSON: {error}.") from None


def objects(path: Path, key: str | None = None) -> list[Mapping[str, Any]]:
    """The objects of a list, or of the list that ``key`` holds."""
    found = document(path)
    if key and isinstance(found, dict):
        found = found.get(key)
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        where = f" in '{key}'" if key else ""
        raise BadFile(f"{path} has no list of objects{where}.")
    return found


def text(value: object) -> str:
    """A value as text; nothing for what is missing."""
    return "" if value is None else str(value).strip()
