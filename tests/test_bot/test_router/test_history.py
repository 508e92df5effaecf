"""What was asked and answered, read again: who reads what, and how somebody's own words go out of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from bot.changes import REMOVED, SaveRecord
from bot.commands import history, lines
from bot.engine.ids import SessionId
from bot.history import NOT_SHOWN
from storage.store import SqlStore
from tests.test_bot.phones import DAY, HOUR, MINUTE, Phone, Town
from tests.test_bot.test_engine.world import REAL, records
from tests.test_trust.prying import forged, heard, leaves, pair_again

Act = Callable[[Phone], object]
BEES, PENCILS = "I would keep bees.", "Pencils, all of them sharp."


def _opened(town: Town) -> None:
    """A round after the first one, in which both wrote."""
    town.round()
    town.ana.answers(BEES)
    town.ben.answers(PENCILS)
    town.later(MINUTE)


def _asks(phone: Phone, question: str) -> None:
    """It comes to the other once they have been silent for a while."""
    phone.gives("ask", question)
    phone.presses("ask us both")
    phone.town.later(15 * MINUTE)


def _reads(phone: Phone) -> str:
    """All pages, below each other."""
    told = phone.gives("history")[0]
    while "more" in [button.label for button in phone.buttons[phone.message(told)]]:
        told += (more := phone.presses("more")[0])
        if "more" not in [button.label for button in phone.buttons[phone.message(more)]]:
            break
    return told


def _deletes(phone: Phone, number: int = 1) -> list[str]:
    phone.gives("history")
    phone.presses(f"delete mine in {number}")
    return phone.presses("delete it")


# ---- which records


def test_every_record_is_shown_or_has_a_reason() -> None:
    """Whatever any conversation can keep stands in one of the two tables, and nothing else does."""
    kept = {name for name in records() if name.split(".")[0] in {exercise.name for exercise in REAL}}
    assert kept == history.SHOWN.keys() | NOT_SHOWN.keys()
    assert not history.SHOWN.keys() & NOT_SHOWN.keys()


def test_what_opened_is_read_by_both(town: Town, ana: Phone, ben: Phone) -> None:
    """With the question, one's own words first."""
    _opened(town)
    question = next(told.text for told in ana.told if "Ben wrote: Pencils" in told.text).split("\n")[0]
    assert f"{question}\nYou wrote: {BEES}\nBen wrote: {PENCILS}" in _reads(ana)
    assert f"{question}\nYou wrote: {PENCILS}\nAna wrote: {BEES}" in _reads(ben)


def test_the_newest_is_first_a_few_at_a_time(town: Town, ana: Phone, ben: Phone) -> None:
    """Each conversation once, whatever page it is on."""
    town.couple()
    for number in range(6):
        town.later(DAY)
        ana.gives("curious")
        ana.answers(f"Answer {number}.")
        ben.answers("Mine.")
    told = _reads(ana)
    places = [told.index(f"Answer {number}.") for number in (5, 4, 3, 2, 1, 0)]
    assert places == sorted(places)
    assert told.count("Answer 3.") == 1
    assert ana.gives("history")[0].count("You wrote") == history.PAGE


def test_the_date_is_that_of_the_reader_s_zone(town: Town, ana: Phone, ben: Phone) -> None:
    """Half past eleven in Lisbon is the next day in Berlin."""
    town.couple()
    town.later(DAY + 4 * HOUR)
    ben.gives("curious")
    town.later(10 * HOUR)
    ana.answers(BEES)
    ben.answers(PENCILS)
    assert "1. 23 November 2026" in _reads(ana)
    assert "1. 24 November 2026" in _reads(ben)


def test_what_was_only_one_s_own_stays_so(town: Town, ana: Phone, ben: Phone) -> None:
    """A map, a purpose, what was heard at a table, an answer that never opened."""
    town.round()
    ana.types("A sealed thing.")
    ben.presses("at the table tonight")
    town.later(DAY + HOUR)
    ana.types("That he fears geese.")
    assert "You heard: That he fears geese." in _reads(ana)
    assert "You wrote, and it never opened: A sealed thing." in _reads(ana)
    assert "geese" not in _reads(ben)
    assert "sealed" not in _reads(ben)


