"""Ana and Ben with a phone each, over real turns and a real store: what they type and press, and what they are told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from bot.engine.exercise import Exercise, registry
from bot.engine.session import Session
from bot.engine.text import Arg, Text, text
from bot.events import (
    Command,
    Deed,
    Edited,
    Incoming,
    Nameless,
    Place,
    Pressed,
    Profile,
    Sender,
    SessionDue,
    Typed,
    Unreadable,
    nobody,
    whose_due,
)
from bot.library import Library
from bot.people import AccountKey, Couple, GroupKey, Person
from bot.ports import Among, Choice, Message, Overheard, Row, Sent
from bot.turns import Turns
from bot.wiring.rooms import library
from bot.words.content import Content, load_content
from bot.words.render import Reader, Renderer, strict
from storage.memory import MemoryStore
from storage.store import SqlStore

SUNDAY = int(datetime(2026, 11, 22, 19, tzinfo=ZoneInfo("Europe/Lisbon")).timestamp())
MINUTE, HOUR, DAY = 60, 3_600, 86_400
A_WHILE = 20  # seconds that a person takes for one thing

Memory = MemoryStore | SqlStore


@cache
def content() -> Content:
    """The content that Leeway ships with."""
    return load_content()


@dataclass(frozen=True, slots=True)
class Told:
    """A message that arrived: its words, and its buttons when it came."""

    at: int
    message: str
    text: str
    buttons: tuple[Choice, ...]
    invite: str | None


@dataclass
class Phone:
    """One person's phone."""

    town: Town
    name: str
    user: int
    zone: str
    told: list[Told] = field(default_factory=list)
    buttons: dict[str, tuple[Choice, ...]] = field(default_factory=dict)
    read: int = 0
    deeds: int = 0

    # ---- what they do

    def types(self, words: str, *, reply_to: str | None = None, at: int | None = None) -> list[str]:
        """Types words, and says what they are told because of it."""
        self.town.messages += 1
        return self.does(Typed(words, f"own.{self.town.messages}", reply_to), at=at)

    def answers(self, words: str) -> list[str]:
        """Answers the question of a round, and takes no guess at the other's."""
        self.types(words)
        return self.presses("no guess this time")

    def gives(self, name: str, argument: str = "") -> list[str]:
        """Gives a command."""
        return self.does(Command(name, argument))

    def presses(self, label: str) -> list[str]:
        """Presses the newest button with that label."""
        return self.sends(self.token(label))

    def sends(self, token: str) -> list[str]:
        """Presses a button that carries this token."""
        return self.does(Pressed(token))

    def edits(self, message: str, words: str) -> list[str]:
        """Edits a message of their own."""
        return self.does(Edited(words, message))

    def shows(self, what: str) -> list[str]:
        """Sends something that is not text."""
        return self.does(Unreadable(what))

    def does(self, deed: Deed, *, at: int | None = None, id: str | None = None) -> list[str]:
        """Does something a little later, and says what they are told because of it."""
        self.town.now += A_WHILE
        self.read = len(self.told)
        self.town.turns.take(self.event(deed, at=at, id=id))
        self.town.deliver()
        return self.news()

    def in_group(self, deed: Deed) -> str:
        """Does something in the group, and says what they are told there alone."""
        self.town.now += A_WHILE
        self.read = len(self.told)
        place = Place(self.town.group_key)
        event = self.event(deed)
        sender = nobody(place) if isinstance(deed, Nameless) else replace(event.sender, place=place)
        aside = self.town.turns.take(replace(event, sender=sender))
        said = "" if aside is None else self.town.renderer.text(aside.text, Reader("en", self.zone))
        self.town.says_aside(self, said)
        self.town.deliver()
        return said

    def taps(self, label: str) -> str:
        """Taps the newest button with that label in the group."""
        return self.in_group(Pressed(self.town.group.token(label)))

    def does_nothing(self) -> None:
        """Takes as long as for doing something, and leaves what comes after to the same chance."""
        self.town.now += A_WHILE
        self.deeds += 1
        self.town.messages += 1
        self.town.deliver()

    def event(self, deed: Deed, *, at: int | None = None, id: str | None = None) -> Incoming:
        """What they do, as an event."""
        self.town.events += 1
        sender = Sender(AccountKey("playground", self.user), self.user, Profile(self.name, "en", self.zone))
        self.deeds += 1
        chance = self.user * 1_000_003 + self.deeds * 7919  # one person's chance is not moved by another's deeds
        return Incoming(id or f"event:{self.town.events}", self.town.now if at is None else at, chance, sender, deed)

    # ---- what they see

    def news(self) -> list[str]:
        """What they were told since the last time."""
        fresh, self.read = self.told[self.read :], len(self.told)
        return [told.text for told in fresh]

    def token(self, label: str) -> str:
        """What the newest button with that label carries."""
        for told in reversed(self.told):
            for choice in self.buttons[told.message]:
                if choice.label == label:
                    return choice.token
        raise AssertionError(f"{self.name} has no button [{label}]")

    def labels(self) -> list[str]:
        """The buttons of the newest message."""
        return [choice.label for choice in self.buttons[self.told[-1].message]]

    def code(self) -> str:
        """The code of the newest invitation."""
        return next(told.invite for told in reversed(self.told) if told.invite)

    def message(self, part: str) -> str:
        """The id of the newest message that says this."""
        return next(told.message for told in reversed(self.told) if part in told.text)

    @property
    def person(self) -> Person:
        """Who they are to the bot."""
        with self.town.store.turn() as unit:
            account = unit.account(AccountKey("playground", self.user))
            assert account is not None
            return unit.person(account.person)

    @property
    def sessions(self) -> list[Session]:
        """Their sessions that have not ended."""
        me = self.person.id
        with self.town.store.turn() as unit:
            return list(unit.sessions_of(me))

    @property
    def couple(self) -> Couple | None:
        """The couple that they are in."""
        me = self.person.id
        with self.town.store.turn() as unit:
            return unit.couple_of(me)

    def session(self, exercise: str) -> Session:
        """Their newest session of that exercise."""
        return [session for session in self.sessions if session.exercise == exercise][-1]

    def past(self, *names: str) -> dict[str, list[Mapping[str, object]]]:
        """The records that they may see."""
        couple = self.couple
        with self.town.store.turn() as unit:
            found = unit.past(names, (self.person.id,), couple.id if couple else None)["0"]
        assert isinstance(found, dict)
        return found  # type: ignore[return-value]  # it is JSON


