"""Write docs/front-page.png, the picture in the README: the front page of this repository's own ledger.

python docs/screenshot.py      needs the packages of `make test-all` and Debian's chromium
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.browser.reader import chromium, visiting  # noqa: E402  # found through the line above
from tests.browser.serving import build, serving  # noqa: E402  # same

PICTURE = ROOT / "docs" / "front-page.png"
WIDTH = 1200


def main() -> None:
    """Build, serve, look, write."""
    with tempfile.TemporaryDirectory() as folder:
        database = build(Path(folder))
        with serving(database) as base, chromium() as browser, visiting(browser, base, width=WIDTH) as visit:
            visit.open("/")
            words = visit.page.locator("main section", has=visit.page.locator("table")).first
            height = round(words.evaluate("section => section.getBoundingClientRect().bottom")) + 24
            visit.page.screenshot(
                path=PICTURE, full_page=True, clip={"x": 0, "y": 0, "width": WIDTH, "height": height}
            )
    print(f"wrote {PICTURE.relative_to(ROOT)}: {PICTURE.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
