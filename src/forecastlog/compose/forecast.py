"""A further forecast of a prediction: said again, a desk's own, or a market's price."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from forecastlog.compose import readings
from forecastlog.compose.answers import Answers
from forecastlog.compose.expecting import read_forecast, said_in
from forecastlog.compose.people import NOBODY_NEW, Newcomers, called, entering
from forecastlog.compose.plan import Plan, file_of, planned, prediction_of
from forecastlog.errors import BadValue, Refused, UnknownId
from forecastlog.kinds import BINARY, kind_of
from forecastlog.ledger import Loaded, names
from forecastlog.ledger.edit import Append
from forecastlog.ledger.tables import FORECAST, FORECAST_OF, VOICE
from forecastlog.model.forecasts import Says
from forecastlog.model.moments import When
from forecastlog.model.records import QUOTE_WORDS, Prediction
from forecastlog.standing.due import decided_days
from forecastlog.vocabulary.people import ForecasterKind


def add_forecast(
    loaded: Loaded,
    prediction_id: str,
    answers: Answers,
    *,
    kind: ForecasterKind = "desk",
    people: Newcomers = NOBODY_NEW,
    today: date,
) -> Plan:
    """One more forecast of a prediction, with its forecaster where that one is new.

    ``answers`` has the keys of a forecast. Without ``by`` it is the speaker of the prediction, who said it
    again in ``article`` or at ``url``; ``kind`` is what ``by`` is entered as where nobody of that name is
    listed. Whose words they are, and whether they deny the claim, is as the prediction has it where the
    speaker's own entry does not say. Raises BadValue for what is missing or cannot be read, Refused for an
    entry that stands already, UnknownId.
    """
    prediction = prediction_of(loaded, prediction_id)
    if "words" not in answers and "probability" not in answers:
        raise BadValue(
            f"{_WANTED.get(prediction.kind, 'what is expected? Give it in figures')}, or --words TEXT."
        )
    made = _made(loaded, answers, kind, today)
    name = answers.text("by")
    if kind == "market" and name:
        refuse_no_market(loaded, name)
    by = None if name is None else loaded.names.find(name) or names.slug(name)
    own = by in (None, prediction.speaker)
    typed = readings.answered(
        FORECAST, {key: answers.given[key] for key in answers.given if key in _PLACE}, today
    )
    negated = bool(typed.get("negated", own and prediction.negated))
    seen = replace(prediction, made=made)
    figures = read_forecast(answers, seen, loaded.ledger.settings.scale, negated=negated)
    text = {"text": _text_of(loaded, prediction, answers, own=own)}
    entry = readings.checked(
        FORECAST_OF[prediction.kind],
        text | typed | figures.entry | {"made": readings.stored(made), "by": by, "logged": today},
    )
    _refuse_twice(prediction, entry, by, made, negated=negated)
    home = file_of(loaded, prediction)
    new = replace(people, kind=kind).entries(loaded.names, [name] if name else [])
    edits, new_files, entered = entering(loaded.root, new)
    # The person comes first: where the command dies in between, it can be given again.
    edits[home] = (Append(prediction.id, "forecasts", entry),)
    notes = (figures.said, *_too_late(prediction, made), *entered)
    return planned(loaded, today, edits=edits, new_files=new_files, said=notes, ids=(prediction.id,))


def refuse_no_market(loaded: Loaded, name: str) -> None:
    """Raise BadValue for a name that is listed, and not as a market's."""
    listed = loaded.names.find(name)
    known = loaded.ledger.forecaster(listed).kind if listed else "market"
    if known != "market":
        raise BadValue(
            f"'{name}' is no market: people.yaml has {called(known)} of that name. Name the market."
        )


_WANTED = {BINARY.name: "how likely? Give a figure such as 55%"}
_PLACE = ("article", "url", "quote", *VOICE, "note")
"""What a forecast's own answers are besides how likely, when and whose."""


def _made(loaded: Loaded, answers: Answers, kind: ForecasterKind, today: date) -> When:
    """The day of the forecast: as told, that of the article it stands in, else today for one's own."""
    source = answers.text("article")
    article = loaded.ledger.article(source)
    if source and article is None:
        raise UnknownId(source)
    if article and "quote" not in answers:
        raise BadValue(
            f"a forecast in an article needs its place there. Add --quote, at most {QUOTE_WORDS} words."
        )
    if "quote" in answers and not article and "url" not in answers:
        raise BadValue("a quote needs its source. Add --article or --url.")
    if kind == "market" and "url" not in answers:
        raise BadValue("a market's price needs its link. Add --url.")
    made = readings.when(answers.text("made"), today, "made") or (article.published if article else None)
    if "by" not in answers and (made is None or not (article or "url" in answers)):
        raise BadValue(
            "whose forecast is it? For one's own add --speaker NAME; "
            "where the speaker said it again, --article and --quote, or --url and --made."
        )
    return made or When.on(today)


def _text_of(loaded: Loaded, prediction: Prediction, answers: Answers, *, own: bool) -> str | None:
    """Whether the article that the forecast stands in was rewritten, where the record has it otherwise."""
    article = loaded.ledger.article(answers.text("article"))
    assumed = prediction.text if own else "original"
    return article.text if article and article.text != assumed else None


def _refuse_twice(
    prediction: Prediction, entry: readings.Entry, by: str | None, made: When, *, negated: bool
) -> None:
    says = said_in(entry, kind_of(prediction))
    for other in prediction.forecasts:
        same = (other.by, other.made.text, other.negated) == (by or prediction.speaker, made.text, negated)
        if same and (other.words, _identity(other.says)) == (entry.get("words"), _identity(says)):
            raise Refused(f"this forecast of '{prediction.id}' stands there already, made on {made}.")


def _identity(says: Says | None) -> object:
    return says and says.identity


def _too_late(prediction: Prediction, made: When) -> list[str]:
    latest = prediction.deadline.latest
    known = decided_days(prediction)
    ends = known + ([latest + timedelta(days=1)] if latest and latest < date.max else [])
    if ends and made.day >= min(ends):
        return [f"it was made after the question was over, {min(ends)}: it is kept, and not scored"]
    return []
