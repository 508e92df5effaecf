"""Where the plays begin: each made once, and copied for every play."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from bot.events import Added, Command
from tests.test_bot.phones import DAY, HOUR, MINUTE, SUNDAY, Phone
from tests.test_worlds.ears import Ears
from tests.test_worlds.stumbling import STUMBLING

Stage = Callable[[Ears], object]

# Two days before the clocks of Lisbon and Berlin are put back.
BEFORE_THE_CHANGE = int(datetime(2026, 10, 23, 19, tzinfo=ZoneInfo("Europe/Lisbon")).timestamp())


def at_noon(town: Ears) -> None:
    """A couple, at noon of the day after."""
    town.couple()
    town.later(17 * HOUR)


def own_time(town: Ears, who_tells: str) -> None:
    """Ana has two hours for herself."""
    at_noon(town)
    town.ana.gives("space", "now")
    town.ana.types("2 hours")
    town.ana.presses(who_tells)


def planned(town: Ears) -> None:
    """Ana has tomorrow evening for herself, and what for is hers."""
    at_noon(town)
    town.ana.gives("space")
    town.ana.types("tomorrow at 20:00")
    town.ana.presses("two hours")


def drawn_village(town: Ears) -> None:
    """Ana has drawn her village, and is asked what she hands on."""
    at_noon(town)
    town.ana.gives("village")
    for need in ("belonging", "play", "calm", "being held", "practical help"):
        town.ana.presses(need)
    town.ana.presses("done")
    for _ in range(5):
        town.ana.presses("someone else")


def answered_by_ben(town: Ears) -> None:
    """A round that Ben has answered."""
    town.round()
    town.ben.answers("Pencils.")


def passed_by_ben(town: Ears) -> None:
    """Ana wrote, Ben passed: she alone is asked whether hers is shown."""
    town.round()
    town.ana.answers("Mine.")
    town.ben.presses("pass")


def at_the_table(town: Ears) -> None:
    """The two talked instead; the next evening each is asked what they heard."""
    town.round()
    town.ben.presses("at the table tonight")
    town.later(DAY + HOUR)


def week_to_come(town: Ears) -> None:
    """The weekly question is an hour away."""
    town.couple()
    town.later(7 * DAY - HOUR)


def left(town: Ears, how: str) -> None:
    """Ana has left Ben."""
    at_noon(town)
    town.ana.gives("curious")
    town.ana.gives("leave")
    town.ana.presses(how)


def paired_anew(town: Ears, how: str) -> None:
    """Ana has left Ben, and is Eve's."""
    left(town, how)
    pair(town.ana, town.eve)


def pair(one: Phone, other: Phone) -> None:
    """The two become a couple."""
    one.gives("pair")
    other.gives("start", one.code())
    other.presses(f"Fine, and link me with {one.name}")
    one.presses(f"Yes, that is {other.name}")


def group(town: Ears, *, answers: bool) -> None:
    """The two share a chat with Leeway; perhaps answers open there."""
    at_noon(town)
    town.ana.in_group(Added())
    town.ben.taps("that's me")
    for phone in (town.ana, town.ben) if answers else ():
        phone.taps("open answers here, too")


def group_in_a_round(town: Ears) -> None:
    """A round in which Ben has answered, and whose answers will open in the group."""
    group(town, answers=True)
    town.ben.in_group(Command("curious"))
    town.ben.answers("Pencils.")


def stumbling(town: Ears) -> None:
    """Some conversations raise on words of one of the worlds."""
    at_noon(town)
    town.with_exercises(*STUMBLING)


def stumbling_round(town: Ears) -> None:
    """A round that does so."""
    stumbling(town)
    town.ana.gives("curious")


BEGINNINGS: Mapping[str, Stage] = {
    "a new couple": lambda town: town.couple(),
    "at noon": at_noon,
    "an open round": lambda town: town.round(),
    "a round that Ben has answered": answered_by_ben,
    "a round that Ben has passed": passed_by_ben,
    "the morning after the table": at_the_table,
    "the week's question to come": week_to_come,
    "a time of her own, told": lambda town: own_time(town, "send it"),
    "a time of her own, not told": lambda town: own_time(town, "nobody"),
    "a time planned": planned,
    "a village drawn": drawn_village,
    "invited": lambda town: town.invite(),
    "a guest who is not confirmed": lambda town: town.seat(),
    "linked in the first round": lambda town: town.link(),
    "left now": lambda town: left(town, "leave now"),
    "left quietly": lambda town: left(town, "leave quietly"),
    "left now, and paired anew": lambda town: paired_anew(town, "leave now"),
    "left quietly, and paired anew": lambda town: paired_anew(town, "leave quietly"),
    "a group": lambda town: group(town, answers=False),
    "a group where answers open": lambda town: group(town, answers=True),
    "a round in such a group": group_in_a_round,
    "stumbling": stumbling,
    "stumbling in a round": stumbling_round,
    "before the clock change": lambda town: town.couple(),
}


@cache
def _made(name: str) -> Ears:
    town = Ears(BEFORE_THE_CHANGE if name == "before the clock change" else SUNDAY)
    BEGINNINGS[name](town)
    town.later(MINUTE)
    return town


def begun(name: str) -> Ears:
    """A town of its own at that beginning."""
    return _made(name).copy()
