"""Texts that somebody's machine has rewritten: telltale words in place of those that everybody uses."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_ENOUGH = 3  # different telltales in one text


@cache
def _telltales() -> re.Pattern[str]:
    text = files("forecastlog.suggest").joinpath("spun_1.txt").read_text(encoding="utf-8")
    phrases = [re.escape(line.strip()) for line in text.splitlines() if line.strip() and line[0] != "#"]
    return re.compile(r"\b(?:" + "|".join(phrases) + r")\b")


def is_spun(text: str) -> bool:
    """Whether a text has the marks of a rewriting machine: "White Home", "Fact Social".

    >>> is_spun("The White Home wrote on Fact Social; the fuel hub took a troublesome flip through Reuters.")
    False
    """
    return len({match.group() for match in _telltales().finditer(text)}) >= _ENOUGH
