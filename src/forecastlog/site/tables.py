"""Datasette's tables, page by page without loss.

And their CSV and JSON say so where they hold only the first rows.

Datasette gives at most so many rows at a time. Its JSON says of such a page that nothing is missing, and its
CSV says nothing; whoever adds up a column of it gets a wrong sum. So the CSV is given as far as one answer
reaches, and ends with a line that says where the next rows are. No cell of it begins a formula.

And where a table is sorted by a column in which several rows have the same value, the first page of Datasette
0.65 has these in another order than the pages after it, so that some rows stand on no page. A page that
begins after a value below all others is the first page in the order of the others.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from forecastlog.site.headers import App, Scope, Send, path_of
from forecastlog.spreadsheet import unarmed

_TABLE = re.compile(r"(?P<place>/(?P<database>[^/]+)/(?P<table>[^/.]+))(?:\.(?P<form>csv|json))?")
_BEFORE_ALL = {"_sort": "$null", "_sort_desc": quote("\U0010ffff").replace("%", "~")}
"""Of each order, as Datasette writes it, a value before every other: nothing is first upwards, this letter
downwards."""
_LEAST = str(-(2**63))
"""A key before every other, be it a number or a text that begins with a letter or digit."""


def losing_nothing(app: App, database: Callable[[], str | None], most: int) -> App:
    """The application, with the tables of ``database`` given so that no row is lost, ``most`` at a time."""

    async def wrapped(scope: Scope, receive: Any, send: Send) -> None:
        asked = _asked(scope, database())
        if asked is None:
            await app(scope, receive, send)
            return
        scope = _beginning(scope, asked["table"])
        if asked["form"] == "json":
            await _json(app, scope, receive, send)
        elif asked["form"] == "csv":
            await _csv(app, scope, receive, send, place=asked["place"], most=most)
        else:
            await app(scope, receive, send)

    return wrapped


def _beginning(scope: Scope, table: str) -> Scope:
    """The request of a sorted table's first page as one of the page after a value before all others."""
    query = _query(scope)
    order = next((name for name, _ in query if name in _BEFORE_ALL), None)
    if order is None or table not in _keys() or any(name == "_next" for name, _ in query):
        return scope
    first = ",".join((_BEFORE_ALL[order], *[_LEAST] * _keys()[table]))
    return {**scope, "query_string": urlencode([*query, ("_next", first)]).encode()}


@cache
def _keys() -> dict[str, int]:
    """Of how many columns the key of each table is."""
    from forecastlog.database.schema import TABLES

    return {table.name: 1 if isinstance(table.key, str) else len(table.key) for table in TABLES}


def _query(scope: Scope) -> list[tuple[str, str]]:
    return parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)


@dataclass(slots=True)
class _Answer:
    """A whole answer of the application; to be called as what it sends to."""

    start: dict[str, Any] = field(default_factory=dict)
    body: bytes = b""

    async def __call__(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.start = dict(message)
        elif message["type"] == "http.response.body":
            self.body += message.get("body", b"")

    async def send(self, to: Send, *more: tuple[bytes, bytes]) -> None:
        """Pass it on, with further headers."""
        kept = [pair for pair in self.start["headers"] if pair[0].lower() != b"content-length"]
        length = (b"content-length", str(len(self.body)).encode())
        await to({**self.start, "headers": [*kept, length, *more]})
        await to({"type": "http.response.body", "body": self.body})


def _asked(scope: Scope, database: str | None) -> re.Match[str] | None:
    if scope["type"] != "http" or scope["method"] != "GET":
        return None
    found = _TABLE.fullmatch(path_of(scope))
    return found if found and found["database"] == database else None


async def _json(app: App, scope: Scope, receive: Any, send: Send) -> None:
    answer = _Answer()
    await app(scope, receive, answer)
    told = _object(answer)
    if told.get("next") and told.get("truncated") is False:
        answer.body = json.dumps(told | {"truncated": True}).encode()
    await answer.send(send)


def _object(answer: _Answer) -> dict[str, Any]:
    """The JSON object of an answer; empty where it is a list, lines of JSON or an error."""
    try:
        told = json.loads(answer.body) if answer.start["status"] == 200 else None
    except ValueError:
        told = None
    return told if isinstance(told, dict) else {}


async def _csv(app: App, scope: Scope, receive: Any, send: Send, *, place: str, most: int) -> None:
    query = _query(scope)
    size = dict(query).get("_size", "max")
    query = [*(pair for pair in query if pair[0] != "_size"), ("_size", size)]
    answer = _Answer()
    await app(_to(scope, f"{place}.csv", query), receive, answer)
    if answer.start["status"] != 200:
        await answer.send(send)
        return
    answer.body, shown = _unarmed(answer.body.decode())
    full = most if size == "max" or not size.isdecimal() else min(int(size), most)
    if shown < full:
        await answer.send(send)
        return
    page = _Answer()
    await app(_to(scope, f"{place}.json", [*query, ("_nofacet", "1")]), receive, page)
    told = _object(page)
    following = str(told.get("next_url") or "").replace(".json?", ".csv?").replace("&_nofacet=1", "")
    if not (following or told.get("truncated")):
        await answer.send(send)
        return
    where = f"the next ones are at {following}" if following else "a filter finds fewer"
    answer.body += _lines([[f"CUT: these are {shown} rows, and there are more; {where}"]])
    link = [(b"link", f'<{following}>; rel="next"'.encode())] if following else []
    await answer.send(send, *link)


def _unarmed(text: str) -> tuple[bytes, int]:
    """The CSV with cells that no spreadsheet runs, and how many rows it has after the first."""
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))
    rows = list(csv.reader(io.StringIO(text, newline="")))
    return _lines(map(unarmed, row) for row in rows), max(len(rows) - 1, 0)


def _lines(rows: Iterable[Iterable[str]]) -> bytes:
    lines = io.StringIO()
    csv.writer(lines).writerows(rows)
    return lines.getvalue().encode()


def _to(scope: Scope, path: str, query: list[tuple[str, str]]) -> Scope:
    """The same request of another address."""
    return {**scope, "path": path, "raw_path": path.encode(), "query_string": urlencode(query).encode()}
