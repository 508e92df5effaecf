"""Curiosity: a question whose answer nobody can know in advance, sealed until both have answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.engine.acts import Button, Visibility
from bot.engine.exercise import COUPLE, exercise
from bot.engine.ids import PersonId
from bot.engine.questions import Tapped
from bot.engine.run import Reminder
from bot.engine.sealed import Answered, Broken, Closed, Kept, Opened
from bot.engine.session import Note, Side, Tap
from bot.engine.talk import Talk
from bot.engine.text import Card, Name, T
from bot.exercises.guess import ask_for_grades, guess
from bot.exercises.opening import (
    CHANGE,
    KEPT,
    OPEN_FOR,
    PASS,
    PASSED,
    close_quietly,
    open_for_both,
    say_it_is_open,
)
from bot.exercises.questions import READS, WHY, wish
from bot.exercises.table import next_day_for_each
from bot.exercises.then import READS as OF_THEN
from bot.exercises.then import card_of_then, show_then
from bot.exercises.why import why

HOW = T("A question for the two of you. Write what comes to mind; it stays sealed until both answers are in.")
NUDGE_AFTER = timedelta(days=1, hours=12)

TABLE = Side("table", T("at the table tonight"), Tap.BREAK)
LIGHTER = Side(
    "lighter",
    T("lighter"),
    Tap.NOTE,
    folded=True,
    reply=T("Noted. The next one will be lighter; this one is still here."),
    note=Note("depth", True, {"wish": "lighter"}),
)
DEEPER = Side(
    "deeper",
    T("deeper"),
    Tap.NOTE,
    folded=True,
    reply=T("Noted. The next one may go deeper; this one is still here."),
    note=Note("depth", True, {"wish": "deeper"}),
)
ANOTHER = Side("another", T("another question"), Tap.BREAK, folded=True)


@exercise("curious", scope=COUPLE, reads=(*READS, *OF_THEN))
def curiosity(talk: Talk) -> None:
    """One question to both. It opens in the same moment for both, or closes quietly after three days."""
    card = card_of_then(talk) or talk.draw("question", "curiosity", wish(talk))
    talk.record("asked", Visibility.SHARED, question=card)
    if not _seats(talk, "another"):
        say_it_is_open(talk)
    reasons = talk.each(lambda part: why(part, "curious", WHY, HOW, twin="table"))
    answered = talk.both(
        "answer",
        "{question}",
        question=card,
        sides=lambda person: (*_sides(talk, card, person), *(replace(tap, folded=True) for tap in reasons[person])),
        kept=lambda person: _kept(talk),
        passed=replace(_kept(talk), text=PASSED.text),
        within=OPEN_FOR,
        nudge=Reminder(T("Still here, if you would like it:"), NUDGE_AFTER),
        then=_settle_who_passed if talk.given("first") else guess,
    )
    match answered:
        case Opened():
            open_for_both(talk, card, answered, then=_settle)
            show_then(talk, card, answered)
            ask_for_grades(talk, card, answered)
        case Broken(token="table"):
            _at_the_table(talk, card, answered)
        case Broken():
            _another(talk, answered)
        case Closed():
            _closed(talk, answered)


def _sides(talk: Talk, card: Card, person: PersonId) -> tuple[Side, ...]:
    never = Side(
        "never",
        T("never this one"),
        Tap.NOTE,
        folded=True,
        reply=T("It will not come again. For today: write anyway, or pass."),
        note=Note("never", True, {"card": card.id}),
    )
    another = () if talk.people.index(person) in _seats(talk, "another") else (ANOTHER,)
    return (PASS, TABLE, LIGHTER, DEEPER, *another, never)


def _kept(talk: Talk) -> Kept:
    if talk.partner is None:
        invite = Button(T("invite the one it is for"), "pair")
        return Kept(T("Kept, and sealed. It opens when the one it is for has answered too."), (invite, CHANGE))
    return KEPT


def _settle_who_passed(part: Talk, own: Answered) -> None:
    """With a pass the first round is over for whoever passed, whatever the other does."""
    if isinstance(own, Tapped):
        _settle(part)


def _settle(part: Talk) -> None:
    """After the very first round: the rhythm is asked of one, the clock of each."""
    seat = part.people.index(part.me)
    if part.given("first") and part.linked and seat not in _seats(part, "settled"):
        part.offer("settle", to=part.me, rhythm=seat == 0)


def _settle_others(talk: Talk, passed: frozenset[PersonId]) -> None:
    talk.each(lambda part: None if part.me in passed else _settle(part))


def _at_the_table(talk: Talk, card: Card, broken: Broken) -> None:
    by = broken.by
    talk.say("At the table, then. Nothing opens here, and what was written stays with whoever wrote it.", to=by)
    other = next((person for person in talk.people if person != by), None)
    if other is not None:
        talk.say(
            "{name} would rather talk about this one than write: at the table tonight. "
            "Nothing opens here, and what was written stays with whoever wrote it.",
            to=other,
            name=Name(by),
        )
    _settle_others(talk, broken.passed)
    next_day_for_each(talk, card)


def _closed(talk: Talk, closed: Closed) -> None:
    """Quietly, in the same words for both; who never had a second is shown the way to one."""
    if talk.partner is None:
        invite = Button(T("invite the one it is for"), "pair")
        talk.say("This question is closed for now. What you wrote, if anything, stays with you.", buttons=(invite,))
        return
    close_quietly(talk, closed)
    _settle_others(talk, closed.passed)


def _another(talk: Talk, broken: Broken) -> None:
    talk.say("That one goes back into the deck; what was written stays with whoever wrote it. Here is another.")
    spent = sorted({*_seats(talk, "another"), talk.people.index(broken.by)})
    settled = sorted({*_seats(talk, "settled"), *map(talk.people.index, broken.passed)})
    talk.offer("curious", first=talk.given("first"), another=[*spent], settled=[*settled])


def _seats(talk: Talk, given: str) -> list[int]:
    """Who has had something in the rounds that this one goes on from."""
    seats = talk.given(given)
    return [seat for seat in seats if isinstance(seat, int)] if isinstance(seats, list) else []
