"""Questions of people's own: what the one does with them in private, the other learns by nothing; and the two jars."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.changes import SaveRecord
from bot.commands import ask, lines
from bot.engine.acts import Visibility
from bot.engine.ids import CoupleId, SessionId
from bot.engine.session import Json
from storage.store import SqlStore
from tests.files import file_of
from tests.test_bot.phones import DAY, HOUR, MINUTE, Phone, Town

Act = Callable[[Phone], object]
JAR = ("ask.jar", "asked.jar")
WHAT = "What would you like to be asked?"
EVERYTHING = (
    "start", "help", "safety", "pair", "rhythm", "back", "later", "continue", "over", "curious", "jar", "takeout",
    "village", "skip", "history", "export", "stop", "nonsense",
)  # fmt: skip


def nothing(phone: Phone) -> None:
    """Nothing that the other could notice."""


def _heard(phone: Phone) -> list[tuple[int, str, list[str]]]:
    """All that ever reached somebody: when, what, and the buttons that they have now."""
    return [(t.at, t.text, [b.label for b in phone.buttons[t.message]]) for t in phone.told]


def _a_couple_at(hour: int) -> Town:
    """A couple, on the evening of the day after they were linked."""
    town = Town()
    town.couple()
    town.later(DAY)
    local = datetime.fromtimestamp(town.now, ZoneInfo(town.ana.zone))
    town.later((hour - local.hour) % 24 * HOUR)
    return town


def _asks(phone: Phone, question: str = WHAT) -> list[str]:
    phone.gives("ask", question)
    return phone.presses("ask us both")


def _jarred(phone: Phone, *questions: str) -> list[list[str]]:
    return [phone.gives("ask", question) + phone.presses("into the jar") for question in questions]


# ---- switched off: two worlds


@pytest.mark.parametrize("hour", [19, 23])
@pytest.mark.parametrize("command", EVERYTHING)
@pytest.mark.parametrize("answers", [True, False], ids=["answered", "open"])
def test_nothing_tells_that_ones_own_questions_go_into_the_jar(command: str, answers: bool, hour: int) -> None:
    """Ben has switched them off, or lets each close: what Ana sees is equal for three weeks, whatever she tries."""

    def world(bens: str) -> list[tuple[int, str, list[str]]]:
        town = _a_couple_at(hour)
        town.ben.gives("ask", bens)
        now = town.now
        _asks(town.ana)
        if answers:
            town.ana.types("Whether I am tired.")
        round_ = town.ana.session("asked").id
        town.ana.gives(command)
        town.ana.sends(f"v1:c:{command}:{round_}")
        town.now = now + 10 * MINUTE
        town.ana.gives("ask", "And another?")
        town.ana.presses("let it go") if command != "stop" else town.ana.gives("stop")
        town.later(4 * DAY)
        town.ana.gives("ask", "jar")
        _asks(town.ana, "What do you never say no to?")
        town.later(17 * DAY)
        town.ana.gives("ask", "jar")
        return _heard(town.ana)

    assert world("off") == world("on")


@pytest.mark.parametrize("deed", ["rather not this way", "look", "later", "off"])
def test_nothing_tells_that_ben_would_rather_not_be_asked(deed: str) -> None:
    """He says so under her question, or leaves it there: for Ana it is the same."""

    def world(bens: Act) -> list[tuple[int, str, list[str]]]:
        town = _a_couple_at(19)
        _asks(town.ana)
        now = town.now
        bens(town.ben)
        town.now = now
        town.ana.types("Whether I am tired.")
        town.later(4 * DAY)
        _asks(town.ana, "What do you never say no to?")
        town.later(5 * DAY)
        return _heard(town.ana)

    deeds: dict[str, Act] = {
        "rather not this way": lambda ben: (ben.presses("…"), ben.presses("rather not this way")),
        "look": lambda ben: ben.presses("…"),
        "later": lambda ben: ben.gives("later"),
        "off": lambda ben: ben.gives("ask", "off"),
    }
    assert world(deeds[deed]) == world(nothing)


ANAS: dict[str, Act] = {
    "asks": _asks,
    "asks and answers": lambda ana: (_asks(ana), ana.types("Mine.")),
    "asks and takes it back": lambda ana: (_asks(ana), ana.gives("stop")),
    "puts two into the jar": lambda ana: _jarred(ana, WHAT, "And what not?"),
    "looks into the jar": lambda ana: ana.gives("ask", "jar"),
    "takes one out": lambda ana: (_jarred(ana, WHAT), ana.gives("jar"), ana.presses("take out 1")),
    "switches his off": lambda ana: ana.gives("ask", "off"),
}


@pytest.mark.parametrize("anas", ANAS.values(), ids=ANAS)
def test_who_takes_them_from_the_jar_alone_learns_of_none(anas: Act) -> None:
    """Until a week draws one, Ben sees the same, whatever Ana asks or puts away; also of his own commands."""

    def world(deed: Act) -> list[tuple[int, str, list[str]]]:
        town = _a_couple_at(19)
        town.ben.gives("ask", "off")
        now = town.now
        deed(town.ana)
        town.now = now + 5 * MINUTE
        for command in EVERYTHING:
            town.ben.gives(command)
        town.ben.gives("ask", "jar")
        town.later(4 * DAY)
        return _heard(town.ben)

    assert world(anas) == world(nothing)


def test_a_question_on_its_way_does_not_hold_back_the_week() -> None:
    """The week's question comes to both while one of Ana's own is open."""
    town = _a_couple_at(19)
    town.later(5 * DAY)
    _asks(town.ana)
    town.later(DAY + HOUR)
    assert town.ana.session("asked").waits_for(town.ben.person.id)
    assert town.ben.session("curious").waits_for(town.ben.person.id)


def test_a_question_waits_until_the_other_has_been_silent_for_ten_minutes() -> None:
    """Ben is writing to the bot: what nobody asked him for comes ten minutes later."""
    town = _a_couple_at(19)
    town.ben.gives("village")
    _asks(town.ana)
    town.later(9 * MINUTE)
    assert not any("Ana asks" in told.text for told in town.ben.told)
    town.later(2 * MINUTE)
    assert "Ana asks" in town.ben.told[-1].text


# ---- the jar


def test_nobody_takes_out_of_the_others_jar() -> None:
    """Not by a button that he makes up of hers; and he sees an empty jar."""
    town = _a_couple_at(19)
    _jarred(town.ana, WHAT)
    town.ana.gives("jar")
    token = town.ana.token("take out 1")
    assert town.ben.sends(token) == [town.words(lines.STALE)]
    assert town.ben.gives("jar") == [town.words(ask.EMPTY)]
    assert len(town.ana.past(*JAR)["ask.jar"]) == 1


def test_what_was_taken_out_is_gone() -> None:
    """From the list, and from the store; the others stay."""
    town = _a_couple_at(19)
    _jarred(town.ana, WHAT, "And what not?")
    town.ana.gives("jar")
    assert WHAT in town.ana.presses("take out 1")[0]
    assert [r["value"] for r in town.ana.past(*JAR)["ask.jar"]] == [
        {"question": {"words": ["And what not?"], "by": town.ana.person.id}}
    ]


def test_a_full_jar_has_pages() -> None:
    """Five at a time, each with its own number; beyond the last there is nothing."""
    town = _a_couple_at(19)
    _jarred(town.ana, *(f"Question {n}?" for n in range(1, 7)))
    first = town.ana.gives("jar")[0]
    assert ("5. Question 5?" in first, "Question 6?" in first) == (True, False)
    assert "6. Question 6?" in town.ana.presses("more")[0]
    assert "Question 6?" in town.ana.presses("take out 6")[0]
    assert town.ana.presses("more") == [town.words(lines.STALE)]


def test_the_jars_take_turns_every_third_week() -> None:
    """The oldest of all first; then the other's, though it came later; in the weeks between, the deck."""
    town = _a_couple_at(19)
    _jarred(town.ana, "First of Ana's?", "Second of Ana's?")
    _jarred(town.ben, "First of Ben's?")
    _jarred(town.ana, "Third of Ana's?")
    drawn = []
    for _ in range(12):
        before = len(town.ben.told)
        town.later(7 * DAY)
        weekly = [told.text for told in town.ben.told[before:] if "'s jar" in told.text]
        assert len(weekly) <= 1
        drawn.append("".join(weekly).partition("“")[2].rstrip("”"))
    first, second, third, fourth = "First of Ana's?", "First of Ben's?", "Second of Ana's?", "Third of Ana's?"
    # the eighth week would be a jar's turn, and is off; the twelfth has something else
    assert drawn == [first, "", "", second, "", "", "", third, "", "", "", fourth]
    assert town.ana.past(*JAR)["ask.jar"] == []


