"""When something begins and when it ends, asked of one person: a day that is free, a length or an hour of return."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, time, timedelta

from bot.engine.moments import Day, Moment, hours
from bot.engine.parsers import WHEN, On, Until
from bot.engine.questions import Tapped
from bot.engine.session import Side, Tap
from bot.engine.talk import Talk
from bot.engine.text import T, Text

LONGEST = timedelta(days=1)
TRIES = 3  # times that a day is asked for
SATURDAY, AFTERNOON, EVENING = 5, 14, 19
NOW = Side("now", T("right now"), Tap.ANSWER)
TONIGHT = Side("tonight", T("tonight"), Tap.ANSWER)
WEEKEND = Side("saturday", T("Saturday afternoon"), Tap.ANSWER)
HALF = Side("half", T("30 minutes"), Tap.ANSWER)
HOUR = Side("hour", T("an hour"), Tap.ANSWER)
TWO = Side("two", T("two hours"), Tap.ANSWER)
LENGTHS = {"half": hours(0.5), "hour": hours(1), "two": hours(2)}
A_MOMENT = T(
    "A time that is still to come, please: tonight at 8, Saturday afternoon, or {day}, 15:00.", day=date(2027, 1, 31)
)
A_TIME = T("A time on that day, still to come: {example}, or 8 pm.", example=time(20, 30))
AN_END = T(
    "A length like 2 hours, or a time like {example}; a day at most. Anything longer is better said in words of your "
    "own.",
    example=time(18, 30),
)


def beginning(talk: Talk, question: Text, taken: Collection[str], sides: tuple[Side, ...] = ()) -> Moment | None:
    """A moment on a day (ISO) that is not taken; None when none was found."""
    for n in range(1, TRIES + 1):
        begins = moment(talk, n, question, sides)
        if begins.local.date().isoformat() not in taken:
            return begins
        question = T("That day already has one. Which other day?")
    talk.say("Another time, then.")
    return None


def moment(talk: Talk, n: int, question: Text, sides: tuple[Side, ...] = ()) -> Moment:
    """A moment to come; for a day alone, its hour is asked, too. `n` numbers the questions."""
    when = talk.ask(
        f"when.{n}",
        "{question}",
        parser=WHEN,
        sides=(NOW, TONIGHT, WEEKEND, *sides),
        hint=A_MOMENT,
        question=question,
    )
    here = talk.moment(f"when-asked.{n}")
    if isinstance(when, Tapped):
        return _tapped(when.token, here)
    if isinstance(when, Moment):
        return when
    day = Day(when, here.zone)
    return talk.ask(f"hour.{n}", "{day}, good. At what time?", parser=On(day), hint=A_TIME, day=when)


def ending(talk: Talk, begins: Moment, sides: tuple[Side, ...] = ()) -> Moment:
    """A moment within a day from the beginning."""
    until = talk.ask(
        "until",
        "How long, or until when?",
        parser=Until(begins, begins.plus(LONGEST)),
        sides=(HALF, HOUR, TWO, *sides),
        hint=AN_END,
    )
    return begins.plus(LENGTHS[until.token]) if isinstance(until, Tapped) else until


def _tapped(token: str, here: Moment) -> Moment:
    """Right now; this evening, or what is left of it; the coming Saturday."""
    if token == "now":  # noqa: S105 - a button's, not a secret
        return here
    if token == "tonight":  # noqa: S105 - the same
        return max(here.day.at(EVENING), here)
    days = (SATURDAY - here.local.weekday()) % 7
    afternoon = here.day.plus(days).at(AFTERNOON)
    return afternoon if afternoon > here else here.day.plus(days + 7).at(AFTERNOON)
