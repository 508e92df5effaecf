"""Receiving: updates are polled, handed in, and confirmed only once they were taken."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Sequence
from functools import partial
from typing import Any

import structlog
from telegram import Bot, Update, User
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.request import HTTPXRequest

from adapters.lines import Lines
from adapters.rendering import shortened
from adapters.telegram import inbound
from adapters.telegram.errors import is_too_late, seconds, word
from adapters.telegram.outbound import UTF16
from adapters.telegram.updates import BATCH, Offset
from bot.errors import ConfigurationError, StoreError
from bot.events import Incoming
from bot.ports import Clock, Receive

LONG_POLL = 30  # seconds that the server may wait for something to tell
PATIENCE = 0.5  # seconds for what is under way, before the server is asked for more
AGAIN = 1.0  # seconds until something is tried again; doubled each time
LONGEST_PAUSE = 30.0
CONFLICTS = 8  # polls that another program took away, in about a minute and a half, until this one ends
ASIDE = 200  # characters: https://core.telegram.org/bots/api#answercallbackquery
CALM = 120.0  # seconds without such a thing after which it is forgotten

UNKNOWN = "TELEGRAM_BOT_TOKEN: the server does not know this token; @BotFather tells the right one"
READS_ALL = (
    "privacy mode is off: Telegram tells this bot of everything that is said in its groups. Leeway takes no notice of "
    "it and needs none of it; @BotFather switches the mode on again (/setprivacy), then take the bot out of its groups "
    "and bring it back"
)
TAKEN = "TELEGRAM_BOT_TOKEN: another program receives with this token; end it, or get a token of its own for this one"

log = structlog.get_logger()


class Requests(HTTPXRequest):
    """The requests for updates. One that the library cannot read comes as an empty one, and hides no other."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The server's answer."""
        answer = HTTPXRequest.parse_json_payload(payload)
        told = answer.get("result")
        if isinstance(told, list):
            answer["result"] = [each if _is_readable(each) else {"update_id": each["update_id"]} for each in told]
        return answer


def _is_readable(told: dict[str, Any]) -> bool:
    try:
        Update.de_json(told)
    except Exception as error:  # whatever it is: nobody can ever take it; what is in it is not written down
        log.error("update.unreadable", update=told["update_id"], type=type(error).__name__)
        return False
    return True


class Polling:
    """What happens on Telegram, from one poll to the next."""

    def __init__(self, bot: Bot, clock: Clock, caught_up: asyncio.Event, hears: asyncio.Event) -> None:
        """Nothing was heard yet. `caught_up` is set once what had waited on the server was taken, `hears` while the
        server answers."""
        self._bot = bot
        self._clock = clock
        self._offset = Offset()
        self._caught_up, self._hears = caught_up, hears
        self._failed = 0  # times in a row
        self._name = ""  # the bot's, known once it has begun
        self._conflicts, self._conflict_at = 0, 0.0

    async def begin(self) -> User:
        """The bot itself, once the server is there. A webhook, which would keep updates from coming, is taken away;
        what waits is never dropped."""
        while True:
            try:
                me = await self._bot.get_me()
                await self._bot.delete_webhook(drop_pending_updates=False)
            except InvalidToken:
                raise ConfigurationError([UNKNOWN]) from None
            except TelegramError as error:
                await self._rest_after(error)
            else:
                self._failed, self._name = 0, me.username or ""
                if me.can_read_all_group_messages:
                    log.warning("telegram.privacy", why=READS_ALL)
                return me

    async def run(self, tasks: asyncio.TaskGroup, receive: Receive) -> None:
        """Polls until cancelled. Raises `ConfigurationError` when whoever runs the bot has to mend something."""
        try:
            await self._poll(tasks, Lines(tasks, partial(self._take, receive)))
        finally:
            self._hears.clear()

    async def _poll(self, tasks: asyncio.TaskGroup, lines: Lines[Update]) -> None:
        while True:
            try:
                told = await self._told()
            except InvalidToken as error:  # or anything that the server did not find: only its `getMe` can tell
                await self._rest_after(error)
                await self.begin()
                continue
            except Exception as error:  # this loop must never die, whatever the server says
                await self._rest_after(error)
                continue
            self._failed = 0
            self._hears.set()
            for each in told:
                self._heard(each, tasks, lines)
            await self._offset.idle(PATIENCE)
            if not told:
                self._caught_up.set()

    # ---- updates

    async def _told(self) -> Sequence[Update]:
        """What waits on the server; while it is not known whether it answers, it is asked for no more than that."""
        patience = LONG_POLL if self._caught_up.is_set() and self._hears.is_set() else 0
        return await self._bot.get_updates(self._offset.next(), BATCH, patience, inbound.ALLOWED)

    def _heard(self, update: Update, tasks: asyncio.TaskGroup, lines: Lines[Update]) -> None:
        if not self._offset.begin(update.update_id):
            return
        query = update.callback_query
        if query is not None and not inbound.is_in_group(query):
            tasks.create_task(self._answer(query.id))  # first: until then the button seems to wait
        lines.add(inbound.chat(update), update)

    async def _take(self, receive: Receive, update: Update) -> None:
        """Hands in one update until it was taken; only then may it be confirmed."""
        aside: str | None = None
        try:
            if event := inbound.event(update, self._clock.now(), secrets.randbits(63), self._name):
                aside = await self._hand_in(receive, event, update.update_id)
        except Exception as error:  # a bug of ours: the next update goes on
            log.error("update.failed", update=update.update_id, type=type(error).__name__)
        self._offset.end(update.update_id)
        if update.callback_query is not None and inbound.is_in_group(update.callback_query):
            await self._answer(update.callback_query.id, aside)  # what that one alone is told there

    async def _hand_in(self, receive: Receive, event: Incoming, number: int) -> str | None:
        pause = AGAIN
        while True:
            try:
                return await receive(event)
            except StoreError:
                log.warning("update.again", update=number)
            if self._offset.is_held_up_by(number):
                break
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
        log.error("update.given_up", update=number)  # the store takes all others, and nobody else would be heard
        return None

    async def _answer(self, query: str, aside: str | None = None) -> None:
        try:
            await self._bot.answer_callback_query(query, None if aside is None else shortened(aside, ASIDE, UTF16))
        except TelegramError as error:
            if not is_too_late(error):
                log.warning("telegram.unanswered", error=word(error))

    # ---- when the server cannot be heard

    async def _rest_after(self, error: Exception) -> None:
        """Waits, the longer the more often it failed. Raises `ConfigurationError` where waiting does not help."""
        self._failed += 1
        self._hears.clear()
        match error:
            case Conflict():
                self._note_conflict()
            case RetryAfter():
                await asyncio.sleep(seconds(error.retry_after))
            case _ if self._failed == 1:
                said = word(error) if isinstance(error, TelegramError) else ""
                log.warning("telegram.unheard", type=type(error).__name__, error=said)
        await asyncio.sleep(min(AGAIN * 2 ** (self._failed - 1), LONGEST_PAUSE))

    def _note_conflict(self) -> None:
        """Two programs with one token take the updates from each other, each a part of them."""
        now = asyncio.get_running_loop().time()
        if now - self._conflict_at > CALM:
            self._conflicts = 0
        self._conflicts, self._conflict_at = self._conflicts + 1, now
        if self._conflicts == 1:
            log.warning("telegram.conflict", why=TAKEN)
        if self._conflicts >= CONFLICTS:
            raise ConfigurationError([TAKEN])
