"""Telegram without a wire: what the library asks is handed to the double as it is, and no byte leaves the process.

A year has some twenty thousand messages. Over HTTP each costs several times as much; how that goes, every other way
of playing on Telegram shows.
"""

from __future__ import annotations

import json
from typing import Any

from telegram import Bot
from telegram.request import BaseRequest, RequestData

from adapters.telegram.adapter import Access, Telegram
from bot.ports import Clock
from tests.doubles.telegram.double import TOKEN, Double
from tests.doubles.telegram.forms import File
from tests.doubles.telegram.methods import RefusedError


class Wire(BaseRequest):
    """The way from the library to the double."""

    def __init__(self, double: Double) -> None:
        """To that one."""
        self._double = double

    @property
    def read_timeout(self) -> float | None:
        """Nothing is waited for."""
        return None

    async def initialize(self) -> None:
        """Nothing is opened."""

    async def shutdown(self) -> None:
        """Nothing is closed."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *timeouts: Any, **more: Any
    ) -> tuple[int, bytes]:
        """What the server answers."""
        fields = request_data.json_parameters if request_data else {}
        sent = request_data.multipart_data if request_data and request_data.contains_files else {}
        files = {n: File(told, c if isinstance(c, bytes) else c.read()) for n, (told, c, _) in sent.items()}
        try:
            answer = await self._double.asked(TOKEN, url.rpartition("/")[2], dict(fields), files)
        except RefusedError as error:
            return error.code, json.dumps(error.told()).encode()
        return 200, json.dumps(answer).encode()


class NearTelegram(Telegram):
    """The adapter, with the double at its side."""

    def __init__(self, double: Double, clock: Clock) -> None:
        """No address is ever asked."""
        super().__init__(Access(TOKEN), clock)
        self._bot = Bot(TOKEN, request=Wire(double), get_updates_request=Wire(double))
