"""The findings of the audit as rows: what git tells of the records."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from forecastlog.column import Row
from forecastlog.errors import Refused
from forecastlog.history import audit
from forecastlog.ledger import Loaded
from forecastlog.scorebook.own import own_score


def audit_rows(loaded: Loaded, day: date, hidden: Collection[str] = ()) -> tuple[list[Row], str]:
    """A row a finding, and one sentence on whether there was a history to audit.

    Findings on drafts, and on records that are ``hidden``, name neither them nor what they say.
    """
    try:
        found = audit(loaded, today=day, score=own_score)
    except Refused as refused:
        return [], f"not audited: {refused}"
    findings = [
        replace(one, record="", was="", now="") if one.of == "draft" or one.record in hidden else one
        for one in found
    ]
    rows: list[Row] = [
        {
            "id": number,
            "record": finding.record or None,
            "of": finding.of,
            "kind": finding.kind,
            "level": finding.level,
            "on": finding.on.isoformat(),
            "by": finding.by,
            "commit": finding.commit,
            "field": finding.field or None,
            "was": finding.was or None,
            "now": finding.now or None,
            "why": finding.why or None,
            "after_deadline": int(finding.after_deadline),
            "after_outcome": int(finding.after_outcome),
            "score_was": finding.score_was,
            "score_now": finding.score_now,
            "breach": int(finding.breach),
        }
        for number, finding in enumerate(findings, 1)
    ]
    return rows, "audited"
