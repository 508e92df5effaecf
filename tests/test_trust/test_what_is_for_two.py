"""What is for two: told to both, more with both, less with one, a rest with one, and one alone may leave."""

from __future__ import annotations

import re

import pytest

from bot.commands import lines, rhythm
from bot.people import Couple
from bot.words.content import load_content
from tests.test_bot.phones import DAY, HOUR, Phone, Town
from tests.test_trust.prying import forged, heard, pries, replays, restarts, sets

WORDING = load_content().wording
CARDS = {card.id: card for card in load_content().cards["curiosity"]}
LIGHTEST, MIDDLE = 1, 2
ROUNDS = 4


# ---- a change of a couple's setting is told to both in neutral words


SETTINGS: dict[str, tuple[str, ...]] = {
    "the evening": ("another evening", "Sunday 19:00"),
    "a rest": ("a rest", "two weeks"),
    "what fits us": ("what fits us", "grief", "done"),
    "lighter questions": ("lighter or deeper", "lighter ones"),
}


def _change(who: str, labels: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """One of the two changes something at noon; what that one, and then the other, is told of it."""
    town = Town()
    town.couple()
    town.later(17 * HOUR)
    phone, other = (town.ana, town.ben) if who == "Ana" else (town.ben, town.ana)
    town.forget()
    sets(phone, *labels)
    return [phone.told[-1].text], other.news()


@pytest.mark.parametrize("labels", SETTINGS.values(), ids=SETTINGS)
def test_a_change_is_told_to_both_in_neutral_words(labels: tuple[str, ...]) -> None:
    """At once, in the same words, without a name."""
    told, other = _change("Ana", labels)
    assert told == other
    assert len(other) == 1
    assert not re.search(r"\b(Ana|Ben|partner)\b", other[0])
    assert list(WORDING.objections(other[0], "en")) == []


@pytest.mark.parametrize("labels", SETTINGS.values(), ids=SETTINGS)
def test_nothing_tells_whose_change_it_was(labels: tuple[str, ...]) -> None:
    """Ben reads the same of Ana's change as Ana of his."""
    assert _change("Ana", labels) == _change("Ben", labels)


def test_a_clock_that_moves_the_week_is_told_without_the_place(town: Town, ana: Phone, ben: Phone) -> None:
    """Ana is somewhere else: Ben is told at most when his next question comes."""
    town.couple()
    town.later(17 * HOUR)
    town.forget()
    ana.gives("settings", "zone")
    ana.types("Tokyo")
    told = ben.news()
    assert ana.person.zone == "Asia/Tokyo"
    assert not re.search(r"Tokyo|Japan|Ana|clock|zone", " ".join(told))


# ---- showing more needs both, showing less needs one


def _wants(phone: Phone, how: str) -> str:
    """Says how deep questions may go, and hears that."""
    sets(phone, "lighter or deeper", how)
    return phone.told[-1].text


def _depth(town: Town) -> int:
    """How much deeper the questions of the two are than they come."""
    return min(_couple(town).depths)


def _couple(town: Town) -> Couple:
    couple = town.ana.couple
    assert couple is not None
    return couple


def _drawn(town: Town) -> list[int]:
    """How deep the cards of a few rounds are, both of whom pass."""
    depths = list[int]()
    for _ in range(ROUNDS):
        town.later(DAY)
        town.ana.gives("curious")
        asked = str(town.ana.past("curious.asked")["curious.asked"][-1])
        depths += [card.depth for id_, card in CARDS.items() if id_ in asked]
        town.ana.presses("pass")
        town.ben.presses("pass")
    return depths


def test_showing_more_needs_both(town: Town, ana: Phone, ben: Phone) -> None:
    """Deeper counts once the second one wants it, and then both are told."""
    town.couple()
    town.later(17 * HOUR)
    town.forget()
    assert (_wants(ana, "deeper ones"), ben.news()) == (town.words(rhythm.DEPTH_WAITS), [])
    assert _depth(town) == 0
    assert _wants(ben, "deeper ones") == ana.told[-1].text == town.words(rhythm.DEPTHS[1])
    assert _depth(town) == 1


def test_one_alone_does_not_get_more_however_often(town: Town, ana: Phone, ben: Phone) -> None:
    """Asked for ten times, pressed again, after a restart, from another zone: it stays as it is, and Ben hears
    nothing."""
    town.couple()
    town.later(17 * HOUR)
    town.forget()
    for _ in range(10):
        _wants(ana, "deeper ones")
    restarts(town)
    ana.gives("settings", "zone")
    ana.types("Berlin")
    replays(ana)
    before = heard(ben)
    _wants(ana, "deeper ones")
    assert _depth(town) <= 0
    assert heard(ben) == before


def test_nobody_presses_the_other_s_yes_to_more(town: Town, ana: Phone, ben: Phone) -> None:
    """Ana makes up the button of Ben's open screen."""
    town.couple()
    _wants(ana, "deeper ones")
    sets(ben, "lighter or deeper")
    for token in [*(b.token for b in ben.told[-1].buttons), *forged([s.id for s in ben.sessions])]:
        ana.sends(token)
    assert _depth(town) == 0


def test_more_than_the_two_had_does_not_come_with_the_one_who_comes_back(town: Town, ana: Phone, ben: Phone) -> None:
    """Ana wanted deeper, leaves and pairs anew: that wish is gone, and Ben's alone does not count."""
    town.couple()
    _wants(ana, "deeper ones")
    _leaves(ana, "leave quietly")
    _pair_again(ana, ben)
    assert _wants(ben, "deeper ones") == town.words(rhythm.DEPTH_WAITS)
    assert _depth(town) == 0


def test_showing_less_needs_one(town: Town, ana: Phone, ben: Phone) -> None:
    """Lighter counts at once, whatever the other wanted: the cards of all rounds are light ones."""
    town.couple()
    _wants(ben, "deeper ones")
    _wants(ana, "lighter ones")
    assert _depth(town) == -1
    assert set(_drawn(town)) == {LIGHTEST}


def test_where_nobody_asks_for_less_there_is_more(town: Town) -> None:
    """What the test before this one forbids does happen otherwise."""
    town.couple()
    assert max(_drawn(town)) >= MIDDLE


def test_who_wants_more_cannot_undo_the_other_s_less(town: Town, ana: Phone, ben: Phone) -> None:
    """Ben tries all that he has; lighter is it until Ana says otherwise."""
    town.couple()
    _wants(ana, "lighter ones")
    for how in ("as they come", "deeper ones", "as they come"):
        assert _wants(ben, how) == town.words(rhythm.DEPTH_WAITS)
    pries(ben, [session.id for session in ana.sessions])
    assert _depth(town) == -1
    _wants(ana, "as they come")
    _wants(ben, "as they come")
    assert _depth(town) == 0


def test_more_ends_as_soon_as_one_wants_less(town: Town, ana: Phone, ben: Phone) -> None:
    """Both had agreed to deeper ones; one alone takes that back."""
    town.couple()
    _wants(ana, "deeper ones")
    _wants(ben, "deeper ones")
    _wants(ana, "as they come")
    assert _depth(town) == 0


# ---- a rest: one is enough, no name, no reason


def test_a_pause_needs_one(town: Town, ana: Phone) -> None:
    """Two taps, and it holds: no question and no reminder in it."""
    town.round()
    town.later(HOUR)
    sets(ana, "a rest", "four weeks")
    town.forget()
    before = len(town.ben.told)
    town.later(3 * DAY - 2 * HOUR)
    assert len(town.ben.told) == before
    town.later(DAY)
    closed = len(town.ben.told)
    town.later(20 * DAY)
    assert len(town.ben.told) == closed


def test_a_pause_has_no_reason(town: Town, ana: Phone) -> None:
    """It is not asked for, and words that give one are not taken."""
    town.couple()
    sets(ana, "a rest")
    (prompt,) = ana.session("rhythm").open.values()
    assert not prompt.free
    assert ana.types("Because of my mother.")[0] != ""
    ana.presses("two weeks")
    assert not any("mother" in told.text for told in town.ben.told)


def test_a_pause_has_no_name(town: Town, ana: Phone, ben: Phone) -> None:
    """Until when, and nothing else; what /rhythm shows is the same whoever it was."""

    def asked_for_by(who: str) -> list[str]:
        town = Town()
        town.couple()
        town.later(17 * HOUR)
        sets(town.ana if who == "Ana" else town.ben, "a rest", "two weeks")
        shown = [town.ben.gives("rhythm"), town.ben.gives("help"), town.ben.gives("settings")]
        said = town.ana.told[-1].text
        assert re.match(r"Leeway rests until \w+ \d+ \w+: no weekly question", said)
        assert "Ana" not in said
        return [text for each in shown for text in each if "where it is" not in text]

    assert asked_for_by("Ana") == asked_for_by("Ben")


# ---- leaving


def _leaves(phone: Phone, how: str) -> None:
    phone.gives("leave")
    phone.presses(how)


def _pair_again(one: Phone, other: Phone) -> None:
    one.gives("pair")
    other.gives("start", one.code())
    other.presses(f"Fine, and link me with {one.name}")
    one.presses(f"Yes, that is {other.name}")


def test_leaving_is_at_once_and_alone(town: Town, ana: Phone, ben: Phone) -> None:
    """Two taps of hers, in the middle of a round, with nobody asked; Ben does what he can and it stays so."""
    town.round()
    _leaves(ana, "leave now")
    assert ana.couple is ben.couple is None
    town.forget()
    pries(ben)
    restarts(town)
    replays(ben)
    town.later(30 * DAY)
    assert ana.couple is None
    assert ana.news() == []


def test_leaving_works_when_the_other_is_gone(town: Town, ana: Phone) -> None:
    """Ben has not been there for two months."""
    town.couple()
    town.later(60 * DAY)
    _leaves(ana, "leave quietly")
    assert ana.couple is None


def test_quietly_nothing_is_sent(town: Town, ben: Phone) -> None:
    """No message, no edit, no button that goes away: only the weekly question and what belongs to rounds stay away."""
    town.couple()
    before = heard(ben)
    _leaves(town.ana, "leave quietly")
    town.later(30 * DAY)
    assert heard(ben) == before


def test_quietly_rounds_end_unseen(town: Town, ana: Phone, ben: Phone) -> None:
    """Both are in it: neither reads the other's words, not then and not when Ben answers all the same."""
    town.round()
    ana.answers("A lake.")
    ben.types("A hill.")
    _leaves(ana, "leave quietly")
    town.later(HOUR)
    ben.types("A hill, still.")
    pries(ben)
    replays(ana)
    town.later(4 * DAY)
    assert not any("A lake." in told.text for told in ben.told)
    assert not any("A hill" in told.text for told in ana.told)


def test_quietly_does_not_tell_when(town: Town) -> None:
    """She left on one day or on the next: Ben comes on the fourth, and reads the same."""

    def left(days: int) -> object:
        town = Town()
        town.couple()
        since = town.now
        town.later(days * DAY)
        _leaves(town.ana, "leave quietly")
        town.later(since + 4 * DAY - town.now)
        pries(town.ben)
        return heard(town.ben)

    assert left(1) == left(2)


def test_whoever_comes_next_reads_that_this_space_is_closed(town: Town, ben: Phone) -> None:
    """Ben does, before anything else; the reason and the day are not in it."""
    town.round()
    _leaves(town.ana, "leave quietly")
    town.later(3 * DAY)
    assert ben.gives("curious")[0] == town.words(lines.SPACE_CLOSED)
    assert not re.search(r"Ana|left|\d", town.words(lines.SPACE_CLOSED))


def test_what_was_opened_stays_in_each_one_s_history(town: Town, ana: Phone, ben: Phone) -> None:
    """In his as in hers, whoever left."""
    town.couple()
    couple = _couple(town)
    _leaves(ana, "leave quietly")
    pries(ben)
    with town.store.turn() as unit:
        past = unit.past(["curious.opened.0", "curious.opened.1"], couple.people, couple.id)
    assert past["0"] == past["1"]
    assert "A lighthouse keeper." in str(past["1"])
    assert "A circus director." in str(past["0"])


def test_pairing_anew_needs_the_other_s_yes(town: Town, ana: Phone, ben: Phone) -> None:
    """Ben, who was left, has her old code and invites her anew: without her own tap there is no couple."""
    town.couple()
    code = ana.code()
    _leaves(ana, "leave quietly")
    ben.gives("start", code)
    ben.gives("pair", code)
    ben.gives("pair")
    pries(ben, [session.id for session in ana.sessions])
    town.later(2 * DAY)
    assert ana.couple is ben.couple is None
