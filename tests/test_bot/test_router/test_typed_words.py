"""Rule 5: where typed words go."""

import pytest

from bot.commands import lines
from bot.engine.exercise import ALONE, exercise
from bot.engine.moments import hours
from bot.engine.session import Side, Tap
from bot.engine.talk import Talk, options
from bot.engine.text import T, Words
from tests.test_bot.phones import HOUR, MINUTE, Phone, Town

ASIDE = Side("easier", T("Deeper"), Tap.ANSWER)


@exercise("table", scope=ALONE)
def two_kinds(talk: Talk) -> None:
    """A question in free words, then one with choices and own words; each answer is said back."""
    thought = talk.ask("thought", "What is it?", sides=(ASIDE,))
    if isinstance(thought, Words):
        talk.say("Thought: {thought}", thought=thought)
    kind = talk.choose("kind", "Which?", options(red=T("Red wine"), two=T("Water")), own_words=True)
    talk.say("Kind: {kind}", kind=T(kind) if isinstance(kind, str) else kind)
    talk.ask("end", "And then?")


@exercise("table", scope=ALONE)
def later_on(talk: Talk) -> None:
    """A question, and another that time brings an hour later."""
    talk.ask("first", "First?")
    talk.pause("an-hour", talk.moment("now").plus(hours(1)))
    talk.say("Heard: {heard}", heard=talk.ask("second", "Second?"))


# ---- which question


def test_words_go_to_the_one_question_that_is_open(town: Town, ana: Phone) -> None:
    """With one question open, typed words are its answer, and nothing names it."""
    town.begin()
    told = ana.types("A lighthouse keeper.")
    assert told[0].startswith("Kept, and sealed.")
    assert len(told) == 1


def test_of_two_questions_the_one_delivered_last_gets_the_words(town: Town, ana: Phone) -> None:
    """With two questions open, words without a reply go to the one that came last."""
    _rhythm_and_round(town)
    assert ana.types("Something new.")[1].startswith("Kept.")


def test_a_reply_goes_to_the_question_it_replies_to(town: Town, ana: Phone) -> None:
    """A reply counts for its question, though another one came later."""
    _rhythm_and_round(town)
    ana.types("another evening", reply_to=ana.message("What would you like"))
    assert ana.told[-1].text.startswith("Once a week")


def test_with_more_than_one_open_the_acknowledgement_names_the_question(town: Town, ana: Phone) -> None:
    """Who has two questions before them reads which one their words went to."""
    _rhythm_and_round(town)
    told = ana.types("another evening", reply_to=ana.message("What would you like"))
    assert told[0] == town.words(lines.ANSWERED, question=T("What would you like to change?"))


def test_a_reply_to_an_older_copy_goes_to_its_question(town: Town, ana: Phone) -> None:
    """Of a question that was put twice either message means that question, though another one came later."""
    town.round()
    first = ana.message("")
    ana.gives("continue")
    assert ana.message("") != first
    ana.gives("rhythm")
    assert ana.types("A lighthouse.", reply_to=first)[1].startswith("Kept.")


def test_a_reply_to_what_is_over_is_no_answer(town: Town, ana: Phone, ben: Phone) -> None:
    """Nothing of it is kept, and the question that is open stays open: it may be one that opens to the other."""
    town.round()
    over = ana.message("")
    ana.answers("A lighthouse.")
    ben.answers("A ship.")
    ana.gives("curious")
    assert ana.types("I mind your ship.", reply_to=over) == [town.words(lines.TOO_LATE)]
    assert ana.types("A workshop.")[0].startswith("Kept.")
    assert not any("mind" in told for told in ben.answers("A desk."))


def test_a_reply_to_an_answered_question_is_added(town: Town, ana: Phone, ben: Phone) -> None:
    """However late, as long as the answer can change; the question that is open now gets none of it."""
    town.round()
    question = ana.message("")
    ana.answers("A lighthouse.")
    town.later(HOUR)
    ana.gives("rhythm")
    assert ana.types("And a ship.", reply_to=question) == [town.words(lines.ADDED)]
    ben.answers("A desk.")
    assert any("A lighthouse." in told.text and "And a ship." in told.text for told in ben.told)


def test_a_reply_to_a_line_that_asks_nothing_goes_to_the_open_question(town: Town, ana: Phone) -> None:
    """A reply to something that is no question is like words without a reply."""
    town.begin()
    told = ana.types("A lighthouse keeper.", reply_to=ana.message("Wanting to be close"))
    assert told[0].startswith("Kept, and sealed.")


