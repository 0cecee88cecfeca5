"""A page from the web: over http or https, from public addresses alone, bounded in size and in time.

A redirect is followed by asking anew, so that every address on the way is looked at; the address that was
looked at is the one that is connected to, whatever the name says a moment later.
"""

from __future__ import annotations

import http.client
import re
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import quote, urljoin, urlsplit

from forecastlog import __version__
from forecastlog.archive.addresses import addresses_of, is_public
from forecastlog.errors import ForecastlogError

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_GONE = frozenset({404, 410})
_CHUNK = 65_536


class NotFetched(ForecastlogError):
    """A page could not be had; ``gone`` where it, or its host, is not there any more."""

    def __init__(self, url: str, reason: str, *, gone: bool = False) -> None:
        super().__init__(f"{url}: {reason}")
        self.url = url
        self.reason = reason
        self.gone = gone


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How a visitor behaves.

    ``most`` bytes of a page are taken, as they come and when unpacked; ``silence`` and ``total`` are seconds,
    of waiting for the next byte and for a whole answer; ``pause`` seconds pass between two requests to one
    host. ``private`` allows addresses that are not public.
    """

    contact: str | None = None
    most: int = 10_000_000
    silence: float = 15.0
    total: float = 60.0
    redirects: int = 5
    pause: float = 1.0
    private: bool = False

    @property
    def agent(self) -> str:
        """What the visitor calls itself, with the desk's contact where that is known."""
        contact = re.sub(r"[^\x20-\x7e]", "", self.contact or "")
        return f"forecastlog/{__version__} (keeps copies of cited pages{f'; {contact}' if contact else ''})"


class Header(NamedTuple):
    """A line of an answer's head."""

    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a server answered: the address asked for, the one that answered, its head, and the body.

    ``sent`` is the body as it came, ``body`` what it unpacks to.
    """

    asked: str
    url: str
    status: int
    reason: str
    headers: tuple[Header, ...]
    sent: bytes = field(repr=False)
    body: bytes = field(repr=False)

    def header(self, name: str) -> str:
        """The first header of that name, or an empty text."""
        return next((line.value for line in self.headers if line.name.lower() == name.lower()), "")


class Visitor:
    """Fetches pages one after the other and remembers when it last asked each host."""

    def __init__(self, manners: Manners | None = None) -> None:
        self.manners = manners or Manners()
        self._asked: dict[str, float] = {}

    def get(self, url: str) -> Page:
        """The page at an address, redirects followed.

        Raises NotFetched, also for every answer that is no page.
        """
        here = url
        for _ in range(self.manners.redirects + 1):
            page = self._ask(url, here)
            if page.status in _REDIRECTS and page.header("Location"):
                here = urljoin(here, page.header("Location"))
                continue
            if page.status != http.client.OK:
                answer = f"the server answers {page.status} {page.reason}".strip()
                raise NotFetched(url, answer, gone=page.status in _GONE)
            return page
        raise NotFetched(url, f"more than {self.manners.redirects} redirects")

    def _ask(self, asked: str, url: str) -> Page:
        place = _place(asked, url)
        address = self._address(asked, place)
        self._wait(place.host)
        try:
            with _connected(address, place, self.manners) as connection:
                return self._answer(asked, url, place, connection)
        except TimeoutError:
            raise NotFetched(asked, "the server took too long") from None
        except (OSError, http.client.HTTPException, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
            gone = isinstance(error, ConnectionRefusedError)
            raise NotFetched(asked, f"no answer: {reason}", gone=gone) from None

    def _answer(self, asked: str, url: str, place: _Place, connection: http.client.HTTPConnection) -> Page:
        connection.putrequest("GET", place.target, skip_host=True, skip_accept_encoding=True)
        connection.putheader("Host", place.named)
        connection.putheader("User-Agent", self.manners.agent)
        connection.putheader("Accept", "text/html, text/plain;q=0.9, */*;q=0.1")
        connection.putheader("Accept-Encoding", "gzip")
        connection.putheader("Connection", "close")
        connection.endheaders()
        sent = bytearray()
        with connection.getresponse() as response:
            while chunk := response.read1(_CHUNK):
                sent += chunk
                if len(sent) > self.manners.most:
                    raise NotFetched(asked, _too_large(self.manners.most))
            if response.length:
                raise NotFetched(asked, "the answer broke off")
        headers = tuple(Header(name, value) for name, value in response.getheaders())
        packed = response.getheader("Content-Encoding", "") if response.status == http.client.OK else ""
        body = _unpacked(asked, bytes(sent), packed.strip().lower(), self.manners.most)
        return Page(
            asked=asked,
            url=url,
            status=response.status,
            reason=response.reason,
            headers=headers,
            sent=bytes(sent),
            body=body,
        )

    def _address(self, asked: str, place: _Place) -> str:
        try:
            found = addresses_of(place.host, place.port)
        except (OSError, UnicodeError):
            raise NotFetched(asked, f"there is no host {place.host}", gone=True) from None
        public = found if self.manners.private else [address for address in found if is_public(address)]
        if not public:
            raise NotFetched(
                asked, f"{place.host} is at a private address, which is asked only with --allow-private"
            )
        return public[0]

    def _wait(self, host: str) -> None:
        last = self._asked.get(host)
        if last is not None:
            time.sleep(max(0.0, last + self.manners.pause - time.monotonic()))
        self._asked[host] = time.monotonic()


class _Place(NamedTuple):
    """Whom to ask for what."""

    secure: bool
    host: str
    port: int
    target: str

    @property
    def named(self) -> str:
        """The host as the head of a request names it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (443 if self.secure else 80) else f"{host}:{self.port}"


