"""Decks: questions by language, from `decks/<name>.<language>.toml`, every mistake with file and line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, product
from pathlib import Path

from bot.engine.decks import DeckCard
from bot.words.catalogue import SOURCE
from bot.words.fields import Fields, is_language
from bot.words.mistakes import Mistake
from bot.words.questions import Question, read_question
from bot.words.tables import Section, Table, read
from bot.words.wording import Wording

# Shared words (Jaccard) from which two questions count as the same: of all, or of those that are not small.
ALIKE, ALIKE_IN_THE_LARGE = 0.8, 0.6
_ID = re.compile(r"[a-z]+(-[a-z]+)*-\d{3}")


@dataclass(frozen=True, slots=True)
class Deck:
    """The questions of a deck: by language, then by id, in the order of the file."""

    name: str
    questions: Mapping[str, Mapping[str, Question]]

    def text(self, card: str, language: str) -> str | None:
        """The card's text in that language, else in the source language; None where there is no such card."""
        for code in (language, SOURCE):
            if question := self.questions.get(code, {}).get(card):
                return question.text
        return None

    @property
    def cards(self) -> tuple[DeckCard, ...]:
        """What can be drawn."""
        return tuple(DeckCard(q.id, q.depth, q.unfit) for q in self.questions.get(SOURCE, {}).values() if not q.retired)

    def untranslated(self, language: str) -> list[str]:
        """The ids of what can be drawn and is not there in a language; it is read in the source language."""
        return [card.id for card in self.cards if card.id not in self.questions.get(language, {})]


@dataclass(frozen=True, slots=True)
class DeckFile:
    """One file of a deck: its questions by id, and where each stands. `adds_to`: the deck that its questions go into,
    "" for one of its own."""

    path: Path
    name: str
    language: str
    questions: Mapping[str, Question]
    places: Mapping[str, Section]
    adds_to: str = ""


def load_decks(folder: Path, wording: Wording) -> tuple[Mapping[str, Deck], list[Mistake]]:
    """All decks in a folder by name, and everything that is wrong in them."""
    files, mistakes = read_decks(folder, wording)
    decks: dict[str, dict[str, Mapping[str, Question]]] = {}
    for (name, language), file in files.items():
        decks.setdefault(name, {})[language] = file.questions
        if file.adds_to:
            what = "adds_to is for a deck of CONTENT_DIR; take it out here"
            mistakes.append(Mistake(file.path, 1, what))
        mistakes += _gaps(file)
    return {name: Deck(name, by_language) for name, by_language in decks.items()}, mistakes


def read_decks(folder: Path, wording: Wording) -> tuple[Mapping[tuple[str, str], DeckFile], list[Mistake]]:
    """All files of decks in a folder, by name and language, and everything that is wrong in them."""
    mistakes: list[Mistake] = []
    files: dict[tuple[str, str], DeckFile] = {}
    unread = set[str]()  # decks whose source cannot be read: nothing is said of their translations
    # The source language first: translations are held against it.
    for path in sorted(folder.glob("*.toml"), key=lambda path: (f".{SOURCE}." not in path.name, path.name)):
        name, language = name_of(path)
        if not (name and is_language(language)):
            mistakes.append(Mistake(path, 1, "a deck is named <name>.<language>.toml, like curiosity.en.toml"))
        elif name not in unread:
            match read(path):
                case Mistake() as mistake:
                    mistakes.append(mistake)
                    unread |= {name} if language == SOURCE else set()
                case table:
                    files[name, language] = _file(table, files.get((name, SOURCE)), wording, mistakes)
    for (name, _language), file in files.items():
        mistakes += [*_form_of_ids(file), *_unequal(file, files.get((name, SOURCE)))]
    return files, mistakes


def name_of(path: Path) -> tuple[str, str]:
    """The deck's name and language, as its file's name says."""
    name, _, language = path.name.removesuffix(".toml").rpartition(".")
    return name, language


