"""Which column of a table is what: told, or known by its header."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from forecastlog.interchange.cells import OUTCOMES, Figures, level_of, missing
from forecastlog.interchange.days import Days
from forecastlog.interchange.found import BadFile
from forecastlog.interchange.headers import DAYS, FIELDS, OF_THE_ANSWER, guessed, plain
from forecastlog.interchange.numerals import Amounts
from forecastlog.interchange.rows import Rows
from forecastlog.values import nearest

_LEVEL = re.compile(r"\d{1,2}(\.\d+)?%")
_TEMPLATE = re.compile(r"\{([^{}]+)\}")
_NUMBERS = ("value", "low", "high", "outcome")
_COMPARED = re.compile(r"(.*\S.*)([<>=])(.*\S.*)")
"""An outcome that follows from cells: "{score1} > {score2}", "{winner} = {team1}"."""


@dataclass(slots=True, kw_only=True)
class Layout:
    """Which column is what: ``columns`` by field, ``fixed`` what holds for every row."""

    columns: Mapping[str, str]
    fixed: Mapping[str, str] = field(default_factory=dict)
    figures: Figures = field(default_factory=Figures)
    days: Days = field(default_factory=Days)
    amounts: Amounts = field(default_factory=Amounts)
    levels: Mapping[str, str] = field(default_factory=dict)
    """Columns that hold a quantile each, by its level, such as 5%."""
    today: str = ""
    """The day of the import: what was decided before its last day was known by then."""

    def text(self, name: str, row: Mapping[str, str]) -> str:
        """What a row says of a field: its cell, the template with its cells filled in, or what is fixed."""
        column = self.columns.get(name)
        if column is None or not row:
            return self.fixed.get(name, "")
        if column in row:
            return "" if missing(row[column]) and name != "outcome" else row[column].strip()
        if name == "outcome" and (compared := _COMPARED.fullmatch(column)):
            return _compared(_filled(compared[1], row), compared[2], _filled(compared[3], row))
        return _filled(column, row)

    def day(self, name: str, row: Mapping[str, str]) -> str:
        """The day that a row says; raises ValueError with a clause that names the field."""
        text = self.text(name, row)
        try:
            return self.days.read(text) if text else ""
        except ValueError:
            raise ValueError(f"the day of '{name}' is not read") from None

    @property
    def of_numbers(self) -> bool:
        """Whether the table forecasts numbers."""
        return bool({"value", "quantile", "low", "high"} & self.columns.keys() or self.levels)

    def look(self, number: int, row: Mapping[str, str]) -> None:
        """Take a row into account for what its columns tell together."""
        for name in DAYS:
            self.days.look(number, self.text(name, row))
        self.figures.look(number, self.text("probability", row))
        if self.of_numbers:
            for text in (
                *(self.text(name, row) for name in _NUMBERS),
                *(row[one] for one in self.levels.values()),
            ):
                self.amounts.look(number, text)

    def contrary(self, row: Mapping[str, str]) -> bool:
        """Whether a row's figure is that of a no; raises ValueError with a clause."""
        if "answer" not in self.columns:
            return False
        answer = OUTCOMES.get(self.text("answer", row).casefold())
        if answer not in ("yes", "no"):
            raise ValueError("the answer is neither yes nor no")
        return answer == "no"

    @property
    def judges_answers(self) -> bool:
        """Whether the outcome says that the forecaster's answer was right, and not what happened."""
        return "answer" in self.columns and plain(self.columns.get("outcome", "")) in OF_THE_ANSWER

    @property
    def told(self) -> str:
        """The layout as the options that would say so."""
        options = [f"--map {name}={_quoted(column)}" for name, column in self.columns.items()]
        options += [f"--map {level}={_quoted(column)}" for level, column in self.levels.items()]
        options += [f"--set {name}={_quoted(value)}" for name, value in self.fixed.items()]
        return " ".join(options)


def _filled(template: str, row: Mapping[str, str]) -> str:
    return _TEMPLATE.sub(lambda match: row[match[1]].strip(), template).strip()


