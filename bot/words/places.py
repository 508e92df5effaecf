"""The places in a sentence, `{name}`, and what is put into them."""

from __future__ import annotations

import re
from collections.abc import Mapping

_PLACE = re.compile(r"\{(\w+)\}")
_PLURAL = " | "


class MissingPlace(Exception):
    """A sentence has a place that nothing was given for."""

    def __init__(self, sentence: str, place: str) -> None:
        """Holds the sentence (ours, never typed words) and the name of the place."""
        super().__init__(sentence, place)
        self.sentence = sentence
        self.place = place

    def __str__(self) -> str:
        """The sentence and the place."""
        return f"nothing was given for {{{self.place}}} in {self.sentence!r}"


def places(sentence: str) -> frozenset[str]:
    """The names of the places in a sentence."""
    return frozenset(_PLACE.findall(sentence))


def fill(sentence: str, given: Mapping[str, str]) -> str:
    """The sentence with its places filled; what is put in is never read again. Raises `MissingPlace`."""

    def put(place: re.Match[str]) -> str:
        if place[1] not in given:
            raise MissingPlace(sentence, place[1])
        return given[place[1]]

    return _PLACE.sub(put, sentence)


def forms(key: str) -> tuple[str, str | None]:
    """The singular and plural of a source sentence, written "{n} day | {n} days"; else the sentence alone."""
    one, bar, many = key.partition(_PLURAL)
    return (one, many) if bar else (key, None)


def source_form(key: str, n: int | None) -> str:
    """The source sentence itself, in the form for that number."""
    one, many = forms(key)
    return one if many is None or n in {None, 1} else many
