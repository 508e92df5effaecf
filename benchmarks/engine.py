"""The engine alone, in memory: what one turn of an exercise of ten questions costs, and how that grows."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import linear_regression, mean
from time import perf_counter

from benchmarks.audit import ANSWER, QUESTIONS, audit
from benchmarks.figures import Figure, figure, microseconds
from benchmarks.sizes import Sizes
from bot.commands.lines import PHRASES
from bot.engine.advance import advance
from bot.engine.events import Chose, Event, Said, Start
from bot.engine.ids import PersonId, SessionId
from bot.engine.run import Surroundings
from bot.engine.session import Kind, Session, Status
from bot.words.content import load_content

ANA = PersonId(1)

Step = tuple[Session, Event]


def measure(sizes: Sizes) -> Iterator[Figure]:
    """The mean turn, and what each question already answered adds to it."""
    around = Surroundings({ANA: "Europe/Lisbon"}, {}, PHRASES, load_content().vocabulary("en"))
    steps = _steps(around)
    rounds = [[_time(step, around, sizes.repeats) for step in steps] for _ in range(sizes.rounds)]
    growth = [linear_regression(range(QUESTIONS), turns).slope for turns in rounds]
    yield figure("engine alone: a turn of ten questions", [mean(turns) for turns in rounds], microseconds)
    yield figure("engine alone: more for each answer before it", growth, microseconds)


def _steps(around: Surroundings) -> list[Step]:
    """The ten turns of one play: the session before each, and the event."""
    planned = Session(SessionId(1), audit.name, (ANA,), None, 7, 0, Status.OPEN)
    session = advance(audit, planned, Start(0), around).session
    steps: list[Step] = []
    for at in range(1, QUESTIONS + 1):
        (prompt,) = session.open.values()
        event: Event = (
            Said(at, ANA, prompt.no, ANSWER)
            if prompt.kind is Kind.TEXT
            else Chose(at, ANA, prompt.no, (prompt.options[0].token,))
        )
        steps.append((session, event))
        session = advance(audit, session, event, around).session
    return steps


def _time(step: Step, around: Surroundings, repeats: int) -> float:
    session, event = step
    begun = perf_counter()
    for _ in range(repeats):
        advance(audit, session, event, around)
    return (perf_counter() - begun) / repeats
