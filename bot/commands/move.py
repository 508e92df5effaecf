"""Going over to another account, on the same platform or another: a code, and a yes where everything is now."""

from __future__ import annotations

from datetime import timedelta

from bot.commands import given
from bot.engine.acts import Move
from bot.engine.exercise import ALONE, exercise
from bot.engine.talk import Talk, options
from bot.engine.text import T, Text

LASTS = timedelta(hours=1)
A_MINUTE = timedelta(minutes=1)  # in which the last line still reaches the account that is left

HOW = options(move=T("take it all there"), stay=T("that is not me"))
ASKED = T("I have asked in the chat where everything is now. After a yes there, it is all here within two minutes.")
HAS_OWN = T(
    "There is something of yours in this account already, and two cannot be made one. /delete takes that out; then "
    "bring the code again, within its hour."
)
NOT_MOVED = T("The other account has things of its own by now, so nothing has moved.")
HERE = T("Everything of yours is here now, and your old account hears nothing more.")


def instructions(way: Text) -> Text:
    """What to do with the code."""
    return T(
        "Use this from your other account, within an hour. I ask here once more before anything moves; then that "
        "account has everything, and this one nothing.\n\n"
        "{way}",
        way=way,
    )


@exercise("move", scope=ALONE)
def move(talk: Talk) -> None:
    """Somebody has brought the code; only whoever is here can say that it was them."""
    how = talk.choose(
        "how",
        "Another account has brought the code that was made here. If that was you: everything of yours goes there, and "
        "this account hears nothing more.\n\n"
        "If it was not, somebody else reads along in this chat: /safety",
        HOW,
        within=LASTS,
    )
    if how != "move":
        if how == "stay":
            talk.say("Nothing has moved, and that code no longer works.")
        return
    talk.say("In a minute or two everything is there.")
    talk.pause("said", talk.moment("yes").plus(A_MINUTE))
    talk.do("move", Move(given.person(talk, "guest")))
