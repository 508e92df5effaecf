"""What is played: ten questions to one person, by turns a choice among five and words of their own."""

from __future__ import annotations

from bot.engine.exercise import ALONE, exercise
from bot.engine.talk import Talk, options
from bot.engine.text import T

QUESTIONS = 10
ANSWER = "My aunt, since the winter when the heating broke down and she came with soup."
CARRIERS = options(
    partner=T("you"), family=T("family"), friends=T("friends"), others=T("somebody else"), nobody=T("nobody")
)


@exercise("audit", scope=ALONE)
def audit(talk: Talk) -> None:
    """A village audit in small: whom something is expected from, and a few words about it, five times."""
    talk.say("What one person is asked for today, a village used to give.")
    for need in range(1, QUESTIONS // 2 + 1):
        talk.choose(f"from.{need}", "Need {need}: whom do you expect it from?", CARRIERS, need=need)
        talk.ask(f"why.{need}", "Need {need}: who gave it to you last, and when?", need=need)
    talk.say("That was all of it.")
