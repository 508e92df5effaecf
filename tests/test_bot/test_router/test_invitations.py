"""Two people find each other: codes that are good, used, over, wrong or one's own, and what a stranger can do."""

from collections import Counter

import pytest

from bot.commands import lines, pair
from bot.commands.start import TERMS, TERMS_VERSION
from bot.engine.text import Name
from bot.people import Couple
from tests.test_bot.phones import DAY, HOUR, Phone, Town

LINK_ME = "Fine, and link me with Ana"
ALONE = "Fine, but on my own for now"
YES, NO = "Yes, that is Ben", "No, somebody else"
KEPT = "curious.kept.answer"


# ---- codes


def test_the_guest_sees_one_screen_with_the_question(town: Town, ana: Phone, ben: Phone) -> None:
    """Whoever opens an invitation reads who invites, to what, and what there is to agree to."""
    code = town.invite()
    (told,) = ben.gives("start", code)
    assert told.startswith("Ana invites you to a question:")
    assert "18 and over" in told
    assert ben.labels() == [LINK_ME, ALONE]


@pytest.mark.parametrize("spoilt", [str.lower, lambda code: f" {code[:8]}-{code[8:]} ", lambda code: " ".join(code)])
def test_capitals_spaces_and_hyphens_do_not_matter(town: Town, ben: Phone, spoilt: object) -> None:
    """A code that was copied by hand works."""
    assert callable(spoilt)
    (told,) = ben.gives("pair", spoilt(town.invite()))
    assert told.startswith("Ana invites you")


def test_one_s_own_invitation_is_for_the_other(town: Town, ana: Phone) -> None:
    """Ana, who tries her own link, reads that it is hers, and it still works."""
    code = town.invite()
    assert ana.gives("start", code) == [town.words(pair.OWN_INVITATION)]
    assert town.ben.gives("start", code)[0].startswith("Ana invites you")


def test_an_invitation_works_once(town: Town, eve: Phone) -> None:
    """After Ben took the seat, Eve finds it closed."""
    code = town.invite()
    town.ben.gives("start", code)
    town.ben.presses(LINK_ME)
    assert eve.gives("start", code) == [town.words(pair.NO_INVITATION)]


def test_of_two_who_look_at_it_the_first_who_taps_has_the_seat(town: Town, ben: Phone, eve: Phone) -> None:
    """Both see the screen; the second tap finds the seat taken, and is shown nothing of the question's answers."""
    code = town.invite()
    ben.gives("start", code)
    eve.gives("start", code)
    ben.presses(LINK_ME)
    assert eve.presses(LINK_ME) == [town.words(pair.NO_INVITATION)]
    assert [s.exercise for s in eve.sessions] == []


def test_an_invitation_lasts_a_day(town: Town, ben: Phone) -> None:
    """A second before the end it works; at the end it does not."""
    code = town.invite()
    town.later(DAY - 61)
    assert ben.gives("start", code)[0].startswith("Ana invites you")
    town.later(61)
    assert ben.presses(LINK_ME) == [town.words(pair.NO_INVITATION)]


def test_an_expired_screen_consents_and_links_nobody(town: Town, ana: Phone, ben: Phone) -> None:
    """What was agreed to stands; there is no couple."""
    ben.gives("start", town.invite())
    town.later(DAY)
    ben.presses(LINK_ME)
    assert ben.person.consent == TERMS_VERSION
    assert ana.couple is ben.couple is None


def test_a_wrong_code_says_no_more_than_an_expired_one(town: Town, ben: Phone) -> None:
    """Used, over and wrong are one answer."""
    assert ben.gives("start", "NOSUCHCODE") == [town.words(pair.NO_INVITATION)]
    assert ben.labels() == ["begin on my own"]


def test_five_wrong_codes_and_an_hour_passes(town: Town, ben: Phone) -> None:
    """The sixth is not looked at, though it be right; after an hour it is."""
    code = town.invite()
    for n in range(5):
        assert ben.gives("start", f"WRONG{n}") == [town.words(pair.NO_INVITATION)]
    assert ben.gives("start", code) == [town.words(pair.TOO_MANY_CODES)]
    town.later(HOUR)
    assert ben.gives("start", code)[0].startswith("Ana invites you")


