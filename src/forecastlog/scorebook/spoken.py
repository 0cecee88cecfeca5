"""By what totals count predictions, with or without a forecast."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from forecastlog.model.ledger import Ledger
from forecastlog.scorebook.groups import block_of, event_of, groups_of
from forecastlog.standing.due import said
from forecastlog.vocabulary.scores import Block


class Spoken(NamedTuple):
    """By what totals count one prediction; its block follows from what the speaker said last."""

    prediction: str
    forecaster: str | None
    publisher: str | None
    article: str | None
    event: str
    source: str
    block: Block


def spoken_of(ledger: Ledger, day: date) -> Iterator[Spoken]:
    """Every prediction as totals count it at the end of ``day``.

    Where it has no article, its source is its place.
    """
    for one in ledger.predictions:
        block = block_of(said(one, ledger, day), one)
        groups = groups_of(one, ledger, forecaster=one.speaker or "", block=block, latest=None)
        forecaster, publisher, article = (
            groups.get(by, (None,))[0] for by in ("forecaster", "publisher", "article")
        )
        source = str(one.article or one.source)
        yield Spoken(one.id, forecaster, publisher, article, event_of(one, ledger), source, block)
