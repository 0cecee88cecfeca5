"""What was read of a ledger's files, kept in the user's cache folder so that it need not be read again.

A SQLite file by the ledger's path: a row a file with its size, times, inode and digest, and beside it the
records packed. It holds facts and no status, so that any day gives the same answer. It is never trusted over
the text: a file with another status is read again unless its digest is the same, and so is one that was
written within ``TICK`` of being read, because a second write within it may leave no trace (as git does with
its index). Torn, foreign or of another version, it is thrown away and made again; where it cannot be written,
it is done without. Everything in it has a digest. Somebody who can write to the folder is the user.
"""

from __future__ import annotations

import os
import sqlite3
import stat
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from forecastlog import __version__
from forecastlog.ledger.packed import Head, Torn, pack, sealed, unpack, unsealed

Stamp = tuple[int, int, int, int]
"""What of a file's status differs once it has been written to: two times, size and inode."""

FOLDER = "forecastlog"
TICK = 2_000_000_000
"""Nanoseconds: the coarsest clock of a file system in use (FAT)."""
WAIT = 0.2
"""Seconds for another process to be done with the index; then it is done without."""
READING = ("", "vocabulary", "model", "ledger", "kinds", "kinds/*", "standing", "checks", "history")
"""The folders of the program that read, pack and judge; with other files in them an index is made again."""
ALONE = bytes(16)
"""In the place of a digest: of what is kept of no single file."""
UNUSED_DAYS = 90
"""An index that nobody has written for so long is deleted when another is made."""
SCHEMA = (
    "CREATE TABLE about (ledger BLOB NOT NULL, version TEXT NOT NULL)",
    "CREATE TABLE files (path BLOB PRIMARY KEY, row BLOB NOT NULL) WITHOUT ROWID",
    (
        "CREATE TABLE parts (digest BLOB, name TEXT, place INTEGER, data BLOB, PRIMARY KEY (digest, "
        "name, place))"
    ),
)


Call = str | list[str]


class Row(NamedTuple):
    """One file: its status, when it was read, the digest of its bytes, and what its reading rested on.

    ``basis`` is the digest of the zone, ``people`` that of people.yaml. ``asked`` are the names in it that
    people.yaml does not list, a list for joint authors, in their order; ``called`` are all, packed, each with
    whom it meant.
    """

    stamp: Stamp
    seen: int
    digest: bytes
    basis: bytes
    heads: list[Head]
    asked: list[Call]
    people: bytes = b""
    called: bytes = b""

    def stands(self, stamp: Stamp | None) -> bool:
        """Whether a file of that status surely holds what it held."""
        return stamp == self.stamp and max(stamp[:2]) < self.seen - TICK


class Kept(NamedTuple):
    """A file as it is to be kept: its row and its parts, by name, in their order."""

    row: Row
    parts: Mapping[str, list[bytes]]


def digest_of(data: bytes) -> bytes:
    """The digest by which a file's parts are found."""
    return blake2b(data, digest_size=16).digest()


