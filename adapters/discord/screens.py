"""Where somebody can still be answered who cannot be written to: the last that each of them did, and what they are
shown there. Nothing of it outlives the program."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from discord import Attachment, Interaction

from adapters.discord import answers, inbound
from adapters.discord.page import Page, page_of
from bot.ports import Clock

MOST = 1_000  # people whose last interaction is remembered; who was heard of longest ago is forgotten first
_ID = "pull"


def is_pulled(message: str) -> bool:
    """Whether the message of that id was shown, and not sent."""
    return message.startswith(f"{_ID}:")


@dataclass(slots=True)
class Screen:
    """A message that one alone sees: its id once it is there, what stands in it, its files with the number of the
    message that each came with, and whether its reader was found to be one who cannot be written to."""

    began: int
    page: Page = field(default_factory=Page)
    files: list[tuple[int, Attachment]] = field(default_factory=list)
    message: int | None = None
    is_shut: bool = False
    changing: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def newest(self) -> str:
        """The id of the message that was shown last."""
        return self.id_of(self.page.number)

    def id_of(self, number: int) -> str:
        """The id of a message that was shown there."""
        return f"{_ID}:{self.began}:{number}"


@dataclass(slots=True)
class Answer:
    """An interaction, and the screen that it can change for as long as it lives. `came`: something went to direct
    messages (`is_sent`), or the next one was acknowledged. `before`: the one before it, in case this was not."""

    interaction: Interaction
    acknowledged: asyncio.Future[bool]
    screen: Screen
    before: Answer | None
    came: asyncio.Event = field(default_factory=asyncio.Event)
    is_sent: bool = False


class Screens:
    """The last interaction of everybody, unless it was in the bot's own direct messages."""

    def __init__(self, clock: Clock) -> None:
        """Nobody did anything yet."""
        self._clock = clock
        self._newest: dict[int, Answer] = {}

    def heard(self, interaction: Interaction, acknowledged: asyncio.Future[bool]) -> Answer | None:
        """Remembers it, if whoever did it can be shown something there and not in the bot's direct messages."""
        if inbound.is_private(interaction) or not answers.is_for_one(interaction):
            return None
        before = self._newest.pop(interaction.user.id, None)
        answer = Answer(interaction, acknowledged, self._under(interaction, before), before)
        if before is not None:
            acknowledged.add_done_callback(lambda done: _replace(before, done))
            before.before = None
        self._newest[interaction.user.id] = answer
        while len(self._newest) > MOST:
            del self._newest[next(iter(self._newest))]
        return answer

    async def living(self, user: int) -> Answer | None:
        """The last interaction of somebody that can still be answered."""
        while (answer := self._newest.get(user)) is not None:
            if await asyncio.shield(answer.acknowledged) and not self._is_over(answer):
                return answer
            self.forget(answer)
        return None

    def forget(self, answer: Answer) -> None:
        """It can be answered no more; perhaps the one before it can."""
        user = answer.interaction.user.id
        if self._newest.get(user) is answer:
            del self._newest[user]
            if answer.before is not None:
                self._newest[user] = answer.before

    def went(self, user: int) -> None:
        """Something went to somebody's direct messages."""
        if (answer := self._newest.get(user)) is not None:
            answer.is_sent = True
            answer.came.set()

    def reopened(self, user: int) -> None:
        """Somebody did something in the bot's own direct messages: perhaps they can be written to again."""
        if (answer := self._newest.get(user)) is not None:
            answer.screen.is_shut = False

    def _under(self, interaction: Interaction, before: Answer | None) -> Screen:
        """The one that is there already, where something was pressed under it."""
        under = interaction.message
        if under is None:
            return Screen(interaction.id)
        if before is not None and before.screen.message == under.id and not self._is_over(before):
            return before.screen
        return Screen(interaction.id, page_of(under.content), [(0, file) for file in under.attachments], under.id)

    def _is_over(self, answer: Answer) -> bool:
        return self._clock.now() >= answer.interaction.expires_at.timestamp()


def _replace(before: Answer, acknowledged: asyncio.Future[bool]) -> None:
    """Nothing comes of it any more: what does, comes of the next one, if that was in time."""
    if not acknowledged.cancelled() and acknowledged.result():
        before.came.set()
