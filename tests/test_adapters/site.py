"""The page's server asked without a network, and controls that only take notes."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field

import httpx

from adapters.playground.adapter import Playground
from adapters.playground.phones import Phones
from adapters.playground.server import page

HERE = {"Origin": "http://127.0.0.1:8080"}


@dataclass
class Desk:
    """The clock and the controls, noting what was asked of them."""

    time: int = 1_790_000_000
    well: bool = True
    asked: list[str] = field(default_factory=list)

    def now(self) -> int:
        """The time it was given."""
        return self.time

    async def forward(self, seconds: int) -> None:
        """Moves the clock."""
        self.time += seconds

    async def to_next(self) -> None:
        """Notes it."""
        self.asked.append("next")

    async def start_over(self) -> None:
        """Notes it."""
        self.asked.append("over")

    def ready(self) -> bool:
        """As told."""
        return self.well


@dataclass
class Site:
    """The page's server, as a browser on this machine asks it."""

    phones: Phones
    desk: Desk

    def __post_init__(self) -> None:
        """Builds the server."""
        self.playground = Playground(self.phones, self.desk)
        self.app = page(self.playground, self.desk, self.desk.ready)

    def ask(self, method: str, path: str, **request: object) -> httpx.Response:
        """Asks, and returns the answer."""
        return asyncio.run(self._ask(method, path, request))

    def post(self, path: str, body: object) -> httpx.Response:
        """Posts JSON as the page does."""
        return self.ask("POST", path, content=json.dumps(body), headers=HERE)

    async def _ask(self, method: str, path: str, request: dict[str, object]) -> httpx.Response:
        transport = httpx.ASGITransport(app=self.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8080") as client:
            return await client.request(method, path, **request)  # type: ignore[arg-type]
