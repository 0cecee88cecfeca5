"""A calibration diagram in plain characters: a line a bin, what was given beside what came true."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from forecastlog.phrasing import exact_percent

if TYPE_CHECKING:
    from forecastlog.scorebook import CalibrationRow

LEAST = 64
"""Columns below which there is no room for a diagram."""
_MARGIN = 29
KEY = "x mean probability given, o share that came true (* both), - its 95 % interval"


def diagram(bins: Sequence[CalibrationRow], width: int) -> str:
    """The lines of the diagram, at most ``width`` columns wide (at least ``LEAST``).

    >>> from types import SimpleNamespace
    >>> one = SimpleNamespace(low=0.2, high=0.3, n=8, mean_p=0.25, share=0.5, share_low=0.2, share_high=0.8)
    >>> print(diagram([one], 64))
    given        n   mean    true  0%     25%     50%     75%   100%
    20-30%       8  25.0%   50.0%  |     --x-------o----------     |
    """
    room = min(width - _MARGIN - 2, 61)
    marks = [(share, round(share * (room - 1))) for share in (0, 0.25, 0.5, 0.75, 1)]
    lines = [f"{'given':<9}{'n':>5}{'mean':>7}{'true':>8}  {_axis(marks, room)}"]
    lines += [_line(each, room) for each in bins]
    return "\n".join(line.rstrip() for line in lines)


def _line(each: CalibrationRow, room: int) -> str:
    label = f"{exact_percent(each.low, digits=3).removesuffix('%')}-{exact_percent(each.high, digits=3)}"
    if not each.n or each.mean_p is None or each.share is None:
        return f"{label:<9}{each.n:>5}{'':15}  |{' ' * (room - 2)}|"
    low = each.share if each.share_low is None else each.share_low
    high = each.share if each.share_high is None else each.share_high
    bar = ["|", *" " * (room - 2), "|"]
    for place in range(_place(low, room), _place(high, room) + 1):
        bar[place] = "-"
    given, came = _place(each.mean_p, room), _place(each.share, room)
    bar[given] = "x"
    bar[came] = "*" if given == came else "o"
    figures = f"{100 * each.mean_p:>6.1f}%{100 * each.share:>7.1f}%"
    return f"{label:<9}{each.n:>5}{figures}  {''.join(bar)}"


def _place(share: float, room: int) -> int:
    return round(share * (room - 1))


def _axis(marks: Sequence[tuple[float, int]], room: int) -> str:
    """The labels 0% to 100% over their columns."""
    axis = list(" " * room)
    for share, place in marks:
        text = exact_percent(share)
        start = max(0, min(place - len(text) // 2, room - len(text)))
        axis[start : start + len(text)] = text
    return "".join(axis)
