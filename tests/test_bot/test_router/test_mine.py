"""My own person: which cards come, and what is kept of the answers."""

from __future__ import annotations

from bot.exercises.mine import CARDS, SEEN, since_full
from tests.test_bot.phones import Phone, Town


def _sits(phone: Phone, tap: str = "pass") -> list[str]:
    """A sitting in which nothing is written: the cards that came, in their order."""
    phone.gives("mine")
    for _ in range(CARDS):
        phone.presses(tap)
        if tap == "another":
            phone.presses("pass")
    phone.presses("none")
    records = [record for found in phone.past(*(f"mine.{name}" for name in SEEN)).values() for record in found]
    records.sort(key=lambda record: str(record["at"]))
    return [record["value"]["card"]["card"] for record in records]  # type: ignore[index]  # it is JSON


def test_no_card_comes_again_until_the_deck_is_empty(town: Town, ana: Phone) -> None:
    """All of them once, then all of them once more."""
    town.couple()
    deck = [card.id for card in town.library.decks["mine"]]
    sittings = len(deck) // CARDS
    seen = list[str]()
    for _ in range(2 * sittings):
        seen = _sits(ana)
    assert len(deck) == sittings * CARDS
    assert sorted(seen[: len(deck)]) == sorted(seen[len(deck) :]) == sorted(deck)


def test_a_card_that_was_exchanged_has_been_seen(town: Town, ana: Phone) -> None:
    """So that nobody meets twice what they did not want once; and none comes twice at one sitting."""
    town.couple()
    seen = list[str]()
    for sitting in range(1, 12):  # more than the deck has
        seen = _sits(ana, "another")
        assert len(set(seen[-2 * CARDS :])) == 2 * CARDS
        assert len(seen) == sitting * 2 * CARDS
    deck = {card.id for card in town.library.decks["mine"]}
    assert set(seen[: len(deck)]) == deck


def test_a_sitting_goes_from_light_to_deep(town: Town, ana: Phone) -> None:
    """While there are such cards."""
    town.couple()
    depths = {card.id: card.depth for card in town.library.decks["mine"]}
    assert [depths[card] for card in _sits(ana)] == [1, 2, 3]


def test_a_card_that_does_not_fit_stays_in_the_deck(town: Town, ana: Phone) -> None:
    """The circumstances that the two have ticked hold here, too."""
    town.couple()
    ana.gives("rhythm")
    ana.presses("what fits us")
    ana.presses("grief")
    ana.presses("done")
    unfit = {card.id for card in town.library.decks["mine"] if "grief" in card.unfit}
    seen = list[str]()
    for _ in range(8):
        seen = _sits(ana)
    assert unfit
    assert not unfit & set(seen)


def test_a_card_that_comes_again_says_that_the_deck_was_empty() -> None:
    """And only what came since then counts as seen."""
    assert since_full(["a", "b", "c", "b", "d"]) == ["b", "d"]
    assert since_full([]) == []
