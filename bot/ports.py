"""The small protocols between the rooms: what a store, an outbox, an adapter and a clock can do."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Literal, Protocol

from bot.changes import Change, Lane, Put, SaveRecord
from bot.engine.ids import CoupleId, GroupId, PersonId, SessionId
from bot.engine.session import Json, Session
from bot.events import Due, Incoming
from bot.people import Account, AccountKey, Couple, Group, GroupKey, Invitation, Person
from bot.pictures.drawings import Drawing

# ---- the store ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Delivered:
    """Where and when a prompt was delivered last. `order` grows with each delivery in a chat; `message` is the
    platform's id of it, empty for one that may have arrived or not."""

    session: SessionId
    prompt: int
    at: int
    order: int
    message: str


@dataclass(frozen=True, slots=True)
class Noted:
    """The answer that a message became a part of."""

    session: SessionId
    name: str
    part: int


@dataclass(frozen=True, slots=True)
class Told:
    """A message that can be taken out of the chat: the platform's id of it, and when it was said. To somebody
    discreet, all are; to anybody, those that brought a file of their own data."""

    message: str
    at: int
    is_file: bool = False


class Unit(Protocol):
    """One transaction: what a turn may look at, and the one way to keep what it changes."""

    def first_time(self, event: str, at: int) -> bool:
        """Marks the event as seen; False when it was seen before."""
        ...

    def account(self, key: AccountKey) -> Account | None:
        """The account of that identity, if it is known."""
        ...

    def account_of(self, person: PersonId) -> Account | None:
        """The account that a person is written to."""
        ...

    def person(self, person: PersonId) -> Person:
        """A person. Raises `StoreError` for one that is not there."""
        ...

    def couple(self, couple: CoupleId) -> Couple:
        """A couple. Raises `StoreError` for one that is not there."""
        ...

    def couple_of(self, person: PersonId) -> Couple | None:
        """The couple that a person is in now."""
        ...

    def former_couples(self, person: PersonId) -> Sequence[Couple]:
        """The couples that a person was in, and that have ended."""
        ...

    def session(self, session: SessionId) -> Session | None:
        """A session that has not ended."""
        ...

    def sessions_of(self, person: PersonId) -> Sequence[Session]:
        """The sessions of a person that have not ended, oldest first (planned ones too)."""
        ...

    def invitation(self, code_hash: str) -> Invitation | None:
        """The invitation whose code has that hash."""
        ...

    def invitations_of(self, inviter: PersonId) -> Sequence[Invitation]:
        """The invitations of a person that nobody has closed."""
        ...

    def group(self, key: GroupKey) -> Group | None:
        """The group that a chat is, if it is known."""
        ...

    def group_by_id(self, group: GroupId) -> Group | None:
        """A group, if it is still known."""
        ...

    def groups_of(self, couple: CoupleId) -> Sequence[Group]:
        """The group that a couple has, if it has one."""
        ...

    def groups_tapped_by(self, person: PersonId) -> Sequence[Group]:
        """The groups in which a person has said that it is theirs, and which nobody's are yet."""
        ...

    def groups_in(self, platform: str, server: int) -> Sequence[Group]:
        """The groups that are channels of a server."""
        ...

    def delivered(self, person: PersonId) -> Sequence[Delivered]:
        """The deliveries of that person's open prompts, one for each prompt that was delivered, by `order`."""
        ...

    def noted(self, account: AccountKey, message: str) -> Noted | None:
        """What a message of that account's became a part of."""
        ...

    def shown(self, account: AccountKey, message: str) -> tuple[SessionId, int] | None:
        """The prompt that a message of the bot's showed in that account's chat, also one that is over."""
        ...

    def veiled(self, person: PersonId) -> Sequence[tuple[SessionId, int] | None]:
        """What waits behind an announcement for that person, in its order: the prompt that each would show, None for
        a line."""
        ...

    def told(self, account: AccountKey) -> Sequence[Told]:
        """What was said to that account and can be taken out again, oldest first."""
        ...

    def past(self, names: Sequence[str], people: Sequence[PersonId], couple: CoupleId | None) -> Mapping[str, Json]:
        """Records by "exercise.name", as each of the people may see them: `{"0": {"curious.asked": [{"value": …,
        "at": …, "by": …}, …]}, "1": …}`, oldest first. A person sees their own records, and the other's `shared` and
        `group` ones of this couple."""
        ...

    def own(self, names: Sequence[str], person: PersonId) -> Sequence[SaveRecord]:
        """A person's own records by "exercise.name", whatever couple they were in then, oldest first."""
        ...

    def all_past(self, person: PersonId) -> Sequence[SaveRecord]:
        """All records that a person may see, oldest first: their own, and what is for both of every couple that they
        are or were in. One that nobody can read any more has the value `REMOVED`."""
        ...

    def keep(self, changes: Sequence[Change]) -> None:
        """Keeps all changes of the turn, in their order."""
        ...


