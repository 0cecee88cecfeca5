"""YAML -> records: every key, the defaults, the places."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from forecastlog.keys import AnyReader, Many, Shorthand, Table
from forecastlog.kinds import chance
from forecastlog.ledger import Loaded, load
from forecastlog.ledger.composing import fast_parser, python_parser
from forecastlog.ledger.names import Names, slug
from forecastlog.ledger.nodes import Parser
from forecastlog.ledger.people import ArticleFile, read_article
from forecastlog.ledger.source import Source
from forecastlog.ledger.tables import FILE
from forecastlog.model.moments import Duration
from forecastlog.model.outcomes import Archived, Evidence
from forecastlog.model.records import Forecaster, Prediction

FULL = Path(__file__).with_name("full.yaml")
PEOPLE = (
    Forecaster(id="ann", name="Ann Lee"),
    Forecaster(id="bob", name="Bob Day", also=("B. Day",)),
    Forecaster(id="the-two", name="Ann and Bob", kind="joint", members=("ann", "bob")),
)

HEAD = """\
article: {id: a, title: T, published: 2025-03-19, authors: [ann]}
predictions:
"""
PREDICTION = """\
  - id: p
    claim: It rains.
    deadline: {latest: 2026-03-19}
    criteria: Yes if it does.
"""


def read(text: str, parser: Callable[[str], Parser] = fast_parser) -> ArticleFile:
    return read_article(Source(text, Path("a.yaml")), Names(PEOPLE), parser=parser)


def prediction(more: str = "", head: str = HEAD) -> Prediction:
    file = read(head + PREDICTION + more)
    assert not file.problems, file.problems[0]
    assert file.article is not None
    return file.article.predictions[0]


def codes(text: str) -> list[str]:
    return [problem.code for problem in read(text).problems]


def _keys(kind: AnyReader) -> Iterator[tuple[str, str]]:
    match kind:
        case Table():
            for key in kind.keys:
                yield kind.name, key.name
                yield from _keys(key.reader)
        case Many():
            yield from _keys(kind.of)
        case Shorthand():
            yield from _keys(kind.table)


def test_the_full_file_has_every_key_and_no_fault() -> None:
    text = FULL.read_text()
    assert not read(text).problems
    written = {line.split(":")[0].strip(" -{") for line in text.splitlines()}
    written |= {word.rstrip(":") for word in text.replace("{", " ").split() if word.endswith(":")}
    missing = [key for key in dict.fromkeys(_keys(FILE)) if key[1] not in written]
    # Evidence stands in conditions as links alone, and in resolutions with every key.
    assert not missing


def test_values_mean_what_they_look_like() -> None:
    article = read(FULL.read_text()).article
    assert article is not None
    first = article.predictions[0]
    assert first.status_quo == "no"
    assert first.tags == ("rain", "no", "1_000", "12:30")
    assert first.criteria == "Yes if the gauge shows 1_000 drops by 12:30."
    assert first.claim == "It rains in the valley."
    assert first.negated is True
    assert first.main is True
    assert first.speaker == "bob"
    assert first.deadline.within == Duration(6, "month")
    assert first.deadline.earliest is None
    assert first.made.text == "2025-03"
    assert first.made.day == date(2025, 3, 31)
    assert first.logged is not None
    assert first.logged.time == datetime(2025, 5, 1, 12, 30, tzinfo=UTC)
    assert article.retrieved is not None
    assert article.retrieved.time == datetime(2025, 5, 1, 6, 0, tzinfo=UTC)
    may, stated = first.forecasts
    assert (chance(may).probability, chance(may).low, chance(may).high, may.by) == (None, 0.25, 0.51, "ann")
    assert (chance(stated).probability, stated.by, stated.made) == (0.7, "bob", first.made)
    assert first.resolutions[0].blind is False
    source = first.resolutions[0].evidence[0]
    assert (source.publisher, source.agency, source.kind) == ("The Gauge", "Rain Press", "copy")
    assert source.archived == Archived(
        sha256="2123456789abcdef" + "0123456789abcdef" * 3, on=date(2026, 1, 2)
    )
    assert article.archived is not None
    assert article.archived.on == date(2025, 5, 3)
    assert first.resolutions[0].evidence[1] == Evidence(
        searched="the archive of the office", on=date(2026, 1, 2), superseded=date(2026, 1, 3)
    )
    assert article.conditions[0].resolutions[0].evidence == (Evidence(url="https://gauge.example/?day=1"),)
    assert article.origin_publisher == "The Weekly"
    assert article.retracted is not None
    assert article.retracted.on == date(2025, 6, 1)


def test_defaults_are_filled_from_what_is_written() -> None:
    filled = prediction("    forecasts:\n      - {probability: 0.2}\n")
    assert filled.made.text == "2025-03-19"
    assert filled.speaker == "ann"
    assert filled.article == "a"
    assert filled.text == "original"
    assert filled.deadline.earliest == date(2025, 3, 19)
    assert filled.deadline.strict == filled.deadline.latest == date(2026, 3, 19)
    assert filled.deadline.basis == "default"
    forecast = filled.forecasts[0]
    assert (forecast.prediction, forecast.by, forecast.made, forecast.basis) == (
        "p",
        "ann",
        filled.made,
        "stated",
    )


@pytest.mark.parametrize(
    ("authors", "speaker"),
    [
        ("authors: [ann]", "ann"),
        ("authors: [Ann Lee]", "ann"),
        ("authors: [ANN  lee]", "ann"),
        ("authors: [B. Day]", "bob"),
        ("authors: [ann, bob]", "the-two"),
        ("authors: [Bob Day, Ann Lee]", "the-two"),
        ("authors: [ann, Cy Fox]", "ann-and-cy-fox"),
        ("publisher: The Daily", "the-daily"),
        ("publisher: B. Day", "bob"),
        ("note: nobody", "unsigned"),
    ],
)
def test_whose_voice_it_is(authors: str, speaker: str) -> None:
    head = HEAD.replace("authors: [ann]", authors)
    assert prediction(head=head).speaker == speaker


def test_a_forecast_without_by_is_the_speakers() -> None:
    more = "    speaker: Bob Day\n    made: 2025-02\n    forecasts:\n      - {words: likely}\n"
    found = prediction(more)
    assert found.forecasts[0].by == "bob"
    assert found.forecasts[0].made == found.made
    assert found.forecasts[0].basis == "worded"


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Andrew C. Kuchins", "andrew-c-kuchins"), ("Łukasz Żak", "lukasz-zak"), ("O'Neil & Co", "oneil-co")],
)
def test_a_name_as_an_id(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_names_without_latin_letters_stay_apart() -> None:
    assert slug("王伟") != slug("李娜")
    assert len(slug("x" * 300)) == 80


@pytest.mark.parametrize(
    ("written", "value"),
    [("70%", 0.7), ("0.70", 0.7), (".7", 0.7), ("1", 1.0), ("0", 0.0), ("12.5 %", 0.125), ("100%", 1.0)],
)
def test_probabilities(written: str, value: float) -> None:
    more = f"    forecasts:\n      - {{probability: {written}}}\n"
    assert chance(prediction(more).forecasts[0]).probability == value


@pytest.mark.parametrize("written", ["nan", "inf", "1e-1", "0x1", "1_0", "\u0660.\u0667", "7/10", "--1", "."])
def test_what_python_takes_for_a_number_is_not_one(written: str) -> None:
    text = HEAD + PREDICTION + f"    forecasts:\n      - {{probability: {written}}}\n"
    assert codes(text) == ["P103"]


def test_all_faults_of_a_file_are_told_in_one_run() -> None:
    text = (
        HEAD
        + """\
  - id: Not An Id
    claim: It rains.
    quotes: it will rain
    negated: maybe
    deadline: {latest: someday}
    forecasts:
      - {probability: 70}
      - {words: likely, note: one, two}
    resolutions:
      - {outcome: maybe, known: 2025-13-01}
