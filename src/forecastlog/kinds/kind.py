"""What every kind of prediction answers for itself."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from forecastlog.column import Column
from forecastlog.keys import Key
from forecastlog.model import Prediction, Says
from forecastlog.values import Reader

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

Row = Mapping[str, Any]
"""A forecast as the columns of its kind show it."""


class Kind(ABC):
    """One kind of prediction; each is one value of a class of its own.

    ``prediction_keys`` and ``forecast_keys`` are what people write for this kind and no other. ``columns``
    are those of its forecast keys, and how listings show them; ``score_columns`` those of what it scored.
    ``figures`` names the numbers behind a forecast, as ``row`` gives them and ``scores`` takes them. ``headline``
    is the score that stands for all.
    """

    name: ClassVar[str]
    meaning: ClassVar[str]
    prediction_keys: ClassVar[tuple[Key, ...]] = ()
    forecast_keys: ClassVar[tuple[Key, ...]]
    columns: ClassVar[tuple[Column, ...]]
    score_columns: ClassVar[tuple[Column, ...]]
    figures: ClassVar[tuple[str, ...]]
    headline: ClassVar[str]
    outcome: ClassVar[Reader]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its columns."""
        return tuple(column.name for column in self.columns)

    @abstractmethod
    def read(self, entry: Row) -> Says | None:
        """What a forecast says, from the values of its keys; None where none of them is there."""

    @abstractmethod
    def decided(self, prediction: Prediction, outcome: str | None) -> float | None:
        """The outcome as a number to score against; None where it is none."""

    @abstractmethod
    def row(self, says: Says) -> tuple[float, ...]:
        """The ``figures`` of a forecast that can be scored."""

    @abstractmethod
    def scores(self, figures: Mapping[str, Floats], outcome: Floats) -> Mapping[str, Floats]:
        """Every score of forecasts, a row each, by the name of its column."""

    @abstractmethod
    def reference(self, prediction: Prediction, sure: float) -> Says | None:
        """What somebody gives who is so ``sure`` that nothing changes; None where that is nothing in particular."""

    def published(self, scored: Row) -> dict[str, float | None]:
        """What a pair scored as its columns hold it; what is missing or infinite is empty."""
        return {column.name: number(scored[column.name]) for column in self.score_columns}

    @abstractmethod
    def band(self, row: Row) -> str:
        """Between what it lies, as exactly as it is stored; empty where that is not known."""


def number(value: object) -> float | None:
    """A float, or None for what is missing or infinite."""
    if value is None:
        return None
    found = float(value)  # type: ignore[arg-type]  # numbers of any sort
    return found if abs(found) < float("inf") else None
