"""What rules find that does not depend on the day: the index keeps it.

It follows from the settings and the file, or the lines that a machine wrote, alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import repeat
from typing import NamedTuple

from forecastlog.checks import facts
from forecastlog.checks.facts import Facts
from forecastlog.checks.future import last_day
from forecastlog.checks.rules import of_file, of_imported
from forecastlog.checks.scope import Scope
from forecastlog.ledger import Loaded
from forecastlog.ledger.index import digest_of, fingerprint
from forecastlog.ledger.source import shown
from forecastlog.model.records import Article, Prediction
from forecastlog.problems import Problem


class Judged(NamedTuple):
    """What those rules find in a file, or in a prediction that a machine wrote.

    ``last`` is the last day in it that the other rules compare with today.
    """

    problems: list[Problem]
    last: date


class Machine(NamedTuple):
    """A prediction that a machine wrote, as rules see it without reading it again."""

    facts: Facts
    judged: Judged


def files(loaded: Loaded) -> Iterator[Judged]:
    """The files with an article, in the ledger's order."""
    scope = Scope(loaded)

    def judged(article: Article) -> Judged:
        return Judged([_placed(problem, "") for problem in of_file(scope, article)], last_day(article))

    paths = map(shown, loaded.articles_files.values()) if loaded.articles_files else repeat("")
    kept = loaded.of_files(_named("problems", loaded), Judged, judged)
    for path, one in zip(paths, kept, strict=bool(loaded.articles_files)):  # some are made in memory
        yield one._replace(problems=[_placed(problem, path) for problem in one.problems])


def machines(loaded: Loaded) -> Iterator[Machine]:
    """The predictions that machines wrote, by their ids."""
    scope = Scope(loaded)

    def machine(prediction: Prediction) -> Machine:
        problems = [problem._replace(span=None) for problem in of_imported(scope, prediction)]
        return Machine(facts.of_machine(prediction), Judged(problems, last_day(prediction)))

    for one in loaded.of_imported(_named("machines", loaded), Machine, machine):
        span = loaded.span(one.facts.id) if one.judged.problems else None
        problems = [problem._replace(span=span) for problem in one.judged.problems]
        yield one._replace(judged=one.judged._replace(problems=problems))


def _named(what: str, loaded: Loaded) -> str:
    """A name in the index that differs where the settings or the readers of words do."""
    settings = digest_of(repr(loaded.ledger.settings).encode()).hex()
    return f"{what} {settings} {fingerprint('deadlines', 'likelihood', 'amounts', 'suggest')}"


def _placed(problem: Problem, path: str) -> Problem:
    """The same in a file of another name."""
    return problem._replace(span=problem.span._replace(path=path)) if problem.span else problem
