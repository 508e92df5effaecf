"""The rules for what we say: words that no text may contain, and why; from `wording.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.words.fields import Fields
from bot.words.mistakes import Mistake
from bot.words.tables import Table, read

_PLACE = re.compile(r"\{\w+\}")


@dataclass(frozen=True, slots=True)
class Forbidden:
    """Words that texts of one language do without, and what to do instead."""

    language: str
    words: re.Pattern[str]
    why: str


@dataclass(frozen=True, slots=True)
class Harmless:
    """A sentence of one language that may have such words, with anything in its places."""

    language: str
    sentence: str
    filled: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Wording:
    """The words that decks may use as tags, those that no text may use, and the sentences that may all the same.
    `small`: by language, those that stand in every second question and tell nothing of it."""

    tags: frozenset[str] = frozenset()
    unfit: frozenset[str] = frozenset()
    forbidden: tuple[Forbidden, ...] = ()
    harmless: tuple[Harmless, ...] = ()
    small: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def objections(self, sentence: str, language: str) -> Iterator[str]:
        """What is wrong with how a sentence is said."""
        if "!" in sentence:
            yield "no exclamation mark; say it calmly"
        for known in self.harmless:
            if known.language == language:
                sentence = known.filled.sub(" ", sentence)
        for rule in self.forbidden:
            if rule.language == language and (found := rule.words.search(sentence.replace("’", "'"))):
                yield f"“{found[0]}”: {rule.why}"


def load_wording(path: Path) -> tuple[Wording, list[Mistake]]:
    """The rules, and everything that is wrong in their file."""
    if not path.is_file():
        return Wording(), [Mistake(path, 1, "this file is missing; bring it back")]
    mistakes: list[Mistake] = []
    match read(path):
        case Mistake() as mistake:
            return Wording(), [mistake]
        case table:
            return _wording(table, mistakes), mistakes


def _wording(table: Table, mistakes: list[Mistake]) -> Wording:
    top = Fields(table.top, mistakes)
    decks = Fields(table.section("decks"), mistakes)
    rules = []
    for section in table.each("forbidden", top.tables("forbidden")):
        fields = Fields(section, mistakes)
        pattern = _forbidden(fields.texts("words"), fields.texts("endings") if fields.has("endings") else frozenset())
        rules.append(Forbidden(fields.text("language"), pattern, fields.text("why")))
        fields.rest()
    harmless = [_harmless(Fields(each, mistakes)) for each in table.each("harmless", top.tables("harmless"))]
    small = dict(_small(Fields(each, mistakes)) for each in table.each("small", top.tables("small")))
    wording = Wording(decks.texts("tags"), decks.texts("unfit"), tuple(rules), tuple(harmless), small)
    decks.rest()
    top.has("decks")
    top.rest()
    return wording


def _small(fields: Fields) -> tuple[str, frozenset[str]]:
    found = fields.text("language"), fields.texts("words")
    fields.rest()
    return found


def _forbidden(words: frozenset[str], endings: frozenset[str]) -> re.Pattern[str]:
    """Whole words in any case, and words that end in one of the endings as it is written: the German "Freund*in"."""
    either, ends = ("|".join(re.escape(text) for text in sorted(texts, reverse=True)) for texts in (words, endings))
    whole = rf"(?<![\w'])(?:{either})(?![\w'])" if either else r"(?!)"
    ending = rf"(?-i:\w*[^\W\dA-Z_](?:{ends}))(?![\w'])" if ends else r"(?!)"
    return re.compile(rf"{ending}|{whole}", re.IGNORECASE)


def _harmless(fields: Fields) -> Harmless:
    language, sentence = fields.text("language"), fields.text("sentence")
    fields.text("why")
    fields.rest()
    filled = ".+?".join(re.escape(part) for part in _PLACE.split(sentence)) if sentence else r"(?!)"
    return Harmless(language, sentence, re.compile(filled, re.DOTALL))
