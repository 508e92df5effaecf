"""An exercise as a diagram: a box for each question, an arrow for what is answered, in Mermaid's words.

Questions in a row (`from.1`, `from.2`, …) are one box, and so are those that both are asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bot.engine.acts import Offer
from bot.engine.events import Chose, Due, Said, Start
from bot.engine.session import Kind, Prompt, Session, Status
from bot.engine.text import Text
from bot.engine.walker import LATE, Step
from tests.drawing.shortened import label, pattern, question
from tests.drawing.walks import without_numbers

MOST = 40  # boxes that can still be read
AT_AN_ARROW = 4  # answers
START, END = "start", "over"
SILENCE = "no answer"
SHAPES = {
    "ask": '["{}"]',
    "wait": '{{{{"{}"}}}}',
    **dict.fromkeys(("offer", "later"), '[["{}"]]'),
    START: '(["{}"])',
    END: '(["{}"])',
}
SAID = {"wait": "time passes: {}", "offer": "begins: {}", "later": "begins later: {}", END: "is over"}


@dataclass
class Diagram:
    """Boxes, by their ids, with what stands in them, and arrows with the answers that lead along them."""

    boxes: dict[str, str] = field(default_factory=dict)
    arrows: dict[tuple[str, str], dict[str, None]] = field(default_factory=dict)

    @property
    def lines(self) -> Iterator[str]:
        """As Mermaid reads it."""
        yield "flowchart TD"
        for box, words in self.boxes.items():
            yield f"    {box}{SHAPES[box.partition('_')[0]].format(escaped(words))}"
        leaving = [source for source, _ in self.arrows]
        for (source, target), answers in self.arrows.items():
            said = _along(list(answers), is_only=leaving.count(source) == 1)
            yield f"    {source} -->{f'|{chr(34)}{escaped(said)}{chr(34)}|' if said else ''} {target}"


def escaped(words: str) -> str:
    """Words in quotes, none of which Mermaid takes for its own."""
    for sign, name in (("#", "#35;"), ('"', "#quot;"), ("<", "#lt;"), (">", "#gt;"), ("`", "#96;")):
        words = words.replace(sign, name)
    return words


def _along(answers: list[str], *, is_only: bool) -> str:
    """The answers at an arrow; where there is but one way on, only that nobody need answer."""
    named = [answer for answer in answers if answer]
    if is_only and SILENCE not in named:
        return ""
    shown = named[:AT_AN_ARROW]
    if len(named) > len(shown):
        shown[-1] = SILENCE if SILENCE in named[AT_AN_ARROW - 1 :] else "…"
    return " / ".join(shown)


def draw(steps: Iterable[Step]) -> Diagram:
    """The diagram of all that was done. Boxes stand in the order in which they are met first."""
    asked, drawn = dict[str, Text](), Diagram({START: "begins"})
    for step in steps:
        for prompt in step.turn.session.open.values():
            name = without_numbers(prompt.name)
            asked[name] = pattern(asked.get(name, prompt.text), prompt.text)
        left = _left(step)
        if left is None:
            continue
        source, answer = left
        for target in _reached(step):
            drawn.boxes.setdefault(target, _words(target))
            if target != source:
                drawn.arrows.setdefault((source, target), {}).setdefault(answer)
    return Diagram({box: _in_box(box, words, asked) for box, words in drawn.boxes.items()}, drawn.arrows)


def _in_box(box: str, words: str, asked: Mapping[str, Text]) -> str:
    names = {_box("ask", name): said for name, said in asked.items()}
    return question(names[box]) if box in names else words


def _box(kind: str, name: str) -> str:
    return f"{kind}_{name.replace('-', '_').replace('.', '_')}"


def _words(box: str) -> str:
    kind, _, name = box.partition("_")
    return SAID.get(kind, "{}").format(name.replace("_", " "))


# ---- where a step begins, and where it leads


def _left(step: Step) -> tuple[str, str] | None:
    """The box that was left, and by which answer; none where it was not left."""
    before, after = step.before, step.turn.session
    match step.event:
        case Start():
            return START, ""
        case Said(prompt=no) | Chose(prompt=no):
            prompt = before.prompt(no)
            is_left = prompt is not None and prompt.no not in {p.no for p in after.open.values() if p.to == prompt.to}
            return (_box("ask", without_numbers(prompt.name)), _answer(prompt, step)) if prompt and is_left else None
        case Due(at) if at - LATE < min(before.timers.values()):
            return _waited(before)
        case _:
            return None


def _waited(before: Session) -> tuple[str, str]:
    name = min(before.timers, key=lambda timer: (before.timers[timer], timer))
    waits, _, limit = name.partition(":")
    return _box("ask" if limit else "wait", without_numbers(waits)), SILENCE if limit else ""


def _answer(prompt: Prompt, step: Step) -> str:
    match step.event:
        case Chose(options=(token,)) if prompt.kind is not Kind.MANY:
            return label(_buttons(prompt)[token])
        case Chose(options=(token,)):
            return label(_buttons(prompt)[token]) if token in {side.token for side in prompt.sides} else ""
        case Said() if prompt.kind is Kind.TEXT or prompt.own_words:
            return "in words"
        case _:
            return ""


def _buttons(prompt: Prompt) -> dict[str, Text]:
    return {option.token: option.label for option in prompt.options} | {side.token: side.label for side in prompt.sides}


def _reached(step: Step) -> Iterator[str]:
    """The questions asked anew, the pauses that begin, the exercises that do, and the end."""
    before, after = step.before, step.turn.session
    known = {(prompt.to, prompt.no) for prompt in before.open.values()}
    yield from (
        _box("ask", without_numbers(prompt.name))
        for prompt in after.open.values()
        if (prompt.to, prompt.no) not in known
    )
    waits = sorted(name for name in after.timers.keys() - before.timers.keys() if ":" not in name)
    yield from (_box("wait", without_numbers(name)) for name in waits)
    offers = [act for act in step.turn.acts if isinstance(act, Offer)]
    yield from (_box("later" if act.at else "offer", act.exercise) for act in offers)
    if after.status is Status.ENDED and not offers:
        yield END
