"""Passes over long arrays in blocks that fit the processor's cache, on every core."""

import os
from collections.abc import Callable
from typing import TypeVar

import numpy as np

from forecastlog.scoring.inputs import Floats

Result = TypeVar("Result")
BLOCK = 2**18  # rows; smaller blocks spend their time waiting for the interpreter's lock
FEWEST = 4  # blocks below which starting threads costs more than they save
MOST_BUFFERS = 8  # over all threads: 16 MB

_ONE = np.float64(1).view(np.uint64)


def cores() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def over_blocks(rows: int, work: Callable[[slice, list[Floats]], Result], buffers: int = 2) -> list[Result]:
    """work(slice, buffers) for every block, in their order; each thread has its own buffers, sized to the slice."""
    starts = range(0, rows, BLOCK)
    threads = min(cores(), len(starts), MOST_BUFFERS // buffers) if len(starts) >= FEWEST else 1

    def run(first: int) -> list[Result]:
        memory = [np.empty(min(BLOCK, rows)) for _ in range(buffers)]
        done = []
        for start in starts[first::threads]:
            size = min(BLOCK, rows - start)
            done.append(work(slice(start, start + size), [buffer[:size] for buffer in memory]))
        return done

    if threads == 1:
        return run(0)
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(threads) as pool:
        parts = list(pool.map(run, range(threads)))
    return [parts[i % threads][i // threads] for i in range(len(starts))]


def within_0_1(values: Floats) -> bool:
    """Whether all lie in [0, 1]: read as integers, NaN, negative numbers and -0.0 are larger than 1.0 is."""
    return values.size == 0 or bool(values.view(np.uint64).max() <= _ONE)


def only_0_and_1(outcomes: Floats) -> bool:
    """Whether all are 0 or 1: everything that is not 0 is 1."""
    return bool(np.count_nonzero(outcomes != 0) == np.count_nonzero(outcomes == 1))


def plain(values: object) -> bool:
    """Whether `values` is a one-dimensional contiguous float64 array, which the fast passes need."""
    return (
        isinstance(values, np.ndarray)
        and values.dtype == np.float64
        and values.ndim == 1
        and values.flags.c_contiguous
        and not isinstance(values, np.ma.MaskedArray)
    )
