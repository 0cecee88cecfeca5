"""The name of each address's file: safe on every system, the same every time, and never another's.

A page at ``/people/ann`` is ``people/ann/index.html``, so that its address on a server stays what it was; a
query becomes a folder (``predictions/topic=aid``). Segments are what the site itself puts into addresses:
letters, digits and ``~`` with two hexadecimal digits for all else.
"""

from __future__ import annotations

import hashlib
import re
from urllib.parse import parse_qsl, unquote, urlsplit

LONGEST = 150
"""Bytes of a file's name, well under the 255 that file systems take."""
_SAFE = re.compile(r"[A-Za-z0-9+,=.~_-]+")
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
"""Names that one system keeps for its devices."""


class Names:
    """Files of addresses; of two names that differ by case alone the second gets a digest."""

    def __init__(self) -> None:
        self._taken: dict[str, str] = {}
        self._given: dict[str, str] = {}

    def name(self, address: str, *, is_page: bool) -> str:
        """The file of an address, below the folder."""
        if address not in self._given:
            name = _name(address, is_page=is_page)
            if self._taken.get(name.casefold(), address) != address:
                name = _name(address, is_page=is_page, apart=True)
            self._taken[name.casefold()] = address
            self._given[address] = name
        return self._given[address]


def _name(address: str, *, is_page: bool, apart: bool = False) -> str:
    """A query that only asks for a form (``_shape``) or a version (no ``=``) has no part in it."""
    parts = urlsplit(address)
    segments = [_segment(one) for one in unquote(parts.path).strip("/").split("/") if one]
    asked = ",".join(
        f"{key}={_encoded(value)}" for key, value in parse_qsl(parts.query) if not key.startswith("_")
    )
    if apart and asked:
        asked += f",{_digest(address)}"
    elif apart:
        segments[-1] = f"{_digest(address)}~{segments[-1]}"
    if is_page:
        return "/".join([*segments, *([_segment(asked)] if asked else []), "index.html"])
    if asked:
        stem, dot, ending = segments[-1].rpartition(".")
        segments[-1:] = (
            [stem or ending, _segment(asked) + dot + ending] if stem else [ending, _segment(asked)]
        )
    return "/".join(segments)


def _segment(text: str) -> str:
    """One name of a path, with nothing in it that leads elsewhere or that a system reads otherwise."""
    plain = text if _SAFE.fullmatch(text) else _encoded(text)
    if set(plain) == {"."} or _DEVICE.match(plain) or plain.endswith("."):
        plain = f"~{plain}~"
    return plain if len(plain) <= LONGEST else f"{plain[: LONGEST - 13]}~{_digest(text)}"


def _encoded(text: str) -> str:
    from datasette.utils import tilde_encode

    encoded: str = tilde_encode(text)
    return encoded


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:12]