def test_words_that_no_question_takes_are_answered_with_one_line(town: Town, ana: Phone) -> None:
    """Where nothing is open and nothing can change, there is one line and the way to help."""
    town.couple()
    assert ana.types("Good night.") == [town.words(lines.NO_QUESTION)]
    assert ana.labels() == ["what there is"]


# ---- held while somebody is there


def test_a_prompt_nobody_asked_for_waits_while_they_write(town: Town, ana: Phone) -> None:
    """Within ten minutes of Ana's last word, what time brings does not come between."""
    _table_alone(town)
    town.later(HOUR - 2 * MINUTE)
    ana.types("Good evening.")
    town.later(9 * MINUTE)
    assert "Second?" not in ana.news()


def test_a_prompt_nobody_asked_for_comes_after_ten_silent_minutes(town: Town, ana: Phone) -> None:
    """Ten minutes after Ana's last word it is there."""
    _table_alone(town)
    town.later(HOUR - 2 * MINUTE)
    ana.types("Good evening.")
    town.later(11 * MINUTE)
    assert "Second?" in ana.news()


def test_a_tap_holds_a_prompt_like_a_word(town: Town, ana: Phone) -> None:
    """Who has just tapped is there, too."""
    _table_alone(town)
    town.later(HOUR - MINUTE)
    ana.sends("v1:c:safety:")
    town.later(9 * MINUTE)
    assert "Second?" not in ana.news()


def test_another_persons_words_hold_nothing(town: Town, ana: Phone) -> None:
    """What comes to Ana waits for Ana alone."""
    _table_alone(town)
    town.later(HOUR - MINUTE)
    town.eve.gives("start")
    town.later(2 * MINUTE)
    assert "Second?" in ana.news()


# ---- older than the question


def test_words_older_than_the_question_belong_to_the_answer_before(town: Town, ana: Phone) -> None:
    """A second message that was on its way is added to the answer, not to the question that came meanwhile."""
    town.begin()
    ana.types("A lighthouse keeper.")
    sent = town.now + 2
    ana.gives("rhythm")
    told = ana.types("With a dog.", at=sent)
    assert told == [town.words(lines.ADDED)]
    assert ana.session("curious").answers["0/answer"].value == {
        "words": ["A lighthouse keeper.", "With a dog."],
        "by": ana.person.id,
    }


def test_words_older_than_the_question_and_nothing_to_add_to(town: Town, ana: Phone) -> None:
    """Where the answer before can no longer change, they get one line and the question stays open."""
    _table_alone(town)
    before = town.now
    town.later(HOUR + 20 * MINUTE)
    assert ana.types("Late.", at=before + 1) == [town.words(lines.NO_QUESTION)]
    assert ana.session("table").waits_for(ana.person.id)


def test_words_of_the_second_in_which_the_question_came_are_its_answer(town: Town, ana: Phone) -> None:
    """Platforms tell time in seconds: the same second counts as after."""
    town.begin()
    assert ana.types("Quick.", at=ana.told[-1].at)[0].startswith("Kept, and sealed.")


def test_a_thought_in_two_messages_is_one_answer(town: Town, ana: Phone) -> None:
    """What follows within ten minutes is added while the answer can still change."""
    town.begin()
    ana.types("A lighthouse keeper.")
    assert ana.types("With a dog.") == [town.words(lines.ADDED)]


def test_twenty_messages_at_once_are_acknowledged_twice(town: Town, ana: Phone) -> None:
    """The first is kept, the second is added; the further ones go in without a word."""
    town.begin()
    told = [line for n in range(20) for line in ana.types(f"Thought {n}.")]
    assert len(told) == 2
    value = ana.session("curious").answers["0/answer"].value
    assert isinstance(value, dict)
    assert value["words"] == [f"Thought {n}." for n in range(20)]


def test_after_ten_minutes_words_are_no_addition(town: Town, ana: Phone) -> None:
    """A later message is a message of its own."""
    town.begin()
    ana.types("A lighthouse keeper.")
    town.later(10 * MINUTE)
    assert ana.types("Good night.") == [town.words(lines.NO_QUESTION)]


# ---- choices in words


@pytest.mark.parametrize("typed", ["1", "red wine", "RED WINE", "Red  wine."])
def test_a_label_or_a_number_is_the_choice(town: Town, ana: Phone, typed: str) -> None:
    """An exact label, in any case, or its number is the option."""
    _at_the_choice(town)
    assert "Kind: red" in ana.types(typed)


