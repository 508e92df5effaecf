"""When the next question comes, and what time it is where somebody lives."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time

from bot.commands.clock import zone_of
from bot.engine.acts import Set
from bot.engine.exercise import ALONE, exercise
from bot.engine.moments import Moment
from bot.engine.parsers import CLOCK, DAY
from bot.engine.session import Option
from bot.engine.talk import Talk, options
from bot.engine.text import T, Text, Weekday, Zone, stacked

FITS = (
    Option("long-distance", T("we live far apart")),
    Option("new-baby", T("a new baby")),
    Option("grief", T("grief")),
)
LONGEST_REST = 365  # days
EXAMPLE = date(2027, 5, 3)
SUNDAY, EVENING = 6, time(19)
NEXT_QUESTION = T("The next one comes on {next}.")
WEEKS: Mapping[str, Text] = {
    "question": T("a question"),
    "space": T("time for yourself"),
    "near": T("time together"),
    "village": T("a village audit"),
    "no": T("a good no"),
    "job": T("the job description"),
    "step": T("your step"),
    "mine": T("your own person"),
    "off": T("a week off"),
}
SHOWN = 3  # dates at first; the whole season on a tap
SEASON = 13  # weeks
IN_QUIET_HOURS = T("{hour} is in your quiet hours, so it comes once they are over. /settings changes them.")
RESTS = T(
    "Leeway rests until {day}: nothing weekly before that, and what is open is not brought up. What you start "
    "yourselves works as always."
)
RESTS_NO_MORE = T("The rest is over. I am back on {next}.")
HEEDED = T(
    "From now on I come by every other week, and questions that do not fit these days stay in the deck. Next on {next}."
)
NOT_HEEDED = T("From now on I come by every week, with the whole deck. Next on {next}.")
LIGHTER, USUAL, DEEPER = -1, 0, 1
DEPTHS = {
    LIGHTER: T("From the next one on, the questions are lighter."),
    USUAL: T("From the next one on, the questions may be light or deep."),
    DEEPER: T("From the next one on, the questions may go deeper."),
}
DEPTH_WAITS = T("Noted, for you alone. It counts once both of you want it.")
DEPTH_STAYS = T("Noted. That is how they are already.")
NO_RHYTHM = T("The weekly question needs two. Once you are linked with somebody, /rhythm sets its evening.")


@exercise("settle", scope=ALONE)
def settle(talk: Talk) -> None:
    """After the first round: when shall the next come, and is the clock right; then the moves of the first week."""
    if talk.given("rhythm"):
        _when(talk, T("When should the next one come?"))
    _clock(talk)
    talk.offer("moves", to=talk.me)


@exercise("rhythm", scope=ALONE)
def rhythm(talk: Talk) -> None:
    """When the next questions come, and what may be different about them."""
    rests = talk.given("rests")
    change = options(
        when=T("another evening"),
        depth=T("lighter or deeper"),
        fits=T("what fits us"),
        **({"back": T("end the rest")} if rests else {"rest": T("a rest")}),
        season=T("the whole season"),
        nothing=T("leave it as it is"),
    )
    talk.say("{now}", now=_now(talk, SHOWN))
    match talk.choose("what", "What would you like to change?", change):
        case "when":
            _when(talk, T("Once a week, a question for the two of you. When?"))
        case "fits":
            _fits(talk)
        case "depth":
            _depth(talk)
        case "season":
            talk.say("{season}", season=_now(talk, SEASON))
        case "rest":
            _rest(talk)
        case "back":
            talk.do("back", Set({"rest": None}))
        case _:
            talk.say("It stays as it is.")


def _now(talk: Talk, most: int) -> Text:
    """The next weeks, in one's own time, and what each has; the day to renew; and a rest, while there is one."""
    lines = _weeks(talk, most)
    rests, renews, week = talk.given("rests"), talk.given("renews"), talk.given("week")
    above = list[Text]()
    if isinstance(rests, str):
        above = [T("Leeway rests until {day}. Then:", day=date.fromisoformat(rests))]
    elif lines and isinstance(week, int):
        above = [T("Next is week {number} of this season's {all}:", number=week + 1, all=SEASON)]
    lines = lines or [T("No date is set just now.")]
    below = [T("A time to renew: {day}.", day=date.fromisoformat(renews))] if isinstance(renews, str) else []
    return stacked(*above, *lines, *below)


