"""A language model as a second finder, through the package ``llm``.

It copies passages, and our tables read them.

The article is untrusted: the model gets no tools, and what it answers counts only where it stands in the text
word for word. Figures and days come from our readers alone. A model may have read how an old article's claims
ended.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import Protocol

from forecastlog.errors import ForecastlogError
from forecastlog.likelihood import parse_likelihood
from forecastlog.model.records import QUOTE_WORDS
from forecastlog.suggest.documents import Document
from forecastlog.suggest.find import Find
from forecastlog.suggest.sentences import Sentence, sentences_of
from forecastlog.vocabulary.forecasts import DEFAULT_SCALE

PROMPT = "prompt-1"
LONGEST = 24_000  # characters of an article that are sent at once
LEAST = -20
"""A score that nothing is below."""
MOST = 500  # passages of an answer that are looked at
_RULE = "=" * 40
_SAME_LENGTH = str.maketrans("\u2019\u2018\u201c\u201d\u2010\u2011\u2013\u2014\xa0\n\t", "''\"\"----   ")


class Answering(Protocol):
    """What is used of a model of the package ``llm``."""

    model_id: str

    def prompt(self, prompt: str, *, stream: bool) -> object:
        """The answer to a prompt, whose ``text()`` is a text."""


@dataclass(frozen=True, slots=True)
class Passage:
    """What a model says of a prediction, each part standing in the text.

    Places are None where it said nothing.
    """

    start: int
    end: int
    words: str
    speaker: str
    condition: tuple[int, int] | None
    deadline: str


def model_named(name: str) -> Answering:
    """The model that ``llm`` knows by this name.

    Raises ForecastlogError where there is none, or no ``llm``.
    """
    try:
        import llm
    except ImportError:
        raise ForecastlogError(
            "--model asks a model with the extra 'llm'. Install it: pip install 'forecastlog[llm]'."
        ) from None
    try:
        found: Answering = llm.get_model(name)
    except Exception:  # noqa: BLE001 - plugins of llm may raise anything
        raise ForecastlogError(f"llm has no model '{name}'. 'llm models' lists those that it has.") from None
    return found


def passages(model: Answering, text: str) -> list[Passage]:
    """The predictions that a model marks in a text.

    Raises ForecastlogError where it fails or answers no JSON.
    """
    head = files("forecastlog.suggest").joinpath("prompt_1.txt").read_text(encoding="utf-8")
    found: dict[tuple[int, int], Passage] = {}
    for start, end in _parts(text):
        answer = _asked(model, f"{head}\n{_RULE}\n{text[start:end]}\n{_RULE}\n")
        for entry in _entries(answer, model.model_id)[:MOST]:
            passage = _checked(text, start, end, entry)
            if passage is not None:
                found.setdefault((passage.start, passage.end), passage)
    return [found[place] for place in sorted(found)]


def with_model(
    document: Document,
    finds: Sequence[Find],
    candidates: Sequence[Find],
    model: Answering,
    scale: str = DEFAULT_SCALE,
) -> list[Find]:
    """The union of both finders, in the text's order; ``found_by`` says which.

    ``candidates`` are what the cues have whatever they weigh: a passage of the model takes its reading from
    there.
    """
    name = f"{model.model_id}/{PROMPT}"
    offered = {(find.start, find.end): find for find in finds}
    sentences = sentences_of(document.text)
    for passage in passages(model, document.text):
        best = max(candidates, key=lambda find: _shared(find, passage), default=None)
        if best is not None and _shared(best, passage):
            known = offered.get((best.start, best.end))
            found = replace(known or best, found_by=f"{best.found_by}+{name}" if known else name)
        else:
            number = next(
                (i for i, one in enumerate(sentences) if passage.start < one.end), len(sentences) - 1
            )
            context = sentences[number - 1].text if number else ""
            found = replace(
                _bare(sentences[number], passage, document, scale), context=context, found_by=name
            )
        offered[found.start, found.end] = _filled(found, passage, document)
    return sorted(offered.values(), key=lambda find: (find.start, find.end))


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """A long text in parts that end with a paragraph where they can."""
    start = 0
    while start < len(text):
        end = min(len(text), start + LONGEST)
        if end < len(text):
            cut = text.rfind("\n\n", start + LONGEST // 2, end)
            end = cut if cut > 0 else end
        yield start, end
        start = end


def _asked(model: Answering, prompt: str) -> str:
    try:
        answer = model.prompt(prompt, stream=False)
        return str(answer.text())  # type: ignore[attr-defined]  # as llm's Response
    except Exception as error:  # noqa: BLE001 - any model, any network, any key
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        raise ForecastlogError(f"the model {model.model_id} did not answer: {reason.rstrip('.')}.") from None


def _entries(answer: str, name: str) -> list[Mapping[str, object]]:
    start, end = answer.find("["), answer.rfind("]")
    try:
        found = json.loads(answer[start : end + 1]) if 0 <= start < end else None
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, list):
        raise ForecastlogError(f"the model {name} gave no JSON array. Try again, or go on without --model.")
    return [entry for entry in found if isinstance(entry, dict)]


def _checked(text: str, start: int, end: int, entry: Mapping[str, object]) -> Passage | None:
    """The passage as far as it stands in the text word for word; None where its quote does not."""
    place = _place(text, str(entry.get("quote") or ""), start, end)
    if place is None or len(text[slice(*place)].split()) > QUOTE_WORDS:
        return None
    near = max(start, place[0] - 1000), min(end, place[1] + 1000)
    words, deadline = (_place(text, str(entry.get(key) or ""), *near) for key in ("words", "deadline"))
    speaker = str(entry.get("speaker") or "").strip()
    return Passage(
        *place,
        words=text[slice(*words)] if words else "",
        speaker=speaker if _place(text, speaker, 0, len(text)) else "",
        condition=_place(text, str(entry.get("condition") or ""), *near),
        deadline=text[slice(*deadline)] if deadline else "",
    )


def _place(text: str, part: str, start: int, end: int) -> tuple[int, int] | None:
    """Where a part stands, whatever marks and line breaks it was copied with."""
    part = part.strip().translate(_SAME_LENGTH)
    at = text[start:end].translate(_SAME_LENGTH).find(part) if part else -1
    return None if at < 0 else (start + at, start + at + len(part))


def _shared(find: Find, passage: Passage) -> int:
    return max(0, min(find.end, passage.end) - max(find.start, passage.start))


def _bare(sentence: Sentence, passage: Passage, document: Document, scale: str) -> Find:
    """A passage without a cue: its words, read by our tables."""
    words = passage.words if passage.words in sentence.text else ""
    read = parse_likelihood(words, scale) if words else None
    return Find(
        quote=document.text[passage.start : passage.end],
        start=passage.start,
        end=passage.end,
        sentence_start=sentence.start,
        sentence_end=sentence.end,
        words=words,
        probability=read.probability if read else None,
        low=read.low if read else None,
        high=read.high if read else None,
        basis=read.basis if read else "unread",
        speaker=passage.speaker or sentence.turn or document.author,
        attribution="reported" if passage.speaker else "author",
        sentence=sentence.text,
    )


def _filled(find: Find, passage: Passage, document: Document) -> Find:
    """The find with the condition and deadline that only the model saw, and its place in a recording."""
    find = replace(find, at=document.at(find.start))
    if not find.condition and passage.condition:
        first, last = passage.condition
        words = document.text[first:last]
        find = replace(find, condition=words, condition_start=first, condition_end=last, class_="conditional")
    if find.deadline_words or not passage.deadline or document.published is None:
        return find
    from forecastlog.deadlines import parse_deadline

    find = replace(find, deadline_words=passage.deadline)
    read = parse_deadline(passage.deadline, document.published)
    if read is None:
        return find
    return replace(find, earliest=read.earliest, strict=read.strict, latest=read.latest, reading=read.reading)
