"""Frames of ours in a page of another origin; nothing else of the site can be framed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.slow


def test_anybody_may_frame_what_is_made_for_it_and_nothing_else(
    browser: Browser, base: str, addresses: dict[str, str]
) -> None:
    prediction = addresses["prediction that did not"]
    key, event = prediction.rpartition("/")[2], addresses["event"].rpartition("/")[2]
    framed = [f"-/embed/predictions/{key}", f"-/embed/events/{event}"]
    page = browser.new_page()
    for place in framed:
        page.set_content(f'<iframe src="{base}{place}" width="600" height="420"></iframe>')
        frame = page.frame_locator("iframe")
        assert frame.locator("h1 a").inner_text(timeout=10_000)
        assert "logged in advance" in frame.locator("footer").inner_text()
        home = frame.locator("h1 a").evaluate(
            "link => [link.target || document.querySelector('base').target, link.href]"
        )
        assert home[0] == "_blank"
        assert home[1].startswith(base)
        wide = frame.locator("html").evaluate("page => page.scrollWidth <= page.clientWidth")
        assert wide, place
    for place in ("", prediction.lstrip("/")):
        page.set_content(f'<iframe src="{base}{place}"></iframe>')
        page.wait_for_timeout(1000)
        (inside,) = [frame for frame in page.frames if frame != page.main_frame]
        assert not inside.url.startswith(base), place
    page.close()
