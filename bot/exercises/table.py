"""A question to carry to the table: what curiosity is for somebody alone, and for two who would rather talk."""

from __future__ import annotations

from datetime import timedelta

from bot.engine.acts import Visibility
from bot.engine.exercise import ALONE, exercise
from bot.engine.moments import Moment
from bot.engine.session import Side, Tap
from bot.engine.talk import Talk, options
from bot.engine.text import Card, T, Words
from bot.exercises.questions import READS, WHY, wish
from bot.exercises.why import why

EVENING = 18  # o'clock on the day after
ASKED_FOR = timedelta(days=2)
NOT_YET = Side("not-yet", T("we did not get to it"), Tap.ANSWER)


@exercise("table", scope=ALONE, reads=READS)
def table(talk: Talk) -> None:
    """One question to ask somebody in person, and what it brought to light."""
    card = talk.draw("question", "curiosity", wish(talk))
    talk.record("asked", Visibility.PRIVATE, question=card)
    sides = why(talk, "table", WHY, twin="curious")
    how = talk.choose(
        "take",
        "A question to carry to the table:\n“{question}”",
        options(tonight=T("I take it along"), another=T("another question"), not_today=T("not today")),
        sides=sides,
        question=card,
    )
    if how == "another":
        talk.offer("table", to=talk.me)
    elif how == "not_today":
        talk.say("Not today, then. There will be another day.")
        _moves(talk)
    else:
        talk.say("Good. Tomorrow evening I ask what you heard.")
        if next_day(talk, card):
            _moves(talk)


def _moves(talk: Talk) -> None:
    """Somebody alone hears of the moves of the first week here; two do when their evening is settled."""
    if talk.partner is None:
        talk.offer("moves", to=talk.me)


def next_day(talk: Talk, card: Card) -> bool:
    """The next evening, privately: what did you hear that you did not know? Whether they answered."""
    talk.pause("next-day", _next_evening(talk))
    return _what_was_heard(talk, card)


def next_day_for_each(talk: Talk, card: Card) -> None:
    """The same for two: each one's is a conversation of their own, which the other's /stop does not end."""
    talk.each(lambda part: part.offer("heard", to=part.me, at=_next_evening(part), question=card.id))


@exercise("heard", scope=ALONE)
def heard(talk: Talk) -> None:
    """What one of two heard at the table."""
    _what_was_heard(talk, Card("curiosity", str(talk.given("question"))))


def _next_evening(talk: Talk) -> Moment:
    return talk.moment("table").day.plus(1).at(EVENING)


def _what_was_heard(talk: Talk, card: Card) -> bool:
    heard = talk.ask(
        "heard",
        "“{question}”\nWhat did you hear that you did not know?",
        sides=(NOT_YET,),
        within=ASKED_FOR,
        question=card,
    )
    if isinstance(heard, Words):
        talk.record("heard", Visibility.PRIVATE, question=card, heard=heard)
        talk.say("Kept, for you alone.")
    elif heard is not None:
        talk.say("Another evening, then.")
    return heard is not None
