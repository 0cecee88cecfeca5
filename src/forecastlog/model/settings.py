"""A desk's defaults, and what it says of its log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, tzinfo
from typing import Any, Literal

from forecastlog.vocabulary.articles import EventsBy, SourceKind
from forecastlog.vocabulary.forecasts import DEFAULT_SCALE


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """A desk's defaults, and what it says of its log, from ``forecastlog.toml``."""

    format: int = 1
    scale: str = DEFAULT_SCALE
    hemisphere: Literal["north", "south"] = "north"
    fiscal_year: str = "us"
    title: str | None = None
    description: str | None = None
    licence: str | None = None
    licence_url: str | None = None
    language: str | None = None
    contact: str | None = None
    texts: str | None = None
    timezone: str | None = None
    events: EventsBy = "article"
    events_why: str | None = None
    topics: tuple[tuple[str, tuple[str, ...]], ...] = ()
    periods: tuple[tuple[str, tuple[tuple[date, date], ...]], ...] = ()
    sources: tuple[tuple[str, SourceKind], ...] = ()
    archive: str | None = None
    cues: tuple[str, ...] = ()

    @property
    def zone(self) -> tzinfo | None:
        """The zone whose days are counted; None where a time belongs to the day written."""
        if self.timezone is None:
            return None
        from zoneinfo import ZoneInfo

        return ZoneInfo(self.timezone)

    @property
    def reading(self) -> dict[str, Any]:
        """What the reading of a time phrase takes from the desk."""
        return {"hemisphere": self.hemisphere, "fiscal_year": self.fiscal_year, "periods": dict(self.periods)}
