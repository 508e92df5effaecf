"""Rule 8 and the turn's transaction: what is kept when something fails, who is told, and what comes again."""

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.commands import lines
from bot.engine.acts import Set
from bot.engine.exercise import ALONE, COUPLE, Exercise, exercise
from bot.engine.moments import hours
from bot.engine.talk import Talk
from bot.errors import StoreError
from bot.events import Command, Typed
from bot.turns import RETRIES, Turns
from storage.keyring import key_ring
from storage.memory import MemoryStore
from storage.memory_unit import MemoryUnit
from storage.store import open_store
from tests.test_bot.phones import DAY, HOUR, MINUTE, Town

FAILED = lines.FAILED


@exercise("table", scope=ALONE)
def breaks_on_words(talk: Talk) -> None:
    """Raises at the first answer, with what was typed in its message."""
    words = talk.ask("first", "First?")
    raise RuntimeError(words.text)


@exercise("table", scope=ALONE)
def breaks_on_time(talk: Talk) -> None:
    """Raises when its hour is over."""
    talk.ask("first", "First?")
    talk.pause("an-hour", talk.moment("now").plus(hours(1)))
    raise RuntimeError


@exercise("table", scope=ALONE)
def mended(talk: Talk) -> None:
    """The same, mended."""
    talk.ask("first", "First?")
    talk.pause("an-hour", talk.moment("now").plus(hours(1)))
    talk.say("It went well.")
    talk.ask("last", "Last?")


@exercise("table", scope=ALONE)
def offers_what_breaks(talk: Talk) -> None:
    """Begins, when its hour is over, something that raises at once."""
    talk.ask("first", "First?")
    talk.pause("an-hour", talk.moment("now").plus(hours(1)))
    talk.offer("broken", to=talk.me)
    talk.ask("last", "Last?")


@exercise("table", scope=ALONE)
def offers_for_later(talk: Talk) -> None:
    """Begins something in an hour that raises at once."""
    talk.offer("broken", to=talk.me, at=talk.moment("now").plus(hours(1)))


@exercise("broken", scope=ALONE)
def broken(talk: Talk) -> None:
    """Raises as it begins."""
    raise RuntimeError


@exercise("table", scope=ALONE)
def sets_nothing_known(talk: Talk) -> None:
    """Sets something that there is not."""
    talk.ask("first", "First?")
    talk.do("set", Set({"nothing": True}))


@exercise("table", scope=ALONE)
def offers_nothing_known(talk: Talk) -> None:
    """Offers an exercise that does not exist, an hour later."""
    talk.ask("first", "First?")
    talk.pause("an-hour", talk.moment("now").plus(hours(1)))
    talk.offer("nowhere", to=talk.me)


@exercise("curious", scope=COUPLE)
def breaks_for_two(talk: Talk) -> None:
    """Asks each, and raises at any answer."""
    talk.each(_part)


def _part(part: Talk) -> None:
    part.ask("first", "First?")
    raise RuntimeError


@exercise("curious", scope=COUPLE)
def breaks_at_start(talk: Talk) -> None:
    """Raises as it begins."""
    raise RuntimeError


def _at_the_table(which: Exercise) -> Town:
    """Ana has the first question of this exercise before her."""
    town = Town()
    town.begin()
    town.with_exercises(which, broken)
    town.ana.gives("stop")
    town.ana.gives("curious")
    town.forget()
    return town


# ---- on a person's event


def test_an_exercise_that_raises_keeps_nothing() -> None:
    """The session is as it was, but for the mark that somebody was told."""
    town = _at_the_table(breaks_on_words)
    before = town.ana.session("table")
    town.ana.types("Secret words.")
    after = town.ana.session("table")
    assert (after.answers, after.open, after.turn) == (before.answers, before.open, before.turn)


def test_the_person_is_told_once_a_session() -> None:
    """The first time there is one line; then none, however often it fails."""
    town = _at_the_table(breaks_on_words)
    assert town.ana.types("One.") == [town.words(FAILED)]
    assert town.ana.types("Two.") == []


