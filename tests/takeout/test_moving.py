"""A ledger that moves: the same bytes of every file, and machine records line by line.

Hostile archives change nothing.
"""

import json
import shutil
import stat
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from forecastlog.cli.main import main
from forecastlog.errors import Refused
from forecastlog.ledger import load
from forecastlog.ledger.files import TEMPORARY
from forecastlog.ledger.whole import names_in, pack, unpack
from tests.takeout.test_takeout import IMPORTED

ROOT = Path(__file__).parents[2]
FULL = (ROOT / "tests/ledger/full.yaml").read_text()
RETRACTED = """\
# A comment that stays.
article: {id: other, title: Other, published: 2025-03, retracted: {on: 2025-06-01}, logged: 2025-05-01}
predictions:
  - {id: rate, kind: numeric, unit: "%", claim: The rate., criteria: The office., draft: yes,
    deadline: {latest: 2025-12-31}, forecasts: [{quantiles: {5%: 2.1, 50%: 3.0, 95%: 4.4}}],
    resolutions: [{outcome: 3.2 %, known: 2026-01-15, recorded: 2026-01-16, by: Eve}]}
  - {id: who, kind: choice, options: [a, b], claim: Who., criteria: The court., withheld_until: 2030-01-01,
    deadline: {latest: 2025-12-31}, forecasts: [{probabilities: {a: 70%, b: 30%}}]}
  - {id: when, kind: date, claim: When., criteria: The court., deadline: {latest: 2025-12-31},
    forecasts: [{value: 2025-06-01}]}
"""
FILES = {
    "forecastlog.toml": "# ours\nformat = 1\nevents = 'prediction'\nevents_why = 'a list'\n",
    "people.yaml": "forecasters:\n  - {id: ann, name: Ann, kind: person}  # who\n",
    "events.yaml": "events:\n  - {id: rain-2025, ended: None fell.}\n",
    "2025/full.yaml": FULL,
    "other.yaml": RETRACTED,
    "imports/list/2025-01.jsonl": IMPORTED,
    ".gitattributes": "*.yaml merge=forecastlog\n",
    "notes.txt": "Only a note: \u00e9\n",
}


def run(*arguments: object, code: int = 0) -> str:
    found = CliRunner().invoke(main, [*map(str, arguments), "--today", "2026-11-29"])
    assert found.exit_code == code, found.output
    return found.stderr


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in names_in(folder)}


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return write(tmp_path / "old" / "predictions", FILES)


def test_the_same_ledger_is_the_same_bytes_and_the_same_records(ledger: Path, tmp_path: Path) -> None:
    archive = tmp_path / "all.zip"
    told = run("export", "ledger", archive, "--ledger", ledger)
    assert "8 files" in told
    assert "2 records in it are drafts or not yet published" in told
    first = archive.read_bytes()
    run("export", "ledger", archive, "--replace", "--ledger", ledger)
    assert archive.read_bytes() == first
    fresh = tmp_path / "fresh"
    run("init", fresh)
    for root, beside in (
        (tmp_path / "new", set()),
        (fresh / "predictions", {".gitignore", "article.schema.json"}),
    ):
        told = run("import", "ledger", archive, "--ledger", root)
        own = {name: data for name, data in contents(root).items() if name not in beside}
        assert own == contents(ledger)
        before, after = load(ledger), load(root)
        assert after.ledger == before.ledger
        assert [(one.code, one.message) for one in after.problems] == [
            (one.code, one.message) for one in before.problems
        ]
        assert "0 files new, 8 there already" in run("import", "ledger", archive, "--ledger", root)


def test_an_interrupted_import_is_completed_and_a_contradiction_changes_nothing(
    ledger: Path, tmp_path: Path
) -> None:
    archive, root = tmp_path / "all.zip", tmp_path / "new"
    pack(ledger, archive)
    half = dict(list(FILES.items())[1:4])
    write(root, half)
    write(root / f".incoming{TEMPORARY}", {"people.yaml": "half"})
    assert "5 files new, 3 there already" in run("import", "ledger", archive, "--ledger", root)
    assert contents(root) == contents(ledger)
    other = write(tmp_path / "other", {"other.yaml": RETRACTED + "# more\n"})
    assert "says something else" in run("import", "ledger", archive, "--ledger", other, code=1)
    assert set(contents(other)) == {"other.yaml"}
    assert not (other / f".incoming{TEMPORARY}").exists()


NAMES = st.sampled_from(["a.yaml", "b/c.yaml", "b/d.jsonl", "forecastlog.toml", "x", "b/y z.txt", "é.yaml"])


