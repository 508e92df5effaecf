"""Telegram as a platform: what happens there is handed in, what the bot says is sent."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import assert_never

import structlog
from telegram import Bot, ChatFullInfo, ChatMember, ChatMemberRestricted, InputFile, LinkPreviewOptions, User
from telegram import Message as Delivered
from telegram.error import BadRequest, TelegramError
from telegram.request import HTTPXRequest

from adapters.half_sent import HalfSent
from adapters.rendering import length
from adapters.telegram import inbound, outbound
from adapters.telegram.errors import (
    changes_nothing,
    has_no_such_topic,
    is_gone,
    is_no_text,
    translated,
    unsent,
    word,
)
from adapters.telegram.menu import Menu, show
from adapters.telegram.outbound import Call, EditButtons, EditText, Remove, SendFile, SendText
from adapters.telegram.polling import Polling, Requests
from bot.errors import Overheard, Refused
from bot.ports import Among, Capabilities, Clock, Message, Receipt, Receive

SERVER = "https://api.telegram.org"
CONNECTIONS = 40  # side by side; no more messages than that are on their way at a time

AWAY = {ChatMember.LEFT, ChatMember.BANNED}
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Access:
    """Whom to speak as, and where: a bot's token, and the address of a Bot API server without a slash at its end."""

    token: str = field(repr=False)
    server: str = SERVER


