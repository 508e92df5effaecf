"""Against control by a partner: what Ben tries, and that it tells him nothing and changes nothing of Ana's."""

from __future__ import annotations

import logging
import re

import pytest
from structlog.testing import capture_logs

from bot.commands import lines
from bot.engine.exercise import ALONE, COUPLE, exercise
from bot.engine.talk import Talk
from bot.events import Blocked, Command, Edited, Pressed
from bot.words.content import load_content
from tests.test_bot.phones import DAY, HOUR, Phone, Town
from tests.test_trust.prying import Act, heard, nothing, pries, restarts, sets, takes_time, worlds

WORDING = load_content().wording
SECRET = "The blue house behind the mill"


def coupled(town: Town) -> None:
    """Ana and Ben, whose first round is over."""
    town.couple()


def in_a_round(town: Town) -> None:
    """Both have a question open."""
    town.round()


def in_a_discreet_round(town: Town) -> None:
    """Both have a question open; Ana has been told no more than that there is something."""
    town.couple()
    town.ana.gives("settings", "discreet")
    town.ana.presses("announced first")
    town.later(DAY)
    town.ben.gives("curious")


# ---- no read receipts


READS: dict[str, Act] = {
    "unfolds the buttons": lambda ana: ana.presses("…"),
    "asks why": lambda ana: (ana.presses("…"), ana.presses("why")),
    "has it put once more": lambda ana: ana.gives("continue"),
    "keeps it for later": lambda ana: ana.gives("later"),
    "sends a photo": lambda ana: ana.shows("photo"),
}


@pytest.mark.parametrize("reads", READS.values(), ids=READS)
def test_no_read_receipts(reads: Act) -> None:
    """Ana has seen the question, or has not: nothing that Ben can do tells."""
    one, other = worlds(in_a_round, reads)
    assert one == other


def test_no_read_receipt_of_what_is_shown_on_a_tap() -> None:
    """Ana taps on what was announced to her: Ben hears the same as if she never had."""
    one, other = worlds(in_a_discreet_round, lambda ana: ana.presses("show"))
    assert one == other


def test_no_receipt_tells_whether_it_has_arrived() -> None:
    """What Ben sends goes to Ana at once or waits for her morning: he is told the same."""

    def quiet(ana: Phone) -> None:
        ana.gives("settings", "quiet")
        ana.types("6 pm to 11 pm")

    def sends(ben: Phone) -> None:
        takes_time(ben)

    one, other = worlds(coupled, quiet, sends, days=0)
    assert one == other


# ---- no last-seen


def _is_there(ana: Phone) -> None:
    for command in ("help", "safety", "settings", "nonsense", "village", "stop"):
        ana.gives(command)
    ana.types("Anybody?")


@pytest.mark.parametrize("hours", [0, 6, 10], ids=["in the evening", "at night", "in the morning"])
def test_no_last_seen(hours: int) -> None:
    """Ana is there, or is not, at whatever hour: what reaches Ben, and when, is the same."""

    def at_that_hour(town: Town) -> None:
        town.couple()
        town.later(hours * HOUR)

    one, other = worlds(at_that_hour, _is_there)
    assert one == other


def test_no_last_seen_by_when_somebody_went_away() -> None:
    """Ana blocks Leeway on one day or on another: Ben hears the same, until long after the weekly question."""

    def went(days: int) -> object:
        town = Town()
        town.couple()
        town.later(days * DAY)
        town.ana.does(Blocked())
        town.later(4 * DAY - town.now % DAY - days * DAY)
        pries(town.ben)
        town.later(9 * DAY)
        return heard(town.ben)

    assert went(1) == went(2)


# ---- no "has not answered"


def _a_silent_round(town: Town) -> list[str]:
    """Ana has answered, Ben never does; all that either is told from then until the end, without buttons."""
    town.round()
    town.ana.answers("A lake.")
    before = len(town.ana.told), len(town.ben.told)
    town.later(4 * DAY)
    town.ana.gives("curious")
    return [t.text for t in (*town.ana.told[before[0] :], *town.ben.told[before[1] :])]


def test_no_message_says_that_somebody_has_not_answered(town: Town) -> None:
    """From the answer to the end of the round, no word that blames, and no name."""
    for said in _a_silent_round(town):
        assert list(WORDING.objections(said, "en")) == []
        assert not re.search(r"\b(Ana|Ben)\b", said)


