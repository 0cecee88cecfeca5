"""Faults in data, as values with a place, and how they print."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a text file: 1-based line and column in characters, and the line itself as an excerpt."""

    path: str
    line: int
    column: int
    length: int = 1
    excerpt: str = ""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: a stable code, how grave it is, where it stands, what is wrong and what to write instead.

    ``code`` is ``P`` and three digits; the page of mistakes lists them all. ``message`` is a clause without
    a full stop that fits behind the place; ``hint`` is one or more sentences with the remedy.
    """

    code: str
    severity: Severity
    span: Span | None
    message: str
    hint: str = ""

    def __str__(self) -> str:
        """The fixed shape of every report: place, excerpt, what was read, what to write instead."""
        place = f"{self.span}: " if self.span else ""
        lines = [f"{place}{self.severity}[{self.code}] {self.message}"]
        if self.span and self.span.excerpt:
            lines += _excerpt(self.span)
        if self.hint:
            lines.append(f"  {self.hint}")
        return "\n".join(lines)


def _excerpt(span: Span, width: int = 100) -> list[str]:
    """The line of the fault with carets below the value, cut to ``width`` characters around it."""
    start = max(0, span.column - 1 - width // 2) if span.column > width else 0
    text = span.excerpt[start : start + width].replace("\t", " ")
    carets = "^" * max(1, min(span.length, len(text) - (span.column - 1 - start)))
    gutter = f"{span.line:>5} | "
    return [
        f"{gutter}{text}".rstrip(),
        " " * (len(gutter) - 2) + "| " + " " * (span.column - 1 - start) + carets,
    ]
