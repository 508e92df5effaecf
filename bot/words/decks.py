"""Decks: questions by language, from `decks/<name>.<language>.toml`, every mistake with file and line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from bot.engine.decks import DeckCard
from bot.words.catalogue import SOURCE
from bot.words.fields import Fields, is_language
from bot.words.mistakes import Mistake
from bot.words.tables import Section, Table, read
from bot.words.wording import Wording

LONGEST = 200  # characters of a question, so that it stands above its buttons on a small phone
ALIKE = 0.8  # shared words (Jaccard) from which two questions count as the same
DEPTHS = (1, 2, 3)
_ID = re.compile(r"[a-z]+(-[a-z]+)*-\d{3}")


@dataclass(frozen=True, slots=True)
class Question:
    """One card in one language. A retired one is no longer drawn, but can still be read."""

    id: str
    depth: int
    tags: frozenset[str]
    unfit: frozenset[str]
    text: str
    retired: bool = False


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


Places = Mapping[str, Section]  # where each question stands


def load_decks(folder: Path, wording: Wording) -> tuple[Mapping[str, Deck], list[Mistake]]:
    """All decks in a folder by name, and everything that is wrong in them."""
    mistakes: list[Mistake] = []
    decks: dict[str, dict[str, Mapping[str, Question]]] = {}
    where: dict[tuple[str, str], Places] = {}
    for path in sorted(folder.glob("*.toml"), key=lambda path: (f".{SOURCE}." not in path.name, path.name)):
        match read(path):
            case Mistake() as mistake:
                mistakes.append(mistake)
            case table:
                name, language = _head(table, mistakes)
                source = decks.get(name, {}).get(SOURCE, {})
                questions, stand = _questions(table, wording, source, mistakes)
                decks.setdefault(name, {})[language] = questions
                where[name, language] = stand
    for name, by_language in decks.items():
        mistakes += _unequal(by_language, {code: where[name, code] for code in by_language}, folder, name)
    return {name: Deck(name, by_language) for name, by_language in decks.items()}, mistakes


def _head(table: Table, mistakes: list[Mistake]) -> tuple[str, str]:
    top = Fields(table.top, mistakes)
    name, _, language = table.path.name.removesuffix(".toml").rpartition(".")
    for key, expected in (("name", name), ("language", language)):
        if top.text(key) not in {expected, ""}:
            top.wrong(f"{key} must be {expected!r}, as in the file's name <name>.<language>.toml", key)
    if not is_language(language):
        top.wrong(f"{table.path.name} must be named <name>.<language>.toml, like curiosity.en.toml")
    top.rest("question")
    return name, language


def _questions(
    table: Table, wording: Wording, source: Mapping[str, Question], mistakes: list[Mistake]
) -> tuple[Mapping[str, Question], Places]:
    questions: dict[str, Question] = {}
    stand: dict[str, Section] = {}
    sections = table.each("question", table.values.get("question"))
    if not sections:
        mistakes.append(table.top.wrong("there is no question here; begin each with [[question]]", "question"))
    for section in sections:
        fields = Fields(section, mistakes)
        question = _question(fields, wording, source)
        if question.id in questions:
            fields.wrong(f"the id {question.id!r} is there twice (line {stand[question.id].line})", "id")
        elif question.id:
            questions[question.id], stand[question.id] = question, section
    mistakes += _form_of_ids(questions, stand)
    mistakes += _alike(questions.values(), stand)
    return questions, stand


def _question(fields: Fields, wording: Wording, source: Mapping[str, Question]) -> Question:
    card, text = fields.text("id"), fields.text("text")
    if text:
        _sentence(fields, text)
    original = source.get(card)
    # A translation may leave out what its original says; what it repeats must be the same.
    found = Question(
        id=card,
        depth=fields.number("depth", DEPTHS) if original is None or fields.has("depth") else original.depth,
        tags=fields.texts("tags", wording.tags) if original is None or fields.has("tags") else original.tags,
        unfit=fields.texts("unfit", wording.unfit) if original is None or fields.has("unfit") else original.unfit,
        text=text,
        retired=fields.flag("retired") or (original is not None and original.retired),
    )
    for key in ("depth", "tags", "unfit") if original else ():
        if getattr(found, key) != getattr(original, key):
            fields.wrong(f"{key} is not the same as in the {SOURCE} deck; leave it out here", key)
    fields.has("retired")
    fields.rest()
    return found


def _sentence(fields: Fields, text: str) -> None:
    if len(text) > LONGEST:
        fields.wrong(f"the text has {len(text)} characters; shorten it to {LONGEST}", "text")
    if "!" in text:
        fields.wrong("no exclamation mark; say it calmly", "text")
    # A short rider may follow: "… to be talked about? A hint will do."
    if "?" not in text:
        fields.wrong("this is no question; end it with a question mark", "text")


def _form_of_ids(questions: Mapping[str, Question], stand: Places) -> Iterable[Mistake]:
    prefix = next(iter(questions), "").rpartition("-")[0]
    for card in questions:
        if not _ID.fullmatch(card):
            yield stand[card].wrong(
                f"the id {card!r} must be a name and three digits, like {prefix or 'deck'}-001", "id"
            )
        elif card.rpartition("-")[0] != prefix:
            yield stand[card].wrong(f"the id {card!r} must begin like the deck's first, {prefix}-", "id")


def _alike(questions: Iterable[Question], stand: Places) -> Iterable[Mistake]:
    tokens = [(q.id, frozenset(re.findall(r"\w+", q.text.casefold()))) for q in questions if q.text]
    for (one, first), (other, second) in combinations(tokens, 2):
        if len(first & second) >= ALIKE * len(first | second):
            yield stand[other].wrong(f"this is nearly the question {one} (line {stand[one].line}); keep one", "text")


def _unequal(
    by_language: Mapping[str, Mapping[str, Question]], stand: Mapping[str, Places], folder: Path, name: str
) -> Iterable[Mistake]:
    source = by_language.get(SOURCE)
    if source is None:
        language = next(iter(by_language))
        path = folder / f"{name}.{language}.toml"
        yield Mistake(path, 1, f"this deck is not there in the source language; write {name}.{SOURCE}.toml first")
        return
    for language, questions in by_language.items():
        for card in questions.keys() - source.keys():
            yield stand[language][card].wrong(f"{card} is not in the {SOURCE} deck; remove it or add it there", "id")
        for card in source.keys() - questions.keys():
            if not source[card].retired:
                path = folder / f"{name}.{language}.toml"
                yield Mistake(path, 1, f"{card} of the {SOURCE} deck is missing; translate it")
