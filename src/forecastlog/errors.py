"""What can go wrong, as a tree; each leaf writes its own sentence and names its exit code.

    ForecastlogError                exit 1
    +-- LedgerNotFound              exit 1   no predictions/ folder here or above
    |   +-- NoLedger                exit 1   the folder named holds nothing of a ledger
    +-- DatabaseNotFound            exit 1   no database at the path given
    +-- UnknownId                   exit 1   no record has this id, or several share the prefix
    +-- Refused                     exit 1   the records forbid what was asked
    |   +-- WouldBreak              exit 1   it would leave an error in the ledger; carries the problems
    +-- BadLedger                   exit 1   the ledger has errors; carries the problems
    +-- CannotEdit                  exit 1   a file's layout forbids an edit by a command
    +-- WriteFailed                 exit 1   the system refused to write
    +-- NotDelivered                exit 1   a message was not accepted where it was sent
    +-- BadValue                    exit 2   a value typed at the command line cannot be read
    +-- Conflict                    exit 4
        +-- FileChanged             exit 4   somebody saved the file meanwhile
        +-- LedgerLocked            exit 4   another command is writing
        +-- DatabaseBusy            exit 4   somebody reads the database all the time

Faults inside the ledger's files are not exceptions but values: see ``problems``.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from forecastlog.phrasing import counted
from forecastlog.problems import Problem


class ForecastlogError(Exception):
    """Any failure that a person can act on; ``str()`` is the sentence to show."""

    exit_code: ClassVar[int] = 1


class LedgerNotFound(ForecastlogError):
    """No ledger was found where one was looked for."""

    def __init__(self, start: Path) -> None:
        super().__init__(
            f"no ledger found: neither {start} nor a folder above it holds predictions/. "
            "Run 'forecastlog init' to make one, or name it with --ledger."
        )


class NoLedger(LedgerNotFound):
    """A folder that was named as a ledger holds nothing of one."""

    def __init__(self, folder: Path) -> None:
        ForecastlogError.__init__(
            self,
            f"{folder} is no ledger: there is no forecastlog.toml, no people.yaml and no article in it. "
            "Name the folder that holds one, or make one with 'forecastlog init'.",
        )


class DatabaseNotFound(ForecastlogError):
    """The database that a command was to read does not exist."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"no database at {path}. Run 'forecastlog build' first, or name it with --db.")


class UnknownId(ForecastlogError):
    """An id, or the prefix of one, that names no record or more than one."""

    def __init__(self, given: str, candidates: Sequence[str] = ()) -> None:
        if candidates:
            super().__init__(f"'{given}' could be {_alternatives(candidates)}. Type more of the id.")
        else:
            super().__init__(
                f"no record has the id '{given}'. 'forecastlog list', 'articles' and 'conditions' show them; "
                "'forecastlog search WORDS' finds one by its words."
            )


class Refused(ForecastlogError):
    """The state of the records forbids what was asked; the sentence says why and what to do instead."""


class WouldBreak(Refused):
    """What was asked would leave an error that the ledger has not yet.

    ``problems`` has each one that is new.
    """

    def __init__(self, problems: Sequence[Problem], most: int = 5) -> None:
        self.problems = tuple(problems)
        shown = [str(problem) for problem in self.problems[:most]]
        if len(self.problems) > most:
            shown.append(f"and {len(self.problems) - most} more.")
        told = "\n".join(shown)
        super().__init__(f"that would leave an error in the ledger:\n{told}\nNothing was written.")


class BadLedger(ForecastlogError):
    """The ledger has errors, so nothing is derived from it; ``problems`` has them all."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        count = len(self.problems)
        super().__init__(f"the ledger has {counted(count, 'error')}. 'forecastlog check' shows them.")


class CannotEdit(ForecastlogError):
    """A file, or the place in it, is not one that a command can change; nothing was written."""


class WriteFailed(ForecastlogError):
    """The system refused to write; the sentence says what stands as it was and what was written already."""


class NotDelivered(ForecastlogError):
    """A message was not accepted at the addresses named, which are shown without their secrets."""

    def __init__(self, addresses: Sequence[str], tries: int) -> None:
        super().__init__(
            f"the message was not accepted by {' and '.join(addresses)} in {tries} tries. "
            "Nothing is marked as delivered: the next run sends it again."
        )


class BadValue(ForecastlogError):
    """A value typed at the command line cannot be read."""

    exit_code = 2


class Conflict(ForecastlogError):
    """Somebody else is at the same file; nothing was touched."""

    exit_code = 4


class FileChanged(Conflict):
    """A file is no longer what was read."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} changed while this command was at work; nothing was written. Try again.")


class LedgerLocked(Conflict):
    """Another command holds the ledger's lock."""

    def __init__(self, path: Path, seconds: float) -> None:
        super().__init__(
            f"another command has been writing to {path} for {seconds:.0f} s; nothing was written. Try again."
        )


class DatabaseBusy(Conflict):
    """Somebody has a transaction open on the database and does not end it."""

    def __init__(self, path: Path, seconds: float) -> None:
        super().__init__(
            f"{path} has been read without a gap for {seconds:.0f} s; nothing was written. "
            "Close what reads it, or build without --in-place."
        )


def _alternatives(names: Sequence[str], most: int = 5) -> str:
    shown = [f"'{name}'" for name in names[:most]]
    if len(names) > most:
        shown.append(f"{len(names) - most} others")
    return f"{', '.join(shown[:-1])} or {shown[-1]}"
