"""The Internet Archive's Wayback Machine: its nearest snapshot of a page, or a new one.

Its two services are described at https://archive.org/help/wayback_api.php and https://web.archive.org/save.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, urljoin

from forecastlog.archive.fetch import NotFetched, Visitor


@dataclass(frozen=True, slots=True)
class Wayback:
    """Where the archive answers."""

    available: str = "https://archive.org/wayback/available"
    machine: str = "https://web.archive.org"

    def snapshot(self, visitor: Visitor, url: str, near: date | None = None) -> str:
        """The address of the snapshot nearest to a day, or of a new one; raises NotFetched."""
        return self._nearest(visitor, url, near) or self._new(visitor, url)

    def _nearest(self, visitor: Visitor, url: str, near: date | None) -> str | None:
        day = f"&timestamp={near:%Y%m%d}" if near else ""
        answer = visitor.get(f"{self.available}?url={quote(url, safe='')}{day}")
        try:
            closest = json.loads(answer.body)["archived_snapshots"].get("closest", {})
            found = (
                closest["url"] if closest.get("available") and closest.get("status", "200") == "200" else ""
            )
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise NotFetched(url, "the archive's answer cannot be read") from None
        return self._ours(str(found)) if found else None

    def _new(self, visitor: Visitor, url: str) -> str:
        answer = visitor.get(f"{self.machine}/save/{url}")
        there = answer.header("Content-Location")
        found = self._ours(urljoin(answer.url, there) if there else answer.url)
        if found is None:
            raise NotFetched(url, "the archive made no snapshot of it")
        return found

    def _ours(self, found: str) -> str | None:
        """A snapshot's address by https; None for any other address."""
        secure = found.replace("http://", "https://", 1) if self.machine.startswith("https:") else found
        return (
            secure
            if secure.startswith(f"{self.machine}/web/") and not any(map(str.isspace, secure))
            else None
        )
