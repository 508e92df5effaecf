"""Time of one's own: till it begins, and while it lasts. Nobody but whoever takes it can make it shorter or longer."""

from __future__ import annotations

from datetime import timedelta

from bot.engine.acts import Set
from bot.engine.exercise import ALONE, exercise
from bot.engine.moments import Moment, hours
from bot.engine.parsers import Until
from bot.engine.questions import Tapped
from bot.engine.run import Reminder
from bot.engine.session import Option, Side, Tap
from bot.engine.talk import Talk, options
from bot.engine.text import Entry, Name, T, Text, Words
from bot.exercises.spans import Span, left, span_of
from bot.exercises.whens import HALF, HOUR, LONGEST

BEFORE_THE_END = timedelta(minutes=15)
BACK = Option("back", T("I'm back"))
LONGER = Option("longer", T("a little longer"))
OFF = Option("off", T("not today after all"))
CALENDAR = Option("calendar", T("a calendar file"))
MORE = {"quarter": hours(0.25), "half": hours(0.5), "hour": hours(1)}
QUARTER = Side("quarter", T("15 minutes"), Tap.ANSWER)


@exercise("own-time", scope=ALONE, in_silence=True)
def own_time(talk: Talk) -> None:
    """What was agreed, and the time itself, in which all is silent until it is over, ended or taken back."""
    span = span_of(talk)
    ended = _before(talk, span)
    if ended is None:
        _silence(talk, "silence", span.ends)
        ended = _during(talk, span)
    if ended == "off":
        talk.say("Not today, then. There will be another day.")
        _tell(talk, T("{name} says: not today after all.", name=Name(talk.me)))
        return
    if ended == "back":
        _tell(talk, T("{name} is back.", name=Name(talk.me)))
    talk.offer("afterwards", to=talk.me)


def _before(talk: Talk, span: Span) -> str | None:
    """Until it begins: a file for the calendar, or not today after all; None when it has begun."""
    wait = left(talk, "agreed", span.begins)
    text = T("Time for yourself: {begins}, until {ends}.", begins=span.begins, ends=span.back)
    tapped = talk.choose("before", "{span}", (CALENDAR, OFF), within=wait, span=text) if wait else None
    if tapped != "calendar":
        return tapped
    title = talk.choose(
        "title",
        "What should it be called there? “Busy”, or words of your own.",
        options(busy=T("Busy")),
        own_words=True,
        within=left(talk, "title-asked", span.begins),
    )
    if title is None:
        return None
    named = T("{words}", words=title) if isinstance(title, Words) else T("Busy")
    talk.say("For your calendar: {entry}", entry=Entry(named, span.begins, span.ends))
    return talk.choose("before.2", "{span}", (OFF,), within=left(talk, "attached", span.begins), span=text)


def _during(talk: Talk, span: Span) -> str | None:
    """Back, or off; None when the time was long enough. It can be made longer once."""
    tapped = _running(talk, 1, span, (BACK, LONGER, OFF) if span.length < LONGEST else (BACK, OFF))
    if tapped != "longer":
        return tapped
    more = talk.ask(
        "longer",
        "Until when?",
        parser=Until(span.ends, span.begins.plus(LONGEST)),
        sides=(QUARTER, HALF, HOUR),
        hint=T("A length like 30 minutes, or a time; at most a day in all."),
        within=left(talk, "longer-asked", span.ends),
    )
    if more is None:
        return None
    ends = min(span.ends.plus(MORE[more.token]), span.begins.plus(LONGEST)) if isinstance(more, Tapped) else more
    longer = Span(span.begins, ends)
    _silence(talk, "longer", ends)
    _tell(talk, T("{name} takes a little longer, and is back at {ends}.", name=Name(talk.me), ends=longer.back))
    return _running(talk, 2, longer, (BACK, OFF))


def _running(talk: Talk, n: int, span: Span, choices: tuple[Option, ...]) -> str | None:
    lasts = left(talk, f"running.{n}", span.ends)
    reminder = (
        Reminder(T("About a quarter of an hour left."), lasts - BEFORE_THE_END) if lasts > BEFORE_THE_END else None
    )
    return talk.choose(
        f"during.{n}",
        "This time is yours until {ends}. I keep quiet meanwhile.",
        choices,
        within=lasts,
        nudge=reminder,
        ends=span.back,
    )


def _silence(talk: Talk, name: str, ends: Moment) -> None:
    """Nothing unasked for whoever takes the time; nor for the other, where the bot told them."""
    talk.do(name, Set({"silence": [ends.at, talk.given("told")]}))


def _tell(talk: Talk, news: Text) -> None:
    """To the other, where the bot told them of it."""
    if talk.given("told") and talk.partner is not None:
        talk.say("{news}", to=talk.partner, news=news)
