"""Why an exercise: said the first time, with its source and an honest word for the evidence; later behind a button."""

from __future__ import annotations

from bot.engine.acts import Visibility
from bot.engine.session import Side, Tap
from bot.engine.talk import Talk
from bot.engine.text import T, Text


def why(talk: Talk, exercise: str, reason: Text) -> tuple[Side, ...]:
    """Says it to somebody who meets the exercise for the first time; else the side tap that says it."""
    if talk.past(f"{exercise}.met"):
        return (Side("why", T("why"), Tap.NOTE, reply=reason),)
    talk.record("met", Visibility.PRIVATE)
    talk.say("{why}\nIf doing this could be held against you: /safety", why=reason)
    return ()
