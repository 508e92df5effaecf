"""What a turn may look at, for tests: real content, a deck of three, and every conversation there is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from bot.commands.lines import PHRASES
from bot.commands.registry import CONVERSATIONS
from bot.engine.decks import DeckCard
from bot.engine.exercise import Exercise, Scope
from bot.engine.ids import CoupleId, PersonId, SessionId
from bot.engine.run import Surroundings
from bot.engine.session import Json, Session, Status
from bot.exercises.registry import EXERCISES
from bot.words.content import Content, load_content
from tests.exercises import SAMPLES

ANA, BEN = PersonId(1), PersonId(2)
NAMES = {ANA: "ana", BEN: "ben"}
ZONES = {ANA: "Europe/Lisbon", BEN: "Europe/Berlin"}
COUPLE_ID = CoupleId(7)
SUNDAY = 1_800_212_400  # 17 January 2027, seven in the evening in Lisbon
DECK = (DeckCard("one", 1), DeckCard("two", 2), DeckCard("three", 3))

REAL: tuple[Exercise, ...] = (*EXERCISES, *CONVERSATIONS)
ALL: tuple[Exercise, ...] = (*REAL, *SAMPLES)

# what a conversation is begun with, where it is begun with anything; a couple's round also alone
GIVEN: Mapping[str, tuple[Mapping[str, Json], ...]] = {
    "curious": ({}, {"first": True}, {"another": [0, 1]}),
    "guest": ({"inviter": BEN, "invitation": "hash"}, {"inviter": BEN, "invitation": "hash", "question": "sea"}),
    "confirm": ({"guest": BEN},),
    "settle": ({"rhythm": True}, {"rhythm": False}),
}


@cache
def content() -> Content:
    """The content that Leeway ships with."""
    return load_content()


@cache
def around() -> Surroundings:
    """English, Lisbon and Berlin, the real decks and a small one."""
    decks = {name: deck.cards for name, deck in content().decks.items()}
    return Surroundings(ZONES, {**decks, "sample": DECK}, PHRASES, content().vocabulary("en"))


def fresh(exercise: Exercise, people: tuple[PersonId, ...], couple: CoupleId | None, **given: Json) -> Session:
    """A session of these that is about to begin."""
    return Session(SessionId(1), exercise.name, people, couple, 4, SUNDAY, Status.OPEN, given=given, last=SUNDAY)


def beginnings(exercise: Exercise) -> Iterator[Session]:
    """All ways in which a conversation can begin: alone or, for a couple's, also by two who are linked."""
    for given in GIVEN.get(exercise.name, ({},)):
        yield fresh(exercise, (ANA,), None, **given)
        if exercise.scope is Scope.COUPLE:
            yield fresh(exercise, (ANA, BEN), COUPLE_ID, **given)
