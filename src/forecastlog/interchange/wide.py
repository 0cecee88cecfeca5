"""A table whose cells are forecasts.

A column a question and a row a person, or, with a prediction, the reverse.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from itertools import islice

from forecastlog.interchange.cells import Figures, is_figure, missing, outcome_of
from forecastlog.interchange.days import Days
from forecastlog.interchange.found import BadFile, Guess, Outcome, Question, Report
from forecastlog.interchange.headers import DAYS, FIELDS, plain
from forecastlog.interchange.layout import Layout, layout_of
from forecastlog.interchange.rows import Row, Rows
from forecastlog.interchange.table import (
    ENDLESS,
    Asked,
    Found,
    Twice,
    key_of,
    question_keys,
    resolution_keys,
    said,
    survey,
)

_SAMPLE = 2_000
_NAMED = 8
_ENOUGH = 0.9
"""The share of figures from which a column of a wide table is one of forecasts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What a second file says of the questions of a wide table, by the names of its columns."""

    of: Mapping[str, Mapping[str, str]]
    layout: Layout

    @classmethod
    def read(cls, rows: Rows, days: Days) -> Answers:
        """The table of outcomes: a column names the question, others its outcome, deadline and claim."""
        layout = layout_of(rows, {}, {}, figures=Figures(), days=days, wide=True)
        known = {plain(column): column for column in rows.columns}
        headers = ("column", "question", "id", "name", "prediction")
        name = next((known[header] for header in headers if header in known), None)
        if name is None or "outcome" not in layout.columns:
            raise BadFile(
                f"{rows.path} needs a column 'question', with the headers of the wide table, "
                "and one 'outcome'."
            )
        for number, row in rows.dicts():
            for one in DAYS:
                days.look(number, layout.text(one, row))
        columns = {
            key: column for key, column in layout.columns.items() if column != name or key == "prediction"
        }
        return cls(
            of={row[name].strip(): row for _, row in rows.dicts()}, layout=Layout(columns=columns, days=days)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Wide:
    """A wide table, what its columns are, and who asks; ``only`` names the columns that hold forecasts."""

    rows: Rows
    layout: Layout
    report: Report
    asker: str
    only: Sequence[str] = ()
    answers: Answers | None = None
    _twice: Twice = field(init=False)
    _figures: dict[int, Figures] = field(init=False, default_factory=dict)
    """How the figures of each column are read."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "_twice", Twice(self.report))

    def items(self) -> Found:
        """Everything in it."""
        columns = self._forecast_columns()
        self.report.note(_of_columns(self.rows, self.layout, columns))
        for row in self.rows:
            for place in () if self._is_truth(row) else columns:
                self.layout.figures.look(row.number, row.cells[place])
            for name in DAYS:
                self.layout.days.look(row.number, self.layout.text(name, self._named(row)))
        down = "prediction" in self.layout.columns
        self._figures.update(self._decided(columns, each_its_own=down))
        yield from (self._questions_down if down else self._people_down)(columns)

    def _decided(self, columns: Sequence[int], *, each_its_own: bool) -> Mapping[int, Figures]:
        """Whether figures are percentages: all alike, or where people differ as each one's column tells.

        Raises BadFile.
        """
        try:
            self.layout.figures.decide()
        except BadFile:
            own = {place: Figures() for place in columns if each_its_own}
            for row in self.rows:
                for place, figures in own.items():
                    figures.look(row.number, row.cells[place])
            if not own or not all(figures.tells for figures in own.values()):
                raise
            percent = [self.rows.columns[place] for place, figures in own.items() if figures.decide()]
            self.report.note(
                f"Percentages: {_listed(percent)}; the others are fractions of 1 (--percent: all)."
            )
            return own
        return dict.fromkeys(columns, self.layout.figures)

    def _is_truth(self, row: Row) -> bool:
        """Whether a row is nobody's, but says what became of the questions: by its name or its first cell."""
        names = (self.layout.text("by", self._named(row)), row.cells[0])
        return any(plain(name) in FIELDS["outcome"] for name in names)

    def _named(self, row: Row) -> Mapping[str, str]:
        return dict(zip(self.rows.columns, row.cells, strict=True))

    def _questions_down(self, columns: Sequence[int]) -> Found:
        asked = survey(self.rows, self.layout, self.report)
        for row in self.rows:
            self.report.rows += 1
            named = self._named(row)
            try:
                said(self.layout, named)
            except ValueError as fault:
                self.report.skip(str(fault), row.number)
                continue
            key = key_of(self.layout, named)
            question = asked[key]
            yield row.number, Question(key, question_keys(self.layout, named, question, self.asker))
            if question.outcome[0]:
                yield row.number, Outcome(key, resolution_keys(question, self.asker))
            for place in columns:
                yield from self._cell(
                    row, place, key, {"by": self.rows.columns[place], "made": question.made}
                )

    def _people_down(self, columns: Sequence[int]) -> Found:
        layout = self.layout
        usual, last = self._day(min), self._day(max)
        first: dict[int, str] = {}
        truth = next((row for row in self.rows if self._is_truth(row)), None)
        if truth:
            self.report.note(f"Row {truth.number:,} is taken for the outcomes, by its name.")
        elif not self.answers:
            self.report.note("No row or file has outcomes, so all is open (--outcomes FILE).")
        for place in columns:
            question = self._asked(self.rows.columns[place], usual, last)
            if truth and not question.outcome[0]:
                question.outcome = self._outcome(truth, place)
            first[place] = question.made
            if question.outcome[0] and not question.latest:
                self.report.note(ENDLESS)
            yield from self._question(self.rows.columns[place], question)
        for index, row in enumerate(self.rows):
            self.report.rows += 1
            named = self._named(row)
            if self._is_truth(row):
                continue
            try:
                own = layout.day("made", named)
            except ValueError as fault:
                self.report.skip(str(fault), row.number)
                continue
            by = layout.text("by", named) or f"{self.asker}-{index}"
            for place in columns:
                keys = {"by": by, "made": own or first[place]}
                yield from self._cell(row, place, self.rows.columns[place], keys)

    def _day(self, which: Callable[[Iterable[str]], str]) -> str:
        """The day that holds for every row, else the first or last of the rows' own, if one can be read."""
        layout = self.layout
        if "made" in layout.fixed:
            return layout.days.read(layout.fixed["made"])
        days = []
        for row in self.rows if "made" in layout.columns else ():
            with suppress(ValueError):
                days.append(layout.day("made", self._named(row)))
        return which(filter(None, days)) if any(days) else ""

    def _said(self, name: str) -> tuple[Layout, Mapping[str, str]]:
        """What the second file says of a column, and how it is read."""
        row = self.answers.of.get(name, {}) if self.answers else {}
        return (self.answers.layout, row) if self.answers and row else (Layout(columns={}), {})

    def _asked(self, name: str, usual: str, last: str) -> Asked:
        layout, row = self._said(name)
        try:
            made = layout.day("made", row) or usual
            latest = layout.day("latest", row) or self.layout.day("latest", {})
            outcome, known = outcome_of(layout.text("outcome", row)), layout.day("known", row)
        except ValueError as fault:
            raise BadFile(f"of '{name}': {fault}.") from None
        if not made:
            raise BadFile(
                "nothing says when the forecasts were made: "
                "--set made=DATE, or a column of the outcomes file."
            )
        return Asked(made, latest, outcome, known, last=last, today=self.layout.today)

    def _outcome(self, row: Row, place: int) -> tuple[str, str | None]:
        try:
            return outcome_of(row.cells[place])
        except ValueError as fault:
            raise BadFile(f"row {row.number:,}, '{self.rows.columns[place]}': {fault}.") from None

    def _question(self, name: str, asked: Asked) -> Found:
        layout, row = self._said(name)
        words = Layout(columns={**layout.columns, "prediction": layout.columns.get("prediction", name)})
        keys = question_keys(words, {**row, **({} if name in row else {name: name})}, asked, self.asker)
        yield None, Question(name, keys)
        if asked.outcome[0]:
            yield None, Outcome(name, resolution_keys(asked, self.asker))

    def _cell(self, row: Row, place: int, key: str, keys: Mapping[str, str]) -> Found:
        text = row.cells[place]
        if missing(text):
            self.report.skip("the cell is blank", row.number)
            return
        try:
            figure = self._figures[place].keys(text)
        except ValueError as fault:
            self.report.skip(str(fault), row.number)
            return
        self._twice.look(row.number, (key, keys["by"], keys["made"]), figure["probability"])
        yield row.number, Guess(key, {**keys, **figure})

    def _forecast_columns(self) -> list[int]:
        """The places of the columns that hold forecasts.

        As told, those with an outcome, else those full of figures.
        """
        names = self.rows.columns
        sample = [row for row in islice(self.rows, _SAMPLE) if not self._is_truth(row)]
        known = set(self.layout.columns.values())
        if self.only:
            places = [
                n for n, name in enumerate(names) if any(_chosen(n, name, pattern) for pattern in self.only)
            ]
        elif self.answers:
            for name in self.answers.of:
                if name not in names:
                    raise BadFile(f"{self.rows.path} has no column '{name}', of which there is an outcome.")
            places = [n for n, name in enumerate(names) if name in self.answers.of]
        else:
            places = [
                n
                for n, name in enumerate(names)
                if name not in known
                and name not in self.rows.unnamed
                and _full_of_figures(row.cells[n] for row in sample)
            ]
        if not places:
            raise BadFile(
                f"no column of {self.rows.path} holds forecasts. Say which: "
                "--columns 5-54, or --columns 'Q*'."
            )
        return places


def _of_columns(rows: Rows, layout: Layout, places: Sequence[int]) -> str:
    """A sentence on which columns are taken for forecasts, and which are nothing."""
    used = {*layout.columns.values()}
    others = [name for n, name in enumerate(rows.columns) if n not in set(places) and name not in used]
    taken = [rows.columns[n] for n in places]
    left = f"; left aside: {_listed(others)}" if others else ""
    return f"Columns with forecasts: {_listed(taken)}{left} (--columns says which)."


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(f"'{name}'" for name in names[:_NAMED])
    return shown + (f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else "")


def _chosen(place: int, name: str, pattern: str) -> bool:
    if match := re.fullmatch(r"(\d+)-(\d+)", pattern):
        return int(match[1]) <= place + 1 <= int(match[2])
    return fnmatchcase(name, pattern)


def _full_of_figures(cells: Iterable[str]) -> bool:
    told = [is_figure(text) for text in cells if not missing(text)]
    return bool(told) and sum(told) >= _ENOUGH * len(told)
