"""Everything that is somebody's own or was opened to them, as files: complete, and nothing of the other's beside."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from babel.dates import format_date
from jsonschema import Draft202012Validator, FormatChecker

from bot.changes import Document, SaveCouple, SaveGroup, SaveInvitation, SavePerson, SaveRecord
from bot.commands import export, lines
from bot.engine.acts import Visibility
from bot.engine.ids import CoupleId, GroupId, PersonId, SessionId
from bot.engine.session import Json
from bot.engine.walker import Walker
from bot.events import Pressed
from bot.exporting import Clock, field
from bot.pages.export import data_file
from bot.people import AccountKey, Couple, Group, GroupKey, Invitation
from bot.ports import Capabilities, Told
from bot.turns import Turns
from bot.words.catalogue import locale_of
from bot.words.render import strict
from bot.words.voice import Voice
from storage.keytables import metadata as keys
from storage.store import SqlStore
from storage.tables import metadata
from tests.files import file_of
from tests.test_bot.phones import DAY, HOUR, MINUTE, SUNDAY, Phone, Town, content
from tests.test_bot.test_engine.world import BEN, REAL, around, beginnings, records
from tests.test_trust.prying import leaves, pair_again

SCHEMA = json.loads((Path(__file__).parents[3] / "docs" / "export.schema.json").read_text(encoding="utf-8"))
BEES, PENCILS = "I would keep bees.", "Pencils, all of them sharp."

Act = Callable[[Phone], object]


def _files(phone: Phone) -> dict[str, bytes]:
    """The files that were sent to that phone last, by their names."""
    town, person = phone.town, phone.person.id
    sent = [town.renderer.message(row).attachment for row in town.sent if row.put.to == person]
    return {file.name: file.content for file in sent if file is not None}


def _asks(phone: Phone) -> dict[str, Any]:
    """The file for machines; it keeps to the schema."""
    phone.gives("export")
    phone.presses("make the files")
    document: dict[str, Any] = json.loads(_files(phone)["mine.json"])
    Draft202012Validator(SCHEMA, format_checker=FormatChecker()).validate(document)
    return document


def _page(phone: Phone) -> str:
    return _files(phone)["mine.html"].decode()


def _opened(town: Town) -> None:
    """A round after the first one, in which both wrote."""
    town.round()
    town.ana.answers(BEES)
    town.ben.answers(PENCILS)
    town.later(MINUTE)


def test_the_page_writes_days_and_names_as_its_reader_does(ana: Phone) -> None:
    """The file for machines keeps them as they are stored."""
    document = _asks(ana)
    stored, page = document["person"], _page(ana)
    written = format_date(date.fromisoformat(stored["since"][:10]), "long", locale=locale_of("en"))
    for said in ("English", "Portugal", written):
        assert f'<dd dir="auto">{said}</dd>' in page


# ---- complete

GROUP = Group(GroupId(PersonId(7)), GroupKey("playground", -100), "en", "UTC")

# Each column of the store: where it is in the file, or why it is not.
EXPORTED = {
    "person.name": "person.name",
    "person.language": "person.language",
    "person.zone": "person.zone",
    "person.created": "person.since",
    "person.country": "person.country",
    "person.zone_confirmed": "person.zone_confirmed",
    "person.quiet_from": "person.quiet_hours.from",
    "person.quiet_to": "person.quiet_hours.to",
    "person.consent": "person.consent.version",
    "person.consented": "person.consent.at",
    "person.wrong_codes": "person.wrong_codes.count",
    "person.wrong_code_at": "person.wrong_codes.last",
    "person.discreet": "person.discreet",
    "person.open_to_asks": "person.asks_at_once",
    "person.silent_until": "person.silent_until",
    "account.platform": "accounts.platform",
    "account.user_id": "accounts.user",
    "account.chat": "accounts.chat",
    "account.heard": "accounts.heard",
    "account.reachable": "accounts.reachable",
    "couple.person_a": "couples.with",
    "couple.person_b": "couples.with",
    "couple.created": "couples.since",
    "couple.weekday": "couples.weekday",
    "couple.minute": "couples.at",
    "couple.last_round": "couples.last_round",
    "couple.ended": "couples.ended",
    "couple.rests_until": "couples.rests_until",
    "couple.fits": "couples.circumstances",
    "couple.depth_a": "couples.depth",
    "couple.depth_b": "couples.depth",
    "couple.season": "couples.season",
    "couple.dances_a": "couples.line_of_the_dance",
    "couple.dances_b": "couples.line_of_the_dance",
    "couple.renews_a": "couples.renews",
    "couple.renews_b": "couples.renews",
    "couple.renews_on": "couples.renews_on",
    "groups.platform": "couples.group",
    "groups.opens_a": "couples.answers_in_group",
    "groups.opens_b": "couples.answers_in_group",
    "invitation.expires": "invitations.expires",
    "session.exercise": "open.exercise",
    "session.started": "open.began",
    "session.state": "open.answers",
    "record.exercise": "conversations.exercise",
    "record.couple": "conversations.with",
    "record.name": "conversations.records.name",
    "record.owner": "conversations.records.mine",
    "record.at": "conversations.records.at",
    "record.value": "conversations.records.fields",
}
_ID = "a number of ours, by which one row finds another"
_MESSAGES = "numbers of messages in the chat, so that a reply or an edit finds its question"
_QUEUE = "a queue: what is to be said in the next days"
NOT_EXPORTED = {
    "person.id": _ID,
    "person.silent_by": _ID,
    "person.card_at": "that somebody was shown the card of help lines is for nobody who finds the file",
    "person.erased": "who has deleted everything exports nothing",
    "account.person": _ID,
    "couple.id": _ID,
    "couple.next_due": "the earlier of two clocks: it would tell where the other's is",
    "couple.untold": "whether the other has heard that somebody left quietly; who reads this has been told before",
    "groups.id": _ID,
    "groups.chat": "a chat that is not one's own alone; who is in it finds it there",
    "groups.server": "the same",
    "groups.topic": "the same",
    "groups.couple": _ID,
    "groups.tap_a": "that somebody has brought Leeway to a group, until the other has said that it is theirs",
    "groups.tap_b": "the same",
    "groups.language": "the language of whoever brought Leeway there",
    "groups.zone": "as it is for everybody of whom nothing is known",
    "groups.reachable": "whether Leeway may write there just now",
    "groups.crowded": "until the two have been told, a few seconds later",
    "invitation.code_hash": "a hash",
    "invitation.inviter": _ID,
    "invitation.session": _ID,
    "invitation.guest": "somebody else, who has not been let in yet",
    "invitation.moves": "that somebody goes over to another account is for nobody who finds the file",
    "invitation.closed": "an invitation that is used or over says nothing any more",
    "session.id": _ID,
    "session.status": "what has not begun yet holds no answer",
    "session.couple": _ID,
    "session.person_a": _ID,
    "session.person_b": _ID,
    "session.wake": "of a conversation of two, when it goes on would tell what the other did",
    "record.session": _ID,
    "record.visibility": "whether a question of one's own was for both would tell how the other takes such questions",
    **{f"{table}.{column.name}": _MESSAGES for table in ("prompt", "shown", "noted", "told")
       for column in metadata.tables[table].c},
    **{f"outbox.{column.name}": _QUEUE for column in metadata.tables["outbox"].c},
    **{f"seen.{column.name}": "which events have had their turn" for column in metadata.tables["seen"].c},
    **{f"{table.name}.{column.name}": "keys" for table in keys.tables.values() for column in table.c},
}  # fmt: skip


def test_every_column_is_exported_or_has_a_reason() -> None:
    """Of all tables, those of the keys, too; none twice, and none that is gone."""
    tables = (*metadata.tables.values(), *keys.tables.values())
    assert {f"{table.name}.{column.name}" for table in tables for column in table.c} == {*EXPORTED, *NOT_EXPORTED}
    assert not EXPORTED.keys() & NOT_EXPORTED.keys()


@pytest.mark.parametrize("path", sorted(set(EXPORTED.values())))
def test_every_place_is_in_the_published_form(path: str) -> None:
    """The schema says what stands there."""
    here = SCHEMA
    for step in path.split("."):
        here = here.get("items", here)["properties"][step]
    assert here


def _found(document: Any, path: list[str]) -> list[Any]:
    if isinstance(document, list):
        return [found for each in document for found in _found(each, path)]
    return _found(document[path[0]], path[1:]) if path else [document]


def test_every_place_is_filled(database: SqlStore) -> None:
    """By somebody of whom the store knows all that it can."""
    town = Town(database)
    _opened(town)
    town.begin(town.eve)
    ana, eve, later = _id(town.ana), _id(town.eve), town.now + DAY
    with database.turn() as unit:
        person, couple = unit.person(ana), unit.couple_of(ana)
        assert couple is not None
        unit.keep([
            SavePerson(replace(person, country="PT", silent_until=later, wrong_codes=1, wrong_code_at=5)),
            SaveCouple(replace(couple, weekday=6, minute=1140, next_due=later, rests_until=later, fits=("apart",),
                               renews=(True, True), renews_on=later)),
            SaveCouple(Couple(CoupleId(5), (eve, ana), town.now - 9 * DAY, ended=town.now, depths=(1, -1))),
            SaveInvitation(Invitation("hash", ana, None, later)),
            SaveGroup(replace(GROUP, couple=couple.id, opens=(True, True))),
        ])  # fmt: skip
    town.ana.gives("curious")
    town.ana.types("Still sealed.")
    document = _asks(town.ana)
    filled = {p for p in EXPORTED.values() if [f for f in _found(document, p.split(".")) if f not in (None, [], {})]}
    assert set(EXPORTED.values()) - filled == set()
    assert [(each["with"], each["depth"]) for each in document["couples"]] == [("Eve", -1), ("Ben", 0)]
    assert document["couples"][1]["at"] == "19:00"
    assert "Still sealed." in [answer for each in document["open"] for answer in each["answers"].values()]


def test_what_was_opened_is_in_both_files(town: Town, ana: Phone) -> None:
    """With the question, as it was asked."""
    _opened(town)
    document = _asks(ana)
    said = document["conversations"][0]["lines"]
    assert said[1:] == [f"You wrote: {BEES}", f"Ben wrote: {PENCILS}"]
    assert said[0] in ana.gives("history")[0]
    assert PENCILS in _page(ana)
    fields = [record["fields"] for record in document["conversations"][0]["records"]]
    assert {"question": said[0][1:-1], "answer": PENCILS} in fields


def test_all_that_is_one_s_own_is_there(town: Town, ana: Phone) -> None:
    """A jar, a map, what never opened: also what /history does not show."""
    town.couple()
    ana.gives("ask", "What do you hum?")
    ana.presses("into the jar")
    town.later(DAY)
    ana.gives("curious")
    ana.types("Mine alone.")
    ana.gives("stop")
    told = json.dumps(_asks(ana))
    assert "What do you hum?" in told
    assert "Mine alone." in told


def test_somebody_new_has_little(town: Town, eve: Phone) -> None:
    """It is a whole document all the same."""
    town.begin(eve)
    document = _asks(eve)
    assert (document["couples"], document["person"]["name"]) == ([], "Eve")


def test_whatever_a_conversation_keeps_or_asks_can_be_written() -> None:
    """Every record and every answer that the walker finds, in the form of the schema."""
    schema = {**SCHEMA["$defs"]["value"], "$defs": SCHEMA["$defs"]}
    validator, voice = Draft202012Validator(schema), _voice()
    found: dict[str, Json] = {str(value): value for values in records().values() for value in values.values()}
    for exercise in REAL:
        for begin in beginnings(exercise):
            for step in Walker(exercise, around(), BEN, follow=1, straight=1).walk(begin):
                found |= {str(a.value): a.value for a in step.turn.session.answers.values()}
    assert len(found) > 100
    for value in found.values():
        written = field("", value, Clock("Europe/Lisbon"))
        made = data_file(Document("json", {"value": written}, ()), voice)
        validator.validate(json.loads(made.content)["value"])
        assert b'"by"' not in made.content


def _voice() -> Voice:
    return Voice(content(), "en", locale_of("en"), "Europe/Lisbon", {}, strict)


# ---- nothing of the other's


def _nothing(phone: Phone) -> None:
    """Does nothing."""


SECRETS: dict[str, Act] = {
    "an answer": lambda ana: ana.types("Yes."),
    "a guess": lambda ana: (ana.types("Yes."), ana.types("No.")),
    "a question for the jar": lambda ana: (ana.gives("ask", "Who hums?"), ana.presses("into the jar")),
    "never this one": lambda ana: (ana.presses("…"), ana.presses("never this one")),
    "deeper": lambda ana: (ana.presses("…"), ana.presses("deeper")),
    "discreet": lambda ana: (ana.gives("settings", "discreet"), ana.presses("announced first")),
    "asks off": lambda ana: ana.gives("ask", "off"),
    "danger": lambda ana: ana.types("I want to die."),
    "an export": lambda ana: _asks(ana),
}


@pytest.mark.parametrize("anas", SECRETS.values(), ids=SECRETS)
def test_nothing_of_ana_s_is_in_ben_s_files(anas: Act) -> None:
    """Two worlds that differ in what she did in private: the files are the same, byte by byte."""

    def play(deed: Act) -> dict[str, bytes]:
        town = Town()
        town.round()
        now = town.now
        deed(town.ana)
        town.now = now + 10 * MINUTE
        _asks(town.ben)
        return _files(town.ben)

    assert play(anas) == play(_nothing)


def test_nothing_tells_whether_the_other_takes_own_questions() -> None:
    """Ana asked, and it closed: her file is the same, whether Ben would have been asked or not."""

    def world(bens: str) -> dict[str, bytes]:
        town = Town()
        town.couple()
        town.later(DAY)
        town.ben.gives("ask", bens)
        town.ana.gives("ask", "What do you hum?")
        town.ana.presses("ask us both")
        town.ana.types("The same song.")
        _asks(town.ana)
        early = _files(town.ana)
        town.later(4 * DAY)
        _asks(town.ana)
        assert b"What do you hum?" in _files(town.ana)["mine.json"]
        return {**_files(town.ana), **{f"{name}.early": content for name, content in early.items()}}

    assert world("off") == world("on")


def test_a_pass_tells_nobody_what_was_done_with_the_answer() -> None:
    """Ben passed: his file is the same while Ana decides, and after she kept hers."""

    def world(anas: Act) -> dict[str, bytes]:
        town = Town()
        town.round()
        town.ana.answers(BEES)
        town.ben.presses("pass")
        town.later(HOUR)
        now = town.now
        anas(town.ana)
        town.now = now + MINUTE
        _asks(town.ben)
        return _files(town.ben)

    assert world(lambda ana: ana.presses("keep it")) == world(_nothing)


def test_no_time_tells_when_the_other_wrote() -> None:
    """Ben answers at night, at one hour or another: Ana's file is the same, as the message that it opened is."""

    def world(hours: int) -> dict[str, bytes]:
        town = Town()
        town.round()
        town.ana.answers(BEES)
        town.later(5 * HOUR)  # one in the morning where Ben is
        town.later(hours * HOUR)
        town.ben.answers(PENCILS)
        town.later((20 - hours) * HOUR)
        town.now = SUNDAY + 3 * DAY
        _asks(town.ana)
        return _files(town.ana)

    assert world(0) == world(3)


