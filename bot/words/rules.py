"""Rules that know sentences by their words: patterns that a content file lists, one engine for every such file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.engine.spelling import folded
from bot.words.catalogue import SOURCE
from bot.words.fields import Fields, is_language
from bot.words.mistakes import Mistake
from bot.words.patterns import ANYWHERE, NUMBER, Pattern, Patterns, start
from bot.words.tables import Table, read

BETWEEN = 6  # words that "…" stands for at most
GAPS = 3  # "…" in a pattern at most; with BETWEEN and LONGEST it bounds what one word of a text can cost
LONGEST = 32  # letters of a word that are looked at
_TOKEN = re.compile(r"\d+[:.]\d+\w*|[^\W_]+|,|[.?!:;\n]")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")  # no unseen letter is in ASCII
_WORD = r"\*?[^\W_A-Z]+\*?"
_PIECE = re.compile(rf"\{{[a-z-]+\}}|{_WORD}")
_PLAIN = re.compile(rf"{_WORD}(?:/{_WORD})*")
_BEGINNING = Pattern(r"(?<=[.,] )", frozenset({ANYWHERE}))
_SIGNS = {
    "…": Pattern(rf"(?:[^ .]+ ){{0,{BETWEEN}}}?", frozenset({ANYWHERE})),
    "#": Pattern(r"\d[\d:.]*\w* (?:[ap]m |oclock )?", frozenset({NUMBER})),
    "^": _BEGINNING,
    "$": Pattern(r"(?=[.,] )", frozenset({ANYWHERE})),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """A few patterns of words, where they stand, and a text that they know."""

    path: Path
    line: int
    example: str
    patterns: tuple[Pattern, ...]
    words: Patterns

    def knows(self, text: str) -> bool:
        """Whether one of the patterns is in the text."""
        return self.words.find(plain(text)) is not None


KindsOfRules = Mapping[str, tuple[Rule, ...]]


def load_rules(content: Path, name: str, kinds: tuple[str, ...]) -> tuple[dict[str, KindsOfRules], list[Mistake]]:
    """The rules of every language by their kind, from `<name>.<language>.toml`, and everything wrong in them."""
    found: dict[str, KindsOfRules] = {}
    mistakes: list[Mistake] = []
    for path in sorted(content.glob(f"{name}.*.toml")):
        match read(path):
            case Mistake() as mistake:
                mistakes.append(mistake)
            case table:
                found[path.name.split(".")[1]] = _rules(table, kinds, mistakes)
    if not (source := content / f"{name}.{SOURCE}.toml").is_file():
        mistakes.append(Mistake(source, 1, "this file is missing; bring it back"))
    return found, mistakes


def spoken(language: str) -> frozenset[str]:
    """Whose rules hold for who reads that language (an IETF tag): people mix theirs with the source language."""
    return frozenset({language, language.split("-")[0], SOURCE})


def plain(text: str) -> str:
    """Small words, a blank after each, full stops for ends of sentences, no apostrophes, nothing unseen; ä as ae."""
    seen = _BEYOND_ASCII.sub(_seen, unicodedata.normalize("NFKC", text))
    tokens = _TOKEN.findall(folded(re.sub("['’‘`´ʼ]", "", seen)))
    return " ".join([" .", *("." if mark in ".?!:;\n" else mark[:LONGEST] for mark in tokens), ". "])


def _seen(letter: re.Match[str]) -> str:
    return "" if unicodedata.category(letter[0]) == "Cf" else letter[0]


def all_of(rules: Iterable[Rule]) -> Patterns:
    """The patterns of several rules at once: most texts have none of them."""
    return Patterns(pattern for rule in rules for pattern in rule.patterns)


def _rules(table: Table, kinds: tuple[str, ...], mistakes: list[Mistake]) -> KindsOfRules:
    top = Fields(table.top, mistakes)
    language = table.path.name.split(".")[1]
    if top.text("language") != language or not is_language(language):
        top.wrong(f"language must be {language!r}, as in the file's name", "language")
    names = Fields(table.section("groups"), mistakes)
    groups: dict[str, Pattern] = {}
    for name in names.section.values:
        groups[name] = _either(_patterns(name, names.texts(name), groups, names))
    rules: dict[str, tuple[Rule, ...]] = {}
    for kind in kinds:
        sections = table.each(kind, top.tables(kind))
        if not sections:
            top.wrong(f"there is no rule here; begin each with [[{kind}]]", kind)
        rules[kind] = tuple(_rule(Fields(section, mistakes), groups) for section in sections)
    top.has("groups")
    top.rest()
    return rules


def _rule(fields: Fields, groups: Mapping[str, Pattern]) -> Rule:
    patterns = tuple(_patterns("words", fields.texts("words"), groups, fields))
    where = fields.section
    rule = Rule(where.path, where.line, fields.text("example"), patterns, Patterns(patterns))
    if rule.example and not rule.knows(rule.example):
        fields.wrong(f"none of its words is in the example {rule.example!r}; mend one of them", "example")
    fields.rest()
    return rule


def _patterns(key: str, patterns: frozenset[str], groups: Mapping[str, Pattern], fields: Fields) -> list[Pattern]:
    """What those patterns match; what is wrong in them is noted at that key."""
    return [_pattern(key, one, groups, fields) for one in sorted(patterns)]


def _pattern(key: str, pattern: str, groups: Mapping[str, Pattern], fields: Fields) -> Pattern:
    parts = [_SIGNS.get(part) or _part(key, part, pattern, groups, fields) for part in pattern.split()]
    if key == "words" and not set(pattern.split()) - _SIGNS.keys():
        fields.wrong(f"{pattern!r} has no word of its own, so that it would be everywhere; add one", key)
    if pattern.count("…") > (most := GAPS if key == "words" else 0):
        fields.wrong(f"{pattern!r} has too many …, which take time; at most {most} here", key)
    first = next((part.starts for part in parts if part is not _BEGINNING), {ANYWHERE})
    needs = tuple(part.starts for part in parts if ANYWHERE not in part.starts)
    return Pattern("".join(part.form for part in parts), frozenset(first), needs)


def _part(key: str, part: str, pattern: str, groups: Mapping[str, Pattern], fields: Fields) -> Pattern:
    if _PLAIN.fullmatch(part):
        return _plain(part)
    pieces = []
    for piece in part.split("/"):
        if not _PIECE.fullmatch(piece):
            fields.wrong(f"{piece!r} in {pattern!r} is no word; small letters alone, without apostrophes", key)
        elif piece[0] == "{" and piece[1:-1] not in groups:
            known = ", ".join(sorted(groups)) or "none here"
            fields.wrong(f"the group {piece} in {pattern!r} is not known; known are {known}", key)
        else:
            pieces.append(groups[piece[1:-1]] if piece[0] == "{" else _word(piece))
    return _either(pieces)


@cache
def _plain(part: str) -> Pattern:
    """A word, or some with slashes between: most of what stands in rules, and often the same."""
    return _either([_word(piece) for piece in part.split("/")])


@cache
def _word(word: str) -> Pattern:
    known = folded(word.strip("*"))
    form = word.replace(word.strip("*"), known).replace("*", r"\w*") + " "
    return Pattern(form, frozenset({ANYWHERE if word[0] == "*" else start(known, whole=word[-1] != "*")}))


def _either(patterns: Sequence[Pattern]) -> Pattern:
    starts = frozenset[str]().union(*(pattern.starts for pattern in patterns))
    return Pattern(f"(?:{'|'.join(pattern.form for pattern in patterns) or '(?!)'})", starts)
