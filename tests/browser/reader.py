"""A reader with Chromium: what a page asked for, complained of and broke."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDE, NARROW = 1280, 400


@dataclass(slots=True)
class Visit:
    """An open page, with everything that happened in it since it was opened."""

    page: Page
    base: str
    complaints: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)

    def open(self, path: str) -> Any:
        """Go to a page below the site's address; its response."""
        response = self.page.goto(self.base + path.removeprefix("/"))
        assert response is not None
        return response

    def too_wide(self) -> list[str]:
        """Elements that make the page scroll sideways, where it does."""
        found: list[str] = self.page.evaluate(_TOO_WIDE)
        return found

    def violations(self) -> list[str]:
        """What axe-core finds against WCAG 2.2 A and AA and its own best practices, a line an element."""
        from axe_playwright_python.sync_playwright import Axe

        found = Axe().run(self.page, options={"runOnly": RULES, "resultTypes": ["violations"]})
        return [
            f"{each['id']}: {node['html'][:120]} ({node['failureSummary'].splitlines()[-1].strip()})"
            for each in found.response["violations"]
            for node in each["nodes"]
        ]


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@contextmanager
def visiting(browser: Browser, base: str, *, width: int = WIDE, scheme: str = "light") -> Iterator[Visit]:
    """A new page of a browser that has seen nothing yet."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type,unused-ignore]  # light or dark
    page = context.new_page()
    page.set_default_timeout(20_000)
    visit = Visit(page, base)
    page.on("console", lambda said: _note(visit, said.type, said.text))
    page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    page.on("dialog", lambda dialog: _dismiss(visit, dialog))
    page.on("request", lambda request: _request(visit, request.url))
    try:
        yield visit
    finally:
        context.close()


def _note(visit: Visit, kind: str, text: str) -> None:
    if kind in ("error", "warning"):
        visit.complaints.append(text)


def _dismiss(visit: Visit, dialog: Any) -> None:
    visit.complaints.append(f"a dialog: {dialog.message}")
    dialog.dismiss()


def _request(visit: Visit, url: str) -> None:
    if not url.startswith(visit.base):
        visit.elsewhere.append(url)


_TOO_WIDE = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  return [...document.querySelectorAll("body *")]
    .filter(element => element.getBoundingClientRect().right > room + 1)
    .map(element => element.outerHTML.slice(0, 120));
}"""
