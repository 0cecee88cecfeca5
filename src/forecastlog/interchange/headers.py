"""Which column of a table is which field, by its header and by what stands in its first cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice

from forecastlog.interchange.cells import is_figure, is_yes_or_no, missing
from forecastlog.interchange.days import is_day
from forecastlog.interchange.rows import Rows

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
        "market",
        "question name",
        "contract",
        "ifp",
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
        "predicted prob",
        "forecast probability",
        "prediction probability",
        "price",
        "yes price",
        "market price",
        "prediction",
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
        "expert",
        "forecaster id",
        "participant id",
        "respondent",
        "model name",
        "modelname",
        "forecast type",
        "site",
        "platform",
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
        "created time",
        "forecast time",
        "as of",
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
        "close",
        "end date",
        "target date",
        "target end date",
        "election date",
        "election day",
        "event date",
        "date closed",
        "by when",
        "until",
        "close time",
        "closing date",
        "deadline date",
    ),
    "outcome": (
        "outcome",
        "result",
        "resolution",
        "resolved to",
        "what happened",
        "truth",
        "actual",
        "came true",
        "happened",
        "occurred",
        "observed",
        "true value",
        "resolved value",
        "resolved",
        "was it correct",
        "correct",
        "right",
        "correct answer",
        "true answer",
        "answer",
    ),
    "answer": (
        "answer",
        "predicted outcome",
        "forecast",
        "prediction",
        "predicted",
        "predicted answer",
        "direction",
    ),
    "status": ("status", "q status", "question status"),
    "known": (
        "known",
        "resolved at",
        "resolved on",
        "date resolved",
        "resolution date",
        "known on",
        "resolved date",
        "resolution time",
        "resolve date",
        "resolved",
    ),
    "id": ("id", "question id", "key", "external", "market id", "ifp id", "contract id", "slug"),
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
"""What a column may be, and the headers by which it is known, the surest first."""
DAYS = ("made", "latest", "known")
OF_THE_ANSWER = frozenset(("correct", "right", "was it correct", "came true"))
"""Headers of an outcome that says whether the forecaster's answer was right, where there is one."""
_VALUES = ("predicted", "value")
"""Headers of a quantile's number, or an option's share; elsewhere a value may be anything."""
_LOOKED_AT = 50
"""Cells that say something, by which a column is judged."""

Fits = Callable[[str, Sequence[str]], bool]


def _mostly(kind: Callable[[str], bool]) -> Fits:
    return lambda _, cells: sum(map(kind, cells)) * 2 > len(cells)


def _no_flag(header: str, cells: Sequence[str]) -> bool:
    """Whether a column says what became of a question; "resolved" may say that it is known, or since when."""
    if header != "resolved":
        return True
    return not (
        all(cell.strip().casefold() in ("true", "false") for cell in cells) or _mostly(is_day)("", cells)
    )


_FITS: Mapping[str, Fits] = {
    **dict.fromkeys(DAYS, _mostly(is_day)),
    "prediction": lambda _, cells: not _mostly(lambda cell: is_figure(cell) or is_yes_or_no(cell))(_, cells),
    "probability": _mostly(is_figure),
    "answer": _mostly(is_yes_or_no),
    "outcome": _no_flag,
}
"""What must stand in a column of that name for it to be the field."""


def guessed(
    rows: Rows, told: Mapping[str, str], fixed: Mapping[str, str], leave: Sequence[str]
) -> dict[str, str]:
    """The columns by field: as told, and the others by their headers; of ``leave`` nothing is guessed."""
    known: dict[str, str] = {}
    for short in (_without_remark, plain):  # the whole header counts more than its beginning
        known |= {short(column): column for column in reversed(rows.columns) if column not in rows.unnamed}
    found = dict(told)

    def free(name: str) -> Iterator[tuple[str, str]]:
        for header in FIELDS[name]:
            if known.get(header, "") not in ("", *found.values()):
                yield header, known[header]

    for name in FIELDS:
        if name not in (*found, *fixed, *leave):
            fitting = (column for header, column in free(name) if _fit(rows, column, header, name))
            if column := next(fitting, ""):
                found[name] = column
    if "prediction" not in (*found, *fixed) and (first := next(free("prediction"), None)):
        found["prediction"] = first[1]  # questions may have numbers for names
    figure = "value" if "quantile" in found else "probability" if "option" in found else ""
    if (
        figure
        and figure not in found
        and (column := next((known[one] for one in _VALUES if one in known), ""))
    ):
        found[figure] = column
    return found


def _fit(rows: Rows, column: str, header: str, name: str) -> bool:
    if name not in _FITS:
        return True
    place = rows.columns.index(column)
    told = (row.cells[place] for row in islice(rows, 20 * _LOOKED_AT) if not missing(row.cells[place]))
    cells = list(islice(told, _LOOKED_AT))
    return not cells or _FITS[name](header, cells)


def plain(header: str) -> str:
    """A header without its case and marks."""
    return re.sub(r"[\W_]+", " ", header).strip().casefold()


def _without_remark(header: str) -> str:
    """A header without what stands in brackets: "Probability (%)" -> "probability"."""
    return plain(re.sub(r"[(\[].*", "", header))
