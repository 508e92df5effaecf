"""What was said, held against what stands in the file."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from tests.playing.script import Entry, Script, Step, on_paper


def same(step: Step, said: list[Entry]) -> bool:
    """Whether what was said is what was expected."""
    same_length = len(step.expected) == len(said)
    return same_length and all(e.allows(s) for e, s in zip(step.expected, said, strict=True))


def kept(step: Step, said: list[Entry]) -> Iterator[Entry]:
    """What was said, abbreviated as it was before."""
    left = list(step.expected)
    for entry in said:
        as_before = next((e for e in left if e.allows(entry)), None)
        if as_before is not None:
            left.remove(as_before)
        yield as_before or entry


def difference(script: Script, step: Step, said: list[Entry]) -> str:
    """What differs, line by line."""
    got = [line for entry in kept(step, said) for line in on_paper(entry)]
    expected = [line for entry in step.expected for line in on_paper(entry)]
    lines = difflib.ndiff(expected or ["bot says nothing"], got or ["bot says nothing"])
    shown = "\n".join(line for line in lines if not line.startswith("?"))
    return f"{script.path.name}, line {step.line}, after: {step.raw[0].strip()}\n(- expected, + got)\n{shown}"