def test_a_thousand_wrong_codes_are_five_an_hour(town: Town, ana: Phone, ben: Phone) -> None:
    """One sentence each, five an hour looked at; that account alone is slowed down, and nobody else hears of it."""
    code, begun = town.invite(), town.now
    ana.news()
    said = Counter(ben.gives("start", f"WRONG{n}")[0] for n in range(1_000))
    hours = (town.now - begun) // HOUR + 1
    assert said == {town.words(pair.NO_INVITATION): 5 * hours, town.words(pair.TOO_MANY_CODES): 1_000 - 5 * hours}
    assert ana.news() == []
    town.later(HOUR)
    assert ben.gives("start", code)[0].startswith("Ana invites you")


def test_wrong_codes_that_lie_an_hour_apart_are_not_slowed_down(town: Town, ben: Phone) -> None:
    """Five in a row are many; five in a week are not."""
    for n in range(8):
        assert ben.gives("start", f"WRONG{n}") == [town.words(pair.NO_INVITATION)]
        town.later(HOUR)


@pytest.mark.parametrize("code", ["x" * 100_000, "\ud800", "\x00", "💌", "v1:c:start:x", "../../etc"])
def test_a_code_of_garbage_is_a_wrong_code(town: Town, ben: Phone, code: str) -> None:
    """Whatever somebody sends as a code is answered in one sentence."""
    assert ben.gives("start", code) == [town.words(pair.NO_INVITATION)]


def test_who_is_linked_cannot_open_an_invitation(town: Town, ana: Phone, ben: Phone, eve: Phone) -> None:
    """Ben, who is Ana's, is told so; Eve's invitation stays good."""
    town.couple()
    town.begin(eve)
    eve.gives("pair")
    assert ben.gives("start", eve.code()) == [town.words(pair.ALREADY_LINKED)]


def test_an_invitation_of_somebody_who_is_linked_meanwhile_is_closed(town: Town, ana: Phone, eve: Phone) -> None:
    """Ana's second link, once she is Ben's, is like one that is over."""
    town.seat()
    ana.gives("pair")
    second = ana.code()
    ana.presses(YES)
    assert eve.gives("start", second) == [town.words(pair.NO_INVITATION)]


def test_a_new_invitation_closes_the_one_before(town: Town, ana: Phone, eve: Phone) -> None:
    """One that was sent to the wrong chat is withdrawn by a new one, which works."""
    first = town.invite()
    ana.gives("pair")
    assert eve.gives("start", first)[0] == town.words(pair.NO_INVITATION)
    assert eve.gives("start", ana.code())[0].startswith("Ana invites you")


def test_a_link_closes_the_invitations_of_both(town: Town, ana: Phone, ben: Phone, eve: Phone) -> None:
    """Also when they part within the day: nobody comes in by an old one."""
    town.begin(ben)
    ben.gives("pair")
    old = ben.code()
    town.seat()
    ana.presses(YES)
    ben.gives("leave")
    ben.presses("leave now")
    assert eve.gives("start", old)[0] == town.words(pair.NO_INVITATION)


def test_a_no_closes_the_invitation(town: Town, ana: Phone, ben: Phone) -> None:
    """Whoever came by it cannot come by it again."""
    town.seat()
    ana.presses(NO)
    with town.store.turn() as unit:
        assert list(unit.invitations_of(ana.person.id)) == []


def test_a_guest_who_comes_too_late_can_begin_alone(town: Town, ben: Phone) -> None:
    """The tap finds the invitation over, and the way on beside it."""
    ben.gives("start", town.invite())
    town.later(DAY)
    ben.presses(LINK_ME)
    assert ben.labels() == ["begin on my own"]
    assert ben.presses("begin on my own")[-1].startswith("A question to carry")


def test_who_has_agreed_is_not_asked_again(town: Town, ben: Phone) -> None:
    """Ben knows the terms; he sees the question alone, and his agreement stays as old as it is."""
    town.begin(ben)
    agreed = ben.person.consented
    (told,) = ben.gives("start", town.invite())
    assert "18 and over" not in told
    ben.presses(LINK_ME)
    assert ben.person.consented == agreed


