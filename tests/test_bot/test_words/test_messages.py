"""Rows of the outbox as messages: what stands on which button."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import vobject
from icalendar import Calendar

from bot.changes import Cleared, Content, Lane, Put, Redrawn, Say, Show
from bot.engine.acts import Button
from bot.engine.ids import PersonId, SessionId
from bot.engine.moments import Day
from bot.engine.session import Kind, Option, Prompt, Side, Tap
from bot.engine.text import Entry, Hour, Invite, Name, T, Words
from bot.people import Account, AccountKey, Person
from bot.ports import Choice, Row
from bot.words.render import Renderer

ANA, BEN = PersonId(1), PersonId(2)
SESSION = SessionId(71)  # 1z in base 36
READER = Person(ANA, "Ana", "en", "Europe/Lisbon", 0)
ACCOUNT = Account(AccountKey("playground", 1), ANA, 11, 0)

QUESTION = Prompt(
    name="mood",
    no=3,
    to=ANA,
    text=T("How is {name}?", name=Name(BEN)),
    kind=Kind.CHOICE,
    options=(Option("good", T("good")), Option("tired", T("tired"))),
    sides=(Side("pass", T("pass"), Tap.ANSWER), Side("lighter", T("lighter"), Tap.NOTE, folded=True)),
)
TICKING = replace(
    QUESTION,
    kind=Kind.MANY,
    own_words=True,
    ticks=(Words(("a garden",), ANA), "tired", Words(("sleep",), ANA)),
    done=T("that is all"),
)


def row(content: Content, edits: str | None = None) -> Row:
    """A claimed row for Ana, who knows Ben."""
    return Row(Put(5, ANA, content, Lane.REPLY, 0), READER, ACCOUNT, {BEN: "Ben"}, edits)


def test_a_line_goes_to_the_chat_of_its_account(renderer: Renderer) -> None:
    """The message carries account, chat and the row's own id."""
    message = renderer.message(row(Say(T("Kept."))))
    assert (message.account, message.chat, message.delivery) == (ACCOUNT.key, 11, 5)
    assert (message.text, message.choices, message.sides) == ("Kept.", (), ())


def test_the_buttons_of_a_line_are_commands(renderer: Renderer) -> None:
    """A button below a line orders something; it answers no question."""
    message = renderer.message(row(Say(T("Kept."), (Button(T("what there is"), "help", "2"),))))
    assert message.choices == (Choice("v1:c:help:2", "what there is"),)


def test_a_question_has_its_options_and_its_sides(renderer: Renderer) -> None:
    """Every button names session, prompt and option; what is folded stands behind three dots."""
    message = renderer.message(row(Show(SESSION, QUESTION)))
    assert (message.text, message.many) == ("How is Ben?", False)
    assert message.choices == (Choice("v1:p:1z:3:good", "good"), Choice("v1:p:1z:3:tired", "tired"))
    assert message.sides == (Choice("v1:p:1z:3:pass", "pass"), Choice("v1:p:1z:3:more", "…"))


def test_a_lead_stands_above_the_question(renderer: Renderer) -> None:
    """A hint or a reminder comes first, with an empty line below it."""
    message = renderer.message(row(Show(SESSION, QUESTION, T("Still here, if you would like it:"))))
    assert message.text == "Still here, if you would like it:\n\nHow is Ben?"


def test_an_unfolded_question_shows_every_side(renderer: Renderer) -> None:
    """After "…" there is no "…" any more."""
    message = renderer.message(row(Show(SESSION, replace(QUESTION, unfolded=True))))
    assert [side.label for side in message.sides] == ["pass", "lighter"]


def test_ticks_are_shown_and_done_comes_last(renderer: Renderer) -> None:
    """Ticked options, ticked words of one's own with their number, and the way to close it."""
    message = renderer.message(row(Show(SESSION, TICKING)))
    assert message.many
    assert message.choices == (
        Choice("v1:p:1z:3:good", "good"),
        Choice("v1:p:1z:3:tired", "tired", ticked=True),
        Choice("v1:p:1z:3:own.0", "a garden", ticked=True),
        Choice("v1:p:1z:3:own.1", "sleep", ticked=True),
        Choice("v1:p:1z:3:done", "that is all"),
    )


