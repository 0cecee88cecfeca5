"""``datasette_metadata.json`` at the top is what the code says about the tables."""

from __future__ import annotations

import json
from pathlib import Path

from forecastlog.database import metadata
from forecastlog.ledger import load

ROOT = Path(__file__).parents[2]


def test_the_metadata_file_is_not_stale() -> None:
    written = json.loads((ROOT / "datasette_metadata.json").read_text(encoding="utf-8"))
    settings = load(ROOT / "predictions").ledger.settings
    assert written == json.loads(json.dumps(metadata(settings=settings))), "'make docs' writes it anew"


def test_no_unit_raw_search_or_html_is_in_it() -> None:
    text = (ROOT / "datasette_metadata.json").read_text(encoding="utf-8")
    assert '"units"' not in text  # an unknown unit is an error 500 for the whole table
    assert '"searchmode"' not in text
    assert "_html" not in text
