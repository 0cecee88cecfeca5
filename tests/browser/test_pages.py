"""Every kind of page on the real ledger: light and dark, wide and narrow, on paper and by keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from .places import DATASETTE, OURS
from .reader import NARROW, WIDE, visiting
from .serving import PREFIX, ROOT, serving_under_prefix

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.slow

SCREENSHOTS = ROOT / ".cache" / "screenshots"
VIEWS = [(width, scheme) for width in (WIDE, NARROW) for scheme in ("light", "dark")]


@pytest.mark.parametrize("name", [*OURS, *DATASETTE])
def test_a_page_is_sound_in_every_view(
    browser: Browser, base: str, addresses: dict[str, str], name: str
) -> None:
    """Nothing scrolls sideways, nothing complains, nothing is fetched elsewhere, axe-core finds nothing."""
    found: dict[str, list[str]] = {}
    for width, scheme in VIEWS:
        with visiting(browser, base, width=width, scheme=scheme) as visit:
            assert visit.open(addresses[name]).status == 200
            faults = [f"too wide: {each}" for each in visit.too_wide()[:4]]
            faults += [f"complaint: {each}" for each in visit.complaints]
            faults += [f"asks elsewhere: {each}" for each in visit.elsewhere]
            faults += visit.violations()
            _photograph(visit.page, f"{name}-{width}-{scheme}")
        if faults:
            found[f"{width} px, {scheme}"] = faults
    assert not found


@pytest.mark.parametrize("name", OURS)
def test_what_a_page_of_ours_says_of_itself(
    browser: Browser, base: str, addresses: dict[str, str], name: str
) -> None:
    with visiting(browser, base) as visit:
        response = visit.open(addresses[name])
        page = visit.page
        policy = response.headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "script-src 'none'" in policy
        assert response.headers["x-content-type-options"] == "nosniff"
        assert page.get_attribute("html", "lang") == "en"
        assert page.title().strip()
        levels = [
            int(tag[1])
            for tag in page.eval_on_selector_all("h1,h2,h3,h4", "found => found.map(e => e.tagName)")
        ]
        assert levels.count(1) == 1
        assert levels[0] == 1
        assert all(below <= above + 1 for above, below in pairwise(levels)), levels
        assert page.locator("main").count() == 1
        assert page.locator("script:not([type='application/ld+json'])").count() == 0
        assert page.evaluate("document.getAnimations().length") == 0


@pytest.mark.parametrize("name", OURS)
def test_a_page_on_paper(browser: Browser, base: str, addresses: dict[str, str], name: str) -> None:
    """Dark ink whatever the screen's colours, since browsers print no backgrounds."""
    with visiting(browser, base, scheme="dark") as visit:
        visit.open(addresses[name])
        visit.page.emulate_media(media="print")
        pale = visit.page.evaluate(_PALE)
        assert not pale
        assert len(visit.page.pdf(format="A4")) > 5_000


def test_the_skip_link_leads_past_the_navigation(browser: Browser, base: str) -> None:
    with visiting(browser, base) as visit:
        visit.open("/")
        visit.page.keyboard.press("Tab")
        link = visit.page.locator(":focus")
        assert link.get_attribute("href") == "#main"
        box = link.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["y"] >= 0
        assert box["height"] > 10
        visit.page.keyboard.press("Enter")
        assert visit.page.evaluate("document.activeElement.id") == "main"


def test_what_has_the_focus_is_seen(browser: Browser, base: str) -> None:
    """Every stop of the Tab key on the front page has an outline or another sign."""
    with visiting(browser, base) as visit:
        visit.open("/")
        unseen = []
        for _ in range(40):
            visit.page.keyboard.press("Tab")
            if not visit.page.evaluate(_FOCUS_SHOWS):
                unseen.append(visit.page.evaluate("document.activeElement.outerHTML.slice(0, 100)"))
    assert not unseen


@pytest.fixture(scope="module")
def prefixed(database: Path) -> Iterator[str]:
    with serving_under_prefix(database) as address:
        yield address


@pytest.mark.parametrize("name", [*OURS, "table", "search"])
def test_everything_stays_below_a_prefix(
    browser: Browser, prefixed: str, addresses: dict[str, str], name: str
) -> None:
    with visiting(browser, prefixed) as visit:
        assert visit.open(addresses[name]).status == 200
        links = visit.page.eval_on_selector_all("[href], [action]", _LINKS)
        assert not visit.elsewhere
        assert not visit.complaints
        host = prefixed.removesuffix(PREFIX)
        assert [
            link for link in links if link.startswith(host) and not link.startswith(prefixed.rstrip("/"))
        ] == []


def test_search_from_the_front_page_finds_and_leads_on(browser: Browser, base: str) -> None:
    with visiting(browser, base, width=NARROW) as visit:
        visit.open("/")
        visit.page.locator("input[type=search]").first.fill("ceasefire")
        visit.page.keyboard.press("Enter")
        visit.page.wait_for_url(re.compile("ceasefire"))
        visit.page.locator("main a[href*='/forecastlog/predictions/']").first.click()
        assert visit.page.locator("h1.spoken").count() == 1


def _photograph(page: object, name: str) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    path = SCREENSHOTS / f"{re.sub('[^a-z0-9]+', '-', name)}.png"
    page.screenshot(path=path, full_page=True)  # type: ignore[attr-defined]  # typed only where playwright is


_LINKS = (
    "found => found.map(element => element.href || element.action).filter(link => typeof link == 'string')"
)
_PALE = """() => {
  const light = colour => {
    const [r, g, b] = colour.match(/[\\d.]+/g).map(Number);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b > 150;
  };
  return [...document.querySelectorAll("main *")]
    .filter(e => e.children.length == 0 && e.textContent.trim() && e.getClientRects().length)
    .filter(e => { const s = getComputedStyle(e); return light(e.closest("svg") ? s.fill : s.color); })
    .map(e => e.outerHTML.slice(0, 120));
}"""
_FOCUS_SHOWS = """() => {
  const style = getComputedStyle(document.activeElement);
  return style.outlineStyle != "none" && parseFloat(style.outlineWidth) > 0 || style.boxShadow != "none";
}"""
