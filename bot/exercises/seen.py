"""Pictures of what exercises are about: their words, and their values in the form that the drawings know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.engine.ids import PersonId
from bot.engine.moments import Moment
from bot.engine.pictures import Picture, picture
from bot.engine.text import Arg, Dated, Name, T, Text


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
        names = (*names, T("{name}: how close it felt", name=Name(other.whose)))
    return picture(
        "dance",
        title=T("How close, week by week"),
        weeks=tuple((week.day, week.felt, week.wished, week.room) for week in mine),
        names=names,
        ends=(T("far apart"), T("very close")),
        rooms=(T("Time for myself"), T("too little"), T("just right"), T("too much")),
        others=others,
    )


@dataclass(frozen=True, slots=True)
class Post:
    """A post, what I ask of the other there, and what I feel is asked of me, 0 to 4."""

    name: Text
    ask: int
    asked: int


def job_table(posts: Sequence[Post], partner: PersonId | None) -> Picture | None:
    """Two bars for each post. None where there is none."""
    if not posts:
        return None
    ask = T("what I ask of {name}", name=Name(partner)) if partner else T("what I ask of my partner")
    return picture(
        "job",
        title=T("The job description"),
        names=(ask, T("what I feel is asked of me")),
        posts=tuple((post.name, post.ask, post.asked) for post in posts),
    )


@dataclass(frozen=True, slots=True)
class Promises:
    """What one of the two keeps, changes and offers, as they wrote it; None where they said nothing."""

    by: PersonId
    keeps: Arg | None
    changes: Arg | None
    offers: Arg | None


def renewal_keepsake(both: tuple[Promises, Promises], day: Moment, again: Moment) -> Picture:
    """Both names, the day, what each keeps, changes and offers, and the next day."""
    first, second = both
    return picture(
        "renewal",
        title=T("{name} and {other}", name=Name(first.by), other=Name(second.by)),
        day=T("Renewed on {day}", day=Dated(day)),
        names=(T("keeps"), T("changes"), T("offers")),
        promises=tuple(
            (Name(one.by), *(() if said is None else said for said in (one.keeps, one.changes, one.offers)))
            for one in both
        ),
        next_day=T("The next time: {day}", day=Dated(again)),
    )
