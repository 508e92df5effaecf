"""Leaving: at once and alone, now or quietly, and nothing that the other tries changes it."""

from __future__ import annotations

import re

from bot.commands import lines
from tests.test_bot.phones import DAY, HOUR, Phone, Town
from tests.test_trust.prying import heard, leaves, pries, replays, restarts


def test_leaving_is_at_once_and_alone(town: Town, ana: Phone, ben: Phone) -> None:
    """Two taps of hers, in the middle of a round, with nobody asked; Ben does what he can and it stays so."""
    town.round()
    leaves(ana, "leave now")
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
    leaves(ana, "leave quietly")
    assert ana.couple is None


def test_quietly_nothing_is_sent(town: Town, ben: Phone) -> None:
    """In the middle of a round: no message, no edit, no button that goes away, for a month."""
    town.round()
    before = heard(ben)
    leaves(town.ana, "leave quietly")
    town.later(30 * DAY)
    assert heard(ben) == before


def test_quietly_rounds_end_unseen(town: Town, ana: Phone, ben: Phone) -> None:
    """Both are in it: neither reads the other's words, not then and not when Ben answers all the same."""
    town.round()
    ana.answers("A lake.")
    ben.types("A hill.")
    leaves(ana, "leave quietly")
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
        leaves(town.ana, "leave quietly")
        town.later(since + 4 * DAY - town.now)
        pries(town.ben)
        return heard(town.ben)

    assert left(1) == left(2)


def test_whoever_comes_next_reads_that_this_space_is_closed(town: Town, ben: Phone) -> None:
    """Ben does, before anything else; the reason and the day are not in it."""
    town.round()
    leaves(town.ana, "leave quietly")
    town.later(3 * DAY)
    assert ben.gives("curious")[0] == town.words(lines.SPACE_CLOSED)
    assert not re.search(r"Ana|left|\d", town.words(lines.SPACE_CLOSED))


def test_what_was_opened_stays_in_each_one_s_history(town: Town, ana: Phone, ben: Phone) -> None:
    """In his as in hers, whoever left."""
    town.couple()
    couple = ana.couple
    assert couple is not None
    leaves(ana, "leave quietly")
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
    leaves(ana, "leave quietly")
    ben.gives("start", code)
    ben.gives("pair", code)
    ben.gives("pair")
    pries(ben, [session.id for session in ana.sessions])
    town.later(2 * DAY)
    assert ana.couple is ben.couple is None
