"""New articles, conditions and predictions from a person's answers."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from forecastlog.compose import readings
from forecastlog.compose.plan import Plan, file_of, planned
from forecastlog.compose.readings import Entry, Reading
from forecastlog.errors import BadValue, Refused, UnknownId
from forecastlog.ledger import Loaded
from forecastlog.ledger.edit import NewRecord, new_article
from forecastlog.ledger.tables import ARTICLE, CONDITION, DEADLINE, PREDICTION
from forecastlog.ledger.values import DURATION
from forecastlog.model import Article, When


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineAnswers:
    """When it must happen: the text's words, or a day with the reason for it, or a clock that starts later."""

    words: str | None = None
    latest: str | None = None
    why: str | None = None
    within: str | None = None
    review: str | None = None
    holds: str | None = None
    subject: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastAnswers:
    """How likely the text says it is: its words, or the figure in it."""

    words: str | None = None
    probability: str | None = None


def add_article(
    loaded: Loaded, answers: Mapping[str, object], *, today: date, text_file: Path | None = None
) -> Plan:
    """A new file for an article; ``answers`` has the keys of the record, texts as typed.

    ``text_file`` is the text that was read, for its digest. Raises BadValue and Refused.
    """
    _complete(answers, ("title", "published"), "an article")
    values = readings.checked(ARTICLE, {**answers, "logged": today})
    values["id"] = _id(loaded, values, str(values["title"]))
    if text_file is not None:
        values["sha256"] = digest_of(text_file)
    ordered = readings.checked(ARTICLE, values)
    path = loaded.root / f"{str(values['published'])[:10]}-{values['id']}.yaml"
    return planned(loaded, today, new_files={path: new_article(ordered)}, ids=(str(values["id"]),))


def add_condition(loaded: Loaded, article: str, answers: Mapping[str, object], *, today: date) -> Plan:
    """A condition that predictions of an article depend on."""
    home = _article(loaded, article)
    _complete(answers, ("text",), "a condition")
    values = readings.checked(CONDITION, answers)
    values["id"] = _id(loaded, values, str(values["text"]))
    record = readings.checked(CONDITION, values)
    edits = {file_of(loaded, home): (NewRecord("conditions", record),)}
    return planned(loaded, today, edits=edits, ids=(str(values["id"]),))


def add_prediction(
    loaded: Loaded,
    article: str,
    answers: Mapping[str, object],
    deadline: DeadlineAnswers,
    forecast: ForecastAnswers,
    *,
    today: date,
) -> Plan:
    """A prediction of an article; ``answers`` has the keys of the record, texts as typed.

    Raises BadValue with the list of what is missing or the value that cannot be read, Refused where other
    records forbid it.
    """
    home = _article(loaded, article)
    likelihood = forecast.words or forecast.probability
    _complete({**answers, "words (or probability)": likelihood}, _NEEDED, "a prediction")
    values = readings.checked(PREDICTION, {**answers, "logged": today})
    made = When.parse(str(values["made"])) if "made" in values else home.published
    window = read_deadline(deadline, made.day, loaded)
    figures = read_forecast(
        forecast,
        loaded.ledger.settings.scale,
        negated=values.get("negated") is True,
        quote=str(values["quote"]),
    )
    values["id"] = _id(loaded, values, str(values["claim"]))
    values |= {"review": deadline.review, "deadline": window.entry, "forecasts": [figures.entry]}
    record = readings.checked(PREDICTION, values)
    said = [window.said, figures.said, *_said_before(loaded, home, record)]
    edits = {file_of(loaded, home): (NewRecord("predictions", record),)}
    return planned(loaded, today, edits=edits, said=tuple(said), ids=(str(values["id"]),))


