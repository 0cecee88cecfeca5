"""Everything that is published as a data package: a file a table, and what they hold in ``datapackage.json``.

Source: the Data Package standard, version 1 (Frictionless), https://specs.frictionlessdata.io/.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from forecastlog.column import Row, Table
from forecastlog.database.metadata import DESCRIPTION, TITLE
from forecastlog.database.schema import TABLES
from forecastlog.errors import Refused
from forecastlog.placing import check_place, write_text
from forecastlog.takeout.forms import Form, need, write_rows

DESCRIPTOR = "datapackage.json"
_MADE_BY = "forecastlog"
_NAME = re.compile(r"[a-z_]+\.[a-z]+")
"""What the file of a table is called; a descriptor that somebody changed may list anything."""
_TYPES = {"TEXT": "string", "INTEGER": "integer", "REAL": "number"}


def write_package(folder: Path, form: Form, tables: Mapping[str, list[Row]], *, ledger: Path) -> list[str]:
    """Write the tables and the descriptor, which comes last; returns the names of the files.

    ``folder`` is new, empty, or holds a package that was written here: its files are replaced, and those that
    it no longer has are removed. Raises Refused for any other folder and within the ledger, WriteFailed.
    """
    need(form)
    check_place(folder / DESCRIPTOR, ledger, is_ours=_is_ours, kind="data package that forecastlog wrote")
    before = _files(folder / DESCRIPTOR)
    try:
        strange = {each.name for each in folder.iterdir()} - before - {DESCRIPTOR}
    except FileNotFoundError:
        strange = set()
    if strange:
        raise Refused(
            f"{folder} holds {min(strange)}, which is none of the package. Name a new or an empty folder."
        )
    described = [table for table in TABLES if table.name in tables]
    for table in described:
        path = folder / f"{table.name}{form.ending}"
        write_rows(path, form, table.columns, tables[table.name], replace=True)
    text = json.dumps(descriptor(described, form, tables["build"][0]), indent=2, ensure_ascii=False)
    write_text(folder / DESCRIPTOR, f"{text}\n")
    names = [f"{table.name}{form.ending}" for table in described]
    for gone in before - set(names):
        if (folder / gone).is_file():
            (folder / gone).unlink()
    return [*names, DESCRIPTOR]


def descriptor(tables: Iterable[Table], form: Form, build: Row) -> dict[str, Any]:
    """What ``datapackage.json`` says: the tables with their columns, keys and meanings."""
    found: dict[str, Any] = {
        "profile": "tabular-data-package" if form.ending == ".csv" else "data-package",
        "name": re.sub("[^a-z0-9]+", "-", str(build["title"] or TITLE).lower()).strip("-") or TITLE,
        "title": build["title"] or TITLE,
        "description": build["description"] or DESCRIPTION,
        "version": build["as_of"],
        "made_by": _MADE_BY,
    }
    if build["licence"]:
        licence = {"title": build["licence"], "path": build["licence_url"]}
        licence["name"] = re.sub("[^A-Za-z0-9.-]+", "-", str(build["licence"])).strip("-")
        found["licenses"] = [{key: value for key, value in licence.items() if value}]
    return found | {"resources": [_resource(table, form) for table in tables]}


def _resource(table: Table, form: Form) -> dict[str, Any]:
    keys = [table.key] if isinstance(table.key, str) else list(table.key)
    references = [column for column in table.columns if column.ref]
    schema: dict[str, Any] = {
        "fields": [
            {"name": column.name, "type": _TYPES[column.type], "description": column.meaning}
            for column in table.columns
        ],
        "primaryKey": keys,
        "missingValues": [""],
    }
    if references:
        schema["foreignKeys"] = [
            {"fields": column.name, "reference": {"resource": column.ref, "fields": "id"}}
            for column in references
        ]
    return {
        "name": table.name.replace("_", "-"),
        "path": f"{table.name}{form.ending}",
        "profile": "tabular-data-resource" if form.ending == ".csv" else "data-resource",
        "title": table.meaning,
        "format": form.ending.removeprefix("."),
        "mediatype": form.mediatype,
        "encoding": "utf-8",
        "schema": schema,
    }


def _is_ours(path: Path) -> bool:
    return _read(path).get("made_by") == _MADE_BY


def _files(path: Path) -> set[str]:
    """The plain names of the files that a package lists."""
    listed = [
        resource.get("path") for resource in _read(path).get("resources", []) if isinstance(resource, dict)
    ]
    return {name for name in listed if isinstance(name, str) and _NAME.fullmatch(name)}


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
