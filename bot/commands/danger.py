"""The card for words of danger, and the line that a further one brings."""

from __future__ import annotations

from bot.commands.lines import STOP_HERE
from bot.engine.text import HelpLines, T, Text

GO_ON = T("go on")
STILL_HERE = T("The numbers are still here: /safety. That was not taken as an answer, and is not kept.")

__all__ = ["GO_ON", "STILL_HERE", "STOP_HERE", "card"]


def card(country: str) -> Text:
    """The same words for everybody who gets it, whatever they wrote."""
    return T(
        "What you wrote may be more than a bot can carry. If it is urgent, call the emergency number first.\n\n"
        "{lines}\n\n"
        "It was not taken as an answer, nothing of it is kept, and nobody was told.",
        lines=HelpLines(country),
    )