def test_what_was_put_in_for_somebody_else_is_not_drawn() -> None:
    """A question from an earlier couple stays with its writer: in the list, and in no week."""
    town = _a_couple_at(19)
    ana = town.ana.person.id
    value: Json = {"question": {"words": [WHAT], "by": ana}}
    theirs = SaveRecord(SessionId(77), CoupleId(99), "ask", "jar", ana, Visibility.PRIVATE, town.now, value)
    with town.store.turn() as unit:
        unit.keep([theirs])
    town.later(14 * DAY)
    assert not any("jar" in told.text for told in (*town.ana.told, *town.ben.told))
    assert WHAT in town.ana.gives("jar")[0]
    with town.store.turn() as unit:
        unit.keep([replace(theirs, couple=None)])  # written while alone: it is for whoever comes
    town.later(14 * DAY)
    assert any(WHAT in told.text for told in town.ben.told)


def test_a_question_whose_couple_ended_meanwhile_goes_nowhere_else() -> None:
    """Written for two, finished when there was one: it can wait in the jar, or be let go."""
    town = _a_couple_at(19)
    town.ana.gives("ask", WHAT)
    town.ben.gives("leave")
    town.ben.presses("leave now")
    assert "There is nobody here to ask yet." in town.ana.presses("ask us both")[-1]
    town.ana.presses("into the jar")
    assert WHAT in town.ana.gives("jar")[0]


