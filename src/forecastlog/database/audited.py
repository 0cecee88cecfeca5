"""The findings of the audit as rows: what git tells of the records."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from forecastlog.column import Row
from forecastlog.columns.findings import FINDING
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
        one._replace(record="", was="", now="") if one.of == "draft" or one.record in hidden else one
        for one in found
    ]
    rows: list[Row] = [
        {"id": number, **{column.name: column.stored(finding) for column in FINDING}}
        for number, finding in enumerate(findings, 1)
    ]
    return rows, "audited"
