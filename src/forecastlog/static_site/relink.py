"""Addresses in HTML and in feeds -> ways from one file to another.

Only tags are read: what a record says stands escaped in text and attributes, so it can be neither. Scripts
go, except data for machines, because a copy has one script of its own.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from html import escape, unescape
from urllib.parse import quote, urldefrag, urlsplit

Where = Callable[[str], str | None]
"""The file of an address of the site, None where the copy has none."""
HERE = "http://localhost"
"""How a site that is asked in this process calls itself, where it writes an address whole."""
Lead = Callable[[str], str]
"""A file -> how one comes there."""

_TAG = re.compile(
    r"<!--.*?-->|<loc>(?P<loc>[^<]*)</loc>|<script\b(?P<script>[^>]*)>.*?</script>"
    r"|<(?P<tag>a|area|form|iframe|image|img|link|meta|source|use)\b(?P<rest>(?:[^>\"']|\"[^\"]*\"|'[^']*')*)>",
    re.DOTALL,
)
"""Comments, scripts, addresses in a map of the site, and the tags that may hold an address."""
_ATTRIBUTE = re.compile(r"""(?P<before>\s)(?P<name>href|src|action|content)="(?P<value>[^"]*)\"""")


def relinked(text: str, *, public: str, where: Where, lead: Lead, search: str) -> str:
    """A page with its addresses led to files; ``search`` is the file that a search form leads to.

    An address with the ``public`` beginning stays whole, and names the file. What has no file is text without
    a link, and a form that only a server could answer cannot be used.
    """

    def tag(match: re.Match[str]) -> str:
        if match["script"] is not None:
            return match[0] if "application/ld+json" in match["script"] else ""
        if match["loc"] is not None:
            return f"<loc>{escape(address(unescape(match['loc']), of='loc') or match['loc'])}</loc>"
        name = match["tag"]
        if name is None or not _ATTRIBUTE.search(match["rest"]):
            return match[0]
        missing: list[str] = []

        def attribute(found: re.Match[str]) -> str:
            told = (
                form(match["rest"]) if name == "form" else address(unescape(found["value"]), of=found["name"])
            )
            if told is None:
                missing.append(found["name"])
                return ""
            return f'{found["before"]}{found["name"]}="{escape(told)}"'

        rest = _ATTRIBUTE.sub(attribute, match["rest"])
        if missing and name in ("link", "meta"):
            return ""
        return f"<{name}{rest}{' inert' if missing and name == 'form' else ''}>"

    def form(rest: str) -> str | None:
        return lead(search) if 'role="search"' in rest else None

    def address(value: str, *, of: str) -> str | None:
        if public and value.startswith(public):
            found = where("/" + value[len(public) :])
            return public + shown(found) if found else None
        value = value.removeprefix(HERE)
        parts = urlsplit(value)
        if of == "content" or parts.scheme or parts.netloc or not value.startswith("/"):
            return value
        path, fragment = urldefrag(value)
        found = where(path)
        version = f"?{parts.query}" if parts.query and "=" not in parts.query else ""
        return lead(found) + version + (f"#{fragment}" if fragment else "") if found else None

    return _TAG.sub(tag, text)


def way(start: str, end: str) -> str:
    """The relative address of a file, seen from another.

    >>> way("people/ann/index.html", "-/due.ics"), way("index.html", "index.html")
    ('../../-/due.ics', 'index.html')
    """
    return _quoted(posixpath.relpath(end, posixpath.dirname(start) or "."))


def shown(file: str) -> str:
    """A file's address on a server, below the site's own: a page's is that of its folder.

    >>> shown("people/ann/index.html"), shown("-/due.ics")
    ('people/ann/', '-/due.ics')
    """
    return _quoted(file.removesuffix("index.html"))


def _quoted(path: str) -> str:
    return quote(path, safe="/~=,+@-._")
