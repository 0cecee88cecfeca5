"""Behind a proxy that hands on the whole path: the links of ours and of Datasette's pages lead below it."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin

import pytest
from datasette.app import Datasette

from forecastlog.database import build
from forecastlog.ledger import load

from .conftest import ROOT, TODAY

HOST = "http://proxy.example"
PAGES = (
    "",
    "forecastlog",
    "forecastlog/predictions",
    "forecastlog/predictions?_size=5&_sort=made",
    "forecastlog/forecasts?_facet=basis&_facet=scale&_search=",
    "forecastlog/predictions?_facet=id",
    "forecastlog/due",
    "forecastlog/scores?_next=20",
    "-/scoreboard",
    "-/calibration",
    "forecastlog/forecasters/nobody",
)


class Links(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.feed(html)

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.update(value for name, value in attrs if name in {"href", "src", "action"} and value)


@pytest.mark.parametrize("prefix", ["/forecasts/", "/desk/log/"])
def test_every_link_below_a_prefix_answers(tmp_path: Path, prefix: str) -> None:
    path = tmp_path / "forecastlog.db"
    build(load(ROOT / "predictions"), path, today=TODAY)
    broken, seen, followed = asyncio.run(_followed(path, prefix))
    assert broken == []
    assert seen > 250
    assert followed > 50


def _shape(target: str) -> str:
    """A link without the id and the values that it carries: one of a shape stands for all."""
    return re.sub(r"=[^&]*", "=", re.sub(r"(/forecastlog/\w+)/[^/?.]+", r"\1/", target))


async def _followed(path: Path, prefix: str) -> tuple[list[tuple[Any, ...]], int, int]:
    """What is wrong with a link, how many links there are, and how many were followed: one of each shape."""
    import httpx

    site = Datasette([str(path)], settings={"base_url": prefix, "suggest_facets": False})
    await site.invoke_startup()
    transport = httpx.ASGITransport(app=site.app())
    broken: list[tuple[Any, ...]] = []
    seen: set[str] = set()
    shapes: set[str] = set()
    async with httpx.AsyncClient(transport=transport, base_url=HOST) as client:
        for page in PAGES:
            here = f"{HOST}{prefix}{page}"
            answer = await client.get(here)
            for link in Links(answer.text).found:
                target = urldefrag(urljoin(here, link))[0]
                if target in seen or not target.startswith(HOST):
                    continue
                seen.add(target)
                if not target.startswith(f"{HOST}{prefix}") or f"{prefix}{prefix[1:]}" in target:
                    broken.append((page, target, "prefix"))
                if _shape(target) in shapes:
                    continue
                shapes.add(_shape(target))
                followed = await client.get(target, follow_redirects=True)
                if followed.status_code != (404 if target == f"{HOST}{prefix}{PAGES[-1]}" else 200):
                    broken.append((page, target, followed.status_code))
    for database in site.databases.values():
        for connection in database._all_file_connections:
            if isinstance(connection, sqlite3.Connection):
                connection.close()
    return broken, len(seen), len(shapes)
