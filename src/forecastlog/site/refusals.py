"""An address that nobody can answer is the visitor's slip, not a failure of the server: 400 with a sentence.

Datasette answers 500 where a parameter of a table's address names no column or cannot be read.
"""

from __future__ import annotations

import traceback
from collections.abc import Awaitable, Callable
from typing import Any

UNREADABLE = "A parameter of this address has a value that cannot be read."


def answer(datasette: Any, request: Any, exception: Exception) -> Callable[[], Awaitable[Any]] | None:
    """Datasette's own error page with status 400 for a bad parameter; None where something else went wrong."""
    from datasette.handle_exception import handle_exception
    from datasette.views.base import DatasetteError

    if not request.query_string:
        return None
    if isinstance(exception, DatasetteError):
        if exception.status != 500:
            return None
        sentence = str(exception.message)
    elif isinstance(exception, ValueError | KeyError) and not _is_ours(exception):
        sentence = UNREADABLE
    else:
        return None
    shown: Callable[[], Awaitable[Any]] = handle_exception(
        datasette, request, DatasetteError(sentence, status=400)
    )
    return shown


def _is_ours(exception: Exception) -> bool:
    """Whether code of ours was at work when it was raised: then it is a failure, and stays one."""
    frames = traceback.walk_tb(exception.__traceback__)
    return any(frame.f_globals.get("__name__", "").startswith("forecastlog.") for frame, _ in frames)
