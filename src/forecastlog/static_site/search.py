"""What the copy's one script searches.

Who said it, the words, our question, in a tenth of a kilobyte a prediction.

A page that was opened from a disk may not fetch a file, but may load a script; so the index is one, and it is
packed (RFC 1950, base64), because browsers unpack it themselves. What is too long for the room is cut, the
longest first.
"""

from __future__ import annotations

import base64
import json
import sqlite3
import zlib
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

ROOM = 100_000 / 1000
"""Bytes of the index a prediction."""
LEAST = 2_000
"""Bytes that the index of a very small log may take: packing needs something to begin with."""
_LENGTHS = (400, 250, 180, 140, 110, 90, 70, 50, 30, 0)
Row = tuple[str, str, str, str]


def index_of(path: Path, records: str) -> bytes:
    """The index of a database, as a script that hands it on.

    ``records`` is the folder of the predictions' pages.
    """
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True)) as connection:
        rows: list[Row] = connection.execute(
            "select id, byline, substr(spoken, length(byline) + 3), claim from predictions where "
            "logged_wrongly = 0 order by made desc, predictions.rowid desc"
        ).fetchall()
    return packed(rows, records)


def packed(rows: Sequence[Row], records: str = "") -> bytes:
    """The rows (id, whose words, words, our question) within their room.

    >>> 0 < len(packed([("aid", "Ann Other", "highly unlikely", "Aid comes. " * 900)])) <= LEAST
    True
    """
    room = max(int(ROOM * len(rows)), LEAST)
    for length in _LENGTHS:
        script = _script(rows, records, length)
        if len(script) <= room:
            break
    return script


def _script(rows: Sequence[Row], records: str, length: int) -> bytes:
    names = list(dict.fromkeys(byline for _, byline, _, _ in rows))
    number = {name: place for place, name in enumerate(names)}
    lines = [
        "\n".join(_cut(name, length) for name in names),
        *(
            f"{key}\t{number[byline]}\t{_cut(words, length)}\t{_cut(claim, length)}"
            for key, byline, words, claim in rows
        ),
    ]
    data = base64.b64encode(zlib.compress("\f".join(lines).encode(), 9)).decode()
    return f"forecastlogIndex({json.dumps(data)}, {json.dumps(records)});\n".encode()


def _cut(text: str, length: int) -> str:
    """At most so many characters of a line, ending with a whole word."""
    text = " ".join(text.split())
    return text if len(text) <= length else text[:length].rpartition(" ")[0].rstrip() + "…"