def test_an_invitation_that_nobody_confirms_closes_once(town: Town, ana: Phone, ben: Phone) -> None:
    """The round closes, and says so; that the invitation is over, too, is not said again."""
    town.seat()
    town.forget()
    town.later(5 * DAY)
    closings = [line for line in ben.news() if "closed" in line]
    assert len(closings) == 1


def test_an_invitation_without_a_round_that_nobody_confirms_closes_once(town: Town, ana: Phone, ben: Phone) -> None:
    """There is no round to say so: the guest hears of it."""
    town.begin()
    ana.gives("stop")
    ana.gives("pair")
    ben.gives("start", ana.code())
    ben.presses(LINK_ME)
    town.forget()
    town.later(5 * DAY)
    assert ben.news() == [town.words(lines.TIMED_OUT_GUEST)]


def test_who_is_linked_makes_no_invitation(town: Town, ana: Phone) -> None:
    """There is no second couple."""
    town.couple()
    assert ana.gives("pair") == [town.words(pair.ALREADY_LINKED)]


def test_who_has_not_agreed_makes_no_invitation(town: Town, ana: Phone) -> None:
    """Who could be linked by the other's tap has agreed to the terms before."""
    ana.gives("start")
    ana.gives("pair")
    assert all(told.invite is None for told in ana.told)
    assert ana.labels() == ["Fine with me"]


# ---- the guest


def test_a_guest_who_goes_alone_is_linked_with_nobody(town: Town, ana: Phone, ben: Phone) -> None:
    """Nothing is sent to Ana, and Ben has a question of his own."""
    ben.gives("start", town.invite())
    town.forget()
    told = ben.presses(ALONE)
    assert told[0] == "On your own, then. Nothing is sent to Ana."
    assert ana.news() == []
    assert ben.session("curious").people == (ben.person.id,)


def test_an_invitation_that_was_declined_still_works(town: Town, ben: Phone) -> None:
    """Who went alone can come back to it within the day."""
    code = town.invite()
    ben.gives("start", code)
    ben.presses(ALONE)
    assert ben.gives("start", code)[0].startswith("Ana invites you")


def test_the_same_link_twice_is_one_screen(town: Town, ben: Phone) -> None:
    """The first screen is replaced by the second; its button is stale."""
    code = town.invite()
    ben.gives("start", code)
    old = ben.token(LINK_ME)
    ben.gives("start", code)
    assert ben.sends(old) == [town.words(lines.STALE)]
    assert len(ben.sessions) == 1


def test_ana_is_asked_while_ben_writes(town: Town, ana: Phone, ben: Phone) -> None:
    """Her yes is needed for the opening, not for his question."""
    ben.gives("start", town.invite())
    town.forget()
    told = ben.presses(LINK_ME)
    assert ben.session("curious").waits_for(ben.person.id)
    assert told[0] == town.words(lines.ONLY_YES_MISSING, name=Name(ana.person.id))
    assert ana.news() == ["Ben opened your invitation. Is that the one you meant?"]


def test_nothing_opens_before_the_yes(town: Town, ana: Phone, ben: Phone) -> None:
    """Both answers are in, and neither has been shown."""
    town.seat()
    ben.types("A circus director.")
    town.later(DAY)
    everything = [told.text for phone in (ana, ben) for told in phone.told]
    assert not any("A circus director." in text or "A lighthouse keeper." in text for text in everything)


def test_yes_opens_what_is_in(town: Town, ana: Phone, ben: Phone) -> None:
    """With both answers in, her yes links and opens."""
    town.seat()
    ben.types("A circus director.")
    assert any(line.endswith("Ben wrote: A circus director.") for line in ana.presses(YES))
    assert any(line.endswith("Ana wrote: A lighthouse keeper.") for line in ben.news())


def test_yes_twice_links_once(town: Town, ana: Phone, ben: Phone) -> None:
    """The second press is stale."""
    town.seat()
    token = ana.token(YES)
    ana.sends(token)
    assert ana.sends(token) == [town.words(lines.STALE)]


def test_no_frees_the_seat_and_shows_nothing(town: Town, ana: Phone, ben: Phone) -> None:
    """Ben keeps what he wrote, Ana's round waits again, and she can invite anew."""
    town.seat()
    ben.types("A circus director.")
    ana.presses(NO)
    assert ben.news() == [town.words(lines.TIMED_OUT_GUEST)]
    assert len(ben.past(KEPT)[KEPT]) == 1
    assert ana.session("curious").people == (ana.person.id,)
    assert ana.couple is None


