"""What the commands that write share: options named after the record's keys, and showing before doing."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from forecastlog.cli.options import Decorator
from forecastlog.cli.text import clean, is_terminal
from forecastlog.errors import BadValue
from forecastlog.keys import Many, Table
from forecastlog.phrasing import opening

if TYPE_CHECKING:
    from forecastlog.compose.plan import Plan

MERGES = (
    "In this clone git now merges what two people wrote record by record (git config "
    "merge.forecastlog.driver)."
)

Value = TypeVar("Value")


def option_of(name: str, meaning: str, *, several: bool = False, flag: bool = False) -> Decorator:
    """The option for a value of a record, with the record's own words as its help."""
    return click.option(
        f"--{name.rstrip('s') if several else name}".replace("_", "-"),
        name,
        is_flag=flag,
        default=None,
        multiple=several,
        metavar=None if flag else "TEXT",
        help=opening(meaning) + (" (repeatable)." if several else "."),
    )


def record_options(table: Table, keys: Sequence[str]) -> Decorator:
    """An option for each of these keys of the record."""

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        for key in (table.by_name[name] for name in reversed(keys)):
            option_of(key.name, key.meaning, several=isinstance(key.reader, Many))(function)
        return function

    return decorate


def given(answers: Mapping[str, object]) -> dict[str, object]:
    """The answers that were given."""
    return {key: value for key, value in answers.items() if value not in (None, "", ())}


def at_terminal() -> bool:
    """Whether a person can be asked."""
    return bool(sys.stdin and sys.stdin.isatty()) and is_terminal()


class Leave(click.Abort):
    """The person leaves a question unanswered.

    ``way`` is back, quit or another word that was offered.
    """

    def __init__(self, way: str) -> None:
        super().__init__()
        self.way = way


WAYS_OUT = {"b": "back", "back": "back", "q": "quit", "quit": "quit"}
"""What leads out of every question, and the word for it."""


def ask(question: str, read: Callable[[str], Value], about: str = "") -> Value:
    """A person's answer as ``read`` reads it; asked again, with the reason, while that raises BadValue.

    At every question b goes back one, q leaves and ? explains, with ``about`` where there is more to say.
    Raises Leave.
    """
    while True:
        answer = click.prompt(question, default="", show_default=False, err=True).strip()
        if answer.lower() in WAYS_OUT:
            raise Leave(WAYS_OUT[answer.lower()])
        if answer == "?":
            tell([*([about] if about else []), "b goes back one question, q leaves; what is written stays."])
            continue
        try:
            return read(answer)
        except BadValue as error:
            tell([str(error)])


def tell(sentences: Sequence[str]) -> None:
    """Sentences on standard error."""
    for sentence in sentences:
        click.echo(clean(sentence), err=True)


def preview(plan: Plan) -> str:
    """The lines that a plan adds or changes, as they will stand in the files."""
    lines = [line[1:] for line in plan.diff().splitlines() if line[:1] == "+" and line[:4] != "+++ "]
    return "\n".join(lines)


def write(plan: Plan, root: Path, *, dry_run: bool, confirm: bool = False) -> int:
    """Say how words were read, then write; with ``dry_run`` print the change and write nothing.

    With ``confirm`` the person who was asked decides, once the readings are there to see.
    """
    with suppress(OSError):  # nobody hears it: what was asked for is written all the same
        tell(plan.said)
    if confirm and not plan.empty:
        tell([preview(plan)])
    if confirm and not dry_run and not click.confirm("Write it?", default=True, err=True):
        tell(["Nothing was written."])
        return 1
    if plan.empty:
        tell(["Nothing to write."])
    elif dry_run:
        click.echo(clean(plan.diff()) if is_terminal() else plan.diff(), nl=False)
    else:
        _carry_out(plan, root)
    return 0


def _carry_out(plan: Plan, root: Path) -> None:
    from forecastlog.ledger.merge import register

    written = plan.carry_out()
    what = f": {', '.join(plan.ids)}" if plan.ids else ""
    sentences = [f"Wrote {', '.join(map(str, written))}{what}."]
    if register(root):
        sentences.append(MERGES)
    # What is written is written: a command that failed because nobody hears it would be given again.
    with suppress(OSError):
        tell(sentences)
