"""What a ledger's records must fulfil beyond being readable: one small function a rule.

dates.py        days in an impossible order
deadlines.py    deadlines without a reason, words or an end
figures.py      forecasts whose figures do not fit
resolutions.py  outcomes without evidence or reason
links.py        records that name others
forecasters.py  people.yaml
lint.py         notes on claims that will turn out void
words.py        stored values against their words, as notes
texts.py        quotes against the articles' texts, where those are at hand
"""

from __future__ import annotations

from datetime import date

from forecastlog.checks import dates, deadlines, figures, forecasters, links, lint, resolutions, words
from forecastlog.checks.scope import Rule, Scope
from forecastlog.checks.texts import check_articles
from forecastlog.checks.words import Rereading, rereadings
from forecastlog.ledger import Loaded
from forecastlog.ledger.loader import by_place
from forecastlog.problems import Problem

RULES: tuple[Rule, ...] = (
    dates.deadline_order,
    dates.deadline_after_made,
    dates.order_of_days,
    dates.resolution_order,
    dates.happened_in_time,
    dates.held_to_the_end,
    dates.logged_at_all,
    dates.in_the_future,
    deadlines.reasons_given,
    deadlines.words_fit_basis,
    deadlines.open_ends,
    figures.figures_in_order,
    figures.figures_fit_basis,
    figures.stated_in_words,
    figures.forecast_in_time,
    figures.said_twice,
    resolutions.reasons_fit,
    resolutions.evidence_given,
    resolutions.conditions_respected,
    links.conditions_exist,
    links.predictions_exist,
    links.restates_in_a_circle,
    forecasters.listed,
    forecasters.list_fits,
    lint.one_claim,
    lint.measured,
    lint.settled,
    lint.evidence_late_enough,
    words.words_reread,
    words.scales_known,
)


def check(loaded: Loaded, *, today: date | None = None) -> list[Problem]:
    """The reader's problems and every rule's, sorted by place.

    With ``today`` given, days of logging and recording that lie after it are problems too.
    """
    scope = Scope(loaded, today)
    problems = list(loaded.problems)
    for rule in RULES:
        problems += rule(scope)
    return sorted(problems, key=by_place)


__all__ = ["RULES", "Rereading", "Rule", "Scope", "check", "check_articles", "rereadings"]
