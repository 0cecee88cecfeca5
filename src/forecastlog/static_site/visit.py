"""The site asked in this process, as its server answers, over one database file that does not change."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from forecastlog.errors import Refused
from forecastlog.serving import NAME, SETTINGS

_OF_DATASETTE = b'<body class="theirs'
_TIMED = "query_ms"
"""What Datasette tells of its own haste: it differs from one asking to the next."""
_ALONE = {
    "default_allow_sql": False,
    "max_returned_rows": 10_000,
    "sql_time_limit_ms": 60_000,
    "num_sql_threads": 0,  # nobody else waits, and a thread costs more than most queries
}
"""The settings of a site that one visitor has for itself, where they differ from those of the server."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address gave.

    ``kind`` is its media type, ``location`` where it leads on, ``ours`` a page of ours.
    """

    status: int
    kind: str
    body: bytes
    location: str = ""

    @property
    def is_page(self) -> bool:
        """Whether it is HTML."""
        return self.kind == "text/html"

    @property
    def is_feed(self) -> bool:
        """Whether it is Atom, whose pages name each other, or a map of the site."""
        return self.kind in ("application/atom+xml", "application/xml")

    @property
    def ours(self) -> bool:
        """Whether it is a page of ours and none of Datasette's own."""
        return self.is_page and _OF_DATASETTE not in self.body


class Visitor:
    """Asks one site, which says of itself that it stands at ``public``."""

    def __init__(self, datasette: Any, public: str) -> None:
        self.datasette = datasette
        self.public = public

    async def old_addresses(self) -> list[str]:
        """What nobody links any more and still answers: the ids that records had once."""
        from forecastlog.site.links import Links
        from forecastlog.site.moved import old_addresses
        from forecastlog.site.store import ask, database_of

        database = await database_of(self.datasette)
        if database is None:
            raise Refused("forecastlog did not build this database.")
        links = Links(self.datasette.urls, database.name)
        found = await ask(database, old_addresses)
        return [links.row(*one) for one in found] + [
            links.embed(*one) for one in found if one[0] == "predictions"
        ]

    async def get(self, address: str) -> Answer:
        """The answer to an address of the site; JSON that goes on is gathered to its end."""
        answer = await self._ask(address)
        if answer.kind != "application/json" or answer.status != 200:
            return answer
        data = json.loads(answer.body)
        if not isinstance(data, dict) or _TIMED not in data:
            return answer
        while address := data.get("next_url") or "":
            more = json.loads((await self._ask(_local(address))).body)
            data = {**more, "rows": [*data["rows"], *more["rows"]]}
        data = {name: value for name, value in data.items() if name != _TIMED}
        return Answer(200, answer.kind, json.dumps(data, ensure_ascii=False).encode())

    async def _ask(self, address: str) -> Answer:
        response = await self.datasette.client.get(address, headers={"accept-encoding": "identity"})
        kind = response.headers.get("content-type", "").partition(";")[0].strip()
        return Answer(
            response.status_code, kind, response.content, _local(response.headers.get("location", ""))
        )


@contextmanager
def visiting(path: Path, metadata: Mapping[str, Any], public: str) -> Iterator[Visitor]:
    """A visitor of the site over the database at ``path``; ``public`` is where the copy will be, or empty."""
    from datasette.app import Datasette
    from datasette.database import Database

    plugins = {**metadata.get("plugins", {}), "forecastlog": {"url": public}}
    site = Datasette(
        [str(path)],
        metadata={**metadata, "plugins": plugins},
        settings={**SETTINGS, **_ALONE},
    )
    site.remove_database(next(name for name, held in site.databases.items() if held.path))
    site.add_database(Database(site, path=str(path), is_mutable=False), name=NAME)
    try:
        yield Visitor(site, public)
    finally:
        if site.executor:
            site.executor.shutdown()
        for database in site.databases.values():
            database.close()


def _local(address: str) -> str:
    """The address without the host that the answer gave it."""
    from urllib.parse import urlsplit

    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
