"""A booklet of what the two opened or shared, to read or to print: what is said before, and what stands in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot.engine.acts import Button, Keepsake, Visibility
from bot.engine.codec import read_arg
from bot.engine.exercise import ALONE, exercise
from bot.engine.talk import Talk, options
from bot.engine.text import Dated, Name, T, Text, stacked

MOST = 13  # things noticed that are asked about at a time
NOTHING = T(
    "There is nothing to make a booklet of just now. "
    "What two people open or share here can become one, season by season."
)
# The times that there can be a booklet of, as they are offered. A season is thirteen weeks.
TIMES = options(
    season=T("this season"),
    before=T("the season before"),
    year=T("this year"),
    last_year=T("last year"),
)
NOT_NOW = options(no=T("not now"))
READY = T("Here it is, to read or to print. Once it is saved, tap done, and it leaves this chat.")
FROM_HERE = "keepsake"  # says which file it was that left
DONE = Button(T("done"), "exported", FROM_HERE)
TAKEN_OUT = T("What came as a file is out of this chat. What you saved elsewhere is yours to look after.")

# What stands in it beside what was said.
LABELS: Mapping[str, Text] = {
    "kept": T("What was opened or shared"),
    "made": T("Made with Leeway."),
}


def between(first: Dated, last: Dated) -> Text:
    """The days that it is of."""
    return T("{first} to {last}", first=first, last=last)


@exercise("keepsake", scope=ALONE, reads=("woo.noticed", "keepsake.asked"))
def keepsake(talk: Talk) -> None:
    """Of which time; only those in which there is something are offered."""
    _noticed(talk)
    times = _times(talk)
    offered = tuple(option for option in TIMES if option.token in times)
    chosen = talk.choose(
        "time",
        "A booklet to read or to print: what the two of you opened or shared, and nothing that anybody kept.\n\n"
        "Whoever has this phone or the file can read it, and chats with bots are not end-to-end encrypted.\n\n"
        "If having this could be held against you: /safety\n\n"
        "Of which time?",
        (*offered, *NOT_NOW),
    )
    if chosen in times:
        talk.do("booklet", times[chosen])
    else:
        talk.say("Then nothing is made.")


def _noticed(talk: Talk) -> None:
    """What one noticed after a small thing for a day stays one's own until one would have it there. Asked once."""
    since = max([talk.given("since") or 0, *(record["at"] for record in talk.past("keepsake.asked"))])
    mine = (record["value"] for record in talk.past("woo.noticed") if record["by"] == talk.me and record["at"] > since)
    found = [read_arg(value["noticed"]) for value in mine if "noticed" in value][-MOST:]
    if talk.partner is None or not found:
        return
    listed = stacked(*(T("– {noticed}", noticed=words) for words in found))
    chosen = talk.choose(
        "noticed",
        "One thing first. After a small thing for a day you noticed this, and it is yours alone:\n"
        "{listed}\n\n"
        "May it go into the booklet, where {name} reads it, too?",
        options(keep=T("keep it"), share=T("for both of us")),
        name=Name(talk.partner),
        listed=listed,
    )
    talk.record("asked", Visibility.PRIVATE)
    if chosen == "share":
        talk.record("noticed", Visibility.SHARED, noticed=tuple(found))


def _times(talk: Talk) -> dict[str, Keepsake]:
    """The times by their tokens, with their first and last days as they were when it was asked for."""
    given = talk.given("times")
    times = given if isinstance(given, dict) else {}
    return {
        token: Keepsake(date.fromisoformat(str(days[0])), date.fromisoformat(str(days[1])))
        for token, days in times.items()
        if isinstance(days, list)
    }
