"""Pictures as exercises show them, in the words of readers: of the source language, and of one with longer words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from bot.changes import Lane, Put, Say
from bot.engine.ids import PersonId
from bot.engine.moments import Day
from bot.engine.pictures import Picture
from bot.engine.text import Arg, T, Words
from bot.exercises.seen.dance import OtherLine, Week, dance_chart
from bot.exercises.seen.job import Post, job_table
from bot.exercises.seen.renewal import Promises, renewal_keepsake
from bot.exercises.seen.village import Needs, village_map
from bot.exercises.village import CARRIER_NAMES, NEEDS
from bot.people import Account, AccountKey, Person
from bot.pictures.draw import drawn
from bot.pictures.drawings import Drawing
from bot.pictures.plate import unsettled
from bot.ports import Row
from bot.words.content import load_content
from bot.words.pseudo import PSEUDO, pseudo_catalogue
from bot.words.render import Renderer
from storage.contents import people_in, read_content, write_content

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.text import Text as Written

ANA, BEN = PersonId(1), PersonId(2)
NAMES = {ANA: "Ana", BEN: "Ben"}
SUNDAY = date(2026, 5, 3)
LONG = (
    "somebody who listens for a very long time without saying once that they would have done it otherwise and then "
    "makes tea, and who knows what a Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenbescheid is, all 😀 of it"
)
ODD = (
    "שמישהו יקשיב לי (באמת) ל-Ana, גם ב-3 בלילה",
    "شخص يستمع إلي طويلا دون أن يقول شيئا عن نفسه أو عن غيره",
    "$x^2$ \\frac{a}{b} {name} %s <b>&amp;</b>",
    "w" * 90,
    "👩🏽‍🚀🇵🇹 z" + "\u0301\u0302\u0303\u0304" * 9 + "a\u200bl\u202eg\u0000o 日本語の言葉 ﷽",
)


PSEUDO_TOO = ", in longer words"
KINDS = (
    "village",
    "village, long",
    "village, twice",
    "village, odd and twice",
    "dance",
    "dance, one point",
    "dance, hundred and long",
    "job",
    "job, seven and long",
    "renewal",
    "renewal, long",
    *(f"{name}{PSEUDO_TOO}" for name in ("village, twice", "dance, hundred and long", "job", "renewal")),
)


@cache
def renderer() -> Renderer:
    """All there is, and the language with longer words."""
    content = load_content()
    return Renderer(replace(content, catalogue=pseudo_catalogue(content.catalogue)))


def typed(*parts: str) -> Words:
    """What Ana wrote."""
    return Words(parts, ANA)


def needs(*words: str) -> Needs:
    """Needs in Ana's own words, all on one."""
    return Needs(tuple(T("{words}", words=typed(word)) for word in words), (0,) * len(words), T("On one person."))


def week(number: int, felt: int = 4, wished: int = 5, room: int = 2) -> Week:
    """The so manieth week from a Sunday on."""
    return Week(SUNDAY + timedelta(7 * number), felt, wished, room)


def posts(*names: Arg) -> list[Post]:
    """Posts with values that differ."""
    return [Post(T("{name}", name=name), n % 5, (n + 2) % 5) for n, name in enumerate(names)]


def keepsake(*words: Arg | None) -> Picture:
    """A renewal of which Ana's three are these, and Ben's the same the other way round."""
    both = Promises(ANA, *words), Promises(BEN, *reversed(words))
    return renewal_keepsake(both, Day(SUNDAY, "UTC").at(9), Day(SUNDAY, "UTC").plus(91).at(9))


def shown(picture: Picture | None, language: str = "en", names: dict[PersonId, str] = NAMES) -> Drawing:
    """What is to be drawn for Ana, after the picture has lain in the outbox."""
    assert picture is not None
    say = read_content(write_content(Say(T("The same in words."), picture=picture)))
    assert {*people_in(say)} <= {*names}
    reader = Person(ANA, "Ana", language, "Europe/Lisbon", 0)
    put = Put(5, ANA, say, Lane.REPLY, 0)
    made = renderer().message(Row(put, reader, Account(AccountKey("playground", 1), ANA, 11, 0), names)).picture
    assert made is not None
    return made


def seen(drawing: Drawing) -> Figure:
    """The picture, before it is a file."""
    with unsettled():
        return drawn(drawing)


def written(figure: Figure) -> list[Written]:
    """All that is to be read."""
    from matplotlib.text import Text as Written

    return [artist for artist in figure.axes[0].get_children() if isinstance(artist, Written) and artist.get_text()]


@cache
def every() -> dict[str, Drawing]:
    """All `KINDS` of pictures, with words as they mostly are, as long as they get, and as odd."""
    labels = tuple(option.label for option in NEEDS)
    usual = Needs(labels[:5], (0, 0, 1, 3, 3), T("On one person: {count} of {all}.", count=2, all=5))
    before = Needs(labels[5:10], (0, 1, 2, 2, 0), T("On one person: {count} of {all}.", count=2, all=5))
    hundred = [week(n, 1 + n % 7, 1 + (n * 3) % 7, 1 + n % 3) for n in range(100) if n % 9]
    other = OtherLine(BEN, tuple((one.day, 1 + n % 5) for n, one in enumerate(hundred[3:])))
    long_names = {ANA: "Anastasia Maximiliana von und zu " * 3, BEN: ODD[0]}
    pictures = {
        "village": village_map(CARRIER_NAMES, usual),
        "village, long": village_map(CARRIER_NAMES, needs(LONG, *ODD[:4])),
        "village, twice": village_map(CARRIER_NAMES, usual, then=before),
        "village, odd and twice": village_map(CARRIER_NAMES, needs(*ODD), then=needs(*[LONG] * 5), of=ANA),
        "dance": dance_chart([week(n, 1 + n % 7, 1 + (n * 3) % 7, 1 + n % 3) for n in range(13)]),
        "dance, one point": dance_chart([week(0)]),
        "dance, hundred and long": dance_chart(hundred, other),
        "job": job_table(posts(*(option.label for option in NEEDS[:5])), BEN),
        "job, seven and long": job_table(posts(*map(typed, (LONG, *ODD, ""))), BEN),
        "renewal": keepsake(typed("The Sunday walk."), typed("Less about dishes."), typed("A day alone.", "In May.")),
        "renewal, long": keepsake(typed(LONG * 9), None, typed(*ODD)),
    }
    names = {name: long_names if "long" in name else NAMES for name in pictures}
    drawings = {name: shown(picture, names=names[name]) for name, picture in pictures.items()}
    return drawings | {name: shown(pictures[name.removesuffix(PSEUDO_TOO)], PSEUDO) for name in KINDS[len(drawings) :]}
