"""A table whose cells are forecasts.

A column a question and a row a person, or, with a prediction, the reverse.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from fnmatch import fnmatchcase

from forecastlog.interchange.cells import Days, Figures, missing, outcome_of
from forecastlog.interchange.found import BadFile, Guess, Outcome, Question, Report
from forecastlog.interchange.layout import DAYS, Layout, layout_of, plain
from forecastlog.interchange.rows import Row, Rows
from forecastlog.interchange.table import Asked, Found, key_of, question_keys, resolution_keys, survey

_SAMPLE = 2_000
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

    def items(self) -> Found:
        """Everything in it."""
        columns = self._forecast_columns()
        for row in self.rows:
            for place in columns:
                self.layout.figures.look(row.number, row.cells[place])
            for name in DAYS:
                self.layout.days.look(row.number, self.layout.text(name, self._named(row)))
        yield from (self._questions_down if "prediction" in self.layout.columns else self._people_down)(
            columns
        )

    def _named(self, row: Row) -> Mapping[str, str]:
        return dict(zip(self.rows.columns, row.cells, strict=True))

    def _questions_down(self, columns: Sequence[int]) -> Found:
        asked = survey(self.rows, self.layout, self.report)
        for row in self.rows:
            self.report.rows += 1
            named = self._named(row)
            key = key_of(self.layout, named)
            question = asked.get(key)
            if question is None:
                continue  # the survey said why
            yield row.number, Question(key, question_keys(self.layout, named, question, self.asker))
            if question.outcome[0]:
                yield row.number, Outcome(key, resolution_keys(question, self.asker))
            for place in columns:
                yield from self._cell(
                    row, place, key, {"by": self.rows.columns[place], "made": question.made}
                )

    def _people_down(self, columns: Sequence[int]) -> Found:
        layout = self.layout
        usual = self._first_day()
        first: dict[int, str] = {}
        for place in columns:
            question = self._asked(self.rows.columns[place], usual)
            first[place] = question.made
            yield from self._question(self.rows.columns[place], question)
        for index, row in enumerate(self.rows):
            self.report.rows += 1
            named = self._named(row)
            try:
                own = layout.day("made", named)
            except ValueError as fault:
                self.report.skip(str(fault), row.number)
                continue
            by = layout.text("by", named) or f"{self.asker}-{index}"
            for place in columns:
                keys = {"by": by, "made": own or first[place]}
                yield from self._cell(row, place, self.rows.columns[place], keys)

    def _first_day(self) -> str:
        """The day that holds for every row, else the first of the rows' own.

        Nothing where no row can be read.
        """
        layout = self.layout
        if "made" in layout.fixed:
            return layout.days.read(layout.fixed["made"])
        days = []
        for row in self.rows if "made" in layout.columns else ():
            with suppress(ValueError):
                days.append(layout.day("made", self._named(row)))
        return min(filter(None, days), default="")

    def _said(self, name: str) -> tuple[Layout, Mapping[str, str]]:
        """What the second file says of a column, and how it is read."""
        row = self.answers.of.get(name, {}) if self.answers else {}
        return (self.answers.layout, row) if self.answers and row else (Layout(columns={}), {})

    def _asked(self, name: str, usual: str) -> Asked:
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
        return Asked(made, latest, outcome, known or latest or made)

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
            figure = self.layout.figures.read(text)
        except ValueError as fault:
            self.report.skip(str(fault), row.number)
            return
        yield row.number, Guess(key, {**keys, "probability": figure})

    def _forecast_columns(self) -> list[int]:
        """The places of the columns that hold forecasts.

        As told, those with an outcome, else those full of figures.
        """
        names = self.rows.columns
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
                n for n, name in enumerate(names) if name not in known and _full_of_figures(self.rows, n)
            ]
        if not places:
            raise BadFile(
                f"no column of {self.rows.path} holds forecasts. Say which: "
                "--columns 5-54, or --columns 'Q*'."
            )
        return places


def _chosen(place: int, name: str, pattern: str) -> bool:
    if match := re.fullmatch(r"(\d+)-(\d+)", pattern):
        return int(match[1]) <= place + 1 <= int(match[2])
    return fnmatchcase(name, pattern)


def _full_of_figures(rows: Rows, place: int) -> bool:
    told = figures = 0
    for row, _ in zip(rows, range(_SAMPLE), strict=False):
        text = row.cells[place]
        if not missing(text):
            told += 1
            try:
                Figures(percent=True).read(text)
            except ValueError:
                continue
            figures += 1
    return told > 0 and figures >= _ENOUGH * told
