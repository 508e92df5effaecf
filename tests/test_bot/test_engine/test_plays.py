"""Thousands of random plays over every conversation there is: what must hold, holds in each (see `referee`)."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.engine.events import Amended, Back, Chose, Due, Event, Joined, Linked, Said, Start, Stopped, Unseated
from bot.engine.exercise import Exercise, Scope
from bot.engine.ids import PersonId
from bot.engine.session import Kind, Session, Status
from bot.engine.walker import Walker
from tests.exercises import SAMPLES
from tests.test_bot.test_engine.referee import Referee
from tests.test_bot.test_engine.world import ANA, BEN, COUPLE_ID, REAL, around, beginnings

PLAYS = 90  # of each conversation
HOUR = 3_600
HOURS = (0, 0, 1, 1, 7, 11, 20, 30, 60, 800)  # between two events
FORGED = ("", "more", "done", "own.0", "yes", "1", "pass", "table", "deeper", "nowhere", "a\nb")
PEOPLE = (ANA, BEN)
# a number picks what happens, the rest of it how
MOVES = st.lists(st.integers(0, 2**24 - 1), min_size=8, max_size=28)


class Chance:
    """A number, used up digit by digit."""

    def __init__(self, number: int) -> None:
        """From this number."""
        self.number = number

    def below(self, most: int) -> int:
        """A number below that."""
        self.number, found = divmod(self.number, max(most, 1))
        return found

    def person(self) -> PersonId:
        """Ana or Ben."""
        return PEOPLE[self.below(2)]


Move = Callable[[Exercise, Session, Chance, int], Event]


def sensible(exercise: Exercise, session: Session, chance: Chance, n: int) -> Event:
    """Something that somebody can do now, or the next timer; words are such as nobody else types."""
    possible = [event for event in Walker(exercise, around(), BEN).deeds(session) if not isinstance(event, Due)]
    if not possible:
        return rung(exercise, session, chance, n)
    event = possible[chance.below(len(possible))]
    prompt = session.prompt(event.prompt) if isinstance(event, Said) else None
    return replace(event, text=f"w{n}x") if isinstance(event, Said) and prompt and prompt.free else event


def answered(exercise: Exercise, session: Session, chance: Chance, n: int) -> Event:
    """A plain answer to an open question: words, or one of its options."""
    if not session.open:
        return sensible(exercise, session, chance, n)
    prompt = list(session.open.values())[chance.below(len(session.open))]
    if prompt.free:
        return Said(session.last + 1, prompt.to, prompt.no, f"w{n}x")
    mine = [
        e
        for e in Walker(exercise, around(), BEN).deeds(session)
        if isinstance(e, Said | Chose) and e.prompt == prompt.no
    ]
    return mine[chance.below(len(mine))]


def typed(_exercise: Exercise, session: Session, chance: Chance, n: int) -> Event:
    """Words, for whatever number, by whomever."""
    words = (f"w{n}x", " ", f" w{n}x\nand more ", "2", "Deeper", "19:30")[chance.below(6)]
    return Said(session.last + chance.below(90), chance.person(), chance.below(2 * max(session.prompts) + 2), words)


def forged(_exercise: Exercise, session: Session, chance: Chance, n: int) -> Event:
    """A press of anything, anywhere."""
    tokens = (FORGED[chance.below(len(FORGED))], FORGED[chance.below(len(FORGED))])[: chance.below(3)]
    return Chose(session.last + chance.below(90), chance.person(), chance.below(2 * max(session.prompts) + 2), tokens)


def ticked(_exercise: Exercise, session: Session, chance: Chance, n: int) -> Event:
    """One option of a question with several, or several."""
    many = [p for p in session.open.values() if p.kind is Kind.MANY]
    if not many:
        return Due(session.last)
    prompt = many[chance.below(len(many))]
    tokens = [o.token for o in prompt.options]
    return Chose(session.last + 1, prompt.to, prompt.no, tuple(tokens[chance.below(9) % len(tokens)] for _ in "12"))


def back(_exercise: Exercise, session: Session, chance: Chance, n: int) -> Event:
    """Somebody takes something back."""
    return Back(session.last + chance.below(90), chance.person())


def woken(_exercise: Exercise, session: Session, chance: Chance, n: int) -> Event:
    """A timer, at any time."""
    return Due(session.last + HOURS[chance.below(len(HOURS))] * HOUR)


def rung(_exercise: Exercise, session: Session, chance: Chance, n: int) -> Event:
    """A timer, when it is due."""
    return Due(min(session.timers.values(), default=session.last))


def amended(_exercise: Exercise, session: Session, chance: Chance, n: int) -> Event:
    """A second message, or an edit, to anything."""
    names = [*session.answers, "nothing"]
    name, part = names[chance.below(len(names))], chance.below(3)
    return Amended(session.last + chance.below(90), chance.person(), name, part, f"w{n}x")


def paired(exercise: Exercise, session: Session, chance: Chance, n: int) -> Event:
    """Somebody comes, goes, or is linked; where nobody can, time passes."""
    at = session.last + chance.below(90)
    if exercise.scope is Scope.ALONE or session.couple is not None:
        return Due(at)
    if len(session.people) == 1:
        return Joined(at, BEN)
    return (Linked(at, COUPLE_ID), Unseated(at, BEN))[chance.below(2)]


def stopped(_exercise: Exercise, session: Session, chance: Chance, n: int) -> Event:
    """Somebody has had enough; rarely."""
    return Stopped(session.last + 1) if chance.below(8) == 7 else Due(session.last)


WHAT: tuple[Move, ...] = (
    *(answered,) * 8, *(sensible,) * 2, *(paired,) * 2, *(back,) * 2,
    typed, forged, ticked, woken, rung, amended, stopped,
)  # fmt: skip


def play(exercise: Exercise, beginning: int, moves: list[int]) -> Referee:
    """A play of these moves, watched from its start; once it is over, two more events find nothing."""
    ways = tuple(beginnings(exercise))
    referee = Referee(exercise, ways[beginning % len(ways)])
    referee.take(Start(referee.session.started))
    over = 0
    for n, number in enumerate(moves):
        chance = Chance(number)
        move = WHAT[chance.below(len(WHAT))]
        referee.take(move(exercise, referee.session, chance, n))
        over += referee.session.status is Status.ENDED
        if over > 2:
            break
    return referee


@pytest.fixture(scope="module", autouse=True)
def walked_once() -> None:
    """All beginnings are there before the first play: what fails in making them is no play to be shortened."""
    for exercise in REAL:
        assert list(beginnings(exercise))


@pytest.mark.parametrize("exercise", [*REAL, *SAMPLES], ids=lambda exercise: exercise.name)
@settings(max_examples=PLAYS, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(beginning=st.integers(0, 11), moves=MOVES)
def test_whatever_two_people_do(exercise: Exercise, beginning: int, moves: list[int]) -> None:
    """Nothing sealed leaves early, nothing is said or kept twice, a restart changes nothing, something can happen."""
    play(exercise, beginning, moves)
