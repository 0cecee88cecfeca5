"""A record as a page for people: labelled paragraphs that wrap to the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from forecastlog.cli.text import bold, clean, flat, pad, wrap
from forecastlog.columns.fate import Fate
from forecastlog.columns.predictions import PREDICTIONS, PredictionOn
from forecastlog.columns.voices import ForecastOn
from forecastlog.kinds import kind_of, said_by
from forecastlog.model.forecasts import Forecast
from forecastlog.model.ledger import Ledger
from forecastlog.model.notes import Correction
from forecastlog.model.outcomes import Evidence, Resolution
from forecastlog.model.records import Article, Condition, Prediction, Window
from forecastlog.phrasing import width_of
from forecastlog.standing.due import condition_status, due_from, latest_day, prediction_standing, standing
from forecastlog.standing.due import status as status_of
from forecastlog.vocabulary.deadlines import DEADLINE_BASES, DEFAULT_RULE
from forecastlog.vocabulary.scores import TIMINGS
from forecastlog.voice import marked, spoken, told

MARGIN = 13
"""The columns of the labels; on a terminal three times narrower than readable they get a line."""


@dataclass(frozen=True, slots=True)
class Field:
    """A label and its paragraphs; an empty one is left out of the page."""

    label: str
    paragraphs: Sequence[str]


def print_page(title: str, fields: Iterable[Field], width: int) -> str:
    """The page, its lines at most ``width`` columns wide."""
    narrow = width < 3 * MARGIN
    indent = 2 if narrow else MARGIN
    lines = [*map(bold, wrap(flat(title), width)), "=" * min(width, width_of(flat(title)))]
    for field in fields:
        body = [line for text in field.paragraphs if text for line in _paragraph(text, width - indent)]
        if not body:
            continue
        lines.append("")
        if narrow:
            lines.append(bold(field.label))
            lines += [" " * indent + line for line in body]
        else:
            lines.append(bold(pad(field.label, indent)) + body[0])
            lines += [" " * indent + line if line else "" for line in body[1:]]
    return "\n".join(lines)


def prediction_fields(prediction: Prediction, ledger: Ledger, day: date) -> Iterator[Field]:
    """Everything that the log holds about a prediction, as it stands on ``day``."""
    condition = ledger.condition(prediction.given)
    item = PredictionOn(Fate(prediction, ledger, day))
    said = dict.fromkeys((spoken(item.spoken.voice), told(item.spoken.voice)))
    yield Field("Said", list(said))
    yield Field("Our claim", [prediction.claim, "The text denies it." if prediction.negated else ""])
    yield Field("Status", [_status(prediction, ledger, day), item.spoken.ended])
    rewritten = prediction.text == "paraphrased"
    quotes = filter(None, (prediction.quote, *prediction.also))
    heard = f"At {prediction.at} in the recording. {item.heard or ''}".strip() if prediction.at else ""
    yield Field("Quote", [*(marked(quote, rewritten=rewritten) for quote in quotes), heard])
    yield Field("Cite", [item.cite])
    yield Field("Article" if prediction.article else "Source", [_source(ledger, prediction)])
    yield Field("Speaker", [_speaker(ledger, prediction)])
    if condition:
        yield Field("Only if", [condition.text, f"{condition.id}: {_fate(condition, day)}"])
    yield Field("Deadline", list(_deadline(prediction, ledger, day)))
    yield Field("Criteria", [prediction.criteria or ""])
    yield Field("Settled by", [prediction.settled_by or ""])
    yield Field("Status quo", [_status_quo(item)])
    yield Field(
        "Forecasts", [_forecast(ForecastOn(entry, item.fate), entry) for entry in prediction.forecasts]
    )
    yield Field("Resolutions", [line for entry in prediction.resolutions for line in _resolution(entry)])
    yield Field("Corrections", [_correction(entry) for entry in prediction.corrections])
    yield Field("Replies", [f"{reply.on}: {reply.by}, {reply.url}" for reply in prediction.replies])
    if prediction.withdrawn:
        yield Field(
            "Withdrawn", [_joined(prediction.withdrawn.on, prediction.withdrawn.by, prediction.withdrawn.url)]
        )
    yield Field("Relations", list(_relations(prediction)))
    yield Field("Tags", [", ".join(prediction.tags)])
    yield Field("Logged", [_joined(prediction.logged, prediction.logged_by and f"by {prediction.logged_by}")])
    yield from (
        Field(column.title, [_plainly(column.of(item))]) for column in PREDICTIONS.columns if column.extra
    )
    yield Field("Note", [prediction.note or ""])


def condition_fields(condition: Condition, ledger: Ledger, day: date) -> Iterator[Field]:
    """A condition, its fate and the predictions that hang on it."""
    named = ledger.matching({"given": lambda given: given == condition.id})
    hanging = [prediction for prediction in named if prediction.given == condition.id]
    yield Field("Condition", [condition.text])
    yield Field("Status", [_fate(condition, day)])
    yield Field("Article", [_article(ledger, condition.article)])
    yield Field("Event", [condition.event or ""])
    yield Field("Predictions", [_line(prediction, ledger, day) for prediction in hanging])
    yield Field("Resolutions", [line for entry in condition.resolutions for line in _resolution(entry)])


def article_fields(article: Article, ledger: Ledger, day: date) -> Iterator[Field]:
    """An article, with every condition and prediction logged from it."""
    authors = ", ".join(ledger.forecaster(author).name for author in article.authors)
    updated = f"updated {article.updated}" if article.updated else None
    yield Field("Title", [article.title])
    yield Field("Authors", [_joined(authors, article.affiliation)])
    yield Field(
        "Published", [_joined(article.publisher, article.published, article.published_range, updated)]
    )
    yield Field("Link", [article.url or "", article.archive or ""])
    yield Field("Text", [_joined(article.text, article.origin_publisher, article.origin_url)])
    yield Field("Chosen", [_joined(article.chosen, article.coverage)])
    yield Field(
        "Conditions", [f"{condition.id}: {_fate(condition, day)}" for condition in article.conditions]
    )
    yield Field("Predictions", [_line(prediction, ledger, day) for prediction in article.predictions])
    if article.retracted:
        yield Field("Retracted", [_joined(article.retracted.on, article.retracted.by, article.retracted.url)])
    yield Field("Note", [article.note or ""])


def _plainly(value: object) -> str:
    """A value that has no place of its own; one that says nothing is empty."""
    if isinstance(value, tuple | list):
        return ", ".join(map(str, value))
    if value is None or value is False:
        return ""
    return "yes" if value is True else str(value)


def _paragraph(text: str, width: int) -> list[str]:
    return [line for part in clean(text).split("\n") for line in wrap(part, width)]


def _joined(*parts: object) -> str:
    return ", ".join(str(part) for part in parts if part)


def _line(prediction: Prediction, ledger: Ledger, day: date) -> str:
    told = prediction_standing(prediction, ledger, day).outcome or status_of(prediction, ledger, day)
    return f"{prediction.id} ({told}): {prediction.claim}"


def _status(prediction: Prediction, ledger: Ledger, day: date) -> str:
    stands = prediction_standing(prediction, ledger, day)
    status = status_of(prediction, ledger, day).replace("_", " ")
    since = due_from(prediction, latest_day(prediction, ledger, day))
    if stands.entry:
        outcome = f": {stands.outcome}" if status == "resolved" else ""
        return _joined(f"{status}{outcome}", stands.reason, f"known {stands.entry.known}")
    if status == "due" and since:
        return f"due since {since} ({(day - since).days} days)"
    return status


def _source(ledger: Ledger, prediction: Prediction) -> str:
    if prediction.article:
        return _article(ledger, prediction.article)
    return _joined(prediction.source, prediction.external)


def _article(ledger: Ledger, article_id: str) -> str:
    article = ledger.article(article_id)
    if article is None:
        return article_id
    return _joined(article.title, article.publisher, article.published, article.url)


def _speaker(ledger: Ledger, prediction: Prediction) -> str:
    name = ledger.forecaster(prediction.speaker).name
    how = "" if prediction.attribution == "author" else prediction.attribution
    via = f"via {prediction.via}" if prediction.via else ""
    stance = f"the author {prediction.stance} it" if prediction.stance else ""
    return _joined(name, f"on {prediction.made}", how, via, stance)


def _fate(condition: Condition, day: date) -> str:
    fate = standing(condition.resolutions, day)
    if fate.entry:
        return _joined(fate.outcome, f"known {fate.entry.known}")
    return _joined(condition_status(condition, day), f"by {condition.by}" if condition.by else "")


def _deadline(prediction: Prediction, ledger: Ledger, day: date) -> Iterator[str]:
    from forecastlog.deadlines.reading import describe

    window = prediction.deadline
    latest = latest_day(prediction, ledger, day)
    if window.within and latest is None:
        yield f"{window.within} after the condition is met"
    else:
        yield describe(window.earliest, window.strict, latest, holds=window.holds)
    if window.words:
        yield f"In the text: “{window.words}”"
    yield _joined(_basis(window), window.rule, window.convention and f"convention {window.convention}")
    if prediction.review:
        yield f"To be looked at again on {prediction.review}"
    if window.why:
        yield f"Why: {window.why}"


def _basis(window: Window) -> str:
    if window.basis == "default" and window.rule == DEFAULT_RULE:
        return "the text names no time: twelve months from the day made"
    return DEADLINE_BASES[window.basis].meaning


def _status_quo(item: PredictionOn) -> str:
    if item.record.status_quo is None:
        return ""
    hindsight = ", written when the outcome could be known" if TIMINGS[item.timing].hindsight else ""
    return f"{item.record.status_quo}, if nothing changes{hindsight}"


def _forecast(on: ForecastOn, forecast: Forecast) -> str:
    """One forecast; a figure that we read from words is never shown as if it had been said."""
    band = kind_of(on.prediction).band(said_by(forecast))
    scale = f"scale {forecast.scale}" if forecast.scale else ""
    heard = f"at {forecast.at}" if forecast.at else ""
    details = _joined(band, forecast.basis, scale, heard, forecast.url, forecast.note)
    return f"{forecast.made} {told(on.voice)}. {details}"


def _resolution(entry: Resolution) -> Iterator[str]:
    happened = f"happened {entry.happened}" if entry.happened else ""
    settles = "settles it" if entry.settles else ""
    yield _joined(entry.outcome, entry.reason, happened, f"known {entry.known}", settles)
    yield _joined(
        f"recorded {entry.recorded} by {entry.by}", "without seeing the forecast" if entry.blind else ""
    )
    for evidence in entry.evidence:
        yield f"- {_evidence(evidence)}"
    if entry.note:
        yield entry.note


def _evidence(evidence: Evidence) -> str:
    searched = f"searched: {evidence.searched}" if evidence.searched else ""
    return _joined(
        searched,
        evidence.on,
        evidence.title,
        _joined(evidence.publisher, evidence.kind, evidence.agency and f"text of {evidence.agency}"),
        evidence.published,
        f"“{evidence.quote}”" if evidence.quote else "",
        evidence.shows,
        evidence.url,
        evidence.archive,
        f"stored on {evidence.archived.on}" if evidence.archived else "",
    )


def _correction(entry: Correction) -> str:
    return f"{entry.on} {entry.field} ({entry.why}), by {entry.by}; it was: {entry.was}"


def _relations(prediction: Prediction) -> Iterator[str]:
    for label in ("event", "restates", "hedges", "reverses"):
        if value := getattr(prediction, label):
            yield f"{label}: {value}"
