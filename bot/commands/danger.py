"""The card for words of danger, and the line that a further one brings."""

from __future__ import annotations

from bot.engine.text import HelpLines, T, Text

GO_ON = T("go on")
STILL_HERE = T(
    "This is still only a bot; the numbers are here: /safety. What you wrote is not taken as an answer, and not kept."
)


def card(country: str) -> Text:
    """The same words for everybody who gets it, whatever they wrote."""
    return T(
        "What you wrote may need a person, and this is only a bot. If you or somebody else is in danger right now, "
        "call the emergency number first.\n\n"
        "{lines}\n\n"
        "It was not taken as an answer, Leeway keeps nothing of it, and nobody was told. What stands in this chat you "
        "delete yourself.",
        lines=HelpLines(country),
    )