def test_after_a_no_the_stranger_can_do_nothing_with_the_round(town: Town, ana: Phone, ben: Phone) -> None:
    """Every button and command that Ben still has is stale."""
    town.seat()
    tokens = [ben.token("pass"), ben.token("at the table tonight"), ben.token("…")]
    round_ = str(ana.session("curious").id)
    ana.presses(NO)
    before = ana.session("curious")
    assert [ben.sends(token) for token in tokens] == [[town.words(lines.STALE)]] * 3
    assert ben.gives("stop", round_) == [town.words(lines.STALE)]
    assert ana.session("curious") == before


def test_after_a_no_another_can_be_invited(town: Town, ana: Phone, eve: Phone) -> None:
    """The answer that Ana gave waits for whoever it is for."""
    town.seat()
    ana.presses(NO)
    ana.gives("pair")
    eve.gives("start", ana.code())
    eve.presses(LINK_ME)
    eve.types("Not a word.")
    assert any(line.endswith("Eve wrote: Not a word.") for line in ana.presses("Yes, that is Eve"))


def test_a_stranger_at_the_table_cannot_hinder_the_no(town: Town, ana: Phone, ben: Phone) -> None:
    """Though the stranger has ended the question for both, Ana can still say that it is the wrong one."""
    town.seat()
    ben.presses("at the table tonight")
    town.forget()
    assert any("nothing that you wrote" in line for line in ana.presses(NO))
    assert ben.news() == [town.words(lines.TIMED_OUT_GUEST)]


def test_a_stranger_who_asks_for_another_cannot_hinder_the_no(town: Town, ana: Phone, ben: Phone) -> None:
    """Nor by another question."""
    town.seat()
    ben.presses("…")
    ben.presses("another question")
    ana.presses(NO)
    assert ana.session("curious").people == (ana.person.id,)
    assert ben.sessions == []


def test_a_guest_who_stops_leaves_the_round_to_its_inviter(town: Town, ana: Phone, ben: Phone) -> None:
    """Before the yes it is Ana's round: a stranger who leaves does not end it."""
    town.seat()
    town.forget()
    assert ben.gives("stop") == [town.words(lines.STOPPED)]
    assert ana.news() == []
    assert ana.session("curious").people == (ana.person.id,)
    assert "0/answer" in ana.session("curious").answers


def test_an_inviter_who_never_answers_closes_the_seat_after_three_days(town: Town, ana: Phone, ben: Phone) -> None:
    """Neither has seen anything; each keeps what they wrote."""
    town.seat()
    ben.types("A circus director.")
    town.later(4 * DAY)
    assert ana.couple is None
    assert ana.sessions == ben.sessions == []
    assert len(ana.past(KEPT)[KEPT]) == len(ben.past(KEPT)[KEPT]) == 1


def test_after_three_days_the_two_can_try_again(town: Town, ana: Phone, ben: Phone) -> None:
    """A new invitation carries them as if there had been none."""
    town.seat()
    town.later(4 * DAY)
    ana.gives("pair")
    ben.gives("start", ana.code())
    ben.presses(LINK_ME)
    ana.presses(YES)
    assert _linked(ana, ben)


def test_a_yes_after_the_round_has_ended_begins_one(town: Town, ana: Phone, ben: Phone) -> None:
    """Ana stopped her round before she said yes: the two get a new one."""
    town.seat()
    ana.gives("stop", str(ana.session("curious").id))
    ana.presses(YES)
    assert ana.session("curious").couple == ben.session("curious").couple is not None


def test_an_invitation_without_a_round(town: Town, ana: Phone, ben: Phone) -> None:
    """Where nothing is open to be answered, the link begins the first round."""
    town.begin()
    ana.gives("stop")
    ana.gives("pair")
    ben.gives("start", ana.code())
    ben.presses(LINK_ME)
    ana.presses(YES)
    assert ben.session("curious").waits_for(ben.person.id)
    assert _linked(ana, ben)


# ---- crossings


