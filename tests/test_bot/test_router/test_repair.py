"""Leave, take back, pass, keep the place, come back, begin again; and what somebody edits."""

import pytest

from bot.commands import lines
from bot.engine.exercise import ALONE, exercise
from bot.engine.moments import hours
from bot.engine.session import Side, Tap
from bot.engine.talk import Talk
from bot.engine.text import T
from tests.test_bot.phones import DAY, HOUR, MINUTE, Phone, Town

BEYOND = "9" * 19
ENDLESS = "9" * 5_000


@exercise("table", scope=ALONE)
def one_then_another(talk: Talk) -> None:
    """Two questions with an hour between."""
    talk.ask("first", "First?", sides=(Side("pass", T("pass"), Tap.ANSWER),))
    talk.pause("an-hour", talk.moment("now").plus(hours(1)))
    talk.ask("second", "Second?")


def _help_button(phone: Phone, label: str) -> str:
    phone.gives("help")
    return phone.token(label)


# ---- /stop


def test_stop_ends_the_round_for_both_with_a_neutral_line(town: Town, ana: Phone, ben: Phone) -> None:
    """Who stops reads it; the other reads that it is closed, and not by whom."""
    town.round()
    assert ana.gives("stop") == [town.words(lines.STOPPED)]
    assert ben.news() == [town.words(lines.STOPPED_BY_OTHER)]
    assert ana.sessions == ben.sessions == []


def test_a_sealed_answer_stays_with_its_writer_when_stopped(town: Town, ana: Phone, ben: Phone) -> None:
    """What Ana wrote is hers alone."""
    town.round()
    ana.types("Half a thought.")
    ben.gives("stop")
    kept = "curious.kept.answer"
    assert len(ana.past(kept)[kept]) == 1
    assert ben.past(kept)[kept] == []


def test_stop_with_nothing_open_says_so(town: Town, ana: Phone) -> None:
    """There is nothing to stop."""
    town.couple()
    assert ana.gives("stop") == [town.words(lines.NOTHING_TO_STOP)]


def test_an_old_stop_button_stops_nothing_else(town: Town, ana: Phone) -> None:
    """A button under a round that is over leaves the next round alone."""
    town.round()
    old = _help_button(ana, "stop here")
    ana.gives("stop")
    ana.gives("curious")
    assert ana.sends(old) == [town.words(lines.STALE)]
    assert ana.session("curious").waits_for(ana.person.id)


@pytest.mark.parametrize("command", ["stop", "back", "later", "continue", "over"])
@pytest.mark.parametrize("argument", ["0", "1", BEYOND, ENDLESS])
def test_a_button_of_no_session_is_stale(town: Town, ana: Phone, command: str, argument: str) -> None:
    """A number that names no session, however long it is, is answered with one line and changes nothing."""
    town.round()
    before = ana.session("curious")
    assert ana.gives(command, argument) == [town.words(lines.STALE)]
    assert ana.session("curious") == before


@pytest.mark.parametrize("command", ["stop", "back", "later", "continue", "over"])
def test_anothers_session_is_as_if_it_were_none(town: Town, ana: Phone, eve: Phone, command: str) -> None:
    """Eve, who knows the number of Ana's session, can do nothing with it and learns nothing."""
    town.round()
    town.begin(eve)
    before = ana.session("curious")
    assert eve.gives(command, str(before.id)) == [town.words(lines.STALE)]
    assert ana.session("curious") == before


@pytest.mark.parametrize("argument", ["", "please", "it", "٣", "-1", "1.0"])
def test_words_behind_stop_do_not_matter(town: Town, ana: Phone, argument: str) -> None:
    """Typed, /stop is for what one is in."""
    town.round()
    assert ana.gives("stop", argument) == [town.words(lines.STOPPED)]


# ---- /back


def test_back_asks_the_same_question_again(town: Town, ana: Phone) -> None:
    """Before the opening an answer can be taken back."""
    town.round()
    ana.types("Half a thought.")
    (told,) = ana.gives("back")
    assert told.endswith("?")
    assert ana.session("curious").answers == {}


