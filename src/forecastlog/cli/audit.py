"""``audit``: what git tells of the ledger, above all what was altered without a word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from forecastlog.cli.options import ledger_option, open_ledger, today_option
from forecastlog.cli.output import Columns, Output, output_options
from forecastlog.cli.text import bold, clean, terminal_width, wrap
from forecastlog.phrasing import counted
from forecastlog.vocabulary.audit import FINDING_LEVELS

if TYPE_CHECKING:
    from forecastlog.history import Finding

NAMES = {
    "made": "the day made",
    "given": "the condition",
    "negated": "whether the text denies it",
    "text": "the kind of text",
}
"""What a person calls a field whose key does not say."""


@click.command("audit")
@click.option("--since", metavar="REV", help="Only what came after this revision, such as v1.0 or HEAD~10.")
@click.option(
    "--seen",
    metavar="COMMIT",
    help="Whether today's history builds on a commit that you saw, such as one "
    "in the foot of a page, and what was altered since.",
)
@click.option(
    "--fresh", is_flag=True, help="Read every version again, whatever was kept from earlier audits."
)
@output_options
@ledger_option
@today_option
def command(
    *, root: Path, today: date, since: str | None, seen: str | None, fresh: bool, output: Output
) -> int:
    """Show from git what was altered after it was published.

    Every value that changed or vanished after it was first committed, or was added when the deadline had
    passed or the outcome was known: by whom, when, and what a correction says of it; every day that is not
    that of its commit; every verdict that changed. Exit code 1 where something is altered or misdated. The
    output options also list when each record was logged.
    """
    from forecastlog.column import row_of
    from forecastlog.columns.findings import FINDING
    from forecastlog.history import audit, builds_on
    from forecastlog.scorebook.own import own_score

    if seen and since:
        raise click.UsageError("--seen and --since both say where to begin: give one.")
    loaded = open_ledger(root)
    if seen:
        builds_on(loaded, seen)
    findings = audit(loaded, today=today, since=seen or since, score=own_score, fresh=fresh)
    if output.for_people:
        width = terminal_width()
        page = _page(findings, width)
        click.echo(page, nl=bool(page), color=True)
        if seen:
            click.echo(f"Today's history builds on {seen}.", err=True)
        click.echo("\n".join(wrap(_closing(findings, seen or since), width)), err=True)
    else:
        output.print((row_of(FINDING, finding) for finding in findings), Columns.of(FINDING))
    return int(any(finding.breach for finding in findings))


def _page(findings: Sequence[Finding], width: int) -> str:
    sections = {
        level.title: [finding for finding in findings if finding.level == name]
        for name, level in FINDING_LEVELS.items()
        if name != "harmless"
    }
    return "\n\n".join(
        "\n\n".join([f"{bold(title)} ({len(found)})", *(_paragraph(finding, width) for finding in found)])
        for title, found in sections.items()
        if found
    )


def _paragraph(finding: Finding, width: int) -> str:
    """One finding: what, from what to what, what the record's score made of it, by whom and when."""
    lines = wrap(f"{finding.record or f'a {finding.of}'}: {_field(finding)}", width)
    for label, text in _texts(finding).items():
        first, *rest = wrap(clean(text), width - 13) or [""]
        lines += [f"   {label:<9} {first}", *(f"{'':13}{line}" for line in rest)]
    return "\n".join([*lines, *(f"   {line}" for line in wrap(clean(_when(finding)), width - 3))])


def _texts(finding: Finding) -> dict[str, str]:
    """The lines of a finding by what stands before them."""
    if finding.of == "commit":
        texts = {"dated": finding.was, "after": f"one of {finding.now}"}
    elif finding.kind == "misdated":
        texts = {"says": finding.was, "history": finding.now}
    elif finding.kind == "added":
        texts = {"added": finding.now}
    else:
        texts = {"was": finding.was or "(nothing)", "now": finding.now or "(gone)"}
    if finding.score_was != finding.score_now:
        texts["Brier"] = f"{_figure(finding.score_was)} -> {_figure(finding.score_now)}"
    if finding.why:
        texts["told as" if finding.level == "explained" else "because"] = finding.why
    return texts


def _figure(score: float | None) -> str:
    return "none" if score is None else f"{score:.3f}"


def _when(finding: Finding) -> str:
    late = [
        name
        for name, after in (("deadline", finding.after_deadline), ("outcome", finding.after_outcome))
        if after
    ]
    when = f"{finding.on}, {finding.by}, commit {finding.commit}"
    if finding.by == finding.commit:
        when = f"{finding.on}, not committed yet"
    return f"{when}; after the {' and the '.join(late)}" if late else when


def _field(finding: Finding) -> str:
    """The field in words.

    ``forecasts[eve 2025-03-19].probability`` is eve's forecast of 2025-03-19, its probability.
    """
    entry = re.fullmatch(r"(forecasts|resolutions)\[(.*) (\S+)\](?:#\d+)?(?:\.(.+))?", finding.field)
    if entry:
        what = "forecast" if entry[1] == "forecasts" else "resolution"
        return f"{entry[4] + ' of ' if entry[4] else ''}the {what} by {entry[2]}, {entry[3]}"
    if finding.of == "file":
        return finding.field
    if not finding.field:
        return "the whole record"
    return NAMES.get(finding.field, finding.field.replace(".", ", ").replace("_", " "))


def _drafts(findings: Sequence[Finding]) -> str:
    """How many drafts were committed and never became records, by what became of them."""
    why = Counter(finding.why for finding in findings if finding.kind == "draft")
    if not why:
        return ""
    return f"{counted(why.total(), 'draft')} ({'; '.join(f'{n} {what}' for what, n in why.items())})"


def _closing(findings: Sequence[Finding], since: str | None) -> str:
    """What the audit comes to."""
    level = Counter(finding.level for finding in findings)
    logged = sum(finding.kind == "logged" for finding in findings)
    late = sum(finding.kind == "late-criteria" and finding.level == "harmless" for finding in findings)
    told = [
        f"{counted(logged, 'record')} {'logged since ' + since if since else 'in the history'}",
        f"{late} of them with criteria first committed when the outcome was known" if late else "",
        f"{counted(level['change of verdict'], 'verdict')} changed" if level["change of verdict"] else "",
        f"{counted(level['explained'], 'value')} altered and told in a correction"
        if level["explained"]
        else "",
        _drafts(findings),
    ]
    facts = "; ".join(part for part in told if part)
    if not (level["altered"] or level["misdated"]):
        return f"{facts}. Nothing published was altered without a correction."
    found = [
        f"{counted(level['altered'], 'value')} altered and nothing lawful says why"
        if level["altered"]
        else "",
        f"{counted(level['misdated'], 'day')} not borne out by the history" if level["misdated"] else "",
    ]
    return (
        f"{facts}. {'; '.join(filter(None, found)).capitalize()}. "
        "'forecastlog amend' changes a record and says so; "
        "what was changed by hand can be told under 'corrections:'."
    )