def _place(asked: str, url: str) -> _Place:
    """Where an address leads; raises NotFetched for what can be no page."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise NotFetched(asked, "this is no address") from None
    if parts.scheme not in ("http", "https") or not host:
        raise NotFetched(asked, f"only http and https are followed, not {parts.scheme or 'nothing'}:")
    if parts.username is not None or parts.password is not None:
        raise NotFetched(asked, "an address with a name or password in it is not followed")
    target = quote(parts.path or "/", safe="/%:=&~+!$,;'@()*[]-._")
    if parts.query:
        target += "?" + quote(parts.query, safe="/%:=&~+!$,;'@()*[]-._?")
    with suppress(UnicodeError):
        host = host.encode("idna").decode("ascii")
    return _Place(parts.scheme == "https", host, port or (443 if parts.scheme == "https" else 80), target)


@contextmanager
def _connected(address: str, place: _Place, manners: Manners) -> Iterator[http.client.HTTPConnection]:
    """A connection to this very address, ended from outside when its time is over.

    A server may drip for ever.
    """
    plain = socket.create_connection((address, place.port), timeout=min(manners.silence, manners.total))
    guard = plain.dup()
    over = threading.Event()

    def end() -> None:
        over.set()
        with suppress(OSError):
            guard.shutdown(socket.SHUT_RDWR)

    clock = threading.Timer(manners.total, end)
    clock.daemon = True
    clock.start()
    connection = http.client.HTTPConnection(address, place.port)
    try:
        connection.sock = (
            ssl.create_default_context().wrap_socket(plain, server_hostname=place.host)
            if place.secure
            else plain
        )
        yield connection
    finally:
        clock.cancel()
        connection.close()
        plain.close()
        guard.close()
        if over.is_set():  # what came until then may look like a whole answer, or like any failure
            raise TimeoutError


def _unpacked(asked: str, sent: bytes, packed: str, most: int) -> bytes:
    """The body, unpacked no further than ``most`` bytes."""
    if packed in ("", "identity"):
        return sent
    if packed not in ("gzip", "x-gzip", "deflate"):
        raise NotFetched(asked, f"the answer is packed in a way that was not asked for: {packed[:40]}")
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 32)  # finds out by itself which of the two it is
    try:
        body = unpacker.decompress(sent, most + 1)
    except zlib.error:
        raise NotFetched(asked, "the answer cannot be unpacked") from None
    if len(body) > most:
        raise NotFetched(asked, _too_large(most))
    if not unpacker.eof:
        raise NotFetched(asked, "the answer broke off")
    return body


def _too_large(most: int) -> str:
    return f"the page is larger than {most / 1e6:g} MB"
