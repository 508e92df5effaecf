"""Who takes part: persons, their accounts on the platforms, couples, the chats that they share, invitations."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.engine.ids import CoupleId, GroupId, PersonId, SessionId

SHARED = 0  # no user's id on any platform


@dataclass(frozen=True, slots=True)
class Person:
    """A human being known to the bot. `zone`: IANA name; `consent`: the version agreed to, 0 for none yet; times in
    epoch seconds. `quiet_from`, `quiet_to`: minutes after local midnight between which nothing unasked is said.
    `discreet`: what comes unasked is announced, and shown on a tap. `open_to_asks`: the other's own questions come at
    once, else they wait in the jar. `silent_until`: time for oneself, in which nothing unasked is said;
    `silent_by`: the session that it belongs to. `card_at`: when words of danger last brought the whole card.
    `erased`: when they deleted everything; what is left of them is what others' things hang on."""

    id: PersonId
    name: str = field(repr=False)
    language: str
    zone: str
    created: int
    country: str = ""
    zone_confirmed: bool = False
    quiet_from: int = 22 * 60
    quiet_to: int = 8 * 60
    consent: int = 0
    consented: int | None = None
    wrong_codes: int = 0
    wrong_code_at: int = 0
    discreet: bool = False
    open_to_asks: bool = True
    silent_until: int | None = None
    silent_by: SessionId | None = None
    card_at: int | None = None
    erased: int | None = None


@dataclass(frozen=True, slots=True)
class AccountKey:
    """One identity on a platform: the platform's name (`telegram`, `playground`) and the user's id, below 2**63."""

    platform: str
    user: int


@dataclass(frozen=True, slots=True)
class Account:
    """A person's account and the private chat that belongs to it. `heard`: when they last wrote or tapped."""

    key: AccountKey
    person: PersonId
    chat: int
    heard: int
    reachable: bool = True

    @property
    def is_shared(self) -> bool:
        """Whether it stands for a group: nobody's own, and nothing is kept for its return."""
        return self.key.user == SHARED


@dataclass(frozen=True, slots=True)
class Couple:
    """Two persons linked by mutual consent, and their rhythm: local weekday (Monday 0) and minute of the day, when
    the next weekly prompt is due (epoch seconds), and the day of the last round (noon of it in UTC, epoch seconds: it
    stays that day wherever the two of them are). `rests_until`: the day before which there is no weekly
    prompt and no reminder, in the same way; `fits`: the circumstances that the weekly question heeds
    (`bot/commands/rhythm.py`). `ended`: when one of them left;
    `untold`: who has not heard of it yet. `depths`: how deep each would have the questions: -1 lighter, 1 deeper.
    `season`: how many weeks of seasons have come (`bot/seasons.py`). `dances`: who would show the other their line of
    the dance: 1 yes, -1 no, 0 not asked yet. `renews`: who has said yes to the ritual of renewing, and `renews_on`: its
    next day, as `last_round` is kept."""

    id: CoupleId
    people: tuple[PersonId, PersonId]
    created: int
    weekday: int | None = None
    minute: int | None = None
    next_due: int | None = None
    last_round: int | None = None
    ended: int | None = None
    rests_until: int | None = None
    fits: tuple[str, ...] = ()
    untold: PersonId | None = None
    depths: tuple[int, int] = (0, 0)
    season: int = 0
    dances: tuple[int, int] = (0, 0)
    renews: tuple[bool, bool] = (False, False)
    renews_on: int | None = None


@dataclass(frozen=True, slots=True)
class GroupKey:
    """A chat that several share: the platform's name, and the chat's id there."""

    platform: str
    chat: int


@dataclass(frozen=True, slots=True)
class Group:
    """A chat that several share, in which Leeway is. `couple`: whose it is; None until both have said so, and `taps`:
    who has so far. `language`, `zone`: in which it is spoken to. `topic`: where in a chat that has topics; `server`:
    the one that a channel is in. `reachable`: whether Leeway may write there. `opens`: by seat, who of the couple
    would have answers open there, which takes both. `crowded`: when others than the two were found there (epoch
    seconds), of which they have not been told."""

    id: GroupId
    key: GroupKey
    language: str
    zone: str
    couple: CoupleId | None = None
    taps: tuple[PersonId, ...] = ()
    topic: int | None = None
    server: int | None = None
    reachable: bool = True
    opens: tuple[bool, bool] = (False, False)
    crowded: int | None = None

    @property
    def shows_answers(self) -> bool:
        """Whether answers open there: as long as both want it."""
        return all(self.opens)

    @property
    def reader(self) -> Person:
        """Whoever reads there, as far as a message must know it: nobody in particular, at any hour."""
        return Person(PersonId(self.id), "", self.language, self.zone, 0, quiet_from=0, quiet_to=0)

    @property
    def account(self) -> Account:
        """Where what is said there goes."""
        return Account(AccountKey(self.key.platform, SHARED), PersonId(self.id), self.key.chat, 0, self.reachable)


@dataclass(frozen=True, slots=True)
class Invitation:
    """A seat kept for whoever brings the code; or, if it `moves`, everything of the inviter's, for another account of
    theirs. Only the code's hash is stored; one use, until `expires`."""

    code_hash: str
    inviter: PersonId
    session: SessionId | None
    expires: int
    guest: PersonId | None = None
    closed: bool = False
    moves: bool = False
