"""The dance: how close it felt this week, how close one wished, and whether there was time enough for oneself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bot.engine.acts import Button, Set, Visibility
from bot.engine.codec import read_arg
from bot.engine.exercise import ALONE, exercise
from bot.engine.pictures import Picture
from bot.engine.session import Option
from bot.engine.talk import Talk, options
from bot.engine.text import Name, T, Text, stacked
from bot.exercises.seen.dance import OtherLine, dance_chart
from bot.exercises.seen.dance import Week as Seen
from bot.exercises.why import why

WHY = T(
    "Why two numbers: what tells is the gap between how close it is and how close you wish, in either direction. "
    "Where it was smaller, people were better off and stayed together more often (Frost & Forrester 2013; some "
    "evidence)."
)
ASKED_FOR = timedelta(days=2)  # then the week is over without it, and the next one asks again
CIRCLES = tuple(Option(str(n), T("{number}", number=n)) for n in range(1, 8))
LITTLE, RIGHT, MUCH = range(3)
ROOM = options(little=T("too little"), right=T("about right"), much=T("too much"))
SHOWN = 13  # weeks in words; the picture has them all
ENOUGH = 4  # weeks before anything is said about them, and over which a line is drawn
DAYS = 7
LAST = 5  # weeks that the sentence looks at
ASKED_AT = 3  # weeks before the two lines are proposed
NEAR = Button(T("time together"), "near")
SPACE = Button(T("time for myself"), "space")
STEP = Button(T("my step"), "step")
ALONE_AGAIN = Button(T("only my own line"), "lines", "off")
TOGETHER = Button(T("our two lines"), "lines", "on")


@dataclass(frozen=True, slots=True)
class Week:
    """One week: how close it felt and how close one wished (1 to 7), and time for oneself (`LITTLE`, `RIGHT`,
    `MUCH`)."""

    day: date
    felt: int
    wished: int
    room: int

    @property
    def wants_closer(self) -> bool:
        """Whether there was less closeness than wished for, or more time alone."""
        return self.wished > self.felt or self.room == MUCH

    @property
    def wants_room(self) -> bool:
        """Whether there was less room than wished for."""
        return self.wished < self.felt or self.room == LITTLE


@dataclass(frozen=True, slots=True)
class Chart:
    """One's own weeks, oldest first, and the other's line, if both would have it so: its days and values."""

    weeks: tuple[Week, ...]
    line: tuple[tuple[date, int], ...] = ()
    name: Name | None = None

    @property
    def text(self) -> Text:
        """The same in words: the last thirteen weeks."""
        last = self.weeks[-SHOWN:]
        lines = [
            T("From {first} to {last}, week by week:", first=last[0].day, last=last[-1].day),
            T("How close it felt: {numbers}.", numbers=tuple(week.felt for week in last)),
            T("How close you wished: {numbers}.", numbers=tuple(week.wished for week in last)),
            T("Time for yourself: {labels}.", labels=tuple(ROOM[week.room].label for week in last)),
        ]
        if self.name is not None and self.line:
            numbers = tuple(value for _, value in self.line[-SHOWN:])
            lines.append(T("{name}'s line, four weeks in each number: {numbers}.", name=self.name, numbers=numbers))
        return stacked(*lines)

    @property
    def picture(self) -> Picture | None:
        """The weeks as lines."""
        weeks = [Seen(week.day, week.felt, week.wished, week.room + 1) for week in self.weeks]
        other = None if self.name is None else OtherLine(self.name.person, self.line)
        return dance_chart(weeks, other)


@exercise("dance", scope=ALONE, reads=("dance.met", "dance.week", "dance.line"))
def dance(talk: Talk) -> None:
    """Three taps, and what the weeks look like so far."""
    week = _week(talk)
    records = talk.past("dance.week")
    weeks = (*_before(week, records), week)
    since = talk.given("since")
    ours = (*_before(week, [r for r in records if isinstance(since, int) and r["at"] >= since]), week)
    if len(weeks) == 1:
        talk.say("Noted, for you alone. From the second week on there is a line to look at.")
    else:
        talk.show(_chart(talk, weeks))
    lately = [each for each in weeks if (week.day - each.day).days < LAST * DAYS]
    if len(lately) >= ENOUGH:
        talk.say("{sentence}", sentence=_sentence(lately))
    if len(ours) >= ENOUGH and talk.given("together"):
        mean = round(sum(each.felt for each in ours[-ENOUGH:]) / ENOUGH)
        talk.record("line", Visibility.SHARED, day=week.day, felt=mean)
    _what_to_do(talk, week)
    _together(talk, len(ours))


def _before(week: Week, records: list[dict[str, Any]]) -> tuple[Week, ...]:
    """The weeks before this one, each as it was said last."""
    said = {each.day.isocalendar()[:2]: each for each in (_remembered(record["value"]) for record in records)}
    return tuple(each for each in said.values() if not _same_week(each, week))


def _week(talk: Talk) -> Week:
    sides = why(talk, "dance", WHY)
    felt = talk.choose(
        "felt",
        "How close did it feel this week? 1 is two circles apart, 7 is nearly one.",
        CIRCLES,
        sides=sides,
    )
    wished = talk.choose("wished", "And how close would you have liked it, from 1 to 7?", CIRCLES)
    room = talk.choose("room", "Time for yourself this week:", ROOM)
    rooms = [option.token for option in ROOM]
    week = Week(talk.moment("asked").local.date(), int(felt), int(wished), rooms.index(room))
    talk.record("week", Visibility.PRIVATE, day=week.day, felt=week.felt, wished=week.wished, room=week.room)
    return week


def _chart(talk: Talk, weeks: tuple[Week, ...]) -> Chart:
    """With the other's line as long as both would have it so."""
    if talk.partner is None or not talk.given("together"):
        return Chart(weeks)
    theirs = (record["value"] for record in talk.past("dance.line") if record["by"] == talk.partner)
    line = tuple((_day(value), int(value["felt"])) for value in theirs if "felt" in value)
    return Chart(weeks, line, Name(talk.partner))


