"""The folder of stored pages: two files a page, named by the digest of its text.

It lies outside of the ledger and of git, because the texts are other people's, and is never published.
"""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from forecastlog.errors import Refused, WriteFailed

if TYPE_CHECKING:
    from forecastlog.archive.fetch import Page

INSTALL = "Storing pages needs the extra 'archive': pip install 'forecastlog[archive]'."


def usual_folder() -> Path:
    """The folder for copies where the desk names none: in the person's own data folder."""
    base = os.environ.get("XDG_DATA_HOME", "")
    home = Path(base) if base.startswith("/") else Path.home() / ".local" / "share"
    return home / "forecastlog" / "archive"


@dataclass(frozen=True, slots=True)
class Store:
    """The stored pages of a folder."""

    folder: Path

    @classmethod
    def of(cls, root: Path, named: str | None) -> Store:
        """The store of the ledger in ``root``: the folder named in its settings, or the usual one.

        Raises Refused for one that lies in the ledger's folder.
        """
        folder = root.absolute().parent / Path(named).expanduser() if named else usual_folder()
        if Path(os.path.realpath(folder)).is_relative_to(os.path.realpath(root)):
            raise Refused(f"{folder} lies in the ledger, which is published. Name another in 'archive ='.")
        return cls(folder)

    def path(self, sha256: str, ending: str = "txt") -> Path:
        """Where a stored page's file is."""
        return self.folder / sha256[:2] / f"{sha256}.{ending}"

    def text(self, sha256: str) -> str | None:
        """The stored text with this digest; None where there is none, or the file says something else."""
        try:
            data = self.path(sha256).read_bytes()
        except OSError:
            return None
        return data.decode("utf-8") if hashlib.sha256(data).hexdigest() == sha256 else None

    def keep(self, page: Page, text: str) -> str:
        """Store a page as text and as WARC; returns the digest of the text.

        Raises Refused where the folder is kept by git or the extra is not installed, WriteFailed.
        """
        data = text.encode()
        sha256 = hashlib.sha256(data).hexdigest()
        warc = _warc(page)
        try:
            self.path(sha256).parent.mkdir(parents=True, exist_ok=True)
            for ending, content in (("warc.gz", warc), ("txt", data)):
                _write(self.path(sha256, ending), content)
        except OSError as error:
            raise WriteFailed(f"cannot write to {self.folder}: {error.strerror or error}.") from error
        return sha256

    def check_place(self) -> None:
        """Raises Refused where git would keep the folder, or the extra that writes WARC is not installed."""
        try:
            import warcio  # noqa: F401  # only whether it is there
        except ImportError:
            raise Refused(INSTALL) from None
        above = next(folder for folder in (self.folder, *self.folder.parents) if folder.is_dir())
        if _git(above, "rev-parse", "--is-inside-work-tree") == 0 and _git(
            above, "check-ignore", "-q", str(self.folder)
        ):
            raise Refused(
                f"{self.folder} is kept by git, and what is stored there is not yours to publish. "
                "Name a folder "
                'outside of it in forecastlog.toml (archive = "..."), or let git ignore it.'
            )


def _git(folder: Path, *arguments: str) -> int:
    try:
        return subprocess.run(  # noqa: S603  # paths of our own
            ["git", *arguments],  # noqa: S607  # git is wherever the person's PATH has it
            cwd=folder,
            capture_output=True,
            check=False,
        ).returncode
    except OSError:
        return 1


def _write(path: Path, content: bytes) -> None:
    """A whole file, or none; one that is there keeps the bytes that were first stored."""
    if path.exists():
        return
    temporary = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        temporary.write_bytes(content)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _warc(page: Page) -> bytes:
    """The answer as a WARC 1.1 response record (ISO 28500:2017), its body as it was sent."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    plain = [(name, value) for name, value in page.headers if name.lower() != "transfer-encoding"]
    head = StatusAndHeaders(f"{page.status} {page.reason}", plain, protocol="HTTP/1.1")
    body = io.BytesIO(page.sent)
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    writer.write_record(
        writer.create_warc_record(
            page.url, "response", payload=body, length=len(page.sent), http_headers=head
        )
    )
    return out.getvalue()
