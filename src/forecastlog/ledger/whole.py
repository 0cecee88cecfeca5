"""A ledger's folder <-> one zip file, byte for byte: what a desk takes along when it moves.

The text is the record, so that the same ledger means the same files with the same bytes: every record and
setting, comments and layout, drafts, what is withheld, what machines wrote. What is hidden (locks, notes of
commands) stays, but for what git is told of the folder.
"""

from __future__ import annotations

import os
import shutil
import stat
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from forecastlog.errors import Refused, WriteFailed
from forecastlog.ledger import files
from forecastlog.ledger.folder import ATTRIBUTES, IGNORED
from forecastlog.ledger.loader import PEOPLE_FILE, SETTINGS_FILE

LARGEST = 4_000_000_000
"""Bytes of all files together that are unpacked."""
MOST_GROWTH = 400
"""How many times its size a file of more than 50 MB may become."""
MOST_FILES = 200_000
DEEPEST = 20
"""Folders below each other."""
_BLOCK = 1 << 20
_INCOMING = f".incoming{files.TEMPORARY}"
"""A folder of files that wait to take their names; only the lock's holder makes it."""
_SAME_DAY = (1980, 1, 1, 0, 0, 0)
"""The date of every file in the zip, so that the same ledger makes the same bytes."""


class Placed(NamedTuple):
    """The files that an archive brought and those that were there, by their names below the ledger."""

    new: Sequence[str]
    there: Sequence[str]


def names_in(root: Path) -> Iterator[str]:
    """The names below ``root`` of the files that a ledger is, in their order.

    Raises Refused for what is no plain one.
    """
    inside = root.resolve()
    for folder, subfolders, names in os.walk(root):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        for name in sorted(names):
            path = Path(folder, name)
            if name.startswith(".") and name not in (ATTRIBUTES, IGNORED):
                continue
            if not path.resolve().is_relative_to(inside) or not path.is_file():
                raise Refused(
                    f"{path} is no plain file, or leads out of the ledger. Move it away, and export again."
                )
            yield path.relative_to(root).as_posix()


def pack(root: Path, archive: Path) -> int:
    """Write all files of a ledger into ``archive``; returns how many.

    Raises Refused where one changes meanwhile or is no plain file, and OSError.
    """
    number = 0
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as into:
        for name in names_in(root):
            path = root / name
            info = zipfile.ZipInfo(name, _SAME_DAY)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = (stat.S_IFREG | 0o644) << 16
            with path.open("rb") as file, into.open(info, "w", force_zip64=True) as entry:
                before = os.fstat(file.fileno())
                shutil.copyfileobj(file, entry, _BLOCK)
                after = path.stat()
            if (before.st_mtime_ns, before.st_size, before.st_ino) != (
                after.st_mtime_ns,
                after.st_size,
                after.st_ino,
            ):
                raise Refused(f"{path} was changed while it was read. Export again.")
            number += 1
    return number


def unpack(archive: Path, root: Path, *, instead: Sequence[str] = (), without: Sequence[str] = ()) -> Placed:
    """Put the files of ``archive`` into a ledger's folder.

    All, or none where one is there with other content.

    Files of the names ``instead`` are replaced whatever they hold, and those ``without`` are removed unless
    the archive has them. Everything lies on the disk before the first file takes its name; after an
    interruption the same again completes it. Raises Refused for what is no such archive or contradicts a
    file, WriteFailed where the system refused, and as ``files.editing``.
    """
    with _opened(archive) as source, files.editing(root):
        entries = _entries(source, archive)
        if not any(_is_of_ledger(name) for name in entries):
            raise Refused(f"{archive} holds no ledger: no {SETTINGS_FILE}, {PEOPLE_FILE} or article.")
        folder = root / _INCOMING
        shutil.rmtree(folder, ignore_errors=True)
        try:
            for name, info in entries.items():
                _extract(source, info, folder / name)
            placed = _compared(folder, root, entries, instead)
            for name in set(without) - entries.keys():
                (root / name).unlink(missing_ok=True)
            _place(folder, root, sorted(placed.new, key=lambda name: name not in instead))
        except OSError as error:
            reason = (os.strerror(error.errno) if error.errno else str(error)).lower()
            raise WriteFailed(
                f"cannot write to {root}: {reason}. What is there stays; import it again."
            ) from None
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    return placed