def _compared(left: str, sign: str, right: str) -> str:
    """Whether two texts, or numbers if both are, compare so; nothing where one says nothing.

    >>> _compared("27", ">", "3"), _compared("D", "=", "R"), _compared("", ">", "3")
    ('yes', 'no', '')
    """
    if missing(left) or missing(right):
        return ""
    try:
        first, second = float(Amounts().read(left)), float(Amounts().read(right))
    except ValueError:
        if sign != "=":
            raise ValueError("the outcome compares what are no numbers") from None
        return "yes" if left.casefold() == right.casefold() else "no"
    return "yes" if {">": first > second, "<": first < second, "=": first == second}[sign] else "no"


def _quoted(text: str) -> str:
    return text if re.fullmatch(r"[\w./:@-]+", text) else f"'{text}'"


def layout_of(
    rows: Rows,
    mapped: Mapping[str, str],
    fixed: Mapping[str, str],
    *,
    figures: Figures,
    days: Days,
    wide: bool = False,
) -> Layout:
    """Which column is what, as told or by the headers.

    Raises BadFile for what is not there or cannot be guessed.
    """
    levels = {level_of(name): column for name, column in mapped.items() if _LEVEL.fullmatch(name)}
    fields = {name: column for name, column in mapped.items() if not _LEVEL.fullmatch(name)}
    _check(rows, mapped, (*fields, *fixed))
    without = wide or levels or {"value", "low", "high"} & mapped.keys()
    leave = ["probability", "answer"] if without else []
    found = guessed(rows, {**fields, **levels}, fixed, leave)
    if wide and "prediction" in found and "by" not in mapped:
        found.pop("by", None)  # the columns are the people, one of whom may be called "Site"
    if "id" in found and "id" not in mapped:
        _drop_id(rows, found)
    figures.header = figures.header or found.get("probability", "")
    if "answer" in found and "answer" not in mapped:
        _drop_answer(rows, found, figures)
    return Layout(
        columns={name: found[name] for name in FIELDS if name in found},
        fixed=fixed,
        figures=figures,
        days=days,
        levels=levels,
    )


def _check(rows: Rows, mapped: Mapping[str, str], fields: Sequence[str]) -> None:
    """Raise BadFile for a field or a column that there is not."""
    for name in fields:
        if name not in FIELDS:
            near = nearest(name, list(FIELDS))
            hint = f" (did you mean {near}?)" if near else ""
            raise BadFile(f"no field '{name}'{hint}: one of {', '.join(FIELDS)}.")
    for name, column in mapped.items():
        wanted = [column] if column in rows.columns else _TEMPLATE.findall(column)
        for one in wanted or [column]:
            rows.place(one, f"'{name}'")


def _drop_answer(rows: Rows, found: dict[str, str], figures: Figures) -> None:
    """Take an answer back that only says which side of a half the figure lies on.

    Raises BadFile where a "no" has figures on both sides, which tells nothing.
    """
    layout = Layout(columns=found, figures=Figures(figures.percent, figures.header))
    for number, row in rows.dicts():
        layout.look(number, row)
    sides: dict[bool, tuple[int, str]] = {}
    for number, row in rows.dicts():
        with suppress(ValueError):
            if (
                layout.contrary(row)
                and (share := layout.figures.read(layout.text("probability", row))) != 0.5
            ):
                sides.setdefault(share > 0.5, (number, layout.text("probability", row)))
    if len(sides) == 2:
        (low, less), (high, more) = sides[False], sides[True]
        raise BadFile(
            f"row {low:,} says no with {less}, and row {high:,} with {more}: say whether that is how likely "
            f"the answer is (--map answer={_quoted(found['answer'])}), or yes (--set answer=yes)."
        )
    if False in sides:
        del found["answer"]


def _drop_id(rows: Rows, found: dict[str, str]) -> None:
    """Take an id back that is no question's own: other words have it too, or it numbers the rows."""
    layout = Layout(columns=found)
    words: dict[str, set[int]] = {}
    count = 0
    for _, row in rows.dicts():
        if own := layout.text("id", row):
            count += 1
            words.setdefault(own, set()).add(
                hash((layout.text("prediction", row), layout.text("latest", row)))
            )
    every = {one for some in words.values() for one in some}
    if any(len(some) > 1 for some in words.values()) or (count == len(words) and len(every) < count):
        del found["id"]
