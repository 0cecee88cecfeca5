"""What every kind of prediction answers for itself."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from forecastlog.column import Column
from forecastlog.keys import Key
from forecastlog.model.forecasts import Says, Terms
from forecastlog.model.outcomes import Resolution
from forecastlog.model.records import Prediction
from forecastlog.problems import Severity
from forecastlog.values import Reader, Unreadable, offer
from forecastlog.vocabulary.outcomes import OUTCOMES

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

Row = Mapping[str, Any]
"""A forecast as the columns of its kind show it."""

NOT_DECIDED = tuple(word.name for word in OUTCOMES.values() if word.undecided or not word.needs_evidence)
"""The outcomes that a prediction of any kind may have: those that decide nothing."""


class Said(NamedTuple):
    """What is scored: what somebody said of a prediction on a day, and what came."""

    prediction: Prediction
    says: Says
    outcome: str
    made: date | None = None


class Misfit(NamedTuple):
    """What does not fit within a prediction of a kind, at a place below the record."""

    code: str
    place: tuple[str | int, ...]
    message: str
    hint: str
    severity: Severity = "error"


class Measure(NamedTuple):
    """A figure on many forecasts of a kind, which nothing but forecasts of that kind goes into.

    ``of`` tells apart what is not put together: a level, the levels of quantiles, a unit. ``low`` and
    ``high`` are the ends of a 95 % interval, ``due`` what there was to be expected, ``verdict`` what the
    figure says in words.
    """

    name: str
    n: int
    value: float | None
    of: str = ""
    low: float | None = None
    high: float | None = None
    due: float | None = None
    verdict: str | None = None


class Kind(ABC):
    """One kind of prediction; each is one value of a class of its own, ``KIND`` of a folder of this room.

    ``prediction_keys`` and ``forecast_keys`` are what people write for this kind; those of a forecast that
    are ``asides`` tell nothing of what is expected. ``terms_columns`` and ``columns`` show them, with how
    listings do; ``score_columns`` show what it scored. A column's ``value`` is handed the terms or what a
    forecast says. ``figures`` names the numbers behind a forecast, as ``row`` gives them; ``by_figures``
    tells that scores follow from these and from the outcome's number (``scores_of``). ``headline`` is the
    score that stands for all; 0 is the best. ``outcomes`` says in words what its outcomes are, ``unchanged``
    what nothing changing would bring, and ``how`` asks for a forecast in the text's words.
    """

    name: ClassVar[str]
    meaning: ClassVar[str]
    outcomes: ClassVar[str]
    unchanged: ClassVar[str]
    how: ClassVar[str]
    prediction_keys: ClassVar[tuple[Key, ...]] = ()
    forecast_keys: ClassVar[tuple[Key, ...]]
    asides: ClassVar[frozenset[str]] = frozenset()
    terms_columns: ClassVar[tuple[Column, ...]] = ()
    columns: ClassVar[tuple[Column, ...]]
    score_columns: ClassVar[tuple[Column, ...]]
    figures: ClassVar[tuple[str, ...]]
    by_figures: ClassVar[bool] = False
    headline: ClassVar[str]
    outcome: ClassVar[Reader]
    status_quo: ClassVar[Reader]
    says: ClassVar[type[Says]]
    asks: ClassVar[type[Terms]] = Terms

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its columns."""
        return tuple(column.name for column in self.columns)

    @property
    def ways(self) -> tuple[str, ...]:
        """The keys of a forecast that say all by themselves, so that no words have to be read."""
        return tuple(key.name for key in self.forecast_keys if key.name not in self.asides)

    def terms(self, entry: Row) -> Terms | None:  # noqa: ARG002  # most kinds have some
        """What a prediction asks for, from the values of its keys; None for a kind that needs no more."""
        return None

    @abstractmethod
    def read(self, entry: Row) -> Says | None:
        """What a forecast says, from the values of its keys; None where none of them is there."""

    def basis(self, entry: Row) -> str:  # noqa: ARG002
        """What a forecast rests on that does not say so."""
        return "stated"

    def misfits(self, prediction: Prediction) -> Iterator[Misfit]:  # noqa: ARG002
        """What does not fit each other in what people wrote of it."""
        return iter(())

    @abstractmethod
    def decided(self, prediction: Prediction, outcome: str | None) -> float | None:
        """The outcome as a number; None where it is none, or none of the prediction's own."""

    def alike(self, prediction: Prediction, outcome: str) -> object:  # noqa: ARG002
        """What two outcomes that are one and the same have in common, however they are written."""
        return outcome

    def void(self, prediction: Prediction, outcome: str) -> str | None:  # noqa: ARG002
        """Why this outcome makes the prediction void, where it does: one of the vocabulary's reasons."""
        return None

    def deciding(self, prediction: Prediction) -> Sequence[Resolution]:
        """The resolutions that speak of what was asked."""
        return prediction.resolutions

    def lapses(self, prediction: Prediction) -> str:  # noqa: ARG002
        """The outcome that time alone brings about; empty where none."""
        return ""

    def happens(self, prediction: Prediction) -> str:  # noqa: ARG002
        """The outcome that an event within the days that count brings about.

        Empty where any of several does.
        """
        return ""

    def answers(self, said: Said) -> bool:  # noqa: ARG002
        """Whether the forecast could speak of what came."""
        return True

    @abstractmethod
    def stays(self, prediction: Prediction) -> bool:
        """Whether it is told what no change would bring."""

    @abstractmethod
    def row(self, says: Says) -> tuple[float, ...]:
        """The ``figures`` of a forecast that can be scored."""

    @abstractmethod
    def scores(self, said: Sequence[Said]) -> Mapping[str, Floats]:
        """Every score of forecasts, a row each, by the name of its column; NaN where there is none."""

    def scores_of(self, figures: Floats, outcome: Floats) -> Mapping[str, Floats]:
        """The same scores from rows of ``figures`` and what came, where a kind is scored ``by_figures``."""
        raise NotImplementedError

    def headline_of(self, figures: Floats, outcome: Floats) -> Floats:
        """The score of these that stands for all."""
        return self.scores_of(figures, outcome)[self.headline]

    @abstractmethod
    def reference(self, prediction: Prediction, sure: float, says: Says | None = None) -> Says | None:
        """What somebody gives who is so ``sure`` that nothing changes; None where that is not told.

        ``says`` is the forecast beside which it stands, where that tells what was known then.
        """

    def published(self, scored: Mapping[str, Floats]) -> dict[str, Sequence[float | None]]:
        """What pairs scored, a list by the name of each column; what is missing or infinite is empty."""
        there = (column.name for column in self.score_columns if column.name in scored)
        return {name: numbers(scored[name]) for name in there}

    def measures(self, scored: Sequence[Row], said: Sequence[Said]) -> Iterator[Measure]:  # noqa: ARG002
        """What many scored pairs of a group come to: rows of scores, and the last forecast of each."""
        return iter(())

    def band(self, row: Row) -> str:  # noqa: ARG002
        """Between what it lies, as exactly as it is stored, where ``expected`` does not tell that.

        Else empty.
        """
        return ""

    @abstractmethod
    def expected(self, prediction: Prediction, says: Says) -> str:
        """What a forecast says, in words that follow a name: ``gave it 40 %``."""

    def came(self, prediction: Prediction, outcome: str) -> str | None:  # noqa: ARG002
        """What came, as a sentence; None where the vocabulary's own word says it."""
        return None

    def line(self, outcome: str | None) -> tuple[float, float] | None:  # noqa: ARG002
        """Between what it lies on the line of values that a chart has, days by their ordinal.

        None where on none.
        """
        return None

    def went(self, said: Said) -> str | None:  # noqa: ARG002
        """How a forecast went, beside what nothing changing would have brought.

        None where nothing is to be told.
        """
        return None

    @abstractmethod
    def typed(self, text: str, prediction: Prediction) -> Mapping[str, object]:
        """The keys of a forecast that a phrase means; raises Unreadable."""


