"""Two worlds that differ in nothing but what Ana answered in private, and all that reaches Ben in each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from random import Random

from bot.changes import Show
from bot.engine.exercise import Scope
from bot.engine.ids import Ids
from bot.engine.session import Kind, Prompt, Session
from bot.ports import Row
from bot.tokens import press_token
from bot.turns import Turns
from tests.test_bot.phones import DAY, HOUR, MINUTE, Town

ANY: Mapping[str, frozenset[str]] = {"*": frozenset()}

# What of a conversation of Ana's own tells Ben something: she chooses none of it. "*": each answer may.
TELLS: Mapping[str, Mapping[str, frozenset[str]]] = {
    "village": {"share": frozenset({"map", "all"})},
    "table": {},
    "welcome": {},
    "moves": {},
    "language": {},
    "quiet": {},
    "country": {},
    "asks": {},
    "export": {},
    "heard": {},
    "space": {"tell": frozenset({"send"})},
    "own-time": {},
    "afterwards": {"share": frozenset({"share"})},
    **dict.fromkeys(("rhythm", "settle", "zone", "guest", "confirm", "leave"), ANY),
    **dict.fromkeys(("ask", "grade", "near", "near-reply"), ANY),  # a week may draw from what is in the jar
    "discreet": ANY,  # what is not before her cannot be answered, and what she writes goes elsewhere
    **dict.fromkeys(("meanwhile", "good-wish", "kind-word", "asking-back", "answering"), ANY),
}
PRIVATE_COMMANDS = (
    *("village",) * 4,
    *("space", "space", "space now", "space now"),
    *(
        "settings",
        "settings quiet",
        "settings country",
        "settings asks",
        "settings discreet",
        "clean",
        "ask off",
        "ask on",
        "ask jar",
        "history",
    ),
    *("help", "safety", "later", "continue", "nonsense"),
)
SHARED_COMMANDS = ("curious", "curious", "help", "rhythm", "ask what do you hum?")
BENS_COMMANDS = (
    *("curious", "village", "help", "back", "later", "continue", "safety", "rhythm", "pair"),
    *("settings", "ask", "ask off", "ask what do you hum?", "ask jar", "history"),
)
GAPS = (MINUTE, 5 * MINUTE, HOUR, 9 * HOUR, DAY, 3 * DAY)
TYPED = ("tomorrow", "tonight", "Friday at 6", "8 pm", "20:30", "2", "yes", "1, 3", "two hours", "x" * 900)
DANGER = ("I want to die.", "I am afraid of Ben.", "He hits me.")
STEPS = 40
RARELY = 0.1


Heard = tuple[int, str, tuple[tuple[str, str], ...], bool]


class Apart(Ids):
    """Ids that depend on nothing but their own event: chance is the same in both worlds, whatever else happens."""

    def __init__(self) -> None:
        """None is made yet."""
        self._made = Counter[tuple[int, int]]()

    def next(self, at: int, chance: int) -> int:
        """The next id of that event."""
        self._made[at, chance] += 1
        drawn = blake2b(f"{chance}/{self._made[at, chance]}".encode(), digest_size=3)
        return at << 28 | int.from_bytes(drawn.digest())


class Ears(Town):
    """A town in which everything that reaches Ben is written down, edits, too."""

    def __init__(self) -> None:
        """Nothing has reached him."""
        super().__init__()
        self.library = replace(self.library, ids=Apart())
        self.turns = Turns(self.store, self.library)
        self.heard: list[Heard] = []
        self.delivered: dict[tuple[int, int], str] = {}

    def _send(self, row: Row) -> None:
        super()._send(row)
        message = self.renderer.message(row)
        if isinstance(row.put.content, Show) and self.ana.told:
            self.delivered[row.put.content.session, row.put.content.prompt.no] = self.ana.told[-1].message
        if message.chat == self.ben.user:
            buttons = tuple((b.label, b.token) for b in (*message.choices, *message.sides))
            file = message.attachment.content.decode() if message.attachment else ""
            self.heard.append((self.now, _same(f"{message.text or ''}{file}"), buttons, message.edits is not None))


def _same(text: str) -> str:
    """What Ana wrote, in whichever world."""
    return re.sub(r"[ab]{4}\d", "~", text)


@dataclass
class World:
    """One of the two. `shared`: chance that is the same in both; `own`: that of this world; `letter`: what Ana's
    words are made of here."""

    seed: int
    letter: str
    town: Ears = field(default_factory=Ears)

    def __post_init__(self) -> None:
        """Ana and Ben are a couple, whose first round is over."""
        self.town.couple()
        self.shared = Random(self.seed)
        self.own = Random(f"{self.seed}/{self.letter}")
        self.written = 0

    def play(self) -> list[Heard]:
        """A whole play; what reached Ben."""
        moves = (self.private, self.private, self.sealed, self.common, self.bens, self.bens, self.danger)
        for _ in range(STEPS):
            chance = Random(self.shared.random())
            chance.choice(moves)(chance)
            if chance.random() < 1 / 2:
                self.town.later(chance.choice(GAPS))
        self.town.later(4 * DAY)
        self.reads_everything()
        return self.town.heard

    # ---- Ana

    def private(self, shared: Random) -> None:
        """Ana does a few things that are hers alone; as many in each world, but others."""
        for _ in range(shared.choice((1, 2, 8, 16))):
            self._alone()

    def _alone(self) -> None:
        ana, chance = self.town.ana, self.own
        asked = [(s, p) for s in ana.sessions if s.exercise in self._own for p in s.open.values()]
        if not asked or chance.random() < RARELY:
            ana.gives(*chance.choice(PRIVATE_COMMANDS).split())
            return
        session, prompt = chance.choice(asked)
        pressed = self._options(session, prompt)
        may_type = prompt.name not in TELLS[session.exercise] and chance.random() < RARELY
        if prompt.kind is Kind.TEXT or not pressed or may_type:
            plain = prompt.free and chance.random() < 3 / 4
            typed = self._words() if plain else chance.choice(TYPED)
            ana.types(typed, reply_to=self.town.delivered.get((session.id, prompt.no)))
        else:
            ana.sends(press_token(session.id, prompt.no, chance.choice(pressed)))

    def sealed(self, _shared: Random) -> None:
        """Ana writes her sealed answer, other words in each world."""
        ana = self.town.ana
        asked = [(s, p) for s in ana.sessions for p in s.open.values() if p.sealed and p.to == ana.person.id]
        if not asked:
            ana.gives("help")
            return
        session, prompt = asked[0]
        ana.types(self._words(), reply_to=self.town.delivered.get((session.id, prompt.no)))

    def common(self, shared: Random) -> None:
        """Ana does something that Ben may learn of: the same in both worlds."""
        ana = self.town.ana
        asked = [
            (s, p)
            for s in ana.sessions
            if self.town.library.conversations[s.exercise].scope is Scope.COUPLE
            for p in s.open.values()
            if p.to == ana.person.id and p.kind is Kind.CHOICE
        ]
        if asked and shared.random() < 1 / 2:
            session, prompt = shared.choice(asked)
            ana.sends(press_token(session.id, prompt.no, shared.choice(prompt.options).token))
        else:
            ana.gives(*shared.choice(SHARED_COMMANDS).split(maxsplit=1))

    def danger(self, _shared: Random) -> None:
        """Ana writes words of danger in one world; in the other, nothing."""
        if self.letter == "a":
            self.town.ana.types(self.own.choice(DANGER))
        else:
            self.town.ana.does_nothing()

    # ---- Ben

    def bens(self, shared: Random) -> None:
        """Ben does something, with what he has before him."""
        ben = self.town.ben
        tokens: list[str] = [button.token for told in ben.told[-6:] for button in ben.buttons[told.message]]
        deed = shared.random()
        if any(s.exercise == "curious" for s in ben.sessions) and shared.random() < 1 / 2:
            ben.types(f"bens {shared.randrange(100)}")
        elif tokens and deed < 1 / 2:
            ben.sends(shared.choice(tokens))
        elif deed < 3 / 4:
            ben.types(f"bens {shared.randrange(100)}")
        else:
            ben.gives(*shared.choice(BENS_COMMANDS).split(maxsplit=1))

    def reads_everything(self) -> None:
        """All pages of what was asked and answered, and all that he may have as files."""
        ben = self.town.ben
        ben.gives("history")
        while "more" in ben.labels():
            ben.presses("more")
        ben.gives("export")
        ben.presses("make the files")

    # ---- inside

    @property
    def _own(self) -> set[str]:
        return {name for name, tells in TELLS.items() if "*" not in tells}

    def _options(self, session: Session, prompt: Prompt) -> list[str]:
        tells = TELLS[session.exercise].get(prompt.name, frozenset())
        if prompt.kind is Kind.MANY and len(prompt.ticks) >= prompt.least:
            return ["done"]
        tokens = [*(option.token for option in prompt.options), *(side.token for side in prompt.sides)]
        return [token for token in tokens if token not in tells and token not in prompt.ticks]

    def _words(self) -> str:
        self.written += 1
        return f"{self.letter * 4}{self.own.randrange(10)}"


def heard(seed: int) -> tuple[list[Heard], list[Heard]]:
    """What reached Ben in each of the two worlds of a play."""
    return World(seed, "a").play(), World(seed, "b").play()