"""
    )
    assert sorted(codes(text)) == sorted(
        ["P101", "P010", "P115", "P102", "P104", "P011", "P107", "P102", "P100", "P100", "P100"]
    )


def test_a_kind_that_nobody_knows_is_one_fault() -> None:
    text = (
        HEAD
        + """\
  - id: p
    kind: quantile
    unit: mm
    deadline: whenever
    forecasts:
      - {quantiles: {0.5: 12}, nonsense: 1}
    resolutions:
      - {outcome: 12 mm}
"""
    )
    file = read(text)
    assert [problem.code for problem in file.problems] == ["P112"]
    assert file.article is not None
    assert file.article.predictions[0].kind == "quantile"
    assert file.article.predictions[0].forecasts == ()


def test_an_entry_with_a_fault_keeps_its_position_and_counts_on_no_day() -> None:
    text = (
        HEAD
        + PREDICTION
        + """\
    resolutions:
      - {outcome: yes}
      - {outcome: no, known: 2026-03-20, recorded: 2026-03-20, by: Eve}
"""
    )
    file = read(text)
    assert file.article is not None
    broken, whole = file.article.predictions[0].resolutions
    assert broken.recorded.day == date.max
    assert whole.recorded.day == date(2026, 3, 20)


# Places


def places(text: str, *path: str | int, tmp: Path) -> tuple[int, int, int]:
    tmp.joinpath("a.yaml").write_bytes(text.encode())
    span = load(tmp).span("p", *path)
    assert span is not None
    return span.line, span.column, span.length


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_places_are_counted_in_characters(tmp_path: Path, newline: str) -> None:
    more = '    forecasts:\n      - {words: "😀 日本語 é\u0301", probability: 0.5}\n'
    text = (HEAD + PREDICTION + more).replace("\n", newline)
    assert places(text, "forecasts", 0, "probability", tmp=tmp_path) == (8, 42, 3)
    assert places(text, "forecasts", 0, "words", tmp=tmp_path) == (8, 17, 10)
    assert places("\ufeff" + text, "id", tmp=tmp_path) == (3, 9, 1)


def test_a_tab_in_quotes_is_one_character(tmp_path: Path) -> None:
    text = HEAD + PREDICTION + '    forecasts:\n      - {words: "a\tb", probability: 0.5}\n'
    assert places(text, "forecasts", 0, "probability", tmp=tmp_path) == (8, 37, 3)


def test_a_place_falls_back_to_what_is_written_around_it(tmp_path: Path) -> None:
    text = HEAD + PREDICTION
    assert places(text, tmp=tmp_path) == (3, 9, 1)
    assert places(text, "forecasts", 0, "probability", tmp=tmp_path) == (3, 9, 1)
    assert places(text, "deadline", "strict", tmp=tmp_path) == (5, 15, 20)
    assert places(text, "deadline", "latest", tmp=tmp_path) == (5, 24, 10)
    assert load(tmp_path).span("nobody") is None


def test_the_value_as_typed(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(
        HEAD + PREDICTION + '    forecasts:\n      - {words: "50%", probability: 50%}\n'
    )
    loaded: Loaded = load(tmp_path)
    assert loaded.said("p", "forecasts", 0, "probability") == "50%"
    assert loaded.said("p", "forecasts", 0, "words") == "50%"
    assert loaded.said("p", "forecasts", 1, "words") is None
    assert loaded.said("p", "note") is None
    assert loaded.said("nobody", "note") is None


# Both parsers


def _files() -> list[Path]:
    root = Path(__file__).parents[2]
    return [FULL, *sorted(root.glob("predictions/*.yaml")), *sorted(root.glob("tests/mistakes/*.yaml"))]


@pytest.mark.parametrize("path", _files(), ids=lambda path: path.name)
def test_both_parsers_read_the_same(path: Path) -> None:
    text = path.read_bytes().decode(errors="replace")
    fast, slow = read(text, fast_parser), read(text, python_parser)
    if {"P001", "P014"} & {problem.code for problem in fast.problems}:
        assert slow.problems[0].code == fast.problems[0].code
    else:
        assert fast.article == slow.article
        assert fast.problems == slow.problems


@pytest.mark.parametrize(
    "text",
    [
        "a: [https://x.example/?p=1]",
        "a: {b: what?, c: 1}",
        "a:\tb",
        "a: b\t# c",
        "a: [\tb]",
        "a: b\tc",
        "- [a,\n\tb]",
    ],
)
def test_what_one_parser_refuses_both_refuse(text: str) -> None:
    for parser in (fast_parser, python_parser):
        assert {"P001", "P014"} & {problem.code for problem in read(text, parser).problems}


@pytest.mark.parametrize("text", ['note: "a\tb" # c\td', "note: |\n  a\tb", "note: 'http://x.example/?p=1'"])
def test_what_stands_in_quotes_both_take(text: str) -> None:
    for parser in (fast_parser, python_parser):
        problems = read(f"article: {{id: a, title: T, published: 2025}}\n{text}", parser).problems
        assert [problem.code for problem in problems] == ["P010"]


@pytest.mark.parametrize("name", ["NOAA", "François Müller", "李雷", "Martin van der Berg", "A. C. O'Neill"])
def test_who_is_not_listed_is_called_as_typed(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.yaml").write_text(HEAD.replace("[ann]", f'["{name}"]') + PREDICTION)
    ledger = load(tmp_path).ledger
    (prediction,) = ledger.predictions
    assert ledger.forecaster(prediction.speaker).name == name


def test_authors_together_are_named_in_full_and_stay_apart() -> None:
    names = Names(PEOPLE)
    long = [names.resolve(f"Maximiliane von Hohenstein-Waldburg {number}") for number in "123"]
    first, second = names.joint([*long, "ann"]), names.joint([*long, "bob"])
    assert first != second
    assert max(len(first), len(second)) <= 80
    together = names.unlisted[first]
    assert together.name.endswith("Hohenstein-Waldburg 3 and Ann Lee")
    assert (together.kind, together.members) == ("joint", (*long, "ann"))
    assert names.joint(["bob", "ann"]) == "the-two"


def test_a_forecast_has_the_predictions_voice_unless_it_says_otherwise() -> None:
    """A promise and its denial are two forecasts of one question; somebody else's entry speaks for itself."""
    voice = (
        "    speaker: bob\n    attribution: ascribed\n    via: ann\n    stance: disputes\n"
        "    text: paraphrased\n"
    )
    entries = """\
    forecasts:
      - {words: will, probability: 0.95, basis: asserted}
      - {words: will not, probability: 0.05, basis: asserted, attribution: quoted, negated: true,
        text: original}
      - {by: ann, probability: 0.4}
"""
    article = read(HEAD + PREDICTION + voice + entries).article
    assert article
    promise, denial, other = article.predictions[0].forecasts
    assert (promise.attribution, promise.via, promise.stance, promise.negated, promise.text) == (
        "ascribed",
        "ann",
        "disputes",
        False,
        "paraphrased",
    )
    assert (denial.attribution, denial.via, denial.negated, denial.text) == (
        "quoted",
        "ann",
        True,
        "original",
    )
    assert (other.attribution, other.via, other.stance, other.text) == ("author", None, None, "original")
