"""Forecasts that are read when somebody looks at them: a listing of predictions looks at none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any, cast

from forecastlog.model.forecasts import Forecast
from forecastlog.model.records import Prediction


class Later(Sequence[Forecast]):
    """What a tuple of forecasts is: it has their number, order and values, and equals that tuple.

    ``read`` gives them, and is asked once.
    """

    def __init__(self, read: Callable[[], Sequence[Forecast]]) -> None:
        self._read = read

    @cached_property
    def _all(self) -> tuple[Forecast, ...]:
        return tuple(self._read())

    def __getitem__(self, place: Any) -> Any:
        return self._all[place]

    def __len__(self) -> int:
        return len(self._all)

    def __eq__(self, other: object) -> bool:
        return self._all == (other._all if isinstance(other, Later) else other)

    def __hash__(self) -> int:
        return hash(self._all)

    def __repr__(self) -> str:
        return repr(self._all)


def with_later(prediction: Prediction, read: Callable[[], Sequence[Forecast]]) -> Prediction:
    """The prediction with forecasts that are read later."""
    return replace(prediction, forecasts=cast("tuple[Forecast, ...]", Later(read)))
