"""The playground as a platform: what owners do is handed in, what the bot says appears."""

from __future__ import annotations

import asyncio
import secrets
import sqlite3

import structlog

from adapters.playground import inbound, outbound
from adapters.playground.bell import Bell
from adapters.playground.gathering import Gathering
from adapters.playground.messages import (
    SOMEWHERE,
    Browser,
    Change,
    Chat,
    Deed,
    Draft,
    Happening,
    Kind,
    Owner,
    Shared,
    Update,
)
from adapters.playground.phones import Phones
from adapters.rendering import length
from bot.errors import Refused, StoreError, TryLater
from bot.ports import Attachment, Capabilities, Clock, Message, Receipt, Receive

AGAIN = 1.0  # seconds until an update is handed in again that the store could not take

log = structlog.get_logger()


class Playground:
    """The adapter of the playground."""

    platform: str = inbound.PLATFORM
    can: Capabilities = outbound.CAN

    def __init__(self, phones: Phones, clock: Clock) -> None:
        """Works on these phones, with the playground's own clock."""
        self._phones = phones
        self._clock = clock
        self.bell = Bell()
        self.group = Gathering(phones, clock, self.bell)
        self.hears = asyncio.Event()
        self.caught_up = asyncio.Event()

    # ---- the adapter -----------------------------------------------------------------------------

    async def run(self, receive: Receive) -> None:
        """Hands in what people do, in order, until cancelled; what was not taken comes again."""
        self.hears.set()
        try:
            while True:
                rung = self.bell.next()
                if not await self._hand_in_all(receive):
                    self.caught_up.set()
                    await rung.wait()
        finally:
            self.hears.clear()
            self.bell.ring()

    async def send(self, message: Message) -> Receipt:
        """Puts a message on its reader's phone, or into the group. The same delivery again is the same message."""
        try:
            chat = self._chat(message)
            if message.removes:
                return self._remove(message, chat)
            return self._edit(message, chat) if message.edits is not None else self._deliver(message, chat)
        except sqlite3.Error as error:
            raise TryLater() from error
        except UnicodeEncodeError as error:
            raise Refused("text is not Unicode") from error

    # ---- what the owners do ----------------------------------------------------------------------

    async def said(self, owner: Owner, text: str, browser: Browser = SOMEWHERE) -> None:
        """The owner typed something and sent it."""
        deed = self._deed(owner, Happening.TYPED, text, browser)
        self._phones.say(Draft(owner, owner, deed.at, text), deed)
        self.bell.ring()

    async def opened(self, owner: Owner, code: str, browser: Browser = SOMEWHERE) -> None:
        """The owner opened an invitation: as on Telegram, that says /start, the code unseen."""
        deed = self._deed(owner, Happening.TYPED, f"/start {code}", browser)
        self._phones.say(Draft(owner, owner, deed.at, "/start"), deed)
        self.bell.ring()

    async def sent(self, owner: Owner, kind: Kind, browser: Browser = SOMEWHERE) -> None:
        """The owner sent a photo, a voice message or a sticker."""
        deed = self._deed(owner, Happening.UNREADABLE, kind, browser)
        self._phones.say(Draft(owner, owner, deed.at, kind=kind), deed)
        self.bell.ring()

    async def pressed(self, owner: Owner, token: str, browser: Browser = SOMEWHERE) -> None:
        """The owner pressed a button."""
        self._phones.do(self._deed(owner, Happening.PRESSED, token, browser))
        self.bell.ring()

    async def edited(self, owner: Owner, message: int, text: str, browser: Browser = SOMEWHERE) -> bool:
        """The owner edited a message of their own; False when there is none such."""
        known = self._phones.rewrite(self._deed(owner, Happening.EDITED, text, browser, message))
        self.bell.ring()
        return known

    # ---- what the page shows ---------------------------------------------------------------------

    def since(self, change: int) -> Change:
        """What changed in the chats after that change; 0 for all."""
        return self._phones.since(change)

    def file(self, message: int) -> Attachment | None:
        """The file that came with a message."""
        return self._phones.file(message)

    def forget(self) -> None:
        """Empties both phones and the group and sets the clock's offset to 0."""
        self._phones.forget()
        self.bell.ring()

    def _deed(self, owner: Owner, what: Happening, text: str, browser: Browser, message: int | None = None) -> Deed:
        return Deed(owner, what, text, self._clock.now(), secrets.randbits(63), browser, message)

    async def _hand_in_all(self, receive: Receive) -> bool:
        updates = self._phones.updates()
        for update in updates:
            if not await self._hand_in(receive, update):
                await asyncio.sleep(AGAIN)
                break
        return bool(updates)

    async def _hand_in(self, receive: Receive, update: Update) -> bool:
        """Hands in one update; False when it has to come again."""
        try:
            told = await receive(inbound.event(update))
            if told is not None:
                self.group.whisper(update.deed.owner, told)
        except StoreError:
            log.warning("update.again", update=update.id)
            return False
        except Exception:
            log.exception("update.failed", update=update.id)
        self._phones.heard(update.id)
        return True

    def _chat(self, message: Message) -> Chat:
        """Where it goes. Raises what `send` does."""
        chat: Chat | None = outbound.owner(message.chat)
        if message.among is not None:
            self.group.admit(message.chat, message.among)
            chat = Shared.GROUP
        if message.account.platform != self.platform or chat is None:
            raise Refused("chat not found")
        return chat

    def _deliver(self, message: Message, chat: Chat) -> Receipt:
        put = self._phones.deliver(outbound.drafts(message, chat, self._clock.now()))
        self.bell.ring()
        *before, last = (str(each.id) for each in put)
        return Receipt(last, tuple(before))

    def _remove(self, message: Message, chat: Chat) -> Receipt:
        self._phones.remove(chat, [int(known) for known in message.removes if known.isdecimal()])
        self.bell.ring()
        return Receipt("")

    def _edit(self, message: Message, chat: Chat) -> Receipt:
        known = message.edits or ""
        if message.text is not None and length(message.text, self.can.units) > self.can.text_limit:
            raise Refused("message is too long")
        draft = outbound.buttons(message, chat, self._clock.now())
        if not known.isdecimal() or not self._phones.redraw(int(known), draft, message.text):
            raise Refused("message to edit not found")
        self.bell.ring()
        return Receipt(known)
