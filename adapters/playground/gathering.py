"""The group: what people do in it, and what the bot may say there."""

from __future__ import annotations

import secrets

from adapters.playground import inbound, outbound
from adapters.playground.bell import Bell
from adapters.playground.messages import (
    SOMEWHERE,
    Browser,
    Deed,
    Draft,
    Happening,
    Kind,
    Person,
    Presence,
    Room,
    Shared,
)
from adapters.playground.phones import Phones
from bot.errors import Overheard, Unreachable
from bot.ports import Among, Clock

# What becomes of the group, and how the bot has to be in it before.
CHANGES = {
    Happening.ADDED: {Presence.OUT},
    Happening.REMOVED: {Presence.IN, Presence.SILENT},
    Happening.MUTED: {Presence.IN},
    Happening.ALLOWED: {Presence.SILENT},
    Happening.JOINED: set(Presence),
    Happening.LEFT: set(Presence),
}


class Gathering:
    """The chat that several share. What somebody does there who is not in it is not done."""

    def __init__(self, phones: Phones, clock: Clock, bell: Bell) -> None:
        """Works on these phones, with the playground's own clock, and rings this bell."""
        self._phones, self._clock, self._bell = phones, clock, bell

    @property
    def room(self) -> Room:
        """Who is in the group now."""
        return self._phones.room

    async def said(self, who: Person, text: str, browser: Browser = SOMEWHERE) -> bool:
        """Somebody typed something there. As on Telegram, where bots are in privacy mode, the bot hears commands and
        presses alone: other words are between the people. False when they are not there."""
        room = self.room
        if who not in room.people:
            return False
        deed = self._deed(who, Happening.TYPED, text, browser)
        is_heard = room.leeway is not Presence.OUT and inbound.is_command(text)
        self._phones.say(Draft(Shared.GROUP, who, deed.at, text), deed if is_heard else None)
        self._bell.ring()
        return True

    async def pressed(self, who: Person, token: str, browser: Browser = SOMEWHERE) -> bool:
        """Somebody pressed a button there; False when they or the bot are not there."""
        room = self.room
        if who not in room.people or room.leeway is Presence.OUT:
            return False
        self._phones.do(self._deed(who, Happening.PRESSED, token, browser))
        self._bell.ring()
        return True

    async def changed(self, who: Person, what: Happening, browser: Browser = SOMEWHERE) -> bool:
        """Somebody came or went, or did one of the other `CHANGES`; False when it is like that already, or they are not
        there."""
        room = self.room
        if (who in room.people) is (what is Happening.JOINED) or room.leeway not in CHANGES[what]:
            return False
        deed = self._deed(who, what, "", browser)
        note = Draft(Shared.GROUP, who, deed.at, what, Kind.NOTE)
        is_heard = what is Happening.ADDED or room.leeway is not Presence.OUT
        self._phones.change_room(deed, note, is_heard=is_heard)
        self._bell.ring()
        return True

    def whisper(self, reader: Person, text: str) -> None:
        """Something is said there to one alone."""
        self._phones.deliver([outbound.aside(text, reader, self._clock.now())])
        self._bell.ring()

    def admit(self, chat: int, among: Among) -> None:
        """Whether something may be said there now. Raises `Unreachable` or `Overheard`."""
        room = self.room
        if chat != Shared.GROUP.number or room.leeway is not Presence.IN:
            raise Unreachable
        there = {inbound.account(person) for person in room.people}
        if among.people and (not among.only or len(there) != among.people or not there.issuperset(among.only)):
            raise Overheard

    def _deed(self, who: Person, what: Happening, text: str, browser: Browser) -> Deed:
        return Deed(who, what, text, self._clock.now(), secrets.randbits(63), browser, in_group=True)
