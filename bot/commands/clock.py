"""What time it is where somebody lives: asked until one zone is left."""

from __future__ import annotations

from bot.engine.session import Option
from bot.engine.talk import Talk
from bot.engine.text import T, Zone
from bot.engine.zones import ZONES

TRIES = ("", ".2", ".3")  # of the names of the questions
HINT = T("A city like Lisbon, a time like 21:14, or UTC+2.")
NONE = Option("none", T("none of these"))


def zone_of(talk: Talk) -> str:
    """The zone (IANA name) in which somebody lives. A time or an offset knows no summer time, so that a city is
    chosen in the end."""
    question = T("What time is it for you? A city will do, too.")
    for turn in TRIES:
        found = talk.ask(f"zone{turn}", "{question}", parser=ZONES, hint=HINT, question=question)
        if found.certain:
            return found.names[0]
        places = tuple(Option(str(n), T("{city}", city=Zone(name))) for n, name in enumerate(found.names, 1))
        none = () if turn == TRIES[-1] else (NONE,)
        chosen = talk.choose(f"city{turn}", "Which of these always has the same time as you?", (*places, *none))
        if chosen != NONE.token:
            return found.names[int(chosen) - 1]
        question = T("Then name the largest city near you, or your country.")
    raise AssertionError("the last question always finds one")
