"""Letters: what the font can show of what people typed, how wide that is, and where its lines break."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect
from typing import Final, Protocol

REST: Final = "…"
JOINS_NOT: Final = "\u200c"  # in Persian it says which letters are not joined; the other signs of its kind go
MOST_MARKS: Final = 2  # accents on one letter: more of them would grow into the lines around
LEFT_TO_RIGHT, RIGHT_TO_LEFT = "\u200e", "\u200f"
LONGEST: Final = 600  # letters of one text that are looked at; no place has room for more
_LOOSE: Final = f" ,.;:–-{REST}"
_RESTS = re.compile(rf"\s*{REST}(?:[\s{REST}]*{REST})?")
_ACCENT: Final = r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u20d0-\u20ff]"
_VARIANTS = re.compile("[\ufe00-\ufe0f]")  # whether a sign is wanted in colour: there is no colour
_ACCENTS = re.compile(rf"({_ACCENT}{{{MOST_MARKS}}}){_ACCENT}+")


class Font(Protocol):
    """What a font knows."""

    def shows(self, letter: str, *, bold: bool) -> bool:
        """Whether there is such a letter."""
        ...

    def width(self, words: str, size: float, *, bold: bool) -> float:
        """How wide a line is."""
        ...


def drawable(words: str, font: Font, *, bold: bool = False) -> str:
    """In one line, what can be shown of it: letters that there are not become "…", other signs go."""
    plain = unicodedata.normalize("NFC", words[: LONGEST + 1])
    shown = "".join(_shown(letter, font, bold=bold) for letter in _ACCENTS.sub(r"\1", plain))
    return _RESTS.sub(lambda found: REST if found.start() == 0 else f" {REST}", " ".join(shown.split())) or REST


def _shown(letter: str, font: Font, *, bold: bool) -> str:
    kind = unicodedata.category(letter)
    if kind[0] == "Z" or letter in "\t\n\r\v\f\x85":
        return " "
    if (kind[0] == "C" and letter != JOINS_NOT) or _VARIANTS.match(letter):
        return ""
    if font.shows(letter, bold=bold):
        return letter
    return REST if kind[0] in "LN" else ""


def leans_right(words: str) -> bool:
    """Whether it is written from right to left: its first letter that has a direction decides."""
    kinds = map(unicodedata.bidirectional, words)
    return next((kind in {"R", "AL"} for kind in kinds if kind in {"L", "R", "AL"}), False)


def wrapped(words: str, width: float, size: float, font: Font, *, most: int, bold: bool = False) -> list[str]:
    """At most so many lines, none of them wider; what does not fit becomes "…"."""

    def fits(line: str) -> bool:
        return font.width(line, size, bold=bold) <= width

    lines, rest = list[str](), words.split()
    while rest and len(lines) < most:
        line, rest = _line(rest, fits)
        lines.append(line)
    if rest:
        lines[-1] = _shortened(f"{lines[-1]} {' '.join(rest)}", fits)
    sign = RIGHT_TO_LEFT if leans_right(words) else LEFT_TO_RIGHT
    return [f"{sign}{line}" if _is_mixed(line) else line for line in lines]


def _line(rest: list[str], fits: _Fits) -> tuple[str, list[str]]:
    """As many words as fit; of a word that is too long for any line, as much as fits."""
    taken = 0
    while taken < len(rest) and fits(" ".join(rest[: taken + 1])):
        taken += 1
    if taken:
        return " ".join(rest[:taken]), rest[taken:]
    length = _most(rest[0], fits, "")
    if not length:  # a single letter that no line can hold
        return REST, rest[1:]
    return rest[0][:length], [rest[0][length:], *rest[1:]]


def _shortened(line: str, fits: _Fits) -> str:
    end = _most(line, fits, REST)
    return line[:end].rstrip(_LOOSE) + REST


def _most(line: str, fits: _Fits, after: str) -> int:
    """How many letters of it fit with what comes after them; never cut between a letter and its accent."""
    ends = [end for end in range(1, len(line)) if not unicodedata.combining(line[end])]
    number = bisect(ends, False, key=lambda end: not fits(line[:end].rstrip(_LOOSE) + after))
    return ends[number - 1] if number else 0


def _is_mixed(line: str) -> bool:
    kinds = {unicodedata.bidirectional(letter) for letter in line}
    return "L" in kinds and not kinds.isdisjoint({"R", "AL"})


class _Fits(Protocol):
    def __call__(self, line: str, /) -> bool: ...
