"""The source sentences, found in the code: what `say`, `ask`, `T`, … are called with. Nothing is imported or run.

Babel's own extractor for Python loses what stands inside another call (`Option("yes", T("Yes"))`) and what follows
an f-string (`choose(f"from.{n}", "…")`); both are how exercises are written. So the syntax tree is read here.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.words.mistakes import Mistake

ROOMS = ("exercises", "commands", "content")
# which argument is the sentence, from 0
KEYWORDS = {
    "T": 0,
    "text": 0,
    "say": 0,
    "announce": 0,
    "ask": 1,
    "choose": 1,
    "choose_many": 1,
    "confirm": 1,
    "scale": 1,
    "both": 1,
}
_UNHEARD = "this sentence is in no catalogue; give it to T(…), as one plain string"
_TWO_WORDS = re.compile(r"[^\W\d_]+[,:;]? [^\W\d_]+")


@dataclass(frozen=True, slots=True, order=True)
class Sentence:
    """A source sentence and where it is said."""

    path: Path
    line: int
    key: str


def find_sentences(code: Path) -> tuple[list[Sentence], list[Mistake]]:
    """All sentences of the rooms that speak, by files and lines; and those that no catalogue would have: words in
    quotes that were given to none of the calls."""
    found: list[Sentence] = []
    mistakes: list[Mistake] = []
    for path in sorted(path for room in ROOMS for path in (code / room).rglob("*.py")):
        try:
            tree = ast.parse(path.read_bytes())
        except SyntaxError as error:
            mistakes.append(Mistake(path, error.lineno or 1, f"this is not Python: {error.msg}"))
            continue
        spoken = list(_spoken(tree))
        found += [Sentence(path, said.lineno, str(said.value)) for said in spoken if _has_words(str(said.value))]
        mistakes += [Mistake(path, line, _UNHEARD) for line in _unheard(tree, spoken)]
    return sorted(found), mistakes


def _has_words(key: str) -> bool:
    """Whether there is anything to translate beside places: "{day} {hour}" is the same in every language, but each has
    its own quotation marks."""
    return any(letter.isalpha() or letter in "“”" for letter in re.sub(r"\{\w+\}", "", key))


def _unheard(tree: ast.AST, spoken: Iterable[ast.AST]) -> Iterator[int]:
    """The lines of sentences that are said without a catalogue."""
    known = {id(node) for node in spoken} | {id(node) for node in _silent(tree)}
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(words)) if id(node) not in known and _TWO_WORDS.search(words):
                yield node.lineno
            case ast.JoinedStr(parts) if id(node) not in known and _TWO_WORDS.search(_read(parts)):
                yield node.lineno
            case _:
                continue


def _read(parts: Iterable[ast.expr]) -> str:
    """An f-string with "it" in its places."""
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "it" for part in parts)


def _spoken(tree: ast.AST) -> Iterator[ast.Constant]:
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and (place := KEYWORDS.get(_name(call.func))) is not None:
            sentence = call.args[place] if place < len(call.args) else None
            if isinstance(sentence, ast.Constant) and isinstance(sentence.value, str):
                yield sentence


def _name(called: ast.expr) -> str:
    match called:
        case ast.Name(name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def _silent(tree: ast.AST) -> Iterator[ast.AST]:
    """Strings that nobody is told: docstrings, and what errors say to those who write exercises."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            yield node.value
        elif isinstance(node, ast.Raise):
            yield from ast.walk(node)
