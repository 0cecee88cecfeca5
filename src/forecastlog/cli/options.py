"""Options that several commands share, and the values they stand for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from forecastlog.cli.text import clean
from forecastlog.errors import BadLedger, BadValue, NoLedger, UnknownId
from forecastlog.phrasing import counted

if TYPE_CHECKING:
    from forecastlog.archive import Visitor
    from forecastlog.ledger import Loaded
    from forecastlog.model.ledger import Ledger
    from forecastlog.model.records import Article, Condition, Prediction
    from forecastlog.model.settings import Settings

Function = TypeVar("Function", bound=Callable[..., Any])
Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


class FileName(click.Path):
    """A path as it is typed; an empty one, as an unset variable of a shell gives it, is no path."""

    def __init__(self, **rules: Any) -> None:
        super().__init__(path_type=Path, **rules)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path; fails for a text that can be none."""
        if not str(value) or "\0" in str(value):
            self.fail(
                "a path cannot be empty." if not str(value) else "a path holds no zero byte.", param, ctx
            )
        return super().convert(value, param, ctx)


def bundled(into: type, name: str, *options: Decorator) -> Decorator:
    """Options whose values a command takes as one: the dataclass ``into``, under ``name``."""
    names = [each.name for each in fields(into)]

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def command(*arguments: Any, **given: Any) -> Any:
            values = {each: given.pop(each) for each in names}
            return function(*arguments, **given, **{name: into(**values)})

        for option in reversed(options):
            option(command)
        return command

    return decorate


def any_ledger_option(**attributes: Any) -> Decorator:
    """``--ledger``, as ``root``, for a command that does with it as it says itself."""
    given = {"type": FileName(), **attributes}
    return click.option(
        "--ledger", "root", envvar="FORECASTLOG_LEDGER", show_envvar=True, metavar="DIR", **given
    )


ledger_option = any_ledger_option(
    is_eager=True,  # whose zone today is a day of
    callback=lambda ctx, _, value: None if ctx.resilient_parsing else ledger_folder(value),
    help="The ledger's folder.  [default: predictions/ here or in a folder above]",
)
"""``--ledger``, as ``root``: the ledger's folder, looked for upwards where it is not named."""


today_option: Decorator = click.option(
    "--today",
    envvar="FORECASTLOG_TODAY",
    show_envvar=True,
    metavar="DATE",
    callback=lambda ctx, _, value: (
        None if ctx.resilient_parsing else day_of(value, "--today", today_at(ctx.params.get("root")))
    ),
    help="Reckon from this day, such as 2025-06-30 or yesterday.  [default: "
    "today, in the ledger's time zone]",
)
"""``--today``, as a date: everything is reckoned from this day; that of the ledger's zone where it is not
given."""


def by_option(*names: str, text: str, needed: bool = True) -> Decorator:
    """Who does it: the option, FORECASTLOG_BY, else git's user.name; as the option's name."""
    return click.option(
        *names,
        envvar="FORECASTLOG_BY",
        show_envvar=True,
        metavar="NAME",
        callback=lambda ctx, param, value: (
            None
            if ctx.resilient_parsing
            else recorder(value, param.opts[0])
            if needed
            else value or git_name()
        ),
        help=f"{text}  [default: git's user.name]",
    )


private_option: Decorator = click.option(
    "--allow-private", "private", is_flag=True, help="Also ask addresses that are not public."
)
"""``--allow-private``, as ``private``: pages of one's own network may be asked for too."""


def visitor_of(settings: Settings, *, private: bool) -> Visitor:
    """Whoever fetches pages for this desk, under its contact."""
    from forecastlog.archive import Manners, Visitor

    return Visitor(Manners(contact=settings.contact, private=private))


dry_run_option: Decorator = click.option(
    "--dry-run", is_flag=True, help="Show what would change; write nothing."
)
"""``--dry-run``: show the change, write nothing."""


def writing_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """What every command takes that writes records as of a day.

    ``--dry-run``, ``--ledger`` and ``--today``.
    """
    return dry_run_option(ledger_option(today_option(function)))


database_option: Decorator = click.option(
    "--db",
    metavar="FILE",
    type=FileName(dir_okay=False),
    help="The database.  [default: forecastlog.db beside the ledger's folder]",
)
"""``--db``, as ``db``: None where the usual place is meant, see ``database_path``."""


def id_argument(name: str = "record_id", *, metavar: str = "ID", nargs: int = 1) -> Decorator:
    """A record's id, which shells complete."""
    return click.argument(name, metavar=metavar, nargs=nargs, required=True, shell_complete=complete_ids)


