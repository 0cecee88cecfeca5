"""The form of ``add --edit``: a prediction's keys, one a line, filled in with an editor."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from forecastlog.cli.writing import at_terminal, tell
from forecastlog.errors import BadValue, ForecastlogError
from forecastlog.ledger.nodes import List, Map, Node, Scalar, compose
from forecastlog.ledger.source import Source
from forecastlog.ledger.tables import PREDICTION
from forecastlog.model import Article
from forecastlog.problems import Problem

if TYPE_CHECKING:
    from forecastlog.compose import Plan

LINES: Mapping[str, str] = {
    "quote": "",
    "claim": "",
    "words": "how likely, in the text's words or as a figure",
    "deadline": "by when, in the text's words; empty where it names no time",
    "criteria": "",
    "settled_by": "",
    "status_quo": "",
    "speaker": "",
    "attribution": "",
    "negated": "",
    "given": "",
    "event": "",
    "tags": "with commas between",
    "main": "",
    "latest": "your own deadline, such as 2025-06-30",
    "why": "the reason for your own deadline",
    "holds": "within (it happens by then), on (it holds on the last day) or throughout; empty for within",
    "review": "",
    "note": "",
}
"""The keys that the form shows, with a word about those that are not the record's own."""

FORM_KEYS = (
    *LINES,
    "probability",
    "within",
    "subject",
    "id",
    "via",
    "stance",
    "made",
    "restates",
    "hedges",
    "reverses",
)


def form_text(article: Article, answers: Mapping[str, object]) -> str:
    """The empty form, or one with what is known already."""
    lines = [
        f"# A prediction of '{article.id}' ({article.published}). Fill in what is known, then save and close.",
        "# Quote, claim, words and criteria are needed. Put a text with ': ' or '#' in it into quotation marks.",
    ]
    for key, about in LINES.items():
        lines += [
            "",
            f"# {about or PREDICTION.by_name[key].meaning}",
            f"{key}: {_quoted(answers.get(key))}".rstrip(),
        ]
    return "\n".join(lines) + "\n"


def read_form(text: str) -> dict[str, object]:
    """The answers in a form, as typed; raises BadValue for what is no form."""
    problems: list[Problem] = []
    root = compose(Source(text, Path(), name="form"), problems)
    if problems:
        span = problems[0].span
        raise BadValue(
            f"line {span.line if span else 1} of the form: {problems[0].message}. {problems[0].hint}".strip()
        )
    if root is None or root.empty:
        return {}
    if not isinstance(root, Map):
        raise BadValue("that is no form. Write lines such as 'claim: It happens.'")
    answers: dict[str, object] = {}
    for name, value in root.pairs:
        key = name.value if isinstance(name, Scalar) else ""
        if key not in FORM_KEYS:
            raise BadValue(f"the form has no key '{key}'. Its keys are {', '.join(FORM_KEYS)}.")
        if key in answers:
            raise BadValue(f"the form has '{key}' twice. Keep one of them.")
        if not value.empty:
            answers[key] = _answer(key, value)
    return answers


def edited(text: str, planned: Callable[[Mapping[str, object]], Plan], finish: Callable[[Plan], int]) -> int:
    """Have a form edited until its plan can be made and finished; what was typed is kept where it never is."""
    kept: Path | None = None
    try:
        while True:
            saved = click.edit(text, extension=".yaml")
            if saved is None:  # closed without saving
                raise ForecastlogError("nothing was saved in the editor, so nothing was written.")
            text, kept = saved, _keep(saved, kept)
            try:
                code = finish(planned(read_form(text)))
            except ForecastlogError as error:
                if not at_terminal():
                    raise
                tell([f"Error: {error}"])
                if click.confirm("Edit again?", default=True, err=True):
                    continue
                return error.exit_code
            kept.unlink()
            kept = None
            return code
    finally:
        if kept:
            tell([f"What you typed is kept in {kept}; go on with --edit --form {kept}."])


def _keep(text: str, path: Path | None) -> Path:
    """Store what was typed in a file that outlives the command if it comes to that."""
    if path is None:
        handle, name = tempfile.mkstemp(prefix="forecastlog-", suffix=".yaml")
        os.close(handle)
        path = Path(name)
    path.write_text(text, encoding="utf-8")
    return path


def _answer(key: str, value: Node) -> object:
    several = key == "tags"
    if several and isinstance(value, List):
        return [item.value for item in value.items if isinstance(item, Scalar)]
    if not isinstance(value, Scalar):
        raise BadValue(f"'{key}' takes a text. Put it into quotation marks.")
    return [item.strip() for item in value.value.split(",") if item.strip()] if several else value.value


def _quoted(value: object) -> str:
    import json

    if isinstance(value, tuple | list):
        return _quoted(", ".join(map(str, value)))
    return "" if value is None else json.dumps("yes" if value is True else str(value), ensure_ascii=False)
