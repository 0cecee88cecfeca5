"""The folder that the site is written into: whose it is, what is written again, and what goes.

A list of the files that are ours lies in it. It is written before the first file, with the old names and the
new, and again after the last; so an export that was killed leaves a folder in which the next one knows what
is its own. A file that is as it should be is not touched, one of other people's never, and no link is
followed.
"""

from __future__ import annotations

import json
import os
import shutil
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath

from forecastlog.errors import Refused, WriteFailed
from forecastlog.placing import taking_name, write_text

LIST = ".forecastlog-site.json"
_OTHERS = {".git"}
"""What may lie in a new folder: a checkout into which the site is published."""


class Folder:
    """A folder for the site at ``path``.

    Raises Refused where it is other people's, or not outside the ledger.
    """

    def __init__(self, path: Path, ledger: Path | None) -> None:
        self.path = path
        _check(path, ledger)
        self._ours = _listed(path)
        self._written = self._same = 0
        self._temporary = path

    @contextmanager
    def filling(self, names: Iterable[str]) -> Iterator[None]:
        """The time in which exactly the files ``names`` are put.

        Raises Refused before any of it, and WriteFailed.
        """
        wanted = sorted(names)
        try:
            for name in wanted:
                self._check_free(name)
            self.path.mkdir(parents=True, exist_ok=True)
            self._list({*self._ours, *wanted})
            with taking_name(self.path / LIST) as self._temporary:
                yield
            for name in sorted(self._ours.difference(wanted)):
                self._remove(name)
            self._list(wanted)
        except OSError as error:
            raise WriteFailed(
                f"cannot write {error.filename or self.path}: {error.strerror or error}. "
                "Run the command again: it goes on where it stopped."
            ) from None

    def put(self, name: str, body: bytes) -> bool:
        """Write one of the files; whether it was another before."""
        target = self.path / name
        with suppress(FileNotFoundError):
            if target.stat().st_size == len(body) and target.read_bytes() == body:
                return False
        target.parent.mkdir(parents=True, exist_ok=True)
        self._temporary.write_bytes(body)
        self._temporary.replace(target)
        return True

    def put_file(self, name: str, source: Path) -> bool:
        """Copy a file of any size."""
        target = self.path / name
        if target.exists() and _same(target, source):
            return False
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, self._temporary)
        self._temporary.replace(target)
        return True

    def stale(self, names: Iterable[str]) -> int:
        """How many files of ours are not among the names."""
        return len(self._ours.difference(names))

    def _check_free(self, name: str) -> None:
        """Raise Refused where a name is another's file, or leads through a link or a file."""
        place = self.path
        parts = PurePosixPath(name).parts
        for number, part in enumerate(parts, 1):
            place /= part
            try:
                mode = os.lstat(place).st_mode
            except FileNotFoundError:
                return
            if number < len(parts) and not stat.S_ISDIR(mode):
                raise Refused(f"{place} is no folder, and the site needs one there. Move it away.")
            if number == len(parts) and (not stat.S_ISREG(mode) or name not in self._ours):
                raise Refused(
                    f"{place} is not of this site, and it is kept. Move it away, or name another folder."
                )

    def _remove(self, name: str) -> None:
        place = self.path / name
        with suppress(FileNotFoundError, NotADirectoryError):
            if all(not parent.is_symlink() for parent in place.parents if parent.is_relative_to(self.path)):
                place.unlink()
        for parent in place.parents:
            if parent == self.path:
                return
            with suppress(OSError):  # it holds more
                parent.rmdir()

    def _list(self, names: Iterable[str]) -> None:
        text = (
            json.dumps({"forecastlog site": 1, "files": sorted(names)}, indent=0, ensure_ascii=False) + "\n"
        )
        place = self.path / LIST
        if not place.is_file() or place.read_text(encoding="utf-8") != text:
            write_text(place, text)


def _check(path: Path, ledger: Path | None) -> None:
    if path.is_symlink():
        raise Refused(f"{path} is a link to {path.readlink()}. Name the folder itself.")
    if path.exists() and not path.is_dir():
        raise Refused(f"{path} is no folder. Name one, or a place where nothing is.")
    whole = Path(os.path.realpath(path))
    if ledger and whole.is_relative_to(os.path.realpath(ledger)):
        raise Refused(
            f"{path} lies inside the ledger {ledger}, which holds records alone. Name a folder outside it."
        )


def _listed(path: Path) -> set[str]:
    """The files in the folder that are ours; raises Refused where there are only other people's."""
    place = path / LIST
    try:
        if not place.is_symlink():
            said = json.loads(place.read_text(encoding="utf-8"))
            return {name for name in said["files"] if _is_name(name)}
        found = [LIST]
    except FileNotFoundError:
        found = sorted({entry.name for entry in path.iterdir()} - _OTHERS) if path.is_dir() else []
    except (OSError, ValueError, RecursionError, KeyError, TypeError):
        found = [LIST]
    if found:
        raise Refused(
            f"{path} holds {found[0]}, and no site that forecastlog exported. "
            f"Name an empty folder, or one that an earlier export made."
        )
    return set()


def _is_name(name: object) -> bool:
    """Whether a listed name stays inside the folder."""
    return (
        isinstance(name, str)
        and bool(name)
        and not {"", ".", ".."} & set(name.split("/"))
        and name.isprintable()
    )


def _same(one: Path, other: Path) -> bool:
    import filecmp

    return filecmp.cmp(one, other, shallow=False)
