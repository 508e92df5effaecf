"""What Ben can learn of what Ana keeps to herself: two plays that differ in nothing else, and all that reaches him."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.commands import lines
from bot.tokens import press_token
from tests.test_bot.phones import DAY, HOUR, MINUTE, Phone, Town

Act = Callable[[Phone], object]

HARMLESS = ("start", "help", "safety", "pair", "rhythm", "over", "history", "export", "nonsense")
SOME = {
    "those that change little": HARMLESS,
    "back": ("back",),
    "not now": ("later", "continue"),
    "another round": ("curious",),
    "stop": ("stop",),
}


def nothing(phone: Phone) -> None:
    """Ana does nothing."""


def _heard(town: Town) -> list[tuple[int, str, list[str]]]:
    """All that ever reached Ben: when, what, and the buttons that he has now."""
    return [(t.at, t.text, [b.label for b in town.ben.buttons[t.message]]) for t in town.ben.told]


def _play(scene: Callable[[Town], None], anas: Act, bens: Act) -> list[tuple[int, str, list[str]]]:
    """A scene; then Ana does something in private, Ben does something, and a few days pass."""
    town = Town()
    scene(town)
    town.now += 5 * MINUTE
    now = town.now
    anas(town.ana)
    town.now = now + 5 * MINUTE
    bens(town.ben)
    town.later(HOUR)
    return _heard(town)


def _after(scene: Callable[[Town], None], anas: Act, days: int) -> list[tuple[int, str, list[str]]]:
    """A scene; then Ana does something in private, and days pass in which Ben does nothing."""
    town = Town()
    scene(town)
    now = town.now + 5 * MINUTE
    anas(town.ana)
    town.now = now
    town.later(days * DAY)
    return _heard(town)


# ---- sealed


def _open_round(town: Town) -> None:
    town.round()


SEALED: dict[str, Act] = {
    "a word": lambda ana: ana.types("Yes."),
    "a long text": lambda ana: ana.types("x" * 4_000),
    "twenty messages": lambda ana: [ana.types(f"Thought {n}.") for n in range(20)],
    "an answer taken back": lambda ana: (ana.types("Yes."), ana.gives("back")),
    "a guess": lambda ana: (ana.types("Yes."), ana.types("No.")),
    "a guess, and how sure": lambda ana: (ana.types("Yes."), ana.types("No."), ana.presses("75")),
    "no guess": lambda ana: ana.answers("Yes."),
    "a guess, and another answer": lambda ana: (ana.types("Yes."), ana.types("No."), ana.presses("change it")),
    "a pass": lambda ana: ana.presses("pass"),
    "not now": lambda ana: ana.gives("later"),
    "a look at safety": lambda ana: ana.gives("safety"),
    "a wish for lighter": lambda ana: (ana.presses("…"), ana.presses("lighter")),
    "words of danger": lambda ana: ana.types("I want to die."),
    "words of danger, and more": lambda ana: (ana.types("I want to die."), ana.types("Sorry."), ana.presses("go on")),
    "danger behind a command": lambda ana: ana.gives("ask", "Do you know that I am afraid of Ben?"),
    "never this one": lambda ana: (ana.presses("…"), ana.presses("never this one")),
}


def _ben_has_answered(ben: Phone) -> None:
    """All that he can do in a round of his own accord, and then his commands."""
    ben.types("Pencils.")
    ben.types("Bees.")
    ben.gives("back")
    ben.types("Bees, I guess.")
    ben.presses("change it")
    ben.types("Pens.")
    _give_all(ben)


def _give_all(ben: Phone) -> None:
    for command in (*HARMLESS, "back", "later", "continue", "curious"):  # a stop would end it for both
        ben.gives(command)


@pytest.mark.parametrize("anas", SEALED.values(), ids=SEALED)
def test_no_command_tells_what_ana_did_before_the_opening(anas: Act) -> None:
    """Whatever Ana answered, or that she did, each of Ben's commands is answered with the same, at the same time."""
    assert _play(_open_round, anas, _give_all) == _play(_open_round, nothing, _give_all)


