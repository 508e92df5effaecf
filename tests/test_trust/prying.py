"""A partner who wants to know, or to decide, for the other: everything that somebody can send, tried in two worlds."""

from __future__ import annotations

from collections.abc import Callable, Collection

from bot.commanding import COMMANDS
from bot.engine.ids import SessionId
from bot.tokens import command_token, press_token
from tests.test_bot.phones import DAY, HOUR, MINUTE, Phone, Town

Scene = Callable[[Town], object]
Act = Callable[[Phone], object]
Heard = list[tuple[int, str, list[str]]]

ENDS = {"leave", "delete", "stop", "start"}  # what somebody may do to anything that is for both, and to themself
OPTIONS = ("send", "back", "longer", "off", "yes", "no", "pass", "show", "keep", "share", "enjoy", "quietly", "now")
PROMPTS = range(1, 7)
NAMED = ("stop", "back", "later", "continue", "over", "takeout", "unsay", "unsaid", "history", "exported")


def nothing(phone: Phone) -> None:
    """Does nothing at all."""


def pries(phone: Phone, others: Collection[SessionId] = ()) -> None:
    """Every command, made-up buttons of the other's sessions, edits, replies; then everything of their own again."""
    for command in sorted({*COMMANDS, "nonsense"} - ENDS):
        phone.gives(command)
    for token in forged(others):
        phone.sends(token)
    for number in range(1, 12):
        phone.edits(f"own.{number}", "Something else.")
        phone.types("And where were you?", reply_to=f"bot.{number}")
    replays(phone)


def forged(sessions: Collection[SessionId]) -> list[str]:
    """What buttons of these sessions may carry, made up by somebody who guessed their ids."""
    pressed = [press_token(s, n, option) for s in sessions for n in PROMPTS for option in OPTIONS]
    return [*pressed, *(command_token(name, str(session)) for session in sessions for name in NAMED)]


def replays(phone: Phone) -> None:
    """Presses every button again that the phone ever had, those that are gone, too."""
    for token in sorted({button.token for told in phone.told for button in told.buttons}):
        phone.sends(token)


def restarts(town: Town) -> None:
    """The program ends and begins again, over what is kept."""
    town.store.recover(town.now)
    town.with_exercises()


def heard(phone: Phone) -> Heard:
    """All that ever reached a phone: when, what, and the buttons that it has now."""
    return [(told.at, told.text, [b.label for b in phone.buttons[told.message]]) for told in phone.told]


def worlds(scene: Scene, anas: Act, bens: Act | None = None, days: int = 4) -> tuple[Heard, Heard]:
    """What reaches Ben where Ana does something, and where she does not: he pries (or does what is given instead),
    and days pass."""
    one, other = Town(), Town()
    for town, deed in ((one, anas), (other, nothing)):
        scene(town)
        start = town.now
        deed(town.ana)
        assert town.now < start + HOUR
        town.now = start + HOUR
        town.tick()
    hers = [session.id for session in one.ana.sessions]
    for town in (one, other):
        if bens is None:
            pries(town.ben, hers)
        else:
            bens(town.ben)
        town.later(days * DAY + 5 * MINUTE)
    return heard(one.ben), heard(other.ben)


def at_noon(town: Town) -> None:
    """Ana and Ben at noon, whose first round is over."""
    town.couple()
    town.later(17 * HOUR)


def takes_time(phone: Phone, who_tells: str = "send it", how_long: str = "2 hours") -> None:
    """Takes time alone, from now on."""
    phone.gives("space", "now")
    phone.types(how_long)
    phone.presses(who_tells)


def sets(phone: Phone, *labels: str) -> None:
    """Changes something about the two."""
    phone.gives("rhythm")
    for label in labels:
        phone.presses(label)


def leaves(phone: Phone, how: str) -> None:
    """Leaves the other: now, or quietly."""
    phone.gives("leave")
    phone.presses(how)


def pair_again(one: Phone, other: Phone) -> None:
    """The two find each other once more."""
    one.gives("pair")
    other.gives("start", one.code())
    other.presses(f"Fine, and link me with {one.name}")
    one.presses(f"Yes, that is {other.name}")
