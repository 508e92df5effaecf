"""The first week: three small ways in, offered once."""

from __future__ import annotations

from bot.commands.help import CURIOUS, SPACE, VILLAGE
from bot.engine.acts import Visibility
from bot.engine.exercise import ALONE, exercise
from bot.engine.talk import Talk


@exercise("moves", scope=ALONE, reads=("moves.shown",))
def moves(talk: Talk) -> None:
    """One line with the three moves; once a person."""
    if talk.past("moves.shown"):
        return
    talk.record("shown", Visibility.PRIVATE)
    talk.say("Three small ways in, for any day you like:", buttons=(VILLAGE, CURIOUS, SPACE))
