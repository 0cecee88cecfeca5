"""New articles, conditions and predictions from a person's answers."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from forecastlog.compose import readings
from forecastlog.compose.answers import Answer, Answers
from forecastlog.compose.expecting import asked, kind_of_answers
from forecastlog.compose.people import NOBODY_NEW, Newcomers, entering, recorder
from forecastlog.compose.plan import Plan, article_of, file_of, planned
from forecastlog.compose.readings import Entry, Reading
from forecastlog.compose.written import deadline_as_written, forecasts_of
from forecastlog.deadlines import parse_series
from forecastlog.errors import BadValue, Refused
from forecastlog.ledger import Loaded
from forecastlog.ledger.edit import NewRecord, new_article
from forecastlog.ledger.tables import ARTICLE, CONDITION, DEADLINE, PREDICTION_OF
from forecastlog.model.moments import When
from forecastlog.model.records import Article, Forecaster
from forecastlog.model.settings import Settings


def add_article(
    loaded: Loaded,
    answers: Answers,
    *,
    today: date,
    text_file: Path | None = None,
    people: Newcomers = NOBODY_NEW,
) -> Plan:
    """A new file for an article, with its authors where they are new; ``answers`` has the keys of the record.

    ``text_file`` is the text that was read, for its digest. Raises BadValue and Refused.
    """
    digest = Answers() if text_file is None else Answers.of(sha256=digest_of(text_file))
    path, record = article_entry(loaded, digest.over(answers), today=today)
    edits, new_files, entered = entering(loaded.root, voices(loaded, answers, people))
    new_files[path] = new_article(record)
    return planned(loaded, today, edits=edits, new_files=new_files, said=entered, ids=(str(record["id"]),))


def article_entry(loaded: Loaded, answers: Answers, *, today: date) -> tuple[Path, Entry]:
    """The file of a new article, and its record; raises BadValue and Refused."""
    _complete([name for name in ("title", "published") if name not in answers], "an article")
    values = readings.answered(ARTICLE, answers.given, today)
    _refuse_again(loaded, values)
    values["logged"] = today
    values["id"] = _id(loaded, values, str(values["title"]))
    path = loaded.root / f"{str(values['published'])[:10]}-{values['id']}.yaml"
    return path, readings.checked(ARTICLE, values)


def _refuse_again(loaded: Loaded, values: Entry) -> None:
    """Raise Refused for an article that is there.

    Of this address, this text, or this title, day and publisher.
    """
    for one in loaded.ledger.articles:
        same = [values.get(key) and str(values[key]) == str(getattr(one, key)) for key in ("url", "sha256")]
        titled = [
            str(values.get(key) or "").casefold() == str(getattr(one, key) or "").casefold()
            for key in ("title", "published", "publisher")
        ]
        if any(same) or all(titled):
            raise Refused(
                f"'{one.id}' is this article already. "
                f"'forecastlog add {one.id}' adds predictions to it; a file of records names it as 'article: "
                f"{{id: {one.id}}}'."
            )


def add_condition(loaded: Loaded, article: str, answers: Answers, *, today: date) -> Plan:
    """A condition that predictions of an article depend on."""
    home = article_of(loaded, article)
    _complete([name for name in ("text",) if name not in answers], "a condition")
    values = readings.answered(CONDITION, answers.given, today)
    values["id"] = _id(loaded, values, str(values["text"]))
    record = readings.checked(CONDITION, values)
    edits = {file_of(loaded, home): (NewRecord("conditions", record),)}
    return planned(loaded, today, edits=edits, ids=(str(values["id"]),))


def add_prediction(
    loaded: Loaded,
    article: str,
    answers: Answers,
    *,
    today: date,
    by: str = "",
    people: Newcomers = NOBODY_NEW,
) -> Plan:
    """A prediction of an article, from the answers to ``QUESTIONS``, logged ``by`` somebody.

    ``given`` may be the text of a condition that is not there yet: it is logged too.

    Raises BadValue with the list of what is missing or the value that cannot be read, Refused where other
    records forbid it.
    """
    home = article_of(loaded, article)
    records, said = prediction_entries(loaded, home, answers, today=today, by=by)
    speaker = answers.text("speaker")
    new = people.entries(loaded.names, [speaker] if speaker else [])
    edits, new_files, entered = entering(loaded.root, new + recorder(loaded.names, by))
    edits[file_of(loaded, home)] = records
    ids = tuple(str(new.record["id"]) for new in records)
    return planned(loaded, today, edits=edits, new_files=new_files, said=(*said, *entered), ids=ids)


def prediction_entries(
    loaded: Loaded,
    home: Article,
    answers: Answers,
    *,
    today: date,
    by: str = "",
    more: Mapping[str, Any] | None = None,
    unasked: Collection[str] = (),
) -> tuple[tuple[NewRecord, ...], tuple[str, ...]]:
    """The record that answers come to, with ``more`` keys as they are written, after a new condition of it.

    Also how the words were read. ``unasked`` are needed questions that need no answer here.
    """
    more = dict(more or {})
    window_written, forecasts = more.pop("deadline", None), more.pop("forecasts", ())
    draft = "draft" in answers
    unasked = [*unasked, *(name for name in answers.missing if draft and name != "claim")]
    if forecasts:
        unasked.append("words")
    missing = [_ASKED.get(name, name) for name in answers.missing if name not in unasked]
    _complete(missing, "a prediction")
    kind = kind_of_answers(answers)
    table = PREDICTION_OF[kind.name]
    values = readings.answered(table, answers.below(), today)
    values |= {"logged": None if draft else today, "logged_by": by, **more}
    settings = loaded.ledger.settings
    made = When.parse(str(values["made"])) if "made" in values else home.published
    made = made.in_zone(settings.zone) if settings.zone else made
    window = deadline_as_written(window_written) or read_deadline(answers, made.day, settings)
    values["id"] = _id(loaded, values, str(values["claim"]))
    values["deadline"] = window.entry
    said = [window.said, *_else_meant(answers, made.day, settings)]
    if forecasts or "words" not in answers.missing:
        negated = values.get("negated") is True
        about = asked(kind, values, made)
        figures = forecasts_of(forecasts, answers, about, settings, negated=negated, by=by)
        values |= figures.entry
        said += [figures.said] if figures.said else []
    conditions = _new_conditions(loaded, values)
    record = readings.checked(table, values)
    said += _said_before(loaded, home, record)
    return (*conditions, NewRecord("predictions", record)), tuple(said)


def read_deadline(answers: Answers, made: date, settings: Settings) -> Reading:
    """The deadline from the answers about it; raises BadValue where they cannot be read or lack a reason."""
    typed = readings.answered(DEADLINE, {**answers.below("deadline"), "latest": Answer("")}, made)
    words, why = answers.text("deadline"), answers.text("why")
    kept: Entry = {key: typed[key] for key in ("words", "why", "within", "holds") if key in typed}
    latest, within = answers.text("latest"), answers.text("within")
    if (latest or (within and not words)) and not why:
        raise BadValue("a deadline that is not the text's needs its reason. Add --why.")
    if within:
        entry = kept | {"basis": "worded" if words else "analyst", "after": "given"}
        return Reading(entry, f"the clock of {within} starts when the condition is met")
    if latest:
        end = readings.when(latest, made, "latest")
        if end is None or end.precision != "day":
            raise BadValue(f"latest is not a day: '{latest}'. Write it as 2025-03-19.")
        entry = kept | {"earliest": made, "strict": end.day, "latest": end.day, "basis": "analyst"}
        return Reading(entry, f"by {end.day}, the analyst's own deadline")
    holds = answers.text("holds")
    if not words:
        return readings.default_deadline(made, holds)
    found = readings.worded_deadline(words, made, settings, holds=holds, subject=answers.text("subject"))
    if found is None:
        raise BadValue(
            f"'{words}' cannot be read as a time. Give the last day in 'latest' and the reason in 'why'."
        )
    return found


def digest_of(text_file: Path) -> str:
    """The SHA-256 digest of an article's text; raises BadValue where it cannot be read."""
    try:
        return hashlib.sha256(text_file.read_bytes()).hexdigest()
    except OSError:
        raise BadValue(f"{text_file} cannot be read. Name the file with the article's text.") from None


