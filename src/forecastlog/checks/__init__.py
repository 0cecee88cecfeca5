"""What a ledger's records must fulfil beyond being readable: one small function a rule.

A rule is of a record, of a file, or across records. The first two look at what stands in one file; a rule
across records looks at a few facts of each (``facts.py``), so that a command that changes one file need not
read the others.

dates.py        days in an impossible order
deadlines.py    deadlines without a reason, words or an end
figures.py      forecasts whose figures do not fit
resolutions.py  outcomes without evidence or reason
links.py        records that name others, or whose outcome hangs on another's
forecasters.py  people.yaml, and who is not in it
sources.py      notes on what outcomes rest on
lint.py         notes on claims that will turn out void
words.py        stored values against their words, as notes
texts.py        quotes against the articles' texts, where those are at hand
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from itertools import repeat
from pathlib import Path
from typing import TypeVar

from forecastlog.checks import (
    dates,
    deadlines,
    facts,
    figures,
    forecasters,
    links,
    lint,
    resolutions,
    sources,
    words,
)
from forecastlog.checks.scope import Scope
from forecastlog.checks.texts import check_articles, misquoted, texts_folder
from forecastlog.checks.words import Rereading, rereadings
from forecastlog.kinds import BINARY, kind_of
from forecastlog.ledger import Loaded
from forecastlog.ledger.imports import is_import
from forecastlog.ledger.index import digest_of, fingerprint
from forecastlog.ledger.loader import by_place
from forecastlog.ledger.source import shown
from forecastlog.model.records import Article, Condition, Prediction
from forecastlog.problems import Problem

Rule = TypeVar("Rule", bound=Callable[..., Iterator[Problem]])

OF_PREDICTIONS: tuple[Callable[[Scope, Prediction], Iterator[Problem]], ...] = (
    dates.deadline_order,
    dates.deadline_after_made,
    dates.order_of_days,
    dates.forecasts_not_before,
    dates.no_hindsight,
    dates.held_to_the_end,
    dates.logged_at_all,
    dates.logged_in_the_future,
    dates.logged_elsewhere_before,
    deadlines.reasons_given,
    deadlines.words_fit_basis,
    deadlines.open_ends,
    deadlines.read_by_a_rule,
    figures.of_its_kind,
    figures.says_something,
    figures.readers_named,
    figures.forecast_in_time,
    resolutions.condition_there,
    lint.one_claim,
    lint.condition_apart,
    lint.measured,
    lint.settled,
    words.words_reread,
    words.scales_known,
)
"""Rules of one prediction."""

OF_IMPORTED: tuple[Callable[[Scope, Prediction], Iterator[Problem]], ...] = (
    dates.deadline_order,
    dates.deadline_after_made,
    dates.order_of_days,
    dates.logged_in_the_future,
    dates.logged_elsewhere_before,
    figures.of_its_kind,
    dates.resolution_order,
    dates.recorded_in_the_future,
)
"""Rules of one prediction that a machine wrote: a platform's records have no evidence, criteria or words
of ours."""
OF_BINARY: tuple[Callable[[Scope, Prediction], Iterator[Problem]], ...] = (
    figures.figures_fit_basis,
    figures.stated_in_words,
)
"""Rules of one prediction that turns out true or false."""

OF_RESOLVED: tuple[Callable[[Scope, Condition | Prediction], Iterator[Problem]], ...] = (
    dates.resolution_order,
    dates.happened_in_time,
    dates.recorded_in_the_future,
    figures.said_twice,
    resolutions.reasons_fit,
    resolutions.evidence_given,
    lint.evidence_late_enough,
    sources.more_than_a_copy,
    sources.few_enough,
)
"""Rules of one record that can be resolved: a prediction or a condition."""

OF_FILES: tuple[Callable[[Scope, Article], Iterator[Problem]], ...] = (
    dates.order_of_articles_days,
    dates.no_condition_in_hindsight,
    dates.article_in_the_future,
    lint.events_told,
    lint.one_question,
    lint.coders_logged,
)
"""Rules of an article's file."""

OF_THE_DAY = (dates.logged_in_the_future, dates.recorded_in_the_future, dates.article_in_the_future)
"""Those of these rules that look at the day of the check."""