@pytest.mark.parametrize("how", ["leave now", "leave quietly"])
@pytest.mark.parametrize("leaver", ["ana", "ben"])
def test_leaving_tells_nothing_of_it_either(leaver: str, how: str) -> None:
    """Whoever leaves, her open question goes the same way, whether he was ever asked or not."""

    def world(bens: str) -> list[tuple[int, str, list[str]]]:
        town = _a_couple_at(19)
        town.ben.gives("ask", bens)
        _asks(town.ana)
        town.later(HOUR)
        phone = getattr(town, leaver)
        phone.gives("leave")
        phone.presses(how)
        town.later(HOUR)
        town.ana.gives("jar")
        town.later(4 * DAY)
        town.ana.gives("jar")
        return _heard(town.ana)

    assert world("off") == world("on")


def test_nothing_of_a_question_is_readable_on_disk(database: SqlStore) -> None:
    """Half written, asked, in the jar, drawn: its words are sealed wherever they stand."""
    town = Town(database)
    town.couple()
    _asks(town.ana, "Where does the zzmarkerzz sleep?")
    _jarred(town.ana, "Who feeds the zzmarkerzz?")
    town.ana.gives("ask", "Who sees the zzmarkerzz?")
    town.ana.gives("ask", "jar")
    town.later(8 * DAY)
    files = [path for path in file_of(database).path.parent.iterdir() if path.is_file()]
    assert any("zzmarkerzz" in told.text for told in town.ben.told)
    assert [path.name for path in files if b"zzmarkerzz" in path.read_bytes()] == []
