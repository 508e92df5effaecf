"""Words of danger: the card, to whoever wrote them; no answer, and nothing of it kept."""

from dataclasses import replace

import pytest

from bot.commands import danger
from bot.events import Command, Deed, Edited, Typed
from storage.memory import MemoryStore
from tests.test_bot.phones import DAY, HOUR, MINUTE, Phone, Town

SECRET = "zebra"
CARD = "What you wrote may need a person, and this is only a bot."


def _rows(town: Town) -> str:
    """All that is kept of anybody, as text."""
    assert isinstance(town.store, MemoryStore)
    tables = vars(town.store._tables).values()
    return repr([[_open(row) for row in table.rows()] for table in tables if hasattr(table, "rows")])


def _open(row: object) -> object:
    slots = getattr(row, "__slots__", ())
    return {name: _open(getattr(row, name)) for name in slots} if slots else row


DEEDS: dict[str, Deed] = {
    "an answer": Typed(f"I want to die, {SECRET}.", "own.901"),
    "a change": Edited(f"I want to die, {SECRET}.", "own.900"),
    "a command": Command("ask", f"Do you know that I want to die, {SECRET}?"),
    "the partner by name": Typed(f"I am afraid of Ben, {SECRET}.", "own.901"),
}


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS)
def test_nothing_of_it_is_kept(town: Town, ana: Phone, deed: Deed) -> None:
    """In the middle of a sealed question: neither in an answer, nor in anything else; only when the card was."""
    town.round()
    ana.does(Typed("A lighthouse.", "own.900"))
    before, sessions = ana.person, ana.sessions
    assert ana.does(deed)[0].startswith(CARD)
    assert ana.person == replace(before, card_at=town.now)
    assert [replace(s, aside=frozenset()) for s in ana.sessions] == sessions
    assert "lighthouse" in _rows(town)
    assert SECRET not in _rows(town)


@pytest.mark.parametrize("how", ["leave now", "leave quietly"])
def test_whom_somebody_has_left_is_known_by_name(town: Town, ana: Phone, how: str) -> None:
    """Alone again, or with somebody else, and writing about the one before."""
    town.couple()
    ana.gives("leave")
    ana.presses(how)
    assert ana.types("I am afraid of Ben.")[0].startswith(CARD)
    ana.gives("pair")
    town.eve.gives("start", ana.code())
    town.eve.presses("Fine, and link me with Ana")
    ana.presses("Yes, that is Eve")
    assert ana.types("I am afraid of Ben.") == [town.words(danger.STILL_HERE)]


def test_what_comes_after_it_is_no_answer_either(town: Town, ana: Phone, ben: Phone) -> None:
    """Neither to the open question, nor added to the answer before it, until somebody taps."""
    town.round()
    ana.types("A lighthouse.")
    ana.types("I want to die.")
    assert ana.types("The pills.") == [town.words(danger.STILL_HERE)]
    ana.presses("go on")
    ana.types("Bees.")
    ana.presses("75")
    ben.answers("Pens.")
    assert any("A lighthouse." in told.text for told in ben.told)
    assert not any("pills" in told.text for told in ben.told)


def test_a_question_that_comes_later_is_answered_as_ever(town: Town, ana: Phone, ben: Phone) -> None:
    """Days later the same round asks something new: it waits for no tap."""
    town.round()
    ana.types("I want to die.")
    ben.presses("at the table tonight")
    town.later(DAY + HOUR)
    assert ana.types("That he likes geese.") == ["Kept, for you alone."]


@pytest.mark.parametrize(("after", "whole"), [(5 * HOUR + 59 * MINUTE, False), (6 * HOUR + MINUTE, True)])
def test_within_six_hours_there_is_one_line(town: Town, ana: Phone, after: int, *, whole: bool) -> None:
    """Counted from the card; a line in between puts nothing off."""
    town.round()
    ana.types("I want to die.")
    town.later(HOUR)
    assert ana.types("I want to die.") == [town.words(danger.STILL_HERE)]
    town.later(after - HOUR)
    assert ana.types("I want to die.")[0].startswith(CARD) == whole


def test_a_reply_and_a_long_text_are_looked_at_too(town: Town, ana: Phone) -> None:
    """Whatever else is wrong with a message, the card goes first."""
    town.round()
    question = ana.message("")
    assert ana.types("I want to die.", reply_to=question)[0].startswith(CARD)
    assert ana.types("I want to die. " + "x" * 5_000) == [town.words(danger.STILL_HERE)]


def test_ordinary_words_bring_no_card(town: Town, ana: Phone) -> None:
    """Nor does a name that is part of a word."""
    town.round()
    assert ana.types("I am afraid of benches, and of dying of laughter.")[0].startswith("Kept.")


@pytest.mark.parametrize("words", ["I am afraid of Ben.", "I am afraid of ben miller!", "I'm afraid of Miller."])
def test_a_part_of_the_name_is_enough(words: str) -> None:
    """People write the first name, however a platform has it."""
    town = Town()
    town.ben.name = "Ben Miller"
    town.seat()
    town.ana.presses("Yes, that is Ben Miller")
    assert town.ana.types(words)[0].startswith(CARD)


def test_nobody_s_name_is_no_word(town: Town, ana: Phone, ben: Phone) -> None:
    """Of a partner who deleted everything no name is left: nothing is taken for it."""
    town.couple()
    ben.gives("delete")
    ben.presses("delete everything")
    ana.gives("village")
    ana.types("I am afraid of benches.")
    assert not any(told.text.startswith(CARD) for told in ana.told)


def test_nothing_else_is_said_to_whoever_writes_on(town: Town, ana: Phone, ben: Phone) -> None:
    """Not the first words of all, nor that no question is open, nor that the other has left quietly meanwhile."""
    town.couple()
    ben.gives("leave")
    ben.presses("leave quietly")
    ana.types("I want to die.")
    assert ana.types("Please help me.") == [town.words(danger.STILL_HERE)]
    assert town.eve.types("I want to die.")[0].startswith(CARD)
    assert town.eve.types("Please help me.") == [town.words(danger.STILL_HERE)]
    town.later(7 * HOUR)
    assert ana.types("Hello?")[0].startswith("This space is closed.")
