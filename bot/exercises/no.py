"""A good no: one of one's own, how to take one, and one yes that is really meant. First of all, whether it is safe."""

from __future__ import annotations

from bot.engine.acts import Button, Visibility
from bot.engine.codec import write_text
from bot.engine.exercise import ALONE, exercise
from bot.engine.session import Option, Side, Tap
from bot.engine.talk import Talk, options
from bot.engine.text import Name, T, Text, Words
from bot.exercises.proposals import chosen_words
from bot.exercises.why import why

WHY = T(
    "Why practise a no: being ready to give something up is fine; actually giving it up costs whoever does "
    "(Righetti 2020, 82 data sets, over 32,000 people; strong evidence)."
)
SAFETY = Button(T("safety"), "safety")
GATE = options(on=T("go on"), leave=T("leave it"))
WAYS = options(
    give=T("a no of my own"),
    take=T("how to take a no"),
    mean=T("one yes that I really mean"),
)
KEEP, MYSELF = Option("keep", T("keep it")), Option("myself", T("I'll say it myself"))
SEND = Option("send", T("send it"))

# ---- a no of one's own

MAKE_UP = Side("make-up", T("make one up"), Tap.ANSWER)
SAMPLES = options(
    saturday=T("to come along on Saturday"),
    errand=T("to take on one more errand"),
    evening=T("to have people over this evening"),
    story=T("to hear the whole story once more"),
    tonight=T("to decide it by tonight"),
    lift=T("to help somebody move on Sunday"),
)
BEGINS = T(
    "First, thanks. For example:\n\n“{proposed}”\n\nTake it, or write your own. "
    "The no and what you can do come below it."
)
THANKS = (
    T("Thank you for asking me straight out."),
    T("I am glad that you tell me what you would like."),
    T("It is good to be the one you ask."),
    T("I am glad that you asked, and did not just hope."),
)
THE_NO = T("Then the no itself, short, without a because:\n\n“{proposed}”\n\nTake it, or write your own.")
NOES = (
    T("No, this time I would rather not."),
    T("I have thought about it, and my answer is no."),
    T("No. If I said yes, it would be half a yes."),
    T("No, and better now than halfway through."),
)
INSTEAD = T("And what you can do, if there is something:\n\n“{proposed}”\n\nTake it, or write your own.")
CAN = (
    T("I can do a small piece of it. Tell me which one would help most."),
    T("I can do it another day. Let us find one."),
    T("There is nothing I can do instead just now, and I still like that you asked."),
    T("I can keep you company while you do it."),
)

# ---- somebody else's

TO_ME = options(
    tired=T("“Not tonight, I am tired.”"),
    alone=T("“I would rather go on my own.”"),
    talk=T("“I do not want to talk about it now.”"),
    plans=T("“I have plans of my own.”"),
    people=T("“No people tonight.”"),
    held=T("“I would rather not be held now.”"),
)
BREATHED = options(done=T("I breathed out"))
THANK = T(
    "Second, thank: it took something to tell you. You could say:\n\n“{proposed}”\n\n"
    "Take it, or write what you would say."
)
SAID = (
    T("Thank you for telling me."),
    T("All right. It is good to know."),
    T("I would have liked a yes. An honest no is the next best thing."),
    T("Good that you said so."),
    T("Thank you for not saying yes to be nice."),
    T("Fine with me. It was worth asking."),
)


@exercise("no", scope=ALONE, reads=("no.met",))
def no(talk: Talk) -> None:
    """Every time first: not for somebody whom a no would put in danger. Then one of three ways in."""
    if talk.partner is None:
        talk.say("If it feels unsafe to say no to your partner, this one is not for you.", buttons=(SAFETY,))
    else:
        name = Name(talk.partner)
        talk.say("If it feels unsafe to say no to {name}, this one is not for you.", buttons=(SAFETY,), name=name)
    if talk.choose("gate", "Go on, or leave it? Nobody is told either way.", GATE) == "leave":
        talk.say("Then it is left. /safety is there at any time.")
        return
    sides = why(talk, "no", WHY)
    way = talk.choose("way", "Which way in?", WAYS, sides=sides)
    if way == "give":
        _give(talk)
    elif way == "take":
        _take(talk)
    else:
        _mean(talk)


