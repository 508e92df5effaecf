"""Sample conversations that use all of `Talk`; for tests only. A real exercise is as long as its conversation."""

from __future__ import annotations

from bot.engine.acts import Button, Set, Visibility
from bot.engine.exercise import ALONE, COUPLE, Exercise, exercise
from bot.engine.ids import PersonId
from bot.engine.moments import days, hours
from bot.engine.parsers import CLOCK, DAY
from bot.engine.pictures import Picture
from bot.engine.questions import Tapped
from bot.engine.run import Reminder
from bot.engine.sealed import Broken, Closed, Kept, Opened
from bot.engine.session import Note, Option, Side, Tap
from bot.engine.talk import Talk, options
from bot.engine.text import Card, Name, T, Text, Words

NEEDS = options(calm=T("calm"), play=T("play"), rest=T("rest"), fun=T("fun"), awe=T("awe"), help=T("help"))
CARRIERS = options(partner=T("my partner"), other=T("someone else"), nobody=T("nobody yet"))
HAPPENED = options(yes=T("It did."), moved=T("It moved."), no=T("It did not."))
PASS = Side("pass", T("pass"), Tap.ANSWER)
DEEPER = Side("deeper", T("Deeper"), Tap.NOTE, True, T("Deeper next time."), Note("wish", True, {"wish": "deeper"}))
TABLE = Side("table", T("at the table"), Tap.BREAK)
NEVER = Side("never", T("never this"), Tap.NOTE, folded=True, reply=T("Never again."))
FEWEST_DAYS = 7


class Count:
    """How many needs rest on whom, in words."""

    def __init__(self, expected: list[str]) -> None:
        """Counts."""
        self.text = T("{n} of your needs rest on one person.", n=expected.count("partner"))
        self.picture: Picture | None = None


@exercise("sample-village", scope=ALONE, reads=("sample-village.map",))
def village(talk: Talk) -> None:
    """Five needs, whom each is expected from, and one handed on this week."""
    talk.say("What one person is asked for today, a village used to give.")
    needs = talk.choose_many("needs", "Tick five that matter.", NEEDS, exactly=5, own_words=True)
    carriers = [
        talk.choose(f"from.{n}", "{need}: from whom?", CARRIERS, need=_label(need)) for n, need in enumerate(needs, 1)
    ]
    talk.show(Count(carriers))
    talk.record(
        "map",
        Visibility.PRIVATE,
        needs=tuple(_label(need) for need in needs),
        alone=talk.past("sample-village.map") == [],
    )
    places = tuple(Option(str(n), T("{need}", need=_label(need))) for n, need in enumerate(needs, 1))
    one = needs[int(talk.choose("one", "Which one goes to somebody else?", places)) - 1]
    who = talk.choose("who", "To whom?", options(friend=T("a friend"), group=T("a group")), own_words=True)
    day = talk.ask("day", "On which day?", parser=DAY, hint=T("A day, please."))
    if not talk.confirm("sure", "{need}, with {who}, on {day}?", need=_label(one), who=_who(who), day=day):
        talk.say("Then it stays a thought.")
        return
    _handed_on(talk, _label(one))


def _handed_on(talk: Talk, need: Text | Words) -> None:
    talk.pause("the-day", talk.moment("agreed").day.plus(2).at(10))
    talk.say("Today is the day for {need}.", need=need)
    talk.pause("day-after", talk.moment("reminded").day.plus(1).at(18))
    happened = talk.choose("happened", "Did it happen?", HAPPENED, within=days(2), sides=(PASS,))
    if happened == "yes":
        talk.record("good", Visibility.PRIVATE, how=talk.scale("good", "How good was it?", 0, 4))
    elif happened is not None:
        talk.offer("sample-kind", to=talk.me, at=talk.moment("not-now").plus(days(1)))
    talk.say("Thank you.")


def _label(need: str | Words) -> Text | Words:
    return need if isinstance(need, Words) else next(o.label for o in NEEDS if o.token == need)


def _who(who: str | Words) -> Text | Words:
    return who if isinstance(who, Words) else T("them")


@exercise("sample-space", scope=COUPLE)
def space(talk: Talk) -> None:
    """One takes an evening for themselves; the other knows, and both say how it was."""
    other = talk.partner
    plan = talk.ask("plan", "What will the evening be for?", to=talk.me)
    back = talk.ask("back", "When will you be back?", parser=CLOCK, hint=T("A time, please."), to=talk.me)
    if other is None:
        talk.say("Then only you know.")
        talk.end()
    else:
        talk.say("{name} takes an evening, and is back at {back}.", to=other, name=Name(talk.me), back=back)
        fine = talk.choose("fine", "Is that fine?", options(yes=T("Enjoy it."), no=T("Not this one.")), to=other)
        if fine == "no":
            talk.announce("Not this evening, then.")
            talk.end()
    talk.pause("evening", talk.moment("begun").plus(days(1)))
    told = talk.each(_how_it_was)
    if all(told.values()):
        talk.say("Good for both of you.")
    talk.record("plan", Visibility.SHARED, plan=plan)
    talk.announce("An evening apart was taken.")


