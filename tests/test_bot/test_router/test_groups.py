"""A chat that the two share: whose it is, who may do what there, and that nothing private is ever said in it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.changes import DropAccount, SaveAccount, SaveCouple, SavePerson, Say
from bot.commands import group as words
from bot.commands import lines
from bot.engine.ids import CoupleId, PersonId
from bot.events import (
    Added,
    Command,
    Deed,
    Edited,
    Joined,
    MovedTo,
    Muted,
    Nameless,
    Place,
    Pressed,
    Removed,
    Typed,
    Unreadable,
)
from bot.people import Account, AccountKey, Couple, Group, GroupKey
from bot.ports import Capabilities, Gone, Moved, Overheard, Sent
from bot.tokens import press_token
from bot.turns import Turns
from storage.store import SqlStore
from tests.test_bot.phones import DAY, HOUR, MINUTE, Phone, Town

OPEN = "A question is open. It comes to each of you in your own chat with me."
SHOW, HIDE = "open answers here, too", "no answers here any more"


@pytest.fixture(params=["memory", "files"])
def town(request: pytest.FixtureRequest) -> Town:
    """The town over each of the two stores."""
    if request.param == "memory":
        return Town()
    store: SqlStore = request.getfixturevalue("database")
    return Town(store)


def _ours(town: Town, *, answers: bool = False) -> None:
    """Ana and Ben are a couple, and have a group; and perhaps both would have answers open there."""
    town.couple()
    town.later(DAY)
    town.ana.in_group(Added())
    town.ben.taps("that's me")
    for phone in (town.ana, town.ben) if answers else ():
        phone.taps(SHOW)
    town.forget()
    town.group.news()


def _round(town: Town) -> None:
    town.ana.in_group(Command("curious"))
    town.ana.answers("Bees.")
    town.ben.answers("Geese.")


def _group(town: Town) -> Group | None:
    with town.store.turn() as unit:
        return unit.group(town.group_key)


# ---- whose it is


def test_bringing_it_is_one_yes_and_the_other_s_is_asked_in_private(town: Town) -> None:
    """Until then it is nobody's, and nothing is said there of any question."""
    town.couple()
    town.later(DAY)
    town.ana.in_group(Added())
    assert any("belongs to you two" in told for told in town.ben.news())
    town.ana.gives("curious")
    assert OPEN not in town.group.news()
    town.ben.presses("yes, it is ours")
    group, couple = _group(town), town.ana.couple
    assert group is not None
    assert couple is not None
    assert group.couple == couple.id


def test_a_stranger_s_tap_links_nobody(town: Town) -> None:
    """Whoever taps first may be anybody: the second says in their own chat whether that is the right one."""
    town.begin(town.eve)
    town.begin(town.ana)
    town.eve.in_group(Added())
    assert town.ana.taps("that's me") == "The rest is in our own chat."
    assert any("Eve invites you" in told for told in town.ana.news())
    assert town.ana.couple is None
    assert town.eve.couple is None
    town.ana.presses("Fine, but on my own for now")
    assert town.eve.couple is None


def test_a_third_has_no_part_in_it(town: Town) -> None:
    """Neither in a group that is a couple's, nor in one that one of two who are linked has tapped in."""
    _ours(town)
    town.begin(town.eve)
    before = _group(town)
    for label in ("that's me", SHOW, "a curiosity question"):
        assert town.eve.taps(label) == "Leeway is here for two others."
    assert _group(town) == before
    town.ana.in_group(Removed())
    town.ana.in_group(Added())
    assert town.eve.taps("that's me") == "The rest is in our own chat."
    assert town.eve.couple is None


def test_a_second_couple_in_one_group_changes_nothing(town: Town) -> None:
    """They have their own chat, and are told so."""
    _ours(town)
    town.begin(town.eve)
    eve = town.eve.person
    finn = replace(eve, id=PersonId(5), name="Finn")
    with town.store.turn() as unit:
        unit.keep([SavePerson(finn), SaveCouple(Couple(CoupleId(77), (eve.id, finn.id), town.now))])
    before = _group(town)
    assert town.eve.taps(SHOW) == "Leeway is here for two others."
    assert town.eve.taps("that's me") == "Leeway is here for two others."
    assert _group(town) == before