def test_both_are_told_in_a_session_of_two() -> None:
    """That Ana was told is no reason to let Ben believe that he was heard."""
    town = Town()
    town.couple()
    town.with_exercises(breaks_for_two)
    town.ana.gives("curious")
    assert town.ana.types("One.") == [town.words(FAILED)]
    assert town.ben.types("Two.") == [town.words(FAILED)]
    assert town.ben.types("Three.") == []


def test_the_event_is_seen() -> None:
    """Delivered again, it does nothing."""
    town = _at_the_table(breaks_on_words)
    event = town.ana.event(Typed("One.", "own.1"))
    town.turns.take(event)
    town.with_exercises(mended)
    town.turns.take(event)
    assert town.ana.session("table").answers == {}


def test_what_was_typed_is_in_no_log() -> None:
    """The log says which exercise and which question, and the error's type; not its words."""
    town = _at_the_table(breaks_on_words)
    with capture_logs() as logs:
        town.ana.types("Secret words.")
    assert [(log["event"], log["exercise"], log["question"], log["type"]) for log in logs] == [
        ("exercise.failed", "table", "first", "RuntimeError")
    ]
    assert "Secret" not in str(logs)


def test_once_it_is_mended_the_same_question_takes_the_answer() -> None:
    """Nothing was lost but the answer that failed."""
    town = _at_the_table(breaks_on_words)
    town.ana.types("One.")
    town.with_exercises(mended)
    town.ana.types("Two.")
    assert "first" in town.ana.session("table").answers


def test_an_exercise_that_raises_as_it_begins_is_told() -> None:
    """A command whose exercise raises at once: one line, and no session."""
    town = Town()
    town.couple()
    town.with_exercises(breaks_at_start)
    assert town.ana.gives("curious") == [town.words(FAILED)]
    assert [s.exercise for s in town.ana.sessions] == []


def test_an_effect_that_raises_is_no_event_for_ever() -> None:
    """What an exercise asks for and nobody can do fails like the exercise itself: seen, told, nothing kept."""
    town = _at_the_table(sets_nothing_known)
    assert town.ana.types("One.") == [town.words(FAILED)]
    assert town.ana.session("table").answers == {}


# ---- on a timer


def test_a_timer_that_fails_is_tried_again_later_and_later() -> None:
    """After five minutes, an hour, six hours, then daily."""
    town = _at_the_table(breaks_on_time)
    town.ana.types("One.")
    town.later(HOUR)
    waits = []
    for _ in range(6):
        wake = town.ana.session("table").wake
        assert wake is not None
        waits.append(wake - town.now)
        town.later(wake - town.now)
    assert waits == [*RETRIES, DAY, DAY]


def test_a_timer_that_fails_says_nothing() -> None:
    """Nobody is told of what they did not do."""
    town = _at_the_table(breaks_on_time)
    town.ana.types("One.")
    town.later(3 * DAY)
    assert town.ana.news() == []


def test_a_timer_that_failed_goes_on_when_it_is_mended() -> None:
    """The next try finds the exercise mended, and the session goes on where it was."""
    town = _at_the_table(breaks_on_time)
    town.ana.types("One.")
    town.later(HOUR)
    town.with_exercises(mended)
    town.later(5 * MINUTE)
    assert town.ana.news() == ["It went well.", "Last?"]
    assert town.ana.session("table").failures == 0


def test_a_timer_whose_offer_raises_is_put_off_too() -> None:
    """It is the session whose timer came that is tried again, whatever it was that failed."""
    town = _at_the_table(offers_what_breaks)
    town.ana.types("One.")
    town.later(HOUR)
    assert town.ana.session("table").wake == town.now + RETRIES[0]


def test_a_timer_that_offers_what_does_not_exist_is_put_off_too() -> None:
    """An exercise that names none that there is fails like one that raises."""
    town = _at_the_table(offers_nothing_known)
    town.ana.types("One.")
    town.later(HOUR)
    assert town.ana.session("table").wake == town.now + RETRIES[0]


def test_a_session_planned_for_later_that_raises_is_put_off() -> None:
    """It stays planned, and is tried again."""
    town = _at_the_table(offers_for_later)
    town.later(HOUR)
    assert town.ana.session("broken").wake == town.now + RETRIES[0]


