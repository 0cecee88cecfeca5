"""The charts: well-formed, the same text every time, with what stands behind them inside."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from forecastlog.site.charts import (
    Bin,
    Moment,
    Point,
    Sample,
    Word,
    calibration_chart,
    standalone,
    timeline,
    words_chart,
)

SVG = "{http://www.w3.org/2000/svg}"
SHARES = st.floats(0, 1)
SAMPLE = Sample(n=7, events=3, in_advance=2, what="uses")
TEXTS = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), min_size=1, max_size=60
)


def word(words: str = "likely", share: float | None = 0.5) -> Word:
    return Word(
        words=words,
        decided=4,
        happened=2,
        share=share,
        share_low=share and 0.2,
        share_high=share and 0.8,
        probability=0.75,
        low=0.55,
        high=0.8,
    )


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in ET.fromstring(svg).iter(f"{SVG}text")]


def test_what_stands_behind_a_chart_is_inside_it() -> None:
    told = "n = 7 uses on 3 events; logged in advance: 2"
    bins = [Bin(low=0.2, high=0.3, n=7, mean_p=0.25, share=0.5, share_low=0.2, share_high=0.8)]
    for svg in (words_chart([word()], SAMPLE), calibration_chart(SAMPLE, bins=bins)):
        assert told in texts(svg)
        root = ET.fromstring(svg)
        assert root.find(f"{SVG}title") is not None
        assert told in (root.findtext(f"{SVG}desc") or "")


def test_a_bin_stands_where_its_figures_say() -> None:
    bins = [Bin(low=0.2, high=0.3, n=7, mean_p=0.25, share=0.5, share_low=0.0, share_high=1.0)]
    root = ET.fromstring(calibration_chart(SAMPLE, bins=bins))
    mark = next(each for each in root.iter(f"{SVG}rect") if each.get("class") == "bin")
    whisker = next(
        each for each in root.iter(f"{SVG}line") if (each.get("class") or "").startswith("whisker")
    )
    ends = [float(whisker.get(name, "")) for name in ("y1", "y2")]
    diagonal = next(each for each in root.iter(f"{SVG}line") if each.get("class") == "diagonal")
    left, right = (float(diagonal.get(name, "")) for name in ("x1", "x2"))
    assert abs(float(mark.get("x", "")) + 4 - (left + 0.25 * (right - left))) < 0.1
    assert abs(float(mark.get("y", "")) + 4 - sum(ends) / 2) < 0.1


def test_the_strict_and_the_generous_end_differ_in_shape() -> None:
    moment = Moment(
        label="Must happen",
        shape="window",
        first=date(2025, 3, 1),
        strict=date(2025, 6, 1),
        last=date(2025, 9, 1),
    )
    drawn = [each.get("class") for each in ET.fromstring(timeline([moment], "")).iter(f"{SVG}rect")]
    assert drawn == ["window", "window generous"]


def test_a_file_of_its_own_holds_its_style() -> None:
    root = ET.fromstring(standalone(words_chart([word()], SAMPLE)))
    assert ".chart .dot" in (root.findtext(f"{SVG}style") or root.findtext("style") or "")


@given(st.lists(TEXTS, max_size=5), SHARES)
def test_any_words_make_a_well_formed_chart(phrases: list[str], share: float) -> None:
    words = [word(phrase, share) for phrase in phrases]
    svg = words_chart(words, SAMPLE)
    assert svg == words_chart(words, SAMPLE)
    ET.fromstring(svg)


@given(st.lists(st.tuples(SHARES, SHARES, SHARES, SHARES), max_size=60))
def test_any_curve_makes_a_well_formed_chart(values: list[tuple[float, float, float, float]]) -> None:
    curve = [Point(p=p, fitted=fitted, band_low=low, band_high=high) for p, fitted, low, high in values]
    ET.fromstring(calibration_chart(SAMPLE, curve=curve))


@given(st.dates(), st.dates(), st.dates(), st.booleans())
def test_any_days_make_a_well_formed_time_line(said: date, strict: date, last: date, open_end: bool) -> None:
    first, strict, last = sorted((said, strict, last))
    window = Moment(
        label="Must happen",
        shape="window",
        first=first,
        strict=strict,
        last=None if open_end else last,
        open_end=open_end,
    )
    moments = [Moment(label="Said", shape="said", first=said), window]
    ET.fromstring(timeline(moments, "Logged in advance."))
