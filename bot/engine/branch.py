"""One strand of a run: the whole conversation, or one person's part of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.engine.acts import Act, Line
from bot.engine.ids import PersonId
from bot.engine.moments import Moment
from bot.engine.parsers import Reading
from bot.engine.run import Run, Uttered
from bot.engine.session import Answer, Json


@dataclass(slots=True)
class Branch:
    """A strand with `me`; with `everyone`, its lines go to all who take part. `fresh`: what is said now is new.
    `sealed`: it lies beside a sealed answer that has not opened; `over`: it is looked at only, and asks nothing.
    `apart`: what is typed in it is sealed, until it is recorded."""

    run: Run
    me: PersonId
    prefix: str
    fresh: bool
    everyone: bool
    uttered: list[Uttered] = field(default_factory=list)
    sealed: bool = False
    over: bool = False
    apart: bool = False

    @property
    def people(self) -> tuple[PersonId, ...]:
        """Who takes part, the starter first."""
        return self.run.before.people

    @property
    def authors(self) -> tuple[PersonId, ...]:
        """Whose answers lead to what is said here, and who hears it unless somebody is named."""
        return self.people if self.everyone else (self.me,)

    def seat(self, person: PersonId) -> int:
        """The place of a person among those who take part, the next one for a partner who does not: names are made
        of numbers, not of people."""
        return self.people.index(person) if person in self.people else len(self.people)

    def once(self, name: str) -> str:
        """The full name of something done once."""
        self.run.count_call()
        return self.run.name_once(self.prefix + name)

    def nth(self, name: str) -> str:
        """A name and how often it has come in this run."""
        count = self.run.counts[name] = self.run.counts.get(name, 0) + 1
        return f"{name}.{count}"

    def utter(self, mark: str, act: Act, fences: tuple[PersonId, ...] = (), *, kept: bool = False) -> None:
        """Something that leaves at the end of the turn, if it was not done before."""
        self.uttered.append(Uttered(mark, act, fences, kept))

    def passed_old(self) -> None:
        """An old answer: what was said before it was said then."""
        self.uttered = [u for u in self.uttered if u.kept or not isinstance(u.act, Line)]
        self.fresh = False

    def moved_on(self) -> None:
        """A new answer or a passed pause: what is said from here on is new."""
        self.fresh = self.run.moved = True

    def answer(self, name: str, value: Json, by: PersonId | None, *, free: bool = False, sealed: Json = None) -> None:
        """A new answer."""
        self.run.answers.pop(name, None)  # the order of answers is the order in which they came
        asked = self.run.before.open.get(name)
        no = asked.no if asked is not None else 0
        self.run.answers[name] = Answer(value, by, self.run.at, self.run.turn, free, sealed, no)
        self.moved_on()

    def reading(self, person: PersonId) -> Reading:
        """The circumstances of what that person wrote."""
        around = self.run.around
        return Reading(person, Moment(self.run.at, around.zones[person]), around.vocabulary)
