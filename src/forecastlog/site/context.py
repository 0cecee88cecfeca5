"""Which page of ours stands in for which of Datasette's, and what every template knows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from forecastlog import vocabulary
from forecastlog.database.metadata import DESCRIPTION, TITLE
from forecastlog.site import wording
from forecastlog.site.headers import keeps_scripts, mark_strict
from forecastlog.site.links import Links, absolute, site_of, web
from forecastlog.site.pages import article, condition, front, prediction
from forecastlog.site.store import Store, ask, database_of, ensure_visible

ROW_PAGES: dict[str, tuple[str, Callable[[Store, str], dict[str, Any] | None]]] = {
    "predictions": ("forecastlog/prediction.html", prediction.read),
    "articles": ("forecastlog/article.html", article.read),
    "conditions": ("forecastlog/condition.html", condition.read),
}


async def template_values(
    datasette: Any, request: Any, *, template: str, table: str | None
) -> dict[str, Any]:
    """What every template knows; for the index and a record's page also what that page shows."""
    database = await database_of(datasette)
    if database is None or request is None:
        return {}
    values: dict[str, Any] = shared(datasette, database, await ask(database, log_of))
    values["absolute"] = lambda path: absolute(datasette, request, str(path))
    values["here"] = absolute(datasette, request, datasette.urls.path(request.full_path))
    values["path_with_replaced_args"] = replacing(datasette.urls)
    if template == "index.html":
        return values | await _front(datasette, request, database)
    if template == "row.html" and table in ROW_PAGES and _is_ours(request, datasette, database):
        return values | await _record(request, database, table)
    return values


def shared(datasette: Any, database: Any, site: Mapping[str, Any]) -> dict[str, Any]:
    """The words, links and settings that every page of ours uses."""
    import datasette.version as version  # noqa: PLR0402  # the version, not the package

    return {
        "say": wording,
        "log": vocabulary.everything(),
        "to": Links(datasette.urls, database.name),
        "keeps_scripts": keeps_scripts(datasette),
        "datasette_version": version.__version__,
        "site": site,
        "web": web,
        "plain": plain,
        "site_of": site_of,
        # The frame of Datasette 1.0 has its own language and landmarks, and scripts that ours would lose.
        "forecastlog_frame": "forecastlog/frame.html" if version.__version__.startswith("0.") else None,
    }


def log_of(store: Store) -> dict[str, Any]:
    """What the log says of itself: its title, description, licence and language."""
    build = store.build()
    return {
        "title": build["title"] or TITLE,
        "description": build["description"] or DESCRIPTION,
        "licence": build["licence"],
        "licence_url": build["licence_url"],
        "language": build["language"] or "en",
        "contact": build["contact"],
    }


def replacing(urls: Any) -> Callable[[Any, Any], Any]:
    """Datasette's ``path_with_replaced_args`` below ``base_url``, which its template of facets forgets."""
    from datasette.utils import path_with_replaced_args

    return lambda request, args: urls.path(path_with_replaced_args(request, args))


def plain(row: Any) -> dict[str, Any]:
    """A row of Datasette's as column -> value."""
    return {cell["column"]: cell["raw"] for cell in row}


async def _front(datasette: Any, request: Any, database: Any) -> dict[str, Any]:
    from datasette import Forbidden

    try:
        await ensure_visible(datasette, request, database)
    except Forbidden:
        return {}
    mark_strict(request)
    values = await ask(database, front.read)
    return values | {"forecastlog_page": "forecastlog/front.html", "current": "home"}


async def _record(request: Any, database: Any, table: str) -> dict[str, Any]:
    from datasette.utils import tilde_decode

    template, read = ROW_PAGES[table]
    key = tilde_decode(request.url_vars["pks"])
    values = await ask(database, lambda store: read(store, key))
    if values is None:
        return {}
    mark_strict(request)
    return values | {"forecastlog_page": template, "current": table}


def _is_ours(request: Any, datasette: Any, database: Any) -> bool:
    from datasette.utils import tilde_decode

    return datasette.get_database(route=tilde_decode(request.url_vars["database"])) is database
