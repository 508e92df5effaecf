"""One run of an exercise from the top: what the session knew, what the event brings, and what comes of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from bot.engine.acts import Act, Keep, Visibility
from bot.engine.decks import DeckCard
from bot.engine.errors import RuleBroken
from bot.engine.events import Chose, Event, Joined, Said, Start
from bot.engine.ids import PersonId
from bot.engine.parsers import Vocabulary
from bot.engine.session import Answer, Json, Prompt, Session
from bot.engine.text import Text

CALLS = 200  # of Talk in one run; more is a loop that has lost its way
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]*(/[a-z0-9][a-z0-9._-]*)*")


class Waiting(BaseException):
    """Unwinds an exercise at a question without an answer. No `Exception`, so that an exercise cannot swallow it."""


class Ended(BaseException):
    """Unwinds an exercise that ends itself."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """The few sentences that the engine itself needs, handed in: sentences live in rooms of their own."""

    yes: Text
    no: Text
    done: Text
    choose: Text
    own_words: Text
    count: Text
    exactly: Text
    not_understood: Text


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a turn may look at beside its session: zones of the people, decks, phrases, the writer's vocabulary."""

    zones: Mapping[PersonId, str]
    decks: Mapping[str, tuple[DeckCard, ...]]
    phrases: Phrases
    vocabulary: Vocabulary


@dataclass(slots=True)
class Given:
    """What the event offers to one open question; taken by that question, or by none."""

    name: str
    event: Said | Chose
    prompt: Prompt
    taken: bool = False


@dataclass(slots=True)
class Uttered:
    """A line, record, offer or effect that this run would bring about, with the mark under which it is done once."""

    mark: str
    act: Act
    fences: tuple[PersonId, ...] = ()  # who cannot go back behind it
    kept: bool = False  # outlives an old answer that comes after it: for somebody who has just come in


@dataclass(frozen=True, slots=True)
class Reminder:
    """A question sent again once, after `wait`, with `lead` above it, unless it was answered by then."""

    lead: Text
    wait: timedelta


@dataclass(slots=True)
class Run:
    """The mutable state of one run; gone when the turn is over."""

    exercise: str
    before: Session
    event: Event
    around: Surroundings
    turn: int
    answers: dict[str, Answer]
    fixed: dict[str, Json]
    dues: dict[str, int]
    passed: set[str]
    fences: dict[PersonId, int]
    given: Given | None
    open: dict[str, Prompt] = field(default_factory=dict)
    timers: dict[str, int] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    counts: dict[str, int] = field(default_factory=dict)
    wrong: Text | None = None
    reminders: dict[str, tuple[Reminder, int]] = field(default_factory=dict)
    calls: int = 0
    last_name: str = ""
    moved: bool = False  # took a new answer, passed a pause, or is the start
    renamed: dict[str, str] = field(default_factory=dict)  # open questions, to the names that they had before
    behind: int = 0  # the turn of the last answer that this run has come by

    @classmethod
    def of(cls, exercise: str, session: Session, event: Event, around: Surroundings) -> Run:
        """A run over copies of what the session holds."""
        given = None
        if isinstance(event, Said | Chose):
            prompt = session.prompt(event.prompt)
            given = Given(prompt.name, event, prompt) if prompt else None
        return cls(
            exercise=exercise,
            before=session,
            event=event,
            around=around,
            turn=session.turn + 1,
            answers=dict(session.answers),
            fixed=dict(session.fixed),
            dues=dict(session.dues),
            passed=set(session.passed),
            fences=dict(session.fences),
            given=given,
            moved=isinstance(event, Start),
        )

    @property
    def at(self) -> int:
        """The event's time, in epoch seconds."""
        return self.event.at

    @property
    def joined(self) -> PersonId | None:
        """Who has just come in, and hears what was said before."""
        return self.event.person if isinstance(self.event, Joined) else None

    @property
    def ignored(self) -> bool:
        """Whether the event was for a question, and no question took it."""
        return self.given is not None and not self.given.taken

    def count_call(self) -> None:
        """Rule 10. Raises `RuleBroken` beyond 200 calls."""
        self.calls += 1
        if self.calls > CALLS:
            raise RuleBroken(self.last_name, f"more than {CALLS} calls of Talk in one run")

    def name_once(self, name: str) -> str:
        """Rule 7 and the form of names (rule 1). Raises `RuleBroken`."""
        if not _NAME.fullmatch(name):
            raise RuleBroken("(a name)", "names are made of constants and numbers: a-z 0-9 . _ -")
        self.last_name = name  # only now: an error shows it, and it could have been typed
        if name in self.used:
            raise RuleBroken(name, "this name is used twice in one run; in a loop, number it")
        self.used.add(name)
        return name

    def fence(self, people: tuple[PersonId, ...], turn: int | None = None) -> None:
        """These people cannot take back what they answered so far; or up to that turn."""
        for person in people:
            self.fences[person] = max(self.fences.get(person, 0), self.turn if turn is None else turn)

    def was_open(self, name: str) -> Prompt | None:
        """The prompt of that question as it stood before, maybe under the name that it had then."""
        return self.before.open.get(self.renamed.get(name, name))

    def take(self, prompt: Prompt) -> Given | None:
        """What the event brings for this question, once; read as it is asked now."""
        given, name = self.given, prompt.name
        if given is None or given.taken or given.name != self.renamed.get(name, name):
            return None
        given.taken, given.name, given.prompt = True, name, prompt.after(given.prompt)
        return given

    def limit(self, name: str, within: timedelta, was: str | None = None) -> int:
        """When the time for `name` is over: fixed by the first run that asked (epoch seconds)."""
        before = self.dues.get(f"{was}:within", self.at + int(within.total_seconds()))
        return self.dues.setdefault(f"{name}:within", before)


def leaving(uttered: list[Uttered], run: Run) -> list[Uttered]:
    """Rules 1 and 2: what leaves in this turn: nothing twice, and nothing in a turn that did not move on, but for
    what somebody who has just come in is told."""
    seen, left = set(run.before.done), list[Uttered]()
    for each in uttered:
        if each.mark not in seen and (run.moved or each.kept):
            seen.add(each.mark)
            left.append(each)
    return left


def unopened(session: Session, answers: Mapping[str, Answer]) -> list[Keep]:
    """Sealed answers that never opened: kept for their writers, with the question as it was asked."""
    return [
        Keep(
            f"kept.{name.rpartition('/')[2]}",
            a.by,
            Visibility.PRIVATE,
            {"question": a.sealed, "answer": a.value},
        )
        for name, a in answers.items()
        if a.sealed is not None and a.by is not None and isinstance(a.value, dict) and "words" in a.value
    ]
