"""How many forecasts are scored, and how many are left out for which reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from forecastlog.scorebook.counting import Pair

SCORED = "scored"


def by_first_reason(pairs: Iterable[Pair]) -> Counter[str]:
    """Forecasts by the reason for which they are left out; those that are not count as ``scored``.

    What one forecaster gave to one prediction, in one block and timing, counts once, whatever the number of
    its revisions, and for the first reason that holds: a bare "may" whose outcome nobody has recorded is
    ``possible``, not ``open``.
    """
    return Counter(pair.reason or SCORED for pair in pairs)
