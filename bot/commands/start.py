"""The first words, and consent: what Leeway is, what it is not, and who can read what."""

from __future__ import annotations

from bot.engine.acts import Set
from bot.engine.exercise import ALONE, exercise
from bot.engine.talk import Talk, options
from bot.engine.text import T

CONSENT_VERSION = 1

TERMS = T(
    "Before we begin: Leeway is for adults (18+). It is not therapy, not for a crisis, and not for a relationship in "
    "which someone is afraid; for those there is /safety.\n"
    "What is private stays yours. What is sealed opens for both of you at once, or not at all. What you share, the "
    "other one reads. Chats with bots are not end-to-end encrypted, and whoever runs this bot could technically read "
    "them.\n"
    "/delete and /export are still being built; until then, ask whoever runs this bot."
)


@exercise("welcome", scope=ALONE)
def welcome(talk: Talk) -> None:
    """One tap, and the first question stands there."""
    talk.say(
        "Hello. This is Leeway.\n"
        "Wanting to be close and wanting room of your own is not a fault to mend; it is a balance to keep."
    )
    talk.choose("consent", "{terms}", options(yes=T("Fine with me")), terms=TERMS)
    talk.do("consent", Set({"consent": CONSENT_VERSION}))
    talk.say("Here is a first question, for two. Write what comes to mind; nobody sees it until both have answered.")
    talk.offer("curious", first=True)
