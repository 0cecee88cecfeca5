"""What every import shares: its options, showing the first records, asking, and writing what is new."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from forecastlog.cli.options import bundled, day_of, dry_run_option, ledger_option, today_option
from forecastlog.cli.writing import at_terminal, tell
from forecastlog.errors import BadValue, Refused

if TYPE_CHECKING:
    from forecastlog.interchange.found import Item, Report
    from forecastlog.interchange.records import Import
    from forecastlog.interchange.rows import Rows

Found = Iterable["tuple[int | None, Item]"]
_SHOWN = 3
"""Records that are shown before anything is written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bringing:
    """What every import is told.

    The ledger, where the file is from, whose word its days are, and who asks.
    """

    root: Path
    source: str | None
    today: date
    logged_on: str | None
    word_of: str | None
    proof: str | None
    archive: str | None
    dry_run: bool
    yes: bool

    def begin(self, path: Path, platform: str | None = None) -> Import:
        """The import of a file.

        Its source is named for the platform, else for the file, where no name is given.
        """
        from forecastlog.checks.incoming import Incoming
        from forecastlog.interchange.records import Import
        from forecastlog.ledger.names import slug

        source = self.source or platform or path.name.split(".")[0]
        return Import(
            source=source,
            folder=slug(source)[:40].rstrip("-"),
            recorded=self._recorded(),
            elsewhere=self._elsewhere(),
            judge=Incoming(self.today).objection,
        )

    def _recorded(self) -> str:
        from datetime import UTC, datetime

        now = datetime.now(UTC)
        # Of a day that is not the clock's in UTC the time is not known.
        return (
            f"{now:%Y-%m-%dT%H:%M:%S}Z" if now.date() == self.today else f"{self.today.isoformat()}T00:00:00Z"
        )

    def _elsewhere(self) -> Mapping[str, str] | None:
        given = {"on": self.logged_on, "by": self.word_of, "url": self.proof}
        if not any((*given.values(), self.archive)):
            return None
        if lacking := [name for name, value in given.items() if not value]:
            option = {"on": "--logged-on", "by": "--word-of", "url": "--proof"}[lacking[0]]
            raise BadValue(
                f"that it was logged elsewhere takes a day, a witness and a proof: {option} is missing."
            )
        day = day_of(str(self.logged_on), "--logged-on", self.today).isoformat()
        # None is missing.
        return {**given, "on": day, **({"archive": self.archive} if self.archive else {})}  # type: ignore[dict-item]

    def platform(self, name: str, file: Path, *, unit: str = "row", **how: Any) -> int:
        """Import a file of a platform, as the module of its name reads it; ``how`` is what that is told."""
        importing = self.begin(file, name)
        platform = import_module(f"forecastlog.interchange.{name}")
        return self.carry_out(importing, platform.items(file, importing.report, **how), unit=unit)

    def carry_out(
        self, importing: Import, items: Found, *, unit: str = "row", rows: Rows | None = None
    ) -> int:
        """Show the first records, ask a person who can be asked, and write what is new.

        ``rows``: a table that is looked through before the first record is known.
        """
        return self.carry_out_lines(importing, importing.lines(items), unit=unit, rows=rows)

    def carry_out_lines(
        self, importing: Import, lines: Iterator[dict[str, Any]], *, unit: str, rows: Rows | None = None
    ) -> int:
        """The same of lines that are read already."""
        from forecastlog.interchange.found import BadFile

        looking = Looking()
        try:
            if rows:
                rows.watch = looking
            first = list(islice(lines, 200))
            looking.done()
            if rows:
                rows.watch = None
            tell(list(_preview(first)))
            if (
                not self.dry_run
                and not self.yes
                and at_terminal()
                and not click.confirm("Import it?", default=True, err=True)
            ):
                tell(["Nothing was written."])
                return 1
            self._write(importing, chain(first, lines))
        except BadFile as error:
            raise Refused(str(error)) from None
        except OSError as error:
            raise Refused(f"{error.filename}: {(error.strerror or str(error)).lower()}.") from None
        tell(list(importing.report.sentences(unit)))
        return 0

    def _write(self, importing: Import, lines: Iterable[dict[str, Any]]) -> None:
        from forecastlog.interchange.found import BadFile
        from forecastlog.ledger.journal import identity, journal, known_lines
        from forecastlog.phrasing import counted

        report = importing.report
        if self.dry_run:
            known = known_lines(self.root)
            for line in _watched(lines):
                name = identity(line["id"])
                _count(report, line, new=name not in known)
                known.add(name)
            report.note("Nothing was written.")
            return
        with journal(self.root, importing.folder, importing.recorded[:7]) as log:
            try:
                for line in _watched(lines):
                    _count(report, line, new=log.add(line))
            except BadFile as error:
                log.flush()
                done = (
                    f" {counted(log.written, 'line')} from before that stay; "
                    "mend the file and import it again."
                )
                raise BadFile(f"{error}{done if log.written else ''}") from None
            log.flush()
            if log.cut:
                report.note("A line that an interrupted import had left torn was cut off.")
            if log.written:
                report.note(f"Wrote {log.path}.")