def _sentence(weeks: list[Week]) -> Text:
    """What the last weeks had in common, about nobody but oneself."""
    closer, room, count = sum(w.wants_closer for w in weeks), sum(w.wants_room for w in weeks), len(weeks)
    if closer and room:
        return T(
            "In {closer} of the last {count} weeks you wished for more closeness, in {room} for more room.",
            closer=closer,
            room=room,
            count=count,
        )
    if closer:
        return T("You wished for more closeness in {closer} of the last {count} weeks.", closer=closer, count=count)
    if room:
        return T("You wished for more room in {room} of the last {count} weeks.", room=room, count=count)
    return T("The last {count} weeks were about as close, and as roomy, as you wished.", count=count)


def _what_to_do(talk: Talk, week: Week) -> None:
    """Whoever wished for more of either has a way to go after it, whatever the other said."""
    ways = (*((NEAR,) if week.wants_closer else ()), *((SPACE,) if week.wants_room else ()))
    if ways:
        talk.say("If you would like to do something with that:", buttons=(*ways, STEP))


def _together(talk: Talk, count: int) -> None:
    """Proposed once, from the third week on; after that a button changes it, as long as there are two."""
    if talk.partner is None or count < ASKED_AT:
        return
    mine = talk.given("dances")
    if mine:
        now, button = (
            (T("Your line is for {name}, too, as long as both of you want that.", name=Name(talk.partner)), ALONE_AGAIN)
            if mine == 1
            else (T("This is yours alone."), TOGETHER)
        )
        talk.say("{now}", now=now, buttons=(button,))
        return
    wants = talk.choose(
        "together",
        "Would you like to see each other's line, you and {name}? From the fourth week on, and only how close it "
        "felt: four weeks in each number, never a single week. It takes both of you to begin, and one to end.",
        options(yes=T("yes, if both want it"), no=T("no, this stays mine")),
        within=ASKED_FOR,
        name=Name(talk.partner),
    )
    if wants is not None:
        talk.do("lines", Set({"dances": wants == "yes"}))


def _same_week(one: Week, other: Week) -> bool:
    return one.day.isocalendar()[:2] == other.day.isocalendar()[:2]


def _remembered(value: Any) -> Week:
    return Week(_day(value), int(value["felt"]), int(value["wished"]), int(value["room"]))


def _day(value: Any) -> date:
    day = read_arg(value["day"])
    return day if isinstance(day, date) else date.min
