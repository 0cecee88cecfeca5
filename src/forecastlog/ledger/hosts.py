"""``[sources]`` of ``forecastlog.toml``: what kind of source the pages of a host are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, get_args

from forecastlog.ledger.source import Source
from forecastlog.problems import Problem
from forecastlog.values import offer
from forecastlog.vocabulary.articles import SOURCE_KINDS, SourceKind

EXAMPLE = '"reuters.com" = "agency"'
_HOST = re.compile(r"[\w-]+(\.[\w-]+)+")

Hosts = tuple[tuple[str, SourceKind], ...]


def read_hosts(source: Source, written: object) -> tuple[Hosts, list[Problem]]:
    """The kind of every host that can be read, and the faults of the others."""
    if not isinstance(written, dict):
        hint = f"Write [sources], then lines such as {EXAMPLE}"
        return (), [_fault(source, "sources", "sources is a table", hint)]
    hosts: list[tuple[str, Any]] = []
    problems: list[Problem] = []
    for name, kind in _flat(written):
        host = name.lower().removeprefix("www.")
        if not _HOST.fullmatch(host):
            hint = f"Write a host as it stands in addresses, without https://, such as {EXAMPLE}"
            problems.append(_fault(source, name, f"'{name[:60]}' is no host", hint))
        elif kind not in get_args(SourceKind):
            hint = offer(str(kind), tuple(SOURCE_KINDS))
            problems.append(_fault(source, name, f"unknown kind of source '{str(kind)[:60]}'", hint))
        else:
            hosts.append((host, kind))
    return tuple(hosts), problems


def _flat(table: dict[str, Any], above: str = "") -> Iterator[tuple[str, object]]:
    """Hosts as typed: without quotation marks TOML takes the dots of a name for tables in tables."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", value


def _fault(source: Source, name: str, message: str, hint: str) -> Problem:
    table = max(source.text.find("[sources]"), 0)
    at = source.text.find(name, table)
    place = (at, at + len(name)) if at >= 0 else (table, table + len("[sources]"))
    return source.problem("P106", place, message, hint)
