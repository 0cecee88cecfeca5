"""The data: where they are, what each column means, under which licence, and how to cite them."""

from __future__ import annotations

from typing import Any

from forecastlog.site.pages.view import Arguments
from forecastlog.site.store import Store


def read(store: Store, _arguments: Arguments) -> dict[str, Any]:
    """Everything that the page of the data shows."""
    from forecastlog.database.schema import RECORDS, TABLES

    return {
        "build": store.build(),
        "records": RECORDS,
        "reckoned": [table for table in TABLES if table not in RECORDS],
    }
