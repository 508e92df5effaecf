"""All content at once: catalogues, phrases, decks, help lines and rules, read once at the start."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import structlog

from bot.engine.decks import DeckCard
from bot.errors import ConfigurationError
from bot.words.added_decks import add_decks
from bot.words.catalogue import SOURCE, Catalogue, load_catalogue
from bot.words.crisis import Crisis, load_crisis
from bot.words.decks import Deck, load_decks, name_of
from bot.words.helplines import Lines, load_helplines
from bot.words.logistics import Logistics, load_logistics
from bot.words.mistakes import Mistake, shown
from bot.words.phrases import Phrases, load_phrases
from bot.words.vocabulary import Vocabulary, vocabulary
from bot.words.wording import Wording, load_wording

log = structlog.get_logger()

_WORD = re.compile(r"[^\W\d_]{2,}")
CONTENT = Path(__file__).resolve().parent.parent / "content"


@dataclass(frozen=True, slots=True)
class Content:
    """What Leeway says and understands, in every language it has."""

    catalogue: Catalogue
    phrases: Mapping[str, Phrases]
    decks: Mapping[str, Deck] = field(default_factory=dict)
    helplines: Lines = field(default_factory=Lines)
    wording: Wording = field(default_factory=Wording)
    logistics: Logistics = field(default_factory=Logistics)
    crisis: Crisis = field(default_factory=Crisis)

    @property
    def cards(self) -> Mapping[str, tuple[DeckCard, ...]]:
        """What can be drawn, by deck."""
        return {name: deck.cards for name, deck in self.decks.items()}

    def words(self, meaning: str, language: str) -> frozenset[str]:
        """What people type for a meaning ("yes"), in that language and in the source language."""
        return frozenset().union(*(phrases.words[meaning] for phrases in self._spoken(language)))

    def phrase(self, name: str, language: str) -> str:
        """A small phrase in that language, else in the source language."""
        return (self.phrases.get(self.catalogue.language(language)) or self.phrases[SOURCE]).phrases[name]

    def vocabulary(self, language: str) -> Vocabulary:
        """What parsers need to know of a language; days and cities even where there is no catalogue for it."""
        return vocabulary(language, self._spoken(language), self.logistics)

    def is_crisis(self, text: str, language: str, names: Collection[str]) -> bool:
        """Whether words may mean danger to whoever reads that language. `names`: of those close to them, whom no rule
        can know; each counts as their partner, and the first alone is enough."""
        if self.crisis.is_crisis(text, language):
            return True
        close = sorted({word for name in names for word in _WORD.findall(name)})
        if not close:
            return False
        either = "|".join(close)
        whole = re.compile(rf"\b(?:{either})\b(?:\s+(?:{either})\b)*", re.IGNORECASE)
        if whole.search(text) is None:
            return False
        each = (whole.sub(phrases.phrases["partner"], text) for phrases in self._spoken(language))
        return any(self.crisis.is_crisis(unnamed, language) for unnamed in each)

    def _spoken(self, language: str) -> list[Phrases]:
        codes = dict.fromkeys([self.catalogue.language(language), SOURCE])
        return [self.phrases[code] for code in codes if code in self.phrases]


def read_content(folder: Path) -> tuple[Content, list[Mistake]]:
    """All content of a folder, as far as it can be read, and everything that is wrong in it."""
    wording, wrong = load_wording(folder / "wording.toml")
    catalogue, in_catalogues = load_catalogue(folder / "locale")
    phrases, in_phrases = load_phrases(folder)
    decks, in_decks = load_decks(folder / "decks", wording)
    helplines, in_helplines = load_helplines(folder / "helplines.toml")
    logistics, in_logistics = load_logistics(folder)
    crisis, in_crisis = load_crisis(folder)
    mistakes = wrong + in_catalogues + in_phrases + in_decks + in_helplines + in_logistics + in_crisis
    return Content(catalogue, phrases, decks, helplines, wording, logistics, crisis), mistakes


def load_content(folder: Path = CONTENT, own: Path | None = None) -> Content:
    """All content of a folder, and the decks of the folder `own` in it; one that is not sound is left out, and logged.
    Raises `ConfigurationError` with every mistake in our own."""
    content, mistakes = read_content(folder)
    if mistakes:
        raise ConfigurationError(shown(mistakes, folder.parent.parent))
    if own is None:
        return content
    added = add_decks(content.decks, own, content.wording, content.catalogue.languages)
    for line in added.taken:
        log.info("deck.added", deck=line)
    for name in sorted({name_of(mistake.path)[0] for mistake in added.left_out}):
        why = shown((mistake for mistake in added.left_out if name_of(mistake.path)[0] == name), own)
        log.warning("deck.left_out", deck=f"{name}, in every language", why=why)
    for line in shown(added.remarks, own):
        log.info("deck.remark", what=line)
    return replace(content, decks=added.decks)
