"""A table in a file -> what it says, whichever way it is laid out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from forecastlog.interchange.cells import Figures
from forecastlog.interchange.days import Days
from forecastlog.interchange.found import Report
from forecastlog.interchange.headers import plain
from forecastlog.interchange.joined import joined
from forecastlog.interchange.layout import Layout, layout_of
from forecastlog.interchange.options import is_of_options, option_items
from forecastlog.interchange.quantities import quantity_items
from forecastlog.interchange.rows import Rows, open_table
from forecastlog.interchange.table import Found, long_items
from forecastlog.interchange.wide import Answers, Wide


@dataclass(slots=True, kw_only=True)
class Table:
    """A table, what its columns are, and whether its cells are forecasts."""

    rows: Rows
    layout: Layout
    wide: bool

    @classmethod
    def opened(
        cls,
        path: Path,
        *,
        header: int,
        beside: Path | None,
        on: Mapping[str, str],
        mapped: Mapping[str, str],
        fixed: Mapping[str, str],
        figures: Figures,
        days: Days,
        wide: bool,
        today: str,
    ) -> Table:
        """The table in a file, with the rows of the file ``beside`` it that have the same in ``on``.

        Raises BadFile.
        """
        rows = open_table(path, header)
        if beside:
            rows = joined(rows, open_table(beside), on)
        layout = layout_of(rows, mapped, fixed, figures=figures, days=days, wide=wide)
        layout.today = today
        return cls(rows=rows, layout=layout, wide=wide)

    @property
    def lacks_people(self) -> bool:
        """Whether nothing says whose forecasts they are."""
        return not self.wide and "by" not in (*self.layout.columns, *self.layout.fixed)

    def fix(self, **values: str) -> None:
        """Say what holds for every row."""
        self.layout.fixed = {**self.layout.fixed, **values}

    def _flag(self) -> str:
        """A hint at a column that says what happened, or only that it is known."""
        used = self.layout.columns.values()
        names = (name for name in self.rows.columns if plain(name) == "resolved" and name not in used)
        name = next(names, "COLUMN")
        only = "" if name == "COLUMN" else f"'{name}' is true and false alone, perhaps of being known: "
        return f" ({only}--map outcome={name})"

    def items(self, report: Report, asker: str, *, only: Sequence[str], answers: Path | None) -> Found:
        """Every question, forecast and outcome.

        Of a wide table ``only`` names the columns with forecasts and ``answers`` is the file of outcomes.
        Raises BadFile.
        """
        for note in self.rows.notes:
            report.note(note)
        of_people = self.wide and "prediction" not in self.layout.columns  # who has no such column
        if not of_people and "outcome" not in (*self.layout.columns, *self.layout.fixed):
            report.note(f"No column is taken for the outcome, so all is open{self._flag()}.")
        if self.wide:
            second = Answers.read(open_table(answers), Days(self.layout.days.order)) if answers else None
            return Wide(
                rows=self.rows, layout=self.layout, report=report, asker=asker, only=only, answers=second
            ).items()
        read = (
            option_items
            if is_of_options(self.layout)
            else quantity_items
            if self.layout.of_numbers
            else long_items
        )
        return read(self.rows, self.layout, report, asker=asker)
