"""Every kind of argument, as its reader reads it."""

from datetime import date, time

import pytest

from bot.engine.ids import PersonId
from bot.engine.moments import Moment
from bot.engine.text import Arg, Card, Country, Dated, HelpLines, Invite, Language, Name, T, Text, Weekday, Words, Zone
from bot.words.places import MissingPlace
from bot.words.render import Reader, Renderer

ANA, BEN = PersonId(1), PersonId(2)
NAMES = {ANA: "Ana", BEN: "{answer}"}
READER = Reader("en", "Europe/Berlin")
NOVEMBER = Moment(1795975200, "Europe/Lisbon")  # 2026-11-29, 18:00 in Lisbon


def words(*parts: str) -> Words:
    """What Ana typed."""
    return Words(parts, ANA)


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (1234, "1,234"),
        (words("a lighthouse", "keeper"), "a lighthouse\nkeeper"),
        (Name(ANA), "Ana"),
        (Card("curiosity", "curious-001"), "What did you want to be at ten, and what is left of it?"),
        (Invite("k7f3"), "k7f3"),
        (Zone("America/New_York"), "New York"),
        (Weekday(6), "Sunday"),
        (Dated(Moment(1_800_000_000, "Europe/Berlin")), "15 January 2027"),
        (Language("de"), "Deutsch"),
        (Language("en-XA"), "en-XA"),
        (Country("DE"), "Germany"),
        (Country("??"), "??"),
        (date(2027, 5, 3), "Monday 3 May"),
        (time(7, 5), "07:05"),
        (T("{n} of them", n=5), "5 of them"),
        ((Name(ANA), words("me"), Weekday(0)), "Ana, me and Monday"),
        ((), ""),
    ],
)
def test_an_argument_is_written_as_its_kind(renderer: Renderer, value: Arg, read: str) -> None:
    """A number, a name, a card, a day: each as English writes it."""
    assert renderer.text(T("{it}", it=value), READER, NAMES) == read


def test_a_moment_is_told_in_the_readers_zone(renderer: Renderer) -> None:
    """Six in Lisbon is seven in Berlin."""
    assert renderer.text(T("{it}", it=NOVEMBER), READER) == "Sunday 29 November at 19:00"


def test_another_country_writes_dates_its_own_way(renderer: Renderer) -> None:
    """An American reads hours of twelve."""
    read = renderer.text(T("{it}", it=NOVEMBER), Reader("en-US", "America/New_York"))
    assert read.replace("\u202f", " ") == "Sunday November 29 at 1:00 PM"


def test_a_language_without_catalogue_mixes_nothing(renderer: Renderer) -> None:
    """Where the sentence stays English, its days do too."""
    assert renderer.text(T("{it}", it=Weekday(6)), Reader("fr", "Europe/Paris")) == "Sunday"


def test_braces_that_people_type_are_words(renderer: Renderer) -> None:
    """A name or an answer with braces in it is never read as a place."""
    said = T("{name} wrote: {answer}", name=Name(BEN), answer=words("{name} {0} {"))
    assert renderer.text(said, READER, NAMES) == "{answer} wrote: {name} {0} {"


def test_a_name_that_is_gone_is_someone(renderer: Renderer) -> None:
    """Whoever has deleted everything is no longer named."""
    assert renderer.text(T("{name} passed.", name=Name(PersonId(9))), READER, NAMES) == "someone passed."


@pytest.mark.parametrize("card", [Card("curiosity", "curious-999"), Card("nowhere", "curious-001")])
def test_a_card_that_is_gone_says_so(renderer: Renderer, card: Card) -> None:
    """A question taken out of its deck leaves a line, not an error."""
    assert renderer.text(T("{it}", it=card), READER) == "(This question is no longer in its deck.)"


def test_help_lines_are_a_block_of_their_country(renderer: Renderer) -> None:
    """The emergency number, a line per help line, and the directory."""
    block = renderer.text(T("{lines}", lines=HelpLines("DE")), READER).split("\n")
    assert block[0] == "Emergency in Germany: 112"
    assert "TelefonSeelsorge: 0800 1110111" in block
    assert "Hilfetelefon Gewalt gegen Frauen (for women): 116 016" in block
    assert block[-1] == "A directory of help lines, also in other countries: findahelpline.com"


def test_where_a_line_is_missing_the_card_says_so(renderer: Renderer) -> None:
    """Whoever looks for the one that is theirs is not left searching."""
    blocks = renderer.text(T("{lines}", lines=HelpLines("CH")), READER).split("\n\n")
    header, missing = blocks[2].split("\n")
    assert header == "When someone close frightens or hurts you:"
    assert missing == "No number here that we are sure of; the directory below may know one."


def test_an_unknown_country_gets_the_common_number(renderer: Renderer) -> None:
    """Nobody is left without a number."""
    block = renderer.text(T("{lines}", lines=HelpLines("")), READER)
    assert block.startswith("Emergency, in many countries: 112\n")


@pytest.mark.parametrize(("n", "read"), [(0, "0 days"), (1, "1 day"), (2, "2 days")])
def test_a_plural_follows_its_number(renderer: Renderer, n: int, read: str) -> None:
    """One day, two days, no days."""
    assert renderer.text(T("{n} day | {n} days", n=n), READER) == read


def test_a_missing_argument_fails_a_test(renderer: Renderer) -> None:
    """A place that nothing was given for is an error where nobody is hurt by it."""
    with pytest.raises(MissingPlace, match=r"nothing was given for \{name\} in 'Hello, \{name\}\.'"):
        renderer.text(Text("Hello, {name}."), READER)


def test_a_missing_argument_never_stops_a_delivery(renderer: Renderer) -> None:
    """People get the sentence with a gap, and the program hears of it."""
    heard: list[MissingPlace] = []
    lenient = Renderer(renderer.content, heard.append)
    assert lenient.text(T("Hello, {name} {n}.", n=1), READER) == "Hello, … 1."
    assert [(m.sentence, m.place) for m in heard] == [("Hello, {name} {n}.", "name")]
