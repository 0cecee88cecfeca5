"""Which column of a table is what: told, or known by its header."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from forecastlog.interchange.cells import Days, Figures, level_of, missing
from forecastlog.interchange.found import BadFile
from forecastlog.interchange.rows import Rows
from forecastlog.values import nearest

FIELDS: Mapping[str, tuple[str, ...]] = {
    "prediction": (
        "prediction",
        "question",
        "claim",
        "statement",
        "question title",
        "question text",
        "q text",
        "proposition",
        "event",
        "title",
        "race",
        "description",
    ),
    "probability": (
        "probability",
        "prob",
        "p",
        "forecast",
        "confidence",
        "chance",
        "likelihood",
        "credence",
        "estimate",
        "percent",
        "probability yes",
        "win probability",
        "win prob",
        "predicted probability",
    ),
    "by": (
        "by",
        "forecaster",
        "who",
        "person",
        "name",
        "user",
        "username",
        "predictor",
        "participant",
        "model",
        "forecaster name",
        "user id",
        "team model",
    ),
    "made": (
        "made",
        "made at",
        "made on",
        "made by",
        "date",
        "created",
        "created at",
        "date made",
        "forecast date",
        "fcast date",
        "origin date",
        "reference date",
        "forecasted at",
        "timestamp",
        "day",
        "predicted at",
        "time",
    ),
    "latest": (
        "latest",
        "deadline",
        "due",
        "due date",
        "resolve by",
        "resolves by",
        "closes",
        "close date",
        "end date",
        "target date",
        "target end date",
        "election date",
        "election day",
        "event date",
        "date closed",
        "by when",
        "until",
    ),
    "outcome": (
        "outcome",
        "result",
        "resolution",
        "resolved",
        "resolved to",
        "what happened",
        "truth",
        "actual",
        "came true",
        "correct",
        "happened",
        "occurred",
        "observed",
        "true value",
    ),
    "status": ("status", "q status", "question status"),
    "known": ("known", "resolved at", "resolved on", "date resolved", "resolution date", "known on"),
    "id": ("id", "question id", "key", "external"),
    "url": ("url", "link"),
    "tags": ("tags", "tag", "category", "categories", "topic"),
    "criteria": ("criteria", "resolution criteria"),
    "note": ("note", "notes", "comment", "comments"),
    "event": (),
    "option": ("option", "answer option"),
    "value": (),
    "quantile": ("quantile", "quantile level", "quantile id", "output type id"),
    "low": (),
    "high": (),
    "level": (),
    "unit": ("unit", "units"),
    "quantity": (),
}
"""What a column may be, and the headers by which it is known."""
_VALUES = ("predicted", "value")
"""Headers of a quantile's number, or an option's share; elsewhere a value may be anything."""
DAYS = ("made", "latest", "known")
_LEVEL = re.compile(r"\d{1,2}(\.\d+)?%")
_TEMPLATE = re.compile(r"\{([^{}]+)\}")


@dataclass(slots=True, kw_only=True)
class Layout:
    """Which column is what: ``columns`` by field, ``fixed`` what holds for every row."""

    columns: Mapping[str, str]
    fixed: Mapping[str, str] = field(default_factory=dict)
    figures: Figures = field(default_factory=Figures)
    days: Days = field(default_factory=Days)
    levels: Mapping[str, str] = field(default_factory=dict)
    """Columns that hold a quantile each, by its level, such as 5%."""

    def text(self, name: str, row: Mapping[str, str]) -> str:
        """What a row says of a field: its cell, the template with its cells filled in, or what is fixed."""
        column = self.columns.get(name)
        if column is None or not row:
            return self.fixed.get(name, "")
        if column in row:
            return "" if missing(row[column]) and name != "outcome" else row[column].strip()
        return _TEMPLATE.sub(lambda match: row[match[1]].strip(), column)

    def day(self, name: str, row: Mapping[str, str]) -> str:
        """The day that a row says; raises ValueError with a clause that names the field."""
        text = self.text(name, row)
        try:
            return self.days.read(text) if text else ""
        except ValueError:
            raise ValueError(f"the day of '{name}' is not read") from None

    @property
    def told(self) -> str:
        """The layout as the options that would say so."""
        options = [f"--map {name}={_quoted(column)}" for name, column in self.columns.items()]
        options += [f"--map {level}={_quoted(column)}" for level, column in self.levels.items()]
        options += [f"--set {name}={_quoted(value)}" for name, value in self.fixed.items()]
        return " ".join(options)


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
    for name in (*fields, *fixed):
        if name not in FIELDS:
            near = nearest(name, list(FIELDS))
            raise BadFile(
                f"no field '{name}'"
                + (f" (did you mean {near}?)" if near else "")
                + f": one of {', '.join(FIELDS)}."
            )
    for name, column in mapped.items():
        wanted = _TEMPLATE.findall(column) if column not in rows.columns else [column]
        for one in wanted or [column]:
            if one not in rows.columns:
                near = nearest(one, rows.columns)
                hint = (
                    f" Did you mean '{near}'?" if near else f" Its columns: {', '.join(rows.columns[:20])}."
                )
                raise BadFile(f"{rows.path} has no column '{one}' for '{name}'.{hint}")
    taken = set(mapped.values())
    found = dict(fields)
    numbers = bool(levels or {"value", "low", "high"} & mapped.keys())
    known = {plain(column): column for column in reversed(rows.columns)}
    for name, headers in FIELDS.items():
        if name in found or name in fixed or (name == "probability" and (wide or numbers)):
            continue
        column = next((known[one] for one in headers if one in known and known[one] not in taken), "")
        if column and (name not in DAYS or _are_days(rows, column)):
            found[name] = column
            taken.add(column)
    figure = "value" if "quantile" in found else "probability" if "option" in found else ""
    if figure and figure not in found:
        found |= dict.fromkeys([figure], next((known[one] for one in _VALUES if one in known), ""))
    return Layout(
        columns={name: found[name] for name in FIELDS if found.get(name)},
        fixed=fixed,
        figures=figures,
        days=days,
        levels=levels,
    )


def plain(header: str) -> str:
    """A header without its case and marks."""
    return re.sub(r"[\W_]+", " ", header).strip().casefold()


def _are_days(rows: Rows, column: str) -> bool:
    """Whether most of the first cells that say anything look like days."""
    place = rows.columns.index(column)
    cells = [
        row.cells[place] for row, _ in zip(rows, range(50), strict=False) if not missing(row.cells[place])
    ]
    return bool(cells) and sum(
        bool(re.search(r"\d{1,4}\D\d|\d{8}|[A-Za-z]{3,} \d", cell)) for cell in cells
    ) * 2 > len(cells)