def test_what_others_have_tapped_before_is_in_nobody_s_way(town: Town) -> None:
    """Eve brought it, or went from it to her own chat; the two who are linked have it all the same."""
    town.couple()
    town.begin(town.eve)
    town.eve.in_group(Added())
    town.ana.taps("that's me")
    town.ben.taps("that's me")
    group, couple = _group(town), town.ana.couple
    assert group is not None
    assert couple is not None
    assert group.couple == couple.id


def test_a_tap_of_who_has_agreed_to_nothing_is_none(town: Town) -> None:
    """They are asked first; else a yes of theirs would link somebody who never agreed."""
    town.begin(town.ana)
    town.eve.in_group(Command("help"))
    town.eve.taps("that's me")
    (door,) = [row.put.content.door for row in town.sent if isinstance(row.put.content, Say) and row.put.content.door]
    town.eve.gives("start", door.start)
    group = _group(town)
    assert group is not None
    assert group.taps == ()
    assert town.ana.taps("that's me") == "Noted. It takes a tap from the other one, too."
    assert town.eve.couple is None


def test_a_group_of_two_who_have_parted_is_not_carried_on(town: Town) -> None:
    """Ana brought it while she was Ben's; Eve is not asked about it."""
    town.couple()
    town.ana.in_group(Added())
    town.ana.gives("leave")
    town.ana.presses("leave now")
    town.later(2 * DAY)
    town.begin(town.eve)
    town.ana.gives("pair")
    town.eve.gives("start", town.ana.code())
    town.eve.presses("Fine, and link me with Ana")
    town.ana.presses("Yes, that is Eve")
    assert town.eve.couple is not None
    assert [told for told in town.eve.told if "brought Leeway" in told.text] == []


def test_a_yes_is_for_the_chat_that_was_asked_about(town: Town) -> None:
    """Not for the one that came after it; and a no changes nothing that the other could see."""
    town.couple()
    town.ana.in_group(Added())
    first = town.group_key
    town.group_key = GroupKey("playground", -300)
    town.group.user = -300
    yes = town.ben.token("yes, it is ours")
    town.ana.in_group(Added())
    town.ben.presses("no")
    assert town.ana.taps("that's me") == words.NOTED_ALREADY.key
    town.group.user = -100
    town.ben.sends(yes)
    with town.store.turn() as unit:
        here, there = unit.group(first), unit.group(town.group_key)
    assert here is not None
    assert here.couple is not None
    assert there is None


def test_with_another_account_both_say_yes_again(town: Town) -> None:
    """Who is there is counted by their accounts."""
    _ours(town, answers=True)
    town.ana.gives("move")
    town.eve.gives("pair", town.ana.code())
    town.ana.presses("take it all there")
    town.later(2 * MINUTE)
    group = _group(town)
    assert group is not None
    assert group.opens == (False, False)
    assert words.ONLY_OPEN.key in town.ben.news()


def test_the_newer_of_two_groups_is_theirs(town: Town) -> None:
    """And the one before is nobody's any more; nothing is said there."""
    _ours(town)
    first = town.group_key
    town.group_key = GroupKey("playground", -300)
    town.group.user = -300
    town.ben.in_group(Added())
    town.ana.taps("that's me")
    with town.store.turn() as unit:
        assert unit.group(first) is None
    town.ana.gives("curious")
    assert town.group.news()[-1] == OPEN


def test_whoever_deletes_everything_leaves_no_tap(town: Town) -> None:
    """Nor does who was linked leave a group behind."""
    town.begin(town.ana)
    town.ana.in_group(Added())
    town.ana.gives("delete")
    town.ana.presses("delete everything")
    assert _group(town) is None


