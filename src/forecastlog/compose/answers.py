"""Answers to what has to be known of a new record.

One type, whether options, a form, prompts or a finder gave them.

An answer is kept as it was typed, with the place that it came from. ``QUESTIONS`` says once what is asked
about a prediction, and where in the record each answer stands; what a key means is the record's own table to
say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from forecastlog.keys import Key, Many, Table
from forecastlog.kinds import BINARY, KINDS, PREDICTION_KEYS
from forecastlog.ledger.tables import PREDICTION
from forecastlog.model.records import QUOTE_WORDS
from forecastlog.phrasing import opening
from forecastlog.problems import Span
from forecastlog.vocabulary.people import ATTRIBUTIONS
from forecastlog.vocabulary.word import alternatives

Value = str | bool | tuple[str, ...]


class Answer(NamedTuple):
    """A value as typed, and where it stands; an option and a prompt have no place."""

    value: Value
    place: Span | None = None


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers given so far, by the name of their question; an empty one is none.

    >>> Answers.of(claim="It rains.", quote="").over(Answers.of(claim="It snows.", main=True)).values
    {'claim': 'It rains.', 'main': True}
    """

    given: Mapping[str, Answer] = field(default_factory=dict)

    @classmethod
    def of(cls, values: Mapping[str, object] | None = None, **more: object) -> Answers:
        """Answers without a place: texts, flags, and lists of texts."""
        found = {name: _value(value) for name, value in {**(values or {}), **more}.items()}
        return cls({name: Answer(value) for name, value in found.items() if value not in ("", ())})

    @classmethod
    def standing(cls, path: tuple[str, ...], entry: Mapping[str, object]) -> Answers:
        """The answers that a record has already in the entry below ``path``."""
        names = {question.path: question.name for question in QUESTIONS}
        return cls.of({names[*path, key]: value for key, value in entry.items() if (*path, key) in names})

    def over(self, others: Answers) -> Answers:
        """These, and those of ``others`` to questions that these leave open."""
        return Answers({**others.given, **self.given})

    @property
    def values(self) -> dict[str, Value]:
        """What was typed, by name."""
        return {name: answer.value for name, answer in self.given.items()}

    def text(self, name: str) -> str | None:
        """An answer that is one text; None where there is none."""
        answer = self.given.get(name)
        return None if answer is None else str(answer.value)

    def __contains__(self, name: str) -> bool:
        return name in self.given

    def below(self, *path: str) -> dict[str, Answer]:
        """The answers that stand below ``path`` in a prediction, by their keys there."""
        return {
            question.path[-1]: self.given[question.name]
            for question in QUESTIONS
            if question.path[:-1] == path and question.name in self.given
        }

    @property
    def missing(self) -> list[str]:
        """The names of needed questions that are open; a figure answers the one for words."""
        return [
            question.name
            for question in QUESTIONS
            if question.needed and not {question.name, *question.instead} & self.given.keys()
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked about a prediction.

    ``path`` leads to the answer in the record. The key there says what it means, unless ``about`` does, as
    the help of an option and as a line of the form; it stands in the form where it is ``shown``, and is asked
    for at a terminal where it has a ``prompt``: only ``after`` another one that was answered, where it names
    one. ``enter`` tells what no answer means, and ``again`` that an article's next prediction likely has the
    same one. ``instead`` are the questions that answer it too. One ``of`` a kind is asked for predictions of
    that kind alone.
    """

    name: str
    path: tuple[str, ...]
    about: str = ""
    shown: bool = True
    prompt: str = ""
    enter: str = ""
    after: str = ""
    again: bool = False
    needed: bool = False
    instead: tuple[str, ...] = ()
    of: str = ""

    @property
    def key(self) -> Key:
        """The record's key for the answer."""
        table: Table = PREDICTION
        for name in self.path[:-1]:
            reader = table.by_name[name].reader
            inner = reader.of if isinstance(reader, Many) else reader
            assert isinstance(inner, Table)  # noqa: S101  # the paths below are those of the record
            table = inner
        return table.by_name[self.path[-1]]

    @property
    def meaning(self) -> str:
        """What it asks for, in a few words."""
        return self.about or self.key.meaning

    @property
    def several(self) -> bool:
        """Whether the answer is a list."""
        return isinstance(self.key.reader, Many)


def _own(
    name: str,
    *,
    shown: bool = True,
    prompt: str = "",
    enter: str = "",
    needed: bool = False,
    about: str = "",
    after: str = "",
    again: bool = False,
    of: str = "",
) -> Question:
    """A question whose answer is a key of the prediction itself."""
    return Question(
        name=name,
        path=(name,),
        shown=shown,
        prompt=prompt,
        enter=enter,
        needed=needed,
        about=about,
        after=after,
        again=again,
        of=of,
    )


_NEEDED_OF = {key.name: kind.name for kind in KINDS.values() for key in kind.prediction_keys if key.required}
"""The keys of a prediction that one kind cannot do without."""
_OF_FORECASTS = tuple(
    dict.fromkeys(key.name for kind in KINDS.values() for key in kind.forecast_keys if kind is not BINARY)
)
_ASIDES = tuple(name for name in _OF_FORECASTS if any(name in kind.asides for kind in KINDS.values()))
_WAYS = tuple(name for name in _OF_FORECASTS if name not in _ASIDES)
"""The keys in which forecasts of other kinds say what is expected."""

QUESTIONS: tuple[Question, ...] = (
    _own("quote", prompt=f"Quote, at most {QUOTE_WORDS} words", needed=True),
    Question(
        name="predicts",
        path=("kind",),
        about="what it predicts, where it does not turn out true or false: "
        f"{alternatives(name for name in KINDS if name != BINARY.name)}",
        shown=False,
    ),
    _own("claim", prompt="Claim, worded so that yes means that it happens", needed=True),
    _own("speaker", prompt="Who says it?", enter="the authors", again=True),
    _own(
        "attribution",
        prompt="How close to their own words? "
        f"{alternatives(name for name in ATTRIBUTIONS if name != 'author')}",
        enter="quoted",
        after="speaker",
        again=True,
    ),
    *(
        _own(
            key.name,
            shown=False,
            of=_NEEDED_OF.get(key.name, ""),
            prompt=opening(key.meaning) if key.name in _NEEDED_OF else "",
        )
        for key in PREDICTION_KEYS
    ),
    Question(
        name="words",
        path=("forecasts", "words"),
        about="how likely, or what is expected, in the text's words",
        prompt=BINARY.how,
        needed=True,
        instead=("probability", *_WAYS),
    ),
    Question(
        name="deadline",
        path=("deadline", "words"),
        about="by when, in the text's words; empty where it names no time",
        prompt="By when, in the text's words; = for a day of your own",
        enter="it names no time",
        instead=("latest", "within"),
        again=True,
    ),
    _own("criteria", prompt="Criteria: yes when", needed=True),
    _own("settled_by", prompt="Which source will settle it?", enter="skips", again=True),
    _own("settles_on"),
    _own("status_quo", prompt="The outcome if nothing changes", enter="skips", again=True),
    _own(
        "given",
        about="the id of the condition it depends on, or the text of a new one",
        prompt="On what does it depend? A condition's id, or its text",
        enter="on nothing",
        again=True,
    ),
    _own("event", prompt="Event: what it turns on, shared with others", enter="its article's", again=True),
    _own("tags", prompt="Tags, with commas between", enter="none", again=True),
    _own("negated"),
    _own("main"),
    _own("draft", shown=False),
    _own("withheld_until", shown=False),
    Question(name="latest", path=("deadline", "latest"), about="your own last day, with its reason"),
    Question(name="why", path=("deadline", "why"), about="the reason for your own deadline"),
    Question(
        name="holds",
        path=("deadline", "holds"),
        about="within (it happens by then), on (it holds on the last day) or throughout; empty for within",
    ),
    _own("review"),
    _own("note"),
    Question(
        name="probability",
        path=("forecasts", "probability"),
        about="how likely, where the text has a figure",
        shown=False,
    ),
    Question(
        name="within",
        path=("deadline", "within"),
        about="how long the clock runs once the condition is met",
        shown=False,
    ),
    Question(
        name="subject",
        path=("deadline", "subject"),
        about="whom 'his term' in the deadline's words means",
        shown=False,
    ),
    _own("id", shown=False),
    *(Question(name=name, path=("forecasts", name), shown=False) for name in (*_WAYS, *_ASIDES)),
    _own("via", shown=False),
    _own("stance", shown=False),
    _own("made", shown=False),
    _own("restates", shown=False),
    _own("hedges", shown=False),
    _own("reverses", shown=False),
)
BY_NAME: Mapping[str, Question] = {question.name: question for question in QUESTIONS}


def asked() -> Iterator[Question]:
    """The questions that are asked for at a terminal, in their order."""
    return (question for question in QUESTIONS if question.prompt)


def _value(value: object) -> Value:
    if isinstance(value, bool):
        return value
    if isinstance(value, list | tuple):
        return tuple(map(str, value))
    return "" if value is None else str(value)
