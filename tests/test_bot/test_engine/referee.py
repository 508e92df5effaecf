"""Watches a play: after each turn, what must hold in every play of every exercise."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from bot.engine.acts import Act, Ask, Close, Do, Keep, Line, Offer, Redraw, Remind, Visibility
from bot.engine.advance import Outcome, Turn, advance
from bot.engine.codec import read_session, write_session, write_text
from bot.engine.events import Amended, Back, Chose, Event, Said, Unseated
from bot.engine.exercise import Exercise
from bot.engine.ids import PersonId
from bot.engine.seats import going_back
from bot.engine.session import Prompt, Session, Status
from bot.engine.text import Text
from bot.engine.walker import place
from tests.test_bot.test_engine.world import around

UNIQUE = re.compile(r"w\d+x")
Seat = tuple[str, PersonId]  # a sealed question, and whose answer


class Referee:
    """One play. `sealed`: the words of each sealed answer that is in; `secret`: those that never opened."""

    def __init__(self, exercise: Exercise, session: Session) -> None:
        """Before the first turn."""
        self.exercise = exercise
        self.session = session
        self.sent = set[int]()
        self.said = set[tuple[PersonId | None, Text]]()
        self.rewound = False
        self.sealed = dict[Seat, set[str]]()
        self.secret = set[tuple[PersonId, str]]()

    def take(self, event: Event) -> Turn:
        """One turn, looked at from all sides."""
        before, written = self.session, write_session(self.session)
        turn = advance(self.exercise, before, event, around())
        assert write_session(before) == written, "a turn changed the session that it was given"
        fresh = read_session(json.loads(json.dumps(written)))
        assert advance(self.exercise, fresh, event, around()) == turn, (
            "after a restart the same event does something else"
        )
        self.rewound = self.rewound or isinstance(event, Back | Unseated)
        self._alive(turn)
        self._prompts(turn)
        self._once(event, turn)
        self._seals(event, turn)
        self._quiet(turn)
        self.session = turn.session
        return turn

    # ---- something can always happen

    def _alive(self, turn: Turn) -> None:
        assert place(turn.session).alive, "no question, no timer, no end"
        if turn.session.status is Status.ENDED:
            assert not {**turn.session.answers, **turn.session.open}, "an end that forgets nothing"

    # ---- prompts: each is sent once, closed once, and its number is its own

    def _prompts(self, turn: Turn) -> None:
        before = {p.no: p for p in self.session.open.values()}
        after = {p.no: p for p in turn.session.open.values()}
        asked = [a.no for a in turn.acts if isinstance(a, Ask) and a.lead is None]
        closed = [a.no for a in turn.acts if isinstance(a, Close)]
        assert sorted(asked) == sorted(after.keys() - before.keys()), "what opened is sent, once, and nothing else"
        assert sorted(closed) == sorted(before.keys() - after.keys()), "what is over closes, once, and nothing else"
        assert not self.sent.intersection(asked), "a number came twice"
        assert all(p.to == before[no].to for no, p in after.items() if no in before), "a question changed hands"
        self.sent.update(asked)

    # ---- nothing is said or kept twice

    def _once(self, event: Event, turn: Turn) -> None:
        before, after = self.session, turn.session
        lines = [(a.to, a.text) for a in turn.acts if isinstance(a, Line)]
        if after.status is Status.ENDED:
            assert self.rewound or not self.said.intersection(lines), "said before"
        elif after.turn > before.turn:
            marks = [m for m, when in after.done.items() if when == after.turn and not m.startswith("remind:")]
            assert len(marks) == sum(_is_marked(a) for a in turn.acts), "as many marks as things done"
            if not isinstance(event, Back | Unseated):
                assert before.done.items() <= after.done.items(), "done twice"
        self.said.update(lines)

    # ---- nothing sealed leaves before its opening

    def _seals(self, event: Event, turn: Turn) -> None:
        prompt = self.session.prompt(event.prompt) if isinstance(event, Said | Chose) else None
        if isinstance(event, Back | Unseated):
            standing = {name for name, a in turn.session.answers.items() if a.by is not None}
            if isinstance(event, Back) and turn.session.status is Status.ENDED:  # it opened, and has forgotten by now
                standing = {*self.session.answers} - {*going_back(self.session, event.by, event.name)}
            self.sealed = {seat: words for seat, words in self.sealed.items() if _name(turn, seat) in standing}
        if turn.outcome is not Outcome.TOOK:
            return
        if isinstance(event, Said) and prompt is not None and prompt.sealed:
            self._typed(_question(prompt.name), event.by, event.text)
        if isinstance(event, Chose) and prompt is not None and prompt.sealed and _answers(prompt, event):
            self.sealed[_question(prompt.name), event.by] = set()
        if isinstance(event, Amended) and (_question(event.name), event.by) in self.sealed:
            before = self.sealed[_question(event.name), event.by]
            self._typed(_question(event.name), event.by, event.text)
            self.sealed[_question(event.name), event.by] |= before

    def _typed(self, question: str, by: PersonId, typed: str) -> None:
        """Only words that nobody else types ("w7x") can be looked for."""
        words = set(UNIQUE.findall(typed))
        self.sealed[question, by] = words
        self.secret |= {(by, word) for word in words}

    def _is_open(self, question: str, session: Session) -> bool:
        """Whether it has opened, which it only may with both answers in; a session that has ended does not say."""
        both = session.couple is not None and all((question, person) in self.sealed for person in session.people)
        if session.status is Status.ENDED:
            return both
        assert both or f"{question}:open" not in session.passed, "open, and one is not in"
        return f"{question}:open" in session.passed

    def _quiet(self, turn: Turn) -> None:
        for_both = _for_both(turn.session)
        opened = {question for question in for_both if self._is_open(question, turn.session)}
        for question, writer in self.sealed:
            if question in opened or (opened and question not in for_both):
                self.secret -= {(writer, words) for words in self.sealed[question, writer]}
        self._apart(turn)
        for reader, told in _told(turn):
            assert not [words for by, words in self.secret if by != reader and words in told], "a seal is broken"

    def _apart(self, turn: Turn) -> None:
        """What each wrote apart opens in the turn that shares something of both, and never of one alone."""
        shared = [a for a in turn.acts if isinstance(a, Keep) and a.visibility is Visibility.SHARED]
        values = {a.owner: json.dumps(a.value) for a in shared if a.name.startswith("opened.")}
        if len(values) == len(self.session.people):
            self.secret = {(by, words) for by, words in self.secret if words not in values.get(by, "")}


def _for_both(session: Session) -> set[str]:
    """The sealed questions that were put to both so far; others are parts of their own beside one of them."""
    return {name.removesuffix(":within") for name in session.dues if "/" not in name and name.endswith(":within")}


def _is_marked(act: Act) -> bool:
    return isinstance(act, Line | Offer | Do) or (isinstance(act, Keep) and not act.name.startswith("kept."))


def _question(name: str) -> str:
    return name.partition("/")[2]


def _name(turn: Turn, seat: Seat) -> str:
    question, person = seat
    return f"{turn.session.people.index(person)}/{question}" if person in turn.session.people else ""


def _answers(prompt: Prompt, event: Chose) -> bool:
    return any(side.token in event.options and side.tap.value == "answer" for side in prompt.sides)


def _told(turn: Turn) -> Iterator[tuple[PersonId | None, str]]:
    """What a turn tells to whom; None for more than one."""
    for act in turn.acts:
        match act:
            case Line(to, text):
                yield to, _read(text)
            case Ask(no) | Redraw(no) | Remind(no):
                if (prompt := turn.session.prompt(no)) is not None:
                    labels = [option.label for option in (*prompt.options,)]
                    yield prompt.to, "".join(_read(text) for text in (prompt.text, *labels))
            case Keep(_, owner, visibility, value):
                yield owner if visibility is Visibility.PRIVATE else None, json.dumps(value, ensure_ascii=False)
            case Offer():
                yield None, json.dumps(dict(act.given))
            case Do() | Close():
                yield act.by if isinstance(act, Do) else act.to, repr(act)
            case _:
                continue


def _read(text: Text) -> str:
    return json.dumps(write_text(text), ensure_ascii=False)
