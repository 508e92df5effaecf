"""Walks an exercise: every option of every question, both people, every timer, to a bounded depth.

For tests and diagrams; nothing of the running program needs it. A state is tried with every deed that is possible in
it; of the states in which the same questions are open, so many are followed further, and a few plays go straight
ahead, always with the same kind of deed, so that "all of them the last option" is among what was walked.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

from bot.engine.acts import Act, Ask, Line, Remind
from bot.engine.advance import Turn, advance
from bot.engine.events import Chose, Due, Event, Joined, Linked, Said, Start, Unseated
from bot.engine.exercise import Exercise, Scope
from bot.engine.ids import CoupleId, PersonId
from bot.engine.run import Surroundings
from bot.engine.session import Kind, Prompt, Session, Status
from bot.engine.text import Text

STEP = 61  # seconds between two deeds: more than a minute, so that no hint is held back
DEEP = 80  # deeds in a row at most
STRAIGHT = 8  # plays that go straight ahead
ANSWER, NO_ANSWER, CITY = "A lighthouse.", "?!", "Lisbon"
COUPLE = CoupleId(1)
LATE = 10 * 86_400  # seconds by which a timer comes late, if it does

Asked: TypeAlias = Mapping[PersonId, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a conversation stands, whatever was answered: a box of a diagram."""

    open: tuple[str, ...]
    timers: tuple[str, ...]
    people: int
    linked: bool
    ended: bool

    @property
    def alive(self) -> bool:
        """Whether something can still happen: a question is open, a timer runs, or it is over."""
        return bool(self.open or self.timers) or self.ended


@dataclass(frozen=True, slots=True)
class Step:
    """One deed: what was before, what was done, what came of it. `asked`: the names of the questions that each person
    had since the beginning or the last pause."""

    before: Session
    event: Event
    turn: Turn
    asked: Asked

    @property
    def edge(self) -> tuple[Place, str, Place]:
        """The two boxes of a diagram and the word at the arrow between them."""
        return place(self.before), deed(self.before, self.event), place(self.turn.session)


Waypoint: TypeAlias = tuple[Session, Asked]


def place(session: Session) -> Place:
    """Where a session stands."""
    ended = session.status is Status.ENDED
    people, linked = len(session.people), session.couple is not None
    return Place(tuple(sorted(session.open)), tuple(sorted(session.timers)), people, linked, ended)


def walk(exercise: Exercise, begin: Session, around: Surroundings, guest: PersonId, follow: int = 12) -> Iterator[Step]:
    """All steps, breadth first: of the states at the same place, `follow` are gone on from. Then straight ahead. The
    same step can come more than once. Raises `ExerciseError` when the exercise raises."""
    first = _step(exercise, (begin, {}), Start(begin.started), around)
    yield first
    seen, here = set[str](), Counter[Place]()
    waiting = deque([_waypoint(first)])
    while waiting:
        now = waiting.popleft()
        for event in deeds(exercise, now[0], guest):
            step = _step(exercise, now, event, around)
            yield step
            after = step.turn.session
            spot, state = place(after), _state(after)
            if spot.ended or state in seen or here[spot] >= follow:
                continue
            seen.add(state)
            here[spot] += 1
            waiting.append(_waypoint(step))
    for kind in range(STRAIGHT):
        yield from _straight(exercise, first, around, guest, kind)


def _straight(exercise: Exercise, first: Step, around: Surroundings, guest: PersonId, kind: int) -> Iterator[Step]:
    """One play in which always the deed of that number is done, or the last one; those that change nothing are not."""
    now = _waypoint(first)
    for _ in range(DEEP):
        steps = [_step(exercise, now, event, around) for event in deeds(exercise, now[0], guest)]
        moving = [step for step in steps if _state(step.turn.session) != _state(now[0])]
        if not moving:
            return
        step = moving[min(kind, len(moving) - 1)]
        yield step
        now = _waypoint(step)


def _waypoint(step: Step) -> Waypoint:
    return step.turn.session, step.asked


def _step(exercise: Exercise, now: Waypoint, event: Event, around: Surroundings) -> Step:
    before, asked = now
    turn = advance(exercise, before, event, around)
    paused = any(not name.endswith(":open") for name in turn.session.passed - before.passed)
    return Step(before, event, turn, _counted({} if paused else asked, turn))


def _counted(asked: Asked, turn: Turn) -> Asked:
    sent = [turn.session.prompt(act.no) for act in turn.acts if isinstance(act, Ask)]
    new = dict(asked)
    for prompt in sent:
        if prompt is not None:
            new[prompt.to] = new.get(prompt.to, frozenset()) | {prompt.name}
    return new


