"""A transcript, played on a stage: each deed done, and what the bot says held against what stands in the file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from bot.events import (
    Added,
    Blocked,
    Command,
    Deed,
    Edited,
    Joined,
    MovedTo,
    Muted,
    Nameless,
    Pressed,
    Removed,
    Returned,
    Typed,
    Unreadable,
)
from bot.people import AccountKey
from bot.ports import Choice
from tests.playing import times
from tests.playing.crashes import CrashStage
from tests.playing.paper import difference, kept, same
from tests.playing.phones import Phone, plain
from tests.playing.platform import DOOR, IN_GROUP, SUPERGROUP, News
from tests.playing.script import GROUP, Entry, MistakeError, Player, Script, Step, meant, on_paper, read_text, visible
from tests.playing.stages import Hands, Stage, as_command, dealt

A_WHILE = 20  # seconds that a person takes for one thing
A_MINUTE = 60
CODE = "<the code>"
ASIDE = "(in the group, alone)"
PICTURE = "(a picture)"  # came with the words above

FIRST_TEN_MINUTES = """
ONE          /start
ONE          (presses the first button)
ONE          Something about me.
ONE          (presses the first button)
TWO opens ONE's invitation
TWO          (presses the first button)
TWO          Something about me, too.
ONE          (presses the first button)
+15 minutes
ONE          (presses the first button)
ONE          (presses the first button)
TWO          (presses the first button)
"""

_PRESS = re.compile(r"\[(.+)\]")
_OTHERS = re.compile(r"\(presses (?:(\w+)'s|the old) \[(.+)\]\)")
_EDIT = re.compile(r'\(edits "(.+)" to "(.*)"\)', re.DOTALL)
_SENDS = re.compile(r"\(sends an? (photo|voice|sticker|file)\)")
_LONG = re.compile(r"\(types ([\d,]+) letters\)")
_AT_ONCE = re.compile(r"\(types (\d+) messages at once\)")
_OPENS = re.compile(r"\(opens (\w+)'s (first )?invitation\)")
_REPLY = re.compile(r'\(replies to (the first )?"(.+?)"\) (.+)', re.DOTALL)
_FIRST = re.compile(r"\(presses the first button\)")
_BLOCKS = re.compile(r"\(blocks the bot\)")
_UNBLOCKS = re.compile(r"\(takes the block back\)")
_FORGED = re.compile(r"\(presses a forged button: (.*)\)")


_FOLLOWS = re.compile(r"\(follows \[(.+)\]\)")
UNNOTICED = "(is there unnoticed)"
_OF_GROUP: dict[str, Deed] = {
    "(brings the bot)": Added(),
    "(takes the bot out)": Removed(),
    "(lets the bot write no more)": Muted(),
    "(lets the bot write again)": Added(),
    "(makes it a supergroup)": MovedTo(SUPERGROUP),
    "(gives a command as nobody)": Nameless(),
    "(leaves)": Joined(()),  # nobody came: the bot is told of it, and it is nothing to it
}


class DifferentError(AssertionError):
    """The bot said something else than the transcript."""


class Play:
    """One play of a transcript on a stage. A `forgiving` one takes no notice of what is said twice."""

    forgiving = False

    def __init__(self, script: Script, stage: Stage, clock: Hands) -> None:
        """Not begun yet."""
        self.script, self.stage, self.clock = script, stage, clock
        self.phones = {player.name: Phone() for player in script.players} | {GROUP: Phone()}
        self.deeds = 0
        self._zone = script.players[0].zone

    async def whole(self) -> None:
        """Plays it all. Raises `DifferentError` at the first thing that is said otherwise."""
        await self.begin()
        for step in self.script.steps:
            said = await self.step(step)
            if not same(step, said):
                raise DifferentError(difference(self.script, step, said))

    async def anew(self) -> str:
        """Plays it all, and returns the transcript as it would have to be."""
        await self.begin()
        lines = list(self.script.head)
        for step in self.script.steps:
            try:
                said = await self.step(step)
            except MistakeError as mistake:
                raise MistakeError("\n".join([*lines, str(mistake)])) from None
            lines += [*step.lead, *step.raw]
            lines += [line for entry in kept(step, said) for line in on_paper(entry)]
            if step.silent and not said:
                lines.append("bot says nothing")
        return "\n".join([*lines, *self.script.tail]) + "\n"

    async def begin(self) -> None:
        """Where the two are a couple, their first ten minutes are played on the Sunday before."""
        if self.script.couple:
            one, two = self.script.players[:2]
            self.clock.at = times.next_time(6, "19:00", self.script.begins - 8 * 86_400, self._zone)
            if self.clock.at + 7 * 86_400 < self.script.begins - 43_200:
                self.clock.at += 7 * 86_400
            text = FIRST_TEN_MINUTES.replace("ONE", one.name).replace("TWO", two.name)
            head = "\n".join(line for line in self.script.head)
            for step in read_text(f"{head}\n{text.strip()}", self.script.path).steps:
                await self.step(step)
            await self._pass(self.script.begins)
        self.clock.at = self.script.begins

    async def step(self, step: Step) -> list[Entry]:
        """Does what the step says, and returns what the bot said."""
        try:
            if not step.who:
                return await self._time_or_restart(step)
            self.clock.at += A_WHILE
            player = self.script.player(step.who)
            if step.in_group and step.deed == UNNOTICED:
                self.stage.slips_in(player)
                return self._said(first=player)
            for deed in self._deeds(player, step.deed, in_group=step.in_group):
                self.deeds += 1
                message = await self.stage.do(player, deed, dealt(self.deeds), in_group=step.in_group)
                if isinstance(deed, Typed | Edited):
                    self.phones[player.name].mine[deed.text] = message or getattr(deed, "message", "")
            await self.stage.catch_up()
            return self._said(first=player)
        except MistakeError as mistake:
            raise MistakeError(f"{self.script.path.name}, line {step.line}: {mistake}") from None

    async def _time_or_restart(self, step: Step) -> list[Entry]:
        if step.deed == "restart":
            await self.stage.restart()
            await self.stage.catch_up()
            return self._said()
        return await self._pass(times.target(step.deed, self.clock.at, self._zone))

    async def _pass(self, until: int) -> list[Entry]:
        """Lets time pass, and what is due happen at its time."""
        said = list[Entry]()
        while (due := await self.stage.next_due()) is not None and due <= until:
            self.clock.at = due if due > self.clock.at else min(self.clock.at + A_MINUTE, until + 1)
            if self.clock.at > until:
                break
            await self.stage.catch_up()
            if now := self._said():
                said += [Entry("", times.moment(self.clock.at, self._zone)), *now]
        self.clock.at = until
        await self.stage.catch_up()
        if now := self._said():
            said += [Entry("", times.moment(until, self._zone)), *now]
        return said

    # ---- what is said

    def _said(self, first: Player | None = None) -> list[Entry]:
        """What came to the phones: the one who did something first, then in the order of the transcript's head."""
        news = self.stage.news()
        players = sorted(self.script.players, key=lambda player: player != first)
        everywhere = [*players, Player(GROUP, IN_GROUP, "", "")]
        return [entry for player in everywhere for entry in self._entries(player, news)]

    def _entries(self, player: Player, news: list[News]) -> Iterator[Entry]:
        phone = self.phones[player.name]
        for each in news:
            if each.user == player.user:
                if each.aside:
                    yield Entry(player.name, f"{ASIDE} {visible(plain(each.text or ''))}")
                    continue
                is_new = each.message not in phone.buttons
                if each.gone:
                    yield from () if is_new else (Entry(player.name, f"(gone) {phone.lost(each)}"),)
                    continue
                phone.heard(each)
                if each.again and self.forgiving:
                    continue
                if is_new:
                    yield Entry(player.name, _shown(each))
                elif each.buttons:
                    yield Entry(player.name, f"(other buttons)\n{_row(each.buttons)}")

    # ---- what is done

    def _deeds(self, player: Player, said: str, *, in_group: bool) -> list[Deed]:
        said = said.strip()
        if in_group:
            return [self._in_group(player, said)]
        for form, make in self._forms(player).items():
            if found := form.fullmatch(said):
                return make(found)
        if said.startswith("("):
            raise MistakeError(f"nobody knows how to do this: {said}")
        text = meant(said.removeprefix('"').removesuffix('"') if said.startswith('"') else said)
        for other in self.script.players:
            if codes := self.phones[other.name].codes:
                text = text.replace(f"<{other.name}'s code>", codes[-1])
        return [as_command(text)]

    def _forms(self, player: Player) -> dict[re.Pattern[str], Callable[[re.Match[str]], list[Deed]]]:
        phone = self.phones[player.name]
        return {
            _PRESS: lambda found: [Pressed(_there(phone.button(found[1]), found[1]))],
            _OTHERS: lambda found: [Pressed(self._other_button(player, found[1], found[2]))],
            _EDIT: lambda found: [Edited(meant(found[2]), _mine(phone, meant(found[1])))],
            _SENDS: lambda found: [Unreadable(found[1])],
            _LONG: lambda found: [Typed("x" * int(found[1].replace(",", "")), "")],
            _AT_ONCE: lambda found: [Typed(f"Thought {n}.", "") for n in range(1, int(found[1]) + 1)],
            _OPENS: lambda found: [Command("start", self._code(found[1], first=bool(found[2])))],
            _REPLY: lambda found: [Typed(meant(found[3]), "", self._message(phone, found[2], first=bool(found[1])))],
            _FIRST: lambda found: [Pressed(_there(phone.first_button(), "the first"))],
            _BLOCKS: lambda found: [Blocked()],
            _UNBLOCKS: lambda found: [Returned()],
            _FORGED: lambda found: [Pressed(found[1])],
            _FOLLOWS: lambda found: [self._door(found[1])],
        }

    def _in_group(self, player: Player, said: str) -> Deed:
        """What somebody does among others."""
        phone = self.phones[GROUP]
        if found := _PRESS.fullmatch(said):
            return Pressed(_there(phone.button(found[1]), found[1]))
        if found := _OTHERS.fullmatch(said):
            return Pressed(self._other_button(player, found[1], found[2]))
        if found := _FORGED.fullmatch(said):
            return Pressed(found[1])
        if said in _OF_GROUP:
            return _OF_GROUP[said]
        if said == "(joins)":
            return Joined((AccountKey("playground", player.user),))
        if said.startswith("("):
            raise MistakeError(f"nobody knows how to do this in a group: {said}")
        return as_command(meant(said))

    def _door(self, label: str) -> Deed:
        """Somebody follows a button out of the group, into their own chat."""
        token = _there(self.phones[GROUP].button(label), label)
        return Command("start", token.removeprefix(DOOR))

    def _other_button(self, player: Player, other: str | None, label: str) -> str:
        phone = self.phones[other or player.name]
        old = phone.old_button(label)
        if old is None and self.forgiving:  # what came twice keeps the buttons of its first copy
            old = phone.button(label)
        return _there(phone.button(label) if other else old, label)

    def _code(self, inviter: str, *, first: bool) -> str:
        codes = self.phones[inviter].codes
        if not codes:
            raise MistakeError(f"{inviter} has no invitation")
        return codes[0 if first else -1]

    def _message(self, phone: Phone, part: str, *, first: bool = False) -> str:
        found = [message for message, text in phone.texts.items() if part in text]
        if not found:
            raise MistakeError(f"no message says: {part}")
        return found[0 if first else -1]


