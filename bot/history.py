"""`/history`: what was asked and answered, by conversation, and one's own words out of it again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot import repair
from bot.changes import REMOVED, DropRecord, SaveRecord, Unsay
from bot.commands import history as words
from bot.commands import lines
from bot.desk import Desk
from bot.engine.acts import Visibility
from bot.engine.codec import read_arg, write_arg
from bot.engine.ids import PersonId, SessionId
from bot.engine.moments import Moment
from bot.engine.session import Json
from bot.engine.text import Arg, Dated, Name, Text, text
from bot.exercises.job import JobTable
from bot.exercises.mine import SEEN
from bot.exercises.then import AGAIN
from bot.exercises.then import READS as OF_THEN
from bot.exercises.village import VillageMap
from bot.exercises.woo import CARDS
from bot.words.places import places

PAGES = 4  # digits of the number of one
WAITING = frozenset({"asked.jar"})  # not shown, and taken out with the conversation that it is from
_GIVE_REASONS = (
    *("curious", "table", "village", "space", "near", "ask"),
    *("no", "mine", "step", "job", "dance", "ritual", "ritual-asked", "woo"),
)
_REASON = "that the reason why was said; nothing that anybody wrote"
# Why the others are not. Some are for both, and all the same nobody is told whose they are.
NOT_SHOWN: Mapping[str, str] = {
    **{f"{exercise}.met": _REASON for exercise in _GIVE_REASONS},
    "moves.shown": "that the three moves were shown; nothing that anybody wrote",
    **{f"mine.{seen}": "a card that came, so that it does not come again; nothing that anybody wrote" for seen in SEEN},
    **{f"woo.drawn.{n}": "a card that came, so that it does not come again" for n in range(1, CARDS + 1)},
    "keepsake.asked": "that what was noticed was asked about; nothing that anybody wrote",
    "dance.line": "a mean of four weeks, which the other's chart shows as long as both want it",
    "renew.held": "on which day the two could renew",
    "ritual.asked": "that the other was asked, so that nobody is asked twice in a season",
    "ritual-tell.asked": "the same",
    "near.asked": "a day without words, so that it is not offered twice",
    "curious.never": "a tap that holds for the two, and nobody is told whose it was",
    "curious.depth": "a tap that holds for the two, and nobody is told whose it was",
    "ask.jar": "a question that waits: /ask jar shows it and takes it out",
    "asked.jar": "a question that waits: /ask jar shows it and takes it out",
}


@dataclass(frozen=True, slots=True)
class Past:
    """What a person may read of one conversation: its records that are shown to them, those that they may take out,
    which can be more (a question that waits in their jar), and their own ones that have no sentence."""

    session: SessionId
    shown: tuple[SaveRecord, ...]
    own: tuple[SaveRecord, ...]
    rest: tuple[SaveRecord, ...]

    @property
    def began(self) -> int:
        """When the first of it was kept (epoch seconds)."""
        return min(record.at for record in self.shown or self.rest)


# ---- the commands


def show(desk: Desk, person: PersonId, number: str) -> None:
    """One page, the newest first, with a way out for what is one's own."""
    page = int(number) if number.isascii() and number.isdecimal() and len(number) <= PAGES else 1
    here = pasts(desk, person)
    before = max(page - 1, 0) * words.PAGE
    now = here[before : before + words.PAGE]
    if not now:
        desk.say(person, lines.STALE if here else words.EMPTY)
    else:
        zone = desk.person(person).zone
        numbered = list(enumerate(now, before + 1))
        entries = [words.entry(n, Dated(Moment(each.began, zone)), told(each, person)) for n, each in numbered]
        deletable = [(n, str(each.session)) for n, each in numbered if _is_mine(each)]
        more = len(here) > before + words.PAGE
        desk.say(person, words.page(entries), *words.buttons(deletable, page + 1 if more else None))
    repair.stand_again(desk, person)


