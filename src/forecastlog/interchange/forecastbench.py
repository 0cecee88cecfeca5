"""ForecastBench.

A question set with the market's price of the day, a resolution set, models' forecast sets.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from forecastlog.interchange.days import Days
from forecastlog.interchange.documents import document, objects, text
from forecastlog.interchange.found import BadFile, Guess, Item, Outcome, Question, Report

MARKETS = ("manifold", "metaculus", "polymarket", "infer")
Entry = Mapping[str, Any]
_Resolutions = dict[tuple[str, str], dict[str, Entry]]


def items(
    path: Path, report: Report, *, resolutions: Path | None = None, forecasts: Sequence[Path] = ()
) -> Iterator[tuple[int | None, Item]]:
    """The questions with the market's own price and the models' forecasts.

    A data question once a resolution date.
    """
    days = Days("iso")
    resolved = _resolved(resolutions, report) if resolutions else {}
    said = [(file, *_forecast_set(file)) for file in forecasts]
    for row, question in enumerate(objects(path, "questions"), 1):
        report.rows += 1
        if not isinstance(question.get("id"), str):
            report.skip("a combination of questions", row)
            continue
        name = (text(question.get("source")), text(question["id"]))
        models = [(model, made, found.get(name, {})) for _, model, made, found in said]
        try:
            if name[0] in MARKETS:
                yield from (
                    (row, item) for item in _market(name, question, resolved.get(name, {}), models, days)
                )
            elif not any(given for *_, given in models):
                report.skip(
                    (
                        "a data question: its value of the day is a level and no probability, "
                        "and no forecast set has it"
                    ),
                    row,
                )
            else:
                yield from (
                    (row, item) for item in _data(name, question, resolved.get(name, {}), models, days)
                )
        except ValueError as fault:
            report.skip(str(fault), row)


def _market(
    name: tuple[str, str], question: Entry, resolved: Mapping[str, Entry], models: Any, days: Days
) -> Iterator[Item]:
    key = "-".join(name)
    frozen = days.read(text(question.get("freeze_datetime")))
    yield Question(key, _keys(question, frozen, _day(question.get("market_info_close_datetime"), days)[:10]))
    value = text(question.get("freeze_datetime_value"))
    if value and value != "N/A":
        yield Guess(key, {"by": name[0], "made": frozen, "probability": float(value)})
    for model, made, given in models:
        for forecast in given.values():
            yield Guess(key, {"by": model, "made": made, "probability": forecast.get("forecast")})
            break
    for day, one in sorted(resolved.items(), reverse=True):
        if one.get("resolved"):
            yield from _outcome(key, one, day, name[0])
            break


def _data(
    name: tuple[str, str], question: Entry, resolved: Mapping[str, Entry], models: Any, days: Days
) -> Iterator[Item]:
    frozen = days.read(text(question.get("freeze_datetime")))
    asked = sorted({day for _, _, given in models for day in given if day})
    for day in asked:
        key = f"{'-'.join(name)}-{day}"
        keys = _keys(question, frozen, day)
        yield Question(
            key, {**keys, "claim": keys["claim"].replace("{resolution_date}", day), "event": "-".join(name)}
        )
        for model, made, given in models:
            if day in given:
                yield Guess(key, {"by": model, "made": made, "probability": given[day].get("forecast")})
        if day in resolved and resolved[day].get("resolved") is not False:
            yield from _outcome(key, resolved[day], day, name[0])


def _keys(question: Entry, made: str, latest: str) -> dict[str, Any]:
    claim = text(question.get("question")).replace("{forecast_due_date}", made[:10])
    keys = {"claim": claim, "speaker": text(question.get("source")), "made": made, "latest": latest}
    return {
        **keys,
        "criteria": text(question.get("resolution_criteria"))[:2000],
        "note": text(question.get("url")),
    }


def _outcome(key: str, one: Entry, day: str, by: str) -> Iterator[Item]:
    value = one.get("resolved_to")
    if value is not None:
        outcome = {1.0: "yes", 0.0: "no"}.get(float(value), f"{float(value):.12g}")
        yield Outcome(key, {"by": by, "outcome": outcome, "known": day})


def _resolved(path: Path, report: Report) -> _Resolutions:
    """The resolutions of single questions by source and id, and by day; a price of an open market is none."""
    found: _Resolutions = {}
    for row, one in enumerate(objects(path, "resolutions"), 1):
        if not isinstance(one.get("id"), str):
            continue
        if one.get("resolved") is False and text(one.get("source")) in MARKETS:
            report.skip("an open market, whose price is no outcome", row)
        found.setdefault((text(one.get("source")), one["id"]), {})[text(one.get("resolution_date"))[:10]] = (
            one
        )
    return found


def _forecast_set(path: Path) -> tuple[str, str, dict[tuple[str, str], dict[str, Entry]]]:
    """A model, the day on which its forecasts were due, and what it said of each question for each day."""
    whole = document(path)
    if not isinstance(whole, dict) or not whole.get("forecasts"):
        raise BadFile(f"{path} is no forecast set: it has no 'forecasts'.")
    made = text(whole.get("forecast_due_date")) or text(whole.get("question_set"))[:10]
    found: dict[tuple[str, str], dict[str, Entry]] = {}
    for one in whole["forecasts"]:
        if isinstance(one.get("id"), str) and one.get("forecast") is not None:
            found.setdefault((text(one.get("source")), one["id"]), {})[
                text(one.get("resolution_date"))[:10]
            ] = one
    return text(whole.get("model")) or path.name, made, found


def _day(value: object, days: Days) -> str:
    said = text(value)
    return "" if said in ("", "N/A") else days.read(said)
