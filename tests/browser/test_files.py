"""The exported site opened from a disk with script off, and its search with script on."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from .reader import visiting
from .serving import ROOT, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PUBLIC = ("--base-url", "https://log.example/forecasts/")
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("files") / "site"
    command = [sys.executable, "-m", "forecastlog", "export", "site", str(folder), "--db", str(database)]
    subprocess.run([*command, "--ledger", str(ROOT / "predictions"), *PUBLIC], check=True)
    return folder


def test_pages_from_a_disk_show_what_the_server_shows(
    browser: Browser, database: Path, folder: Path, addresses: dict[str, str]
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    with serving(database) as base:
        for name, address in addresses.items():
            file = folder / address.strip("/") / "index.html"
            if "?" in address or not file.exists():
                continue
            page.goto(file.as_uri())
            here = page.locator("main").inner_text()
            assert (
                page.evaluate("getComputedStyle(document.querySelector('header')).display") != "block" or here
            )
            page.goto(base + address.removeprefix("/"))
            there = page.locator("main").inner_text()
            assert _without_address(here) == _without_address(there), name
    context.close()


def _without_address(text: str) -> str:
    """The text without the address to cite, which is another here and there."""
    return " ".join(word for word in text.split() if not word.startswith("<http"))


def test_the_search_finds_from_a_disk(browser: Browser, folder: Path) -> None:
    with visiting(browser, folder.as_uri() + "/") as visit:
        visit.page.goto((folder / "predictions" / "index.html").as_uri())
        visit.page.get_by_role("searchbox").fill("sanctions mosc")
        visit.page.get_by_role("button", name="Search").click()
        visit.page.wait_for_selector("#found a")
        assert "predictions, newest first" in visit.page.locator("#told").inner_text()
        visit.page.locator("#found a").first.click()
        assert visit.page.locator("article.prediction h1").count() == 1
        assert not visit.complaints
        assert not visit.elsewhere