@pytest.mark.parametrize("anas", SEALED.values(), ids=SEALED)
def test_nothing_tells_who_answers_second(anas: Act) -> None:
    """Ben answers and guesses: what he is told, when, and what its buttons carry is the same with hers in or not."""

    def play(anas: Act) -> tuple[object, object]:
        town = Town()
        town.round()
        now = town.now
        anas(town.ana)
        town.now = now + 20 * MINUTE
        _ben_has_answered(town.ben)
        return _heard(town), [told.buttons for told in town.ben.told]

    assert play(anas) == play(nothing)


@pytest.mark.parametrize("anas", SEALED.values(), ids=SEALED)
def test_no_forged_press_tells_whether_ana_has_answered(anas: Act) -> None:
    """Ben makes up the token of Ana's question, as a rebuilt client can: the answer is the same, open or not."""

    def forge(ben: Phone) -> None:
        session = ben.session("curious")
        his = {prompt.no for prompt in session.open.values() if prompt.to == ben.person.id}
        for number in {1, 2, 3, 4} - his:
            ben.sends(press_token(session.id, number, "pass"))

    assert _play(_open_round, anas, forge) == _play(_open_round, nothing, forge)


@pytest.mark.parametrize("anas", SEALED.values(), ids=SEALED)
def test_three_silent_days_tell_nothing(anas: Act) -> None:
    """While Ben does nothing, what reaches him and when is the same until the round has closed."""
    assert _after(_open_round, anas, 4) == _after(_open_round, nothing, 4)


@pytest.mark.parametrize("anas", SEALED.values(), ids=SEALED)
def test_a_pass_is_told_nothing_of_the_other(anas: Act) -> None:
    """Ben passes: what he is told is the same with hers in or not; but for two passes, which are told to both."""

    def play(anas: Act) -> object:
        return _play(_open_round, anas, lambda ben: ben.presses("pass"))

    assert play(anas) == play(nothing) or anas is SEALED["a pass"]


STILL_AT_IT = (
    "a word",
    "a long text",
    "twenty messages",
    "a guess",
    "an answer taken back",
    "a guess, and another answer",
)


@pytest.mark.parametrize("what", STILL_AT_IT)
def test_an_old_guess_stands_until_the_opening(what: str) -> None:
    """Ben's quarter of an hour is over, and his guess still open: that Ana has answered does not close it."""

    def play(anas: Act) -> object:
        town = Town()
        town.round()
        town.ben.types("Pencils.")
        town.later(20 * MINUTE)
        now = town.now
        anas(town.ana)
        town.now = now + 10 * MINUTE
        town.tick()
        _give_all(town.ben)
        return _heard(town)

    assert play(SEALED[what]) == play(nothing)


def test_nobody_hears_how_sure_somebody_was() -> None:
    """Whatever Ana tapped, all that reaches Ben is the same, from the opening to the last word."""

    def guessed(percent: str) -> Act:
        return lambda ana: (ana.types("Bees."), ana.types("Pencils."), ana.presses(percent))

    def grade(ben: Phone) -> None:
        ben.answers("Pens.")
        ben.presses("near")

    assert _play(_open_round, guessed("0"), grade) == _play(_open_round, guessed("100"), grade)


# ---- private: the evening at the table, and what was done with a pass


def _after_the_table(town: Town) -> None:
    """The two talked instead; the next evening each is asked what they heard, and Ben has answered."""
    town.round()
    town.ben.presses("at the table tonight")
    town.later(DAY + HOUR)
    town.ben.types("Geese.")
    town.forget()


def _ana_may_show(town: Town) -> None:
    """Ana wrote, Ben passed: she alone decides whether hers is shown."""
    town.round()
    town.ana.answers("Mine.")
    town.ben.presses("pass")
    town.later(HOUR)
    town.forget()


PRIVATE: dict[str, tuple[Callable[[Town], None], Act]] = {
    "heard something": (_after_the_table, lambda ana: ana.types("That he fears geese.")),
    "did not get to it": (_after_the_table, lambda ana: ana.presses("we did not get to it")),
    "writes of danger": (_after_the_table, lambda ana: ana.types("That I want to die.")),
    "keeps hers": (_ana_may_show, lambda ana: ana.presses("keep it")),
}


