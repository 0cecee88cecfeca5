"""Group columns as one: a number a row, and the labels of each number."""

from collections.abc import Hashable
from datetime import date
from typing import Any

import numpy as np

from forecastlog.scoring.inputs import Integers


def used(codes: Integers, labels: list[Any]) -> tuple[Integers, list[Any]]:
    """Leave out labels that no row has."""
    present = np.flatnonzero(np.bincount(codes, minlength=len(labels)))
    renumbered = np.zeros(len(labels), np.int64)
    renumbered[present] = np.arange(present.size)
    return (codes if present.size == len(labels) else renumbered[codes]), [labels[i] for i in present]


def group_codes(
    columns: list[tuple[Integers, list[Any]]], rows: int
) -> tuple[Integers, list[tuple[Any, ...]]]:
    """Several label columns as one, its groups in sorted order."""
    codes: Integers = np.zeros(rows, np.int64)
    groups: list[tuple[Any, ...]] = [()]
    if columns and not rows:
        return codes, []
    for column, labels in columns:
        pairs = codes * len(labels) + column
        if len(groups) * len(labels) <= 4 * rows + 1000:
            codes, kept = used(pairs, list(range(len(groups) * len(labels))))
        else:
            distinct, codes = np.unique(pairs, return_inverse=True)
            kept = distinct.tolist()
        groups = [(*groups[pair // len(labels)], labels[pair % len(labels)]) for pair in kept]
    order = sorted(range(len(groups)), key=lambda place: sort_key(groups[place]))
    if order == list(range(len(groups))):
        return codes, groups
    rank = np.empty(len(groups), np.int64)
    rank[order] = np.arange(len(groups))
    return rank[codes], [groups[place] for place in order]


def sort_key(group: tuple[Hashable, ...]) -> tuple[Any, ...]:
    """Orders groups whatever their types: numbers among numbers, text among text, missing last."""
    return tuple(_label_key(label) for label in group)


def _label_key(label: Any) -> tuple[int, str, Any]:
    if label is None:
        return (2, "", 0)
    if isinstance(label, bool | int | float | np.number):
        return (0, "", label)
    ordered = isinstance(label, str | date)
    return (1, type(label).__name__, label if ordered else repr(label))
