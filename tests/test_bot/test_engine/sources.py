"""The source sentences that a conversation can say, found in its code: its function, what that calls, and constants."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from types import CodeType, FunctionType, ModuleType

import bot
from bot.engine.exercise import Exercise
from bot.engine.text import Text
from bot.words.sentences import find_sentences

ROOMS = ("bot.exercises", "bot.commands", "tests.exercises")
CODE = Path(bot.__file__).parent


def own_sentences(exercise: Exercise) -> set[str]:
    """Every sentence in the code of an exercise, its helpers and the constants that they use."""
    function = exercise.play
    assert isinstance(function, FunctionType)
    return set(_of_function(function, set()))


@cache
def _spoken(path: str) -> dict[int, list[str]]:
    """The sentences of a file by their lines."""
    lines = dict[int, list[str]]()
    for sentence in find_sentences(CODE)[0]:
        if sentence.path == Path(path):
            lines.setdefault(sentence.line, []).append(sentence.key)
    return lines


def _of_function(function: FunctionType, seen: set[object]) -> Iterator[str]:
    """Its own, and those of the functions and values that its code names, in the rooms that speak."""
    if function in seen:
        return
    seen.add(function)
    tests = function.__module__.startswith("tests.")
    for code in _codes(function.__code__):
        yield from _in_samples(code, function.__doc__) if tests else _in_lines(code)
        for name in code.co_names:
            yield from _of_value(function.__globals__.get(name), seen)


def _in_lines(code: CodeType) -> Iterator[str]:
    """What is said between the first and the last line of a function."""
    spoken = _spoken(code.co_filename)
    for _, _, line in code.co_lines():
        yield from spoken.get(line or 0, ())


def _in_samples(code: CodeType, doc: str | None) -> Iterator[str]:
    """The same for samples, whose file is in no catalogue: whatever looks like a sentence."""
    for said in code.co_consts:
        if isinstance(said, str) and said != doc and said[-1:] in {".", "?", ":"} and " " in said:
            yield said


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)


def _of_value(value: object, seen: set[object]) -> Iterator[str]:
    if isinstance(value, FunctionType) and value.__module__.startswith(ROOMS):
        yield from _of_function(value, seen)
    elif isinstance(value, type) and value.__module__.startswith(ROOMS):
        for part in vars(value).values():
            yield from _of_value(part.fget if isinstance(part, property) else part, seen)
    elif not isinstance(value, ModuleType | type | FunctionType):
        yield from _texts(value)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, Text):
        yield value.key
    if isinstance(value, Mapping):
        yield from _texts([*value.values()])
    if isinstance(value, tuple | list):
        for part in value:
            yield from _texts(part)
    elif is_dataclass(value) and not isinstance(value, Exercise | type):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))
