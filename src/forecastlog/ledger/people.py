"""What people write, as YAML -> records, and where each one stands.

``read_article`` and ``read_forecasters`` never raise for what stands in a file: faults are values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import tzinfo
from itertools import chain

from forecastlog.keys import Table
from forecastlog.ledger.names import Names
from forecastlog.ledger.nodes import Data, List, Map, Node, Parser
from forecastlog.ledger.reader import Reading, Values, blank
from forecastlog.ledger.records import article_of, event_of, forecaster_of
from forecastlog.ledger.source import Source
from forecastlog.ledger.tables import (
    EVENTS,
    FILE,
    PEOPLE,
)
from forecastlog.model.records import Article, Event, Forecaster
from forecastlog.problems import Problem


class ArticleFile:
    """What one file holds; where each record stands in it is looked for when somebody asks."""

    __slots__ = ("_entries", "_nodes", "_tree", "article", "problems", "source")

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
        self._nodes: dict[str, Map] | None = None

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

    @property
    def nodes(self) -> dict[str, Map]:
        """The node of each record; of two with one id, that of the first."""
        if self._nodes is None:
            self._nodes = dict(reversed(self.places))
        return self._nodes

    @property
    def outline(self) -> dict[str, Data] | None:
        """What each record says as plain data; None for a text of which the nodes have to tell it."""
        from forecastlog.ledger.quick_yaml import Unusual, data_of

        try:
            data = data_of(self.source.text)
        except Unusual:
            return None
        lists = (data.get(section) for section in ("conditions", "predictions"))
        said = [data.get("article"), *chain.from_iterable(one for one in lists if isinstance(one, list))]
        pairs = zip(self._entries, said, strict=True)
        return dict(reversed([(name, record) for name, record in pairs if name]))

    def let_go(self) -> None:
        """Forget the nodes, which take more memory than the records."""
        self._tree.let_go()
        self._nodes = None


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
