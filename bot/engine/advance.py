"""One turn of a conversation: the session as it is now, and what is to be said, kept and awaited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.engine import seats
from bot.engine.acts import Act, Ask, Close, Do, Keep, Line, Redraw, Remind, Set, Visibility
from bot.engine.branch import Branch
from bot.engine.errors import ExerciseError
from bot.engine.events import Amended, Back, Chose, Due, Event, Joined, Linked, Said, Stopped, Unseated
from bot.engine.exercise import Exercise, Scope
from bot.engine.questions import pressed_side, with_ticks
from bot.engine.run import Ended, Run, Surroundings, Uttered, Waiting, leaving, unopened
from bot.engine.session import REST, Kind, Note, Prompt, Session, Setting, Status, Tap
from bot.engine.talk import Talk
from bot.engine.text import T, Text

HINT_EVERY = 60  # seconds between two hints to the same question


class Outcome(StrEnum):
    """What became of the event."""

    TOOK = "took"  # it counted
    WRONG = "wrong"  # not understood; the question stays open
    STALE = "stale"  # for something that is no longer open
    FOREIGN = "foreign"  # for something that is the other's
    NOTHING = "nothing"  # there was nothing to take back, or to change
    EXPIRED = "expired"  # thirty days without an event


@dataclass(frozen=True, slots=True)
class Turn:
    """What one event made of a session."""

    session: Session
    acts: tuple[Act, ...]
    outcome: Outcome


def advance(exercise: Exercise, session: Session, event: Event, around: Surroundings) -> Turn:
    """One turn. Raises `ExerciseError` when the exercise raises; then nothing of the turn counts."""
    if session.status is Status.ENDED:
        return Turn(session, (), Outcome.STALE)
    match event:
        case Said() | Chose():
            return _answer(exercise, session, event, around)
        case Stopped():
            return end(session, event.at, Outcome.TOOK)
        case Due() if not session.timers and event.at >= session.last + REST:
            return end(session, event.at, Outcome.EXPIRED)
        case Back() | Amended():
            changed = seats.taken_back(session, event) if isinstance(event, Back) else seats.amended(session, event)
            if changed is None:
                return Turn(session, (), Outcome.NOTHING)
            return _with_acts(changed.acts, _run(exercise, changed.session, event, around))
        case Joined():
            return _run(exercise, replace(session, people=(*session.people, event.person)), event, around)
        case Linked():
            return _run(exercise, replace(session, couple=event.couple), event, around)
        case Unseated():
            changed = seats.unseated(session, event)
            return _with_acts(changed.acts, _run(exercise, changed.session, event, around))
        case _:
            return _run(exercise, session, event, around)


def _with_acts(before: tuple[Act, ...], turn: Turn) -> Turn:
    return replace(turn, acts=before + turn.acts)


# ---- an answer


def _answer(exercise: Exercise, session: Session, event: Said | Chose, around: Surroundings) -> Turn:
    prompt = session.prompt(event.prompt)
    if prompt is None:
        return Turn(session, (), Outcome.STALE)
    if prompt.to != event.by:
        return Turn(session, (), Outcome.FOREIGN)
    if isinstance(event, Chose) and (aside := _beside(session, prompt, event)) is not None:
        return aside
    if prompt.kind is Kind.MANY:
        ticked, complete = with_ticks(prompt, event)
        session = _replaced(session, ticked)
        if not complete:
            return _ticked(session, prompt, ticked, event, around)
        prompt = ticked
    return _with_choice(_run(exercise, session, event, around), prompt, event)


def _with_choice(turn: Turn, prompt: Prompt, event: Said | Chose) -> Turn:
    """A tap leaves no message of its own: what was chosen is shown where it was asked."""
    if isinstance(event, Said) or turn.outcome is not Outcome.TOOK:
        return turn
    labels = {o.token: o.label for o in prompt.options} | {s.token: s.label for s in prompt.sides}
    picked = prompt.ticks if prompt.kind is Kind.MANY else event.options
    chosen = tuple(labels[p] if isinstance(p, str) else T("{words}", words=p) for p in picked)
    acts = (
        replace(a, question=prompt.text, chosen=chosen) if isinstance(a, Close) and a.no == prompt.no else a
        for a in turn.acts
    )
    return replace(turn, acts=tuple(acts))


def _beside(session: Session, prompt: Prompt, event: Chose) -> Turn | None:
    """A tap that leaves the question open: the row unfolds, a wish is noted; and one that means nothing here."""
    if event.options == ("more",) and any(s.folded for s in prompt.sides):
        unfolded = _replaced(session, replace(prompt, unfolded=True), event.at)
        return Turn(unfolded, (Redraw(prompt.no),), Outcome.TOOK)
    noted = pressed_side(prompt, event, Tap.NOTE)
    if noted is not None:
        return Turn(replace(session, last=event.at), _note(prompt, noted), Outcome.TOOK)
    known = {o.token for o in prompt.options} | {s.token for s in prompt.sides}
    if prompt.kind is not Kind.MANY and not known.issuperset(event.options):
        return Turn(session, (), Outcome.STALE)
    return None


def _note(prompt: Prompt, token: str) -> tuple[Act, ...]:
    side = next(s for s in prompt.sides if s.token == token)
    acts = list[Act]()
    match side.note:
        case Note(name, shared, value):
            acts.append(Keep(name, prompt.to, Visibility.SHARED if shared else Visibility.PRIVATE, value))
        case Setting(name, value):
            acts.append(Do(Set({name: value}), prompt.to))
    if side.reply is not None:
        acts.append(Line(prompt.to, side.reply))
    return tuple(acts)


def _ticked(session: Session, before: Prompt, after: Prompt, event: Said | Chose, around: Surroundings) -> Turn:
    if after != before:
        return Turn(replace(session, last=event.at), (Redraw(after.no),), Outcome.TOOK)
    if isinstance(event, Chose):
        return Turn(session, (), Outcome.STALE)
    hint = around.phrases.own_words if after.own_words else around.phrases.choose
    return _hinted(session, after, hint, event.at)


def _replaced(session: Session, prompt: Prompt, at: int | None = None) -> Session:
    opened = {name: prompt if p.no == prompt.no else p for name, p in session.open.items()}
    return replace(session, open=opened, last=session.last if at is None else at)


def _hinted(session: Session, prompt: Prompt, hint: Text, at: int) -> Turn:
    """Rule 3: a question answered wrongly is sent again with its hint, at most once a minute."""
    if prompt.hinted is not None and at - prompt.hinted < HINT_EVERY:
        return Turn(session, (), Outcome.WRONG)
    hinted = _replaced(session, replace(prompt, hinted=at), at)
    return Turn(hinted, (Ask(prompt.no, hint),), Outcome.WRONG)


# ---- a run


def _run(exercise: Exercise, session: Session, event: Event, around: Surroundings) -> Turn:
    run = Run.of(exercise.name, session, event, around)
    main = Branch(run, session.people[0], "", fresh=run.moved, everyone=exercise.scope is Scope.COUPLE)
    try:
        exercise.play(Talk(main))
        ended = True
    except Waiting:
        ended = False
    except Ended:
        ended = True
    except Exception as error:
        raise ExerciseError(exercise.name, run.last_name) from error
    left = leaving(main.uttered, run)
    if ended:
        return _ended(session, run, left)
    return _waiting(session, run, left)


def _ended(session: Session, run: Run, left: list[Uttered]) -> Turn:
    kept = unopened(session, run.answers)
    turn = end(replace(session, answers={}), run.at, Outcome.STALE if run.ignored else Outcome.TOOK)
    return replace(turn, acts=(*turn.acts, *kept, *(u.act for u in left)))


def end(session: Session, at: int, outcome: Outcome = Outcome.TOOK) -> Turn:
    """Rule 9: the answers are erased; a sealed one that never opened is kept for its writer."""
    acts = [*_closed(session.open, {}), *unopened(session, session.answers)]
    after = replace(
        session, status=Status.ENDED, answers={}, fixed={}, given={}, past={}, open={}, timers={},
        turn=session.turn + 1, last=at, retry=None,
    )  # fmt: skip
    return Turn(after, tuple(acts), outcome)


def _waiting(session: Session, run: Run, left: list[Uttered]) -> Turn:
    fences = dict(run.fences)
    for uttered in left:
        fences |= dict.fromkeys(uttered.fences, run.turn)
    opened, asked, prompts = _opened(session, run)
    done = dict(session.done) | {u.mark: run.turn for u in left}
    reminds = _reminders(run, opened, asked)
    after = replace(
        session,
        status=Status.OPEN,
        answers=run.answers,
        fixed=run.fixed,
        dues=run.dues,
        passed=frozenset(run.passed),
        timers=run.timers,
        done=done | {f"remind:{name}": run.turn for name in asked if name in run.reminders},
        open=opened,
        fences=fences,
        turn=run.turn,
        prompts=prompts,
        last=run.at,
        failures=0,
        retry=None,
    )
    acts = (
        *_closed(session.open, opened),
        *(u.act for u in left),
        *(Ask(opened[name].no) for name in asked),
        *reminds,
    )
    if run.given is not None and run.wrong is not None and run.given.name in opened:
        if run.given.name in asked:  # of another kind now: it was sent anew
            return Turn(after, acts, Outcome.WRONG)
        hinted = _hinted(after, opened[run.given.name], run.wrong, run.at)
        return replace(hinted, acts=acts + hinted.acts)
    return Turn(after, acts, Outcome.STALE if run.ignored else Outcome.TOOK)


def _opened(session: Session, run: Run) -> tuple[dict[str, Prompt], list[str], tuple[int, int]]:
    """The prompts that are open now, those of them that are to be sent, and how many were put so far. Rule 3: one that
    was open already keeps its number and is not sent again. The first seat has odd numbers, the second even ones: from
    their own, nobody can tell what the other was asked."""
    opened, asked, count = dict[str, Prompt](), list[str](), [*session.prompts]
    for name, prompt in run.open.items():
        before = run.was_open(name)
        if before is not None and before.to == prompt.to and before.kind is prompt.kind:
            opened[name] = prompt.after(before)
        else:
            seat = session.people.index(prompt.to)
            count[seat] += 1
            opened[name] = replace(prompt, no=2 * count[seat] - 1 + seat)
            asked.append(name)
    return opened, asked, (count[0], count[1])


def _closed(before: Mapping[str, Prompt], after: Mapping[str, Prompt]) -> list[Act]:
    still = {p.no for p in after.values()}
    return [Close(p.no, p.to) for p in before.values() if p.no not in still]


def _reminders(run: Run, opened: Mapping[str, Prompt], asked: list[str]) -> list[Remind]:
    """A reminder for each question that was sent now and asked for one, once a question."""
    due = [name for name in asked if name in run.reminders and f"remind:{name}" not in run.before.done]
    return [
        Remind(opened[name].no, reminder.lead, reminder.wait, until)
        for name in due
        for reminder, until in (run.reminders[name],)
    ]
