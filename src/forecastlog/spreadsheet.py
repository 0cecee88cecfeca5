"""Cells of CSV that no spreadsheet runs: the texts of records are other people's."""

from __future__ import annotations

import re

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet runs a cell that begins so."""


def unarmed(text: str) -> str:
    """The text with an apostrophe before it where it begins like a formula and is no number.

    >>> unarmed("=1+1"), unarmed("-0.5"), unarmed("- not")
    ("'=1+1", '-0.5', "'- not")
    """
    return f"'{text}" if text.startswith(FORMULA) and not _is_number(text) else text


def _is_number(text: str) -> bool:
    return re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", text, re.ASCII | re.IGNORECASE) is not None


def cell(value: object) -> object:
    """A value as a cell: a text unarmed, and anything else as it is."""
    return unarmed(value) if isinstance(value, str) else value