def test_what_is_still_open_is_in_nobody_s_past(town: Town, ana: Phone, ben: Phone) -> None:
    """Neither the question nor what was written under it."""
    town.couple()
    _asks(ana, "What do you hum?")
    ana.types("The same song.")
    assert "hum" not in _reads(ana)
    assert "hum" not in _reads(ben)


def test_a_stranger_s_past_is_empty(town: Town, eve: Phone) -> None:
    """And says so."""
    _opened(town)
    town.begin(eve)
    assert eve.gives("history")[0] == town.words(history.EMPTY)


def test_after_the_list_the_question_stands_again(town: Town, ana: Phone) -> None:
    """Whatever was looked at meanwhile."""
    town.round()
    assert ana.gives("history")[-1].endswith("?")


# ---- two worlds


def _nothing(phone: Phone) -> None:
    """Does nothing."""


SECRETS: dict[str, Act] = {
    "an answer": lambda ana: ana.types("Yes."),
    "a guess": lambda ana: (ana.types("Yes."), ana.types("No.")),
    "a village": lambda ana: ana.gives("village"),
    "a question for the jar": lambda ana: (ana.gives("ask", "Who hums?"), ana.presses("into the jar")),
    "never this one": lambda ana: (ana.presses("…"), ana.presses("never this one")),
    "lighter": lambda ana: (ana.presses("…"), ana.presses("lighter")),
    "a look": lambda ana: (ana.gives("history"), ana.gives("history", "2")),
    "out with what never opened": lambda ana: _deletes(ana, 1),
}


def _kept_to_herself(town: Town) -> None:
    """Ana wrote, and it never opened; a new round is open."""
    town.round()
    town.ana.types("Mine alone.")
    town.ben.gives("stop")
    town.later(DAY)
    town.ana.gives("curious")
    town.forget()


@pytest.mark.parametrize("anas", SECRETS.values(), ids=SECRETS)
def test_no_history_tells_what_ana_did_in_private(anas: Act) -> None:
    """Ben reads all of his, tries made-up buttons of her conversations, and reads it again: it is the same."""
    hers = set[SessionId]()

    def play(deed: Act) -> object:
        town = Town()
        _kept_to_herself(town)
        now = town.now
        deed(town.ana)
        town.now = now + 10 * MINUTE
        hers.update(_sessions(town.ana) - _sessions(town.ben))
        _pries(town.ben, sorted(hers))
        town.later(5 * DAY)
        _reads(town.ben)
        return heard(town.ben)

    assert play(anas) == play(_nothing)
    assert hers or anas is not SECRETS["a village"]


def _pries(ben: Phone, sessions: Iterable[SessionId]) -> None:
    """All of his pages, and some that are none; and every button that he can make up for what is hers alone."""
    _reads(ben)
    for page in ("0", "2", "99", "-1", "x", "1" * 40, "²"):
        ben.gives("history", page)
    for token in forged(list(sessions)):
        ben.sends(token)


def _sessions(phone: Phone) -> set[SessionId]:
    return {*(session.id for session in phone.sessions), *(record.session for record in _all(phone))}


def _all(phone: Phone) -> list[SaveRecord]:
    person = phone.person.id
    with phone.town.store.turn() as unit:
        return list(unit.all_past(person))


@pytest.mark.parametrize("how", ["off", "on"])
def test_nothing_tells_whether_the_other_takes_own_questions(how: str) -> None:
    """Ana asks, it closes, she takes it out, asks another: the same, whether Ben would have been asked or not."""

    def world(bens: str) -> list[object]:
        town = Town()
        town.couple()
        town.later(DAY)
        town.ben.gives("ask", bens)
        _asks(town.ana, "What do you hum?")
        town.ana.types("The same song.")
        town.ana.gives("history")
        town.ana.gives("stop")
        town.ana.gives("history")
        _deletes(town.ana)
        town.ana.gives("history")
        town.ana.gives("ask", "And now?")
        town.ana.gives("ask", "jar")
        return list(heard(town.ana))

    assert world(how) == world("on")


