"""Walks an exercise: every option of every question, both people, every timer, to a bounded depth.

For tests and diagrams; nothing of the running program needs it. In a state, every deed that is possible is done; of
the states with the same questions answered and open, so many are gone on from. A few plays go straight ahead, always
with the same kind of deed, so that "the last option, each time" is among what was walked.
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
from bot.engine.pictures import Picture
from bot.engine.run import Surroundings
from bot.engine.session import Kind, Prompt, Session, Status
from bot.engine.text import Arg, Text

STEP = 61  # seconds between two deeds: more than a minute, so that no hint is held back
ANSWER, NO_ANSWER, CITY, HOURS, LOGISTICS = "A lighthouse.", "?!", "Lisbon", "22-8", "What's for dinner?"
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


@dataclass(frozen=True, slots=True)
class Walker:
    """Walks one exercise. `guest`: who comes in where somebody can; `follow`: of the states with the same questions
    behind and before them, so many are gone on from; `straight`: so many plays go straight ahead; `words`: what is
    typed where any words will do."""

    exercise: Exercise
    around: Surroundings
    guest: PersonId
    follow: int = 8
    straight: int = 8
    words: str = ANSWER

    def walk(self, begin: Session) -> Iterator[Step]:
        """All steps, breadth first, then straight ahead; some come more than once. Raises `ExerciseError` when the
        exercise raises."""
        first = self._step((begin, {}), Start(begin.started))
        yield first
        seen, here = set[str](), Counter[str]()
        waiting = deque([_waypoint(first)])
        while waiting:
            for step in self._steps(waiting.popleft()):
                yield step
                shape, state = _shape(step.turn.session), _state(step.turn.session)
                if state not in seen and here[shape] < self.follow:
                    seen.add(state)
                    here[shape] += 1
                    waiting.append(_waypoint(step))
        for kind in range(self.straight):
            yield from self._straight(_waypoint(first), kind)

    def deeds(self, session: Session) -> Iterator[Event]:
        """All that can happen next: each answer to each open question, the next timer, somebody coming or going."""
        if session.status is Status.ENDED:
            return
        at = session.last + STEP
        for prompt in session.open.values():
            yield from (Chose(at, prompt.to, prompt.no, tokens) for tokens in _presses(prompt))
            yield from (Said(at, prompt.to, prompt.no, typed) for typed in _typed(prompt, at, self.words))
        if session.timers:
            due = max(min(session.timers.values()), session.last)
            yield from (Due(due), Due(due + LATE))
        if self.exercise.scope is Scope.COUPLE and session.couple is None:
            alone = len(session.people) == 1
            yield from (Joined(at, self.guest),) if alone else (Linked(at, COUPLE), Unseated(at, self.guest))

    def _straight(self, now: Waypoint, kind: int) -> Iterator[Step]:
        """One play in which always the deed of that number is done, or the last one; never one that leads
        to where it was before."""
        seen = {_state(now[0])}
        while moving := [step for step in self._steps(now) if _state(step.turn.session) not in seen]:
            step = moving[min(kind, len(moving) - 1)]
            yield step
            now = _waypoint(step)
            seen.add(_state(now[0]))

    def _steps(self, now: Waypoint) -> list[Step]:
        return [self._step(now, event) for event in self.deeds(now[0])]

    def _step(self, now: Waypoint, event: Event) -> Step:
        before, asked = now
        turn = advance(self.exercise, before, event, self.around)
        paused = any(not name.endswith(":open") for name in turn.session.passed - before.passed)
        return Step(before, event, turn, _counted({} if paused else asked, turn))


def _waypoint(step: Step) -> Waypoint:
    return step.turn.session, step.asked


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


def _shape(session: Session) -> str:
    """The way that led here: which questions were answered, whatever the answers."""
    return repr((place(session), sorted(session.answers), sorted(session.passed)))


# ---- what can be done


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


def _typed(prompt: Prompt, at: int, words: str) -> Iterator[str]:
    """Words for a question: one answer where any words will do, else one of each form that can be read, and one that
    cannot."""
    if prompt.free or prompt.own_words:
        yield words
        return
    if prompt.kind is Kind.TEXT:
        now = datetime.fromtimestamp(at, UTC)
        yield words
        yield from (f"{now:%H:%M}", f"{now + timedelta(hours=1):%H:%M}", f"{now + timedelta(days=2):%Y-%m-%d}")
        yield from (CITY, HOURS, "none", LOGISTICS)
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
    return {key for step in steps for key in heard(step)}


def heard(step: Step) -> Iterator[str]:
    """The source sentences of one step, first what was said, then what was asked."""
    shown = [step.turn.session.prompt(act.no) for act in step.turn.acts if isinstance(act, Ask)]
    for said in (*_said(step.turn.acts), *(text for prompt in shown if prompt for text in _shown(prompt))):
        yield from _keys(said)


def _said(acts: Iterable[Act]) -> Iterator[Text | Picture]:
    for act in acts:
        match act:
            case Line():
                yield act.text
                yield from (act.picture,) if act.picture else ()
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


def _keys(said: Arg | Picture) -> Iterator[str]:
    match said:
        case Text(key, args):
            yield key
            yield from _keys(tuple(value for _, value in args))
        case Picture(_, parts):
            yield from _keys(tuple(value for _, value in parts))
        case tuple():
            for part in said:
                yield from _keys(part)


# ---- diagrams


def edges(steps: Iterable[Step]) -> dict[tuple[Place, Place], set[str]]:
    """The arrows of a diagram, with what is done along each."""
    drawn = dict[tuple[Place, Place], set[str]]()
    for step in steps:
        one, word, other = step.edge
        drawn.setdefault((one, other), set()).add(word)
    return drawn
