"""Whose forecasts there are: names that the ledger does not list, and lists that do not fit."""

from __future__ import annotations

from collections.abc import Iterator

from forecastlog.checks.facts import Across, Fault
from forecastlog.checks.scope import Place, Scope
from forecastlog.model.records import Forecaster
from forecastlog.problems import Problem
from forecastlog.values import brief, meant
from forecastlog.vocabulary.people import RECORDERS
from forecastlog.vocabulary.word import alternatives


def listed(ledger: Across) -> Iterator[Fault]:
    """Every forecaster stands in people.yaml; each that does not is told once."""
    known = set(ledger.listed)
    for record in ledger.records.values():
        for path, name, silent in record.mentions:
            if name in known or (silent and not any(ledger.said(one, "speaker") is None for one in silent)):
                continue
            known.add(name)
            question = meant(_typed(ledger, (record.id, *path)) or name, ledger.names.known)
            hint = f"{question} Else add" if question else "Add"
            yield Fault(
                "P213",
                (record.id, *path),
                f"unlisted forecaster '{name}'",
                f"{hint} an entry with this id, a name and a kind to people.yaml.",
                "warning",
            )


def _typed(ledger: Across, place: Place) -> str:
    """The name, or the names of several authors, as they are written at a place."""
    said = ledger.said(*place)
    return ", ".join(map(str, said)) if isinstance(said, list) else said if isinstance(said, str) else ""


def recorders_listed(ledger: Across) -> Iterator[Fault]:
    """Who logs and resolves stands in people.yaml too, with a kind: readers shall know who decided."""
    told: set[str] = set()
    for record in ledger.records.values():
        for path, typed in record.recorders:
            who = ledger.names.find(typed) or typed
            if who in ledger.of_a_kind or who in told:
                continue
            told.add(who)
            lacks = "has no kind for them" if who in ledger.listed else "does not list them"
            kinds = alternatives(RECORDERS)
            yield Fault(
                "P318",
                (record.id, *path),
                f"'{brief(typed)}' logged or resolved, and people.yaml {lacks}",
                f"Add an entry with an id, this name and a kind ({kinds}) to people.yaml.",
                "note",
            )


def list_fits(scope: Scope) -> Iterator[Problem]:
    """Ids and names in people.yaml are one forecaster's; joint authors have members that are listed."""
    owners: dict[str, str] = {}
    ids = [forecaster.id for forecaster in scope.ledger.forecasters]
    seen: set[str] = set()
    for forecaster in scope.ledger.forecasters:
        if forecaster.id in seen:
            hint = "Keep one entry, with the other spellings under 'also:'."
            yield _fault(scope, "P201", forecaster, f"the id '{forecaster.id}' is listed twice", hint)
        seen.add(forecaster.id)
        for name in dict.fromkeys((forecaster.name, *forecaster.also)):
            owner = owners.setdefault(name.casefold(), forecaster.id)
            if owner != forecaster.id:
                hint = "A name must lead to one forecaster: make one of the two longer."
                yield _fault(scope, "P214", forecaster, f"'{name}' is also a name of '{owner}'", hint)
        yield from _members(scope, forecaster, ids)


def _members(scope: Scope, forecaster: Forecaster, ids: list[str]) -> Iterator[Problem]:
    if forecaster.kind == "joint" and len(forecaster.members) < 2:
        hint = "Add 'members: [one, another]' with their ids."
        yield _fault(scope, "P215", forecaster, "joint authors need at least two members", hint)
    for member in forecaster.members:
        if member not in ids:
            hint = meant(member, ids, "Add an entry for the member.")
            yield _fault(scope, "P215", forecaster, f"unknown member '{member}'", hint, "members")


def _fault(scope: Scope, code: str, forecaster: Forecaster, message: str, hint: str, *path: str) -> Problem:
    span = scope.loaded.forecaster_span(forecaster.id, *path)
    return Problem(code, "error", span, message, hint)
