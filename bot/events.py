"""What reaches Leeway from outside: what people do on a platform, and time."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.engine.ids import CoupleId, PersonId, SessionId
from bot.people import AccountKey


@dataclass(frozen=True, slots=True)
class Profile:
    """What a platform tells about somebody: a first guess for name, language (IETF) and zone (IANA), used once."""

    name: str = field(repr=False)
    language: str | None = None
    zone: str | None = None


@dataclass(frozen=True, slots=True)
class Sender:
    """Who did something and where: the account, the private chat it was in, and the profile."""

    account: AccountKey
    chat: int
    profile: Profile


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


Deed = Typed | Command | Pressed | Edited | Unreadable | Blocked | Returned


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
class SessionDue:
    """A session's timer has come."""

    session: SessionId
    at: int
    chance: int


@dataclass(frozen=True, slots=True)
class WeekDue:
    """A couple's weekly prompt has come."""

    couple: CoupleId
    at: int
    chance: int


@dataclass(frozen=True, slots=True)
class Unheard:
    """Nothing was heard of somebody since `before`: for as long as anything is kept."""

    person: PersonId
    before: int
    at: int
    chance: int


Event = Incoming | SessionDue | WeekDue | Unheard


def readable(typed: str) -> str:
    """Words that every platform can carry: surrogates in pairs joined, lone ones replaced, NUL bytes left out."""
    joined = typed.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return joined.replace("\x00", "")