def _how_it_was(part: Talk) -> bool:
    if part.confirm("good", "Was it good?"):
        return True
    if part.confirm("end", "Leave it at that?"):
        part.say("Left.")
        part.record("left", Visibility.PRIVATE, left=True)
        part.end()
    wish = part.ask("wish", "What would help next time?", sides=(PASS,), within=days(1))
    if isinstance(wish, Words):
        part.record("wish", Visibility.PRIVATE, wish=wish)
        part.say("Kept, for you alone.")
    return False


@exercise("sample-sealed", scope=COUPLE, reads=("sample-sealed.asked",))
def sealed(talk: Talk) -> None:
    """A question to both with everything beside it; weeks later it is looked at again."""
    card = talk.draw("card", "sample")
    talk.record("asked", Visibility.SHARED, card=card)
    talk.say("A question for two.")
    answered = talk.both(
        "answer",
        "{card}",
        card=card,
        sides=lambda person: (PASS, TABLE, DEEPER, *((NEVER,) if person == talk.me else ())),
        kept=lambda person: Kept(T("Kept."), (Button(T("change it"), "back"),)),
        within=days(3),
        nudge=Reminder(T("Still here:"), hours(36)),
    )
    match answered:
        case Opened(answers):
            for person in talk.people:
                _open(talk, card, person, answers[person])
        case Broken(by):
            talk.say("{name} would rather talk.", name=Name(by))
        case Closed():
            talk.say("Closed for now.")
    begun = talk.moment("opened")
    talk.pause("rest", begun.plus(days(2)))
    if talk.moment("rested").at - begun.at >= days(FEWEST_DAYS).total_seconds():
        talk.say("That was a while ago.")
    still = talk.each(lambda part: part.scale("still", "Does it still hold?", 1, 3))
    talk.say("{n} of six.", n=sum(still.values()))


def _open(talk: Talk, card: Card, writer: PersonId, answer: Words | Tapped) -> None:
    other = next(person for person in talk.people if person != writer)
    if isinstance(answer, Words):
        seat = talk.people.index(writer)
        talk.record(f"opened.{seat}", Visibility.SHARED, owner=writer, card=card, answer=answer)
        talk.say("{name} wrote: {answer}", to=other, name=Name(writer), answer=answer)
    else:
        talk.say("{name} passed.", to=other, name=Name(writer))


@exercise("sample-renewal", scope=COUPLE)
def renewal(talk: Talk) -> None:
    """Once a year: what stays, what goes, and a promise sealed until the next time."""
    year = talk.given("year")
    talk.say("Another year: {year}.", year=year if isinstance(year, int) else 1)
    kept = talk.each(lambda part: part.choose_many("keep", "What shall stay?", NEEDS, at_most=3))
    both = tuple(o.label for o in NEEDS if all(o.token in ticks for ticks in kept.values()))
    talk.say("You both keep: {both}", both=both)
    first = talk.both("vow", "One sentence for the year.", kept=lambda person: Kept(T("Sealed.")), within=days(7))
    second = talk.both("wish", "One wish.", kept=lambda person: Kept(T("Sealed, too.")), within=days(7))
    if isinstance(first, Opened) and isinstance(second, Opened):
        talk.say("Both are open.")
        talk.do("settle", Set({"renewed": True}))
        talk.offer("sample-renewal", at=talk.moment("renewed").plus(days(365)), year=2)
    else:
        talk.say("Not this year.")


@exercise("sample-hunch", scope=COUPLE)
def hunch(talk: Talk) -> None:
    """A question to both, and under one's own answer a hunch about the other's."""
    answered = talk.both(
        "lake",
        "Lake or hill?",
        sides=lambda person: (PASS, TABLE),
        kept=lambda person: Kept(T("Kept."), (Button(T("change it"), "back"),)),
        passed=Kept(T("Passed.")),
        within=days(1),
        then=_hunch,
    )
    if isinstance(answered, Opened):
        for person, felt in answered.parts.items():
            if felt is not None:
                talk.say("{name} had a hunch: {felt}", name=Name(person), felt=felt)
        talk.say("And now?")
    if talk.confirm("fine", "Is it well?"):
        talk.say("Then well.")


def _hunch(part: Talk, own: Words | Tapped) -> Words | None:
    if isinstance(own, Tapped):
        return None
    felt = part.ask("felt", "And the other?", sides=(PASS,))
    if not isinstance(felt, Words):
        return None
    part.scale("sure", "How sure, from one to three?", 1, 3)
    part.say("Noted.")
    return felt


@exercise("sample-kind", scope=ALONE)
def kind(talk: Talk) -> None:
    """One kind word, and three small questions."""
    for n in range(3):
        talk.scale(f"small.{n}", "How is it, from one to three?", 1, 3)
    talk.say("Thank you for looking.")


SAMPLES: tuple[Exercise, ...] = (village, space, sealed, renewal, hunch, kind)
