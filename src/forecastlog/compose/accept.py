"""Records as a person wrote them, or completed finds -> the ledger.

Article, conditions, predictions, what was skipped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from forecastlog.compose.add import article_entry, prediction_entries, voices
from forecastlog.compose.answers import QUESTIONS, Answers
from forecastlog.compose.coverage import DELETED, OFFERED, Skipped, coverage_file, with_skipped
from forecastlog.compose.people import NOBODY_NEW, Newcomers, entering, recorder
from forecastlog.compose.plan import Plan, file_of, planned, read_text
from forecastlog.compose.skeleton import digest_of_quote
from forecastlog.compose.written import without_blanks, written
from forecastlog.errors import BadValue, Refused
from forecastlog.ledger import Loaded, edit, load
from forecastlog.ledger.edit import NewRecord, new_article
from forecastlog.ledger.tables import CONDITION, PREDICTION
from forecastlog.model.records import Article, Forecaster
from forecastlog.suggest import VERSION
from forecastlog.values import BOOLEAN, YES

_NO_ANSWERS = Answers()
_PASSAGE = re.compile(r"\d{1,9}-\d{1,9}-[0-9a-f]{12}")

Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """What a person wrote or decided.

    Keys as the record has them, and the passages that were skipped with the reason.
    """

    article: Data
    conditions: Sequence[Data] = ()
    predictions: Sequence[Data] = ()
    skipped: Sequence[Skipped] = ()
    about: Data = field(default_factory=dict)


def read_records(text: str) -> Accepted:
    """The records in a text that has the syntax of an article's file.

    Raises CannotEdit and BadValue for what is none.

    Of finds, an entry with ``skip:`` was skipped for that reason, and what was offered and is gone without
    one.
    """
    data = edit.data_of(text)
    article, offered = _mapping(data, "article"), _mapping(data, "offered")
    entries = [without_blanks(entry) for entry in _list(data, "predictions")]
    entries = [entry for entry in entries if entry]
    for entry in entries:
        _known_keys(entry)
    kept = [entry for entry in entries if not entry.get("skip")]
    reasons = {_digest(entry): str(entry["skip"]) for entry in entries if entry.get("skip")}
    logged = {_digest(entry) for entry in kept}
    passages = [str(one) for one in offered.get("passages") or [] if _PASSAGE.fullmatch(str(one))]
    skipped = [Skipped(one, reasons.get(one[-12:], DELETED)) for one in passages if one[-12:] not in logged]
    if offered and not article.get("id"):
        article = {"coverage": OFFERED, **article}
    about = {"finder": VERSION, "min_score": _number(offered.get("min_score"))} if offered else {}
    if not (entries or passages):
        raise BadValue("no prediction is filled in.")
    return Accepted(
        article=article,
        conditions=_list(data, "conditions"),
        predictions=kept,
        skipped=skipped,
        about={key: value for key, value in about.items() if value is not None},
    )


def accept(
    loaded: Loaded,
    accepted: Accepted,
    *,
    today: date,
    by: str = "",
    people: Newcomers = NOBODY_NEW,
    usual: Answers = _NO_ANSWERS,
) -> Plan:
    """Everything that was accepted, as one plan.

    Raises BadValue with every entry that is not complete, and Refused.

    ``usual`` answers what an entry leaves open.
    """
    _complete(accepted.predictions)
    path, home, text, ids = _home(loaded, accepted, today)
    after = load(loaded.root, like=loaded, texts={path: text})
    article = after.ledger.article(home)
    if article is None:
        raise BadValue("the article of that file cannot be read. Give it a title and the day published.")
    _new(article, accepted.predictions, usual)
    said: list[str] = []
    for number, entry in enumerate(accepted.predictions, 1):
        try:
            answers, more = _answers(entry)
            answers = answers.over(usual)
            records, read = prediction_entries(after, article, answers, today=today, by=by, more=more)
        except BadValue as fault:
            raise BadValue(f"prediction {number} ({_shown(entry)}): {fault}") from None
        text = edit.apply(text, records)
        after = load(loaded.root, like=after, texts={path: text})
        article = after.ledger.article(home) or article
        ids += [str(new.record["id"]) for new in records]
        said += read
    texts = {path: text} if ids else {}
    if accepted.skipped or (accepted.about and loaded.ledger.article(home) is None):
        path = coverage_file(loaded, home)
        before = read_text(path) if path.exists() else ""
        texts[path] = with_skipped(before, accepted.skipped, accepted.about)
    new = _newcomers(loaded, accepted, home, usual, people=people, by=by) if ids else []
    edits, new_files, entered = entering(loaded.root, new)
    return planned(
        loaded, today, edits=edits, new_files=new_files, texts=texts, said=(*said, *entered), ids=ids
    )


def _newcomers(
    loaded: Loaded, accepted: Accepted, home: str, usual: Answers, *, people: Newcomers, by: str
) -> list[Forecaster]:
    """Whoever is new.

    Who speaks, whose other forecasts there are, and of a new article its authors or outlet.
    """
    called = [str(one.get("speaker") or usual.text("speaker") or "") for one in accepted.predictions]
    called += [
        str(forecast["by"])
        for one in accepted.predictions
        for forecast in one.get("forecasts", ())
        if isinstance(forecast, Mapping) and forecast.get("by")
    ]
    new = people.entries(loaded.names, [name for name in dict.fromkeys(called) if name])
    if loaded.ledger.article(home) is None:
        known = {person.id for person in new}
        new += [one for one in voices(loaded, _article_answers(accepted), people) if one.id not in known]
    return new + [one for one in recorder(loaded.names, by) if one.id not in {person.id for person in new}]


def _home(loaded: Loaded, accepted: Accepted, today: date) -> tuple[Path, str, str, list[str]]:
    """The article's file, its id, the text with the conditions that are needed, and the ids made so far."""
    used = {str(entry["given"]) for entry in accepted.predictions if entry.get("given")}
    needed = [
        written(CONDITION, without_blanks(one))
        for one in accepted.conditions
        if one.get("id") in used and loaded.ledger.condition(str(one["id"])) is None
    ]
    known = loaded.ledger.article(str(accepted.article.get("id") or ""))
    names = [str(one["id"]) for one in needed]
    if known is None:
        path, record = article_entry(loaded, _article_answers(accepted), today=today)
        home = str(record["id"])
        return path, home, new_article(record, conditions=needed), [home, *names]
    path = file_of(loaded, known)
    text = edit.apply(read_text(path), [NewRecord("conditions", one) for one in needed])
    return path, known.id, text, names


