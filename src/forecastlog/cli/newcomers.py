"""Names that nobody has listed.

A person at a terminal is asked who they are, a script says ``--new-person``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, get_args

import click

from forecastlog.cli.options import Decorator
from forecastlog.cli.writing import ask, at_terminal, tell
from forecastlog.compose.people import Newcomers, close_to, is_listed
from forecastlog.errors import BadValue
from forecastlog.vocabulary.people import ForecasterKind
from forecastlog.vocabulary.word import alternatives

if TYPE_CHECKING:
    from forecastlog.compose import Answers
    from forecastlog.ledger import Loaded

KINDS: Sequence[ForecasterKind] = tuple(kind for kind in get_args(ForecasterKind) if kind != "joint")
"""What somebody new can be; joint authors come of their members."""


def newcomer_options(kind: ForecasterKind) -> Decorator:
    """``--new-person`` and ``--kind``, which is ``kind`` where it is not given."""
    about = f"What the forecaster is, where the name is new.  [default: {kind}]"
    of_kind = click.option("--kind", type=click.Choice(KINDS), help=about)
    new = click.option(
        "--new-person", is_flag=True, help="A name that is close to a listed one is somebody new."
    )
    return lambda function: new(of_kind(function))


def settled(
    loaded: Loaded, answers: Answers, question: str, people: Newcomers, *, asked: bool | None = None
) -> tuple[Answers, Newcomers]:
    """The answers with the names that are meant, and what each new one is.

    As they were where nobody is there to ask.
    """
    if people.meant or not (at_terminal() if asked is None else asked):
        return answers, people
    value = answers.values.get(question, ())
    called = value if isinstance(value, tuple) else (str(value),)
    names: list[str] = []
    for name in called:
        meant = _meant(loaded, name)
        names.append(meant)
        if not is_listed(loaded.names, meant) and meant not in people.kinds:
            kinds = {**people.kinds, meant: _kind(meant, people.kind)}
            people = replace(people, kinds=kinds)
    found = names if isinstance(value, tuple) else names[0]
    return replace(answers, given={**answers.given, **answers.of({question: found}).given}), people


def _meant(loaded: Loaded, name: str) -> str:
    near = None if is_listed(loaded.names, name) else close_to(loaded.names, name)
    if near is None:
        return name
    tell([f"'{name}' is nobody's name so far, and close to '{near}'."])
    return near if ask(f"Is '{near}' meant? (Enter: yes; n: somebody new)", yes_or_no) else name


def _kind(name: str, usual: ForecasterKind) -> ForecasterKind:
    def read(text: str) -> ForecasterKind:
        found = [kind for kind in KINDS if kind.startswith(text.lower())] if text else [usual]
        if len(found) != 1:
            raise BadValue(f"Write {alternatives(KINDS)}.")
        return found[0]

    return ask(f"'{name}' is new: {alternatives(KINDS)}? (Enter: {usual})", read)


def yes_or_no(text: str, otherwise: str = "Type y or n.") -> bool:
    """Whether a typed answer is yes, as an empty one is; raises BadValue for what is neither."""
    if text.lower() not in ("", "y", "yes", "n", "no"):
        raise BadValue(otherwise)
    return text.lower() in ("", "y", "yes")