class Index:
    """The index of one ledger; ``rows`` are those of its files as it was opened, by their path."""

    def __init__(self, path: Path, connection: sqlite3.Connection, rows: dict[bytes, Row]) -> None:
        self.path, self._connection, self.rows = path, connection, rows

    def discard(self) -> None:
        """Throw it away, so that the next command makes it again: something in it is not what was kept."""
        with suppress(OSError):
            self.path.unlink(missing_ok=True)

    def part(self, digest: bytes, name: str, place: int = 0) -> bytes:
        """A part of a file; raises Torn where it is not there as it was kept."""
        with _torn_where_broken():
            found = self._connection.execute(
                "select data from parts where digest = ? and name = ? and place = ?", (digest, name, place)
            ).fetchone()
        return unsealed(found and found[0], digest, name.encode(), place.to_bytes(4))

    def parts(self, digest: bytes, name: str, number: int) -> list[bytes]:
        """All parts of that name, which are so many; raises Torn."""
        with _torn_where_broken():
            found = self._connection.execute(
                "select data from parts where digest = ? and name = ? order by place", (digest, name)
            ).fetchall()
        if len(found) != number:
            raise Torn("a part is missing")
        context = digest, name.encode()
        return [unsealed(data, *context, place.to_bytes(4)) for place, (data,) in enumerate(found)]

    def keep(self, files: Mapping[bytes, Kept], gone: Iterable[bytes] = ()) -> None:
        """Write rows, with the parts that are given, in one step.

        Where it cannot be written, nothing happens.
        """
        gone, written = set(gone), False
        with suppress(sqlite3.Error, OSError), self._writing():
            for path in (*gone, *files):
                old = self.rows.get(path)
                if old and not (path in files and files[path].row.digest == old.digest):
                    self._connection.execute("delete from parts where digest = ?", (old.digest,))
                    self._connection.execute("delete from files where path = ?", (path,))
            for path, (row, parts) in files.items():
                if parts:  # it was read again: the same text may name others than before
                    self._connection.execute("delete from parts where digest = ?", (row.digest,))
                self._connection.execute(
                    "insert or replace into files values (?, ?)", (path, sealed(pack(row), path))
                )
                for name, data in parts.items():
                    self._add(row.digest, name, data)
            written = True
        if written:
            self.rows = {path: row for path, row in self.rows.items() if path not in gone}
            self.rows |= {path: kept.row for path, kept in files.items()}

    def add(self, parts: Mapping[bytes, bytes], name: str) -> None:
        """Write one more part of files, by their digests."""
        with suppress(sqlite3.Error, OSError), self._writing():
            for digest, data in parts.items():
                self._add(digest, name, [data])

    def renew(self, name: str, parts: Mapping[tuple[bytes, int], bytes], used: Collection[bytes]) -> None:
        """Write parts of that name, by digest and place, and delete those whose digests nobody used."""
        with suppress(sqlite3.Error, OSError), self._writing():
            for (digest, place), data in parts.items():
                self._add(digest, name, [data], place)
            kept = self._connection.execute("select distinct digest from parts where name = ?", (name,))
            for (digest,) in kept.fetchall():
                if digest not in used:
                    self._connection.execute(
                        "delete from parts where digest = ? and name = ?", (digest, name)
                    )

    def replace(
        self,
        name: str,
        was: bytes | None,
        now: bytes,
        new: Mapping[bytes, Mapping[str, bytes]],
        gone: Iterable[bytes],
    ) -> None:
        """Write a part that stands alone in the place of what it was, with the parts that it speaks of.

        Where another process has written it meanwhile, or it cannot be written, nothing happens.
        """
        with suppress(sqlite3.Error, OSError, Torn), self._writing():
            if self._alone(name) != was:
                raise Torn("another process was faster")
            for digest in gone:
                self._connection.execute("delete from parts where digest = ?", (digest,))
            for digest, parts in new.items():
                for each, data in parts.items():
                    self._add(digest, each, [data])
            self._add(ALONE, name, [now])

    def alone(self, name: str) -> bytes | None:
        """A part that is of no file, None where there is none; raises Torn."""
        try:
            return self._alone(name)
        except sqlite3.Error as error:
            raise Torn(str(error)) from error

    def _alone(self, name: str) -> bytes | None:
        found = self._connection.execute(
            "select data from parts where digest = ? and name = ?", (ALONE, name)
        ).fetchone()
        return found and unsealed(found[0], ALONE, name.encode(), (0).to_bytes(4))

    def _add(self, digest: bytes, name: str, parts: list[bytes], first: int = 0) -> None:
        self._connection.executemany(
            "insert or replace into parts values (?, ?, ?, ?)",
            (
                (digest, name, place, sealed(data, digest, name.encode(), place.to_bytes(4)))
                for place, data in enumerate(parts, first)
            ),
        )

    @contextmanager
    def _writing(self) -> Iterator[None]:
        self._connection.execute("begin immediate")
        try:
            yield
            self._connection.execute("commit")
        except BaseException:
            with suppress(sqlite3.Error):
                self._connection.execute("rollback")
            raise


