"""Time for oneself: what the other is told, what they can do about it, and what nobody is asked."""

from __future__ import annotations

import re

import pytest

from bot.commands import lines
from bot.words.content import CONTENT, load_content
from bot.words.sentences import find_sentences
from tests.test_bot.phones import DAY, HOUR, MINUTE, Phone, Town
from tests.test_trust.prying import (
    at_noon,
    forged,
    heard,
    pries,
    replays,
    restarts,
    sets,
    takes_time,
    worlds,
)

SECRET = "The bookshop by the river"
ABOUT_TIME = {
    *("space", "own_time", "whens", "spans", "proposals", "meanwhile", "afterwards", "asking_back", "near"),
}
NOT_ASKED = re.compile(r"\b(where|with whom|who with|whom|location|place|photo|prove|proof|address)\b", re.IGNORECASE)
HARMLESS = {"Where in your body could you tell that the time was yours?"}  # not where somebody was


def _plans(ana: Phone, who_tells: str, *message: str) -> None:
    """Ana plans two hours of tomorrow evening; `message`: what she taps, or writes, when words are proposed."""
    ana.gives("space")
    ana.types("tomorrow at 20:00")
    ana.presses("two hours")
    ana.types(SECRET)
    for said in message or ("this one",):
        ana.presses(said) if said in ana.labels() else ana.types(said)
    ana.presses(who_tells)


def _in_her_time(town: Town) -> None:
    """Ana has two hours for herself, and Ben was told."""
    at_noon(town)
    takes_time(town.ana)


# ---- space: how it is planned, and what the partner is told


def test_a_time_of_return_is_required(town: Town, ana: Phone) -> None:
    """No other words are taken for it, and whoever passes gets half an hour, not a time without an end."""
    at_noon(town)
    ana.gives("space", "now")
    for words in ("whenever", "I do not know", "never", "2 days"):
        ana.types(words)
    assert [prompt.name for prompt in ana.session("space").open.values()] == ["until"]
    (proposed,) = ana.gives("skip")
    assert "; then I am back." in proposed


def test_what_for_is_private(town: Town, ana: Phone, ben: Phone) -> None:
    """Also where the time itself is told of, to somebody who tries everything."""
    at_noon(town)
    _plans(ana, "send it")
    pries(ben, [session.id for session in ana.sessions])
    town.later(3 * DAY)
    assert SECRET in str(ana.past("space.purpose"))
    assert not any(SECRET in told.text for told in ben.told)


def test_the_message_has_three_parts(town: Town, ana: Phone, ben: Phone) -> None:
    """Love and okay, the need, the time of return: each that is proposed, and in his own time."""
    at_noon(town)
    _plans(ana, "send it")
    (sent,) = (told.text for told in ben.told if "asked me to pass this on" in told.text)
    assert re.search(r"I love you, and we are fine\. I need some time to myself\.\n", sent)
    assert sent.endswith("at 21:00 until 23:00; then I am back.")


def test_the_message_can_be_edited(town: Town, ana: Phone, ben: Phone) -> None:
    """Or another one taken; the time of return stays below it."""
    at_noon(town)
    _plans(ana, "send it", "another", "I like you. I am tired.")
    (sent,) = (told.text for told in ben.told if "asked me to pass this on" in told.text)
    assert re.search(r"\nI like you\. I am tired\.\nFrom .* until 23:00; then I am back\.$", sent)


ENDS = {
    "by itself": (),
    "when she is back": ("I'm back",),
    "not today": ("not today after all",),
    "longer": ("a little longer", "30 minutes", "I'm back"),
}


@pytest.mark.parametrize("ends", ENDS.values(), ids=ENDS)
@pytest.mark.parametrize("who_tells", ["nobody", "I'll tell them myself"])
def test_nobody_means_nobody_and_i_myself_means_not_leeway(who_tells: str, ends: tuple[str, ...]) -> None:
    """Now, over all of it and after it, however it ends: nothing that Ben hears or tries tells him of it."""

    def takes(ana: Phone) -> None:
        takes_time(ana, who_tells)
        for label in ends:
            ana.presses(label)

    one, other = worlds(at_noon, takes)
    assert one == other


