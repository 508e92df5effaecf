"""What can happen to a session. Every event carries its time, in epoch seconds; nobody looks at a clock."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.engine.ids import CoupleId, PersonId


@dataclass(frozen=True, slots=True)
class Start:
    """The session begins."""

    at: int


@dataclass(frozen=True, slots=True)
class Said:
    """Typed text for the open prompt number `prompt`."""

    at: int
    by: PersonId
    prompt: int
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Chose:
    """Options of the open prompt number `prompt`, by token: one press, or several typed at once ("1, 3")."""

    at: int
    by: PersonId
    prompt: int
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Due:
    """Time has passed. It only wakes the session: early, late or twice, it does no harm."""

    at: int


@dataclass(frozen=True, slots=True)
class Back:
    """Take back one's own last answer; or the one of that name, with what one answered after it."""

    at: int
    by: PersonId
    name: str = ""


@dataclass(frozen=True, slots=True)
class Amended:
    """Free text given under `name` is changed: part number `part` is replaced, or added when it is the next."""

    at: int
    by: PersonId
    name: str
    part: int
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Joined:
    """The second person has taken the empty seat of a couple's session; not yet linked."""

    at: int
    person: PersonId


@dataclass(frozen=True, slots=True)
class Linked:
    """The two are a couple now; what waited for that may open."""

    at: int
    couple: CoupleId


@dataclass(frozen=True, slots=True)
class Unseated:
    """The second person is out of it again; what they wrote stays theirs."""

    at: int
    person: PersonId


@dataclass(frozen=True, slots=True)
class Stopped:
    """Somebody ends the session where it is; what was confirmed is kept, the rest forgotten."""

    at: int


Event = Start | Said | Chose | Due | Back | Amended | Joined | Linked | Unseated | Stopped
