"""Near: something for two, wished for in three parts, the last of which is that a no is fine."""

from __future__ import annotations

from bot.engine.acts import Visibility
from bot.engine.codec import read_arg, write_text
from bot.engine.exercise import ALONE, exercise
from bot.engine.ids import PersonId
from bot.engine.parsers import load_words
from bot.engine.session import Json
from bot.engine.talk import Talk, options
from bot.engine.text import Name, T, Text, Words
from bot.exercises.spans import Span, left, pass_on, span_of
from bot.exercises.whens import beginning, ending, moment
from bot.exercises.why import why

WHY = T(
    "Why say that a no is fine: a wish that may be declined is easier to hear. Room to decide calms whoever fears "
    "closeness; reassurance calms whoever fears distance (Simpson & Overall 2014; some evidence)."
)
WHAT = options(
    walk=T("a walk"),
    hour=T("an hour for the two of us"),
    held=T("to be held"),
    talk=T("a talk without phones"),
)
LIKED = (
    T("I like us, and being near you is one of the reasons."),
    T("You are the company I like best."),
    T("Some of my best hours have you in them."),
)
PROPOSED = options(this=T("this one"), another=T("another"))
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
        liked=_liked(talk),
        wish=wish,
        begins=span.begins,
        ends=span.back,
    )
    if talk.partner is None:
        talk.say("Words to take along:\n{words}", words=words)
    else:
        _tell(talk, talk.partner, span, words, _given(what))


def _liked(talk: Talk) -> Text:
    """What one likes about the two: one of the proposals, or words of one's own."""
    for n, proposed in enumerate(LIKED, 1):
        taken = talk.choose(
            f"liked.{n}",
            "It begins with what you like about the two of you:\n\n“{proposed}”\n\nTake it, or write your own. "
            "I add your wish below it, and that a no is fine.",
            PROPOSED if n < len(LIKED) else PROPOSED[:1],
            own_words=True,
            proposed=proposed,
        )
        if taken != "another":
            return T("{words}", words=taken) if isinstance(taken, Words) else proposed
    return LIKED[0]


def _tell(talk: Talk, partner: PersonId, span: Span, words: Text, what: Json) -> None:
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
        talk.offer("near-reply", to=partner, what=what, span=span.given(), message=write_text(words))
        talk.say("Sent. {name} gets it now, or after their quiet hours.", name=name)
    elif told == "myself":
        talk.say("Then the words are yours, to say or to copy.")
    elif told == "nobody":
        talk.say("Then it stays with you.")


# ---- the other's part


@exercise("near-reply", scope=ALONE)
def near_reply(talk: Talk) -> None:
    """Yes, another time, or not now; a no is carried over without a reason, and silence is not carried at all."""
    span, what, other = span_of(talk), talk.given("what"), talk.partner
    if other is None:
        return
    name, wish = Name(other), _wish(what)
    if talk.given("message"):
        pass_on(talk, other)
    else:
        talk.say("{name} would like that, but at another time.", name=name)
    reply = talk.choose(
        "reply",
        "What do you say to this: {wish}, {begins}, until {ends}?\nAny answer is fine, and a no needs no reason.",
        REPLY,
        within=left(talk, "asked", span.ends),
        wish=wish,
        begins=span.begins,
        ends=span.back,
    )
    if reply == "yes":
        talk.say("{name} says yes: {wish}, {begins}.", to=other, name=Name(talk.me), wish=wish, begins=span.begins)
        talk.say("Good. {name} knows.", name=name)
    elif reply == "no":
        talk.say("{name} says: not now. It was good to ask.", to=other, name=Name(talk.me))
        talk.say("Passed on, without a reason. {name} knows that a no is fine.", name=name)
    elif reply == "another":
        _another_time(talk, other, span, what)


def _another_time(talk: Talk, other: PersonId, span: Span, what: Json) -> None:
    begins = moment(talk, 1, T("Which time would be better?"))
    later = Span(begins, begins.plus(span.length))
    talk.offer("near-reply", to=other, what=what, span=later.given())
    talk.say("Passed on to {name}.", name=Name(other))


def _given(what: str | Words) -> Json:
    return {"words": [*what.parts], "by": what.by} if isinstance(what, Words) else what


def _wish(what: Json) -> Text:
    words = load_words(what)
    return T("{words}", words=words) if words is not None else _label(str(what))


def _label(token: str) -> Text:
    return next(option.label for option in WHAT if option.token == token)
