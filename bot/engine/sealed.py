"""One question to both, sealed: an exercise never holds one answer without the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from bot.engine.acts import Button, Line
from bot.engine.branch import Branch
from bot.engine.ids import PersonId
from bot.engine.moments import Moment
from bot.engine.parsers import THOUGHT, load_words
from bot.engine.questions import Question, Tapped, load_text, pressed_side, put, read_text
from bot.engine.run import Reminder, Run, Uttered, Waiting
from bot.engine.session import Kind, Prompt, Side, Tap
from bot.engine.text import Arg, Text, Words

HELD_FOR = 15 * 60  # seconds for which somebody's part, or their pass, holds the opening up, from their own answer

Answered = Words | Tapped


@dataclass(frozen=True, slots=True)
class Opened:
    """What both answered, in the moment in which it opens for both; what the part of each who came to its end in time
    was worth; and when the question would have closed."""

    answers: Mapping[PersonId, Answered] = field(repr=False)
    parts: Mapping[PersonId, Any] = field(repr=False)
    limit: Moment


@dataclass(frozen=True, slots=True)
class Closed:
    """The time is over before both were in. `passed`: who is through with it all the same."""

    passed: frozenset[PersonId]


@dataclass(frozen=True, slots=True)
class Broken:
    """Somebody ended the question for both by a side tap. `passed`: who was through with it before that."""

    by: PersonId
    token: str
    passed: frozenset[PersonId]


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


def put_to_both(branch: Branch, question: Sealed) -> Opened | Broken | Closed:
    """What both answered, or how it ended before that. Raises `Waiting` as long as it has not.

    One tap holds the opening up for a quarter of an hour; so long it can be taken back, and then never: whoever passes
    cannot tell by trying whether the other has answered. Two open at once.
    """
    run, name, prompts = branch.run, question.name, question.prompts(branch.people)
    for prompt in prompts:
        run.name_once(prompt.name)
    over, opened = f"{name}:within", f"{name}:open"
    if opened in run.passed:
        branch.passed_old()
        return _opened(branch, question, _play_parts(branch, question, prompts, over=True))
    if over in run.passed or f"{name}:break" in run.answers:
        branch.passed_old()
        return _ended_early(run, question, prompts)
    limit = run.limit(name, question.within)
    if run.at >= limit and not _all_in(branch, prompts):
        _make_final(branch, prompts, limit)
        branch.uttered += _play_parts(branch, question, prompts, over=True).uttered
        run.passed.add(over)
        branch.moved_on()
        return _ended_early(run, question, prompts)
    if any(_breaks(branch, question, prompt) for prompt in prompts):
        return _ended_early(run, question, prompts)
    thanks, all_in = _ask_each(branch, question, prompts, limit), _all_in(branch, prompts)
    _make_final(branch, prompts, limit)
    parts = _play_parts(branch, question, prompts, over=False)
    held = _held_until(branch, parts, prompts, limit)
    if held or not all_in:
        branch.uttered += [*thanks.values(), *parts.uttered]
        run.timers |= {over: limit, **held}
        raise Waiting
    branch.uttered += [thanks[p.name] for p in prompts if p.name in thanks and _passed(question, run, p)]
    branch.uttered += [uttered for uttered in parts.uttered if not isinstance(uttered.act, Line)]
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
    return _are_linked(branch) and all(_own(branch.run, prompt) is not None for prompt in prompts)


def _are_linked(branch: Branch) -> bool:
    return branch.run.before.couple is not None and len(branch.people) > 1


# ---- a pass


def _make_final(branch: Branch, prompts: list[Prompt], limit: int) -> None:
    """A tap of somebody who is linked is final after its time, or once both have tapped; from then on it cannot be
    taken back."""
    both = all(_taps(branch, prompt) for prompt in prompts)
    for prompt in prompts:
        final, over = f"{prompt.name}:final", branch.run.at >= _until(branch.run, prompt, limit)
        if final not in branch.run.passed and (both or (over and _taps(branch, prompt))):
            branch.run.passed.add(final)
            branch.run.fence((prompt.to,))
            branch.run.moved = True


def _taps(branch: Branch, prompt: Prompt) -> bool:
    """Whether somebody answered by a tap, with another there to be told of it."""
    return _are_linked(branch) and isinstance(_own(branch.run, prompt), Tapped)


def _until(run: Run, prompt: Prompt, limit: int) -> int:
    answer = run.answers.get(prompt.name)
    return limit if answer is None else min(answer.at + HELD_FOR, limit)


def _is_final(run: Run, prompt: Prompt) -> bool:
    return f"{prompt.name}:final" in run.passed


# ---- what each goes on with alone


@dataclass(slots=True)
class _Parts:
    """What the parts that are through were worth, what was said in all, and, by the question under which somebody is
    still at it, what they are asked."""

    worth: dict[PersonId, Any] = field(default_factory=dict)
    uttered: list[Uttered] = field(default_factory=list)
    pending: dict[str, set[str]] = field(default_factory=dict)


def _play_parts(branch: Branch, question: Sealed, prompts: list[Prompt], *, over: bool) -> _Parts:
    """Plays the part of each whose own answer is in; under a tap once that is final."""
    parts, run = _Parts(), branch.run
    for seat, prompt in enumerate(prompts):
        own, before = _own(run, prompt), set(run.open)
        if question.then is None or own is None or (isinstance(own, Tapped) and not _is_final(run, prompt)):
            continue
        fresh = run.answers[prompt.name].turn == run.turn
        strand = Branch(run, prompt.to, f"{seat}/", fresh, everyone=False, sealed=True, over=over)
        try:
            parts.worth[prompt.to] = question.then(strand, own)
        except Waiting:
            parts.pending[prompt.name] = set(run.open) - before
        parts.uttered += strand.uttered
    return parts


def _held_until(branch: Branch, parts: _Parts, prompts: list[Prompt], limit: int) -> dict[str, int]:
    """The timers of those who still hold the opening up: by a tap, also before the other's answer; by their part, once
    both are in. Where that no longer does, and another's does, it stays as it is: that somebody else has answered must
    not show before the opening."""
    run, all_in = branch.run, _all_in(branch, prompts)
    until = {
        prompt.name: _until(run, prompt, limit)
        for prompt in prompts
        if (all_in and prompt.name in parts.pending) or (_taps(branch, prompt) and not _is_final(run, prompt))
    }
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


def _ended_early(run: Run, question: Sealed, prompts: list[Prompt]) -> Broken | Closed:
    passed = frozenset(prompt.to for prompt in prompts if _is_final(run, prompt))
    ended: Any = run.answers.get(f"{question.name}:break")
    return Closed(passed) if ended is None else Broken(ended.by, ended.value["tap"], passed)


def _opened(branch: Branch, question: Sealed, parts: _Parts) -> Opened:
    """What has opened stays, also a tap that is no longer offered."""
    answers = dict[PersonId, Answered]()
    for seat, person in enumerate(branch.people):
        value: Any = branch.run.answers[f"{seat}/{question.name}"].value
        answers[person] = load_words(value) or Tapped(str(value["tap"]))
    return Opened(answers, parts.worth, Moment(branch.run.dues[f"{question.name}:within"], "UTC"))
