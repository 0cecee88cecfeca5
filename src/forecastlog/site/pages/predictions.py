"""The predictions, found by words and filters."""

from __future__ import annotations

import csv
import io
from typing import Any

from markupsafe import Markup, escape

from forecastlog.site.pages.choice import (
    INDEXED,
    MOST_COUNTED,
    MOST_RANKED,
    SORTS,
    Choice,
    chosen,
    found,
    offered,
    phrase,
    told,
)
from forecastlog.site.pages.lists import COLUMNS, JOIN
from forecastlog.site.pages.summary import summary
from forecastlog.site.pages.view import Arguments, arguments_of, asked, caching, number_of
from forecastlog.site.store import Row, Store
from forecastlog.spreadsheet import cell

SIZE = 25
FARTHEST = 4000
"""The last page that is counted to; a filter finds what lies beyond."""
WEIGHTS = {
    "claim": 6,
    "byline": 8,
    "publisher": 6,
    "tags": 5,
    "question": 6,
    "quote": 6,
    "criteria": 1,
    "article_title": 0.5,
}
"""How much a hit in each searched column weighs: names and words more than what a title says of everything in
it."""
_START, _END = "\x02", "\x03"


def read(store: Store, arguments: Arguments) -> dict[str, Any]:
    """A page of the list (page), with the filters that lead on."""
    choice = chosen(arguments)
    n = found(store, choice)
    ranked = choice.searches and n <= MOST_RANKED and not choice.sort
    page = number_of(arguments, FARTHEST)
    rows = _page(store, choice, page, ranked=ranked)
    return {
        "build": store.build(),
        "choice": choice,
        "n": n,
        "at_most": MOST_COUNTED,
        "ranked": ranked,
        "rows": rows[:SIZE],
        "summary": summary(store, choice, n),
        "page": page,
        "more": len(rows) > SIZE,
        "first": SIZE * (page - 1) + 1,
        "groups": offered(store, choice, n),
        "chosen": told(store, choice),
        "sorts": {name: title for name, (title, _) in SORTS.items()},
        "elsewhere": _elsewhere(store, choice.q),
        "crowded": len(choice.filters) >= INDEXED,
    }


def _page(store: Store, choice: Choice, page: int, *, ranked: bool) -> list[Row]:
    order = f"bm25(predictions_fts, {_weights()})" if ranked else SORTS[choice.sort or "said"][1]
    hit = f", snippet(predictions_fts, -1, '{_START}', '{_END}', '…', 14) as hit" if choice.searches else ""
    rows = store.all(
        f"select {COLUMNS}{hit} from {choice.source} {JOIN} where {choice.where} order by {order} "
        "limit :size offset :skipped",
        size=SIZE + 1,
        skipped=SIZE * (page - 1),
        **choice.given,
    )
    return [row | {"hit": _marked(row.get("hit"), row)} for row in rows]


def _weights() -> str:
    """The weights in the order of the searched columns."""
    from forecastlog.columns.predictions import PREDICTIONS

    return ", ".join(str(WEIGHTS[name]) for name in PREDICTIONS.search)


def _marked(hit: str | None, row: Row) -> Markup | None:
    """A hit with what was looked for marked, and nothing else in it as HTML.

    None where the row shows it anyway.
    """
    plain = (hit or "").replace(_START, "").replace(_END, "").strip("… ")
    if not hit or any(plain in (row[shown] or "") for shown in ("byline", "quote", "claim", "publisher")):
        return None
    safe = str(escape(hit)).replace(_START, "<mark>").replace(_END, "</mark>")
    return Markup(safe)  # noqa: S704  # escaped in the line above


def _elsewhere(store: Store, q: str) -> list[Row]:
    """People, outlets and topics whose name holds the words."""
    if not phrase(q):
        return []
    return store.all(
        "select by, id, name, n from filters where by in ('person', 'outlet', 'topic', 'event') "
        "and instr(lower(name), lower(:q)) order by by = 'person' desc, by = 'outlet' desc, n desc limit 8",
        q=q,
    )


async def download(datasette: Any, request: Any) -> Any:
    """Every prediction of a choice with every column, whole: as CSV or as a JSON list."""
    from datasette import Response

    choice = chosen(arguments_of(request))
    rows = await asked(datasette, request, lambda store: _all(store, choice))
    if request.url_vars["format"] == "json":
        return Response.json(rows, headers=caching(datasette))
    name = {"content-disposition": 'attachment; filename="predictions.csv"'}
    return Response(
        as_csv(rows), headers={**caching(datasette), **name}, content_type="text/csv; charset=utf-8"
    )


def _all(store: Store, choice: Choice) -> list[Row]:
    return store.all(
        f"select predictions.* from {choice.source} where {choice.where} order by predictions.rowid",
        **choice.given,
    )


def as_csv(rows: list[Row]) -> str:
    """The rows as CSV; a cell with which a spreadsheet would reckon is made a text."""
    text = io.StringIO()
    writer = csv.writer(text)
    for number, row in enumerate(rows):
        if not number:
            writer.writerow(row)
        writer.writerow(map(cell, row.values()))
    return text.getvalue()
