"""Whatever a writing command is told, it leaves no error that was not there before, or it changes no byte."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner

from forecastlog.checks import check
from forecastlog.cli.main import main
from forecastlog.ledger import load

TODAY = date(2026, 6, 1)
TALKS = """\
article:
  id: talks
  title: On the talks
  authors: [ann-author]
  publisher: Example Review
  published: 2025-03-19
  logged: 2025-03-20
conditions:
  - id: talks-held
    text: The talks are held.
    by: 2025-12-31
  - id: talks-fail
    text: The talks fail.
    resolutions:
      - {outcome: unmet, known: 2025-09-01, recorded: 2025-09-02, by: kim,
        evidence: ["https://news.example/1"]}
  - id: talks-begin
    text: The talks begin.
    by: 2025-10-31
    resolutions:
      - {outcome: met, happened: 2025-08-30, known: 2025-09-01, recorded: 2025-09-02, by: kim,
        evidence: ["https://news.example/1"]}
predictions:
  - id: truce
    claim: A truce is signed.
    quote: a truce is likely by early summer
    logged: 2025-03-20
    deadline: {words: by early summer, earliest: 2025-03-19, strict: 2025-05-31, latest: 2025-06-30,
      basis: worded, rule: by, convention: fl-1}
    criteria: Yes if both sides sign a text.
    event: truce
    forecasts:
      - {words: "likely", probability: 0.75, low: 0.55, high: 0.8, scale: fl-1, basis: worded}
  - id: troops
    claim: Troops are sent.
    logged: 2025-03-20
    given: talks-held
    deadline: {earliest: 2025-03-19, strict: 2026-03-19, latest: 2026-03-19, basis: default,
      rule: twelve-months, convention: fl-1}
    criteria: Yes if a state outside sends at least 100 soldiers.
    restates: truce
    forecasts:
      - {words: "will", probability: 0.95, low: 0.85, high: 0.99, scale: fl-1, basis: asserted}
  - id: law
    claim: The law is passed.
    logged: 2025-03-20
    given: talks-begin
    deadline: {basis: worded, words: within six months of the talks, after: given, within: 6 months}
    criteria: Yes if parliament passes it.
    forecasts:
      - {words: "may", low: 0.25, high: 0.51, scale: fl-1, basis: possible}
"""
BY_HAND = """\
article: {title: By hand, published: 2025-04-01, publisher: Example Review}
conditions:
  - text: It rains.
    by: 2025-03-01
predictions:
  - claim: The river floods.
    deadline: {words: by the end of 2025}
    criteria: Yes if it does.
    forecasts: [{words: likely}]
    resolutions: [{outcome: yes, happened: 2025-11-01, known: 2026-05-01, recorded: 2026-05-02, by: kim}]
  - id: fields
    claim: The fields are dry.
    restates: nothing
    deadline: {latest: 2024-12-31}
    forecasts: [{words: perhaps, probability: 0.3}]
"""
PEOPLE = """\
forecasters:
  - {id: ann-author, name: Ann Author}
  - {id: our-desk, name: Our Desk, kind: desk}
  - {id: example-review, name: Example Review, kind: outlet}
