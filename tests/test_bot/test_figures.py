"""What is counted for whoever runs the bot, and how it is written down."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.changes import Lane
from bot.engine.ids import CoupleId, PersonId, SessionId
from bot.errors import StoreError
from bot.events import Deed, Due, Event, Incoming, Profile, Returned, Sender, SessionDue, Typed, Unheard, WeekDue
from bot.people import AccountKey
from bot.wiring.figures import AT_ONCE, KINDS, Figures, Line, Now
from scheduler.delivery import ENDS
from storage.counting import Line as Counted
from storage.tables import STATES

ANA = Sender(AccountKey("telegram", 11), 11, Profile("Ana"))
PAGE = Path(__file__).resolve().parents[2] / "docs" / "operations.md"
EVERYTHING = Now([Counted("waiting", "reply", 3, 60)], {"telegram": {"sent": 7}}, {"telegram": True}, 2, 100)
NOTHING = Now((), {}, {}, 0, 0)
Figure = dict[tuple[str, ...], float]


def _event(deed: Deed) -> Incoming:
    return Incoming("1", 0, 0, ANA, deed)


def _figures(figures: Figures, now: Now = NOTHING) -> Figure:
    """Each line by its name and the values of its labels, in the order of their names."""
    page = figures.page(now).decode()
    families = text_string_to_metric_families(page)
    return {(s.name, *s.labels.values()): s.value for family in families for s in family.samples}


def _taken(*events: Event) -> Figure:
    figures = Figures()
    take = figures.counting(lambda event: None)
    for event in events:
        take(event)
    return _figures(figures)


def test_everything_that_can_happen_has_a_kind() -> None:
    """No turn stops because nobody thought of counting it."""
    assert {*get_args(Deed), *get_args(Due), Unheard} == {*KINDS}


def test_turns_are_counted_by_kind() -> None:
    """A kind that never came is there, too, as nought."""
    figures = _taken(_event(Typed("A lighthouse.", "1")), _event(Typed("Two.", "2")), _event(Returned()))
    kinds = {kind: count for (name, kind), count in _pairs(figures) if name == "leeway_turns_total"}
    assert kinds == {**dict.fromkeys(KINDS.values(), 0.0), "typed": 2.0, "returned": 1.0}


def _pairs(figures: Figure) -> list[tuple[tuple[str, str], float]]:
    return [((names[0], names[1]), value) for names, value in figures.items() if len(names) == 2]


def test_people_and_the_clock_have_a_lane_each() -> None:
    """How long a turn takes is told apart."""
    figures = _taken(_event(Returned()), SessionDue(SessionId(1), 9, 0), Unheard(PersonId(1), 0, 9, 0))
    assert figures["leeway_turn_seconds_count", "reply"] == 1
    assert figures["leeway_turn_seconds_count", "bulk"] == 2


def test_how_late_it_is_taken() -> None:
    """Of what is due alone, in seconds."""
    figures = _taken(_event(Returned()), SessionDue(SessionId(1), 9, 0, 4), WeekDue(CoupleId(2), 99, 0, 40))
    assert figures["leeway_due_late_seconds_sum",] == 44
    assert figures["leeway_due_late_seconds_count",] == 2
    assert figures["leeway_due_late_seconds_bucket", "5.0"] == 1


def test_a_turn_that_raises_is_counted_and_still_raises() -> None:
    """The store's error goes where it went before."""
    figures = Figures()

    def fails(event: Event) -> None:
        raise StoreError("a full disk")

    with pytest.raises(StoreError):
        figures.counting(fails)(_event(Returned()))
    assert _figures(figures)["leeway_turns_total", "returned"] == 1


def test_what_is_so_now() -> None:
    """The outbox, how sends ended, who is heard; what may go only later does not wait yet."""
    lines: list[Line] = [
        Counted("waiting", "reply", 3, 60),
        Counted("waiting", "bulk", 5, 900),
        Counted("failed", "", 1, 0),
    ]
    now = Now(lines, {"telegram": {"sent": 7, "limited": 1}}, {"telegram": True, "discord": False}, 2, 100)
    figures = _figures(Figures(), now)
    assert figures["leeway_outbox", "bulk", "waiting"] == 5
    assert figures["leeway_outbox", "", "failed"] == 1
    assert figures["leeway_outbox_wait_seconds", "reply"] == 40
    assert figures["leeway_outbox_wait_seconds", "bulk"] == 0
    assert figures["leeway_sends_total", "limited", "telegram"] == 1
    assert (figures["leeway_hears", "telegram"], figures["leeway_hears", "discord"]) == (1, 0)
    assert figures["leeway_turns_failed_total",] == 2


def test_it_is_counted_before_anybody_looks() -> None:
    """What is noted does not grow for ever where nobody asks; and no turn is lost or there twice."""
    figures = Figures()
    take = figures.counting(lambda event: None)
    for _ in range(AT_ONCE + 1):
        figures.kept(0.1)
        take(_event(Returned()))
    assert (len(figures._turned), len(figures._kept)) == (1, 1)
    counted = _figures(figures)
    assert counted["leeway_turns_total", "returned"] == counted["leeway_heard_seconds_count",] == AT_ONCE + 1


def test_two_programs_parts_count_apart() -> None:
    """There is no registry of the whole process: people's figures and the playground's never mix."""
    first, second = Figures(), Figures()
    first.counting(lambda event: None)(_event(Returned()))
    assert _figures(second)["leeway_turns_total", "returned"] == 0


def test_every_name_is_explained() -> None:
    """The table of docs/operations.md has each of our names, and every way in which a send can end."""
    told = PAGE.read_text("utf-8")
    names = {names[0] for names in _figures(Figures(), EVERYTHING) if names[0].startswith("leeway_")}
    plain = {name.removesuffix("_bucket").removesuffix("_count").removesuffix("_sum") for name in names}
    assert {name for name in plain if f"| `{name}` |" not in told} == set()
    assert {word for word in (*KINDS.values(), *ENDS, *STATES, *Lane) if f"`{word}`" not in told} == set()
