"""Values as YAML text that every loader reads back the same.

Three forms: a one-line flow form with every text quoted (appended entries), a block form (new records),
and a scalar in the style that stood there before (changed values). What cannot be written in the style
wished for is written in double quotes, which can hold any text.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

import yaml

from forecastlog.errors import BadValue
from forecastlog.values import Number

WIDTH = 100
"""Texts longer than this are folded where a new record is written."""
LINE = 120
"""Entries longer than this are written a key a line."""

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0"}
# What no YAML 1.1 stream may hold as it is, and the three further characters that YAML 1.1 takes as ends of
# line.
_UNPRINTABLE = re.compile(
    "[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_PLAIN_KEY = re.compile(r"[^\W_](?:[\w .()/-]*[\w.()/%-])?")
_PLAIN_IN_FLOW = re.compile(r"[^\W_](?:[\w .()/-]*[\w.()/-])?")


def plain_value(value: object) -> object:
    """``value`` as it will be read back: mappings, lists and text; what is None is left out of mappings."""
    if isinstance(value, Mapping):
        return {str(key): plain_value(item) for key, item in value.items() if item is not None}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [plain_value(item) for item in value]
    return _typed(value) or str(value)


def flow(value: object) -> str:
    """``value`` on one line; texts are quoted, figures, dates and flags are not.

    >>> flow({"words": "very likely: yes", "probability": 0.9, "note": None})
    '{words: "very likely: yes", probability: 0.9}'
    """
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(key)}: {flow(item)}" for key, item in _present(value)) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(flow(item) for item in value) + "]"
    return _typed(value) or quoted(str(value))


def block(mapping: Mapping[str, object], indent: int = 0) -> list[str]:
    """``mapping`` as lines in block style; a list of mappings has one line an entry."""
    lines = []
    margin = " " * indent
    for key, value in _present(mapping):
        if isinstance(value, Mapping):
            lines += [f"{margin}{_key(key)}:", *block(value, indent + 2)]
        elif not isinstance(value, Sequence) or isinstance(value, str):
            lines += _block_scalar(f"{margin}{_key(key)}: ", value, indent)
        elif any(isinstance(item, Mapping) for item in value):
            lines.append(f"{margin}{key}:")
            lines += (line for entry in value for line in item(entry, indent + 2))
        else:
            lines.append(f"{margin}{key}: [{', '.join(map(_in_list, value))}]")
    return lines


def item(entry: object, indent: int, *, whole: bool = False) -> list[str]:
    """An entry of a list as lines.

    One alone where it fits a line, else, or where it is ``whole``, a key a line.

    >>> item({"outcome": "no", "known": date(2025, 7, 1)}, 2)
    ['  - {outcome: "no", known: 2025-07-01}']
    """
    line = f"{' ' * indent}- {flow(entry)}"
    if not isinstance(entry, Mapping) or not (whole or len(line) > LINE):
        return [line]
    first, *rest = block(entry, indent + 2)
    return [f"{' ' * indent}- {first.lstrip(' ')}", *rest]


def quoted(text: str) -> str:
    r"""``text`` in double quotes, on one line; raises BadValue where it holds half a character.

    >>> print(quoted('He said: "no"\n# 5'))
    "He said: \"no\"\n# 5"
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        readable = text.encode(errors="replace").decode()
        raise BadValue(f"'{readable}' is not valid Unicode text. Type it again in UTF-8.") from None
    escaped = "".join(_ESCAPES.get(character, character) for character in text)
    return f'"{_UNPRINTABLE.sub(_escape, escaped)}"'


def restyled(value: object, style: str | None, *, in_flow: bool, indent: int, newline: str) -> str:
    """A scalar in the style (as PyYAML names it) of the one that it replaces, or in double quotes.

    ``indent`` is where the lines of a folded or literal text begin.
    """
    if written := _typed(value):
        return written
    text = str(value)
    if style == "'" and _one_line(text):
        return "'" + text.replace("'", "''") + "'"
    if style in ("", None) and (_PLAIN_IN_FLOW.fullmatch(text) if in_flow else True) and _is_plain(text):
        return text
    if style in (">", "|") and _is_block(text.removesuffix("\n"), style):
        body = text.removesuffix("\n")
        lines = (
            _folded(body, indent) if style == ">" else [" " * indent * bool(x) + x for x in body.split("\n")]
        )
        return newline.join([style + "-" * (not text.endswith("\n")), *lines])
    return quoted(text)


def _block_scalar(head: str, value: object, indent: int) -> list[str]:
    if written := _typed(value):
        return [head + written]
    text = str(value)
    if len(head) + len(text) > WIDTH and _is_block(text, ">"):
        return [head + ">-", *_folded(text, indent + 2)]
    return [head + (text if _is_plain(text) else quoted(text))]


def _key(name: object) -> str:
    """A key; one that is a value of its own, such as an option, is quoted where it must be."""
    return str(name) if _PLAIN_KEY.fullmatch(str(name)) else quoted(str(name))


def _in_list(value: object) -> str:
    return str(value) if _PLAIN_IN_FLOW.fullmatch(str(value)) and _is_plain(str(value)) else flow(value)


def _typed(value: object) -> str | None:
    """What is written plain because its type says what it is; None for text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return str(value) if isinstance(value, Number) else format(Decimal(repr(value)), "f")  # no exponent
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    return None


def _is_plain(text: str) -> bool:
    """Whether every loader reads ``text``, written without quotes after a key, as this very text."""
    safe = _one_line(text) and text[0].isalnum() and ": " not in text and " #" not in text and text[-1] != ":"
    return safe and not any(
        pattern.match(text) for _, pattern in yaml.SafeLoader.yaml_implicit_resolvers.get(text[0], [])
    )


def _is_block(text: str, style: str) -> bool:
    """Whether ``text`` can be a folded or literal block without a word more in its header."""
    if style == ">":
        return _one_line(text) and "  " not in text
    first, *rest = text.split("\n")
    fine = all(line == "" or _one_line("." + line) for line in rest)
    return _one_line(first) and fine and (not rest or rest[-1] != "")


def _one_line(text: str) -> bool:
    return text != "" and text == text.strip() and not _UNPRINTABLE.search(text)


def _folded(text: str, indent: int) -> list[str]:
    margin = " " * indent
    width = max(WIDTH, indent + 40)
    return textwrap.wrap(
        text,
        width,
        initial_indent=margin,
        subsequent_indent=margin,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code <= 0xFF else f"\\u{code:04x}"


def _present(mapping: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    return ((key, value) for key, value in mapping.items() if value is not None)
