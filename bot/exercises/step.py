"""My step: one's own first move when it gets tight, what it usually meets, and one small change in it this week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.engine.acts import Visibility
from bot.engine.exercise import ALONE, exercise
from bot.engine.questions import Tapped
from bot.engine.session import Option, Side, Tap
from bot.engine.talk import Talk, options
from bot.engine.text import Name, T, Text, Words
from bot.exercises.why import why

WHY = T(
    "Why look at your own step: pressing and drawing back feed each other, and neither belongs to one gender "
    "(Papp, Kouros & Cummings 2009; Schrodt, Witt & Shimkowski 2014; some evidence)."
)


@dataclass(frozen=True, slots=True)
class Part:
    """One half of a loop: how it can be tapped, and how it stands in the sentence. They are two texts, as another
    language may bend the one and not the other."""

    option: Option
    clause: Text


MOVES = (
    Part(Option("closer", T("come closer")), T("I come closer")),
    Part(Option("ask", T("ask again")), T("I ask again")),
    Part(Option("please", T("try to please")), T("I try to please")),
    Part(Option("mine", T("take it on myself")), T("I take it on myself")),
    Part(Option("quiet", T("go quiet")), T("I go quiet")),
    Part(Option("leave", T("leave")), T("I leave")),
    Part(Option("explain", T("explain")), T("I explain")),
    Part(Option("ground", T("hold my ground")), T("I hold my ground")),
)
MET = (
    Part(Option("silence", T("silence")), T("it usually meets silence")),
    Part(Option("questions", T("more questions")), T("it usually meets more questions")),
    Part(Option("reasons", T("good reasons")), T("it usually meets good reasons")),
    Part(Option("sharp", T("a sharp word")), T("it usually meets a sharp word")),
    Part(Option("tears", T("tears")), T("it usually meets tears")),
    Part(Option("away", T("a step away")), T("it usually meets a step away")),
    Part(Option("towards", T("a step towards me")), T("it usually meets a step towards me")),
    Part(Option("same", T("the same in return")), T("it usually meets the same in return")),
)
LOUDEST = 4
DEEPER = options(further=T("a little further"), week=T("on to this week"))
UNSAID = Side("unsaid", T("leave it unsaid"), Tap.ANSWER)
NOTHING = Side("nothing", T("nothing to tell"), Tap.ANSWER)
CHANGES = options(
    later=T("the same, a minute later"),
    half=T("half as much of it"),
    aloud=T("say aloud that I am doing it"),
)
SOONER, WRITE = Option("sooner", T("stop one step sooner")), Option("write", T("write what I cannot say"))
WATER, SEATED = Option("water", T("a glass of water first")), Option("seated", T("the same, sitting down"))
FRIEND = Option("friend", T("tell a friend how it was"))
ANY_MOVE = (SOONER, WATER, SEATED, WRITE, FRIEND)  # where the move is in words of one's own
CHANGES_IN = {
    "closer": (
        *options(
            beside=T("sit beside, not opposite"),
            suits=T("ask first whether it suits"),
            tea=T("tea instead of a question"),
            own=T("do something of my own first"),
        ),
        SOONER,
    ),
    "ask": (
        *options(
            tomorrow=T("ask it tomorrow"),
            once=T("ask once, then let it be"),
            down=T("write down the second one"),
            fear=T("say which answer I fear"),
        ),
        WATER,
    ),
    "please": options(
        first=T("say first what I want"),
        think=T("“let me think” before a yes"),
        bigger=T("the bigger piece, once"),
        mind=T("“I don't mind” only if true"),
        mood=T("leave one mood unmended"),
    ),
    "mine": (
        *options(
            one=T("one sorry, not three"),
            whose=T("ask myself first whose it is"),
            part=T("sorry for my part only"),
            lie=T("leave one thing as it lies"),
        ),
        FRIEND,
    ),
    "quiet": (
        *options(
            nod=T("nod, at least"),
            gone=T("say “I am quiet, not gone”"),
            sentence=T("one more sentence first"),
            hour=T("say when I will talk"),
        ),
        WRITE,
    ),
    "leave": options(
        back=T("say when I am back"),
        air=T("“I need air”, not “I give up”"),
        door=T("a kind word at the door"),
        friendly=T("leave while it is friendly"),
        bring=T("bring one sentence back"),
    ),
    "explain": options(
        reason=T("one reason, not five"),
        may=T("“that may be so”, full stop"),
        ask=T("ask one thing first"),
        wish=T("say the wish, skip the proof"),
        best=T("keep my best point back"),
    ),
    "ground": (
        *options(
            softly=T("say it once, and softly"),
            right=T("say where they are right"),
            word=T("change my mind on one word"),
            sleep=T("leave it open until tomorrow"),
        ),
        SEATED,
    ),
}
NO_CHANGE = Option("none", T("none, seeing it is enough"))
HAPPENED = options(yes=T("yes"), bit=T("a bit"), no=T("not this time"))
A_WEEK, EVENING = 7, 18  # days, o'clock
ANSWER_WITHIN = timedelta(days=2)


@exercise("step", scope=ALONE, reads=("step.met",))
def step(talk: Talk) -> None:
    """The loop, how loud it is in it, what lies behind it if wanted; one small change, and a week later what came."""
    moved, loop = _loop(talk)
    talk.say("Two fears can be loud just then, both of them at once. Neither is a label; it is only how loud it gets.")
    other, oneself = _fear_of_losing_the_other(talk), _fear_of_losing_oneself(talk)
    talk.record("loop", Visibility.PRIVATE, loop=loop, other=other, oneself=oneself)
    if talk.choose("deeper", "A little further into that move, or on to this week?", DEEPER) == "further":
        _behind_it(talk)
    change = _change(talk, moved)
    if change is not None:
        _in_a_week(talk, change)


def _loop(talk: Talk) -> tuple[str | Words, Text]:
    """The move, and one sentence: the move, what it meets, and that it goes round."""
    sides = why(talk, "step", WHY)
    moved = talk.choose(
        "move",
        "When it gets tight between us, my first move is to …\nTap one, or finish the sentence in your own words.",
        tuple(part.option for part in MOVES),
        own_words=True,
        sides=sides,
    )
    move = T("my first move is “{words}”", words=moved) if isinstance(moved, Words) else _clause(MOVES, moved)
    meeting = talk.choose(
        "meets",
        "When it gets tight between us, {move}.\nAnd what does that usually meet?",
        tuple(part.option for part in MET),
        own_words=True,
        move=move,
    )
    meets = T("it usually meets “{words}”", words=meeting) if isinstance(meeting, Words) else _clause(MET, meeting)
    loop = T("When it gets tight between us, {move}; {meets}, and round it goes again.", move=move, meets=meets)
    talk.say("{loop}\n\nOne of those steps is yours. It is the only one that is looked at here.", loop=loop)
    return moved, loop


def _clause(parts: tuple[Part, ...], token: str) -> Text:
    return next(part.clause for part in parts if part.option.token == token)


def _fear_of_losing_the_other(talk: Talk) -> int:
    if talk.partner is None:
        return talk.scale(
            "fear.other", "How loud is the fear of losing the other one? 0 is silent, 4 is very loud.", 0, LOUDEST
        )
    return talk.scale(
        "fear.other",
        "How loud is the fear of losing {name}? 0 is silent, 4 is very loud.",
        0,
        LOUDEST,
        name=Name(talk.partner),
    )


def _fear_of_losing_oneself(talk: Talk) -> int:
    return talk.scale("fear.oneself", "And how loud is the fear of losing yourself?", 0, LOUDEST)


def _behind_it(talk: Talk) -> None:
    """Where the move comes from, and what it hands over; each may be left unsaid."""
    known = talk.ask("known", "Where do you know this move from?", sides=(UNSAID,))
    if isinstance(known, Words):
        talk.record("known", Visibility.PRIVATE, known=known)
    handed = _handed_over(talk)
    if not isinstance(handed, Words):
        return
    talk.record("handed", Visibility.PRIVATE, handed=handed)
    held = talk.ask("held", "And what do you then hold against them for it?", sides=(UNSAID,))
    if isinstance(held, Words):
        talk.record("held", Visibility.PRIVATE, held=held)


def _handed_over(talk: Talk) -> Words | Tapped | None:
    if talk.partner is None:
        return talk.ask(
            "handed",
            "What do you hand to the other one, to carry for you? “You be the calm one”, for instance.",
            sides=(UNSAID,),
        )
    return talk.ask(
        "handed",
        "What do you hand to {name}, to carry for you? “You be the calm one”, for instance.",
        sides=(UNSAID,),
        name=Name(talk.partner),
    )


def _change(talk: Talk, moved: str | Words) -> Text | None:
    """What they do a little differently this week; None where it is only looked at."""
    own = ANY_MOVE if isinstance(moved, Words) else CHANGES_IN[moved]
    choices = (*CHANGES, *own, NO_CHANGE)
    chosen = talk.choose(
        "change",
        "One small change in that move, yours alone, this week? Tap one, or use your own words.",
        choices,
        own_words=True,
    )
    if chosen == NO_CHANGE.token:
        talk.say("Then you have looked at it. That is more than most moves ever get.")
        return None
    change = T("{words}", words=chosen) if isinstance(chosen, Words) else _label(choices, chosen)
    talk.record("change", Visibility.PRIVATE, change=change)
    talk.say("Noted, for you alone. In a week I ask what came of it.")
    return change


def _in_a_week(talk: Talk, change: Text) -> None:
    talk.pause("week", talk.moment("sitting").day.plus(A_WEEK).at(EVENING))
    happened = talk.choose(
        "happened",
        "Your small change, a week ago: {change}\nDid it happen?",
        HAPPENED,
        within=ANSWER_WITHIN,
        change=change,
    )
    if happened is None:
        return
    talk.record("happened", Visibility.PRIVATE, happened=_label(HAPPENED, happened))
    told = talk.ask("told", "One line about it, if you like.", sides=(NOTHING,), within=ANSWER_WITHIN)
    if isinstance(told, Words):
        talk.record("told", Visibility.PRIVATE, told=told)
        talk.say("Kept, for you alone.")
    elif told is not None and happened == "no":
        talk.say("Not this time, then. The move will be back, and so will the chance.")
    elif told is not None:
        talk.say("Good. It stays with you.")


def _label(choices: tuple[Option, ...], token: str) -> Text:
    return next(option.label for option in choices if option.token == token)
