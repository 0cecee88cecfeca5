"""A page of ours as a Datasette view: what it reads, put into its template."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from forecastlog.site.headers import mark_strict
from forecastlog.site.links import Links
from forecastlog.site.store import Result, Store, ask, database_of, ensure_visible

Arguments = Mapping[str, str]
Read = Callable[[Store, Arguments], dict[str, Any]]
ReadOne = Callable[[Store, str], dict[str, Any] | None]
View = Callable[..., Awaitable[Any]]


def page(name: str, read: Read, *, current: str = "") -> View:
    """The view of the page ``name``, which shows what ``read`` finds for the query string."""

    async def view(datasette: Any, request: Any) -> Any:
        values = await asked(datasette, request, lambda store: read(store, arguments_of(request)))
        return await _shown(datasette, request, name, {"current": current or name, **values})

    return view


def record(name: str, read: ReadOne, *, current: str = "", framed: bool = False) -> View:
    """The view of what an address names, which shows what ``read`` finds for its key.

    Others may show it ``framed``.
    """

    async def view(datasette: Any, request: Any) -> Any:
        from datasette import Response

        _, values = await found(datasette, request, read)
        if moved := values.get("moved"):
            return Response.redirect(datasette.urls.path(moved), status=301)
        values = {"current": current or name, **values}
        return await _shown(datasette, request, name, values, framed=framed)

    return view


async def found(
    datasette: Any, request: Any, read: Callable[[Store, str], Result | None]
) -> tuple[str, Result]:
    """The key in an address, and what ``read`` finds for it; raises NotFound where that is nothing."""
    from datasette import NotFound
    from datasette.utils import tilde_decode

    key = tilde_decode(request.url_vars["key"])
    values = await asked(datasette, request, lambda store: read(store, key))
    if values is None:
        raise NotFound(f"Nothing is logged under {key}")
    return key, values


async def asked(datasette: Any, request: Any, read: Callable[[Store], Result]) -> Result:
    """What ``read`` finds in our database; raises as ``visible_database``."""
    return await ask(await visible_database(datasette, request), read)


async def links_of(datasette: Any, request: Any) -> Links:
    """The addresses within our database; raises as ``visible_database``."""
    database = await visible_database(datasette, request)
    return Links(datasette.urls, database.name)


async def _shown(
    datasette: Any, request: Any, name: str, values: dict[str, Any], *, framed: bool = False
) -> Any:
    from datasette import Response

    mark_strict(request, framed=framed)
    html = await datasette.render_template(
        f"forecastlog/{name}.html", values, request=request, view_name=name
    )
    return Response.html(html, headers=caching(datasette))


def arguments_of(request: Any) -> Arguments:
    """The query string, the first value of each name."""
    return {key: request.args.get(key) or "" for key in request.args}


def number_of(arguments: Arguments, farthest: int) -> int:
    """The page that a query string asks for, from 1 to ``farthest``; the first where it names none."""
    text = arguments.get("page", "")
    return min(max(int(text), 1), farthest) if text.isdecimal() and len(text) < 6 else 1


async def home(datasette: Any, request: Any) -> Any:
    """The front page.

    Datasette's index looks up the counts and permissions of every table first; this does not.

    That index answers where there is nothing of ours to show.
    """
    from datasette import Forbidden, NotFound, Response
    from datasette.views.index import IndexView

    try:
        await visible_database(datasette, request)
    except (Forbidden, NotFound):
        return await IndexView(datasette).dispatch_request(request)
    html = await datasette.render_template("index.html", request=request, view_name="index")
    return Response.html(html, headers=caching(datasette))


async def visible_database(datasette: Any, request: Any) -> Any:
    """Our database; raises NotFound where there is none, and Forbidden where this visitor may not see it."""
    from datasette import NotFound

    database = await database_of(datasette)
    if database is None:
        raise NotFound("No database here was built by forecastlog")
    await ensure_visible(datasette, request, database)
    return database


def caching(datasette: Any) -> dict[str, str]:
    """The same life in caches as Datasette gives its own pages."""
    seconds = datasette.setting("default_cache_ttl")
    return {"cache-control": f"max-age={seconds}" if seconds else "no-cache"}