def test_back_after_the_opening_takes_nothing(town: Town, ana: Phone, ben: Phone) -> None:
    """What is open stays open."""
    town.round()
    ana.answers("Mine.")
    ben.answers("Yours.")
    assert ana.gives("back") == [town.words(lines.NOTHING_BACK)]


def test_back_never_takes_the_others_answer(town: Town, ana: Phone, ben: Phone) -> None:
    """Ben has answered nothing yet, so there is nothing of his."""
    town.round()
    ana.types("Mine.")
    assert ben.gives("back") == [town.words(lines.NOTHING_BACK)]
    assert "0/answer" in ana.session("curious").answers


def test_an_old_change_it_button_takes_back_nothing_else(town: Town, ana: Phone, ben: Phone) -> None:
    """The button under an answer that has opened leaves the answer of the next round alone."""
    town.round()
    ana.answers("Mine.")
    old = ana.token("change it")
    ben.answers("Yours.")
    ana.gives("curious")
    ana.types("The next one.")
    assert ana.sends(old) == [town.words(lines.STALE)]
    assert "0/answer" in ana.session("curious").answers


# ---- /skip


def test_skip_passes_what_can_be_passed(town: Town, ana: Phone) -> None:
    """A pass is an answer."""
    town.round()
    assert ana.gives("skip") == ["Passed. A pass opens nothing by itself; for a quarter of an hour you can change it."]


def test_skip_says_where_nothing_can_be_passed(town: Town, ana: Phone) -> None:
    """A choice has no pass."""
    town.begin()
    ana.gives("stop")
    ana.gives("curious")
    assert ana.gives("skip") == [town.words(lines.NO_SKIP)]


def test_skip_with_nothing_open(town: Town, ana: Phone) -> None:
    """There is no question."""
    town.couple()
    assert ana.gives("skip") == [town.words(lines.NO_QUESTION)]


# ---- not now, /continue


def test_words_after_not_now_are_no_answer(town: Town, ana: Phone) -> None:
    """What Ana types is not for the question she set aside; the way back is offered."""
    town.round()
    ana.gives("later")
    assert ana.types("Did you buy milk?") == [town.words(lines.ASIDE)]
    assert ana.labels() == ["continue"]
    assert ana.session("curious").answers == {}


def test_continue_puts_the_question_again(town: Town, ana: Phone) -> None:
    """And then words are its answer."""
    town.round()
    ana.gives("later")
    (told,) = ana.presses("continue")
    assert told.endswith("?")
    assert ana.types("A cow.")[0].startswith("Kept.")


def test_continue_as_a_typed_command_comes_back_too(town: Town, ana: Phone) -> None:
    """Nobody has to find the button."""
    town.round()
    ana.gives("later")
    (told,) = ana.gives("continue")
    assert told.endswith("?")


def test_continue_with_nothing_open(town: Town, ana: Phone) -> None:
    """There is no question."""
    town.couple()
    assert ana.gives("continue") == [town.words(lines.NO_QUESTION)]


def test_a_tap_on_the_question_comes_back_to_it(town: Town, ana: Phone) -> None:
    """Who presses its button is in it again."""
    town.round()
    ana.gives("later")
    ana.presses("…")
    assert ana.session("curious").aside == frozenset()


def test_a_reply_to_the_question_comes_back_to_it(town: Town, ana: Phone) -> None:
    """Words that reply to the question are its answer, set aside or not."""
    town.round()
    question = ana.told[-1].message
    ana.gives("later")
    assert ana.types("A cow.", reply_to=question)[0].startswith("Kept.")
    assert ana.session("curious").aside == frozenset()


def test_not_now_is_for_oneself_alone(town: Town, ana: Phone, ben: Phone) -> None:
    """Ben's question stays as it is, and he is told nothing."""
    town.round()
    ana.gives("later")
    assert ben.news() == []
    assert ben.types("A cow.")[0].startswith("Kept.")


