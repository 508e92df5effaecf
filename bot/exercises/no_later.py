"""What comes of a no and of a yes: for whoever gets it, a line that asks for nothing; for its writer, a look back."""

from __future__ import annotations

from datetime import timedelta

from bot.engine.acts import Visibility
from bot.engine.exercise import ALONE, exercise
from bot.engine.session import Side, Tap
from bot.engine.talk import Talk
from bot.engine.text import T, Words
from bot.exercises.spans import passed_on

DAYS_LATER, EVENING = 3, 18  # days; o'clock
ASKED_FOR = timedelta(days=2)
NOTHING_YET = Side("nothing-yet", T("nothing yet"), Tap.ANSWER)


# ---- whoever gets it: nothing is asked, and nothing of what they do with it is known to anybody


@exercise("received-no", scope=ALONE)
def received_no(talk: Talk) -> None:
    """A no, and one line on how to take it."""
    if talk.partner is not None:
        talk.say(
            "{no}\n\nIt is a no to one thing, not to you, and nothing needs to be said back.",
            no=passed_on(talk, talk.partner),
        )


@exercise("received-yes", scope=ALONE)
def received_yes(talk: Talk) -> None:
    """A yes; it says all by itself."""
    if talk.partner is not None:
        talk.say("{passed_on}", passed_on=passed_on(talk, talk.partner))


# ---- its writer: of the words themselves nothing is taken along, so that what was taken out stays out


@exercise("made-room", scope=ALONE)
def made_room(talk: Talk) -> None:
    """Three days after a no."""
    day = talk.moment("written").day
    talk.pause("later", day.plus(DAYS_LATER).at(EVENING))
    room = talk.ask(
        "room",
        "You wrote a no on {day}. What did it make room for?",
        sides=(NOTHING_YET,),
        within=ASKED_FOR,
        day=day.date,
    )
    if isinstance(room, Words):
        talk.record("room", Visibility.PRIVATE, room=room)
        talk.say("Kept, for you alone.")
    elif room is not None:
        talk.say("Room can be slow to show.")


@exercise("came-of-it", scope=ALONE)
def came_of_it(talk: Talk) -> None:
    """Three days after a yes."""
    day = talk.moment("written").day
    talk.pause("later", day.plus(DAYS_LATER).at(EVENING))
    came = talk.ask(
        "came",
        "You wrote a yes on {day}, one that you really meant. What came of it?",
        sides=(NOTHING_YET,),
        within=ASKED_FOR,
        day=day.date,
    )
    if isinstance(came, Words):
        talk.record("came", Visibility.PRIVATE, came=came)
        talk.say("Kept, for you alone.")
    elif came is not None:
        talk.say("A yes may take its time.")
