"""The picture of the scales in the documentation shows the scales as they are."""

from __future__ import annotations

import runpy
from pathlib import Path
from xml.etree import ElementTree as ET

DOCS = Path(__file__).parents[2] / "docs"


def test_the_picture_is_not_stale() -> None:
    drawn = runpy.run_path(str(DOCS / "scales.py"))["draw"]()
    assert (DOCS / "scales.svg").read_text(encoding="utf-8") == drawn, "run: python docs/scales.py"


def test_the_picture_is_well_formed_named_and_readable_in_the_dark() -> None:
    text = (DOCS / "scales.svg").read_text(encoding="utf-8")
    root = ET.fromstring(text)
    assert root.find("{http://www.w3.org/2000/svg}title") is not None
    assert "prefers-color-scheme: dark" in text
