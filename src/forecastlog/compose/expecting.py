"""What a forecast of any kind says, from the words or the keys that were typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forecastlog.compose import readings
from forecastlog.compose.answers import Answers
from forecastlog.compose.readings import Entry, Reading
from forecastlog.errors import BadValue
from forecastlog.keys import AnyReader, Many, Mapped, Shorthand, Table
from forecastlog.kinds import BINARY, KINDS, Kind
from forecastlog.ledger.tables import FORECAST_OF, PREDICTION_OF
from forecastlog.model.forecasts import Says
from forecastlog.model.moments import When
from forecastlog.model.records import Prediction, Window
from forecastlog.values import Reader, Unreadable, brief


def asked(kind: Kind, values: Mapping[str, object], made: When) -> Prediction:
    """A prediction that has what its kind has to know of it, from the values that an entry will hold."""
    table = PREDICTION_OF[kind.name]
    entry = {
        key.name: read_back(key.reader, values[key.name])
        for key in kind.prediction_keys
        if values.get(key.name) not in (None, "", ())
    }
    quo = values.get("status_quo")
    return Prediction(
        id=table.name,
        claim="",
        made=made,
        speaker="",
        deadline=Window(),
        kind=kind.name,
        terms=kind.terms(entry),
        status_quo=None if quo is None else str(quo),
    )


def kind_named(name: str | None) -> Kind:
    """The kind of this name, binary where there is none; raises BadValue."""
    if name is not None and name not in KINDS:
        # A Reader.
        readings.read(PREDICTION_OF[BINARY.name].by_name["kind"].reader, name, "kind")  # type: ignore[arg-type]
    return KINDS[name] if name else BINARY


def kind_of_answers(answers: Answers) -> Kind:
    """The kind of the prediction that is asked for.

    Raises BadValue for an answer that another kind would have.
    """
    kind = kind_named(answers.text("predicts"))
    others = {*PREDICTION_OF[kind.name].foreign, *FORECAST_OF[kind.name].foreign}
    for name in answers.given:
        if name in others and name != "probability":
            raise BadValue(
                f"'{name}' belongs to another kind of prediction than {kind.name}. "
                "Say with --predicts which, or leave it out."
            )
    return kind


def read_forecast(answers: Answers, prediction: Prediction, scale: str, *, negated: bool) -> Reading:
    """What a forecast says: from its own keys, from a phrase, or of binary ones from a figure.

    Raises BadValue.

    The words are kept beside what they were read as; words that cannot be read are kept without.
    """
    kind = KINDS[prediction.kind]
    if kind is BINARY:
        return _likelihood(answers, scale, negated=negated)
    words, typed = answers.text("words"), answers.text("probability")
    table = FORECAST_OF[kind.name]
    own = {key.name: answers.given[key.name] for key in kind.forecast_keys if key.name in answers}
    entry: Entry = {"words": words} if words else {}
    if own:
        entry |= readings.answered(table, own, prediction.made.day)
        return _told(kind, prediction, entry, "", judged=not _in_words(kind, prediction, words, entry))
    try:
        found = kind.typed(typed or words or "", prediction)
    except Unreadable as fault:
        clause = fault.clause("probability", typed or words or "")
        if typed or not words or fault.code != "P103":
            raise BadValue(f"{clause}. {fault.hint}") from None
        return readings.unread(words, clause, kind.forecast_keys[0].name)
    entry |= {key: value for key, value in found.items() if value is not None}
    return _told(kind, prediction, entry, f"'{brief(typed or words or '')}' read as: ")


def _in_words(kind: Kind, prediction: Prediction, words: str | None, entry: Entry) -> bool:
    """Whether the words, where there are some, say something of what was typed.

    Else it is the analyst's own.
    """
    if not words:
        return True
    try:
        found = kind.typed(words, prediction)
    except Unreadable:
        return False
    both = [name for name in kind.ways if name in entry and found.get(name) is not None]
    readers = {key.name: key.reader for key in kind.forecast_keys}
    return any(
        read_back(readers[name], entry[name]) == read_back(readers[name], found[name]) for name in both
    )


def _told(kind: Kind, prediction: Prediction, entry: Entry, head: str, *, judged: bool = False) -> Reading:
    says = said_in(entry, kind)
    told = kind.expected(prediction, says) if says else "nothing"
    convention = f", convention {entry['convention']}" if "convention" in entry else ""
    if judged:
        words = brief(str(entry["words"]))
        said = (
            f"{told}, judged: '{words}' does not say it, so that it is the analyst's own and never "
            "the speaker's"
        )
        return Reading({**entry, "basis": "judged"}, said)
    return Reading({**entry, "basis": "stated"}, f"{head}{told}{convention}")


def said_in(entry: Entry, kind: Kind) -> Says | None:
    """What an entry of a forecast says."""
    keys = {key.name: key.reader for key in kind.forecast_keys}
    return kind.read({name: read_back(keys[name], value) for name, value in entry.items() if name in keys})


def _likelihood(answers: Answers, scale: str, *, negated: bool) -> Reading:
    """A probability and its band, from words, or from the figure in the text or the quote."""
    words, typed = answers.text("words"), answers.text("probability")
    if typed:
        return readings.figure(words, answers.text("quote"), readings.probability(typed))
    return readings.likelihood(words or "", scale, negated=negated)


def read_back(reader: AnyReader, value: Any) -> Any:
    """A value of an entry as it is read from a file."""
    match reader:
        case Reader() if isinstance(value, str):
            return reader.read(value)
        case Many():
            return tuple(read_back(reader.of, item) for item in value)
        case Shorthand():
            whole = value if isinstance(value, Mapping) else {reader.key: value}
            return read_back(reader.table, whole)
        case Table():
            return {name: read_back(reader.by_name[name].reader, item) for name, item in value.items()}
        case Mapped():
            return tuple(
                (read_back(reader.key, key), read_back(reader.value, item)) for key, item in value.items()
            )
    return value
