"""What a file says, as values by key -> records, with the defaults filled in.

A record with a fault keeps its place, with stand-ins where something needed is missing, so that one fault
does not become several; the error itself keeps anything from being derived from it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from forecastlog.keys import Table
from forecastlog.kinds import BINARY, FORECAST_KEYS, KINDS, PREDICTION_KEYS, Kind
from forecastlog.ledger.names import Names
from forecastlog.ledger.reader import Values
from forecastlog.ledger.tables import (
    ARCHIVED,
    ARTICLE,
    CONDITION,
    CONDITION_RESOLUTION,
    CORRECTION,
    ELSEWHERE,
    EVENT,
    EVIDENCE,
    FORECASTER,
    PREDICTION,
    REPLY,
    RESOLUTION,
    RETRACTED,
    SNOOZED,
    VERSION,
    VOICE,
    WITHDRAWN,
    WITHHELD,
)
from forecastlog.model.forecasts import Elsewhere, Forecast
from forecastlog.model.moments import When
from forecastlog.model.notes import Correction, Reply, Snooze, Version, Withdrawal, Withheld
from forecastlog.model.outcomes import Archived, Evidence, Resolution
from forecastlog.model.records import Article, Condition, Event, Forecaster, Prediction, Window
from forecastlog.values import UNKNOWN_DAY

NOT_YET = When("", date.max)
"""The recording day of an entry with a fault: it counts on no day."""


def event_of(entry: Values) -> Event:
    """The event of an entry that has an id."""
    return EVENT.record(Event, entry, corrections=_corrections(entry))


def forecaster_of(entry: Values) -> Forecaster:
    """The forecaster of an entry that has an id."""
    return FORECASTER.record(Forecaster, {"name": entry["id"], **entry}, corrections=_corrections(entry))


def article_of(file: Values, names: Names) -> Article | None:
    """The article of what a file says, with its conditions and predictions; None for one without an id."""
    values = file.get("article", {})
    if "id" not in values:
        return None
    origin = values.get("origin", {})
    bare = ARTICLE.record(
        Article,
        {key: value for key, value in values.items() if key != "origin"},
        authors=tuple(names.resolve(author) for author in values.get("authors", ())),
        origin_publisher=origin.get("publisher"),
        origin_url=origin.get("url"),
        archived=_archived(values),
        versions=tuple(VERSION.record(Version, entry) for entry in values.get("versions", ())),
        retracted=_withdrawal(RETRACTED, values.get("retracted")),
        corrections=_corrections(values),
    )
    speaker = names.voice(bare)
    return replace(
        bare,
        conditions=tuple(_condition(entry, bare) for entry in file.get("conditions", ()) if "id" in entry),
        predictions=tuple(
            prediction_of(entry, names, bare, speaker)
            for entry in file.get("predictions", ())
            if "id" in entry
        ),
    )


def _condition(entry: Values, article: Article) -> Condition:
    return CONDITION.record(
        Condition,
        entry,
        article=article.id,
        corrections=_corrections(entry),
        snoozed=_snoozed(entry),
        resolutions=_resolutions(CONDITION_RESOLUTION, entry),
    )


def prediction_of(entry: Values, names: Names, article: Article | None = None, voice: str = "") -> Prediction:
    """The prediction of an entry that has an id.

    What it does not say is as its article, where it stands in one.

    ``voice`` speaks where no speaker is named.
    """
    around: Values = {"made": article.published, "text": article.text} if article else {"made": UNKNOWN_DAY}
    values = {**around, **{key: value for key, value in entry.items() if key not in _TERMS}}
    kind = KINDS.get(entry.get("kind", ""), BINARY)
    made, withheld = values["made"], values.pop("withheld", None)
    speaker = names.resolve(values["speaker"]) if "speaker" in values else voice
    record = PREDICTION.record(
        Prediction,
        values,
        article=article.id if article else None,
        terms=kind.terms(entry),
        speaker=speaker,
        logged_elsewhere=_elsewhere(values),
        deadline=_window(values.get("deadline", {}), made),
        corrections=_corrections(values),
        withdrawn=_withdrawal(WITHDRAWN, values.get("withdrawn")),
        snoozed=_snoozed(values),
        replies=tuple(REPLY.record(Reply, item) for item in values.get("replies", ())),
        forecasts=tuple(_forecasts(values, kind, speaker, names)),
        resolutions=_resolutions(RESOLUTION, values),
    )
    return (
        replace(record, **_without_words(record, WITHHELD.record(Withheld, withheld))) if withheld else record
    )


def _without_words(record: Prediction, withheld: Withheld) -> dict[str, Any]:
    """What changes where the words of a record are kept back: its figures and days stand.

    Nothing downstream ever sees the words, should some be left in the file.
    """
    bare: dict[str, Any] = {"quote": None, "words": None, "note": None}
    return {
        "withheld": withheld,
        "claim": f"Withheld on {withheld.on.isoformat()}: {withheld.why}",
        "question": None,
        "quote": None,
        "also": (),
        "criteria": None,
        "settled_by": None,
        "note": None,
        "corrections": tuple(replace(entry, was="") for entry in record.corrections),
        "deadline": replace(record.deadline, words=None, why=None),
        "forecasts": tuple(replace(forecast, **bare) for forecast in record.forecasts),
        "resolutions": tuple(
            replace(entry, evidence=tuple(map(_without_headline, entry.evidence)), note=None)
            for entry in record.resolutions
        ),
    }


def _without_headline(evidence: Evidence) -> Evidence:
    return replace(evidence, title=None, shows=None)


def _window(entry: Values, made: When) -> Window:
    """The deadline, with what follows from what is written."""
    values = {key: value for key, value in entry.items() if key != "after"}
    values.setdefault("basis", "worded" if "words" in values else "default")
    if "latest" in values:
        values.setdefault("strict", values["latest"])
    if made is not UNKNOWN_DAY and "within" not in values:
        values.setdefault("earliest", made.day)
    return Window(**values)


_TERMS, _SAYS = (frozenset(key.name for key in keys) for keys in (PREDICTION_KEYS, FORECAST_KEYS))
"""Keys that only the kind of a prediction can tell the meaning of."""


def _forecasts(prediction: Values, kind: Kind, speaker: str, names: Names) -> Iterator[Forecast]:
    """What is said of a prediction; an entry that does not say when or in whose words is as that is."""
    made, elsewhere, name = prediction["made"], _elsewhere(prediction), prediction["id"]
    own = {key: prediction[key] for key in VOICE if key in prediction}
    for entry in prediction.get("forecasts", ()):
        by = names.resolve(entry["by"]) if "by" in entry else speaker
        values = {"made": made, "logged_elsewhere": elsewhere, "basis": kind.basis(entry)}
        if by == speaker:
            values |= own
        for key, value in entry.items():
            if key not in _SAYS:
                values[key] = value
        values["by"] = by
        if "judged_by" in entry:
            values["judged_by"] = names.resolve(entry["judged_by"])
        if "logged_elsewhere" in entry:
            values["logged_elsewhere"] = _elsewhere(entry)
        yield Forecast(prediction=name, says=kind.read(entry), **values)


def _resolutions(table: Table, record: Values) -> tuple[Resolution, ...]:
    """The entries of a record; one that lacks something counts on no day."""
    return tuple(
        table.record(
            Resolution,
            entry if table.stand_ins.keys() <= entry.keys() else {**entry, "recorded": NOT_YET},
            evidence=tuple(
                EVIDENCE.record(Evidence, item, archived=_archived(item))
                for item in entry.get("evidence", ())
            ),
        )
        for entry in record.get("resolutions", ())
    )


def _corrections(values: Values) -> tuple[Correction, ...]:
    return tuple(CORRECTION.record(Correction, entry) for entry in values.get("corrections", ()))


def _snoozed(values: Values) -> tuple[Snooze, ...]:
    return tuple(SNOOZED.record(Snooze, entry) for entry in values.get("snoozed", ()))


def _withdrawal(table: Table, entry: Values | None) -> Withdrawal | None:
    return None if entry is None else table.record(Withdrawal, entry)


def _elsewhere(entry: Values) -> Elsewhere | None:
    """The other log that an entry tells of; None for one that lacks something, which is a fault."""
    told = entry.get("logged_elsewhere", {})
    return ELSEWHERE.record(Elsewhere, told) if ELSEWHERE.stand_ins.keys() <= told.keys() else None


def _archived(entry: Values) -> Archived | None:
    """The stored copy that an entry tells of; None for one that lacks something, which is a fault."""
    copy = entry.get("archived", {})
    return ARCHIVED.record(Archived, copy) if ARCHIVED.stand_ins.keys() <= copy.keys() else None
