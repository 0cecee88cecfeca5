"""The form of ``add --edit``: a prediction's keys, one a line, filled in with an editor."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from forecastlog.cli.writing import at_terminal, tell
from forecastlog.compose.answers import BY_NAME, QUESTIONS, Answer, Answers, Question
from forecastlog.errors import BadValue, ForecastlogError
from forecastlog.ledger.nodes import List, Map, Node, Scalar, compose
from forecastlog.ledger.source import Source
from forecastlog.model import Article
from forecastlog.problems import Problem

if TYPE_CHECKING:
    from forecastlog.compose import Plan


def form_text(article: Article, answers: Answers) -> str:
    """The empty form, or one with what is known already."""
    lines = [
        f"# A prediction of '{article.id}' ({article.published}). Fill in what is known, then save and close.",
        "# Quote, claim, words and criteria are needed. Put a text with ': ' or '#' in it into quotation marks.",
    ]
    for question in QUESTIONS:
        answer = answers.given.get(question.name)
        if question.shown or answer:
            about = question.meaning + (", with commas between" if question.several else "")
            value = _quoted(answer.value) if answer else ""
            lines += ["", f"# {about}", f"{question.name}: {value}".rstrip()]
    return "\n".join(lines) + "\n"


def read_form(text: str) -> Answers:
    """The answers in a form, as typed, each with its place; raises BadValue for what is no form."""
    problems: list[Problem] = []
    source = Source(text, Path(), name="form")
    root = compose(source, problems)
    if problems:
        span = problems[0].span
        raise BadValue(
            f"line {span.line if span else 1} of the form: {problems[0].message}. {problems[0].hint}".strip()
        )
    if root is None or root.empty:
        return Answers()
    if not isinstance(root, Map):
        raise BadValue("that is no form. Write lines such as 'claim: It happens.'")
    answers: dict[str, Answer] = {}
    for name, value in root.pairs:
        key = name.value if isinstance(name, Scalar) else ""
        if key not in BY_NAME:
            raise BadValue(f"the form has no key '{key}'. Its keys are {', '.join(BY_NAME)}.")
        if key in answers:
            raise BadValue(f"the form has '{key}' twice. Keep one of them.")
        if not value.empty:
            answers[key] = Answer(_answer(BY_NAME[key], value), source.span(value.start, value.end))
    return Answers(answers)


def edited(
    text: str,
    planned: Callable[[str], Plan],
    finish: Callable[[Plan], int],
    again: str = "go on with --edit --form",
) -> int:
    """Have a text edited until its plan can be made and finished; what was typed is kept where it never is.

    ``again`` says how to go on with the file that keeps it.
    """
    kept: Path | None = None
    try:
        while True:
            saved = click.edit(text, extension=".yaml")
            if saved is None:  # closed without saving
                raise ForecastlogError("nothing was saved in the editor, so nothing was written.")
            text, kept = saved, _keep(saved, kept)
            try:
                code = finish(planned(text))
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
            tell([f"What you typed is kept in {kept}; {again} {kept}."])


def _keep(text: str, path: Path | None) -> Path:
    """Store what was typed in a file that outlives the command if it comes to that."""
    if path is None:
        handle, name = tempfile.mkstemp(prefix="forecastlog-", suffix=".yaml")
        os.close(handle)
        path = Path(name)
    path.write_text(text, encoding="utf-8")
    return path


def _answer(question: Question, value: Node) -> str | tuple[str, ...]:
    if question.several and isinstance(value, List):
        return tuple(item.value for item in value.items if isinstance(item, Scalar))
    if not isinstance(value, Scalar):
        raise BadValue(f"'{question.name}' takes a text. Put it into quotation marks.")
    if question.several:
        return tuple(item.strip() for item in value.value.split(",") if item.strip())
    return value.value


def _quoted(value: object) -> str:
    import json

    if isinstance(value, tuple | list):
        return _quoted(", ".join(map(str, value)))
    return "" if value is None else json.dumps("yes" if value is True else str(value), ensure_ascii=False)
