"""Records voided as logged wrongly, and logged again: counted, with what that did to the answers."""

from __future__ import annotations

import pytest

from forecastlog.columns.relogged import RELOGGED, relogged
from forecastlog.model.ledger import Ledger
from forecastlog.model.records import Prediction
from tests.records import day, forecast, ledger, prediction, resolution

TODAY = day("2026-11-23")
VOID = resolution("void", reason="mislogged", known="2026-05-01", recorded="2026-05-01")


def old(*entries: object, **rest: object) -> Prediction:
    return prediction(forecast(), id="old", resolutions=(*entries, VOID), **rest)


def new(outcome: str, known: str = "2026-03-20") -> Prediction:
    entry = resolution(outcome, known=known, recorded="2026-05-02")
    return prediction(forecast(), id="new", replaces="old", resolutions=(entry,), logged="2026-05-01")


def only(made: Ledger) -> dict[str, object]:
    (row,) = RELOGGED.rows(made, TODAY)
    return dict(row)


def test_an_answer_that_changed_says_which_way() -> None:
    wrong = resolution("no", known="2026-03-20", recorded="2026-03-21")
    row = only(ledger(old(wrong), new("yes")))
    assert (row["id"], row["again_id"], row["forecaster_id"], row["by"]) == ("old", "new", "ann", "eve")
    assert (row["was"], row["now"], row["change"], row["after_outcome"]) == ("no", "yes", "no to yes", 1)
    assert only(ledger(old(wrong), new("no")))["change"] is None


@pytest.mark.parametrize(
    ("made", "after"),
    [
        (ledger(old()), 1),  # its last day, 19 March 2026, had passed when it was voided
        (ledger(old(latest="2027-03-19")), 0),
        (ledger(old(latest="2027-03-19"), new("yes", known="2026-04-01")), 1),  # known before it was voided
        (ledger(old(latest="2027-03-19"), new("yes", known="2026-06-01")), 0),
    ],
)
def test_voided_after_the_outcome_or_before(made: Ledger, after: int) -> None:
    assert only(made)["after_outcome"] == after


def test_what_is_void_for_another_reason_or_not_yet_is_not_counted() -> None:
    moot = prediction(forecast(), id="moot", resolutions=(resolution("void", reason="moot"),))
    assert list(relogged(ledger(moot, old()), day("2026-04-30"))) == []
    taken_back = old(resolution("reopened", recorded="2026-06-01"))
    assert list(relogged(ledger(moot, taken_back), TODAY)) == []
