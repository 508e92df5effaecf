"""What the exercises about a time share: the span from when to when, and what is passed on about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.engine.acts import Button
from bot.engine.codec import read_text
from bot.engine.ids import PersonId
from bot.engine.moments import Moment
from bot.engine.parsers import load_moment
from bot.engine.session import Json, Side, Tap
from bot.engine.talk import Talk
from bot.engine.text import Hour, Name, T, Text

LONG = timedelta(hours=12)
UNSAID = Side("unsaid", T("leave it unsaid"), Tap.ANSWER)


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when."""

    begins: Moment
    ends: Moment

    @property
    def length(self) -> timedelta:
        """How long it lasts."""
        return timedelta(seconds=self.ends.at - self.begins.at)

    @property
    def back(self) -> Hour | Moment:
        """The end, as it is said beside the beginning: its hour, unless it is long after."""
        return Hour(self.ends) if self.length < LONG else self.ends

    def given(self) -> Json:
        """As an offer carries it."""
        return [[self.begins.at, self.begins.zone], [self.ends.at, self.ends.zone]]


def read_span(value: Json) -> Span | None:
    """A span from what an offer carried; None for anything else."""
    match value:
        case [begins, ends] if (first := load_moment(begins)) and (last := load_moment(ends)):
            return Span(first, last)
        case _:
            return None


def span_of(talk: Talk) -> Span:
    """The span that a session was begun with."""
    span = read_span(talk.given("span"))
    if span is None:
        raise TypeError("a span is missing")
    return span


def passed_on(talk: Talk, sender: PersonId) -> Text:
    """What somebody sends, for the session of whoever gets it: so it comes before, or with, what is asked there."""
    message = read_text(talk.given("message"))
    return T("{name} asked me to pass this on:\n{message}", name=Name(sender), message=message)


def calendar_button(span: Span) -> Button:
    """A tap that brings an entry for one's own calendar: when, and nothing of what."""
    return Button(T("a calendar file"), "calendar", f"{span.begins.at}-{span.ends.at}")


def left(talk: Talk, name: str, until: Moment) -> timedelta:
    """What is left till then when this is first reached; nothing when it has passed."""
    return timedelta(seconds=max(0, until.at - talk.moment(name).at))
