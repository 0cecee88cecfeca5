"""A further forecast of a prediction: said again, a desk's own, or a market's price."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

from forecastlog.compose import readings
from forecastlog.compose.add import ForecastAnswers, read_forecast
from forecastlog.compose.plan import Plan, file_of, planned, prediction_of
from forecastlog.errors import BadValue, Refused, UnknownId
from forecastlog.ledger import Loaded, names
from forecastlog.ledger.edit import Append, Edit, NewRecord
from forecastlog.ledger.loader import PEOPLE_FILE
from forecastlog.ledger.quoting import block
from forecastlog.ledger.tables import FORECAST
from forecastlog.model import Prediction, When

ForecasterKind = Literal["desk", "market", "model", "person"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Where, when and by whom a forecast was made; texts as typed.

    Without ``by`` it is the speaker of the prediction, who said it again in ``article`` or at ``url``.
    ``kind`` is what ``by`` is entered as where nobody of that name is listed.
    """

    by: str | None = None
    kind: ForecasterKind = "desk"
    made: str | None = None
    article: str | None = None
    url: str | None = None
    quote: str | None = None
    note: str | None = None


def add_forecast(
    loaded: Loaded, prediction_id: str, answers: ForecastAnswers, said: Said, *, today: date
) -> Plan:
    """One more forecast of a prediction, with its forecaster where that one is new.

    Raises BadValue for what is missing or cannot be read, Refused for a day to come or an entry that stands
    already, UnknownId.
    """
    prediction = prediction_of(loaded, prediction_id)
    if not answers.words and not answers.probability:
        raise BadValue("how likely? Give a figure such as 55%, or --words TEXT.")
    made = _made(loaded, said, today)
    figures = read_forecast(
        answers,
        loaded.ledger.settings.scale,
        negated=prediction.negated and said.by is None,
        quote=said.quote,
    )
    by = _forecaster(loaded, said)
    entry = readings.checked(
        FORECAST,
        {"note": said.note}
        | figures.entry
        | {"made": readings.stored(made), "by": by, "logged": today, "article": said.article}
        | {"url": said.url, "quote": said.quote},
    )
    _refuse_twice(prediction, entry, by, made)
    home = file_of(loaded, prediction)
    edits: dict[Path, tuple[Edit, ...]] = {}
    person = _new_forecaster(loaded, said)
    path = loaded.root / PEOPLE_FILE
    new_files = {}
    # The person comes first: where the command dies in between, it can be given again.
    if person and path.exists():
        edits[path] = (NewRecord("forecasters", person),)
    elif person:
        first, *rest = block(person, 4)
        new_files[path] = "\n".join(["forecasters:", f"  - {first.strip()}", *rest]) + "\n"
    edits[home] = (Append(prediction.id, "forecasts", entry),)
    notes = [figures.said, *_too_late(prediction, made)]
    if person:
        notes.append(f"'{said.by}' is new and entered in {PEOPLE_FILE} as a {said.kind}")
    return planned(loaded, today, edits=edits, new_files=new_files, said=tuple(notes), ids=(prediction.id,))


def _made(loaded: Loaded, said: Said, today: date) -> When:
    """The day of the forecast: as told, that of the article it stands in, else today for one's own."""
    article = loaded.ledger.article(said.article)
    if said.article and article is None:
        raise UnknownId(said.article)
    if said.article and not said.quote:
        raise BadValue("a forecast in an article needs its place there. Add --quote, at most 15 words.")
    if said.quote and not said.article and not said.url:
        raise BadValue("a quote needs its source. Add --article or --url.")
    if said.kind == "market" and not said.url:
        raise BadValue("a market's price needs its link. Add --url.")
    made = readings.when(said.made, today, "made") or (article.published if article else None)
    if said.by is None and (made is None or not (article or said.url)):
        raise BadValue(
            "whose forecast is it? For one's own add --by NAME; "
            "where the speaker said it again, --article and --quote, or --url and --made."
        )
    return made or When.on(today)


def _forecaster(loaded: Loaded, said: Said) -> str | None:
    return None if said.by is None else loaded.names.find(said.by) or names.slug(said.by)


def _new_forecaster(loaded: Loaded, said: Said) -> dict[str, object] | None:
    if said.by is None or loaded.names.find(said.by):
        return None
    return {"id": names.slug(said.by), "name": said.by, "kind": said.kind}


def _refuse_twice(prediction: Prediction, entry: readings.Entry, by: str | None, made: When) -> None:
    for other in prediction.forecasts:
        same = (other.by, other.made.text) == (by or prediction.speaker, made.text)
        if same and (other.words, other.probability) == (entry.get("words"), entry.get("probability")):
            raise Refused(f"this forecast of '{prediction.id}' stands there already, made on {made}.")


def _too_late(prediction: Prediction, made: When) -> list[str]:
    latest = prediction.deadline.latest
    known = [entry.known.day for entry in prediction.resolutions if entry.outcome in ("yes", "no")]
    ends = known + ([latest + timedelta(days=1)] if latest and latest < date.max else [])
    if ends and made.day >= min(ends):
        return [f"it was made after the question was over, {min(ends)}: it is kept, and not scored"]
    return []
