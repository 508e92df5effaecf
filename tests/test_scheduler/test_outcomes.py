"""The table of outcomes, row by row."""

from dataclasses import replace
from random import Random

import pytest

from bot.changes import Lane, Put, Say
from bot.engine.ids import PersonId
from bot.engine.text import Text
from bot.errors import DeliveryError, Migrated, Refused, TryLater, Uncertain, Unreachable
from bot.people import Account, AccountKey, Person
from bot.ports import Again, Dropped, Gone, Moved, Outcome, Row
from scheduler.outcomes import Try

NOON = 1_800_000_000
ANA = Person(PersonId(1), "Ana", "en", "Europe/Lisbon", NOON)
ACCOUNT = Account(AccountKey("telegram", 11), ANA.id, 11, NOON)
LINE = Put(1, ANA.id, Say(Text("Kept.")), Lane.REPLY, NOON)
ONCE = replace(LINE, once=True)


def _failed(error: DeliveryError, row: Put = LINE, tries: int = 0, *, nonce: bool = False) -> Outcome:
    return Try(_row(row, tries), NOON, Random(7), nonce).failed(error)


def _row(put: Put, tries: int) -> Row:
    return Row(put, ANA, ACCOUNT, {}, attempts=tries)


@pytest.mark.parametrize(("tries", "longest"), [(0, 1), (1, 2), (5, 32), (8, 256), (9, 300), (10_000, 300)])
def test_waits_double_up_to_five_minutes(tries: int, longest: int) -> None:
    """The jitter takes away at most a half, never the whole."""
    for seed in range(100):
        outcome = Try(_row(LINE, tries), NOON, Random(seed), nonce=False).failed(TryLater())
        assert isinstance(outcome, Again)
        assert longest / 2 <= outcome.at - NOON <= longest
        assert not outcome.uncertain


@pytest.mark.parametrize("after", [0.2, 17.0, 2000.0])
def test_a_platforms_own_waiting_time_is_honoured(after: float) -> None:
    """Never a moment earlier, even when the clock's second had just begun, and hardly later."""
    outcome = _failed(TryLater(after))
    assert isinstance(outcome, Again)
    assert after + 1 <= outcome.at - NOON <= after + 3


def test_what_may_have_arrived_goes_again() -> None:
    """A question twice is harmless, an opening lost is not."""
    assert _failed(Uncertain()) == Again(NOON + 1, uncertain=True)


def test_what_is_marked_once_is_not_repeated_when_it_may_have_arrived() -> None:
    """Rather lost than said twice."""
    assert _failed(Uncertain(), ONCE) == Dropped("uncertain")


def test_where_the_platform_knows_a_repetition_once_goes_again() -> None:
    """With the same nonce, within the time that the platform remembers it."""
    assert _failed(Uncertain(), ONCE, nonce=True) == Again(NOON + 1, uncertain=True)


@pytest.mark.parametrize("error", [Uncertain(), TryLater(150.0)])
def test_no_platform_knows_a_repetition_for_ever(error: DeliveryError) -> None:
    """When the next try would come too late for the nonce, what may have arrived is dropped."""
    row = replace(_row(ONCE, 7), uncertain=True)
    assert Try(row, NOON, Random(7), nonce=True).failed(error) == Dropped("uncertain")


def test_a_certain_failure_does_not_make_an_uncertain_row_certain() -> None:
    """It may have arrived by an earlier try."""
    row = replace(_row(LINE, 1), uncertain=True)
    assert Try(row, NOON, Random(7), nonce=False).failed(TryLater()) == Again(NOON + 2, uncertain=True)


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (Unreachable(), Gone(NOON)),
        (Refused("chat not found"), Dropped("refused", "chat not found")),
        (Migrated(-100), Moved(-100)),
    ],
)
def test_what_cannot_be_mended_by_waiting(error: DeliveryError, outcome: Outcome) -> None:
    """A blocked account waits for its person, a mistake of ours is put aside, a chat that moved is followed."""
    assert _failed(error) == outcome


def test_a_chat_that_moves_on_and_on_is_not_followed_for_ever() -> None:
    """After ten times it is a refusal that can be seen."""
    assert _failed(Migrated(-100), tries=10) == Dropped("refused", "migrated")


def test_a_fault_of_the_adapter_may_have_arrived() -> None:
    """Nobody knows how far it came."""
    assert Try(_row(LINE, 0), NOON, Random(7), nonce=False).broke(KeyError("x")) == Again(NOON + 1, uncertain=True)
    assert Try(_row(ONCE, 0), NOON, Random(7), nonce=False).broke(KeyError("x")) == Dropped("uncertain")


def test_a_row_that_always_breaks_its_adapter_is_put_aside() -> None:
    """After ten tries; by the type of its error, never its message."""
    outcome = Try(_row(LINE, 10), NOON, Random(7), nonce=False).broke(KeyError("what Ana typed"))
    assert outcome == Dropped("refused", "KeyError")
