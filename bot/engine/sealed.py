"""One question to both, sealed: an exercise never holds one answer without the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from bot.engine.acts import Button, Line
from bot.engine.branch import Branch
from bot.engine.ids import PersonId
from bot.engine.parsers import THOUGHT, load_words
from bot.engine.questions import Question, Tapped, load_text, pressed_side, put, read_text
from bot.engine.run import Reminder, Uttered, Waiting
from bot.engine.session import Kind, Prompt, Side, Tap
from bot.engine.text import Text, Words


@dataclass(frozen=True, slots=True)
class Opened:
    """What both answered, in the moment in which it opens for both."""

    answers: Mapping[PersonId, Words | Tapped] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Broken:
    """Somebody ended the question for both by a side tap."""

    by: PersonId
    token: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What is said to somebody whose answer is in while the other's is not."""

    text: Text
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True)
class Sealed:
    """A question for both; its side taps and its thanks per person."""

    name: str
    text: Text
    sides: Callable[[PersonId], tuple[Side, ...]]
    kept: Callable[[PersonId], Kept]
    within: timedelta
    reminder: Reminder | None

    def prompts(self, people: tuple[PersonId, ...]) -> list[Prompt]:
        """One prompt per person, named by seat."""
        return [
            Prompt(
                f"{seat}/{self.name}",
                0,
                person,
                self.text,
                Kind.TEXT,
                sides=self.sides(person),
                free=True,
                sealed=True,
            )
            for seat, person in enumerate(people)
        ]


def put_to_both(branch: Branch, question: Sealed) -> Opened | Broken | None:
    """What both answered; `Broken`; None when the time is over. Raises `Waiting` before that."""
    run, name, prompts = branch.run, question.name, question.prompts(branch.people)
    for prompt in prompts:
        run.name_once(prompt.name)
    over, opened = f"{name}:within", f"{name}:open"
    if over in run.passed or opened in run.passed or f"{name}:break" in run.answers:
        branch.passed_old()
        return _as_it_ended(branch, name, opened in run.passed)
    limit = run.limit(name, question.within)
    if run.at >= limit:
        run.passed.add(over)
        branch.moved_on()
        return None
    if any(_breaks(branch, question, prompt) for prompt in prompts):
        return _as_it_ended(branch, name, opened=False)
    waiting, thanks = _ask_each(branch, question, prompts, limit)
    if waiting or len(prompts) == 1 or run.before.couple is None:
        branch.uttered += thanks
        run.timers[over] = limit
        raise Waiting
    run.passed.add(opened)
    run.fence(branch.people)
    for prompt in prompts:
        run.answers[prompt.name] = replace(run.answers[prompt.name], sealed=None)
    branch.moved_on()
    return _as_it_ended(branch, name, opened=True)


def _ask_each(branch: Branch, question: Sealed, prompts: list[Prompt], limit: int) -> tuple[bool, list[Uttered]]:
    """Whether an answer is missing, and the thanks for one that came in now."""
    waiting, thanks = False, list[Uttered]()
    for seat, prompt in enumerate(prompts):
        strand = Branch(branch.run, prompt.to, "", fresh=False, everyone=False)
        hint = branch.run.around.phrases.not_understood
        try:
            put(strand, Question(prompt, read_text(THOUGHT), load_text(THOUGHT, prompt.sides), hint))
        except Waiting:
            waiting = True
            if question.reminder is not None:
                branch.run.reminders[prompt.name] = (question.reminder, limit)
        if strand.fresh:
            kept = question.kept(prompt.to)
            thanks.append(Uttered(f"say:{prompt.name}.kept>{seat}", Line(prompt.to, kept.text, kept.buttons)))
    return waiting, thanks


def _breaks(branch: Branch, question: Sealed, prompt: Prompt) -> bool:
    given = branch.run.given
    if given is None or given.taken or given.name != prompt.name:
        return False
    token = pressed_side(prompt, given.event, Tap.BREAK)
    if token is None:
        return False
    given.taken = True
    branch.answer(f"{question.name}:break", {"tap": token}, prompt.to)
    branch.run.fence(branch.people)
    return True


def _as_it_ended(branch: Branch, name: str, opened: bool) -> Opened | Broken | None:
    if opened:
        answers = {p: branch.run.answers[f"{seat}/{name}"].value for seat, p in enumerate(branch.people)}
        return Opened({p: _opened(value) for p, value in answers.items()})
    ended: Any = branch.run.answers.get(f"{name}:break")
    return None if ended is None else Broken(ended.by, ended.value["tap"])


def _opened(value: Any) -> Words | Tapped:
    """What has opened stays, also a tap that is no longer offered."""
    return load_words(value) or Tapped(str(value["tap"]))
