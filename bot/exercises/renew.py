"""Option to renew: what each would keep, change and offer, sealed; it opens if both renew, else nothing ever does."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.engine.acts import Button, Set, Visibility
from bot.engine.exercise import COUPLE, exercise
from bot.engine.ids import PersonId
from bot.engine.moments import Day, Moment
from bot.engine.pictures import Pictured
from bot.engine.session import Option, Side, Tap
from bot.engine.talk import Talk
from bot.engine.text import Arg, Name, T, Text, Words, stacked, text
from bot.exercises.seen.renewal import Promises, renewal_keepsake
from bot.exercises.spans import left

NOON = 12
OPEN_FOR = timedelta(days=7)
BETWEEN = 13 * 7  # days, at least
LEAVE_OUT = Side("nothing", T("nothing this time"), Tap.ANSWER)
RENEW, TALK, NOT = Option("renew", T("renew")), Option("talk", T("renew and talk")), Option("not", T("not this time"))
SURE, CHANGE = Option("sure", T("leave it closed")), Option("change", T("let me choose again"))
LEFT_OUT = T("nothing this time")
AGAIN = Button(T("change it"), "back")
CLOSED = T("This one stays closed. That happens for many reasons, most of them the calendar. The next date is {day}.")


@dataclass(frozen=True, slots=True)
class Terms:
    """What somebody would renew on: their words, None for what they left out, and whether they would like to talk."""

    by: PersonId
    keep: Words | None = field(repr=False)
    change: Words | None = field(repr=False)
    offer: Words | None = field(repr=False)
    talk: bool

    @property
    def text(self) -> Text:
        """As the other reads it."""
        lines = [T("{name} renews.", name=Name(self.by))]
        lines += [T("To keep: {words}", words=self.keep)] if self.keep else []
        lines += [T("To change: {words}", words=self.change)] if self.change else []
        lines += [T("On offer: {words}", words=self.offer)] if self.offer else []
        return stacked(*lines)

    @property
    def seen(self) -> Promises:
        """As a picture has it."""
        return Promises(self.by, self.keep, self.change, self.offer)


@exercise("renew", scope=COUPLE, stops_alone=True)
def renew(talk: Talk) -> None:
    """Seven days for both; whatever is not a yes of both ends when they are over, never earlier."""
    opened = talk.moment("opened")
    held = _day(talk)
    following = held.plus(BETWEEN)
    if not talk.given("ritual"):
        talk.say("This would be the day to renew. The ritual rests: it takes a yes from both. /renew is there.")
        talk.do("rests", Set({"renews_on": None}))
        return
    talk.record("held", Visibility.SHARED, day=held.date)
    talk.do("next", Set({"renewed": following.date.isoformat()}))
    closes = opened.plus(OPEN_FOR)
    terms = talk.apart(lambda part: _terms(part, closes))
    match [terms[person] for person in talk.people]:
        case [Terms() as one, Terms() as other]:
            _open(talk, one, other, following)
        case _:
            talk.say("{closed}", closed=text(CLOSED.key, {"day": following.date}))


def _day(talk: Talk) -> Day:
    """The day that it was planned for, whenever it opened for the later of the two."""
    day, today = talk.given("day"), talk.moment("opened-on").day
    return Day(date.fromisoformat(day), today.zone) if isinstance(day, str) else today


def _terms(part: Talk, closes: Moment) -> Terms | None:
    """One's own part. Who does not renew waits for the end of the seven days, so that nobody can tell from when."""
    part.say("Seven days to renew, if you like. Three lines and a tap; all of it is sealed, and opens if both renew.")
    sides = (LEAVE_OUT,)
    written = [
        part.ask("keep", "One thing to keep, as it is between you?", sides=sides, within=left(part, "m1", closes)),
        part.ask("change", "One thing to change?", sides=sides, within=left(part, "m2", closes)),
        part.ask("offer", "And one thing that you offer?", sides=sides, within=left(part, "m3", closes)),
    ]
    chosen = _chosen(part, closes)
    if chosen == "not":
        part.say("It stays closed, then, and what you wrote stays with you.")
    if chosen is None or chosen == "not":
        part.pause("closes", closes)
        return None
    keep, change, offer = (words if isinstance(words, Words) else None for words in written)
    part.say("Kept, and sealed. If it opens, it opens for both at once.", buttons=(AGAIN,))
    return Terms(part.me, keep, change, offer, talk=chosen == "talk")


def _chosen(part: Talk, closes: Moment) -> str | None:
    """A no is asked about once more: it waits for the end, and cannot be taken back before."""
    for n in (1, 2):
        chosen = part.choose(f"choice.{n}", "What will it be?", (RENEW, TALK, NOT), within=left(part, f"c{n}", closes))
        if chosen != "not":
            return chosen
        sure = part.choose(
            f"sure.{n}",
            "Then this one closes when the seven days are over, for both, with the same line. Nobody learns why.",
            (SURE, CHANGE) if n == 1 else (SURE,),
            within=left(part, f"s{n}", closes),
        )
        if sure != "change":
            break
    return "not"


def _open(talk: Talk, one: Terms, other: Terms, following: Day) -> None:
    for mine in (one, other):
        seat = talk.people.index(mine.by)
        written = {"keep": mine.keep, "change": mine.change, "offer": mine.offer}
        fields: dict[str, Arg] = {name: LEFT_OUT if words is None else words for name, words in written.items()}
        talk.record(f"opened.{seat}", Visibility.SHARED, owner=mine.by, **fields)
    said = stacked(one.text, other.text, T("The next date is {day}.", day=following.date))
    seen = renewal_keepsake((one.seen, other.seen), talk.moment("renewed"), following.at(NOON))
    talk.show(Pictured(said, seen))
    if one.talk or other.talk:
        talk.say("One of you would like to talk about it.")
