"""A build from the parts of an earlier one gives the bytes of a build of everything, after any edit."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from forecastlog.database import build, records, tablefile
from forecastlog.database import parts as parts_of_build
from forecastlog.database.changes import Changes
from forecastlog.database.parts import Made, slots_of
from forecastlog.database.remembered import digest_of_database
from forecastlog.database.schema import TABLES
from forecastlog.errors import BadLedger
from forecastlog.ledger.indexed import open_indexed

TODAY = date(2026, 11, 23)


def _prediction(name: str, speaker: str | None = None, **more: Any) -> dict[str, Any]:
    made = {
        "id": name,
        "claim": f"The claim {name} comes true.",
        "logged": "2025-03-20",
        "deadline": {
            "earliest": "2025-03-19",
            "strict": "2026-03-19",
            "latest": "2026-03-19",
            "basis": "default",
        },
        "criteria": "Yes if it is told.",
        "settled_by": "a readout",
        "event": f"event-{name[:1]}",
        "tags": ["war", name[:1]],
        "forecasts": [
            {"probability": "0.3"},
            {"probability": "0.4", "made": "2025-05-01", "logged": "2025-05-01"},
        ],
    }
    return made | ({"speaker": speaker} if speaker else {}) | more


def _resolution(outcome: str, by: str = "eve", **more: Any) -> dict[str, Any]:
    evidence = [{"url": f"https://x.example/{outcome}", "title": outcome}]
    return {
        "outcome": outcome,
        "known": "2026-03-20",
        "recorded": "2026-03-21",
        "by": by,
        "evidence": evidence,
        **more,
    }


def _article(name: str, author: str, predictions: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    head = {"id": name, "title": f"Essay {name}", "authors": [author], "publisher": "The Paper"}
    head |= {"published": "2025-03-19", "logged": "2025-03-20"}
    return {"article": head, **more, "predictions": predictions}


@dataclass
class Desk:
    """A small ledger as it stands, and the day."""

    root: Path
    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    lines: list[dict[str, Any]] = field(default_factory=list)
    settings: dict[str, str] = field(default_factory=dict)
    today: date = TODAY
    number: int = 0

    def fresh(self) -> str:
        self.number += 1
        return f"n{self.number}"

    def write(self) -> None:
        (self.root / "imports").mkdir(exist_ok=True)
        for path in self.root.glob("*.yaml"):
            if path.stem not in self.files:
                path.unlink()
        texts = {f"{name}.yaml": yaml.safe_dump(said, sort_keys=False) for name, said in self.files.items()}
        texts["imports/market.jsonl"] = "".join(json.dumps(line) + "\n" for line in self.lines)
        texts["forecastlog.toml"] = "format = 1\n" + "".join(
            f'{k} = "{v}"\n' for k, v in self.settings.items()
        )
        for name, text in texts.items():
            path = self.root / name
            if not path.exists() or path.read_text() != text:
                path.write_text(text)

    def articles(self) -> list[dict[str, Any]]:
        return [said for said in self.files.values() if "article" in said]

    def predictions(self) -> list[dict[str, Any]]:
        return [one for said in self.articles() for one in said["predictions"]]


def _lines(name: str, probability: float) -> list[dict[str, Any]]:
    time = "2025-04-01T12:00:00Z"
    window = {"earliest": "2025-04-01", "strict": "2026-04-01", "latest": "2026-04-01"}
    return [
        {"type": "prediction", "id": name, "recorded": time, "source": "market", "speaker": "market",
         "claim": f"It comes to {name}.", "made": "2025-04-01", **window},
        {"type": "forecast", "id": f"{name}-f", "recorded": time, "prediction": name, "by": "market",
         "made": "2025-04-01", "probability": probability},
    ]  # fmt: skip


def _desk(root: Path) -> Desk:
    desk = Desk(root)
    desk.files["people"] = {
        "forecasters": [{"id": "ann", "name": "Ann Example"}, {"id": "eve", "name": "Eve"}]
    }
    condition = {"id": "deal", "text": "A deal is signed.", "by": "2026-03-19"}
    desk.files["a"] = _article(
        "a", "ann", [_prediction("a1"), _prediction("a2", given="deal")], conditions=[condition]
    )
    desk.files["b"] = _article(
        "b", "Bob Other", [_prediction("b1", restates="a1"), _prediction("b2", given="deal")]
    )
    desk.files["c"] = _article("c", "ann", [_prediction("c1", "Carl"), _prediction("c2", restates="b1")])
    desk.lines = [*_lines("m1", 0.25), *_lines("m2", 0.5)]
    return desk


def _chance(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311  # nobody is to be kept from guessing it


def _some(desk: Desk, chance: random.Random) -> dict[str, Any]:
    return chance.choice(desk.predictions())


def _resolve(desk: Desk, chance: random.Random) -> None:
    said = _resolution(chance.choice(("yes", "no", "void")), chance.choice(("eve", "Zoe New")))
    said |= {"reason": "mislogged"} if said["outcome"] == "void" else {}
    _some(desk, chance).setdefault("resolutions", []).append(said)


def _forecast(desk: Desk, chance: random.Random) -> None:
    by = chance.choice(("ann", "Dora Late"))
    said = {
        "probability": f"0.{chance.randrange(1, 9)}",
        "made": "2025-06-01",
        "logged": "2025-06-01",
        "by": by,
    }
    one = _some(desk, chance)
    one["forecasts"] = [*one["forecasts"], said]


def _in_another_article(desk: Desk, chance: random.Random) -> None:
    there = chance.choice(desk.articles())["article"]["id"]
    said = {"probability": "0.6", "made": "2025-07-01", "logged": "2025-07-01", "article": there}
    one = _some(desk, chance)
    one["forecasts"] = [*one["forecasts"], said]


def _amend(desk: Desk, chance: random.Random) -> None:
    _some(desk, chance)["claim"] = f"Another claim {desk.fresh()} comes true."


def _tag(desk: Desk, chance: random.Random) -> None:
    _some(desk, chance)["tags"] = [desk.fresh(), "war"]


def _retitle(desk: Desk, chance: random.Random) -> None:
    chance.choice(desk.articles())["article"]["title"] = f"A title {desk.fresh()}"


def _retract(desk: Desk, chance: random.Random) -> None:
    chance.choice(desk.articles())["article"]["retracted"] = {"on": "2026-01-02", "by": "The Paper"}


def _add_article(desk: Desk, chance: random.Random) -> None:
    name = desk.fresh()
    more = {"restates": _some(desk, chance)["id"]} | ({"given": "deal"} if "a" in desk.files else {})
    desk.files[name] = _article(name, "ann", [_prediction(f"{name}-p", **more)])


def _rename_file(desk: Desk, chance: random.Random) -> None:
    name = chance.choice([key for key, said in desk.files.items() if "article" in said])
    desk.files[f"z-{desk.fresh()}" if name != "a" else "a"] = desk.files.pop(name)


def _delete_article(desk: Desk, chance: random.Random) -> None:
    named = {one.get(key) for one in desk.predictions() for key in ("restates", "replaces")}
    cited = {each.get("article") for one in desk.predictions() for each in one["forecasts"]}
    for key, said in list(desk.files.items()):
        ids = {one["id"] for one in said.get("predictions", [])}
        if key != "a" and ids and ids.isdisjoint(named) and said["article"]["id"] not in cited:
            del desk.files[key]
            return


def _move(desk: Desk, chance: random.Random) -> None:
    one, other = (chance.choice(desk.articles()) for _ in range(2))
    if one is not other and len(one["predictions"]) > 1:
        other["predictions"] = [*other["predictions"], one["predictions"].pop()]


def _rename_person(desk: Desk, chance: random.Random) -> None:
    chance.choice(desk.files["people"]["forecasters"])["name"] = f"Name {desk.fresh()}"


def _list_person(desk: Desk, chance: random.Random) -> None:
    name = chance.choice(("Bob Other", "Carl", "Dora Late"))
    listed = desk.files["people"]["forecasters"]
    if all(name not in one.get("also", ()) for one in listed):
        listed.append({"id": desk.fresh(), "name": f"{name} II", "also": [name]})


def _set(desk: Desk, chance: random.Random) -> None:
    desk.settings["title"] = f"A log {desk.fresh()}"
    desk.settings["timezone"] = chance.choice(("Pacific/Auckland", "America/Adak"))


def _condition(desk: Desk, chance: random.Random) -> None:
    said = {"known": "2026-03-20", "recorded": "2026-03-21", "by": "eve", "evidence": ["https://x.example/d"]}
    outcome = {"outcome": chance.choice(("met", "unmet"))}
    desk.files["a"]["conditions"] = [{**desk.files["a"]["conditions"][0], "resolutions": [outcome | said]}]


def _hide(desk: Desk, chance: random.Random) -> None:
    _some(desk, chance)["withheld_until"] = chance.choice(("2026-12-01", "2026-11-01"))


def _hide_all_of_an_article(desk: Desk, chance: random.Random) -> None:
    for one in chance.choice(desk.articles())["predictions"]:
        one["draft"] = "yes"


def _show(desk: Desk, _: random.Random) -> None:
    for one in desk.predictions():
        one.pop("draft", None)
        one.pop("withheld_until", None)


def _replace(desk: Desk, chance: random.Random) -> None:
    old = next((one for one in desk.predictions() if one.get("resolutions")), None)
    if old is None or any(one.get("replaces") == old["id"] for one in desk.predictions()):
        return
    old["resolutions"] = [_resolution("void", reason="mislogged")]
    chance.choice(desk.articles())["predictions"].append(_prediction(desk.fresh(), replaces=old["id"]))


def _event(desk: Desk, _: random.Random) -> None:
    desk.files["events"] = {"events": [{"id": "event-a", "question": f"Does {desk.fresh()} end?"}]}


def _import(desk: Desk, _: random.Random) -> None:
    desk.lines += _lines(desk.fresh(), 0.75)


def _alter_a_line(desk: Desk, chance: random.Random) -> None:
    next(line for line in desk.lines if line["type"] == "forecast")["probability"] = chance.choice((0.1, 0.9))


def _next_day(desk: Desk, chance: random.Random) -> None:
    desk.today += timedelta(chance.choice((1, 30)))


EDITS: tuple[Callable[[Desk, random.Random], None], ...] = (
    _resolve,
    _forecast,
    _in_another_article,
    _amend,
    _tag,
    _retitle,
    _retract,
    _add_article,
    _rename_file,
    _move,
    _rename_person,
    _list_person,
    _set,
    _condition,
    _hide,
    _hide_all_of_an_article,
    _replace,
    _show,
    _event,
    _import,
    _alter_a_line,
    _delete_article,
    _next_day,
)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    root = tmp_path / "predictions"
    root.mkdir()
    made = _desk(root)
    made.write()
    return made


def _built(desk: Desk, path: Path, cache: Path, *, in_place: bool = False) -> bytes:
    """The database that a build from what this cache holds leaves."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(cache))
        build(open_indexed(desk.root), path, today=desk.today, in_place=in_place)
    return path.read_bytes()


