"""A booklet of what two people opened or shared: all of that, nothing else, and nothing from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest

from bot.changes import REMOVED, Document, SaveCouple, SavePerson, SaveRecord, Say
from bot.commands import keepsake as words
from bot.engine.acts import Keepsake, Visibility
from bot.engine.ids import CoupleId, PersonId, SessionId
from bot.engine.session import Json
from bot.keepsakes import season
from bot.pages.keepsake import booklet
from bot.people import Couple
from bot.words.catalogue import locale_of
from bot.words.render import strict
from bot.words.voice import Voice
from storage.store import SqlStore
from tests.files import file_of
from tests.test_bot.phones import DAY, HOUR, MINUTE, SUNDAY, Phone, Town, content

BEES, PENCILS, SECRET = "I would keep bees.", "Pencils, all of them sharp.", "zzsecretzz"
APART = "\u2068\u2069"  # around what people wrote, each line
EMPTY_ELEMENTS = {"meta"}
WEEK = 7 * DAY

Act = Callable[[Phone], object]


class Page(HTMLParser):
    """A page as a parser reads it; an end without its beginning fails."""

    def __init__(self, page: str) -> None:
        """Reads it to its end."""
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes a tag."""
        self.tags.append(tag)
        self.attributes += attrs
        self.open += [] if tag in EMPTY_ELEMENTS else [tag]

    def handle_endtag(self, tag: str) -> None:
        """The last one that is open."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Notes a text."""
        self.text += data


def _asks(phone: Phone, time: str = "this season") -> str:
    """The booklet."""
    phone.gives("keepsake")
    phone.presses(time)
    return _file(phone)


def _file(phone: Phone) -> str:
    """The booklet that was sent to that phone last."""
    town, person = phone.town, phone.person.id
    sent = [town.renderer.message(row).attachment for row in town.sent if row.put.to == person]
    page = next(f.content.decode() for f in reversed(sent) if f is not None and f.name == "booklet.html")
    return re.sub(f"[{APART}]", "", page)


def _keeps(phone: Phone, name: str, visibility: Visibility, at: int | None = None, **typed: str) -> None:
    """A record of theirs in a conversation of its own, as if it had kept it. `question` and `answer` are words."""
    owner, town = phone.person.id, phone.town
    value: Json = {key: {"words": [said], "by": owner} for key, said in typed.items()}
    town.messages += 1
    exercise, _, record = name.partition(".")
    with town.store.turn() as unit:
        couple = unit.couple_of(owner)
        assert couple is not None
        when, session = town.now if at is None else at, SessionId(10_000 + town.messages)
        unit.keep([SaveRecord(session, couple.id, exercise, record, owner, visibility, when, value)])


def _documents(town: Town) -> list[Document]:
    """All that were sent."""
    said = [row.put.content for row in town.sent]
    return [say.file for say in said if isinstance(say, Say) and say.file is not None]


def _opened(town: Town) -> None:
    town.round()
    town.ana.answers(BEES)
    town.ben.answers(PENCILS)
    town.later(MINUTE)


# ---- what is in it


def test_what_was_opened_is_in_it_with_both_names(town: Town, ana: Phone, ben: Phone) -> None:
    """For both the same, each with their name, below the question."""
    _opened(town)
    page = Page(_asks(ana)).text
    assert re.search(rf"“[^”]+”\s+Ana wrote: {BEES}\s+Ben wrote: {PENCILS}", page)
    assert "Ana and Ben" in page
    assert "November 2026" in page
    assert "22 November 2026 to 23 November 2026" in page
    assert Page(_asks(ben)).text == page


def test_what_somebody_shared_is_in_it(town: Town, ana: Phone, ben: Phone) -> None:
    """Of conversations of their own, too; whatever exercise it is from."""
    town.couple()
    _keeps(ben, "afterwards.shared", Visibility.SHARED, told="I watched the river.")
    _keeps(ana, "answering.answer", Visibility.SHARED, question="Which river?", answer="The small one.")
    page = Page(_asks(ana)).text
    assert "From Ben's time alone: I watched the river." in page
    assert re.search(r"“Which river\?”\s+Ana wrote: The small one.", page)


