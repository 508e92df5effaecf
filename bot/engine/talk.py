"""What an exercise sees: a few verbs that read like a conversation. It is run again from the top at every event."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from hashlib import blake2s
from typing import Any, Literal, Protocol, TypeVar, overload

from bot.engine.acts import Button, Do, Effect, Keep, Line, Offer, Visibility
from bot.engine.branch import Branch
from bot.engine.codec import write_arg
from bot.engine.decks import Wish, draw
from bot.engine.ids import PersonId
from bot.engine.moments import Moment
from bot.engine.parsers import THOUGHT, Parser
from bot.engine.pictures import Picture
from bot.engine.questions import (
    Question,
    Tapped,
    load_choice,
    load_many,
    load_text,
    put,
    read_choice,
    read_many,
    read_text,
)
from bot.engine.run import Ended, Phrases, Reminder, Waiting
from bot.engine.sealed import Answered, Broken, Closed, Kept, Opened, Sealed, put_to_both, recorded
from bot.engine.session import Json, Kind, Option, Prompt, Side
from bot.engine.text import Arg, Card, T, Text, Words, text

V = TypeVar("V")
MANY = 99  # options at most, where an exercise names no number
ANY = Wish()


class Shown(Protocol):
    """Something to look at that can also be said."""

    @property
    def text(self) -> Text:
        """The same in words."""
        ...

    @property
    def picture(self) -> Picture | None:
        """What is to be seen; None where that is nothing."""
        ...


def options(**labels: Text) -> tuple[Option, ...]:
    """Options from tokens and labels."""
    return tuple(Option(token, label) for token, label in labels.items())


class Talk:
    """The conversation of one exercise, or of one person's part of it. One object lives for one turn."""

    def __init__(self, branch: Branch) -> None:
        """A conversation over one strand of a run."""
        self._branch = branch

    # ---- who

    @property
    def me(self) -> PersonId:
        """Whose part this is; in a couple's main part, who began it."""
        return self._branch.me

    @property
    def partner(self) -> PersonId | None:
        """The other one: who takes part, too, or, in somebody's own exercise, whom they were linked with at its
        start; None while there is none."""
        return next((p for p in self.people if p != self.me), self._branch.run.before.partner)

    @property
    def people(self) -> tuple[PersonId, ...]:
        """Who takes part, the starter first."""
        return self._branch.people

    @property
    def linked(self) -> bool:
        """Whether the two are a couple; a first round begins before that."""
        return self._branch.run.before.couple is not None

    # ---- speaking

    def say(self, key: str, /, *, to: PersonId | None = None, buttons: tuple[Button, ...] = (), **args: Arg) -> None:
        """Says a sentence: to `to`, else to whoever this part of the conversation is with."""
        self._tell(text(key, args), self._readers(to), buttons)

    def show(self, shown: Shown, *, to: PersonId | None = None) -> None:
        """Shows something, with its words."""
        self._tell(shown.text, self._readers(to), (), picture=shown.picture)

    def announce(self, key: str, /, *, opening: bool = False, **args: Arg) -> None:
        """Says a sentence in the couple's group, where there is one; an `opening` only where both want it, and nobody
        else is there."""
        self._tell(text(key, args), (None,), (), opening=opening)

    # ---- asking one person

    @overload
    def ask(
        self,
        name: str,
        key: str,
        /,
        *,
        parser: Parser[V],
        sides: tuple[Side, ...],
        within: timedelta,
        hint: Text | None = ...,
        to: PersonId | None = ...,
        was: str | None = ...,
        **args: Arg,
    ) -> V | Tapped | None: ...
    @overload
    def ask(
        self,
        name: str,
        key: str,
        /,
        *,
        parser: Parser[V],
        sides: tuple[Side, ...],
        hint: Text | None = ...,
        to: PersonId | None = ...,
        was: str | None = ...,
        **args: Arg,
    ) -> V | Tapped: ...
    @overload
    def ask(
        self,
        name: str,
        key: str,
        /,
        *,
        parser: Parser[V],
        hint: Text | None = ...,
        to: PersonId | None = ...,
        was: str | None = ...,
        **args: Arg,
    ) -> V: ...
    @overload
    def ask(
        self,
        name: str,
        key: str,
        /,
        *,
        within: timedelta,
        hint: Text | None = ...,
        to: PersonId | None = ...,
        was: str | None = ...,
        **args: Arg,
    ) -> Words | None: ...
    @overload
    def ask(
        self,
        name: str,
        key: str,
        /,
        *,
        sides: tuple[Side, ...],
        within: timedelta | None = ...,
        hint: Text | None = ...,
        to: PersonId | None = ...,
        was: str | None = ...,
        **args: Arg,
    ) -> Words | Tapped | None: ...
    @overload
    def ask(
        self,
        name: str,
        key: str,
        /,
        *,
        hint: Text | None = ...,
        to: PersonId | None = ...,
        was: str | None = ...,
        **args: Arg,
    ) -> Words: ...

    def ask(  # type: ignore[misc]  # an overload's **args could hold the others' keywords
        self,
        name: str,
        key: str,
        /,
        *,
        parser: Parser[Any] = THOUGHT,
        sides: tuple[Side, ...] = (),
        hint: Text | None = None,
        within: timedelta | None = None,
        to: PersonId | None = None,
        was: str | None = None,
        **args: Arg,
    ) -> Any:
        """Asks for typed words, read by `parser`. None when the time `within` is over."""
        prompt = self._prompt(name, text(key, args), Kind.TEXT, to, sides=sides, free=parser.free)
        hint = hint or self._phrases.not_understood
        return put(self._branch, Question(prompt, read_text(parser), load_text(parser, sides), hint, within, was))

    @overload
    def choose(  # type: ignore[overload-overlap]  # own_words=True is never in **args
        self,
        name: str,
        key: str,
        choices: tuple[Option, ...],
        /,
        *,
        own_words: Literal[True],
        within: timedelta,
        sides: tuple[Side, ...] = ...,
        hint: Text | None = ...,
        to: PersonId | None = ...,
        was: str | None = ...,
        **args: Arg,
    ) -> str | Words | None: ...
    @overload
    def choose(  # type: ignore[overload-overlap]  # the same
        self,
        name: str,
        key: str,
        choices: tuple[Option, ...],
        /,
        *,
        own_words: Literal[True],
        sides: tuple[Side, ...] = ...,
        hint: Text | None = ...,
        to: PersonId | None = ...,
        was: str | None = ...,
        **args: Arg,
    ) -> str | Words: ...
    @overload
    def choose(
        self,
        name: str,
        key: str,
        choices: tuple[Option, ...],
        /,
        *,
        within: timedelta,
        nudge: Reminder | None = ...,
        sides: tuple[Side, ...] = ...,
        hint: Text | None = ...,
        to: PersonId | None = ...,
        was: str | None = ...,
        **args: Arg,
    ) -> str | None: ...
    @overload
    def choose(
        self,
        name: str,
        key: str,
        choices: tuple[Option, ...],
        /,
        *,
        sides: tuple[Side, ...] = ...,
        hint: Text | None = ...,
        to: PersonId | None = ...,
        was: str | None = ...,
        **args: Arg,
    ) -> str: ...

    def choose(  # type: ignore[misc]  # as for ask
        self,
        name: str,
        key: str,
        choices: tuple[Option, ...],
        /,
        *,
        own_words: bool = False,
        sides: tuple[Side, ...] = (),
        hint: Text | None = None,
        within: timedelta | None = None,
        nudge: Reminder | None = None,
        to: PersonId | None = None,
        was: str | None = None,
        **args: Arg,
    ) -> Any:
        """Asks for one of the options (or own words, where they are welcome): its token. None when the time `within`
        is over; `nudge` sends it again before that, once."""
        said = text(key, args)
        prompt = self._prompt(name, said, Kind.CHOICE, to, options=choices, sides=sides, own_words=own_words)
        hint = hint or self._phrases.choose
        return put(self._branch, Question(prompt, read_choice, load_choice(prompt), hint, within, was, nudge))

    def choose_many(
        self,
        name: str,
        key: str,
        choices: tuple[Option, ...],
        /,
        *,
        exactly: int | None = None,
        at_least: int = 1,
        at_most: int = MANY,
        own_words: bool = False,
        sides: tuple[Side, ...] = (),
        to: PersonId | None = None,
        was: str | None = None,
        **args: Arg,
    ) -> tuple[str | Words, ...]:
        """Asks for several options, ticked one by one and closed with *done*: their tokens and own words."""
        least, most = (exactly, exactly) if exactly else (at_least, at_most)
        prompt = self._prompt(
            name,
            text(key, args),
            Kind.MANY,
            to,
            options=choices,
            own_words=own_words,
            sides=sides,
            least=least,
            most=most,
            done=self._phrases.done,
        )
        count = self._phrases.exactly if exactly else self._phrases.count
        reach = most if own_words and most < MANY else min(most, len(choices))
        hint = text(count.key, {"least": least, "most": reach})
        chosen: tuple[str | Words, ...] = put(self._branch, Question(prompt, read_many, load_many, hint, None, was))
        return chosen

    def confirm(self, name: str, key: str, /, *, to: PersonId | None = None, **args: Arg) -> bool:
        """Asks yes or no."""
        yes_or_no = options(yes=self._phrases.yes, no=self._phrases.no)
        return self._one(name, text(key, args), yes_or_no, to) == "yes"

    def scale(self, name: str, key: str, low: int, high: int, /, *, to: PersonId | None = None, **args: Arg) -> int:
        """Asks for a number from `low` to `high`."""
        numbers = tuple(Option(str(n), T("{number}", number=n)) for n in range(low, high + 1))
        return int(self._one(name, text(key, args), numbers, to))

    # ---- both

    def both(
        self,
        name: str,
        key: str,
        /,
        *,
        kept: Callable[[PersonId], Kept],
        within: timedelta,
        sides: Callable[[PersonId], tuple[Side, ...]] = lambda person: (),
        passed: Kept | None = None,
        nudge: Reminder | None = None,
        then: Callable[[Talk, Answered], Any] | None = None,
        **args: Arg,
    ) -> Opened | Broken | Closed:
        """Asks both, each alone; opens when both are in and linked. `Closed` when the time is over before that.

        `kept` is said to who answered before the other, `passed` to who answered by a tap, also as the second: what
        they are told must not tell whether the other has answered, and so a tap is told of after a quarter of an hour
        only. `nudge` sends the question once more.
        `then` is the part with which each goes on alone once their own answer is in, and, where it is a tap, final:
        it asks and says, knows that answer and never the other's, and its value is in `Opened.parts`. The opening
        waits for it for a quarter of an hour from that answer at most; what is unanswered then is asked no longer.
        """
        full = self._branch.once(name)
        part = None if then is None else lambda strand, own: then(Talk(strand), own)
        return put_to_both(self._branch, Sealed(full, text(key, args), sides, kept, passed, within, nudge, part))

    def each(self, part: Callable[[Talk], V]) -> Mapping[PersonId, V]:
        """Runs a part once per person, side by side; goes on when both are through."""
        return self._side_by_side(part, apart=False)

    def apart(self, part: Callable[[Talk], V]) -> Mapping[PersonId, V]:
        """Like `each`, for what neither may know of the other before both are through: what is typed there is sealed,
        and what is never recorded stays with its writer. A part that waits for its time holds both."""
        return self._side_by_side(part, apart=True)

    def _side_by_side(self, part: Callable[[Talk], V], *, apart: bool) -> Mapping[PersonId, V]:
        here, results, fresh = self._branch, dict[PersonId, V](), False
        here.run.count_call()
        for seat, person in enumerate(here.people):
            strand = Branch(here.run, person, f"{here.prefix}{seat}/", here.fresh, everyone=False, apart=apart)
            try:
                results[person] = part(Talk(strand))
                fresh = fresh or strand.fresh
            except Waiting:
                pass
            finally:  # also when the part ends it all
                here.uttered += strand.uttered
        if len(results) < len(here.people):
            raise Waiting
        if not fresh:
            here.passed_old()
        here.fresh = fresh
        return results

    # ---- time and chance

    def pause(self, name: str, until: Moment) -> None:
        """Goes on when an event's time has reached the moment that the first run named."""
        here, run = self._branch, self._branch.run
        key = here.once(name)
        if key in run.passed:
            here.passed_old()
            return
        if key not in run.dues:
            run.dues[key] = until.at
            run.fence(here.authors)
        if run.at < run.dues[key]:
            run.timers[key] = run.dues[key]
            raise Waiting
        run.passed.add(key)
        here.moved_on()

    def moment(self, name: str) -> Moment:
        """When this was first reached, in the zone that the person had then."""
        fixed: Any = self._fix(name, lambda key: [self._branch.run.at, self._branch.run.around.zones[self.me]])
        return Moment(*fixed)

    def draw(self, name: str, deck: str, wish: Wish = ANY) -> Card:
        """A card of a deck, drawn once and kept; its chance is the session's seed."""
        run = self._branch.run
        card = self._fix(name, lambda key: draw(run.around.decks[deck], f"{run.before.seed}/{key}", wish))
        return Card(deck, str(card))

    # ---- what was there at the start

    def given(self, name: str) -> Json:
        """What this session was begun with."""
        return self._branch.run.before.given.get(name)

    def past(self, name: str) -> list[dict[str, Any]]:
        """The records that the exercise declared to read, as this person may see them, oldest first."""
        mine: Any = self._branch.run.before.past.get(str(self._branch.seat(self.me)), {})
        return list(mine.get(name, []))

    # ---- what stays, and what comes of it

    def record(self, name: str, visibility: Visibility, /, *, owner: PersonId | None = None, **fields: Arg) -> None:
        """Keeps something of `owner`'s (else one's own), under a name, with its visibility."""
        mine = self.me if owner is None else owner
        mark = f"record:{self._branch.once(f'record.{name}')}>{self._branch.seat(mine)}"
        kept = Keep(name, mine, visibility, {key: write_arg(arg) for key, arg in fields.items()})
        for arg in fields.values():
            recorded(self._branch.run, arg)
        self._branch.utter(mark, kept, kept=mine == self._branch.run.joined)

    def offer(self, exercise: str, /, *, to: PersonId | None = None, at: Moment | None = None, **given: Json) -> None:
        """Begins a session of its own, now or at a moment; without `to`, for all who take part."""
        here = self._branch
        here.run.count_call()
        people = here.people if to is None else (to,)
        mark = here.nth(f"offer:{here.prefix}{exercise}:{'.'.join(str(here.seat(p)) for p in people)}")
        here.utter(mark, Offer(exercise, people, at, given), here.authors)

    def do(self, name: str, effect: Effect) -> None:
        """Brings an effect about, once; for commands."""
        self._branch.utter(f"do:{self._branch.once(f'do.{name}')}", Do(effect, self.me), self._branch.authors)

    def end(self) -> None:
        """Ends the session for both, from any branch."""
        raise Ended

    # ---- inside

    def _one(self, name: str, said: Text, choices: tuple[Option, ...], to: PersonId | None) -> str:
        prompt = self._prompt(name, said, Kind.CHOICE, to, options=choices)
        chosen: str = put(self._branch, Question(prompt, read_choice, load_choice(prompt), self._phrases.choose))
        return chosen

    @property
    def _phrases(self) -> Phrases:
        return self._branch.run.around.phrases

    def _prompt(self, name: str, said: Text, kind: Kind, to: PersonId | None, **more: Any) -> Prompt:
        here = self._branch
        sealed = here.sealed or here.apart
        return Prompt(here.once(name), 0, self.me if to is None else to, said, kind, sealed=sealed, **more)

    def _fix(self, name: str, make: Callable[[str], Json]) -> Json:
        key, fixed = self._branch.once(name), self._branch.run.fixed
        if key not in fixed:
            fixed[key] = make(key)
        return fixed[key]

    def _readers(self, to: PersonId | None) -> tuple[PersonId | None, ...]:
        return self._branch.authors if to is None else (to,)

    def _tell(
        self,
        said: Text,
        readers: tuple[PersonId | None, ...],
        buttons: tuple[Button, ...],
        *,
        opening: bool = False,
        picture: Picture | None = None,
    ) -> None:
        here = self._branch
        here.run.count_call()
        digest = blake2s(said.key.encode(), digest_size=6).hexdigest()
        for reader in readers:
            seat = "group" if reader is None else str(here.seat(reader))
            mark = f"{here.nth(f'say:{here.prefix}{digest}:{seat}')}>{seat}"
            comes_in = reader is not None and reader == here.run.joined
            if here.fresh or comes_in:
                others = tuple(p for p in here.authors if p != reader)
                line = Line(reader, said, buttons, opening=opening, picture=picture)
                here.utter(mark, line, others if here.fresh else (), kept=comes_in)
                if comes_in:  # they hear what the answers so far have led to, not the sealed one that comes after
                    here.run.fence(others, here.run.behind)
