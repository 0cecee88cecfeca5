"""Who says it.

The turn of a transcript, the subject of a verb of saying, a quotation's speaker, else the author.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from forecastlog.english import word_set
from forecastlog.suggest.cues import Cues, Token

PRONOUNS = word_set("he she it they")
FIRST = frozenset(["i", "we"])
_SAYS = word_set(
    "said says added adds noted notes told argued argues wrote writes warned warns predicted predicts "
    "insisted insists stated states explained explains continued concluded replied cautioned"
)
_SKIPPED = word_set(
    "also has have had recently now then still already later further even just never not does do did "
    "'s 've 'd 'll will would repeatedly thus therefore once again however currently so far"
)
_VERBS = word_set("seem seems think thinks believe believes would will could has have had was were is are")
_TITLES = word_set(
    "president prime minister senator governor chancellor king queen mr mrs ms dr prof professor sir "
    "lord lady captain general admiral secretary of state chief executive us u.s sen rep gov gen "
    "former"
)
_BE = word_set("is are was were be been being am 're get gets got")
_STOPS = frozenset(
    [
        ".",
        ",",
        ";",
        ":",
        "?",
        "!",
        "—",
        "(",
        ")",
        '"',
        "“",
        "”",
        "that",
        "as",
        "if",
        "while",
        "and",
        "but",
        "because",
        "where",
        "which",
        "who",
        "when",
        "though",
        "although",
        "or",
    ]
)
_OPEN_QUOTE, _CLOSE_QUOTE, _PLAIN_QUOTE = "\u201c", "\u201d", '"'
_NAME = re.compile(
    r"[A-Z\u00c0-\u00de][\w.'\u2019\-]*(?:\s+(?:(?:de|van|von|der|den|al|bin|la|le|du|da|dos|di)\s+)*[A-Z\u00c0-\u00de][\w.'\u2019\-]*)*"
)
_NO_NAME = word_set(
    "the a an its his her their our my your this that these those in on at for but and it he she they "
    "we i yet so as by one two three some many most few mr mrs ms dr if when while not no last next "
    "according however still later meanwhile even also"
)
_ROLE = re.compile(
    r"\b(?:the|a|an|its|research|their)\s+(?:\w+\s+)?(firm|company|bank|group|institute|agency|maker|fund|operator|service|"
    r"consultancy|centre|center|university|union)\s+([A-Z][\w'\u2019\-]+(?:\s+[A-Z][\w'\u2019\-]+)*)"
)
_ACCORDING = re.compile(r"\baccording to\s+|\bin the (?:view|words|opinion|eyes) of\s+", re.IGNORECASE)
_LONGEST_SUBJECT = 16  # tokens


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says it; ``first`` marks an "I" or "we" that the surroundings name."""

    name: str
    sure: bool = True
    pronoun: str = ""
    group: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """A speaker told at ``place`` of the text; ``behind`` is one told behind what they say."""

    place: int
    end: int
    speaker: Speaker
    behind: bool
    saying: bool
    verb: str = ""
    told: int = 0
    """Where the telling begins, of one told behind: at the subject or the verb, whichever is first."""


@dataclass(slots=True)
class People:
    """Whom a text has named so far: full names by their last part, organisations by what they are."""

    full: dict[str, str] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)
    last: str = ""

    def note(self, sentence: str) -> None:
        """Take up the names of a sentence."""
        for match in _NAME.finditer(sentence):
            name = _bare(match.group())
            parts = name.split()
            if len(parts) >= 2 and not any(part.lower() in _NO_NAME for part in parts):
                self.full[parts[-1]] = name
        for match in _ROLE.finditer(sentence):
            self.roles[match[1].lower()] = match[2]

    def canonical(self, name: str) -> str:
        """The full name where the text has told it."""
        name = re.sub(r"^(?:Mr|Mrs|Ms|Dr)\.? ", "", name)
        if " " not in name:
            return self.full.get(name, name)
        head = re.fullmatch(r"[Tt]he (\w+)", name)
        return self.roles.get(head[1].lower(), name) if head else name


def _bare(name: str) -> str:
    name = re.sub(r"['\u2019]s?$", "", name.strip(" .,"))
    parts = name.split()
    while parts and (parts[0].lower().rstrip(".") in _NO_NAME or (len(parts) > 1 and _is_title(parts))):
        parts = parts[1:]
    return " ".join(parts)


def _is_title(parts: Sequence[str]) -> bool:
    """Whether the first part is a title, and not half of one.

    "President Trump", but "Prime Minister" stays.
    """
    return parts[0].lower().rstrip(".") in _TITLES and parts[-1].lower() not in _TITLES


_PUT = frozenset(["put", "puts"])


def said_in(text: str, tokens: Sequence[Token], cues: Cues, agents: frozenset[int]) -> list[Said]:
    """Everybody to whom a sentence ascribes something.

    ``agents`` are the tokens that name whoever may forecast.
    """
    found: list[Said] = []
    for i, token in enumerate(tokens):
        if token.text not in cues.speech:
            continue
        if token.text.endswith("ing") and i and tokens[i - 1].text == "," and found:
            found.append(
                replace(found[-1], place=token.start, end=token.end, behind=False)
            )  # "..., adding that"
        elif one := _said_at(text, tokens, i, agents):
            found.append(one)
    start = tokens[0].start if tokens else 0
    end = tokens[-1].end if tokens else 0
    for match in _ACCORDING.finditer(text, start, end):
        inside = [token for token in tokens if token.start >= match.end()]
        speaker = _named(text, _until_stop(inside), agents=True)
        if speaker:
            found.append(
                Said(
                    match.start(),
                    match.end(),
                    speaker,
                    match.start() > start + 3,
                    saying=True,
                    told=match.start(),
                )
            )
    return sorted(found, key=lambda one: one.place)


