"""A question as it runs: an old answer is loaded, a new one read, and where there is none, the run ends here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from bot.engine.branch import Branch
from bot.engine.codec import write_text
from bot.engine.events import Chose, Said
from bot.engine.parsers import Parser, load_words
from bot.engine.run import Given, Reminder, Waiting
from bot.engine.session import Json, Prompt, Side, Tap
from bot.engine.text import Text, Words

LONGEST_TICK = 60  # characters of own words that become a button


@dataclass(frozen=True, slots=True)
class Tapped:
    """The side tap that was somebody's answer."""

    token: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question as an exercise puts it: its prompt (not yet numbered), how an answer is read from an event and
    loaded from its JSON, the `hint` for one that was not understood, how long it waits, when it is sent again."""

    prompt: Prompt
    read: Callable[[Given, Branch], Json]
    load: Callable[[Json], Any]
    hint: Text
    within: timedelta | None = None
    was: str | None = None
    nudge: Reminder | None = None


def put(branch: Branch, question: Question) -> Any:
    """The answer, old or new; None when the time `within` is over. Raises `Waiting` where there is none yet."""
    run, prompt = branch.run, question.prompt
    name, was = prompt.name, question.was and branch.prefix + question.was
    for value in (run.answers[known] for known in (name, was) if known in run.answers):
        loaded = None if value.by is None else question.load(value.value)
        if loaded is not None or value.by is None:
            run.behind = max(run.behind, value.turn)
            branch.passed_old()
            return loaded
    if branch.over:
        raise Waiting
    if was and was in run.before.open and name not in run.before.open:
        run.renamed[name] = was
    limit = None if question.within is None else run.limit(name, question.within, was)
    if limit is not None and run.at >= limit:
        branch.answer(name, None, None)
        return None
    given = run.take(prompt)
    value_now = None if given is None else question.read(given, branch)
    if question.load(value_now) is not None:
        sealed = _sealed(branch, prompt)
        branch.answer(name, value_now, prompt.to, free=_is_free(prompt, value_now), sealed=sealed)
        return question.load(value_now)
    if given is not None:
        run.wrong = question.hint
    _wait(branch, question, limit)
    raise Waiting


def _wait(branch: Branch, question: Question, limit: int | None) -> None:
    run, prompt = branch.run, question.prompt
    if run.was_open(prompt.name) is None:  # a question to the other is a message to the other
        run.fence(tuple(p for p in branch.authors if p != prompt.to))
    run.open[prompt.name] = prompt
    if limit is not None:
        run.timers[f"{prompt.name}:within"] = limit
        if question.nudge is not None:
            run.reminders[prompt.name] = (question.nudge, limit)


def _is_free(prompt: Prompt, value: Json) -> bool:
    return prompt.free and isinstance(value, dict) and "words" in value


def _sealed(branch: Branch, prompt: Prompt) -> Json:
    """What a sealed answer is kept with, should it never open; what lies beside one is not kept without it."""
    return write_text(prompt.text) if prompt.sealed and not branch.sealed else None


# ---- the ways to answer


def pressed_side(prompt: Prompt, event: Said | Chose, *taps: Tap) -> str | None:
    """The token of the side tap that was pressed, if it is one of these kinds."""
    if not isinstance(event, Chose) or len(event.options) != 1:
        return None
    return next((s.token for s in prompt.sides if s.token == event.options[0] and s.tap in taps), None)


def read_text(parser: Parser[Any]) -> Callable[[Given, Branch], Json]:
    """Typed words, read by a parser; or a side tap that is an answer."""

    def read(given: Given, branch: Branch) -> Json:
        if isinstance(given.event, Said):
            return parser.read(given.event.text, branch.reading(given.event.by))
        side = pressed_side(given.prompt, given.event, Tap.ANSWER)
        return None if side is None else {"tap": side}

    return read


def load_text(parser: Parser[Any], sides: tuple[Side, ...]) -> Callable[[Json], Any]:
    """The value of typed words, or `Tapped` where there is such a tap."""
    taps = {side.token for side in sides}

    def load(value: Json) -> Any:
        tap = value.get("tap") if isinstance(value, dict) else None
        return parser.load(value) if tap is None else Tapped(str(tap)) if tap in taps else None

    return load


def read_choice(given: Given, branch: Branch) -> Json:
    """The token of an option or of a side tap; own words where they are welcome."""
    if isinstance(given.event, Said):
        blank = not given.event.text.strip()
        welcome = given.prompt.own_words and not blank
        return {"words": [given.event.text.strip()], "by": given.event.by} if welcome else None
    tokens = {o.token for o in given.prompt.options}
    one = given.event.options[0] if len(given.event.options) == 1 else None
    return one if one in tokens else pressed_side(given.prompt, given.event, Tap.ANSWER)


def load_choice(prompt: Prompt) -> Callable[[Json], str | Words | None]:
    """A token that the question offers, or own words where they are welcome."""
    offered = {o.token for o in prompt.options} | {s.token for s in prompt.sides}

    def load(value: Json) -> str | Words | None:
        if isinstance(value, str):
            return value if value in offered else None
        return load_words(value) if prompt.own_words else None

    return load


def read_many(given: Given, branch: Branch) -> Json:
    """The ticks of the prompt, once there are as many as asked for."""
    ticks, prompt = given.prompt.ticks, given.prompt
    if not prompt.least <= len(ticks) <= prompt.most:
        return None
    return [t if isinstance(t, str) else {"words": list(t.parts), "by": t.by} for t in ticks]


def load_many(value: Json) -> tuple[str | Words, ...] | None:
    """Tokens and own words, in the order in which they were ticked."""
    if not isinstance(value, list):
        return None
    loaded = tuple(v if isinstance(v, str) else load_words(v) for v in value)
    return tuple(v for v in loaded if v is not None) if None not in loaded else None


def with_ticks(prompt: Prompt, event: Said | Chose) -> tuple[Prompt, bool]:
    """The prompt after a press or typed words, and whether that closes it. A press toggles; what is typed is added,
    and closes when it makes the number full; *done* closes."""
    if isinstance(event, Said):
        typed = event.text.strip()
        welcome = prompt.own_words and 0 < len(typed) <= LONGEST_TICK
        added = _add(prompt, Words((typed,), event.by)) if welcome else prompt
        return added, added is not prompt and _full(added)
    tokens = {o.token for o in prompt.options}
    if event.options == ("done",):
        return prompt, True
    if len(event.options) == 1:
        return _toggle(prompt, event.options[0], tokens), False
    for token in event.options:
        prompt = _add(prompt, token) if token in tokens else prompt
    return prompt, "done" in event.options or _full(prompt)


def _full(prompt: Prompt) -> bool:
    return prompt.least == prompt.most == len(prompt.ticks)


def _add(prompt: Prompt, tick: str | Words) -> Prompt:
    return prompt if any(_same(tick, t) for t in prompt.ticks) else replace(prompt, ticks=(*prompt.ticks, tick))


def _same(one: str | Words, other: str | Words) -> bool:
    if isinstance(one, Words) and isinstance(other, Words):
        return one.text.casefold() == other.text.casefold()
    return one == other


def _toggle(prompt: Prompt, token: str, tokens: set[str]) -> Prompt:
    own = {f"own.{n}": t for n, t in enumerate(t for t in prompt.ticks if isinstance(t, Words))}
    tick = own.get(token, token)
    if tick in prompt.ticks:
        return replace(prompt, ticks=tuple(t for t in prompt.ticks if t != tick))
    return replace(prompt, ticks=(*prompt.ticks, token)) if token in tokens else prompt
