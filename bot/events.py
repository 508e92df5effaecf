"""What reaches Leeway from outside: what people do on a platform, and time."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.engine.ids import CoupleId, GroupId, PersonId, SessionId
from bot.people import SHARED, AccountKey, GroupKey


@dataclass(frozen=True, slots=True)
class Profile:
    """What a platform tells about somebody: a first guess for name, language (IETF) and zone (IANA), used once."""

    name: str = field(repr=False)
    language: str | None = None
    zone: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where among others something was done: a chat that several share; the topic, in one that has topics, and the
    server that a channel is in, by the platform's ids."""

    group: GroupKey
    topic: int | None = None
    server: int | None = None


@dataclass(frozen=True, slots=True)
class Sender:
    """Who did something and where: the account, their private chat with the bot, the profile; and the `place`, unless
    it was done in that chat."""

    account: AccountKey
    chat: int
    profile: Profile
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Typed:
    """Text was typed. `message`: the platform's id of the message; `reply_to`: of the message it replies to."""

    text: str = field(repr=False)
    message: str
    reply_to: str | None = None


@dataclass(frozen=True, slots=True)
class Command:
    """A command was given: `name` without the slash, in small letters; `argument` is what stood behind it."""

    name: str
    argument: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button was pressed; `token` is what the button carried, perhaps stale, perhaps forged."""

    token: str


@dataclass(frozen=True, slots=True)
class Edited:
    """A message was edited after it was sent."""

    text: str = field(repr=False)
    message: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something that is not text: "photo", "voice", "sticker", "file"."""

    what: str


@dataclass(frozen=True, slots=True)
class Blocked:
    """They blocked the bot: nothing can be said to them until they are heard of again."""


@dataclass(frozen=True, slots=True)
class Returned:
    """Whoever could not be written to can be again: they took back that they had blocked the bot. Asks for no reply."""


# ---- what becomes of a chat that several share


@dataclass(frozen=True, slots=True)
class Added:
    """Leeway was brought there, or may write there again."""


@dataclass(frozen=True, slots=True)
class Removed:
    """Leeway was taken out of it, or it is gone; or of its whole server (`everywhere`)."""

    everywhere: bool = False


@dataclass(frozen=True, slots=True)
class Muted:
    """Leeway may not write there any more."""


@dataclass(frozen=True, slots=True)
class MovedTo:
    """It goes on under another id."""

    chat: int


@dataclass(frozen=True, slots=True)
class Joined:
    """Others came in."""

    who: tuple[AccountKey, ...]


@dataclass(frozen=True, slots=True)
class Nameless:
    """A command was given by somebody who does not say who they are."""


OfGroup = Added | Removed | Muted | MovedTo | Joined | Nameless

OwnDeed = Typed | Command | Pressed | Edited | Unreadable | Blocked | Returned
Deed = OwnDeed | OfGroup


@dataclass(frozen=True, slots=True)
class Incoming:
    """Somebody did something. `id` is unique on its platform and the same when it is delivered again; `at` in epoch
    seconds; `chance` is the only randomness of the turn, drawn where the event came in."""

    id: str
    at: int
    chance: int
    sender: Sender
    deed: Deed


@dataclass(frozen=True, slots=True)
class Crowded:
    """There were others than the two of a couple in their group when answers were to open there."""

    group: GroupId
    at: int
    chance: int
    late: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class SessionDue:
    """A session's timer has come, `late` seconds ago: that is for whoever runs the bot, and no turn looks at it."""

    session: SessionId
    at: int
    chance: int
    late: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class WeekDue:
    """A couple's weekly prompt has come."""

    couple: CoupleId
    at: int
    chance: int
    late: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Unheard:
    """Nothing was heard of somebody since `before`: for as long as anything is kept."""

    person: PersonId
    before: int
    at: int
    chance: int


Due = SessionDue | WeekDue | Crowded
Event = Incoming | Due | Unheard


def whose_due(event: Due) -> int:
    """The id of what is due."""
    match event:
        case SessionDue(session=due) | WeekDue(couple=due) | Crowded(group=due):
            return due


def nobody(place: Place) -> Sender:
    """Stands for whoever did something to a group, where the platform does not say who."""
    return Sender(AccountKey(place.group.platform, SHARED), 0, Profile(""), place)


def readable(typed: str) -> str:
    """Words that every platform can carry: surrogates in pairs joined, lone ones replaced, NUL bytes left out."""
    joined = typed.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return joined.replace("\x00", "")
