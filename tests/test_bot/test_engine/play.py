"""Plays a conversation: people type and press, time passes, and what is said to whom comes back as plain lines.

`ana: …` is a line to Ana, `ana? …` a question, `ana~ …` a reminder to come, `ana, ben: …` would be two lines. At each
step the session is written to JSON and read again.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta

from bot.engine.acts import Act, Ask, Do, Forget, Keep, Line, Offer, Remind
from bot.engine.advance import Outcome, Turn, advance
from bot.engine.codec import read_session, write_session
from bot.engine.events import Amended, Back, Chose, Due, Event, Joined, Linked, Said, Start, Stopped, Unseated
from bot.engine.exercise import Exercise
from bot.engine.ids import PersonId
from bot.engine.session import Json, Prompt, Session, Status
from bot.engine.text import Card, Name, Text, Words
from bot.words.choices import pick
from bot.words.render import Reader, Renderer
from tests.test_bot.test_engine.world import ANA, BEN, COUPLE_ID, NAMES, SUNDAY, ZONES, around, content, fresh


@dataclass
class Hand:
    """One person at their phone. Called with words, it types them."""

    play: Play
    person: PersonId

    def __call__(self, typed: str, to: str = "") -> list[str]:
        """Types words for the open prompt of that name, else the one that came last: a choice where they mean one."""
        prompt = self.open(to)
        reader = Reader("en", ZONES[self.person])
        meant = pick(prompt, typed, reader, Renderer(content()), NAMES)
        if meant is None:
            return self.play.take(Said(self.play.now, self.person, prompt.no, typed))
        return self.play.take(Chose(self.play.now, self.person, prompt.no, meant))

    def press(self, option: str, to: str = "", no: int | None = None) -> list[str]:
        """Presses a button of a prompt: of the one that came last, of that name, or of that number."""
        number = self.open(to).no if no is None else no
        return self.play.take(Chose(self.play.now, self.person, number, (option,)))

    def back(self, name: str = "") -> list[str]:
        """Takes back their last answer, or the one of that name."""
        return self.play.take(Back(self.play.now, self.person, name))

    def adds(self, name: str, typed: str, part: int = 1) -> list[str]:
        """Sends a further message to an answer, or edits one of its messages."""
        return self.play.take(Amended(self.play.now, self.person, name, part, typed))

    def open(self, name: str = "") -> Prompt:
        """Their open prompt, of that name or the last one."""
        mine = [p for p in self.play.session.open.values() if p.to == self.person and p.name.endswith(name)]
        return max(mine, key=lambda p: p.no)


class Play:
    """One session from its start. `said`: all lines so far; `acts`, `outcome`: of the last turn."""

    def __init__(self, exercise: Exercise, people: tuple[PersonId, ...] = (ANA,), **given: Json) -> None:
        """Begins, alone or (`couple`) as two who are linked."""
        self.exercise = exercise
        self.session: Session = fresh(exercise, people, COUPLE_ID if len(people) > 1 else None, **given)
        self.now = SUNDAY
        self.ana, self.ben = Hand(self, ANA), Hand(self, BEN)
        self.acts: tuple[Act, ...] = ()
        self.outcome = Outcome.TOOK
        self.records: dict[tuple[str, PersonId], Keep] = {}
        self.said = list[str]()
        self.take(Start(self.now))

    @classmethod
    def couple(cls, exercise: Exercise, **given: Json) -> Play:
        """Begins with Ana and Ben, who are linked."""
        return cls(exercise, (ANA, BEN), **given)

    def take(self, event: Event) -> list[str]:
        """One turn, and what it says. Nothing is kept when it raises."""
        turn = advance(self.exercise, self.session, event, around())
        return self._keep(turn)

    def _keep(self, turn: Turn) -> list[str]:
        before, self.session = self.session, read_session(json.loads(json.dumps(write_session(turn.session))))
        assert self.session == turn.session
        self.acts, self.outcome = turn.acts, turn.outcome
        for act in turn.acts:
            match act:
                case Keep(name, owner):
                    self.records[name, owner] = act
                case Forget(name, owner):
                    del self.records[name, owner]
                case _:
                    continue
        lines = [line for act in turn.acts if (line := heard(act, turn.session, before))]
        self.said += lines
        return lines

    # ---- what happens

    def at(self, later: timedelta) -> list[str]:
        """So much later the session is woken."""
        self.later(later)
        return self.take(Due(self.now))

    def later(self, later: timedelta) -> None:
        """Time passes, and nobody wakes the session."""
        self.now += int(later.total_seconds())

    def ring(self) -> list[str]:
        """The next timer comes, on time."""
        self.now = self.session.wake or self.now
        return self.take(Due(self.now))

    def deploy(self, exercise: Exercise) -> None:
        """From here on the exercise has other code."""
        self.exercise = exercise

    def join(self) -> list[str]:
        """Ben takes the empty seat."""
        return self.take(Joined(self.now, BEN))

    def link(self) -> list[str]:
        """The two become a couple."""
        return self.take(Linked(self.now, COUPLE_ID))

    def unseat(self) -> list[str]:
        """Ben is out of it again."""
        return self.take(Unseated(self.now, BEN))

    def stop(self) -> list[str]:
        """Somebody ends it here."""
        return self.take(Stopped(self.now))

    # ---- what there is

    @property
    def ended(self) -> bool:
        """Whether it is over."""
        return self.session.status is Status.ENDED

    @property
    def open(self) -> list[str]:
        """The names of the open prompts."""
        return sorted(self.session.open)

    @property
    def offers(self) -> list[str]:
        """The exercises that the last turn offered, with to whom."""
        return [f"{a.exercise} to {', '.join(NAMES[p] for p in a.to)}" for a in self.acts if isinstance(a, Offer)]

    @property
    def done(self) -> list[Do]:
        """The effects of the last turn."""
        return [act for act in self.acts if isinstance(act, Do)]

    def record(self, name: str, owner: PersonId = ANA) -> str | None:
        """The visibility of what is kept under a name."""
        kept = self.records.get((name, owner))
        return kept.visibility.value if kept else None


# ---- in plain words


def heard(act: Act, after: Session, before: Session) -> str:
    """What somebody hears of an act; "" for nothing."""
    match act:
        case Line(None, said):
            return f"group: {plain(said)}"
        case Line(to, said) if to is not None:
            return f"{NAMES[to]}: {plain(said)}"
        case Ask(no, lead) | Remind(no, lead):
            prompt = after.prompt(no) or before.prompt(no)
            assert prompt is not None
            mark = "?" if isinstance(act, Ask) else "~"
            return f"{NAMES[prompt.to]}{mark} " + " ".join(plain(t) for t in (lead, prompt.text) if t)
        case _:
            return ""


def plain(said: Text) -> str:
    """A text with its places filled as simply as can be."""
    filled = said.key
    for name, value in said.args:
        filled = filled.replace("{" + name + "}", _argument(value))
    return filled


def _argument(value: object) -> str:
    match value:
        case Words():
            return value.text
        case Name(person):
            return NAMES[person]
        case Card():
            return f"<{value.deck}>"
        case Text():
            return plain(value)
        case tuple():
            return ", ".join(_argument(item) for item in value)
        case _:
            return str(value)