def test_no_message_counts_it(town: Town) -> None:
    """No number of days, of answers or of reminders."""
    assert [said for said in _a_silent_round(town) if re.search(r"\d|\b(one|two|three|both) of you\b", said)] == []


def test_who_answered_can_tell_that_nothing_has_opened(town: Town, ana: Phone, ben: Phone) -> None:
    """What opens is seen, and so is that it has not; no more than that, however often she asks."""
    town.round()
    ana.answers("A lake.")
    for command in ("curious", "continue", "help", "later"):
        assert not any("Ben wrote" in said for said in ana.gives(command))
    ben.answers("A hill.")
    assert any("Ben wrote: A hill." in said for said in ana.news())


def test_both_read_the_same_at_the_end(town: Town, ana: Phone, ben: Phone) -> None:
    """Who answered and who did not: one line, the same minute."""
    town.round()
    ana.answers("A lake.")
    town.later(4 * DAY)
    assert (ana.told[-1].at, ana.told[-1].text) == (ben.told[-1].at, ben.told[-1].text)


def _ana_may_show(town: Town) -> None:
    town.round()
    town.ana.answers("A lake.")
    town.ben.presses("pass")


@pytest.mark.parametrize("says", ["keep it", "later"])
def test_nothing_says_whether_somebody_has_decided(says: str) -> None:
    """Ben passed, and it is Ana's to show hers or not: she has kept it, or has not looked, and Ben cannot tell."""

    def decides(ana: Phone) -> None:
        ana.presses(says) if says in ana.labels() else ana.gives(says)

    one, other = worlds(_ana_may_show, decides)
    assert one == other


# ---- private things never in the other's log, error, timing, or past


def _writes_in_private(ana: Phone) -> None:
    """What Ana writes for herself, wherever she can."""
    ana.gives("space")
    ana.types("tomorrow at 20:00")
    ana.presses("an hour")
    ana.types(SECRET)
    ana.types(SECRET)
    ana.presses("nobody")


def _puts_into_the_jar(ana: Phone) -> None:
    """A question of hers, that nobody sees before it is drawn."""
    ana.gives("ask", f"{SECRET}, what does it smell of?")
    ana.presses("into the jar")


def test_private_things_are_never_in_a_log(town: Town, ana: Phone, caplog: pytest.LogCaptureFixture) -> None:
    """Neither in what Leeway logs nor in what a library does."""
    caplog.set_level(logging.DEBUG)
    with capture_logs() as logs:
        town.round()
        ana.answers(SECRET)
        _writes_in_private(ana)
        _puts_into_the_jar(ana)
        ana.edits("own.1", SECRET)
        town.later(4 * DAY)
    assert SECRET not in str(logs) + caplog.text


@exercise("village", scope=ALONE)
def failing(talk: Talk) -> None:
    """Breaks with what was typed in its hand."""
    raise RuntimeError(talk.ask("words", "Words?").text)


@exercise("curious", scope=COUPLE)
def failing_for_two(talk: Talk) -> None:
    """The same, with somebody else's part still open."""
    words = talk.ask("words", "Words?", to=talk.people[0])
    raise RuntimeError(words.text)


@pytest.mark.parametrize("command", ["village", "curious"])
def test_private_things_are_never_in_an_error(town: Town, ana: Phone, ben: Phone, command: str) -> None:
    """It breaks with her words in its hand: she is told in other words, he not at all, and the log has its type."""
    town.couple()
    town.later(DAY)
    town.with_exercises(failing, failing_for_two)
    with capture_logs() as logs:
        ana.gives(command)
        town.forget()
        assert ana.types(SECRET) == [town.words(lines.FAILED)]
    assert ben.news() == []
    assert [log["log_level"] for log in logs] == ["error"]
    assert SECRET not in str(logs)


DEEDS: dict[str, Act] = {
    "a village audit": lambda ana: (ana.gives("village"), ana.types("1, 2, 3, 4, 5"), ana.presses("my partner")),
    "what she writes for herself": _writes_in_private,
    "time that nobody is told of": lambda ana: takes_time(ana, "nobody"),
    "time that she tells of herself": lambda ana: takes_time(ana, "I'll tell them myself"),
    "his questions into the jar": lambda ana: ana.gives("ask", "off"),
    "a look at safety": lambda ana: ana.gives("safety"),
    "a leaving that she thinks better of": lambda ana: (ana.gives("leave"), ana.presses("stay")),
    "deeper, for herself alone": lambda ana: sets(ana, "lighter or deeper", "deeper ones"),
    "a restart": lambda ana: restarts(ana.town),
}


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS)
def test_private_things_are_never_in_the_timing(deed: Act) -> None:
    """Nine days with a weekly question in them: what reaches Ben, and in which minute, is the same."""
    one, other = worlds(coupled, deed, nothing, days=9)
    assert one == other