def open_index(root: Path) -> Index | None:
    """The index of the ledger in a folder, a new one where there is none to trust.

    None where there can be none.
    """
    try:
        path = index_path(root)
        ledger = os.fsencode(os.path.realpath(root))
        if _is_file(path):
            try:
                return _opened(path, ledger)
            except (Torn, TypeError, sqlite3.Error) as error:
                if getattr(error, "sqlite_errorcode", None) in _OCCUPIED:
                    return None
                path.unlink()
        return _made(path, ledger)
    except (OSError, sqlite3.Error, Torn, ValueError):
        return None


def index_path(root: Path) -> Path:
    """Where the index of the ledger in a folder is."""
    name = blake2b(os.fsencode(os.path.realpath(root)), digest_size=12).hexdigest()
    return cache_folder() / f"index-{name}.db"


def cache_folder() -> Path:
    """The user's folder for what can be made again: ``XDG_CACHE_HOME``, or what the system has for it."""
    named = os.environ.get("XDG_CACHE_HOME")
    if named and Path(named).is_absolute():
        return Path(named, FOLDER)
    home = Path.home()
    return home / ("Library/Caches" if sys.platform == "darwin" else ".cache") / FOLDER


_OCCUPIED = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def _is_file(path: Path) -> bool:
    """Whether an ordinary file is there; what else has its name goes away, where it can."""
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return False
    if not stat.S_ISREG(mode):
        path.unlink()
        return False
    return True


def _opened(path: Path, ledger: bytes) -> Index:
    connection = _connected(path)
    try:
        return Index(path, connection, _trusted_rows(connection, ledger))
    except (Torn, TypeError, sqlite3.Error):
        connection.close()
        raise


def _trusted_rows(connection: sqlite3.Connection, ledger: bytes) -> dict[bytes, Row]:
    """The rows of the files; the schema is looked at first, for a view of that name may never end."""
    made = connection.execute("select sql from sqlite_master order by rowid").fetchall()
    if tuple(sql for (sql,) in made if sql) != SCHEMA:
        raise Torn("another schema")
    if connection.execute("select * from about").fetchall() != [(ledger, version())]:
        raise Torn("another ledger, or another version")
    rows = connection.execute("select path, row from files").fetchall()
    return {name: unpack(Row, unsealed(row, name)) for name, row in rows}


def _made(path: Path, ledger: bytes) -> Index:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _clear(path.parent)
    connection = _connected(path)
    index = Index(path, connection, {})
    with index._writing():  # noqa: SLF001  # its own maker
        for sql in SCHEMA:
            connection.execute(sql)
        connection.execute("insert into about values (?, ?)", (ledger, version()))
    return index


def _clear(folder: Path) -> None:
    """Delete what nobody uses: ledgers come and go."""
    import time

    before = time.time() - UNUSED_DAYS * 86400
    for path in folder.glob("index-*.db"):
        with suppress(OSError):
            if path.lstat().st_mtime < before:
                path.unlink()


def _connected(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=WAIT, isolation_level=None)
    connection.execute("pragma trusted_schema = off")
    connection.execute("pragma synchronous = off")  # what a crash tears has another digest
    return connection


@contextmanager
def _torn_where_broken() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise Torn(str(error)) from error


@cache
def version() -> str:
    """The version of what reads and packs: of the program, its record types and the status of its files."""
    return f"{__version__} {sys.version_info[:2]} {fingerprint(*READING)}"


@cache
def fingerprint(*folders: str) -> str:
    """A digest of the status of the program's own files in some of its folders."""
    status = [(path.name, (found := path.stat()).st_size, found.st_mtime_ns) for path in files_of(*folders)]
    return blake2b(repr(status).encode(), digest_size=8).hexdigest()


def files_of(*folders: str) -> list[Path]:
    """The program's own files in some of its folders: code, and the lists of words that it reads."""
    package = Path(__file__).parents[1]
    return sorted(
        path
        for folder in folders
        for path in package.glob(f"{folder}/*".lstrip("/"))
        if path.parent.name != "__pycache__" and path.is_file()
    )
