"""A database -> the folder of its site."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import cache, partial
from html import escape
from importlib import resources
from pathlib import Path
from typing import Any

from forecastlog.errors import Refused
from forecastlog.serving import NAME
from forecastlog.static_site.crawl import WHOLE, Found, crawl
from forecastlog.static_site.folder import Folder
from forecastlog.static_site.relink import relinked, shown, way
from forecastlog.static_site.search import index_of
from forecastlog.static_site.visit import Visitor, visiting

SEARCH, INDEX, SCRIPT, LOST = "search/index.html", "search/index.js", "search/search.js", "404.html"
_ROOTS, _NOWHERE = ("/", "/favicon.ico", "/robots.txt", "/sitemap.xml"), "/-/no-such-page"
"""What nobody links, but asks for; the last two speak in whole addresses only."""
_POLICY = (
    '<meta http-equiv="Content-Security-Policy" '
    "content=\"script-src 'none'; object-src 'none'; base-uri 'none'\">"
)
"""The part of the server's policy that a file can say of itself."""
_MOVED = """\
<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Moved</title>
<meta http-equiv="refresh" content="0; url={to}"></head>
<body><p>This page has moved: <a href="{to}">read it there</a>.</p></body></html>
"""


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export did: the files that there are, those written because they changed, and those that went.

    ``dead`` are addresses that a page links and that gave none; there they stand as text.
    """

    files: int
    written: int
    removed: int
    dead: tuple[str, ...]


def export_site(
    database: Path, folder: Path, metadata: Mapping[str, Any], *, public: str = "", ledger: Path | None = None
) -> Exported:
    """Write the site over a built ``database`` into ``folder``, so that any host or a disk can show it.

    ``public`` is the address below which it will stand, with a slash at its end; without it the copy names no
    address of its own. The same database gives the same bytes, and a file that has them already is not
    touched. Raises Refused where the folder is other people's or a page fails, WriteFailed where the system
    refuses.
    """
    place = Folder(folder, ledger)
    with visiting(database, metadata, public) as visitor:
        found, search, lost = asyncio.run(_asked(visitor))
    failed = [address for address, status in found.dead.items() if status >= 500]
    if failed:
        raise Refused(f"the page {failed[0]} fails, so nothing is exported. 'forecastlog serve' shows it.")
    names = {*found.files.values(), *found.led_on(), SEARCH, INDEX, SCRIPT, LOST}
    written = 0
    with closing(found), place.filling(names):
        for name, body in _files(found, search, lost, public):
            written += place.put(name, body)
        written += place.put(INDEX, index_of(database, way(INDEX, f"{NAME}/predictions") + "/"))
        written += place.put_file(found.files[WHOLE], database)
    return Exported(len(names), written, place.stale(names), tuple(found.dead))


async def _asked(visitor: Visitor) -> tuple[Found, str, str]:
    """What the crawl found, the page with the search, and the page for an address at which nothing is."""
    from datasette.utils.asgi import Request

    await visitor.datasette.invoke_startup()
    found = await crawl(
        visitor, [*(_ROOTS if visitor.public else _ROOTS[:2]), *await visitor.old_addresses()]
    )
    request = Request.fake("/-/search")
    request.scope["csrftoken"] = (
        str  # every page may ask for a token, and no page of ours has a form that needs one
    )
    search = await visitor.datasette.render_template(
        "forecastlog/search.html", {}, request=request, view_name="search"
    )
    lost = await visitor.get(_NOWHERE)
    return found, search, lost.body.decode()


def _files(found: Found, search: str, lost: str, public: str) -> Iterator[tuple[str, bytes]]:
    """Every file with its text, one after the other: together they need not fit into memory."""
    led = partial(relinked, public=public, where=cache(found.where), search=SEARCH)
    for address, body, links in found.answers():
        name = found.files[address]
        if not links:
            yield name, body
            continue
        text = led(body.decode(), lead=partial(way, name))
        yield name, text.replace("<head>", f"<head>\n  {_POLICY}", 1).encode()
    for name, end in found.led_on().items():
        yield name, _MOVED.format(to=escape(way(name, end))).encode()
    scripts = "".join(f'<script src="{way(SEARCH, name)}"></script>\n' for name in (SCRIPT, INDEX))
    yield SEARCH, led(search, lead=partial(way, SEARCH)).replace("</body>", f"{scripts}</body>").encode()
    yield LOST, led(lost, lead=lambda name: public + shown(name) if public else way(LOST, name)).encode()
    yield SCRIPT, resources.files("forecastlog.static_site").joinpath("search.js").read_bytes()
