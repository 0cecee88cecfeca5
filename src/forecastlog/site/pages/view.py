"""A page of ours as a Datasette view: what it reads, put into its template."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from forecastlog.site.headers import mark_strict
from forecastlog.site.store import Store, ask, database_of, ensure_visible

Arguments = Mapping[str, str]
Read = Callable[[Store, Arguments], dict[str, Any]]


def page(name: str, read: Read) -> Callable[..., Awaitable[Any]]:
    """The view of the page ``name``, which shows what ``read`` finds for the query string."""

    async def view(datasette: Any, request: Any) -> Any:
        from datasette import Response

        database = await visible_database(datasette, request)
        arguments = {key: request.args.get(key) or "" for key in request.args}
        values = await ask(database, lambda store: read(store, arguments))
        mark_strict(request)
        html = await datasette.render_template(
            f"forecastlog/{name}.html", {**values, "current": name}, request=request, view_name=name
        )
        return Response.html(html, headers=caching(datasette))

    return view


async def home(datasette: Any, request: Any) -> Any:
    """The front page, without the counts and permissions of every table that Datasette's index looks up first.

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
