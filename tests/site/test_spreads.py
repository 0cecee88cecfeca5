"""The charts of numbers, days and options: well-formed, in place, with what stands behind them inside."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecastlog.site.spreads import Axis, Band, Shares, Spread, fan, options_chart, spreads_chart

SVG = "{http://www.w3.org/2000/svg}"
SAMPLE = "1 forecast; logged in advance: 0."
NUMBERS = st.floats(-1e12, 1e12)


def row(point: float | None = 285, *bands: Band) -> Spread:
    return Spread(label="12 Mar 2025", small="Ann <Holt>", told="285 seats", point=point, bands=bands)


def places(svg: str, shape: str, style: str, key: str) -> list[float]:
    return [
        float(one.get(key, ""))
        for one in ET.fromstring(svg).iter(f"{SVG}{shape}")
        if one.get("class") == style
    ]


def test_a_point_halfway_between_the_ends_stands_halfway() -> None:
    svg = spreads_chart(
        [row(285, Band(280, 290, 0.9))], Axis(unit="seats"), SAMPLE, came=(290, 290), last=280
    )
    [bar], [width] = places(svg, "rect", "fan", "x")[1:], places(svg, "rect", "fan", "width")[1:]
    dot = places(svg, "circle", "dot", "cx")[1]
    assert dot == pytest.approx(bar + width / 2, abs=0.2)
    assert places(svg, "line", "whisker", "x1") == [pytest.approx(bar + width, abs=0.2)]
    desc = ET.fromstring(svg).findtext(f"{SVG}desc") or ""
    assert "Ann <Holt>: 285 seats; what came: 290; the last value known: 280" in desc
    assert "logged in advance: 0" in desc


def test_equal_ratios_are_equally_far_apart_on_a_logarithmic_scale() -> None:
    rows = [row(10), row(100), row(1000)]
    first, second, third = places(spreads_chart(rows, Axis(log=True), SAMPLE), "circle", "dot", "cx")[1:]
    assert second - first == pytest.approx(third - second, abs=0.2)


def test_an_open_end_runs_to_the_edge() -> None:
    svg = spreads_chart([row(None, Band(270, float("inf")))], Axis(), SAMPLE, came=(280, 290))
    [bar], [width] = places(svg, "rect", "fan", "x")[1:], places(svg, "rect", "fan", "width")[1:]
    [came] = places(svg, "rect", "came", "x")
    assert bar < came < bar + width


def test_days_have_their_months_below() -> None:
    first, last = (float(date(2025, month, 1).toordinal()) for month in (3, 12))
    svg = spreads_chart([row(first), row(last)], Axis(days=True), SAMPLE)
    assert "Jul 2025" in svg


@given(NUMBERS, NUMBERS, st.booleans(), st.none() | NUMBERS)
def test_any_numbers_make_a_picture(one: float, other: float, log: bool, last: float | None) -> None:
    low, high = sorted((one, other))
    svg = spreads_chart(
        [row(low, Band(low, high, 0.9)), row(high)], Axis(log=log), SAMPLE, came=(low, high), last=last
    )
    ET.fromstring(svg)
    assert "nan" not in svg
    assert "inf" not in svg
    assert all(100 < x < 441 for x in places(svg, "circle", "dot", "cx")[1:])


@given(st.integers(1, date.max.toordinal()), st.integers(1, date.max.toordinal()))
def test_any_days_make_a_picture(one: int, other: int) -> None:
    ET.fromstring(
        spreads_chart([row(one), row(other, Band(min(one, other), max(one, other)))], Axis(days=True), SAMPLE)
    )


def test_options_have_a_bar_for_each_forecast_and_their_figure_beside() -> None:
    rows = [
        Shares(label="12 Mar 2025", small="Ann", shares=(("wet", 0.45), ("dry", 0.55))),
        Shares(label="3 Apr 2025", small="Ann", shares=(("dry", 1.0),)),
    ]
    svg = options_chart(rows, ["wet", "dry"], SAMPLE, came="wet")
    told = [element.text for element in ET.fromstring(svg).iter(f"{SVG}text")]
    assert [told.count(words) for words in ("45 %", "55 %", "not named", "what came")] == [1, 1, 1, 1]
    [wet] = places(svg, "rect", "bar given", "width")
    first, second = places(svg, "rect", "bar", "width")
    assert wet / first == pytest.approx(45 / 55, abs=0.01)
    assert first / second == pytest.approx(0.55, abs=0.01)


def test_a_fan_has_the_pairs_of_levels_and_no_half_of_one() -> None:
    assert fan([(0.1, 1), (0.5, 2), (0.75, 3), (0.9, 4)]) == (Band(1, 4, 0.8),)
