"""Take space: time of one's own with a time of return, planned or now; the other is told, or not."""

from __future__ import annotations

from bot.engine.acts import Visibility
from bot.engine.codec import write_text
from bot.engine.exercise import ALONE, exercise
from bot.engine.moments import Moment
from bot.engine.session import Side
from bot.engine.talk import Talk, options
from bot.engine.text import Name, T, Text, Words
from bot.exercises.proposals import chosen_words
from bot.exercises.spans import UNSAID, Span, left
from bot.exercises.whens import beginning, ending
from bot.exercises.why import why

WHY = T(
    "Why say when you will be back: reassurance calms whoever fears distance, room to decide calms whoever fears "
    "closeness (Simpson & Overall 2014; some evidence). A time-out with a promised return is common in couples "
    "counselling (a ritual)."
)
WHEN = T("When do you want time for yourself? Tap one, or write a day and a time.")
MESSAGES = (
    T("I love you, and we are fine. I need some time to myself."),
    T("All is well between us. My head is full and wants quiet; that is all it is."),
    T("I like us. For a while I would like nobody's company but my own."),
    T("You are my favourite person, and I am full up with people. I need to be nobody for a while."),
    T("I am looking forward to you already. First I need to hear myself think."),
    T("I am glad of us. There is something of my own that I want to do unhurried."),
    T("It was a rough day, and I am still with you. I need some quiet before I am any good at talking."),
    T("We are good. I am a little used up, and mend best on my own."),
)
NOW = T("I need some time to myself just now.")
TAKE = T("“{proposed}”\n\nTake it, or write your own. I add below it when you are back.")
TELL = options(send=T("send it"), myself=T("I'll tell them myself"), nobody=T("nobody"))


@exercise("space", scope=ALONE, reads=("space.met",), in_silence=True)
def space(talk: Talk) -> None:
    """When, how long, what for, and who hears of it."""
    sides = why(talk, "space", WHY)
    if talk.given("now"):
        _now(talk, talk.moment("now"), sides)
        return
    taken = talk.given("taken")
    begins = beginning(talk, WHEN, [str(day) for day in taken] if isinstance(taken, list) else [], sides)
    if begins is None:
        return
    if begins == talk.moment("chosen"):
        _now(talk, begins, ())
    else:
        _planned(talk, begins)


def _now(talk: Talk, begins: Moment, sides: tuple[Side, ...]) -> None:
    """Two taps: how long, and who hears of it."""
    span = Span(begins, ending(talk, begins, sides))
    _tell(talk, span, _message(NOW, span))


def _planned(talk: Talk, begins: Moment) -> None:
    span = Span(begins, ending(talk, begins))
    purpose = talk.ask("purpose", "What for? That stays with you.", sides=(UNSAID,))
    if isinstance(purpose, Words):
        talk.record("purpose", Visibility.PRIVATE, begins=begins, purpose=purpose)
    _tell(talk, span, None if talk.partner is None else _message(chosen_words(talk, "message", TAKE, MESSAGES), span))


# ---- who hears of it


def _message(words: Text, span: Span) -> Text:
    return T("{words}\nFrom {begins} until {ends}; then I am back.", words=words, begins=span.begins, ends=span.back)


def _tell(talk: Talk, span: Span, message: Text | None) -> None:
    """Somebody without a partner is not asked."""
    told = "nobody"
    if talk.partner is not None and message is not None:
        name = Name(talk.partner)
        chosen = talk.choose(
            "tell",
            "{message}\n\nBreathe out, all the way. And who tells {name}?",
            TELL,
            within=left(talk, "ready", span.ends),
            message=message,
            name=name,
        )
        if chosen is None:
            talk.say("That time is over; nobody was told anything.")
            return
        told = chosen
        _pass_on(talk, told, span, message, name)
    talk.offer("own-time", to=talk.me, told=told == "send", span=span.given())


def _pass_on(talk: Talk, told: str, span: Span, message: Text, name: Name) -> None:
    if told == "send" and talk.partner is not None:
        talk.offer("meanwhile", to=talk.partner, span=span.given(), message=write_text(message))
        talk.say("Sent. {name} gets it now, or after their quiet hours.", name=name)
    elif told == "myself":
        talk.say("Then the words are yours, to say or to copy:\n{message}", message=message)
    else:
        talk.say("Then it stays with you.")
