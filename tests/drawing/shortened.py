"""What a question or a button says, short enough for a box of a diagram."""

from __future__ import annotations

import re
from textwrap import shorten

from bot.engine.text import Arg, Card, Name, Text
from tests.test_bot.test_engine.world import NAMES

LONGEST = 60  # characters in a box
SHORT = 30  # at an arrow
UNSAID = Text("…")
PLACE = re.compile(r"\{(\w+)\}")


def plain(said: Text) -> str:
    """In English; what people write, and days and times, as "…"."""
    given = dict(said.args)
    return PLACE.sub(lambda place: _part(given[str(place[1])]), said.key)


def pattern(one: Text, other: Text) -> Text:
    """What two questions of one name have in common: a place where they differ reads as "…"; where a question is that
    place alone, the first one stands for all."""
    there, says = dict(other.args), re.search(r"\w", PLACE.sub("", one.key))
    if one.key != other.key or not says:
        return one
    return Text(one.key, tuple((name, value if _alike(value, there[name]) else UNSAID) for name, value in one.args))


def _alike(one: Arg, other: Arg) -> bool:
    return one == other or (isinstance(one, Name) and isinstance(other, Name))


def question(said: Text) -> str:
    """Its last question; where it has none, how its last paragraph begins."""
    words = plain(said)
    sentences = [each for line in words.splitlines() for each in re.findall(r"[^.?:]+[.?:…]*”?", line) if each.strip()]
    asked = [each for each in sentences if "?" in each]
    last = words.strip().splitlines()[-1]
    one = (asked[-1] if asked else re.split(r"(?<=[.:]) ", last)[0]).strip()
    return shorten(one[:1].upper() + one[1:], LONGEST, placeholder=" …")


def label(said: Text) -> str:
    """A button."""
    return shorten(plain(said), SHORT, placeholder=" …")


def _part(value: Arg) -> str:
    match value:
        case Text():
            return plain(value)
        case Name():
            return NAMES[value.person].title()
        case Card():
            return "a question from the deck"
        case int():
            return str(value)
        case tuple():
            return ", ".join(map(_part, value))
        case _:
            return "…"
