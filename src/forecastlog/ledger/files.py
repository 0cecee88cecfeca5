"""The only module that writes below a ledger's folder.

A file is replaced whole or not at all: the new text goes to a temporary file beside it, is flushed to the
disk, and takes the name in one step. Commands keep out of each other's way by a lock that the system drops
when its holder dies, so that a lock file left behind is no obstacle. Editors take no lock; a file that one
of them saved meanwhile is noticed by its digest just before it would be replaced.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import stat
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from forecastlog.errors import CannotEdit, FileChanged, LedgerLocked, LedgerNotFound, Refused, WriteFailed

LOCK = ".lock"
TEMPORARY = ".forecastlog-tmp"
"""How the name of a file ends that is being written; only the lock's holder makes them."""

Transform = Callable[[str], str]
"""The text of a file as it is -> as it shall be; raises to leave everything untouched."""

_NO_LOCKS = (errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL)


@contextmanager
def editing(root: Path, wait: float = 10.0) -> Iterator[Editor]:
    """Hold the ledger's lock and change its files.

    Raises LedgerLocked when another command has held it for ``wait`` seconds, Refused where the folder
    cannot be written to or cannot be locked.
    """
    if not root.is_dir():
        raise LedgerNotFound(root)
    lock = _take_lock(root, wait)
    try:
        yield Editor(root)
    finally:
        os.close(lock)


class Editor:
    """Writes files of a ledger whose lock is held; made by ``editing``."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self._swept: set[Path] = set()
        self._count = 0

    def change(self, path: Path, transform: Transform) -> bool:
        """Replace the text of one file; False where the transform left it as it was."""
        return bool(self.write_all({path: transform}, {}))

    def create(self, path: Path, text: str) -> None:
        """Write a new file; its folders are made. Raises Refused where the file exists already."""
        self.write_all({}, {path: text})

    def write_all(self, transforms: Mapping[Path, Transform], new_files: Mapping[Path, str]) -> list[Path]:
        """Make new files and replace the texts of others; returns the files written.

        All texts are made and lie on the disk before the first file takes its name. Raises FileChanged where
        somebody saved one meanwhile, Refused where a new one exists, WriteFailed where the system refused,
        CannotEdit for what is no text of ours, and whatever a transform raises; nothing is touched then, or
        the sentence says what was.
        """
        staged: list[_Staged] = []
        written: list[Path] = []
        try:
            staged += (self._stage_new(path, text) for path, text in new_files.items())
            for path, transform in transforms.items():
                if change := self._stage(path, transform):
                    staged.append(change)
            for change in staged:
                change.verify()
            for change in staged:
                change.take_name(written)
                written.append(change.path)
        finally:
            for change in staged:
                with suppress(OSError):
                    os.unlink(change.temporary)  # noqa: PTH108 - os calls only, so that tests can fail each
        return written

    def _stage_new(self, path: Path, text: str) -> _Staged:
        target = self._inside(path)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            temporary = self._temporary(target.parent)
            _write(temporary, text.encode(), 0o666 & ~_umask())
        except OSError as error:
            raise WriteFailed(f"{path} could not be made: {_reason(error)}. Nothing was written.") from None
        return _Staged(path, target, temporary, None)

    def write(self, path: Path, text: str) -> None:
        """Write a file that holds no records, whatever stood there; it is replaced whole or not at all."""
        target = self._inside(path)
        try:
            temporary = self._temporary(target.parent)
            _write(temporary, text.encode(), 0o666 & ~_umask())
            try:
                os.replace(temporary, target)  # noqa: PTH105
            except OSError:
                os.unlink(temporary)  # noqa: PTH108
                raise
            _flush_folder(target.parent)
        except OSError as error:
            raise WriteFailed(f"{path} could not be written: {_reason(error)}.") from None

    def _stage(self, path: Path, transform: Transform) -> _Staged | None:
        target = self._inside(path)
        data, mode = _read(path, target)
        try:
            old = data.decode("utf-8")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            raise CannotEdit(
                f"{path}:{line}: the file is not UTF-8. Save it as UTF-8 and try again."
            ) from None
        try:
            new = transform(old)
        except CannotEdit as error:
            raise CannotEdit(f"{path}: {error}") from None
        if new == old:
            return None
        try:
            temporary = self._temporary(target.parent)
            _write(temporary, new.encode(), mode)
        except OSError as error:
            raise WriteFailed(
                f"{path} could not be written: {_reason(error)}. Nothing was changed."
            ) from None
        return _Staged(path, target, temporary, hashlib.sha256(data).digest())

    def _temporary(self, folder: Path) -> str:
        """A name for a file that is being written; what dead processes left in the folder is removed first.

        Only the lock's holder writes such files, so all that lie there when it first looks are left-overs.
        """
        if folder not in self._swept:
            self._swept.add(folder)
            for left in folder.glob(f".*{TEMPORARY}"):
                with suppress(OSError):
                    left.unlink()
        self._count += 1
        return str(folder / f".{os.getpid()}-{self._count}{TEMPORARY}")

    def _inside(self, path: Path) -> Path:
        """The file that ``path`` means, links followed; raises Refused where it lies outside the ledger."""
        try:
            target = path.resolve()
        except (OSError, RuntimeError):
            raise Refused(f"{path} is a link that leads nowhere. Remove it or point it at a file.") from None
        if not target.is_relative_to(self.root):
            raise Refused(f"{path} leads to {target}, which is not in the ledger. Edit it there by hand.")
        return target


@dataclass(frozen=True, slots=True)
class _Staged:
    """A text on the disk that waits to take its file's name; ``digest`` is None for a new file."""

    path: Path
    target: Path
    temporary: str
    digest: bytes | None

    def verify(self) -> None:
        """Raise FileChanged unless the file is still the one that was read, Refused if a new one is there."""
        if self.digest is None:
            if os.path.lexists(self.target):
                raise Refused(f"{self.path} exists already. Choose another id, or add to it.")
            return
        try:
            data, _ = _read(self.path, self.target)
        except WriteFailed:
            raise FileChanged(self.path) from None
        if hashlib.sha256(data).digest() != self.digest:
            raise FileChanged(self.path)

    def take_name(self, written: list[Path]) -> None:
        """Take the file's name; an error says what had been ``written`` by then."""
        try:
            self.verify()
            if self.digest is None:
                _claim(self.temporary, self.target)
            else:
                os.replace(self.temporary, self.target)  # noqa: PTH105
        except (FileChanged, Refused, FileExistsError) as error:
            if not written and not isinstance(error, OSError):
                raise
            raise WriteFailed(f"{self.path}: somebody saved it meanwhile. {_so_far(written)}") from None
        except OSError as error:
            raise WriteFailed(
                f"{self.path} could not be written: {_reason(error)}. {_so_far(written)}"
            ) from None
        try:
            _flush_folder(self.target.parent)
        except OSError as error:
            done = [*written, self.path]
            raise WriteFailed(
                f"the disk gave an error after {self.path} was written: {_reason(error)}. {_so_far(done)}"
            ) from None


