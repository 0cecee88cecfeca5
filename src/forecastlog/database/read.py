"""What every phrase in the log means on every scale: the table that pages compare our reading with."""

from __future__ import annotations

from collections.abc import Iterator

from forecastlog.column import Row
from forecastlog.database.parts import Before
from forecastlog.likelihood import SCALES, parse_likelihood, readings


def scale_rows() -> Iterator[Row]:
    """The scales, our own first."""
    for scale in SCALES.values():
        yield {
            "id": scale.id,
            "title": scale.title,
            "kind": scale.kind,
            "sources": "; ".join(scale.sources),
        }


def reading_rows(before: Before) -> Iterator[Row]:
    """Each phrase as it was said, and the anchor by which it is counted, on each scale that has it."""
    said = {
        " ".join(words.casefold().split())
        for (words,) in before.values("select distinct words from forecasts where words <> ''")
    }
    anchors = {reading.anchor for words in said if (reading := parse_likelihood(words)) and reading.anchor}
    for words in sorted(said | anchors):
        for scale, reading in readings(words).items():
            if reading and reading.basis != "stated":
                yield {
                    "words": words,
                    "scale_id": scale,
                    "probability": reading.probability,
                    "low": reading.low,
                    "high": reading.high,
                }
