"""Discord as a platform: what happens there is handed in, what the bot says is sent."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import assert_never

import discord
import structlog
from discord import AllowedMentions, File, HTTPException, Object
from discord.ui import View
from yarl import URL

from adapters.discord import inbound, outbound
from adapters.discord.counting import count
from adapters.discord.errors import LONGEST_LIMIT, Raised, among_others, is_gone, translated, unsent
from adapters.discord.gateway import Gateway, Signs
from adapters.discord.outbound import Call, Edit, Remove, SendFile, SendText
from adapters.discord.pull import Pull
from adapters.discord.slash import Slash
from adapters.half_sent import HalfSent
from bot.errors import Migrated, Refused
from bot.ports import Capabilities, Clock, Message, Receipt, Receive

NOBODY = AllowedMentions.none()
PROFILE = "https://discord.com/users/{}"

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Access:
    """Whom to speak as, and where: a bot's token; the addresses of the API and of the gateway, for another than
    Discord's own."""

    token: str = field(repr=False)
    api: str = ""
    gateway: str = ""


class Discord:
    """The adapter of Discord."""

    platform: str = inbound.PLATFORM
    can: Capabilities = outbound.CAN

    def __init__(self, access: Access, clock: Clock, slash: Slash, memory: Path | None = None) -> None:
        """Connects to nothing yet. `memory`: a file that remembers which commands are there."""
        logging.getLogger("discord").setLevel(logging.CRITICAL + 1)  # it writes down what it cannot read
        _speak_to(access)
        self.caught_up, self.hears = asyncio.Event(), asyncio.Event()
        self._access, self._clock, self._slash, self._memory = access, clock, slash, memory
        self._rest = _sender()
        self._logging_in = asyncio.Lock()
        self._half_sent = HalfSent()
        self._pull = Pull(clock, slash.pulled)

    async def run(self, receive: Receive) -> None:
        """Hands in what happens until cancelled. Raises `ConfigurationError`, in a group, when whoever runs the bot
        has to mend something."""
        async with asyncio.TaskGroup() as tasks:
            signs, token, memory = Signs(self.caught_up, self.hears), self._access.token, self._memory
            gateway = Gateway(token, self._clock, self._slash, self._pull, signs, memory=memory)
            await gateway.run(tasks, receive)

    async def close(self) -> None:
        """Ends all connections, when nothing is to be sent any more."""
        await self._rest.close()

    # ---- sending

    async def send(self, message: Message) -> Receipt:
        """Delivers a message; to whom the bot cannot write, in answer to what they did last."""
        if message.account.platform != self.platform:
            raise Refused("chat not found")
        return await self._pull.send(message, self._write)

    async def _write(self, message: Message) -> Receipt:
        """To a channel, in several pieces where it is long; a try after a failed one goes on where that ended."""
        calls = outbound.calls(message)
        await self._get_ready(message)
        sent = self._half_sent.take(message.delivery)
        try:
            for call in calls[len(sent) :]:
                sent.append(await self._make(call))
        except Raised as error:
            self._half_sent.keep(message.delivery, sent)
            raise (translated(error) if message.among is None else among_others(error)) from error
        return Receipt(sent[-1] if sent else "", tuple(sent[:-1]))

    async def _get_ready(self, message: Message) -> None:
        """All that comes before the message itself."""
        try:
            async with self._logging_in:
                await self._log_in()
            if message.chat < 0:
                raise Migrated((await self._rest.create_dm(Object(message.account.user))).id)
        except Raised as error:
            raise unsent(translated(error)) from error
        if message.among is not None:
            await count(self._rest, message.among)

    async def _log_in(self) -> None:
        """Once; sending needs no gateway. A client whose login failed leaves connections open: the next is new."""
        if self._rest.user is not None:
            return
        try:
            await self._rest.login(self._access.token)
        except Raised:
            await self._rest.close()
            self._rest = _sender()
            raise

    async def _make(self, call: Call) -> str:
        """Makes the call; the id of the message that is there now."""
        channel = self._rest.get_partial_messageable(call.chat)
        match call:
            case SendText(_, text, nonce, rows, silent):
                sent = await channel.send(
                    text,
                    nonce=nonce,
                    view=self._view(rows),
                    allowed_mentions=NOBODY,
                    suppress_embeds=True,
                    silent=silent,
                )
                return str(sent.id)
            case SendFile(_, attachment, text, nonce, rows):
                file = File(BytesIO(attachment.content), attachment.name, description=attachment.alt or None)
                sent = await channel.send(text, file=file, nonce=nonce, view=self._view(rows), allowed_mentions=NOBODY)
                return str(sent.id)
            case Edit():
                await self._edit(channel.get_partial_message(call.message), call)
                return str(call.message)
            case Remove():
                await self._remove(channel.get_partial_message(call.message))
                return ""
            case _:
                assert_never(call)

    def _view(self, rows: Sequence[outbound.Row]) -> View:
        """The library wants a view or nothing at all."""
        return outbound.view(rows, self._profile) or discord.utils.MISSING

    @property
    def _profile(self) -> str:
        """Where the bot's own direct messages are to be found."""
        return PROFILE.format("" if self._rest.user is None else self._rest.user.id)

    async def _edit(self, message: discord.PartialMessage, call: Edit) -> None:
        view = outbound.view(call.rows, self._profile)
        try:
            if call.text is None:
                await message.edit(view=view, allowed_mentions=NOBODY)
            else:
                await message.edit(content=call.text, view=view, allowed_mentions=NOBODY)
        except HTTPException as error:
            if not is_gone(error):
                raise

    async def _remove(self, message: discord.PartialMessage) -> None:
        try:
            await message.delete()
        except HTTPException as error:
            if not (is_gone(error) or isinstance(error, discord.Forbidden)):  # not ours: nothing can take it out
                raise


def _sender() -> discord.Client:
    """A client that only sends."""
    return discord.Client(intents=discord.Intents.none(), max_ratelimit_timeout=LONGEST_LIMIT)


def _speak_to(access: Access) -> None:
    """Another server than Discord's own: the library knows one for the whole program."""
    if access.api:
        discord.http.Route.BASE = access.api
    if access.gateway:
        discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = URL(access.gateway)
