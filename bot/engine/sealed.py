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
from bot.engine.run import Reminder, Run, Uttered, Waiting
from bot.engine.session import Kind, Prompt, Side, Tap
from bot.engine.text import Arg, Text, Words

HELD_FOR = 15 * 60  # seconds for which somebody's part holds the opening up, counted from their own answer

Answered = Words | Tapped


@dataclass(frozen=True, slots=True)
class Opened:
    """What both answered, in the moment in which it opens for both; and what the part of each who came to its end in
    time was worth."""

    answers: Mapping[PersonId, Answered] = field(repr=False)
    parts: Mapping[PersonId, Any] = field(default_factory=dict, repr=False)


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
    """A question for both; its side taps and its thanks per person, `passed` those for a tap. `then`: the part with
    which each goes on alone, in a strand of their own, knowing their own answer."""

    name: str
    text: Text
    sides: Callable[[PersonId], tuple[Side, ...]]
    kept: Callable[[PersonId], Kept]
    passed: Kept | None
    within: timedelta
    reminder: Reminder | None
    then: Callable[[Branch, Answered], Any] | None = None

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
    if opened in run.passed:
        branch.passed_old()
        return _opened(branch, question, _play_parts(branch, question, prompts, over=True))
    if over in run.passed or f"{name}:break" in run.answers:
        branch.passed_old()
        return _broken(branch, name)
    limit = run.limit(name, question.within)
    if run.at >= limit and not _all_in(branch, prompts):
        run.passed.add(over)
        branch.moved_on()
        return None
    if any(_breaks(branch, question, prompt) for prompt in prompts):
        return _broken(branch, name)
    thanks, all_in = _ask_each(branch, question, prompts, limit), _all_in(branch, prompts)
    parts = _play_parts(branch, question, prompts, over=False)
    held = _held_until(run, parts, limit) if all_in else {}
    if held or not all_in:
        branch.uttered += [*thanks.values(), *parts.uttered]
        run.timers |= {over: limit, **held}
        raise Waiting
    branch.uttered += [thanks[p.name] for p in prompts if p.name in thanks and _passed(question, run, p)]
    _break_off(run, parts)
    run.passed.add(opened)
    run.fence(branch.people)
    _unseal(run, prompts)
    branch.moved_on()
    return _opened(branch, question, parts)


def _unseal(run: Run, prompts: list[Prompt]) -> None:
    """Words for words they have opened. Beside a tap nothing opens by itself: they stay sealed till they are recorded,
    and their writer's if that is never."""
    if any(isinstance(_own(run, prompt), Tapped) for prompt in prompts):
        return
    for prompt in prompts:
        run.answers[prompt.name] = replace(run.answers[prompt.name], sealed=None)


def recorded(run: Run, arg: Arg) -> None:
    """Sealed words that are recorded now: with that they are kept, and not once more at the end."""
    for name, answer in run.answers.items():
        if answer.sealed is not None and isinstance(arg, Words) and load_words(answer.value) == arg:
            run.answers[name] = replace(answer, sealed=None)


def _ask_each(branch: Branch, question: Sealed, prompts: list[Prompt], limit: int) -> dict[str, Uttered]:
    """Asks whoever has not answered; the thanks for an answer that came in now, by its name."""
    thanks = dict[str, Uttered]()
    for seat, prompt in enumerate(prompts):
        strand = Branch(branch.run, prompt.to, "", fresh=False, everyone=False)
        hint = branch.run.around.phrases.not_understood
        try:
            put(strand, Question(prompt, read_text(THOUGHT), load_text(THOUGHT, prompt.sides), hint))
        except Waiting:
            if question.reminder is not None:
                branch.run.reminders[prompt.name] = (question.reminder, limit)
        if strand.fresh:
            thanks[prompt.name] = _thanks(branch.run, question, seat, prompt)
    return thanks


def _thanks(run: Run, question: Sealed, seat: int, prompt: Prompt) -> Uttered:
    kept = _passed(question, run, prompt) or question.kept(prompt.to)
    buttons = tuple(replace(b, argument=prompt.name) if b.command == "back" else b for b in kept.buttons)
    return Uttered(f"say:{prompt.name}.kept>{seat}", Line(prompt.to, kept.text, buttons))


def _passed(question: Sealed, run: Run, prompt: Prompt) -> Kept | None:
    """What is said to somebody who answered by a tap; the same also where that opens it."""
    return question.passed if isinstance(_own(run, prompt), Tapped) else None


def _own(run: Run, prompt: Prompt) -> Answered | None:
    """What somebody answered, if it is in."""
    answer = run.answers.get(prompt.name)
    loaded: Answered | None = None if answer is None else load_text(THOUGHT, prompt.sides)(answer.value)
    return loaded


def _all_in(branch: Branch, prompts: list[Prompt]) -> bool:
    """Whether it could open: there are two who are linked, and both have answered."""
    linked = branch.run.before.couple is not None and len(prompts) > 1
    return linked and all(_own(branch.run, prompt) is not None for prompt in prompts)


# ---- what each goes on with alone


@dataclass(slots=True)
class _Parts:
    """What the parts that are through were worth, what was said in all, and, by the question under which somebody is
    still at it, what they are asked."""

    worth: dict[PersonId, Any] = field(default_factory=dict)
    uttered: list[Uttered] = field(default_factory=list)
    pending: dict[str, set[str]] = field(default_factory=dict)


def _play_parts(branch: Branch, question: Sealed, prompts: list[Prompt], *, over: bool) -> _Parts:
    """Plays the part of each whose own answer is in."""
    parts, run = _Parts(), branch.run
    for seat, prompt in enumerate(prompts):
        own, before = _own(run, prompt), set(run.open)
        if question.then is None or own is None:
            continue
        fresh = run.answers[prompt.name].turn == run.turn
        strand = Branch(run, prompt.to, f"{seat}/", fresh, everyone=False, sealed=True, over=over)
        try:
            parts.worth[prompt.to] = question.then(strand, own)
        except Waiting:
            parts.pending[prompt.name] = set(run.open) - before
        parts.uttered += strand.uttered
    return parts


def _held_until(run: Run, parts: _Parts, limit: int) -> dict[str, int]:
    """The timers of those whose part still holds the opening up. Where it no longer does, and another's does, it stays
    as it is: that somebody else has answered must not show before the opening."""
    until = {name: min(run.answers[name].at + HELD_FOR, limit) for name in parts.pending}
    return {f"{name}:then": at for name, at in until.items() if run.at < at}


def _break_off(run: Run, parts: _Parts) -> None:
    """What is still asked is asked no longer; words that came for it just now came too late."""
    for name, asked in parts.pending.items():
        for each in asked:
            del run.open[each]
            run.timers.pop(f"{each}:within", None)
        seat = name.partition("/")[0]
        if run.given is not None and run.given.name.startswith(f"{seat}/") and run.given.name != name:
            run.given.taken = False


# ---- how it ends


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


def _broken(branch: Branch, name: str) -> Broken | None:
    ended: Any = branch.run.answers.get(f"{name}:break")
    return None if ended is None else Broken(ended.by, ended.value["tap"])


def _opened(branch: Branch, question: Sealed, parts: _Parts) -> Opened:
    """What has opened stays, also a tap that is no longer offered."""
    answers = dict[PersonId, Answered]()
    for seat, person in enumerate(branch.people):
        value: Any = branch.run.answers[f"{seat}/{question.name}"].value
        answers[person] = load_words(value) or Tapped(str(value["tap"]))
    return Opened(answers, parts.worth)
