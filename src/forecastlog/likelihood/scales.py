"""The scales: standards of intelligence and science bodies, and surveys of what readers understand.

The figures are in ``scales.csv``: low and high are the range of a standard or the quartiles of a survey,
best is the survey's median (Vogel: a pooled mean) or the middle of a standard's range, which the standard
itself does not name. The tables of several standards and the largest survey come from
A. Kucharski, CAPphrase, doi:10.5281/zenodo.18750055, CC BY 4.0.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from forecastlog.errors import BadValue
from forecastlog.vocabulary.forecasts import DEFAULT_SCALE

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Term:
    """A phrase of a published scale; ``low`` and ``high`` are None where only a point is published."""

    term: str
    low: float | None
    high: float | None
    best: float
    source: str
    year: int
    n: int | None


@dataclass(frozen=True, slots=True)
class Scale:
    """A named scale.

    ``kind`` is ``own`` (fl-1, whose phrases are in anchors.py), ``standard`` or ``survey``.
    """

    id: str
    title: str
    kind: str
    sources: tuple[str, ...]
    terms: tuple[Term, ...] = ()


def read_table(name: str) -> list[dict[str, str]]:
    """The rows of a CSV file of this package."""
    with (_HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _load() -> Mapping[str, Scale]:
    rows = read_table("scales.csv")
    own = Scale(
        id=DEFAULT_SCALE,
        title="forecastlog's own, version 1",
        kind="own",
        sources=("CAPphrase medians; bands from the UK and US standards and CAPphrase quartiles",),
    )
    scales = {own.id: own}
    for name in dict.fromkeys(row["scale"] for row in rows):
        mine = [row for row in rows if row["scale"] == name]
        sources = tuple(dict.fromkeys(row["source"] for row in mine))
        scales[name] = Scale(name, mine[0]["title"], mine[0]["kind"], sources, tuple(map(_term, mine)))
    return MappingProxyType(scales)


def _term(row: dict[str, str]) -> Term:
    return Term(
        term=row["term"],
        low=float(row["low"]) if row["low"] else None,
        high=float(row["high"]) if row["high"] else None,
        best=float(row["best"]),
        source=row["source"],
        year=int(row["year"]),
        n=int(row["n"]) if row["n"] else None,
    )


SCALES: Mapping[str, Scale] = _load()


def scale_names() -> tuple[str, ...]:
    """The ids of all scales, our own first, then standards, then surveys."""
    return tuple(SCALES)


def known_scale(name: str) -> Scale:
    """The scale of this id; raises BadValue with the ids there are."""
    if name not in SCALES:
        raise BadValue(f"no scale is called '{name}'. There are {', '.join(SCALES)}.")
    return SCALES[name]
