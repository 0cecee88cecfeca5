"""How sure each was of one question, and of how many predictions what came: two charts of what was said."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from forecastlog.site import svg
from forecastlog.site.svg import WIDTH
from forecastlog.vocabulary.pages import MARKS, Mark

LEFT, RIGHT = 8, 300
NONE = "no likelihood was given"
SPREAD = "How sure each sounded, and what came"
MOST_DOTS = 12
"""Up to so many predictions in one place are drawn as a dot each, and more as one circle with their
number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one forecast says of the question; shares from 0 to 1, None where no likelihood was given."""

    who: str
    words: str
    probability: float | None
    low: float | None
    high: float | None
    mark: Mark
    came: str

    @property
    def told(self) -> str:
        """Who said it, and how sure."""
        return f"{self.who}: {self.said}"

    @property
    def said(self) -> str:
        """How sure, and what is ours of it."""
        return self.words if self.mark == "plain" else f"{self.words} ({MARKS[self.mark].title})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """How many predictions sounded so sure and came out so; ``probability`` None is off the axis."""

    probability: float | None
    mark: Mark
    came: str
    n: int


def claims_chart(claims: Sequence[Claim], *, in_advance: int, name: str = "claims") -> str:
    """A row a claim on one question, all in one direction: the words, their band and our figure."""
    top, step = 84, 62
    bottom = top + step * len(claims)
    body = [*svg.heading("How sure each was that it happens"), *_axis(top - 22, bottom - 8), *_legend(34)]
    for number, claim in enumerate(claims):
        body += _claim(claim, top + step * number)
    sample = f"n = {len(claims)} on one question; logged in advance: {in_advance:,}"
    body.append(svg.text(0, bottom + 16, sample, "sample"))
    told = "; ".join(f"{claim.told}, {_figure(claim)}: {claim.came}" for claim in claims)
    return svg.picture(name, bottom + 24, "How sure each was that it happens", f"{told}. {sample}.", body)


def _claim(claim: Claim, y: float) -> Iterator[str]:
    yield svg.text(0, y, svg.shortened(f"{claim.who}:", 52), "small")
    yield svg.text(0, y + 17, svg.shortened(claim.said, 60), "label")
    y += 17
    yield svg.text(WIDTH, y + 18, svg.shortened(claim.came, 22), "small", "end")
    if claim.probability is None:
        yield svg.text(LEFT, y + 18, NONE, "aside")
        return
    if claim.low is not None and claim.high is not None:
        yield svg.rect("band", _x(claim.low), y + 8, max(_x(claim.high) - _x(claim.low), 2), 12)
    yield mark(claim.mark, _x(claim.probability), y + 14)


def spread_chart(
    places: Sequence[Place], came: Sequence[str], *, in_advance: int, events: int, name: str = "spread"
) -> str:
    """Every prediction by how sure it sounded and what came of it; ``came`` names the rows from above."""
    y, body = 76.0, []
    heights = {
        row: 40 + 9 * max([0, *(min(at.n, MOST_DOTS) for at in _stacked(places, row))]) for row in came
    }
    total = sum(heights.values())
    body += [
        *svg.heading(SPREAD),
        *_legend(34),
        *_axis(62, y + total - 10),
    ]
    body.append(svg.text(WIDTH, 62 - 8, "no likelihood", "small", "end"))
    for row in came:
        n = sum(place.n for place in places if place.came == row)
        y += heights[row]
        body.append(svg.text(0, y - heights[row] + 12, f"{row}: {n:,}", "label"))
        body.append(svg.stroke("grid", LEFT, y - 12, WIDTH, y - 12))
        body += [piece for at in _stacked(places, row) for piece in _stack(at, y - 20)]
    sample = (
        f"n = {sum(place.n for place in places):,} predictions on {events:,} events; "
        f"logged in advance: {in_advance:,}"
    )
    body.append(svg.text(0, y + 12, sample, "sample"))
    return svg.picture(
        name,
        y + 20,
        SPREAD,
        _spread_told(places, came, sample),
        body,
    )


@dataclass(frozen=True, slots=True)
class _Stack:
    """The marks above one point of the axis."""

    x: float
    marks: tuple[tuple[Mark, int], ...]

    @property
    def n(self) -> int:
        return sum(n for _, n in self.marks)


def _stacked(places: Sequence[Place], row: str) -> list[_Stack]:
    found: dict[float, list[tuple[Mark, int]]] = {}
    for place in places:
        if place.came == row:
            x = WIDTH - 40.0 if place.probability is None else _x(place.probability)
            found.setdefault(x, []).append((place.mark, place.n))
    return [_Stack(x, tuple(sorted(marks, reverse=True))) for x, marks in sorted(found.items())]


def _stack(at: _Stack, y: float) -> Iterator[str]:
    if at.n > MOST_DOTS:
        radius = 9 + min(at.n, 1000) ** 0.5 / 2
        yield (
            f'<circle class="many" cx="{svg.rounded(at.x)}" cy="{svg.rounded(y - radius)}" '
            f'r="{svg.rounded(radius)}"/>'
        )
        yield svg.text(at.x, y - radius + 4, f"{at.n:,}", "count", "middle")
        return
    each = [name for name, n in at.marks for _ in range(n)]
    for number, name in enumerate(each):
        yield mark(name, at.x, y - 9 * number)


def _spread_told(places: Sequence[Place], came: Sequence[str], sample: str) -> str:
    parts = []
    for row in came:
        own = [place for place in places if place.came == row]
        vague = sum(place.n for place in own if place.probability is None)
        parts.append(f"{row}: {sum(place.n for place in own)}, of which {vague} without a likelihood")
    return f"{'; '.join(parts)}. {sample}."


def _axis(top: float, bottom: float) -> Iterator[str]:
    for share in (0, 0.25, 0.5, 0.75, 1):
        yield svg.stroke("grid", _x(share), top, _x(share), bottom)
        yield svg.text(_x(share), top - 6, svg.percent(share), "small", "middle" if share else "start")


def _legend(y: float) -> Iterator[str]:
    for x, name in _KEY:
        yield mark(name, x, y - 4)
        yield svg.text(x + 10, y, MARKS[name].title, "small")


_KEY: tuple[tuple[int, Mark], ...] = ((8, "plain"), (88, "conditional"), (206, "judged"))
"""Where the legend has which mark."""


def _circle(x: float, y: float) -> str:
    return f'<circle class="dot" cx="{svg.rounded(x)}" cy="{svg.rounded(y)}" r="4"/>'


def _open_diamond(x: float, y: float) -> str:
    return f'<path class="bin" d="M{svg.rounded(x)} {svg.rounded(y - 4.5)}l4.5 4.5l-4.5 4.5l-4.5 -4.5z"/>'


def _open_square(x: float, y: float) -> str:
    return svg.rect("known", x - 3.5, y - 3.5, 7, 7)


_MARKS: dict[Mark, Callable[[float, float], str]] = {
    "plain": _circle,
    "conditional": _open_diamond,
    "judged": _open_square,
}


def mark(name: Mark, x: float, y: float) -> str:
    """The mark of a prediction: ``plain``, ``conditional`` or ``judged``."""
    return _MARKS[name](x, y)


def _x(share: float) -> float:
    return LEFT + share * (RIGHT - LEFT)


def _figure(claim: Claim) -> str:
    return NONE if claim.probability is None else svg.percent(claim.probability)
