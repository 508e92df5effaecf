"""A platform in memory: what arrives there is told, in order, as every way of playing tells it."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass

from adapters.rendering import split
from bot.errors import Overheard, Unreachable
from bot.events import Added, Deed, Joined, MovedTo, Muted
from bot.ports import Among, Capabilities, Choice, Message, Receipt, Receive

CAN = Capabilities(
    text_limit=4096, label_limit=64, options_limit=100, edits=True, units="utf16", deletes_for=48 * 3600, links=True
)


@dataclass(frozen=True, slots=True)
class News:
    """What came to a phone: a message of the bot's, or (`text` None) other buttons under one that is there.

    `user`: whose phone it is, or `IN_GROUP`. `again`: the same delivery has arrived before. `gone`: the message was
    taken out of the chat. `aside`: it was said in the group to that one alone. `picture`: one came with it.
    """

    user: int
    message: str
    text: str | None
    buttons: tuple[Choice, ...]
    invite: str | None
    delivery: int | None = None
    again: bool = False
    gone: bool = False
    aside: bool = False
    picture: bool = False


IN_GROUP = -1
GROUP, SUPERGROUP = -100, -200
DOOR = "door:"  # of a button that opens the own chat with the bot


class Loop:
    """The platform. It outlives the program, as platforms do."""

    platform = "playground"
    can = CAN

    def __init__(self) -> None:
        """Nothing was said yet."""
        self._messages = 0
        self._news: list[News] = []
        self.arrived: Counter[int] = Counter()
        self.blocked: set[int] = set()
        self._gone: set[str] = set()
        self.group: int = GROUP
        self.members: set[int] = {1, 2}
        self.is_muted = False
        self.caught_up = asyncio.Event()
        self.hears = asyncio.Event()

    async def run(self, receive: Receive) -> None:
        """Nothing is heard: the stage hands events in."""

    async def send(self, message: Message) -> Receipt:
        """It arrives, unless its reader has blocked the bot."""
        if message.chat in self.blocked:
            raise Unreachable
        if message.among is not None:
            self._check(message.chat, message.among)
        self.arrived[message.delivery] += 1
        if message.removes:
            again = self._again(message)
            self._gone |= {*message.removes}
            self._news += [News(message.chat, each, None, (), None, None, again, gone=True) for each in message.removes]
            return Receipt("")
        if message.edits is not None:
            if message.edits not in self._gone:
                self._note(message, message.edits, None)
            return Receipt(message.edits)
        *above, last = split(message.text or "", self.can.text_limit, self.can.units)
        before = tuple(self.new_id() for _ in above)
        for id_, part in zip(before, above, strict=True):
            self._news.append(News(message.chat, id_, part, (), None, message.delivery, self._again(message)))
        id_ = self.new_id()
        self._note(message, id_, last)
        return Receipt(id_, before)

    def _check(self, chat: int, among: Among) -> None:
        """Whether it may be said in the group."""
        if chat != self.group or self.is_muted:
            raise Unreachable
        those = {key.user for key in among.only}
        if among.people and (not those or len(self.members) != among.people or not those <= self.members):
            raise Overheard

    def new_id(self) -> str:
        """An id for a message, of the bot's or of a player's."""
        self._messages += 1
        return str(self._messages)

    def whispers(self, user: int, said: str) -> None:
        """Something is said in the group to one alone."""
        self._news.append(News(user, "", said, (), None, aside=True))

    def becomes(self, user: int, deed: Deed) -> None:
        """What becomes of the group, or of its members, by somebody's doing."""
        match deed:
            case MovedTo(chat):
                self.group = chat
            case Muted():
                self.is_muted = True
            case Added():
                self.is_muted = False
            case Joined(who):
                self.members = self.members | {user} if who else self.members - {user}

    def news(self) -> list[News]:
        """What came since the last time."""
        news, self._news = self._news, []
        return news

    def _note(self, message: Message, id_: str, text: str | None) -> None:
        buttons, door = (*message.choices, *message.sides), message.among.door if message.among else None
        if door is not None:
            buttons = (*buttons, Choice(f"{DOOR}{door.start}", door.label))
        user = message.chat if message.among is None else IN_GROUP
        again, picture = self._again(message), message.attachment is not None and message.attachment.kind == "photo"
        self._news.append(News(user, id_, text, buttons, message.invite, message.delivery, again, picture=picture))

    def _again(self, message: Message) -> bool:
        return self.arrived[message.delivery] > 1
