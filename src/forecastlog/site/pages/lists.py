"""Lists of predictions as several pages show them."""

from __future__ import annotations

from forecastlog.site.store import Row, Store

COLUMNS = ", ".join(
    [
        *(
            f"predictions.{name}"
            for name in (
                "id",
                "claim",
                "speaker_id",
                "status",
                "outcome",
                "reason",
                "words",
                "basis",
                "probability",
                "low",
                "high",
                "made",
                "said",
                "earliest",
                "strict",
                "latest",
                "due_on",
                "known",
                "kind",
                "timing",
                "main",
                "withdrawn",
                "byline",
                "told",
                "spoken",
                "quote",
                "ended",
                "went",
                "own_words",
                "logged_wrongly",
                "article_id",
                "article_title",
                "condition_id",
                "text",
                "event",
                "criteria",
                "publisher",
            )
        ),
        "forecasters.name as speaker",
    ]
)
JOIN = "left join forecasters on forecasters.id = predictions.speaker_id"
ITEM = f"select {COLUMNS} from predictions {JOIN} "

FORECAST = (
    "select predictions.id, claim, forecaster_id, forecasts.byline, forecasts.told, forecasts.made, "
    "forecasts.made as said, forecasts.ended, forecasts.went, forecasts.words, forecasts.basis, "
    "forecasts.probability, forecasts.low, forecasts.high, forecasts.text, forecasts.own_words, "
    "null as quote, null as spoken, null as withdrawn, publisher, predictions.status, predictions.outcome, "
    "predictions.reason, latest, event, criteria, condition_id, predictions.article_id, predictions.kind, "
    "timing from forecasts join predictions on predictions.id = prediction_id "
)

BROWSED = "predictions.logged_wrongly = 0"
"""What keeps out what was logged wrongly or twice: it has its page, and a list of its own."""
OF_ARTICLE = (
    "(select count(*) from predictions where article_id = articles.id and logged_wrongly = 0) as predictions"
)
"""How many predictions of an article count, as a column under that name."""
OWN = "forecasts.own_words = 1 and (forecasts.basis is not 'judged' or forecasts.words is not null)"
"""What somebody said in their own words; an analyst's bare judgement of a text is no saying of anybody's."""


def speakers(key: str) -> str:
    """Whoever's words are those of the person whose id the SQL is given as ``key``.

    Their own, and those that they wrote with others.
    """
    return (
        f"select :{key} as id union all select forecaster_id from forecaster_names "
        f"where name = :{key} and relation = 'member'"
    )


def items(store: Store, where: str, **given: object) -> list[Row]:
    """Predictions with their speaker's name; ``where`` is SQL of our own, values come as ``given``."""
    return store.all(ITEM + where, **given)


def forecasts(store: Store, where: str, **given: object) -> list[Row]:
    """Forecasts as the lines of a list.

    As predictions are, but with what this forecaster said and how that went.
    """
    return store.all(FORECAST + where, **given)


def coming(store: Store, limit: int) -> list[Row]:
    """What falls due next."""
    return items(
        store,
        "where predictions.status = 'open' and due_on is not null order by due_on, predictions.rowid "
        "limit :limit",
        limit=limit,
    )


def due_now(store: Store, limit: int, kind: str = "due") -> list[Row]:
    """Predictions that want looking at for one reason, the most overdue first, with ``since`` when."""
    return store.all(
        f"select item.*, due.due_on as since from due cross join ({ITEM}) as item on item.id = due.id "
        "where due.kind = :kind order by days_overdue desc, item.id limit :limit",
        kind=kind,
        limit=limit,
    )


def latest_resolutions(store: Store, limit: int) -> list[Row]:
    """Predictions whose outcome was known most lately, each with a piece of evidence where there is one."""
    entries = store.all(
        "select resolutions.id as entry, prediction_id, resolutions.known "
        "from resolutions cross join predictions on predictions.id = prediction_id where stands = 1 "
        f"and {BROWSED} order by resolutions.known desc, resolutions.rowid desc limit :limit",
        limit=3 * limit,
    )
    newest: dict[str, Row] = {}
    for entry in entries:
        newest.setdefault(entry["prediction_id"], entry)
    return [_resolved(store, entry) for entry in list(newest.values())[:limit]]


def _resolved(store: Store, entry: Row) -> Row:
    row = items(store, "where predictions.id = :key", key=entry["prediction_id"])[0]
    evidence = store.one(
        (
            "select url, title, shows, searched from evidence where resolution_id = :key order by "
            "position limit 1"
        ),
        key=entry["entry"],
    )
    return row | {"evidence": evidence}
