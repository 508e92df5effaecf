"""What a language has beside its catalogue: words that people type, small phrases that arguments need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.words.catalogue import SOURCE
from bot.words.fields import Fields, is_language
from bot.words.mistakes import Mistake
from bot.words.places import places
from bot.words.tables import Table, read

# fmt: off
TIMES = (  # the kinds of pieces that bot/engine/times.py puts together
    "now", "today", "tonight", "tomorrow", "after-tomorrow", "next", "this", "am", "pm", "morning", "afternoon",
    "evening", "night", "noon", "midnight", "until", "in", "from now", "minute", "hour", "day", "week", "half", "and",
    "oclock", "filler",
)
# fmt: on
WORDS = ("yes", "no", "done", "none", *TIMES)
MOST = 60  # of the numbers in words
AN_HOUR, A_WEEK = 60, 7 * 24 * 60  # minutes: so far an hour is moved, so long is a length in words
# each phrase with the places it must have
PHRASES: Mapping[str, frozenset[str]] = {
    "nobody": frozenset(),
    "gone": frozenset(),
    "partner": frozenset(),
    "done": frozenset(),
    "day": frozenset({"weekday", "date"}),
    "moment": frozenset({"day", "time"}),
    "emergency": frozenset({"country", "number"}),
    "emergency-anywhere": frozenset({"number"}),
    "crisis": frozenset(),
    "partner-violence": frozenset(),
    "line": frozenset({"name", "number"}),
    "line-women": frozenset({"name", "number"}),
    "line-men": frozenset({"name", "number"}),
    "missing": frozenset(),
    "directory": frozenset({"address"}),
}


@dataclass(frozen=True, slots=True)
class Phrases:
    """One language's words (in small letters, by meaning), numbers in words, and phrases (by name)."""

    words: Mapping[str, frozenset[str]]
    numbers: Mapping[str, int]
    shifts: Mapping[str, int]
    lengths: Mapping[str, int]
    phrases: Mapping[str, str]


def load_phrases(content: Path) -> tuple[Mapping[str, Phrases], list[Mistake]]:
    """The phrases of every language, from `words.<language>.toml`."""
    found: dict[str, Phrases] = {}
    mistakes: list[Mistake] = []
    for path in sorted(content.glob("words.*.toml")):
        language = path.name.split(".")[1]
        match read(path):
            case Mistake() as mistake:
                mistakes.append(mistake)
            case table:
                found[language] = _phrases(table, language, mistakes)
    if SOURCE not in found and not mistakes:
        mistakes.append(Mistake(content / f"words.{SOURCE}.toml", 1, "this file is missing; bring it back"))
    return found, mistakes


def _phrases(table: Table, language: str, mistakes: list[Mistake]) -> Phrases:
    top = Fields(table.top, mistakes)
    if top.text("language") != language or not is_language(language):
        top.wrong(f"language must be {language!r}, as in the file's name", "language")
    for section in ("words", "numbers", "shifts", "lengths", "phrases"):
        top.has(section)
    top.rest()
    words = Fields(table.section("words"), mistakes)
    known = {name: frozenset(word.casefold() for word in words.texts(name)) for name in WORDS}
    words.rest()
    numbers = Fields(table.section("numbers"), mistakes)
    counted = {name.casefold(): numbers.number(name, range(1, MOST + 1)) for name in table.section("numbers").values}
    shifts, lengths = Fields(table.section("shifts"), mistakes), Fields(table.section("lengths"), mistakes)
    moved = {name.casefold(): shifts.between(name, -AN_HOUR, AN_HOUR) for name in shifts.section.values}
    long = {name.casefold(): lengths.between(name, 1, A_WEEK) for name in lengths.section.values}
    phrases = Fields(table.section("phrases"), mistakes)
    texts = {name: phrases.text(name) for name in PHRASES}
    for name, text in texts.items():
        if text and places(text) != PHRASES[name]:
            wanted = ", ".join(f"{{{place}}}" for place in sorted(PHRASES[name])) or "no places in braces"
            phrases.wrong(f"{name} must have {wanted}", name)
    phrases.rest()
    return Phrases(known, counted, moved, long, texts)
