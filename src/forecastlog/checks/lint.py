"""Notes on claims that will turn out void: no errors, but what is cheap to mend while the record is young."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from forecastlog.checks.scope import Place, Scope, entries_of
from forecastlog.kinds import BINARY, chance
from forecastlog.ledger.settings import WITHOUT_REASON
from forecastlog.model.outcomes import Evidence
from forecastlog.model.records import Article, Condition, Prediction
from forecastlog.problems import Problem
from forecastlog.standing.due import lapsing
from forecastlog.values import brief
from forecastlog.vocabulary.thresholds import MANY_WITHOUT_EVENT

# "signs a treaty and withdraws its troops", not "drones and missiles": what follows must look like a verb
# with its object, or like a clause of its own.
_SECOND_CLAIM = re.compile(
    r"(?:;|,? and)\s+(?:then |also )?"
    r"(?:(?:does|is|are|was|has|have|will)\b|\w+[^s\W]s (?:the|a|an|its|his|her|their|no|any|that|it"
    r"|them)\b)",
    re.IGNORECASE,
)
# "If rates rise, ...", "conditional on a truce", "..., provided that": not "even if", which holds either way,
# nor "whether", "aid is provided" or "once", which may be a number of times.
_CONDITION = re.compile(
    r"(?<!\beven )(?<!\bas )\b(?:(?:conditional|contingent)(?:ly)? (?:on|upon)|provid(?:ed|ing) that"
    r"|assuming that|given that|on (?:the )?condition that|in the event (?:of|that)|(?:only )?if|unless)\b"
    r"|^(?:assuming|provided|once)\b",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"\b(?:significant\w*|major|substantial\w*|considerabl[ey]|meaningful\w*|serious\w*|dramatic\w*"
    r"|notabl[ey]|weak(?:en|ens|er)|strengthens?|stronger|improves?|worsens?|deteriorates?|escalates?"
    r"|successful\w*)\b",
    re.IGNORECASE,
)
_MEASURE = re.compile(
    r"\d|%|\bpercent\b|\bper cent\b|\bat least\b|\bat most\b|\bmore than\b|\bfewer than\b|\bless than\b"
    r"|\b(?:one|two|three|four|five|six|ten|half|twice|any of|either of)\b",
    re.IGNORECASE,
)


def one_claim(scope: Scope, prediction: Prediction) -> Iterator[Problem]:
    """Two claims in one can come half true."""
    if found := _SECOND_CLAIM.search(prediction.claim):
        hint = "If one can come true without the other, log two predictions."
        yield _note(
            scope,
            "P301",
            (prediction.id, "claim"),
            f"perhaps two claims in one: '{found[0].strip()}'",
            hint,
        )


def measured(scope: Scope, prediction: Prediction) -> Iterator[Problem]:
    """A word of degree needs a measure."""
    found = _VAGUE.search(prediction.claim)
    if found and prediction.criteria and not _MEASURE.search(prediction.criteria):
        hint = "Say in 'criteria' how much counts, and by which source."
        yield _note(
            scope, "P302", (prediction.id, "claim"), f"'{found[0]}' has no measure in the criteria", hint
        )


def condition_apart(scope: Scope, prediction: Prediction) -> Iterator[Problem]:
    """A condition inside a claim makes a no of what should be void."""
    found = _CONDITION.search(prediction.claim)
    if found and prediction.given is None:
        hint = (
            "Log the condition with 'forecastlog add --condition', name it under 'given:', "
            "and leave it out here."
        )
        message = f"a condition inside the claim: '{found[0]}'"
        yield _note(scope, "P313", (prediction.id, "claim"), message, hint)


def settled(scope: Scope, prediction: Prediction) -> Iterator[Problem]:
    """Without a source agreed beforehand, people argue about it afterwards."""
    if prediction.settled_by is None:
        hint = "Add 'settled_by:' with the publication that will settle it."
        yield _note(scope, "P303", (prediction.id, "id"), "no source that will settle it", hint)


def events_told(scope: Scope, article: Article) -> Iterator[Problem]:
    """Many predictions without an event share their article's, and count as one.

    A list says that they do not.
    """
    wrote = article.events == "prediction"
    if wrote and not article.events_why:
        yield scope.fault("P216", (article.id, "events"), *WITHOUT_REASON)
    without = [one for one in article.predictions if scope.covers(one) and not one.event]
    by = article.events or scope.ledger.settings.events
    if by == "article" and article.events is None and len(without) >= MANY_WITHOUT_EVENT:
        hint = (
            "Name what each turns on under 'event:'. "
            "If what happens in one tells nothing of the others, write 'events: "
            "prediction' and 'events_why:' in the article."
        )
        message = f"{len(without)} predictions without an event: together they count as one"
        yield _note(scope, "P311", (article.id,), message, hint)


def one_question(scope: Scope, article: Article) -> Iterator[Problem]:
    """Chances of several claims that sum to 1 are mostly the shares of one question's options."""
    found: dict[tuple[object, ...], list[tuple[Prediction, float]]] = {}
    for one in filter(scope.covers, article.predictions):
        figures = [chance(forecast).probability for forecast in one.forecasts if forecast.basis == "stated"]
        if one.kind == BINARY.name and len(figures) == 1 and figures[0]:
            window = one.deadline
            alike = (one.speaker, one.made, window.latest, window.within, one.event, one.given)
            found.setdefault(alike, []).append((one, figures[0]))
    for members in found.values():
        if len(members) >= FEWEST_OPTIONS and abs(sum(share for _, share in members) - 1) < ROUNDED:
            first, *others = (one.id for one, _ in members)
            hint = "If one of them comes, log one prediction of kind choice, with these as its options."
            message = f"the chances of this, {', '.join(others)} sum to 1: perhaps options of one question"
            yield _note(scope, "P320", (first, "id"), message, hint)


FEWEST_OPTIONS, ROUNDED = 3, 0.0051
"""How many claims make a question of several options, and by how much shares that were rounded may miss a sum
of 1."""


def coders_logged(scope: Scope, article: Article) -> Iterator[Problem]:
    """Who is said to have read an article for predictions has logged some of them."""
    logged = {name.strip() for one in article.predictions for name in (one.logged_by or "").split(",")}
    for index, coder in enumerate(article.coders):
        if coder not in logged:
            hint = "Name them under 'logged_by:' of what they found, or take out who read nothing."
            message = f"'{brief(coder)}' is among the coders, and logged nothing of the article"
            yield _note(scope, "P312", (article.id, "coders", index), message, hint)


def evidence_late_enough(scope: Scope, record: Condition | Prediction) -> Iterator[Problem]:
    """What time alone brings about, as a "no", is proved only by what was written after the deadline."""
    latest = record.deadline.latest if isinstance(record, Prediction) else record.by
    for place, entry in entries_of(record):
        days = [day for item in entry.evidence if (day := _day(item))]
        if latest is None or entry.outcome != lapsing(record) or entry.known.day <= latest:
            continue
        if days and max(days) < latest:
            yield scope.fault(
                "P304",
                (*place, "outcome"),
                f"the newest evidence is of {max(days)}, and there was time until {latest}",
                "Add evidence from after the deadline, or {searched: where, on: day}.",
                severity="note",
            )


def _day(item: Evidence) -> date | None:
    return item.on or (item.published.day if item.published else None)


def _note(scope: Scope, code: str, place: Place, message: str, hint: str) -> Problem:
    return scope.fault(code, place, message, hint, severity="note")
