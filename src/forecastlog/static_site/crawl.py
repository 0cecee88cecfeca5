"""From the front page to everything that the site links, in the order in which it does.

Datasette's own pages are taken as far as ours lead to them, and lead no further: what they offer are
questions to a database. So is a query of several filters; one filter, a page of a list, and a choice from a
short fixed list are pages.
"""

from __future__ import annotations

import re
import tempfile
from collections import deque
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import IO
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

from forecastlog.serving import NAME
from forecastlog.static_site.names import Names
from forecastlog.static_site.visit import Answer, Visitor

FIXED = {"by", "claims", "sort", "group"}
"""Parameters of the scoreboard and the calibration, whose values are a short list each."""
WHOLE = f"/{NAME}.db"
"""The database itself, which is copied and not asked for."""
_LINK = re.compile(r"<(a|link|form|img|script)\b([^>]*)>")
_PLACE = re.compile(r"<loc>([^<]*)</loc>")
_ADDRESS = re.compile(r'\s(?:href|src)="([^"]*)"')


@dataclass(slots=True)
class Found:
    """What the crawl met: the file of each address, where redirects lead, and every answer, kept on disk."""

    files: dict[str, str] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    dead: dict[str, int] = field(default_factory=dict)
    _names: Names = field(default_factory=Names)
    _kept: list[tuple[str, int, bool]] = field(default_factory=list)
    _spool: IO[bytes] = field(default_factory=tempfile.TemporaryFile)

    def name(self, address: str, *, is_page: bool) -> str:
        """The file of an address, which has one from now on."""
        self.files[address] = self._names.name(address, is_page=is_page)
        return self.files[address]

    def keep(self, address: str, answer: Answer) -> None:
        """Remember an answer and give it its file."""
        self.name(address, is_page=answer.is_page)
        self._kept.append((address, len(answer.body), answer.is_page or answer.is_feed))
        self._spool.write(answer.body)

    def answers(self) -> Iterator[tuple[str, bytes, bool]]:
        """Each address with what it gave, and whether that holds links, in the order of the crawl."""
        self._spool.seek(0)
        for address, size, links in self._kept:
            yield address, self._spool.read(size), links

    def close(self) -> None:
        """Give back the disk."""
        self._spool.close()

    def where(self, address: str) -> str | None:
        """The file of an address, after every redirect; None where there is none."""
        address = asked_as(address)
        for _ in self.moved:
            if address not in self.moved:
                break
            address = self.moved[address]
        return self.files.get(address)

    def led_on(self) -> dict[str, str]:
        """The files of addresses that lead on to another, each with the file where they end."""
        ends = {address: self.where(address) for address in self.moved}
        return {self._names.name(address, is_page=True): end for address, end in ends.items() if end}


async def crawl(visitor: Visitor, seeds: Iterable[str]) -> Found:
    """Everything that ``seeds`` lead to."""
    found = Found()
    found.name(WHOLE, is_page=False)
    async for address, answer in _visits(visitor, seeds):
        if answer.status in (301, 302, 307, 308) and answer.location:
            found.moved[address] = asked_as(answer.location)
        elif answer.status == 200:
            found.keep(address, answer)
        else:
            found.dead[address] = answer.status
    return found


async def _visits(visitor: Visitor, seeds: Iterable[str]) -> AsyncIterator[tuple[str, Answer]]:
    waiting = deque(dict.fromkeys(seeds))
    met = set(waiting)
    while waiting:
        address = waiting.popleft()
        answer = await visitor.get(address)
        yield address, answer
        leads = [answer.location] if answer.location else links(answer, address, visitor.public)
        for lead in leads:
            if (wanted := asked_as(lead)) not in met and is_page(wanted):
                met.add(wanted)
                waiting.append(wanted)


def links(answer: Answer, address: str, public: str = "") -> Iterator[str]:
    """The site's own addresses that a page leads to, without those that it keeps from robots.

    Of Datasette's own pages these are what they are drawn with.
    """
    if not answer.is_page and not answer.is_feed:
        return
    ours = answer.ours or answer.is_feed
    text = answer.body.decode()
    for told in (*_led(text, ours=ours), *map(unescape, _PLACE.findall(text) if answer.is_feed else ())):
        inside = f"/{told[len(public) :]}" if public and told.startswith(public) else told
        lead = urldefrag(urljoin(address, inside)).url
        parts = urlsplit(lead)
        if not parts.scheme and not parts.netloc and lead.startswith("/"):
            yield lead


def _led(text: str, *, ours: bool) -> Iterator[str]:
    """What the tags of a page lead to: all that robots may follow, or only what the page is drawn with."""
    for tag, rest in _LINK.findall(text):
        value = _ADDRESS.search(rest)
        if value is None or tag == "script" or ("nofollow" in rest and tag == "a"):
            continue
        if ours or 'rel="stylesheet"' in rest:
            yield unescape(value[1])


def is_page(address: str) -> bool:
    """Whether an address is worth a file."""
    parts = urlsplit(address)
    asked = {key for key, _ in parse_qsl(parts.query)} - {"page"}
    if parts.path == WHOLE:
        return False
    if _is_datasettes(parts.path):
        return not asked or parts.path.endswith(".json")
    return asked <= FIXED or len(asked) <= 1


def asked_as(address: str) -> str:
    """An address as it is asked for.

    Without a version, and rows of a table in as few answers as there can be.
    """
    parts = urlsplit(address)
    if "=" not in parts.query:
        return parts.path
    if _is_datasettes(parts.path) and parts.path.endswith(".json") and parts.query:
        return f"{parts.path}?_shape=objects&_size=max&_nofacet=1"
    return urldefrag(address).url


def _is_datasettes(path: str) -> bool:
    return path == f"/{NAME}" or path.startswith(f"/{NAME}/")