def _article_answers(accepted: Accepted) -> Answers:
    return Answers.of({key: value for key, value in accepted.article.items() if value not in (None, "", [])})


def _complete(entries: Sequence[Data]) -> None:
    """Raise BadValue that names every entry without claim or criteria, or with an unread deadline."""
    faults = []
    for number, entry in enumerate(entries, 1):
        wanted: tuple[str, ...] = ("claim",) if entry.get("draft") in YES else ("claim", "criteria")
        wanted += ("deadline",) if entry.get("found_by") else ()
        empty = [name for name in wanted if not entry.get(name)]
        if empty:
            faults.append(f"prediction {number} ({_shown(entry)}) has no {', '.join(empty)}")
    if faults:
        more = f"; and {len(faults) - 5} more" if len(faults) > 5 else ""
        raise BadValue(
            f"{'; '.join(faults[:5])}{more}. Fill them in, or delete the entry or give it 'skip: why'. "
            "Nothing was written."
        )


def _new(article: Article, entries: Sequence[Data], usual: Answers) -> None:
    """Raise Refused where an entry stands in the article already.

    A file that is accepted twice makes nothing twice.
    """
    logged = {(one.claim, one.quote): one.id for one in article.predictions}
    for number, entry in enumerate(entries, 1):
        if there := logged.get((str(entry.get("claim")), entry.get("quote") or usual.text("quote"))):
            raise Refused(
                f"prediction {number} ({_shown(entry)}) is logged already, as '{there}'. "
                f"Delete the entry, or change its claim if it says something else. Nothing was written."
            )


def _known_keys(entry: Data) -> None:
    keys: Iterable[object] = entry
    for key in keys:
        if isinstance(key, tuple):
            raise BadValue(f"{_shown(entry)} has '{key[0]}' twice. Keep one of them.")
        if key not in (*PREDICTION.by_name, "skip"):
            hint = PREDICTION.unknown(str(key))
            raise BadValue(f"{_shown(entry)}: there is no key '{key}' in a prediction. {hint}")


def _shown(entry: Data) -> str:
    quote = " ".join(str(entry.get("quote") or entry.get("claim") or "?").split())
    return f"'{quote[:40]}...'" if len(quote) > 43 else f"'{quote}'"


def _answers(entry: Data) -> tuple[Answers, dict[str, Any]]:
    """An entry's answers to the questions about a prediction, and what else is written.

    Raises BadValue for a key unknown.
    """
    found: dict[str, object] = {}
    for question in QUESTIONS:
        value: Any = entry
        for key in question.path:
            value = value[0] if isinstance(value, list) and value else value
            value = value.get(key) if isinstance(value, Mapping) else None
        if value is not None:
            found[question.name] = value in (True, *YES) if question.key.reader is BOOLEAN else value
    asked = {question.path[0] for question in QUESTIONS if len(question.path) == 1}
    more = {key: value for key, value in entry.items() if key not in asked}
    forecasts = more.get("forecasts", [])
    if not isinstance(forecasts, list):
        raise BadValue("'forecasts' takes a list. Write [{words: likely}], even for one alone.")
    return Answers.of(found), more


def _digest(entry: Data) -> str:
    return digest_of_quote(str(entry.get("quote") or ""))


def _mapping(data: Data, key: str) -> Data:
    value = data.get(key)
    if value in (None, ""):
        return {}
    if not isinstance(value, Mapping):
        raise BadValue(f"'{key}' has keys of its own, as in an article's file.")
    return value


def _list(data: Data, key: str) -> list[Data]:
    value = data.get(key)
    if value in (None, ""):
        return []
    if not isinstance(value, list) or not all(isinstance(one, Mapping) for one in value):
        raise BadValue(f"'{key}' is a list of entries, as in an article's file.")
    return value


def _number(value: object) -> int | None:
    return int(str(value)) if re.fullmatch(r"-?\d{1,3}", str(value)) else None
