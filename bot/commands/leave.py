"""Leaving: one screen that says what will happen, and one tap. Nobody else is needed for it."""

from __future__ import annotations

from bot.commands.lines import HELP_BUTTON
from bot.engine.acts import Leave
from bot.engine.exercise import ALONE, exercise
from bot.engine.talk import Talk, options
from bot.engine.text import Name, T

NOT_LINKED = T("You are not linked with anybody here, so there is nothing to leave. /stop ends what is open.")
HOW = options(now=T("leave now"), quietly=T("leave quietly"), stay=T("stay"))


@exercise("leave", scope=ALONE)
def leave(talk: Talk) -> None:
    """Now, and the other reads one line; or quietly, and they read it when they next come by."""
    if talk.partner is None:
        return
    how = talk.choose(
        "how",
        "Leaving needs nobody but you, and works at once.\n\n"
        "What is open between you two ends, unseen. What was opened stays with both of you.\n"
        "Leave now: {name} is told “This space is closed.”, at once or after their quiet hours.\n"
        "Leave quietly: nothing is sent. {name} reads that the next time they write or tap here; until then, no weekly "
        "question comes, and one that is open stays so.\n\n"
        "If doing this could be held against you: /safety",
        HOW,
        name=Name(talk.partner),
    )
    if how == "stay":
        talk.say("Then everything stays as it is.")
        return
    talk.do("leave", Leave(told=how == "now"))
    talk.say(
        "Done: you two are not linked any more. What is yours stays, and what you do alone goes on. What stands in "
        "this chat, only you can delete.",
        buttons=(HELP_BUTTON,),
    )
