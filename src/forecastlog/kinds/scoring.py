"""Scores of what was expected of numbers and days, on a line of floats."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import isnan
from typing import TYPE_CHECKING, Any, NamedTuple

from forecastlog.column import share
from forecastlog.kinds.expected import NORMAL_LEVEL, Expected, Value, line
from forecastlog.kinds.kind import Measure, Row, number
from forecastlog.model.records import Prediction
from forecastlog.phrasing import counted, exact_percent
from forecastlog.values import Number

if TYPE_CHECKING:
    from forecastlog.kinds.kind import Floats

_Z90 = 1.6448536269514722
"""The 95 % quantile of the standard normal distribution."""


class Came(NamedTuple):
    """What came, between two values of the line that are equal where it is known exactly."""

    low: float
    high: float

    @property
    def middle(self) -> float:
        """The one value that errors are taken from."""
        return self.low if self.low == self.high else (self.low + self.high) / 2


@dataclass(frozen=True, slots=True)
class Shot:
    """One forecast beside what came.

    ``latest`` is the end of the line: what lies beyond counts as never.
    """

    says: Expected[Any]
    came: Came
    latest: float = float("inf")

    def cut(self, value: float) -> float:
        """A value of the line, cut off at its end."""
        return value if isnan(value) else min(value, self.latest)


class Held(NamedTuple):
    """An interval, its level and whether it held what came.

    NaN where no level was said, or nobody can tell.
    """

    low: float
    high: float
    level: float
    inside: float


IN_UNITS = (
    "expected",
    "came",
    "error",
    "absolute_error",
    "pinball",
    "crps",
    "interval_score",
    "weighted_interval_score",
    "width",
)
"""Scores in the unit of what is expected; days have columns of their own, so that nobody adds them up."""
NAMES = (*IN_UNITS, "inside", "level")


INTERVAL_COLUMNS = (
    share(
        "whether the interval or range held what came: "
        "1 or 0, between them the share of its time for which it did; empty where nobody can tell",
        name="inside",
        heading="Time inside the interval",
    ),
    share(
        "the chance that was stated for the interval; empty for a bare range",
        name="level",
        heading="Stated chance of the interval",
    ),
)
"""The columns of scores on the widest interval, whatever its values are."""


def scores(shots: Sequence[Shot]) -> dict[str, Floats]:
    """Every score of each forecast by name; NaN where it does not say enough for it."""
    import numpy as np

    from forecastlog.scoring import interval_score

    held = [holds(shot) for shot in shots]
    low, high, level, inside = np.array(held, dtype=float).reshape(-1, 4).T
    y = np.array([shot.cut(shot.came.middle) for shot in shots], dtype=float)
    point = np.array([shot.cut(line(shot.says.point)) for shot in shots], dtype=float)
    found = {name: np.full(len(shots), np.nan) for name in NAMES}
    with np.errstate(invalid="ignore"):
        error = _finite(point - y)
        found |= {
            "expected": _finite(point),
            "came": _finite(y),
            "error": error,
            "absolute_error": abs(error),
        }
        found |= {"inside": inside, "level": level, "width": _finite(high - low)}
    for rows, levels, q in _by_levels(shots):
        found["pinball"][rows], found["crps"][rows] = _quantile_scores(levels, q, y[rows])
        found["weighted_interval_score"][rows] = _weighted(levels, q, y[rows])
    for row, shot in enumerate(shots):
        if (normal := shot.says.normal) and not shot.says.levels:
            found["crps"][row] = _normal(line(normal.mean), float(normal.sd), y[row])
    able = np.isfinite(found["level"]) & np.isfinite(found["width"]) & np.isfinite(y)
    found["interval_score"][able] = interval_score(
        lower=low[able], upper=high[able], alpha=1 - found["level"][able], y=y[able]
    )
    return found


def holds(shot: Shot) -> Held:
    """The interval that a forecast is judged by, and whether it held what came; its own ends count as inside.

    What came is rounded to the precision of the ends before it is compared; at an open range it is compared
    as it is.
    """
    says = shot.says
    if says.normal and not says.levels:
        spread = _Z90 * float(says.normal.sd)
        middle = line(says.normal.mean)
        ends = Held(middle - spread, middle + spread, NORMAL_LEVEL, float("nan"))
        return ends._replace(inside=_inside(shot, ends, 0.0))
    interval = says.widest
    if interval is None:
        return Held(*[float("nan")] * 4)
    low = float("-inf") if interval.low is None else line(interval.low)
    high = float("inf") if interval.high is None else line(interval.high)
    ends = Held(low, high, float("nan") if interval.level is None else interval.level, float("nan"))
    return ends._replace(inside=_inside(shot, ends, _precision(interval.low, interval.high)))


def _inside(shot: Shot, ends: Held, precision: float) -> float:
    """1 or 0; NaN where what came is an interval that lies on both sides of an end."""
    least, most = (_rounded(value, precision) for value in shot.came)
    if isnan(least):
        return float("nan")
    if ends.low <= least and most <= ends.high:
        return 1.0
    return 0.0 if most < ends.low or least > ends.high else float("nan")


def _rounded(value: float, precision: float) -> float:
    if not precision or abs(value) == float("inf"):
        return value
    return round(round(value / precision) * precision, 12)


def _precision(*ends: Value | None) -> float:
    """What the last digit of the ends is worth, of the finer one; 0 for days, and for an open range.

    What is at least two million is not 1.9 million, however round the two million are.
    """
    return min((end.precision if isinstance(end, Number) else 0.0 for end in ends), default=0.0)


def _by_levels(shots: Sequence[Shot]) -> Iterator[tuple[list[int], list[float], Floats]]:
    """Forecasts that give the same levels: their places, the levels and their quantiles, a row each."""
    import numpy as np

    groups: dict[tuple[float, ...], list[int]] = {}
    for place, shot in enumerate(shots):
        if levels := tuple(shot.says.levels):
            groups.setdefault(tuple(sorted(levels)), []).append(place)
    for levels, rows in groups.items():
        q = [[shots[row].cut(line(shots[row].says.levels[level])) for level in levels] for row in rows]
        whole = [place for place, row in enumerate(q) if _increasing(row)]
        if whole:
            yield [rows[place] for place in whole], list(levels), np.array([q[place] for place in whole])


def _increasing(row: Sequence[float]) -> bool:
    return all(abs(value) < float("inf") for value in row) and list(row) == sorted(row)


def _quantile_scores(levels: Sequence[float], q: Floats, y: Floats) -> tuple[Floats, Floats]:
    import numpy as np

    from forecastlog.scoring import crps_quantiles

    known = np.where(np.isfinite(y), y, np.nan)
    crps = crps_quantiles(q=q, level=levels, y=known)
    return crps / 2, crps


def _weighted(levels: Sequence[float], q: Floats, y: Floats) -> Floats:
    """The weighted interval score, where there is a median with central intervals and nothing else."""
    import numpy as np

    from forecastlog.scoring import weighted_interval_score

    lower = [level for level in levels if level < 0.5]
    places = {level: place for place, level in enumerate(levels)}
    upper = [round(1 - level, 9) for level in lower]
    if 0.5 not in places or not lower or not all(level in places for level in upper):
        return np.full(len(q), np.nan)
    known = np.where(np.isfinite(y), y, np.nan)
    return weighted_interval_score(
        median=q[:, places[0.5]],
        lower=q[:, [places[level] for level in lower]],
        upper=q[:, [places[level] for level in upper]],
        alpha=[2 * level for level in lower],
        y=known,
    )


def _normal(mean: float, sd: float, y: float) -> float:
    from forecastlog.scoring import crps_normal

    return float(crps_normal(mean=mean, sd=max(sd, 0.0), y=y)) if abs(y) < float("inf") else float("nan")


def _finite(values: Floats) -> Floats:
    import numpy as np

    return np.where(np.isfinite(values), values, np.nan)


def measures(shots: Sequence[Shot]) -> Iterator[Measure]:
    """How often intervals held what came, a row a stated level; and ranges for which no level was said."""
    from forecastlog.scoring import coverage

    inside: dict[float, list[float]] = {}
    for shot in shots:
        for held in _central(shot):
            inside.setdefault(held.level, []).append(_inside(shot, held, _precision_of(shot, held)))
    for level, found in sorted(inside.items()):
        told = [value for value in found if not isnan(value)]
        share = coverage(
            lower=[0] * len(told), upper=[1] * len(told), level=level, y=[2 - one for one in told]
        )
        ends = (share.share_low, share.share_high)
        if share.n:
            of = f"{exact_percent(level)} intervals"
            yield Measure("coverage", share.n, share.share, of, *ends, due=level, verdict=share.verdict)
    bare = [held.inside for held in map(holds, shots) if isnan(held.level) and not isnan(held.inside)]
    if bare:
        yield Measure("inside", len(bare), sum(bare) / len(bare), "ranges without a level")


def _central(shot: Shot) -> Iterator[Held]:
    """Every interval of a forecast that has a level."""
    if shot.says.normal and not shot.says.levels:
        yield holds(shot)
    for level, (low, high) in shot.says.central.items():
        yield Held(line(low), line(high), level, float("nan"))


def _precision_of(shot: Shot, held: Held) -> float:
    ends = shot.says.central.get(held.level)
    return _precision(*ends) if ends else 0.0


def series_measures(scored: Sequence[Row], series: Sequence[Prediction | str]) -> Iterator[Measure]:
    """Over quantities: the geometric mean of their error over that of the last value.

    Within each, bias, error, skill.

    A prediction that names no quantity stands for itself. A mean of errors is taken within one quantity
    alone, whose forecasts are in one unit.
    """
    from forecastlog.scoring import series_ratio, series_skill

    names = [one if isinstance(one, str) else f"prediction {one.id}" for one in series]
    errors = [row["absolute_error"] for row in scored]
    last = [row["reference_absolute_error"] for row in scored]
    ratio = series_ratio(series=names, score=errors, reference=last)
    if ratio.n:
        yield Measure(
            "error over that of the last value, geometric mean of quantities", ratio.n, float(ratio)
        )
    skills = series_skill(series=names, score=errors, reference=last)
    for name in dict.fromkeys(one for one in series if isinstance(one, str)):
        own = [row for row, of in zip(scored, names, strict=True) if of == name and not isnan(row["error"])]
        if own:
            n = len(own)
            yield Measure("bias", n, sum(row["error"] for row in own) / n, name)
            yield Measure("mean absolute error", n, sum(row["absolute_error"] for row in own) / n, name)
        if (skill := number(skills.get(name))) is not None and not isnan(skill):
            yield Measure("skill against the last value", len(own), skill, name)


def quantile_measures(
    scored: Sequence[Row], shots: Sequence[Shot], series: Sequence[str | None]
) -> Iterator[Measure]:
    """Within each quantity, the mean scores of forecasts that give the same quantiles.

    None names no quantity.
    """
    groups: dict[tuple[str, tuple[float, ...]], list[Row]] = {}
    for row, shot, name in zip(scored, shots, series, strict=True):
        if name and shot.says.levels and not isnan(row["crps"]):
            groups.setdefault((name, tuple(sorted(shot.says.levels))), []).append(row)
    for (name, levels), rows in groups.items():
        ends = f"{exact_percent(levels[0])} to {exact_percent(levels[-1])}"
        of = f"{name}, {counted(len(levels), 'quantile')}, {ends}"
        for column, said in (
            ("crps", "mean CRPS"),
            ("weighted_interval_score", "mean weighted interval score"),
        ):
            values = [row[column] for row in rows if not isnan(row[column])]
            if values:
                yield Measure(said, len(values), sum(values) / len(values), of)


def with_interval(parts: Sequence[str], shot: Shot, in_unit: Callable[[str], str]) -> str | None:
    """How a forecast went, with whether its interval held what came.

    Its level, its width, how often outside was due.
    """
    held, interval = holds(shot), shot.says.widest
    if isnan(held.inside):
        return "; ".join(parts) or None
    where = "inside" if held.inside else "outside"
    if isnan(held.level):
        return "; ".join([*parts, f"{where} its range, for which no chance was said"])
    width = (
        f", {in_unit(f'{held.high - held.low:,.6g}')} wide" if held.high < float("inf") and interval else ""
    )
    due = f"{exact_percent(1 - held.level, space=' ')} of such intervals are meant to miss"
    return "; ".join([*parts, f"{where} its {exact_percent(held.level, space=' ')} interval{width}; {due}"])