class Telegram:
    """The adapter of Telegram."""

    platform: str = inbound.PLATFORM
    can: Capabilities = outbound.CAN

    def __init__(self, access: Access, clock: Clock, menus: Sequence[Menu] = (), memory: Path | None = None) -> None:
        """Connects to nothing yet. `memory`: a file that remembers which menus are shown."""
        os.environ.setdefault("PTB_TIMEDELTA", "true")  # the library's own switch: it warns of every plain number
        logging.getLogger("httpx").setLevel(logging.WARNING)  # it writes down every address, and the token in it
        logging.getLogger("telegram").setLevel(logging.CRITICAL + 1)  # it writes down what it cannot read
        self._requests = Requests(1, read_timeout=10), HTTPXRequest(CONNECTIONS, read_timeout=15, pool_timeout=10)
        self._bot = Bot(
            access.token,
            base_url=f"{access.server}/bot",
            base_file_url=f"{access.server}/file/bot",
            get_updates_request=self._requests[0],
            request=self._requests[1],
        )
        self.caught_up, self.hears = asyncio.Event(), asyncio.Event()
        self._clock = clock
        self._menus, self._memory = menus, memory
        self._me: User | None = None
        self._half_sent = HalfSent()
        self._gone_topics: set[tuple[int, int | None]] = set()

    async def run(self, receive: Receive) -> None:
        """Hands in what happens until cancelled. Raises `ConfigurationError`, in a group, when whoever runs the bot
        has to mend something."""
        async with asyncio.TaskGroup() as tasks:
            polling = Polling(self._bot, self._clock, self.caught_up, self.hears)
            self._me = await polling.begin()
            if self._memory is not None:
                tasks.create_task(show(self._bot, self._me.id, self._menus, self._memory))
            await polling.run(tasks, receive)

    async def close(self) -> None:
        """Ends all connections, when nothing is to be sent any more."""
        for request in self._requests:
            await request.shutdown()

    # ---- sending

    async def send(self, message: Message) -> Receipt:
        """Delivers a message, in several pieces where it is long; a try after a failed one goes on where that ended."""
        if message.account.platform != self.platform:
            raise Refused("chat not found")
        calls = outbound.calls(message, await self._name() if _has_link(message) else "")
        if message.among is not None and message.among.people:
            await self._count(message.chat, message.among)
        sent = self._half_sent.take(message.delivery)
        for call in calls[len(sent) :]:
            try:
                sent.append(await self._make(call))
            except TelegramError as error:
                self._half_sent.keep(message.delivery, sent)
                raise translated(error) from error
        return Receipt(sent[-1] if sent else "", tuple(sent[:-1]))

    async def _name(self) -> str:
        """The bot's user name, which stands in its links."""
        try:
            self._me = self._me or await self._bot.get_me()
        except TelegramError as error:
            raise translated(error) from error
        return self._me.username or ""

    async def _make(self, call: Call) -> str:
        """Makes the call; the id of the message that is there now."""
        match call:
            case SendText():
                return str((await self._send_text(call)).message_id)
            case SendFile():
                return str((await self._send_file(call)).message_id)
            case EditText() | EditButtons():
                await self._edit(call)
                return str(call.message)
            case Remove():
                await self._remove(call)
                return ""
            case _:
                assert_never(call)

    async def _send_text(self, call: SendText) -> Delivered:
        """Into its topic; into the chat itself, where that topic is no longer there."""
        here = call.chat, call.topic
        topic = None if here in self._gone_topics else call.topic
        try:
            return await self._say(call, topic)
        except BadRequest as error:
            if topic is None or not has_no_such_topic(error):
                raise
        self._gone_topics.add(here)
        return await self._say(call, None)

    async def _say(self, call: SendText, topic: int | None) -> Delivered:
        return await self._bot.send_message(
            call.chat,
            call.text,
            reply_markup=call.keyboard,
            link_preview_options=NO_PREVIEW,
            disable_notification=call.quiet or None,
            message_thread_id=topic,
        )

    async def _count(self, chat: int, among: Among) -> None:
        """Raises `Overheard` unless just those are in the chat, and the bot, and nobody else can look in."""
        try:
            if not among.only or _is_public(await self._bot.get_chat(chat)):
                raise Overheard
            there = await self._bot.get_chat_member_count(chat)
            if there != among.people + 1 or not all([await self._is_in(chat, key.user) for key in among.only]):
                raise Overheard
        except TelegramError as error:
            raise unsent(error) from error

    async def _is_in(self, chat: int, user: int) -> bool:
        """Whether somebody is in a group; nobody is of whom the server does not tell it."""
        try:
            found = await self._bot.get_chat_member(chat, user)
            has_left = isinstance(found, ChatMemberRestricted) and not found.is_member
            return found.status not in AWAY and not has_left
        except BadRequest as error:
            log.info("telegram.member", error=word(error))
            return False

    async def _send_file(self, call: SendFile) -> Delivered:
        file = InputFile(call.attachment.content, filename=call.attachment.name)
        if call.is_photo:
            try:
                return await self._bot.send_photo(call.chat, file, caption=call.caption, reply_markup=call.keyboard)
            except BadRequest as error:
                log.info("telegram.photo", error=word(error))  # its size or its shape; as a file it will do
        return await self._bot.send_document(
            call.chat, file, caption=call.caption, reply_markup=call.keyboard, disable_content_type_detection=True
        )

    # ---- removing

    async def _remove(self, call: Remove) -> None:
        """All at once, or, where one of them cannot go, each by itself."""
        try:
            await self._bot.delete_messages(call.chat, call.messages)
        except BadRequest as error:
            if not is_gone(error):
                raise
            for message in call.messages:
                await self._remove_one(call.chat, message)

    async def _remove_one(self, chat: int, message: int) -> None:
        try:
            await self._bot.delete_message(chat, message)
        except BadRequest as error:
            if not is_gone(error):
                raise

    # ---- editing

    async def _edit(self, call: EditText | EditButtons) -> None:
        try:
            await (self._edit_text(call) if isinstance(call, EditText) else self._edit_buttons(call))
        except TelegramError as error:
            if not changes_nothing(error):
                raise

    async def _edit_text(self, call: EditText) -> None:
        try:
            await self._bot.edit_message_text(
                call.text, call.chat, call.message, reply_markup=call.keyboard, link_preview_options=NO_PREVIEW
            )
        except BadRequest as error:
            if not is_no_text(error):
                raise
            await self._edit_caption(call)

    async def _edit_caption(self, call: EditText) -> None:
        if length(call.text, self.can.units) > outbound.CAPTION:
            await self._edit_buttons(EditButtons(call.chat, call.message, call.keyboard))
        else:
            await self._bot.edit_message_caption(call.chat, call.message, caption=call.text, reply_markup=call.keyboard)

    async def _edit_buttons(self, call: EditButtons) -> None:
        await self._bot.edit_message_reply_markup(call.chat, call.message, reply_markup=call.keyboard)


def _has_link(message: Message) -> bool:
    """Whether the bot's own name stands in a link."""
    return message.invite is not None or (message.among is not None and message.among.door is not None)


def _is_public(chat: ChatFullInfo) -> bool:
    """Whether a chat can be read without being in it: it has a name of its own on Telegram."""
    return bool(chat.username or chat.active_usernames)
