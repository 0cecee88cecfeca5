"""How articles were chosen, words and deadlines read, outcomes decided, and what the audit found."""

from __future__ import annotations

from typing import Any

from forecastlog.site.pages.caution import FEW, caution
from forecastlog.site.pages.lists import OF_ARTICLE
from forecastlog.site.pages.view import Arguments
from forecastlog.site.store import Row, Store


def relogged(store: Store, forecaster: str | None = None) -> list[Row]:
    """How many records were voided as logged wrongly or twice, by whose, and how their answers changed."""
    return store.all(
        "select forecasters.name, forecasters.id, count(voided) as voided, count(again_id) as again, "
        "sum(after_outcome) as after_outcome, count(change) as changed, group_concat(change, '; ') as ways "
        "from relogged join forecasters on forecasters.id = forecaster_id "
        "where :who is null or forecaster_id = :who group by forecaster_id order by count(*) desc, "
        "forecasters.id",
        who=forecaster,
    )


def read(store: Store, _arguments: Arguments) -> dict[str, Any]:
    """Everything that the page on the method shows."""
    totals = store.totals()
    return {
        "build": store.build(),
        "totals": totals,
        "caution": caution(store, totals),
        "articles": store.all(
            f"select id, title, publisher, published, text, chosen, coverage, {OF_ARTICLE} from articles "
            "order by published limit :few",
            few=FEW,
        ),
        "resolvers": store.all(
            'select "by", name, kind, affiliation, count(*) as n, sum(blind = 1) as blind from resolutions '
            'left join forecasters on forecasters.id = "by" group by "by" order by n desc limit 20'
        ),
        "resolving": store.all(
            "select timing, sum(n) as n, sum(late) as late, cast(round(sum(n * blind_share)) "
            "as integer) as blind, cast(round(sum(n * double_share)) as integer) "
            "as double from scoreboard where \"by\" = 'all' and claims = 'all' group by timing having sum(n) "
            "> 0 order by timing"
        ),
        "scales": store.all("select * from scales order by rowid"),
        "phrases": store.all(
            "select * from readings where scale_id = :own order by coalesce(probability, "
            "(low + high) / 2), words limit 100",
            own=store.build()["scale"],
        ),
        "findings": store.all(
            "select level, count(*) as n from audit where level <> 'harmless' group by level order by n desc"
        ),
        "first_seen": store.all(
            "select kind, count(*) as n from audit where level = 'harmless' group by kind order by kind"
        ),
        "relogged": relogged(store),
        "breaches": store.all('select * from audit where breach = 1 order by "on" desc limit 20'),
    }
