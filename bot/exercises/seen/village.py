"""The village map as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.engine.ids import PersonId
from bot.engine.pictures import Picture, picture
from bot.engine.text import Arg, Name, T, Text


@dataclass(frozen=True, slots=True)
class Needs:
    """Needs as labels, by number which carrier each is expected from, and in words how much rests on one."""

    needs: tuple[Text, ...]
    carriers: tuple[int, ...]
    count: Text


def village_map(names: Sequence[Text], now: Needs, *, then: Needs | None = None, of: PersonId | None = None) -> Picture:
    """A house for each carrier, with its needs; with an earlier map, both beside each other. `names` of the carriers:
    my partner, someone else, myself, nobody yet. `of`: who drew it, when it is shown to another."""
    parts: dict[str, Arg] = {
        "title": T("A village of needs") if of is None else T("A village of needs, drawn by {name}", name=Name(of)),
        "carriers": tuple(names),
        "needs": now.needs,
        "whom": now.carriers,
        "count": now.count,
    }
    if then is not None:
        parts |= {
            "title": T("A village of needs, then and now"),
            "headings": (T("then"), T("now")),
            "then_needs": then.needs,
            "then_whom": then.carriers,
            "then_count": then.count,
        }
    return picture("village", **parts)
