"""What every response says to the browser, and the paths that are refused.

No page needs a script, a frame or anything from elsewhere, and says so. Only where visitors may write SQL do
Datasette's pages keep the scripts of its editor, and forbid nothing but framing.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Any, Send], Awaitable[None]]

MARK = "forecastlog"
COMMIT = b"x-forecastlog-commit"
STRICT = (
    "default-src 'self'; script-src 'none'; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
LOOSE = "frame-ancestors 'none'"
FRAMED = STRICT.replace("; frame-ancestors 'none'", "")
"""Of what stands in other people's pages, and of nothing else; ``*`` would keep out pages opened from a
disk."""


async def _unknown() -> str | None:
    return None


def protected(
    app: App, commit: Callable[[], Awaitable[str | None]] = _unknown, *, scripts: bool = False
) -> App:
    """The application with our headers around it; ``commit`` tells what the data were made from.

    With ``scripts`` only what is marked as a page of ours is strict.

    An archived copy of a response then shows it, so that a history which was rewritten since can be unmasked.
    """

    async def wrapped(scope: Scope, receive: Any, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        if "\\" in scope.get("path", "") or b"%5c" in scope.get("raw_path", b"").lower():
            await _refuse(send)
            return
        made_from = await commit()
        # Datasette copies the scope for every view; the copies share this one dictionary.
        mark = scope[MARK] = {}

        async def with_headers(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                policy = mark.get("policy", LOOSE if scripts else STRICT)
                message["headers"] = [*message.get("headers", []), *_headers(policy)]
                if made_from:
                    message["headers"].append((COMMIT, made_from.encode("ascii", "replace")))
            await send(message)

        await app(scope, receive, with_headers)

    return wrapped


def path_of(scope: Scope) -> str:
    """The path that a request asks for, as it was sent; empty for what is no request of HTTP."""
    if scope["type"] != "http":
        return ""
    return str(scope.get("raw_path", b"").partition(b"?")[0].decode("ascii", "replace"))


def keeps_scripts(datasette: Any) -> bool:
    """Whether Datasette's own pages keep their scripts.

    For its SQL editor, and in the frame of Datasette 1.0.
    """
    import datasette.version as version  # noqa: PLR0402  # the version, not the package

    return bool(datasette.setting("default_allow_sql")) or not version.__version__.startswith("0.")


def mark_strict(request: Any, *, framed: bool = False) -> None:
    """Say that the response to this request is a page of ours, and whether anybody may frame it."""
    mark = request.scope.get(MARK)
    if mark is not None:
        mark["policy"] = FRAMED if framed else STRICT


def _headers(policy: str) -> list[tuple[bytes, bytes]]:
    return [
        (b"content-security-policy", policy.encode()),
        (b"x-content-type-options", b"nosniff"),
        *([] if policy == FRAMED else [(b"x-frame-options", b"DENY")]),
        (b"referrer-policy", b"strict-origin-when-cross-origin"),
    ]


async def _refuse(send: Send) -> None:
    """A backslash in a path: browsers read it as a slash, so a redirect could lead to another host."""
    body = b"A path holds no backslash.\n"
    kind = (b"content-type", b"text/plain; charset=utf-8")
    length = (b"content-length", str(len(body)).encode())
    await send({"type": "http.response.start", "status": 400, "headers": [kind, length, *_headers(STRICT)]})
    await send({"type": "http.response.body", "body": body})