def test_a_weekly_prompt_that_fails_stays_due() -> None:
    """It is tried again after five minutes, and comes once it is mended."""
    town = Town()
    town.couple()
    curious = town.library.conversations["curious"]
    town.with_exercises(breaks_at_start)
    due = town.ana.couple
    assert due is not None
    assert due.next_due is not None
    town.later(due.next_due - town.now)
    couple = town.ana.couple
    assert couple is not None
    assert couple.next_due == town.now + RETRIES[0]
    town.with_exercises(curious)
    town.later(HOUR)
    assert town.ana.session("curious").waits_for(town.ana.person.id)


# ---- the store


class Full(MemoryStore):
    """A store that cannot write for a while: the port's own error, from where a full disk would raise it."""

    broken = False

    @contextmanager
    def turn(self) -> Iterator[MemoryUnit]:
        """A transaction that fails at its end."""
        with super().turn() as unit:
            yield unit
            if self.broken:
                raise StoreError("the disk is full")


def test_an_error_of_the_store_does_not_mark_the_event() -> None:
    """The error is raised, and the same event, when it comes again, is taken."""
    store = Full()
    town = Town(store)
    town.begin()
    event = town.ana.event(Typed("A lighthouse keeper.", "own.1"))
    store.broken = True
    with pytest.raises(StoreError):
        town.turns.take(event)
    store.broken = False
    town.turns.take(event)
    assert "0/answer" in town.ana.session("curious").answers


def test_an_error_of_the_store_tells_nobody() -> None:
    """What failed is as if it had not happened."""
    store = Full()
    town = Town(store)
    town.begin()
    town.forget()
    store.broken = True
    with pytest.raises(StoreError):
        town.turns.take(town.ana.event(Typed("A lighthouse keeper.", "own.1")))
    store.broken = False
    town.deliver()
    assert town.ana.news() == []


def test_an_error_of_the_store_after_one_of_an_exercise_says_nothing_of_it() -> None:
    """A traceback shows the errors before, too, with their messages, and what somebody typed may be in those."""
    store = Full()
    town = Town(store)
    town.begin()
    town.with_exercises(breaks_on_words)
    town.ana.gives("stop")
    town.ana.gives("curious")
    event = town.ana.event(Typed("Secret words.", "own.1"))
    store.broken = True
    with pytest.raises(StoreError) as caught:
        town.turns.take(event)
    assert "Secret" not in "".join(traceback.format_exception(caught.value))


# ---- the same event twice, two at once, a new process


def test_the_same_event_twice_counts_once() -> None:
    """Two deliveries of one message are one answer, and one acknowledgement."""
    town = Town()
    town.begin()
    event = town.ana.event(Typed("A lighthouse keeper.", "own.1"))
    town.turns.take(event)
    town.turns.take(event)
    town.deliver()
    assert [line for line in town.ana.news() if line.startswith("Kept")] == [
        "Kept, and sealed. It opens when the one it is for has answered too."
    ]


def test_the_same_first_event_twice_makes_one_person() -> None:
    """A doubled /start greets once."""
    town = Town()
    event = town.ana.event(Command("start"))
    town.turns.take(event)
    town.turns.take(event)
    town.deliver()
    assert len(town.ana.news()) == 2


def test_two_answers_at_the_same_second_open_once() -> None:
    """Ana and Ben write in the same second: each reads the other once."""
    town = Town()
    town.round()
    town.now += 60
    for phone in (town.ana, town.ben):
        town.turns.take(phone.event(Typed(f"From {phone.name}.", f"own.{phone.name}")))
    town.deliver()
    town.later(15 * 60)
    assert sum(line.count("From Ben.") for line in town.ana.news()) == 1
    assert sum(line.count("From Ana.") for line in town.ben.news()) == 1


def test_a_new_process_goes_on_where_the_old_one_was(tmp_path: Path) -> None:
    """Turns made anew over the same files know the open question and its answer."""
    ring = key_ring("", tmp_path / "vault.key")
    store = open_store(tmp_path / "leeway.db", tmp_path / "keys.db", ring)
    town = Town(store)
    town.begin()
    store.close()
    town.store = open_store(tmp_path / "leeway.db", tmp_path / "keys.db", ring)
    town.turns = Turns(town.store, town.library)
    told = town.ana.types("A lighthouse keeper.")
    town.store.close()
    assert told[0].startswith("Kept, and sealed.")
