"""The addresses of pages and records, right under any prefix."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import urlencode, urlsplit
from weakref import WeakKeyDictionary

from forecastlog import __version__

PLACES = {"person": "people", "outlet": "outlets", "topic": "topics", "event": "events"}
"""Filters whose values have pages of their own, and below which address."""
_public: WeakKeyDictionary[Any, str | None] = WeakKeyDictionary()
RECORDS = ("articles", "conditions")
"""Lists whose records keep Datasette's addresses."""


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses within one database; ``urls`` is Datasette's own maker of them, which knows the prefix."""

    urls: Any
    database: str
    PLACES: ClassVar[Mapping[str, str]] = PLACES

    def home(self) -> str:
        """The front page."""
        return str(self.urls.instance())

    def page(self, name: str, **query: object) -> str:
        """One of our own pages, such as ``scoreboard``."""
        return f"{self.urls.path(f'/-/{name}')}{_query(query)}"

    def table(self, name: str, **query: object) -> str:
        """A table, filtered."""
        return f"{self.urls.table(self.database, name)}{_query(query)}"

    def data(self) -> str:
        """The page of the whole database."""
        return str(self.urls.database(self.database))

    def row(self, table: str, key: str, form: str = "") -> str:
        """A record; ``form`` is an ending such as ``.json``."""
        return f"{self.urls.table(self.database, table)}/{encoded(key)}{form}"

    def prediction(self, key: str) -> str:
        """The page of a prediction."""
        return self.row("predictions", key)

    def forecaster(self, key: str) -> str:
        """The page of a forecaster; an outlet's page is led on to."""
        return self.place("people", key)

    def place(self, kind: str, key: str = "", **query: object) -> str:
        """A page for readers, such as ``predictions`` or one of the ``people``."""
        path = f"/{kind}/{encoded(key)}" if key else f"/{kind}"
        return f"{self.urls.path(path)}{_query(query)}"

    def feed(self, by: str, key: str) -> str:
        """The feed of a person, an outlet, a topic or an event."""
        return f"{self.place(PLACES[by], key)}.atom"

    def filtered(self, by: str, key: str) -> str:
        """The page of a filter's value; where it has none, the predictions that have it."""
        return self.place(PLACES[by], key) if by in PLACES else self.place("predictions", **{by: key})

    def listed(self, listing: str, key: str) -> str:
        """The page of what a list such as ``people`` or ``articles`` names."""
        return self.row(listing, key) if listing in RECORDS else self.place(listing, key)

    def compared(self, one: str, other: str) -> str:
        """Two people side by side."""
        return f"{self.place('compare', one)}/{encoded(other)}"

    def article(self, key: str) -> str:
        """The page of an article."""
        return self.row("articles", key)

    def condition(self, key: str) -> str:
        """The page of a condition."""
        return self.row("conditions", key)

    def group(self, by: str, group: str) -> str | None:
        """Where a group of the scoreboard is told of; None where nothing but the scoreboard tells of it."""
        if by == "article":
            return self.article(group)
        if by == "publisher":
            return self.place("outlets", group)
        names = {"forecaster": "person", "tag": "topic"}
        return self.filtered(names[by], group) if by in names else None

    def embed(self, kind: str, key: str) -> str:
        """What others may frame of one of the ``predictions`` or ``events``."""
        return self.page(f"embed/{kind}/{encoded(key)}")

    def oembed(self, kind: str, key: str) -> str:
        """How to frame it, for programs."""
        return f"{self.page(f'oembed/{kind}/{encoded(key)}')}.json"

    def style(self, name: str) -> str:
        """One of our stylesheets."""
        return stylesheet(self.urls, name)


def stylesheet(urls: Any, name: str) -> str:
    """The address of a static file; it changes with the version, so that no browser keeps an old one."""
    # Added, not formatted in: the sum is still Datasette's kind of text, to which it gives no second prefix.
    address: str = urls.static_plugins("forecastlog", name) + f"?{__version__}"
    return address


def absolute(datasette: Any, request: Any, path: str) -> str | None:
    """The public address of a path of the site; None where it is known that nobody knows it.

    The plugin's setting ``url`` says below which address readers reach the site, and an empty one that the
    pages are for a folder that may stand anywhere. Without that setting it is the address at which this
    visitor asked.
    """
    if datasette not in _public:  # Datasette copies all of its metadata at every look
        _public[datasette] = (datasette.plugin_config("forecastlog") or {}).get("url")
    public = _public[datasette]
    if public is None:
        return str(datasette.absolute_url(request, path))
    if not public:
        return None
    return f"{public.rstrip('/')}/{path.removeprefix(datasette.setting('base_url'))}"


def public_row(public: str, database: str, table: str, key: str) -> str:
    """The address of a record's page on a site that readers reach at ``public``.

    >>> public_row("https://log.example/site/", "forecastlog", "predictions", "aid-ends")
    'https://log.example/site/forecastlog/predictions/aid-ends'
    """
    return f"{public.rstrip('/')}/{database}/{table}/{encoded(key)}"


def web(url: str | None) -> str | None:
    """The address if a browser may follow it: http and https only, whatever a record says."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def site_of(url: str) -> str:
    """The host of an address, short enough to show."""
    return (urlsplit(url).hostname or url).removeprefix("www.")


def encoded(key: str) -> str:
    """A key as Datasette has it in an address."""
    from datasette.utils import tilde_encode

    return str(tilde_encode(key))


def _query(query: dict[str, object]) -> str:
    given = {name: value for name, value in query.items() if value not in (None, "")}
    return f"?{urlencode(given)}" if given else ""
