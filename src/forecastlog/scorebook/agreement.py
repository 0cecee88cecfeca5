"""Do the people who resolve agree.

The share, Krippendorff's alpha with an interval, and what is contested.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

import numpy as np

from forecastlog.column import count, figure, share, text
from forecastlog.model.ledger import Ledger
from forecastlog.model.outcomes import Resolution
from forecastlog.model.records import Condition, Prediction
from forecastlog.standing.due import deciding, entries_that_stand, own_standing
from forecastlog.vocabulary.thresholds import ENOUGH_EVENTS

DRAWS = 2000
SEED = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How two or more resolvers of the same records agree.

    ``share`` is the share of pairs of entries on one record that are equal; ``alpha`` is Krippendorff's for
    nominal data, 1 for perfect agreement, 0 for what chance would give, with a 95 % interval by resampling
    records. ``resolved`` counts the records that anybody has resolved, ``blind`` those of them with an entry
    made without sight of the forecaster. None stands for what cannot be said.
    """

    resolved: Annotated[int, count("records that anybody has resolved")]
    blind: Annotated[int, count("of these, with an entry made without sight of the forecaster")]
    records: Annotated[int, count("records that two or more people have resolved", width=0)]
    entries: Annotated[int, count("their entries", width=0)]
    contested: Annotated[int, count("records whose entries differ and are not settled", width=0)]
    share: Annotated[float | None, share("pairs of entries on one record that are equal", width=0)]
    alpha: Annotated[float | None, figure("Krippendorff's alpha for nominal data", width=0)]
    alpha_low: Annotated[float | None, figure("lower end of its 95 % interval", width=0)]
    alpha_high: Annotated[float | None, figure("upper end of its 95 % interval", width=0)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contested:
    """A record whose resolvers differ, with what each of them says."""

    record: Annotated[str, text("its id", width=0)]
    text: Annotated[str, text("the claim or the condition", width=90)]
    verdicts: Annotated[dict[str, str], text("who says what", width=0)]
    settled: Annotated[str | None, text("the answer on which they settled", width=0)]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoderRow:
    """An article that two or more people read: what all of them logged and what only some did."""

    article: Annotated[str, text("its id", width=0)]
    coders: Annotated[tuple[str, ...], text("who read it", width=0)]
    logged: Annotated[int, count("predictions with the names of who found them", width=0)]
    by_all: Annotated[int, count("of these, found by all", width=0)]
    by_one: Annotated[int, count("of these, found by one only", width=0)]
    share: Annotated[float | None, share("by_all / logged", width=0)]


def agreement(ledger: Ledger, day: date) -> Agreement:
    """Agreement over all records that at least two people have resolved by ``day``."""
    units = [verdicts for _, verdicts in _double_resolved(ledger, day)]
    low, high = _interval(units)
    resolved = [entries for _, entries in _resolved(ledger, day)]
    return Agreement(
        resolved=len(resolved),
        blind=sum(any(entry.blind for entry in entries) for entries in resolved),
        records=len(units),
        entries=sum(map(len, units)),
        contested=sum(1 for row in contested(ledger, day) if row.settled is None),
        share=_share(units),
        alpha=alpha(units),
        alpha_low=low,
        alpha_high=high,
    )


def contested(ledger: Ledger, day: date) -> list[Contested]:
    """The records on which the entries that stand differ, settled ones too, in the ledger's order."""
    return [
        Contested(
            record=record.id,
            text=record.claim if isinstance(record, Prediction) else record.text,
            verdicts={entry.by: _verdict(entry) for entry in entries_that_stand(deciding(record), day)},
            settled=own_standing(record, day).outcome,
        )
        for record, verdicts in _double_resolved(ledger, day)
        if len(set(verdicts)) > 1
    ]


def coder_rows(ledger: Ledger) -> list[CoderRow]:
    """Articles with two or more coders, in the ledger's order.

    ``logged_by`` names who found a prediction, several people with commas between them.
    """
    return [
        _coder_row(article.id, article.coders, [prediction.logged_by for prediction in article.predictions])
        for article in ledger.articles
        if len(article.coders) > 1
    ]


def alpha(units: Sequence[Sequence[str]]) -> float | None:
    """Krippendorff's alpha for nominal data; each unit holds the values that its coders gave.

    Units with fewer than two values say nothing. None where no unit has two, or all values are alike.
    Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011).

    >>> alpha([["yes", "yes"], ["no", "no"], ["yes", "no"], ["no", "no"]])
    0.5333333333333333
    """
    paired = [unit for unit in units if len(unit) > 1]
    totals = Counter(value for unit in paired for value in unit)
    n = totals.total()
    expected = n * n - sum(count * count for count in totals.values())
    if not expected:
        return None
    observed = sum(_disagreements(unit) / (len(unit) - 1) for unit in paired)
    return 1 - (n - 1) * observed / expected


def _disagreements(unit: Sequence[str]) -> int:
    """Ordered pairs of different values within a unit."""
    return len(unit) ** 2 - sum(count * count for count in Counter(unit).values())


def _share(units: Sequence[Sequence[str]]) -> float | None:
    ordered = sum(len(unit) * (len(unit) - 1) for unit in units)
    return 1 - sum(map(_disagreements, units)) / ordered if ordered else None


def _interval(units: Sequence[Sequence[str]]) -> tuple[float | None, float | None]:
    """The 95 % percentile interval of alpha by resampling units; draws without an alpha are left out."""
    if len(units) < ENOUGH_EVENTS:
        return None, None
    draws = np.random.default_rng(SEED).integers(len(units), size=(DRAWS, len(units)))
    found = [value for draw in draws if (value := alpha([units[index] for index in draw])) is not None]
    if not found:
        return None, None
    low, high = np.quantile(found, [0.025, 0.975])
    return float(low), float(high)


def _resolved(ledger: Ledger, day: date) -> Iterator[tuple[Condition | Prediction, list[Resolution]]]:
    records: list[Condition | Prediction] = [*ledger.conditions, *ledger.predictions]
    for record in records:
        entries = entries_that_stand(deciding(record), day)
        if entries:
            yield record, entries


def _double_resolved(ledger: Ledger, day: date) -> Iterator[tuple[Condition | Prediction, list[str]]]:
    for record, entries in _resolved(ledger, day):
        if len(entries) > 1:
            yield record, [_verdict(entry) for entry in entries]


def _verdict(entry: Resolution) -> str:
    return f"{entry.outcome} ({entry.reason})" if entry.reason else entry.outcome


def _coder_row(article: str, coders: tuple[str, ...], logged_by: Sequence[str | None]) -> CoderRow:
    found = [{name.strip() for name in (names or "").split(",")} & set(coders) for names in logged_by]
    found = [names for names in found if names]
    by_all = sum(names == set(coders) for names in found)
    return CoderRow(
        article=article,
        coders=coders,
        logged=len(found),
        by_all=by_all,
        by_one=sum(len(names) == 1 for names in found),
        share=by_all / len(found) if found else None,
    )
