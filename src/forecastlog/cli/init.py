"""``init``: a new ledger, with an example to learn from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import click

from forecastlog import __version__
from forecastlog.cli.options import FileName, today_option
from forecastlog.cli.writing import MERGES, tell
from forecastlog.errors import Refused
from forecastlog.ledger import folder
from forecastlog.ledger.loader import PEOPLE_FILE, SETTINGS_FILE, article_paths

PEOPLE = """\
# Whose forecasts there are: people, outlets, desks, markets. Commands enter whoever is new;
# other spellings of a name stand under also: [E. Author].
forecasters: []
"""
GIT = (
    "This folder is no git repository: 'git init' here, and commit every day. "
    "Git proves what was logged when, and 'forecastlog audit' reads it there; "
    "without it nobody can tell a forecast from hindsight."
)
DATABASE_IGNORED = "# Printed from predictions/ by 'forecastlog build'.\nforecastlog.db\nforecastlog.db-*\n"
EXAMPLE = "example.yaml"
HEADER = f"""\
# yaml-language-server: $schema={folder.SCHEMA}
# A file holds one article and what it predicts. This one is invented: read it, then delete it.
# It is not built into the database, unless with --example.
"""


@click.command("init")
@click.argument("directory", metavar="[DIR]", type=FileName(file_okay=False), default=".")
@click.option(
    "--pages", is_flag=True, help="Also write the workflows that publish it on GitHub and say what is due."
)
@today_option
def command(*, directory: Path, today: date, pages: bool) -> int:
    """Make a new ledger with an example.

    DIR is the project's folder, the current one by default; the ledger is its folder predictions/. What
    is there already is kept as it is.
    """
    from forecastlog.compose.plan import planned
    from forecastlog.database import metadata
    from forecastlog.ledger import load
    from forecastlog.ledger.files import TEMPORARY
    from forecastlog.ledger.merge import register

    if (directory / "forecastlog.toml").exists():
        raise Refused(f"{directory.absolute()} is a ledger already. Run this in the folder above.")
    root = directory / "predictions"
    root.mkdir(parents=True, exist_ok=True)
    new = {root / name: text for name, text in ledger_files(root, today).items()}
    missing = {path: text for path, text in new.items() if not path.exists()}
    made = planned(load(root), today, new_files=missing).carry_out()
    beside = {"datasette_metadata.json": _json(metadata()), folder.IGNORED: DATABASE_IGNORED}
    if pages:
        beside |= workflows()
    for path, text in ((directory / name, text) for name, text in beside.items()):
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            half = path.with_name(f".{path.name}{TEMPORARY}")
            half.write_text(text, encoding="utf-8")
            half.replace(path)
            made.append(path)
    if register(root):
        tell([MERGES])
    click.echo(
        "".join(f"Made {path}\n" for path in made) or "Everything was there already.\n", nl=False, err=True
    )
    click.echo(
        "'forecastlog add --article' logs the first article, 'forecastlog check' reads it all.", err=True
    )
    if not _in_git(directory):
        click.echo(GIT, err=True)
    return 0


def workflows() -> Mapping[str, str]:
    """The workflows that check, audit, export and publish, and that say at night what is due."""
    from importlib import resources

    texts = resources.files("forecastlog.cli").joinpath("workflows")
    return {
        f".github/workflows/forecastlog-{name}.yml": texts.joinpath(f"{name}.yml")
        .read_text(encoding="utf-8")
        .replace("VERSION", __version__)
        for name in ("publish", "due")
    }


def _in_git(directory: Path) -> bool:
    """Whether the folder, or one above it, is a repository."""
    whole = directory.absolute()
    return any((folder / ".git").exists() for folder in (whole, *whole.parents))


def ledger_files(root: Path, today: date) -> Mapping[str, str]:
    """The files of a new ledger; the example only where there is no article yet."""
    files = {
        SETTINGS_FILE: folder.SETTINGS_TEXT,
        PEOPLE_FILE: PEOPLE,
        folder.ATTRIBUTES: folder.ATTRIBUTES_TEXT,
        folder.IGNORED: folder.IGNORED_TEXT,
        folder.SCHEMA: folder.schema_text(),
    }
    if not any(article_paths(root, [])):
        files[EXAMPLE] = HEADER + example(today)
    return files


def example(today: date) -> str:
    """An article as if it had been published and logged today, its words read as they always are."""
    from forecastlog.deadlines import parse_deadline
    from forecastlog.ledger.edit import new_article
    from forecastlog.likelihood import parse_likelihood

    deadline, odds = parse_deadline("within a year", today), parse_likelihood("probably")
    if deadline is None or odds is None:
        raise AssertionError  # both are the plainest phrases of their kind
    window = {name: getattr(deadline, name) for name in ("strict", "latest", "rule", "convention")}
    forecast = {
        name: getattr(odds, name) for name in ("words", "probability", "low", "high", "scale", "basis")
    }
    article = {
        "id": "example",
        "title": "The ferry will be back (an invented article)",
        "authors": ["Example Author"],
        "publisher": "Example Gazette",
        "published": today,
        "chosen": folder.EXAMPLE_CHOSEN,
        "coverage": "every claim",
        "logged": today,
    }
    condition = {
        "id": "example-harbour-dredged",
        "text": "The harbour is dredged to a depth of at least 4 metres.",
        "by": deadline.latest,
    }
    prediction = {
        "id": "example-ferry-returns",
        "claim": "A scheduled ferry sails to the island.",
        "quote": "the ferry will probably be back within a year",
        "logged": today,
        "given": condition["id"],
        "deadline": {"words": deadline.words, "earliest": today, **window, "basis": "worded"},
        "criteria": "Yes when a ferry of a published timetable has landed passengers on the island. "
        "Excursions and trial runs do not count.",
        "settled_by": "the harbour office's list of arrivals",
        "status_quo": "no",
        "tags": ["example"],
        "forecasts": [forecast],
    }
    return new_article(article, conditions=[condition], predictions=[prediction])


def _json(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"