@pytest.mark.parametrize("deed", [*DEEDS.values(), _puts_into_the_jar], ids=[*DEEDS, "a question into the jar"])
def test_private_things_are_told_by_nothing_that_one_tries(deed: Act) -> None:
    """Ben gives all commands, makes up her buttons, edits, replies, and presses all of his own again."""
    one, other = worlds(coupled, deed, days=1)
    assert one == other


def test_private_things_are_never_in_the_other_s_past(town: Town, ana: Phone, ben: Phone) -> None:
    """What the store lets Ben see, whatever of Ana's he asks for."""
    town.couple()
    _writes_in_private(ana)
    _puts_into_the_jar(ana)
    assert SECRET in str(ana.past("space.purpose"))
    assert SECRET not in str(ben.past("space.purpose", "ask.jar", "asked.asked", "drawn.asked", "curious.kept.answer"))


# ---- buttons work only for whom they are for


SCREENS: dict[str, Act] = {
    "rhythm": lambda ana: ana.gives("rhythm"),
    "depth": lambda ana: sets(ana, "lighter or deeper"),
    "leave": lambda ana: ana.gives("leave"),
    "settings": lambda ana: ana.gives("settings", "discreet"),
    "space": lambda ana: (ana.gives("space", "now"), ana.types("2 hours")),
    "own time": lambda ana: takes_time(ana, "nobody"),
    "near": lambda ana: ana.gives("near"),
    "village": lambda ana: ana.gives("village"),
    "jar": lambda ana: ana.gives("ask", "what do you hum?"),
}


@pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS)
@pytest.mark.parametrize("who", ["ben", "eve"])
def test_buttons_work_only_for_whom_they_are_for(town: Town, screen: Act, who: str) -> None:
    """Whoever else presses Ana's hears what a button says that never was, and nothing has changed."""
    town.couple()
    town.begin(town.eve)
    screen(town.ana)
    other: Phone = getattr(town, who)
    hers = [button.token for told in town.ana.told[-3:] for button in town.ana.buttons[told.message]]
    before = town.ana.sessions, town.ana.couple, heard(town.ana)
    for token in (token for token in hers if any(digit.isdigit() for digit in token[5:])):
        assert other.sends(token)[0] == town.words(lines.STALE)
    assert (town.ana.sessions, town.ana.couple, heard(town.ana)) == before


def test_an_answer_is_its_writer_s_alone(town: Town, ana: Phone, ben: Phone) -> None:
    """Ben edits her message, replies to her question, takes back: her words open as she wrote them."""
    town.round()
    ana.answers("A lake.")
    for number in range(town.messages + 1):
        ben.edits(f"own.{number}", "A swamp.")
    for token in [button.token for told in ana.told for button in told.buttons]:
        if token.startswith("v1:p:"):
            ben.sends(token)
    ben.types("A hill.", reply_to=ana.message("Kept."))
    ben.presses("no guess this time")
    assert ben.told[-1].text.endswith("Ana wrote: A lake.")


def test_the_same_press_twice_is_once(town: Town, ana: Phone, ben: Phone) -> None:
    """What Ben pressed does not happen again by pressing it again, after a restart either."""
    town.couple()
    sets(ben, "a rest", "two weeks")
    couple, before = ana.couple, heard(ana)
    restarts(town)
    for told in ben.told[-4:]:
        for button in told.buttons:
            ben.sends(button.token)
    assert (ana.couple, heard(ana)) == (couple, before)


def test_no_time_that_a_message_bears_opens_anything(town: Town, ana: Phone, ben: Phone) -> None:
    """Ben's words come from a week ago, or from next year: hers stay sealed until his answer is in."""
    town.round()
    ana.answers("A lake.")
    for at in (town.now - 7 * DAY, town.now + 2 * DAY):
        for deed in (Command("curious"), Command("back"), Pressed("v1:c:continue:"), Edited("A hill.", "own.1")):
            assert "A lake." not in str(ben.does(deed, at=at))
    ben.answers("A hill.")
    assert "A lake." in ben.told[-1].text
