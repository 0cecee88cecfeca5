"""Records typed in an editor or a file, in the very syntax of the ledger.

``add --edit`` and ``add --batch``.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from forecastlog.cli.writing import at_terminal, tell
from forecastlog.compose.answers import QUESTIONS, Answers, Question
from forecastlog.compose.people import Newcomers
from forecastlog.errors import BadValue, ForecastlogError
from forecastlog.keys import Many
from forecastlog.ledger.quoting import flow
from forecastlog.ledger.tables import PREDICTION
from forecastlog.model.records import Article

if TYPE_CHECKING:
    from forecastlog.compose import Plan
    from forecastlog.ledger import Loaded


def form_text(article: Article, answers: Answers) -> str:
    """An entry of the article's file with all that is asked left open, or with what is known already."""
    lines = [
        (
            f"# Predictions of '{article.id}' ({article.published}), written as in its file. "
            "Fill in what is known, copy the"
        ),
        "# entry for a further one, save and close. Claim, quote, criteria and how likely are needed.",
        f"article: {{id: {article.id}}}",
        "predictions:",
    ]
    heads: dict[str, list[Question]] = {}
    for question in QUESTIONS:
        if question.shown or question.name in answers:
            heads.setdefault(question.path[0], []).append(question)
    entry = [line for head, asked in heads.items() for line in _key(head, asked, answers)]
    start = next(number for number, line in enumerate(entry) if not line.startswith("#"))
    entry = [f"{'  - ' if number == start else '    '}{line}" for number, line in enumerate(entry)]
    return "\n".join([*lines, *entry]) + "\n"


def _key(head: str, asked: Sequence[Question], answers: Answers) -> Iterator[str]:
    """The lines of one key: what it means, and its answer or its keys with theirs."""
    if len(asked) == 1 and asked[0].path == (head,):
        yield from (f"# {asked[0].meaning}", _line(asked[0], answers))
        return
    yield f"{head}:"
    listed = isinstance(PREDICTION.by_name[head].reader, Many)
    for number, question in enumerate(asked):
        mark = "- " if listed and number == 0 else "  " if listed else ""
        yield f"  {'  ' if listed else ''}# {question.meaning}"
        yield f"  {mark}{_line(question, answers)}"


def _line(question: Question, answers: Answers) -> str:
    answer = answers.given.get(question.name)
    return f"{question.path[-1]}: {flow(answer.value) if answer else ''}".rstrip()


def logged_from(
    loaded: Loaded,
    text: str,
    article: str | None,
    usual: Answers,
    *,
    today: date,
    by: str,
    people: Newcomers,
) -> Plan:
    """What a text in the syntax of an article's file logs, in the named article where one is.

    Raises as ``accept``.
    """
    from forecastlog.compose.accept import accept, read_records

    written = read_records(text)
    named = str(written.article.get("id") or "")
    if article and named not in ("", article):
        raise BadValue(
            f"it says 'article: {{id: {named}}}', and '{article}' was named. Leave one of them out."
        )
    if article:
        written = replace(written, article={"id": article})
    return accept(loaded, written, today=today, by=by, people=people, usual=usual)


def edited(
    text: str,
    planned: Callable[[str], Plan],
    finish: Callable[[Plan], int],
    again: str = "go on with --edit --batch",
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