def _is_of_ledger(name: str) -> bool:
    return name.endswith((".yaml", ".jsonl")) or name == SETTINGS_FILE


@contextmanager
def _opened(archive: Path) -> Iterator[zipfile.ZipFile]:
    if not archive.is_file():
        raise Refused(f"{archive}: there is no such file.")
    try:
        with zipfile.ZipFile(archive) as source:
            yield source
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise Refused(
            f"{archive} is no zip file, or is damaged: {str(error).lower().rstrip('.')}. Nothing was written."
        ) from None


def _entries(source: zipfile.ZipFile, archive: Path) -> dict[str, zipfile.ZipInfo]:
    """The files of an archive by their names, all of which lie below the folder that they are put into."""
    found: dict[str, zipfile.ZipInfo] = {}
    folded: set[str] = set()
    for info in source.infolist():
        if info.is_dir():
            continue
        if not _is_safe(info):
            raise Refused(
                f"{archive} holds {info.filename[:100]!r}, which is no file of a ledger. Nothing was written."
            )
        if info.filename.casefold() in folded:
            raise Refused(f"{archive} holds {info.filename[:100]!r} twice. Nothing was written.")
        folded.add(info.filename.casefold())
        found[info.filename] = info
    total = sum(info.file_size for info in found.values())
    if total > LARGEST or (total > 50_000_000 and total > MOST_GROWTH * archive.stat().st_size):
        raise Refused(f"{archive} unpacks to {total / 1e6:,.0f} MB, which is not read.")
    if len(found) > MOST_FILES:
        raise Refused(f"{archive} holds {len(found):,} files; at most {MOST_FILES:,} are read.")
    return found


def _is_safe(info: zipfile.ZipInfo) -> bool:
    """Whether an entry is a plain file below the folder, not hidden but for what git is told."""
    name, kind = info.filename, stat.S_IFMT(info.external_attr >> 16)
    parts = PurePosixPath(name).parts
    plain = bool(parts) and not name.startswith("/") and "\\" not in name and name.isprintable()
    hidden = any(part.startswith(".") and part not in (ATTRIBUTES, IGNORED) for part in parts)
    short = len(parts) <= DEEPEST and all(len(part.encode("utf-8", "replace")) <= 255 for part in parts)
    return plain and not hidden and short and kind in (0, stat.S_IFREG) and name == "/".join(parts)


def _extract(source: zipfile.ZipFile, info: zipfile.ZipInfo, path: Path) -> None:
    """Bring one file to the disk; no more of it is read than the archive says."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with source.open(info) as entry, path.open("xb") as file:
        shutil.copyfileobj(entry, file, _BLOCK)
        file.flush()
        os.fsync(file.fileno())


def _compared(folder: Path, root: Path, names: Iterable[str], instead: Sequence[str]) -> Placed:
    """Which files are to be placed; raises Refused where one is there with other content."""
    new, there = [], []
    for name in names:
        target = root / name
        if not os.path.lexists(target):
            new.append(name)
        elif _is_same(folder / name, target):
            there.append(name)
        elif name in instead:
            new.append(name)
        else:
            raise Refused(
                f"{target} is there already and says something else. "
                "Import into an empty folder, or move it away."
            )
    return Placed(new, there)


def _place(folder: Path, root: Path, names: Iterable[str]) -> None:
    """Let the files take their names, in this order."""
    for name in names:
        target = root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.parent.resolve().is_relative_to(root.resolve()):
            raise Refused(f"{target} leads out of the ledger. Remove the link, and import it again.")
        (folder / name).replace(target)


def _is_same(one: Path, other: Path) -> bool:
    if not other.is_file() or other.is_symlink() or one.stat().st_size != other.stat().st_size:
        return False
    with one.open("rb") as first, other.open("rb") as second:
        while part := first.read(_BLOCK):
            if part != second.read(_BLOCK):
                return False
    return True