def ledger_folder(named: Path | None) -> Path:
    """The ledger named, or the project's folder that holds it; looked for upwards where none is named."""
    from forecastlog.ledger import find_ledger, is_ledger

    if named is not None:
        folder = named / "predictions" if (named / "predictions").is_dir() else named
        if folder.is_dir() and not is_ledger(folder):
            raise NoLedger(folder)
        return folder
    here = Path.cwd()
    found = find_ledger(here)
    return found.relative_to(here) if found.is_relative_to(here) else found


def find_or_name(named: Path | None) -> Path:
    """The folder named, or the ledger that lies upwards; ``predictions`` here where there is none."""
    from forecastlog.errors import LedgerNotFound
    from forecastlog.ledger import find_ledger

    if named is not None:
        return named / "predictions" if (named / "predictions").is_dir() else named
    try:
        return find_ledger(Path.cwd())
    except LedgerNotFound:
        return Path("predictions")


def database_path(db: Path | None, root: Path) -> Path:
    """Where the database of the ledger in ``root`` is."""
    return db or root.absolute().parent / "forecastlog.db"


def today_at(root: Path | None) -> date:
    """The day by the clock: in the ledger's zone where it has one, else in the machine's."""
    from forecastlog.ledger.loader import desk_settings

    zone = desk_settings(root).zone if root else None
    return datetime.now().astimezone(zone).date()


def day_of(text: str | None, option: str, today: date) -> date:
    """A day as people type it, seen from today; today itself where nothing is typed."""
    if not text:
        return today
    try:
        return date.fromisoformat(text)
    except ValueError:
        from forecastlog.deadlines import parse_day

        day = parse_day(text, today)
    if day is None:
        raise BadValue(f"{option} '{text}' is no day that can be read. Write it as 2025-06-30.")
    return day


def recorder(name: str | None, option: str) -> str:
    """The name given, else git's; BadValue where nobody has said."""
    name = name or git_name()
    if not name:
        raise BadValue(f"who records this? Say so with {option} NAME, FORECASTLOG_BY or git's user.name.")
    return name


def open_ledger(root: Path) -> Loaded:
    """The records of ``root``; says on standard error when some could not be read."""
    from forecastlog.ledger.indexed import open_indexed

    loaded = open_indexed(root)
    errors = sum(problem.severity == "error" for problem in loaded.problems)
    if errors:
        click.echo(
            f"Warning: {counted(errors, 'error')} in the ledger; what cannot be read is left out. "
            "'forecastlog check' shows them.",
            err=True,
        )
    return loaded


def sound_ledger(root: Path, today: date) -> Ledger:
    """What is published of ``root`` on a day.

    Raises BadLedger where it has errors, because a result would hide them.
    """
    from forecastlog.checks import check
    from forecastlog.ledger.indexed import open_indexed
    from forecastlog.standing.published import published

    loaded = open_indexed(root)
    errors = [problem for problem in check(loaded) if problem.severity == "error"]
    if errors:
        raise BadLedger(errors)
    return published(loaded.ledger, today)


def find_record(ledger: Ledger, given: str) -> Article | Condition | Prediction:
    """The record with this id, or with the only id that begins so; raises UnknownId."""
    exact = ledger.get(given)
    if exact:
        return exact
    candidates = [name for name in ledger.ids if name.startswith(given)] if given else []
    record = ledger.get(candidates[0]) if len(candidates) == 1 else None
    if record is None:
        raise UnknownId(clean(given), sorted(candidates))
    return record


def complete_ids(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    """The ids that begin with what is typed; nothing where no ledger can be read."""
    return [name for name in _known_ids(ctx) if name.startswith(incomplete)]


def _known_ids(ctx: click.Context) -> Iterator[str]:
    from forecastlog.errors import ForecastlogError
    from forecastlog.ledger.indexed import open_indexed

    try:
        yield from open_indexed(ledger_folder(ctx.params.get("root"))).ledger.ids
    except (ForecastlogError, OSError):
        return


logged_by_option = by_option("--by", "logged_by", text="Who logs it.", needed=False)
"""``--by``, as ``logged_by``; empty where nobody says."""


def git_name() -> str:
    """What git calls the person; empty where it does not know."""
    import subprocess

    try:
        asked = subprocess.run(
            ["git", "config", "user.name"],  # noqa: S607 - git is wherever the person's PATH has it
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError:
        return ""
    return asked.stdout.strip()
