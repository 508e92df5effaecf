"""What is said, as values: a source sentence and its arguments, rendered only at delivery for one reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time

from bot.engine.ids import PersonId
from bot.engine.moments import Moment


@dataclass(frozen=True, slots=True)
class Words:
    """What a person typed, in the messages it came in. Its `repr` never shows it, so that no log or traceback can."""

    parts: tuple[str, ...] = field(repr=False)
    by: PersonId

    @property
    def text(self) -> str:
        """The whole of it, a line per message."""
        return "\n".join(self.parts)


@dataclass(frozen=True, slots=True)
class Name:
    """The name of a person, looked up at delivery: names are never kept in a session or in the outbox."""

    person: PersonId


@dataclass(frozen=True, slots=True)
class Card:
    """A card of a deck by its id, rendered in the reader's language."""

    deck: str
    id: str


@dataclass(frozen=True, slots=True)
class Invite:
    """An invitation's code, rendered as the link or code of the reader's platform."""

    code: str


@dataclass(frozen=True, slots=True)
class Zone:
    """A time zone by its IANA name, rendered as its city."""

    name: str


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week, Monday 0 to Sunday 6, rendered as its name."""

    number: int


@dataclass(frozen=True, slots=True)
class HelpLines:
    """The help-line numbers for a country (ISO 3166 code, or "" when unknown), looked up at delivery."""

    country: str


@dataclass(frozen=True, slots=True)
class Language:
    """A language by its IETF tag, rendered as it calls itself."""

    code: str


@dataclass(frozen=True, slots=True)
class Country:
    """A country (ISO 3166 code), rendered as its name."""

    code: str


@dataclass(frozen=True, slots=True)
class Hour:
    """The time of day of a moment, in the reader's zone, where the day goes without saying."""

    moment: Moment


@dataclass(frozen=True, slots=True)
class Dated:
    """The day of a moment in the reader's zone, with its year: for what may be long ago."""

    moment: Moment


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry for a calendar: its title in words, and as a file that comes with the message."""

    title: Text
    begins: Moment
    ends: Moment


@dataclass(frozen=True, slots=True)
class Text:
    """A source sentence (the key of the catalogue) and what stands in its places. A plain `str` is no argument:
    what people typed travels as `Words`, all else as what it is."""

    key: str
    args: tuple[tuple[str, Arg], ...] = ()


Arg = (
    int | Words | Name | Card | Invite | Zone | Weekday | HelpLines | Language | Country | Hour | Dated | Entry | Text
    | date | time | Moment | tuple["Arg", ...]
)  # fmt: skip


def T(key: str, /, **args: Arg) -> Text:
    """A text, written where it is needed: a label, a hint, a reply."""
    return text(key, args)


def stacked(*lines: Text) -> Text:
    """Texts below each other, at least one."""
    first, *rest = lines
    for line in rest:
        first = T("{above}\n{below}", above=first, below=line)
    return first


def text(key: str, args: Mapping[str, Arg] | None = None) -> Text:
    """A text with its arguments in a fixed order."""
    return Text(key, tuple(sorted((args or {}).items())))
