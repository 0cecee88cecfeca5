"""A line that a person's command adds to what machines wrote."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from forecastlog.ledger import Loaded
from forecastlog.ledger.imports import IMPORTS, SUFFIX
from forecastlog.ledger.names import slug
from forecastlog.model.records import Prediction


def appended(
    loaded: Loaded, record: Prediction, entry: Mapping[str, Any], today: date, before: Mapping[Path, str]
) -> tuple[Path, str]:
    """The file of a resolution of a machine's record, and its text with the line.

    ``before`` has texts already made.

    The desk's resolutions have a file of their own beside the source's, so that none of a machine's is
    rewritten.
    """
    import msgspec

    told = {name: value for name, value in entry.items() if value not in (None, "", [], ())}
    body = msgspec.json.encode(told, order="sorted")
    line = {
        "type": "resolution",
        "id": f"{record.id}.{sha256(body).hexdigest()[:16]}",
        "prediction": record.id,
        **told,
    }
    folder = loaded.root / IMPORTS / slug(record.source or "machine")
    path = folder / f"resolved-{today.isoformat()[:7]}{SUFFIX}"
    there = path not in before and path.exists()
    text = path.read_text(encoding="utf-8") if there else before.get(path, "")
    start = text if not text or text.endswith("\n") else f"{text}\n"
    return path, start + msgspec.json.encode(line).decode() + "\n"