class Looking:
    """How far a table was looked through before its first record is known, for a person who waits."""

    def __init__(self) -> None:
        self.rows = 0

    def __call__(self, number: int) -> None:
        """Say that a row was reached, over what was said before."""
        self.rows = number
        if at_terminal():
            click.echo(f"\rLooking through the table: row {number:,}", nl=False, err=True)

    def done(self) -> None:
        """Go on below."""
        if self.rows and at_terminal():
            click.echo("", err=True)


def _count(report: Report, line: Mapping[str, Any], *, new: bool) -> None:
    if new:
        report.new[line["type"]] += 1
    else:
        report.there += 1


def _watched(lines: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The lines, with a count on the terminal of a person who waits."""
    if not at_terminal():
        yield from lines
        return
    with click.progressbar(
        lines, label="Reading", show_pos=True, show_eta=False, update_min_steps=1000
    ) as bar:
        yield from bar


def _preview(lines: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """The first records as people read them, each prediction with its own, in whichever order they come."""
    shown: dict[str, list[str]] = {}
    for line in lines:
        below = shown.get(line.get("prediction", ""))
        match line["type"]:
            case "prediction" if len(shown) < _SHOWN:
                until = f" to {line['latest']}" if line.get("latest") else ""
                shown[line["id"]] = [f"{line['claim']} ({line['made']}{until})"]
            case "forecast" if below:
                below.append(f"    {line.get('made', '')} {line.get('by', '')}: {_said(line)}")
            case "resolution" if below:
                below.append(f"    known {line['known']}: {line['outcome']}")
    return chain.from_iterable(shown.values())


def _said(line: Mapping[str, Any]) -> str:
    from forecastlog.phrasing import exact_percent

    if "probability" in line:
        return exact_percent(line["probability"])
    told = {name: line[name] for name in ("value", "interval", "quantiles", "probabilities") if name in line}
    return ", ".join(_flat(value) for value in told.values()) or "no figure"


def _flat(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {item}" for name, item in value.items())
    return str(value)


bringing = bundled(
    Bringing,
    "into",
    click.option(
        "--source", metavar="NAME", help="What it is called in the ledger.  [default: the file's name]"
    ),
    click.option(
        "--logged-on",
        metavar="DATE",
        help="The day on which all of it stood in another log, as a third party shows.",
    ),
    click.option("--word-of", metavar="NAME", help="Whose log that is."),
    click.option("--proof", metavar="URL", help="Where that can be seen: an archived page, a public commit."),
    click.option("--archive", metavar="URL", help="A stored copy of that."),
    click.option("--yes", is_flag=True, help="Do not ask."),
    dry_run_option,
    ledger_option,
    today_option,
)
"""The options of every import, as ``into``."""
