"""Knows words of somebody who may be in danger, by `crisis.<language>.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.words.mistakes import Mistake
from bot.words.patterns import Patterns
from bot.words.rules import Rule, all_of, load_rules, plain, spoken

_ASIDE = "_ "  # stands where words were set aside; no pattern has it


@dataclass(frozen=True, slots=True)
class Rules:
    """One language: what speaks of danger, and what only sounds like it."""

    crisis: tuple[Rule, ...]
    aside: tuple[Rule, ...]
    dangers: Patterns = field(init=False)
    harmless: Patterns = field(init=False)

    def __post_init__(self) -> None:
        """All patterns at once: most texts have none of them."""
        object.__setattr__(self, "dangers", all_of(self.crisis))
        object.__setattr__(self, "harmless", all_of(self.aside))

    def flagging(self, text: str) -> Rule | None:
        """The first rule by which the text speaks of danger, harmless words set aside; None if it does not."""
        words = self.harmless.replace(plain(" ".join(text.split())), _ASIDE)
        if self.dangers.find(words) is None:
            return None
        return next((rule for rule in self.crisis if rule.words.find(words)), None)


@dataclass(frozen=True, slots=True)
class Crisis:
    """The rules of every language that has some."""

    rules: Mapping[str, Rules] = field(default_factory=dict)

    def is_crisis(self, text: str, language: str) -> bool:
        """Whether somebody may be in danger, by the rules of a language (an IETF tag) or of the source language."""
        return any(self.rules[code].flagging(text) for code in spoken(language) & self.rules.keys())


def load_crisis(content: Path) -> tuple[Crisis, list[Mistake]]:
    """The rules of every language, and everything that is wrong in their files."""
    found, mistakes = load_rules(content, "crisis", ("crisis", "aside"))
    return Crisis({code: Rules(rules["crisis"], rules["aside"]) for code, rules in found.items()}), mistakes