@pytest.mark.parametrize("how", ["leave quietly", "leave now"])
def test_nothing_there_tells_that_the_two_have_parted(town: Town, how: str) -> None:
    """All is as before for a third, and silent where it would tell; when both have heard of it, it is nobody's."""
    _ours(town)
    before = town.eve.taps(SHOW), town.eve.in_group(Command("help")), town.group.news()
    town.ana.gives("leave")
    town.ana.presses(how)
    town.ben.news()
    assert (town.eve.taps(SHOW), town.eve.in_group(Command("help")), town.group.news()) == before
    town.ana.in_group(Nameless())
    for label in (SHOW, "a curiosity question"):
        assert town.ana.taps(label) == lines.STALE.key
    town.eve.in_group(Joined((AccountKey("playground", 3),)))
    assert (town.group.news(), town.ben.news()) == ([], [])
    town.ben.gives("help")
    town.later(DAY)
    town.ana.in_group(Command("help"))
    assert town.group.news() == [words.GREETING.key]


@pytest.mark.parametrize("deed", ["hide", "leave", "delete", "third"])
def test_what_waits_to_open_there_does_not_when_it_may_not_any_more(town: Town, deed: str) -> None:
    """The platform was away, and meanwhile one of them has ended it."""
    _ours(town, answers=True)
    town.ana.in_group(Command("curious"))
    town.ana.answers("Bees.")
    town.ben.types("Geese.")
    event = town.ben.event(Pressed(town.ben.token("no guess this time")))
    town.turns.take(event)
    _end(town, deed)
    town.deliver()
    town.later(DAY)
    assert [said for said in town.group.news() if "wrote" in said] == []
    assert any("Geese." in told.text for told in town.ana.told) or deed == "delete"


def _end(town: Town, deed: str) -> None:
    """Something after which nothing opens in the group, without a message being sent in between."""
    place = Place(town.group_key) if deed in {"hide", "third"} else None
    first: dict[str, Deed] = {
        "hide": Pressed("v1:c:group:hide"),
        "third": Joined((AccountKey("playground", 3),)),
        "leave": Command("leave"),
        "delete": Command("delete"),
    }
    event = town.ana.event(first[deed])
    town.turns.take(replace(event, sender=replace(event.sender, place=place)))
    if place is None:
        session = town.ana.session(deed)
        (prompt,) = session.open.values()
        option = {"leave": "quietly", "delete": "everything"}[deed]
        town.turns.take(town.ana.event(Pressed(press_token(session.id, prompt.no, option))))


# ---- more takes both, less takes one


def test_answers_open_there_once_both_want_it(town: Town) -> None:
    """One yes is not told to the other, and opens nothing."""
    _ours(town)
    town.ana.taps(SHOW)
    assert (town.ben.news(), town.group.news()) == ([], [])
    _round(town)
    assert town.group.news() == [OPEN]
    town.ben.taps(SHOW)
    _round(town)
    said = town.group.news()
    assert said[1] == OPEN
    assert "Ana wrote: Bees.\n\nBen wrote: Geese." in said[2]


@pytest.mark.parametrize("by", ["ana", "ben"])
def test_one_of_them_ends_it(town: Town, by: str) -> None:
    """Both are told the same; to have it again takes both again."""
    _ours(town, answers=True)
    phone: Phone = getattr(town, by)
    phone.taps(HIDE)
    assert town.ana.news()[-1:] == town.ben.news()[-1:] == [words.ONLY_OPEN.key]
    town.ana.taps(SHOW)
    _round(town)
    assert [said for said in town.group.news() if "wrote" in said] == []


def test_nothing_opens_before_a_third(town: Town) -> None:
    """Counted at the opening, however the third came: both are told in private, and the answers are in private."""
    _ours(town, answers=True)
    town.members.add(3)
    _round(town)
    town.tick()
    assert town.group.news() == [OPEN]
    assert words.OTHERS_THERE.key in town.ana.news()
    assert words.OTHERS_THERE.key in town.ben.news()
    assert any("Bees." in told.text for told in town.ben.told)
    group = _group(town)
    assert group is not None
    assert (group.opens, group.crowded) == ((False, False), None)
    town.later(HOUR)
    assert words.OTHERS_THERE.key not in town.ana.news()


def test_a_third_who_is_heard_of_closes_it_at_once(town: Town) -> None:
    """And one of the two who comes back, not."""
    _ours(town, answers=True)
    town.ben.in_group(Joined((AccountKey("playground", 2),)))
    assert town.ana.news() == []
    town.eve.in_group(Joined((AccountKey("playground", 2), AccountKey("playground", 3))))
    assert town.ana.news() == town.ben.news() == [words.OTHERS_THERE.key]