def _file(table: Table, source: DeckFile | None, wording: Wording, mistakes: list[Mistake]) -> DeckFile:
    """One file; a translation says nothing but ids and texts, and is held against its source."""
    top = Fields(table.top, mistakes)
    name, language = name_of(table.path)
    for key, expected in (("name", name), ("language", language)):
        if top.text(key) not in {expected, ""}:
            top.wrong(f"{key} must be {expected!r}, as in the file's name <name>.<language>.toml", key)
    adds_to = top.text("adds_to") if top.has("adds_to") else source.adds_to if source else ""
    questions: dict[str, Question] = {}
    places: dict[str, Section] = {}
    sections = table.each("question", top.tables("question"))
    top.rest()
    if not sections:
        top.wrong("there is no question here; begin each with [[question]]", "question")
    for section in sections:
        fields = Fields(section, mistakes)
        question = read_question(fields, wording, language, source.questions if source else None)
        if question.id in questions:
            fields.wrong(f"the id {question.id!r} is there twice (line {places[question.id].line})", "id")
        elif question.id:
            questions[question.id], places[question.id] = question, section
    return DeckFile(table.path, name, language, questions, places, adds_to)


def _gaps(file: DeckFile) -> Iterable[Mistake]:
    """Questions that were taken out: people's histories point at them."""
    numbers = {int(card[-3:]) for card in file.questions if _ID.fullmatch(card)}
    prefix = next(iter(file.questions), "").rpartition("-")[0]
    for number in sorted({*range(1, max(numbers, default=0))} - numbers if file.language == SOURCE else ()):
        what = f"{prefix}-{number:03} is gone; bring it back, with retired = true: people's histories point at it"
        yield Mistake(file.path, 1, what)


def _form_of_ids(file: DeckFile) -> Iterable[Mistake]:
    prefix = next(iter(file.questions), "").rpartition("-")[0]
    for card, place in file.places.items():
        if not _ID.fullmatch(card):
            what = f"the id {card!r} must be a name and three digits, like curious-001"
            yield place.wrong(what, "id")
        elif card.rpartition("-")[0] != prefix:
            yield place.wrong(f"the id {card!r} must begin like the first one here, {prefix}-", "id")


def repeated(file: DeckFile, wording: Wording) -> Iterator[Mistake]:
    """The questions of a file that come again in other words. In ours that takes a while, and breaks nothing: it is
    looked for by the check, and not at every start."""
    for (one, first), (other, second) in combinations(_words(file.questions), 2):
        if _is_alike(first, second, wording.small.get(file.language)):
            what = f"this is nearly the question {one} (line {file.places[one].line}); keep one of them"
            yield file.places[other].wrong(what, "text")


def likenesses(file: DeckFile, others: Mapping[str, Question], wording: Wording) -> Iterator[Mistake]:
    """The questions of a file that are nearly one of those others."""
    for (one, first), (other, second) in product(_words(others), _words(file.questions)):
        if _is_alike(first, second, wording.small.get(file.language)):
            yield file.places[other].wrong(f"this is nearly the question {one}, which is there already", "text")


def _words(questions: Mapping[str, Question]) -> list[tuple[str, frozenset[str]]]:
    return [(q.id, frozenset(re.findall(r"\w+", q.text.casefold()))) for q in questions.values() if q.text]


def _is_alike(one: frozenset[str], other: frozenset[str], small: frozenset[str] | None) -> bool:
    both = one & other
    if small is None or len(both) >= ALIKE * len(one | other):
        return len(both) >= ALIKE * len(one | other)
    # One large word in common is a theme; several that are most of them are a question that comes again.
    large = len(both - small)
    return large > 1 and large >= ALIKE_IN_THE_LARGE * len((one | other) - small)


def _unequal(file: DeckFile, source: DeckFile | None) -> Iterable[Mistake]:
    """What a translation has too much. What it lacks is read in the source language."""
    if source is None:
        if not (original := file.path.with_name(f"{file.name}.{SOURCE}.toml")).exists():
            what = f"this deck is not there in the source language; write {original.name} first"
            yield Mistake(file.path, 1, what)
        return
    for card in file.questions.keys() - source.questions.keys():
        what = f"{card} is not in {source.path.name}; remove it here or add it there"
        yield file.places[card].wrong(what, "id")