def test_a_pass_tells_nobody_what_was_done_with_the_answer() -> None:
    """Ben passed: his past is the same while Ana decides, and after she kept hers."""

    def world(anas: Act) -> list[str]:
        town = Town()
        town.round()
        town.ana.answers(BEES)
        town.ben.presses("pass")
        town.later(HOUR)
        now = town.now
        anas(town.ana)
        town.now = now + MINUTE
        return town.ben.gives("history")

    assert world(lambda ana: ana.presses("keep it")) == world(_nothing)


# ---- one's own words out of it


@pytest.fixture(params=["memory", "files"])
def kept(request: pytest.FixtureRequest) -> Town:
    """The town over each of the two stores."""
    if request.param == "memory":
        return Town()
    store: SqlStore = request.getfixturevalue("database")
    return Town(store)


def test_what_was_opened_leaves_a_mark(kept: Town) -> None:
    """The other reads that it was removed; the writer reads what is left; the other's own words stay."""
    _opened(kept)
    assert _deletes(kept.ana) == [kept.words(history.DELETED)]
    bens, anas = _reads(kept.ben), _reads(kept.ana)
    assert f"You wrote: {PENCILS}\nAna wrote: (removed)" in bens
    assert f"Ben wrote: {PENCILS}" in anas
    assert BEES not in bens + anas


def test_what_nobody_else_saw_is_gone_without_a_trace(kept: Town) -> None:
    """A private record is dropped."""
    kept.round()
    kept.ana.types("Mine alone.")
    kept.ben.gives("stop")
    _deletes(kept.ana)
    assert "Mine alone." not in _reads(kept.ana)
    assert [r for r in _all(kept.ana) if "kept" in r.name or r.value == REMOVED] == []


def test_one_s_own_question_goes_from_what_the_other_kept(kept: Town) -> None:
    """Ben's answer stays with him, under a question that is not there any more."""
    kept.couple()
    _asks(kept.ana, "What do you hum?")
    kept.ben.types("The national anthem.")
    kept.later(4 * DAY)
    assert "hum" in _reads(kept.ben)
    _deletes(kept.ana)
    told = _reads(kept.ben)
    assert "Ana asked: “(removed)”\nYou wrote, and it never opened: The national anthem." in told
    assert "hum" not in _reads(kept.ana) + told
    assert "hum" not in kept.ana.gives("ask", "jar")[0]


def test_the_next_question_does_not_mind(kept: Town) -> None:
    """After a question of one's own was taken out, the deck, the jar and the week go on."""
    kept.couple()
    _asks(kept.ana, "What do you hum?")
    kept.ben.types("The anthem.")
    kept.ana.types("Nothing.")
    _deletes(kept.ana)
    kept.ana.gives("curious")
    kept.ana.answers("One.")
    kept.ben.answers("Two.")
    assert "You wrote: One." in _reads(kept.ana)
    kept.ana.gives("ask", "Another?")
    assert kept.ana.labels()[0] == "into the jar"  # that one was asked today still counts
    kept.later(14 * DAY)
    assert [told.at for told in kept.ana.told if told.at > kept.now - 9 * DAY]  # a week's question


def test_what_was_shared_is_taken_out_with_what_it_came_from(town: Town, ana: Phone, ben: Phone) -> None:
    """A time alone that was told and then shared is one entry, and goes as one."""
    town.couple()
    town.later(17 * HOUR)
    ana.gives("space", "now")
    ana.types("1 hour")
    ana.presses("send it")
    town.later(2 * HOUR)
    ana.types("Walked to the harbour.")
    ana.types("It was shut.")
    ana.presses("share it")
    assert _reads(ana).count("harbour") == 1
    assert "From Ana's time alone: Walked to the harbour.\nIt was shut." in _reads(ben)
    _deletes(ana)
    assert "harbour" not in _reads(ana)
    assert "From Ana's time alone: (removed)" in _reads(ben)


