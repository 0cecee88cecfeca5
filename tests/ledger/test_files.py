"""Writing below a ledger's folder: whole or not at all, one at a time, never over somebody's work."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest

from forecastlog.errors import CannotEdit, FileChanged, LedgerLocked, LedgerNotFound, Refused, WriteFailed
from forecastlog.ledger.edit import Append, apply
from forecastlog.ledger.files import LOCK, TEMPORARY, editing


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    root = tmp_path / "predictions"
    root.mkdir()
    for name in ("a", "b", "c"):
        (root / f"{name}.yaml").write_text(f"{name} = old\n", encoding="utf-8")
    return root


def new(text: str) -> str:
    return text.replace("old", "new")


def texts(root: Path) -> list[str]:
    """What the ledger's files say, and no file more."""
    assert sorted(path.name for path in root.iterdir() if path.name != LOCK) == ["a.yaml", "b.yaml", "c.yaml"]
    return [(root / f"{name}.yaml").read_text(encoding="utf-8").split()[-1] for name in "abc"]


def test_a_file_is_replaced_and_keeps_its_mode(ledger: Path) -> None:
    path = ledger / "a.yaml"
    path.chmod(0o640)
    with editing(ledger) as editor:
        assert editor.change(path, new)
        assert not editor.change(path, new)
    assert texts(ledger) == ["new", "old", "old"]
    assert path.stat().st_mode & 0o777 == 0o640


def test_line_ends_stay_as_they_are(ledger: Path) -> None:
    (ledger / "a.yaml").write_bytes(b"\xef\xbb\xbfold\r\nold\n")
    with editing(ledger) as editor:
        editor.change(ledger / "a.yaml", new)
    assert (ledger / "a.yaml").read_bytes() == b"\xef\xbb\xbfnew\r\nnew\n"


def test_an_editor_that_saved_meanwhile_is_noticed(ledger: Path) -> None:
    def meanwhile(text: str) -> str:
        (ledger / "a.yaml").write_text("a = theirs\n", encoding="utf-8")
        return new(text)

    with editing(ledger) as editor, pytest.raises(FileChanged, match="nothing was written") as caught:
        editor.write_all({ledger / "b.yaml": new, ledger / "a.yaml": meanwhile}, {})
    assert texts(ledger) == ["theirs", "old", "old"]
    assert caught.value.exit_code == 4


def test_a_file_that_was_removed_meanwhile_stays_removed(ledger: Path) -> None:
    def meanwhile(text: str) -> str:
        (ledger / "a.yaml").unlink()
        return new(text)

    with editing(ledger) as editor, pytest.raises(FileChanged):
        editor.change(ledger / "a.yaml", meanwhile)
    assert not (ledger / "a.yaml").exists()


def test_of_several_files_none_is_touched_when_one_cannot_be_changed(ledger: Path) -> None:
    def fails(text: str) -> str:
        raise CannotEdit("the id 'x' stands nowhere in this file.")

    with editing(ledger) as editor, pytest.raises(CannotEdit, match=r"c\.yaml: the id 'x'"):
        editor.write_all({ledger / "a.yaml": new, ledger / "c.yaml": fails}, {})
    assert texts(ledger) == ["old", "old", "old"]


