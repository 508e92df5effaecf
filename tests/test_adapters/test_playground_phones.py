"""What the phones remember."""

import sqlite3
from pathlib import Path

import pytest

from adapters.playground import rows
from adapters.playground.messages import Browser, Deed, Draft, Happening, Kind, Owner, Presence, Room, Shared
from adapters.playground.phones import Phones
from adapters.playground.tables import VERSION
from bot.errors import ConfigurationError
from bot.ports import Attachment, Choice

QUESTION = Draft(
    Owner.ANA,
    "bot",
    100,
    "Well? \0 \u202eעברית <b>",
    choices=((Choice("y", "Yes", True), Choice("n", "No")),),
    sides=(Choice("p", "pass"),),
    many=True,
    link="CODE",
    delivery=1,
)


def _typed(text: str, owner: Owner = Owner.ANA) -> tuple[Draft, Deed]:
    return Draft(owner, owner, 100, text), Deed(
        owner, Happening.TYPED, text, 100, 2**63 - 1, Browser("Europe/Lisbon", "de")
    )


def test_everything_is_there_after_a_crash(tmp_path: Path) -> None:
    """A file that was never closed shows the same messages, open choices, updates and clock."""
    before = Phones(tmp_path / "phones.db")
    before.deliver([QUESTION])
    before.say(*_typed("Yes"))
    before.offset = 3600
    after = Phones(tmp_path / "phones.db")
    assert (after.since(0), after.updates(), after.offset) == (before.since(0), before.updates(), 3600)
    assert [message.draft.text for message in after.since(0).messages] == [QUESTION.text, "Yes"]
    before.close()
    after.close()


def test_the_file_is_its_users_alone(tmp_path: Path) -> None:
    """Nobody else on the machine can read it."""
    Phones(tmp_path / "phones.db").close()
    assert (tmp_path / "phones.db").stat().st_mode & 0o777 == 0o600


def test_the_same_delivery_is_the_same_message(phones: Phones) -> None:
    """What is delivered twice is there once."""
    assert phones.deliver([QUESTION]) == phones.deliver([QUESTION])
    assert len(phones.since(0).messages) == 1


def test_an_update_waits_until_it_was_heard(phones: Phones) -> None:
    """It stays the same update, however often it is looked at."""
    message = phones.say(*_typed("hello"))
    (update,) = phones.updates()
    assert (update.deed.text, update.deed.message, update.deed.chance) == ("hello", message.id, 2**63 - 1)
    assert phones.updates() == [update]
    phones.heard(update.id)
    assert phones.updates() == []


def test_only_what_changed_is_shown_again(phones: Phones) -> None:
    """Whoever saw all of it sees the next change alone: a message, or new buttons on an old one."""
    (asked,) = phones.deliver([QUESTION])
    phones.say(*_typed("Yes"))
    seen = phones.since(0).number
    phones.redraw(asked.id, Draft(Owner.ANA, "bot", 200), None)
    change = phones.since(seen)
    assert [(message.id, message.draft.choices) for message in change.messages] == [(asked.id, ())]
    assert not change.anew
    assert phones.since(change.number).messages == ()


def test_new_buttons_leave_text_and_link(phones: Phones) -> None:
    """Buttons go or are replaced; the rest of the message stays."""
    (asked,) = phones.deliver([QUESTION])
    assert phones.redraw(asked.id, Draft(Owner.ANA, "bot", 200, sides=(Choice("w", "why"),)), None)
    (message,) = phones.since(0).messages
    assert (message.draft.text, message.draft.link) == (QUESTION.text, "CODE")
    assert (message.draft.choices, message.draft.sides) == ((), (Choice("w", "why"),))


def test_nobody_redraws_what_is_not_the_bots(phones: Phones) -> None:
    """Neither an owner's message, nor one in the other's chat, nor one that is not there."""
    mine = phones.say(*_typed("hello"))
    (asked,) = phones.deliver([QUESTION])
    wrong = Draft(Owner.BEN, "bot", 200)
    assert [phones.redraw(id_, wrong, "changed") for id_ in (mine.id, asked.id, 99)] == [False] * 3


def test_an_owner_edits_their_own_words(phones: Phones) -> None:
    """The text changes, is marked as edited, and the bot has that to hear."""
    message = phones.say(*_typed("helo"))
    assert phones.rewrite(Deed(Owner.ANA, Happening.EDITED, "hello", 200, 1, message=message.id))
    (shown,) = phones.since(0).messages
    assert (shown.draft.text, shown.edited) == ("hello", True)
    assert [update.deed.text for update in phones.updates()] == ["helo", "hello"]


def test_nobody_edits_anything_else(phones: Phones) -> None:
    """Neither the bot's words, nor the other's, nor a photo."""
    (asked,) = phones.deliver([QUESTION])
    theirs = phones.say(*_typed("hello", Owner.BEN))
    photo = Draft(Owner.ANA, Owner.ANA, 100, kind=Kind.PHOTO)
    picture = phones.say(photo, Deed(Owner.ANA, Happening.UNREADABLE, "photo", 100, 1))
    deeds = [Deed(Owner.ANA, Happening.EDITED, "x", 200, 1, message=id_) for id_ in (asked.id, theirs.id, picture.id)]
    assert [phones.rewrite(deed) for deed in deeds] == [False] * 3
    assert len(phones.updates()) == 2


def test_after_starting_over_nothing_is_left_and_no_number_comes_again(phones: Phones) -> None:
    """An old page is told to show everything anew, and old deliveries do not hide new ones."""
    phones.deliver([QUESTION])
    first = phones.say(*_typed("hello"))
    (update,) = phones.updates()
    seen = phones.since(0).number
    phones.offset = 60
    phones.forget()
    assert phones.since(seen).anew
    assert (phones.since(seen).messages, phones.updates(), phones.offset) == ((), [], 0)
    assert phones.deliver([QUESTION])[0].id > first.id
    phones.say(*_typed("hello"))
    assert phones.updates()[0].id > update.id