def test_it_is_in_order_of_time_by_month(town: Town, ana: Phone) -> None:
    """The oldest first."""
    town.couple()
    for weeks, said in ((5, "Third."), (1, "First."), (4, "Second.")):
        _keeps(ana, "afterwards.shared", Visibility.SHARED, SUNDAY + weeks * WEEK, told=said)
    town.now += 6 * WEEK
    page = _asks(ana)
    assert re.findall(r"First|Second|Third", page) == ["First", "Second", "Third"]
    assert re.findall(r"<h2>(.*)</h2>", page) == ["November 2026", "December 2026"]


# ---- what is not


PRIVATE = {
    "an answer that is sealed": lambda ana: (ana.gives("curious"), ana.types(SECRET)),
    "an answer that never opened": lambda ana: (ana.gives("curious"), ana.types(SECRET), ana.gives("stop")),
    "a guess": lambda ana: (ana.gives("curious"), ana.types("Yes."), ana.types(SECRET)),
    "a question for the jar": lambda ana: (ana.gives("ask", f"{SECRET}?"), ana.presses("into the jar")),
    "what a time is for": lambda ana: _keeps(ana, "space.purpose", Visibility.PRIVATE, purpose=SECRET),
    "what was heard": lambda ana: _keeps(ana, "heard.heard", Visibility.PRIVATE, heard=SECRET),
    "a depth": lambda ana: (ana.gives("curious"), ana.presses("…"), ana.presses("deeper")),
    "what has no sentence": lambda ana: _keeps(ana, "new.thing", Visibility.SHARED, told=SECRET),
}


@pytest.mark.parametrize("anas", PRIVATE.values(), ids=PRIVATE)
def test_what_is_private_is_in_nobody_s_booklet(town: Town, ana: Phone, ben: Phone, anas: Act) -> None:
    """Neither in its writer's own nor in the other's."""
    _opened(town)
    town.later(HOUR)
    before = _asks(ana), _asks(ben)
    anas(ana)
    assert (_asks(ana), _asks(ben)) == before
    assert BEES in before[0]


@pytest.mark.parametrize("anas", [*PRIVATE.values(), lambda ana: None], ids=[*PRIVATE, "nothing"])
def test_nothing_that_ana_does_in_private_changes_ben_s(anas: Act) -> None:
    """Two worlds: byte by byte the same file, and the same times to choose from."""

    def play(deed: Act) -> tuple[str, list[str]]:
        town = Town()
        _opened(town)
        town.later(HOUR)
        town.ben.gives("curious")
        now = town.now
        deed(town.ana)
        town.now = now + 10 * MINUTE
        town.ben.gives("keepsake")
        labels = town.ben.labels()
        town.ben.presses("this season")
        return _file(town.ben), labels

    assert play(anas) == play(lambda ana: ana.gives("help"))


def test_a_season_counts_from_what_both_know_of() -> None:
    """A tap that is for both, and nobody is told whose it was, begins none."""

    def play(deed: Act) -> list[str]:
        town = Town()
        town.couple()
        deed(town.ana)
        town.now = SUNDAY + 10 * DAY
        _keeps(town.ben, "afterwards.shared", Visibility.SHARED, told="The river.")
        return re.findall(r'class="between">(.*)</p>', _asks(town.ben))

    early = SUNDAY - 20 * WEEK
    assert play(lambda ana: _keeps(ana, "curious.depth", Visibility.SHARED, early)) == play(lambda ana: None)