def test_where_no_answers_open_a_third_is_nothing(town: Town) -> None:
    """Nobody is told anything."""
    _ours(town)
    town.eve.in_group(Joined((AccountKey("playground", 3),)))
    assert town.ana.news() == town.ben.news() == []


def test_a_pass_opens_nothing_there(town: Town) -> None:
    """Nor does what is shown after one: that is between the two."""
    _ours(town, answers=True)
    town.ana.in_group(Command("curious"))
    town.ana.answers("Bees.")
    town.ben.presses("pass")
    town.later(20 * MINUTE)
    town.ana.presses("show mine anyway")
    assert town.group.news() == [OPEN]


# ---- nothing private


OTHERS = ("village", "space", "settings", "history", "export", "safety", "delete", "nonsense")


@pytest.mark.parametrize("command", OTHERS)
def test_any_other_command_is_answered_in_private_alone(town: Town, command: str) -> None:
    """With no trace in the group."""
    _ours(town)
    town.ana.in_group(Command(command))
    assert town.ana.news() != []
    assert (town.group.news(), town.ben.news()) == ([], [])


def test_a_question_of_one_s_own_is_not_announced(town: Town) -> None:
    """Whether it comes to the other at once is theirs to set, and must not show in the group."""
    _ours(town)
    town.ana.in_group(Command("ask", "What do you hum when nobody listens?"))
    town.ana.presses("ask us both")
    assert town.group.news() == []


def test_another_question_is_not_announced_again(town: Town) -> None:
    """One is open already."""
    _ours(town)
    town.ana.in_group(Command("curious"))
    town.ben.presses("…")
    town.ben.presses("another question")
    assert town.group.news() == [OPEN]


def test_the_week_s_question_is_announced_once(town: Town) -> None:
    """By the clock, for both in one line."""
    _ours(town)
    town.later(8 * DAY)
    assert town.group.news() == [OPEN]


def test_words_of_danger_bring_the_card_in_private(town: Town) -> None:
    """Of what is typed in the group the bot hears replies to it alone; it takes none of them for an answer."""
    _ours(town)
    town.ana.gives("curious")
    town.forget()
    town.group.news()
    assert town.ana.in_group(Typed("Geese.", "m1")) == ""
    assert town.ana.news() == []
    town.ana.in_group(Typed("I want to kill myself", "m2"))
    assert "a person, and this is only a bot" in town.ana.news()[0]
    assert (town.group.news(), town.ben.news()) == ([], [])


@pytest.mark.parametrize("deed", [Edited("x", "1"), Unreadable("photo"), Typed("hello", "1")])
def test_what_people_say_and_show_each_other_is_theirs(town: Town, deed: Deed) -> None:
    """Nothing comes of it, and nobody is kept who is not known."""
    _ours(town)
    for phone in (town.ana, town.eve):
        assert phone.in_group(deed) == ""
    assert (town.ana.news(), town.group.news()) == ([], [])
    with town.store.turn() as unit:
        assert unit.account(AccountKey("playground", 3)) is None


FORGED = ("", "v1:c:delete:", "v1:c:group:out", "v1:c:group:", "v1:p:1:1:yes", "v2:c:group:show", "x" * 300)


@pytest.mark.parametrize("token", FORGED)
def test_a_forged_button_does_nothing(town: Town, token: str) -> None:
    """Of the buttons that stand in a group, and of no other; not even one of their own in private."""
    _ours(town, answers=True)
    before = _group(town)
    assert town.ana.in_group(Pressed(token)) == lines.STALE.key
    assert _group(town) == before
    assert (town.ana.news(), town.ben.news(), town.group.news()) == ([], [], [])


def test_an_answer_s_button_does_nothing_in_the_group(town: Town) -> None:
    """It is private, wherever its token is brought."""
    _ours(town)
    town.ana.gives("curious")
    token = town.ana.token("pass")
    assert town.ana.in_group(Pressed(token)) == lines.STALE.key
    assert town.ana.session("curious").answers == {}


