"""A town of couples in many zones: who they are, what they have on their phones, and what was said and done there."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from random import Random
from zoneinfo import ZoneInfo

from tests.playing.phones import Phone
from tests.playing.script import Player

# Half hours, no summer time, southern summers, the day's first and last, and every clock change that there is.
ZONES = (
    "Europe/Lisbon", "Europe/Berlin", "America/New_York", "Pacific/Auckland", "Asia/Kathmandu",
    "America/Los_Angeles", "Australia/Lord_Howe", "Pacific/Kiritimati", "Africa/Casablanca", "America/Santiago",
    "Asia/Kolkata", "America/St_Johns", "Africa/Cairo", "Pacific/Honolulu", "Europe/London",
    "Australia/Sydney", "Asia/Tokyo", "America/Sao_Paulo", "Pacific/Chatham", "Asia/Tehran",
    "America/Havana", "Africa/Nairobi", "Europe/Athens", "Asia/Beirut", "Pacific/Pago_Pago",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """Something that stood on a phone: of the bot's or of its owner's. `prompt`: session and number of what its
    buttons answer; `message`: the server's id of it."""

    at: int
    mine: bool
    text: str
    buttons: tuple[str, ...] = ()
    prompt: tuple[int, int] | None = None
    message: str = ""

    @property
    def session(self) -> int | None:
        """The session that it belongs to."""
        return self.prompt[0] if self.prompt else None


@dataclass
class Round:
    """A question to both: by user, what each wrote, None for who passed, and when; what each guessed of the other's;
    and when who passed was shown it."""

    wrote: dict[int, str | None] = field(default_factory=dict)
    at: dict[int, int] = field(default_factory=dict)
    guessed: dict[int, str] = field(default_factory=dict)
    shown: dict[int, int] = field(default_factory=dict)


@dataclass
class Human:
    """Somebody with a phone. `away`: from when until when nothing could be delivered to them."""

    player: Player
    chance: Random
    phone: Phone = field(default_factory=Phone)
    lines: list[Line] = field(default_factory=list)
    away: list[tuple[int, float]] = field(default_factory=list)
    partner: Human | None = None
    _written: int = 0

    def words(self, kind: str) -> str:
        """Words of theirs, like no others: SEALED, GUESS or PRIVATE."""
        self._written += 1
        return f"{kind}-{self.player.user}-{self._written}."

    def is_away(self, at: int) -> bool:
        """Whether nothing could be delivered to them then."""
        return any(since <= at < until for since, until in self.away)

    def local(self, at: int) -> datetime:
        """What their clock shows then."""
        return datetime.fromtimestamp(at, ZoneInfo(self.player.zone))

    def midnight(self, day: date) -> int:
        """When that day begins for them."""
        return int(datetime.combine(day, time(), ZoneInfo(self.player.zone)).timestamp())

    @property
    def other(self) -> Human:
        """The one they are a couple with."""
        assert self.partner is not None
        return self.partner


def town(couples: int, seed: int) -> list[tuple[Human, Human]]:
    """So many couples; every third lives in two zones."""
    found = []
    for number in range(couples):
        zone = ZONES[number % len(ZONES)]
        far = ZONES[(number * 7 + 3) % len(ZONES)] if number % 3 == 0 else zone
        ana, ben = (
            Human(Player(f"{name}{number}", 10 * number + seat, "en", where), Random(f"{seed}/{number}/{seat}"))
            for seat, (name, where) in enumerate((("ana", zone), ("ben", far)), 1)
        )
        ana.partner, ben.partner = ben, ana
        found.append((ana, ben))
    return found


def transcript(human: Human, since: int, until: int) -> str:
    """What stood on both phones of a couple in that time, by the clock of one of them."""
    both = [(line, who) for who in (human, human.other) for line in who.lines if since <= line.at < until]
    return "\n".join(
        f"{human.local(line.at):%a %Y-%m-%d %H:%M}  {'' if line.mine else 'bot to '}{who.player.name}  "
        f"{line.text.replace(chr(10), ' / ')} {[*line.buttons] or ''}"
        for line, who in sorted(both, key=lambda pair: (pair[0].at, not pair[0].mine))
    )
