"""Why an exercise: said the first time, with its source and an honest word for the evidence; later behind a button."""

from __future__ import annotations

from bot.engine.acts import Visibility
from bot.engine.session import Side, Tap
from bot.engine.talk import Talk
from bot.engine.text import T, Text, stacked


def why(talk: Talk, exercise: str, reason: Text, how: Text | None = None, twin: str = "") -> tuple[Side, ...]:
    """Says it, under `how` it goes, to somebody who meets the exercise for the first time; else the side tap that says
    it. Who has met its `twin` knows the reason already."""
    tap = Side("why", T("why"), Tap.NOTE, reply=reason)
    if talk.past(f"{exercise}.met"):
        return (tap,)
    talk.record("met", Visibility.PRIVATE)
    if twin and talk.past(f"{twin}.met"):
        if how is not None:
            talk.say("{how}", how=how)
        return (tap,)
    said = reason if how is None else stacked(how, reason)
    talk.say("{why}\nIf doing this could be held against you: /safety", why=said)
    return ()