def test_what_is_from_another_couple_is_not_in_it(town: Town, ana: Phone) -> None:
    """Ana was with Eve before; her booklet is of her and Ben."""
    town.couple()
    town.begin(town.eve)
    eve, one = town.eve.person.id, ana.person.id
    before = Couple(CoupleId(5), (eve, one), SUNDAY - 9 * DAY, ended=SUNDAY - DAY)
    value: Json = {"told": {"words": [SECRET], "by": eve}}
    shared = SaveRecord(SessionId(9), before.id, "afterwards", "shared", eve, Visibility.SHARED, town.now, value)
    with town.store.turn() as unit:
        unit.keep([SaveCouple(before), shared])
    assert SECRET in ana.gives("history")[0]
    page = _asks(ana)
    assert SECRET not in page
    assert "Eve" not in page


def test_what_the_other_took_out_reads_as_removed(town: Town, ana: Phone, ben: Phone) -> None:
    """Their own booklet has no trace of it; where nothing is left, the conversation is left out."""
    _opened(town)
    ben.gives("history")
    ben.presses("delete mine in 1")
    ben.presses("delete it")
    page = Page(_asks(ana)).text
    assert f"Ana wrote: {BEES}" in page
    assert "Ben wrote: (removed)" in page
    assert "(removed)" not in _asks(ben)
    before = page.count("“")
    ana.gives("history")
    ana.presses("delete mine in 1")
    ana.presses("delete it")
    assert Page(_asks(ana)).text.count("“") == before - 1


# ---- of which time


def test_a_season_is_thirteen_weeks() -> None:
    """Counted from the first day; the day before it is in the one before."""
    first = date(2026, 11, 22)
    assert season(first, first) == season(first, date(2027, 2, 20)) == Keepsake(first, date(2027, 2, 20))
    assert season(first, date(2027, 2, 21)).first == date(2027, 2, 21)
    assert season(first, date(2026, 11, 21)) == Keepsake(date(2026, 8, 23), date(2026, 11, 21))


def test_only_times_in_which_there_is_something_are_offered(town: Town, ana: Phone) -> None:
    """Each booklet has what is from its time."""
    town.couple()
    ana.gives("keepsake")
    assert ana.labels() == ["this season", "this year", "not now"]
    town.now += 15 * WEEK
    ana.gives("keepsake")
    assert ana.labels() == ["the season before", "last year", "not now"]
    _keeps(ana, "afterwards.shared", Visibility.SHARED, told="The river.")
    ana.gives("keepsake")
    assert ana.labels() == ["this season", "the season before", "this year", "last year", "not now"]
    assert "The river." in (page := _asks(ana))
    assert "lighthouse" not in page
    assert "lighthouse" in (page := _asks(ana, "the season before"))
    assert "The river." not in page
    assert "The river." in _asks(ana, "this year")


def test_a_booklet_is_of_the_time_that_was_asked_for(town: Town, ana: Phone) -> None:
    """Pressed after the season is over, it is still that season."""
    town.couple()
    ana.gives("keepsake")
    town.now += 14 * WEEK
    ana.presses("this season")
    assert "lighthouse" in _file(ana)


def test_the_day_is_the_reader_s(town: Town, ana: Phone, ben: Phone) -> None:
    """Half past eleven in Lisbon is the next day in Berlin."""
    town.couple()
    _keeps(ana, "afterwards.shared", Visibility.SHARED, SUNDAY + 4 * HOUR + 30 * MINUTE, told="Late.")
    town.now += DAY
    assert 'datetime="2026-11-22">22 November 2026' in _asks(ana)
    assert 'datetime="2026-11-23">23 November 2026' in _asks(ben)


def test_somebody_alone_has_none(town: Town, eve: Phone) -> None:
    """One kind line, and no question."""
    town.begin(eve)
    assert eve.gives("keepsake")[0] == town.words(words.NOTHING)


def test_before_something_has_opened_there_is_none(town: Town, ana: Phone, ben: Phone) -> None:
    """Also with an answer that waits: nothing tells whose."""
    town.link()
    for phone in (ana, ben):
        assert phone.gives("keepsake")[0] == town.words(words.NOTHING)


