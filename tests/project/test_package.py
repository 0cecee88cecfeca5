"""Wheel and sdist: built, unpacked somewhere else, and at work there with their templates and data files."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "forecastlog"
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)],
        check=True,
        capture_output=True,
    )
    return folder


def test_the_wheel_holds_every_file_of_the_package(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    inside = {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("forecastlog/")}
    there = {
        f"forecastlog/{path.relative_to(SOURCE).as_posix()}"
        for path in SOURCE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert inside == there


def test_the_sdist_holds_what_a_developer_needs(built: Path) -> None:
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    wanted = {"README.md", "LICENSE", "CHANGELOG.md", "Makefile", "pyproject.toml", "datasette_metadata.json"}
    assert wanted <= names
    assert any(name.startswith("predictions/") for name in names)
    assert any(name.startswith("tests/") for name in names)


def test_the_wheel_works_where_there_is_no_checkout(built: Path, tmp_path: Path) -> None:
    (wheel,) = built.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "site")}
    desk = tmp_path / "desk"
    desk.mkdir()

    def forecastlog(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "forecastlog", *arguments],
            cwd=desk,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout + done.stderr

    where = "import forecastlog; print(forecastlog.__file__)"
    found = subprocess.run(
        [sys.executable, "-c", where], cwd=desk, env=environment, capture_output=True, text=True, check=True
    )
    assert found.stdout.strip().startswith(str(tmp_path / "site"))
    forecastlog("init")
    assert "no problems" in forecastlog("check")
    forecastlog("build")
    assert (desk / "forecastlog.db").exists()
    assert "highly unlikely" in forecastlog("odds", "highly unlikely")
