"""What was wrong in a year: each rule looks through what stood on people's phones, and says where it was broken."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bot.words.wording import Wording
from tests.simulating.habits import DRAWN, PASS, STILL
from tests.simulating.town import Human, Line, Round, transcript

MINUTE, DAY, WEEK = 60, 86_400, 604_800
MORNING, NIGHT = 8, 22  # o'clock
STILL_HERE = 10 * MINUTE  # after somebody wrote or tapped; until then nothing wakes them
INSTEAD = "a curiosity question instead"  # stands under what a week proposes when it is no question
EXCHANGED = "another"  # stands under a card of one's own
A_YEAR = 48 * 7 * 86_400  # seconds, about: it comes again within three weeks of that day
A_SEASON = timedelta(weeks=13)
RENEWING, RENEWS, CLOSED = "Seven days to renew", " renews.", "This one stays closed."
OF_THEN = "A year ago, to the same question:"  # what opened then, once more
RATHER_TALK = "would rather talk about this one"  # said in place of the prompt, where it was not there yet
RESTS, A_REST = "Leeway rests until ", 26 * DAY  # of four weeks, those that are surely in it
PLANNED, TODAY = "Noted. You hear from me that morning.", "Today is the day"
OWN_TIME = ("This time is yours until", "About a quarter of an hour left.")
OVER = ("Welcome back.", "Not today, then.")
AWAY = "could not be delivered"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was wrong, on whose phone, and when."""

    human: Human
    at: int
    what: str

    def __str__(self) -> str:
        """With what stood on both phones of the couple in the days around it."""
        week = transcript(self.human, self.at - 4 * DAY, self.at + 4 * DAY)
        return f"{self.what}: {self.human.player.name}, {self.human.local(self.at)}\n{week}"


@dataclass(frozen=True, slots=True)
class Lived:
    """A year that is over. `first`, `last`: the Mondays of its first week and of the one after it; `until`: its end."""

    people: dict[int, Human]
    rounds: dict[int, Round]
    wording: Wording
    first: date
    last: date
    until: int


Rule = Callable[[Lived, Human], Iterator[Finding]]


def _said(human: Human) -> list[Line]:
    return [line for line in human.lines if not line.mine]


def _is_asked(line: Line) -> bool:
    """Whether that is a week's prompt. Who asks for cards of their own gets them when they like."""
    weekly = INSTEAD in line.buttons or (PASS in line.buttons and EXCHANGED not in line.buttons)
    return weekly and not line.text.startswith(STILL)


def _is_there(human: Human, line: Line) -> bool:
    """Whether they wrote or tapped just before."""
    return any(done.mine and line.at - STILL_HERE < done.at <= line.at for done in human.lines)


def _rests(human: Human) -> list[int]:
    """When rests of theirs began."""
    return [line.at for line in _said(human) if line.text.startswith(RESTS)]


def _monday(human: Human, at: int) -> date:
    day = human.local(at).date()
    return day - timedelta(days=day.weekday())


# ---- the rules


def one_prompt_a_week(lived: Lived, human: Human) -> Iterator[Finding]:
    """One in each week of their own calendar; none is missing but where one of the two was away, or it rested."""
    asked = defaultdict[date, list[int]](list)
    for line in filter(_is_asked, _said(human)):
        asked[_monday(human, line.at)].append(line.at)
    instead = (RATHER_TALK, RENEWING)
    talked = {_monday(human, line.at) for line in _said(human) if any(words in line.text for words in instead)}
    for times in asked.values():
        if len(times) > 1:
            yield Finding(human, times[1], "a second prompt in one week")
    if human.away or human.other.away or _rests(human):
        return
    week, off = lived.first, lived.first - A_SEASON
    while week < lived.last:
        if week not in {*asked, *talked}:
            if week - off < A_SEASON - timedelta(weeks=2):  # rounds by hand may bring the next one nearer
                yield Finding(human, human.midnight(week), "no prompt in this week, and not the season's week off")
            off = week
        week += timedelta(weeks=1)


