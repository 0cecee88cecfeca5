"""A value that is reckoned when somebody first asks for it.

As ``functools.cached_property``, which before Python 3.12 takes a lock at each first asking: a tenth of the
time that rows of forecasts take.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

Value = TypeVar("Value")


class reckoned(Generic[Value]):  # noqa: N801  # it is used as a decorator
    """A method whose value the instance holds in its place once it was asked for."""

    def __init__(self, method: Callable[[Any], Value]) -> None:
        self._method, self._name, self.__doc__ = method, method.__name__, method.__doc__

    @overload
    def __get__(self, instance: None, owner: type[Any]) -> reckoned[Value]: ...
    @overload
    def __get__(self, instance: object, owner: type[Any]) -> Value: ...
    def __get__(self, instance: object | None, owner: type[Any]) -> reckoned[Value] | Value:
        """The value, found in the instance from now on."""
        if instance is None:
            return self
        value = instance.__dict__[self._name] = self._method(instance)
        return value
