"""What a group reads whose two read different languages."""

from dataclasses import replace
from gettext import NullTranslations

import pytest

from bot.changes import Door, Lane, Put, Say
from bot.engine.acts import Button
from bot.engine.ids import CoupleId, GroupId, PersonId
from bot.engine.text import Name, T, Text, Words
from bot.people import Group, GroupKey
from bot.ports import Choice, Row
from bot.words.catalogue import Catalogue
from bot.words.render import Renderer

ANA, BEN = PersonId(1), PersonId(2)
GROUP = Group(GroupId(PersonId(9)), GroupKey("playground", 3), "en", "Europe/Lisbon", CoupleId(5))
OPENED = T(
    "“{question}”\n\n{one} wrote: {first}\n\n{other} wrote: {second}",
    question=T("yes"),
    one=Name(ANA),
    first=Words(("Bees.", "", "Many."), ANA),
    other=Name(BEN),
    second=Words(("wespen",), BEN),
)


def row(said: Text, *tongues: str, buttons: tuple[Button, ...] = (), door: Door | None = None) -> Row:
    """Something for the group of Ana and Ben, who read these languages."""
    put = Put(5, PersonId(9), Say(said, buttons, door=door), Lane.REPLY, 0)
    known = {ANA: "Ana", BEN: "Ben"}
    read = dict(zip((ANA, BEN), tongues, strict=False))
    return Row(put, GROUP.reader, GROUP.account, known, group=GROUP, tongues=read)


def test_a_line_is_said_in_both(renderer: Renderer) -> None:
    """First in the one language, then in the other, and the same for its buttons."""
    message = renderer.message(row(T("yes"), "en", "de", buttons=(Button(T("not now"), "help"),)))
    assert message.text == "yes\n\nja"
    assert message.choices == (Choice("v1:c:help:", "not now / jetzt nicht"),)


def test_the_way_out_of_a_group_has_both(renderer: Renderer) -> None:
    """It is a button, too."""
    message = renderer.message(row(T("yes"), "en", "de", door=Door(T("start me"), "")))
    assert message.among is not None
    assert message.among.door is not None
    assert message.among.door.label == "start me / mich starten"


@pytest.mark.parametrize("tongues", [("de", "de"), ("de-AT", "de"), ("de", "")])
def test_who_read_the_same_read_it_once(renderer: Renderer, tongues: tuple[str, str]) -> None:
    """Whatever the group was begun in; and of whom no language is known, none is said."""
    assert renderer.message(row(T("yes"), *tongues)).text == "ja"


def test_a_group_that_is_nobodys_is_spoken_to_in_its_own(renderer: Renderer) -> None:
    """In the language in which it was begun."""
    assert renderer.message(row(T("yes"))).text == "yes"
    begun = replace(row(T("yes")), group=replace(GROUP, language="de"))
    assert renderer.message(begun).text == "ja"


def test_what_opens_is_there_once(renderer: Renderer) -> None:
    """The question in both, each answer below words of its writer's language."""
    assert renderer.message(row(OPENED, "en", "de")).text == (
        "“yes”\n\n„ja“\n\nAna wrote: Bees.\n\nMany.\n\nBen schreibt: wespen"
    )
    assert renderer.message(row(OPENED, "de", "de")).text == (
        "„ja“\n\nAna schreibt: Bees.\n\nMany.\n\nBen schreibt: wespen"
    )


class Longer(NullTranslations):
    """A translation with a paragraph more."""

    def gettext(self, message: str) -> str:
        """The sentence, and something below it."""
        return f"{message}\n\nVoilà."


def test_other_paragraphs_in_a_language_lose_nothing(renderer: Renderer) -> None:
    """Then each is said whole."""
    longer = replace(renderer.content, catalogue=Catalogue({"fr": Longer()}))
    said = T("{name} wrote: {answer}", name=Name(ANA), answer=Words(("Bees.",), ANA))
    message = replace(renderer, content=longer).message(row(said, "en", "fr"))
    assert message.text == "Ana wrote: Bees.\n\nAna wrote: Bees.\n\nVoilà."