def test_it_is_asked_once_and_can_be_kept(town: Town, ana: Phone) -> None:
    """With the words that would go, and nothing of the other's."""
    _opened(town)
    ana.gives("history")
    told = ana.presses("delete mine in 1")[0]
    assert BEES in told
    assert PENCILS not in told
    assert ana.presses("keep it") == [town.words(history.KEPT)]
    assert BEES in _reads(ana)


def test_a_second_press_finds_nothing(town: Town, ana: Phone) -> None:
    """Neither the button that asks nor the one that does."""
    _opened(town)
    _deletes(ana)
    stale = [town.words(lines.STALE)]
    assert ana.presses("delete it") == stale
    assert ana.presses("delete mine in 1") == stale


@pytest.mark.parametrize("command", ["unsay", "unsaid"])
@pytest.mark.parametrize("session", ["0", "-1", "x", "9" * 19, "9" * 40, "²", "💌"])
def test_a_button_of_nobody_s_does_nothing(town: Town, ana: Phone, command: str, session: str) -> None:
    """Whatever it says that it carries."""
    _opened(town)
    assert ana.sends(f"v1:c:{command}:{session}") == [town.words(lines.STALE)]
    assert BEES in _reads(ana)


def test_nobody_takes_out_what_another_wrote(town: Town, ana: Phone, ben: Phone, eve: Phone) -> None:
    """The same button, pressed by the other, takes out the other's own; by a stranger, nothing."""
    _opened(town)
    town.begin(eve)
    ana.gives("history")
    token = ana.token("delete mine in 1").replace("unsay", "unsaid")
    assert eve.sends(token)[0] == town.words(lines.STALE)
    assert ben.sends(token) == [town.words(history.DELETED)]
    assert f"You wrote: {BEES}\nBen wrote: (removed)" in _reads(ana)


@pytest.mark.parametrize("page", ["99", "9999"])
def test_a_page_that_is_none_is_stale(town: Town, ana: Phone, page: str) -> None:
    """It may have been one before."""
    _opened(town)
    assert ana.gives("history", page) == [town.words(lines.STALE)]


# ---- after they parted


@pytest.mark.parametrize("how", ["leave now", "leave quietly"])
def test_what_was_opened_stays_readable(how: str) -> None:
    """For both of them, and it can still be taken out."""
    town = Town()
    _opened(town)
    leaves(town.ana, how)
    assert f"You wrote: {BEES}\nBen wrote: {PENCILS}" in _reads(town.ana)
    town.ben.gives("history")  # who was left quietly reads that first
    assert f"Ana wrote: {BEES}" in _reads(town.ben)
    _deletes(town.ana)
    assert "Ana wrote: (removed)" in _reads(town.ben)


def test_a_new_partner_reads_nothing_of_the_one_before(town: Town, ana: Phone, eve: Phone) -> None:
    """Nor does the one before of the new one."""
    _opened(town)
    leaves(ana, "leave now")
    town.begin(eve)
    eve.gives("stop")
    pair_again(ana, eve)
    town.later(HOUR)
    assert BEES not in _reads(eve)
    assert PENCILS not in _reads(eve)
    assert f"Ben wrote: {PENCILS}" in _reads(ana)


def test_somebody_whose_key_is_gone_reads_as_removed(database: SqlStore) -> None:
    """What they wrote, and what they asked."""
    town = Town(database)
    _opened(town)
    _asks(town.ana, "What do you hum?")
    town.ben.types("The anthem.")
    town.ana.types("Nothing.")
    person = town.ana.person.id
    database._vault.destroy(person)
    told = _reads(town.ben)
    assert f"You wrote: {PENCILS}\n" in told
    assert "asked: “(removed)”\nYou wrote: The anthem.\n" in told
    assert told.count("wrote: (removed)") >= 2


def test_signs_that_turn_the_line_are_words_like_others(town: Town, ana: Phone, ben: Phone) -> None:
    """Brackets, places and marks of direction stand as they were typed."""
    odd = "<b>{name}</b> \u202egnorw\u202c"
    town.round()
    ana.answers(odd)
    ben.answers(PENCILS)
    assert f"Ana wrote: {odd}" in _reads(ben)
