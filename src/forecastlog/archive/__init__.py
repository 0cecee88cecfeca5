"""Copies of cited pages: fetched politely when somebody asks for it, kept by digest outside of git."""

from __future__ import annotations

from forecastlog.archive.fetch import Manners, NotFetched, Page, Visitor
from forecastlog.archive.store import Store
from forecastlog.archive.text import text_of
from forecastlog.archive.wayback import Wayback

__all__ = ["Manners", "NotFetched", "Page", "Store", "Visitor", "Wayback", "text_of"]
