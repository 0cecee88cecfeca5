"""A database full of what an attacker, or a careless paste, could put into records.

The reader refuses some of it and the check warns of more; the site must stand without either.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import cycle
from pathlib import Path

TEXTS = (
    "<script>window.hacked = 1</script>",
    "\"><img src=x onerror='window.hacked = 1'>",
    "</title></style></script><script>window.hacked = 1</script><!--",
    "<svg onload=window.hacked=1><style>body{display:none}</style>",
    "' onmouseover='window.hacked = 1' autofocus onfocus='window.hacked = 1",
    '<a href="javascript:window.hacked = 1">a prize</a> [a prize](javascript:window.hacked=1)',
    "{{ 7 * 7 }} {% raw %} ${7 * 7}",
    "<base href=https://evil.example/><meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "abc \u202e gnitirw desrever \u2066 isolate \u200f mark, never closed",
    "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 with English between",
    "\U0001f600\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466\U0001f3f3\ufe0f\u200d\U0001f308"
    * 20,
    "Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334\u0319\u0324\u031e\u0349\u035a\u032f\u031e\u0320\u034da\u036b\u0357\u0334\u0362\u0335\u031c\u0330\u0354l\u0368\u0367\u0369\u0358\u0320g\u0311\u0357\u030e\u0305\u035b\u0341\u0334\u033b\u0348\u034d\u0354\u0339o",
    "x" * 5000,
    "W" * 300 + "\u00ad" + "i" * 300,
    "]]> --> &amp; &lt; \\ \" ' ` \x7f \x0b",
)
LINKS = (
    "javascript:window.hacked=1",
    "JaVaScRiPt:window.hacked=1//https://example.org/",
    " javascript:window.hacked=1",
    "java\tscript:window.hacked=1",
    "data:text/html,<script>window.hacked=1</script>",
    "vbscript:msgbox(1)",
    "//evil.example/path",
    "file:///etc/passwd",
    'https://news.example/" onmouseover="window.hacked=1',
    "https://user:secret@evil.example@news.example/" + "y" * 2000,
    "https://[broken/",
)
FREE = {
    "articles": ("title", "publisher", "affiliation", "chosen", "note", "date_basis", "origin_publisher"),
    "forecasters": ("name", "affiliation"),
    "conditions": ("text", "event"),
    "predictions": (
        "claim",
        "quote",
        "words",
        "article_title",
        "criteria",
        "settled_by",
        "event",
        "note",
        "logged_by",
        "via",
        "deadline_words",
        "deadline_why",
        "source",
        "external",
    ),
    "forecasts": ("words", "quote", "note"),
    "resolutions": ("by", "note"),
    "evidence": ("title", "publisher", "agency", "quote", "shows", "searched"),
    "sources": ("title", "publisher", "agency"),
    "prediction_tags": ("tag",),
    "word_record": ("words",),
    "readings": ("words",),
    "scales": ("title", "sources"),
    "audit": ("by", "was", "now"),
    "build": ("contact", "history", "conclusion"),
}
"""Columns whose text comes from a record as it is."""
ADDRESSES = {
    "articles": ("url", "archive", "origin_url"),
    "forecasts": ("url",),
    "evidence": ("url", "archive"),
    "sources": ("url", "archive"),
}


def spoil(database: Path) -> None:
    """Overwrite every free text and every address of a built database; keys, dates and closed sets stay."""
    with closing(sqlite3.connect(database)) as connection:
        texts, links = cycle(TEXTS), cycle(LINKS)
        for columns_of, values in ((FREE, texts), (ADDRESSES, links)):
            for table, columns in columns_of.items():
                for row, name in _fields(connection, table, columns):
                    # The number keeps what is part of a key apart from its neighbours.
                    value = next(values)
                    text = f"{value} {row}" if values is texts else value
                    connection.execute(f'update {table} set "{name}" = ? where rowid = ?', (text, row))
        _spoil_lists(connection, texts, links)
        _spoil_groups(connection, texts)
        connection.commit()


def _fields(
    connection: sqlite3.Connection, table: str, columns: tuple[str, ...]
) -> Iterator[tuple[int, str]]:
    rows = [row for (row,) in connection.execute(f"select rowid from {table}")]
    return ((row, name) for row in rows for name in columns)


def _spoil_lists(connection: sqlite3.Connection, texts: Iterator[str], links: Iterator[str]) -> None:
    for (row,) in connection.execute("select rowid from predictions").fetchall():
        reply = {"by": next(texts), "on": "2026-01-01", "url": next(links)}
        lists = (json.dumps([next(texts)]), json.dumps([next(texts), next(texts)]), json.dumps([reply]))
        connection.execute(
            "update predictions set also = ?, tags = ?, replies = ? where rowid = ?", (*lists, row)
        )


def _spoil_groups(connection: sqlite3.Connection, texts: Iterator[str]) -> None:
    """Names of groups that are free text: publishers and tags."""
    for table in ("scoreboard", "totals", "calibration", "decompositions", "word_record", "scale_scores"):
        found = connection.execute(
            f'select distinct "by", "group" from {table} where "by" in (\'publisher\', \'tag\')'
        ).fetchall()
        for number, (by, group) in enumerate(found):
            connection.execute(
                f'update {table} set "group" = ? where "by" = ? and "group" = ?',
                (f"{next(texts)} {number}", by, group),
            )
