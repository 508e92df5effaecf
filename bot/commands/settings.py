"""What is set for somebody, on one screen, and a short conversation for each line of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from bot.commands.clock import zone_of
from bot.commands.discreet import ANNOUNCEMENT
from bot.engine.acts import Button, Set
from bot.engine.exercise import ALONE, exercise
from bot.engine.hours import HOURS, NONE, Hours
from bot.engine.session import Option
from bot.engine.talk import Talk, options
from bot.engine.text import Country, Language, Name, T, Text, Zone, stacked

COMMAND = "settings"
SETTINGS = Button(T("settings"), COMMAND)
# What can be set, by the exercise that asks for it; the rest of a button's order is its name.
LABELS = {
    "language": T("language"),
    "zone": T("time zone"),
    "quiet": T("quiet hours"),
    "country": T("country"),
    "discreet": T("discreet notifications"),
    "asks": T("my partner's questions"),
}
FROM_TO = T("{start} to {end}")
ANNOUNCED = options(on=T("announced first"), off=T("shown at once"))
ON_OFF = options(on=T("at once"), off=T("into the jar"))
NO_HOURS = T("none")
ELSEWHERE = T("none of these")
IN_QUIET_HOURS = T(
    "The weekly question would fall into these hours, so yours comes at {end}. /rhythm changes its evening."
)


@dataclass(frozen=True, slots=True)
class Current:
    """What is set now: language (IETF tag), zone (IANA name) and the time there, quiet hours, the country whose help
    lines are shown ("" for none in particular), whether what comes unasked is announced, and whether the other's own
    questions come at once."""

    language: str
    zone: str
    time: time
    hours: Hours
    country: str
    discreet: bool
    at_once: bool


def screen(current: Current, shown: Sequence[str]) -> tuple[Text, tuple[Button, ...]]:
    """What is set, a line and a button each, of what is `shown`."""
    lines = {
        "language": T("Language: {language}", language=Language(current.language)),
        "zone": T("Time zone: {city}, where it is {time}", city=Zone(current.zone), time=current.time),
        "quiet": T("Quiet hours: {hours}", hours=_hours(*current.hours)),
        "country": T("Help lines: {country}", country=_country(current.country)),
        "discreet": T("Notifications: {how}", how=ANNOUNCED[not current.discreet].label),
        "asks": T("Your partner's own questions: {how}", how=ON_OFF[not current.at_once].label),
    }
    said = stacked(T("Your settings. Nobody else sees them."), *(lines[name] for name in shown))
    return said, tuple(Button(LABELS[name], COMMAND, name) for name in shown)


def _hours(start: int, end: int) -> Text:
    return NO_HOURS if start == end else T(FROM_TO.key, start=_clock(start), end=_clock(end))


def _clock(minute: int) -> time:
    return time(*divmod(minute, 60))


def _country(code: str) -> Text:
    return T("{country}", country=Country(code)) if code else T("international")


# ---- one line each


@exercise("language", scope=ALONE)
def language(talk: Talk) -> None:
    """Another language, of those there are."""
    choices = tuple(Option(code, T("{language}", language=Language(code))) for code in _codes(talk, "languages"))
    code = talk.choose("language", "Which language should I write in?", choices)
    talk.do("set", Set({"language": code}))
    talk.say("From now on, {language}. What is already in the chat stays as it is.", language=Language(code))


@exercise("zone", scope=ALONE)
def zone(talk: Talk) -> None:
    """Another time zone."""
    lives = zone_of(talk)
    talk.say("Good: {city} time.", city=Zone(lives))
    talk.do("set", Set({"zone": lives}))


@exercise("quiet", scope=ALONE)
def quiet(talk: Talk) -> None:
    """Other hours in which nothing comes unasked."""
    start, end = talk.ask(
        "hours",
        "From when to when should I keep quiet? For example {hours}, or: none.",
        parser=HOURS,
        hint=T(
            "Two times, please, like {hours} or 10 pm to 7; or: none. One hour of the day has to stay open.",
            hours=USUAL,
        ),
        hours=USUAL,
    )
    if (start, end) == NONE:
        talk.say("No quiet hours, then.")
    else:
        talk.say(
            "Quiet from {start} to {end}. What you send me is answered at any hour.",
            start=_clock(start),
            end=_clock(end),
        )
    talk.do("set", Set({"quiet": [start, end]}))


USUAL = T(FROM_TO.key, start=time(22), end=time(8))


@exercise("country", scope=ALONE)
def country(talk: Talk) -> None:
    """Whose help lines /safety shows."""
    choices = tuple(Option(code, T("{country}", country=Country(code))) for code in _codes(talk, "countries"))
    other = Option("other", ELSEWHERE)
    code = talk.choose("country", "Which country's help lines should /safety show?", (*choices, other))
    if code == other.token:
        talk.do("none", Set({"country": ""}))
        talk.say("Then it shows the emergency number of many countries, and a directory of help lines.")
    else:
        talk.do("set", Set({"country": code}))
        talk.say("Good: {country}.", country=Country(code))


@exercise("discreet", scope=ALONE)
def discreet(talk: Talk) -> None:
    """Whether what comes unasked is announced, and shown on a tap."""
    how = talk.choose(
        "how",
        "When I write to you first, it can be with these words alone: “{announcement}” A tap shows the rest; /clean "
        "takes it out of the chat again.",
        ANNOUNCED,
        announcement=ANNOUNCEMENT,
    )
    talk.do("set", Set({"discreet": how == "on"}))
    if how == "on":
        talk.say(
            "From now on I announce what comes, and a tap shows it. What is already in the chat stays; /clean takes "
            "out what comes after."
        )
    else:
        talk.say("From now on what comes is shown at once.")


@exercise("asks", scope=ALONE)
def asks(talk: Talk) -> None:
    """Whether the other's own questions come at once, or wait in the jar."""
    if talk.partner is None:
        return
    how = talk.choose(
        "how",
        "When {name} asks a question of their own, should it come at once, or wait in a jar until it is drawn as a "
        "weekly question?",
        ON_OFF,
        name=Name(talk.partner),
    )
    talk.do("set", Set({"asks": how == "on"}))
    if how == "on":
        talk.say("At once, then.")
    else:
        talk.say("Into the jar, then. {name} is not told.", name=Name(talk.partner))


def _codes(talk: Talk, name: str) -> tuple[str, ...]:
    codes = talk.given(name)
    return tuple(str(code) for code in codes) if isinstance(codes, list) else ()
