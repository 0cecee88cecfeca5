"""The rows of every table that prints the records themselves; those of the scores are in ``score_rows``."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from forecastlog.due import (
    condition_status,
    due_on,
    entries_that_stand,
    known_day,
    latest_day,
    prediction_standing,
    said,
    standing,
    status,
    timing_of,
)
from forecastlog.model import Condition, Evidence, Forecast, Ledger, Prediction, Resolution

Value = str | int | float | None
Row = dict[str, Value]


def article_rows(ledger: Ledger, _day: date) -> Iterator[Row]:
    """The articles, without their predictions."""
    for article in ledger.articles:
        yield {
            "id": article.id,
            "title": article.title,
            "publisher": article.publisher,
            "affiliation": article.affiliation,
            "published": article.published.text,
            "published_year": article.published.day.year,
            "published_range": article.published_range,
            "date_basis": article.date_basis,
            "updated": _text(article.updated),
            "retrieved": _text(article.retrieved),
            "url": article.url,
            "archive": article.archive,
            "text": article.text,
            "origin_publisher": article.origin_publisher,
            "origin_url": article.origin_url,
            "sha256": article.sha256,
            "retracted": _text(article.retracted.on if article.retracted else None),
            "chosen": article.chosen,
            "coverage": article.coverage,
            "logged": _text(article.logged),
            "predictions": len(article.predictions),
            "note": article.note,
        }


def author_rows(ledger: Ledger, _day: date) -> Iterator[Row]:
    """An author of an article a row."""
    for article in ledger.articles:
        for position, author in enumerate(article.authors, 1):
            yield {"article_id": article.id, "forecaster_id": author, "position": position}


def forecaster_rows(ledger: Ledger, _day: date) -> Iterator[Row]:
    """Everybody listed, and everybody named in a record without being listed."""
    said = Counter(prediction.speaker for prediction in ledger.predictions)
    for name in dict.fromkeys(_forecaster_ids(ledger)):
        forecaster = ledger.forecaster(name)
        yield {
            "id": name,
            "name": forecaster.name,
            "kind": forecaster.kind,
            "affiliation": forecaster.affiliation,
            "predictions": said[name],
        }


def name_rows(ledger: Ledger, _day: date) -> Iterator[Row]:
    """Other spellings, and members."""
    for forecaster in ledger.forecasters:
        for relation, names in (("also", forecaster.also), ("member", forecaster.members)):
            for name in dict.fromkeys(names):
                yield {"forecaster_id": forecaster.id, "name": name, "relation": relation}


def condition_rows(ledger: Ledger, day: date) -> Iterator[Row]:
    """The conditions with their fate."""
    for condition in ledger.conditions:
        fate = standing(condition.resolutions, day)
        yield {
            "id": condition.id,
            "article_id": condition.article,
            "text": condition.text,
            "by": _text(condition.by),
            "event": condition.event,
            "status": condition_status(condition, day),
            "outcome": fate.outcome,
            "happened": _text(fate.entry.happened if fate.entry else None),
            "known": _text(fate.entry.known if fate.entry else None),
            "due_on": _text(due_on(condition.by)),
        }


def prediction_rows(ledger: Ledger, day: date) -> Iterator[Row]:
    """The predictions with their status on ``day``."""
    for prediction in ledger.predictions:
        yield {
            **_claim_columns(prediction, ledger, day),
            **_deadline_columns(prediction, ledger, day),
            **_outcome_columns(prediction, ledger, day),
        }


def _claim_columns(prediction: Prediction, ledger: Ledger, day: date) -> Row:
    article = ledger.article(prediction.article)
    forecast = said(prediction, ledger, day)
    return {
        "id": prediction.id,
        "claim": prediction.claim,
        "speaker_id": prediction.speaker,
        "probability": forecast.probability if forecast else None,
        "low": forecast.low if forecast else None,
        "high": forecast.high if forecast else None,
        "basis": forecast.basis if forecast else None,
        "words": forecast.words if forecast else None,
        "scale": forecast.scale if forecast else None,
        "said": forecast.made.text if forecast else None,
        "made": prediction.made.text,
        "made_year": prediction.made.day.year,
        "article_id": prediction.article,
        "article_title": article.title if article else None,
        "quote": prediction.quote,
        "also": _json(prediction.also),
        "negated": int(prediction.negated),
        "kind": prediction.kind,
        "attribution": prediction.attribution,
        "via": prediction.via,
        "stance": prediction.stance,
        "condition_id": prediction.given if ledger.condition(prediction.given) else None,
        "criteria": prediction.criteria,
        "settled_by": prediction.settled_by,
        "status_quo": prediction.status_quo,
        "event": prediction.event,
        "main": int(prediction.main),
        "tags": _json(prediction.tags),
        "text": prediction.text,
        "logged": _text(prediction.logged),
        "timing": _timing(prediction, ledger, day),
        "logged_by": prediction.logged_by,
        "found_by": prediction.found_by,
        **{
            f"{relation}_id": target if isinstance(ledger.get(target or ""), Prediction) else None
            for relation, target in (
                ("restates", prediction.restates),
                ("hedges", prediction.hedges),
                ("reverses", prediction.reverses),
            )
        },
        "source": prediction.source,
        "external": prediction.external,
        "withdrawn": _text(prediction.withdrawn.on if prediction.withdrawn else None),
        "replies": _json(
            [{"by": reply.by, "on": _text(reply.on), "url": reply.url} for reply in prediction.replies]
        ),
        "note": prediction.note,
    }


def _timing(prediction: Prediction, ledger: Ledger, day: date) -> str:
    logged = prediction.logged.day if prediction.logged else None
    latest = latest_day(prediction, ledger, day)
    stands = prediction_standing(prediction, ledger, day)
    knowable = known_day(stands, latest, prediction.deadline.holds) or due_on(latest)
    return timing_of(prediction.made.day, logged, latest, knowable)


def _deadline_columns(prediction: Prediction, ledger: Ledger, day: date) -> Row:
    window = prediction.deadline
    latest = latest_day(prediction, ledger, day)
    due = due_on(latest)
    return {
        "earliest": _text(window.earliest),
        "strict": _text(window.strict if window.within is None else latest),
        "latest": _text(latest),
        "due_on": _text(due),
        "due_year": due.year if due else None,
        "deadline_words": window.words,
        "deadline_edtf": window.edtf,
        "deadline_basis": window.basis,
        "deadline_rule": window.rule,
        "deadline_convention": window.convention,
        "holds": window.holds,
        "deadline_subject": window.subject,
        "deadline_why": window.why,
        "deadline_within": _text(window.within),
        "review": _text(prediction.review),
    }


def _outcome_columns(prediction: Prediction, ledger: Ledger, day: date) -> Row:
    stands = prediction_standing(prediction, ledger, day)
    return {
        "status": status(prediction, ledger, day),
        "outcome": stands.outcome,
        "reason": stands.reason,
        "happened": _text(stands.entry.happened if stands.entry else None),
        "known": _text(stands.entry.known if stands.entry else None),
    }


def forecast_rows(ledger: Ledger, _day: date) -> Iterator[Row]:
    """The forecasts; equal entries count once."""
    for prediction in ledger.predictions:
        for key, forecast in forecast_keys(prediction).items():
            yield {
                "id": key,
                "prediction_id": prediction.id,
                "forecaster_id": forecast.by,
                "made": forecast.made.text,
                "until": _text(forecast.until),
                "words": forecast.words,
                "probability": forecast.probability,
                "low": forecast.low,
                "high": forecast.high,
                "scale": forecast.scale,
                "basis": forecast.basis,
                "quote": forecast.quote,
                "article_id": forecast.article if ledger.article(forecast.article) else None,
                "url": forecast.url,
                "logged": _text(forecast.logged),
                "note": forecast.note,
            }


def resolution_rows(ledger: Ledger, day: date) -> Iterator[Row]:
    """The entries on predictions and on conditions."""
    for record, key, entry in _entries(ledger):
        chosen = standing(record.resolutions, day).entry
        stand = [chosen] if chosen and chosen.settles else entries_that_stand(record.resolutions, day)
        yield {
            "id": key,
            "prediction_id": record.id if isinstance(record, Prediction) else None,
            "condition_id": record.id if isinstance(record, Condition) else None,
            "outcome": entry.outcome,
            "reason": entry.reason,
            "happened": _text(entry.happened),
            "known": entry.known.text,
            "recorded": entry.recorded.text,
            "by": entry.by,
            "blind": None if entry.blind is None else int(entry.blind),
            "settles": int(entry.settles),
            "stands": int(entry in stand),
            "note": entry.note,
        }


def evidence_rows(ledger: Ledger, _day: date) -> Iterator[Row]:
    """What the entries rest on."""
    for _, key, entry in _entries(ledger):
        for number, evidence in enumerate(entry.evidence, 1):
            yield {"id": f"{key}.{number}", "resolution_id": key, **_evidence_columns(evidence)}


def tag_rows(ledger: Ledger, _day: date) -> Iterator[Row]:
    """A tag of a prediction a row."""
    for prediction in ledger.predictions:
        for tag in dict.fromkeys(prediction.tags):
            yield {"prediction_id": prediction.id, "tag": tag}


def correction_rows(ledger: Ledger, _day: date) -> Iterator[Row]:
    """Corrections, numbered within their prediction."""
    for prediction in ledger.predictions:
        for number, correction in enumerate(prediction.corrections, 1):
            yield {
                "id": f"{prediction.id}.{number}",
                "prediction_id": prediction.id,
                "on": _text(correction.on),
                "by": correction.by,
                "field": correction.field,
                "was": correction.was,
                "why": correction.why,
            }


RECORD_ROWS: Mapping[str, Callable[[Ledger, date], Iterable[Row]]] = {
    "articles": article_rows,
    "forecasters": forecaster_rows,
    "article_authors": author_rows,
    "forecaster_names": name_rows,
    "conditions": condition_rows,
    "predictions": prediction_rows,
    "forecasts": forecast_rows,
    "resolutions": resolution_rows,
    "evidence": evidence_rows,
    "prediction_tags": tag_rows,
    "corrections": correction_rows,
}


def forecast_keys(prediction: Prediction) -> dict[str, Forecast]:
    """The table keys of a prediction's forecasts: its id and a digest of what the entry says."""
    return {f"{prediction.id}.{_digest(forecast)}": forecast for forecast in prediction.forecasts}


def _entries(ledger: Ledger) -> Iterator[tuple[Condition | Prediction, str, Resolution]]:
    records: list[Condition | Prediction] = [*ledger.conditions, *ledger.predictions]
    for record in records:
        keyed = {f"{record.id}.{_digest(entry)}": entry for entry in record.resolutions}
        for key, entry in keyed.items():
            yield record, key, entry


def _evidence_columns(evidence: Evidence) -> Row:
    return {
        "url": evidence.url,
        "title": evidence.title,
        "published": _text(evidence.published),
        "archive": evidence.archive,
        "shows": evidence.shows,
        "searched": evidence.searched,
        "searched_on": _text(evidence.on),
    }


def _forecaster_ids(ledger: Ledger) -> Iterator[str]:
    yield from (forecaster.id for forecaster in ledger.forecasters)
    for article in ledger.articles:
        yield from article.authors
    for prediction in ledger.predictions:
        yield prediction.speaker
        yield from (forecast.by for forecast in prediction.forecasts)


def _digest(entry: Forecast | Resolution) -> str:
    return hashlib.sha256(repr(entry).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _json(values: object) -> str | None:
    return json.dumps(values, ensure_ascii=False) if values else None


def _text(value: object) -> str | None:
    return None if value is None else str(value)
