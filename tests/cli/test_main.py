"""The front door: help without imports, failures as sentences, exit codes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from forecastlog import __version__
from forecastlog.cli.main import SECTIONS, main

from .conftest import Run

NAMES = [name for commands in SECTIONS.values() for name in commands]


def command(name: str) -> click.Command:
    found = main.get_command(click.Context(main), name)
    assert found is not None
    return found


@pytest.mark.parametrize("name", NAMES)
def test_the_line_of_help_in_the_table_is_the_commands_own(name: str) -> None:
    own = command(name)
    assert own.name == name
    assert (own.help or "").splitlines()[0] == {
        **SECTIONS["Logging"],
        **SECTIONS["Resolving"],
        **SECTIONS["Reading"],
        **SECTIONS["Publishing"],
    }[name]


@pytest.mark.parametrize("name", NAMES)
def test_every_option_has_help(name: str) -> None:
    options = [param for param in command(name).params if isinstance(param, click.Option)]
    assert [param.name for param in options if not param.help] == []


def test_every_command_file_is_in_the_table() -> None:
    import forecastlog.cli as package

    shared = {"__init__", "main", "options", "output", "text", "rows", "page"}
    files = {path.stem for path in Path(package.__file__).parent.glob("*.py")} - shared
    texts = {
        name: (Path(package.__file__).parent / f"{name}.py").read_text(encoding="utf-8") for name in files
    }
    made = ("\n@click.command(", "\n@click.group(", "\ncommand = listing(")
    commands = {name.rstrip("_") for name, text in texts.items() if any(one in text for one in made)}
    assert commands == set(NAMES)


def test_help_imports_no_command_and_no_records() -> None:
    code = (
        "import sys\nfrom forecastlog.cli.main import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "print(sorted(name for name in sys.modules if name.startswith(('forecastlog.', 'yaml', 'numpy'))))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "['forecastlog.cli', 'forecastlog.cli.main']"
    assert "Publishing:" in done.stdout


def test_due_imports_nothing_heavy(project: Path) -> None:
    code = (
        "import sys\nfrom forecastlog.cli.main import main\n"
        "try: main(['due', '--today', '2025-06-01'])\nexcept SystemExit: pass\n"
        "heavy = {'pandas', 'numpy', 'dateparser', 'datasette', 'json', 'subprocess', 'tabulate', "
        "'forecastlog.feeds'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_version(run: Run) -> None:
    assert run("--version").output == f"forecastlog, version {__version__}\n"


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (["nonsense"], 2, "No such command"),
        (["list", "--nonsense"], 2, "No such option"),
        (["resolve", "growth", "-3 %"], 2, "goes last, behind '--': "),
        (["list", "-c", "nope"], 2, "there is no column 'nope'. The columns are id, article, claim"),
        (["list", "--where", "nope=1"], 2, "there is no column 'nope'"),
        (["list", "--where", "status"], 2, "Write it as COLUMN=VALUE"),
        (["list", "--status", "late"], 2, "'late' is not one of"),
        (["list", "--fmt", "nope"], 2, "there is no table style 'nope'"),
        (["list", "--today", "someday"], 2, "is no day that can be read"),
        (["due", "--within", "soon"], 2, "is no length of time"),
        (["due", "--within", "999999 years"], 2, "is no length of time"),
        (["show", "nope"], 1, "no record has the id 'nope'"),
        (["show", "aid"], 1, "could be 'aid-ends' or 'aid-package-2025'"),
        (["show", ""], 1, "no record has the id ''"),
        (["list", "--ledger", "nowhere"], 1, "no ledger found"),
        (["serve", "--db", "nowhere.db"], 1, "no database at nowhere.db"),
        (["check", "--articles", "nowhere"], 2, "does not exist"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(run: Run, args: list[str], code: int, words: str) -> None:
    result = run(*args)
    assert result.exit_code == code
    assert words in result.stderr
    assert "Traceback" not in result.output
    assert result.stdout == ""


def test_no_ledger_anywhere_above(project: Path, run: Run) -> None:
    (project / "predictions").rename(project / "elsewhere")
    result = run("due")
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: no ledger found")


def test_the_ledger_is_found_from_below_and_by_name(
    project: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    (project / "notes" / "deep").mkdir(parents=True)
    expected = run("list", "--csv").stdout
    for folder in ("notes/deep", "predictions"):
        monkeypatch.chdir(project / folder)
        assert run("list", "--csv").stdout == expected
    monkeypatch.chdir("/")
    for named in (project, project / "predictions"):
        assert run("list", "--csv", "--ledger", str(named)).stdout == expected
    monkeypatch.setenv("FORECASTLOG_LEDGER", str(project))
    assert run("list", "--csv").stdout == expected


def test_a_reader_that_goes_away_ends_it_quietly(project: Path) -> None:
    text = (project / "predictions" / "talks.yaml").read_text(encoding="utf-8")
    head, prediction = text.split("predictions:", 1)[0], text.split("  - id: truce-holds\n", 1)[1]
    many = "".join(f"  - id: truce-holds-{number}\n{prediction}" for number in range(400))
    (project / "predictions" / "talks.yaml").write_text(f"{head}predictions:\n{many}", encoding="utf-8")
    # Unbuffered, Python itself drops what a full pipe did not take at once, and never learns that it broke.
    env = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    process = subprocess.Popen(
        [sys.executable, "-m", "forecastlog", "list", "--json"],
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(10)
    process.stdout.close()
    errors = process.stderr.read()
    process.stderr.close()
    assert (process.wait(), errors) == (141, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs Linux's full device")
@pytest.mark.parametrize("args", [["--help"], ["list"], ["list", "--json"], ["show", "truce"]])
def test_a_full_disk_is_one_sentence(project: Path, args: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "forecastlog", *args], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert (done.returncode, done.stderr) == (1, b"Error: No space left on device.\n")


@pytest.mark.parametrize(
    "env",
    [
        {"LANG": "C", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "latin-1"},
    ],
)
@pytest.mark.parametrize(
    "args", [["list"], ["list", "--csv"], ["list", "--json"], ["show", "aid-ends"], ["due"]]
)
def test_any_encoding_prints(project: Path, env: dict[str, str], args: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "forecastlog", *args, "--today", "2025-06-01"],
        env={**os.environ, **env},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"aid-ends" in done.stdout
    assert b"\x1b" not in done.stdout


def test_shells_complete_ids_and_commands(project: Path) -> None:
    def complete(words: str) -> list[str]:
        env = {
            **os.environ,
            "_FORECASTLOG_COMPLETE": "bash_complete",
            "COMP_WORDS": words,
            "COMP_CWORD": str(len(words.split()) - 1),
        }
        done = subprocess.run(
            [sys.executable, "-m", "forecastlog"], env=env, capture_output=True, text=True, check=True
        )
        assert done.stderr == ""
        return [line.split(",")[-1] for line in done.stdout.splitlines()]

    assert complete("forecastlog show aid") == ["aid-package-2025", "aid-ends"]
    assert complete("forecastlog d") == ["due"]
