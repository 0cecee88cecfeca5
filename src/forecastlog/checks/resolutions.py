"""Resolutions that lack their evidence or reason, or contradict what they depend on."""

from __future__ import annotations

from collections.abc import Iterator

from forecastlog.checks.scope import Scope
from forecastlog.model import Condition, Evidence, Prediction, Resolution
from forecastlog.problems import Problem
from forecastlog.vocabulary import WITHOUT_EVIDENCE, reasons_for


def reasons_fit(scope: Scope) -> Iterator[Problem]:
    """Void and uncheckable have a reason of their own; nothing else has one."""
    for place, _, entry in scope.resolutions():
        allowed = reasons_for(entry.outcome)
        offered = f"Write 'reason:' with one of {', '.join(allowed)}."
        if allowed and not entry.reason and not scope.wrote(*place, "reason"):
            yield scope.fault("P108", (*place, "outcome"), f"{entry.outcome} without a reason", offered)
        if entry.reason and entry.reason not in allowed:
            hint = offered if allowed else "Remove 'reason:'; put it into 'note:'."
            message = f"'{entry.reason}' is no reason for {entry.outcome}"
            yield scope.fault("P108", (*place, "reason"), message, hint)


def evidence_given(scope: Scope) -> Iterator[Problem]:
    """What happened has evidence: a link, or where it was looked for and when."""
    for place, _, entry in scope.resolutions():
        if (
            not entry.evidence
            and entry.outcome not in WITHOUT_EVIDENCE
            and not scope.wrote(*place, "evidence")
        ):
            hint = "Add 'evidence:' with a link, or {searched: where, on: day} for what was not found."
            yield scope.fault("P230", (*place, "outcome"), f"'{entry.outcome}' without any evidence", hint)
        for index, item in enumerate(entry.evidence):
            here = (*place, "evidence", index)
            if item == Evidence():
                continue  # its one key was unreadable, and told
            if not item.url and not item.searched and not scope.wrote(*here, "url"):
                yield scope.fault(
                    "P230", here, "evidence without a link", "Add 'url:', or 'searched:' and 'on:'."
                )
            if item.searched and not item.on and not scope.wrote(*here, "on"):
                yield scope.fault(
                    "P230", here, "a search without its day", "Add 'on:' with the day of the search."
                )


def conditions_respected(scope: Scope) -> Iterator[Problem]:
    """Only a conditional is void for its condition; one whose condition is unmet is nothing else."""
    for place, record, entry in scope.resolutions():
        if not isinstance(record, Prediction):
            continue
        if entry.reason == "condition-unmet" and not record.given:
            hint = "Add 'given:' with the condition's id, or choose another reason."
            yield scope.fault("P231", (*place, "reason"), "void for a condition, and it has none", hint)
        condition = scope.ledger.condition(record.given)
        if condition and entry.outcome in ("yes", "no") and _outcomes(condition) == {"unmet"}:
            yield scope.fault(
                "P232", (*place, "outcome"), f"{entry.outcome}, although '{condition.id}' is unmet",
                "A consequence without its condition is void: outcome void, reason condition-unmet.",
            )  # fmt: skip


def _outcomes(condition: Condition) -> set[str]:
    """What the people who resolved the condition say of it: the last entry of each."""
    last: dict[str, Resolution] = {}
    for entry in sorted(condition.resolutions, key=lambda entry: entry.recorded.day):
        last[entry.by] = entry
    return {entry.outcome for entry in last.values() if entry.outcome != "reopened"}
