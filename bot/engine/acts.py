"""What a turn brings about, as values; the router turns them into rows, nobody else acts on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from bot.engine.ids import PersonId
from bot.engine.moments import Moment
from bot.engine.pictures import Picture
from bot.engine.session import Json
from bot.engine.text import Text


class Visibility(StrEnum):
    """Who may see what is stored. What has no visibility cannot be stored."""

    PRIVATE = "private"
    SEALED = "sealed"
    SHARED = "shared"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Button:
    """A button that is a command of the person who presses it (`help`, `back`), not an answer."""

    label: Text
    command: str
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """Something said to one person; to None: in the couple's group. `once`: rather lost than said twice. `opening`: in
    the group only where both would have answers there, and nobody else is. `picture`: it says the same, and does not
    come to a group."""

    to: PersonId | None
    text: Text
    buttons: tuple[Button, ...] = ()
    once: bool = False
    opening: bool = False
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """The open prompt `no` is sent; `lead` stands above it (a hint, a reminder)."""

    no: int
    lead: Text | None = None


@dataclass(frozen=True, slots=True)
class Remind:
    """The open prompt `no` is sent again after `wait`, once, unless it has closed by then or `until` has come."""

    no: int
    lead: Text
    wait: timedelta
    until: int | None


@dataclass(frozen=True, slots=True)
class Redraw:
    """The buttons of the open prompt `no` changed (a tick, an unfolded row): an edit of its message."""

    no: int


@dataclass(frozen=True, slots=True)
class Close:
    """The prompt `no` of `to` is no longer open: its buttons go. Of one that was answered by a tap, its question
    and what was chosen stay to be read."""

    no: int
    to: PersonId
    question: Text | None = None
    chosen: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Keep:
    """A record: one value of `owner`, under a name, with its visibility. Kept again, it replaces itself."""

    name: str
    owner: PersonId
    visibility: Visibility
    value: Json = field(repr=False)


@dataclass(frozen=True, slots=True)
class Forget:
    """A record that is taken back."""

    name: str
    owner: PersonId


@dataclass(frozen=True, slots=True)
class Offer:
    """A session of its own for `to` (a couple's exercise: for both), now or at a moment."""

    exercise: str
    to: tuple[PersonId, ...]
    at: Moment | None
    given: Mapping[str, Json] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Link:
    """The two become a couple."""

    guest: PersonId


@dataclass(frozen=True, slots=True)
class Unlink:
    """The guest who was let in is let out again; `late`: as nobody said whether it was the right one."""

    guest: PersonId
    late: bool = False


@dataclass(frozen=True, slots=True)
class Leave:
    """The doer's couple ends. `told`: the other reads it now, else when they next come by."""

    told: bool


@dataclass(frozen=True, slots=True)
class Set:
    """Settings of a person, or of the couple, by name."""

    values: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Erase:
    """Everything of the doer's is erased."""


@dataclass(frozen=True, slots=True)
class Attach:
    """The doer takes the seat that an invitation keeps (its hashed code)."""

    invitation: str


@dataclass(frozen=True, slots=True)
class Pose:
    """A question of the doer's own (an argument of a text, as JSON) is put to both of the couple."""

    question: Json = field(repr=False)


@dataclass(frozen=True, slots=True)
class Export:
    """The doer gets everything that they may read, as files."""


@dataclass(frozen=True, slots=True)
class Keepsake:
    """The doer gets what the two opened or shared between these days (both of them, too), as a file."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Move:
    """Everything of the doer's goes over to the account that has brought their code, which belongs to `guest`."""

    guest: PersonId


Effect = Link | Unlink | Leave | Set | Erase | Attach | Pose | Export | Keepsake | Move


@dataclass(frozen=True, slots=True)
class Do:
    """An effect that a command asks for."""

    effect: Effect
    by: PersonId


Act = Line | Ask | Remind | Redraw | Close | Keep | Forget | Offer | Do
