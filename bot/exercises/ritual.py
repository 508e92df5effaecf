"""Whether the two have the ritual of renewing: it exists once both have said yes, and either ends it."""

from __future__ import annotations

from datetime import date, timedelta

from bot.engine.acts import Set, Visibility
from bot.engine.exercise import ALONE, exercise
from bot.engine.moments import SECONDS_A_DAY
from bot.engine.parsers import DAY
from bot.engine.session import Side
from bot.engine.talk import Talk, options
from bot.engine.text import Name, T
from bot.exercises.renew import BETWEEN
from bot.exercises.why import why

WHY = T(
    "Why: a yes means something where a no is possible; you have each other on loan, with an option to renew. A "
    "ritual: imagining life without each other did couples good in one study, and not in another."
)
WHAT = T(
    "Once a season, on a day that you choose, each of you writes one thing to keep, one to change and one to offer, "
    "and renews, or does not. If both renew, it opens for both. In every other case it ends when seven days are over, "
    "never earlier, and stays closed: a no is never passed on."
)
ASKED = ("ritual.asked", "ritual-tell.asked")
MET = ("ritual.met", "ritual-asked.met")
EXAMPLE = date(2027, 5, 3)
ANSWERED_WITHIN = timedelta(days=14)
YES_NO = options(yes=T("yes"), no=T("no"))


@exercise("ritual", scope=ALONE, reads=(*MET, *ASKED))
def ritual(talk: Talk) -> None:
    """What it is, for somebody who has not said yes; its day, or its end, for somebody who has."""
    if talk.partner is None:
        talk.say("This one takes two. Once you are linked with somebody, /renew is there.")
    elif not talk.given("mine"):
        _would_you(talk, why(talk, "ritual", WHY, WHAT, twin="ritual-asked"))
    elif isinstance(day := talk.given("day"), str):
        _its_day(talk, date.fromisoformat(day))
    else:
        _not_yet(talk)


def _would_you(talk: Talk, sides: tuple[Side, ...]) -> None:
    if talk.partner is None:
        return
    wants = talk.choose(
        "wants",
        "Would you like that, with {name}? It begins once both of you have said yes, and either can end it.",
        YES_NO,
        sides=sides,
        name=Name(talk.partner),
    )
    if wants == "no":
        talk.say("Then there is none. Nobody is told.")
        return
    talk.do("yes", Set({"renews": True}))


def _not_yet(talk: Talk) -> None:
    if talk.partner is None:
        return
    what = talk.choose(
        "what",
        "You have said yes to renewing; it begins once {name} has, too.",
        options(ask=T("ask them"), end=T("take my yes back"), leave=T("leave it as it is")),
        name=Name(talk.partner),
    )
    if what == "ask":
        _ask(talk)
    elif what == "end":
        talk.do("no", Set({"renews": False}))
        talk.say("Taken back. Nobody is told.")


@exercise("ritual-tell", scope=ALONE, reads=ASKED)
def tell(talk: Talk) -> None:
    """Somebody has said yes, and the other has not, yet."""
    if talk.partner is None:
        return
    told = talk.choose(
        "tell",
        "Who tells {name}?",
        options(ask=T("you ask"), myself=T("I'll say it myself"), nobody=T("nobody")),
        name=Name(talk.partner),
    )
    if told == "ask":
        _ask(talk)
    else:
        talk.say("Good. /renew is where they find it.")


def _ask(talk: Talk) -> None:
    """Once in a season: who is asked has answered, also where nothing was said."""
    if talk.partner is None:
        return
    today = talk.moment("asked-on")
    last = max((record["at"] for name in ASKED for record in talk.past(name) if record["by"] == talk.me), default=0)
    if today.at - last < BETWEEN * SECONDS_A_DAY:
        talk.say(
            "I asked {name} not long ago, and once a season is enough. This time it is yours to say.",
            name=Name(talk.partner),
        )
        return
    talk.record("asked", Visibility.PRIVATE)
    talk.offer("ritual-asked", to=talk.partner)
    talk.say("Asked. If it is a yes, both of you hear; if it is anything else, nobody does.")


@exercise("ritual-asked", scope=ALONE, reads=MET)
def asked(talk: Talk) -> None:
    """The other's wish; only a yes is carried back."""
    if talk.partner is None or talk.given("mine"):
        return
    sides = why(talk, "ritual-asked", WHY, twin="ritual")
    answer = talk.choose(
        "answer",
        "{name} would like to renew with you. {what}\n\nWould you?",
        options(yes=T("yes"), no=T("not now")),
        within=ANSWERED_WITHIN,
        sides=sides,
        name=Name(talk.partner),
        what=WHAT,
    )
    if answer == "yes":
        talk.do("yes", Set({"renews": True}))
    elif answer == "no":
        talk.say("Not now, then. Nobody is told; /renew is there if it changes.")


def _its_day(talk: Talk, day: date) -> None:
    what = talk.choose(
        "what",
        "The next time to renew opens on {day}, for seven days.",
        options(day=T("another day"), end=T("end the ritual"), leave=T("leave it as it is")),
        day=day,
    )
    if what == "day":
        chosen = talk.ask(
            "day",
            "On which day? At least thirteen weeks lie between two of them.",
            parser=DAY,
            hint=T("A day that is still to come, like {example}.", example=EXAMPLE),
        )
        talk.do("day", Set({"renews_on": chosen.isoformat()}))
    elif what == "end":
        talk.do("no", Set({"renews": False}))
        talk.say("It has ended. Nobody is told now; on the day itself, both of you read that it rests.")
