"""Decks of whoever runs the bot, from the folder CONTENT_DIR: each adds its questions to one of ours.

A deck in which anything is wrong is left out, whole and in every language, and it is said why; the program starts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.words.catalogue import SOURCE, own_name
from bot.words.decks import Deck, DeckFile, likenesses, name_of, read_decks, repeated
from bot.words.mistakes import Mistake
from bot.words.wording import Wording


@dataclass(slots=True)
class Added:
    """Our decks with theirs in them. `taken`: what was added, a line each; `left_out`: what is wrong in the others;
    `remarks`: what else whoever runs the bot should know."""

    decks: dict[str, Deck]
    taken: list[str] = field(default_factory=list)
    left_out: list[Mistake] = field(default_factory=list)
    remarks: list[Mistake] = field(default_factory=list)


def add_decks(ours: Mapping[str, Deck], folder: Path, wording: Wording, languages: tuple[str, ...]) -> Added:
    """Takes up every sound deck of a folder. `languages`: those that people may read; a deck may lack all but the
    source language, which is then read instead."""
    files, mistakes = read_decks(folder, wording)
    added = Added(dict(ours), left_out=mistakes, remarks=[*_no_decks(folder)])
    for name in sorted({name for name, _ in files}):
        deck = {language: file for (of, language), file in files.items() if of == name}
        wrong = [*_foreign(deck, added.decks, wording)]
        added.left_out += wrong
        if not wrong and not any(name_of(mistake.path)[0] == name for mistake in mistakes):
            into = deck[SOURCE].adds_to
            added.decks[into] = _joined(added.decks[into], deck)
            spoken = ", ".join(sorted(deck))
            added.taken.append(f"{name}: {len(deck[SOURCE].questions)} added to {into} ({spoken})")
            added.remarks += _untranslated(name, folder, deck, languages)
    return added


def _no_decks(folder: Path) -> Iterator[Mistake]:
    """Files that look like decks and are none: an editor may write evenings.en.toml.txt."""
    for path in sorted(folder.iterdir()):
        if path.is_file() and path.suffix != ".toml" and not path.name.startswith("."):
            yield Mistake(path, 1, "this is not read: a deck is named <name>.<language>.toml")
    if not any(folder.glob("*.toml")):
        yield Mistake(folder, 1, "there is no deck in this folder")


def _foreign(deck: Mapping[str, DeckFile], ours: Mapping[str, Deck], wording: Wording) -> Iterator[Mistake]:
    """What keeps a deck from being added to one of ours."""
    known_ids = {card for one in ours.values() for card in one.questions[SOURCE]}
    for language, file in sorted(deck.items(), key=lambda item: item[0] != SOURCE):
        if file.adds_to not in ours:
            known = ", ".join(sorted(ours))
            yield Mistake(file.path, 1, f'adds_to must name one of our decks ({known}), as in adds_to = "curiosity"')
            return
        for card in file.questions.keys() & known_ids if language == SOURCE else ():
            what = f"the id {card!r} is another deck's; begin yours with a name of your own"
            yield file.places[card].wrong(what, "id")
        yield from repeated(file, wording)
        yield from likenesses(file, ours[file.adds_to].questions.get(language, {}), wording)


def _joined(ours: Deck, theirs: Mapping[str, DeckFile]) -> Deck:
    questions = {code: dict(of) for code, of in ours.questions.items()}
    for code, file in theirs.items():
        questions.setdefault(code, {}).update(file.questions)
    return Deck(ours.name, questions)


def _untranslated(
    name: str, folder: Path, deck: Mapping[str, DeckFile], languages: tuple[str, ...]
) -> Iterator[Mistake]:
    for code in languages:
        lacking = Deck(name, {of: file.questions for of, file in deck.items()}).untranslated(code)
        if lacking:
            what = f"{len(lacking)} of these questions are not there; whoever reads {own_name(code)} gets them in "
            yield Mistake(folder / f"{name}.{code}.toml", 1, what + own_name(SOURCE))
