"""A folder -> a ledger: which files are read, and what is said of those that cannot be."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from forecastlog.errors import LedgerNotFound
from forecastlog.ledger import find_ledger, load
from forecastlog.ledger.loader import article_paths
from forecastlog.ledger.source import LARGEST
from forecastlog.ledger.syntax import MOST
from forecastlog.problems import Problem

RECORD = """\
article: {id: ID, title: T, published: 2025-03-19, authors: [ann]}
predictions:
  - id: ID-p
    claim: It rains.
    deadline: {latest: 2026-03-19}
    criteria: Yes if it does.
"""


def record(name: str) -> str:
    return RECORD.replace("ID", name)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "predictions"
    folder.mkdir()
    (folder / "good.yaml").write_text(record("good"))
    return folder


def only_problem(root: Path) -> Problem:
    loaded = load(root)
    assert "good-p" in loaded.ledger.ids, "the other files are still read"
    assert len(loaded.problems) == 1
    return loaded.problems[0]


def test_articles_stand_in_any_folder_but_imports(root: Path) -> None:
    for place in ("2025", "imports", ".hidden", "2025/imports"):
        (root / place).mkdir()
        name = place.strip(".").replace("/", "-")
        (root / place / "more.yaml").write_text(record(f"in-{name}"))
    (root / "notes.txt").write_text("no record")
    (root / ".swap.yaml").write_text("no record")
    loaded = load(root)
    assert [article.id for article in loaded.ledger.articles] == ["good", "in-2025", "in-2025-imports"]
    assert loaded.articles_files["in-2025"] == root / "2025" / "more.yaml"
    assert not loaded.problems


def test_an_empty_folder_is_an_empty_ledger(tmp_path: Path) -> None:
    assert not list(load(tmp_path).ledger.predictions)


def test_no_folder_is_no_ledger(tmp_path: Path) -> None:
    with pytest.raises(LedgerNotFound):
        load(tmp_path / "absent")
    (tmp_path / "file").touch()
    with pytest.raises(LedgerNotFound):
        load(tmp_path / "file")


def test_the_ledger_is_found_from_below_and_from_inside(root: Path) -> None:
    below = root.parent / "some" / "folder"
    below.mkdir(parents=True)
    assert find_ledger(below) == find_ledger(root.parent) == find_ledger(root) == root
    (root / "2025").mkdir()
    assert find_ledger(root / "2025") == root


def test_no_ledger_anywhere_above(tmp_path: Path) -> None:
    with pytest.raises(LedgerNotFound):
        find_ledger(tmp_path)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "P009"),
        (b"\n# nothing yet\n", "P009"),
        (b"\xef\xbb\xbf", "P009"),
        (b"note: \xff\xfe", "P002"),
        (b"\xff\xfea\x00", "P002"),
        (b"a: \x00", "P002"),
        (b"a: [", "P001"),
        (b"\ta: b", "P001"),
        (b"just a text", "P012"),
        (b"- a list", "P012"),
        (b"[" * 100_000, "P008"),
        (b"- " * 100_000, "P008"),
        (b"{a: " * 100_000, "P008"),
        (b"a: " + b"[{b: " * 2_000, "P008"),
        (b"[a, [" * 300, "P008"),
        (b"*" * 100_000, "P001"),
        (b"|", "P009"),
        (b"{}", "P009"),
        (b"---\n" * 100_000, "P007"),
    ],
)
def test_a_broken_file_is_one_problem(root: Path, content: bytes, code: str) -> None:
    (root / "bad.yaml").write_bytes(content)
    problems = load(root).problems
    assert problems[0].code == code
    assert {problem.code for problem in problems} <= {code, "P012"}
    assert "good-p" in load(root).ledger.ids


def test_a_folder_named_like_a_file(root: Path) -> None:
    (root / "folder.yaml").mkdir()
    (root / "folder.yaml" / "inner.yaml").write_text(record("inner"))
    assert only_problem(root).code == "P003"


def test_a_link_to_nothing(root: Path) -> None:
    (root / "gone.yaml").symlink_to(root / "nowhere")
    problem = only_problem(root)
    assert problem.code == "P003"
    assert "No such file" in problem.hint


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="only where there are named pipes")
def test_a_pipe_is_not_waited_for(root: Path) -> None:
    os.mkfifo(root / "pipe.yaml")
    assert only_problem(root).code == "P003"


def test_a_huge_file_is_not_read(root: Path) -> None:
    with (root / "huge.yaml").open("wb") as file:
        file.truncate(LARGEST + 1)
    assert only_problem(root).code == "P003"


def test_a_file_with_too_many_values_is_left_unread(root: Path) -> None:
    (root / "many.yaml").write_text("article: [" + "a, " * MOST + "a]\n", encoding="utf-8")
    problem = only_problem(root)
    assert (problem.code, problem.message) == ("P003", "the file holds more than 250,000 values")


@pytest.mark.parametrize("name", ["people.yaml", "forecastlog.toml"])
def test_the_two_named_files_may_be_broken_too(root: Path, name: str) -> None:
    (root / name).mkdir()
    assert only_problem(root).code == "P003"
    (root / name).rmdir()
    (root / name).write_bytes(b"\xff")
    assert only_problem(root).code == "P002"


def test_a_folder_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    problems: list[Problem] = []
    assert not list(article_paths(tmp_path / "gone", problems))
    assert [problem.code for problem in problems] == ["P003"]


def test_settings(root: Path) -> None:
    (root / "forecastlog.toml").write_text(
        'format = 1\nscale = "uk_phia"\nhemisphere = "south"\nfiscal_year = "uk"\ncontact = "a@b.example"\n'
    )
    settings = load(root).ledger.settings
    assert (settings.scale, settings.hemisphere, settings.fiscal_year) == ("uk_phia", "south", "uk")
    assert settings.contact == "a@b.example"


@pytest.mark.parametrize(
    "text", ["scale = 1", "format = true", 'format = "1"', "hemisphere = []", "fiscal_year = 1.5"]
)
def test_settings_of_the_wrong_kind(root: Path, text: str) -> None:
    (root / "forecastlog.toml").write_text(text)
    assert only_problem(root).code == "P106"


def test_deep_settings(root: Path) -> None:
    (root / "forecastlog.toml").write_text("a = " + "[" * 50_000)
    assert only_problem(root).code == "P015"


def test_the_first_of_two_records_with_an_id_is_kept(root: Path) -> None:
    (root / "late.yaml").write_text(
        record("late").replace("late-p", "good-p") + record("late").split("\n", 2)[2]
    )
    loaded = load(root)
    assert [problem.code for problem in loaded.problems] == ["P201"]
    assert loaded.problems[0].hint.count("good.yaml:3") == 1
    late = loaded.ledger.article("late")
    assert late is not None
    assert [prediction.id for prediction in late.predictions] == ["late-p"]
    found = loaded.ledger.get("good-p")
    assert found is not None
    assert getattr(found, "article", None) == "good"


def test_a_second_article_with_an_id_is_left_out(root: Path) -> None:
    (root / "again.yaml").write_text(record("good").replace("good-p", "other-p"))
    loaded = load(root)
    assert [problem.code for problem in loaded.problems] == ["P201"]
    assert len(loaded.ledger.articles) == 1


def test_paths_are_told_from_the_current_folder(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "bad.yaml").write_text("[")
    assert load(root).problems[0].span is not None
    monkeypatch.chdir(root.parent)
    for start in (root, Path("predictions")):
        span = load(start).problems[0].span
        assert span is not None
        assert span.path == "predictions/bad.yaml"
    monkeypatch.chdir("/")
    span = load(root).problems[0].span
    assert span is not None
    assert Path(span.path) == root.relative_to("/") / "bad.yaml"


def test_problems_come_in_the_order_of_their_places(root: Path) -> None:
    (root / "a.yaml").write_text("b: 1\na: 1\n")
    (root / "z.yaml").write_text("[")
    places = [problem.span for problem in load(root).problems if problem.span]
    assert places == sorted(places)
    assert len(places) == 4


def test_loading_imports_nothing_heavy() -> None:
    code = "import sys, forecastlog.ledger; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {
        "difflib",
        "tomllib",
        "unicodedata",
        "json",
        "hashlib",
        "subprocess",
        "dateparser",
        "pandas",
    }
    assert not heavy & set(done.stdout.split())
