"""The first words, and consent: what Leeway is, what it is not, and who can read what."""

from __future__ import annotations

from bot.engine.acts import Set
from bot.engine.exercise import ALONE, exercise
from bot.engine.talk import Talk, options
from bot.engine.text import T

TERMS_VERSION = 2  # of what stands below: whoever agreed to an older one is asked again

TERMS = T(
    "Four things first.\n\n"
    "Leeway is for adults, 18 and over.\n\n"
    "It is not therapy, not for a crisis, and not for a relationship in which someone is afraid. For those: /safety\n\n"
    "What is private stays yours. What is sealed opens for both of you at once, or never. What you share, the other "
    "one reads.\n\n"
    "Chats with bots are not end-to-end encrypted: whoever runs this bot, one of the two of you perhaps, could read "
    "them, and so can whoever holds your phone. /export gives you what is kept of you, /delete deletes it."
)


@exercise("welcome", scope=ALONE)
def welcome(talk: Talk) -> None:
    """One tap, and the first question stands there."""
    talk.say(
        "Wanting to be close and wanting room of your own is not a fault to mend; it is a balance to keep. "
        "Leeway is there for both."
    )
    talk.choose("consent", "{terms}", options(yes=T("Fine with me")), terms=TERMS)
    talk.do("consent", Set({"consent": True}))
    talk.offer("curious", first=True)


@exercise("terms", scope=ALONE)
def terms(talk: Talk) -> None:
    """The terms are other ones than those that somebody agreed to: they are asked again, and all else waits."""
    talk.choose(
        "consent",
        "What you agreed to has changed. Until you agree again nothing that you write is taken, or kept; "
        "/leave, /delete, /export and /safety work all the same.\n\n{terms}",
        options(yes=T("Fine with me")),
        terms=TERMS,
    )
    talk.do("consent", Set({"consent": True}))
    talk.say("Then everything goes on where it was.")
