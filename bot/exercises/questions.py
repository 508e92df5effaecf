"""Which curiosity question comes next: none twice, none that was struck out, as light or deep as the two asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.engine.decks import Wish
from bot.engine.talk import ANY, Talk
from bot.engine.text import Card, T

READS = (
    "curious.asked",
    "curious.never",
    "curious.depth",
    "table.asked",
    "asked.asked",
    "drawn.asked",
    "curious.met",
    "table.met",
)
WHY = T(
    "Why ask at all? Dating couples guessed each other's answers right 44 percent of the time, and believed it was 82; "
    "the years made them surer, not better (Swann & Gill 1997; Epley 2014). Asking helps, imagining does not (Eyal, "
    "Steffel & Epley 2018, 25 experiments). Strong evidence."
)
LIGHT_ROUNDS = 3  # the first few questions are light ones, whatever was wished
LIGHTEST, MIDDLE, DEEPEST = 1, 2, 3


def wish(talk: Talk) -> Wish:
    """What the next draw should heed."""
    asked = [
        r["value"].get("question", {})  # its writer may have taken it out
        for name in ("curious", "table", "asked", "drawn")
        for r in talk.past(f"{name}.asked")
    ]
    seen = [question["card"] for question in asked if "card" in question]  # the others are people's own
    never = [record["value"]["card"] for record in talk.past("curious.never") if "card" in record["value"]]
    level = depth(talk.past("curious.asked"), talk.past("curious.depth"), _lean(talk))
    return Wish(seen=seen, never=never, unfit=unfit(talk), depth=level)


def several(talk: Talk, name: str, deck: str, count: int, heeding: Wish = ANY) -> list[Card]:
    """So many different cards of a deck."""
    cards = list[Card]()
    for n in range(1, count + 1):
        seen = [*heeding.seen, *(card.id for card in cards)]
        cards.append(talk.draw(f"{name}.{n}", deck, replace(heeding, seen=seen)))
    return cards


def unfit(talk: Talk) -> list[str]:
    """The circumstances of the two (`bot/commands/rhythm.py`): what is unfit for them stays in the deck."""
    fits = talk.given("fits")
    return [fit for fit in fits if isinstance(fit, str)] if isinstance(fits, list) else []


def _lean(talk: Talk) -> int:
    """By how much the two would have their questions deeper than they come."""
    lean = talk.given("depth")
    return lean if isinstance(lean, int) else 0


def depth(asked: list[dict[str, Any]], wishes: list[dict[str, Any]], lean: int = 0) -> int:
    """The depth after all wishes so far. Those that came between two draws count as one step; lighter wins,
    and who asked for lighter ones altogether (`lean` below 0) is not led deeper by the other's taps."""
    level = lean + (LIGHTEST if len(asked) < LIGHT_ROUNDS else MIDDLE)
    ends = [record["at"] for record in asked[1:]] + [None]
    begins = [record["at"] for record in asked]
    for begin, end in zip(begins, ends, strict=False):
        between = {w["value"].get("wish") for w in wishes if w["at"] >= begin and (end is None or w["at"] < end)}
        if "lighter" in between:
            level -= 1
        elif "deeper" in between and lean >= 0:
            level += 1
    return min(max(level, LIGHTEST), DEEPEST)
