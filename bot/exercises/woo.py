"""One small thing to earn each other today, and in the evening what one noticed."""

from __future__ import annotations

from datetime import timedelta

from bot.engine.acts import Visibility
from bot.engine.decks import Wish
from bot.engine.exercise import ALONE, exercise
from bot.engine.moments import Moment
from bot.engine.session import Option, Side, Tap
from bot.engine.talk import Talk
from bot.engine.text import Card, T, Words
from bot.exercises.questions import unfit
from bot.exercises.why import why

WHY = T("Why: nobody is anybody's for good, and a small thing says that you know it. A ritual; nobody has measured it.")
DECK = "woo"
CARDS = 3  # at a time
DONE, ANOTHER = Option("done", T("done")), Option("another", T("another"))
NOT_TODAY = Option("not-today", T("not today"))
NOTHING = Side("nothing", T("nothing much"), Tap.ANSWER)
EVENING = 20  # o'clock
AN_HOUR = timedelta(hours=1)
ASKED_FOR = timedelta(days=1)


@exercise("woo", scope=ALONE, reads=("woo.met", *(f"woo.drawn.{n}" for n in range(1, CARDS + 1))))
def woo(talk: Talk) -> None:
    """A card or two, and a question in the evening; all of it stays with whoever did it."""
    sides = why(talk, "woo", WHY)
    past = (record["value"] for n in range(1, CARDS + 1) for record in talk.past(f"woo.drawn.{n}"))
    seen = [str(value["card"]["card"]) for value in past if "card" in value]
    now = list[str]()
    for n in range(1, CARDS + 1):
        card = talk.draw(f"card.{n}", DECK, Wish(seen=seen, never=now, unfit=unfit(talk)))
        talk.record(f"drawn.{n}", Visibility.PRIVATE, card=card)
        now.append(card.id)
        ways = (DONE, ANOTHER, NOT_TODAY) if n < CARDS else (DONE, NOT_TODAY)
        picked = talk.choose(f"pick.{n}", "For today:\n{card}", ways, sides=sides if n == 1 else (), card=card)
        if picked == "done":
            _noticed(talk, card)
            return
        if picked == "not-today":
            talk.say("Not today, then. It was an offer.")
            return


def _noticed(talk: Talk, card: Card) -> None:
    done = talk.moment("done")
    talk.say("Good. I ask one thing about it later.")
    talk.pause("evening", _evening(done))
    noticed = talk.ask(
        "noticed",
        "{card}\nYou did. What did you notice?",
        sides=(NOTHING,),
        within=ASKED_FOR,
        card=card,
    )
    if isinstance(noticed, Words):
        talk.record("noticed", Visibility.PRIVATE, card=card, noticed=noticed)
        talk.say("Kept, for you alone.")


def _evening(done: Moment) -> Moment:
    """Eight o'clock that day; whoever was later than that is asked in an hour."""
    return max(done.day.at(EVENING), done.plus(AN_HOUR))
