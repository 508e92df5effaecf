"""Tells a question about logistics ("what's for dinner?") from others, by `logistics.<language>.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.words.mistakes import Mistake
from bot.words.rules import Rule, load_rules, spoken


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
        return any(self.rules[code].flagging(text) for code in spoken(language) & self.rules.keys())


def load_logistics(content: Path) -> tuple[Logistics, list[Mistake]]:
    """The rules of every language, and everything that is wrong in their files."""
    found, mistakes = load_rules(content, "logistics", ("logistics", "other"))
    return Logistics({code: Rules(rules["logistics"], rules["other"]) for code, rules in found.items()}), mistakes
