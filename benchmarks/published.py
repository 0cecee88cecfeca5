"""Published figures, recomputed: `python benchmarks/published.py FOLDER`; exits 1 where ours disagree.

FOLDER holds fivethirtyeight-nfl, forecastbench-2025-10-26 and probability-words-2015, each with the files its
ORIGIN.md names and an expected.json of figures computed in pandas.
"""

import argparse
import csv
import gzip
import json
import math
import statistics
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from forecastlog.scoring import Tally, brier, log_score, mean_score

Game = dict[str, str]


class Report:
    """Prints ours beside theirs and counts the disagreements."""

    def __init__(self) -> None:
        self.wrong = 0

    def same(self, what: str, ours: float, theirs: float, within: float = 5e-7) -> None:
        """Print both, and count it where they differ by more than `within`."""
        agrees = math.isclose(ours, theirs, rel_tol=0, abs_tol=within * (1 + 1e-9))
        self.wrong += not agrees
        print(f"  {what:<60}{ours:>12.6f}{theirs:>12.6f}  {'' if agrees else 'DISAGREES'}")

    def heading(self, title: str) -> None:
        """Name what follows, over the two columns."""
        print(f"{title:<62}{'ours':>12}{'theirs':>12}")


def columns(games: Iterable[Game]) -> tuple[list[float], list[float]]:
    rows = list(games)
    return [float(row["prob1"]) for row in rows], [float(row["prob1_outcome"]) for row in rows]


def favourite_loses(games: Iterable[Game]) -> tuple[list[float], list[float]]:
    """A tie counts as a miss for whichever team had the better chance."""
    p, y = columns(games)
    return p, [
        float(chance < 0.5) if outcome == 0.5 else outcome for chance, outcome in zip(p, y, strict=True)
    ]


def nfl_block(report: Report, name: str, games: list[Game], expected: dict[str, Any]) -> None:
    untied = [game for game in games if game["prob1_outcome"] != "0.5"]
    for ties, rows in (("ties_as_half", games), ("ties_dropped", untied)):
        p, y = columns(rows)
        tally, theirs = Tally.of_arrays(p=p, y=y), expected[ties]
        report.same(f"{name}, {ties}: games", tally.n(), theirs["n"])
        report.same(f"{name}, {ties}: Brier", tally.brier(), theirs["brier"])
        report.same(f"{name}, {ties}: Brier by mean_score", mean_score(brier, p=p, y=y), theirs["brier"])
        report.same(f"{name}, {ties}: base rate", tally.base_rate(), theirs["base_rate"])
        report.same(f"{name}, {ties}: mean p", tally.calibration(1)[0].mean_p, theirs["mean_p"])
        report.same(f"{name}, {ties}: minus the log score", -tally.log(), theirs["mean_log_score_nats"])


def nfl(report: Report, folder: Path) -> None:
    expected = json.loads((folder / "expected.json").read_text())
    with (folder / "nfl_games.csv").open(newline="") as file:
        games = list(csv.DictReader(file))
    report.heading("FiveThirtyEight, NFL games")
    nfl_block(report, "all", games, expected["all"])
    seasons = {year: [game for game in games if game["season"] == year] for year in expected["by_season"]}
    for year, rows in seasons.items():
        nfl_block(report, year, rows, expected["by_season"][year])
    p, y = columns(game for game in games if game["prob1_outcome"] != "0.5")
    bins = Tally.of_arrays(p=p, y=y).calibration(10, closed="left")
    for ours, theirs in zip(bins, expected["calibration_10_ties_dropped"], strict=True):
        name = f"bin [{theirs['lo']}, {theirs['hi']})"
        report.same(f"{name}: games", ours.n, theirs["n"])
        report.same(f"{name}: mean p", ours.mean_p, theirs["mean_p"])
        report.same(f"{name}: share that happened", ours.share, theirs["freq"])
    nfl_published(report, seasons)


