"""Decks of whoever runs the bot, from the folder CONTENT_DIR: each adds its questions to one of ours.

A deck in which anything is wrong is left out, whole and in every language, and it is said why; the program starts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.words.catalogue import SOURCE
from bot.words.decks import Deck, DeckFile, likenesses, read_decks
from bot.words.mistakes import Mistake
from bot.words.wording import Wording


@dataclass(frozen=True, slots=True)
class Added:
    """Our decks with theirs in them; why a deck was left out; what else whoever runs the bot should know."""

    decks: Mapping[str, Deck]
    left_out: list[Mistake]
    remarks: list[Mistake]


def add_decks(ours: Mapping[str, Deck], folder: Path, wording: Wording, languages: tuple[str, ...]) -> Added:
    """Takes up every sound deck of a folder. `languages`: those that people may read; a deck may lack all but the
    source language, which is then read instead."""
    files, mistakes = read_decks(folder, wording)
    taken = dict(ours)
    remarks: list[Mistake] = []
    for name in sorted({name for name, _ in files}):
        deck = {language: file for (of, language), file in files.items() if of == name}
        found = [*_foreign(deck, taken, wording)]
        mistakes += found
        if not found and not any(_name(mistake.path) == name for mistake in mistakes):
            into = deck[SOURCE].adds_to
            taken[into] = _joined(taken[into], deck)
            remarks += _untranslated(name, folder, deck, languages)
    return Added(taken, mistakes, remarks)


def _name(path: Path) -> str:
    return path.name.removesuffix(".toml").rpartition(".")[0]


def _foreign(deck: Mapping[str, DeckFile], ours: Mapping[str, Deck], wording: Wording) -> Iterator[Mistake]:
    """What keeps a deck from being added to one of ours."""
    for file in deck.values():
        if file.adds_to not in ours:
            known = ", ".join(sorted(ours))
            what = f'adds_to must name one of our decks ({known}), as in adds_to = "curiosity"'
            yield Mistake(file.path, 1, what)
            continue
        known_ids = {card for one in ours.values() for card in one.questions[SOURCE]}
        for card in file.questions.keys() & known_ids:
            yield file.places[card].wrong(
                f"the id {card!r} is another deck's; begin yours with a name of your own", "id"
            )
        yield from likenesses(file, ours[file.adds_to].questions.get(file.language, {}), wording)


def _joined(ours: Deck, theirs: Mapping[str, DeckFile]) -> Deck:
    languages = ours.questions.keys() | theirs.keys()
    return Deck(
        ours.name,
        {
            code: {**ours.questions.get(code, {}), **(theirs[code].questions if code in theirs else {})}
            for code in languages
        },
    )


def _untranslated(
    name: str, folder: Path, deck: Mapping[str, DeckFile], languages: tuple[str, ...]
) -> Iterator[Mistake]:
    for code in languages:
        if code not in deck:
            what = f"this file is missing; whoever reads {code!r} gets these questions in {SOURCE!r}"
            yield Mistake(folder / f"{name}.{code}.toml", 1, what)
