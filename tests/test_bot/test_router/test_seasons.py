"""The shape of a year: what each week proposes, what comes again after a year, and how sure one was."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from bot.changes import SaveCouple
from bot.commands import surprise
from bot.engine.ids import CoupleId, PersonId
from bot.people import Couple
from bot.seasons import LENGTH, Week, begins_anew, looks_back, week
from tests.test_bot.phones import DAY, HOUR, Phone, Town

INSTEAD = "a curiosity question instead"
SEASONS = 4  # in which each of the exercises for one alone has its week


def _couple(season: int) -> Couple:
    return Couple(CoupleId(1), (PersonId(1), PersonId(2)), 0, season=season)


# ---- the plan


@pytest.mark.parametrize("season", range(SEASONS))
def test_a_season_has_of_each_what_it_should(season: int) -> None:
    """Seven questions and a last week that has one, too; two for time, one audit, one for one alone, one off."""
    planned = Counter(week(_couple(season * LENGTH + n)) for n in range(LENGTH))
    alone = {Week.NO, Week.JOB, Week.STEP, Week.MINE} & planned.keys()
    assert planned == {
        Week.QUESTION: 8,
        Week.SPACE: 1,
        Week.NEAR: 1,
        Week.VILLAGE: 1,
        Week.OFF: 1,
        **dict.fromkeys(alone, 1),
    }
    assert len(alone) == 1
    assert week(_couple(season * LENGTH + LENGTH - 1)) is Week.QUESTION


def test_a_year_has_each_of_the_exercises_for_one_alone() -> None:
    """One a season."""
    year = {week(_couple(n)) for n in range(SEASONS * LENGTH)}
    assert year == set(Week)


def test_each_season_is_over_once_and_looks_back_once() -> None:
    """At a question; the first week of all has no season behind it."""
    year = [_couple(n) for n in range(SEASONS * LENGTH)]
    assert sum(map(looks_back, year)) == SEASONS
    assert sum(map(begins_anew, year)) == SEASONS - 1
    assert {week(couple) for couple in year if begins_anew(couple) or looks_back(couple)} == {Week.QUESTION}


# ---- as it is lived


def _weekly(phone: Phone) -> list[str]:
    """What the weeks since the last time proposed: "question", or the label of the first button."""
    fresh = phone.told[phone.read :]
    phone.news()
    found = list[str]()
    for told in fresh:
        labels = [button.label for button in told.buttons]
        if "pass" in labels and not told.text.startswith("Still here"):
            found.append("question")
        elif INSTEAD in labels:
            found.append(labels[0])
    return found


def test_a_season_is_lived_as_it_is_planned(town: Town, ana: Phone, ben: Phone) -> None:
    """Twelve weeks after the first round; in the one that is off, nothing comes, and nothing is made up for."""
    town.couple()
    lived = list[list[str]]()
    for _ in range(LENGTH - 1):
        town.later(7 * DAY)
        lived.append(_weekly(ana))
        assert lived[-1] == _weekly(ben)
    question = ["question"]
    assert lived == [
        *(question, question, ["time for myself"], question, ["a village audit"], question, []),
        *(question, ["my own person"], question, ["time together"], question),
    ]


def test_a_round_by_hand_takes_the_place_of_a_question_and_of_nothing_else(town: Town, ana: Phone) -> None:
    """A week that would have proposed something else proposes it the week after."""
    town.couple()
    assert ana.couple is not None
    town.later(2 * 7 * DAY + DAY)
    assert week(ana.couple) is Week.SPACE
    for phone in (ana, town.ben):
        phone.presses("pass")
    ana.gives("curious")
    assert week(ana.couple) is Week.SPACE
    town.forget()
    town.later(13 * DAY)
    assert _weekly(ana) == ["time for myself"]


def test_at_its_end_the_keepsake_is_offered_once(town: Town, ana: Phone) -> None:
    """With the first prompt of the next."""
    town.couple()
    town.later((LENGTH + 3) * 7 * DAY)
    assert sum("lies behind you" in told.text for told in ana.told) == 1


# ---- a year later


def _a_year_later(town: Town) -> None:
    """The couple's next week is the first one that looks back, a year after its first round."""
    town.later(51 * 7 * DAY + DAY)
    couple = town.ana.couple
    assert couple is not None
    with town.store.turn() as unit:
        unit.keep([SaveCouple(replace(couple, season=8))])
    town.forget()
    town.later(6 * DAY + HOUR)


