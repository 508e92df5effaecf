"""Everything that somebody may read, as files: what is said before, and what stands on the page."""

from __future__ import annotations

from collections.abc import Mapping

from bot.engine.acts import Button, Export
from bot.engine.exercise import ALONE, exercise
from bot.engine.talk import Talk, options
from bot.engine.text import T, Text

MAKE = options(make=T("make the files"), no=T("not now"))
TO_READ = T("To read and to print.")
TO_KEEP = T("The same for machines. Once both are saved, tap done, and they leave this chat.")
DONE = Button(T("done"), "exported")
TAKEN_OUT = T("Both files are out of this chat. What you saved elsewhere is yours to look after.")
TOO_OLD = T("Files that are older than two days stay in this chat; only you can delete those.")

# What stands on the page beside what was said; by the places in the file for machines.
LABELS: Mapping[str, Text] = {
    "title": T("What Leeway keeps of you"),
    "made": T("As it was on:"),
    "careful": T("Whoever has this file can read it: what you wrote for yourself alone is in it, too."),
    "you": T("You"),
    "name": T("Name"),
    "language": T("Language"),
    "zone": T("Time zone"),
    "country": T("Country of the help lines"),
    "quiet": T("Quiet hours"),
    "discreet": T("Discreet notifications"),
    "asks": T("Your partner's own questions come at once"),
    "since": T("Here since"),
    "consent": T("Agreed to the terms"),
    "account": T("Account"),
    "couples": T("The two of you"),
    "with": T("With"),
    "linked": T("Linked"),
    "ended": T("Ended"),
    "past": T("What was asked and answered"),
    "open": T("Still open"),
    "answers": T("What you answered so far"),
    "none": T("nothing"),
    "yes": T("yes"),
    "no": T("no"),
}


@exercise("export", scope=ALONE)
def export(talk: Talk) -> None:
    """One warning, and one tap."""
    made = talk.choose(
        "make",
        "Two files: everything of yours, also what you wrote for yourself alone, and everything that was opened or "
        "shared with you.\n\n"
        "Whoever has this phone or these files can read them, and chats with bots are not end-to-end encrypted.\n\n"
        "If having this could be held against you: /safety",
        MAKE,
    )
    if made == "no":
        talk.say("Then nothing is made.")
    else:
        talk.do("files", Export())
