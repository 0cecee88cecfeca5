"""What a public server refuses before Datasette sees it.

Other hosts' names, methods that write, its internals.

A page that answers under any name can be reached through a name that an attacker's own DNS gives to this
machine (DNS rebinding), so the names are asked for wherever others can reach the server.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Awaitable, Callable, Collection
from typing import Any

App = Callable[[Any, Any, Any], Awaitable[None]]

NOWHERE = "/-/nothing"
METHODS = ("GET", "HEAD")
LOCAL = ("localhost", "127.0.0.1", "::1")


def gated(app: App, *, hosts: Collection[str] = (), internals: bool = False) -> App:
    """The application behind the gate.

    ``hosts`` are the names that it answers to, any where there are none; ``internals`` leaves Datasette's
    pages about itself, which tell paths and settings, where they are.
    """
    from forecastlog.site.pages import ROUTES

    ours = [r"^(?!/-/)", r"^/-/(static|static-plugins)/", *(route for route, _ in ROUTES if "/-/" in route)]
    known = {host.lower().rstrip(".") for host in hosts}

    async def behind(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
        elif known and _name(scope) not in known:
            await _refuse(send, 400, "This server does not answer to that name.")
        elif not internals and scope["method"] not in METHODS:
            await _refuse(send, 405, "This site is only read: GET and HEAD.", (b"allow", b"GET, HEAD"))
        elif not internals and not any(re.match(route, scope["path"]) for route in ours):
            await app(_nowhere(scope), receive, send)
        else:
            await app(scope, receive, send)

    return behind


def _nowhere(scope: Any) -> Any:
    """The request with an address that leads to no page, so that the site itself says that there is none."""
    path = NOWHERE + (".json" if scope["path"].endswith(".json") else "")
    return {**scope, "path": path, "raw_path": path.encode(), "query_string": b""}


def is_local(host: str) -> bool:
    """Whether only this machine can reach an address to listen on."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() in LOCAL


def _name(scope: Any) -> str:
    """The host that a request names, without its port; empty where it names none, or several."""
    given = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
    match = re.fullmatch(r"(\[[0-9a-f:.]+\]|[^:\[\]]*)(:\d+)?", given[0].lower()) if len(given) == 1 else None
    return match[1].strip("[]").rstrip(".") if match else ""


async def _refuse(send: Any, status: int, sentence: str, *more: tuple[bytes, bytes]) -> None:
    body = f"{sentence}\n".encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"x-content-type-options", b"nosniff"),
        *more,
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