# ---- who cannot be written to


def test_whoever_is_not_known_is_shown_the_way(town: Town) -> None:
    """And nobody is kept of whom no more is known than that they typed a command."""
    town.eve.in_group(Command("village"))
    assert town.group.news() == [words.START_ME_FIRST.key]
    with town.store.turn() as unit:
        assert unit.account(AccountKey("playground", 3)) is None


def test_a_third_is_not_answered_in_another_two_s_group(town: Town) -> None:
    """Where both are known by other accounts, whoever is not known is none of them."""
    _ours(town)
    town.eve.in_group(Command("curious"))
    assert town.group.news() == []


def test_whoever_has_blocked_the_bot_is_told_so_alone(town: Town) -> None:
    """That they write in the group does not mean that they read in their own chat."""
    _ours(town)
    with town.store.turn() as unit:
        account = unit.account(AccountKey("playground", 1))
        assert account is not None
        unit.keep([SaveAccount(replace(account, reachable=False))])
    assert town.ana.taps("a curiosity question") == words.CANNOT_WRITE.key
    town.ana.in_group(Command("village"))
    assert town.group.news() == []  # it would tell that they have
    assert town.ana.sessions == []


def test_where_the_bot_may_write_first_it_does(town: Town) -> None:
    """As on Discord: no way needs to be shown, and the chat that is known stays the one that is written to."""
    town.library = replace(town.library, platforms={"playground": _CAN})
    town.turns = Turns(town.store, town.library)
    _ours(town)
    town.eve.in_group(Command("help"))
    assert town.group.news()[-1] == words.HELP.key
    town.eve.in_group(Command("village"))
    assert town.eve.news() != []


_CAN = Capabilities(4096, 64, 100, edits=True, units="utf16", writes_first=True)


# ---- two platforms


def test_of_a_couple_on_two_platforms_the_other_says_so_at_home(town: Town) -> None:
    """Ben is not known by the account that he has in the group; he says yes, and more, in his own chat."""
    town.couple()
    town.later(DAY)
    with town.store.turn() as unit:
        account = unit.account(AccountKey("playground", 2))
        assert account is not None
        unit.keep([DropAccount(account.key), SaveAccount(replace(account, key=AccountKey("elsewhere", 2)))])
    town.forget()
    town.ana.in_group(Added())
    assert any("on another platform" in told for told in town.ben.news())
    with town.store.turn() as unit:
        elsewhere = unit.account(AccountKey("elsewhere", 2))
    assert isinstance(elsewhere, Account)
    _at_home(town, elsewhere, "yes, it is ours")
    _at_home(town, elsewhere, "open answers there, too")
    town.ana.taps(SHOW)
    assert "from now on answers open here" in town.group.news()[-1]
    unknown = Phone(town, "Ben", 9, "Europe/Berlin")
    assert unknown.taps(HIDE) == words.IN_YOUR_OWN_CHAT.key


def _at_home(town: Town, account: Account, label: str) -> None:
    """Ben presses a button in his own chat on the other platform."""
    event = town.ben.event(Pressed(town.ben.token(label)))
    town.turns.take(replace(event, sender=replace(event.sender, account=account.key)))
    town.deliver()


# ---- what becomes of it


@pytest.mark.parametrize(("deed", "told"), [(Removed(), words.TAKEN_OUT.key), (Muted(), words.MUTED.key)])
def test_what_is_taken_is_told_in_private(town: Town, deed: Deed, told: str) -> None:
    """Everything goes on there."""
    _ours(town, answers=True)
    town.eve.in_group(deed)
    assert town.ana.news() == town.ben.news() == [told]
    town.ana.gives("curious")
    town.ana.answers("Bees.")
    town.ben.answers("Geese.")
    assert any("Bees." in each.text for each in town.ben.told)
    assert town.group.news() == []


def test_one_that_is_nobody_s_goes_without_a_word(town: Town) -> None:
    """Nobody is concerned."""
    town.begin(town.ana)
    town.ana.in_group(Added())
    town.forget()
    town.ana.in_group(Removed())
    assert town.ana.news() == []
    assert _group(town) is None


