"""``edit``: the editor, at the line where a record stands."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path

import click

from forecastlog.cli.options import find_record, id_argument, ledger_option, open_ledger
from forecastlog.errors import Refused

AT_LINE = {
    "code": "-g {file}:{line}",
    "codium": "-g {file}:{line}",
    "subl": "{file}:{line}",
    "hx": "{file}:{line}",
}
"""How editors are told a line that do not take ``+LINE FILE``."""


@click.command("edit")
@id_argument()
@ledger_option
def command(*, root: Path, record_id: str) -> int:
    """Open the editor at the line of a record.

    The editor is that of VISUAL or EDITOR. Afterwards 'forecastlog fill' completes what was typed and
    'forecastlog check' reads it.
    """
    loaded = open_ledger(root)
    record = find_record(loaded.ledger, record_id)
    span = loaded.span(record.id)
    if span is None:
        raise Refused(f"'{record.id}' stands in no file that a person writes.")
    editor = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi")
    line = AT_LINE.get(Path(editor[0]).name, "+{line} {file}")
    places = [part.format(file=span.path, line=span.line) for part in line.split(" ")]
    try:
        return subprocess.run([*editor, *places], check=False).returncode  # noqa: S603 - the person's own editor
    except OSError as error:
        raise Refused(f"the editor '{editor[0]}' cannot be run: {error.strerror}. Set EDITOR.") from None