OF_LISTS: tuple[Callable[[Scope], Iterator[Problem]], ...] = (forecasters.list_fits,)
"""Rules of people.yaml."""

ACROSS: tuple[Callable[[facts.Across], Iterator[facts.Fault]], ...] = (
    links.named_records_exist,
    links.replaced_were_mislogged,
    links.old_ids_are_free,
    links.restates_in_a_circle,
    links.said_once,
    links.the_example_is_gone,
    links.conditions_respected,
    forecasters.listed,
    forecasters.recorders_listed,
    sources.told_alike,
)
"""Rules across records, which read facts alone."""


def check(
    loaded: Loaded, *, today: date | None = None, files: Collection[Path] | None = None
) -> list[Problem]:
    """The reader's problems and every rule's, sorted by place.

    With ``today`` given, days of logging and recording that lie after it are problems too. With ``files``
    given, rules of a record or file look at these articles' files alone; rules across records at all.
    """
    scope = Scope(loaded, today)
    problems = list(loaded.problems)
    of_files: Iterable[list[facts.Facts]] = facts.of_files(scope)
    if files is None:
        # Side by side, so that a file is read once for both and let go.
        both = list(zip(of_files, _of_all_files(loaded), strict=True))
        of_files = [found for found, _ in both]
        problems += [problem for _, found in both for problem in found]
    for article in loaded.articles_in(files) if files is not None or today else ():
        problems += _of_file(scope, article, None if files is not None else OF_THE_DAY)
    for rule in OF_LISTS:
        problems += rule(scope)
    if files is None or any(is_import(path, loaded.root) for path in files):
        for imported in filter(scope.covers, loaded.imported_in(files)):
            for of_imported in OF_IMPORTED:
                problems += of_imported(scope, imported)
    records = facts.gather(scope, of_files)
    for across in ACROSS:
        problems += (scope.fault(*fault[:4], severity=fault.severity) for fault in across(records))
    return sorted(problems, key=by_place)


def _of_all_files(loaded: Loaded) -> Iterator[list[Problem]]:
    """What the rules of a record or a file say of each on no day, which the index keeps.

    The file and the settings decide it.
    """
    timeless = Scope(loaded)

    def found_in(article: Article) -> list[Problem]:
        return [_placed(problem, "") for problem in _of_file(timeless, article)]

    settings = digest_of(repr(loaded.ledger.settings).encode()).hex()
    name = f"problems {settings} {fingerprint('deadlines', 'likelihood', 'amounts', 'suggest')}"
    kept = loaded.of_files(name, list[Problem], found_in)
    paths = (
        map(shown, loaded.articles_files.values()) if loaded.articles_files else repeat("")
    )  # made in memory
    for path, problems in zip(paths, kept, strict=bool(loaded.articles_files)):
        yield [_placed(problem, path) for problem in problems]


def _placed(problem: Problem, path: str) -> Problem:
    """The same in a file of another name."""
    return problem._replace(span=problem.span._replace(path=path)) if problem.span else problem


def _of_file(
    scope: Scope, article: Article, only: Collection[Callable[..., object]] | None = None
) -> Iterator[Problem]:
    """What the rules of a record or a file say, or ``only`` these of them."""

    def chosen(rules: Iterable[Rule]) -> list[Rule]:
        return [rule for rule in rules if only is None or rule in only]

    for rule in chosen(OF_FILES):
        yield from rule(scope, article)
    checked = list(filter(scope.covers, article.predictions))
    of_all, of_binary, of_resolved = chosen(OF_PREDICTIONS), chosen(OF_BINARY), chosen(OF_RESOLVED)
    for prediction in checked:
        for of_prediction in (*of_all, *(of_binary if kind_of(prediction) is BINARY else ())):
            yield from of_prediction(scope, prediction)
    resolved: list[Condition | Prediction] = [*article.conditions, *checked]
    for record in resolved:
        for each in of_resolved:
            yield from each(scope, record)


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
    "ACROSS",
    "OF_BINARY",
    "OF_FILES",
    "OF_IMPORTED",
    "OF_LISTS",
    "OF_PREDICTIONS",
    "OF_RESOLVED",
    "Rereading",
    "Scope",
    "check",
    "check_articles",
    "misquoted",
    "new_errors",
    "rereadings",
    "texts_folder",
]