def _there(button: Choice | None, label: str) -> str:
    if button is None:
        raise MistakeError(f"there is no button [{label}]")
    return button.token


def _mine(phone: Phone, text: str) -> str:
    if text not in phone.mine:
        raise MistakeError(f"nobody wrote: {text}")
    return phone.mine[text]


def _shown(news: News) -> str:
    text = (news.text or "").replace(news.invite, CODE) if news.invite else news.text or ""
    text = f"{text}\n{PICTURE}" if news.picture else text
    return visible(plain(f"{text}\n{_row(news.buttons)}" if news.buttons else text))


def _row(buttons: tuple[Choice, ...]) -> str:
    return " ".join(f"[{'✓ ' if button.ticked else ''}{button.label}]" for button in buttons)


class ForgivingPlay(Play):
    """A play in which the program died once: what was on its way may be said twice; what is marked `once`, and what is
    said in the group to one alone, not at all.

    It ends with the step in which something marked `once` was lost: what comes after may depend on it.
    """

    forgiving = True

    def __init__(self, script: Script, stage: CrashStage, clock: Hands) -> None:
        """Not begun yet."""
        super().__init__(script, stage, clock)
        self.fate = stage.fate

    async def whole(self) -> None:
        """Plays it all. Raises `DifferentError` at the first thing that is missing or said otherwise."""
        await self.begin()
        for step in self.script.steps:
            said = await self.step(step)
            if self.fate.lost:
                return
            step = replace(step, expected=tuple(e for e in step.expected if not e.shown.startswith(ASIDE)))
            if not same(step, said):
                raise DifferentError(difference(self.script, step, said))