def test_after_leaving_it_is_still_there(town: Town, ana: Phone, ben: Phone) -> None:
    """What was opened stays with both; what its writer deletes goes."""
    _opened(town)
    ben.gives("leave")
    ben.presses("leave now")
    assert PENCILS in _asks(ana)
    ben.gives("delete")
    ben.presses("delete everything")
    page = _asks(ana)
    assert BEES in page
    assert PENCILS not in page


def test_what_went_meanwhile_is_not_made(town: Town, ana: Phone) -> None:
    """Between the question and the tap all of it was taken out."""
    town.couple()
    ana.gives("keepsake")
    token = ana.token("this season")
    person = ana.person.id
    with town.store.turn() as unit:
        unit.keep([replace(r, value=dict(REMOVED)) for r in unit.all_past(person)])
    assert ana.sends(token) == [town.words(words.NOTHING)]


# ---- the page


ODD = (
    "<script>alert(1)</script>", "</p><img src=x onerror=alert(1)>", "{{ 7 * 7 }} {% for %}", "&lt;b&gt; & \"'",
    "\u202egnorw\u202c \u05e9\u05dc\u05d5\u05dd", "one\ntwo",
)  # fmt: skip


@pytest.mark.parametrize("odd", ODD)
def test_odd_words_are_words_on_the_page(town: Town, ana: Phone, ben: Phone, odd: str) -> None:
    """In a name, in a question and in an answer."""
    town.couple()
    _keeps(ben, "curious.opened.1", Visibility.SHARED, question="Why?", answer="So.")
    plain = Page(_asks(ana))
    _keeps(ben, "curious.opened.1", Visibility.SHARED, question=odd, answer=odd)
    known = ben.person
    with town.store.turn() as unit:
        unit.keep([SavePerson(replace(known, name=odd))])
    found = Page(_asks(ana))
    assert set(found.tags) == set(plain.tags)
    assert found.text.count(odd) >= 4  # the name at the top and beside answers, a question, an answer


def test_nothing_is_loaded_from_anywhere(town: Town, ana: Phone) -> None:
    """No address, no link, no script; and a page that forbids itself what is not in it."""
    _opened(town)
    page = Page(made := _asks(ana))
    assert not {"src", "href", "srcset", "action", "data", "style"} & {name for name, _ in page.attributes}
    assert not re.search(r"https?:|//|url\(|@import", made.replace("<!doctype html>", ""))
    assert ("content", "default-src 'none'; style-src 'unsafe-inline'") in page.attributes
    assert {"script", "link", "img", "iframe"}.isdisjoint(page.tags)


def test_it_is_in_the_reader_s_language(town: Town, ana: Phone) -> None:
    """As far as the sentences are translated; the months and days are."""
    _opened(town)
    known = ana.person
    with town.store.turn() as unit:
        unit.keep([SavePerson(replace(known, language="de"))])
    page = Page(_asks_in_any_language(ana))
    assert ("dir", "ltr") in page.attributes
    assert ("lang", "de") in page.attributes or ("lang", "en") in page.attributes


def _asks_in_any_language(phone: Phone) -> str:
    phone.gives("keepsake")
    told = phone.told[-1]
    phone.sends(phone.buttons[told.message][0].token)
    return _file(phone)


def _voice(language: str = "en") -> Voice:
    return Voice(content(), language, locale_of(language), "Europe/Lisbon", {}, strict)


def _document(*records: Json) -> Document:
    said: Json = {"day": "2026-11-22", "date": "22", "questions": ["Why?"], "lines": ["So."], "records": [*records]}
    return Document("keepsake", {"names": "A", "time": "T", "conversations": [said]}, ())


