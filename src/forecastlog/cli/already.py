"""A question that may be asked already: log this as a forecast on that one."""

from __future__ import annotations

from collections.abc import Sequence

from forecastlog.cli.writing import ask, tell
from forecastlog.errors import BadValue
from forecastlog.model.records import Prediction


def chosen_of(found: Sequence[Prediction]) -> str | None:
    """The id of the open prediction that a person says asks the same; None where none does."""
    if not found:
        return None
    tell(["This may be asked already:", *(f"{n} {one.id}: {one.claim}" for n, one in enumerate(found, 1))])

    def read(text: str) -> str | None:
        if not text:
            return None
        if text.isdecimal() and 1 <= int(text) <= len(found):
            return found[int(text) - 1].id
        raise BadValue(f"Type a number from 1 to {len(found)}, or press Enter.")

    return ask("Log this as a forecast on which of them? (Enter: it is another question)", read)
