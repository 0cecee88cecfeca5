"""Draws docs/scales.svg: what each scale understands by the same words, side by side.

Run from the repository: python docs/scales.py
"""

from __future__ import annotations

from html import escape
from pathlib import Path

from forecastlog.likelihood import SCALES, Likelihood, parse_likelihood

PICTURE = Path(__file__).with_name("scales.svg")

# A word and the names under which scales list it; the first that a scale knows is drawn.
WORDS = (
    ("almost certain", "virtually certain"),
    ("highly likely", "very likely"),
    ("likely",),
    ("about even", "even chance", "roughly even chance", "chances about even", "about as likely as not"),
    ("unlikely",),
    ("highly unlikely", "very unlikely"),
    ("almost no chance", "remote chance"),
)

WIDTH, LEFT, RIGHT = 860, 230, 24
ROW, HEADING, TOP, BOTTOM = 18, 40, 64, 34
STYLE = """
  text { font: 13px system-ui, -apple-system, 'Segoe UI', sans-serif; fill: #1f2328; }
  .paper { fill: #ffffff; } .grid { stroke: #d8dee4; stroke-width: 1; }
  .word { font-size: 15px; font-weight: 600; } .small { font-size: 12px; font-weight: 400; fill: #57606a; }
  .own { fill: #a33b00; } .standard { fill: #0b5cad; } .survey { fill: #5f6b76; }
  .dot { fill: #1f2328; stroke: #ffffff; stroke-width: 1.5; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; } .paper { fill: #0d1117; } .grid { stroke: #30363d; }
    .small { fill: #9da7b1; }
    .own { fill: #ff9b5e; } .standard { fill: #6cb6ff; } .survey { fill: #9aa6b2; }
    .dot { fill: #ffffff; stroke: #0d1117; }
  }
"""


def draw() -> str:
    """The picture as SVG."""
    parts: list[str] = []
    y = TOP
    for names in WORDS:
        found = _on_every_scale(names)
        y += HEADING
        parts.append(_heading(names, y - 12))
        for reading in found:
            parts.append(_bar(reading, y))
            y += ROW
    return "\n".join([*_frame(y), *parts, "</svg>", ""])


def _on_every_scale(names: tuple[str, ...]) -> list[Likelihood]:
    readings = (
        next((found for name in names if (found := parse_likelihood(name, scale))), None) for scale in SCALES
    )
    return [reading for reading in readings if reading]


def _heading(names: tuple[str, ...], y: int) -> str:
    others = f'<tspan class="small" dx="8">or {", ".join(names[1:])}</tspan>' if names[1:] else ""
    return f'<text class="word" x="20" y="{y}">{names[0]}{others}</text>'


def _frame(end: int) -> list[str]:
    height = end + BOTTOM
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}"',
        f'  width="{WIDTH}" height="{height}" role="img" aria-labelledby="title about">',
        '<title id="title">What scales and readers understand by the same words</title>',
        '<desc id="about">For each word and scale a bar from low to high, and a dot at the figure.</desc>',
        f"<style>{STYLE}</style>",
        f'<rect class="paper" width="{WIDTH}" height="{height}"/>',
        '<text class="word" x="20" y="28">The same words on every scale</text>',
        *_legend(),
    ]
    for percent in range(0, 101, 10):
        x = _x(percent / 100)
        lines.append(f'<line class="grid" x1="{x}" y1="{TOP}" x2="{x}" y2="{end + 6}"/>')
        lines.append(f'<text class="small" x="{x}" y="{end + 24}" text-anchor="middle">{percent}%</text>')
    return lines


def _legend() -> list[str]:
    x, lines = 20, []
    for kind, label in (("own", "fl-1"), ("standard", "standards"), ("survey", "surveys (middle half)")):
        lines.append(f'<rect class="{kind}" x="{x}" y="42" width="18" height="9" rx="4"/>')
        lines.append(f'<text class="small" x="{x + 24}" y="51">{label}</text>')
        x += 120 if kind == "standard" else 80
    lines.append(f'<circle class="dot" cx="{x + 110}" cy="46.5" r="4.5"/>')
    lines.append(f'<text class="small" x="{x + 120}" y="51">median, or middle of the range</text>')
    return lines


def _bar(reading: Likelihood, y: int) -> str:
    scale = SCALES[reading.scale]
    left, right = _x(reading.low), _x(reading.high)
    width = max(right - left, 3)
    point = _x(reading.probability or 0)
    note = f"{scale.title}: {reading.anchor}, {reading.low:.0%} to {reading.high:.0%}"
    return (
        f'<g><title>{escape(note)}</title><text class="small" x="{LEFT - 12}" y="{y + 9}" text-anchor="end">'
        f'{escape(scale.title)}</text><rect class="{scale.kind}" x="{left}" y="{y}" width="{width:.1f}" '
        f'height="9" rx="4"/><circle class="dot" cx="{point}" cy="{y + 4.5}" r="4.5"/></g>'
    )


def _x(probability: float) -> float:
    return round(LEFT + probability * (WIDTH - LEFT - RIGHT), 1)


if __name__ == "__main__":
    PICTURE.write_text(draw(), encoding="utf-8")