def test_all_else_is_own_words_where_they_are_welcome(town: Town, ana: Phone) -> None:
    """With own words welcome, what is no label is kept as it was typed."""
    _at_the_choice(town)
    assert "Kind: red wine, please" in ana.types("red wine, please")


@pytest.mark.parametrize("typed", ["2", "Deeper", "deeper", "1"])
def test_words_never_mean_a_side_tap(town: Town, ana: Phone, typed: str) -> None:
    """To a question in free words "2" and "Deeper" are words, whatever stands beside it."""
    town.begin()
    ana.types("One.")
    town.with_exercises(two_kinds)
    _fresh_table(town)
    assert f"Thought: {typed}" in ana.types(typed)


@pytest.mark.parametrize("typed", ["yes", "Yes!", "yep", "1"])
def test_words_for_yes_are_yes(town: Town, ben: Phone, typed: str) -> None:
    """A yes-or-no question understands the words of its language."""
    town.link()
    ben.types("A circus director.")
    assert ben.told[-1].text.startswith("Is it ")
    ben.types(typed)
    assert ben.person.zone_confirmed


@pytest.mark.parametrize("typed", ["no", "nope", "2"])
def test_words_for_no_are_no(town: Town, ben: Phone, typed: str) -> None:
    """And those for no."""
    town.link()
    ben.types("A circus director.")
    assert ben.types(typed)[-1] == "What time is it for you? A city will do, too."


def test_words_that_are_no_choice_get_a_hint_with_the_question(town: Town, ben: Phone) -> None:
    """A question with choices is put again, with its hint above."""
    town.link()
    ben.types("A circus director.")
    (told,) = ben.types("Perhaps.")
    assert told.startswith("One of the buttons, please, or its number.\n\nIs it ")


def test_the_hint_comes_at_most_once_a_minute(town: Town, ben: Phone) -> None:
    """Whoever types on is not scolded at every message."""
    town.link()
    ben.types("A circus director.")
    ben.types("Perhaps.")
    assert ben.types("Or not.") == []


@pytest.mark.parametrize("typed", ["", " ", "\x00", "\n\t"])
def test_blank_words_are_no_answer(town: Town, ana: Phone, typed: str) -> None:
    """A message of nothing is asked for once more."""
    town.begin()
    (told,) = ana.types(typed)
    assert told.startswith("I did not get that.")


@pytest.mark.parametrize(
    "typed",
    ["*bold* <b>x</b> [a](b)", "\u202eabc\u202c", "{name} %s {0}", "\ud800 alone", "a\x00b", "𝔘𝔫𝔦", "v1:p:1:1:yes"],
)
def test_odd_words_are_kept_and_shown_as_they_are(town: Town, typed: str) -> None:
    """Markup, marks and braces are words; only NUL bytes and lone surrogates cannot be carried."""
    town.link()
    town.ben.types(typed)
    carried = typed.replace("\x00", "").replace("\ud800", "\ufffd")
    assert any(told.text.endswith(f"Ben wrote: {carried}") for told in town.ana.told)


def test_the_longest_message_is_taken_and_a_longer_one_is_not(town: Town, ana: Phone) -> None:
    """4,000 characters are carried; one more is told how many there are, and the question stays."""
    town.begin()
    assert ana.types("x" * 4_001) == [town.words(lines.TOO_LONG, most=4_000, length=4_001)]
    assert ana.types("x" * 4_000)[0].startswith("Kept, and sealed.")


def test_a_hundred_thousand_characters_lose_no_session(town: Town, ana: Phone) -> None:
    """An enormous message is answered with one sentence, and all is as before."""
    town.begin()
    before = ana.session("curious")
    ana.types("y" * 100_000)
    assert ana.session("curious") == before


# ---- scenes


def _rhythm_and_round(town: Town) -> None:
    """Ana is asked about her rhythm; then Ben begins a round."""
    town.couple()
    town.later(HOUR)
    town.ana.gives("rhythm")
    town.ben.gives("curious")
    town.later(MINUTE)
    town.forget()


def _fresh_table(town: Town) -> None:
    """The session that Ana has is stopped, and she has the test's own exercise before her."""
    town.ana.gives("stop")
    town.ana.gives("curious")


def _at_the_choice(town: Town) -> None:
    town.begin()
    town.with_exercises(two_kinds)
    _fresh_table(town)
    town.ana.types("A thought.")


def _table_alone(town: Town) -> None:
    """Ana has answered a question of her own; the next comes in an hour."""
    town.begin()
    town.with_exercises(later_on)
    _fresh_table(town)
    town.ana.types("One.")
