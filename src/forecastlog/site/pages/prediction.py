"""A prediction: who said what, in which words, by when, what came of it, on what evidence, who decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

from markupsafe import Markup

from forecastlog.column import Column
from forecastlog.columns.predictions import PREDICTIONS
from forecastlog.kinds import KINDS
from forecastlog.site import wording
from forecastlog.site.charts import Moment, timeline
from forecastlog.site.pages.expected import chart_of, expectation
from forecastlog.site.store import Row, Store
from forecastlog.values import FIRST
from forecastlog.vocabulary.audit import FINDING_LEVELS
from forecastlog.vocabulary.scores import LEFT_OUT, TIMINGS
from forecastlog.voice import closed, marked

MOST_FORECASTS = 200
MOST_LINKED = 20
LINKS = {"restates_id": "says it again", "hedges_id": "hedges it", "reverses_id": "takes it back"}
"""How a prediction may take up an earlier one, by the column that names that one."""
RELATED = (
    "select id, claim, told, ended, made, kind, latest, status, outcome, reason, "
    f"{', '.join(LINKS)} from predictions where"
)


def read(store: Store, key: str) -> dict[str, Any] | None:
    """Everything that a prediction's page shows; None for an unknown one."""
    row = store.one(
        "select predictions.*, forecasters.name as speaker, forecasters.kind as speaker_kind "
        "from predictions left join forecasters on forecasters.id = speaker_id where predictions.id = :key",
        key=key,
    )
    if row is None:
        return None
    forecasts, scores = _forecasts(store, key), _scores(store, key)
    return {
        "build": store.build(),
        "row": row,
        "article": store.one("select * from articles where id = :key", key=row["article_id"]),
        "turns_on": store.event(row["event"]),
        "via": store.one("select id, name from forecasters where id = :key", key=row["via"]),
        "condition": store.one("select * from conditions where id = :key", key=row["condition_id"]),
        "also": wording.listed(row["also"]),
        "tags": [str(tag) for tag in wording.listed(row["tags"])],
        "replies": [reply for reply in wording.listed(row["replies"]) if isinstance(reply, dict)],
        "forecasts": forecasts,
        "said": _said(row, forecasts),
        "readings": _readings(store, row),
        "entries": _of_vintage(row, entries_of(store, "prediction_id", key)),
        "condition_entries": entries_of(store, "condition_id", row["condition_id"]),
        "corrections": store.all(
            'select * from corrections where prediction_id = :key order by "on"', key=key
        ),
        "scores": scores,
        "score_columns": _score_columns(row, scores),
        "audit": _audit(store, row),
        "unconfirmed": store.count(
            "audit where record = :key and of = 'prediction' and kind = 'logged' and after_outcome = 1",
            key=key,
        ),
        "drift": _drift(store, row),
        "chart": _chart(row, forecasts),
        "expected": chart_of(row, forecasts),
        "expectation": partial(expectation, kind=KINDS[row["kind"]]),
        "claim_data": _claim_data(row),
        "marked": marked,
        "others": list(_others(row)),
    }


def _others(row: Row) -> Iterator[tuple[str, object]]:
    """What the page has no place of its own for: the titles of columns, and what stands there."""
    for column in PREDICTIONS.columns:
        value = row[column.name] if column.extra else None
        if value not in (None, "") and (value or column.form != "flag"):
            yield column.title, _plain(value, column)


def _plain(value: object, column: Column) -> object:
    """A value of a column as a line of text has it.

    A list with commas between, a figure with its digits, a flag as yes.
    """
    if column.type != "TEXT":
        return "yes" if column.form == "flag" and value else wording.figure(value)
    items = wording.listed(value) if isinstance(value, str) and value.startswith("[") else []
    return ", ".join(map(str, items)) or value


def entries_of(store: Store, column: str, key: str | None) -> list[Row]:
    """The entries on a prediction or a condition, the ones that stand first, each with its evidence."""
    if key is None:
        return []
    entries = store.all(
        "select resolutions.*, forecasters.name as recorder from resolutions left join forecasters "
        f'on forecasters.id = resolutions."by" where {column} = :key '
        "order by stands desc, recorded, resolutions.id",
        key=key,
    )
    for entry in entries:
        entry["evidence"] = store.all(
            "select evidence.*, sources.outcomes from evidence left join sources on sources.id = source_id "
            "where resolution_id = :id order by position",
            id=entry["id"],
        )
    return entries


def _of_vintage(row: Row, entries: list[Row]) -> list[Row]:
    """The entries, each with the vintage that decides (``asked``) where its own is another.

    It was not taken back.
    """
    asked = row["vintage"] or FIRST
    return [entry | {"asked": asked if entry["vintage"] not in (None, asked) else None} for entry in entries]


def _forecasts(store: Store, key: str) -> list[Row]:
    return store.all(
        "select forecasts.*, forecasters.name as forecaster, articles.title as article from forecasts "
        "left join forecasters on forecasters.id = forecaster_id left join articles on articles.id "
        "= article_id where prediction_id = :key order by made, forecasts.rowid limit :most",
        key=key,
        most=MOST_FORECASTS,
    )


def _said(row: Row, forecasts: list[Row]) -> Row | None:
    """The forecast that the prediction's own columns show: what the speaker last said in time."""
    shown = ("words", "probability", "basis")
    return next(
        (
            forecast
            for forecast in reversed(forecasts)
            if (forecast["forecaster_id"], forecast["made"]) == (row["speaker_id"], row["said"])
            and all(forecast[name] == row[name] for name in shown)
        ),
        None,
    )


