"""What people write, as YAML -> records, with the defaults filled in.

``read_article`` and ``read_forecasters`` never raise for what stands in a file: faults are values.
A record with a fault keeps its place, with stand-ins where something needed is missing, so that one fault
does not become several; the error itself keeps anything from being derived from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, tzinfo
from typing import Any

from forecastlog.keys import Table
from forecastlog.kinds import BINARY, FORECAST_KEYS, KINDS, PREDICTION_KEYS, Kind
from forecastlog.ledger.names import Names
from forecastlog.ledger.nodes import List, Map, Node, Parser
from forecastlog.ledger.reader import Reading, Values, blank
from forecastlog.ledger.source import Source
from forecastlog.ledger.tables import (
    ARCHIVED,
    ARTICLE,
    CONDITION,
    CONDITION_RESOLUTION,
    CORRECTION,
    ELSEWHERE,
    EVENT,
    EVENTS,
    EVIDENCE,
    FILE,
    FORECASTER,
    PEOPLE,
    PREDICTION,
    REPLY,
    RESOLUTION,
    RETRACTED,
    SNOOZED,
    VERSION,
    VOICE,
    WITHDRAWN,
    WITHHELD,
)
from forecastlog.model.forecasts import Elsewhere, Forecast
from forecastlog.model.moments import When
from forecastlog.model.notes import Correction, Reply, Snooze, Version, Withdrawal, Withheld
from forecastlog.model.outcomes import Archived, Evidence, Resolution
from forecastlog.model.records import Article, Condition, Event, Forecaster, Prediction, Window
from forecastlog.problems import Problem
from forecastlog.values import UNKNOWN_DAY

NOT_YET = When("", date.max)
"""The recording day of an entry with a fault: it counts on no day."""


class ArticleFile:
    """What one file holds; where each record stands in it is looked for when somebody asks."""

    __slots__ = ("_entries", "_tree", "article", "problems", "source")

    def __init__(
        self,
        source: Source,
        article: Article | None,
        problems: tuple[Problem, ...],
        tree: Tree,
        entries: tuple[str | None, ...] = (),
    ) -> None:
        """``entries`` are the ids of the article, its conditions and predictions; None for one without."""
        self.source, self.article, self.problems = source, article, problems
        self._tree, self._entries = tree, entries

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of its records, the article's first."""
        return tuple(filter(None, self._entries))

    @property
    def places(self) -> tuple[tuple[str, Map], ...]:
        """The same, each with its node."""
        root = self._tree.root
        if root is None:
            return ()
        nodes = [root.get("article"), *_items(root, "conditions"), *_items(root, "predictions")]
        found = zip(self._entries, nodes, strict=True)
        return tuple((name, node) for name, node in found if name and isinstance(node, Map))

    def let_go(self, *, records: bool) -> None:
        """Forget the nodes, which take more memory than the records, and perhaps these as well."""
        self._tree.let_go()
        if records:
            self.article = None


class Tree:
    """The nodes of a text, made when somebody asks for them; of one with a fault they are there already."""

    __slots__ = ("_root", "_source")

    def __init__(self, source: Source, root: Map | None = None) -> None:
        self._source, self._root = source, root

    @property
    def root(self) -> Map | None:
        """The whole; None where a text is no mapping, so that nothing stands in it."""
        if self._root is None:
            from forecastlog.ledger.composing import compose

            root = compose(self._source, [])
            self._root = root if isinstance(root, Map) else None
        return self._root

    def let_go(self) -> None:
        """Forget them until somebody asks again."""
        self._root = None


def read_article(
    source: Source,
    names: Names,
    *,
    parser: Callable[[str], Parser] | None = None,
    zone: tzinfo | None = None,
) -> ArticleFile:
    """The article in a file with its conditions and predictions, and every fault of the file.

    A time is on the day that it was in ``zone``; without one, on the day written. With a ``parser``, nothing
    else reads the text.
    """
    problems: list[Problem] = []
    values, tree = read_values(source, FILE, problems, parser, zone=zone)
    entries = (values.get("article", {}), *values.get("conditions", ()), *values.get("predictions", ()))
    article = article_of(values, names)
    return ArticleFile(source, article, tuple(problems), tree, tuple(entry.get("id") for entry in entries))


def read_forecasters(source: Source) -> tuple[tuple[Forecaster, ...], tuple[Problem, ...]]:
    """The forecasters in ``people.yaml``, and the faults of the file."""
    problems: list[Problem] = []
    values, _ = read_values(source, PEOPLE, problems)
    return tuple(forecaster_of(entry) for entry in values.get("forecasters", ()) if "id" in entry), tuple(
        problems
    )


def forecaster_places(source: Source) -> dict[str, Map]:
    """Where each forecaster stands in ``people.yaml``."""
    values, tree = read_values(source, PEOPLE, [])
    return dict(_named(tree.root, "forecasters", values))


