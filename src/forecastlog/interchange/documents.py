"""JSON documents of platforms: a list object by object, anything else whole.

A bare NaN, as some write it, is nothing.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from forecastlog.interchange.found import BadFile
from forecastlog.interchange.unpacked import Unpacked, read_whole

LONGEST_OBJECT = 50_000_000
"""Characters of the longest object of a list: a market with all its bets."""
_PART = 1 << 16
_DECODER = json.JSONDecoder(parse_constant=lambda _: None)


def document(path: Path) -> Any:
    """What a JSON file holds, gzipped or not; raises BadFile where it is none."""
    _check(path)
    try:
        return json.loads(read_whole(path), parse_constant=lambda _: None)
    except (ValueError, RecursionError) as error:
        raise BadFile(f"{path} is no JSON: {error}.") from None


def objects(path: Path, key: str | None = None) -> Iterator[Mapping[str, Any]]:
    """The objects of a list, one after the other.

    Or of the list that ``key`` holds, where the file is no list itself.
    """
    _check(path)
    if key and _first_sign(path) == "{":
        found = document(path).get(key)
        if not isinstance(found, list):
            raise BadFile(f"{path} has no list of objects in '{key}'.")
        every = iter(found)
    else:
        every = _streamed(path)
    for one in every:
        if not isinstance(one, dict):
            raise BadFile(f"{path} has no list of objects: one is something else.")
        yield one


def _check(path: Path) -> None:
    if not path.is_file():
        raise BadFile(f"{path}: there is no such file.")


def _first_sign(path: Path) -> str:
    file = Unpacked(path)
    try:
        return file.read(_PART).decode("utf-8-sig", "replace").lstrip()[:1]
    finally:
        file.close()


class _Text:
    """The text of a file from a place in it on, of which more is read as it is needed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.place = 0
        self.whole = ""
        self._file = Unpacked(path)
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")()

    def more(self, size: int) -> bool:
        """Read on; False at the end. Raises BadFile where it is no text."""
        part = self._file.read(size)
        try:
            text = self._decoder.decode(part, final=not part)
        except UnicodeDecodeError:
            raise BadFile(f"{self.path} is no JSON: it is not UTF-8.") from None
        self.whole, self.place = self.whole[self.place :] + text, 0
        return bool(part)

    def sign(self) -> str:
        """The next character that is no space, which is left where it is; nothing at the end."""
        while True:
            while self.place < len(self.whole) and self.whole[self.place].isspace():
                self.place += 1
            if self.place < len(self.whole):
                return self.whole[self.place]
            if not self.more(_PART):
                return ""

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def _streamed(path: Path) -> Iterator[Any]:
    text, number = _Text(path), 0
    try:
        if text.sign() != "[":
            raise BadFile(f"{path} has no list of objects.")
        text.place += 1
        end = text.sign() == "]"
        while not end:
            yield _next(text, number + 1)
            number += 1
            if text.sign() not in (",", "]"):
                raise BadFile(f"{path} is no JSON after its object {number:,}, or is cut off there.")
            end = text.whole[text.place] == "]"
            text.place += 1
    finally:
        text.close()


def _next(text: _Text, number: int) -> Any:
    """The value that comes next, for which as much is read as it takes."""
    text.sign()
    size = _PART
    while True:
        try:
            found, text.place = _DECODER.raw_decode(text.whole, text.place)
        except RecursionError:
            raise BadFile(f"{text.path} is no JSON: its object {number:,} is nested too deeply.") from None
        except ValueError:
            if len(text.whole) - text.place > LONGEST_OBJECT or not text.more(size):
                raise BadFile(
                    f"{text.path} is no JSON at its object {number:,}, or is cut off there."
                ) from None
            size *= 2  # so that a long object is not begun again too often
        else:
            return found


def text(value: object) -> str:
    """A value as text; nothing for what is missing."""
    return "" if value is None else str(value).strip()
