"""The kinds of predictions. A new one is a module of this folder and a row of ``KINDS``.

What a forecast says, how it is typed and read, how an outcome is, what it scores, its columns and its sentences:
everybody else asks ``kind_of`` and names no figure of any one kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from forecastlog.keys import Anything, Key
from forecastlog.kinds.binary import BINARY, Chance, chance
from forecastlog.kinds.kind import Kind, Row
from forecastlog.model import Forecast, Prediction
from forecastlog.values import Reader, Unreadable

__all__ = [
    "BINARY",
    "FORECAST_KEYS",
    "KIND",
    "KINDS",
    "OUTCOME",
    "PREDICTION_KEYS",
    "Chance",
    "Kind",
    "Row",
    "chance",
    "foreign",
    "kind_of",
    "said_by",
]

KINDS: Mapping[str, Kind] = MappingProxyType({kind.name: kind for kind in (BINARY,)})

_TO_COME = (
    Key("options", Anything(), "the possible answers"),
    Key("ordered", Anything(), "whether the answers have an order"),
    Key("unit", Anything(), "what a number counts"),
    Key("range", Anything(), "the least and the greatest number"),
)
_TO_COME_IN_FORECASTS = (
    Key("probabilities", Anything(), "a share for every option"),
    Key("quantiles", Anything(), "values with the probability of staying below them"),
    Key("interval", Anything(), "a range with its probability"),
    Key("normal", Anything(), "mean and standard deviation"),
    Key("never", Anything(), "the probability that it never happens"),
)
"""Keys that are kept for kinds which are not built yet, so that no other use of them begins."""


def kind_of(prediction: Prediction) -> Kind:
    """The kind of a prediction; one that is not known is reported when it is read, and taken for binary."""
    return KINDS.get(prediction.kind, BINARY)


def said_by(forecast: Forecast | None) -> Row:
    """What a forecast says as a row of the columns of all kinds."""
    says = forecast.says if forecast else None
    return {name: getattr(says, name, None) for kind in KINDS.values() for name in kind.names}


def foreign(kind: Kind) -> tuple[str, ...]:
    """The keys of a prediction that belong to other kinds."""
    own = {key.name for key in kind.prediction_keys}
    return tuple(key.name for key in PREDICTION_KEYS if key.name not in own)


def _together(of_kinds: list[tuple[Key, ...]], to_come: tuple[Key, ...]) -> tuple[Key, ...]:
    """The keys of all kinds, each name once."""
    found: dict[str, Key] = {}
    for keys in (*of_kinds, to_come):
        for key in keys:
            found.setdefault(key.name, key)
    return tuple(found.values())


def _kind(text: str) -> str:
    if text not in KINDS:
        known = ", ".join(f"{kind.name} ({kind.meaning})" for kind in KINDS.values())
        hint = f"This version reads {known}. Leave 'kind' out for {BINARY.name}."
        raise Unreadable("P112", "predictions of kind '{text}' are not supported yet", hint)
    return text


def _outcome(text: str) -> str:
    """An outcome of any kind; whether it is one of the prediction's own kind is for a rule to say."""
    faults = []
    for kind in KINDS.values():
        try:
            kind.outcome.read(text)
        except Unreadable as fault:
            faults.append(fault)
        else:
            return text
    raise faults[0]


PREDICTION_KEYS = _together([kind.prediction_keys for kind in KINDS.values()], _TO_COME)
FORECAST_KEYS = _together([kind.forecast_keys for kind in KINDS.values()], _TO_COME_IN_FORECASTS)
KIND = Reader(_kind, {"enum": list(KINDS)})
OUTCOME = Reader(_outcome, {"anyOf": [dict(kind.outcome.schema) for kind in KINDS.values()]})
