"""Curiosity: a question whose answer nobody can know in advance, sealed until both have answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.engine.acts import Button, Visibility
from bot.engine.exercise import COUPLE, exercise
from bot.engine.ids import PersonId
from bot.engine.run import Reminder
from bot.engine.sealed import Broken, Kept, Opened
from bot.engine.session import Note, Side, Tap
from bot.engine.talk import Talk
from bot.engine.text import Card, Name, T
from bot.exercises.guess import ask_for_grades, guess
from bot.exercises.opening import CHANGE, KEPT, OPEN_FOR, PASS, PASSED, close_quietly, open_for_both
from bot.exercises.questions import READS, WHY, wish
from bot.exercises.table import next_day_for_each
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


@exercise("curious", scope=COUPLE, reads=READS)
def curiosity(talk: Talk) -> None:
    """One question to both. It opens in the same moment for both, or closes quietly after three days."""
    card = talk.draw("question", "curiosity", wish(talk))
    talk.record("asked", Visibility.SHARED, question=card)
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
        then=None if talk.given("first") else guess,
    )
    match answered:
        case Opened(answers, guesses):
            open_for_both(talk, card, answers)
            ask_for_grades(talk, card, answers, guesses)
            _afterwards(talk)
        case Broken(by, "table"):
            _at_the_table(talk, card, by)
        case Broken(by):
            _another(talk, by)
        case None:
            _closed(talk)


def _sides(talk: Talk, card: Card, person: PersonId) -> tuple[Side, ...]:
    never = Side(
        "never",
        T("never this one"),
        Tap.NOTE,
        folded=True,
        reply=T("It will not come again. For today: write anyway, or pass."),
        note=Note("never", True, {"card": card.id}),
    )
    another = () if talk.people.index(person) in _asked_for_another(talk) else (ANOTHER,)
    return (PASS, TABLE, LIGHTER, DEEPER, *another, never)


def _kept(talk: Talk) -> Kept:
    if talk.partner is None:
        invite = Button(T("invite the one it is for"), "pair")
        return Kept(T("Kept, and sealed. It opens when the one it is for has answered too."), (invite, CHANGE))
    return KEPT


def _afterwards(talk: Talk) -> None:
    """After the very first round: the rhythm is asked of one, the clock of each."""
    if talk.given("first") and talk.linked:
        one, other = talk.people
        talk.offer("settle", to=one, rhythm=True)
        talk.offer("settle", to=other, rhythm=False)


def _at_the_table(talk: Talk, card: Card, by: PersonId) -> None:
    talk.say("At the table, then. Nothing opens here, and what was written stays with whoever wrote it.", to=by)
    other = next((person for person in talk.people if person != by), None)
    if other is not None:
        talk.say(
            "{name} would rather talk about this one than write: at the table tonight. "
            "Nothing opens here, and what was written stays with whoever wrote it.",
            to=other,
            name=Name(by),
        )
    _afterwards(talk)
    next_day_for_each(talk, card)


def _closed(talk: Talk) -> None:
    """Quietly, in the same words for both; who never had a second is shown the way to one."""
    if talk.partner is None:
        invite = Button(T("invite the one it is for"), "pair")
        talk.say("This question is closed for now. What you wrote, if anything, stays with you.", buttons=(invite,))
        return
    close_quietly(talk)
    _afterwards(talk)


def _another(talk: Talk, by: PersonId) -> None:
    talk.say("That one goes back into the deck; what was written stays with whoever wrote it. Here is another.")
    spent = sorted({*_asked_for_another(talk), talk.people.index(by)})
    talk.offer("curious", first=talk.given("first"), another=[*spent])


def _asked_for_another(talk: Talk) -> list[int]:
    spent = talk.given("another")
    return [seat for seat in spent if isinstance(seat, int)] if isinstance(spent, list) else []