@given(
    st.dictionaries(NAMES, st.binary(max_size=200)).map(
        lambda files: {**files, "people.yaml": b"forecasters: []\n"}
    )
)
def test_whatever_stands_in_the_files_comes_back(files: dict[str, bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        old, new = write(Path(folder, "old"), files), Path(folder, "new")
        new.mkdir()
        pack(old, Path(folder, "all.zip"))
        assert sorted(unpack(Path(folder, "all.zip"), new).new) == sorted(files)
        assert contents(new) == files


def archive_of(path: Path, entries: Sequence[tuple[str | zipfile.ZipInfo, bytes]]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as into:
        for name, data in entries:
            into.writestr(name, data)
    return path


def link(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


@pytest.mark.parametrize(
    ("entries", "sentence"),
    [
        ([("../out.yaml", b"x")], "no file of a ledger"),
        ([("/etc/out.yaml", b"x")], "no file of a ledger"),
        ([("a/../../out.yaml", b"x")], "no file of a ledger"),
        ([(".git/hooks/post-commit", b"x")], "no file of a ledger"),
        ([("a\\..\\b.yaml", b"x")], "no file of a ledger"),
        ([("/".join("d" * 30) + "/a.yaml", b"x")], "no file of a ledger"),
        ([(link("a.yaml"), b"/etc/passwd")], "no file of a ledger"),
        ([("a.yaml", b"x"), ("A.yaml", b"y")], "twice"),
        ([("a.txt", b"x")], "holds no ledger"),
        ([("a.yaml", b"\0" * 60_000_000)], "unpacks to 60 MB"),
    ],
)
def test_a_hostile_archive_writes_nothing(
    tmp_path: Path, entries: list[tuple[str, bytes]], sentence: str
) -> None:
    archive, root = archive_of(tmp_path / "bad.zip", entries), tmp_path / "new"
    root.mkdir()
    with pytest.raises(Refused, match=sentence):
        unpack(archive, root)
    assert not contents(root)
    assert {path.name for path in tmp_path.iterdir()} == {"bad.zip", "new"}


def test_a_damaged_archive_is_one_sentence(ledger: Path, tmp_path: Path) -> None:
    archive = tmp_path / "all.zip"
    pack(ledger, archive)
    whole = archive.read_bytes()
    spoilt = bytearray(whole)
    spoilt[60:90] = b"\xff" * 30
    for number, data in enumerate((b"", b"no zip", whole[: len(whole) // 2], bytes(spoilt))):
        archive.write_bytes(data)
        told = run("import", "ledger", archive, "--ledger", tmp_path / f"new-{number}", code=1)
        assert told.count("Error: ") == 1
        assert "is no zip file, or is damaged" in told
        assert not contents(tmp_path / f"new-{number}")
    assert "there is no such file" in run(
        "import", "ledger", tmp_path / "none.zip", "--ledger", tmp_path / "n", code=1
    )
    assert "End the name with .zip" in run("export", "ledger", tmp_path / "a.tar", "--ledger", ledger, code=2)


def test_what_leads_out_of_the_ledger_is_not_taken_along(ledger: Path, tmp_path: Path) -> None:
    (ledger / "out.yaml").symlink_to(write(tmp_path / "x", {"secret": "s"}) / "secret")
    assert "leads out of the ledger" in run(
        "export", "ledger", tmp_path / "all.zip", "--ledger", ledger, code=1
    )
    assert not (tmp_path / "all.zip").exists()


def test_machine_records_go_line_by_line(ledger: Path, tmp_path: Path) -> None:
    (ledger / "other.yaml").unlink()
    shutil.rmtree(ledger / "2025")
    file = tmp_path / "all.jsonl"
    run("export", "records", file, "--ledger", ledger)
    root = write(tmp_path / "new", {"people.yaml": FILES["people.yaml"]})
    assert "1 prediction, 2 forecasts, 1 resolution new" in run(
        "import", "records", file, "--yes", "--ledger", root
    )
    assert load(root).ledger.imported == load(ledger).ledger.imported
    assert "4 lines there already" in run("import", "records", file, "--yes", "--ledger", root)
    told = run("import", "records", file, "--yes", "--ledger", ledger)
    assert "Skipped 4 (rows 1, 2, 3, 4): its prediction is there already, in other words." in told
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    more = [
        {**lines[1], "id": "f9", "prediction": "none"},
        {**lines[1], "id": "f8", "probability": 70},
        {"type": "x"},
        1,
    ]
    file.write_text("".join(json.dumps(line) + "\n" for line in (*lines[1:], lines[0], *more)))
    other = write(tmp_path / "third", {"people.yaml": FILES["people.yaml"]})
    told = run("import", "records", file, "--yes", "--ledger", other)
    assert load(other).ledger.imported == load(ledger).ledger.imported
    for sentence in (
        "(row 5): no line has its prediction",
        "(row 7): its type is none of",
        "(row 8): no object in JSON",
    ):
        assert sentence in told
    file.write_text("nothing\n")
    assert "holds no machine records" in run("import", "records", file, "--yes", "--ledger", root, code=1)
