"""What the phones hold, as values: their owners, the messages of a chat, who is in the group, and what the bot has yet
to hear."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from bot.ports import Attachment, Choice, Doorway


class Owner(StrEnum):
    """Whose phone it is; also the name of the chat in it."""

    ANA = "ana"
    BEN = "ben"

    @property
    def user(self) -> int:
        """The platform's id of the owner, and of the chat."""
        return 1 if self is Owner.ANA else 2

    @property
    def other(self) -> Owner:
        """The owner of the other phone."""
        return Owner.BEN if self is Owner.ANA else Owner.ANA


class Guest(StrEnum):
    """Somebody who may come into the group, and has no phone here."""

    EVA = "eva"

    @property
    def user(self) -> int:
        """The platform's id of the guest."""
        return 3


Person = Owner | Guest


class Shared(StrEnum):
    """A chat that several share: there is one."""

    GROUP = "group"

    @property
    def number(self) -> int:
        """The platform's id of the chat."""
        return -100


Chat = Owner | Shared


class Presence(StrEnum):
    """Whether the bot is in the group, and may write there."""

    OUT = "out"
    IN = "in"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Room:
    """Who is in the group now."""

    people: tuple[Person, ...]
    leeway: Presence


class Kind(StrEnum):
    """What a message is."""

    TEXT = "text"
    PHOTO = "photo"
    VOICE = "voice"
    STICKER = "sticker"
    GONE = "gone"  # taken out of the chat again
    NOTE = "note"  # what became of the group; its text is the happening
    ASIDE = "aside"  # said in the group to one alone


Rows = tuple[tuple[Choice, ...], ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A message before it has its place in a chat.

    `author`: a person, or "bot". `link`: an invitation's code. `file` comes with it. `door`: a button out of the group.
    `reader`: whom an aside is for. `delivery` and `part` tell the bot's messages apart: the same pair again is the same
    message.
    """

    chat: Chat
    author: str
    at: int
    text: str = field(default="", repr=False)
    kind: Kind = Kind.TEXT
    choices: Rows = ()
    sides: tuple[Choice, ...] = ()
    many: bool = False
    link: str | None = field(default=None, repr=False)
    file: Attachment | None = field(default=None, repr=False)
    door: Doorway | None = None
    reader: Person | None = None
    delivery: int | None = None
    part: int = 0


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """A message in a chat. `change` grows with everything that changes on the phones."""

    id: int
    change: int
    draft: Draft
    edited: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """What the phones have to show since an earlier change; `anew`: all else that is shown is gone."""

    number: int
    anew: bool
    messages: tuple[ChatMessage, ...]


class Happening(StrEnum):
    """What somebody did."""

    TYPED = "typed"
    PRESSED = "pressed"
    EDITED = "edited"
    UNREADABLE = "unreadable"
    ADDED = "added"  # the bot, to the group
    REMOVED = "removed"
    MUTED = "muted"
    ALLOWED = "allowed"  # to write again
    JOINED = "joined"  # themselves
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Browser:
    """What the page tells of the browser: its time zone (an IANA name; None for one that nobody knows), and the
    language that it prefers (an IETF tag). The phones are where it is, and speak what it does."""

    zone: str | None = None
    language: str = "en"


SOMEWHERE = Browser()  # of which nothing is known


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that somebody did.

    `text`: what was typed, the button's token, or the kind of what is no text. `chance` is drawn when it
    happens. `in_group`: where it was done.
    """

    owner: Person
    what: Happening
    text: str = field(repr=False)
    at: int
    chance: int
    browser: Browser = SOMEWHERE
    message: int | None = None
    in_group: bool = False


@dataclass(frozen=True, slots=True)
class Update:
    """A deed that the bot has yet to hear, with a number of its own; numbers are never used again."""

    id: int
    deed: Deed
