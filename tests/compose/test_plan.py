"""A plan is proved by the rules before it is written, on the ledger as it is then."""

from __future__ import annotations

from pathlib import Path

import pytest

from forecastlog.compose import Outcome, amend, resolve
from forecastlog.errors import CannotEdit, WouldBreak
from forecastlog.ledger import load
from tests.compose.conftest import ARTICLE, TODAY

LINK = ("https://example.org/a",)


def correct(root: Path, **changes: str) -> None:
    named = {name.replace("__", "."): value for name, value in changes.items()}
    amend(load(root), "truce-signed", named, why="reading", by="eve", today=TODAY).carry_out()


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (
            {"deadline__latest": "2025-05-30"},
            r"art\.yaml:19:\d+: error\[P202\] 'latest' is 2025-05-30, before 'strict'",
        ),
        ({"deadline__earliest": "2025-06-01"}, "'strict' is 2025-05-31, before 'earliest', 2025-06-01"),
        ({"deadline__basis": "analyst"}, "an analyst's deadline without a reason"),
        ({"restates": "nobody"}, "unknown prediction 'nobody'"),
        ({"restates": "truce-signed"}, "a prediction that restates itself"),
        ({"given": "nobody"}, "unknown condition 'nobody'"),
        ({"given": "troops-sent"}, "'troops-sent' is no condition"),
        ({"made": "2026-01-01"}, "had passed when the prediction was made"),
        ({"closes": "2025-01-01"}, "'closes' is 2025-01-01, before 'made', 2025-03-19"),
    ],
)
def test_a_correction_that_would_break_the_ledger_changes_no_byte(
    root: Path, changes: dict[str, str], told: str
) -> None:
    with pytest.raises(WouldBreak, match=told):
        correct(root, **changes)
    assert (root / "art.yaml").read_text(encoding="utf-8") == ARTICLE


def test_what_was_wrong_before_stops_no_other_correction(root: Path) -> None:
    path = root / "art.yaml"
    path.write_text(ARTICLE.replace("given: talks-held", "given: nobody", 1), encoding="utf-8")
    correct(root, claim="A truce is signed by both.")
    assert "A truce is signed by both." in path.read_text(encoding="utf-8")


def test_two_changes_that_only_fit_together_are_made_together(root: Path) -> None:
    correct(root, deadline__strict="2025-07-31", deadline__latest="2025-08-31")
    assert "strict: 2025-07-31, latest: 2025-08-31" in (root / "art.yaml").read_text(encoding="utf-8")


def test_what_somebody_wrote_meanwhile_is_looked_at_again(root: Path) -> None:
    """Between the plan and the writing the condition is found unmet, in the same file or in another."""
    met = Outcome(outcome="met", by="bob", evidence=LINK, known="2025-06-01")
    resolve(load(root), ["talks-held"], met, today=TODAY).carry_out()
    yes = Outcome(outcome="yes", by="bob", evidence=LINK, known="2025-09-01")
    plan = resolve(load(root), ["troops-sent"], yes, today=TODAY)
    unmet = Outcome(outcome="unmet", by="bob", evidence=LINK, known="2026-01-01", revise=True)
    resolve(load(root), ["talks-held"], unmet, today=TODAY).carry_out()
    before = (root / "art.yaml").read_bytes()
    with pytest.raises(WouldBreak, match="yes, although 'talks-held' is unmet"):
        plan.carry_out()
    assert (root / "art.yaml").read_bytes() == before


def test_a_file_that_is_no_longer_one_is_named(root: Path) -> None:
    loaded = load(root)
    (root / "art.yaml").unlink()
    with pytest.raises(CannotEdit, match=r"art\.yaml cannot be read"):
        amend(loaded, "truce-signed", {"claim": "x"}, why="reading", by="eve", today=TODAY)
