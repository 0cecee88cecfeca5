"""What nobody can answer is the visitor's slip, not a failure of the server.

The page says so in our frame.

Datasette answers 500 where a parameter of a table's address names no column or cannot be read.
"""

from __future__ import annotations

import traceback
from collections.abc import Awaitable, Callable
from typing import Any

from markupsafe import Markup

from forecastlog.site.scriptless import scriptless

UNREADABLE = "A parameter of this address has a value that cannot be read."


def answer(datasette: Any, request: Any, exception: Exception) -> Callable[[], Awaitable[Any]] | None:
    """The answer to a visitor's slip, 400 for a bad parameter; None where something else went wrong."""
    from datasette.handle_exception import handle_exception

    refused = _refused(request, exception)
    if refused is None:
        return None
    if request.path.endswith((".json", ".csv")):
        told: Callable[[], Awaitable[Any]] = handle_exception(datasette, request, refused)
        return told
    return lambda: _page(datasette, request, refused)


def _refused(request: Any, exception: Exception) -> Any | None:
    """What is told to the visitor, as an exception of Datasette's that knows its status.

    None for a failure.
    """
    from datasette.utils.asgi import Base400
    from datasette.views.base import DatasetteError

    if isinstance(exception, Base400):
        return exception
    if isinstance(exception, DatasetteError):
        if exception.status != 500:
            return exception
        return DatasetteError(str(exception.message), status=400) if request.query_string else None
    if request.query_string and isinstance(exception, _SLIPS) and not _is_ours(exception):
        return DatasetteError(UNREADABLE, status=400)
    return None


_SLIPS = (ValueError, KeyError, TypeError, AttributeError)
"""What Datasette lets out where it reads a parameter as something that it is not."""


async def _page(datasette: Any, request: Any, refused: Any) -> Any:
    from datasette import Response

    message = getattr(refused, "message", None) or (refused.args[0] if refused.args else "")
    if getattr(refused, "message_is_html", False):
        message = Markup(scriptless(str(message)))  # noqa: S704  # Datasette's own, with its texts escaped
    values = {"status": refused.status, "title": getattr(refused, "title", None), "error": message}
    html = await datasette.render_template("error.html", values, request=request)
    return Response.html(html, status=refused.status)


def _is_ours(exception: Exception) -> bool:
    """Whether code of ours was at work when it was raised: then it is a failure, and stays one."""
    frames = traceback.walk_tb(exception.__traceback__)
    return any(frame.f_globals.get("__name__", "").startswith("forecastlog.") for frame, _ in frames)
