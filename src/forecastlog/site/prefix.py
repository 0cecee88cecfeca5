"""The path below which a proxy shows the site, taken off before Datasette sees a request.

Datasette answers below its ``base_url`` and without it, but makes new addresses from the one that was asked
for, to which it then adds the prefix a second time. So it is asked as if the site stood at the root.
"""

from __future__ import annotations

from typing import Any

from forecastlog.site.headers import App, Scope, Send


def below(prefix: str, app: App) -> App:
    """The application for requests that may begin with ``prefix``, which starts and ends with a slash."""
    if prefix == "/":
        return app
    start = prefix.rstrip("/")

    def inner(path: str) -> str:
        return path[len(start) :] or "/" if f"{path}/".startswith(prefix) else path

    async def stripped(scope: Scope, receive: Any, send: Send) -> None:
        if scope["type"] == "http":
            scope = {**scope, "path": inner(scope["path"])}
            if raw := scope.get("raw_path"):
                path, mark, query = raw.partition(b"?")
                scope["raw_path"] = inner(path.decode("latin-1")).encode("latin-1") + mark + query
        await app(scope, receive, send)

    return stripped
