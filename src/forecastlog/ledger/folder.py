"""What a ledger's folder holds beside its records: settings, the editors' schema, and what git is told."""

from __future__ import annotations

import json

from forecastlog.ledger.schema import article_schema
from forecastlog.vocabulary.forecasts import DEFAULT_SCALE

SCHEMA = "article.schema.json"
ATTRIBUTES = ".gitattributes"
IGNORED = ".gitignore"
EXAMPLE_CHOSEN = "an example of how records are written"
"""How the example came to be in a new ledger: by this it is known."""

SETTINGS_TEXT = f"""\
# What this desk takes for granted.
format = 1
scale = "{DEFAULT_SCALE}"          # how words of likelihood are read
hemisphere = "north"    # whose seasons "this summer" means
fiscal_year = "us"      # us, uk, australia or calendar
# title = "Our forecasts"       # what the published site and its data are called
# description = "What was predicted about our region, and what came of it."
# licence = "CC BY 4.0"         # under which others may use the data; without it nothing is allowed
# licence_url = "https://creativecommons.org/licenses/by/4.0/"
# language = "en"               # of the words in the records
# contact = "forecasts@example.org"
# texts = "../texts"    # the articles' texts, against which quotes are checked; keep them out of git
# timezone = "Europe/Kyiv"    # whose days count; else a time belongs to the day that is written with it
"""
ATTRIBUTES_TEXT = """\
# What two people wrote merges record by record; 'forecastlog init' once in each clone tells git how.
*.yaml merge=forecastlog
imports/**/*.jsonl merge=union
"""
IGNORED_TEXT = ".lock\n.due.json\n.undo.json\n.*.forecastlog-tmp\n"


def schema_text() -> str:
    """The schema of an article's file, as it lies in the folder for editors."""
    return json.dumps(article_schema(), indent=2, ensure_ascii=False) + "\n"


def with_lines(text: str, wanted: str) -> str:
    r"""``text`` with the lines of ``wanted`` that it lacks at its end; comments come only before new lines.

    >>> with_lines("a", "# why\nb\n")
    'a\n# why\nb\n'
    >>> with_lines("b\n", "# why\nb\n")
    'b\n'
    """
    have = {line.strip() for line in text.splitlines()}
    rules = [line for line in wanted.splitlines() if not line.startswith("#")]
    if all(rule in have for rule in rules):
        return text
    start = text if not text or text.endswith("\n") else f"{text}\n"
    return start + "".join(f"{line}\n" for line in wanted.splitlines() if line not in have)
