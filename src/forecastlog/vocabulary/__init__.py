"""The words of a forecast log and the thresholds it keeps, each once, with its meaning.

A word has a ``name``, as records, columns and commands write it; a ``meaning``, which explains it; and a
``title``, as pages and messages say it. The order of a table is the order in which its words are listed
everywhere. A module a subject; this package imports nothing of ours, so that even ``--help`` may read it.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any


@cache
def everything() -> dict[str, Any]:
    """Every table of words and every threshold by its name, for templates, which import nothing.

    >>> everything()["ENOUGH_EVENTS"]
    10
    """
    modules = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)]
    return {name: value for module in modules for name, value in vars(module).items() if name.isupper()}
