"""Nothing is there without a word on it: commands, options, tables and columns."""

from __future__ import annotations

from pathlib import Path

import click

from forecastlog.cli.main import main
from forecastlog.database.schema import TABLES

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def commands() -> dict[str, click.Command]:
    context = click.Context(main)
    return {
        name: command for name in main.list_commands(context) if (command := main.get_command(context, name))
    }


def test_every_command_stands_in_the_documentation_and_has_a_help_page() -> None:
    text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    for name, command in commands().items():
        assert command.help, name
        assert f"forecastlog {name}" in text, f"no page shows 'forecastlog {name}'"


def test_every_option_says_what_it_does() -> None:
    for name, command in commands().items():
        for option in command.params:
            assert not isinstance(option, click.Option) or option.hidden or option.help, (
                f"{name} {option.opts}"
            )


def test_every_table_view_and_column_says_what_it_holds() -> None:
    for table in TABLES:
        assert table.meaning.endswith("."), table.name
        for column in table.columns:
            assert column.meaning, f"{table.name}.{column.name}"
            assert not column.meaning.endswith("."), f"{table.name}.{column.name}"
