"""Whatever is typed at a command, or stands in the due check's memory, gets a sentence and an exit code."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forecastlog.cli.main import main
from forecastlog.standing.delivered import MEMORY, recall
from tests.faults.ledgers import TODAY, make, state

PIECES = st.sampled_from(
    [
        "2025",
        "-",
        "-02-30",
        "31",
        "T25:61Z",
        "%",
        "0.",
        "1e999",
        "nan",
        "-inf",
        "--",
        "/",
        "..",
        "~",
        "\0",
        "\u0664",
        "\u2028",
        "\ud800",
        "days",
        "6w",
        "99999999999",
        "[",
        "{",
        "'",
        '"',
        ":",
        " ",
        "\n",
        "aid-",
        "forecasts.0",
        "deadline.",
    ]
)
TYPED = st.one_of(st.text(max_size=12), st.lists(PIECES, max_size=6).map("".join))
ODD = (
    ("when", "?"),
    ("when", "by May", "--from", "?"),
    ("odds", "?"),
    ("odds", "likely", "--scale", "?"),
    ("show", "?"),
    ("list", "--where", "?"),
    ("due", "--within", "?"),
    ("due", "--new", "--remind", "?"),
    ("forecast", "aid-ends", "?", "--speaker", "Kim"),
    ("forecast", "aid-ends", "40%", "--speaker", "?", "--made", "?"),
    ("resolve", "aid-ends", "?", "--by", "Kim", "--known", "?"),
    ("amend", "aid-ends", "--set", "?=?", "--why", "typo", "--by", "?"),
    (
        "add",
        "talks-2025",
        "--claim",
        "?",
        "--quote",
        "?",
        "--words",
        "?",
        "--criteria",
        "?",
        "--deadline",
        "?",
        "--id",
        "?",
    ),
    ("add", "?", "--article", "--title", "?", "--published", "?", "--author", "?"),
)


def survives(project: Path, template: tuple[str, ...], words: list[str]) -> None:
    """The command ends with one of its codes, and writes nothing (it is asked not to)."""
    filled = iter(words)
    arguments = [
        "".join(next(filled) if character == "?" else character for character in part) for part in template
    ]
    writes = template[0] in ("forecast", "resolve", "amend", "add")
    before = state(project)
    line = [*arguments, *(["--dry-run"] if writes else []), "--ledger", str(project)]
    result = CliRunner(env={"FORECASTLOG_TODAY": TODAY}).invoke(main, line)
    assert result.exception is None or isinstance(result.exception, SystemExit), (line, result.exception)
    assert result.exit_code in (0, 1, 2), (line, result.output)
    if writes:
        assert state(project) == before


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("any") / "project"
    make(folder, "resolve")
    return folder


@pytest.mark.parametrize("template", ODD, ids=" ".join)
@given(words=st.lists(TYPED, min_size=8, max_size=8))
@settings(max_examples=8, suppress_health_check=list(HealthCheck))
def test_anything_typed(project: Path, template: tuple[str, ...], words: list[str]) -> None:
    survives(project, template, words)


@pytest.mark.slow
@pytest.mark.parametrize("template", ODD, ids=" ".join)
@given(words=st.lists(TYPED, min_size=8, max_size=8))
@settings(max_examples=500, suppress_health_check=list(HealthCheck))
def test_anything_typed_for_long(project: Path, template: tuple[str, ...], words: list[str]) -> None:
    survives(project, template, words)


@given(
    st.one_of(
        st.binary(max_size=40),
        st.recursive(
            st.none()
            | st.integers()
            | st.text(max_size=5)
            | st.sampled_from(["format", "told", "on", "due_on"]),
            lambda inner: (
                st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
            ),
        ).map(
            lambda value: (
                repr({"format": 1, "told": value})
                .replace("'", '"')
                .replace("None", "null")
                .encode(errors="replace")
            )
        ),
    )
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_memory_of_the_due_check(tmp_path: Path, data: bytes) -> None:
    (tmp_path / MEMORY).write_bytes(data)
    memory = recall(tmp_path)
    assert memory.fault is not None or memory.told is not None
