"""A town in which everything is written down that reaches anybody but Ana."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from copy import copy
from dataclasses import astuple, dataclass, replace
from functools import cache
from hashlib import blake2b

from bot.changes import Show
from bot.engine.ids import Ids
from bot.library import Library
from bot.ports import Attachment, Message, Row
from bot.turns import Turns
from bot.wiring.rooms import library
from storage.memory import MemoryStore
from tests.test_bot.phones import MINUTE, SUNDAY, Phone, Town, content

AN_ID = re.compile(r"\b[0-9a-z]{10,}\b")  # in a token: which is chance, and of which only the same one again is told
ANAS = re.compile(r"[ab]{4}\d+(\n[ab]{4}\d+)*")  # what she writes, in whichever world


@dataclass(frozen=True, slots=True)
class Heard:
    """What reached somebody, when, and with which buttons: token, label, whether it is ticked. `changes`: how many
    messages before their last one the one is that it changes; `takes_out` those that it takes out."""

    at: int
    to: str
    text: str | None
    buttons: tuple[tuple[str, str, bool], ...]
    many: bool
    changes: int | None
    takes_out: tuple[int, ...]
    invite: str | None
    attachment: Attachment | None
    picture: str = ""


class Apart(Ids):
    """Ids that depend on nothing but their own event: chance is the same in both worlds, whatever else happens."""

    def __init__(self) -> None:
        """None is made yet."""
        self._made = Counter[tuple[int, int]]()

    def next(self, at: int, chance: int) -> int:
        """The next id of that event."""
        self._made[at, chance] += 1
        drawn = blake2b(f"{chance}/{self._made[at, chance]}".encode(), digest_size=3)
        return at << 28 | int.from_bytes(drawn.digest())


@cache
def shipped() -> Library:
    """The library that Leeway ships with: read once, for all plays."""
    return library(content(), "UTC", {})


class Ears(Town):
    """A town whose clock ticks on the full minute, as the program's does, so that what is Ana's alone moves no tick."""

    def __init__(self, at: int = SUNDAY) -> None:
        """Nobody has heard anything."""
        super().__init__(at=at)
        self.heard: list[Heard] = []
        self.ids: dict[tuple[str, str], str] = {}  # by reader and id: the how manieth that they see
        self.shown: dict[tuple[int, int], str] = {}  # by session and prompt: the message of Ana's that shows it
        self.overhears: Callable[[Row, Message], None] = lambda row, message: None
        self.then: Callable[[], None] = lambda: None  # done whenever something may have been sent
        self._reads(shipped())

    def copy(self) -> Ears:
        """The same town once more, which goes its own way."""
        twin = copy(self)
        assert isinstance(self.store, MemoryStore)
        twin.store = self.store.copy()
        twin.heard, twin.ids, twin.shown, twin.sent = [], {}, dict(self.shown), []
        twin.ana, twin.ben, twin.eve, twin.group = (_moved(phone, twin) for phone in (*self.phones, self.group))
        twin.members = {*self.members}
        twin._reads(self.library)
        return twin

    def deliver(self) -> None:
        """Sends what may go; before that, `then`."""
        self.then()
        super().deliver()

    def keeps_in(self, store: MemoryStore) -> None:
        """From here on everything is kept in that store."""
        self.store = store
        self._reads(self.library)

    def later(self, seconds: int) -> None:
        """Lets time pass; what is due happens on the next full minute."""
        until = self.now + seconds
        while (due := self.store.next_due()) is not None and due <= until:
            self.now = -(-max(due, self.now + 1) // MINUTE) * MINUTE
            if self.now > until:
                break
            self.tick()
        self.now = until
        self.tick()

    def leaves(self, row: Row, message: Message) -> None:
        """Writes down what is not for Ana; of what is, where her questions stand."""
        phone = next(phone for phone in (*self.phones, self.group) if phone.user == message.chat)
        self.overhears(row, message)
        if phone is not self.ana:
            self.heard.append(self._heard(phone, message))
        elif isinstance(row.put.content, Show) and message.edits is None:
            self.shown[row.put.content.session, row.put.content.prompt.no] = f"bot.{self.messages + 1}"

    def says_aside(self, phone: Phone, said: str) -> None:
        """Writes down what anybody but Ana is told alone in the group."""
        if phone is not self.ana:
            to = f"{phone.name}, in the group"
            self.heard.append(Heard(self.now, to, said, (), False, None, (), None, None))

    def _heard(self, phone: Phone, message: Message) -> Heard:
        before = {told.message: back for back, told in enumerate(reversed(phone.told))}
        return Heard(
            self.now,
            phone.name,
            None if message.text is None else ANAS.sub("~", message.text),
            tuple(
                (self._token(phone, b.token), ANAS.sub("~", b.label), b.ticked)
                for b in (*message.choices, *message.sides)
            ),
            message.many,
            None if message.edits is None else before[message.edits],
            tuple(before[taken] for taken in message.removes if taken in before),
            message.invite,
            message.attachment,
            "" if message.picture is None else ANAS.sub("~", repr(astuple(message.picture))),
        )

    def _token(self, phone: Phone, token: str) -> str:
        """A token with its ids by the order in which that person came to see them."""

        def named(found: re.Match[str]) -> str:
            return self.ids.setdefault((phone.name, found[0]), f"#{len(self.ids)}")

        return AN_ID.sub(named, token)

    def _reads(self, read: Library) -> None:
        self.library = replace(read, ids=Apart())
        self.turns = Turns(self.store, self.library)


def _moved(phone: Phone, town: Town) -> Phone:
    return replace(phone, town=town, told=[*phone.told], buttons=dict(phone.buttons))