def test_not_now_with_nothing_open(town: Town, ana: Phone) -> None:
    """There is no question."""
    town.couple()
    assert ana.gives("later") == [town.words(lines.NO_QUESTION)]


def test_continue_where_time_goes_on(town: Town, ana: Phone) -> None:
    """Between two questions there is nothing to do."""
    _alone(town)
    ana.types("One.")
    assert ana.gives("continue", str(ana.session("table").id)) == [town.words(lines.GOES_ON_BY_ITSELF)]


# ---- /over


def test_start_over_begins_one_s_own_exercise_anew(town: Town, ana: Phone) -> None:
    """The old session is over, a new one has the first question open."""
    _alone(town)
    ana.types("One.")
    before = ana.session("table").id
    ana.gives("curious")
    assert ana.presses("start over") == ["First?"]
    assert ana.session("table").id != before


def test_start_over_twice_is_stale(town: Town, ana: Phone) -> None:
    """The button was for the session that is over."""
    _alone(town)
    ana.gives("curious")
    token = ana.token("start over")
    ana.sends(token)
    assert ana.sends(token) == [town.words(lines.STALE)]


def test_a_couples_round_is_not_begun_again_by_one(town: Town, ana: Phone) -> None:
    """Continue is offered, start over is not; forged, it does nothing."""
    town.round()
    ana.gives("curious")
    assert ana.labels() == ["continue"]
    assert ana.gives("over", str(ana.session("curious").id)) == [town.words(lines.STALE)]


# ---- edits


def test_an_edit_changes_the_answer(town: Town, ana: Phone) -> None:
    """Before the opening, an edited message is the answer as it stands then."""
    town.round()
    ana.types("Mien.")
    assert ana.edits(_own(town), "Mine.") == [town.words(lines.CHANGED)]
    assert ana.session("curious").answers["0/answer"].value == {"words": ["Mine."], "by": ana.person.id}


def test_an_edit_of_the_second_message_changes_that_part(town: Town, ana: Phone) -> None:
    """Each message of a thought is a part of its own."""
    town.round()
    ana.answers("Mine.")
    ana.types("And yuors.")
    ana.edits(_own(town), "And yours.")
    assert ana.session("curious").answers["0/answer"].value == {
        "words": ["Mine.", "And yours."],
        "by": ana.person.id,
    }


def test_an_edit_after_the_opening_changes_nothing(town: Town, ana: Phone, ben: Phone) -> None:
    """The session is over; an edit has nothing to say."""
    town.round()
    ana.types("Mine.")
    message = _own(town)
    ana.presses("no guess this time")
    ben.answers("Yours.")
    assert ana.edits(message, "Not mine.") == [town.words(lines.STAYS)]


@pytest.mark.parametrize("changed", ["", "  ", "x" * 4_001])
def test_an_edit_to_nothing_or_too_much_stays_as_it_was(town: Town, ana: Phone, changed: str) -> None:
    """What cannot be an answer does not become one."""
    town.round()
    ana.types("Mine.")
    assert ana.edits(_own(town), changed) == [town.words(lines.STAYS)]


def test_an_edit_of_an_answer_that_was_taken_back_changes_nothing(town: Town, ana: Phone) -> None:
    """The new answer stays what it is."""
    town.round()
    ana.types("First.")
    message = _own(town)
    ana.gives("back")
    ana.types("Second.")
    assert ana.edits(message, "Not this.") == [town.words(lines.STAYS)]
    assert ana.session("curious").answers["0/answer"].value == {"words": ["Second."], "by": ana.person.id}


def test_an_edit_of_anothers_message_is_nothing(town: Town, ana: Phone, ben: Phone) -> None:
    """Message ids are of an account."""
    town.round()
    ana.types("Mine.")
    assert ben.edits(_own(town), "Theirs.") == [town.words(lines.STAYS)]
    assert ana.session("curious").answers["0/answer"].value == {"words": ["Mine."], "by": ana.person.id}


