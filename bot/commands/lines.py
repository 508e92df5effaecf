"""The small replies of the router, and the engine's few phrases: each is one sentence to one person."""

from __future__ import annotations

from bot.engine.acts import Button
from bot.engine.moments import Moment
from bot.engine.run import Phrases
from bot.engine.text import Entry, T, Text

PHRASES = Phrases(
    yes=T("yes"),
    no=T("no"),
    done=T("done"),
    choose=T("One of the buttons, please, or its number."),
    own_words=T("One of the buttons, or a few words of your own, and nothing twice."),
    count=T("Between {least} and {most}, please; tap again to take one out."),
    exactly=T("It takes {least}: tap to tick one, tap again to take it out."),
    not_understood=T("I did not get that. Once more, in words?"),
)


def for_calendar(begins: Moment, ends: Moment) -> Text:
    """An entry for somebody's own calendar, and nothing of what it is."""
    return T("For your calendar: {entry}", entry=Entry(T("Busy"), begins, ends))


STALE = T("That button does nothing any more.")
FOREIGN = T("That button is for somebody else.")
NOTHING_BACK = T("There is nothing of yours to take back here.")
NO_QUESTION = T("There is no question open just now.")
HELP_BUTTON = Button(T("what there is"), "help")
ANSWERED = T("That went to: “{question}”")
ADDED = T("Added to what you wrote.")
CHANGED = T("Changed.")
TOO_LATE = T("That question has closed by now. What you wrote is not kept.")
STAYS = T("That one stays as it was.")
NOT_TEXT = T("I can only read words. A few of them will do.")
TOO_LONG = T("That is more than I can carry: at most {most} characters, and this has {length}. Nothing of it was kept.")
UNKNOWN = T("I do not know that command.")
STOPPED = T("Stopped here. What was kept is kept; the rest is gone.")
STOPPED_ALONE = T("Stopped, for you. What you wrote stays with you, sealed.")
STOPPED_BY_OTHER = T("This question is closed for now. What was written stays with whoever wrote it.")
NOTHING_TO_STOP = T("Nothing is open, so there is nothing to stop.")
NO_SKIP = T("This one cannot be passed. /stop leaves it.")
ASIDE = T("It keeps its place.")
GOES_ON_BY_ITSELF = T("Nothing to do just now. It comes back by itself.")
ALREADY_IN = T("You are in the middle of a question.")
CONTINUE = T("continue")
TIME_PLANNED = T("You already have time for yourself:")
ANOTHER_DAY = T("another day")
START_OVER = T("start over")
NOT_NOW = T("not now")
STOP_HERE = T("stop here")
TAKE_BACK = T("take back my last answer")
FAILED = T("Something went wrong, and it was not you. Nothing of it was kept; try again a little later.")
GONE = T("Leeway no longer has this one, so it ends here. What you wrote stays with you.")
EXPIRED = T("Something from last month was still open here. It has closed now.")
TIMED_OUT_GUEST = T("The invitation is closed. Nothing was shown; what you wrote, if anything, stays with you.")
UNDELIVERED = T(
    "This week's question could not be delivered to both of you; that happens for many reasons. It comes by itself "
    "once it can."
)
SPACE_CLOSED = T(
    "This space is closed. What was opened stays with both of you, until whoever wrote it deletes it; what never "
    "opened stays with whoever wrote it. What you do here alone goes on."
)
LINKED_NOW = T("{name} said yes: you two are linked.")
ONLY_YES_MISSING = T("Good. Now {name} is asked whether it is you.")
FIRST_CONSENT = T("First this one, please:")
CHANGE_IT = T("change it")