def _weeks(talk: Talk, most: int) -> list[Text]:
    zone, listed = talk.moment(f"now.{most}").zone, talk.given("coming")
    found = list[Text]()
    for each in listed if isinstance(listed, list) else []:
        match each:
            case [int(at), str(what)]:
                found.append(T("{date}: {what}", date=Moment(at, zone), what=WEEKS[what]))
    return found[:most]


def _depth(talk: Talk) -> None:
    """Showing less needs one, showing more needs both."""
    wish = talk.choose(
        "depth",
        "How deep may the questions go? Lighter needs one of you, deeper needs both. Nobody is told who wanted what.",
        options(lighter=T("lighter ones"), usual=T("as they come"), deeper=T("deeper ones")),
    )
    talk.do("depth", Set({"depth": {"lighter": LIGHTER, "usual": USUAL}.get(wish, DEEPER)}))


def _rest(talk: Talk) -> None:
    """A pause needs one, and no reason."""
    long = options(two=T("two weeks"), four=T("four weeks"), own=T("until a day I choose"))
    how = talk.choose(
        "long",
        "One of you is enough for a rest, and it needs no reason. You are both told until when, not whose idea it was. "
        "How long?",
        long,
    )
    today = talk.moment("today").day
    if how == "own":
        chosen = talk.ask(
            "until",
            "Until which day? At most a year.",
            parser=DAY,
            hint=T("A day that is still to come: tomorrow, Friday, or a date like {example}.", example=EXAMPLE),
        )
        day = min(chosen, today.plus(LONGEST_REST).date)
    else:
        day = today.plus(14 if how == "two" else 28).date
    talk.do("rest", Set({"rest": day.isoformat()}))


def _fits(talk: Talk) -> None:
    """Circumstances that the question heeds: fewer of them, and none that would hurt."""
    given = talk.given("fits")
    labels = tuple(option.label for option in FITS if isinstance(given, list) and option.token in given)
    now = T("At the moment: {labels}.", labels=labels) if labels else T("At the moment: nothing in particular.")
    ticked = talk.choose_many(
        "fits",
        "{now}\n"
        "What is true these days? Tick what applies, or nothing, and then done. With anything ticked, I come by every "
        "other week, and what does not fit stays in the deck. Both of you can see here what is ticked.",
        FITS,
        at_least=0,
        now=now,
    )
    talk.do("fits", Set({"fits": [tick for tick in ticked if isinstance(tick, str)]}))


def _when(talk: Talk, question: Text) -> None:
    usual = T("{day} {hour}", day=Weekday(SUNDAY), hour=EVENING)
    weekday, hour = SUNDAY, EVENING
    if talk.choose("when", "{question}", options(usual=usual, other=T("another time")), question=question) == "other":
        days = tuple(Option(str(n), T("{day}", day=Weekday(n))) for n in range(7))
        weekday = int(talk.choose("day", "Which day?", days))
        hour = talk.ask(
            "hour",
            "At what time? For example {example}.",
            parser=CLOCK,
            hint=T("A time of day, please: 20:30, or 8 pm."),
            example=time(20, 30),
        )
    talk.do("rhythm", Set({"rhythm": [weekday, hour.hour * 60 + hour.minute]}))


def _clock(talk: Talk) -> None:
    now = talk.moment("now")
    if talk.confirm("clock", "Is it {time} where you are?", time=now.local.time().replace(second=0)):
        talk.do("zone", Set({"zone": now.zone}))
        talk.say("Good.")
        return
    zone = zone_of(talk)
    talk.say("Good: {city} time.", city=Zone(zone))
    talk.do("other-zone", Set({"zone": zone}))