def read_events(source: Source) -> tuple[tuple[Event, ...], tuple[Problem, ...]]:
    """The events in ``events.yaml``, the first of each name, and the faults of the file."""
    problems: list[Problem] = []
    values, tree = read_values(source, EVENTS, problems)
    found: dict[str, Event] = {}
    for place, entry in enumerate(entry for entry in values.get("events", ()) if "id" in entry):
        event = event_of(entry)
        if event.id in found:
            name, node = list(_named(tree.root, "events", values))[place]
            at = node.get("id") or node
            hint = "Keep one entry."
            message = f"the event '{name}' is listed twice"
            problems.append(source.problem("P201", (at.start, at.end), message, hint))
        found.setdefault(event.id, event)
    return tuple(found.values()), tuple(problems)


def event_of(entry: Values) -> Event:
    """The event of an entry that has an id."""
    return EVENT.record(Event, entry, corrections=_corrections(entry))


def forecaster_of(entry: Values) -> Forecaster:
    """The forecaster of an entry that has an id."""
    return FORECASTER.record(Forecaster, {"name": entry["id"], **entry}, corrections=_corrections(entry))


def read_values(
    source: Source,
    table: Table,
    problems: list[Problem],
    parser: Callable[[str], Parser] | None = None,
    *,
    zone: tzinfo | None = None,
) -> tuple[Values, Tree]:
    """What a file says, by the keys of its table and names as they are written; faults go to ``problems``."""
    from forecastlog.ledger.composing import (  # a command that an index answers reads no YAML
        compose,
        fast_parser,
    )
    from forecastlog.ledger.quick_reader import quick_values

    quick = None if parser else quick_values(source.text, table, zone)
    if quick is not None:
        return quick, Tree(source)
    root = compose(source, problems, parser or fast_parser)
    if root is None or blank(root):
        if not problems:
            hint = f"Start it with '{table.keys[0].name}:', or delete it."
            problems.append(source.problem("P009", (0, 0), "the file is empty", hint))
        return {}, Tree(source)
    values = Reading(source, problems, zone).entry(table, root)
    return values, Tree(source, root if isinstance(root, Map) else None)


def _items(root: Map, section: str) -> list[Node]:
    node = root.get(section)
    return node.items if isinstance(node, List) else []


def _named(root: Map | None, section: str, values: Values) -> Iterator[tuple[str, Map]]:
    """The entries of a list that have an id, each with its node."""
    for item, entry in zip(_items(root, section) if root else (), values.get(section, ()), strict=True):
        if isinstance(item, Map) and "id" in entry:
            yield entry["id"], item


def article_of(file: Values, names: Names) -> Article | None:
    """The article of what a file says, with its conditions and predictions; None for one without an id."""
    values = file.get("article", {})
    if "id" not in values:
        return None
    origin = values.get("origin", {})
    bare = ARTICLE.record(
        Article,
        {key: value for key, value in values.items() if key != "origin"},
        authors=tuple(names.resolve(author) for author in values.get("authors", ())),
        origin_publisher=origin.get("publisher"),
        origin_url=origin.get("url"),
        archived=_archived(values),
        versions=tuple(VERSION.record(Version, entry) for entry in values.get("versions", ())),
        retracted=_withdrawal(RETRACTED, values.get("retracted")),
        corrections=_corrections(values),
    )
    speaker = names.voice(bare)
    return replace(
        bare,
        conditions=tuple(_condition(entry, bare) for entry in file.get("conditions", ()) if "id" in entry),
        predictions=tuple(
            prediction_of(entry, names, bare, speaker)
            for entry in file.get("predictions", ())
            if "id" in entry
        ),
    )


def _condition(entry: Values, article: Article) -> Condition:
    return CONDITION.record(
        Condition,
        entry,
        article=article.id,
        corrections=_corrections(entry),
        snoozed=_snoozed(entry),
        resolutions=_resolutions(CONDITION_RESOLUTION, entry),
    )


def prediction_of(entry: Values, names: Names, article: Article | None = None, voice: str = "") -> Prediction:
    """The prediction of an entry that has an id.

    What it does not say is as its article, where it stands in one.

    ``voice`` speaks where no speaker is named.
    """
    around: Values = {"made": article.published, "text": article.text} if article else {"made": UNKNOWN_DAY}
    values = {**around, **{key: value for key, value in entry.items() if key not in _TERMS}}
    kind = KINDS.get(entry.get("kind", ""), BINARY)
    made, withheld = values["made"], values.pop("withheld", None)
    speaker = names.resolve(values["speaker"]) if "speaker" in values else voice
    record = PREDICTION.record(
        Prediction,
        values,
        article=article.id if article else None,
        terms=kind.terms(entry),
        speaker=speaker,
        logged_elsewhere=_elsewhere(values),
        deadline=_window(values.get("deadline", {}), made),
        corrections=_corrections(values),
        withdrawn=_withdrawal(WITHDRAWN, values.get("withdrawn")),
        snoozed=_snoozed(values),
        replies=tuple(REPLY.record(Reply, item) for item in values.get("replies", ())),
        forecasts=tuple(_forecasts(values, kind, speaker, names)),
        resolutions=_resolutions(RESOLUTION, values),
    )
    return (
        replace(record, **_without_words(record, WITHHELD.record(Withheld, withheld))) if withheld else record
    )


