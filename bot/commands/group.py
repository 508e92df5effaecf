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
IT_IS_OURS = Button(T("yes, it is ours"), COMMAND, HERE)
NOT_OURS = Button(T("no"), COMMAND, NO)
LET_GO = Button(T("say nothing there at all"), COMMAND, OUT)
QUESTION = Button(T("a curiosity question"), "curious")
OWN_QUESTION = Button(T("a question of my own"), "ask")
LABEL = T("the chat you share")

# ---- in the group

GREETING = T(
    "Leeway is for two people. If that is the two of you, each taps once.\n"
    "What is private is asked in each one's own chat with me, never here."
)
START_ME = T("start me")
START_ME_FIRST = T("What comes next is between you and me, and I may not write to you first. Start me here:")
OURS = T(
    "Good. Here I only say when a question is open; all else is between each of you and me.\n"
    "If both of you would like it, the answers open here, too. One tap of either ends that."
)
OPENS = T("Both of you said yes: from now on answers open here, too.")
HELP = T(
    "Here I say when a question is open. What each of the two answers is between them and me, until both are in.\n"
    "/curious puts a question to both, /ask one of your own. Anything else is answered in our own chat."
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

NOTED = T("Noted. Now the other one.")
NOTED_ALREADY = T("You have said so already; the other one is missing.")
ANSWERED_PRIVATELY = T("The rest is in our own chat.")
START_FIRST = T("First start me: the button is in this chat.")
IN_YOUR_OWN_CHAT = T("If you are one of the two: in your own chat with me, under /settings.")
ANOTHER_TWO = T("Leeway is here for another two.")
ANOTHER_ONE = T("You are linked with somebody else. Leeway holds one couple at a time.")
TAKES_BOTH = T("Noted. Answers open here once both of you have said so.")
OPEN_ALREADY = T("They open here already.")
HIDDEN_ALREADY = T("Here it only says that a question is open, and nothing else.")
YOURS_ALREADY = T("It is yours already.")
DONE = T("Done.")

# ---- to each of the two in private

OPEN_THERE_NOW = T("From now on answers open in the chat you share, too. One tap of either ends that.")
ONLY_OPEN = T("In the chat you share I only say when a question is open. No answers open there.")
OTHERS_THERE = T(
    "I could not make sure that just the two of you are in the chat you share. "
    "So no answers open there any more; I only say when a question is open."
)
TAKEN_OUT = T("Leeway is no longer in the chat you share. Here everything goes on.")
MUTED = T("Leeway may no longer write in the chat you share. Here everything goes on.")
IS_NO_MORE = T("There is no chat now that you two share with Leeway.")
TAKES_BOTH_THERE = T("Noted. Answers open there once both of you have said so.")
NO_GROUP = T(
    "There is no chat that you two share with Leeway. To have one, add the bot to a group with nobody else in it; each "
    "of you then taps once."
)
MAY_WRITE = T("Now I may write to you. What you do in the group comes here, as far as it is for you alone.")
NOT_THEN = T("Good. Nothing is said there.")


def is_it_yours(by: PersonId, *, elsewhere: bool) -> Text:
    """Asked of whoever is linked with somebody who has brought Leeway to a group, or said that one is theirs."""
    if elsewhere:
        return T(
            "{name} would like Leeway in a chat of the two of you, on another platform. There it would only say when "
            "a question is open. Is that chat yours, both of you?",
            name=Name(by),
        )
    return T(
        "{name} would like Leeway in a chat of the two of you. There it would only say when a question is open. "
        "Is that chat yours, both of you?",
        name=Name(by),
    )


def state(*, opens: bool) -> tuple[Text, tuple[Button, ...]]:
    """What is said in the chat they share, and what can be changed."""
    if opens:
        return T("In the chat you share I say when a question is open, and answers open there, too."), (
            NOT_THERE,
            LET_GO,
        )
    return ONLY_OPEN, (OPEN_THERE, LET_GO)
