"""The pages: a file each, and the addresses of those that are no records."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from forecastlog.site.pages import calibration, due, feeds, method, scoreboard
from forecastlog.site.pages.view import home, page

ROUTES: list[tuple[str, Callable[..., Any]]] = [
    (r"^/(?P<format>)$", home),  # Datasette's own index asks for a format
    (r"^/-/scoreboard$", page("scoreboard", scoreboard.read)),
    (r"^/-/calibration$", page("calibration", calibration.read)),
    (r"^/-/due$", page("due", due.read)),
    (r"^/-/method$", page("method", method.read)),
    (r"^/-/due\.ics$", feeds.due_calendar),
    (r"^/-/due\.atom$", feeds.due_atom),
    (r"^/-/due\.json$", feeds.due_json),
    (r"^/-/resolutions\.atom$", feeds.resolutions_atom),
]
