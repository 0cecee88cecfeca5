"""Passes over long arrays in blocks that fit the processor's cache, on every core."""

import os
from collections.abc import Callable
from typing import TypeAlias, TypeVar

import numpy as np

from forecastlog.scoring.inputs import Floats, is_masked

Result = TypeVar("Result")
Work: TypeAlias = Callable[[slice, list[Floats]], Result]
BLOCK = 2**18  # rows; smaller blocks spend their time waiting for the interpreter's lock
FEWEST = 4  # blocks below which starting threads costs more than they save
LANE = 2**12  # BLAS starts threads of its own for longer ones
MOST_BUFFERS = 8  # over all threads: 16 MB

_ONE = np.float64(1).view(np.uint64)


def cores() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def blocks_of(rows: int) -> list[slice]:
    """The blocks that many rows fall into."""
    return [slice(start, min(start + BLOCK, rows)) for start in range(0, rows, BLOCK)]


def over_blocks(blocks: list[slice], *works: Work[Result], buffers: int = 0) -> list[list[Result]]:
    """[work(block, scratch) for every work] for every block, in their order, on every core.

    Several works of one block run on threads of their own where there are cores for it: whichever is ahead
    fetches the rows into the cache that they share, and the others keep up with it. `scratch` is a list of
    `buffers` arrays as long as the block, which belong to the thread.
    """
    threads = min(cores(), len(blocks), MOST_BUFFERS // max(buffers, 1)) if len(blocks) >= FEWEST else 1
    roles = [(work,) for work in works] if threads >= len(works) else [works]
    shares = max(threads // len(roles), 1)

    def run(job: int) -> list[list[Result]]:
        share, role = divmod(job, len(roles))
        mine = blocks[share * len(blocks) // shares : (share + 1) * len(blocks) // shares]
        memory = [np.empty(min(BLOCK, blocks[-1].stop)) for _ in range(buffers if mine else 0)]
        done = []
        for block in mine:
            scratch = [buffer[: block.stop - block.start] for buffer in memory]
            done.append([work(block, scratch) for work in roles[role]])
        return done

    results = _on_threads(run, shares * len(roles))
    return [
        [result for part in parts for result in part]
        for first in range(0, len(results), len(roles))
        for parts in zip(*results[first : first + len(roles)], strict=True)
    ]


def _on_threads(run: Callable[[int], Result], jobs: int) -> list[Result]:
    """run(0), run(1), ... up to `jobs`, each on its own thread, the first on this one."""
    if jobs == 1:
        return [run(0)]
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(jobs - 1) as pool:
        others = [pool.submit(run, job) for job in range(1, jobs)]
        return [run(0), *(other.result() for other in others)]


def within_0_1(values: Floats) -> bool:
    """Whether all lie in [0, 1]: read as integers, NaN, negative numbers and -0.0 are larger than 1.0 is."""
    return values.size == 0 or bool(np.maximum.reduce(values.view(np.uint64)) <= _ONE)


def dot(a: Floats, b: Floats) -> float:
    """Sum of products, by BLAS in short lanes."""
    whole = a.size - a.size % LANE
    lanes = np.matmul(a[:whole].reshape(-1, 1, LANE), b[:whole].reshape(-1, LANE, 1))
    total = float(np.add.reduce(lanes, axis=None))
    return total if whole == a.size else total + float(np.multiply(a[whole:], b[whole:]).sum())


def only_0_and_1(outcomes: Floats) -> bool:
    """Whether all are 0 or 1: everything that is not 0 is 1."""
    either = outcomes == 0
    np.not_equal(either, outcomes == 1, out=either)
    return bool(np.logical_and.reduce(either))


def plain(values: object) -> bool:
    """Whether `values` is a one-dimensional contiguous float64 array, which the fast passes need."""
    return (
        isinstance(values, np.ndarray)
        and values.dtype == np.float64
        and values.ndim == 1
        and values.flags.c_contiguous
        and not is_masked(values)
    )
