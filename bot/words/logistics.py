"""Tells a question about logistics ("what's for dinner?") from others, by `logistics.<language>.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.words.mistakes import Mistake
from bot.words.patterns import Patterns
from bot.words.rules import Rule, all_of, load_rules, plain, spoken


@dataclass(frozen=True, slots=True)
class Rules:
    """One language: what speaks of logistics, and what outweighs it."""

    logistics: tuple[Rule, ...]
    other: tuple[Rule, ...]
    errands: Patterns = field(init=False)
    weightier: Patterns = field(init=False)

    def __post_init__(self) -> None:
        """All patterns at once."""
        object.__setattr__(self, "errands", all_of(self.logistics))
        object.__setattr__(self, "weightier", all_of(self.other))

    def flagging(self, text: str) -> Rule | None:
        """The first rule by which the text is about logistics; None if it is not."""
        words = plain(text)
        if self.errands.find(words) is None or self.weightier.find(words):
            return None
        return next((rule for rule in self.logistics if rule.words.find(words)), None)


@dataclass(frozen=True, slots=True)
class Logistics:
    """The rules of every language that has some."""

    rules: Mapping[str, Rules] = field(default_factory=dict)

    def is_logistics(self, text: str, language: str) -> bool:
        """Whether that is about logistics, by the rules of a language (an IETF tag) or of the source language."""
        return any(self.rules[code].flagging(text) for code in spoken(language) & self.rules.keys())


def load_logistics(content: Path) -> tuple[Logistics, list[Mistake]]:
    """The rules of every language, and everything that is wrong in their files."""
    found, mistakes = load_rules(content, "logistics", ("logistics", "other"))
    return Logistics({code: Rules(rules["logistics"], rules["other"]) for code, rules in found.items()}), mistakes
