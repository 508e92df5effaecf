"""Deleting everything: one screen that says what it means, and one tap."""

from __future__ import annotations

from bot.engine.acts import Erase
from bot.engine.exercise import ALONE, exercise
from bot.engine.ids import PersonId
from bot.engine.talk import Talk, options
from bot.engine.text import Name, T

HOW = options(everything=T("delete everything"), keep=T("keep it"))
ERASED = T("Everything of yours is deleted. /start begins anew, as with somebody new.")


@exercise("delete", scope=ALONE)
def delete(talk: Talk) -> None:
    """Everything of one's own, at once; nobody else is needed for it, and nobody is told."""
    how = _alone(talk) if talk.partner is None else _linked(talk, talk.partner)
    if how == "keep":
        talk.say("Then everything stays as it is.")
    else:
        talk.do("erase", Erase())


def _alone(talk: Talk) -> str:
    return talk.choose(
        "how",
        "This deletes everything of yours here, at once and for good: what you wrote, your name, your settings, what "
        "is open.\n\n"
        "What stands in this chat, only you can delete.",
        HOW,
    )


def _linked(talk: Talk, partner: PersonId) -> str:
    return talk.choose(
        "how",
        "This deletes everything of yours here, at once and for good: what you wrote, your name, your settings, what "
        "is open.\n\n"
        "What you opened or shared goes, too; but what stands in your two chats by now, only the two of you can "
        "delete.\n"
        "The space you two share closes. Nothing is sent: {name} reads that it is closed when they next write or tap "
        "here.\n\n"
        "If doing this could be held against you: /safety",
        HOW,
        name=Name(partner),
    )