def test_whoever_was_left_quietly_reads_so_when_they_come_by_the_group(town: Town) -> None:
    """It is the next time that they tap something of Leeway's; in private, and nothing of it in the group."""
    _ours(town)
    token = town.group.token("a curiosity question")
    town.ana.gives("leave")
    town.ana.presses("leave quietly")
    town.ben.in_group(Pressed(token))
    assert lines.SPACE_CLOSED.key in town.ben.news()
    assert [said for said in town.group.news() if "closed" in said] == []


def test_t09_a_move_keeps_everything(town: Town) -> None:
    """Also where the new chat was heard of first, and made a group of its own."""
    _ours(town, answers=True)
    before, old = _group(town), town.group_key
    town.group_key = new = GroupKey("playground", -500)
    town.group.user = -500
    town.ana.in_group(Added())
    town.group_key = old
    town.ana.in_group(MovedTo(-500))
    town.ana.in_group(MovedTo(-500))
    town.group_key = new
    after = _group(town)
    assert before is not None
    assert after == replace(before, key=new)


def test_t09_a_move_that_is_heard_of_at_sending_does_the_same(town: Town) -> None:
    """The row goes to the new chat, also where that was heard of first, and made a group of its own."""
    _ours(town)
    old, town.group_key = town.group_key, GroupKey("playground", -500)
    town.group.user = -500
    town.ana.in_group(Added())
    town.group_key = old
    town.turns.take(town.ana.event(Command("curious")))
    rows = [row for row in town.store.claim(town.now, 10) if row.group is not None]
    assert [row.account.chat for row in rows] == [-100]
    town.store.settle(rows[0].put.id, Moved(-500))
    (again,) = (row for row in town.store.claim(town.now, 10) if row.group is not None)
    assert again.account.chat == -500
    town.store.settle(again.put.id, Sent(town.now, "m"))


def test_where_nothing_can_be_written_nothing_waits(town: Town) -> None:
    """A question that was open last month is no news to a group to which the bot comes back."""
    _ours(town)
    town.turns.take(town.ana.event(Command("curious")))
    (row,) = (row for row in town.store.claim(town.now, 10) if row.group is not None)
    town.store.settle(row.put.id, Gone(town.now))
    assert [row for row in town.store.claim(town.now, 10) if row.group is not None] == []
    group = _group(town)
    assert group is not None
    assert group.reachable is False
    town.later(2 * DAY)
    town.ana.in_group(Command("help"))
    assert town.group.news() == [words.HELP.key]


def test_others_are_told_of_once_whatever_the_store_does(town: Town) -> None:
    """What was counted is kept with what became of the message: a crash in between loses neither."""
    _ours(town, answers=True)
    town.members.add(3)
    _round(town)
    due = list(town.store.due(town.now, 10))
    for event in due:
        town.turns.take(event)
    assert town.store.due(town.now, 10) == []
    town.deliver()
    assert town.ana.news().count(words.OTHERS_THERE.key) == 1


def test_what_was_counted_for_a_group_that_is_gone_is_nothing(town: Town) -> None:
    """Nobody is told."""
    _ours(town, answers=True)
    town.ana.in_group(Command("curious"))
    town.ana.answers("Bees.")
    town.turns.take(town.ben.event(Typed("Geese.", "m")))
    town.ben.town.deliver()
    town.ana.in_group(Removed())
    town.store.settle(1, Overheard(town.now))
    assert [event for event in town.store.due(town.now, 10) if hasattr(event, "group")] == []


def test_the_chat_you_share_is_changed_in_private(town: Town) -> None:
    """What there is, less by one, nothing at all by one."""
    town.couple()
    assert town.ana.gives("group") == [words.NO_GROUP.key]
    town.later(DAY)
    town.ana.in_group(Added())
    town.ben.taps("that's me")
    for phone in (town.ana, town.ben):
        phone.gives("group")
        phone.presses("open answers there, too")
    assert "from now on answers open here" in town.group.news()[-1]
    town.ben.gives("group")
    town.ben.presses("say nothing there at all")
    assert town.ana.news()[-1] == town.ben.told[-1].text == words.IS_NO_MORE.key
    assert _group(town) is None
