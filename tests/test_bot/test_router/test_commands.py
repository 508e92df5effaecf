"""Every command in every state, and every button that is none of one's own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot import commanding
from bot.commands import help as helping
from bot.commands import lines, rhythm
from tests.test_bot.phones import MINUTE, Town

Scene = Callable[[Town], None]


def _nobody(town: Town) -> None:
    """Ana has never written."""


def _before_consent(town: Town) -> None:
    town.ana.gives("start")


def _guest(town: Town) -> None:
    """Ana looks at an invitation of Ben's."""
    town.begin(town.ben)
    town.ben.types("A circus director.")
    town.ben.gives("pair")
    town.ana.gives("start", town.ben.code())


def _at_the_table(town: Town) -> None:
    town.begin()
    town.ana.gives("stop")
    town.ana.gives("curious")


def _open_seat(town: Town) -> None:
    town.invite()


def _gone(town: Town) -> None:
    town.round()
    town.without("curious", "table")


STATES: dict[str, Scene] = {
    "unknown": _nobody,
    "before consent": _before_consent,
    "a guest": _guest,
    "alone, first question": Town.begin,
    "alone, at the table": _at_the_table,
    "an open seat": _open_seat,
    "a guest in the seat": Town.seat,
    "just linked": Town.link,
    "linked": Town.couple,
    "in a round": Town.round,
    "its exercise gone": _gone,
}
NOT_MET = ("unknown", "before consent", "a guest")
MET = tuple(state for state in STATES if state not in NOT_MET)
COMMANDS = (*commanding.COMMANDS, "nonsense", "")


def _in(state: str) -> Town:
    town = Town()
    STATES[state](town)
    town.now += MINUTE
    town.forget()
    return town


@pytest.mark.parametrize("argument", ["", "please", "7", "\x00\ud800"])
@pytest.mark.parametrize("state", STATES)
def test_every_command_is_answered_in_every_state(state: str, argument: str) -> None:
    """None fails, none is silent, none tells that something went wrong."""
    for command in COMMANDS:
        told = _in(state).ana.gives(command, argument)
        assert told, command
        assert lines.FAILED.key not in told, command


@pytest.mark.parametrize("state", STATES)
def test_safety_is_the_same_card_in_every_state(state: str) -> None:
    """Whoever asks, and in the middle of whatever, reads the card of their country first."""
    town = _in(state)
    assert town.ana.gives("safety")[0] == town.words(helping.safety("PT"))


@pytest.mark.parametrize("state", STATES)
def test_help_begins_with_the_same_lines_in_every_state(state: str) -> None:
    """What it is, in five lines."""
    town = _in(state)
    assert town.ana.gives("help")[0] == town.words(helping.HELP)


@pytest.mark.parametrize("linked", [True, False])
def test_help_offers_only_what_is_there(linked: bool) -> None:
    """The three moves first; a command that is not built yet has no button, and one that is has one."""
    every = {"village", "curious", "space", "near", "step", "job", "ask", "pair", "rhythm", "leave", "history"}
    every |= {"settings", "safety"}
    shown = [button.command for button in helping.help_buttons(every, linked=linked)]
    assert shown[:3] == ["curious", "village", "space"]
    assert set(shown) == every - ({"pair"} if linked else {"ask", "rhythm", "leave"})
    few = helping.help_buttons({"safety", "space"}, linked=linked)
    assert [button.command for button in few] == ["space", "safety"]
    assert {button.command for button in helping.help_buttons(commanding.COMMANDS, linked=linked)} <= set(
        commanding.COMMANDS
    )


@pytest.mark.parametrize("command", ["help", "safety", "nonsense", "keepsake"])
def test_after_what_asks_nothing_the_question_stands_again(command: str) -> None:
    """The open question is put once more, and it is the same prompt."""
    town = _in("in a round")
    before = town.ana.session("curious").open
    told = town.ana.gives(command)
    assert told[-1].endswith("?")
    assert town.ana.session("curious").open == before


@pytest.mark.parametrize("command", [c for c in COMMANDS if c not in commanding.BEFORE_CONSENT])
def test_before_consent_there_is_the_first_screen(command: str) -> None:
    """All but a few commands wait for it."""
    for state in ("unknown", "before consent"):
        town = _in(state)
        town.ana.gives(command)
        assert town.ana.labels() == ["Fine with me"]
        assert town.ana.person.consent == 0


@pytest.mark.parametrize("deed", ["types", "shows"])
def test_words_before_consent_are_no_answer(deed: str) -> None:
    """Whatever somebody sends first, they read what there is to agree to."""
    town = Town()
    getattr(town.ana, deed)("photo")
    assert town.ana.labels() == ["Fine with me"]


