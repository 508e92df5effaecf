"""Ask: a question of one's own, for both now, or into the jar, where its writer alone sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.engine.acts import Button, Pose, Visibility
from bot.engine.codec import write_arg
from bot.engine.exercise import ALONE, exercise
from bot.engine.moments import Moment
from bot.engine.parsers import Reading, load_words
from bot.engine.session import Json, Option
from bot.engine.talk import Talk
from bot.engine.text import Card, T, Text, Words
from bot.exercises.questions import READS, WHY, several, wish
from bot.exercises.why import why

LONGEST = 300  # characters of a question of one's own: it is read on a phone
BETTER = 3  # questions beside one about logistics

NOW = T("Ask it now, and you both answer? Or into the jar, yours alone until a week draws it?")
NOBODY = T("There is nobody here to ask yet. It can wait in the jar, for you alone.")
STILL_OPEN = T("Your last one is still open; one at a time is enough. This one can wait in the jar.")
TODAY = T("One question of your own a day, and today's is asked. This one can wait in the jar.")
JAR = Option("jar", T("into the jar"))
MINE = Option("mine", T("ask mine anyway"))


@dataclass(frozen=True, slots=True)
class Written:
    """A question as somebody wrote it, when (epoch seconds), and whether it is about logistics."""

    words: Words
    is_logistics: bool
    at: int


class _Question:
    """Words for a question, not too many of them."""

    free = False  # an edit later on would be read by nobody

    def read(self, text: str, reading: Reading) -> Json:
        asked = text.strip()
        if not is_question(asked):
            return None
        about = reading.vocabulary.is_logistics(asked)
        return {"words": [asked], "by": reading.by, "logistics": about, "at": reading.moment.at}

    def load(self, value: Any) -> Written | None:
        words = load_words(value)
        return None if words is None else Written(words, bool(value.get("logistics")), int(value.get("at", 0)))


QUESTION = _Question()


def is_question(text: str) -> bool:
    """Whether there are words in it, and not too many."""
    return len(text) <= LONGEST and any(char.isalnum() for char in text)


@exercise("ask", scope=ALONE, reads=("ask.met", *READS))
def ask(talk: Talk) -> None:
    """Its words, a nudge where it is about logistics, and where it goes."""
    sides = why(talk, "ask", WHY, twin="curious")
    written = talk.ask(
        "question",
        "Write a question of your own. You answer it, too.",
        parser=QUESTION,
        hint=T("A question in words, please; at most {most} characters.", most=LONGEST),
    )
    question = _nudged(talk, written)
    reason = _why_not_now(talk)
    choices = (Option("both", T("ask us both")), JAR) if reason is None else (JAR, Option("go", T("let it go")))
    where = talk.choose("where", "“{question}”\n{how}", choices, sides=sides, question=question, how=reason or NOW)
    if where == "both":
        talk.do("pose", Pose(write_arg(question)))
    elif where == "jar":
        talk.record("jar", Visibility.PRIVATE, question=question)
        look = Button(T("what is in my jar"), "jar")
        talk.say(
            "In the jar, for you alone. It may be drawn as a weekly question; then it is shown as yours.",
            buttons=(look,),
        )
    else:
        talk.say("Let go. Nothing of it is kept.")


def _nudged(talk: Talk, written: Written) -> Words | Card:
    """The question, or one of three others in place of one about logistics; never a second nudge at a sitting."""
    if not written.is_logistics or talk.moment("nudged").at != written.at:
        return written.words
    one, two, three = cards = several(talk, "better", "curiosity", BETTER, wish(talk))
    numbered = tuple(Option(str(n), T("{number}", number=n)) for n in range(1, BETTER + 1))
    picked = talk.choose(
        "better",
        "That one may be quicker asked out loud. Three that last longer:\n1. {one}\n2. {two}\n3. {three}",
        (*numbered, MINE),
        one=one,
        two=two,
        three=three,
    )
    return written.words if picked == MINE.token else cards[int(picked) - 1]


def _why_not_now(talk: Talk) -> Text | None:
    """One at a time, one a day, and only where there is somebody: else it is for the jar."""
    now = talk.moment("sitting")
    if talk.partner is None:
        return NOBODY
    if talk.given("open"):
        return STILL_OPEN
    mine = [record["at"] for record in talk.past("asked.asked") if record["by"] == talk.me]
    return TODAY if any(Moment(at, now.zone).day == now.day for at in mine) else None