def test_a_plan_that_nobody_is_told_of_is_told_by_nothing() -> None:
    """Before it, while it lasts and after it."""
    one, other = worlds(at_noon, lambda ana: _plans(ana, "nobody"))
    assert one == other


def test_the_partner_gets_it_at_once_or_in_the_next_waking_hour(town: Town, ana: Phone, ben: Phone) -> None:
    """At noon at once; at three in the morning when his quiet hours are over."""
    at_noon(town)
    takes_time(ana)
    assert ben.told[-2].at == town.now
    ana.presses("I'm back")
    town.later(15 * HOUR)
    town.forget()
    takes_time(ana, how_long="12 hours")
    assert ben.news() == []
    town.later(6 * HOUR)
    assert any("pass this on" in said for said in ben.news())


@pytest.mark.parametrize("title", ["Busy", "My evening"])
def test_a_calendar_file_comes_only_on_a_tap(town: Town, ana: Phone, title: str) -> None:
    """Nothing of it before; its title is Busy, or her own words, and never what the time is for."""
    at_noon(town)
    _plans(ana, "send it")
    assert not any("For your calendar" in told.text for told in ana.told)
    ana.presses("a calendar file")
    ana.types(title)
    (entry,) = (told.text for told in ana.told if "For your calendar" in told.text)
    assert entry == f"For your calendar: {title}"


# ---- the partner who waits


def _own_time(town: Town) -> object:
    session = town.ana.session("own-time")
    return session.open, session.timers, session.answers, session.done


def _changes_the_couple(ben: Phone) -> None:
    sets(ben, "another evening", "Sunday 19:00")
    sets(ben, "a rest", "two weeks")
    sets(ben, "end the rest")


def _changes_himself(ben: Phone) -> None:
    ben.gives("settings", "zone")
    ben.types("Tokyo")
    ben.gives("settings", "quiet")
    ben.types("none")


def _asks_for_her(ben: Phone) -> None:
    ben.gives("curious")
    ben.gives("ask", "where are you?")
    ben.gives("near")
    ben.presses("a talk without phones")
    ben.presses("right now")
    ben.presses("an hour")
    ben.presses("this one")
    ben.presses("send it")


TRIES = {
    "everything": lambda ben: pries(ben, [session.id for session in ben.town.ana.sessions]),
    "her buttons": lambda ben: [ben.sends(b.token) for told in ben.town.ana.told[-3:] for b in told.buttons],
    "made-up buttons": lambda ben: [ben.sends(t) for t in forged([s.id for s in ben.town.ana.sessions])],
    "his own again": replays,
    "the rhythm": _changes_the_couple,
    "his clock": _changes_himself,
    "questions": _asks_for_her,
    "stopping": lambda ben: ben.gives("stop"),
    "a restart": lambda ben: restarts(ben.town),
    "leaving": lambda ben: (ben.gives("leave"), ben.presses("leave now")),
}


@pytest.mark.parametrize("tries", TRIES.values(), ids=TRIES)
def test_the_waiting_partner_can_neither_shorten_nor_extend_it(town: Town, tries: object) -> None:
    """Whatever Ben does: her time runs as it ran, and ends in the minute in which it would have."""
    _in_her_time(town)
    ends, before = town.ana.person.silent_until, _own_time(town)
    assert callable(tries)
    tries(town.ben)
    assert (_own_time(town), town.ana.person.silent_until) == (before, ends)
    assert ends is not None
    town.later(ends - town.now + MINUTE)
    (over,) = (told.at for told in town.ana.told if told.text.startswith("Welcome back."))
    assert 0 <= over - ends <= MINUTE


