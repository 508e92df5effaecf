"""Village audit: five needs, whom each is expected from, and one of them handed to somebody else this week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast

from bot.engine.acts import Visibility
from bot.engine.codec import read_arg
from bot.engine.exercise import ALONE, exercise
from bot.engine.moments import Day
from bot.engine.parsers import DAY, Short
from bot.engine.pictures import Picture, Pictured
from bot.engine.questions import Tapped
from bot.engine.session import Option, Side, Tap
from bot.engine.talk import Talk, options
from bot.engine.text import Arg, Name, T, Text, Words, stacked
from bot.exercises.seen.village import Needs, village_map
from bot.exercises.why import why

WHY = T(
    "Why a village: people who spread what they need over several others tend to fare better (Cheung, Gardner & "
    "Anderson 2015; some evidence). What mattered was how good that support was, not how many gave it (Keneski, Neff "
    "& Loving 2018; some)."
)
NEEDS = options(
    vent=T("someone to vent to"),
    belonging=T("belonging"),
    play=T("play"),
    held=T("being held"),
    mind=T("a mind to argue with"),
    elder=T("someone older who knows"),
    adventure=T("adventure"),
    calm=T("calm"),
    admired=T("being admired"),
    help=T("practical help"),
    money=T("money worries shared"),
    meaning=T("faith or meaning"),
    hobby=T("a shared hobby"),
)
PARTNER, OTHERS, MYSELF, NOBODY = range(4)
CARRIERS = options(partner=T("my partner"), other=T("someone else"), myself=T("myself"), nobody=T("nobody yet"))
CARRIER_NAMES = tuple(option.label for option in CARRIERS)
IDEAS = T(
    "To ask for:\n"
    "to be shown how they do it\n"
    "company for something dull\n"
    "a walk, or a call while each of you walks\n"
    "a story from before you knew them\n"
    "their honest opinion, with reasons\n"
    "an hour of listening, and no advice\n\n"
    "To offer:\n"
    "a message about nothing in particular\n"
    "a hand with what they keep putting off\n"
    "something on loan: a book, a drill, a recipe\n"
    "a seat beside you, where you go anyway\n"
    "an evening of cards, and no talk of work\n"
    "to be the one who rings"
)
FOR_EXAMPLE = Side("example", T("for example"), Tap.NOTE, reply=IDEAS)
NOBODY_COMES = Side("nobody", T("nobody comes to mind"), Tap.ANSWER)
SMALLER = options(
    group=T("a group that meets anyway"),
    family=T("somebody in the family"),
    professional=T("a professional"),
    leave=T("leave it for now"),
)
SHARE = options(nothing=T("nothing"), map=T("the map"), all=T("all of it"))
HAPPENED = options(yes=T("yes"), moved=T("moved"), no=T("not this time"))
ONCE_MORE = options(yes=T("yes"), no=T("not this time"))
MORNING, EVENING = 10, 18  # o'clock
ANSWER_WITHIN = timedelta(days=2)
NEXT_AUDIT = 13 * 7  # days
NICKNAME = Short(60)
A_DAY_TO_COME = T("A day that is still to come: tomorrow, Friday, or a date like {example}.", example=date(2027, 1, 31))


@dataclass(frozen=True, slots=True)
class VillageMap:
    """Whom each need is expected from: needs as labels, carriers as numbers (`PARTNER` … `NOBODY`)."""

    needs: tuple[Text, ...]
    carriers: tuple[int, ...]

    @property
    def text(self) -> Text:
        """The map in words, a line per carrier that carries something, and the count."""
        lines = [
            T("{who}: {needs}", who=option.label, needs=self.of(number))
            for number, option in enumerate(CARRIERS)
            if number in self.carriers
        ]
        return stacked(*lines, self.count)

    @property
    def count(self) -> Text:
        """How much rests on one person."""
        return T("On one person: {count} of {all}.", count=self.carriers.count(PARTNER), all=len(self.needs))

    @property
    def picture(self) -> Picture:
        """The map as a picture."""
        return village_map(CARRIER_NAMES, self.seen)

    @property
    def seen(self) -> Needs:
        """What is to be seen of it."""
        return Needs(self.needs, self.carriers, self.count)

    def beside(self, then: VillageMap) -> Pictured:
        """With the map of an earlier time, in one picture."""
        both = T("{now}\n\nAnd then, a while ago:\n{then}", now=self.text, then=then.text)
        return Pictured(both, village_map(CARRIER_NAMES, self.seen, then=then.seen))

    def of(self, carrier: int) -> tuple[Text, ...]:
        """The needs that somebody carries."""
        return tuple(need for need, whom in zip(self.needs, self.carriers, strict=True) if whom == carrier)


@dataclass(frozen=True, slots=True)
class Plan:
    """One need, one person, one small thing, one day."""

    need: Text
    who: Arg
    act: Words
    day: date


@exercise("village", scope=ALONE, reads=("village.met", "village.map"))
def village(talk: Talk) -> None:
    """The sitting, and what comes of it on the day, the day after, and a season later."""
    if talk.given("again") and not talk.confirm("again", "A season ago you drew your village. Another look?"):
        return
    drawn = _map(talk)
    talk.record("map", Visibility.PRIVATE, needs=drawn.needs, carriers=drawn.carriers)
    then = talk.past("village.map")
    talk.show(drawn.beside(_remembered(then[-1])) if then else drawn)
    plan = _hand_on(talk, drawn)
    _share(talk, drawn, plan)
    today = talk.moment("sitting").day
    talk.offer("village", to=talk.me, at=today.plus(NEXT_AUDIT).at(EVENING), again=True)
    if plan is not None:
        _follow_up(talk, plan)


def _map(talk: Talk) -> VillageMap:
    sides = why(talk, "village", WHY)
    ticked = talk.choose_many(
        "needs",
        "What do you need these days? Tick five; your own words count, too.",
        NEEDS,
        exactly=5,
        own_words=True,
        sides=sides,
    )
    labels = {option.token: option.label for option in NEEDS}
    needs = tuple(labels[tick] if isinstance(tick, str) else T("{words}", words=tick) for tick in ticked)
    order = [option.token for option in CARRIERS]
    carriers = tuple(
        order.index(talk.choose(f"from.{n}", "{need}: whom do you expect it from?", CARRIERS, need=need))
        for n, need in enumerate(needs, 1)
    )
    return VillageMap(needs, carriers)


def _hand_on(talk: Talk, drawn: VillageMap) -> Plan | None:
    """One need, for somebody else to carry a little of; None where it stays a thought."""
    numbered = tuple(Option(str(n), need) for n, need in enumerate(drawn.needs, 1))
    none = Option("none", T("none, it is fine as it is"))
    picked = talk.choose("pick", "Which of these could somebody else carry a little of?", (*numbered, none))
    if picked == "none":
        talk.say("Then it stays as it is. Seeing it was the point.")
        return None
    need = drawn.needs[int(picked) - 1]
    who = _who(talk, need)
    if who is None:
        talk.say("Then it waits. It is on the map now, and that is something.")
        return None
    act = cast(  # the examples are no answer
        Words, talk.ask("act", "One small thing that you could ask of them, or offer?", sides=(FOR_EXAMPLE,))
    )
    day = talk.ask(
        "day",
        "On which day this week?",
        parser=DAY,
        hint=A_DAY_TO_COME,
    )
    if not talk.confirm(
        "sure", "So: {need}, with {who}, {day}: {act}\nShall I remind you?", need=need, who=who, day=day, act=act
    ):
        talk.say("Then it stays a thought.")
        return None
    talk.record("plan", Visibility.PRIVATE, need=need, who=who, act=act, day=day)
    talk.say("Noted. You hear from me that morning.")
    return Plan(need, who, act, day)


def _who(talk: Talk, need: Text) -> Arg | None:
    """A nickname, or something smaller where nobody comes to mind; nobody is talked into anything."""
    named = talk.ask(
        "who",
        "Who could that be, for {need}? A nickname will do.",
        parser=NICKNAME,
        sides=(NOBODY_COMES,),
        hint=T("Something short, please: a first name, or what you call them."),
        need=need,
    )
    if not isinstance(named, Tapped):
        return named
    smaller = talk.choose("smaller", "Something smaller, then?", SMALLER)
    return None if smaller == "leave" else next(o.label for o in SMALLER if o.token == smaller)


def _share(talk: Talk, drawn: VillageMap, plan: Plan | None) -> None:
    """Nothing is the default; the map alone names no one."""
    if talk.partner is None:
        return
    choices = SHARE if plan is not None else SHARE[:2]
    shared = talk.choose("share", "What of this may {name} see?", choices, name=Name(talk.partner))
    if shared == "nothing":
        talk.say("It stays with you.")
        return
    said = [T("{name} drew a map of needs, and of where each one goes:", name=Name(talk.me))]
    said.append(drawn.text)
    if shared == "all" and plan is not None:
        said.append(T("And this week: {need}, with {who}.", need=plan.need, who=plan.who))
    talk.record("shared", Visibility.SHARED, needs=drawn.needs, carriers=drawn.carriers)
    talk.show(Pictured(stacked(*said), village_map(CARRIER_NAMES, drawn.seen, of=talk.me)), to=talk.partner)
    talk.say("Shown to {name}.", name=Name(talk.partner))


def _follow_up(talk: Talk, plan: Plan) -> None:
    """The morning of the day, and the evening after; moved once at most."""
    zone = talk.moment("planned").zone
    happened = _on_the_day(talk, 1, plan, Day(plan.day, zone), HAPPENED)
    if happened == "moved":
        moved = talk.ask("new-day", "To which day?", parser=DAY, hint=A_DAY_TO_COME)
        happened = _on_the_day(talk, 2, plan, Day(moved, zone), ONCE_MORE)
    if happened == "yes":
        told = talk.ask("told", "What was it like?", within=ANSWER_WITHIN)
        if told is not None:
            talk.record("told", Visibility.PRIVATE, told=told, who=plan.who)
            talk.say("Kept, for you alone.")
    elif happened == "no":
        talk.say("Not this time, then. It is on the map whenever you want it.")


def _on_the_day(talk: Talk, turn: int, plan: Plan, day: Day, answers: tuple[Option, ...]) -> str | None:
    talk.pause(f"morning.{turn}", day.at(MORNING))
    talk.say("Today is the day, with {who}: {act}", who=plan.who, act=plan.act)
    talk.pause(f"evening.{turn}", day.plus(1).at(EVENING))
    return talk.choose(f"happened.{turn}", "{act}\nDid it happen?", answers, within=ANSWER_WITHIN, act=plan.act)


def _remembered(record: dict[str, Any]) -> VillageMap:
    value = record["value"]
    needs: Any = read_arg(value["needs"])
    return VillageMap(needs, tuple(value["carriers"]))
