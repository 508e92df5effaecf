"""The stage that goes over from its file into PostgreSQL in the middle of the play."""

from __future__ import annotations

from pathlib import Path

from bot.events import Deed
from bot.settings import read_settings
from bot.wiring.moving import move
from tests.playing.script import Player
from tests.playing.stages import Files, Hands, ServerStage


class MovingStage(ServerStage):
    """One house over a file; after a while everything is somewhere else, as whoever runs it would have it."""

    def __init__(self, clock: Hands, folder: Path, server: str, after: int) -> None:
        """The file is in that folder, and goes to the address `server` when so many things were done."""
        super().__init__(clock, folder, "")
        self._folder, self._server, self._left = folder, server, after
        self.has_moved = False

    async def do(self, player: Player, deed: Deed, chance: int, *, in_group: bool = False) -> str:
        """Takes the event; then it is perhaps time."""
        message = await super().do(player, deed, chance, in_group=in_group)
        self._left -= 1
        if self._left == 0:
            await self._move()
        return message

    async def _move(self) -> None:
        self._files.close()
        move(read_settings(data_dir=self._folder), self._server, lambda _: None)
        self._files = Files(self._folder, self._server)
        self.has_moved = True
        await self.restart()