def _anew(desk: Desk, tmp_path: Path) -> bytes:
    """The database that a build leaves that knows of none before it."""
    shutil.rmtree(tmp_path / "cold", ignore_errors=True)
    path = tmp_path / "cold.db"
    path.unlink(missing_ok=True)
    return _built(desk, path, tmp_path / "cold")


def _edited(
    desk: Desk, tmp_path: Path, edits: Iterator[Callable[[Desk, random.Random], None]], seed: int
) -> None:
    chance = _chance(seed)
    _built(desk, tmp_path / "x.db", tmp_path / "warm")
    for edit in edits:
        before = deepcopy((desk.files, desk.lines, desk.settings))
        edit(desk, chance)
        desk.write()
        try:
            cold = _anew(desk, tmp_path)
        except BadLedger:  # one edit did not suit another
            with pytest.raises(BadLedger):
                _built(desk, tmp_path / "x.db", tmp_path / "warm")
            desk.files, desk.lines, desk.settings = before
            desk.write()
            continue
        assert _built(desk, tmp_path / "x.db", tmp_path / "warm") == cold, edit.__name__


def test_each_edit_after_the_others_gives_the_bytes_of_a_new_build(desk: Desk, tmp_path: Path) -> None:
    _edited(desk, tmp_path, iter(EDITS), 1)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_edits_in_any_order_give_the_bytes_of_a_new_build(desk: Desk, tmp_path: Path, seed: int) -> None:
    chance = _chance(seed)
    _edited(desk, tmp_path, (chance.choice(EDITS) for _ in range(60)), seed)


