"""Prints every sentence in the order in which people meet it, to be read aloud: `make read LANGUAGE=de`.

First the conversations around the exercises, then each exercise as the walker goes through it; last what none of them
says: answers to commands, headings, descriptions.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from bot.commands.registry import CONVERSATIONS
from bot.engine.exercise import Exercise
from bot.engine.walker import heard
from bot.exercises.registry import EXERCISES
from bot.words.catalogue import SOURCE, Catalogue
from bot.words.content import CONTENT, load_content
from bot.words.places import forms
from bot.words.sentences import find_sentences
from tests.drawing.walks import walks


def reading(
    catalogue: Catalogue, language: str, conversations: Sequence[Exercise] = (*CONVERSATIONS, *EXERCISES)
) -> Iterator[str]:
    """The lines: a heading for each conversation, and what is said there for the first time."""
    known = set[str]()
    for name, walk in walks(conversations).items():
        new = [key for step in walk.steps for key in heard(step)]
        yield from _said(f"## {name}", new, known, catalogue, language)
    rest = [sentence.key for sentence in find_sentences(CONTENT.parent)[0]]
    yield from _said("## elsewhere", rest, known, catalogue, language)


def _said(heading: str, keys: Sequence[str], known: set[str], catalogue: Catalogue, language: str) -> Iterator[str]:
    yield from ("", heading, "")
    for key in dict.fromkeys(keys):
        if key and key not in known:
            known.add(key)
            _, many = forms(key)
            yield catalogue.sentence(key, language, 1)
            if many is not None:
                yield catalogue.sentence(key, language, 2)


if __name__ == "__main__":
    for line in reading(load_content().catalogue, sys.argv[1] if len(sys.argv) > 1 else SOURCE):
        print(line)  # noqa: T201 - what this command is for
