"""What the phones hold, as values: their owners, the messages of a chat, and what the bot has yet to hear."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from bot.ports import Attachment, Choice


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


class Kind(StrEnum):
    """What a message is."""

    TEXT = "text"
    PHOTO = "photo"
    VOICE = "voice"
    STICKER = "sticker"
    GONE = "gone"  # taken out of the chat again


Rows = tuple[tuple[Choice, ...], ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A message before it has its place in a chat.

    `author`: an owner, or "bot". `link`: an invitation's code. `file` comes with it. `delivery` and `part` tell the
    bot's messages apart: the same pair again is the same message.
    """

    chat: Owner
    author: str
    at: int
    text: str = field(default="", repr=False)
    kind: Kind = Kind.TEXT
    choices: Rows = ()
    sides: tuple[Choice, ...] = ()
    many: bool = False
    link: str | None = field(default=None, repr=False)
    file: Attachment | None = field(default=None, repr=False)
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


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that an owner did.

    `text`: what was typed, the button's token, or the kind of what is no text. `chance` is drawn when it
    happens, `zone` is the browser's.
    """

    owner: Owner
    what: Happening
    text: str = field(repr=False)
    at: int
    chance: int
    zone: str | None = None
    message: int | None = None


@dataclass(frozen=True, slots=True)
class Update:
    """A deed that the bot has yet to hear, with a number of its own; numbers are never used again."""

    id: int
    deed: Deed
