"""What was expected of a number, a day or one of several, drawn: rows of forecasts -> a chart."""

from __future__ import annotations

import json
from datetime import date
from math import inf, isfinite
from statistics import NormalDist

from markupsafe import Markup

from forecastlog.kinds import BINARY, KINDS, Kind
from forecastlog.kinds.expected import NORMAL_LEVEL
from forecastlog.phrasing import counted, percent
from forecastlog.site import wording
from forecastlog.site.spreads import Axis, Band, Shares, Spread, fan, options_chart, spreads_chart
from forecastlog.site.store import Row, Store
from forecastlog.vocabulary.scores import TIMINGS

MOST_DRAWN = 12
"""Forecasts in a chart of numbers or days: the last ones."""
MOST_BARS = 6
"""The same of options, where each forecast has a bar for each of them."""


def chart_for(store: Store, ids: list[str], *, name: str) -> Markup | None:
    """The forecasts of predictions that ask the same, in one chart.

    What the first of them asks, and what came of it.
    """
    row = store.one("select * from predictions where id = :key", key=ids[0])
    keys = {f"id_{number}": key for number, key in enumerate(ids)}
    forecasts = store.all(
        "select forecasts.*, forecasters.name as forecaster from forecasts "
        "left join forecasters on forecasters.id = forecaster_id "
        f"where prediction_id in ({', '.join(f':{key}' for key in keys)}) order by made, forecasts.rowid",
        **keys,
    )
    return chart_of(row, forecasts, name=name) if row else None


def chart_of(row: Row, forecasts: list[Row], *, name: str = "expected") -> Markup | None:
    """The forecasts of a prediction beside what came; None where its kind has no chart of its own."""
    kind = KINDS[row["kind"]]
    given = [each for each in forecasts if each["probabilities"]]
    if given:
        return _options(row, given[-MOST_BARS:], _sample(row, given, MOST_BARS), name)
    if not _has_line(kind):
        return None
    days = "day" in kind.figures
    spreads = [found for each in forecasts if (found := _spread(each, kind, days=days))]
    if not spreads:
        return None
    came = kind.line(row["outcome"])
    last = kind.line(row["status_quo"])
    chart = spreads_chart(
        spreads[-MOST_DRAWN:],
        Axis(unit=row["unit"] or "", days=days, log=bool(row["log"])),
        _sample(row, spreads, MOST_DRAWN),
        came=came if came and all(map(isfinite, came)) else None,
        last=last[1] if last and isfinite(last[1]) else None,
        name=name,
    )
    return Markup(chart)  # noqa: S704  # charts escape their texts


def _sample(row: Row, found: list[Row] | list[Spread], most: int) -> str:
    drawn = (
        f"The last {most} of {len(found)} forecasts" if len(found) > most else counted(len(found), "forecast")
    )
    return f"{drawn}; {TIMINGS[row['timing']].title.lower()}."


def _options(row: Row, forecasts: list[Row], sample: str, name: str) -> Markup:
    options = [str(name) for name in wording.listed(row["options"])]
    rows = [
        Shares(
            label=wording.day(each["made"]),
            small=each["forecaster"] or each["forecaster_id"],
            shares=tuple(json.loads(each["probabilities"]).items()),
        )
        for each in forecasts
    ]
    options += [
        name for name in dict.fromkeys(name for one in rows for name, _ in one.shares) if name not in options
    ]
    return Markup(options_chart(rows, options, sample, came=row["outcome"], name=name))  # noqa: S704  # as above


def _spread(row: Row, kind: Kind, *, days: bool) -> Spread | None:
    """A forecast as the chart has it; None where it gives no value."""
    point, low, high = (_place(row[name], days=days) for name in kind.figures)
    quantiles = json.loads(row["quantiles"]) if row["quantiles"] else {}
    bands = fan([(_level(level), _place(value, days=days) or 0.0) for level, value in quantiles.items()])
    if not bands and (low is not None or high is not None):
        bands = (Band(-inf if low is None else low, inf if high is None else high, row["interval_level"]),)
    if not bands and row["normal"]:
        bands = (_of_normal(json.loads(row["normal"]), days=days),)
    if point is None and not bands:
        return None
    return Spread(
        label=wording.day(row["made"]),
        small=row["forecaster"] or row["forecaster_id"],
        told=expectation(row, kind=kind),
        point=point,
        bands=bands,
    )


def expectation(row: Row, *, kind: Kind) -> str:
    """What a forecast expected, as a cell of a table has it.

    The point and the interval, or every option's share.
    """
    if row["probabilities"]:
        shares = json.loads(row["probabilities"])
        return ", ".join(f"{name} {percent(share)}" for name, share in shares.items())
    if not _has_line(kind):
        return ""
    point, low, high = (_told(row[name]) for name in kind.figures)
    ends = (
        f"{low} to {high}"
        if low and high
        else f"at least {low}"
        if low
        else f"at most {high}"
        if high
        else ""
    )
    level = f" ({percent(row['interval_level'])})" if row["interval_level"] and ends else ""
    never = f"never {percent(row['never'])}" if row["never"] is not None else ""
    return ", ".join(part for part in (point, f"{ends}{level}", never) if part)


def _has_line(kind: Kind) -> bool:
    """Whether its values lie on a line: a point, and the two ends of an interval.

    Our reading of words is no value said.
    """
    return len(kind.figures) == 3 and kind.name != BINARY.name


def _told(value: object) -> str:
    if value is None:
        return ""
    return f"{value:,.12g}" if isinstance(value, int | float) else wording.day(str(value))


def _place(value: object, *, days: bool) -> float | None:
    """A value on the line of the chart: a number, or a day by its ordinal; never lies at its end."""
    if value is None:
        return None
    if not days:
        return float(str(value))
    return inf if value == "never" else float(date.fromisoformat(str(value)).toordinal())


def _level(text: str) -> float:
    return float(text.rstrip(" %")) / 100


def _of_normal(normal: dict[str, object], *, days: bool) -> Band:
    mean, sd = _place(normal["mean"], days=days) or 0.0, float(str(normal["sd"]))
    spread = NormalDist(mean, sd) if sd > 0 else None
    half = (spread.inv_cdf((1 + NORMAL_LEVEL) / 2) - mean) if spread else 0.0
    return Band(mean - half, mean + half, NORMAL_LEVEL)