class Town:
    """Three people, the program and its clock. Further exercises may replace those of the same name."""

    def __init__(self, store: Memory | None = None, exercises: tuple[Exercise, ...] = (), at: int = SUNDAY) -> None:
        """Nobody has written yet."""
        self.store: Memory = MemoryStore() if store is None else store
        self.renderer = Renderer(content(), strict)
        self.now = at
        self.events = self.messages = 0
        self.library = with_exercises(library(content(), "UTC", {}), *exercises)
        self.turns = Turns(self.store, self.library)
        self.ana = Phone(self, "Ana", 1, "Europe/Lisbon")
        self.ben = Phone(self, "Ben", 2, "Europe/Berlin")
        self.eve = Phone(self, "Eve", 3, "Europe/Lisbon")
        self.group = Phone(self, "group", -100, "UTC")  # what stands in the chat that they share
        self.group_key = GroupKey("playground", -100)
        self.members = {1, 2}
        self.sent: list[Row] = []

    def words(self, said: Text, /, **args: Arg) -> str:
        """A sentence as it is read."""
        names = {phone.person.id: phone.name for phone in self.phones if phone.told}
        return self.renderer.text(text(said.key, args) if args else said, Reader("en", "Europe/Lisbon"), names)

    @property
    def phones(self) -> tuple[Phone, Phone, Phone]:
        """All phones."""
        return self.ana, self.ben, self.eve

    def deliver(self) -> None:
        """Sends what may go."""
        while rows := self.store.claim(self.now, 10):
            for row in rows:
                self._send(row)

    def leaves(self, row: Row, message: Message) -> None:
        """A message leaves for its reader; nothing is noted of it here."""

    def says_aside(self, phone: Phone, said: str) -> None:
        """Somebody is told something in the group alone; nothing is noted of it here."""

    def undelivered(self) -> list[Row]:
        """Claims what may go, and leaves it on its way: as a crash would."""
        return list(self.store.claim(self.now, 10))

    def later(self, seconds: int) -> None:
        """Lets time pass, and what is due happen at its time."""
        until = self.now + seconds
        while (due := self.store.next_due()) is not None and due <= until:
            self.now = due if due > self.now else min(self.now + MINUTE, until + 1)
            if self.now > until:
                break
            self.tick()
        self.now = until
        self.tick()

    def tick(self) -> None:
        """Runs once what is due now, and sends what may go."""
        for event in self.store.due(self.now, 100):
            self.events += 1
            whose = whose_due(event)
            self.turns.take(replace(event, chance=self.now * 7919 + whose % 997))
        self.deliver()

    def wake(self, session: Session) -> None:
        """The session's timer comes, whether it is due or not."""
        self.turns.take(SessionDue(session.id, self.now, 5))
        self.deliver()

    def with_exercises(self, *exercises: Exercise) -> None:
        """From here on these exercises are there, in place of those of the same name: a deploy."""
        self.library = with_exercises(self.library, *exercises)
        self.turns = Turns(self.store, self.library)

    def without(self, *names: str) -> None:
        """From here on these exercises are gone: a deploy."""
        left = {name: e for name, e in self.library.conversations.items() if name not in names}
        self.library = replace(self.library, conversations=left)
        self.turns = Turns(self.store, self.library)

    # ---- how far they are

    def begin(self, phone: Phone | None = None) -> None:
        """Somebody (Ana) agrees, and has the first question."""
        phone = phone or self.ana
        phone.gives("start")
        phone.presses("Fine with me")

    def invite(self) -> str:
        """Ana has answered the first question and invites; the code."""
        self.begin()
        self.ana.types("A lighthouse keeper.")
        self.ana.gives("pair")
        return self.ana.code()

    def seat(self) -> None:
        """Ben has opened Ana's invitation and wants to be linked; she has not said yes."""
        self.ben.gives("start", self.invite())
        self.ben.presses("Fine, and link me with Ana")

    def link(self) -> None:
        """Ana and Ben are linked, and have the first question open: Ana has answered."""
        self.seat()
        self.ana.presses("Yes, that is Ben")

    def couple(self) -> None:
        """Ana and Ben are linked, the first round is over, and Sunday at seven is theirs."""
        self.link()
        self.ben.types("A circus director.")
        self.later(15 * MINUTE)
        self.ana.presses("Sunday 19:00")
        self.later(15 * MINUTE)
        self.ana.presses("yes")
        self.ben.presses("yes")
        self.forget()

    def round(self) -> None:
        """A couple, with a round of curiosity that Ana has begun by hand a day later."""
        self.couple()
        self.later(DAY)
        self.ana.gives("curious")
        self.forget()

    def forget(self) -> None:
        """What was said so far is no news."""
        for phone in self.phones:
            phone.news()

    def _send(self, row: Row) -> None:
        message = self.renderer.message(row)
        self.leaves(row, message)
        if message.removes:
            self.store.settle(row.put.id, Sent(self.now, ""))
            return
        if message.among is not None and not self._may_hear(message.among):
            self.store.settle(row.put.id, Overheard(self.now))
            return
        phone = next(phone for phone in (*self.phones, self.group) if phone.user == message.chat)
        buttons = (*message.choices, *message.sides)
        if message.edits is not None:
            phone.buttons[message.edits] = buttons
            self.store.settle(row.put.id, Sent(self.now, message.edits))
            return
        self.messages += 1
        id = f"bot.{self.messages}"
        phone.told.append(Told(self.now, id, message.text or "", buttons, message.invite))
        phone.buttons[id] = buttons
        self.sent.append(row)
        self.store.settle(row.put.id, Sent(self.now, id))

    def _may_hear(self, among: Among) -> bool:
        """Whether the two and nobody else are there, if that matters."""
        those = {key.user for key in among.only}
        return not among.people or (bool(those) and len(self.members) == among.people and those <= self.members)


def with_exercises(before: Library, *exercises: Exercise) -> Library:
    """A library with these exercises, in place of those of the same name."""
    return replace(before, conversations={**before.conversations, **registry(*exercises)})
