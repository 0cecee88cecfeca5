"""How long the site's pages take, as ratios to plain Datasette on the same file in the same run.

    python benchmarks/site.py            100,000 predictions and 1,000,000 forecasts; builds them once
    python benchmarks/site.py --small    1,000 and 10,000; seconds

One process each of ``forecastlog serve`` and of Datasette without plugins, with the same settings and
metadata, on this machine's loopback. Requests to both alternate, so that a busy machine disturbs both alike.
The ratios are those of the medians with one client. The targets: the front page at most 3 times Datasette's
index; a record's page at most 4 times its plain row page; scoreboard, calibration and due at most 4 times the
index; no answer but 200 with eight clients; at most 150 MB of memory. And the longest tables, and a search
for a common word, take at most 3 times what they take at 1,000 predictions.
"""

from __future__ import annotations

import http.client
import json
import signal
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from large import RARE, build_database

from forecastlog.serving import SETTINGS

ROOT = Path(__file__).parents[1]
CACHE = ROOT / ".cache" / "benchmark"
CLIENTS = 8
ROUNDS = 5
EACH = 20
"""Requests of a page in a round, by one client."""
MOST_SECONDS = 4.0
"""For one page in one round."""
MEMORY = 150.0

PLAIN = "import sys; sys._called_from_test = True; from datasette.cli import cli; cli()"
"""Datasette takes up every plugin that is installed, unless it believes that its own tests run."""

ROW = "/forecastlog/predictions/claim-1-1"
WORDS = "/forecastlog/what_each_phrase_came_to.json?_shape=array"
ONE_PERSON = "/forecastlog/by_forecaster.json?_shape=array&forecaster=forecaster-1"
FACETS = "/forecastlog/predictions?_facet=status&_facet=basis"
SEARCH = f"/forecastlog/predictions?_search={RARE}"
COMMON = "ministry"
"""A word of every sixth claim."""


@dataclass(frozen=True, slots=True)
class Case:
    """A page of ours, and the plain page that it is measured against."""

    name: str
    ours: str
    plain: str
    most: float


CASES = (
    Case("front page / index", "/", "/", 3),
    Case("prediction / row", ROW, ROW, 4),
    Case("scoreboard / index", "/-/scoreboard", "/", 4),
    Case("scoreboard by tag / index", "/-/scoreboard?by=tag", "/", 4),
    Case("calibration / index", "/-/calibration", "/", 4),
    Case("due / index", "/-/due", "/", 4),
    Case("query JSON", WORDS, WORDS, 4),
    Case("query of a person, JSON", ONE_PERSON, ONE_PERSON, 4),
    Case("table, two facets", FACETS, FACETS, 2.2),
    Case("search, rare word", SEARCH, SEARCH, 2.4),
    Case("forecaster / row", "/people/forecaster-1", ROW, 4),
    Case("article / row", "/forecastlog/articles/article-1", ROW, 4),
)

GROWING = (
    "/forecastlog/forecasts",
    "/forecastlog/scores",
    "/forecastlog/predictions",
    f"/forecastlog/predictions?_search={COMMON}",
)
MOST_GROWTH = 3.0
"""How many times as long these may take on the whole as on a hundredth of it."""


@dataclass(slots=True)
class Times:
    """Seconds of the requests of one page, answers that were no 200, and the throughput of many clients."""

    alone: list[float] = field(default_factory=list)
    failed: list[int] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)

    def __str__(self) -> str:
        p50, p95 = 1000 * statistics.median(self.alone), 1000 * statistics.quantiles(self.alone, n=20)[-1]
        return f"{p50:8.1f} {p95:7.1f} {statistics.median(self.rates):7.0f}"


def main(*, small: bool) -> int:
    database = _database(predictions=1_000 if small else 100_000, copies=1 if small else 20)
    with _ours(database) as (port, process), _plain(database) as (plain_port, plain):
        found = _measure(port, plain_port, rounds=2 if small else ROUNDS)
        memory, plain_memory = _peak_memory(process), _peak_memory(plain)
    print(f"{'':28}{'ours: p50, p95 ms, req/s':>26}{'plain: p50, p95, req/s':>26}  ratio, at most")
    missed = failed = 0
    for case in CASES:
        ours, plain = found["ours", case.ours], found["plain", case.plain]
        ratio = statistics.median(ours.alone) / statistics.median(plain.alone)
        missed += ratio > case.most
        failed += len(ours.failed)
        sign = "" if ratio <= case.most else "  MISSED"
        sign += f"  answered {sorted(set(ours.failed))}" if ours.failed else ""
        print(f"{case.name:28}{ours!s:>26}{plain!s:>26}{ratio:7.2f}{case.most:6g}{sign}")
    print(
        f"memory at its highest: {memory:.0f} MB, at most {MEMORY:g} (plain: {plain_memory:.0f}); "
        f"answers of ours that were no 200: {failed}"
    )
    grown = 0 if small else _grown(database)
    return int(missed > 0 or failed > 0 or memory > MEMORY or grown > 0)