def _said_at(text: str, tokens: Sequence[Token], i: int, agents: frozenset[int]) -> Said | None:
    k = i - 1
    passive = False
    while k >= 0 and (tokens[k].text in _SKIPPED or tokens[k].text in _BE or tokens[k].text.endswith("ly")):
        passive = passive or tokens[k].text in _BE
        k -= 1
    verb = tokens[i].text
    if i and tokens[i - 1].text == "to":
        return None
    if verb in _PUT and "at" not in (token.text for token in tokens[i + 1 : i + 9]):
        return None  # "put down a marker", and not "puts growth at 3 %"
    if passive and not verb.endswith("ing"):
        return None
    subject = _left(tokens, k)
    speaker = _named(text, subject, agents=any(token.start in agents for token in subject))
    if (
        speaker is None
        and verb in _SAYS
        and i
        and tokens[i - 1].text in (",", '"', "\u201d", "?", "!", "\u2019")
    ):
        speaker = _named(text, _until_stop(tokens[i + 1 :]), agents=True)
        return (
            Said(
                tokens[i].start,
                tokens[i].end,
                speaker,
                behind=True,
                saying=True,
                verb=verb,
                told=tokens[i].start,
            )
            if speaker
            else None
        )
    if speaker is None:
        return None
    ahead = tokens[k - len(subject)].text if k - len(subject) >= 0 else ""
    behind = verb in _SAYS and ahead in (",", '"', "\u201d") and _ends_here(tokens, i)
    return Said(tokens[i].start, tokens[i].end, speaker, behind, verb in _SAYS, verb, subject[0].start)


def _ends_here(tokens: Sequence[Token], i: int) -> bool:
    """Whether nothing is told behind the verb: "he said" and no more, or a day."""
    after = [token.text for token in tokens[i + 1 : i + 2]]
    return not after or after[0] in (
        ".",
        ",",
        ";",
        "\u2014",
        "on",
        "in",
        "at",
        "during",
        "last",
        "this",
        "yesterday",
        "after",
        "earlier",
        "when",
        "tuesday",
        "monday",
        "pointing",
    )


def _left(tokens: Sequence[Token], k: int) -> list[Token]:
    """The subject that ends at token ``k``.

    An apposition between commas is stepped over, or taken where it is a name.
    """
    if k >= 0 and tokens[k].text in (",", "\u2014"):
        opener = next(
            (j for j in range(k - 1, max(k - 16, -1), -1) if tokens[j].text in (",", "\u2014")), None
        )
        if opener is None:
            return []
        inner = list(tokens[opener + 1 : k])
        first = inner[0].text if inner else ""
        if (
            len(inner) <= 4
            and first not in _STOPS | {"'"}
            and first not in _NO_NAME
            and first not in ("who", "which", "head", "chief", "director", "author")
        ):
            return inner
        return _left(tokens, opener - 1)
    found: list[Token] = []
    while k >= 0 and tokens[k].text not in _STOPS and len(found) < _LONGEST_SUBJECT:
        found.insert(0, tokens[k])
        k -= 1
    return found


def _until_stop(tokens: Sequence[Token]) -> list[Token]:
    found: list[Token] = []
    for i, token in enumerate(tokens[:12]):
        if token.text in _STOPS or token.text in ("on", "during", "after", "last", "earlier", "yesterday"):
            if token.text == "," and i + 1 < len(tokens) and found and not _has_capital(found):
                continue
            break
        found.append(token)
    return found


def _has_capital(tokens: Sequence[Token]) -> bool:
    return len(tokens) > 0 and tokens[0].text not in _NO_NAME


def _named(text: str, subject: Sequence[Token], *, agents: bool) -> Speaker | None:
    """The speaker that a subject names: a pronoun, a name, or people told by what they do."""
    if not subject or any(token.text in _VERBS for token in subject):
        return None
    last = subject[-1].text
    if len(subject) <= 2 and last in PRONOUNS | FIRST:
        return Speaker("", sure=False, pronoun=last)
    if subject[0].text in FIRST and len(subject) <= 4:
        return Speaker("", sure=False, pronoun=subject[0].text)
    part = text[subject[0].start : subject[-1].end]
    names = [name for match in _NAME.finditer(part) if (name := _bare(match.group()))]
    full = next((name for name in names if " " in name), "")
    group = last.endswith("s") or subject[0].text.endswith("s")
    if (
        full
        and not group
        and not re.search(rf"\b(?:at|of|from|in|with)\s+(?:the\s+)?{re.escape(full)}", part)
    ):
        return Speaker(full)
    if agents or (names and len(subject) <= 6):
        alone = len(subject) <= 3 and names and not agents
        return Speaker(names[0], group=False) if alone else Speaker(_tidied(part), group=group)
    return None


def _tidied(part: str) -> str:
    return " ".join(part.split()).strip(' ,;:"\u201c\u201d')


def quotations(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """What stands between quotation marks in ``start:end`` of the text; one left open runs to the end."""
    found: list[tuple[int, int]] = []
    opened: int | None = None
    for i in range(start, end):
        mark = text[i]
        if opened is None and mark in (_OPEN_QUOTE, _PLAIN_QUOTE):
            opened = i
        elif opened is not None and mark in (_CLOSE_QUOTE, _PLAIN_QUOTE):
            found.append((opened, i + 1))
            opened = None
    if opened is not None:
        found.append((opened, end))
    return found
