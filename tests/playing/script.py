r"""A transcript as values: who takes part, what they do, and what the bot is expected to say after each deed.

A bot's words stand beneath each other from column 13 on; a line that begins two spaces further right goes on with the
one above. "…" stands for any words. Signs that cannot be seen are written as \u200f.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.playing import times

COLUMN = 13
WIDTH = 108

_PERSON = r"(\w+) \((\w+), (\w+), ([\w/+-]+)\)"
_ALONE = re.compile(_PERSON)
_COUPLE = re.compile(rf"couple {_PERSON} and {_PERSON}")
_BOT = re.compile(r"bot to (\w+)(?:\s+(.*))?")
_DEED = re.compile(r"(\w+)\s{2,}(.*)")
_IN_GROUP = re.compile(r"(\w+) to group\s+(.*)")
_OPENS = re.compile(r"(\w+) opens (\w+)'s (first )?invitation")
_REMARK = re.compile(r"\s{2,}# .*$")
_HIDDEN = re.compile("[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\\u061c\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u2069\\ufeff"
                     "\\ud800-\\udfff]")  # fmt: skip
_WRITTEN = re.compile(r"\\u([0-9a-f]{4})")
SILENCE = "bot says nothing"
GROUP = "group"


class MistakeError(Exception):
    """A line of a transcript that cannot be read or played."""


@dataclass(frozen=True, slots=True)
class Player:
    """Somebody who takes part: a name in small letters, a number on the platform, language and zone."""

    name: str
    user: int
    language: str
    zone: str


@dataclass(frozen=True, slots=True)
class Entry:
    """Something the bot says (`to` somebody), or when it says it (`to` empty). `raw`: as it stands in the file."""

    to: str
    shown: str
    raw: tuple[str, ...] = ()

    def allows(self, other: Entry) -> bool:
        """Whether that was expected here; "…" is any words."""
        parts = map(re.escape, self.shown.split("…"))
        return self.to == other.to and re.fullmatch(".*?".join(parts), other.shown, re.DOTALL) is not None


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that somebody does, or time that passes, and what the bot says then. `lead`: remarks above it;
    `in_group`: it is done there."""

    line: int
    lead: tuple[str, ...]
    raw: tuple[str, ...]
    who: str
    deed: str
    expected: tuple[Entry, ...]
    silent: bool = False
    in_group: bool = False


@dataclass(frozen=True, slots=True)
class Script:
    """A whole transcript. `couple`: the two have gone through their first ten minutes already."""

    path: Path
    head: tuple[str, ...]
    players: tuple[Player, ...]
    couple: bool
    begins: int
    steps: tuple[Step, ...]
    tail: tuple[str, ...] = ()

    @property
    def has_group(self) -> bool:
        """Whether anything is done in a group."""
        return any(step.in_group for step in self.steps)

    def player(self, name: str) -> Player:
        """The player of that name."""
        return next(player for player in self.players if player.name == name)


@dataclass(slots=True)
class _Reading:
    """A file half read."""

    path: Path
    head: list[str] = field(default_factory=list)
    players: list[Player] = field(default_factory=list)
    couple: bool = False
    begins: int | None = None
    steps: list[Step] = field(default_factory=list)
    lead: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


def read_script(path: Path) -> Script:
    """The transcript in a file. Raises `MistakeError`."""
    return read_text(path.read_text(encoding="utf-8"), path)


def read_text(text: str, path: Path) -> Script:
    """A transcript from its text. Raises `MistakeError`."""
    reading = _Reading(path, lines=text.rstrip("\n").split("\n"))
    number = 0
    while number < len(reading.lines):
        number = _head(reading, number) if reading.begins is None else _step(reading, number)
    if reading.begins is None:
        raise MistakeError(f"{path.name}: no line says when it begins")
    return Script(
        path,
        tuple(reading.head),
        tuple(reading.players),
        reading.couple,
        reading.begins,
        tuple(reading.steps),
        tuple(reading.lead),
    )


def _head(reading: _Reading, number: int) -> int:
    raw = reading.lines[number]
    line = _REMARK.sub("", raw).strip()
    reading.head.append(raw)
    if not line or line.startswith("#"):
        return number + 1
    if found := _COUPLE.fullmatch(line):
        reading.couple = True
        _meet(reading, found.groups()[:4])
        _meet(reading, found.groups()[4:])
    elif found := _ALONE.fullmatch(line):
        _meet(reading, found.groups())
    else:
        zone = reading.players[0].zone if reading.players else "UTC"
        reading.begins = times.beginning(line, zone)
        if reading.begins is None:
            raise MistakeError(f"{reading.path.name}, line {number + 1}: neither a person nor a time: {line}")
    return number + 1


