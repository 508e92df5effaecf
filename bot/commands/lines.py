"""The small replies of the router, and the engine's few phrases: each is one sentence to one person."""

from __future__ import annotations

from bot.engine.acts import Button
from bot.engine.run import Phrases
from bot.engine.text import T

PHRASES = Phrases(
    yes=T("yes"),
    no=T("no"),
    done=T("done"),
    choose=T("One of the buttons, please, or its number."),
    count=T("Between {least} and {most}, please; tap again to take one out."),
    not_understood=T("I did not get that. Once more, in words?"),
)

STALE = T("That button belongs to something that is over.")
FOREIGN = T("That button is for somebody else.")
NOTHING_BACK = T("There is nothing of yours to take back here.")
NO_QUESTION = T("There is no question open just now.")
HELP_BUTTON = Button(T("what there is"), "help")
ANSWERED = T("That went to: “{question}”")
ADDED = T("Added to what you wrote.")
CHANGED = T("Changed.")
STAYS = T("That one is through; it stays as it was.")
NOT_TEXT = T("I can only read words. A few of them will do.")
TOO_LONG = T("That is more than I can carry: at most {most} characters, and this has {length}. Nothing was kept.")
UNKNOWN = T("I do not know that command.")
NOT_BUILT = T("That one is not built yet.")
STOPPED = T("Stopped. What was confirmed is kept; the rest is forgotten.")
STOPPED_BY_OTHER = T("This question is closed for now. What was written stays with whoever wrote it.")
NOTHING_TO_STOP = T("Nothing is open, so there is nothing to stop.")
NO_SKIP = T("This one cannot be passed. /stop leaves it.")
ASIDE = T("It keeps its place.")
GOES_ON_BY_ITSELF = T("Nothing to do here just now; it goes on by itself.")
ALREADY_IN = T("You are in the middle of one.")
CONTINUE = T("continue")
START_OVER = T("start over")
NOT_NOW = T("not now")
STOP_HERE = T("stop here")
TAKE_BACK = T("take back my last answer")
FAILED = T("That went wrong on our side, and your answer did not count. Please give it once more later.")
GONE = T("This conversation is no longer part of Leeway, so it ends here. Nothing you wrote was shown.")
EXPIRED = T("This has rested for a month, so it is closed.")
TIMED_OUT_GUEST = T("The invitation is closed. What you wrote stays with you.")
LINKED_NOW = T("{name} said yes: you two are linked.")
ONLY_YES_MISSING = T("Good. Now {name} is asked whether it is you.")
FIRST_CONSENT = T("First this one, please:")
CHANGE_IT = T("change it")
