"""Faults in data, as values with a place, and how they print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from forecastlog.phrasing import width_of

Severity = Literal["error", "warning", "note"]


class Span(NamedTuple):
    """A place in a text file: 1-based line and column in characters, and the line itself as an excerpt."""

    path: str
    line: int
    column: int
    length: int = 1
    excerpt: str = ""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


class Problem(NamedTuple):
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


def briefly(problems: Sequence[Problem], most: int = 20) -> Iterator[Problem]:
    """The problems, in their order, with the first ``most`` of a kind in a file.

    Of the others only how many.
    """
    kinds = [(one.span.path if one.span else "", one.code, one.severity) for one in problems]
    total, told = Counter(kinds), Counter[tuple[str, str, str]]()
    for kind, problem in zip(kinds, problems, strict=True):
        told[kind] += 1
        if told[kind] <= most:
            yield problem
        elif told[kind] == most + 1:
            place = problem.span._replace(excerpt="") if problem.span else None
            message = f"and {total[kind] - most:,} more like the last, from here on in this file"
            yield Problem(problem.code, problem.severity, place, message)


def _excerpt(span: Span, width: int = 100) -> list[str]:
    """The line of the fault with carets below the value, cut to ``width`` characters around it."""
    before = span.column - 1
    start = 0 if before + span.length <= width else max(0, min(before, before + span.length - width))
    text = _printable(span.excerpt[start : start + width])
    lead, value = text[: before - start], text[before - start :][: max(1, span.length)]
    gutter = f"{span.line:>5} | "
    return [
        f"{gutter}{text}".rstrip(),
        " " * (len(gutter) - 2) + "| " + " " * width_of(lead) + "^" * max(1, width_of(value)),
    ]


def _printable(text: str) -> str:
    """The text with tabs and control characters as blanks: a terminal would obey them."""
    return "".join(character if character.isprintable() else " " for character in text)
