"""How much the outbox holds: numbers alone, for whoever runs the bot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CompoundSelect, Select, func, literal_column, select, union_all

from storage.straight import Straight
from storage.tables import STATES, metadata

OUTBOX = metadata.tables["outbox"]
FAILED = "failed"


def _of(state: str) -> Select[tuple[str, str, int, int]]:
    rows, since = func.count().label("rows"), func.min(OUTBOX.c.earliest).label("since")
    is_so = OUTBOX.c.state == literal_column(f"'{state}'")  # written out, as the index of that state says it
    return select(literal_column(f"'{state}'").label("state"), OUTBOX.c.lane, rows, since).where(is_so).group_by("lane")


# Each state has an index but the failed: they are what is left of all, which are counted without looking at one.
_LINES: CompoundSelect[Any] = union_all(
    *(_of(state) for state in STATES if state != FAILED),
    select(literal_column(f"'{FAILED}'"), literal_column("''"), func.count(), literal_column("0")).select_from(OUTBOX),
)


@dataclass(frozen=True, slots=True)
class Line:
    """So many `rows` of one state and lane, the first of which may go from `since` on (epoch seconds). What has failed
    is in no lane any more."""

    state: str
    lane: str
    rows: int
    since: int


def lines(connection: Straight) -> Sequence[Line]:
    """What there is, by state and lane."""
    *going, everything = (Line(*row) for row in connection.execute(_LINES))
    left = everything.rows - sum(line.rows for line in going)
    return [*going, Line(FAILED, "", left, 0)]
