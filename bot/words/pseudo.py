"""A language for tests and translators: every sentence accented, a third longer and in brackets, so that one that
bypasses the catalogue, or is not translated yet, is seen, and a layout that is too tight breaks."""

from __future__ import annotations

import re
from collections.abc import Collection
from copy import copy
from dataclasses import replace
from gettext import NullTranslations
from math import ceil

from bot.words.catalogue import SOURCE, Catalogue
from bot.words.decks import Deck

PSEUDO = "en-XA"  # the name that CLDR gives to it
_ACCENTS = str.maketrans("aceinouyACEINOUY", "áçéîñöûýÁÇÉÎÑÖÛÝ")
# What stays: places and commands, which must still work.
_KEPT = re.compile(r"(\{\w+\}|/\w+)")


def pseudo(sentence: str) -> str:
    """The sentence in the pseudo-language; one without any letters or quotation marks of its own stays as it is."""
    parts = _KEPT.split(sentence)
    if not any(letter.isalpha() or letter in "“”" for part in parts[::2] for letter in part):
        return sentence
    parts[::2] = [part.translate(_ACCENTS) for part in parts[::2]]
    return f"⟦{''.join(parts)}{'~' * ceil(len(sentence) / 3)}⟧"


def pseudo_catalogue(catalogue: Catalogue | None = None) -> Catalogue:
    """The catalogue with the pseudo-language in it."""
    others = catalogue.translations if catalogue else {}
    return Catalogue({**others, PSEUDO: _Pseudo()})


def marked(catalogue: Catalogue) -> Catalogue:
    """The catalogue with what is not translated in the pseudo-language instead of English."""
    translations = {language: copy(translation) for language, translation in catalogue.translations.items()}
    for translation in translations.values():
        translation.add_fallback(_Pseudo())
    return Catalogue(translations)


def marked_deck(deck: Deck, languages: Collection[str]) -> Deck:
    """The deck with the questions that lack in a language in the pseudo-language there."""
    source = deck.questions[SOURCE]
    questions = {code: dict(deck.questions.get(code, {})) for code in (SOURCE, *languages)}
    for code in languages:
        lacking = {card: replace(source[card], text=pseudo(source[card].text)) for card in deck.untranslated(code)}
        questions[code] |= lacking
    return Deck(deck.name, questions)


class _Pseudo(NullTranslations):
    def gettext(self, message: str) -> str:
        return pseudo(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return pseudo(super().ngettext(msgid1, msgid2, n))
