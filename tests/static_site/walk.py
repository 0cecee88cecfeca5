"""A reader of exported pages who knows nothing of how they were made: links, ids and text."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

HIDDEN = ("script", "style", "noscript")


class Page(HTMLParser):
    """The links, the ids and the visible words of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.scripts = 0
        self._words: list[str] = []
        self._hidden = 0
        self.feed(html)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self._words).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids.update(value for name in ("id", "name") if (value := given.get(name)))
        self.links += [value for name in ("href", "src", "action") if (value := given.get(name)) is not None]
        self._hidden += tag in HIDDEN
        self.scripts += tag == "script" and given.get("type") != "application/ld+json"

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in HIDDEN

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self._words.append(data)


def dead(folder: Path) -> list[str]:
    """Every link of every page that leads to no file below the folder, or to no id of its page."""
    pages = {path.resolve(): Page(path.read_text(encoding="utf-8")) for path in folder.rglob("*.html")}
    lost = folder.resolve() / "404.html"
    found = []
    for path, page in pages.items():
        for link in page.links:
            parts = urlsplit(urljoin(path.as_uri(), link))
            if parts.scheme != "file":
                continue
            end = Path(unquote(parts.path))
            fine = end.is_file() and end.is_relative_to(folder.resolve()) and link != ""
            if fine and parts.fragment and end in pages:
                fine = parts.fragment in pages[end].ids
            if not fine and path != lost:
                found.append(f"{path.relative_to(folder.resolve())}: {link}")
    return found
