"""A play: the same steps in two worlds, which differ only in what Ana does in private; after each, who heard what."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from bot.engine.session import Session
from tests.test_bot.phones import DAY, Phone
from tests.test_worlds.beginnings import BEGINNINGS, begun
from tests.test_worlds.ears import Heard
from tests.test_worlds.steps import Steps
from tests.test_worlds.worlds import World

BOTH_PASSED = "You both passed on this one."
SHOWN = tuple(f"{name}.opened.{seat}" for name in ("curious", "asked", "drawn") for seat in (0, 1))


@dataclass
class Play:
    """`whether`: in the second world Ana does nothing at all instead; then a play ends where her answer opens."""

    seed: int
    steps: int = 9
    watched: bool = False
    over: bool = False
    account: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Both worlds stand where the play begins."""
        chance = Random(self.seed)
        self.beginning = [*BEGINNINGS][self.seed % len(BEGINNINGS)]
        self.whether = chance.random() < 1 / 2 or self.beginning.startswith("stumbling")
        self.one = World(begun(self.beginning), "a", Random(f"{self.seed}/a"))
        self.other = World(begun(self.beginning), "b", Random(f"{self.seed}/b"), idle=self.whether)
        self.compared, self.waiting, self.opened = 0, set[int](), dict[int, int]()
        if self.watched:
            self.one.town.then = self._note_openings
        self.stepping = Steps(chance, (self.one, self.other))

    def find(self) -> str | None:
        """Plays; what somebody could tell the two worlds apart by, if there is anything."""
        for _ in range(self.steps):
            if self.over:
                break
            self._note_waiting()
            self.stepping.move()
            self._note_waiting()
            self._compare()
            self._wait(self.stepping.gap())
        self._wait(4 * DAY)
        return "\n".join(self.account) if self.account else None

    # ---- comparing

    def _wait(self, gap: int) -> None:
        if gap and not self.over:
            for world in (self.one, self.other):
                world.deeds.append(f"… {gap // 60} minutes")
                world.town.later(gap)
            self._compare()

    def _compare(self) -> None:
        one, other = (world.town.heard[self.compared :] for world in (self.one, self.other))
        if one == other:
            self.compared += len(one)
            return
        self.over = True
        which = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
        if not self._may_be_told(one[which:], other[which:]):
            self._tell(one[which:], other[which:])

    def _may_be_told(self, one: list[Heard], other: list[Heard]) -> bool:
        """Whether, where she answered, it has opened by then: for both, or because she passed. Only a play that is
        watched knows when that was."""
        if not self.waiting:
            return False
        if not self.watched:
            return Play(self.seed, self.steps, watched=True).find() is None
        by = min(heard[0].at for heard in (one, other) if heard)
        return any(at <= by for id_, at in self.opened.items() if id_ in self.waiting) or any(
            BOTH_PASSED in (heard.text or "") for heard in one if heard.at == by
        )

    def _note_waiting(self) -> None:
        """Where she does not answer, another's answer may be in, and wait for hers."""
        if self.whether:
            ana = self.other.town.ana
            her = ana.person.id
            self.waiting |= {
                session.id
                for session in ana.sessions
                for prompt in session.open.values()
                if prompt.sealed and prompt.to == her and any(answer.sealed for answer in session.answers.values())
            }

    def _note_openings(self) -> None:
        ana, now = self.one.town.ana, self.one.town.now
        open_now = [s.id for s in ana.sessions if any(n.endswith(":open") for n in s.passed) and _passed(s, ana)]
        with self.one.town.store.turn() as unit:
            open_now += [record.session for record in unit.own(SHOWN, ana.person.id)]
        for session in open_now:
            self.opened.setdefault(session, now)

    def _tell(self, one: list[Heard], other: list[Heard]) -> None:
        what = "whether she answered" if self.whether else "what she answered"
        self.account = [f"seed {self.seed}, from {self.beginning!r}; the worlds differ in {what}"]
        for world, heard in ((self.one, one), (self.other, other)):
            self.account += [f"in world {world.letter}:", *(f"    {deed}" for deed in world.deeds[-30:])]
            self.account.append(f"    → {heard[0] if heard else 'nothing'}")


def _passed(session: Session, phone: Phone) -> bool:
    """Whether what that person answered there was a tap; then the other is told."""
    me = phone.person.id
    return any(a.by == me and isinstance(a.value, dict) and "tap" in a.value for a in session.answers.values())