def test_a_guest_with_a_first_round_of_his_own(town: Town, ana: Phone, ben: Phone) -> None:
    """Once the two are linked, the round that waited for somebody else is closed, its answer kept for its writer."""
    town.begin(ben)
    ben.types("Mine alone.")
    town.seat()
    ana.presses(YES)
    assert [s.people for s in ben.sessions if s.exercise == "curious"] == [(ana.person.id, ben.person.id)]
    assert len(ben.past(KEPT)[KEPT]) == 1


def test_both_invite_each_other(town: Town, ana: Phone, ben: Phone) -> None:
    """Each opens the other's link; one yes is enough, and nobody is asked once more."""
    _cross(town)
    ana.presses(YES)
    assert _linked(ana, ben)
    assert [s.exercise for s in (*ana.sessions, *ben.sessions) if s.exercise == "confirm"] == []


def test_the_second_yes_of_a_crossing_is_stale(town: Town, ana: Phone, ben: Phone) -> None:
    """Ben's button was for something that is settled."""
    _cross(town)
    old = ben.token("Yes, that is Ana")
    ana.presses(YES)
    assert ben.sends(old) == [town.words(lines.STALE)]
    assert _linked(ana, ben)


def test_a_no_in_a_crossing_leaves_the_other_way_open(town: Town, ana: Phone, ben: Phone) -> None:
    """Ana says no by mistake; Ben's own invitation, which she opened, is still to be answered by him."""
    _cross(town)
    ana.presses(NO)
    ben.presses("Yes, that is Ana")
    assert _linked(ana, ben)


def test_two_guests_of_one_inviter(town: Town, ana: Phone, ben: Phone, eve: Phone) -> None:
    """Ana gave out two links and says yes to Ben: Eve's seat is closed, and nothing of the round is hers."""
    town.seat()
    ana.gives("pair")
    eve.gives("start", ana.code())
    eve.presses(LINK_ME)
    ana.presses(YES)
    assert _linked(ana, ben)
    assert eve.couple is None
    assert eve.news()[-1] == town.words(lines.TIMED_OUT_GUEST)
    assert [s.exercise for s in ana.sessions if s.exercise == "confirm"] == []


def test_a_guest_of_two_inviters(town: Town, ana: Phone, ben: Phone, eve: Phone) -> None:
    """Ben took Ana's seat and Eve's; Eve said yes first. Ana is not told that she is linked, nor with whom he is."""
    town.seat()
    old = ana.token(YES)
    town.begin(eve)
    eve.gives("pair")
    ben.gives("start", eve.code())
    ben.presses("Fine, and link me with Eve")
    eve.presses(YES)
    assert _linked(eve, ben)
    assert ana.sends(old) == [town.words(lines.STALE)]
    assert ana.couple is None
    assert ana.session("curious").people == (ana.person.id,)


# ---- names


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Ben\nLeeway: your partner waits", "Ben Leeway: your partner waits"),
        ("\u202eneB", "neB"),
        ("  ", "…"),
        ("", "…"),
        ("\u200b\u200e", "…"),
        ("a\x00b", "ab"),
        ("\ud800", "\ufffd"),
        ("x" * 65, "x" * 64),
        ("Zoë O’Neil-李", "Zoë O’Neil-李"),
    ],
)
def test_a_name_is_one_line_of_what_can_be_seen(town: Town, ben: Phone, name: str, shown: str) -> None:
    """A name stands within our sentences: it cannot begin a line of its own, nor turn what stands beside it."""
    ben.name = name
    ben.gives("start")
    assert ben.person.name == shown


def test_the_screen_holds_the_same_terms_as_the_first_one(town: Town, ben: Phone) -> None:
    """Whoever comes by an invitation agrees to no less."""
    ben.gives("start", town.invite())
    assert town.words(TERMS) in ben.told[-1].text


def _linked(one: Phone, other: Phone) -> bool:
    couple = one.couple
    return isinstance(couple, Couple) and set(couple.people) == {one.person.id, other.person.id}


def _cross(town: Town) -> None:
    """Ana and Ben have each answered and invited, and each opened the other's link."""
    code = town.invite()
    town.begin(town.ben)
    town.ben.types("A circus director.")
    town.ben.gives("pair")
    town.ben.gives("start", code)
    town.ben.presses(LINK_ME)
    town.ana.gives("start", town.ben.code())
    town.ana.presses("Fine, and link me with Ben")
