"""The words' own record: how often what was said with a phrase came true. No figure of ours is needed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import numpy as np

from forecastlog.column import count, figure, share, text
from forecastlog.columns.scores import SHARE, SHARE_HIGH, SHARE_LOW, TIMING
from forecastlog.scorebook.calibration import none_if_nan
from forecastlog.scorebook.frames import Integers, Scorebook, rows_of
from forecastlog.scorebook.grouping import ALL, name_of, named_by
from forecastlog.scoring.calibration import ratio, wilson
from forecastlog.scoring.cells import sum_by
from forecastlog.vocabulary.scores import TIMINGS


@dataclass(frozen=True, slots=True, kw_only=True)
class WordRow:
    """A phrase: ``said`` times, ``decided`` of them, ``happened`` (a share counts as a part), and its band.

    ``share_low`` and ``share_high`` are the 95 % Wilson interval of happened / decided; ``low``, ``high`` and
    ``probability`` are what the scale takes the phrase to mean.
    """

    words: Annotated[str, text("the phrase, by its anchor on the scale", width=0)]
    scale: Annotated[str | None, text("the scale", facet=True)]
    timing: Annotated[str, TIMING]
    said: Annotated[int, count("how often it was said", width=0)]
    decided: Annotated[int, count("how many of these turned out yes or no", width=0)]
    happened: Annotated[float, figure("how many came true", width=0)]
    share: Annotated[float | None, SHARE] = None
    share_low: Annotated[float | None, SHARE_LOW] = None
    share_high: Annotated[float | None, SHARE_HIGH] = None
    probability: Annotated[float | None, share("what the scale takes the phrase to mean")] = None
    low: Annotated[float | None, share("the least that it can mean", width=0)] = None
    high: Annotated[float | None, share("the most that it can mean", width=0)] = None


def word_rows(book: Scorebook) -> list[WordRow]:
    """A row a phrase, scale and timing, the most often said first.

    Forecasts with figures only are left out.
    """
    return [row for _, row in word_rows_by(book, ALL)]


def word_rows_by(book: Scorebook, by: str) -> list[tuple[str, WordRow]]:
    """The rows of each group beside its name, the groups in the order of their names."""
    pairs, names = named_by(book, by)
    rows, place = rows_of(book.uses["pair"], pairs)
    uses = {name: column[rows] for name, column in book.uses.items()}
    # a phrase, its scale and the timing as one number, and that beside the group as another
    size = len(book.words) + 1
    phrase = (uses["words"].astype(np.int64) * size + uses["scale"] + 1) * len(TIMINGS)
    phrases, number = np.unique(phrase + book.pairs["timing"][uses["pair"]], return_inverse=True)
    found, first, at = np.unique(names[place] * phrases.size + number, return_index=True, return_inverse=True)
    there = ~np.isnan(uses["outcome"])
    decided = np.bincount(at[there], minlength=found.size)
    happened = sum_by(at[there], uses["outcome"][there], found.size)
    of = decided.astype(float)
    part = ratio(happened, of)
    figures = (part, *wilson(part, of), *(uses[name][first] for name in _READ_AS))
    numbers = (found // phrases.size, *_apart(phrases[found % phrases.size], size), np.bincount(at), decided)
    made = [
        (
            name_of(book.words, by, group),
            WordRow(
                words=book.words[words],
                scale=None if scale < 0 else book.words[scale],
                timing=_TIMINGS[timing],
                said=said,
                decided=n,
                happened=happened_of,
                **dict(zip(_FIGURES, map(none_if_nan, figures_of), strict=True)),
            ),
        )
        for group, words, scale, timing, said, n, happened_of, *figures_of in zip(
            *(column.tolist() for column in (*numbers, happened, *figures)), strict=True
        )
    ]
    return sorted(made, key=lambda one: (one[0], *_order(one[1])))


_TIMINGS = tuple(TIMINGS)
_READ_AS = ("probability", "low", "high")
_FIGURES = ("share", "share_low", "share_high", *_READ_AS)


def _apart(phrases: Integers, size: int) -> tuple[Integers, Integers, Integers]:
    """The numbers of words, scale and timing that a phrase's number holds."""
    rest, timing = np.divmod(phrases, len(TIMINGS))
    words, scale = np.divmod(rest, size)
    return words, scale - 1, timing


def _order(row: WordRow) -> tuple[int, str, str, str]:
    return -row.said, row.words, row.scale or "", row.timing
