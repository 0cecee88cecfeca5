"""What programs ask for first: robots.txt, the map of the site, and its sign."""

from __future__ import annotations

from importlib import resources
from typing import Any
from xml.sax.saxutils import escape

from forecastlog.site.links import PLACES
from forecastlog.site.pages.feeds import address, response
from forecastlog.site.pages.view import asked, links_of
from forecastlog.site.store import Store

MOST = 20_000
"""Addresses of one map; the protocol (https://www.sitemaps.org/protocol.html) allows 50,000 and 50 MB."""
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
LISTS = ("predictions", *PLACES.values(), "articles", "conditions", "data")
ROWS = ("predictions", "articles", "conditions")


async def robots(datasette: Any, request: Any) -> Any:
    """Everything may be read, but a question to a table is no page."""
    links = await links_of(datasette, request)
    lines = [
        "User-agent: *",
        f"Disallow: {links.data()}/*?",
        "Allow: /",
        f"Sitemap: {_at(datasette, request, '/sitemap.xml')}",
    ]
    return response(datasette, "\n".join([*lines, ""]), "text/plain; charset=utf-8")


async def sitemaps(datasette: Any, request: Any) -> Any:
    """The maps, each with up to ``MOST`` addresses."""
    as_of, n = await asked(datasette, request, lambda store: (store.build()["as_of"], len(_places(store))))
    maps = (f"/sitemap-{number}.xml" for number in range(1, -(-n // MOST) + 1))
    told = (
        f"<sitemap><loc>{_at(datasette, request, path)}</loc><lastmod>{as_of}</lastmod></sitemap>"
        for path in maps
    )
    return _xml(datasette, "sitemapindex", told)


async def sitemap(datasette: Any, request: Any) -> Any:
    """One of the maps; NotFound beyond the last."""
    from datasette import NotFound

    links, number = await links_of(datasette, request), int(request.url_vars["number"])
    places = await asked(datasette, request, _places)
    found = places[MOST * (number - 1) : MOST * number]
    if not found:
        raise NotFound("There is no such map")

    def path(place: tuple[str, str]) -> str:
        name, key = place
        if name in ROWS and key:
            return links.row(name, key)
        return links.home() if not name else links.page(key) if name == "-" else links.place(name, key)

    told = (f"<url><loc>{escape(address(datasette, request, path(place)))}</loc></url>" for place in found)
    return _xml(datasette, "urlset", told)


async def icon(datasette: Any) -> Any:
    """The sign of the site, for browsers that ask for it by its old name."""
    sign = resources.files("forecastlog.site").joinpath("static", "icon.svg").read_text(encoding="utf-8")
    return response(datasette, sign, "image/svg+xml")


def _places(store: Store) -> list[tuple[str, str]]:
    """Every page that is worth finding, as the beginning of its address and a key."""
    found = [
        ("", ""),
        *((name, "") for name in LISTS),
        *(("-", name) for name in ("scoreboard", "calibration", "due", "method")),
    ]
    for by, place in PLACES.items():
        found += [
            (place, row["id"])
            for row in store.all("select id from filters where by = :by order by id", by=by)
        ]
    for table in ROWS:
        found += [(table, row["id"]) for row in store.all(f"select id from {table} order by id")]
    return found


def _at(datasette: Any, request: Any, path: str) -> str:
    return escape(address(datasette, request, datasette.urls.path(path)))


def _xml(datasette: Any, root: str, entries: Any) -> Any:
    text = f'<?xml version="1.0" encoding="utf-8"?>\n<{root} xmlns="{NAMESPACE}">\n' + "\n".join(
        [*entries, f"</{root}>", ""]
    )
    return response(datasette, text, "application/xml; charset=utf-8")
