"""What is drawn is what was said: values stand where they belong, and what nobody said is not there."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from matplotlib.lines import Line2D

from bot.engine.ids import PersonId
from bot.engine.text import T
from bot.exercises.seen.dance import OtherLine, dance_chart
from bot.exercises.seen.job import job_table
from bot.exercises.seen.village import Needs, village_map
from bot.exercises.village import CARRIER_NAMES
from bot.pictures.dance import FELT, OTHER, WISHED, Calendar, Dance, Look, draw_dance
from bot.pictures.drawings import Day, Drawing
from bot.pictures.job import LOOKS
from bot.pictures.plate import DejaVu
from bot.pictures.shapes import Line, Marks
from bot.pictures.sheet import Sheet
from tests.test_bot.test_pictures.album import (
    BEN,
    KINDS,
    SUNDAY,
    every,
    keepsake,
    needs,
    posts,
    seen,
    shown,
    typed,
    week,
    written,
)

NUMBERS = ("1", "2", "3", "4", "5", "6", "7")


def _words(drawing: Drawing) -> list[str]:
    return [text.get_text() for text in written(seen(drawing))]


def _places(drawing: Drawing) -> dict[str, tuple[float, float]]:
    return {text.get_text(): text.get_position() for text in written(seen(drawing))}


def _read(drawing: Drawing, look: Look) -> list[tuple[float, int]]:
    """The marks of a line below the legend's, as (x, value): the numbers beside them say where a value is."""
    figure = seen(drawing)
    scale = {text.get_text(): text.get_position()[1] for text in written(figure) if text.get_text() in NUMBERS}
    step = scale["1"] - scale["2"]
    lines = [line for line in figure.axes[0].lines if _is(line, look)]
    points = [point for line in lines[1:] for point in _points(line)]
    return [(x, round((scale["1"] - y) / step + 1)) for x, y in points if y < scale["1"] + step]


def _points(line: Line2D) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in np.asarray(line.get_xydata(), float)]


def _is(line: Line2D, look: Look) -> bool:
    return line.get_markeredgecolor() == look.colour and line.get_marker() != "None"


def test_each_need_is_in_its_house() -> None:
    """Below the name of who carries it, above the next one's."""
    whom = Needs(tuple(T(word) for word in ("calm", "play", "advice", "help")), (0, 3, 0, 1), T("On one person."))
    places = _places(shown(village_map(CARRIER_NAMES, whom)))
    down = sorted(places, key=lambda words: places[words][1])
    houses = [words for words in down if words in {"my partner", "someone else", "myself", "nobody yet"}]
    assert houses == ["my partner", "someone else", "myself", "nobody yet"]
    assert [words for words in down if words not in {"–"}][2:] == [
        "my partner", "calm", "advice", "someone else", "help", "myself", "nobody yet", "play",
    ]  # fmt: skip


def test_then_and_now_stand_beside_each_other() -> None:
    """Then on the left, now on the right, each under its heading."""
    places = _places(shown(village_map(CARRIER_NAMES, needs("sleep"), then=needs("rest"))))
    assert places["then"][0] < places["now"][0]
    assert places["rest"][0] < places["sleep"][0]
    assert places["rest"][1] == places["sleep"][1]


def test_who_drew_it_is_named_to_another() -> None:
    """My partner is somebody else for them."""
    assert _words(shown(village_map(CARRIER_NAMES, needs("rest"), of=BEN)))[0].endswith("Ben")


def test_every_week_is_where_it_belongs() -> None:
    """Its values on the scale, its day from left to right; a week that is missing leaves its place empty."""
    drawing = shown(dance_chart([week(0, 1, 7), week(1, 4, 5), week(4, 7, 6)]))
    felt, wished = _read(drawing, FELT), _read(drawing, WISHED)
    assert [value for _, value in felt] == [1, 4, 7]
    assert [value for _, value in wished] == [7, 5, 6]
    (first, _), (second, _), (last, _) = felt
    assert (second - first) * 4 == pytest.approx(last - first)


