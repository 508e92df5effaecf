"""What happens in a play: steps of Ana's, Ben's and Eve's, the same in each of its worlds but for what is private."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from random import Random

from bot.engine.session import Kind
from bot.events import Added, Command, Deed, Joined, Muted, Pressed, Removed, Typed
from bot.people import AccountKey
from bot.tokens import press_token
from tests.test_bot.phones import DAY, HOUR, MINUTE, Phone
from tests.test_worlds.worlds import World

SHARED_COMMANDS = (
    *("curious",) * 4,
    *("help", "rhythm", "ask what do you hum?", "near", "leave", "pair", "start", "settings zone"),
)
OTHERS_COMMANDS = (
    *("skip", "curious", "curious", "village", "help", "back", "later", "continue", "safety", "rhythm", "pair", "stop"),
    *("settings", "ask", "ask off", "ask what do you hum?", "ask jar", "space now", "near", "leave", "start"),
)
IN_GROUP: tuple[str | Deed, ...] = (
    *("a curiosity question", "open answers here, too") * 3,
    *("no answers here any more", "that's me", "a question of my own"),
    *(Command("curious"), Command("help"), Command("ask", "what do you hum?"), Typed("hm", "own.0")),
    *(Joined((AccountKey("playground", 3),)), Joined(()), Added(), Muted(), Removed()),
)
SHARED_WORDS = ("Sunday", "Saturday at 20:00", "Madrid", "a walk", "two hours", "hm", "yes")
GAPS = (MINUTE, 5 * MINUTE, 20 * MINUTE, HOUR, 9 * HOUR, DAY, DAY, 3 * DAY)


class Steps:
    """Steps in one or two worlds. `reticent`: nobody but Ana answers anything, so that nothing that is sealed opens."""

    def __init__(self, chance: Random, worlds: tuple[World, ...], *, reticent: bool = False) -> None:
        """Nothing has happened."""
        self._chance = chance
        self._worlds = worlds
        self._reticent = reticent
        self._moves: tuple[Callable[[], None], ...] = (
            *(self._private, self._sealed, self._others) * 3,
            *(self._shared, self._shared, self._pairing, self._danger),
            *((self._group,) * 4 if self._worlds[0].town.group.told else ()),
        )

    def move(self) -> None:
        """Somebody does something, or a few things."""
        self._chance.choice(self._moves)()

    def gap(self) -> int:
        """For how many seconds nobody does anything then."""
        return self._chance.choice(GAPS) if self._chance.random() < 1 / 2 else 0

    # ---- Ana

    def _private(self) -> None:
        """Ana does a few things that are hers alone; as many in each world, but others, or nothing at all."""
        for _ in range(self._chance.choice((1, 2, 2, 4))):
            deed = self._chance.choice((World.alone, World.alone, World.alone, World.edits, World.replies))
            for world in self._worlds:
                world.privately(deed)

    def _sealed(self) -> None:
        """Ana writes her sealed answer: other words in each world, or only in one."""
        awake = [world for world in self._worlds if not world.idle]
        asked = [world.asked()[1] for world in awake]
        there = [
            key
            for key in asked[0]
            if all(key in a and w.has_before_her(key) for a, w in zip(asked, awake, strict=True))
        ]
        if there:
            key, taps = self._chance.choice(there), len(awake) == 1
            for world in self._worlds:
                world.privately(partial(_seals, key=key, may_tap=taps))
        else:
            for world in self._worlds:
                world.privately(World.alone)

    def _danger(self) -> None:
        """Ana writes words of danger, and more, in one world; in the other, nothing."""
        first, *others = self._worlds
        first.danger()
        for world in others:
            world.nothing()
            world.nothing()

    def _shared(self) -> None:
        """Ana does something that others may learn of: the same in both worlds."""
        asked = [world.may_be_told() for world in self._worlds]
        keys = [key for key in asked[0] if key in asked[-1]]
        if not keys or self._chance.random() < 1 / 3:
            command = self._chance.choice(SHARED_COMMANDS).split(maxsplit=1)
            self._all_do("ana", "gives", *command)
            return
        key = self._chance.choice(keys)
        session, prompt = asked[0][key]
        taps = [*(o.token for o in prompt.options), *(s.token for s in prompt.sides)]
        seen = all(world.has_before_her(key) for world in self._worlds)
        if prompt.kind is Kind.TEXT and not prompt.sealed and seen and (not taps or self._chance.random() < 2 / 3):
            words = self._chance.choice(SHARED_WORDS)
            for world in self._worlds:
                world.ana("types", words, reply_to=world.town.shown[key])
        elif taps:
            self._all_do("ana", "sends", press_token(session.id, prompt.no, self._chance.choice(taps)))
        else:
            self._all_do("ana", "gives", "help")

    def _pairing(self) -> None:
        """Ana leaves whom she is linked with; or invites somebody, who may come, and whom she may confirm."""
        if self._worlds[0].town.ana.couple is not None:
            self._all_do("ana", "gives", "leave")
            self._all_press("ana", self._chance.choice(("leave now", "leave quietly", "stay")))
            return
        guest = self._chance.choice(("ben", "eve"))
        self._all_do("ana", "gives", "pair")
        self._all_do(guest, "gives", "start", *self._code())
        self._all_press(
            guest, self._chance.choice(("Fine, and link me with Ana",) * 4 + ("Fine, but on my own for now",))
        )
        if self._chance.random() < 3 / 4:
            self._all_press("ana", f"Yes, that is {guest.capitalize()}")

    def _code(self) -> list[str]:
        return [told.invite for told in reversed(self._worlds[0].town.ana.told) if told.invite][:1]

    # ---- in the group

    def _group(self) -> None:
        """One of the three does something in the group, or something becomes of it."""
        who, deed = self._chance.choice(("ana", "ben", "ben", "eve")), self._chance.choice(IN_GROUP)
        for world in self._worlds:
            phone: Phone = getattr(world.town, who)
            if isinstance(deed, str):
                if (token := _token(world.town.group, deed)) is not None:
                    world.does(phone, "in_group", Pressed(token))
                continue
            if isinstance(deed, Joined):
                world.town.members = {1, 2, 3} if deed.who else {1, 2}
            world.does(phone, "in_group", deed)

    # ---- the others

    def _others(self) -> None:
        """Ben or Eve does something, with what they have before them."""
        who = self._chance.choice(("ben", "ben", "ben", "eve"))
        deed, which, words = self._chance.random(), self._chance.random(), f"hum {self._chance.randrange(100)}"
        back = self._chance.choice((1, 1, 1, 2, 3, 4))
        command = self._chance.choice(OTHERS_COMMANDS[self._reticent :])
        for world in self._worlds:
            phone: Phone = getattr(world.town, who)
            told = [told for told in phone.told if phone.buttons[told.message]][-back:][:1]
            buttons = [button for each in told for button in phone.buttons[each.message]]
            tokens = [button.token for button in buttons if not (self._reticent and button.token.endswith(":pass"))]
            if tokens and deed < 2 / 5:
                world.does(phone, "sends", tokens[int(which * len(tokens))])
            elif deed >= 4 / 5 or self._reticent:
                world.does(phone, "gives", *command.split(maxsplit=1))
            elif told and deed < 3 / 5:
                world.does(phone, "types", words, reply_to=told[0].message)
            else:
                world.does(phone, "types", words)

    # ---- the same in both

    def _all_do(self, who: str, how: str, *what: str) -> None:
        for world in self._worlds:
            world.does(getattr(world.town, who), how, *what)

    def _all_press(self, who: str, label: str) -> None:
        """Presses a button of that label, where it is there in both worlds."""
        tokens = [_token(getattr(world.town, who), label) for world in self._worlds]
        for world, token in zip(self._worlds, tokens, strict=True):
            if token is not None and all(tokens):
                world.does(getattr(world.town, who), "sends", token)


def _seals(world: World, *, key: tuple[int, int], may_tap: bool) -> None:
    world.seals(*world.asked()[1][key], may_tap=may_tap)


def _token(phone: Phone, label: str) -> str | None:
    """What the newest button of that label carries, if it is among the last few messages."""
    for told in reversed(phone.told[-4:]):
        for button in phone.buttons[told.message]:
            if button.label == label:
                return button.token
    return None
