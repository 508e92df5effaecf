"""Tells a question about logistics ("what's for dinner?") from others, by `logistics.<language>.toml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.words.catalogue import SOURCE
from bot.words.fields import Fields, is_language
from bot.words.mistakes import Mistake
from bot.words.tables import Table, read

BETWEEN = 6  # words that "…" stands for at most; it also bounds the time that a long text takes
_TOKEN = re.compile(r"\d+[:.]\d+\w*|\w+|,|[.?!:;\n]")
_PIECE = re.compile(r"\{[a-z-]+\}|[^\W_A-Z]+\*?")
_SIGNS = {
    "…": rf"(?:[^ .]+ ){{0,{BETWEEN}}}?",
    "#": r"\d[\d:.]*\w* (?:[ap]m |oclock )?",
    "^": r"(?<=[.,] )",
    "$": r"(?=[.,] )",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """A few patterns of words, where they stand, and a question that they know."""

    path: Path
    line: int
    example: str
    words: re.Pattern[str]

    def knows(self, text: str) -> bool:
        """Whether one of the patterns is in the text."""
        return self.words.search(_plain(text)) is not None


@dataclass(frozen=True, slots=True)
class Rules:
    """One language: what speaks of logistics, and what outweighs it."""

    logistics: tuple[Rule, ...]
    other: tuple[Rule, ...]

    def flagging(self, text: str) -> Rule | None:
        """The first rule by which the text is about logistics; None if it is not."""
        if any(rule.knows(text) for rule in self.other):
            return None
        return next((rule for rule in self.logistics if rule.knows(text)), None)


@dataclass(frozen=True, slots=True)
class Logistics:
    """The rules of every language that has some."""

    rules: Mapping[str, Rules] = field(default_factory=dict)

    def is_logistics(self, text: str, language: str) -> bool:
        """Whether that is about logistics, by the rules of a language (an IETF tag) or of the source language."""
        codes = {language, language.split("-")[0], SOURCE} & self.rules.keys()
        return any(self.rules[code].flagging(text) for code in codes)


def load_logistics(content: Path) -> tuple[Logistics, list[Mistake]]:
    """The rules of every language, from `logistics.<language>.toml`, and everything that is wrong in them."""
    found: dict[str, Rules] = {}
    mistakes: list[Mistake] = []
    for path in sorted(content.glob("logistics.*.toml")):
        match read(path):
            case Mistake() as mistake:
                mistakes.append(mistake)
            case table:
                found[path.name.split(".")[1]] = _rules(table, mistakes)
    if not (source := content / f"logistics.{SOURCE}.toml").is_file():
        mistakes.append(Mistake(source, 1, "this file is missing; bring it back"))
    return Logistics(found), mistakes


def _rules(table: Table, mistakes: list[Mistake]) -> Rules:
    top = Fields(table.top, mistakes)
    language = table.path.name.split(".")[1]
    if top.text("language") != language or not is_language(language):
        top.wrong(f"language must be {language!r}, as in the file's name", "language")
    names = Fields(table.section("groups"), mistakes)
    groups = {name: _any_of(name, names.texts(name), {}, names) for name in names.section.values}
    rules: dict[str, tuple[Rule, ...]] = {}
    for kind in ("logistics", "other"):
        sections = table.each(kind, top.tables(kind))
        if not sections:
            top.wrong(f"there is no rule here; begin each with [[{kind}]]", kind)
        rules[kind] = tuple(_rule(Fields(section, mistakes), groups) for section in sections)
    top.has("groups")
    top.rest()
    return Rules(rules["logistics"], rules["other"])


def _rule(fields: Fields, groups: Mapping[str, str]) -> Rule:
    words = _any_of("words", fields.texts("words"), groups, fields)
    rule = Rule(fields.section.path, fields.section.line, fields.text("example"), re.compile(f"(?<= ){words}"))
    if rule.example and not rule.knows(rule.example):
        fields.wrong(f"none of its words is in the example {rule.example!r}; mend one of them", "example")
    fields.rest()
    return rule


def _any_of(key: str, patterns: frozenset[str], groups: Mapping[str, str], fields: Fields) -> str:
    """A regular expression for one of those patterns; what is wrong in them is noted at that key."""
    return f"(?:{'|'.join(_pattern(key, one, groups, fields) for one in sorted(patterns)) or '(?!)'})"


def _pattern(key: str, pattern: str, groups: Mapping[str, str], fields: Fields) -> str:
    found = ""
    for part in pattern.split():
        if part in _SIGNS:
            found += _SIGNS[part]
            continue
        pieces = []
        for piece in part.split("/"):
            if not _PIECE.fullmatch(piece):
                fields.wrong(f"{piece!r} in {pattern!r} is no word; small letters alone, without apostrophes", key)
            elif piece[0] == "{" and piece[1:-1] not in groups:
                known = ", ".join(sorted(groups)) or "none here"
                fields.wrong(f"the group {piece} in {pattern!r} is not known; known are {known}", key)
            else:
                pieces.append(groups[piece[1:-1]] if piece[0] == "{" else piece.replace("*", r"\w*") + " ")
        found += f"(?:{'|'.join(pieces) or '(?!)'})"
    if key == "words" and not set(pattern.split()) - _SIGNS.keys():
        fields.wrong(f"{pattern!r} has no word of its own, so that it would be everywhere; add one", key)
    return found


def _plain(text: str) -> str:
    """Small words with a blank after each, ends of sentences as full stops, no apostrophes."""
    tokens = _TOKEN.findall(re.sub("['’‘`]", "", text.casefold()))
    return " ".join([" .", *("." if mark in ".?!:;\n" else mark for mark in tokens), ". "])
