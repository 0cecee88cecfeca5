"""Records full of markup, scripts, reversed writing and endless words: nothing runs, nothing breaks."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from .hostile import spoil
from .places import DATASETTE, OURS
from .places import addresses as places
from .reader import NARROW, visiting
from .serving import fetch, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def spoiled(database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    shutil.copytree(database.parent, folder, dirs_exist_ok=True)
    path = folder / database.name
    spoil(path)
    return path


@pytest.fixture(scope="module")
def where(spoiled: Path) -> dict[str, str]:
    return places(spoiled)


@pytest.fixture(scope="module")
def hostile(spoiled: Path) -> Iterator[str]:
    with serving(spoiled) as address:
        yield address


@pytest.mark.parametrize("name", [*OURS, *DATASETTE])
def test_nothing_runs_and_nothing_breaks(
    browser: Browser, hostile: str, where: dict[str, str], name: str
) -> None:
    with visiting(browser, hostile, width=NARROW) as visit:
        assert visit.open(where[name]).status == 200
        page = visit.page
        assert page.evaluate("window.hacked") is None
        assert not visit.complaints
        assert not visit.elsewhere
        assert not visit.too_wide()
        schemes = page.eval_on_selector_all("[href], [src], [action]", _SCHEMES)
        assert set(schemes) <= {"http:", "https:"}
        assert page.locator("main img, main base, main [onerror], main [onload], main [onfocus]").count() == 0


def test_every_prediction_renders(spoiled: Path, hostile: str) -> None:
    with closing(sqlite3.connect(spoiled)) as connection:
        keys = [key for (key,) in connection.execute("select id from predictions")]
    for key in keys:
        status, _, body = fetch(f"{hostile}forecastlog/predictions/{key}")
        assert status == 200, key
        html = body.decode()
        assert "<script>window" not in html
        data = html.split('<script type="application/ld+json">')[1].split("</script>")[0]
        assert json.loads(data)["@type"] == "Claim"


@pytest.mark.parametrize("feed", ["due.atom", "resolutions.atom"])
def test_a_feed_stays_well_formed(hostile: str, feed: str) -> None:
    status, _, body = fetch(f"{hostile}-/{feed}")
    assert status == 200
    assert len(ET.fromstring(body).findall("{http://www.w3.org/2005/Atom}entry")) > 3


def test_the_calendar_stays_in_one_piece(hostile: str) -> None:
    from icalendar import Calendar  # type: ignore[import-untyped,unused-ignore]  # no types in some versions

    status, _, body = fetch(f"{hostile}-/due.ics")
    assert status == 200
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))
    assert len(Calendar.from_ical(body).walk("VEVENT")) > 3


_SCHEMES = """found => found
  .flatMap(element => [element.href, element.src, element.action])
  .filter(value => typeof value == "string" && value)
  .filter(value => URL.canParse(value, document.baseURI))  // what is no address leads nowhere
  .map(value => new URL(value, document.baseURI).protocol)"""