def _meet(reading: _Reading, found: Iterable[str]) -> None:
    name, language, _platform, zone = found
    reading.players.append(Player(name, len(reading.players) + 1, language, zone))


def _step(reading: _Reading, number: int) -> int:
    raw = reading.lines[number]
    if not raw.strip() or raw.startswith("#"):
        reading.lead.append(raw)
        return number + 1
    block, after = _block(reading.lines, number)
    who, deed = _deed(reading, number, block)
    in_group = _IN_GROUP.fullmatch(block[0]) is not None
    expected, after, silent = _expected(reading, after)
    lead = tuple(reading.lead)
    reading.steps.append(Step(number + 1, lead, tuple(block), who, deed, tuple(expected), silent, in_group))
    reading.lead.clear()
    return after


def _block(lines: list[str], number: int) -> tuple[list[str], int]:
    """A line with those that go on with it."""
    end = number + 1
    while end < len(lines) and _goes_on(lines, end):
        end += 1
    return lines[number:end], end


def _goes_on(lines: list[str], number: int) -> bool:
    """Whether that line belongs to the one above; an empty one does where the next that is not empty does."""
    after = next((line for line in lines[number:] if line.strip()), "")
    return after.startswith(" " * COLUMN)


def _deed(reading: _Reading, number: int, block: list[str]) -> tuple[str, str]:
    first = _REMARK.sub("", block[0]).rstrip()
    names = {player.name for player in reading.players}
    if first == "restart" or times.is_passage(first):
        return "", first
    if (found := _OPENS.fullmatch(first)) and found[1] in names:
        return found[1], f"(opens {found[2]}'s {found[3] or ''}invitation)"
    if (found := _IN_GROUP.fullmatch(first) or _DEED.fullmatch(first)) and found[1] in names:
        return found[1], joined([found[2], *(line[COLUMN:] for line in block[1:])])
    raise MistakeError(f"{reading.path.name}, line {number + 1}: cannot be read: {block[0]}")


def _expected(reading: _Reading, number: int) -> tuple[list[Entry], int, bool]:
    found = list[Entry]()
    while number < len(reading.lines):
        block, after = _block(reading.lines, number)
        if block == [SILENCE]:
            return found, after, True
        if moment := times.mark(block[0]):
            found.append(Entry("", moment, tuple(block)))
        elif bot := _BOT.fullmatch(block[0]):
            shown = joined([bot[2] or "", *(line[COLUMN:] for line in block[1:])])
            found.append(Entry(bot[1], shown, tuple(block)))
        else:
            break
        number = after
    return found, number, False


# ---- words on paper


def joined(lines: Iterable[str]) -> str:
    """Words as they were said: lines that begin further right go on with the one above."""
    said = list[str]()
    for line in lines:
        if line.startswith("  ") and said:
            said[-1] += " " + line.strip()
        else:
            said.append(line.rstrip())
    return "\n".join(said)


def written(words: str) -> list[str]:
    """Words as lines for the paper."""
    return [line for said in words.split("\n") for line in _wrapped(said)]


def _wrapped(said: str) -> Iterator[str]:
    line = ""
    for word in said.split(" "):
        if line and len(line) + 1 + len(word) > WIDTH - COLUMN:
            yield line
            line = f"  {word}"
        else:
            line = f"{line} {word}" if line else word
    yield line


def visible(words: str) -> str:
    """Words with what cannot be seen written out."""
    return _HIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", words)


def meant(words: str) -> str:
    """The words that are meant by what is written out."""
    return _WRITTEN.sub(lambda found: chr(int(found[1], 16)), words)


def on_paper(entry: Entry) -> list[str]:
    """An entry as it is to stand in the file."""
    if entry.raw:
        return list(entry.raw)
    if not entry.to:
        return [entry.shown]
    first, *rest = written(entry.shown)
    head = f"bot to {entry.to}".ljust(COLUMN - 1)
    return [f"{head} {first}".rstrip(), *(f"{'':{COLUMN}}{line}".rstrip() for line in rest)]