def _new_conditions(loaded: Loaded, values: Entry) -> list[NewRecord]:
    """The condition whose text stands where an id belongs, which ``values`` then names.

    An id has no spaces.
    """
    given = str(values.get("given", ""))
    if " " not in given.strip():
        return []
    same = [one.id for one in loaded.ledger.conditions if one.text == given]
    values["given"] = same[0] if same else _id(loaded, {}, given)
    if same:
        return []
    return [NewRecord("conditions", readings.checked(CONDITION, {"id": values["given"], "text": given}))]


def voices(loaded: Loaded, answers: Answers, people: Newcomers) -> list[Forecaster]:
    """Whoever is new of those who speak in an article: its authors, what they are together, or the outlet."""
    authors, publisher = answers.values.get("authors", ()), answers.text("publisher")
    called = authors if isinstance(authors, tuple) else (str(authors),)
    if not called:
        return replace(people, kind="outlet").entries(loaded.names, [publisher] if publisher else [])
    new = people.entries(loaded.names, called)
    ids = [loaded.names.resolve(name) for name in called]
    together = loaded.names.unlisted.get(loaded.names.joint(ids)) if len(set(ids)) > 1 else None
    return [*new, together] if together else new


_ASKED = {"words": "words (or probability)"}
"""How a needed question is named that another one answers too."""


