"""The front door: finds the command, and turns every failure into one sentence and an exit code.

A command's file is imported when it is used, so that the help and the quick commands stay quick.
"""

from __future__ import annotations

import gc
import importlib
import keyword
import os
import sys
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NoReturn, TextIO

import click

from forecastlog import __version__

PROGRAM = "forecastlog"
INTERRUPTED, PIPE_CLOSED = 130, 141
"""What a shell reports for a program that was ended by the signals INT and PIPE."""

SECTIONS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "Logging": {
            "init": "Make a new ledger with an example.",
            "suggest": "Find the predictions in an article.",
            "accept": "Make records of the finds that were completed.",
            "add": "Log a prediction, or a new article.",
            "fill": "Complete records that were written by hand.",
            "forecast": "Add a forecast to a prediction.",
            "import": "Bring in forecasts that are kept elsewhere.",
            "edit": "Open the editor at the line of a record.",
            "amend": "Correct a record, or a person in people.yaml, saying why.",
            "rename": "Give a record another id.",
            "publish": "Make records of drafts.",
            "void": "Void a record that was logged twice.",
            "undo": "Take back what the last command wrote.",
            "upgrade": "Show what an older ledger would be brought up to.",
        },
        "Resolving": {
            "due": "Show what has fallen due.",
            "snooze": "Put off the reminder of what is due.",
            "review": "Step through what is due and record what happened.",
            "resolve": "Record what happened, with evidence.",
            "archive": "List cited pages without a copy, or make copies.",
        },
        "Reading": {
            "list": "List predictions.",
            "search": "Find records by the words in them.",
            "articles": "List articles.",
            "conditions": "List conditions.",
            "people": "List people, outlets, desks and markets.",
            "events": "List events that records share.",
            "tags": "List tags.",
            "show": "Show everything about one record.",
            "check": "Report every problem in the ledger.",
            "audit": "Show from git what was altered after it was published.",
            "agreement": "Show where people who resolved the same record differ.",
            "score": "Score the forecasts that have resolved.",
            "calibration": "Compare probabilities with how often they came true.",
            "tally": "Score forecasts in files of any size.",
            "when": "Read a time phrase as a deadline.",
            "odds": "Read a phrase of likelihood as a probability.",
            "amount": "Read a number, a range or a comparison.",
        },
        "Publishing": {
            "build": "Build the SQLite database from the ledger.",
            "serve": "Serve the database with Datasette.",
            "export": "Write what is logged for others to take along.",
        },
    }
)
"""Each section's commands and their one line of help, so that the help need import none of them.

A command ``x`` is the object ``command`` of the module ``forecastlog.cli.x`` (``import_`` for ``import``).
"""


def _module(name: str) -> str:
    """The module of a command; a word of Python has an underscore behind it."""
    return f"forecastlog.cli.{name}{'_' * keyword.iskeyword(name)}"


class Commands(click.Group):
    """The group of all commands, each imported when it is first asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - the signature is click's
        """Every command's name, section by section."""
        return [name for commands in SECTIONS.values() for name in commands]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = importlib.import_module(_module(cmd_name)).command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is meant; a name that there is not is told with the nearest one that there is."""
        if args and not args[0].startswith("-") and args[0] not in self.list_commands(ctx):
            from difflib import get_close_matches

            near = get_close_matches(args[0], self.list_commands(ctx), n=2)
            hint = f" Did you mean {' or '.join(near)}?" if near else ""
            ctx.fail(f"No such command '{args[0]}'.{hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands of the help, from the table alone."""
        width = max(map(len, self.list_commands(ctx)))
        for section, commands in SECTIONS.items():
            with formatter.section(section):
                formatter.write_dl([(name.ljust(width), line) for name, line in commands.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a reader that has gone away ends it here, before click calls that a failure."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise click.exceptions.Exit(PIPE_CLOSED) from None

    def main(
        self, args: Sequence[str] | None = None, prog_name: str | None = None, *_: Any, **extra: Any
    ) -> NoReturn:
        """Run the command line and leave with its exit code, whatever happens."""
        # A command is over before cycles of garbage matter; looking for them doubles the time that reading
        # takes.
        gc.disable()
        if sys.stdin is None:  # closed by whoever started us: a question then meets the end of its input
            sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115 - it lasts as long as the process
        for stream in (sys.stdout, sys.stderr):
            _never_fail_on_encoding(stream)
        extra["standalone_mode"] = False
        try:
            code = super().main(args, prog_name or PROGRAM, **extra) or 0
            if sys.stdout:
                sys.stdout.flush()
        except BrokenPipeError:
            code = PIPE_CLOSED
        except click.exceptions.Abort:
            code = INTERRUPTED
        except click.ClickException as error:
            _explained(error).show()
            code = error.exit_code
        except OSError as error:
            code = _say(_os_sentence(error))
        except Exception as error:
            # Imported here: the exceptions bring the problems with them, which the help can do without.
            from forecastlog.errors import ForecastlogError

            if not isinstance(error, ForecastlogError):
                raise
            code = _say(str(error), error.exit_code)
        if code in (PIPE_CLOSED, 1):
            _drop_unwritable(sys.stdout)
        _drop_unwritable(sys.stderr)
        sys.exit(code)


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Ids complete in your shell after: "
    f'eval "$(_FORECASTLOG_COMPLETE=bash_source {PROGRAM})" (or zsh_source, fish_source).',
)
@click.version_option(__version__, prog_name=PROGRAM)
def main() -> None:
    """Log predictions, record what came of them, score and publish them."""


def _explained(error: click.ClickException) -> click.ClickException:
    """The same, or where it is a number below zero, which click takes for an option, where that goes."""
    if not (isinstance(error, click.NoSuchOption) and error.option_name[1:2].isdigit() and error.ctx):
        return error
    return click.UsageError(
        f"'{error.option_name}' is read as an option. What begins with a minus sign goes last, behind '--': "
        f"{error.ctx.command_path} ... -- '{error.option_name}'.",
        error.ctx,
    )


def _say(sentence: str, code: int = 1) -> int:
    from forecastlog.cli.text import clean

    click.echo(f"Error: {clean(sentence)}", err=True)
    return code


def _os_sentence(error: OSError) -> str:
    """What the operating system refused, and where: ``predictions/x.yaml: Permission denied``."""
    reason = error.strerror or str(error)
    return f"{error.filename}: {reason}." if error.filename else f"{reason}."


def _never_fail_on_encoding(stream: TextIO | None) -> None:
    """Characters that the terminal cannot show are escaped; a record's text must not stop a listing."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure:
        reconfigure(errors="backslashreplace")


def _drop_unwritable(stream: TextIO | None) -> None:
    """Point a stream that cannot be flushed at nothing, or the interpreter complains when it ends."""
    if stream is None:
        return
    try:
        stream.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