def test_a_failure_after_the_first_file_says_what_was_done(
    ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = os.replace

    def broken(source: str, target: Path) -> None:
        if target.name == "b.yaml":
            raise OSError(errno.EIO, "")
        replace(source, target)

    monkeypatch.setattr(os, "replace", broken)
    with editing(ledger) as editor, pytest.raises(WriteFailed) as caught:
        editor.write_all({ledger / f"{name}.yaml": new for name in "abc"}, {})
    assert str(caught.value) == (
        f"{ledger / 'b.yaml'} could not be written: input/output error. "
        f"Written before that: {ledger / 'a.yaml'}; nothing else was changed."
    )
    assert texts(ledger) == ["new", "old", "old"]


def test_an_editor_that_saves_the_second_file_late_is_not_overwritten(
    ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = os.replace

    def late(source: str, target: Path) -> None:
        replace(source, target)
        (ledger / "b.yaml").write_text("b = theirs\n", encoding="utf-8")

    monkeypatch.setattr(os, "replace", late)
    with (
        editing(ledger) as editor,
        pytest.raises(WriteFailed, match=r"saved it meanwhile\. Written before that"),
    ):
        editor.write_all({ledger / "a.yaml": new, ledger / "b.yaml": new}, {})
    assert texts(ledger) == ["new", "theirs", "old"]


@pytest.mark.parametrize("call", ["open", "write", "fchmod", "fsync", "replace"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EROFS, errno.EDQUOT])
def test_the_system_refuses(ledger: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int) -> None:
    original: Callable[..., object] = getattr(os, call)

    def refuses(*arguments: object, **options: object) -> object:
        if call == "open" and TEMPORARY not in str(arguments[0]):
            return original(*arguments, **options)
        raise OSError(number, "")

    with editing(ledger) as editor:
        monkeypatch.setattr(os, call, refuses)
        with pytest.raises(WriteFailed, match="Nothing was changed") as caught:
            editor.change(ledger / "a.yaml", new)
        with pytest.raises(WriteFailed, match="Nothing was ") if call != "replace" else nullcontext():
            editor.create(ledger / "new.yaml", "x")
        monkeypatch.undo()
    (ledger / "new.yaml").unlink(missing_ok=True)
    assert os.strerror(number).lower() in str(caught.value)
    assert texts(ledger) == ["old", "old", "old"]


def test_an_error_after_the_file_was_replaced_is_told_as_such(
    ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = os.replace

    def last(source: str, target: Path) -> None:
        replace(source, target)
        monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError(errno.EIO, "")))

    monkeypatch.setattr(os, "replace", last)
    with editing(ledger) as editor, pytest.raises(WriteFailed, match=r"after .*a\.yaml was written"):
        editor.change(ledger / "a.yaml", new)
    monkeypatch.undo()
    assert texts(ledger) == ["new", "old", "old"]


def test_a_new_file_never_overwrites(ledger: Path) -> None:
    with editing(ledger) as editor:
        editor.create(ledger / "imports" / "site" / "d.jsonl", "new\n")
        with pytest.raises(Refused, match="exists already"):
            editor.create(ledger / "a.yaml", "new\n")
    assert (ledger / "imports" / "site" / "d.jsonl").read_text(encoding="utf-8") == "new\n"
    assert [path.name for path in (ledger / "imports" / "site").iterdir()] == ["d.jsonl"]
    assert (ledger / "a.yaml").read_text(encoding="utf-8") == "a = old\n"


def test_new_files_and_changes_are_made_together_or_not_at_all(ledger: Path) -> None:
    with editing(ledger) as editor:
        with pytest.raises(WriteFailed, match="could not be made: file exists"):
            editor.write_all(
                {ledger / "a.yaml": new}, {ledger / "d.yaml": "x", ledger / "b.yaml" / "e.yaml": "y"}
            )
        with pytest.raises(Refused, match=r"b\.yaml exists already"):
            editor.write_all({ledger / "a.yaml": new}, {ledger / "d.yaml": "x", ledger / "b.yaml": "y"})
        assert texts(ledger) == ["old", "old", "old"]
        written = editor.write_all({ledger / "a.yaml": new, ledger / "b.yaml": str}, {ledger / "d.yaml": "x"})
    assert written == [ledger / "d.yaml", ledger / "a.yaml"]


def test_a_new_file_without_hard_links(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object) -> None:
        raise OSError(errno.EPERM, "")

    monkeypatch.setattr(os, "link", no_links)
    with editing(ledger) as editor:
        editor.create(ledger / "d.yaml", "new\n")
        with pytest.raises(Refused, match="exists already"):
            editor.create(ledger / "d.yaml", "newer\n")
    assert (ledger / "d.yaml").read_text(encoding="utf-8") == "new\n"


def test_what_a_dead_process_left_is_removed(ledger: Path) -> None:
    (ledger / f".99-1{TEMPORARY}").write_text("half", encoding="utf-8")
    (ledger / LOCK).write_text("", encoding="utf-8")
    with editing(ledger) as editor:
        editor.write_all({ledger / "a.yaml": new, ledger / "b.yaml": new}, {})
    assert texts(ledger) == ["new", "new", "old"]


def test_the_lock_is_waited_for_and_then_given_up(ledger: Path) -> None:
    with (ledger / LOCK).open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with (
            pytest.raises(LedgerLocked, match="another command has been writing") as caught,
            editing(ledger, wait=0.02),
        ):
            pass
    assert caught.value.exit_code == 4
    with editing(ledger, wait=0):  # its holder is gone, the file is still there
        pass


def test_a_file_system_without_locks(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_locks(*_: object) -> None:
        raise OSError(errno.ENOLCK, "")

    monkeypatch.setattr(fcntl, "flock", no_locks)
    with pytest.raises(Refused, match="has no locks"), editing(ledger):
        pass


def test_a_folder_that_cannot_be_written_to(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def read_only(*_: object) -> int:
        raise OSError(errno.EROFS, "")

    monkeypatch.setattr(os, "open", read_only)
    with pytest.raises(Refused, match=r"cannot write to .*: read-only file system"), editing(ledger):
        pass


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(LedgerNotFound), editing(tmp_path / "none"):
        pass


def test_links_are_followed_inside_the_ledger_only(ledger: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.yaml"
    outside.write_text("old\n", encoding="utf-8")
    (ledger / "inside-link.yaml").symlink_to("a.yaml")
    (ledger / "outside-link.yaml").symlink_to(outside)
    (ledger / "loop.yaml").symlink_to("loop.yaml")
    with editing(ledger) as editor:
        editor.change(ledger / "inside-link.yaml", new)
        with pytest.raises(Refused, match="not in the ledger"):
            editor.change(ledger / "outside-link.yaml", new)
        with pytest.raises((Refused, WriteFailed)):
            editor.change(ledger / "loop.yaml", new)
        with pytest.raises(Refused, match="not in the ledger"):
            editor.create(ledger / ".." / "other.yaml", "x")
    assert (ledger / "inside-link.yaml").is_symlink()
    assert (ledger / "a.yaml").read_text(encoding="utf-8") == "a = new\n"
    assert outside.read_text(encoding="utf-8") == "old\n"


def test_what_is_no_text_or_no_file_is_left_alone(ledger: Path) -> None:
    (ledger / "a.yaml").write_bytes(b"one\nb\xe9\n")
    os.mkfifo(ledger / "pipe.yaml")
    with editing(ledger) as editor:
        with pytest.raises(CannotEdit, match=r"a\.yaml:2: the file is not UTF-8"):
            editor.change(ledger / "a.yaml", new)
        with pytest.raises(WriteFailed, match="no ordinary file"):
            editor.change(ledger / "pipe.yaml", new)
        with pytest.raises(WriteFailed, match="no such file"):
            editor.change(ledger / "none.yaml", new)


def test_an_edit_that_is_refused_names_the_file(ledger: Path) -> None:
    (ledger / "a.yaml").write_text("article:\n  id: x\n", encoding="utf-8")
    edit = Append("y", "forecasts", {})
    with editing(ledger) as editor, pytest.raises(CannotEdit, match=r"a\.yaml: the id 'y' stands nowhere"):
        editor.change(ledger / "a.yaml", lambda text: apply(text, [edit]))