def number(value: object) -> float | None:
    """A float, or None for what is missing or infinite."""
    if value is None:
        return None
    found = float(value)  # type: ignore[arg-type]  # numbers of any sort
    return found if abs(found) < float("inf") else None


def numbers(values: Floats) -> list[float | None]:
    """Floats, and None for those that are missing or infinite."""
    import numpy as np

    found: list[float | None] = values.tolist()
    for place in np.flatnonzero(~np.isfinite(values)).tolist():
        found[place] = None
    return found


def unread(reader: Reader, prediction: Prediction) -> Iterator[Misfit]:
    """Outcomes that are none of the prediction's kind, where its line does not tell the kind."""
    for index, entry in enumerate(prediction.resolutions):
        try:
            if entry.outcome:
                reader.read(entry.outcome)
        except Unreadable as fault:
            message = fault.clause("outcome", entry.outcome)
            yield Misfit(fault.code, ("resolutions", index, "outcome"), message, fault.hint)


def kept(reader: Reader) -> Reader:
    """The same reader, of a value that is kept as it was written."""

    def read(text: str) -> str:
        reader.read(text)
        return text

    return Reader(read, reader.schema)


def outcome_reader(read: Callable[[str], object], schema: Mapping[str, Any], say: str) -> Reader:
    """A reader of outcomes that are kept as they were written.

    The words that decide nothing always are some.
    """

    def outcome(text: str) -> str:
        if text not in NOT_DECIDED:
            try:
                read(text)
            except (Unreadable, ValueError):
                hint = offer(text, NOT_DECIDED)[:-1] + f", or {say}."
                raise Unreadable("P107", "unknown outcome '{text}'", hint) from None
        return text

    return Reader(outcome, {"anyOf": [{"enum": list(NOT_DECIDED)}, dict(schema)]})


_PAIR = re.compile(r"\s*(?P<key>[^,;:]+?)\s*(?::\s*|\s+)(?P<value>[^\s,;:]+(?:\s*%)?)\s*")


def paired(text: str, key: Reader, value: Reader) -> tuple[tuple[Any, Any], ...]:
    """What ``a: 45%, b: 35%`` says, as pairs in their order; raises Unreadable.

    >>> from forecastlog.values import PROBABILITY, TEXT
    >>> paired("near normal 45%, above: 55%", TEXT, PROBABILITY)
    (('near normal', 0.45), ('above', 0.55))
    """
    found = []
    for part in re.split(r"[,;]", text.strip().strip("{}")):
        match = _PAIR.fullmatch(part)
        if match is None:
            hint = "Write pairs with commas between, such as a: 45%, b: 55%."
            raise Unreadable("P103", "'{text}' is no list of pairs", hint)
        found.append((key.read(match["key"]), value.read(match["value"])))
    return tuple(found)