class Store(Protocol):
    """The memory of Leeway."""

    def turn(self) -> AbstractContextManager[Unit]:
        """A transaction: committed when the block ends, undone when it raises."""
        ...

    def due(self, at: int, limit: int) -> Sequence[Due]:
        """The sessions and couples that are due by then, longest due first, and the groups of which there is something
        to tell; their `chance` is 0."""
        ...

    def next_due(self) -> int | None:
        """When the next session, couple or unsent row of the outbox is due, in epoch seconds."""
        ...


# ---- the outbox --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the outbox, claimed: what to say, to whom, and what its sender needs to render it.

    `names`: of every person that the content names. `edits`: the platform's id of the message that an edit is for.
    `attempts` counts earlier tries. `uncertain`: an earlier try may have arrived. `announces`: it goes to somebody
    discreet, and its content is an announcement; what it would say waits until it is asked for. `group`: it is said
    there, `reader` and `account` stand for whoever is there; `only`: its couple's accounts on that platform; `tongues`:
    the language that each of its couple reads.
    """

    put: Put
    reader: Person
    account: Account
    names: Mapping[PersonId, str] = field(repr=False)
    edits: str | None = None
    attempts: int = 0
    uncertain: bool = False
    announces: bool = False
    group: Group | None = None
    only: tuple[AccountKey, ...] = ()
    tongues: Mapping[PersonId, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sent:
    """Delivered at `at`, as the platform's message of that id; `before`: the ids of the pieces above it."""

    at: int
    message: str
    before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Again:
    """Not before `at`; `uncertain` when it may have arrived."""

    at: int
    uncertain: bool = False


@dataclass(frozen=True, slots=True)
class Dropped:
    """Not to be sent any more: "closed", "useless", "uncertain", "refused"; `error` is the platform's word, if any."""

    why: str
    error: str = ""


@dataclass(frozen=True, slots=True)
class Gone:
    """The account cannot be reached; its other rows wait until it is heard of again."""

    at: int


@dataclass(frozen=True, slots=True)
class Moved:
    """The chat goes on under another id: its reader is written to under that one, beginning with this row."""

    chat: int


@dataclass(frozen=True, slots=True)
class Overheard:
    """Not sent: there were others than the two of the couple. They are told, and no answers open there from now on."""

    at: int


Outcome = Sent | Again | Dropped | Gone | Moved | Overheard


class Outbox(Protocol):
    """What is to be said. A claimed row is committed as *sending* before anything leaves."""

    def claim(
        self,
        now: int,
        limit: int,
        busy: Sequence[int] = (),
        lanes: Sequence[Lane] = tuple(Lane),
        platform: str | None = None,
    ) -> Sequence[Row]:
        """Rows that may go now, oldest first, lane by lane in that order; at most one per account, none for accounts'
        chats in `busy`, with `platform` only for readers who are written to there. A row whose prompt has closed or
        whose time has passed is dropped here and not returned. What a reply has to wait for to keep the order of its
        session is claimed as a reply."""
        ...

    def settle(self, row: int, outcome: Outcome) -> None:
        """What became of a claimed row. The words of a row that was sent or dropped are erased."""
        ...

    def recover(self, now: int) -> None:
        """After a start: rows that were *sending* are uncertain; those marked `once` are dropped, others go again."""
        ...


