"""What was left out and why, by group: how much of what an outlet prints can be scored at all."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from forecastlog.column import count, share, text
from forecastlog.columns.scores import BY, GROUP
from forecastlog.model.ledger import Ledger
from forecastlog.model.records import Prediction
from forecastlog.scorebook.frames import Scorebook
from forecastlog.scorebook.grouping import ALL, grouped
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
    groups = grouped(book, by)
    reasons = [None if number < 0 else _REASONS[number] for number in book.pairs["reason"].tolist()]
    names = [book.words[number] for number in book.pairs["prediction"].tolist()]
    details = [_detail(name, reason, ledger, day) for name, reason in zip(names, reasons, strict=True)]
    found: dict[str, Counter[tuple[str, str | None]]] = {}
    sizes: Counter[str] = Counter()
    for pair, code in zip(groups.pairs.tolist(), groups.codes.tolist(), strict=True):
        group, reason = groups.keys[code][0], reasons[pair]
        sizes[group] += 1
        left = found.setdefault(group, Counter())
        if reason is not None:
            left[reason, details[pair]] += 1
    return [
        LeftOutRow(
            by=by, group=group, reason=reason, detail=detail, n=n, of=sizes[group], share=n / sizes[group]
        )
        for group, counts in sorted(found.items())
        for (reason, detail), n in counts.most_common()
    ]


_REASONS = tuple(LEFT_OUT)


def _detail(name: str, reason: str | None, ledger: Ledger, day: date) -> str | None:
    prediction = ledger.get(name)
    if reason not in ("void", "uncheckable") or not isinstance(prediction, Prediction):
        return None
    return prediction_standing(prediction, ledger, day).reason