"""
IDS = (
    "talks",
    "talks-held",
    "talks-fail",
    "talks-begin",
    "truce",
    "troops",
    "law",
    "fields",
    "nobody",
    "tal",
    "",
)
PREDICTIONS = (
    "truce",
    "troops",
    "law",
    "fields",
    "truce",
    "troops",
    "law",
    "it-snows",
    "talks-held",
    "nobody",
)
DAYS = (
    "2024-01-01",
    "2025-03-18",
    "2025-03-19",
    "2025-03",
    "2025",
    "2025-06-30",
    "2025-07-01",
    "2025-09-01",
    "2025-12-01",
    "2026-03-19",
    "2026-06-01",
    "2026-06-02",
    "2027-01-01",
    "0001-01-01",
    "9999-12-31",
    "yesterday",
    "next May",
    "soon",
    "",
    "2025-09-01T12:00:00Z",
    "2025-13-01",
)
WORDS = (
    "likely",
    "very unlikely",
    "will",
    "may",
    "might well",
    "60%",
    "by early summer",
    "within a year",
    "eventually",
    "by the end of 2024",
    "by the end of 2026",
    "some day",
    "- x: y",
    "{a: b",
    "#",
    "no",
    "a" * 200,
    "\u2028",
    "",
)
FIGURES = ("0.5", "55%", "0", "1", "1.5", "-1", "55", "x", "100%")
OUTCOMES = (
    "yes",
    "no",
    "0.5",
    "0",
    "1",
    "0.0",
    "ambiguous",
    "void",
    "uncheckable",
    "reopened",
    "met",
    "unmet",
    "partly",
    "unobservable",
    "perhaps",
)
REASONS = ("condition-unmet", "moot", "mislogged", "duplicate", "no-metric", "private-state", "why not")
LINKS = ("https://news.example/2", "http://a.example", "news", "")
PEOPLE_NAMES = ("kim", "eve", "Our Desk", "ann-author", "New One", "Example Review", "x: y", "")
FIELDS = (
    "deadline.earliest",
    "deadline.strict",
    "deadline.latest",
    "deadline.basis",
    "deadline.why",
    "deadline.words",
    "deadline.within",
    "deadline.after",
    "deadline.convention",
    "made",
    "closes",
    "opened",
    "review",
    "restates",
    "hedges",
    "reverses",
    "given",
    "speaker",
    "negated",
    "text",
    "main",
    "withdrawn.on",
    "quote",
    "claim",
    "criteria",
    "event",
    "status_quo",
    "attribution",
    "stance",
    "via",
    "logged",
    "id",
    "kind",
    "source",
    "external",
    "tags",
    "forecasts",
    "deadline",
    "note",
)
VALUES = (
    *IDS,
    *DAYS,
    *WORDS,
    *FIGURES,
    "analyst",
    "stated",
    "worded",
    "default",
    "6 months",
    "1 day",
    "given",
    "yes",
    "quoted",
)


def _options(random: Random, named: dict[str, tuple[str, ...]], share: float = 0.3) -> Iterator[str]:
    """Some of these options, each with one of its values."""
    for name, values in named.items():
        if random.random() < share:
            yield name
            if values:
                yield random.choice(values)


ABOUT_DEADLINE = {
    "--deadline": WORDS,
    "--latest": DAYS,
    "--why": ("because", ""),
    "--within": ("6 months", "1 day", "x"),
    "--review": DAYS,
}


def _add(random: Random) -> list[str]:
    named = {
        "--words": WORDS,
        "--probability": FIGURES,
        **ABOUT_DEADLINE,
        "--given": IDS,
        "--made": DAYS,
        "--restates": IDS,
        "--hedges": IDS,
        "--reverses": IDS,
        "--by": PEOPLE_NAMES,
        "--event": ("truce", "rain"),
        "--negated": (),
        "--main": (),
        "--id": (*IDS, "new-one", "No"),
        "--status-quo": ("yes", "no", "x"),
        "--attribution": ("author", "quoted", "x"),
        "--own": FIGURES,
        "--market": FIGURES,
        "--market-name": PEOPLE_NAMES,
        "--market-url": LINKS,
    }
    needed = [
        "--claim",
        "It snows.",
        "--quote",
        "it may snow",
        "--criteria",
        "Yes if it snows.",
        "--words",
        "likely",
    ]
    start = [random.choice(IDS[:2])] if random.random() < 0.9 else []
    return ["add", *start, *needed, *_options(random, named, 0.08)]


def _add_article(random: Random) -> list[str]:
    named = {
        "--title": ("The rain", ""),
        "--published": DAYS,
        "--author": PEOPLE_NAMES,
        "--publisher": PEOPLE_NAMES,
        "--url": LINKS,
        "--retrieved": DAYS,
        "--text": ("original", "x"),
        "--coverage": ("every claim", "x"),
    }
    return [
        "add",
        *random.choices([[], [random.choice((*IDS, "rain"))]])[0],
        "--article",
        *_options(random, named, 0.7),
    ]


def _add_condition(random: Random) -> list[str]:
    named = {"--condition-by": DAYS, "--id": (*IDS, "new-one"), "--event": ("truce",)}
    return ["add", "talks", "--condition", random.choice(("It snows.", "")), *_options(random, named)]


def _forecast(random: Random) -> list[str]:
    named = {
        "--words": WORDS,
        "--speaker": PEOPLE_NAMES,
        "--made": DAYS,
        "--article": IDS,
        "--url": LINKS,
        "--quote": WORDS,
        "--note": WORDS,
        "--kind": ("desk", "market", "model", "person"),
    }
    likely = [random.choice(FIGURES[:3]), "--speaker", "Our Desk"] if random.random() < 0.6 else []
    return ["forecast", random.choice(PREDICTIONS), *likely, *_options(random, named, 0.15)]


def _resolve(random: Random) -> list[str]:
    named = {
        "--known": DAYS,
        "--happened": DAYS,
        "--reason": REASONS,
        "--note": WORDS,
        "--evidence": LINKS,
        "--searched": WORDS,
        "--settles": (),
        "--blind": (),
        "--revise": (),
    }
    ids = random.sample(IDS[1:8], random.choice((1, 1, 1, 2)))
    outcome = random.choice(OUTCOMES)
    likely = (
        ["--evidence", LINKS[0], "--revise", "--known", random.choice(DAYS[7:11])]
        if random.random() < 0.7
        else []
    )
    return [
        "resolve",
        *ids,
        outcome,
        "--by",
        random.choice(PEOPLE_NAMES),
        *likely,
        *_options(random, named, 0.2),
    ]


def _amend(random: Random) -> list[str]:
    changes = [
        f"--set={random.choice(FIELDS)}={random.choice(VALUES)}" for _ in range(random.choice((1, 1, 2)))
    ]
    why = random.choice(("typo", "reading", "criteria", "typo"))
    if random.random() < 0.3:  # one that is lawful more often than not
        changes, why = [f"--set=settled_by={random.choice(WORDS)}"], "criteria"
    return ["amend", random.choice(PREDICTIONS), *changes, "--why", why, "--by", random.choice(PEOPLE_NAMES)]


def _fill(_: Random) -> list[str]:
    return ["fill"]


COMMANDS: tuple[Callable[[Random], list[str]], ...] = (
    _add,
    _add,
    _add_article,
    _add_condition,
    _forecast,
    _resolve,
    _resolve,
    _resolve,
    _amend,
    _amend,
    _fill,
    _fill,
)


def ledger(root: Path, random: Random) -> None:
    """A small ledger, sound or as hands may have left it."""
    root.mkdir()
    talks = TALKS
    for _ in range(random.choice((0, 0, 1, 3))):
        lines = talks.split("\n")
        del lines[random.randrange(len(lines) - 1)]
        talks = "\n".join(lines)
    (root / "talks.yaml").write_text(talks, encoding="utf-8")
    if random.random() < 0.8:
        (root / "people.yaml").write_text(PEOPLE, encoding="utf-8")
    if random.random() < 0.5:
        (root / "by-hand.yaml").write_text(BY_HAND, encoding="utf-8")
    if random.random() < 0.2:
        (root / "forecastlog.toml").write_text('format = 1\nscale = "fl-1"\n', encoding="utf-8")


def errors(root: Path) -> Counter[tuple[str, str]]:
    """What is wrong with a ledger, wherever it stands."""
    problems = check(load(root), today=TODAY)
    return Counter((one.code, one.message) for one in problems if one.severity == "error")


def texts(root: Path) -> dict[str, bytes]:
    """Every file of a ledger but the lock."""
    return {path.name: path.read_bytes() for path in root.iterdir() if path.name != ".lock"}


def unnamed(root: Path) -> bool:
    """Whether a record has no id, so that the rules do not see it yet."""
    return any(code == "P100" and "lacks 'id'" in message for code, message in errors(root))


@contextmanager
def inside(folder: Path) -> Iterator[None]:
    """With this as the current folder."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def run_hard(folder: Path, seed: int, commands: int) -> Counter[str]:
    """Give a ledger so many commands; returns how often each wrote."""
    random = Random(seed)  # noqa: S311  # no secret
    root = folder / "predictions"
    ledger(root, random)
    wrote: Counter[str] = Counter()
    with inside(folder):
        found, held = errors(root), texts(root)
        for _ in range(commands):
            args = [*random.choice(COMMANDS)(random), "--ledger", "predictions", "--today", str(TODAY)]
            hidden = args[0] == "fill" and unnamed(root)
            result = CliRunner().invoke(main, args)
            assert result.exception is None or isinstance(result.exception, SystemExit), (
                seed,
                args,
                result.exc_info,
            )
            now, there = errors(root), texts(root)
            if there == held:
                continue
            assert result.exit_code == 0 or "add" in args, (seed, args, result.output)
            assert hidden or not now - found, (seed, args, now - found)
            wrote[args[0]] += 1
            found, held = now, there
    return wrote


def test_no_command_breaks_a_ledger(tmp_path: Path) -> None:
    wrote: Counter[str] = Counter()
    for seed in range(16):
        folder = tmp_path / str(seed)
        folder.mkdir()
        wrote += run_hard(folder, seed, 25)
    assert set(wrote) == {"add", "amend", "fill", "forecast", "resolve"}


@pytest.mark.slow
def test_thousands_of_commands_break_no_ledger(tmp_path: Path) -> None:
    for seed in range(1000, 1200):
        folder = tmp_path / str(seed)
        folder.mkdir()
        run_hard(folder, seed, 40)
