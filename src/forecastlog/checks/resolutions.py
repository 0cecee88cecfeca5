"""Resolutions that lack their evidence or reason."""

from __future__ import annotations

from collections.abc import Iterator

from forecastlog.checks.scope import Scope, entries_of
from forecastlog.model.outcomes import Evidence
from forecastlog.model.records import Condition, Prediction
from forecastlog.problems import Problem
from forecastlog.vocabulary.outcomes import UNDECIDED, WITHOUT_EVIDENCE, reasons_for


def decides(outcome: str) -> bool:
    """Whether an outcome says how far it happened: yes, no, a share, met, unmet or partly."""
    return outcome not in UNDECIDED | WITHOUT_EVIDENCE


def brought_about(outcome: str, happening: str) -> bool:
    """Whether an event brought this outcome about, as it does ``happening``, wholly or in part.

    Never where that is empty.

    >>> [brought_about(outcome, "yes") for outcome in ("yes", "0.5", "0", "no", "partly")]
    [True, True, False, False, True]
    """
    if not happening:
        return False
    share = float(outcome) if outcome[:1].isdigit() else 0.0
    return outcome in (happening, "partly") or share > 0


def reasons_fit(scope: Scope, record: Condition | Prediction) -> Iterator[Problem]:
    """Void and uncheckable have a reason of their own; nothing else has one."""
    for place, entry in entries_of(record):
        allowed = reasons_for(entry.outcome)
        offered = f"Write 'reason:' with one of {', '.join(allowed)}."
        if allowed and not entry.reason and not scope.wrote(*place, "reason"):
            yield scope.fault("P108", (*place, "outcome"), f"{entry.outcome} without a reason", offered)
        if entry.reason and entry.reason not in allowed:
            hint = offered if allowed else "Remove 'reason:'; put it into 'note:'."
            message = f"'{entry.reason}' is no reason for {entry.outcome}"
            yield scope.fault("P108", (*place, "reason"), message, hint)


def evidence_given(scope: Scope, record: Condition | Prediction) -> Iterator[Problem]:
    """What happened has evidence: a link, or where it was looked for and when."""
    for place, entry in entries_of(record):
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


def condition_there(scope: Scope, prediction: Prediction) -> Iterator[Problem]:
    """Only a conditional is void for its condition, and only with one can a clock wait for it."""
    for place, entry in entries_of(prediction):
        if entry.reason == "condition-unmet" and not prediction.given:
            hint = "Add 'given:' with the condition's id, or choose another reason."
            yield scope.fault("P231", (*place, "reason"), "void for a condition, and it has none", hint)
    if prediction.deadline.within and not prediction.given:
        yield scope.fault(
            "P211",
            (prediction.id, "deadline", "within"),
            "the clock starts when the condition is met, and there is none",
            "Add 'given:' with the condition's id, or give 'latest' instead of 'within'.",
        )
