"""``check``: every problem in the ledger, in one run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import click

from forecastlog.cli.options import FileName, ledger_option, private_option, today_option, visitor_of
from forecastlog.cli.output import Columns, Output, output_options
from forecastlog.cli.text import clean, in_colour
from forecastlog.column import row_of
from forecastlog.columns.findings import PROBLEM, REREADING
from forecastlog.model.ledger import Ledger
from forecastlog.phrasing import counted
from forecastlog.problems import Problem, Severity, briefly

PLACES = 6
"""How many places are named of notes that are told as one."""
COLOURS: Mapping[Severity, str] = {"error": "red", "warning": "yellow", "note": "cyan"}


@click.command("check")
@click.argument("files", metavar="[FILE]...", nargs=-1, type=FileName(exists=True, dir_okay=False))
@click.option("--errors", is_flag=True, help="Only errors: no warnings and no notes.")
@click.option(
    "--articles",
    metavar="DIR",
    type=FileName(exists=True, file_okay=False),
    help="Prove that each quote stands in the article's text in this folder, or in a stored copy.",
)
@click.option(
    "--links", is_flag=True, help="Ask for every cited page, and note dead links and pages that changed."
)
@private_option
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@click.option(
    "--reread",
    is_flag=True,
    help="List instead all words that read otherwise today, deadlines by the newest convention.",
)
@output_options
@ledger_option
@today_option
def command(
    *,
    root: Path,
    today: date,
    files: tuple[Path, ...],
    errors: bool,
    articles: Path | None,
    links: bool,
    private: bool,
    strict: bool,
    reread: bool,
    output: Output,
) -> int:
    """Report every problem in the ledger.

    With FILEs just those in them. Each comes with its place, the line, what is wrong and what to write
    instead. Errors make the exit code 1; warnings do so with --strict, and notes never do.
    """
    from forecastlog import checks
    from forecastlog.ledger.indexed import open_indexed
    from forecastlog.ledger.loader import by_place

    loaded = open_indexed(root)
    if reread:
        scope = checks.Scope(loaded, today)
        rows = (one for record in scope.predictions() for one in checks.rereadings(scope, record))
        output.print((row_of(REREADING, one) for one in rows), Columns.of(REREADING))
        return 0
    problems = checks.check(loaded, today=today)
    articles = articles or checks.texts_folder(loaded)
    if articles or links:
        from forecastlog.archive import Store
        from forecastlog.checks.pages import check_links

        settings = loaded.ledger.settings
        store = Store.of(root, settings.archive)
        found = checks.check_articles(loaded, articles, store) if articles else []
        answers = check_links(loaded, visitor_of(settings, private=private), store) if links else ()
        problems = sorted([*problems, *found, *answers], key=by_place)
    problems = chosen(problems, files, errors=errors)
    if output.for_people:
        report = [*map(_coloured, briefly(gathered(problems))), summary(loaded.ledger, problems)]
        click.echo("\n\n".join(report), color=True)
    else:
        output.print((row_of(PROBLEM, problem) for problem in problems), Columns.of(PROBLEM))
    fatal = {"error", "warning"} if strict else {"error"}
    return int(any(problem.severity in fatal for problem in problems))


def chosen(problems: Sequence[Problem], files: Sequence[Path], *, errors: bool) -> list[Problem]:
    """The problems in these files, or in all of them; all of them, or the errors."""
    named = {path.resolve() for path in files}
    return [
        problem
        for problem in problems
        if (not errors or problem.severity == "error")
        and (not named or (problem.span is not None and Path(problem.span.path).resolve() in named))
    ]


def gathered(problems: Sequence[Problem]) -> list[Problem]:
    """The problems, errors first, and the notes of a kind in one that names where they all are."""
    notes: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        if problem.severity == "note":
            notes.setdefault((problem.code, problem.hint), []).append(problem)
    rank = {severity: number for number, severity in enumerate(COLOURS)}
    others = sorted((one for one in problems if one.severity != "note"), key=lambda one: rank[one.severity])
    return [*others, *map(_as_one, notes.values())]


def _as_one(alike: Sequence[Problem]) -> Problem:
    first, *rest = alike
    if not rest or first.span is None:
        return first
    places = [f"{one.span.path}:{one.span.line}" for one in rest if one.span]
    more = f" and {len(places) - PLACES:,} more" if len(places) > PLACES else ""
    hint = f"{first.hint}\n  The same at {', '.join(places[:PLACES])}{more}."
    return Problem(first.code, first.severity, first.span, first.message, hint)


def summary(ledger: Ledger, problems: Sequence[Problem]) -> str:
    """The closing line: how much was read, and how many problems of each kind there are."""
    counts = Counter(problem.severity for problem in problems)
    found = [counted(counts[severity], severity) for severity in COLOURS if counts[severity]]
    there = ledger.counts
    read = ", ".join(counted(there[kind], kind) for kind in ("article", "prediction", "condition"))
    return f"{read}: {', '.join(found) or 'no problems'}."


def _coloured(problem: Problem) -> str:
    """The problem as it prints everywhere, its severity in colour on a terminal."""
    text = clean(str(problem))
    mark = f"{problem.severity}[{problem.code}]"
    return text.replace(mark, click.style(mark, fg=COLOURS[problem.severity]), 1) if in_colour() else text
