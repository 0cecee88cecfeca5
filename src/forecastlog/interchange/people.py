"""Whose names an import may write: one's own, and others' as numbers unless they are asked for."""

from __future__ import annotations

from dataclasses import dataclass, field

KEPT_PRIVATE = "kept private on the platform (--private brings it in)"
"""Why an import passes a question by."""


@dataclass(slots=True, kw_only=True)
class People:
    """The people of a platform's file; ``me`` is whose export it is, under ``called``."""

    source: str
    me: str | None = None
    called: str | None = None
    names: bool = False
    _numbers: dict[str, int] = field(default_factory=dict)

    def name(self, user: str, shown: str = "") -> str:
        """What a person is called in the ledger: a user of the platform, by a name that people would see.

        >>> people = People(source="fatebook", me="Ann")
        >>> people.name("Ben"), people.name("Ann"), people.name("Ben")
        ('fatebook-1', 'Ann', 'fatebook-1')
        """
        if self.me is not None and self.me in (user, shown):
            return self.called or self.me
        if self.names:
            return shown or user
        return f"{self.source}-{self._numbers.setdefault(user, len(self._numbers) + 1)}"