MAP: Json = {"of": "village.shared", "fields": {"needs": ["calm", "<b>someone</b> to sing with"], "carriers": [0, 1]}}
TABLE: Json = {"of": "job.shared", "fields": {"posts": ["best friend"], "asks": [4], "felt": [3]}}


@pytest.mark.parametrize("record", [MAP, TABLE], ids=["map", "table"])
def test_a_picture_stands_beside_its_record(record: Json) -> None:
    """Drawn from what is in the record, as SVG that needs nothing from elsewhere."""
    drawn = booklet(_document(record, {"of": "other", "fields": {}}), _voice()).content.decode()
    assert drawn.count("<figure>") == drawn.count("<svg ") == 1
    assert "<b>" not in drawn
    assert not re.search(r"(href|src)=\"(?!#)", drawn)


def test_where_there_is_nothing_to_draw_there_is_no_picture() -> None:
    """A kind of record that no picture is of."""
    assert "<figure>" not in booklet(_document({"of": "other", "fields": {}}), _voice()).content.decode()


def test_a_language_from_the_right_reads_from_the_right() -> None:
    """The page says so."""
    made = booklet(_document(), _voice("he")).content.decode()
    assert '<html lang="he" dir="rtl">' in made


def test_words_from_the_right_leave_the_sentence_as_it_is() -> None:
    """Their sign at the end stays with them; a name, too, and each line of several."""
    ben = PersonId(2)
    wrote: Json = {"text": "{name} wrote: {answer}", "args": {
        "name": {"name": ben}, "answer": {"words": ["\u05e9\u05dc\u05d5\u05dd?\nYes."], "by": ben},
    }}  # fmt: skip
    said: Json = {"day": "2026-11-22", "date": "", "questions": [], "lines": [{"arg": wrote}], "records": []}
    document = Document("keepsake", {"names": "", "time": "", "conversations": [said]}, ())
    made = booklet(document, replace(_voice(), names={ben: "Ben"})).content.decode()
    assert "\u2068Ben\u2069 wrote: \u2068\u05e9\u05dc\u05d5\u05dd?\u2069\n\u2068Yes.\u2069" in made


# ---- on its way, and out of the chat again


def test_nothing_of_it_is_readable_on_disk(database: SqlStore) -> None:
    """Neither while it waits nor when it was sent."""
    town = Town(database)
    town.couple()
    _keeps(town.ana, "afterwards.shared", Visibility.SHARED, told="zzmarkerzz")
    folder = file_of(database).path.parent

    def found() -> list[str]:
        return [path.name for path in folder.iterdir() if path.is_file() and b"zzmarkerzz" in path.read_bytes()]

    assert found() == []
    assert "zzmarkerzz" in _asks(town.ana)
    assert found() == []


def test_the_button_of_somebody_else_makes_none(town: Town, ana: Phone, ben: Phone) -> None:
    """Nor does a second press."""
    town.couple()
    ana.gives("keepsake")
    token = ana.token("this season")
    assert len(ben.sends(token)) == 1
    assert _documents(town) == []
    ana.sends(token)
    ana.sends(token)
    assert len(_documents(town)) == 1


def test_a_thousand_conversations_are_one_booklet(database: SqlStore) -> None:
    """All of them."""
    town = Town(database)
    town.couple()
    _keeps(town.ana, "afterwards.shared", Visibility.SHARED, told="Number 0.")
    ana = town.ana.person.id
    with database.turn() as unit:
        one = next(r for r in unit.all_past(ana) if r.exercise == "afterwards")
        unit.keep([replace(one, session=SessionId(20_000 + n)) for n in range(999)])
    assert _asks(town.ana).count("Number 0.") == 1_000


def test_only_the_two_are_named(town: Town, ana: Phone) -> None:
    """Whoever else Ana was with is not in the document."""
    town.couple()
    _asks(ana)
    (file,) = _documents(town)
    assert {name.person for name in file.names} == {ana.person.id, town.ben.person.id}
