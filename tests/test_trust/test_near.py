"""Time together: a wish in three parts, and a no is fine."""

from __future__ import annotations

import re

from tests.test_bot.phones import DAY, Phone, Town
from tests.test_trust.prying import at_noon, forged, pries, replays, restarts, worlds


def _wishes(phone: Phone, when: str = "tomorrow at 20:00", who_tells: str = "send it") -> None:
    phone.gives("near")
    phone.presses("a walk")
    phone.types(when)
    phone.presses("an hour")
    phone.presses("this one")
    phone.presses(who_tells)


def _wished(town: Town) -> None:
    """Ben has sent a wish to Ana."""
    at_noon(town)
    _wishes(town.ben)


def test_a_wish_has_three_parts(town: Town, ana: Phone, ben: Phone) -> None:
    """What one likes, the wish, the freedom to decline; and three answers."""
    _wished(town)
    said = ana.told[-1].text
    assert re.search(r"I like us.*\nI would like a walk, .*\nA no is fine\.\n", said)
    assert "a no needs no reason" in said
    assert ana.labels() == ["yes", "another time", "not now"]


def test_the_freedom_to_decline_cannot_be_taken_out(town: Town, ana: Phone, ben: Phone) -> None:
    """Whatever Ben writes himself, it stands below it."""
    at_noon(town)
    ben.gives("near")
    ben.types("you, at once")
    ben.types("tomorrow at 20:00")
    ben.presses("an hour")
    ben.types("You owe me.")
    ben.presses("send it")
    assert "\nA no is fine.\n" in ana.told[-1].text


def test_a_no_is_fine(town: Town, ana: Phone, ben: Phone) -> None:
    """One tap, no question why; Ben reads a no, without a reason, and cannot turn it into anything else."""
    _wished(town)
    asked = len(ana.told)
    assert len(ana.presses("not now")) == 1
    assert ben.news()[-1] == "Ana says: not now. It was good to ask."
    pries(ben, [session.id for session in ana.sessions])
    restarts(town)
    assert not any("walk" in told.text for told in ana.told[asked:])


def test_nobody_says_yes_for_the_other(town: Town, ana: Phone, ben: Phone) -> None:
    """Ben presses her buttons, and makes up others."""
    _wished(town)
    for token in [b.token for b in ana.told[-1].buttons] + forged([s.id for s in ana.sessions]):
        ben.sends(token)
    assert not any("says yes" in told.text for told in ben.told)
    assert ana.session("near-reply").waits_for(ana.person.id)


def test_silence_is_no_answer() -> None:
    """Ana reads it and does nothing, or keeps it for later: Ben hears nothing at all, and the same."""
    one, other = worlds(_wished, lambda ana: ana.gives("later"))
    assert one == other


def test_nobody_is_asked_twice_for_a_day(town: Town, ana: Phone, ben: Phone) -> None:
    """After a no, Ben wishes for the same day again and again: it does not reach her."""
    _wished(town)
    ana.presses("not now")
    ben.gives("near")
    ben.presses("to be held")
    for _ in range(2):
        assert "That day already has one. Which other day?" in ben.types("tomorrow at 21:00")[0]
    assert ben.types("tomorrow at 9 pm") == ["Another time, then."]
    replays(ben)
    assert len([told for told in ana.told if "A no is fine." in told.text]) == 1


def test_a_wish_that_nobody_is_told_of_is_told_by_nothing() -> None:
    """Ana wished, and kept it or says it herself: Ben hears the same."""
    for who_tells in ("nobody", "I'll say it myself"):
        one, other = worlds(at_noon, lambda ana, who=who_tells: _wishes(ana, who_tells=who))  # type: ignore[misc]
        assert one == other


def test_no_answer_to_a_wish_is_asked_for_again(town: Town, ana: Phone) -> None:
    """Nothing more of it comes to Ana, before its time or after it."""
    _wished(town)
    before = len(ana.told)
    town.later(2 * DAY)
    assert len(ana.told) == before
