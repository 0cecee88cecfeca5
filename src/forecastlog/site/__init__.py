"""The reader's site: a Datasette plugin with pages that answer who said what and what came of it.

    charts.py, claims_chart.py, svg.py  figures -> SVG
    wording.py   values -> a reader's words
    store.py     the published database, read in one go a page
    links.py     the addresses of pages and records
    context.py   which page stands in for which of Datasette's own, and what every template knows
    cells.py     values on Datasette's table pages
    moved.py     addresses that lead on: of the first edition, and of records that were renamed
    scriptless.py  Datasette's pages without scripts
    tables.py    tables, page by page without loss, and what is cut says so
    refusals.py  addresses that nobody can answer
    prefix.py    the path of a proxy, taken off
    headers.py   what every response says to the browser, and paths that are refused
    pages/       a page a file: queries in, values for its template out
    templates/, static/

Datasette loads this module for every command, so each hook imports what it needs when it is called. Only
hooks that Datasette 0.65 and 1.0 share are used, with the arguments that both pass.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Generator
from typing import Any

from datasette import hookimpl


@hookimpl  # type: ignore[untyped-decorator]  # Datasette has no types
def startup(datasette: Any) -> Callable[[], Awaitable[Any]]:
    """Look for our database once, before the first page."""

    async def look() -> None:
        from forecastlog.site.store import database_of

        await database_of(datasette)

    return look


@hookimpl  # type: ignore[untyped-decorator]  # Datasette has no types
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """The pages that are not records."""
    from forecastlog.site.pages import ROUTES

    return ROUTES


@hookimpl  # type: ignore[untyped-decorator]  # Datasette has no types
def extra_template_vars(
    template: str, table: str | None, request: Any, datasette: Any
) -> Awaitable[dict[str, Any]]:
    """What our templates need: on the index and on the pages of records, all that the page shows."""
    from forecastlog.site.context import template_values

    return template_values(datasette, request, template=template, table=table)


@hookimpl  # type: ignore[untyped-decorator]  # Datasette has no types
def prepare_jinja2_environment(env: Any) -> None:
    """The filter through which Datasette's own pages go."""
    from markupsafe import Markup

    from forecastlog.site.scriptless import scriptless

    env.filters["scriptless"] = lambda html, *, kept=False: Markup(scriptless(str(html), kept=kept))  # noqa: S704


@hookimpl  # type: ignore[untyped-decorator]  # Datasette has no types
def extra_css_urls(datasette: Any) -> list[str]:
    """Our style, on Datasette's own pages too."""
    from forecastlog.site.links import stylesheet

    return [stylesheet(datasette.urls, name) for name in ("colours.css", "site.css")]


@hookimpl  # type: ignore[untyped-decorator]  # Datasette has no types
def render_cell(  # noqa: PLR0917  # the hook's arguments
    row: Any, value: Any, column: str, table: str | None, database: str | None, datasette: Any
) -> Any:
    """Percents, outcomes in words and links in Datasette's tables."""
    from forecastlog.site.cells import cell

    return cell(datasette, database, table, column=column, value=value, row=row)


@hookimpl(hookwrapper=True)  # type: ignore[untyped-decorator]  # Datasette has no types
def handle_exception(datasette: Any, request: Any, exception: Exception) -> Generator[None, Any, None]:
    """A record that was renamed is found, and a parameter that cannot be read is no failure of the server."""
    from forecastlog.site import moved, refusals

    outcome = yield
    refused = refusals.answer(datasette, request, exception)
    if found := moved.answer(datasette, request, exception, refused) or refused:
        outcome.force_result([found])


@hookimpl  # type: ignore[untyped-decorator]  # Datasette has no types
def asgi_wrapper(datasette: Any) -> Callable[[Any], Any]:
    """Headers that protect readers, around everything, and the path of a proxy taken off."""
    from forecastlog.site.headers import keeps_scripts, protected
    from forecastlog.site.moved import leading_on
    from forecastlog.site.prefix import below
    from forecastlog.site.store import commit_of, known
    from forecastlog.site.tables import losing_nothing

    async def commit() -> str | None:
        return await commit_of(datasette)

    def around(app: Any) -> Any:
        moved = leading_on(app, lambda: known(datasette), lambda path: str(datasette.urls.path(path)))
        told = losing_nothing(moved, lambda: known(datasette), datasette.setting("max_returned_rows"))
        return below(datasette.setting("base_url"), protected(told, commit, scripts=keeps_scripts(datasette)))

    return around
