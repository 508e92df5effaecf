"""What a turn may look at, for tests: real content, a deck of three, and every conversation there is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache

from bot.commands.lines import PHRASES
from bot.commands.registry import CONVERSATIONS
from bot.commands.rhythm import WEEKS
from bot.engine.acts import Act, Keep, Offer
from bot.engine.decks import DeckCard
from bot.engine.exercise import Exercise, Scope
from bot.engine.ids import CoupleId, PersonId, SessionId
from bot.engine.run import Surroundings
from bot.engine.session import Json, Session, Status
from bot.engine.walker import Walker
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

MESSAGE: Json = {"text": "{words}", "args": {"words": {"words": ["I like us."], "by": BEN}}}
WORDS: Json = {"text": "{words}", "args": {"words": {"words": ["A long walk."], "by": ANA}}}
LATER: Json = [[SUNDAY + 3_600, "Europe/Lisbon"], [SUNDAY + 7_200, "Europe/Lisbon"]]
AT_ONCE: Json = [[SUNDAY, "Europe/Lisbon"], [SUNDAY + 3_600, "Europe/Lisbon"]]

# What commands begin their conversations with; what exercises offer each other is found by walking them.
GIVEN: Mapping[str, tuple[Mapping[str, Json], ...]] = {
    "grade": ({"question": {"card": "sea", "deck": "sample"}, "guess": {"words": ["A lake."], "by": BEN}, "sure": 75},),
    "heard": ({"question": "sea"},),
    "curious": ({}, {"another": [0, 1]}, {"again": "curious-001"}),
    "week": tuple({"what": what} for what in ("space", "near", "village", "no", "job", "step", "mine")),
    "beside": ({}, {"anew": True}),
    "dance": ({}, {"together": True, "dances": 1}, {"dances": -1}),
    "renew": ({"ritual": True}, {}),
    "ritual": ({}, {"mine": True}, {"mine": True, "day": "2027-02-28"}),
    "guest": (
        {"inviter": BEN, "invitation": "hash", "agreed": True},
        {"inviter": BEN, "invitation": "hash"},
        {"inviter": BEN, "invitation": "hash", "question": "sea"},
    ),
    "confirm": ({"guest": BEN},),
    "move": ({"guest": BEN},),
    "keepsake": (
        {"times": {"season": ["2026-11-22", "2027-02-20"], "before": ["2026-08-23", "2026-11-21"]}},
        {"times": {"year": ["2027-01-01", "2027-12-31"], "last_year": ["2026-01-01", "2026-12-31"]}},
    ),
    "language": ({"languages": ["en", "de"]},),
    "country": ({"countries": ["DE", "GB"]},),
    "ask": ({}, {"open": True}),
    "asked": ({"question": {"words": ["Why?"], "by": ANA}}, {"question": {"card": "sea", "deck": "curiosity"}}),
    "drawn": ({"question": {"words": ["Why?"], "by": ANA}},),
    "rhythm": (
        {"coming": [[SUNDAY + n, what] for n, what in enumerate(WEEKS)], "rests": None, "fits": ["grief"], "week": 2},
        {"coming": [[SUNDAY, "question"]], "rests": "2027-05-03", "renews": "2027-05-04"},
        {"coming": []},
    ),
    "space": ({}, {"now": True}, {"taken": ["2027-01-17", "2027-01-18", "2027-01-19"]}),
    "own-time": ({"span": LATER, "told": True}, {"span": LATER, "told": False}, {"span": AT_ONCE, "told": True}),
    "meanwhile": ({"span": LATER, "message": MESSAGE}, {"span": AT_ONCE, "message": MESSAGE}),
    "kind-word": ({"span": LATER},),
    "answering": ({"card": "afterwards-001"},),
    "received-no": ({"message": MESSAGE},),
    "received-yes": ({"message": MESSAGE},),
    "mine-after": ({"thing": WORDS},),
    "near-reply": (
        *({"span": LATER, "wish": wish, "message": MESSAGE} for wish in ("a walk", "to be held")),
        {"span": AT_ONCE, "wish": {"text": "{words}", "args": {"words": {"words": ["Pancakes"], "by": BEN}}}},
    ),
}


def _weeks(*weeks: tuple[int, int, int]) -> list[Json]:
    """Weeks of the dance, the last one a week ago."""
    begun = date(2027, 1, 17) - timedelta(weeks=len(weeks))
    days: list[Json] = [{"date": (begun + timedelta(weeks=n)).isoformat()} for n in range(len(weeks))]
    values = zip(days, weeks, strict=True)
    return [
        {"value": {"day": day, "felt": felt, "wished": wished, "room": room}, "at": SUNDAY, "by": int(ANA)}
        for day, (felt, wished, room) in values
    ]


def _wrote(by: PersonId) -> list[Json]:
    value: Json = {"question": {"card": "curious-001", "deck": "curiosity"}, "answer": {"words": ["A map."], "by": by}}
    return [{"value": value, "at": SUNDAY - 52 * 7 * 86_400, "by": int(by)}]


ASKED: Json = {"value": {}, "at": SUNDAY - 86_400, "by": int(ANA)}
NOTICED: Json = {"value": {"noticed": {"words": ["A laugh."], "by": ANA}}, "at": SUNDAY, "by": int(ANA)}
LINE: list[Json] = [{"value": {"day": {"date": "2027-01-10"}, "felt": 4}, "at": SUNDAY, "by": int(BEN)}]
EVEN, CLOSER, ROOMIER = (4, 4, 1), (3, 5, 1), (5, 3, 0)
# Beginnings that need a past of their own: what they are given, and the records that they find.
REMEMBERING: Mapping[str, tuple[tuple[Mapping[str, Json], Mapping[str, list[Json]]], ...]] = {
    "curious": (({"again": "curious-001"}, {"curious.opened.0": _wrote(ANA), "curious.opened.1": _wrote(BEN)}),),
    "ritual": (({"mine": True}, {"ritual.asked": [ASKED]}),),
    "ritual-tell": (({}, {"ritual.asked": [ASKED]}),),
    "keepsake": (({}, {"woo.noticed": [NOTICED]}),),
    "dance": (
        ({"since": 0}, {"dance.week": _weeks(EVEN)}),
        ({"since": 0}, {"dance.week": _weeks(EVEN, EVEN)}),
        ({"dances": 1, "together": True, "since": 0}, {"dance.week": _weeks(EVEN, EVEN, EVEN), "dance.line": LINE}),
        ({"dances": -1, "since": 0}, {"dance.week": _weeks(CLOSER, ROOMIER, EVEN, EVEN)}),
    ),
}
OFFERED = 2  # beginnings of a conversation that others offer, at most
REMEMBERED = 3  # records of one name, at most


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
    partner = BEN if couple is not None and people == (ANA,) else None
    session = Session(SessionId(1), exercise.name, people, couple, 4, SUNDAY, Status.OPEN, given=given, last=SUNDAY)
    return replace(session, partner=partner)


def beginnings(exercise: Exercise) -> Iterator[Session]:
    """All ways in which a conversation can begin: by somebody alone, by one of two who are linked or by both, with
    what others offer it with, and with a past."""
    yield from by_command(exercise)
    yield from by_others(exercise, _walked())


def by_command(exercise: Exercise) -> Iterator[Session]:
    """Those with what commands give it."""
    for given in GIVEN.get(exercise.name, ({},)):
        yield from _plain(exercise, given)


def by_others(exercise: Exercise, walked: Walked) -> Iterator[Session]:
    """Those with what others offer it with, and with what others keep."""
    given = GIVEN.get(exercise.name, ({},))
    offered = [g for g in walked.offers.get(exercise.name, {}).values() if g not in given]
    for each in offered[:OFFERED]:
        yield from _plain(exercise, each)
    if exercise.reads:
        yield replace(_linked(exercise, given[0]), past=_past(exercise, walked))
    yield from _remembering(exercise)


def _remembering(exercise: Exercise) -> Iterator[Session]:
    for each, past in REMEMBERING.get(exercise.name, ()):
        known: dict[str, Json] = {name: [*records] for name, records in past.items()}
        yield replace(_linked(exercise, each), past={"0": known, "1": known})


def _plain(exercise: Exercise, given: Mapping[str, Json]) -> Iterator[Session]:
    yield fresh(exercise, (ANA,), None, **given)
    yield _linked(exercise, given)


def _linked(exercise: Exercise, given: Mapping[str, Json]) -> Session:
    people = (ANA, BEN) if exercise.scope is Scope.COUPLE else (ANA,)
    return fresh(exercise, people, COUPLE_ID, **given)


# ---- what conversations leave behind for others


@dataclass
class Walked:
    """What was met on a quick walk through everything: offers by exercise, records by "exercise.name"."""

    offers: dict[str, dict[str, Mapping[str, Json]]] = field(default_factory=dict)
    records: dict[str, dict[str, Json]] = field(default_factory=dict)

    def note(self, exercise: Exercise, act: Act) -> None:
        """Notes an offer or a record, each only once."""
        if isinstance(act, Offer):
            self.offers.setdefault(act.exercise, {})[repr(dict(act.given))] = act.given
        elif isinstance(act, Keep):
            self.records.setdefault(f"{exercise.name}.{act.name}", {})[str(act.value)] = act.value


@cache
def _walked() -> Walked:
    walked, by_name = Walked(), {exercise.name: exercise for exercise in ALL}
    waiting = [(exercise, given) for exercise in ALL for given in GIVEN.get(exercise.name, ({},))]
    for exercise, given in waiting:
        before = {name: set(offers) for name, offers in walked.offers.items()}
        for begin in (*_plain(exercise, given), *_remembering(exercise)):
            for step in Walker(exercise, around(), BEN, follow=1, straight=3).walk(begin):
                for act in step.turn.acts:
                    walked.note(exercise, act)
        for name, offers in walked.offers.items():
            new = [given for key, given in offers.items() if key not in before.get(name, ())]
            waiting += [(by_name[name], given) for given in new if given not in GIVEN.get(name, ({},))]
    return walked


def records() -> Mapping[str, Mapping[str, Json]]:
    """What conversations keep, by "exercise.name"."""
    return _walked().records


def _past(exercise: Exercise, walked: Walked) -> dict[str, Json]:
    """A few records of each name that an exercise reads, an hour apart; the same for both."""
    found: dict[str, Json] = {}
    for name in exercise.reads:
        values = list(walked.records.get(name, {}).values())[-REMEMBERED:]
        records: list[Json] = [{"value": v, "at": SUNDAY - n * 3_600, "by": int(ANA)} for n, v in enumerate(values, 1)]
        found[name] = records[::-1]
    return {"0": found, "1": found}