@pytest.mark.parametrize("state", NOT_MET)
def test_nobody_is_linked_or_asked_before_they_agree(state: str) -> None:
    """However many commands they give."""
    town = _in(state)
    for command in COMMANDS:
        town.ana.gives(command)
    assert town.ana.couple is None
    assert {s.exercise for s in town.ana.sessions} <= {"welcome", "guest", "delete", "export"}


def test_stop_before_consent_leaves() -> None:
    """And the next word shows the first screen again."""
    town = _in("before consent")
    assert town.ana.gives("stop") == [town.words(lines.STOPPED)]
    town.ana.types("Hello?")
    assert town.ana.labels() == ["Fine with me"]


def test_start_again_is_help() -> None:
    """Who has agreed is not asked again."""
    town = _in("linked")
    assert town.ana.gives("start") == [town.words(helping.HELP)]


def test_curious_alone_is_a_question_for_the_table() -> None:
    """Without a partner, it is one to carry along."""
    town = _in("alone, first question")
    town.ana.gives("stop")
    assert town.ana.gives("curious")[0].startswith("A question to carry to the table:")


def test_curious_in_the_middle_of_one_offers_to_continue() -> None:
    """One round at a time."""
    town = _in("in a round")
    assert town.ben.gives("curious") == [town.words(lines.ALREADY_IN)]
    assert len(town.ben.sessions) == 1


def test_curious_reaches_both() -> None:
    """A round begun by Ana stands in both chats."""
    town = _in("linked")
    (told,) = town.ana.gives("curious")
    assert town.ben.news() == [told]


def test_rhythm_needs_two() -> None:
    """Alone, the way to an invitation is offered."""
    town = _in("alone, first question")
    assert town.ana.gives("rhythm")[0] == town.words(rhythm.NO_RHYTHM)


def test_rhythm_twice_asks_once() -> None:
    """The second command begins anew; the first question's button is stale."""
    town = _in("linked")
    town.ana.gives("rhythm")
    old = town.ana.token("another evening")
    town.ana.gives("rhythm")
    assert town.ana.sends(old) == [town.words(lines.STALE)]


@pytest.mark.parametrize("command", ["help", "safety"])
def test_a_command_by_button_is_the_command(command: str) -> None:
    """A button under /help does what the typed word does."""
    town = _in("linked")
    assert town.ana.sends(f"v1:c:{command}:") == town.ana.gives(command)


# ---- buttons that mean nothing here


FORGED = (
    "", "x", "v1:p:0:1:pass", "v1:p:zz:1:pass", "v1:p:1y2p0ij32e8e7:1:pass", "v1:p:1y2p0ij32e8e8:1:pass",
    "v1:p:" + "z" * 5_000, "v9:c:help:", "v1:c:help", "\x00", "\ud800", "💌",
)  # fmt: skip


@pytest.mark.parametrize("state", [state for state in STATES if state != "unknown"])
def test_a_forged_button_is_over(state: str) -> None:
    """Garbage, other versions, numbers that are nobody's: one line each, and nothing changes."""
    town = _in(state)
    before = town.ana.sessions
    assert [town.ana.sends(token) for token in FORGED] == [[town.words(lines.STALE)]] * len(FORGED)
    assert town.ana.sessions == before


@pytest.mark.parametrize("option", ["", "nope", "0", "done", "own.0", "more.", "x" * 10_000, "pass:pass", "kept"])
def test_an_option_that_the_question_does_not_have(option: str) -> None:
    """It is over, as far as anybody can tell, and the question stays."""
    town = _in("in a round")
    token = town.ana.token("pass").rpartition(":")[0]
    assert town.ana.sends(f"{token}:{option}") == [town.words(lines.STALE)]
    assert town.ana.session("curious").waits_for(town.ana.person.id)


def test_a_press_twice_counts_once() -> None:
    """The second press of the same button is stale."""
    town = _in("in a round")
    token = town.ana.token("pass")
    assert town.ana.sends(token) != [town.words(lines.STALE)]
    assert town.ana.sends(token) == [town.words(lines.STALE)]


def test_buttons_go_when_their_question_is_answered() -> None:
    """The keyboard of an answered question is taken away."""
    town = _in("in a round")
    message = town.ana.told[-1].message
    town.ana.types("Mine.")
    assert town.ana.buttons[message] == ()


def test_a_folded_row_unfolds_for_the_one_who_taps() -> None:
    """Ana sees the further side taps; Ben's question is as it was."""
    town = _in("in a round")
    his = town.ben.labels()
    town.ana.presses("…")
    assert "never this one" in town.ana.labels()
    assert town.ben.labels() == his
