"""Whoever passes is through with it: nothing that reaches them, and no try of theirs, tells whether the other wrote."""

from collections.abc import Callable

import pytest

from bot.engine.sealed import HELD_FOR
from tests.test_bot.phones import DAY, HOUR, MINUTE, Phone, Town

Act = Callable[[Phone], object]
Told = tuple[int, str, list[str]]

CLOSED = "This question is closed for now."


def _round(town: Town) -> None:
    town.round()


def _first_round(town: Town) -> None:
    """Linked before anybody answered, in the very first round."""
    town.begin()
    town.ana.gives("pair")
    code = town.ana.code()
    town.ben.gives("start", code)
    town.ben.presses("Fine, and link me with Ana")
    town.ana.presses("Yes, that is Ben")


def _his_own(town: Town) -> None:
    """A question of Ben's own, on which he passes."""
    town.couple()
    town.later(DAY)
    town.ben.gives("ask", "What do you hum?")
    town.ben.presses("ask us both")


def _keeps(ana: Phone) -> None:
    """As soon as she may."""
    if any(choice.label == "keep it" for told in ana.told for choice in ana.buttons[told.message]):
        ana.presses("keep it")


def _changes(ben: Phone) -> None:
    ben.presses("change it")


def _gives(*commands: str) -> Act:
    return lambda ben: [ben.gives(command) for command in commands]


SCENES = [_round, _first_round, _his_own]
TRIES: dict[str, tuple[int, Act]] = {
    "waits": (HOUR, _gives()),
    "changes it at once": (MINUTE, _changes),
    "changes it at the last second": (HELD_FOR - 1, _changes),
    "changes it too late": (HELD_FOR, _changes),
    "takes it back much too late": (2 * HOUR, _gives("back")),
    "asks for another": (2 * HOUR, _gives("curious")),
    "stops": (2 * HOUR, _gives("stop")),
    "looks around": (2 * HOUR, _gives("history", "later", "continue", "skip", "export", "rhythm")),
    "types": (2 * HOUR, lambda ben: ben.types("Or else a pond.")),
    "looks around after its time": (4 * DAY, _gives("stop", "jar", "curious")),
}


def _play(scene: Callable[[Town], None], tries: tuple[int, Act], *, writes: bool, keeps: bool = False) -> list[Told]:
    """Ben passes five minutes after Ana wrote, or did not; he tries something, and five days pass."""
    town = Town()
    scene(town)
    begun, (after, act) = town.now, tries
    if writes:
        town.ana.types("A lake.")
    town.now = begun + 5 * MINUTE
    town.ben.gives("skip")
    passed = town.now
    events = sorted([(passed + after, 1), *([(passed + HELD_FOR + MINUTE, 0)] if keeps else [])])
    for at, is_his in events:
        town.later(at - town.now)
        act(town.ben) if is_his else _keeps(town.ana)
        town.now = at
    town.later(passed + 5 * DAY - town.now)
    return [(t.at, t.text, [b.label for b in town.ben.buttons[t.message]]) for t in town.ben.told]


@pytest.mark.trust
@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
@pytest.mark.parametrize("tries", TRIES.values(), ids=TRIES)
def test_no_try_tells_whoever_passed_whether_the_other_wrote(
    scene: Callable[[Town], None], tries: tuple[int, Act]
) -> None:
    """Message by message, button by button, second by second: she wrote nothing, or wrote, or wrote and kept it."""
    silent = _play(scene, tries, writes=False)
    assert _play(scene, tries, writes=True) == silent
    assert _play(scene, tries, writes=True, keeps=True) == silent


def test_whoever_passed_hears_no_more_of_it(town: Town, ana: Phone, ben: Phone) -> None:
    """The closing line is for who has not answered."""
    town.round()
    ben.presses("pass")
    town.later(4 * DAY)
    assert not any(CLOSED in told for told in ben.news())
    assert any(CLOSED in told for told in ana.news())


def test_after_a_pass_in_the_first_round_what_comes_next_comes_after_a_quarter_of_an_hour(
    town: Town, ana: Phone, ben: Phone
) -> None:
    """Once, also where another question follows."""
    _first_round(town)
    ben.presses("pass")
    ben.news()
    town.later(HELD_FOR)
    assert "where you are?" in ben.news()[-1]
    ana.presses("…")
    ana.presses("another question")
    ana.types("A lake.")
    ben.types("A hill.")
    town.later(HOUR)
    assert not any("where you are?" in told for told in ben.news())


def test_the_one_who_wrote_hears_of_a_pass_a_quarter_of_an_hour_later(town: Town, ana: Phone, ben: Phone) -> None:
    """So long it can be changed, and then it opens like any other."""
    town.round()
    ana.answers("A lake.")
    ben.presses("pass")
    ana.news()
    town.later(HELD_FOR - 1)
    assert ana.news() == []
    town.later(1)
    assert "Ben passed on this one." in ana.news()[-1]


def test_two_passes_open_at_once(town: Town, ana: Phone, ben: Phone) -> None:
    """There is nothing that one could learn of the other, and not of both."""
    town.round()
    ana.presses("pass")
    ben.presses("pass")
    assert "You both passed on this one." in ana.news()[-1]
