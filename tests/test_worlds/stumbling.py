"""Conversations that raise on words that hold one of `STONES`, and say them in the error: it must tell nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.engine.acts import Visibility
from bot.engine.exercise import ALONE, Exercise, exercise
from bot.engine.ids import PersonId
from bot.engine.sealed import Kept
from bot.engine.talk import Talk
from bot.engine.text import T, Words
from bot.exercises.curiosity import curiosity

STONES = ("aaaa", "zebra")


def _stumbles(words: Words) -> None:
    if any(stone in words.text for stone in STONES):
        raise ValueError(words.text)


@exercise("village", scope=ALONE)
def at_once(talk: Talk) -> None:
    """Raises on the words themselves, or is asked again."""
    for n in range(1, 4):
        _stumbles(talk.ask(f"said.{n}", "What was said?"))


@exercise("table", scope=ALONE)
def by_time(talk: Talk) -> None:
    """Raises hours after the words, by the clock."""
    said = talk.ask("said", "What was said?")
    talk.pause("later", talk.moment("said").plus(timedelta(hours=2)))
    _stumbles(said)
    talk.say("Later.")


def _guess(part: Talk, own: object) -> None:
    guess = part.ask("guess", "A guess?")
    _stumbles(guess)


def _beside(talk: Talk) -> None:
    """A sealed question whose part under the answer raises."""
    talk.both("answer", "What do you hum?", kept=_kept, within=timedelta(days=3), then=_guess)
    for seat, person in enumerate(talk.people):
        talk.record(f"opened.{seat}", Visibility.SHARED, owner=person, over=True)
    talk.say("Over.")


def _kept(person: PersonId) -> Kept:
    return Kept(T("Kept."))


STUMBLING: tuple[Exercise, ...] = (at_once, by_time, replace(curiosity, play=_beside))
