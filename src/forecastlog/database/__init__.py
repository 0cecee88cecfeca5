"""Rows -> SQLite: the published print-out of the ledger."""

from forecastlog.database.build import BuildReport, build
from forecastlog.database.metadata import metadata

__all__ = ["BuildReport", "build", "metadata"]