# ---- the platforms -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Choice:
    """A button as a platform shows it: at most 64 bytes of token, a label (which may be somebody's own words), and
    whether it is ticked."""

    token: str
    label: str = field(repr=False)
    ticked: bool = False


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that comes with a message, whose text is its caption. `kind`: shown as a "photo", or sent as a "file".
    `alt`: what is to be seen, for who does not see it."""

    name: str
    content: bytes = field(repr=False)
    kind: Literal["photo", "file"] = "file"
    alt: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Doorway:
    """A button that opens whoever taps it their own chat with the bot; `start` is what they bring there."""

    label: str = field(repr=False)
    start: str = ""


@dataclass(frozen=True, slots=True)
class Among:
    """A message goes to a chat that several share, and nobody's phone rings for it. `topic`, `server`: where there, by
    the platform's ids. `only`: it may be said only if these accounts, so many `people` in all and the bot are there
    and nobody else, counted just before. `door`: a way out of it."""

    topic: int | None = None
    server: int | None = None
    only: tuple[AccountKey, ...] = ()
    people: int = 0
    door: Doorway | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """Something to deliver, rendered for its reader. Plain text, never markup.

    `delivery` is the outbox row's id (a nonce where the platform has one). `edits`: the platform's id of the message
    to change; with `text` None only its buttons change. `choices` answer a question (`many`: several may be ticked),
    `sides` stand beside them. `invite` is a code, of which a platform with links makes one where it stands first. With
    `removes` it says nothing: these messages of the bot's are taken out of the chat, as far as they are there and can
    be. `picture` is not drawn yet: the sender draws it, and it becomes the `attachment`.
    """

    account: AccountKey
    chat: int
    delivery: int
    text: str | None = field(repr=False)
    choices: tuple[Choice, ...] = ()
    sides: tuple[Choice, ...] = ()
    many: bool = False
    edits: str | None = None
    invite: str | None = field(default=None, repr=False)
    attachment: Attachment | None = None
    removes: tuple[str, ...] = ()
    among: Among | None = None
    picture: Drawing | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """A message was delivered: the platform's id of it; `before`: the ids of its pieces above the last."""

    message: str
    before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a platform can do. Lengths in `units` of its own: "utf16" code units or "codepoints". `nonce`: a message
    sent again with the same `delivery` within two minutes arrives once. `deletes_for`: for how many seconds a message
    can be taken out again; None for ever. `links`: an invitation's code becomes a link that opens the bot there.
    `writes_first`: the bot may write to somebody whom it has met elsewhere, as far as they let it."""

    text_limit: int
    label_limit: int
    options_limit: int
    edits: bool
    units: str
    nonce: bool = False
    deletes_for: int | None = None
    links: bool = False
    writes_first: bool = False


# What comes back is for whoever did it alone, and said where they did it, if the platform can.
Receive = Callable[[Incoming], Awaitable[str | None]]
# A picture as PNG; what cannot be drawn raises.
Draw = Callable[[Drawing], Awaitable[bytes]]


class Adapter(Protocol):
    """A platform: it hears and delivers, nothing else. `caught_up` is set once what had waited is handed in; `hears`
    while what happens there can be heard."""

    platform: str
    can: Capabilities
    caught_up: asyncio.Event
    hears: asyncio.Event

    async def run(self, receive: Receive) -> None:
        """Hands in what happens until cancelled."""
        ...

    async def send(self, message: Message) -> Receipt:
        """Delivers a message. Raises one of the `DeliveryError`s."""
        ...


class Clock(Protocol):
    """The program's time, handed in."""

    def now(self) -> int:
        """Epoch seconds."""
        ...