def quiet_in_a_rest(lived: Lived, human: Human) -> Iterator[Finding]:
    """No prompt, and no reminder."""
    for since in _rests(human):
        for line in _said(human):
            if since < line.at < since + A_REST and (_is_asked(line) or line.text.startswith(STILL)):
                yield Finding(human, line.at, "asked in a rest")


def one_reminder_a_round(lived: Lived, human: Human) -> Iterator[Finding]:
    """At most one, and only to who has not answered."""
    reminded = Counter[int | None]()
    for line in _said(human):
        if line.text.startswith(STILL):
            reminded[line.session] += 1
            known = lived.rounds.get(line.session or 0, Round())
            if reminded[line.session] > 1:
                yield Finding(human, line.at, "a second reminder")
            if known.at.get(human.player.user, line.at) < line.at:
                yield Finding(human, line.at, "a reminder of what is answered")


def peace_in_the_night(lived: Lived, human: Human) -> Iterator[Finding]:
    """Between ten and eight nothing comes, but to who is there."""
    for line in _said(human):
        if not MORNING <= human.local(line.at).hour < NIGHT and not _is_there(human, line):
            yield Finding(human, line.at, "said in the night")


def nothing_twice(lived: Lived, human: Human) -> Iterator[Finding]:
    """No question is put twice, but with a word above it; no line twice within a day, but to who did it twice."""
    prompts, lines = set[tuple[tuple[int, int], bool]](), dict[str, int]()
    for line in _said(human):
        if line.prompt is not None:
            key = line.prompt, line.text.startswith((STILL, *OWN_TIME[1:]))
            if key in prompts and not _is_there(human, line):
                yield Finding(human, line.at, "a question twice")
            prompts.add(key)
        elif line.at - lines.get(line.text, 0) < DAY and not _is_there(human, line):
            yield Finding(human, line.at, "a line twice")
        lines[line.text] = line.at


def no_question_again(lived: Lived, human: Human) -> Iterator[Finding]:
    """The deck has more questions than a year has weeks; one of a year ago may come again."""
    asked = [line for line in _said(human) if _is_asked(line) and INSTEAD not in line.buttons]
    last = dict[str, int]()
    for line in asked:
        before = last.setdefault(line.text, line.at)
        last[line.text] = line.at
        if before < line.at < before + A_YEAR:
            yield Finding(human, line.at, "a question that came before")


def no_blaming_word(lived: Lived, human: Human) -> Iterator[Finding]:
    """Nor one that hurries, or assumes, in anything that was said."""
    for line in _said(human):
        for objection in lived.wording.objections(line.text, "en"):
            yield Finding(human, line.at, f"a word that blames: {objection}")


def sealed_until_the_opening(lived: Lived, human: Human) -> Iterator[Finding]:
    """What the other wrote comes once both have answered, or the other shows it; and then it does come, once."""
    for found in lived.rounds.values():
        words = found.wrote.get(human.other.player.user)
        if words is None:
            continue
        opens = _opens(found, human)
        seen = [line.at for line in _said(human) if words in line.text and not line.text.startswith(OF_THEN)]
        for at in seen[:1]:
            if opens is None or at < opens:
                yield Finding(human, at, f"what is sealed was seen: {words}")
        over = (
            opens is not None and opens + DAY < lived.until and not (human.is_away(opens) or human.is_away(opens + DAY))
        )
        if over and len(seen) != 1:
            yield Finding(human, opens or 0, f"what was opened was seen {len(seen)} times: {words}")


def _opens(found: Round, human: Human) -> int | None:
    """When that one may read what the other wrote."""
    mine, theirs = human.player.user, human.other.player.user
    if mine not in found.wrote:
        return None
    if found.wrote[mine] is None:
        return found.shown.get(theirs)
    return max(found.at[mine], found.at[theirs])


def guesses_after_the_opening(lived: Lived, human: Human) -> Iterator[Finding]:
    """What the other guessed comes once both answers are open, never before. An answer that was meant for something
    else is in no round here: of those, nothing is known."""
    for found in lived.rounds.values():
        words = found.guessed.get(human.other.player.user)
        if words is None or not {human.player.user, human.other.player.user} <= found.wrote.keys():
            continue
        opens, seen = _opens(found, human), [line.at for line in _said(human) if words in line.text]
        if seen and (opens is None or seen[0] < opens):
            yield Finding(human, seen[0], f"a guess before the opening: {words}")


