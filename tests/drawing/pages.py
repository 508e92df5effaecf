"""docs/exercises/: a page for each exercise, with why, a diagram, and a conversation as it goes."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bot.engine.acts import Visibility
from bot.engine.exercise import Exercise, Scope
from bot.engine.text import Text
from bot.engine.walker import sentences
from bot.exercises.registry import EXERCISES
from tests.drawing.diagram import MOST, draw
from tests.drawing.shortened import PLACE, plain
from tests.drawing.walks import Walk, walks

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "exercises"
TRANSCRIPTS = ROOT / "tests" / "transcripts"
# Where an exercise can be read: where tests/transcripts/ has none of its name.
SAMPLES: Mapping[str, str] = {
    "curious": "guess",
    "grade": "guess",
    "heard": "at-the-table",
    "table": "alone",
    "asked": "ask",
    "drawn": "ask-jar",
    "own-time": "space-day",
    "meanwhile": "space",
    "good-wish": "space",
    "kind-word": "space",
    "afterwards": "space-share",
    "asking-back": "space-share",
    "answering": "space-share",
    "near-reply": "near",
    "ritual": "renew",
    "ritual-tell": "renew",
    "ritual-asked": "renew",
    "week": "season",
    "beside": "season",
    "received-no": "no",
    "received-yes": "no",
    "made-room": "no",
    "came-of-it": "no",
    "mine-after": "mine",
}
# Those that begin others in another way than by an offer.
BEGUN_BY: Mapping[str, str] = {"asked": "ask", "drawn": "ask"}
LEAST = 12  # characters of a sentence by which it is known in a transcript
VISIBLE = {
    Visibility.PRIVATE: "for its writer alone",
    Visibility.SEALED: "sealed until both are in",
    Visibility.SHARED: "for both",
    Visibility.GROUP: "said in the group",
}


class NoSample(Exception):
    """An exercise that no transcript shows."""


def pages(exercises: Sequence[Exercise] = EXERCISES, samples: Mapping[str, str] = SAMPLES) -> dict[str, str]:
    """The pages by the names of their files. Raises `NoSample`."""
    walked = walks(exercises)
    made = {f"{name}.md": "\n".join(_page(walk, walked, samples)) for name, walk in walked.items()}
    return {"README.md": "\n".join(_contents(exercises)), **made}


def _contents(exercises: Sequence[Exercise]) -> Iterator[str]:
    yield from (
        "# The exercises",
        "",
        "A page for each: why there is such an exercise, its questions as a diagram, what it keeps, and a conversation",
        "from the tests. `make exercises` writes this folder from the code; nobody edits it by hand.",
        "",
        "In a diagram, a box is a question, an arrow is an answer, a box with six sides is a time that passes, and a",
        "box with double sides begins another exercise. Ana is whoever takes part, Ben is the one she is linked with.",
        "Where one answer leads to two boxes, it depends: on what was answered before, or on whether there is a Ben.",
        "",
        "| exercise | for | what it is |",
        "| --- | --- | --- |",
    )
    for exercise in exercises:
        whose = "both" if exercise.scope is Scope.COUPLE else "one"
        yield f"| [{exercise.name}]({exercise.name}.md) | {whose} | {_of_function(exercise)} |"
    yield ""


def _page(walk: Walk, walked: Mapping[str, Walk], samples: Mapping[str, str]) -> Iterator[str]:
    exercise, code = walk.exercise, Path(inspect.getfile(walk.exercise.play)).relative_to(ROOT).as_posix()
    yield f"# {exercise.name}\n\n{_of_module(exercise)}\n\n{_of_function(exercise)}\n\nCode: [{code}](../../{code})\n"
    yield from _why(walk, walked)
    diagram = draw(walk.steps)
    if len(diagram.boxes) > MOST:
        raise ValueError(f"{exercise.name}: {len(diagram.boxes)} boxes cannot be read; number questions in a row (a.1)")
    yield "\n".join(("## How it goes", "", "```mermaid", *diagram.lines, "```", ""))
    yield from _links("It leads to", walk.leads_to, walked)
    yield from _kept(walk)
    yield from _sample(walk, samples)


def _of_module(exercise: Exercise) -> str:
    return _line(sys.modules[exercise.play.__module__].__doc__)


def _of_function(exercise: Exercise) -> str:
    return _line(exercise.play.__doc__)


def _line(doc: str | None) -> str:
    return " ".join((doc or "").split())


# ---- why


def _why(walk: Walk, walked: Mapping[str, Walk]) -> Iterator[str]:
    reason = _reason(walk.exercise)
    origin = None if reason else _origin(walk.exercise.name, walked)
    if origin is not None:
        reason = _reason(origin)
    if reason is not None:
        yield "## Why\n"
        if origin is not None:
            yield f"From [{origin.name}]({origin.name}.md), which it belongs to:\n"
        yield f"> {plain(reason)}\n"


def _reason(exercise: Exercise) -> Text | None:
    found = getattr(sys.modules[exercise.play.__module__], "WHY", None)
    return found if isinstance(found, Text) else None


def _origin(name: str, walked: Mapping[str, Walk]) -> Exercise | None:
    """The nearest exercise with a reason that leads there."""
    seen, waiting = {name}, [name]
    for here in waiting:
        begun_by = [BEGUN_BY[here]] if here in BEGUN_BY else []
        for one in (*begun_by, *(other for other, walk in walked.items() if here in walk.leads_to)):
            if _reason(walked[one].exercise):
                return walked[one].exercise
            waiting += [] if one in seen else [one]
            seen.add(one)
    return None


# ---- what comes of it


def _links(said: str, names: Sequence[str], walked: Mapping[str, Walk]) -> Iterator[str]:
    if names:
        yield f"{said}: " + ", ".join(f"[{name}]({name}.md)" if name in walked else name for name in names) + ".\n"


def _kept(walk: Walk) -> Iterator[str]:
    if walk.kept:
        yield "\n".join(("## What it keeps", "", *(f"- `{name}`: {VISIBLE[seen]}" for name, seen in walk.kept), ""))


# ---- a conversation


def _sample(walk: Walk, samples: Mapping[str, str]) -> Iterator[str]:
    name = samples.get(walk.exercise.name, walk.exercise.name)
    file = TRANSCRIPTS / f"{name}.txt"
    told = file.read_text(encoding="utf-8") if file.is_file() else ""
    if not _shows(told, walk):
        raise NoSample(
            f"tests/transcripts/{name}.txt does not show the exercise {walk.exercise.name!r}: "
            "name one that does in SAMPLES of tests/drawing/pages.py, then run make exercises"
        )
    link = f"[tests/transcripts/{name}.txt](../../tests/transcripts/{name}.txt)"
    yield f"## A conversation\n\nFrom {link}, which is a test, too.\n"
    yield f"<details>\n<summary>{name}.txt</summary>\n\n```text\n{told.rstrip()}\n```\n\n</details>\n"


def _shows(told: str, walk: Walk) -> bool:
    """Whether something that only this exercise says is said there: the longest part between two places will do."""
    words = " ".join(told.split())
    parts = (max(re.split(PLACE, " ".join(key.split())), key=len) for key in sentences(walk.steps))
    return any(len(part) >= LEAST and part in words for part in parts)
