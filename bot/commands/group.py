"""What is said in a group, and in private about it. In a group, nothing that anybody answered, but what opens there."""

from __future__ import annotations

from bot.engine.acts import Button
from bot.engine.ids import PersonId
from bot.engine.text import Name, T, Text

COMMAND = "group"
HERE, SHOW, HIDE, NO, OUT = "here", "show", "hide", "no", "out"  # what may stand behind it
START = "g-"  # and a group's number: what somebody brings who comes from there

THAT_IS_ME = Button(T("that's me"), COMMAND, HERE)
OPEN_HERE = Button(T("open answers here, too"), COMMAND, SHOW)
NOT_HERE = Button(T("no answers here any more"), COMMAND, HIDE)
OPEN_THERE = Button(T("open answers there, too"), COMMAND, SHOW)
NOT_THERE = Button(T("no answers there any more"), COMMAND, HIDE)
LET_GO = Button(T("say nothing there at all"), COMMAND, OUT)
QUESTION = Button(T("a curiosity question"), "curious")
OWN_QUESTION = Button(T("a question of my own"), "ask")
LABEL = T("the chat you share")

RATHER_NOT = Button(T("rather not"), COMMAND, HIDE)


def ours_or_not(group: str) -> tuple[Button, Button]:
    """What whoever is linked with somebody who has tapped in that group can say to it."""
    yes, no = " ".join((HERE, group)), " ".join((NO, group))
    yes, no = " ".join((HERE, group)), " ".join((NO, group))
    return Button(T("yes, it is ours"), COMMAND, yes), Button(T("no"), COMMAND, no)


# ---- in the group

GREETING = T(
    "Leeway is for two people. If that is the two of you, each taps once.\n"
    "What is private is asked in each one's own chat with me, never here."
)
START_ME = T("start me")
START_ME_FIRST = T("That goes on in private, and I may not write first. One tap opens our own chat:")
OURS = T(
    "Good. Here I only say when a question is open; all else is between each of you and me.\n"
    "If both of you would like it, the answers open here, too. One tap of either ends that."
)
OPENS = T("Both of you said yes: from now on answers open here, too.")
HELP = T(
    "Here I say when a question is open. What you answer stays in your own chats.\n"
    "/curious puts a question to both, /ask one of your own. Anything else is answered in private."
)
HELP_OPEN = T(
    "Here I say when a question is open. What you answer stays in your own chats until both are in; then it opens "
    "here.\n"
    "/curious puts a question to both, /ask one of your own. Anything else is answered in private."
)
WHO_WAS_THAT = T(
    "I cannot tell who that was. Switch off “Remain anonymous” for yourself in this group, or use the buttons."
)


def greeting(by: PersonId) -> Text:
    """Somebody who is known has brought Leeway."""
    return T(
        "{name} has brought Leeway here. It is for two people; if you are the other one, tap once.\n"
        "What is private is asked in each one's own chat with me, never here.",
        name=Name(by),
    )


# ---- to one alone, where they tapped

NOTED = T("Noted. It takes a tap from the other one, too.")
NOTED_ALREADY = T("Noted already. It is yours once both of you have tapped.")
ANSWERED_PRIVATELY = T("The rest is in our own chat.")
START_FIRST = T("First start me: the button is in this chat.")
CANNOT_WRITE = T("I cannot write to you. Open our own chat and press Start, then tap again.")
IN_YOUR_OWN_CHAT = T("If you are one of the two: it is in your own chat with me, under /settings.")
ANOTHER_TWO = T("Leeway is here for two others.")
TAKES_BOTH = T("Noted. Answers open here once both of you have said so.")
OPEN_ALREADY = T("They open here already.")
HIDDEN_ALREADY = T("Here I only say when a question is open.")
YOURS_ALREADY = T("It is yours already.")
DONE = T("Done.")

# ---- to each of the two in private

OPEN_THERE_NOW = T(
    "From now on answers open in the chat you share, too. One tap of either ends that; what has opened there stays, "
    "and whoever is let in later may read it."
)
ONLY_OPEN = T("In the chat you share I only say when a question is open. No answers open there.")
OTHERS_THERE = T(
    "I could not make sure that only you two are in the chat you share. So no answers open there any more; I only say "
    "when a question is open. Once it is just you two again, a tap from each brings them back."
)
TAKEN_OUT = T("Leeway is no longer in the chat you share. Here everything goes on.")
MUTED = T("Leeway may no longer write in the chat you share. Here everything goes on.")
IS_NO_MORE = T("I say nothing more in the chat you share. Here everything goes on.")
TAKES_BOTH_THERE = T("Noted. Answers open there once both of you have said so.")
NO_GROUP = T(
    "There is no chat that you two share with Leeway. To have one, add the bot to a group with nobody else in it; each "
    "of you then taps once."
)
MAY_WRITE = T("Now I may write to you. What is for you alone comes here.")
NOT_THEN = T("Good. Nothing is said there.")


def is_it_yours(by: PersonId, *, elsewhere: bool) -> Text:
    """Asked of whoever is linked with somebody who has brought Leeway to a group, or said that one is theirs."""
    if elsewhere:
        return T(
            "{name} has brought Leeway to a chat on another platform, and says that it belongs to you two. Who is in "
            "it, I cannot see from here. There I would only say when a question is open. Is the chat yours?",
            name=Name(by),
        )
    return T(
        "{name} has brought Leeway to a chat, and says that it belongs to you two. There I would only say when a "
        "question is open. Is the chat yours?",
        name=Name(by),
    )


def state(*, opens: bool, mine: bool) -> tuple[Text, tuple[Button, ...]]:
    """What is said in the chat they share, and what can be changed. `mine`: whether who reads it has said yes."""
    if opens:
        return T("In the chat you share I say when a question is open, and answers open there, too."), (
            NOT_THERE,
            LET_GO,
        )
    if mine:
        said = T("In the chat you share I only say when a question is open. You said yes to more; it takes both.")
        return said, (RATHER_NOT, LET_GO)
    return ONLY_OPEN, (OPEN_THERE, LET_GO)
