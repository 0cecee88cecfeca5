"""The page on scores says what the scores say."""

import subprocess
import sys
from pathlib import Path

from forecastlog import scoring

PAGE = Path(__file__).parents[2] / "docs" / "scores.md"


def test_the_page_is_up_to_date() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cogapp", "-P", "--check", "--diff", str(PAGE)],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, f"run `cog -P -r docs/scores.md`\n{done.stdout}{done.stderr}"


def test_every_score_is_on_the_page() -> None:
    text = PAGE.read_text()
    assert [name for name in scoring.__all__ if name not in text] == []