def ask(desk: Desk, person: PersonId, session: str) -> None:
    """Whether it is meant, with the words that would go."""
    found = _find(desk, person, session)
    if found is None:
        desk.say(person, lines.STALE)
        return
    mine = tuple(record for record in found.own if record in found.shown)
    desk.say(person, words.sure_about(told(replace(found, shown=mine), person)), *words.sure(session))


def unsay(desk: Desk, person: PersonId, session: str) -> None:
    """What they wrote in that conversation goes; without a session, it stays."""
    found = _find(desk, person, session) if session else None
    if session and found is None:
        desk.say(person, lines.STALE)
        return
    for record in found.own if found else ():
        _take_out(desk, record)
        _look_back_no_more(desk, record)
    if found:
        desk.change(Unsay(found.session, person))
    desk.say(person, words.DELETED if found else words.KEPT)
    repair.stand_again(desk, person)


def _look_back_no_more(desk: Desk, record: SaveRecord) -> None:
    """A round that looks back at it was begun with it, and forgets it."""
    for open_now in desk.sessions_of(record.owner):
        if AGAIN in open_now.given and named(record) in OF_THEN:
            past: dict[str, Json] = {}
            for seat, mine in open_now.past.items():
                past[seat] = {**mine, **{key: [] for key in OF_THEN}} if isinstance(mine, dict) else mine
            desk.save(replace(open_now, past=past))


def _take_out(desk: Desk, record: SaveRecord) -> None:
    """What is for both leaves a mark, and so does a question: that one was asked that day still counts, also where
    its writer does not know whether it was for both."""
    kind = words.SHOWN.get(named(record))
    if record.visibility is Visibility.PRIVATE and not (kind and kind.asks):
        desk.change(DropRecord(record.session, record.name, record.owner))
    else:
        desk.change(replace(record, value=dict(REMOVED)))


def _find(desk: Desk, person: PersonId, session: str) -> Past | None:
    return next((p for p in pasts(desk, person) if str(p.session) == session and _is_mine(p)), None)


# ---- what there is


def pasts(desk: Desk, person: PersonId) -> list[Past]:
    """The conversations of which something can still be read by a person, the newest first."""
    return [past for past in everything(desk, person) if any(map(_says_something, past.shown))]


def _says_something(record: SaveRecord) -> bool:
    """A question that is gone says nothing by itself; that something was told, and is gone, does."""
    return record.value != REMOVED or not words.SHOWN[named(record)].asks


def everything(desk: Desk, person: PersonId) -> list[Past]:
    """The conversations of which there is something that a person may read, the newest first."""
    busy = {s.id for s in desk.all_sessions_of(person) if repair.has_part(s, person)}
    by_session = dict[SessionId, list[SaveRecord]]()
    for record in desk.unit.all_past(person):
        by_session.setdefault(record.session, []).append(record)
    found = [_past(session, records, person, is_busy=session in busy) for session, records in by_session.items()]
    return sorted((p for p in found if p.shown or p.rest), key=lambda p: (p.began, p.session), reverse=True)


def _past(session: SessionId, records: Sequence[SaveRecord], person: PersonId, *, is_busy: bool) -> Past:
    """A question that is still open is in nobody's past; nor is what one took out oneself, or read a second time."""
    twice = [
        r.value
        for r in records
        if r.owner == person and r.visibility is not Visibility.PRIVATE and named(r) in words.SHOWN
    ]
    shown = tuple(
        record
        for record in records
        if (kind := words.SHOWN.get(named(record))) is not None
        and not (kind.asks and is_busy)
        and not (record.owner == person and record.value == REMOVED)
        and not (record.visibility is Visibility.PRIVATE and record.value in twice)
    )
    covered = [r for r in records if r not in shown and r.value in twice]
    waits = [r for r in records if named(r) in WAITING and not is_busy]
    own = tuple(r for r in (*shown, *covered, *waits) if r.owner == person and _is_theirs(r))
    beside = (r for r in records if r.owner == person and r not in shown and r.value != REMOVED)
    rest = tuple(r for r in beside if not (is_busy and _asks(r)))
    return Past(session, shown, own, rest)


