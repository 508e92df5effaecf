"""Near: something for two, wished for in three parts, the last of which is that a no is fine."""

from __future__ import annotations

from bot.engine.acts import Visibility
from bot.engine.codec import read_arg, read_text, write_text
from bot.engine.exercise import ALONE, exercise
from bot.engine.ids import PersonId
from bot.engine.talk import Talk, options
from bot.engine.text import Name, T, Text, Words
from bot.exercises.proposals import chosen_words
from bot.exercises.spans import Span, calendar_button, left, passed_on, span_of
from bot.exercises.whens import beginning, ending, moment
from bot.exercises.why import why

WHY = T(
    "Why begin with what you like, and end on a no that is fine: reassurance calms whoever fears distance, room to "
    "decide calms whoever fears closeness (Simpson & Overall 2014; some evidence)."
)
WHAT = options(
    walk=T("a walk"),
    hour=T("an hour for the two of us"),
    held=T("to be held"),
    talk=T("a talk without phones"),
    call=T("a call with nothing to settle"),
    meal=T("a slow meal"),
    quiet=T("quiet company"),
    game=T("a game"),
)
LIKED = (
    T("I like us, and being near you is one of the reasons."),
    T("You are the company I like best."),
    T("Some of my best hours have you in them."),
    T("I still look up when it is you."),
    T("You make me laugh at things that are not funny."),
    T("We are good at doing nothing much, and I like that."),
    T("Even errands are better with you along."),
    T("It was not our best week, and I like us all the same."),
)
BEGINS = T(
    "It begins with what you like about the two of you:\n\n“{proposed}”\n\nTake it, or write your own. "
    "I add your wish below it, and that a no is fine."
)
TELL = options(send=T("send it"), myself=T("I'll say it myself"), nobody=T("nobody"))
REPLY = options(yes=T("yes"), another=T("another time"), no=T("not now"))


@exercise("near", scope=ALONE, reads=("near.met", "near.asked"))
def near(talk: Talk) -> None:
    """What, when, how long; then the words, and who brings them."""
    sides = why(talk, "near", WHY)
    what = talk.choose("what", "What would you like?", WHAT, own_words=True, sides=sides)
    wish = T("{words}", words=what) if isinstance(what, Words) else _label(what)
    asked = [read_arg(record["value"]["day"]) for record in talk.past("near.asked")]
    begins = beginning(talk, T("And when? Tap one, or write a day and a time."), [str(day) for day in asked])
    if begins is None:
        return
    span = Span(begins, ending(talk, begins))
    words = T(
        "{liked}\nI would like {wish}, {begins}, until {ends}.\nA no is fine.",
        liked=chosen_words(talk, "liked", BEGINS, LIKED),
        wish=wish,
        begins=span.begins,
        ends=span.back,
    )
    if talk.partner is None:
        talk.say("Words to take along:\n{words}", words=words)
    else:
        _tell(talk, talk.partner, span, words, wish)


def _tell(talk: Talk, partner: PersonId, span: Span, words: Text, wish: Text) -> None:
    name = Name(partner)
    told = talk.choose(
        "tell",
        "{words}\n\nBreathe out, all the way. And who tells {name}?",
        TELL,
        within=left(talk, "ready", span.ends),
        words=words,
        name=name,
    )
    if told == "send":
        talk.record("asked", Visibility.PRIVATE, day=span.begins.local.date())
        talk.offer("near-reply", to=partner, wish=write_text(wish), span=span.given(), message=write_text(words))
        talk.say("Sent. {name} gets it now, or after their quiet hours.", name=name)
    elif told == "myself":
        talk.say("Then the words are yours, to say or to copy.")
    elif told == "nobody":
        talk.say("Then it stays with you.")


# ---- the other's part


@exercise("near-reply", scope=ALONE)
def near_reply(talk: Talk) -> None:
    """Yes, another time, or not now; a no is carried over without a reason, and silence is not carried at all."""
    span, wish, other = span_of(talk), read_text(talk.given("wish")), talk.partner
    if other is None:
        return
    name = Name(other)
    reply = talk.choose(
        "reply",
        "{asked}\n\nWhat do you say? Any answer is fine, and a no needs no reason.",
        REPLY,
        within=left(talk, "asked", span.ends),
        asked=passed_on(talk, other) if talk.given("message") else _at_another_time(span, wish, name),
    )
    if reply == "yes":
        talk.say(
            "{name} says yes: {wish}, {begins}.",
            to=other,
            buttons=(calendar_button(span),),
            name=Name(talk.me),
            wish=wish,
            begins=span.begins,
        )
        talk.say("Good. {name} knows.", buttons=(calendar_button(span),), name=name)
    elif reply == "no":
        talk.say("{name} says: not now. It was good to ask.", to=other, name=Name(talk.me))
        talk.say("Passed on, without a reason. {name} knows that a no is fine.", name=name)
    elif reply == "another":
        _another_time(talk, other, span, wish)


def _at_another_time(span: Span, wish: Text, name: Name) -> Text:
    return T(
        "{name} would like that, but at another time:\n{wish}, {begins}, until {ends}.",
        name=name,
        wish=wish,
        begins=span.begins,
        ends=span.back,
    )


def _another_time(talk: Talk, other: PersonId, span: Span, wish: Text) -> None:
    begins = moment(talk, 1, T("Which time would be better?"))
    later = Span(begins, begins.plus(span.length))
    talk.offer("near-reply", to=other, wish=write_text(wish), span=later.given())
    talk.say("Passed on to {name}.", name=Name(other))


def _label(token: str) -> Text:
    return next(option.label for option in WHAT if option.token == token)