def test_parts_whose_slots_meet_give_the_same_bytes(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one that is later in the order of names takes the next, and moves when another comes between."""
    monkeypatch.setattr(parts_of_build, "SLOTS", 8)
    assert sorted(slots_of("abcdefgh").values()) == list(range(8))
    assert slots_of("abd") != {name: slot for name, slot in slots_of("abcdefgh").items() if name in "abd"}
    monkeypatch.setattr(parts_of_build, "SLOTS", 500)  # groups have parts too, and most of them meet
    _edited(desk, tmp_path, iter(EDITS[::-2]), 2)


def test_one_edit_makes_one_article_again(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    article = records._Making.article

    def told(self: Any, sheet: Any) -> Made:
        made.append(sheet.id)
        return article(self, sheet)

    monkeypatch.setattr(records._Making, "article", told)
    _built(desk, tmp_path / "x.db", tmp_path / "warm")
    assert sorted(made) == ["a", "b", "c"]
    for edit, again in (
        (lambda: None, []),
        (lambda: desk.files["c"]["predictions"][0].update(claim="Another."), ["c"]),
        (lambda: desk.files["a"]["predictions"][0].update(claim="Another."), ["a", "b"]),  # which names it
        (lambda: desk.files["people"]["forecasters"][1].update(name="Eve E."), []),  # who has said nothing
        (lambda: desk.files["people"]["forecasters"][0].update(name="Ann E."), ["a", "c"]),
    ):
        made.clear()
        edit()
        desk.write()
        _built(desk, tmp_path / "x.db", tmp_path / "warm")
        assert sorted(made) == again


def test_facts_go_when_the_names_of_a_file_mean_somebody_else(desk: Desk, tmp_path: Path) -> None:
    """The file is the same, and a command that asks for no facts reads it first."""
    _built(desk, tmp_path / "x.db", tmp_path / "warm")
    desk.files["people"]["forecasters"][0].update(id="anna", also=["ann"])
    desk.write()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path / "warm"))
        open_indexed(desk.root)
    assert _built(desk, tmp_path / "x.db", tmp_path / "warm") == _anew(desk, tmp_path)


def _written_to(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("update predictions set claim = 'Something else.'")


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-4096])


def _one_bit(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[-1000] ^= 1
    path.write_bytes(data)


def _in_use(path: Path) -> None:
    path.with_name(f"{path.name}-journal").write_bytes(b"half a journal")


HARM: dict[str, Callable[[Path], object]] = {
    "written to": _written_to,
    "cut": _cut,
    "one bit": _one_bit,
    "gone": Path.unlink,
    "a journal": _in_use,
}


@pytest.mark.parametrize("harm", HARM)
def test_a_target_that_is_not_as_it_was_left_is_made_anew(desk: Desk, tmp_path: Path, harm: str) -> None:
    path = tmp_path / "x.db"
    _built(desk, path, tmp_path / "warm")
    HARM[harm](path)
    assert _built(desk, path, tmp_path / "warm") == _anew(desk, tmp_path)
    _resolve(desk, _chance(3))
    desk.write()
    assert _built(desk, path, tmp_path / "warm") == _anew(desk, tmp_path)


@pytest.mark.parametrize("which", ["name = 'built'", "name like 'built %'"])
def test_what_the_index_remembers_is_not_believed_when_it_is_torn(
    desk: Desk, tmp_path: Path, which: str
) -> None:
    path = tmp_path / "x.db"
    _built(desk, path, tmp_path / "warm")
    (kept,) = (tmp_path / "warm").rglob("index-*.db")
    with closing(sqlite3.connect(kept)) as connection, connection:
        torn = connection.execute(f"update parts set data = x'00' || substr(data, 2) where {which}")
        assert torn.rowcount
    _amend(desk, _chance(3))
    desk.write()
    assert _built(desk, path, tmp_path / "warm") == _anew(desk, tmp_path)
    kept.write_bytes(b"no database")
    assert _built(desk, path, tmp_path / "warm") == _anew(desk, tmp_path)


def test_two_ledgers_that_take_turns_at_one_target(desk: Desk, tmp_path: Path) -> None:
    path, other = tmp_path / "x.db", Desk(tmp_path / "other" / "predictions")
    other.root.mkdir(parents=True)
    other.files = {"a": _article("a", "ann", [_prediction("a1", claim="Not the same.")])}
    for edit in EDITS[:4]:
        edit(desk, _chance(3))
        for each in (desk, other):
            each.write()
            assert _built(each, path, tmp_path / "warm") == _anew(each, tmp_path)


def test_contents_that_are_changed_in_place_are_the_same(desk: Desk, tmp_path: Path) -> None:
    """But for the counters in the header, which tell that they were."""
    path = tmp_path / "x.db"
    for number, edit in enumerate((_resolve, _import, _amend, _forecast)):
        edit(desk, _chance(number))
        desk.write()
        _built(desk, path, tmp_path / "warm", in_place=number % 2 == 1)
        cold = tmp_path / "again.db"
        cold.write_bytes(_anew(desk, tmp_path))
        assert digest_of_database(path) == digest_of_database(cold)


def test_without_a_place_for_the_index_everything_is_made_anew(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for edit in EDITS[:3]:
        edit(desk, _chance(3))
        desk.write()
        assert _built(desk, tmp_path / "x.db", tmp_path / "file" / "none") == _anew(desk, tmp_path)


def test_what_came_and_what_names_what_went_is_looked_through() -> None:
    """As SQLite's own check of everything finds it, and no row beside."""
    with closing(tablefile.opened(":memory:")) as connection:
        tablefile.create(connection)

        def add(changes: Changes, table: str, row: int, **values: str) -> None:
            names, marks = ", ".join(f'"{name}"' for name in values), ", ".join("?" * len(values))
            sql = f'insert into "{table}" (_rowid_, {names}) values ({row}, {marks})'
            connection.execute(sql, list(values.values()))
            changes.come(connection, next(one for one in TABLES if one.name == table), (row, row))

        def checked(changes: Changes) -> tuple[Any, ...] | None:
            whole: tuple[Any, ...] | None = connection.execute("pragma foreign_key_check").fetchone()
            assert changes.broken(connection) == (whole and whole[:3])
            return whole and whole[:3]

        first = Changes(TABLES)
        add(first, "predictions", 7, id="p", claim="It comes true.")
        add(first, "forecasts", 3, id="f", prediction_id="p")
        assert (checked(first), [table.name for table in first.searched]) == (None, ["predictions"])
        again = Changes(TABLES)
        predictions = next(one for one in TABLES if one.name == "predictions")
        again.go(connection, predictions, (0, 10))
        connection.execute("delete from predictions")
        add(again, "predictions", 7, id="p", claim="It comes true.", status="resolved")
        assert (checked(again), again.searched) == (None, [])
        lost = Changes(TABLES)
        add(lost, "forecasts", 4, id="g", prediction_id="nobody")
        assert checked(lost) == ("forecasts", 4, "predictions")
        connection.execute("delete from forecasts where id = 'g'")
        gone = Changes(TABLES)
        gone.go(connection, predictions, (7, 7))
        connection.execute("delete from predictions")
        assert checked(gone) == ("forecasts", 3, "predictions")
