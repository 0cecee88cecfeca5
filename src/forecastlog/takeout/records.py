"""The predictions that machines wrote, as lines of one file, which a ledger reads below ``imports/``.

Corrections are told and their lines are as corrected; what stood twice stands once. What people logged stands
in their files, with articles and conditions: those are text, and are taken along as they are.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from forecastlog.errors import BadValue
from forecastlog.ledger.lines import lines_of
from forecastlog.model.records import Prediction
from forecastlog.placing import check_new, written_whole

ENDING = ".jsonl"


def write_records(path: Path, predictions: Iterable[Prediction], *, replace: bool) -> int:
    """Write the lines of all that have a ``source`` and no article, the file whole or not.

    Returns how many predictions.

    A day without a time is its midnight in UTC.

    Raises BadValue for another ending, Refused where something stands there, WriteFailed.
    """
    if path.suffix != ENDING:
        raise BadValue(f"{path}: machine records are JSON Lines. End the name with {ENDING}.")
    check_new(path, replace=replace)
    number = 0
    with written_whole(path) as temporary, temporary.open("w", encoding="utf-8") as file:
        for prediction in predictions:
            if prediction.source and prediction.article is None:
                file.writelines(_lines(prediction))
                number += 1
    return number


def _lines(prediction: Prediction) -> Iterator[str]:
    logged = prediction.logged or prediction.made
    recorded = str(logged) if logged.time else f"{logged.day}T00:00:00Z"
    for line in lines_of(prediction, recorded):
        yield f"{json.dumps(line, ensure_ascii=False)}\n"
