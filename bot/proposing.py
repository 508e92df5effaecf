"""The prompt of a week: what the season has for it, and what stands beside it."""

from __future__ import annotations

from collections.abc import Mapping

from bot import asking
from bot.desk import Desk
from bot.engine.ids import PersonId
from bot.engine.session import Json
from bot.people import Couple
from bot.seasons import Week, begins_anew, looks_back, past_a_week_off, week
from bot.starting import OPENS


def begin_week(desk: Desk, couple: Couple, opens: Mapping[PersonId, tuple[int, int]]) -> None:
    """Of the couple as it was when its week came; `opens`: from when and until when it goes to each."""
    couple = past_a_week_off(couple)
    times: list[Json] = [[*opens[person]] for person in couple.people]
    if (what := week(couple)) is Week.QUESTION:
        asking.begin_week(desk, couple, opens, again=looks_back(couple))
    else:
        desk.begin("week", couple.people, couple.id, {OPENS: times, "what": what.value})
    desk.begin("beside", couple.people, couple.id, {OPENS: times, "anew": begins_anew(couple)})
