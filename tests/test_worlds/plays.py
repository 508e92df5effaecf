"""A play: the same steps in two worlds, which differ only in what Ana does in private; after each, who heard what."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from tests.test_bot.phones import DAY
from tests.test_worlds.beginnings import BEGINNINGS, begun
from tests.test_worlds.ears import Heard
from tests.test_worlds.steps import Steps
from tests.test_worlds.worlds import World

OPENS = (" wrote: ", "passed on this one", "Over.")  # what is said to others where it opens
RECORDED = tuple(
    f"{name}.{kept}" for name in ("curious", "asked", "drawn") for kept in ("kept", "opened.0", "opened.1")
)


@dataclass
class Play:
    """`whether`: in the second world Ana does nothing at all instead; then a play ends where her answer opens."""

    seed: int
    steps: int = 9
    over: bool = False
    account: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Both worlds stand where the play begins."""
        chance = Random(self.seed)
        self.beginning = [*BEGINNINGS][self.seed % len(BEGINNINGS)]
        self.whether = chance.random() < 1 / 2 or self.beginning.startswith("stumbling")
        self.one = World(begun(self.beginning), "a", Random(f"{self.seed}/a"))
        self.other = World(begun(self.beginning), "b", Random(f"{self.seed}/b"), idle=self.whether)
        self.compared, self.waiting, self.opened = 0, set[int](), set[int]()
        self.stepping = Steps(chance, (self.one, self.other))

    def find(self) -> str | None:
        """Plays; what somebody could tell the two worlds apart by, if there is anything."""
        for _ in range(self.steps):
            if self.over:
                break
            waits = self._waits_for_her()
            self.stepping.move()
            waits = waits or self._waits_for_her()
            self._compare(waits)
            self._wait(self.stepping.gap(), waits)
        self._wait(4 * DAY, self._waits_for_her())
        return "\n".join(self.account) if self.account else None

    # ---- comparing

    def _wait(self, gap: int, waits: bool) -> None:
        if gap and not self.over:
            for world in (self.one, self.other):
                world.deeds.append(f"… {gap // 60} minutes")
                world.town.later(gap)
            self._compare(waits)

    def _compare(self, waits: bool) -> None:
        one, other = (world.town.heard[self.compared :] for world in (self.one, self.other))
        if one == other:
            self.compared += len(one)
            return
        self.over = True
        which = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
        if not (waits and self._has_opened(which)):
            self._tell(one[which:], other[which:])

    def _has_opened(self, which: int) -> bool:
        """Where she answered, it has opened for both, or, where another passed, for her alone: that may be told."""
        self._note_openings()
        self.one.town.later(DAY)
        self._note_openings()
        since = [heard.text or "" for heard in self.one.town.heard[self.compared + which :]]
        return not self.waiting.isdisjoint(self.opened) or any(opens in text for text in since for opens in OPENS)

    def _waits_for_her(self) -> bool:
        """Whether, where she does not answer, another's answer is in, and waits for hers."""
        if not self.whether:
            return False
        her = self.other.town.ana.person.id
        waiting = {
            session.id
            for session in self.other.town.ana.sessions
            for prompt in session.open.values()
            if prompt.sealed and prompt.to == her and any(answer.sealed for answer in session.answers.values())
        }
        if waiting:
            self.waiting |= waiting
            self._note_openings()
        return bool(waiting)

    def _note_openings(self) -> None:
        ana = self.one.town.ana
        self.opened |= {s.id for s in ana.sessions for name in s.passed if name.endswith(":open")}
        with self.one.town.store.turn() as unit:
            self.opened |= {record.session for record in unit.own(RECORDED, ana.person.id)}

    def _tell(self, one: list[Heard], other: list[Heard]) -> None:
        what = "whether she answered" if self.whether else "what she answered"
        self.account = [f"seed {self.seed}, from {self.beginning!r}; the worlds differ in {what}"]
        for world, heard in ((self.one, one), (self.other, other)):
            self.account += [f"in world {world.letter}:", *(f"    {deed}" for deed in world.deeds[-30:])]
            self.account.append(f"    → {heard[0] if heard else 'nothing'}")
