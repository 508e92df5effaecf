"""Consent is versioned: changed terms are asked about before anything but what somebody may need to get away."""

import hashlib
from dataclasses import replace

import pytest

from bot.commands import lines
from bot.commands.start import TERMS, TERMS_VERSION
from bot.tokens import press_token
from bot.turns import Turns
from tests.test_bot.phones import DAY, Phone, Town

ASKED = "What you agreed to has changed."
AGREED_TO = {1: "9a7cbc9e5ec9441f", 2: "2d0459f5fb3a329c"}


def _changes_terms(town: Town) -> None:
    """A deploy with other terms."""
    town.library = replace(town.library, terms=TERMS_VERSION + 1)
    town.turns = Turns(town.store, town.library)


def test_a_changed_text_is_a_new_version() -> None:
    """Whoever changes what people agree to counts it up, and writes down here what it was."""
    assert hashlib.blake2b(TERMS.key.encode(), digest_size=8).hexdigest() == AGREED_TO[TERMS_VERSION]


def test_nothing_is_taken_before_they_agree_again(town: Town, ana: Phone, ben: Phone) -> None:
    """An answer, a reply, a button, a command, an edit: each is answered with the terms, and is not kept."""
    town.round()
    question = ana.message("")
    tokens = [choice.token for choice in ana.buttons[question]]
    _changes_terms(town)
    assert ana.types("A lighthouse.")[0].startswith(ASKED)
    for told in (
        ana.types("A lighthouse.", reply_to=question),
        ana.sends(tokens[0]),
        ana.gives("curious"),
        ana.gives("village"),
        ana.edits("own.1", "Something else."),
        ana.shows("photo"),
    ):
        assert "Leeway is for adults" in told[0], told
    assert ana.session("curious").waits_for(ana.person.id)
    assert not any("lighthouse" in str(session) for session in ana.sessions)
    assert ben.news() == []


def test_what_was_open_goes_on_then(town: Town, ana: Phone, ben: Phone) -> None:
    """One tap; the question is still there."""
    town.round()
    _changes_terms(town)
    ana.types("A lighthouse.")
    assert ana.presses("Fine with me") == ["Then everything goes on where it was."]
    assert ana.person.consent == TERMS_VERSION + 1
    assert ana.types("A lighthouse.")[0].startswith("Kept.")


@pytest.mark.parametrize("command", ["leave", "delete", "safety"])
def test_getting_away_needs_no_consent(town: Town, ana: Phone, command: str) -> None:
    """Nor do the buttons of it."""
    town.couple()
    _changes_terms(town)
    told = ana.gives(command)
    assert not told[0].startswith(ASKED)
    if command == "leave":
        assert ana.presses("leave now")[0].startswith("Done: you two are not linked any more.")
    if command == "delete":
        assert ana.presses("delete everything")[0].startswith("Everything of yours is deleted.")


def test_words_of_danger_bring_the_card_all_the_same(town: Town, ana: Phone) -> None:
    """Before the terms, as before everything."""
    town.round()
    _changes_terms(town)
    assert ana.types("I want to die.")[0].startswith("What you wrote may need a person")


def test_nobody_agrees_for_somebody_else(town: Town, ana: Phone, ben: Phone) -> None:
    """Ben makes up the button under Ana's terms, and a code of his own."""
    town.couple()
    _changes_terms(town)
    ana.gives("help")
    session = ana.session("terms").id
    assert ben.sends(press_token(session, 1, "yes")) == [town.words(lines.STALE)]
    assert ben.sends("v1:c:consent:2")[0].startswith(ASKED)
    assert (ana.person.consent, ben.person.consent) == (TERMS_VERSION, TERMS_VERSION)


def test_the_week_goes_on(town: Town, ana: Phone, ben: Phone) -> None:
    """Questions still come; whoever has agreed answers, and the other is asked first."""
    town.couple()
    _changes_terms(town)
    ben.gives("help")
    ben.presses("Fine with me")
    town.later(8 * DAY)
    assert ben.types("Pencils.")[0].startswith("Kept.")
    assert ana.types("A lighthouse.")[0].startswith(ASKED)
