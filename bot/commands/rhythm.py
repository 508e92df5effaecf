"""When the next question comes, and what time it is where somebody lives."""

from __future__ import annotations

from datetime import time

from bot.commands.clock import zone_of
from bot.engine.acts import Set
from bot.engine.exercise import ALONE, exercise
from bot.engine.parsers import CLOCK
from bot.engine.session import Option
from bot.engine.talk import Talk, options
from bot.engine.text import T, Text, Weekday, Zone

SUNDAY, EVENING = 6, time(19)
NEXT_QUESTION = T("The next question comes on {next}.")
NO_RHYTHM = T("The weekly question needs two. Once you are linked with somebody, /rhythm sets its evening.")


@exercise("settle", scope=ALONE)
def settle(talk: Talk) -> None:
    """After the first round: when shall the next come, and is the clock right; then the moves of the first week."""
    if talk.given("rhythm"):
        _when(talk, T("When shall the next one come?"))
    _clock(talk)
    talk.offer("moves", to=talk.me)


@exercise("rhythm", scope=ALONE)
def rhythm(talk: Talk) -> None:
    """Another evening for the weekly question."""
    _when(talk, T("Once a week, a question for the two of you. When?"))


def _when(talk: Talk, question: Text) -> None:
    usual = T("{day} {hour}", day=Weekday(SUNDAY), hour=EVENING)
    weekday, hour = SUNDAY, EVENING
    if talk.choose("when", "{question}", options(usual=usual, other=T("another time")), question=question) == "other":
        days = tuple(Option(str(n), T("{day}", day=Weekday(n))) for n in range(7))
        weekday = int(talk.choose("day", "Which day?", days))
        hour = talk.ask(
            "hour",
            "At what time? For example {example}.",
            parser=CLOCK,
            hint=T("A time of day, please: 20:30, or 8 pm."),
            example=time(20, 30),
        )
    talk.do("rhythm", Set({"rhythm": [weekday, hour.hour * 60 + hour.minute]}))


def _clock(talk: Talk) -> None:
    now = talk.moment("now")
    if talk.confirm("clock", "Is it {time} where you are?", time=now.local.time().replace(second=0)):
        talk.do("zone", Set({"zone": now.zone}))
        talk.say("Good.")
        return
    zone = zone_of(talk)
    talk.say("Good: {city} time.", city=Zone(zone))
    talk.do("other-zone", Set({"zone": zone}))
