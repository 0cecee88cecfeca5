"""The last command's edit, taken back while nothing else changed its files.

What a command wrote is remembered, the texts before and digests after, in git's own folder of the clone,
where no commit and no merge meets it; beside the ledger's files where no git is.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from forecastlog.errors import Refused
from forecastlog.history.committed import committed_text, private_folder
from forecastlog.ledger import files

MEMORY = ".undo.json"


@dataclass(frozen=True, slots=True)
class Undo:
    """The texts to bring back; None for a file that the command made."""

    root: Path
    before: Mapping[Path, str | None]

    def carry_out(self) -> list[Path]:
        """Bring them back; returns the files. Raises as ``files.editing`` and its editor do, and Refused."""
        old = {path: text for path, text in self.before.items() if text is not None}
        made = [path for path, text in self.before.items() if text is None]
        with files.editing(self.root) as editor:
            _unchanged(self.root)
            editor.write_all({path: _always(text) for path, text in old.items()}, {})
            for path in made:
                path.unlink()
            _memory(self.root).unlink()
        return [*old, *made]


def remember(root: Path, before: Mapping[Path, str | None]) -> None:
    """Keep what the files said before a command wrote them; it writes even where this cannot be kept."""
    entries = {
        path.resolve().relative_to(root.resolve()).as_posix(): {"before": text, "after": _digest(path)}
        for path, text in before.items()
    }
    with suppress(OSError):
        (root / MEMORY).unlink(missing_ok=True)
        memory = _memory(root)
        half = memory.with_name(f"{memory.stem}{files.TEMPORARY}")
        half.write_text(json.dumps(entries, ensure_ascii=False), encoding="utf-8")
        half.replace(memory)


def undo(root: Path) -> Undo:
    """How the last command's edit is taken back.

    Raises Refused where there is none, or somebody built on it.
    """
    return Undo(root, _unchanged(root))


def _memory(root: Path) -> Path:
    """Where the last edit of this ledger is remembered; one clone may hold several ledgers.

    What was remembered before there was git holds until the next edit.
    """
    private, beside = private_folder(root), root / MEMORY
    if private is None or beside.exists():
        return beside
    return private / f"forecastlog-undo-{sha256(os.fsencode(root.resolve())).hexdigest()[:12]}.json"


def _unchanged(root: Path) -> dict[Path, str | None]:
    memory = _memory(root)
    try:
        entries = json.loads(memory.read_text(encoding="utf-8"))
        found = {root / str(name): (entry["before"], str(entry["after"])) for name, entry in entries.items()}
    except FileNotFoundError:
        raise Refused("there is nothing to undo: no command has written here since the last undo.") from None
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        raise Refused(f"{memory} cannot be read, so nothing can be undone. Delete it.") from None
    for path, (before, after) in found.items():
        if path.resolve().parent != root.resolve() and root.resolve() not in path.resolve().parents:
            raise Refused(f"{memory} names a file outside of the ledger. Delete it.")
        if not path.is_file() or _digest(path) != after:
            raise Refused(
                f"{path} was changed since the last command wrote it: undo it in an editor, or with git."
            )
        committed = committed_text(root, path)
        if committed is not None and committed != before and committed == path.read_text(encoding="utf-8"):
            raise Refused(
                f"{path} was committed meanwhile. Correct it with 'forecastlog amend', which says why."
            )
    return {path: before for path, (before, _) in found.items()}


def _always(text: str) -> files.Transform:
    return lambda _: text


def _digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()