def test_a_line_stops_where_a_week_is_missing() -> None:
    """A stroke goes from week to week alone."""
    days = [Day(SUNDAY + timedelta(7 * n), "", "") for n in (0, 1, 3, 4)]
    dance = Dance("", tuple((day, 4, 0, 0) for day in days), ("felt", "wished"), ("low", "high"), ("", "", "", ""))
    sheet = Sheet(DejaVu())
    draw_dance(sheet, dance)
    strokes = [part for part in sheet.parts if isinstance(part, Line) and part.colour == FELT.colour][1:]
    across = Calendar(days)
    assert [[x for x, _ in stroke.points] for stroke in strokes] == [
        [across.x(days[0].on), across.x(days[1].on)],
        [across.x(days[2].on), across.x(days[3].on)],
    ]
    assert [part for part in sheet.parts if isinstance(part, Marks) and part.colour == WISHED.colour][1:] == []


def test_the_other_has_a_line_with_a_name() -> None:
    """How close it felt to them, and nothing else of theirs."""
    other = OtherLine(BEN, ((SUNDAY, 2), (SUNDAY + timedelta(7), 6)))
    drawing = shown(dance_chart([week(0, 5, 5)], other))
    assert [value for _, value in _read(drawing, OTHER)] == [2, 6]
    assert "Ben: how close it felt, over four weeks" in _words(drawing)
    assert "Ben: how close it felt, over four weeks" not in _words(shown(dance_chart([week(0, 5, 5)])))


def test_time_for_oneself_has_a_mark_of_its_own() -> None:
    """Up for too much, down for too little, in the row that the legend names."""
    figure = seen(shown(dance_chart([week(0, room=1), week(1, room=3), week(2, room=2), week(3, room=3)])))
    rows = [line for line in figure.axes[0].lines if line.get_marker() in {"^", "v", "o"} and line.get_color() != ""]
    purple = [line for line in rows if line.get_markeredgecolor() not in {FELT.colour, WISHED.colour}]
    assert [(line.get_marker(), len(_points(line))) for line in purple[:3]] == [("^", 2), ("o", 1), ("v", 1)]


@pytest.mark.parametrize("weeks", [[], [week(0, 0, 0, 0)]])
def test_where_nothing_was_said_is_no_picture(weeks: list[object]) -> None:
    """Neither of weeks nor of posts."""
    assert dance_chart(weeks) is None  # type: ignore[arg-type]  # of weeks
    assert dance_chart(weeks, OtherLine(BEN, ((SUNDAY, 0),))) is None  # type: ignore[arg-type]  # of weeks
    assert job_table([], BEN) is None


@pytest.mark.parametrize("count", range(1, 8))
def test_a_post_has_as_many_cells_as_were_given(count: int) -> None:
    """What I ask in one colour, what is asked of me in another, and hatched."""
    drawing = shown(job_table(posts(*(typed(f"post {n}") for n in range(count))), PersonId(0)))
    patches = seen(drawing).axes[0].patches
    asked = {hatch: sum(1 for patch in patches if _looks(patch, colour, hatch)) - 1 for colour, hatch in LOOKS}
    assert asked == {"": sum(n % 5 for n in range(count)), "///": sum((n + 2) % 5 for n in range(count))}


def _looks(patch: object, colour: str, hatch: str) -> bool:
    from matplotlib.colors import to_rgba
    from matplotlib.patches import Patch

    return isinstance(patch, Patch) and patch.get_facecolor() == to_rgba(colour) and (patch.get_hatch() or "") == hatch


def test_a_keepsake_has_what_each_wrote() -> None:
    """Under their names; what somebody left out has no heading."""
    words = _words(shown(keepsake(typed("The walk."), None, typed("A day alone."))))
    assert words[:2] == ["Ana and Ben", "Renewed on 3 May 2026"]
    assert words[2:-1] == [
        "Ana", "keeps", "The walk.", "offers", "A day alone.", "Ben", "keeps", "A day alone.", "offers", "The walk.",
    ]  # fmt: skip
    assert words[-1] == "The next time: 2 August 2026"


@pytest.mark.parametrize("name", KINDS)
def test_what_was_written_is_not_in_its_repr(name: str) -> None:
    """So no log and no traceback has it."""
    assert "somebody who" not in repr(every()[name])
