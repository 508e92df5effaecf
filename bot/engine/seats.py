"""What an event changes before the exercise runs again: an answer taken back, words changed, a seat freed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from bot.engine.acts import Act, Close, Forget
from bot.engine.events import Amended, Back, Unseated
from bot.engine.ids import PersonId
from bot.engine.run import unopened
from bot.engine.session import Answer, Session


@dataclass(frozen=True, slots=True)
class Changed:
    """A session after the change, and what that brings about."""

    session: Session
    acts: tuple[Act, ...] = ()


def taken_back(session: Session, event: Back) -> Changed | None:
    """Rule 11: without one's own last answer, and without what was said and recorded after it; None where there is
    nothing to take back."""
    names = going_back(session, event.by, event.name)
    if not names:
        return None
    since, seat = session.answers[names[0]].turn, session.people.index(event.by)
    gone = {m for m, turn in session.done.items() if turn >= since and m.endswith(f">{seat}")}
    answers = {n: a for n, a in session.answers.items() if n not in names}
    done = {m: turn for m, turn in session.done.items() if m not in gone}
    forgotten = [Forget(_record_name(m), event.by) for m in sorted(gone) if m.startswith("record:")]
    return Changed(replace(session, answers=answers, done=done), tuple(forgotten))


def going_back(session: Session, by: PersonId, name: str = "") -> list[str]:
    """The answers that a person takes back: their last one, or that one and all of theirs after it."""
    fence = session.fences.get(by, 0)
    mine = [known for known, a in session.answers.items() if a.by == by and a.turn > fence]
    return (mine[mine.index(name) :] if name in mine else []) if name else mine[-1:]


def amended(session: Session, event: Amended) -> Changed | None:
    """With one part of free words replaced or added; None when they can no longer be changed."""
    answer = session.answers.get(event.name)
    if answer is None or not changeable(session, answer, event.by):
        return None
    words: Any = answer.value
    parts = list(words["words"])
    if event.part >= len(parts):
        parts.append(event.text)
    else:
        parts[event.part] = event.text
    changed = replace(answer, value={**words, "words": parts})
    return Changed(replace(session, answers={**session.answers, event.name: changed}))


def changeable(session: Session, answer: Answer, by: PersonId) -> bool:
    """Whether these are that person's own free words, not yet opened, recorded or sent."""
    recorded = any(m.startswith("record:") and turn >= answer.turn for m, turn in session.done.items())
    return answer.free and answer.by == by and answer.turn > session.fences.get(by, 0) and not recorded


def unseated(session: Session, event: Unseated) -> Changed:
    """Without the second person: their prompts close, their answers go, a sealed one is kept for them."""
    seat = session.people.index(event.person)
    theirs = {n: a for n, a in session.answers.items() if a.by == event.person}
    closed = [Close(p.no, p.to) for p in session.open.values() if p.to == event.person]
    after = replace(
        session,
        people=tuple(p for p in session.people if p != event.person),
        couple=None,
        answers={n: a for n, a in session.answers.items() if n not in theirs},
        done={m: t for m, t in session.done.items() if not m.endswith(f">{seat}") and f"remind:{seat}/" not in m},
        open={n: p for n, p in session.open.items() if p.to != event.person},
        fences={p: turn for p, turn in session.fences.items() if p != event.person},
        past={of: records for of, records in session.past.items() if of != str(seat)},
    )
    return Changed(after, (*closed, *unopened(session, theirs)))


def _record_name(mark: str) -> str:
    return mark.removeprefix("record:").rpartition(">")[0].rpartition("/")[2].removeprefix("record.")
