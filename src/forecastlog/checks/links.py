"""Records that name others, or whose outcome hangs on another's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from forecastlog.checks.dates import OUT_OF_TIME, TOO_EARLY
from forecastlog.checks.facts import Across, Entry, Facts, Fault, Link
from forecastlog.checks.resolutions import brought_about, decides
from forecastlog.values import meant
from forecastlog.vocabulary.deadlines import HOLDS
from forecastlog.vocabulary.outcomes import LOGGED_WRONGLY


def named_records_exist(ledger: Across) -> Iterator[Fault]:
    """``given`` names a condition.

    ``restates``, ``hedges``, ``reverses`` and ``replaces`` another prediction; ``article`` an article.
    """
    for record in ledger.records.values():
        for link in record.links:
            if link.kind == record.kind and link.target == record.id:
                hint = "Name the earlier prediction, or remove the key."
                message = f"a prediction that {link.path[-1]} itself"
                yield Fault("P212", (record.id, *link.path), message, hint)
            elif ledger.named(link.target, link.kind) is None:
                yield _unknown(ledger, (record.id, *link.path), link)


def _unknown(ledger: Across, place: tuple[str | int, ...], link: Link) -> Fault:
    what, name = link.kind, link.target
    if name in ledger.records:
        return Fault(
            "P210",
            place,
            f"'{name}' is no {what}",
            f"Another record has this id: name the {what}.",
        )
    ids = [record.id for record in ledger.of(what)]
    hint = meant(name, ids, f"No {what} of the ledger has this id.")
    return Fault("P210", place, f"unknown {what} '{name}'", hint)


def replaced_were_mislogged(ledger: Across) -> Iterator[Fault]:
    """What a prediction ``replaces`` is void as mislogged.

    Else both would stand, or one be dropped unseen.
    """
    for record in ledger.of("prediction"):
        old = ledger.named(record.link("replaces"), "prediction")
        if old and old is not record and not any(entry.reason == "mislogged" for entry in old.entries):
            yield Fault(
                "P217",
                (record.id, "replaces"),
                f"'{old.id}' was not logged wrongly: it is not void as mislogged",
                f"Resolve '{old.id}' as void, mislogged, or remove 'replaces'.",
            )


def old_ids_are_free(ledger: Across) -> Iterator[Fault]:
    """An id that a record had before is no other record's today."""
    for record in ledger.records.values():
        for old in record.was:
            if old in ledger.records:
                message = f"'{old}' is no old id: a record has it today"
                hint = "Remove it from 'was:', which names the ids that this record itself had before."
                yield Fault("P217", (record.id, "was"), message, hint)


def restates_in_a_circle(ledger: Across) -> Iterator[Fault]:
    """A chain of predictions that say each other again has a first one."""
    earlier = {record.id: record.link("restates") for record in ledger.of("prediction")}
    done: set[str] = set()
    for start in earlier:
        chain: list[str] = []
        name: str | None = start
        while name and name not in done and name not in chain:
            chain.append(name)
            name = earlier.get(name)
        if name in chain[:-1]:
            circle = " -> ".join([*chain[chain.index(name) :], name])
            hint = "One of them was said first: remove its 'restates'."
            yield Fault("P212", (name, "restates"), f"a circle of restatements: {circle}", hint)
        done.update(chain)


def said_once(ledger: Across) -> Iterator[Fault]:
    """The same claim, quote, speaker and deadline, or the same text of a condition, under one id."""
    before: dict[tuple[str, str], str] = {}
    for record in ledger.records.values():
        if not record.says or any(entry.reason in LOGGED_WRONGLY for entry in record.entries):
            continue
        other = before.get((record.kind, record.says))
        before[record.kind, record.says] = record.id
        if other is None or other in {link.target for link in record.links}:
            continue
        message, hint = _TWICE[record.kind]
        yield Fault("P314", (record.id,), message.format(other), hint.format(other), "note")


_TWICE = {
    "prediction": (
        "the claim, quote, speaker and deadline of '{}' again",
        "Delete one while nobody has seen it; else resolve this one as void, duplicate.",
    ),
    "condition": (
        "the text of the condition '{}' again",
        "Name '{}' under 'given:' in both predictions, and delete one while nobody has seen it.",
    ),
}


def the_example_is_gone(ledger: Across) -> Iterator[Fault]:
    """The article that ``init`` makes is none: it goes when the first real one is there."""
    articles = list(ledger.of("article"))
    for record in articles:
        if record.example and len(articles) > 1:
            hint = "Delete its file: whatever lies in the ledger is published."
            yield Fault("P315", (record.id,), "the example that 'init' made is still here", hint, "note")


def conditions_respected(ledger: Across) -> Iterator[Fault]:
    """An outcome does not contradict what became of the condition.

    Where people disagree about the condition, whatever one of them found may be followed.
    """
    for record in ledger.of("prediction"):
        if condition := ledger.named(record.link("given"), "condition"):
            for entry in record.entries:
                yield from _against(record, entry, condition)


def _against(record: Facts, entry: Entry, condition: Facts) -> Iterator[Fault]:
    found = {other.outcome for other in condition.entries}
    place = (record.id, *entry.path)
    if entry.reason == "condition-unmet" and not found:
        hint = "Resolve the condition: where it is unmet, its predictions become void by that."
        yield Fault("P231", (*place, "reason"), f"void for '{condition.id}', which is not resolved", hint)
    if not decides(entry.outcome):
        return
    if found == {"unmet"}:
        hint = "A consequence without its condition is void: outcome void, reason condition-unmet."
        yield Fault("P232", (*place, "outcome"), f"{entry.outcome}, although '{condition.id}' is unmet", hint)
    elif record.within:
        starts = [
            (other.happened or other.known).day for other in condition.entries if other.outcome == "met"
        ]
        if starts:
            yield from _by_the_clock(record, entry, [record.within.after(day) for day in starts])
        else:
            hint = "Resolve the condition first, as met, with its day."
            message = f"{entry.outcome}, although '{condition.id}', which starts the clock, is not met"
            yield Fault("P233", (*place, "outcome"), message, hint)


def _by_the_clock(record: Facts, entry: Entry, ends: list[date]) -> Iterator[Fault]:
    """The same as ``dates`` has it, for a day of the record where the clock gives the last one."""
    first, last = min(ends), max(ends)
    late = entry.happened is not None and entry.happened.first > last
    if late and brought_about(entry.outcome, HOLDS[record.holds].happens):
        message = f"{entry.outcome}, but it happened on {entry.happened}, after {last}"
        yield Fault("P207", (record.id, *entry.path, "happened"), message, OUT_OF_TIME)
    if record.holds != "within" and entry.outcome == "yes" and entry.known.day < first:
        message = f"yes, known on {entry.known}, but it has to hold on {first}"
        yield Fault("P207", (record.id, *entry.path, "known"), message, TOO_EARLY)