def nfl_published(report: Report, seasons: dict[str, list[Game]]) -> None:
    def score(rows: tuple[list[float], list[float]]) -> float:
        return mean_score(brier, p=rows[0], y=rows[1])

    first = [game for game in seasons["2015"] if game["date"] <= "2015-09-14"]
    last = max(seasons["2015"], key=lambda game: game["date"])
    report.heading("Published, as printed (three decimals); with what this file gives instead")
    report.same("2019, FiveThirtyEight, ties as half", score(columns(seasons["2019"])), 0.219, 5e-4)
    report.same(
        "2016, American Research Group, favourite loses a tie",
        score(favourite_loses(seasons["2016"])),
        0.219,
        5e-4,
    )
    report.same("  the same to six decimals", score(favourite_loses(seasons["2016"])), 0.218813)
    report.same("2015 week 1, American Research Group (prints 0.191)", score(columns(first)), 0.193, 5e-4)
    report.same(
        "2015 Super Bowl, American Research Group (prints 0.348)", score(columns([last])), 0.343, 5e-4
    )
    report.same(
        "2015 season, American Research Group (prints 0.230)",
        score(favourite_loses(seasons["2015"])),
        0.225387,
    )


def forecastbench(report: Report, folder: Path) -> None:
    def read(name: str) -> Any:
        return json.loads(gzip.decompress((folder / name).read_bytes()))

    expected = json.loads((folder / "expected.json").read_text())
    questions = read("2025-10-26-llm.json.gz")["questions"]
    resolutions = read("2025-10-26_resolution_set.json.gz")["resolutions"]
    report.heading("ForecastBench, round of 2025-10-26")
    report.same("questions", len(questions), expected["question_count"])
    report.same("resolution rows", len(resolutions), expected["resolution_rows"])
    for source, count in expected["questions_by_source"].items():
        report.same(f"questions from {source}", sum(q["source"] == source for q in questions), count)
    markets = {"manifold", "metaculus", "polymarket", "infer"}
    single = [row for row in resolutions if isinstance(row["id"], str) and row["resolved"]]
    outcome = {
        row["id"]: row["resolved_to"]
        for row in single
        if row["source"] in markets and row["resolved_to"] in (0, 1)
    }
    asked = [
        q for q in questions if isinstance(q["id"], str) and q["source"] in markets and q["id"] in outcome
    ]
    p, y = [float(q["freeze_datetime_value"]) for q in asked], [outcome[q["id"]] for q in asked]
    tally, theirs = Tally.of_arrays(p=p, y=y), expected["market_freeze_value_as_forecast"]
    report.same("market questions resolved", tally.n(), theirs["n"])
    report.same("Brier of the market", tally.brier(), theirs["brier"])
    report.same("base rate", tally.base_rate(), theirs["base_rate"])
    report.same("mean p", tally.calibration(1)[0].mean_p, theirs["mean_p"])
    # theirs is 1 - 0.043508 / (0.160714 * 0.839286), from figures already rounded
    report.same("skill against the base rate", tally.skill(), theirs["brier_skill_vs_base_rate"], 5e-6)
    report.same(
        "minus the log score", -mean_score(log_score, p=p, y=y), theirs["log_score_nats_mean_of_ln_p"]
    )
    data = [row["resolved_to"] for row in single if row["source"] not in markets]
    never = Tally.of_arrays(p=np.zeros(len(data)), y=data)
    report.same("data questions resolved", never.n(), expected["dataset_rows_resolved"])
    report.same("their base rate", never.base_rate(), expected["dataset_mean_resolved_to"])
    print(
        f'  "Always 0" scores {never.brier():.4f} and "Always 1" {1 - never.brier():.4f} on '
        "this round's "
        "data questions;"
    )
    print("  the published 0.389 and 0.611 are over all rounds and cannot be recomputed from one.")


def words(report: Report, folder: Path) -> None:
    expected = json.loads((folder / "expected.json").read_text())
    with (folder / "probly.csv").open(newline="") as file:
        answers = list(csv.DictReader(file))
    report.heading("Perceptions of probability, 2015")
    report.same("respondents", len(answers), expected["respondents"])
    for phrase in expected["median"]:
        said = [float(answer[phrase]) for answer in answers]
        report.same(f"{phrase}: median", statistics.median(said), expected["median"][phrase])
        report.same(f"{phrase}: mean", statistics.fmean(said), expected["mean"][phrase], 5e-4)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    report = Report()
    for name, check in (
        ("fivethirtyeight-nfl", nfl),
        ("forecastbench-2025-10-26", forecastbench),
        ("probability-words-2015", words),
    ):
        if (folder / name).is_dir():
            check(report, folder / name)
        else:
            report.wrong += 1
            print(f"{folder / name} is not there: nothing compared")
    print("all figures agree" if not report.wrong else f"{report.wrong} figures disagree")
    return int(report.wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
