"""Typed words as a choice: a label, a number, yes or no, "1, 3". Side taps are buttons only, never meant here."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from bot.engine.ids import PersonId
from bot.engine.parsers import Vocabulary
from bot.engine.session import Kind, Prompt
from bot.engine.text import Text
from bot.words.catalogue import SOURCE
from bot.words.render import DONE, Reader, Renderer

_NO_NAMES: Mapping[PersonId, str] = MappingProxyType({})
YES_NO = frozenset({"yes", "no"})
SPOKEN = 3  # letters of a number in words: the article is none here
_NUMBER = re.compile(r"\d{1,3}")
_COMMAS = re.compile(r"\s*[,;\n]\s*")
_END = ".,;:!?…)"


def pick(
    prompt: Prompt, text: str, reader: Reader, renderer: Renderer, names: Mapping[PersonId, str] = _NO_NAMES
) -> tuple[str, ...] | None:
    """The tokens of the options that were meant, "done" for the end of ticking; None for anything else."""
    if prompt.kind is Kind.TEXT:
        return None
    meant = _meanings(prompt, reader, renderer, names)
    if token := meant.get(plain(text)):
        return (token,)
    joins = renderer.content.words("and", reader.language)
    return _several(text, meant, joins) if prompt.kind is Kind.MANY else None


def plain(text: str) -> str:
    """Typed words without what does not matter: case, width, spaces, a full stop at the end."""
    return " ".join(unicodedata.normalize("NFKC", text).replace("’", "'").casefold().split()).rstrip(_END).strip()


def _meanings(prompt: Prompt, reader: Reader, renderer: Renderer, names: Mapping[PersonId, str]) -> Mapping[str, str]:
    """What can be typed, to the token it means. Labels come before numbers, numbers before yes and no."""
    meant: dict[str, str] = {}

    def add(typed: Iterable[str], token: str) -> None:
        for words in typed:
            meant.setdefault(plain(words), token)

    def labels(label: Text) -> Iterable[str]:
        return [renderer.text(label, who, names) for who in (reader, Reader(SOURCE, reader.zone))]

    for option in prompt.options:
        add(labels(option.label), option.token)
    # Where labels are numbers (0 to 4), a number is a label and never a place in the list; it may be a word, too.
    meant = {**_spoken(meant, renderer.content.vocabulary(reader.language)), **meant}
    if not any(_NUMBER.fullmatch(label) for label in meant):
        for number, option in enumerate(prompt.options, 1):
            add([str(number)], option.token)
    for token in _yes_and_no(prompt):
        add(renderer.content.words(token, reader.language), token)
    if prompt.kind is Kind.MANY:
        add(labels(prompt.done) if prompt.done else (), DONE)
        add([renderer.content.phrase("done", reader.language)], DONE)
        add(renderer.content.words("done", reader.language), DONE)
    meant.pop("", None)
    return meant


def _yes_and_no(prompt: Prompt) -> Iterable[str]:
    """The options that everyday words for yes and no mean: beside others only those that are called so."""
    if prompt.own_words:
        return ()
    nothing_else = {option.token for option in prompt.options} <= YES_NO
    called = {option.token for option in prompt.options if nothing_else or option.label == Text(option.token)}
    return sorted(called & YES_NO)


def _spoken(meant: Mapping[str, str], vocabulary: Vocabulary) -> Mapping[str, str]:
    """The words for those labels that are numbers."""
    said = {word: meant.get(str(number)) for word, number in vocabulary.numbers.items() if len(word) >= SPOKEN}
    return {word: token for word, token in said.items() if token is not None}


def _several(text: str, meant: Mapping[str, str], joins: Iterable[str]) -> tuple[str, ...] | None:
    """Several options at once: "1, 3", "calm, play", "1 and 3", "1 3"."""
    both = re.compile(rf"\s*[,;\n]\s*|\s+(?:{'|'.join(map(re.escape, joins)) or ','})\s+", re.IGNORECASE)
    for parts in (_COMMAS.split(text), both.split(text), _numbers(both.split(text))):
        words = [word for part in parts if (word := plain(part))]
        tokens = tuple(dict.fromkeys(meant[word] for word in words if word in meant))
        if words and all(word in meant for word in words):
            return tokens
    return None


def _numbers(parts: Sequence[str]) -> Sequence[str]:
    """The words of the parts when all of them are numbers, else nothing."""
    words = [word for part in parts for word in part.split()]
    return words if all(_NUMBER.fullmatch(plain(word)) for word in words) else ()
