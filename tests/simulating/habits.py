"""What people do when something stands on their phone: answer, or more often not, at any hour, or far too late."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from bot.events import Command, Deed, Pressed, Typed
from tests.simulating.town import Human, Line, Round

if TYPE_CHECKING:
    from tests.simulating.year import Year

MINUTE, HOUR = 60, 3_600
ANSWERED = 0.4  # of all questions
GUESSED = 0.5  # of those who answered
OFTEN = 0.7  # what is offered in the middle of something is taken
STILL = "Still here, if you would like it:"
DRAWN = "A season ago you drew your village."
PASS, TABLE = "pass", "at the table tonight"
AUDIT = (
    "play", "calm", "being held", "belonging", "adventure", "done",
    "my partner", "my partner", "someone else", "nobody yet", "myself", "play",
)  # fmt: skip
# What is tapped, some time, under what; and what is answered in words.
TAPPED = {
    "How sure are you": ("25", "75"),
    "Before it opened": ("far", "near", "spot on"),
    "There is nothing you need to do.": ("enjoy it", "one kind word before you go?", "something for me meanwhile"),
    "This time is yours until": ("I'm back", "not today after all"),
    "Kept, for you alone. Or should": ("keep it",),
    "What do you say?": ("yes", "yes", "not now"),
    DRAWN: ("no",),
    "And beside it, if you like:": (*("one small thing for today",) * 11, "the dance: how close, how far"),
    "How close did it feel this week?": ("2", "4", "5", "7"),
    "And how close would you have liked it": ("3", "4", "6"),
    "Time for yourself this week:": ("too little", "about right", "too much"),
    "What will it be?": ("renew", "renew", "renew", "renew and talk", "not this time"),
    "Then this one closes when the seven days": ("leave it closed",),
    "For today:": ("done", "another", "not today"),
}
TERMS = ("One thing to keep, as it is between you?", "One thing to change?", "And one thing that you offer?")
WRITTEN = (
    "What was it like?",
    "What did you do with the time?",
    "And one thing you noticed?",
    "You did. What did you notice?",
    "One line about it, if you like.",
)
# The evening that a couple chooses, by its number: in the night, when clocks change, it comes at eight.
EVENINGS = {1: ("Wednesday", "20:30"), 2: ("Sunday", "02:30"), 3: ("Saturday", "23:30")}


def react(year: Year, human: Human, message: str, line: Line) -> None:
    """What somebody will do about what they see."""
    chance = human.chance
    plan = partial(year.plan, human)
    if PASS in line.buttons and not line.text.startswith(STILL):
        if chance.random() < ANSWERED:
            plan(_some_time(human), partial(_answers, year, human, message, line))
    elif "show mine anyway" in line.buttons and chance.random() < 0.6:
        plan(_some_time(human), partial(_shows, year, human, message, line))
    elif line.text.startswith("When should the next one come?"):
        plan(chance.randrange(HOUR), *_evening(human))
    elif line.text.startswith("Is it "):
        plan(chance.randrange(HOUR), partial(_presses, human, "yes"))
    elif "Did it happen?" in line.text:
        plan(_some_time(human), partial(_presses, human, chance.choice(("yes", "not this time"))))
    elif line.prompt and ("we did not get to it" in line.buttons):
        plan(_some_time(human), partial(_writes, human, message))
    elif "And your guess at" in line.text:
        if chance.random() < GUESSED:
            plan(2 * MINUTE, partial(_guesses, year, human, message, line))
    else:
        _follows(year, human, message, line)


def _follows(year: Year, human: Human, message: str, line: Line) -> None:
    """What somebody does in the conversations that they or the other have begun."""
    plan = partial(year.plan, human)
    for words, labels in TAPPED.items():
        if words in line.text and line.buttons and human.chance.random() < OFTEN:
            plan(_soon(human), partial(_under, human, message, human.chance.choice(labels)))
    if line.prompt and any(words in line.text for words in WRITTEN):
        plan(5 * MINUTE, partial(_writes, human, message))
    elif line.prompt and line.text in TERMS:
        plan(_soon(human), partial(_offers, human, message))


def audits(year: Year, human: Human, after: int) -> None:
    """Somebody looks where their needs are met, and hands one on; nothing of it is shown."""
    year.plan(
        human,
        after,
        partial(Command, "village"),
        *(partial(_presses, human, label) for label in AUDIT),
        lambda: Typed(human.words("PRIVATE"), ""),
        lambda: Typed(human.words("PRIVATE"), ""),
        lambda: Typed("tomorrow", ""),
        partial(_presses, human, "yes"),
        partial(_presses, human, "nothing"),
    )


def takes_time(year: Year, human: Human, after: int) -> None:
    """Somebody wants two hours for themselves, in which the question would come, and lets the other know."""
    begins = partial(Typed, "Sunday at 6 pm", "")
    labels = ("two hours", "leave it unsaid", "this one", "send it")
    year.plan(human, after, partial(Command, "space"), begins, *(partial(_presses, human, label) for label in labels))


def wants_near(year: Year, human: Human, after: int) -> None:
    """Somebody would like a walk for two tomorrow."""
    begins, labels = partial(Typed, "tomorrow at 5 pm", ""), ("an hour", "this one", "send it")
    year.plan(
        human,
        after,
        partial(Command, "near"),
        partial(_presses, human, "a walk"),
        begins,
        *(partial(_presses, human, label) for label in labels),
    )


def renews(year: Year, one: Human, other: Human, after: int) -> None:
    """Both say yes to the ritual, a day apart."""
    asks = partial(Command, "renew")
    year.plan(one, after, asks, partial(_presses, one, "yes"), partial(_presses, one, "nobody"))
    year.plan(other, after + 24 * HOUR, asks, partial(_presses, other, "yes"))


def looks_inside(year: Year, human: Human, after: int) -> None:
    """Somebody looks at their own step, and weeks later at what is theirs alone."""
    labels = ("go quiet", "silence", "3", "1", "on to this week", "half as much of it")
    year.plan(human, after, partial(Command, "step"), *(partial(_presses, human, label) for label in labels))
    words = partial(_private, human)
    year.plan(human, after + 21 * 24 * HOUR, partial(Command, "mine"), words, words, words, words)


def rests(year: Year, human: Human, after: int) -> None:
    """Somebody would rather have four weeks without a question; for both that is."""
    labels = ("a rest", "four weeks")
    year.plan(human, after, partial(Command, "rhythm"), *(partial(_presses, human, label) for label in labels))


# ---- when, and what


def _soon(human: Human) -> int:
    """Seconds until somebody takes up what they are in the middle of."""
    return human.chance.randrange(2 * MINUTE, 2 * HOUR)


def _some_time(human: Human) -> int:
    """Seconds until somebody comes by: soon, the next day, or after it is over."""
    longest = human.chance.choice((2 * HOUR, 2 * HOUR, 36 * HOUR, 36 * HOUR, 80 * HOUR))
    return human.chance.randrange(2 * MINUTE, longest)


def _evening(human: Human) -> tuple[Callable[[], Deed | None], ...]:
    if (chosen := EVENINGS.get(human.player.user // 10 % 5)) is None:
        return (partial(_presses, human, "Sunday 19:00"),)
    day, hour = chosen
    return partial(_presses, human, "another time"), partial(_presses, human, day), partial(Typed, hour, "")


def _answers(year: Year, human: Human, message: str, line: Line) -> Deed | None:
    """In words mostly; they pass, or would rather talk. Once it is over they press or write in vain, or let it be."""
    if human.is_away(year.clock.at):
        return None
    drawn = human.chance.random()
    label = PASS if drawn < 0.12 else TABLE
    if not _is_open(human, line):
        old = human.phone.old_button(label)
        if drawn < 0.3:
            return Pressed(old.token) if old is not None else None
        has_answered = line.session is not None and human.player.user in year.rounds.get(line.session, Round()).wrote
        return None if has_answered or drawn > 0.6 else _writes(human, message)
    if drawn < 0.2:
        if label == PASS:
            year.wrote(human, line.session, None)
        return _under(human, message, label)
    words = human.words("SEALED")
    year.wrote(human, line.session, words)
    return Typed(words, "", message)


def _is_open(human: Human, line: Line) -> bool:
    """Whether the newest message of its prompt still has its buttons."""
    return bool(human.phone.buttons[_newest(human, line)])


def _newest(human: Human, line: Line) -> str:
    """The newest message of a prompt, which may be a reminder."""
    return [seen.message for seen in human.lines if seen.prompt == line.prompt][-1]


def _shows(year: Year, human: Human, message: str, line: Line) -> Deed | None:
    if human.is_away(year.clock.at):
        return None
    label = human.chance.choice(("show mine anyway", "keep it"))
    pressed = _under(human, message, label)
    if pressed is not None and label.startswith("show") and line.session is not None:
        year.rounds[line.session].shown[human.player.user] = year.clock.at
    return pressed


def _guesses(year: Year, human: Human, message: str, line: Line) -> Deed | None:
    """A guess at what the other writes; too late, it is for nobody."""
    if human.is_away(year.clock.at):
        return None
    if line.session is None or not _is_open(human, line):
        return _writes(human, message)
    words = human.words("GUESS")
    year.rounds.setdefault(line.session, Round()).guessed[human.player.user] = words
    return Typed(words, "", message)


def _offers(human: Human, message: str) -> Deed | None:
    return Typed(human.words("TERMS"), "", message)


def _writes(human: Human, message: str) -> Deed | None:
    return Typed(human.words("PRIVATE"), "", message)


def _private(human: Human) -> Deed:
    return Typed(human.words("PRIVATE"), "")


def _presses(human: Human, label: str) -> Deed | None:
    found = human.phone.button(label)
    return None if found is None else Pressed(found.token)


def _under(human: Human, message: str, label: str) -> Deed | None:
    """The button of that label under that message, where it still is."""
    return next((Pressed(button.token) for button in human.phone.buttons[message] if button.label == label), None)
