"""The example of a contest gives the figures that were published of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.interchange.conftest import Import

EXAMPLE = Path(__file__).parents[2] / "examples" / "acx-2023"


@pytest.mark.slow
def test_the_published_percentiles_come_out(root: Path, run: Import) -> None:
    """Published by the blog: 88th percentile for its author.

    Counted here among those of ten events or more.
    """
    people = (EXAMPLE / "predictions" / "people.yaml").read_text(encoding="utf-8")
    (root / "people.yaml").write_text(people, encoding="utf-8")
    told = run(
        "import",
        "table",
        str(EXAMPLE / "participants.csv.gz"),
        "--percent",
        "--source",
        "acx-2023",
        "--outcomes",
        str(EXAMPLE / "questions.csv"),
        "--logged-on",
        "2023-01-10",
        "--word-of",
        "Astral Codex Ten",
        "--proof",
        "https://www.astralcodexten.com/p/who-predicted-2023",
    ).stderr
    assert "3,295 rows read: 50 predictions, 150,720 forecasts, 50 resolutions new" in told
    rows = {
        row["group"]: row for row in json.loads(run("score", "--group-by", "forecaster", "--json").stdout)
    }
    author = rows["scott-alexander"]
    assert author["timing"] == "logged elsewhere"
    assert round(100 * author["percentile"]) == 88
    assert round(author["brier"], 6) == 0.187922
    experts = sorted(
        row["percentile"] for group, row in rows.items() if f"{{id: {group}, name: Superforecaster" in people
    )
    assert len(experts) == 56
    assert round(50 * (experts[27] + experts[28])) == 70
    assert author["rank"] is not None
