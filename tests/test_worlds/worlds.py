"""One world: Ana, Ben and Eve at their phones, and what each of them did, one line a deed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from bot.engine.session import Kind, Prompt, Session
from bot.events import Command
from bot.tokens import press_token
from tests.test_bot.phones import Phone
from tests.test_worlds.ears import Ears
from tests.test_worlds.tells import SEALED_TAPS, decides, is_private, may_be_typed, silent_taps

Open = dict[tuple[int, int], tuple[Session, Prompt]]  # by session and number

PRIVATE_COMMANDS = (
    *("village",) * 3,
    *("space", "space now") * 2,
    *("step", "job", "no", "mine", "dance", "woo"),
    *("settings", "settings quiet", "settings country", "settings asks", "settings discreet", "clean", "show"),
    *("ask off", "ask on", "help", "safety", "later", "continue", "nonsense", "jar", "history"),
)
TYPED = ("tomorrow", "tonight", "Friday at 6", "8 pm", "20:30", "2", "yes", "1, 3", "two hours", "x" * 900)
DANGER = ("I want to die.", "I am afraid of my partner.", "He hits me.")
RARELY = 0.15


@dataclass
class World:
    """`letter`: what Ana's words are made of here; `own`: the chance of this world; `idle`: whether she does nothing
    here that is private."""

    town: Ears
    letter: str
    own: Random
    idle: bool = False
    deeds: list[str] = field(default_factory=list)
    mine: list[str] = field(default_factory=list)  # her messages that were private or sealed
    written: int = 0

    # ---- what is open for Ana

    def asked(self) -> tuple[Open, Open, Open]:
        """Her open questions: those that are hers alone, those that are sealed, and all others."""
        ana = self.town.ana
        me, found = ana.person.id, (Open(), Open(), Open())
        for session in ana.sessions:
            for prompt in session.open.values():
                if prompt.to == me:
                    which = 0 if is_private(session, prompt) else 1 if prompt.sealed else 2
                    found[which][session.id, prompt.no] = session, prompt
        return found

    def may_be_told(self) -> Open:
        """Her open questions that others may learn of; also whether she shows what another passed on."""
        alone, sealed, others = self.asked()
        return {**sealed, **others, **{key: asked for key, asked in alone.items() if decides(asked[1])}}

    def has_before_her(self, key: tuple[int, int]) -> bool:
        """Whether that question has come to Ana's phone."""
        return key in self.town.shown

    # ---- what Ana does that nobody may learn of

    def privately(self, deed: Callable[[World], None]) -> None:
        """She does it, or nothing."""
        if self.idle:
            self.nothing()
        else:
            deed(self)

    def alone(self) -> None:
        """One thing that is hers alone."""
        asked, chance = self.asked()[0], self.own
        if not asked or chance.random() < RARELY:
            self._orders(*chance.choice(PRIVATE_COMMANDS).split())
            return
        session, prompt = chance.choice([*asked.values()])
        taps = silent_taps(session, prompt)
        rather_types = may_be_typed(session, prompt) and chance.random() < RARELY
        if (prompt.kind is Kind.TEXT and chance.random() < 3 / 4) or not taps or rather_types:
            self.writes(session, prompt, chance.choice(TYPED) if chance.random() < 1 / 3 else self.words())
        else:
            self.ana("sends", press_token(session.id, prompt.no, chance.choice(taps)))

    def _orders(self, command: str, argument: str = "") -> None:
        """Gives a command, in her own chat or in the group: /help is the group's own there."""
        if self.town.group.told and command != "help" and self.own.random() < 1 / 3:
            self.does(self.town.ana, "in_group", Command(command, argument))
        else:
            self.ana("gives", command, *([argument] if argument else []))

    def writes(self, session: Session, prompt: Prompt, words: str) -> None:
        """Words for that question, if it has come."""
        shown = self.town.shown.get((session.id, prompt.no))
        if shown is None or (is_private(session, prompt) and not may_be_typed(session, prompt)):
            self.ana("gives", "help")
            return
        self.mine.append(f"own.{self.town.messages + 1}")
        self.ana("types", words, reply_to=shown)

    def seals(self, session: Session, prompt: Prompt, *, may_tap: bool) -> None:
        """A sealed answer, a guess, or how sure she is; a pass only where the other world need not do the same."""
        sides = [side.token for side in prompt.sides if side.token in SEALED_TAPS] if may_tap else []
        taps = [option.token for option in prompt.options] or sides
        if prompt.kind is not Kind.TEXT or (sides and self.own.random() < RARELY):
            self.ana("sends", press_token(session.id, prompt.no, self.own.choice(taps)))
        else:
            self.writes(session, prompt, self.words())

    def edits(self) -> None:
        """She edits something that she wrote."""
        if self.mine:
            self.ana("edits", self.own.choice(self.mine[-4:]), self.words())
        else:
            self.alone()

    def replies(self) -> None:
        """She replies to an older message that is about something of her own."""
        theirs = [self.town.shown[key] for key in self.asked()[0] if key in self.town.shown]
        if theirs:
            self.ana("types", self.words(), reply_to=self.own.choice(theirs))
        else:
            self.alone()

    def danger(self) -> None:
        """Words of danger, wherever they can be written; and then, without a tap, what is no answer either."""
        words, where = self.fears(), self.own.random()
        if where < 1 / 2:
            self.ana("types", words)
        elif where < 3 / 4 and self.mine:
            self.ana("edits", self.mine[-1], words)
        else:
            self.ana("gives", "ask", words)
        self.ana("types", self.unheard())

    def nothing(self) -> None:
        """As long as a deed takes."""
        self.deeds.append("ana does nothing")
        self.town.ana.does_nothing()

    # ---- how it is done

    def ana(self, how: str, *what: str, **beside: str) -> None:
        """Ana does something."""
        self.does(self.town.ana, how, *what, **beside)

    def does(self, phone: Phone, how: str, *what: object, **beside: str) -> None:
        """Somebody does something, and it is noted."""
        self.deeds.append(f"{phone.name} {how} {' '.join(map(repr, what))}"[:120])
        getattr(phone, how)(*what, **beside)

    def fears(self) -> str:
        """Words of danger as she writes them here, about somebody by name, too: whom she is or was linked with."""
        ana = self.town.ana
        with self.town.store.turn() as unit:
            couples = [unit.couple_of(ana.person.id), *unit.former_couples(ana.person.id)]
            names = [unit.person(p).name for c in couples if c for p in c.people if p != ana.person.id]
        return self.own.choice((*DANGER, *(f"I am afraid of {name}." for name in names)))

    def unheard(self) -> str:
        """What she writes right after such words: nobody keeps it."""
        return self.words()

    def words(self) -> str:
        """Words as she writes them here."""
        self.written += 1
        return f"{self.letter * 4}{self.own.randrange(10)}"
