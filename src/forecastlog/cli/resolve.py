"""``resolve``: what happened, with evidence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from forecastlog.cli.options import (
    by_option,
    complete_ids,
    find_record,
    open_ledger,
    writing_options,
)
from forecastlog.cli.text import clean
from forecastlog.cli.verdict import Verdict
from forecastlog.cli.writing import at_terminal, given, record_options, write
from forecastlog.compose import Outcome, resolve
from forecastlog.compose.plan import judged
from forecastlog.errors import BadValue
from forecastlog.kinds import kind_of
from forecastlog.ledger.tables import RESOLUTION
from forecastlog.model.records import Prediction
from forecastlog.standing.review import found_before
from forecastlog.vocabulary.outcomes import ANY_OUTCOMES, WITHOUT_EVIDENCE, reasons_for

if TYPE_CHECKING:
    from forecastlog.ledger import Loaded


@click.command("resolve")
@click.argument("words", metavar="ID... [OUTCOME]", nargs=-1, required=True, shell_complete=complete_ids)
@record_options(RESOLUTION, ("known", "happened", "reason", "vintage", "note"))
@click.option("--evidence", metavar="URL", multiple=True, help="A link that shows it (repeatable).")
@click.option("--searched", metavar="TEXT", help="Where it was looked for and not found.")
@click.option("--settles", is_flag=True, help="This entry settles a disagreement.")
@click.option("--blind", is_flag=True, default=None, help="You have not seen what others recorded.")
@click.option("--revise", is_flag=True, help="Change your own earlier outcome.")
@by_option("--by", text="Who records it.")
@writing_options
def command(*, root: Path, today: date, words: tuple[str, ...], dry_run: bool, **answers: object) -> int:
    """Record what happened, with evidence.

    ID is a prediction or a condition, or several of them. OUTCOME is yes, no, a share such as 0.5,
    ambiguous, void, uncheckable or reopened; of a condition met, unmet, partly or unobservable; of a choice
    an option or "none of them", of a number "4.1 %" or "between 12 and 15", of a date a day or never. On a
    terminal what is missing is asked for, once for all of them.
    """
    loaded = open_ledger(root)
    *names, outcome = words
    if _is_id(loaded, names, outcome):
        names, outcome = [*words], ""
    if not names:
        raise BadValue(f"which record? Write 'forecastlog resolve ID {clean(outcome)}'.")
    ids = [find_record(loaded.ledger, name).id for name in names]
    said = given(answers)
    answer = Outcome(outcome=outcome, **said)  # type: ignore[arg-type]  # one option a field
    asked = at_terminal() and (not outcome or lacks(answer))
    if asked:
        record = judged(loaded, ids[0])
        before = found_before(loaded.ledger, record, answer.by)
        Verdict(answer, record, loaded.ledger, today, before).ask()
    elif not outcome:
        raise BadValue("what happened? Add the outcome, such as yes or no.")
    return write(resolve(loaded, ids, answer, today=today), root, dry_run=dry_run, confirm=asked)


def _is_id(loaded: Loaded, names: Sequence[str], word: str) -> bool:
    """Whether the last word names a record, and is no outcome of those before it."""
    named = (loaded.ledger.get(name) for name in names)
    asked = [record for record in named if isinstance(record, Prediction)]
    if any(kind_of(record).decided(record, word) is not None for record in asked):
        return False
    return word not in ANY_OUTCOMES and any(name.startswith(word) for name in loaded.ledger.ids)


def lacks(answer: Outcome) -> bool:
    """Whether an entry of this outcome still needs evidence, a day or a reason."""
    if answer.outcome in WITHOUT_EVIDENCE:
        return bool(reasons_for(answer.outcome)) and not answer.reason
    return not (answer.evidence or answer.searched)
