"""For eyes that are not meant to read along: an announcement without a content, and a chat that can be emptied."""

from __future__ import annotations

from bot.engine.acts import Button
from bot.engine.text import T

ANNOUNCEMENT = T("Leeway has something for you.")
SHOW = Button(T("show"), "show")
NOTHING_WAITS = T("Nothing is waiting just now.")
CLEANED = T("Taken out of this chat. What you wrote yourself, only you can delete.")
TOO_OLD = T(
    "{n} message is older than two days and stays; only you can delete it. "
    "| {n} messages are older than two days and stay; only you can delete those."
)
NOTHING_TO_CLEAN = T(
    "There is nothing to take out. I can take back only what I say while discreet notifications are on: /settings"
)
ALSO_THERE = T("And there is something for you.")