def _take_lock(root: Path, wait: float) -> int:
    flags = os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
    try:
        try:
            lock = os.open(root / LOCK, flags | os.O_RDWR, 0o666)
        except PermissionError:  # somebody else's lock file, in a folder that people share
            lock = os.open(root / LOCK, flags | os.O_RDONLY, 0o666)
    except OSError as error:
        raise Refused(f"cannot write to {root}: {_reason(error)}. Nothing was written.") from None
    try:
        _wait_for(lock, root, wait)
    except BaseException:
        os.close(lock)
        raise
    return lock


def _wait_for(lock: int, root: Path, wait: float) -> None:
    end = time.monotonic() + wait
    pause = 0.001
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= end:
                raise LedgerLocked(root, wait) from None
            time.sleep(pause)
            pause = min(pause * 2, 0.05)
        except OSError as error:
            if error.errno not in _NO_LOCKS:
                raise Refused(f"cannot lock {root}: {_reason(error)}. Nothing was written.") from None
            raise Refused(
                f"the file system of {root} has no locks, so two commands could undo each other's work. "
                "Keep the ledger on a local disk. Nothing was written."
            ) from None
        else:
            return


def _read(path: Path, target: Path) -> tuple[bytes, int]:
    """A file's bytes and its mode.

    ``target`` has no link left in it, so one that is there now is somebody's.
    """
    try:
        descriptor = os.open(target, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOFOLLOW)
        with open(descriptor, "rb") as file:  # noqa: PTH123 - a descriptor has no path
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise WriteFailed(f"{path} is no ordinary file. Nothing was written.")
            return file.read(), stat.S_IMODE(status.st_mode)
    except OSError as error:
        raise WriteFailed(f"{path} could not be read: {_reason(error)}. Nothing was written.") from None


def _write(temporary: str, data: bytes, mode: int) -> None:
    """Put ``data`` on the disk as a new file; nothing is left of it after an error."""
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(descriptor, view) :]
            os.fchmod(descriptor, mode)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)  # noqa: PTH108
        raise


def _claim(temporary: str, target: Path) -> None:
    """Give a file its name unless that is taken: a link fails where a replacement would overwrite."""
    try:
        os.link(temporary, target)
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS):
            raise
        # No hard links here, as on some sticks and shares: keep the name with an empty file, then fill it.
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
        os.replace(temporary, target)  # noqa: PTH105


def _flush_folder(folder: Path) -> None:
    """Make the disk remember a new name; file systems that cannot do it say so and are left alone."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP, errno.EBADF):
            raise
    finally:
        os.close(descriptor)


def _umask() -> int:
    """The process's mask for new files; it can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _reason(error: OSError) -> str:
    return (os.strerror(error.errno) if error.errno else str(error)).lower()


def _so_far(written: list[Path]) -> str:
    if not written:
        return "Nothing was changed."
    return f"Written before that: {', '.join(map(str, written))}; nothing else was changed."