def test_time_of_his_own_changes_nothing_about_hers(town: Town, ana: Phone, ben: Phone) -> None:
    """Ben takes five hours and tells her: hers stays as it was, and is over when it would have been."""
    _in_her_time(town)
    ends, before = ana.person.silent_until or 0, _own_time(town)
    takes_time(ben, how_long="5 hours")
    assert _own_time(town) == before
    town.later(ends - town.now + MINUTE)
    assert [session.exercise for session in ana.sessions if session.exercise == "own-time"] == []


def test_during_it_the_bot_is_silent_to_both(town: Town, ana: Phone, ben: Phone) -> None:
    """Whatever either begins, the other hears nothing of it until it is over."""
    _in_her_time(town)
    town.forget()
    _asks_for_her(ben)
    assert ana.news() == []
    ben.news()
    ana.gives("curious")
    town.later(HOUR)
    assert ben.news() == []


def test_the_week_s_prompt_waits(town: Town, ana: Phone, ben: Phone) -> None:
    """Its evening comes in the middle of her time: it goes to neither of the two before the end."""
    town.couple()
    town.later(7 * DAY - 3 * HOUR)
    takes_time(ana, how_long="6 hours")
    town.forget()
    town.later(5 * HOUR)
    assert [said for said in (*ana.news(), *ben.news()) if "?" in said] == []
    ana.presses("I'm back")
    town.later(22 * HOUR)
    assert any("pass" in [b.label for b in told.buttons] for told in ana.told[-3:])
    assert any("pass" in [b.label for b in told.buttons] for told in ben.told[-3:])


def test_one_kind_word_is_asked_for_once(town: Town, ana: Phone, ben: Phone) -> None:
    """Pressed again, after a restart, from the older message: Ana is asked once."""
    at_noon(town)
    _plans(ana, "send it")
    token = ben.token("one kind word before you go?")
    for _ in range(3):
        ben.sends(token)
        restarts(town)
    replays(ben)
    assert [told.text for told in ana.told if "one kind word" in told.text and "Only if you like" in told.text] == [
        "Ben asks: one kind word before you go? Only if you like."
    ]


def _asked_for_a_word(town: Town) -> None:
    at_noon(town)
    _plans(town.ana, "send it")
    town.ben.presses("one kind word before you go?")


def test_answering_is_free() -> None:
    """She leaves it unsaid, or does not even look: Ben hears the same."""
    one, other = worlds(_asked_for_a_word, lambda ana: ana.presses("leave it unsaid"))
    assert one == other


def test_enjoy_it_is_passed_on_once(town: Town, ana: Phone, ben: Phone) -> None:
    """However often it is pressed."""
    _in_her_time(town)
    token = ben.token("enjoy it")
    for _ in range(3):
        ben.sends(token)
    town.later(3 * HOUR)
    assert [told.text for told in ana.told].count("Ben wished you a good time.") == 1


# ---- while it lasts, and afterwards


def test_back_and_not_today_are_there_until_it_ends(town: Town, ana: Phone) -> None:
    """In the last minute, too; a minute after it they do nothing any more."""
    _in_her_time(town)
    town.later(HOUR + 58 * MINUTE)
    assert {"I'm back", "not today after all"} <= set(ana.labels())
    tokens = ana.token("I'm back"), ana.token("not today after all")
    town.later(3 * MINUTE)
    assert [ana.sends(token) for token in tokens] == [[town.words(lines.STALE)]] * len(tokens)


def test_it_is_extended_once_with_a_new_time_of_return(town: Town, ana: Phone, ben: Phone) -> None:
    """Ben hears when she is back; the second time the button does nothing."""
    _in_her_time(town)
    token = ana.token("a little longer")
    town.forget()
    ana.presses("a little longer")
    ana.presses("30 minutes")
    assert [re.sub(r"\d+:\d+", "…", said) for said in ben.news()] == ["Ana takes a little longer, and is back at …."]
    until = ana.person.silent_until
    assert ana.sends(token) == [town.words(lines.STALE)]
    assert ana.person.silent_until == until


