"""What a week proposes when it is no question; and what stands beside the prompt of any week."""

from __future__ import annotations

from collections.abc import Mapping

from bot.engine.acts import Button
from bot.engine.exercise import COUPLE, exercise
from bot.engine.talk import Talk
from bot.engine.text import T, Text

QUESTION = Button(T("a curiosity question instead"), "curious")
PROPOSALS: Mapping[str, tuple[Text, Button]] = {
    "space": (
        T("This week, if you like: time for yourself, with a time of return."),
        Button(T("time for myself"), "space"),
    ),
    "near": (T("This week, if you like: time together, where a no is fine."), Button(T("time together"), "near")),
    "village": (
        T("This week, if you like: a village audit. What you need, and from whom."),
        Button(T("a village audit"), "village"),
    ),
    "no": (T("This week, if you like: a good no. To give one, or to take one."), Button(T("a good no"), "no")),
    "job": (
        T("This week, if you like: the job description. What one person is asked to be, all at once."),
        Button(T("the job description"), "job"),
    ),
    "step": (
        T("This week, if you like: your step. What you do first when it gets tight."),
        Button(T("my step"), "step"),
    ),
    "mine": (
        T("This week, if you like: three questions about you, and not about the two of you."),
        Button(T("my own person"), "mine"),
    ),
}
BESIDE = (Button(T("the dance: how close, how far"), "dance"), Button(T("one small thing for today"), "woo"))


@exercise("week", scope=COUPLE)
def week(talk: Talk) -> None:
    """One line, and the way in; or a question all the same."""
    said, way = PROPOSALS[str(talk.given("what"))]
    talk.say("{said}", said=said, buttons=(way, QUESTION))


@exercise("beside", scope=COUPLE)
def beside(talk: Talk) -> None:
    """Two small things beside the week's prompt; once a season has gone by, what it has left behind."""
    talk.say("And beside it, if you like:", buttons=BESIDE)
    if talk.given("anew"):
        talk.say(
            "A season lies behind you. What opened in it makes a small booklet.",
            buttons=(Button(T("the keepsake"), "keepsake"),),
        )
