"""What a record no longer says, says otherwise, or says since it was too late: each value with its level."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from forecastlog.history.dates import dated, new_forecasts, new_resolutions
from forecastlog.history.facts import (
    ENTRY,
    WORDS,
    Facts,
    beneath,
    entry_of,
    entry_text,
    key_of,
    parent_of,
    unaudited,
)
from forecastlog.history.finding import Finding, Score
from forecastlog.history.mending import Change, lawful, names_address, tells_of
from forecastlog.history.step import Step
from forecastlog.history.versions import TABLES, Built, Key
from forecastlog.model.forecasts import Forecast
from forecastlog.model.notes import Withheld
from forecastlog.model.records import REFERENCES, Prediction
from forecastlog.vocabulary.audit import FindingKind, FindingLevel
from forecastlog.vocabulary.scores import TIMINGS

ADDED_AT_ANY_TIME: Mapping[str, str] = {
    "cues": "what is offered of an article to come",
    "corrections": "it tells of a change",
    "was": "it tells of another id",
    "asked": "it says when the speaker was told",
    "withheld": "it is told with its day and reason, and no figure moves",
    "replies": "the speaker's answer to the log",
    "resolutions.evidence": "more evidence for what was decided",
    "sources": "what kind of source a host is, as an entry of evidence may say too",
    "archive": "a copy of what is cited",
    "versions": "another text that was seen",
    "question": "a name for it, which decides nothing",
    "ended": "how an event ended, told once it is over",
    "events_why": "the reason for what is told by itself",
    "url": "where the text stands",
    "sha256": "what was read",
    "updated": "the text's own last day",
    "retrieved": "when it was read",
    "origin": "what it is a copy of",
    "at": "where in a recording it is said",
    "also": "a further phrase, or a spelling: whose records move is told by itself",
    "logged_by": "who coded it",
    "found_by": "what found it",
}
"""Keys that may be added after the outcome too, because no figure moves by them."""
SETTINGS = {
    **dict.fromkeys(
        ("title", "description", "licence", "licence_url", "language", "contact"), "it tells of the log"
    ),
    "texts": "where copies of the texts lie",
    "format": "how the files are written",
    **dict.fromkeys(
        ("scale", "hemisphere", "fiscal_year", "periods"),
        "words are read once: only records to come are read by it",
    ),
    "corrections": "it tells of a change",
}
"""Settings that may change without a word."""
FOLLOW_THE_WORDS = frozenset({"forecasts.basis", "deadline.basis"})
"""What says where a value comes from, and says something else by default once the words are gone."""


def changes(
    step: Step, key: Key, parents: Sequence[Built | None], first: Built | None, new: Built
) -> Iterator[Finding]:
    """Everything in which a record differs from what its parents said.

    A merge altered what it has from neither side: a value that it takes from one of them counts there.
    """
    present = [parent for parent in parents if parent]
    olds = [_as_named_now(step, parent, new) for parent in present]
    base = _as_named_now(step, first, new) if first else {}
    yield from _gone_or_other(step, key, olds, base, _Pair(present[0], new))
    yield from _since(step, key, olds, _Pair(present[0], new))
    fresh = [forecast for path, forecast in _forecasts(new).items() if not any(path in old for old in olds)]
    yield from new_forecasts(step, key, new, [one for one in fresh if not _moved(one, new, olds)])
    old = [entry for parent in present for entry in getattr(parent.record, "resolutions", ())]
    yield from new_resolutions(step, key, old, new)


def taken_over(result: object, parents: Sequence[object], base: object) -> bool:
    """Whether a merge has its ``result`` from a parent that had changed it since ``base``."""
    return len(parents) > 1 and any(parent == result and parent != base for parent in parents)


class _Pair(NamedTuple):
    old: Built
    new: Built


def _gone_or_other(
    step: Step, key: Key, olds: Sequence[Facts], base: Facts, pair: _Pair
) -> Iterator[Finding]:
    """Values that are no longer as a parent had them."""
    facts = pair.new.facts
    for path in dict.fromkeys(path for old in olds for path in old):
        now, before = facts.get(path), [old.get(path) for old in olds]
        whole = parent_of(path)
        if taken_over(now, before, base.get(path)) or (whole and whole not in facts):
            continue
        for was in dict.fromkeys(value for value in before if value not in (None, now)):
            old = next(old for old in olds if old.get(path) == was)
            told = entry_text(old, path) if was == ENTRY and path.endswith("]") else was or ""
            kind: FindingKind = "altered" if now is not None else "vanished"
            yield _judged(step, key, kind, step.change(key, path, told, now or "", facts), pair)


def _since(step: Step, key: Key, olds: Sequence[Facts], pair: _Pair) -> Iterator[Finding]:
    """Values that no parent had, where it was too late to add them."""
    facts = pair.new.facts
    for path, now in facts.items():
        if any(path in old for old in olds):
            continue
        whole = parent_of(path)
        if (whole and not any(whole in old for old in olds)) or _dated_entry(path):
            continue  # told with its entry
        change = step.change(key, path, "", now or entry_text(facts, path), facts)
        if change.key in ("logged", "forecasts.logged"):
            yield from _logged_later(step, key, _label(path, pair), now)
        elif _too_late(step, key, change, pair):
            yield _judged(step, key, "added", change, pair)


def _dated_entry(path: str) -> bool:
    """Whether it is a forecast or a resolution, which says itself on which day it was logged."""
    return key_of(path) in ("forecasts", "resolutions")


def _logged_later(step: Step, key: Key, field: str, day: str) -> Iterator[Finding]:
    if dated(step.commit, date.fromisoformat(day[:10])) == "otherwise":
        yield step.finding(key, "misdated", "misdated", field=field, was=day, now=step.commit.on.isoformat())


def _too_late(step: Step, key: Key, change: Change, pair: _Pair) -> bool:
    """Whether a value that bears on a figure came when the deadline had passed or the outcome was known."""
    if key[0] in ("forecaster", "event", "settings"):
        told = change.key.partition(".")[0]
        return step.decided(key)[1] and told not in SETTINGS and told not in ADDED_AT_ANY_TIME
    if change.key == "withheld_until":
        return True  # what readers could see is hidden from them
    if _of_no_other(change, pair):
        return any(step.decided(key))
    named = beneath(change.key, frozenset({"retracted"}))
    if named or beneath(change.key, ADDED_AT_ANY_TIME) or unaudited(TABLES[key[0]], change.path):
        return False
    if entry_of(change.path).startswith("resolutions"):
        return True  # what decided once is never edited
    return any(step.decided(key)) and not _just_logged(step, pair)


def _of_no_other(change: Change, pair: _Pair) -> bool:
    """Whether a word that rests on another source names none.

    A retraction's address, what took a source's place.
    """
    if beneath(change.key, frozenset({"retracted"})):
        return not names_address(change)
    if change.key != "resolutions.evidence.superseded":
        return False
    own = entry_of(change.path)
    return not any(
        path.startswith(own) and key_of(path) == "resolutions.evidence" and path not in pair.old.facts
        for path in pair.new.facts
    )


def _just_logged(step: Step, pair: _Pair) -> bool:
    """Whether a record was logged when all was known, today or yesterday.

    What is added then is part of logging it.
    """
    old, new = (getattr(built.record, "logged", None) for built in pair)
    return (
        old is not None
        and old == new
        and dated(step.commit, old.day) == "as committed"
        and not _in_advance(step, pair)
    )


def _in_advance(step: Step, pair: _Pair) -> bool:
    """Whether any of its forecasts was logged while its outcome could not be known."""
    sighted = [f", {timing}: " for timing, entering in TIMINGS.items() if not entering.hindsight]
    told = step.score(step.before[0], pair.old).pairs
    return any(timing in line for line in told for timing in sighted)


def _judged(step: Step, key: Key, kind: FindingKind, change: Change, pair: _Pair) -> Finding:
    """A change with its level, and what the record came to before and after."""
    reason = _harmless(step, key, change)
    if reason:
        return step.finding(
            key,
            "changed",
            "harmless",
            field=_label(change.path, pair),
            was=change.was,
            now=change.now,
            why=reason,
        )
    scores = (step.score(step.before[0], pair.old), step.score(step.after, pair.new))
    level, why = _explained(step, key, change, pair, scores)
    if change.key == "criteria" and kind == "added":
        kind = "late-criteria"
    return step.finding(
        key,
        kind,
        level,
        field=_label(change.path, pair),
        was=change.was,
        now=change.now,
        why=why,
        scores=scores,
    )


def _harmless(step: Step, key: Key, change: Change) -> str:
    """Why a value may have changed without a word, or an empty text."""
    if key[0] == "settings":
        return SETTINGS.get(change.key.partition(".")[0], "")
    if reason := unaudited(TABLES[key[0]], change.path):
        return reason
    if change.key == "withheld_until" and change.was and date.fromisoformat(change.was) <= step.commit.on:
        return "its day had come"
    if (
        change.key in (*REFERENCES, "article", "forecasts.article")
        and step.renamed_ids.get(change.was) == change.now
    ):
        return "the record that it names has another id since"
    if change.key == "speaker" and step.renamed_people.get(change.was) == change.now:
        return "the same person under another id"
    return ""


def _explained(
    step: Step, key: Key, change: Change, pair: _Pair, scores: tuple[Score, Score]
) -> tuple[FindingLevel, str]:
    """What lawful thing tells of a change, if any, or what keeps a correction from being believed."""
    withheld = getattr(pair.new.record, "withheld", None)
    kept_back = not change.now and beneath(change.key, WORDS)
    kept_back = kept_back or (change.key in FOLLOW_THE_WORDS and scores[0] == scores[1])
    if isinstance(withheld, Withheld) and kept_back:
        return "explained", f"withheld on {withheld.on.isoformat()}: {withheld.why}"
    late = step.decided(key)[1]
    refused = ""
    for correction in step.corrections(key):
        if not tells_of(correction, change):
            continue
        if not lawful(correction.why, change, late=late):
            refused = f"'{correction.why}' cannot tell of this" + (
                " once the outcome is known" if late else ""
            )
        else:
            return "explained", correction.why
    return "altered", refused


def _forecasts(built: Built) -> dict[str, Forecast]:
    """The forecasts of a record by their paths among its facts."""
    record = built.record
    if not isinstance(record, Prediction):
        return {}
    paths = [path for path in built.facts if key_of(path) == "forecasts"]
    found: dict[str, Forecast] = {}
    for forecast in record.forecasts:
        own = (
            forecast.by if forecast.by != record.speaker else "",
            str(forecast.made) if forecast.made != record.made else "",
        )
        place = f"forecasts[{' '.join(filter(None, own))}]"
        alike = [path for path in paths if path == place or path.startswith(f"{place}#")]
        found[next((path for path in alike if path not in found), place)] = forecast
    return found


def _moved(forecast: Forecast, new: Built, olds: Sequence[Facts]) -> bool:
    """Whether a forecast is one that stood under another name before, word for word."""
    place = next(path for path, own in _forecasts(new).items() if own is forecast)
    said = entry_text(new.facts, place)
    return any(
        key_of(path) == "forecasts" and path not in new.facts and entry_text(old, path) == said
        for old in olds
        for path in old
    )


def _as_named_now(step: Step, old: Built, new: Built) -> Facts:
    """What a version said, its forecasts under the ids that people have since."""
    if not isinstance(old.record, Prediction) or old.facts == new.facts:
        return old.facts
    others = {forecast.by for forecast in old.record.forecasts} - {old.record.speaker}
    if not others or not others & step.renamed_people.keys():
        return old.facts
    names = {f"forecasts[{name}": f"forecasts[{step.renamed_people.get(name, name)}" for name in others}
    return {_renamed(path, names): value for path, value in old.facts.items()}


def _renamed(path: str, names: Mapping[str, str]) -> str:
    for old, new in names.items():
        if path.startswith((f"{old} ", f"{old}]")):
            return new + path[len(old) :]
    return path


def _label(path: str, pair: _Pair) -> str:
    """A path for people: a forecast is named with its forecaster and its day."""
    for built in pair:
        for place, forecast in _forecasts(built).items():
            if path == place or path.startswith(f"{place}."):
                return f"forecasts[{forecast.by} {forecast.made}]{path[len(place) :]}"
    return path
