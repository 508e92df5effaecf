"""What a turn changes, as values. A store keeps all of one turn's changes in one transaction, or none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Literal

from bot.engine.acts import Button, Visibility
from bot.engine.ids import CoupleId, GroupId, PersonId, SessionId
from bot.engine.pictures import Picture
from bot.engine.session import Json, Prompt, Session
from bot.engine.text import Name, Text
from bot.people import Account, AccountKey, Couple, Group, Invitation, Person

REMOVED: Mapping[str, Json] = MappingProxyType({"removed": True})  # the value of a record that its owner took out


class Lane(StrEnum):
    """Replies to a person's own event go before everything else."""

    REPLY = "reply"
    BULK = "bulk"


@dataclass(frozen=True, slots=True)
class Document:
    """Somebody's own data, to be made into a file of that form when it is sent; `names`: of all who are named in it."""

    form: Literal["json", "html", "keepsake"]
    data: Json = field(repr=False)
    names: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Door:
    """A button that opens whoever taps it their own chat with the bot; `start` is what they bring there."""

    label: Text
    start: str = ""


@dataclass(frozen=True, slots=True)
class Say:
    """A line, with buttons that are commands, and perhaps a file, which can be taken out of the chat again, or a
    picture that says the same; in a group, with a `door`, or said only where the two of the couple and nobody else are
    (`only_two`)."""

    text: Text
    buttons: tuple[Button, ...] = ()
    file: Document | None = None
    door: Door | None = None
    only_two: bool = False
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Show:
    """An open prompt, sent: `lead` (a hint or a reminder) stands above the question."""

    session: SessionId
    prompt: Prompt
    lead: Text | None = None


@dataclass(frozen=True, slots=True)
class Redrawn:
    """The buttons of a prompt's message changed: an edit of what was delivered."""

    session: SessionId
    prompt: Prompt


@dataclass(frozen=True, slots=True)
class Cleared:
    """The buttons of a prompt's message go: an edit of what was delivered; nothing when it never was. With `chosen`,
    the message becomes its question and what was chosen."""

    session: SessionId
    prompt: int
    question: Text | None = None
    chosen: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Removed:
    """Messages that were said before (the platform's ids) are taken out of the chat."""

    messages: tuple[str, ...]


Content = Say | Show | Redrawn | Cleared | Removed


@dataclass(frozen=True, slots=True)
class Put:
    """A row for the outbox, to a person or to whoever is in a group (`GroupId`).

    `earliest`: not before, `useless_after`: not after (epoch seconds); `while_open`: dropped once that prompt has
    closed; `once`: rather lost than said twice. `waking`: waits for the reader's next waking minute (outside quiet
    hours, or within ten minutes of having been heard). `unasked`: a prompt that nobody asked for, waits for a minute
    outside quiet hours in which they have been silent for ten. Both wait until a reader's time for themselves is over,
    unless the row is about that time (`in_silence`). Lines have `session` for their order within it.
    """

    id: int
    to: PersonId
    content: Content
    lane: Lane
    earliest: int
    useless_after: int | None = None
    while_open: tuple[SessionId, int] | None = None
    once: bool = False
    waking: bool = False
    unasked: bool = False
    session: SessionId | None = None
    in_silence: bool = False


@dataclass(frozen=True, slots=True)
class Withdraw:
    """What waits to be said to somebody unasked is not said any more, but for what belongs to `mine`, sessions of
    their own."""

    to: PersonId
    mine: frozenset[SessionId]


@dataclass(frozen=True, slots=True)
class Hush:
    """What a session was to ask somebody, or remind them of, later than `after` (epoch seconds) is not sent."""

    to: PersonId
    session: SessionId
    after: int


@dataclass(frozen=True, slots=True)
class SavePerson:
    """A person, new or changed."""

    person: Person


@dataclass(frozen=True, slots=True)
class SaveAccount:
    """An account, new or changed."""

    account: Account


@dataclass(frozen=True, slots=True)
class DropAccount:
    """An account is nobody's any more, and what is known of its chat goes."""

    account: AccountKey


@dataclass(frozen=True, slots=True)
class SaveCouple:
    """A couple, new or changed."""

    couple: Couple


@dataclass(frozen=True, slots=True)
class SaveInvitation:
    """An invitation, new or changed."""

    invitation: Invitation


@dataclass(frozen=True, slots=True)
class SaveGroup:
    """A group, new or changed; there is no other with its key."""

    group: Group


@dataclass(frozen=True, slots=True)
class DropGroup:
    """A group is not known any more, and what was to be said there is not said."""

    group: GroupId


@dataclass(frozen=True, slots=True)
class SaveSession:
    """A session, new or changed; its timer is `session.wake`. An ended one's answers are erased."""

    session: Session


@dataclass(frozen=True, slots=True)
class SaveRecord:
    """A record of one owner's, from a session, with its visibility; the same name again replaces it."""

    session: SessionId
    couple: CoupleId | None
    exercise: str
    name: str
    owner: PersonId
    visibility: Visibility
    at: int
    value: Json = field(repr=False)


@dataclass(frozen=True, slots=True)
class DropRecord:
    """A record that was taken back."""

    session: SessionId
    name: str
    owner: PersonId


@dataclass(frozen=True, slots=True)
class Unsay:
    """What that person typed goes from all that others kept of a session; the rest of it stays."""

    session: SessionId
    by: PersonId


@dataclass(frozen=True, slots=True)
class NoteMessage:
    """A message that became (part of) an answer, so that an edit of it finds its way while the session lives."""

    account: Account
    message: str
    session: SessionId
    name: str
    part: int


@dataclass(frozen=True, slots=True)
class ForgetMessages:
    """The messages of an answer that was taken back: an edit of them changes nothing any more."""

    session: SessionId
    name: str


@dataclass(frozen=True, slots=True)
class Unveil:
    """What waits behind an announcement for that person is said now, as if they had asked for it."""

    person: PersonId
    at: int


@dataclass(frozen=True, slots=True)
class ForgetTold:
    """Which messages were said to an account is no longer known."""

    account: AccountKey


@dataclass(frozen=True, slots=True)
class ForgetFiles:
    """Which messages brought an account files of its person's data is no longer known."""

    account: AccountKey


Change = (
    Put
    | Withdraw
    | Hush
    | SavePerson
    | SaveAccount
    | DropAccount
    | SaveCouple
    | SaveInvitation
    | SaveGroup
    | DropGroup
    | SaveSession
    | SaveRecord
    | DropRecord
    | Unsay
    | NoteMessage
    | ForgetMessages
    | Unveil
    | ForgetTold
    | ForgetFiles
)