@pytest.mark.parametrize("commands", SOME.values(), ids=SOME)
@pytest.mark.parametrize("deed", PRIVATE)
def test_no_command_tells_what_ana_did_in_private(deed: str, commands: tuple[str, ...]) -> None:
    """Ben's own part is over: no command of his tells whether hers is."""
    scene, anas = PRIVATE[deed]

    def give(ben: Phone) -> None:
        for command in commands:
            ben.gives(command)

    assert _play(scene, anas, give) == _play(scene, nothing, give)


@pytest.mark.parametrize(("scene", "anas"), PRIVATE.values(), ids=PRIVATE)
def test_no_button_tells_what_ana_did_in_private(scene: Callable[[Town], None], anas: Act) -> None:
    """Nor does any button that he ever had, nor one made up."""
    town = Town()
    scene(town)
    hers = [session.id for session in town.ana.sessions]  # the same in every play

    def press_all(ben: Phone) -> None:
        tokens = {button.token for told in ben.told for button in told.buttons}
        tokens |= {press_token(s, n, o) for s in hers for n in range(1, 6) for o in ("show", "pass", "not-yet")}
        tokens |= {f"v1:c:{c}:{session}" for session in hers for c in ("stop", "back", "later", "continue", "over")}
        for token in sorted(tokens):
            ben.sends(token)

    assert _play(scene, anas, press_all) == _play(scene, nothing, press_all)


@pytest.mark.parametrize(("scene", "anas"), PRIVATE.values(), ids=PRIVATE)
def test_no_edit_tells_what_ana_did_in_private(scene: Callable[[Town], None], anas: Act) -> None:
    """An edit of what he wrote then is answered the same."""

    def edit_all(ben: Phone) -> None:
        for number in range(1, 60):
            ben.edits(f"own.{number}", "Something else.")

    assert _play(scene, anas, edit_all) == _play(scene, nothing, edit_all)


@pytest.mark.parametrize(("scene", "anas"), PRIVATE.values(), ids=PRIVATE)
def test_no_silence_tells_what_ana_did_in_private(scene: Callable[[Town], None], anas: Act) -> None:
    """Nor do nine days without a word of his: the weekly question comes at the same minute."""
    assert _after(scene, anas, 9) == _after(scene, nothing, 9)


def test_a_private_question_does_not_hold_back_the_week() -> None:
    """Ana has not said what she heard; the weekly question comes to both all the same."""
    town = Town()
    town.couple()
    town.later(5 * DAY)
    town.ana.gives("rhythm")
    town.ana.presses("another evening")
    town.ana.presses("Sunday 19:00")
    town.later(DAY)
    _after_the_table_from_here(town)
    couple = town.ana.couple
    assert couple is not None
    assert couple.next_due is not None
    town.later(couple.next_due - town.now + HOUR)
    assert town.ben.session("curious").waits_for(town.ben.person.id)


def _after_the_table_from_here(town: Town) -> None:
    town.ana.gives("curious")
    town.ben.presses("at the table tonight")
    town.later(DAY)


# ---- others


def test_who_stops_their_own_part_is_not_told_of(town: Town, ana: Phone, ben: Phone) -> None:
    """Ana's part is over; that Ben then leaves his is nothing that she hears of."""
    town.round()
    town.ana.presses("at the table tonight")
    town.later(DAY + HOUR)
    ana.types("Geese.")
    ben.gives("stop")
    assert ana.news() == []


def test_a_session_of_ana_s_own_is_nothing_to_ben(town: Town, ana: Phone, ben: Phone) -> None:
    """A press on what is Ana's alone is answered like a press on what never was."""
    town.couple()
    ana.gives("rhythm")
    session = ana.session("rhythm").id
    assert ben.sends(press_token(session, 1, "usual")) == [town.words(lines.STALE)]
    assert ben.sends(press_token(type(session)(session + 1), 1, "usual")) == [town.words(lines.STALE)]


def test_safety_leaves_no_trace(town: Town, ana: Phone) -> None:
    """A look at the card is kept nowhere but as an event that was seen."""
    town.couple()
    before = (ana.person, ana.sessions, ana.past("curious.asked"))
    ana.gives("safety")
    assert (ana.person, ana.sessions, ana.past("curious.asked")) == before
