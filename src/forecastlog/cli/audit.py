"""``audit``: what git tells of the ledger, above all what was altered without a word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from forecastlog.cli.options import ledger_option, open_ledger, today_option
from forecastlog.cli.output import Columns, Output, Row, output_options
from forecastlog.cli.text import bold, clean, terminal_width, wrap

if TYPE_CHECKING:
    from forecastlog.history import Finding

FINDINGS = Columns(
    known=(
        "record", "kind", "on", "by", "commit", "field", "was", "now", "after_deadline", "after_outcome", "covered",
        "breach",
    ),
    shown={"record": 0, "kind": 0, "field": 0, "was": 0, "now": 0, "on": 100, "by": 100},
)  # fmt: skip
NAMES = {
    "made": "the day made",
    "given": "the condition",
    "negated": "whether the text denies it",
    "text": "the kind of text",
}
"""What a person calls a field whose key does not say."""


@click.command("audit")
@click.option("--since", metavar="REV", help="Only what came after this revision, such as v1.0 or HEAD~10.")
@output_options
@ledger_option
@today_option
def command(*, root: Path, today: date, since: str | None, output: Output) -> int:
    """Show from git what was altered after it was published.

    Every claim, probability, date, criterion and deadline that changed or vanished after it was first
    committed: by whom, when, whether that was after the deadline or the outcome, and whether a correction
    tells of it. Exit code 1 where one is altered and no correction tells of it. The output options also list
    when each record was logged.
    """
    from forecastlog.history import audit

    findings = audit(open_ledger(root), today=today, since=since)
    breaches = [finding for finding in findings if finding.breach]
    if output.for_people:
        page = _page(findings)
        click.echo(page, nl=bool(page), color=True)
        click.echo("\n".join(wrap(_closing(findings, since), terminal_width())), err=True)
    else:
        output.print(map(_row, findings), FINDINGS)
    return int(bool(breaches))


def _row(finding: Finding) -> Row:
    texts = {"field": finding.field or None, "was": finding.was or None, "now": finding.now or None}
    return {**asdict(finding), "on": finding.on.isoformat(), **texts, "breach": finding.breach}


def _page(findings: Sequence[Finding]) -> str:
    sections = {
        "Altered without a correction": [finding for finding in findings if finding.breach],
        "Altered, and told in a correction": [finding for finding in findings if finding.covered],
        "Logged on another day than committed": [
            finding for finding in findings if finding.kind == "misdated"
        ],
    }
    return "\n\n".join(
        "\n\n".join([f"{bold(title)} ({len(found)})", *map(_paragraph, found)])
        for title, found in sections.items()
        if found
    )


def _paragraph(finding: Finding) -> str:
    """One finding: what, from what to what, by whom and when."""
    width = terminal_width()
    lines = wrap(f"{finding.record}: {_field(finding)}", width)
    if finding.kind == "misdated":
        texts = {"logged": finding.was, "committed": finding.now}
    else:
        texts = {"was": finding.was, "now": finding.now or "(gone)"}
    for label, text in texts.items():
        first, *rest = wrap(clean(text), width - 13) or [""]
        lines += [f"   {label:<9} {first}", *(f"{'':13}{line}" for line in rest)]
    late = [
        name
        for name, after in (("deadline", finding.after_deadline), ("outcome", finding.after_outcome))
        if after
    ]
    when = f"{finding.on}, {finding.by}, commit {finding.commit}"
    if finding.by == finding.commit:
        when = f"{finding.on}, not committed yet"
    if late:
        when += f"; after the {' and the '.join(late)}"
    return "\n".join([*lines, *(f"   {line}" for line in wrap(clean(when), width - 3))])


def _field(finding: Finding) -> str:
    """The field in words: ``forecasts[eve 2025-03-19].probability`` is eve's forecast of 2025-03-19, its probability."""
    entry = re.fullmatch(r"(forecasts|resolutions)\[(.*) (\S+)\](?:#\d+)?\.(\w+)", finding.field)
    if entry:
        what = "forecast" if entry[1] == "forecasts" else "resolution"
        return f"{entry[4]} of the {what} by {entry[2]}, {entry[3]}"
    if not finding.field:
        return "the whole record"
    return NAMES.get(finding.field, finding.field.replace(".", ", ").replace("_", " "))


def _closing(findings: Iterable[Finding], since: str | None) -> str:
    """What the audit comes to."""
    findings = list(findings)
    logged = sum(finding.kind == "logged" for finding in findings)
    late = sum(finding.kind == "late-criteria" for finding in findings)
    covered = sum(finding.covered for finding in findings)
    breaches = sum(finding.breach for finding in findings)
    told = [
        f"{_count(logged, 'record')} {'logged since ' + since if since else 'in the history'}",
        f"{late} of them with criteria first committed when the outcome was known" if late else "",
        f"{_count(covered, 'value')} altered and told in a correction" if covered else "",
    ]
    facts = "; ".join(part for part in told if part)
    if not breaches:
        return f"{facts}. Nothing published was altered without a correction."
    return (
        f"{facts}. {_count(breaches, 'value')} altered and no correction tells of it. 'forecastlog amend' "
        "changes a record and says so; what was changed by hand can be told under 'corrections:'."
    )


def _count(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'s' * (number != 1)}"