def test_a_page_from_the_future_is_shown_everything(phones: Phones) -> None:
    """Somebody removed the file while a page was open."""
    phones.deliver([QUESTION])
    assert len(phones.since(5000).messages) == 1
    assert phones.since(5000).anew


def test_a_file_that_is_not_ours_is_refused(tmp_path: Path) -> None:
    """One sentence, and the file is left alone."""
    strange = tmp_path / "phones.db"
    strange.write_text("a shopping list, long enough to be no database header" * 10)
    with pytest.raises(ConfigurationError, match=r"phones\.db: not the playground's file"):
        Phones(strange)
    assert strange.read_text().startswith("a shopping list")


def test_a_file_of_a_newer_leeway_is_refused(tmp_path: Path) -> None:
    """One sentence."""
    path = tmp_path / "phones.db"
    Phones(path).close()
    later = sqlite3.connect(path)
    later.execute(f"PRAGMA user_version = {VERSION + 1}")
    later.close()
    with pytest.raises(ConfigurationError, match="newer Leeway"):
        Phones(path)


def test_a_file_stays_with_its_message(phones: Phones) -> None:
    """As it was sent, also when the message is read anew; other messages have none."""
    file = Attachment("time.ics", b"BEGIN\r\n\x00\xff", "photo", "A village")
    (put,) = phones.deliver([Draft(Owner.ANA, "bot", 100, "Here.", file=file, delivery=7)])
    (other,) = phones.deliver([QUESTION])
    assert [message.draft.file for message in phones.since(0).messages] == [file, None]
    assert (phones.file(put.id), phones.file(other.id), phones.file(999)) == (file, None, None)


def test_a_file_from_before_there_were_pictures_is_read() -> None:
    """It says nothing of what is to be seen."""
    assert rows.file('["time.ics", "QkVHSU4=", "file"]') == Attachment("time.ics", b"BEGIN")


def test_a_file_goes_with_its_message(tmp_path: Path) -> None:
    """Taken out of the chat, it is nowhere any more."""
    phones = Phones(tmp_path / "phones.db")
    file = Attachment("mine.json", b"Where does the zzmarkerzz sleep?")
    (put,) = phones.deliver([Draft(Owner.ANA, "bot", 100, "Here.", file=file, delivery=7)])
    phones.remove(Owner.ANA, [put.id])
    assert phones.file(put.id) is None
    assert phones.since(0).messages[0].draft.file is None
    phones.close()


BEFORE_LANGUAGES = "ALTER TABLE updates DROP COLUMN language; PRAGMA user_version = 3;"
BEFORE_THE_GROUP = f"""{BEFORE_LANGUAGES}
ALTER TABLE messages DROP COLUMN door; ALTER TABLE messages DROP COLUMN reader;
ALTER TABLE updates DROP COLUMN in_group; DROP TABLE members; PRAGMA user_version = 2;
"""
BEFORE_FILES = BEFORE_THE_GROUP + "ALTER TABLE messages DROP COLUMN file; PRAGMA user_version = 1;"


def _from_before(folder: Path, how: str) -> Phones:
    """Phones with a question and an unheard answer, as an earlier Leeway left them, opened today."""
    before = Phones(folder / "phones.db")
    before.deliver([QUESTION])
    before.say(*_typed("Yes"))
    before.close()
    earlier = sqlite3.connect(folder / "phones.db")
    earlier.executescript(how)
    earlier.close()
    return Phones(folder / "phones.db")


@pytest.mark.parametrize("how", [BEFORE_FILES, BEFORE_THE_GROUP, BEFORE_LANGUAGES])
def test_phones_of_an_earlier_leeway_are_opened(tmp_path: Path, how: str) -> None:
    """What was said and what is to be heard is there; the next message may bring a file; the two are in the group."""
    after = _from_before(tmp_path, how)
    asked, said = after.since(0).messages
    assert (asked.draft, said.draft.text) == (QUESTION, "Yes")
    assert [(update.deed.text, update.deed.in_group) for update in after.updates()] == [("Yes", False)]
    (put,) = after.deliver([Draft(Owner.BEN, "bot", 100, file=Attachment("a.ics", b"x"), delivery=8)])
    assert after.file(put.id) == Attachment("a.ics", b"x")
    assert after.room == Room((Owner.ANA, Owner.BEN), Presence.OUT)
    after.close()


@pytest.mark.parametrize("how", [BEFORE_FILES, BEFORE_THE_GROUP, BEFORE_LANGUAGES])
def test_phones_of_an_earlier_leeway_take_part_in_the_group(tmp_path: Path, how: str) -> None:
    """Leeway can come into it, and whisper; opened once more, all of it is there."""
    after = _from_before(tmp_path, how)
    deed = Deed(Owner.ANA, Happening.ADDED, "", 100, 1, in_group=True)
    after.change_room(deed, Draft(Shared.GROUP, Owner.ANA, 100, Happening.ADDED, Kind.NOTE), is_heard=True)
    after.deliver([Draft(Shared.GROUP, "bot", 100, "Done.", Kind.ASIDE, reader=Owner.BEN)])
    again = Phones(tmp_path / "phones.db")
    assert (again.since(0), again.updates(), again.room) == (after.since(0), after.updates(), after.room)
    assert again.room.leeway is Presence.IN
    assert again.since(0).messages[-1].draft.reader is Owner.BEN
    for phones in (after, again):
        phones.close()
