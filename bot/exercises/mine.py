"""My own person: three questions about oneself and not about the two, and one thing to do alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from bot.engine.acts import Button, Visibility
from bot.engine.codec import read_text, write_text
from bot.engine.decks import Wish
from bot.engine.exercise import ALONE, exercise
from bot.engine.questions import Tapped
from bot.engine.session import Side, Tap
from bot.engine.talk import Talk, options
from bot.engine.text import Card, T, Words
from bot.exercises.opening import PASS
from bot.exercises.questions import unfit
from bot.exercises.why import why

DECK = "mine"
CARDS = 3  # at a sitting: a light one, a middle one, a deep one
MOST = 2 * CARDS  # that can be seen at one: each may be exchanged once
SEEN = tuple(f"seen.{n}" for n in range(1, MOST + 1))

WHY = T(
    "Why questions about you alone: it is easier to stay curious about somebody who has something of their own. No "
    "study stands behind this (a ritual)."
)
HOW = T("Three questions about you, not about the two of you. What you write stays with you.")
ANOTHER = Side("another", T("another"), Tap.ANSWER)
NONE = options(none=T("none"))
SPACE = Button(T("take time for it"), "space")

A_WEEK, EVENING = 7, 18  # days; o'clock
ASKED_FOR = timedelta(days=2)
HAPPENED = options(yes=T("yes"), no=T("not this time"))


@dataclass(slots=True)
class Sitting:
    """What was drawn before (card ids, the oldest first), and what is drawn now."""

    before: tuple[str, ...]
    now: list[str] = field(default_factory=list)

    def wish(self, depth: int, circumstances: list[str]) -> Wish:
        """None that was seen since the deck was full, and none twice at one sitting, even when it runs out there."""
        return Wish(seen=since_full((*self.before, *self.now)), never=self.now, unfit=circumstances, depth=depth)


def since_full(drawn: Iterable[str]) -> list[str]:
    """The cards that were seen since the deck was last full: one that comes again says that it was empty."""
    seen = list[str]()
    for card in drawn:
        seen = [card] if card in seen else [*seen, card]
    return seen


@exercise("mine", scope=ALONE, reads=("mine.met", *(f"mine.{name}" for name in SEEN)))
def mine(talk: Talk) -> None:
    """Three cards, and one thing to do alone."""
    sides = why(talk, "mine", WHY, HOW)
    sitting = Sitting(_seen_before(talk))
    for n in range(1, CARDS + 1):
        _card(talk, n, sitting, sides if n == 1 else ())
    thing = talk.choose(
        "thing", "And one thing to do alone, this week or next? As small as you like, or none.", NONE, own_words=True
    )
    if not isinstance(thing, Words):
        talk.say("None, then. That is fine, too.")
        return
    talk.record("thing", Visibility.PRIVATE, thing=thing)
    talk.say("Noted, for you alone. In a week I ask about it.", buttons=(SPACE,))
    talk.offer("mine-after", to=talk.me, thing=write_text(T("{words}", words=thing)))


def _card(talk: Talk, n: int, sitting: Sitting, sides: tuple[Side, ...]) -> None:
    """One card; it can be exchanged once. Passing keeps nothing."""
    card = _draw(talk, n, sitting)
    answer = talk.ask(
        f"card.{n}",
        "{number} of {all}\n{question}",
        sides=(PASS, ANOTHER, *sides),
        number=n,
        all=CARDS,
        question=card,
    )
    if answer == Tapped(ANOTHER.token):
        card = _draw(talk, n, sitting)
        answer = talk.ask(f"other.{n}", "{question}", sides=(PASS,), question=card)
    if isinstance(answer, Words):
        talk.record(f"answer.{n}", Visibility.PRIVATE, card=card, answer=answer)


def _draw(talk: Talk, n: int, sitting: Sitting) -> Card:
    name = SEEN[len(sitting.now)]
    card = talk.draw(name, DECK, sitting.wish(n, unfit(talk)))
    sitting.now.append(card.id)
    talk.record(name, Visibility.PRIVATE, card=card)
    return card


def _seen_before(talk: Talk) -> tuple[str, ...]:
    records = [record for name in SEEN for record in talk.past(f"mine.{name}")]
    return tuple(record["value"]["card"]["card"] for record in sorted(records, key=lambda record: record["at"]))


@exercise("mine-after", scope=ALONE)
def mine_after(talk: Talk) -> None:
    """A week later: did it happen, and what was it like."""
    thing = read_text(talk.given("thing"))
    talk.pause("week", talk.moment("named").day.plus(A_WEEK).at(EVENING))
    happened = talk.choose(
        "happened", "One thing to do alone:\n{thing}\n\nDid it happen?", HAPPENED, within=ASKED_FOR, thing=thing
    )
    if happened == "yes":
        told = talk.ask("told", "What was it like?", within=ASKED_FOR)
        if told is not None:
            talk.record("told", Visibility.PRIVATE, thing=thing, told=told)
            talk.say("Kept, for you alone.")
    elif happened == "no":
        talk.say("Not this time, then. It stays yours.")