def _complete(missing: Sequence[str], what: str) -> None:
    if missing:
        raise BadValue(f"{what} needs more than that. Missing: {', '.join(missing)}.")


def _id(loaded: Loaded, values: Mapping[str, object], text: str) -> str:
    taken = set(loaded.ledger.ids)
    if "id" not in values:
        return readings.new_id(text, taken)
    if values["id"] in taken:
        raise Refused(f"the id '{values['id']}' is taken. Choose another, or leave it out.")
    return str(values["id"])


def _else_meant(answers: Answers, made: date, settings: Settings) -> list[str]:
    """A hint on a time of several meanings.

    Or where nobody was asked whether "until June" means by then or all the time.
    """
    words, claim = answers.text("deadline"), answers.text("claim") or ""
    if words and len(turns := parse_series(words, made, **settings.reading)) > 1:
        times = ", ".join(turn.words for turn in turns)
        return [f"'{words}' may name {len(turns)} times: {times}. 'add --series' logs a prediction for each."]
    if any(name in answers for name in ("holds", "latest", "within")):
        return []
    if readings.is_lasting(claim):
        return [
            (
                f"'{claim}' is taken as what happens within these days. "
                f"If it must hold all the time, say holds: throughout (--holds)."
            )
        ]
    if not words or not readings.may_mean_a_state(words, made, settings):
        return []
    hint = (
        f"'{words}' is taken as the time within which it happens. If something must hold on the last day, "
        "add --holds on; if it must hold all the time, --holds throughout."
    )
    return [hint]


def _said_before(loaded: Loaded, home: Article, record: Mapping[str, object]) -> list[str]:
    """A hint where the same speaker has a prediction of the same event and deadline."""
    named = record.get("speaker")
    speaker = loaded.names.resolve(str(named)) if named else loaded.names.voice(home)
    window = record["deadline"]
    latest = window.get("latest") if isinstance(window, Mapping) else None
    return [
        f"'{other.id}' has the same speaker, event and deadline. If this says it again, "
        f"add it there with 'forecastlog forecast {other.id}' instead."
        for other in loaded.ledger.predictions
        if "event" in record
        and (other.event, other.speaker, other.deadline.latest) == (record["event"], speaker, latest)
    ]