def test_done_has_a_label_of_its_own(renderer: Renderer) -> None:
    """Where an exercise names no word for it, the language does."""
    message = renderer.message(row(Show(SESSION, replace(TICKING, done=None))))
    assert message.choices[-1] == Choice("v1:p:1z:3:done", "Done")


def test_a_redrawn_question_changes_its_buttons_only(renderer: Renderer) -> None:
    """An edit of what was delivered, without a new text."""
    message = renderer.message(row(Redrawn(SESSION, TICKING), edits="99"))
    assert (message.text, message.edits, message.many) == (None, "99", True)
    assert message.choices[1].ticked


def test_a_cleared_question_has_no_buttons_left(renderer: Renderer) -> None:
    """What is over cannot be pressed."""
    message = renderer.message(row(Cleared(SESSION, 3), edits="99"))
    assert (message.text, message.choices, message.sides, message.edits) == (None, (), (), "99")


def test_an_invitation_is_found_however_deep_it_stands(renderer: Renderer) -> None:
    """The platform makes its own link of the code."""
    inner = T("Open it here: {invite}", invite=(Words(("hi",), ANA), Invite("k7f3")))
    assert renderer.message(row(Say(T("{carried}", carried=inner)))).invite == "k7f3"
    assert renderer.message(row(Show(SESSION, QUESTION, inner))).invite == "k7f3"
    assert renderer.message(row(Say(T("Kept.")))).invite is None


def test_an_entry_for_the_calendar_comes_as_a_file(renderer: Renderer) -> None:
    """Its title and its time, and nothing else of anybody."""
    day = Day(date(2026, 11, 21), "Europe/Lisbon")
    entry = Entry(T("{words}", words=Words(("My Saturday; mine, \\ alone",), ANA)), day.at(14), day.at(17))
    message = renderer.message(row(Say(T("Here: {entry}", entry=entry))))
    assert message.text == "Here: My Saturday; mine, \\ alone"
    assert message.attachment is not None
    (event,) = Calendar.from_ical(message.attachment.content).walk("VEVENT")
    assert event["summary"] == "My Saturday; mine, \\ alone"
    assert event.decoded("dtstart") == datetime(2026, 11, 21, 14, tzinfo=UTC)
    assert event.decoded("dtend") == datetime(2026, 11, 21, 17, tzinfo=UTC)
    assert set(event) == {"UID", "SUMMARY", "DTSTAMP", "DTSTART", "DTEND"}
    assert b"Ana" not in message.attachment.content
    assert b"Ben" not in message.attachment.content


@pytest.mark.parametrize("title", ["My Saturday; mine, \\ alone", "🌊, \u05e9\u05d1\u05ea\nand more", "x" * 200])
def test_another_library_reads_the_same_entry(renderer: Renderer, title: str) -> None:
    """vobject, which shares no line with what wrote it: one event, its title, its times."""
    day = Day(date(2026, 11, 21), "Europe/Lisbon")
    entry = Entry(T("{words}", words=Words((title,), ANA)), day.at(14), day.at(17))
    attachment = renderer.message(row(Say(T("Here: {entry}", entry=entry)))).attachment
    assert attachment is not None
    (read,) = vobject.readComponents(attachment.content.decode())
    assert [child.name for child in read.components()] == ["VEVENT"]
    assert read.vevent.summary.value == title
    assert read.vevent.dtstart.value == datetime(2026, 11, 21, 14, tzinfo=UTC)
    assert read.vevent.dtend.value == datetime(2026, 11, 21, 17, tzinfo=UTC)


def test_an_hour_is_that_of_its_reader(renderer: Renderer) -> None:
    """Five in Berlin is four in Lisbon."""
    hour = Hour(Day(date(2026, 11, 21), "Europe/Berlin").at(17))
    assert renderer.message(row(Say(T("Till {hour}.", hour=hour)))).text == "Till 16:00."
