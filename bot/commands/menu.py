"""The menu of a platform, and what stands on the bot's card."""

from __future__ import annotations

from collections.abc import Mapping

from bot.engine.text import T, Text

# In the order in which they are shown; only those that exist are.
PRIVATE: Mapping[str, Text] = {
    "curious": T("A question for the two of you"),
    "village": T("What you need, and from whom"),
    "space": T("Time for yourself, with a time of return"),
    "near": T("Time together, where a no is fine"),
    "rhythm": T("When the weekly question comes"),
    "help": T("What there is"),
    "safety": T("Help lines, for anybody at any time"),
    "stop": T("End what is open"),
}
IN_A_GROUP = ("curious", "ask", "help")
ALL: Mapping[str, Text] = {**PRIVATE, "ask": T("A question of your own for both")}

# Where every command must be in the list to be given at all; `MOST` characters each at most.
EVERY: Mapping[str, Text] = {
    "start": T("Begin, or begin again"),
    **ALL,
    "dance": T("How close it felt, and how close you wished"),
    "renew": T("A day to renew, once a season, if both want it"),
    "woo": T("One small thing to earn each other today"),
    "surprise": T("How sure you were of your guesses, and how close they came"),
    "step": T("Your own first move when it gets tight"),
    "job": T("What one person is asked to be, and how much of it"),
    "no": T("A good no: say one, take one, and one yes that you mean"),
    "mine": T("Three questions about you alone"),
    "pair": T("Invite somebody, or bring the code that you were given"),
    "settings": T("Language, time zone, quiet hours, notifications"),
    "move": T("Take everything along to another account"),
    "history": T("What was asked and answered"),
    "keepsake": T("A booklet to print, of what was opened or shared"),
    "export": T("Everything that is yours, as a file"),
    "delete": T("Delete everything that is yours"),
    "leave": T("Unlink the two of you"),
    "back": T("Take back your last answer"),
    "skip": T("Pass this question"),
    "later": T("Not now: keep the place"),
    "continue": T("Go on where you were"),
    "show": T("Show what was announced"),
    "clean": T("Take what Leeway said out of this chat"),
}
MOST = 100
# What may stand behind a command, where something may.
BEHIND: Mapping[str, Text] = {
    "start": T("The code, if you were given one"),
    "pair": T("The code, if you were given one"),
    "ask": T("Your question; or jar, on, off"),
    "space": T("now, instead of a day"),
    "settings": T("Which one; none shows them all"),
}
PRIVATELY = T("Answered in our direct messages.")
# Where Leeway cannot write to somebody and shows what there is in answer to a command.
WRITE = T("write")
YOUR_WORDS = T("Your words")
NOT_FIRST = T("I cannot write to you first here. Send any command, and I show you what there is.")

ABOUT = T(
    "Leeway asks the two of you things you cannot know about each other. What you answer is sealed until both answers "
    "are in; then both open at once.\n\n"
    "For adults. Not therapy, not for a crisis, and not for a relationship in which someone is afraid: /safety"
)
SHORT = T("For two: closeness, and room of one's own. For adults; not therapy, not for a crisis.")
