"""What was left out and why, by group: how much of what an outlet prints can be scored at all."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Annotated

import numpy as np

from forecastlog.column import count, share, text
from forecastlog.columns.scores import BY, GROUP
from forecastlog.model.ledger import Ledger
from forecastlog.model.records import Prediction
from forecastlog.scorebook.frames import Scorebook
from forecastlog.scorebook.scoreboard import ALL, groups_of
from forecastlog.standing.due import prediction_standing
from forecastlog.vocabulary.scores import LEFT_OUT
from forecastlog.vocabulary.word import explained


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOutRow:
    """``n`` of the ``of`` forecasts in a group were left out for ``reason``; ``share`` is n / of.

    ``detail`` says why something is void or uncheckable, such as ``undefined-term``.
    """

    by: Annotated[str, BY]
    group: Annotated[str, GROUP]
    reason: Annotated[str, text(explained(LEFT_OUT), width=0)]
    detail: Annotated[str | None, text("why it is void or uncheckable", width=0)]
    n: Annotated[int, count("how many of the group's forecasts", width=0)]
    of: Annotated[int, count("of how many", width=0)]
    share: Annotated[float, share("n / of", width=0)]


def left_out_rows(book: Scorebook, ledger: Ledger, day: date, *, by: str = ALL) -> list[LeftOutRow]:
    """A row a group, reason and detail; the groups in the order of their names, the most frequent first."""
    details = [_detail(name, reason, ledger, day) for name, reason in _reasons(book)]
    found: dict[str, Counter[tuple[str, str | None]]] = {}
    sizes: Counter[str] = Counter()
    pairs = book.pairs.assign(detail=np.array(details, dtype=object))
    for (group, _, _), frame in groups_of(pairs, by):
        sizes[group] += len(frame)
        left = frame[frame["reason"].notna()]
        found.setdefault(group, Counter()).update(zip(left["reason"], left["detail"], strict=True))
    return [
        LeftOutRow(
            by=by, group=group, reason=reason, detail=detail, n=n, of=sizes[group], share=n / sizes[group]
        )
        for group, counts in sorted(found.items())
        for (reason, detail), n in counts.most_common()
    ]


def _reasons(book: Scorebook) -> list[tuple[str, str | None]]:
    return list(zip(book.pairs["prediction"], book.pairs["reason"], strict=True))


def _detail(name: str, reason: str | None, ledger: Ledger, day: date) -> str | None:
    prediction = ledger.get(name)
    if reason not in ("void", "uncheckable") or not isinstance(prediction, Prediction):
        return None
    return prediction_standing(prediction, ledger, day).reason
