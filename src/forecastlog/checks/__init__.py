"""What a ledger's records must fulfil beyond being readable: one small function a rule.

A rule is of a record, of a file, or across records. The first two look at what stands in one file; a rule
across records looks at a few facts of each (``facts.py``), so that a command that changes one file need not
read the others.

dates.py        days in an impossible order
future.py       days that have not come yet
deadlines.py    deadlines without a reason, words or an end
figures.py      forecasts whose figures do not fit
resolutions.py  outcomes without evidence or reason
links.py        records that name others, or whose outcome hangs on another's
forecasters.py  people.yaml, and who is not in it
sources.py      notes on what outcomes rest on
lint.py         notes on claims that will turn out void
words.py        stored values against their words, as notes
texts.py        quotes against the articles' texts, where those are at hand

``rules.py`` lists them all, ``kept.py`` has the index keep what they say whatever the day is, and
``incoming.py`` asks them of a machine's line before it is written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from pathlib import Path

from forecastlog.checks import facts, future, kept, rules
from forecastlog.checks.scope import Scope
from forecastlog.checks.texts import check_articles, misquoted, texts_folder
from forecastlog.checks.words import Rereading, rereadings
from forecastlog.ledger import Loaded
from forecastlog.ledger.imports import is_import
from forecastlog.ledger.loader import by_place
from forecastlog.model.records import Prediction
from forecastlog.problems import Problem


def check(
    loaded: Loaded, *, today: date | None = None, files: Collection[Path] | None = None
) -> list[Problem]:
    """The reader's problems and every rule's, sorted by place.

    With ``today`` given, days of logging and recording that lie after it are problems too. With ``files``
    given, rules of a record or file look at these articles' files alone; rules across records at all.
    """
    scope = Scope(loaded, today)
    problems = [*loaded.problems, *(problem for rule in rules.OF_LISTS for problem in rule(scope))]
    machines, of_files = list(kept.machines(loaded)), facts.of_files(scope)
    if files is None:
        # Side by side, so that a file is read once for both and let go.
        both = list(zip(of_files, kept.files(loaded), strict=True))
        of_files = iter([found for found, _ in both])
        problems += _on_no_day([judged for _, judged in both], machines)
        problems += _of_the_day(scope, [judged.last for _, judged in both], machines) if today else ()
    else:
        problems += _in_files(scope, files)
    records = facts.gather(scope, of_files, (machine.facts for machine in machines))
    for across in rules.ACROSS:
        problems += (scope.fault(*fault[:4], severity=fault.severity) for fault in across(records))
    return sorted(problems, key=by_place)


def _on_no_day(files: Sequence[kept.Judged], machines: Sequence[kept.Machine]) -> Iterator[Problem]:
    for judged in (*files, *(machine.judged for machine in machines)):
        yield from judged.problems


def _of_the_day(
    scope: Scope, last_days: Sequence[date], machines: Sequence[kept.Machine]
) -> Iterator[Problem]:
    """What rules say of the day of the check, which few records have to be read for."""
    loaded, today = scope.loaded, scope.today or date.max
    paths = loaded.articles_files.values()  # none of a ledger that was made in memory
    late = {path for path, last in zip(paths, last_days, strict=bool(paths)) if last > today}
    for article in loaded.articles_in(late) if paths else loaded.ledger.articles:
        yield from rules.of_file(scope, article, future.OF_THE_DAY)
    ids = {machine.facts.id for machine in machines if machine.judged.last > today}
    for name in sorted(ids.union(loaded.imported_after(today))):
        prediction = loaded.ledger.get(name)
        if isinstance(prediction, Prediction):
            yield from rules.of_imported(scope, prediction, future.OF_THE_DAY)


def _in_files(scope: Scope, files: Collection[Path]) -> Iterator[Problem]:
    """What the rules of a record or a file say of these files."""
    for article in scope.loaded.articles_in(files):
        yield from rules.of_file(scope, article)
    if any(is_import(path, scope.loaded.root) for path in files):
        for imported in scope.loaded.imported_in(files):
            yield from rules.of_imported(scope, imported)


def new_errors(before: Loaded, after: Loaded, files: Collection[Path], *, today: date) -> list[Problem]:
    """The errors of ``after`` that ``before`` has not, where only ``files`` differ.

    One that merely moved to another line is not new.
    """
    known = Counter(map(_what, _errors(before, files, today)))
    found = []
    for problem in _errors(after, files, today):
        known[_what(problem)] -= 1
        if known[_what(problem)] < 0:
            found.append(problem)
    return found


def _errors(loaded: Loaded, files: Collection[Path], today: date) -> Iterator[Problem]:
    problems = check(loaded, today=today, files=files)
    return (problem for problem in problems if problem.severity == "error")


def _what(problem: Problem) -> tuple[str, str, str]:
    return problem.code, problem.span.path if problem.span else "", problem.message


__all__ = [
    "Rereading",
    "Scope",
    "check",
    "check_articles",
    "misquoted",
    "new_errors",
    "rereadings",
    "texts_folder",
]