def _readings(store: Store, row: Row) -> list[Row]:
    """What other scales would have said of the speaker's words."""
    words = " ".join((row["words"] or "").casefold().split())
    return store.all(
        "select readings.*, scales.title, scales.kind from readings join scales on scales.id = scale_id "
        "where words = :words order by scales.rowid",
        words=words,
    )


def _scores(store: Store, key: str) -> list[Row]:
    rows = store.all(
        "select scores.*, forecasters.name as forecaster from scores "
        "left join forecasters on forecasters.id = forecaster_id where prediction_id = :key order by "
        "scores.rowid limit :most",
        key=key,
        most=MOST_FORECASTS,
    )
    return [row | {"why": wording.title(LEFT_OUT, row["reason"])} for row in rows]


def _score_columns(row: Row, scores: list[Row]) -> list[Column]:
    """The columns of its kind's scores in which a forecast has a figure."""
    columns = KINDS[row["kind"]].score_columns
    return [column for column in columns if any(each[column.name] is not None for each in scores)]


def _audit(store: Store, row: Row) -> str | None:
    """When the record was committed and whether anything published was changed since."""
    findings = store.all(
        "select * from audit where record = :key and of = 'prediction' order by id", key=row["id"]
    )
    logged = next((row for row in findings if row["kind"] == "logged"), None)
    if logged is None:
        return None
    changed = Counter(row["level"] for row in findings if row["level"] != "harmless")
    when = f"First committed to the log's history on {wording.day(logged['on'])}"
    if logged["after_outcome"]:
        told = f"{when}, after its outcome was known"
    elif TIMINGS[row["timing"]].hindsight:
        told = f"{when}, when its outcome could be known and nobody had looked it up"
    else:
        told = f"{when}, before its outcome was known"
    if logged["commit"] == "not committed":
        told = "Not committed to the log's history yet"
    if not changed:
        return f"{told}; unchanged since."
    noted = (
        f"{word.title[0].lower()}{word.title[1:]} ({changed[level]:,})"
        for level, word in FINDING_LEVELS.items()
        if level in changed
    )
    return f"{told}. The audit noted: {'; '.join(noted)}."


def _drift(store: Store, row: Row) -> list[Row]:
    """What was said of the same over time, by the links between predictions.

    Each with how it takes up the one before.

    Empty where nothing is linked to it. A chain is followed in both ways, up to ``MOST_LINKED`` predictions.
    """
    linked = " or ".join(f"{column} = :key or id = :{column}" for column in LINKS)
    found = {row["id"]: row}
    new = [row]
    while new and len(found) < MOST_LINKED:
        one = new.pop(0)
        given = {column: one[column] for column in LINKS}
        near = store.all(f"{RELATED} {linked} limit {MOST_LINKED}", key=one["id"], **given)
        unseen = [other for other in near if other["id"] not in found]
        found |= {other["id"]: other for other in unseen}
        new += unseen
    if len(found) == 1:
        return []
    in_time = sorted(
        found.values(),
        key=lambda each: (each["made"], any(each[column] for column in LINKS), each["id"] != row["id"]),
    )
    return [
        each | {"how": next((how for column, how in LINKS.items() if each[column]), "")} for each in in_time
    ]


def _chart(row: Row, forecasts: list[Row]) -> Markup | None:
    """The time line; None where there is no day to draw."""
    moments = list(_moments(row, forecasts))
    if not moments:
        return None
    return Markup(timeline(moments, TIMINGS[row["timing"]].title))  # noqa: S704  # charts escape their texts


def _moments(row: Row, forecasts: list[Row]) -> list[Moment]:
    own = [forecast for forecast in forecasts if forecast["forecaster_id"] == row["speaker_id"]]
    said = [day for forecast in own if (day := wording.last_day(forecast["made"]))]
    said = sorted(set(said)) or [day for day in [wording.last_day(row["made"])] if day]
    moments = [Moment(label="Said", shape="said", first=day) for day in said[:1]]
    if len(said) > 1:
        moments.append(Moment(label="Said last", shape="said", first=said[-1]))
    window = _window(row, said[0] if said else None)
    singles = (("Happened", "happened"), ("Known", "known"), ("Logged", "logged"))
    found = [
        Moment(label=label, shape=column, first=day)
        for label, column in singles
        if (day := wording.last_day(row[column]))
    ]
    return [*moments, *([window] if window else []), *found]


def _window(row: Row, said: date | None) -> Moment | None:
    first = wording.last_day(row["earliest"]) or said
    last = wording.last_day(row["latest"])
    if first is None:
        return None
    return Moment(
        label="Must happen",
        shape="window",
        first=min(first, last) if last else first,
        strict=wording.last_day(row["strict"]),
        last=last,
        open_end=last is None,
    )


def _claim_data(row: Row) -> dict[str, Any]:
    """The claim for machines (schema.org), and no rating of it.

    It has an author only where somebody says in their own words that it happens; where they deny it, or
    others speak for them, the description says so and nobody is named as having claimed it.
    """
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Claim",
        "name": row["claim"],
        "description": f"Our wording of what was asked. {closed(row['told'])}",
    }
    if not row["affirms"]:
        return data
    kind = "Person" if row["speaker_kind"] == "person" else "Organization"
    data |= {"author": {"@type": kind, "name": row["speaker"]}, "datePublished": row["made"]}
    if row["article_title"]:
        data["appearance"] = {"@type": "Article", "headline": row["article_title"]}
        if row["quote"]:
            data["appearance"]["text"] = row["quote"]
    return data