def test_the_reminder_before_the_end_is_for_the_taker_alone(town: Town, ana: Phone, ben: Phone) -> None:
    """A quarter of an hour before it; Ben hears nothing then."""
    _in_her_time(town)
    ends = ana.person.silent_until or 0
    town.forget()
    town.later(2 * HOUR - 10 * MINUTE)
    assert [told.at for told in ana.told if told.text.startswith("About a quarter of an hour left.")] == [
        ends - 15 * MINUTE
    ]
    assert ben.news() == []


def _over(town: Town) -> None:
    """Ana's time, that Ben was told of, is over."""
    _in_her_time(town)
    town.later(3 * HOUR)


def _tells(ana: Phone, how: str) -> None:
    ana.types(SECRET)
    ana.types("It was quiet.")
    ana.presses(how)


def test_what_is_kept_of_it_is_kept() -> None:
    """She wrote what she did and kept it, or wrote nothing: Ben hears the same."""
    one, other = worlds(_over, lambda ana: _tells(ana, "keep it"))
    assert one == other


def test_only_what_is_shared_is_met_with_three_questions(town: Town, ana: Phone, ben: Phone) -> None:
    """Three to choose one from, or none."""
    _over(town)
    town.forget()
    _tells(ana, "share it")
    shown, asked = ben.news()
    assert SECRET in shown
    assert asked.count("?") == 1 + 3
    assert ben.labels() == ["1", "2", "3", "none, I just listen"]


def _shared_and_asked(town: Town) -> None:
    _over(town)
    _tells(town.ana, "share it")
    town.ben.presses("2")


def test_no_answer_about_it_is_owed() -> None:
    """Ana passes on his question, or says nothing: Ben hears the same."""
    one, other = worlds(_shared_and_asked, lambda ana: ana.presses("pass"))
    assert one == other


# ---- never asked


def test_it_is_never_asked_where_or_with_whom() -> None:
    """In no sentence of these conversations, nor in a question about a time that is over."""
    said = [s.key for s in find_sentences(CONTENT.parent)[0] if s.path.stem in ABOUT_TIME]
    said += [question.text for question in load_content().decks["afterwards"].questions["en"].values()]
    assert len(said) > len(ABOUT_TIME)
    assert [sentence for sentence in said if NOT_ASKED.search(sentence) and sentence not in HARMLESS] == []


@pytest.mark.parametrize("what", ["location", "photo", "voice"])
def test_no_location_and_no_proof(town: Town, ana: Phone, ben: Phone, what: str) -> None:
    """What is sent as one is not taken, changes nothing and goes to nobody."""
    _in_her_time(town)
    before, seen = _own_time(town), heard(ben)
    assert ana.shows(what) == [town.words(lines.NOT_TEXT)]
    assert (_own_time(town), heard(ben)) == (before, seen)


def test_now_is_two_taps_and_half_an_hour_stands_first(town: Town, ana: Phone) -> None:
    """How long, and who hears of it."""
    at_noon(town)
    ana.gives("space", "now")
    began = town.now
    assert ana.labels()[0] == "30 minutes"
    ana.presses("30 minutes")
    ana.presses("nobody")
    assert began + 29 * MINUTE <= (ana.person.silent_until or 0) <= began + 30 * MINUTE


def test_it_is_a_day_at_most(town: Town, ana: Phone) -> None:
    """Not more by asking for more, nor by making it longer."""
    at_noon(town)
    ana.gives("space", "now")
    assert "a day at most" in ana.types("25 hours")[0]
    begins = town.now
    ana.types("23 hours 50 minutes")
    ana.presses("send it")
    ana.presses("a little longer")
    ana.presses("an hour")
    assert (ana.person.silent_until or 0) <= begins + DAY
