"""A conversation as data: its answers by name, what is done, and what it waits for. Nothing else survives a turn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from bot.engine.ids import CoupleId, PersonId, SessionId
from bot.engine.text import Text, Words

Json = str | int | bool | None | list["Json"] | dict[str, "Json"]


REST = 30 * 86_400  # seconds without an event after which a session that waits for no timer ends


class Status(StrEnum):
    """Where a session stands."""

    PLANNED = "planned"  # offered for later; begins at `wake`
    OPEN = "open"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. `by` is None when the time for it ran out; `free` marks typed words that may still be added to;
    a sealed one carries its question, to be kept for its writer should it never open; `no` is its prompt's, 0 for one
    that nobody was asked for."""

    value: Json = field(repr=False)
    by: PersonId | None
    at: int
    turn: int
    free: bool = False
    sealed: Json = field(default=None, repr=False)
    no: int = 0


@dataclass(frozen=True, slots=True)
class Option:
    """One way to answer: its token (a constant or a number, never typed words) and its label."""

    token: str
    label: Text


@dataclass(frozen=True, slots=True)
class Note:
    """What a NOTE tap keeps: a record's name, whether the partner's draws may read it too, and its value."""

    name: str
    shared: bool
    value: Json


@dataclass(frozen=True, slots=True)
class Setting:
    """What a NOTE tap sets of the person who tapped: its name among what can be set, and its value."""

    name: str
    value: Json


class Tap(StrEnum):
    """What a side tap does to its question."""

    ANSWER = "answer"  # it is this person's answer (pass)
    NOTE = "note"  # it is noted, the question stays open (lighter)
    BREAK = "break"  # it ends the question for both (another)


@dataclass(frozen=True, slots=True)
class Side:
    """A side tap beside a question: a button only, typed words never mean it. `folded` ones stand behind "…".
    A NOTE keeps or sets its `note`, and `reply` is said to the person who tapped."""

    token: str
    label: Text
    tap: Tap
    folded: bool = False
    reply: Text | None = None
    note: Note | Setting | None = None


class Kind(StrEnum):
    """How a question may be answered."""

    TEXT = "text"
    CHOICE = "choice"
    MANY = "many"


@dataclass(frozen=True, slots=True)
class Prompt:
    """An open question. `no` is never used twice in a session, and counts the questions of one seat; `ticks` are the
    tokens (or own words) ticked so far, at `least` and at `most` so many; `free`: the answer is words as they are
    typed; `hinted`: when a hint was given."""

    name: str
    no: int
    to: PersonId
    text: Text
    kind: Kind
    options: tuple[Option, ...] = ()
    sides: tuple[Side, ...] = ()
    own_words: bool = False
    ticks: tuple[str | Words, ...] = ()
    unfolded: bool = False
    done: Text | None = None
    least: int = 1
    most: int = 1
    free: bool = False
    hinted: int | None = None
    sealed: bool = False

    def after(self, before: Prompt) -> Prompt:
        """The prompt as it is asked now, with what happened to it so far. What is no longer offered is not ticked."""
        offered = {o.token for o in self.options}
        ticks = tuple(t for t in before.ticks if isinstance(t, Words) or t in offered)
        return replace(self, no=before.no, ticks=ticks, unfolded=before.unfolded, hinted=before.hinted)


@dataclass(frozen=True, slots=True)
class Session:
    """One time that a person or a couple goes through an exercise.

    `people`: who takes part, the starter first; a couple's session may wait for its second. `partner`: whom the
    person of an exercise of their own was linked with at its start. `fixed`: draws and moments, once made. `past`:
    what the exercise declared to read, loaded once at the start: per seat, per name. `prompts`: how many questions
    were put so far, per seat.
    `dues`: when each pause and each limit is over (epoch seconds), from the first run that reached it; `passed` are
    over; `timers` are those that the last run waits for. `done`: what was said, recorded, offered, with its turn.
    `fences`: per person, the turn up to which nothing can be taken back. `failures` and `retry`: how often in a row
    the exercise raised on its timer, and when it is tried again. `aside`: who has said *not now*; what they type is
    not for this session until they come back to it.
    """

    id: SessionId
    exercise: str
    people: tuple[PersonId, ...]
    couple: CoupleId | None
    seed: int
    started: int
    status: Status = Status.PLANNED
    given: Mapping[str, Json] = field(default_factory=dict, repr=False)
    past: Mapping[str, Json] = field(default_factory=dict, repr=False)
    answers: Mapping[str, Answer] = field(default_factory=dict)
    fixed: Mapping[str, Json] = field(default_factory=dict)
    dues: Mapping[str, int] = field(default_factory=dict)
    passed: frozenset[str] = frozenset()
    timers: Mapping[str, int] = field(default_factory=dict)
    done: Mapping[str, int] = field(default_factory=dict)
    open: Mapping[str, Prompt] = field(default_factory=dict)
    fences: Mapping[PersonId, int] = field(default_factory=dict)
    turn: int = 0
    prompts: tuple[int, int] = (0, 0)
    last: int = 0
    begins: int | None = None
    failures: int = 0
    retry: int | None = None
    aside: frozenset[PersonId] = frozenset()
    partner: PersonId | None = None

    @property
    def wake(self) -> int | None:
        """When time has something to do here, in epoch seconds; None once the session has ended."""
        if self.retry is not None and self.status is not Status.ENDED:
            return self.retry
        if self.status is Status.PLANNED:
            return self.begins
        return min(self.timers.values(), default=self.last + REST) if self.status is Status.OPEN else None

    def prompt(self, no: int) -> Prompt | None:
        """The open prompt of that number."""
        return next((p for p in self.open.values() if p.no == no), None)

    def waits_for(self, person: PersonId) -> bool:
        """Whether a question is open for that person."""
        return any(p.to == person for p in self.open.values())
