"""The stage that begins anew at each turn, and looks through its files each time: nothing that was typed lies there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from zoneinfo import available_timezones

from bot.events import Command, Deed, Edited, Incoming, Typed
from tests.playing.platform import News
from tests.playing.script import Player
from tests.playing.stages import FreshStage, Hands

ROOT = Path(__file__).resolve().parents[2]
SHORT = 6  # letters; what is no longer may lie there by chance, as sealed words are base64
PIECE = 40  # letters; something longer is looked for by its ends and its words: a page of the file may part it
SURNAME = " Quittenmarmelade"  # everybody's, as "Ana" is too short to be looked for
FILES = {"leeway.db", "leeway.db-wal", "keys.db", "keys.db-wal"}


class FoundError(AssertionError):
    """What was typed lies in a file: the file, and the words."""


class SearchedStage(FreshStage):
    """A house made new for each turn. Before its files are closed, and after they were for the last time, they are
    searched for all that was typed so far, and for everybody's name."""

    def __init__(self, clock: Hands, folder: Path) -> None:
        """The files are in that folder."""
        super().__init__(clock, folder)
        self._folder = folder
        self._secrets: dict[bytes, str] = {}
        self._labels: dict[str, str] = {}
        self.read = 0  # files, each time

    @property
    def sought(self) -> int:
        """How many pieces of what was typed were looked for in the end."""
        return len(self._secrets)

    def event(self, player: Player, deed: Deed, chance: int) -> tuple[Incoming, str]:
        """The event of a deed, by somebody with a surname."""
        if isinstance(deed, Typed):
            deed = replace(deed, text=self._labels.get(deed.text.casefold(), deed.text))
        event, message = super().event(player, deed, chance)
        name = event.sender.profile.name + SURNAME
        for text in (name, _typed(deed)):
            self._secrets |= {form: piece for piece in _pieces(text) for form in _forms(piece)}
        sender = replace(event.sender, profile=replace(event.sender.profile, name=name))
        return replace(event, sender=sender), message

    def news(self) -> list[News]:
        """What came to the phones, where nobody has a surname."""
        news = super().news()
        named = (button.label for each in news for button in each.buttons if SURNAME in button.label)
        self._labels |= {_bare(label).casefold(): label for label in named}  # so that they can be typed
        return [_without_surnames(each) for each in news]

    async def restart(self) -> None:
        """Looks through the files, closes them and opens them."""
        self._search(FILES)
        await super().restart()

    async def close(self) -> None:
        """Looks through the files, closes them and looks again."""
        self._search(FILES)
        await super().close()
        self._search({"leeway.db", "keys.db"})

    def _search(self, files: set[str]) -> None:
        there = {path.name: path.read_bytes() for path in self._folder.glob("*.db*") if path.suffix != ".lock"}
        self.read += len(there)
        found = [
            f"{name}: {text}"
            for name, content in there.items()
            for secret, text in self._secrets.items()
            if secret in content
        ]
        if found or not files <= there.keys():
            raise FoundError("\n".join(found) or f"not all files are there: {sorted(there)}")


def _typed(deed: Deed) -> str:
    match deed:
        case Typed(text) | Edited(text):
            return text
        case Command(name, argument):
            return f"{name} {argument}"
        case _:
            return ""


def _pieces(text: str) -> Iterator[str]:
    """What a text is looked for by, without what is Leeway's own."""
    for piece in {text[:PIECE], text[-PIECE:], *(word[:PIECE] for word in text.split())}:
        if len(piece) > SHORT and piece not in _own():
            yield piece


def _forms(piece: str) -> set[bytes]:
    """How it may lie in a file: as UTF-8, and as JSON in ASCII."""
    return {piece.encode("utf-8", "surrogatepass"), json.dumps(piece)[1:-1].encode()}


@cache
def _own() -> str:
    """Leeway's own words: its sources with labels and names, its decks and lists; and the names of zones."""
    kinds = {".py", ".toml", ".po"}
    sources = [path for room in ("bot", "storage") for path in (ROOT / room).rglob("*") if path.suffix in kinds]
    return "\n".join([*(path.read_text(encoding="utf-8") for path in sources), *available_timezones()])


def _without_surnames(news: News) -> News:
    text = None if news.text is None else _bare(news.text)
    buttons = tuple(replace(button, label=_bare(button.label)) for button in news.buttons)
    return replace(news, text=text, buttons=buttons)


def _bare(text: str) -> str:
    return text.replace(SURNAME, "")
