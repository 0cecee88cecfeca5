"""What was logged wrongly and voided, or logged again, and what that did to the answers."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import NamedTuple

from forecastlog.column import Table, flag, named, text
from forecastlog.model.ledger import Ledger
from forecastlog.model.outcomes import Resolution
from forecastlog.model.records import Prediction
from forecastlog.standing.due import deciding, entries_that_stand, known_day, latest_day, prediction_standing
from forecastlog.vocabulary.outcomes import UNDECIDED

MISLOGGED = "mislogged"


class Relogged(NamedTuple):
    """A prediction that was voided as logged wrongly (``voided``), or stands again as another (``again``)."""

    record: Prediction
    voided: Resolution | None
    again: Prediction | None
    was: str | None
    now: str | None
    after_outcome: bool

    @property
    def change(self) -> str | None:
        """How the answer changed, such as ``no to yes``.

        None where there are not two, or they are the same.
        """
        two = self.was and self.now and self.was != self.now
        return f"{self.was} to {self.now}" if two else None


def relogged(ledger: Ledger, day: date) -> Iterator[Relogged]:
    """Every prediction, by its id, that was void as mislogged on ``day`` or that another stands for."""
    again = {one.replaces: one for one in ledger.matching({"replaces": bool}) if one.replaces}
    found = {one.id: one for one in ledger.matching({"resolutions.outcome": _undecided})}
    found |= {one.id: one for name in again if isinstance(one := ledger.get(name), Prediction)}
    for _, record in sorted(found.items()):
        entries = entries_that_stand(deciding(record), day)
        voided = next((entry for entry in entries if entry.reason == MISLOGGED), None)
        other = again.get(record.id)
        if voided or other:
            yield _relogged(record, voided, other, ledger, day)


def _undecided(outcomes: Collection[str]) -> bool:
    return not UNDECIDED.isdisjoint(outcomes)


def _relogged(
    record: Prediction, voided: Resolution | None, again: Prediction | None, ledger: Ledger, day: date
) -> Relogged:
    """It was after the outcome where that was recorded or known by then, or after the last day."""
    earlier = [entry for entry in record.resolutions if entry is not voided and entry.reason != MISLOGGED]
    was = max(earlier, key=lambda entry: entry.recorded.day, default=None)
    stands = prediction_standing(again, ledger, day) if again else None
    on = voided.recorded.day if voided else again.logged.day if again and again.logged else day
    ends = [latest_day(record, ledger, day), was.known.day if was else None]
    if again and stands:
        ends.append(known_day(stands, latest_day(again, ledger, day), again))
    return Relogged(
        record=record,
        voided=voided,
        again=again,
        was=was.outcome if was else None,
        now=stands.outcome if stands else None,
        after_outcome=any(end is not None and on >= end for end in ends),
    )


RELOGGED = Table(
    name="relogged",
    meaning="Predictions that were voided as logged wrongly, or logged again, "
    "and how that changed their answers.",
    items=relogged,
    columns=named(
        id=text("the prediction that was logged wrongly", lambda one: one.record.id),
        prediction_id=text("the same", lambda one: one.record.id, ref="predictions"),
        again_id=text(
            "the prediction that stands for it now", lambda one: one.again and one.again.id, ref="predictions"
        ),
        forecaster_id=text("who said it", lambda one: one.record.speaker, ref="forecasters", facet=True),
        voided=text("the day on which it was voided", lambda one: one.voided and one.voided.recorded.day),
        by=text("who voided it", lambda one: one.voided and one.voided.by, facet=True),
        after_outcome=flag(
            "that was when the outcome was known, or its last day had passed", lambda one: one.after_outcome
        ),
        was=text("the outcome that was recorded of it before", lambda one: one.was),
        now=text("the outcome of the one that stands for it", lambda one: one.now),
        change=text("how the answer changed, such as: no to yes", lambda one: one.change, facet=True),
    ),
)
