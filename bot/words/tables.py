"""TOML files read with the line of every table and key, which tomllib does not tell."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.words.mistakes import Mistake

_HEADER = re.compile(r"\s*(\[\[|\[)\s*([\w.\-]+)\s*\]")
_KEY = re.compile(r"\s*([\w\-]+)\s*=")
_OFTEN = "often a straight quote is missing at the end of a text or stands inside it, where “…” does no harm"
_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")


@dataclass(frozen=True, slots=True)
class Section:
    """One table of a file: its values, its line and the line of each key."""

    path: Path
    values: Mapping[str, Any]
    line: int
    keys: Mapping[str, int]

    def wrong(self, what: str, key: str = "") -> Mistake:
        """A mistake at that key, or at the table's own line."""
        return Mistake(self.path, self.keys.get(key, self.line), what)


@dataclass(frozen=True, slots=True)
class Table:
    """A TOML file that could be read."""

    path: Path
    values: Mapping[str, Any]
    headers: tuple[tuple[str, int, Mapping[str, int]], ...]

    @property
    def top(self) -> Section:
        """What stands above the first header."""
        return Section(self.path, self.values, 1, self.headers[0][2])

    def section(self, name: str) -> Section:
        """The table of that name; an empty one when it is missing."""
        values = self.values.get(name)
        line, keys = self._places(name)[:1][0] if self._places(name) else (1, {})
        return Section(self.path, values if isinstance(values, dict) else {}, line, keys)

    def each(self, name: str, found: Sequence[Mapping[str, Any]]) -> list[Section]:
        """The `[[name]]` tables, as found in the order of the file, each with its place."""
        places = self._places(name)
        places += [(1, {})] * (len(found) - len(places))
        return [Section(self.path, values, line, keys) for values, (line, keys) in zip(found, places, strict=False)]

    def _places(self, name: str) -> list[tuple[int, Mapping[str, int]]]:
        return [(line, keys) for header, line, keys in self.headers if header == name]


def read(path: Path) -> Table | Mistake:
    """The file as a table, or what keeps it from being one."""
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
        return Table(path, tomllib.loads(text), _headers(text))
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return Mistake(path, line, "this is not UTF-8; save the file in that encoding")
    except tomllib.TOMLDecodeError as error:
        what = f"this is not TOML: {_AT_LINE.sub('', str(error)).strip()}; {_OFTEN}"
        return Mistake(path, _line(str(error), raw), what)


def _line(error: str, raw: bytes) -> int:
    found = _AT_LINE.search(error)
    return int(found[1]) if found else max(1, len(raw.splitlines()))


def _headers(text: str) -> tuple[tuple[str, int, Mapping[str, int]], ...]:
    keys: dict[str, int] = {}
    headers: list[tuple[str, int, Mapping[str, int]]] = [("", 1, keys)]
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            keys = {}
            headers.append((header[2], number, keys))
        elif key := _KEY.match(line):
            keys.setdefault(key[1], number)
    return tuple(headers)