def read_deadline(answers: DeadlineAnswers, made: date, loaded: Loaded) -> Reading:
    """The deadline from a person's answers; raises BadValue where they cannot be read or lack a reason."""
    if answers.holds:
        readings.checked(DEADLINE, {"holds": answers.holds})
    if answers.within:
        entry: Entry = {"words": answers.words, "basis": "worded" if answers.words else "analyst"}
        within = str(readings.read(DURATION, answers.within, "within"))
        entry |= {"why": answers.why, "after": "given", "within": within, "holds": answers.holds}
        if not answers.words and not answers.why:
            raise BadValue("a deadline that is not the text's needs its reason. Add --why.")
        return Reading(entry, f"the clock of {answers.within} starts when the condition is met")
    if answers.latest:
        return _own_deadline(answers, made)
    if not answers.words:
        return readings.default_deadline(made, answers.holds)
    settings = loaded.ledger.settings
    found = readings.worded_deadline(
        answers.words, made, settings, holds=answers.holds, subject=answers.subject
    )
    if found is None:
        raise BadValue(
            f"'{answers.words}' cannot be read as a time. Give the last day with --latest and the reason with --why."
        )
    return found


def read_forecast(
    answers: ForecastAnswers, scale: str, *, negated: bool, quote: str | None = None
) -> Reading:
    """A forecast's figures from words, or from the figure in the text or ``quote``; raises BadValue."""
    if answers.probability:
        return readings.figure(answers.words, quote, readings.probability(answers.probability))
    return readings.likelihood(answers.words or "", scale, negated=negated)


def digest_of(text_file: Path) -> str:
    """The SHA-256 digest of an article's text; raises BadValue where it cannot be read."""
    try:
        return hashlib.sha256(text_file.read_bytes()).hexdigest()
    except OSError:
        raise BadValue(f"{text_file} cannot be read. Name the file with the article's text.") from None


_NEEDED = ("claim", "quote", "criteria", "words (or probability)")


def _own_deadline(answers: DeadlineAnswers, made: date) -> Reading:
    if not answers.why:
        raise BadValue("a deadline that is not the text's needs its reason. Add --why.")
    end = readings.when(answers.latest, made, "latest")
    if end is None or end.precision != "day":
        raise BadValue(f"latest is not a day: '{answers.latest}'. Write it as 2025-03-19.")
    entry: Entry = {"words": answers.words, "earliest": made, "strict": end.day, "latest": end.day}
    entry |= {"basis": "analyst", "why": answers.why, "holds": answers.holds}
    return Reading(
        {key: value for key, value in entry.items() if value}, f"by {end.day}, the analyst's own deadline"
    )


def _complete(answers: Mapping[str, object], needed: Sequence[str], what: str) -> None:
    missing = [key for key in needed if not answers.get(key)]
    if missing:
        raise BadValue(f"{what} needs more than that. Missing: {', '.join(missing)}.")


def _id(loaded: Loaded, values: Mapping[str, object], text: str) -> str:
    taken = set(loaded.ledger.ids)
    if "id" not in values:
        return readings.new_id(text, taken)
    if values["id"] in taken:
        raise Refused(f"the id '{values['id']}' is taken. Choose another, or leave it out.")
    return str(values["id"])


def _article(loaded: Loaded, article: str) -> Article:
    found = loaded.ledger.article(article)
    if found is None:
        raise UnknownId(article)
    return found


def _said_before(loaded: Loaded, home: Article, record: Mapping[str, object]) -> list[str]:
    """A hint where the same speaker has a prediction of the same event and deadline."""
    speaker = _speaker(loaded, home, record)
    window = record["deadline"]
    latest = window.get("latest") if isinstance(window, Mapping) else None
    return [
        f"'{other.id}' has the same speaker, event and deadline. If this says it again, "
        f"add it there with 'forecastlog forecast {other.id}' instead."
        for other in loaded.ledger.predictions
        if "event" in record
        and (other.event, other.speaker, other.deadline.latest) == (record["event"], speaker, latest)
    ]


def _speaker(loaded: Loaded, home: Article, record: Mapping[str, object]) -> str:
    if "speaker" in record:
        return loaded.names.resolve(str(record["speaker"]))
    if home.authors:
        return home.authors[0] if len(home.authors) == 1 else loaded.names.joint(home.authors)
    return loaded.names.resolve(home.publisher or "unsigned")
