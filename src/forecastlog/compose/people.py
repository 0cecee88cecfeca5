"""Whoever is new is entered in people.yaml, by the command that meets the name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from forecastlog.errors import Refused
from forecastlog.ledger.edit import Edit, NewRecord
from forecastlog.ledger.loader import PEOPLE_FILE
from forecastlog.ledger.names import Names, slug
from forecastlog.ledger.quoting import block
from forecastlog.model.records import Forecaster
from forecastlog.vocabulary.people import ForecasterKind

CLOSE = 0.84
"""How much alike two names are, as difflib reckons, for one to be taken for a slip of the other."""


@dataclass(frozen=True, slots=True)
class Newcomers:
    """What is known of names that nobody has listed: ``kind`` of each that is not told apart in ``kinds``.

    A name that is close to a listed one is entered only where it is in ``kinds``, or all are ``meant``.
    """

    kind: ForecasterKind = "person"
    kinds: Mapping[str, ForecasterKind] = field(default_factory=dict)
    meant: bool = False

    def entries(self, names: Names, called: Sequence[str]) -> list[Forecaster]:
        """The forecasters to enter; raises Refused for a name that may be a slip of a listed one."""
        found: dict[str, Forecaster] = {}
        for name in called:
            if is_listed(names, name):
                continue
            near = None if self.meant or name in self.kinds else close_to(names, name)
            if near:
                raise Refused(
                    f"'{name}' is nobody's name so far, and close to '{near}'. "
                    f"Write '{near}' if that is who is meant; for somebody new add --new-person."
                )
            kind = self.kinds.get(name, self.kind)
            found.setdefault(slug(name), Forecaster(id=slug(name), name=name, kind=kind))
        return list(found.values())


NOBODY_NEW = Newcomers()
"""Nothing is known of new names: they are people, and none of them may be close to a listed one."""


def is_listed(names: Names, name: str) -> bool:
    """Whether people.yaml has somebody of this name, spelling or id."""
    return names.find(name) is not None or names.find(slug(name)) is not None


def recorder(names: Names, by: str) -> list[Forecaster]:
    """Who logs or resolves, where the name is new and no other spelling of a listed one.

    Readers shall know who it is.
    """
    if not by.strip() or is_listed(names, by) or close_to(names, by):
        return []
    return [Forecaster(id=slug(by), name=by, kind="desk")]


def close_to(names: Names, name: str) -> str | None:
    """The listed name that this one looks like: a slip of the pen, or a first name that is cut or an initial.

    >>> from forecastlog.model.records import Forecaster
    >>> known = Names([Forecaster(id="ada-smith", name="Ada Smith")])
    >>> close_to(known, "Ada Smyth"), close_to(known, "A. Smith"), close_to(known, "Ida Jones")
    ('Ada Smith', 'Ada Smith', None)
    """
    folded = {known.casefold(): known for known in reversed(names.known)}
    alike = get_close_matches(name.casefold(), folded, n=1, cutoff=CLOSE)
    if alike:
        return folded[alike[0]]
    return next((known for known in names.known if _abbreviates(name, known)), None)


def entering(
    root: Path, people: Sequence[Forecaster]
) -> tuple[dict[Path, tuple[Edit, ...]], dict[Path, str], tuple[str, ...]]:
    """The edit of people.yaml that enters them, or the new file, and a sentence for each."""
    if not people:
        return {}, {}, ()
    path = root / PEOPLE_FILE
    records = [_record(person) for person in people]
    said = tuple(
        f"'{person.name}' is new and entered in {PEOPLE_FILE} as {called(person.kind)}" for person in people
    )
    if path.exists():
        return {path: tuple(NewRecord("forecasters", record) for record in records)}, {}, said
    lines = ["forecasters:"]
    for record in records:
        first, *rest = block(record, 4)
        lines += [f"  - {first.strip()}", *rest]
    return {}, {path: "\n".join(lines) + "\n"}, said


def called(kind: ForecasterKind) -> str:
    """What a message calls a kind of forecaster."""
    return {"joint": "joint authors", "outlet": "an outlet"}.get(kind, f"a {kind}")


def _record(person: Forecaster) -> dict[str, object]:
    members = {"members": list(person.members)} if person.members else {}
    return {"id": person.id, "name": person.name, "kind": person.kind, **members}


def _abbreviates(one: str, other: str) -> bool:
    """Whether two names share the last word, and the first of one begins that of the other."""
    first, second = one.casefold().split(), other.casefold().split()
    if min(len(first), len(second)) < 2 or first[-1] != second[-1] or first == second:
        return False
    a, b = first[0].rstrip("."), second[0].rstrip(".")
    return bool(a and b) and (a.startswith(b) or b.startswith(a))
