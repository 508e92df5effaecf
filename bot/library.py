"""What a turn needs beside its transaction and never changes while the program runs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from bot.commands.start import TERMS_VERSION
from bot.engine.decks import DeckCard
from bot.engine.exercise import Registry
from bot.engine.ids import Ids, PersonId
from bot.engine.parsers import Vocabulary
from bot.engine.session import Prompt
from bot.people import Couple, Person
from bot.ports import Capabilities

Pick = Callable[[Prompt, str, Person, Mapping[PersonId, str]], tuple[str, ...] | None]
NextDue = Callable[[Couple, tuple[str, str], int], int]


@dataclass(frozen=True, slots=True)
class Library:
    """The conversations, the decks, what languages know, and when a couple's rhythm comes round.

    `terms`: the version that is to be agreed to.
    `is_crisis`: whether words, by somebody who reads that language, may mean danger; the names are of those close.
    `pick`: which options typed words mean to that reader. `next_due`: a couple, its two zones, an instant → the next
    prompt (epoch seconds). `language`: the nearest language there is. `country`: the country (ISO 3166)
    that a zone lies in, "" for none. `zone`: of somebody of whom nothing is known. `languages`: those there are;
    `countries`: those that have help lines of their own; `platforms`: what each that is served can do.
    """

    conversations: Registry
    decks: Mapping[str, tuple[DeckCard, ...]]
    vocabulary: Callable[[str], Vocabulary]
    is_crisis: Callable[[str, str, Collection[str]], bool]
    pick: Pick
    next_due: NextDue
    language: Callable[[str], str]
    country: Callable[[str], str]
    zone: str
    languages: tuple[str, ...]
    countries: tuple[str, ...]
    platforms: Mapping[str, Capabilities]
    terms: int = TERMS_VERSION
    ids: Ids = field(default_factory=Ids)
