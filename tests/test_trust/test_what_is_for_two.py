"""What is for two: told to both, more with both, less with one, and a rest with one."""

from __future__ import annotations

import re

import pytest

from bot.commands import rhythm
from bot.people import Couple
from bot.words.content import load_content
from tests.test_bot.phones import DAY, HOUR, Phone, Town
from tests.test_trust.prying import forged, heard, leaves, pair_again, pries, replays, restarts, sets

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


def _drawn(town: Town, tap: str = "") -> list[int]:
    """How deep the cards of a few rounds are, both of whom pass; Ana taps that before she does."""
    depths = list[int]()
    for _ in range(ROUNDS):
        town.later(DAY)
        town.ana.gives("curious")
        asked = str(town.ana.past("curious.asked")["curious.asked"][-1])
        depths += [card.depth for id_, card in CARDS.items() if id_ in asked]
        if tap:
            town.ana.presses("…")
            town.ana.presses(tap)
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


def test_a_wish_for_lighter_ones_is_not_tapped_away(town: Town, ana: Phone, ben: Phone) -> None:
    """Ben would have lighter ones; Ana taps *deeper* under each question, and none is."""
    town.couple()
    town.later(17 * HOUR)
    _wants(ben, "lighter ones")
    depths = _drawn(town, "deeper")
    assert set(depths) == {1}


def test_a_tap_counts_where_nobody_minds(town: Town, ana: Phone) -> None:
    """Without such a wish, *deeper* under each question leads deeper."""
    town.couple()
    town.later(17 * HOUR)
    assert 3 in _drawn(town, "deeper")


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
    leaves(ana, "leave quietly")
    pair_again(ana, ben)
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
        assert re.match(r"Leeway rests until \w+ \d+ \w+: nothing weekly", said)
        assert "Ana" not in said
        return [text for each in shown for text in each if "where it is" not in text]

    assert asked_for_by("Ana") == asked_for_by("Ben")
