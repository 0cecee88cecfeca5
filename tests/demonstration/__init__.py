"""The demonstration ledger: how its commands are read and run."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
COMMANDS = HERE / "commands.txt"
LEDGER = HERE / "predictions"


class Typed(NamedTuple):
    """A command as somebody typed it on a day, and the part of the file that it stands in."""

    part: str
    day: str
    text: str

    @property
    def arguments(self) -> list[str]:
        """The command's words, with the day from which it reckons."""
        return [*shlex.split(self.text), "--today", self.day]


def commands() -> Iterator[Typed]:
    """Every command of the file, in its order."""
    part = ""
    lines = COMMANDS.read_text(encoding="utf-8").replace("\n  ", " \\\n  ").split("\n")
    for block in "\n".join(lines).replace("\\\n  ", "").split("\n"):
        if block.startswith("## "):
            part = block[3:]
        elif block[:1].isdigit():
            day, _, text = block.partition(" ")
            yield Typed(part, day, text)