def _give(talk: Talk) -> None:
    """Thanks, no, what I can do; read through once, and kept, sent, or said by oneself."""
    request, is_real = _request(talk)
    whole = T(
        "About “{request}”:\n{thanks}\n{no}\n{can}",
        request=request,
        thanks=chosen_words(talk, "thanks", BEGINS, THANKS),
        no=chosen_words(talk, "no", THE_NO, NOES),
        can=chosen_words(talk, "can", INSTEAD, CAN),
    )
    if not is_real:  # nobody asked for it, so that it is for nobody, and makes no room
        talk.record("given", Visibility.PRIVATE, no=whole)
        talk.say("Read it once, slowly:\n\n{no}\n\nKept, for you alone, till somebody really asks.", no=whole)
        return
    then = talk.choose(
        "then",
        "Read it once, slowly, as if it came to you:\n\n{no}\n\nWhat becomes of it?",
        _ways_on(talk),
        no=whole,
    )
    talk.record("given", Visibility.PRIVATE, no=whole)
    _pass_on(talk, then, "received-no", whole)
    talk.say("In three days I ask what it made room for.")
    talk.offer("made-room", to=talk.me)


def _request(talk: Talk) -> tuple[Text, bool]:
    """What the no is to, and whether somebody really asked for it."""
    asked = talk.ask(
        "request",
        "What were you asked? Something small that you would rather not do. It stands above your no, so write it as "
        "you would say it out loud.",
        sides=(MAKE_UP,),
    )
    if isinstance(asked, Words):
        return T("{words}", words=asked), True
    return _label(talk.choose("sample", "For practice, then. You are asked:", SAMPLES), SAMPLES), False


def _take(talk: Talk) -> None:
    """Three small steps: breathe, thank, ask nothing."""
    came = talk.choose(
        "came", "A no that comes to you. Take one of these, or write one that you really got.", TO_ME, own_words=True
    )
    heard = T("{words}", words=came) if isinstance(came, Words) else _label(came, TO_ME)
    talk.choose(
        "breath", "{no}\n\nFirst, breathe: out, all the way. It may sting, and that passes.", BREATHED, no=heard
    )
    said = chosen_words(talk, "said", THANK, SAID)
    talk.record("taken", Visibility.PRIVATE, no=heard, said=said)
    talk.say(
        "Third, ask nothing: no why, no when, no what instead. You say this, and leave it there:\n\n{said}\n\n"
        "Kept, for you alone.",
        said=said,
    )


def _mean(talk: Talk) -> None:
    """The mirror: a yes that is one."""
    to = talk.ask(
        "yes", "One yes that you really mean: to something you were asked, or that nobody has thought to ask. To what?"
    )
    meant = T("A yes that I really mean: {yes}", yes=to)
    then = talk.choose("yes-then", "{yes}\n\nWhat becomes of it?", _ways_on(talk), yes=meant)
    talk.record("meant", Visibility.PRIVATE, yes=to)
    _pass_on(talk, then, "received-yes", meant)
    talk.say("In three days I ask what came of it.")
    talk.offer("came-of-it", to=talk.me)


def _ways_on(talk: Talk) -> tuple[Option, ...]:
    """Somebody without a partner has nobody to send it to."""
    return (KEEP, MYSELF) if talk.partner is None else (KEEP, SEND, MYSELF)


def _pass_on(talk: Talk, then: str, received: str, message: Text) -> None:
    if then == "send" and talk.partner is not None:
        talk.offer(received, to=talk.partner, message=write_text(message))
        talk.say(
            "Sent. {name} gets it now, or after their quiet hours. "
            "Nothing is asked of {name}, and I bring nothing back.",
            name=Name(talk.partner),
        )
    elif then == "myself":
        talk.say("Then the words are yours, to say or to copy:\n{message}", message=message)
    else:
        talk.say("Kept, for you alone.")


def _label(token: str, choices: tuple[Option, ...]) -> Text:
    return next(option.label for option in choices if option.token == token)