def _is_theirs(record: SaveRecord) -> bool:
    """Whether something in it is its owner's: all but a question out of a deck."""
    kind = words.SHOWN.get(named(record))
    return record.value != REMOVED and (kind is None or not kind.asks or "card" not in _question(record))


def _is_mine(past: Past) -> bool:
    return any(record in past.shown for record in past.own)


def _asks(record: SaveRecord) -> bool:
    kind = words.SHOWN.get(named(record))
    return kind is not None and kind.asks


def named(record: SaveRecord) -> str:
    """What kind of record it is: "exercise.name"."""
    return f"{record.exercise}.{record.name}"


# ---- in words


def told(past: Past, person: PersonId) -> list[Text]:
    """A conversation in lines: the question, what one wrote oneself, what the other did."""
    return [*heading(past, person), *answers(past, person)]


def answers(past: Past, person: PersonId | None) -> list[Text]:
    """What was said, one's own first; to nobody (None) both are somebody with a name."""
    said = [r for r in past.shown if not words.SHOWN[named(r)].asks]
    in_order = sorted(said, key=lambda record: (record.owner != person, record.at))
    return [_line(record, person) for record in in_order]


def heading(past: Past, person: PersonId | None) -> list[Text]:
    """The question as it was asked: as it was kept for the two, else as it stands beside an answer."""
    asked = [record for record in past.shown if words.SHOWN[named(record)].asks]
    if not any(_can_be_read(_question(record)) for record in asked):
        beside = [question for record in past.shown if (question := _question(record))]
        beside.sort(key=_can_be_read, reverse=True)
        if beside and (not asked or _can_be_read(beside[0])):
            return [text(words.QUESTION.key, {"question": _arg(beside[0])})]
    return [_line(record, person) for record in asked]


def _line(record: SaveRecord, person: PersonId | None) -> Text:
    kind = words.SHOWN[named(record)]
    said = kind.mine if record.owner == person else kind.theirs
    wanted = places(said.key)
    given: dict[str, Arg] = dict.fromkeys(wanted, words.REMOVED)
    if record.value != REMOVED:
        value: Any = record.value
        given |= {place: _arg(value[place]) for place in wanted & value.keys()}
        given |= {"question": _arg(_question(record))} if "question" in wanted else {}
        given |= {"map": _map(value)} if "map" in wanted else {}
        given |= {"table": _table(value)} if "table" in wanted else {}
    given |= {"name": Name(record.owner)} if "name" in wanted else {}
    return text(said.key, given)


def _question(record: SaveRecord) -> Any:
    """The question that a record has with it, as JSON; of a sealed one that never opened, out of how it was put."""
    value: Any = record.value
    question = value.get("question", {})
    if isinstance(question, str):  # a sentence of ours
        return {"text": question, "args": {}}
    return question["args"].get("question", {}) if isinstance(question, dict) and "args" in question else question


def _can_be_read(question: Any) -> bool:
    return bool(question) and question.get("words") != []


def _map(value: Any) -> Text:
    needs: Any = _arg(value["needs"])
    return VillageMap(needs, tuple(value["carriers"])).text


def _table(value: Any) -> Text:
    posts: Any = _arg(value["posts"])
    return JobTable(posts, tuple(value["asks"]), tuple(value["felt"])).text


def _arg(value: Any) -> Arg:
    """An argument out of a record; words whose writer took them out, or whose key is gone, read as removed."""
    return read_arg(marked(value))


def marked(value: Any) -> Any:
    """JSON in which words that are not there any more read as removed."""
    if isinstance(value, list):
        return [marked(item) for item in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == {"words", "by"} and not value["words"]:
        return write_arg(words.REMOVED)
    return {key: marked(item) for key, item in value.items()}
