"""Addresses of the first edition that lead on: a forecaster is a person or an outlet now."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from forecastlog.site.headers import App, Scope, Send

_FORECASTER = re.compile(r"/([^/]+)/forecasters/([^/.]+)")


def leading_on(app: App, database: Callable[[], str | None], address: Callable[[str], str]) -> App:
    """The application, with old addresses of ``database`` sent to the new; ``address`` adds the prefix to a path."""

    async def wrapped(scope: Scope, receive: Any, send: Send) -> None:
        path = (
            scope.get("raw_path", b"").partition(b"?")[0].decode("ascii", "replace")
            if scope["type"] == "http"
            else ""
        )
        found = _FORECASTER.fullmatch(path)
        if found is None or found[1] != database():
            await app(scope, receive, send)
            return
        place = (b"location", address(f"/people/{found[2]}").encode())
        await send(
            {"type": "http.response.start", "status": 301, "headers": [place, (b"content-length", b"0")]}
        )
        await send({"type": "http.response.body", "body": b""})

    return wrapped