def _state(session: Session) -> str:
    """What a session's way from here depends on, times left out."""
    answers = sorted((name, repr(a.value)) for name, a in session.answers.items())
    ticks = sorted((name, p.ticks) for name, p in session.open.items())
    return repr((place(session), session.people, answers, ticks, sorted(session.passed)))


# ---- what can be done


def deeds(exercise: Exercise, session: Session, guest: PersonId) -> Iterator[Event]:
    """All that can happen next: every answer to every open question, the next timer, somebody coming or going."""
    at = session.last + STEP
    if session.status is Status.ENDED:
        return
    for prompt in session.open.values():
        yield from _answers(prompt, at)
    if session.timers:
        due = max(min(session.timers.values()), session.last)
        yield from (Due(due), Due(due + LATE))
    if exercise.scope is Scope.COUPLE and session.couple is None:
        yield from (Joined(at, guest),) if len(session.people) == 1 else (Linked(at, COUPLE), Unseated(at, guest))


def _answers(prompt: Prompt, at: int) -> Iterator[Event]:
    for tokens in _presses(prompt):
        yield Chose(at, prompt.to, prompt.no, tokens)
    for typed in _typed(prompt, at):
        yield Said(at, prompt.to, prompt.no, typed)


def _presses(prompt: Prompt) -> Iterator[tuple[str, ...]]:
    tokens = [o.token for o in prompt.options]
    if prompt.kind is Kind.MANY:
        yield (*tokens[: prompt.least], "done")
        yield (*tokens[-prompt.least :], "done")
        yield ("done",)
    else:
        yield from ((token,) for token in tokens)
    yield from ((side.token,) for side in prompt.sides)
    if any(side.folded for side in prompt.sides) and not prompt.unfolded:
        yield ("more",)


def _typed(prompt: Prompt, at: int) -> Iterator[str]:
    """Words for a question: one answer where any words will do, else one of each form that can be read, and one that
    cannot."""
    if prompt.free or prompt.own_words:
        yield ANSWER
        return
    if prompt.kind is Kind.TEXT:
        now = datetime.fromtimestamp(at, UTC)
        yield from (f"{now:%H:%M}", f"{now + timedelta(hours=1):%H:%M}", f"{now + timedelta(days=2):%Y-%m-%d}", CITY)
    yield NO_ANSWER


def deed(session: Session, event: Event) -> str:
    """What was done, in a word or two."""
    match event:
        case Said(_, by, no, typed):
            return f"{by} writes {typed!r} to {_name(session, no)}"
        case Chose(_, by, no, tokens):
            return f"{by} taps {'+'.join(tokens)} at {_name(session, no)}"
        case Due(at):
            return "time passes" if at - LATE < min(session.timers.values()) else "much time passes"
        case _:
            return type(event).__name__.lower()


def _name(session: Session, no: int) -> str:
    prompt = session.prompt(no)
    return prompt.name if prompt else "nothing"


# ---- what was heard


def sentences(steps: Iterable[Step]) -> set[str]:
    """The source sentences that somebody heard or saw: lines, questions, options, hints, replies, buttons."""
    heard = set[str]()
    for step in steps:
        shown = [step.turn.session.prompt(a.no) for a in step.turn.acts if isinstance(a, Ask)]
        for said in (*_said(step.turn.acts), *(text for prompt in shown if prompt for text in _shown(prompt))):
            heard |= set(_keys(said))
    return heard


def _said(acts: Iterable[Act]) -> Iterator[Text]:
    for act in acts:
        match act:
            case Line():
                yield act.text
                yield from (button.label for button in act.buttons)
            case Ask(_, Text() as lead) | Remind(_, lead):
                yield lead
            case _:
                continue


def _shown(prompt: Prompt) -> Iterator[Text]:
    yield prompt.text
    yield from (option.label for option in prompt.options)
    yield from (side.label for side in prompt.sides)
    yield from (prompt.done,) if prompt.done else ()


def _keys(said: Text) -> Iterator[str]:
    yield said.key
    for _, value in said.args:
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, Text):
                yield from _keys(part)


# ---- diagrams


def edges(steps: Iterable[Step]) -> dict[tuple[Place, Place], set[str]]:
    """The arrows of a diagram, with what is done along each."""
    drawn = dict[tuple[Place, Place], set[str]]()
    for step in steps:
        one, word, other = step.edge
        drawn.setdefault((one, other), set()).add(word)
    return drawn