# ---- what is no text, what is no more


@pytest.mark.parametrize("what", ["photo", "voice", "sticker", "file"])
def test_what_is_no_text_gets_one_line(town: Town, ana: Phone, what: str) -> None:
    """The question stays open."""
    town.round()
    assert ana.shows(what) == [town.words(lines.NOT_TEXT)]
    assert ana.session("curious").waits_for(ana.person.id)


def test_words_for_an_exercise_that_is_gone(town: Town, ana: Phone) -> None:
    """A deploy took the exercise away: one kind sentence, and the session is over."""
    _alone(town)
    town.without("table")
    assert ana.types("One.") == [town.words(lines.GONE)]
    assert ana.sessions == []


@pytest.mark.parametrize("command", ["stop", "back", "skip"])
def test_a_command_in_an_exercise_that_is_gone(town: Town, ana: Phone, command: str) -> None:
    """Whatever they do, they read it once."""
    _alone(town)
    town.without("table")
    assert ana.gives(command) == [town.words(lines.GONE)]
    assert ana.sessions == []


def test_a_tap_in_an_exercise_that_is_gone(town: Town, ana: Phone) -> None:
    """A press is answered with the same sentence."""
    _alone(town)
    town.without("table")
    assert ana.presses("pass") == [town.words(lines.GONE)]


def test_an_edit_in_an_exercise_that_is_gone(town: Town, ana: Phone) -> None:
    """So is an edit."""
    _alone(town)
    ana.types("One.")
    town.without("table")
    assert ana.edits(_own(town), "Two.") == [town.words(lines.GONE)]


def test_a_second_thought_in_an_exercise_that_is_gone(town: Town, ana: Phone) -> None:
    """And what would have been added."""
    town.begin()
    ana.types("One.")
    town.without("curious")
    assert ana.types("Two.") == [town.words(lines.GONE)]


def test_a_timer_of_an_exercise_that_is_gone(town: Town, ana: Phone) -> None:
    """Its time ends it, with the same sentence."""
    _alone(town)
    ana.types("One.")
    town.without("table")
    town.later(HOUR)
    assert ana.news() == [town.words(lines.GONE)]
    assert ana.sessions == []


def test_both_hear_that_their_round_is_gone(town: Town, ana: Phone, ben: Phone) -> None:
    """The sentence is for both, and what was sealed stays with its writer."""
    town.round()
    ana.types("Mine.")
    town.without("curious")
    assert ben.types("Yours.") == [town.words(lines.GONE)]
    assert ana.news() == [town.words(lines.GONE)]
    assert len(ana.past("curious.kept.answer")["curious.kept.answer"]) == 1


# ---- rest


def test_a_session_rests_for_thirty_days_and_ends_with_one_line(town: Town, ana: Phone) -> None:
    """A question nobody answered is closed after a month, not before."""
    _alone(town)
    town.later(30 * DAY - MINUTE)
    assert ana.news() == []
    town.later(DAY)
    assert ana.news() == [town.words(lines.EXPIRED)]
    assert ana.sessions == []


def test_words_begin_the_thirty_days_anew(town: Town, ana: Phone) -> None:
    """An event counts, though it was not understood."""
    _alone(town)
    town.later(20 * DAY)
    ana.types("")
    town.later(20 * DAY)
    assert ana.session("table").waits_for(ana.person.id)


def _alone(town: Town) -> None:
    """Ana, alone, has the test's own exercise before her."""
    town.begin()
    town.with_exercises(one_then_another)
    town.ana.gives("stop")
    town.ana.gives("curious")
    town.forget()


def _own(town: Town) -> str:
    """The message that was typed last."""
    return max((m for m in _typed_ids(town)), key=lambda m: int(m.split(".")[1]))


def _typed_ids(town: Town) -> list[str]:
    told = {told.message for phone in town.phones for told in phone.told}
    return [f"own.{n}" for n in range(1, town.messages + 1) if f"bot.{n}" not in told]
