"""``forecastlog.toml`` -> a desk's settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from forecastlog.ledger.hosts import read_hosts
from forecastlog.ledger.periods import read_periods
from forecastlog.ledger.source import Source
from forecastlog.model.settings import Settings
from forecastlog.problems import Problem
from forecastlog.values import brief, meant
from forecastlog.vocabulary.articles import EVENTS_BY
from forecastlog.vocabulary.deadlines import FISCAL_YEARS, HEMISPHERES
from forecastlog.vocabulary.forecasts import DEFAULT_SCALE

WITHOUT_REASON = (
    "every prediction is an event of its own, and nothing says why",
    "Add 'events_why': what happens in one must tell nothing of the others.",
)
FORMATS = (1,)
"""The formats of a ledger that this version reads."""
KNOWN = tuple(field.name for field in fields(Settings))
_ALLOWED: Mapping[str, tuple[object, ...]] = {
    "format": FORMATS,
    "hemisphere": HEMISPHERES,
    "events": tuple(EVENTS_BY),
    "fiscal_year": tuple(FISCAL_YEARS),
}


WITHOUT_CONTACT = (
    "a log with a title names nobody to write to",
    (
        "Add 'contact': a mail address or a page where readers report what is wrong and where those who are "
        "quoted can answer."
    ),
)


def read_settings(source: Source) -> tuple[Settings, tuple[Problem, ...]]:
    """The settings in a file, defaults for the rest, and every fault of the file."""
    import tomllib

    try:
        written = tomllib.loads(source.text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        hint = f'Write lines such as: scale = "{DEFAULT_SCALE}"'
        message = f"this cannot be read as TOML: {_clause(error)}"
        return Settings(), (source.problem("P015", (0, 0), message, hint),)
    problems: list[Problem] = []
    values: dict[str, Any] = {}
    for key, value in written.items():
        if key == "corrections":
            continue  # they tell of changes here, and set nothing
        if key == "periods":
            values[key], faults = read_periods(source, value)
            problems += faults
        elif key == "sources":
            values[key], unread = read_hosts(source, value)
            problems += unread
        elif key == "topics":
            values[key], faults = _topics(source, value)
            problems += faults
        elif key == "cues" and isinstance(value, list) and all(isinstance(one, str) for one in value):
            values[key] = tuple(value)
        elif problem := _fault(source, key, value):
            problems.append(problem)
        else:
            values[key] = value
    if values.get("events") == "prediction" and "events_why" not in values:
        at = source.text.find("events")
        problems.append(source.problem("P216", (at, at + len("events")), *WITHOUT_REASON))
    if "title" in values and "contact" not in values:
        at = source.text.find("title")
        problems.append(source.problem_of("note", "P321", (at, at + len("title")), *WITHOUT_CONTACT))
    return Settings(**values), tuple(problems)


def _topics(source: Source, written: object) -> tuple[tuple[tuple[str, tuple[str, ...]], ...], list[Problem]]:
    """``[topics]``: tags gathered under a name, and the faults of those that cannot be read."""
    tables = written if isinstance(written, dict) else {"topics": written}
    topics: list[tuple[str, tuple[str, ...]]] = []
    problems: list[Problem] = []
    for name, tags in tables.items():
        if isinstance(tags, list) and tags and all(isinstance(tag, str) and tag for tag in tags):
            topics.append((name, tuple(tags)))
            continue
        at = max(source.text.find(name), 0)
        hint = 'Write [topics], then lines such as: war = ["ceasefire", "military-aid"]'
        message = f"the topic {brief(name)!r} is no list of tags"
        problems.append(source.problem("P106", (at, at + len(name)), message, hint))
    return tuple(topics), problems


def _fault(source: Source, key: str, value: object) -> Problem | None:
    at = max(source.text.find(key), 0)
    place = (at, at + len(key))
    if key not in KNOWN:
        hint = meant(key, KNOWN, f"Known here: {', '.join(KNOWN)}.")
        return source.problem_of("warning", "P010", place, f"unknown key '{key}' in the settings", hint)
    allowed = _ALLOWED.get(key)
    if allowed and (value not in allowed or isinstance(value, bool)):
        hint = f"Write {' or '.join(repr(word) for word in allowed)}."
        if key == "format":
            hint = "This ledger was written by a later version of forecastlog: install that one."
        return source.problem("P106", place, f"unknown {key} {value!r}", hint)
    if not allowed and not isinstance(value, str):
        return source.problem("P106", place, f"{key} takes a text", f'Write {key} = "...".')
    if key == "timezone" and not _is_zone(str(value)):
        return source.problem(
            "P106", place, f"unknown timezone {brief(str(value))!r}", _zones_like(str(value))
        )
    return None


def _is_zone(name: str) -> bool:
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def _zones_like(name: str) -> str:
    from zoneinfo import available_timezones

    otherwise = 'Write a name such as "Europe/Kyiv" or "America/New_York".'
    return meant(name, sorted(available_timezones()), otherwise)


def _clause(error: Exception) -> str:
    return (str(error) or "nested too deeply").rstrip(".")
