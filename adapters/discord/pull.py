"""Who cannot be written to sees what there is for them in answer to what they did last: a command, or a press under
such an answer. What could not be shown waits in the outbox."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection
from contextlib import suppress
from dataclasses import replace
from io import BytesIO

from discord import Attachment, File, Interaction, InteractionType, TextStyle
from discord.ui import Label, Modal, TextInput
from discord.utils import escape_markdown

from adapters.discord import answers, outbound
from adapters.discord.errors import LOST, is_gone, is_too_late, translated, unsent
from adapters.discord.page import Page
from adapters.discord.screens import Answer, Screens, is_pulled
from adapters.discord.slash import Pulled
from bot.errors import Refused, Unreachable
from bot.ports import Choice, Clock, Message, Receipt

PATIENCE = 60.0  # seconds that a command waits for what comes of it
WRITE = "write"  # what the button carries that opens the form, and the form itself
LONGEST = 4_000  # characters that a form takes
WHOLE = "message.txt"  # a message that is too long to be shown, as a file
MOST_FILES = 10  # with one message

Directly = Callable[[Message], Awaitable[Receipt]]


class Pull:
    """What somebody is shown in answer to what they did, where nothing can be sent to them."""

    def __init__(self, clock: Clock, words: Pulled) -> None:
        """Nobody did anything yet. `words`: those that stand with what is shown."""
        self._screens, self._words = Screens(clock), words

    # ---- what was done

    def heard(self, interaction: Interaction, acknowledged: asyncio.Future[bool]) -> Answer | None:
        """Remembers it, if it was not done in the bot's own direct messages and nobody else sees its answer."""
        return self._screens.heard(interaction, acknowledged)

    def heard_directly(self, user: int) -> None:
        """Somebody did something in the bot's own direct messages: these are tried again."""
        self._screens.reopened(user)

    async def settle(self, answer: Answer, aside: str | None, instead: str | None) -> None:
        """What a command leaves behind when its turn is done: `aside`, which is for whoever gave it alone; what is
        shown there by then; `instead`, once something went to their direct messages; else nothing."""
        if aside is None and answer.interaction.type is not InteractionType.application_command:
            return
        if aside is None and instead is not None:
            with suppress(TimeoutError):
                await asyncio.wait_for(answer.came.wait(), PATIENCE)
        said = aside if aside is not None or not answer.is_sent else instead
        with answers.in_passing():
            async with answer.screen.changing:
                if said is not None and (aside is not None or answer.screen.message is None):
                    await self._put(answer, answer.screen.page.noted(escape_markdown(said)))
                elif answer.screen.message is None:
                    self._screens.forget(answer)
                    await answer.interaction.delete_original_response()

    def form(self, interaction: Interaction) -> Modal:
        """Where whoever pressed *write* writes."""
        title = self._words.form.to(interaction)
        form = Modal(title=title, custom_id=WRITE, timeout=None)
        words = TextInput[Modal](style=TextStyle.paragraph, custom_id=WRITE, max_length=LONGEST)
        form.add_item(Label(text=title, component=words))
        return form

    # ---- what is said

    async def send(self, message: Message, directly: Directly) -> Receipt:
        """Delivers it, `directly` where that can be done. Raises one of the `DeliveryError`s."""
        if message.among is not None:
            return await directly(message)
        if message.edits is not None or message.removes:
            return await self._change(message, directly)
        user = message.account.user
        answer = await self._screens.living(user)
        if answer is None or not answer.screen.is_shut:
            try:
                receipt = await directly(message)
            except Unreachable:
                if (answer := await self._screens.living(user)) is None:
                    raise
                answer.screen.is_shut = True
            else:
                self._screens.went(user)
                return receipt
        return await self._shown(user, message)

    async def _shown(self, user: int, message: Message) -> Receipt:
        """Below what was shown there before, in one request. Raises `Unreachable` where that cannot be any more."""
        if message.text is None and message.attachment is None:
            raise Refused("nothing to send")
        while (answer := await self._screens.living(user)) is not None:
            with suppress(_TooLateError):
                async with answer.screen.changing:
                    page = self._above(answer).added(_words(message), self._rows(answer, message))
                    await self._tried(answer, page, _files(message, page) or None)
                    return Receipt(answer.screen.newest)
        raise Unreachable

    async def _change(self, message: Message, directly: Directly) -> Receipt:
        """What is shown now is changed; of what is not, nothing is left to be done."""
        answer = await self._screens.living(message.account.user)
        if message.edits is not None:
            if not is_pulled(message.edits):
                return await self._change_there(message, answer, directly)
            if answer is not None and answer.screen.newest == message.edits:
                await self._edit(answer, message)
            return Receipt(message.edits)
        if answer is not None:
            await self._take_out(answer, message.removes)
        there = tuple(each for each in message.removes if not is_pulled(each))
        return await self._change_there(replace(message, removes=there), answer, directly) if there else Receipt("")

    async def _change_there(self, message: Message, answer: Answer | None, directly: Directly) -> Receipt:
        """What is in direct messages. That it cannot be changed there keeps nothing from being shown here."""
        if answer is None or (message.edits is not None and answer.screen.is_shut):
            return await directly(message) if answer is None else Receipt(message.edits or "")
        with suppress(Unreachable):
            return await directly(message)
        answer.screen.is_shut = True
        return Receipt(message.edits or "")

    async def _edit(self, answer: Answer, message: Message) -> None:
        """Words that one message cannot hold stay as they were, as they do in direct messages."""
        words = _words(message)
        rows = self._rows(answer, message) if message.choices or message.sides else ()
        with suppress(_TooLateError):
            async with answer.screen.changing:
                await self._tried(answer, answer.screen.page.changed(words if len(words) == 1 else (), rows))

    async def _take_out(self, answer: Answer, messages: Collection[str]) -> None:
        """As far as they are shown there now; with their files."""
        screen = answer.screen
        numbers = {number for number in range(1, screen.page.number + 1) if screen.id_of(number) in messages}
        with suppress(_TooLateError):
            async with screen.changing:
                if numbers:
                    screen.files = [(number, file) for number, file in screen.files if number not in numbers]
                    await self._tried(answer, screen.page.without(numbers), [])

    async def _tried(self, answer: Answer, page: Page, files: list[File] | None = None) -> None:
        """Raises `_TooLateError`, or the `DeliveryError`: an edit that is made again shows nothing twice."""
        try:
            await self._put(answer, page, files)
        except LOST as error:
            if is_too_late(error) or is_gone(error) or isinstance(error, RuntimeError):
                self._screens.forget(answer)
                raise _TooLateError from error
            raise unsent(translated(error)) from error

    async def _put(self, answer: Answer, page: Page, files: list[File] | None = None) -> None:
        """One request; after it, that is what stands there. `files`: those that come; None keeps those that are."""
        screen = answer.screen
        numbers = [number for number, _ in screen.files] + [page.number] * len(files or ())
        there_now: list[Attachment | File] = [file for _, file in screen.files]
        whole = None if files is None else [*there_now, *files][-MOST_FILES:]
        if not page.text and whole == []:
            self._screens.forget(answer)
            await answer.interaction.delete_original_response()
            return
        there = await answers.show(answer.interaction, page.text, outbound.view(page.rows, ""), whole)
        screen.page, screen.message = page, there.id
        screen.files = list(zip(numbers[-MOST_FILES:], there.attachments, strict=False))

    # ---- inside

    def _above(self, answer: Answer) -> Page:
        """What stands there before, with what belongs above the first message."""
        page, given = answer.screen.page, answer.interaction.command
        above = self._words.above.get(given.name) if given is not None else None
        return page if above is None or page.number else page.noted(escape_markdown(above.to(answer.interaction)))

    def _rows(self, answer: Answer, message: Message) -> tuple[outbound.Row, ...]:
        """Its buttons, and one to write with: no words of theirs reach the bot there."""
        write = Choice(WRITE, self._words.write.to(answer.interaction))
        return outbound.laid(message.choices, (*message.sides, write))


class _TooLateError(Exception):
    """An interaction that can be answered no more."""


def _words(message: Message) -> list[str]:
    return [*outbound.escaped(message.text)] if message.text else []


def _files(message: Message, page: Page) -> list[File]:
    """What comes with it; a message that does not fit, as a whole, too."""
    whole = [File(BytesIO((message.text or "").encode()), WHOLE)] if page.is_cut else []
    file = message.attachment
    return whole if file is None else [*whole, File(BytesIO(file.content), file.name, description=file.alt or None)]