def peace_in_ones_own_time(lived: Lived, human: Human) -> Iterator[Finding]:
    """From its beginning until its end nothing comes but what belongs to it, and what they ask for."""
    silent, over = False, {line.at for line in _said(human) if line.text.startswith(OVER)}
    for line in _said(human):
        silent = (silent or line.text.startswith(OWN_TIME)) and line.at not in over
        if silent and not line.text.startswith(OWN_TIME) and not _is_there(human, line):
            yield Finding(human, line.at, "said in their own time")


def renewed_or_closed(lived: Lived, human: Human) -> Iterator[Finding]:
    """What the other would renew on comes with one's own yes, or never; else, after seven days, one line, and that to
    both at the same time."""
    mark = f"TERMS-{human.other.player.user}-"
    for line in _said(human):
        if mark in line.text and not (RENEWS in line.text and f"TERMS-{human.player.user}-" in line.text):
            yield Finding(human, line.at, "what was sealed until both renew was seen")
    theirs = [line.at for line in _said(human.other) if line.text.startswith(CLOSED)]
    for line in _said(human):
        if line.text.startswith(CLOSED) and not any(abs(line.at - at) < DAY for at in theirs):
            yield Finding(human, line.at, "closed for one of the two")


def private_for_ever(lived: Lived, human: Human) -> Iterator[Finding]:
    """What was written for oneself is never on the other's phone."""
    mark = f"PRIVATE-{human.other.player.user}-"
    for line in _said(human):
        if mark in line.text:
            yield Finding(human, line.at, "what is private was seen")


def told_once_that_one_is_away(lived: Lived, human: Human) -> Iterator[Finding]:
    """At most once for each time, and only by then; whoever is away is told nothing."""
    told = [line.at for line in _said(human) if AWAY in line.text]
    for since, until in human.other.away:
        during = [at for at in told if since <= at < until]
        told = [at for at in told if at not in during]
        if len(during) != 1 and since < lived.until - 3 * WEEK:
            yield Finding(human, since, f"told {len(during)} times that the other could not be reached")
    for at in told:
        yield Finding(human, at, "told that the other is away, who is not")


def follow_ups_at_their_hour(lived: Lived, human: Human) -> Iterator[Finding]:
    """The morning of the day that they chose, the evening after it, and the next audit after thirteen weeks."""
    days = [line.at for line in _said(human) if TODAY in line.text]
    for line in _said(human):
        if line.text.startswith(PLANNED) and not any(0 < at - line.at < 2 * DAY for at in days):
            yield Finding(human, line.at, "no word on the day")
    for words, hour in ((TODAY, 10), ("Did it happen?", 18), (DRAWN, 18)):
        times = [line.at for line in _said(human) if words in line.text and not _is_there(human, line)]
        for at in times:
            if human.local(at).hour != hour:
                yield Finding(human, at, f"not at its hour: {words}")


# A year in which this was not said has shown nothing about it.
SAID = (
    STILL,
    RATHER_TALK,
    AWAY,
    RESTS,
    PLANNED,
    TODAY,
    "Did it happen?",
    DRAWN,
    RENEWING,
    CLOSED,
    " wrote: SEALED",
    "passed on this one",
    "Before it opened",
    "Your guess was",
    *OWN_TIME,
    OVER[0],
    "asked me to pass this on",
    "closed",
)


def never_said(lived: Lived) -> list[str]:
    """What was said to nobody."""
    texts = [line.text for human in lived.people.values() for line in _said(human)]
    return [words for words in SAID if not any(words in text for text in texts)]


RULES: tuple[Rule, ...] = (
    one_prompt_a_week,
    quiet_in_a_rest,
    one_reminder_a_round,
    peace_in_the_night,
    nothing_twice,
    no_question_again,
    no_blaming_word,
    sealed_until_the_opening,
    guesses_after_the_opening,
    peace_in_ones_own_time,
    renewed_or_closed,
    private_for_ever,
    told_once_that_one_is_away,
    follow_ups_at_their_hour,
)
