"""Which page an address leads to, what kind of source it is, and what the entries that cite it say of it.

In the record every entry of evidence is whole by itself; that two of them cite one page follows from the
address.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

from forecastlog.model.ledger import Ledger, records_of
from forecastlog.model.outcomes import Evidence
from forecastlog.model.records import Condition, Prediction
from forecastlog.vocabulary.articles import SourceKind

DESCRIBED = ("title", "publisher", "published", "agency", "kind")
"""Keys of evidence that describe the page, and are the same wherever it is cited."""
FILLED = ("title", "publisher", "published")
"""Those of them that commands fill in from an earlier use."""

_COUNTERS = re.compile(r"utm_\w+|fbclid|gclid|dclid|msclkid|yclid|mc_[ce]id|igshid")
"""Parameters that tell a site through which door a reader came."""


class Use(NamedTuple):
    """A place that cites a page: the record, the keys and positions that lead to the entry, and the entry."""

    record: Condition | Prediction
    path: tuple[str | int, ...]
    entry: Evidence


@lru_cache(maxsize=20_000)
def page_at(url: str) -> str:
    """The address under which all ways to write one page's address are the same; it is for comparing.

    The scheme, a leading ``www.``, an ending slash, the place on the page and what counts visitors tell no
    two pages apart.

    >>> page_at("HTTP://www.News.example:80/a/?utm_source=x&id=1#top")
    'https://news.example/a?id=1'
    """
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").removeprefix("www."), parts.port
    except ValueError:
        return url
    query = [pair for pair in parts.query.split("&") if pair and not _COUNTERS.fullmatch(pair.split("=")[0])]
    place = f"#{parts.fragment}" if parts.fragment.startswith(("!", "/")) else ""  # some sites name pages so
    return (
        f"https://{host}{'' if port in (None, 80, 443) else f':{port}'}{parts.path.rstrip('/')}"
        f"{'?' if query else ''}{'&'.join(query)}{place}"
    )


_SECONDS_IN_QUERY = ("youtube.com", "youtu.be", "vimeo.com")
"""Hosts that take a moment as a number of seconds in ``t``."""


def moment_in(url: str, at: str) -> str:
    """The address of a recording at a time code.

    A media fragment (W3C, 2012), but for hosts with a way of their own.

    >>> moment_in("https://radio.example/talk", "00:12:31")
    'https://radio.example/talk#t=00:12:31'
    >>> moment_in("https://www.youtube.com/watch?v=x", "01:00:05")
    'https://www.youtube.com/watch?v=x&t=3605s'
    """
    page = url.partition("#")[0]
    if not host_of(url).endswith(_SECONDS_IN_QUERY):
        return f"{page}#t={at}"
    hours, minutes, seconds = map(int, at.split(":"))
    return f"{page}{'&' if '?' in page else '?'}t={3600 * hours + 60 * minutes + seconds}s"


def host_of(url: str) -> str:
    """The host of a page, without ``www.``; empty where the address has none."""
    return page_at(url).removeprefix("https://").partition("/")[0].partition("?")[0].partition(":")[0]


def kind_of(entry: Evidence, hosts: Mapping[str, SourceKind]) -> SourceKind | None:
    """The kind that an entry says, else that of its host or of the nearest one above it in ``hosts``."""
    if entry.kind or not entry.url:
        return entry.kind
    name = host_of(entry.url)
    while name and name not in hosts:
        name = name.partition(".")[2]
    return hosts.get(name)


def distinct(entries: Iterable[Evidence]) -> set[str]:
    """What the entries rest on: a page counts once, and so do all reprints of one agency's text.

    >>> reprints = [Evidence(url=f"https://{n}.example", agency="Rain Press") for n in "abc"]
    >>> len(distinct([*reprints, Evidence(url="https://d.example")]))
    2
    """
    return {
        entry.agency.casefold().strip() if entry.agency else page_at(entry.url)
        for entry in entries
        if entry.url and not entry.superseded
    }


def uses(records: Iterable[Condition | Prediction]) -> Iterator[Use]:
    """Every entry of evidence that cites a page, in the order of the records."""
    for record in records:
        for number, resolution in enumerate(record.resolutions):
            for position, entry in enumerate(resolution.evidence):
                if entry.url:
                    yield Use(record, ("resolutions", number, "evidence", position), entry)


def pages(ledger: Ledger) -> dict[str, list[Use]]:
    """The uses of every page that is cited as evidence."""
    found: dict[str, list[Use]] = {}
    for use in uses(records_of(ledger)):
        found.setdefault(page_at(use.entry.url or ""), []).append(use)
    return found


def described(used: Iterable[Use], key: str) -> object:
    """What the first of the uses that says it says of the page."""
    return next((value for use in used if (value := getattr(use.entry, key)) is not None), None)