def test_a_question_of_a_year_ago_comes_with_the_answers_of_then(town: Town, ana: Phone, ben: Phone) -> None:
    """The same question; under the answers of now, those of then."""
    town.couple()
    _a_year_later(town)
    for phone, words in ((ana, "A lighthouse, still."), (ben, "A small circus.")):
        phone.types(words)
        phone.presses("no guess this time")
    for phone in (ana, ben):
        said = [told.text for told in phone.told if "A year ago, to the same question:" in told.text]
        assert len(said) == 1
        assert "Ana wrote: A lighthouse keeper." in said[0]
        assert "Ben wrote: A circus director." in said[0]


def test_what_was_taken_out_is_not_looked_back_at(town: Town, ana: Phone, ben: Phone) -> None:
    """Ana has deleted what she wrote then: the week has another question."""
    town.couple()
    first = next(told.text for told in ana.told if any(b.label == "pass" for b in told.buttons))
    ana.gives("history")
    ana.presses("delete mine in 1")
    ana.presses("delete it")
    _a_year_later(town)
    assert first not in [told.text for told in ben.told[-6:]]


# ---- how sure, and how close


def test_surprise_waits_for_eight_guesses(town: Town, ana: Phone) -> None:
    """Before that it says how many there are."""
    town.couple()
    assert ana.gives("surprise") == [town.words(surprise.too_few(0), count=0)]


@pytest.mark.parametrize(
    ("guesses", "said"),
    [
        ([(100, 0)] * 4 + [(50, 50)] * 4, "75 percent sure, and 25 percent close"),
        ([(25, 100)] * 8, "None of them was far off"),
        ([(0, 100)] * 7 + [(0, 0)], "You know more than you let on. Far off: 1"),
    ],
)
def test_the_gap_is_how_sure_less_how_close(town: Town, guesses: list[tuple[int, int]], said: str) -> None:
    """In percent, over all guesses that were graded; with a word for the far ones."""
    assert said in town.words(surprise.gap(guesses))


def test_what_is_taken_out_during_the_round_that_looks_back_stays_out(town: Town, ana: Phone, ben: Phone) -> None:
    """Ana recognises the question, and deletes what she wrote then before it opens."""
    town.couple()
    _a_year_later(town)
    page = ana.gives("history")
    while "A lighthouse keeper." not in page[0]:
        page = ana.presses("more")
    number = next(entry.split(".")[0] for entry in page[0].split("\n\n") if "A lighthouse keeper." in entry)
    ana.presses(f"delete mine in {number}")
    ana.presses("delete it")
    for phone, words in ((ana, "A lighthouse, still."), (ben, "A small circus.")):
        phone.types(words)
        phone.presses("no guess this time")
    said = [told.text for told in ben.told if "A year ago, to the same question:" in told.text]
    assert not any("A lighthouse keeper." in text for text in said)


def test_what_was_struck_out_survives_a_deletion(town: Town, ana: Phone, ben: Phone) -> None:
    """*Never this one* holds for the two, whatever else is deleted of that round; the next question comes."""
    town.round()
    ana.presses("…")
    ana.presses("never this one")
    for phone in (ana, ben):
        phone.types("So be it.")
        phone.presses("no guess this time")
    ana.gives("history")
    ana.presses("delete mine in 1")
    ana.presses("delete it")
    town.later(8 * DAY)
    assert not any("went wrong" in told.text for told in (*ana.told, *ben.told))
    assert ben.gives("curious")
    assert not any("went wrong" in told.text for told in (*ana.told, *ben.told))
