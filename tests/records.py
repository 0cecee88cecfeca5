"""Small records for tests: only what a test speaks of is said, the rest is filled in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from forecastlog.column import Row, Table
from forecastlog.database.build import tables
from forecastlog.kinds import BINARY
from forecastlog.ledger import Loaded
from forecastlog.ledger.names import Names
from forecastlog.ledger.places import PeoplePlaces, RecordPlaces
from forecastlog.ledger.tables import VOICE
from forecastlog.model.forecasts import Forecast
from forecastlog.model.ledger import Ledger
from forecastlog.model.moments import When
from forecastlog.model.outcomes import Resolution
from forecastlog.model.records import Article, Condition, Forecaster, Prediction, Window


def day(text: str) -> date:
    return date.fromisoformat(text)


def tables_of(made: Ledger, today: date) -> dict[str, list[Row]]:
    """The rows of all tables of a ledger that stands in no file."""
    return tables(
        Loaded(Path("predictions"), made, (), {}, Names(()), RecordPlaces({}), PeoplePlaces(None)), (), today
    )


def rows_of(table: Table, made: Ledger, today: date) -> list[Row]:
    """The rows of one of them."""
    return tables_of(made, today)[table.name]


def forecast(
    probability: float | None = 0.2, made: str = "2025-03-19", by: str = "ann", **rest: Any
) -> Forecast:
    rest.setdefault("basis", "stated")
    until = rest.pop("until", None)
    figures = {"probability": probability, "low": rest.pop("low", None), "high": rest.pop("high", None)}
    return Forecast(
        prediction=rest.pop("prediction", "claim"),
        made=When.parse(made),
        by=by,
        says=BINARY.read(figures),
        until=When.parse(until) if until else None,
        **rest,
    )


def resolution(
    outcome: str, known: str = "2026-03-20", recorded: str = "2026-11-23", by: str = "eve", **rest: Any
) -> Resolution:
    happened = rest.pop("happened", None)
    return Resolution(
        outcome=outcome,
        known=When.parse(known),
        recorded=When.parse(recorded),
        by=by,
        happened=When.parse(happened) if happened else None,
        **rest,
    )


def prediction(*forecasts: Forecast, id: str = "claim", **rest: Any) -> Prediction:  # noqa: A002  # the field's name
    latest = rest.pop("latest", "2026-03-19")
    strict = rest.pop("strict", latest)
    made = rest.pop("made", "2025-03-19")
    logged = rest.pop("logged", "2025-03-20")
    speaker = rest.pop("speaker", "ann")
    own = {key: rest[key] for key in VOICE if key in rest}
    rest.setdefault(
        "deadline",
        Window(
            earliest=day(made) if len(made) == 10 else None,
            strict=day(strict) if strict else None,
            latest=day(latest) if latest else None,
        ),
    )
    return Prediction(
        id=id,
        claim=rest.pop("claim", "It happens."),
        made=When.parse(made),
        speaker=speaker,
        article=rest.pop("article", "article"),
        logged=When.parse(logged) if logged else None,
        forecasts=tuple(replace(entry, **own) if entry.by == speaker else entry for entry in forecasts),
        **rest,
    )


def ledger(
    *predictions: Prediction,
    conditions: tuple[Condition, ...] = (),
    people: tuple[Forecaster, ...] = (),
    **rest: Any,
) -> Ledger:
    """One article a distinct ``article`` of the predictions."""
    names = dict.fromkeys(item.article or "article" for item in predictions) or {"article": None}
    return Ledger(
        articles=tuple(
            Article(
                id=name,
                title=f"Title of {name}",
                published=When.parse("2025-03-19"),
                publisher=rest.get("publisher", "The Paper"),
                conditions=conditions if number == 0 else (),
                predictions=tuple(item for item in predictions if (item.article or "article") == name),
            )
            for number, name in enumerate(names)
        ),
        forecasters=people,
    )