def _grown(database: Path) -> int:
    """How many of the pages that shall not grow with the log take too long on the whole."""
    part = _database(predictions=1_000, copies=1)
    missed = 0
    with _ours(database) as (port, _), _ours(part) as (small_port, _):
        for path in GROWING:
            seconds: dict[int, list[float]] = {port: [], small_port: []}
            for _ in range(ROUNDS):
                for each in seconds:
                    seconds[each] += _requests(each, path, EACH)[0]
            whole, least = (statistics.median(found) for found in seconds.values())
            missed += whole > MOST_GROWTH * least
            sign = "" if whole <= MOST_GROWTH * least else "  MISSED"
            print(
                f"{path:44}{1000 * whole:8.1f} ms, {whole / least:5.2f} of 1,000 predictions, "
                f"at most {MOST_GROWTH:g}{sign}"
            )
    return missed


def _database(*, predictions: int, copies: int) -> Path:
    """The built database; made again where the code that makes it is newer."""
    path = CACHE / str(predictions) / "forecastlog.db"
    makers = [*ROOT.glob("src/forecastlog/database/*.py"), ROOT / "benchmarks" / "large.py"]
    if not path.exists() or path.stat().st_mtime < max(maker.stat().st_mtime for maker in makers):
        started = time.perf_counter()
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".new")
        build_database(unfinished, predictions=predictions, copies=copies)
        unfinished.replace(path)
        print(
            f"built {path.stat().st_size / 1e6:.0f} MB in {time.perf_counter() - started:.0f} s",
            file=sys.stderr,
        )
    command = [sys.executable, "-m", "forecastlog", "build", "--ledger", str(ROOT / "predictions")]
    metadata = path.with_name("datasette_metadata.json")
    subprocess.run([*command, "--metadata-only", str(metadata)], check=True)
    return path


@contextmanager
def _ours(database: Path) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    port = _free_port()
    serve = ["-m", "forecastlog", "serve", "--port", str(port), "--db", database.name]
    with _running(serve, database.parent, port) as process:
        yield port, process


@contextmanager
def _plain(database: Path) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """Datasette without any plugin, and with the settings of our server."""
    port = _free_port()
    serve = ["-c", PLAIN, "serve", "-i", database.name, "-m", "datasette_metadata.json", "-p", str(port)]
    for name, value in SETTINGS.items():
        serve += ["--setting", name, str(value)]
    with _running(serve, database.parent, port) as process:
        assert _json(f"http://127.0.0.1:{port}/-/plugins.json") == []
        yield port, process


@contextmanager
def _running(arguments: list[str], folder: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    quiet = subprocess.DEVNULL
    process = subprocess.Popen([sys.executable, *arguments], cwd=folder, stdout=quiet, stderr=quiet)
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/").close()  # our own
                break
            except urllib.error.URLError:
                assert process.poll() is None, f"{arguments} ended"
                time.sleep(0.1)
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)


def _json(url: str) -> object:
    with urllib.request.urlopen(url) as response:  # noqa: S310  # our own
        found: object = json.load(response)
    return found


def _measure(port: int, plain_port: int, *, rounds: int) -> dict[tuple[str, str], Times]:
    pages = dict.fromkeys(("ours", case.ours) for case in CASES)
    pages |= dict.fromkeys(("plain", case.plain) for case in CASES)
    found = {page: Times() for page in pages}
    ports = {"ours": port, "plain": plain_port}
    for page in found:  # the first request fills caches of counts, on both sides
        _requests(ports[page[0]], page[1], 1)
    for _ in range(rounds):
        for (side, path), times in found.items():
            seconds, failed = _requests(ports[side], path, EACH)
            times.alone += seconds
            started = time.perf_counter()
            with ThreadPoolExecutor(CLIENTS) as clients:
                answers = list(
                    clients.map(lambda _, p=ports[side], u=path: _requests(p, u, EACH // 4), range(CLIENTS))
                )
            spent = time.perf_counter() - started
            times.rates.append(sum(len(each[0]) for each in answers) / spent)
            times.failed += failed + [status for each in answers for status in each[1]]
    return found


def _requests(port: int, path: str, most: int) -> tuple[list[float], list[int]]:
    """The seconds of each request over one kept connection, and the statuses that were not 200."""
    seconds: list[float] = []
    failed: list[int] = []
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        while len(seconds) < most and sum(seconds) < MOST_SECONDS:
            started = time.perf_counter()
            connection.request("GET", path)
            response = connection.getresponse()
            response.read()
            seconds.append(time.perf_counter() - started)
            if response.status != 200:
                failed.append(response.status)
    return seconds, failed


def _peak_memory(process: subprocess.Popen[bytes]) -> float:
    """In MB, as Linux counts it."""
    lines = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1000


def _free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port: int = free.getsockname()[1]
    return port


if __name__ == "__main__":
    sys.exit(main(small="--small" in sys.argv[1:]))
