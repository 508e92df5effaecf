"""The keepsake of a renewal as a picture."""

from __future__ import annotations

from dataclasses import dataclass

from bot.engine.ids import PersonId
from bot.engine.moments import Moment
from bot.engine.pictures import Picture, picture
from bot.engine.text import Arg, Dated, Name, T


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