def test_no_time_tells_where_the_other_is() -> None:
    """Ben's clock is another: the week's question begins at the earlier of the two, and Ana's file has the same times
    (its question is another, as chance is)."""

    def world(zone: str) -> object:
        town = Town()
        town.ben.zone = zone
        town.couple()
        town.later(13 * DAY)
        town.now = SUNDAY + 20 * DAY
        document = _asks(town.ana)
        days = [(each["began"], [record["at"] for record in each["records"]]) for each in document["conversations"]]
        return days, document["couples"], document["person"], document["open"]

    assert world("Europe/Berlin") == world("Europe/Athens")


def test_a_new_partner_gets_nothing_of_the_one_before(town: Town, ana: Phone, ben: Phone, eve: Phone) -> None:
    """The one before keeps what was opened."""
    _opened(town)
    leaves(ana, "leave now")
    town.begin(eve)
    pair_again(ana, eve)
    assert BEES not in json.dumps(_asks(eve))
    assert "Ben" not in json.dumps(_asks(eve))
    assert BEES in json.dumps(_asks(ben))


# ---- odd words


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes a tag."""
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        """Notes a text."""
        self.text += data


ODD = (
    "<script>alert(1)</script>", "</p><img src=x onerror=alert(1)>", "{{ 7 * 7 }} {% for %}", "&lt;b&gt; & \"'",
    "\u202egnorw\u202c \u05e9\u05dc\u05d5\u05dd", "one\ntwo",
)  # fmt: skip


@pytest.mark.parametrize("odd", ODD)
def test_odd_words_are_words_on_the_page(town: Town, ana: Phone, ben: Phone, odd: str) -> None:
    """Nothing that was typed is read as markup, in a name, in a question or in an answer."""
    town.couple()
    _keeps(ben, "opened.1", Visibility.SHARED, question=odd, answer=odd)
    plain = _tags(ana)
    with town.store.turn() as unit:
        person = unit.person(_id(ben))
        unit.keep([SavePerson(replace(person, name=odd))])
    found = _tags(ana)
    assert found.tags == plain.tags
    assert {"script", "img"}.isdisjoint(found.tags)
    assert found.text.count(odd) >= 4  # the name of the other, twice, a question, an answer
    assert _asks(ana)["couples"][0]["with"] == odd


def test_what_cannot_be_written_does_not_stop_the_rest(town: Town, ana: Phone) -> None:
    """Half a sign, and signs of control."""
    town.couple()
    _keeps(ana, "kept.answer", Visibility.PRIVATE, answer="\ud800 \x00 \x1b end")
    assert any("end" in line for each in _asks(ana)["conversations"] for line in each["lines"])
    assert "end" in _page(ana)


def _id(phone: Phone) -> PersonId:
    return phone.person.id


def _keeps(phone: Phone, name: str, visibility: Visibility, number: int = 1, **typed: str) -> None:
    """A record of theirs, as if a conversation had kept it."""
    owner, town = _id(phone), phone.town
    value: Json = {key: {"words": [words], "by": owner} for key, words in typed.items()}
    with town.store.turn() as unit:
        couple = unit.couple_of(owner)
        assert couple is not None
        unit.keep([SaveRecord(SessionId(number), couple.id, "curious", name, owner, visibility, town.now, value)])


def _tags(phone: Phone) -> _Tags:
    _asks(phone)
    parser = _Tags()
    parser.feed(_page(phone))
    return parser


def test_three_thousand_records_are_two_files(database: SqlStore) -> None:
    """All of them, in both."""
    town = Town(database)
    town.couple()
    for number in range(3_000):
        _keeps(town.ana, "kept.answer", Visibility.PRIVATE, number + 1, answer=f"Answer {number}.")
    told = json.dumps(_asks(town.ana))
    assert all(f"Answer {number}." in told for number in (0, 1_499, 2_999))
    assert _page(town.ana).count("You wrote, and it never opened") == 3_000


# ---- on their way, and out of the chat again


@pytest.fixture(params=["memory", "files"])
def kept(request: pytest.FixtureRequest) -> Town:
    """The town over each of the two stores; its platform takes out what is younger than two days."""
    town = Town() if request.param == "memory" else Town(request.getfixturevalue("database"))
    platforms = {"playground": Capabilities(4096, 64, 100, True, "utf16", deletes_for=2 * DAY)}
    town.library = replace(town.library, platforms=platforms)
    town.turns = Turns(town.store, town.library)
    return town


def _told(phone: Phone) -> list[Told]:
    with phone.town.store.turn() as unit:
        return list(unit.told(AccountKey("playground", phone.user)))


def test_nothing_is_made_without_the_tap(town: Town, ana: Phone) -> None:
    """The warning comes first, and not now is an answer."""
    town.couple()
    warned = ana.gives("export")[0]
    assert "Whoever has this phone or these files can read them" in warned
    assert "not end-to-end encrypted" in warned
    assert ana.presses("not now") == ["Then nothing is made."]
    assert _files(ana) == {}


def test_a_second_press_makes_no_second_files(town: Town, ana: Phone) -> None:
    """The button is through."""
    town.couple()
    ana.gives("export")
    token = ana.token("make the files")
    assert len(ana.sends(token)) == 2
    assert ana.sends(token) == [town.words(lines.STALE)]


def test_the_button_of_somebody_else_makes_no_files(town: Town, ana: Phone, ben: Phone) -> None:
    """Whoever presses what was made for another is told so, and gets none, nor does the other."""
    town.couple()
    ana.gives("export")
    assert ben.sends(ana.token("make the files")) == [town.words(lines.STALE)]
    assert (_files(ana), _files(ben)) == ({}, {})


def test_done_takes_out_the_files_and_nothing_else(kept: Town) -> None:
    """Pressed twice, it finds none any more."""
    kept.couple()
    kept.ana.gives("settings", "discreet")
    kept.ana.presses("announced first")
    _asks(kept.ana)
    files = [
        told.message for told in kept.ana.told if told.text in {kept.words(export.TO_READ), kept.words(export.TO_KEEP)}
    ]
    before = [told.message for told in _told(kept.ana)]
    removed = _removed(kept, kept.ana)
    assert removed == files
    assert [told.message for told in _told(kept.ana) if told.message in before] == [m for m in before if m not in files]
    assert kept.ana.presses("done") == [kept.words(lines.STALE)]


def _removed(town: Town, phone: Phone) -> list[str]:
    """What goes from the chat when they press done."""
    told = _told(phone)
    assert phone.presses("done") == [town.words(export.TAKEN_OUT)]
    left = {each.message for each in _told(phone)}
    return [each.message for each in told if each.message not in left]


def test_what_is_too_old_is_said_to_stay(kept: Town) -> None:
    """The platform would not take it out any more."""
    kept.couple()
    _asks(kept.ana)
    kept.later(3 * DAY)
    assert kept.ana.presses("done") == [kept.words(export.TOO_OLD)]
    assert kept.ana.presses("done") == [kept.words(lines.STALE)]


def test_done_takes_out_only_one_s_own(kept: Town) -> None:
    """Ben presses a button like Ana's: hers stay."""
    kept.couple()
    _asks(kept.ana)
    assert kept.ben.sends(kept.ana.token("done")) == [kept.words(lines.STALE)]
    assert len(_told(kept.ana)) == 2


def test_nothing_of_it_is_readable_on_disk(database: SqlStore) -> None:
    """Neither while it waits nor when it was sent."""
    town = Town(database)
    town.couple()
    town.ana.gives("ask", "Where does the zzmarkerzz sleep?")
    town.ana.presses("into the jar")
    town.ana.gives("export")
    town.turns.take(town.ana.event(Pressed(town.ana.token("make the files"))))
    folder = file_of(database).path.parent

    def found() -> list[str]:
        return [path.name for path in folder.iterdir() if path.is_file() and b"zzmarkerzz" in path.read_bytes()]

    assert found() == []
    town.deliver()
    assert b"zzmarkerzz" in _files(town.ana)["mine.json"]
    assert found() == []


def test_what_cannot_be_delivered_within_a_day_is_not_delivered(town: Town, ana: Phone) -> None:
    """Nobody finds files in a chat of which they were asked for last week."""
    town.couple()
    ana.gives("export")
    town.turns.take(ana.event(Pressed(ana.token("make the files"))))
    town.now += DAY + HOUR
    town.deliver()
    assert _files(ana) == {}