def _without_words(record: Prediction, withheld: Withheld) -> dict[str, Any]:
    """What changes where the words of a record are kept back: its figures and days stand.

    Nothing downstream ever sees the words, should some be left in the file.
    """
    bare: dict[str, Any] = {"quote": None, "words": None, "note": None}
    return {
        "withheld": withheld,
        "claim": f"Withheld on {withheld.on.isoformat()}: {withheld.why}",
        "question": None,
        "quote": None,
        "also": (),
        "criteria": None,
        "settled_by": None,
        "note": None,
        "corrections": tuple(replace(entry, was="") for entry in record.corrections),
        "deadline": replace(record.deadline, words=None, why=None),
        "forecasts": tuple(replace(forecast, **bare) for forecast in record.forecasts),
        "resolutions": tuple(
            replace(entry, evidence=tuple(map(_without_headline, entry.evidence)), note=None)
            for entry in record.resolutions
        ),
    }


def _without_headline(evidence: Evidence) -> Evidence:
    return replace(evidence, title=None, shows=None)


def _window(entry: Values, made: When) -> Window:
    """The deadline, with what follows from what is written."""
    values = {key: value for key, value in entry.items() if key != "after"}
    values.setdefault("basis", "worded" if "words" in values else "default")
    if "latest" in values:
        values.setdefault("strict", values["latest"])
    if made is not UNKNOWN_DAY and "within" not in values:
        values.setdefault("earliest", made.day)
    return Window(**values)


_TERMS, _SAYS = (frozenset(key.name for key in keys) for keys in (PREDICTION_KEYS, FORECAST_KEYS))
"""Keys that only the kind of a prediction can tell the meaning of."""


def _forecasts(prediction: Values, kind: Kind, speaker: str, names: Names) -> Iterator[Forecast]:
    """What is said of a prediction; an entry that does not say when or in whose words is as that is."""
    made, elsewhere, name = prediction["made"], _elsewhere(prediction), prediction["id"]
    own = {key: prediction[key] for key in VOICE if key in prediction}
    for entry in prediction.get("forecasts", ()):
        by = names.resolve(entry["by"]) if "by" in entry else speaker
        values = {"made": made, "logged_elsewhere": elsewhere, "basis": kind.basis(entry)}
        if by == speaker:
            values |= own
        for key, value in entry.items():
            if key not in _SAYS:
                values[key] = value
        values["by"] = by
        if "judged_by" in entry:
            values["judged_by"] = names.resolve(entry["judged_by"])
        if "logged_elsewhere" in entry:
            values["logged_elsewhere"] = _elsewhere(entry)
        yield Forecast(prediction=name, says=kind.read(entry), **values)


def _resolutions(table: Table, record: Values) -> tuple[Resolution, ...]:
    """The entries of a record; one that lacks something counts on no day."""
    return tuple(
        table.record(
            Resolution,
            entry if table.stand_ins.keys() <= entry.keys() else {**entry, "recorded": NOT_YET},
            evidence=tuple(
                EVIDENCE.record(Evidence, item, archived=_archived(item))
                for item in entry.get("evidence", ())
            ),
        )
        for entry in record.get("resolutions", ())
    )


def _corrections(values: Values) -> tuple[Correction, ...]:
    return tuple(CORRECTION.record(Correction, entry) for entry in values.get("corrections", ()))


def _snoozed(values: Values) -> tuple[Snooze, ...]:
    return tuple(SNOOZED.record(Snooze, entry) for entry in values.get("snoozed", ()))


def _withdrawal(table: Table, entry: Values | None) -> Withdrawal | None:
    return None if entry is None else table.record(Withdrawal, entry)


def _elsewhere(entry: Values) -> Elsewhere | None:
    """The other log that an entry tells of; None for one that lacks something, which is a fault."""
    told = entry.get("logged_elsewhere", {})
    return ELSEWHERE.record(Elsewhere, told) if ELSEWHERE.stand_ins.keys() <= told.keys() else None


def _archived(entry: Values) -> Archived | None:
    """The stored copy that an entry tells of; None for one that lacks something, which is a fault."""
    copy = entry.get("archived", {})
    return ARCHIVED.record(Archived, copy) if ARCHIVED.stand_ins.keys() <= copy.keys() else None
