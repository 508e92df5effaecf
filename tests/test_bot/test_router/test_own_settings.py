"""What somebody sets for themself: kept, read at once, and nobody else's business."""

from dataclasses import replace

from bot.changes import SaveCouple
from bot.commands import lines
from bot.people import Couple
from bot.turns import Turns
from bot.words.pseudo import PSEUDO, pseudo_catalogue
from tests.test_bot.phones import HOUR, Phone, Town, content

NEXT = "The next one comes on"


def test_a_language_is_offered_where_there_are_two(town: Town, ana: Phone) -> None:
    """Where there is one alone, there is nothing to choose; from the tap on everything is in it."""
    two = replace(content(), catalogue=pseudo_catalogue(content().catalogue))
    town.begin()
    ana.gives("settings")
    assert "language" in _offered(ana)  # English and German, as it ships
    town.library = replace(town.library, languages=("en",))
    town.turns = Turns(town.store, town.library)
    ana.gives("settings")
    assert "language" not in _offered(ana)
    town.library = replace(town.library, languages=two.catalogue.languages, language=two.catalogue.language)
    town.turns, town.renderer = Turns(town.store, town.library), replace(town.renderer, content=two)
    ana.gives("settings")
    ana.presses("language")
    assert ana.labels() == ["English", "Deutsch", PSEUDO]
    (said,) = ana.presses(PSEUDO)
    assert said.startswith("⟦")
    assert ana.person.language == PSEUDO
    assert ana.gives("skip") != [town.words(lines.NO_SKIP)]


def _offered(phone: Phone) -> list[str]:
    """What can be changed: the last screen with settings on it, the open question standing again below."""
    screens = ([button.label for button in told.buttons] for told in reversed(phone.told))
    return next(labels for labels in screens if "quiet hours" in labels)


def test_one_setting_leaves_the_others(town: Town, ana: Phone) -> None:
    """Quiet hours, the jar and the country, each for itself."""
    town.couple()
    before = ana.person
    ana.gives("settings", "quiet")
    ana.types("11 pm to 7")
    ana.gives("settings", "asks")
    ana.presses("into the jar")
    ana.gives("settings", "country")
    ana.presses("United Kingdom")
    assert ana.person == replace(before, quiet_from=23 * 60, quiet_to=7 * 60, open_to_asks=False, country="GB")


def test_a_country_that_was_chosen_stays_when_somebody_moves(town: Town, ana: Phone, ben: Phone) -> None:
    """One that was only guessed is guessed anew."""
    town.couple()
    ana.gives("settings", "country")
    ana.presses("United Kingdom")
    for phone in (ana, ben):
        phone.gives("settings", "zone")
        phone.types("New York")
    assert (ana.person.country, ben.person.country) == ("GB", "US")
    assert ana.person.zone == ben.person.zone == "America/New_York"


def test_the_other_hears_nothing_of_a_setting(town: Town, ana: Phone, ben: Phone) -> None:
    """Not even that there was one; their own Sunday stays where it is."""
    town.couple()
    for name, typed in (("zone", "Tokyo"), ("quiet", "18–8"), ("country", "2"), ("asks", "2")):
        ana.gives("settings", name)
        ana.types(typed)
    town.later(HOUR)
    assert ben.news() == []


def test_a_prompt_that_moves_for_both_is_told_to_both(town: Town, ana: Phone, ben: Phone) -> None:
    """In the same words, without a name: on Kiritimati the Monday evening of a couple without a round yet is over."""
    town.couple()
    couple = ana.couple
    assert couple is not None
    _plan(town, replace(couple, weekday=0, last_round=None, next_due=town.now + 20 * HOUR))
    town.later(12 * HOUR)
    town.forget()
    ana.gives("settings", "zone")
    moved = f"{NEXT} Monday 30 November at 19:00."
    assert ana.types("Kiritimati") == ["Good: Kiritimati time.", moved]
    assert ben.news() == [moved]


def test_the_screen_ends_nothing_and_asks_nothing(town: Town, ana: Phone) -> None:
    """The question that is open stands again below it."""
    town.begin()
    question = ana.told[-1].text
    said = ana.gives("settings")
    assert said[-1] == question
    assert [session.exercise for session in ana.sessions] == ["curious"]


def _plan(town: Town, couple: Couple) -> None:
    with town.store.turn() as unit:
        unit.keep([SaveCouple(couple)])
