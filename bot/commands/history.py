"""What was asked and answered, as it is read again: which records are shown, and in which words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.engine.acts import Button
from bot.engine.text import Dated, T, Text, stacked, text

PAGE = 4  # conversations at a time

EMPTY = T("There is nothing here yet.")
TITLE = T("The newest first: what is yours, and what was opened or shared.")
ENTRY = T("{number}. {day}\n{lines}")
REMOVED = T("(removed)")
QUESTION = T("“{question}”")
SURE = T(
    "What you wrote there would be gone for good; where it was opened or shared, the other one reads “removed”. What "
    "already stands in a chat, or is on its way there, stays.\n\n"
    "{lines}"
)
DELETE = T("delete it")
KEEP = T("keep it")
KEPT = T("It stays as it is.")
DELETED = T("Deleted.")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record: how its owner reads it and how the other does, who gets only what is for both. `asks`: it is
    the question alone, and stands above what was answered."""

    mine: Text
    theirs: Text = REMOVED
    asks: bool = False


_CARD = Kind(QUESTION, QUESTION, asks=True)
_OWN_QUESTION = Kind(T("You asked: “{question}”"), T("{name} asked: “{question}”"), asks=True)
_FROM_A_JAR = Kind(T("From your jar: “{question}”"), T("From {name}'s jar: “{question}”"), asks=True)
_OPENED = Kind(T("You wrote: {answer}"), T("{name} wrote: {answer}"))
_KEPT = Kind(T("You wrote, and kept: {answer}"))
_SEALED = Kind(T("You wrote, and it never opened: {answer}"))
_HEARD = Kind(T("You heard: {heard}"))

SHOWN: Mapping[str, Kind] = {
    "curious.asked": _CARD,
    "table.asked": _CARD,
    "asked.asked": _OWN_QUESTION,
    "drawn.asked": _FROM_A_JAR,
    **{f"{exercise}.opened.{seat}": _OPENED for exercise in ("curious", "asked", "drawn") for seat in (0, 1)},
    **{f"{exercise}.kept": _KEPT for exercise in ("curious", "asked", "drawn")},
    **{f"{exercise}.kept.answer": _SEALED for exercise in ("curious", "asked", "drawn")},
    "grade.guess": Kind(T("You guessed: {guess}\nYou were {sure} percent sure, and it came {close} percent close.")),
    "table.heard": _HEARD,
    "heard.heard": _HEARD,
    "dance.week": Kind(T("How close it felt: {felt}; how close you wished: {wished}.")),
    **{
        f"renew.opened.{seat}": Kind(
            T("You renewed. To keep: {keep}; to change: {change}; on offer: {offer}"),
            T("{name} renewed. To keep: {keep}; to change: {change}; on offer: {offer}"),
        )
        for seat in (0, 1)
    },
    **{f"renew.kept.{name}": _SEALED for name in ("keep", "change", "offer")},
    "keepsake.noticed": Kind(T("What you noticed, and shared: {noticed}"), T("{name} noticed: {noticed}")),
    "woo.noticed": Kind(T("What you noticed: {noticed}")),
    "village.map": Kind(T("Your map of needs:\n{map}")),
    "village.shared": Kind(T("Your map of needs, which you showed:\n{map}"), T("{name}'s map of needs:\n{map}")),
    "village.plan": Kind(T("Your plan: {need}, with {who}, {day}: {act}")),
    "village.told": Kind(T("What it was like, with {who}: {told}")),
    "space.purpose": Kind(T("Time for yourself, {begins}: {purpose}")),
    "afterwards.after": Kind(T("From your time alone: {told}")),
    "afterwards.shared": Kind(
        T("From your time alone, which you shared: {told}"), T("From {name}'s time alone: {told}")
    ),
    "step.loop": Kind(
        T(
            "{loop}\nHow loud, from 0 to 4: the fear of losing the other one {other}, the fear of losing yourself "
            "{oneself}."
        )
    ),
    "step.known": Kind(T("Where you know your move from: {known}")),
    "step.handed": Kind(T("What you hand over to be carried for you: {handed}")),
    "step.held": Kind(T("What you then hold against them: {held}")),
    "step.change": Kind(T("Your small change: {change}")),
    "step.happened": Kind(T("Did it happen? {happened}")),
    "step.told": Kind(T("What came of it: {told}")),
    "job.table": Kind(T("Your job description:\n{table}")),
    "job.shared": Kind(T("Your job description, which you showed:\n{table}"), T("{name}'s job description:\n{table}")),
    "job.exciting": Kind(T("What you ask to be exciting and safe: {posts}")),
    "job.lighter": Kind(T("What could be a little lighter: {post}")),
    "answering.answer": _OPENED,
    "no.given": Kind(T("A no of yours:\n{no}")),
    "no.taken": Kind(T("A no that came to you: {no}\nYou would say: {said}")),
    "no.meant": Kind(T("A yes that you really mean: {yes}")),
    "made-room.room": Kind(T("What a no of yours made room for: {room}")),
    "came-of-it.came": Kind(T("What came of a yes of yours: {came}")),
    **{f"mine.answer.{n}": Kind(T("“{card}”\nYou wrote: {answer}")) for n in (1, 2, 3)},
    "mine.thing": Kind(T("One thing to do alone: {thing}")),
    "mine-after.told": Kind(T("{thing}\nWhat it was like: {told}")),
}


def entry(number: int, began: Dated, lines: Sequence[Text]) -> Text:
    """A conversation: its number on the page, its day, its lines."""
    return text(ENTRY.key, {"number": number, "day": began, "lines": stacked(*lines)})


def page(entries: Sequence[Text]) -> Text:
    """One page."""
    first, *rest = entries
    for each in rest:
        first = T("{above}\n\n{below}", above=first, below=each)
    return T("{title}\n\n{entries}", title=TITLE, entries=first)


def buttons(deletable: Sequence[tuple[int, str]], following: int | None) -> tuple[Button, ...]:
    """For each conversation in which something is the reader's own (its number, its session) a way to take that out;
    and the way to the page that follows."""
    out = tuple(Button(T("delete mine in {number}", number=number), "unsay", session) for number, session in deletable)
    return out if following is None else (*out, Button(T("more"), "history", str(following)))


def sure_about(said: Sequence[Text]) -> Text:
    """What would go, and what would not."""
    return text(SURE.key, {"lines": stacked(*said)})


def sure(session: str) -> tuple[Button, ...]:
    """The two ways to answer."""
    return Button(DELETE, "unsaid", session), Button(KEEP, "unsaid", "")
