"""The finds of a document: those of its text, each with its place in the recording."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from forecastlog.suggest.documents import Document
from forecastlog.suggest.find import Find
from forecastlog.suggest.finder import DEFAULT_SCORE, suggest
from forecastlog.vocabulary.forecasts import DEFAULT_SCALE

if TYPE_CHECKING:
    from forecastlog.deadlines.parse import Reading


def finds_in(
    document: Document,
    *,
    scale: str = DEFAULT_SCALE,
    min_score: int = DEFAULT_SCORE,
    own_cues: tuple[str, ...] = (),
    everything: bool = False,
    reading: Reading | None = None,
) -> list[Find]:
    """What ``suggest`` finds in a document's text, with time codes; takes and raises what it does."""
    found = suggest(
        document.text,
        published=document.published,
        author=document.author,
        scale=scale,
        min_score=min_score,
        own_cues=own_cues,
        everything=everything,
        reading=reading,
    )
    return [replace(find, at=document.at(find.start)) for find in found] if document.times else found
