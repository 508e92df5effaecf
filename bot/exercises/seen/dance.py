"""The dance as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.engine.ids import PersonId
from bot.engine.pictures import Picture, picture
from bot.engine.text import Arg, Name, T


@dataclass(frozen=True, slots=True)
class Week:
    """A week of the dance: how close it felt and how close one wished, 1 to 7; time for oneself: 1 too little, 2 right,
    3 too much. 0 where nothing was said."""

    day: date
    felt: int
    wished: int
    room: int


@dataclass(frozen=True, slots=True)
class OtherLine:
    """The other's line, as (day, how close it felt, 1 to 7)."""

    whose: PersonId
    felt: tuple[tuple[date, int], ...]


def dance_chart(weeks: Sequence[Week], other: OtherLine | None = None) -> Picture | None:
    """My two lines over the weeks, below them the time for myself, and perhaps the other's line. A week that is not
    there is a gap. None where there is nothing to be seen."""
    others = () if other is None else tuple((day, felt) for day, felt in other.felt if felt)
    mine = [week for week in weeks if week.felt or week.wished or week.room]
    if not mine and not others:
        return None
    names: tuple[Arg, ...] = (T("how close it felt"), T("how close I wished"))
    if other is not None and others:
        names = (*names, T("{name}: how close it felt, over four weeks", name=Name(other.whose)))
    return picture(
        "dance",
        title=T("How close, week by week"),
        weeks=tuple((week.day, week.felt, week.wished, week.room) for week in mine),
        names=names,
        ends=(T("far apart"), T("very close")),
        rooms=(T("Time for myself"), T("too little"), T("just right"), T("too much")),
        others=others,
    )
