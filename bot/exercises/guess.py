"""A guess at what the other wrote: made under one's own sealed answer, and graded by whom it is about."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from bot.engine.acts import Visibility
from bot.engine.codec import read_arg, write_arg
from bot.engine.exercise import ALONE, exercise
from bot.engine.questions import Tapped
from bot.engine.sealed import Opened
from bot.engine.session import Option, Side, Tap
from bot.engine.talk import Talk
from bot.engine.text import Card, Name, T, Text, Words, text

NO_GUESS = Side("no-guess", T("no guess this time"), Tap.ANSWER)
SURE = tuple(Option(str(percent), T("{number}", number=percent)) for percent in (0, 25, 50, 75, 100))
GRADED_WITHIN = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Grade:
    """A way to say how close a guess came: in percent, to be held against how sure they were, and as they hear it."""

    token: str
    label: Text
    close: int
    heard: Text


GRADES = (
    Grade(
        "far",
        T("far"),
        0,
        T("Your guess was far off, says {name}. Good: there is more to ask than you thought."),
    ),
    Grade("near", T("near"), 50, T("Your guess was near, says {name}. The rest is worth a question.")),
    Grade(
        "spot",
        T("spot on"),
        100,
        T("Your guess was spot on, says {name}. It happens. The next one may still surprise you."),
    ),
)


@dataclass(frozen=True, slots=True)
class Guess:
    """What somebody thinks that the other wrote, and how sure they are, in percent."""

    words: Words = field(repr=False)
    sure: int


def guess(part: Talk, own: Words | Tapped) -> Guess | None:
    """Under one's own answer; who passed is left in peace, and nobody needs to guess."""
    other = part.partner
    if isinstance(own, Tapped) or other is None:
        return None
    words = part.ask(
        "guess",
        "And your guess at {name}'s answer? Once both are open, {name} reads it and says how close it came.",
        sides=(NO_GUESS,),
        name=Name(other),
    )
    if not isinstance(words, Words):
        return None
    sure = part.choose(
        "sure", "Your guess: {guess}\nHow sure are you, in percent? That stays with you.", SURE, guess=words
    )
    return Guess(words, int(sure))


def ask_for_grades(talk: Talk, card: Card, opened: Opened) -> None:
    """Of each whose words were guessed; with a pass there is nothing to hold a guess against."""
    for person in talk.people:
        for made in (opened.parts.get(other) for other in talk.people if other != person):
            if made is not None and isinstance(opened.answers[person], Words):
                words = write_arg(made.words)
                talk.offer("grade", to=person, question=write_arg(card), guess=words, sure=made.sure)


@exercise("grade", scope=ALONE)
def grade(talk: Talk) -> None:
    """How close a guess came, said by whom it was about. Who guessed hears that; how sure they were, nobody does."""
    question, words, sure = _given(talk)
    said = talk.choose(
        "close",
        "Before it opened, {name} guessed: {guess}\nHow close is that? {name} hears what you say.",
        tuple(Option(each.token, each.label) for each in GRADES),
        within=GRADED_WITHIN,
        name=Name(words.by),
        guess=words,
    )
    for graded in (each for each in GRADES if each.token == said):
        talk.record(
            "guess",
            Visibility.PRIVATE,
            owner=words.by,
            question=question,
            guess=words,
            sure=sure,
            close=graded.close,
        )
        talk.say("{heard}", to=words.by, heard=text(graded.heard.key, {"name": Name(talk.me)}))


def _given(talk: Talk) -> tuple[Card, Words, int]:
    question: Any = read_arg(talk.given("question"))
    words: Any = read_arg(talk.given("guess"))
    sure: Any = talk.given("sure")
    return question, words, sure
