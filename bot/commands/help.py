"""What Leeway is in five lines, and the card for when it is not enough."""

from __future__ import annotations

from collections.abc import Collection

from bot.commands.settings import SETTINGS
from bot.engine.acts import Button
from bot.engine.text import HelpLines, T, Text

HELP = T(
    "Leeway asks the two of you things you cannot know about each other.\n"
    "What you answer is sealed until both answers are in; then both open at once.\n"
    "Once a week, on an evening of your choice, a question comes by itself. The buttons have the rest, for being "
    "close and for room of your own.\n"
    "/stop ends what is open, /back takes back your last answer, /skip passes. A no is always an answer.\n"
    "/safety is there at any time, for anybody; /leave and /delete need nobody but you."
)

VILLAGE = Button(T("a village audit"), "village")
CURIOUS = Button(T("a curiosity question"), "curious")
SPACE = Button(T("time for myself"), "space")
NEAR = Button(T("time together"), "near")
DANCE = Button(T("the dance"), "dance")
WOO = Button(T("one small thing for today"), "woo")
RENEW = Button(T("a time to renew"), "renew")
SURPRISE = Button(T("how sure I was"), "surprise")
STEP = Button(T("my step"), "step")
JOB = Button(T("the job description"), "job")
NO = Button(T("a good no"), "no")
MINE = Button(T("my own person"), "mine")
ASK = Button(T("a question of my own"), "ask")
PAIR = Button(T("invite somebody"), "pair")
RHYTHM = Button(T("when the question comes"), "rhythm")
HISTORY = Button(T("what was asked and answered"), "history")
KEEPSAKE = Button(T("a booklet to print"), "keepsake")
LEAVE = Button(T("unlink us"), "leave")
SAFETY = Button(T("safety"), "safety")


def help_buttons(there: Collection[str], *, linked: bool) -> tuple[Button, ...]:
    """Of the commands that are there those that make sense for somebody just now, the three moves first."""
    for_two = (ASK, WOO, RENEW, SURPRISE, RHYTHM, KEEPSAKE, LEAVE) if linked else (PAIR,)
    offered = (CURIOUS, VILLAGE, SPACE, NEAR, DANCE, STEP, JOB, NO, MINE, *for_two, HISTORY, SETTINGS, SAFETY)
    return tuple(button for button in offered if button.command in there)


def safety(country: str) -> Text:
    """The same card for everybody, in every state."""
    return T(
        "If you or somebody else is in danger right now, call the emergency number first.\n\n{lines}\n\n"
        "Not sure it is bad enough? Those lines are for that question, too. "
        "Leeway keeps no note that you looked at this, and tells nobody; this chat and a list of calls do show it.",
        lines=HelpLines(country),
    )
