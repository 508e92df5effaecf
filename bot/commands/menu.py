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
    "stop": T("Leave what is open"),
}
IN_A_GROUP = ("curious", "ask", "help")
ALL: Mapping[str, Text] = {**PRIVATE, "ask": T("A question of your own for both")}

ABOUT = T(
    "Leeway asks the two of you things you cannot know about each other. What you answer is sealed until both answers "
    "are in; then both open at once.\n\n"
    "For adults. Not therapy, not for a crisis, and not for a relationship in which someone is afraid: /safety"
)
SHORT = T("For two: closeness, and room of one's own. For adults; not therapy, not for a crisis.")
